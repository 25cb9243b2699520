"""A small world for the tests of the whole house: places, everybody's role, a quarter in every state, some matters.

It is made once by the real deeds; only ids and codes leave it, so that they hold in every copy of its database.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO

from PIL import Image

from tests.factories import make_person, make_role, make_township, make_village
from tests.ready_matters import ids_of_matters, make_matters, roster_ids
from tests.ready_periods import OPENINGS, Desk, check_ready, make_desk
from village_open.core import clock
from village_open.core.canonical import sha256_hex
from village_open.core.periods import Period
from village_open.db import db
from village_open.finance import actions
from village_open.finance.models import FinancePeriod, Line, Receipt
from village_open.finance.queries import get_statement
from village_open.finance.rules import LineInput
from village_open.identity.models import Person
from village_open.notices.actions import MadeSheet, begin_issue, finish_issue, record_posting
from village_open.notices.actions.issue import rehearsal_sha256, wanted_sheets
from village_open.notices.contents import build_content
from village_open.notices.models import Disclosure, Posting
from village_open.notices.queries import get_disclosure
from village_open.notices.sheets.kinds import SheetKind
from village_open.notices.subjects import PeriodSubject
from village_open.reviews.actions import hand_in_paper_signature
from village_open.reviews.models import PaperSignature, Review
from village_open.reviews.rules import Decision, Verdict
from village_open.storage import keep_file
from village_open.villages.models import Department, Role, RoleKind, Township, Village
from village_open.villages.queries import list_boards

NOW = datetime(2026, 10, 8, 2, tzinfo=UTC)
"""The fourth quarter of 2026 has begun; the one before is being checked."""
STATES = {
    "2025Q2": "posted", "2025Q3": "making", "2025Q4": "confirmed", "2026Q1": "examined",
    "2026Q2": "reviewed", "2026Q3": "submitted", "2026Q4": "entry",
}  # fmt: skip
"""Each quarter of the own village and how far it has come; `making` is frozen and waits for its sheets."""
FEW_STATES = {"2025Q2": "posted", "2025Q3": "submitted", "2025Q4": "entry"}
"""The same for every other village."""
OWN, SISTER, NEIGHBOUR, FAR = "own", "sister", "neighbour", "far"
VILLAGE_CODES = {OWN: "990101101200", SISTER: "990101101201", NEIGHBOUR: "990101102200", FAR: "990202101200"}
"""A village, one of the same township, one of another township, one of another county."""
IN_VILLAGE, IN_TOWNSHIP, IN_COUNTY, NOWHERE = "village", "township", "county", "nowhere"
SMALL_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def small_jpeg() -> bytes:
    """Make the smallest picture that a receipt can be."""
    made = BytesIO()
    Image.new("RGB", (1, 1)).save(made, "JPEG")
    return made.getvalue()


@dataclass(frozen=True)
class Place:
    """One village and what addresses can name there: ids by the name of the argument."""

    village_code: str
    ids: Mapping[str, int | str]
    periods: Mapping[str, Mapping[str, int | str]]

    @property
    def codes(self) -> dict[str, str]:
        """The place arguments of an address."""
        code = self.village_code
        return {"village_code": code, "township_code": code[:9], "county_code": code[:6]}


@dataclass(frozen=True)
class Visitor:
    """Somebody at the door: what they are, at which level, and whether their term runs."""

    label: str
    kind: RoleKind | None
    level: str
    person_id: int | None = None
    is_in_office: bool = True


@dataclass(frozen=True)
class World:
    """Everything that a test of the whole house needs to name."""

    places: Mapping[str, Place]
    visitors: Mapping[str, Visitor]


def make_world(*, lines: int = 4, more_villages: int = 0, silent_villages: int = 0) -> World:
    """Make the world inside a transaction.

    Args:
        lines: so many in each quarter of the villages in the own township.
        more_villages: so many more villages at work in its township.
        silent_villages: so many more that have done nothing yet.
    """
    desks: dict[str, Desk] = {}
    townships: dict[str, Township] = {}
    with clock.living_at(NOW):
        for name, code in VILLAGE_CODES.items():
            townships[code[:9]] = townships.get(code[:9]) or make_township(code=code[:9], name=f"{name}镇")
            states = STATES if name == OWN else FEW_STATES
            many = lines if code[:9] == VILLAGE_CODES[OWN][:9] else 4
            desks[name] = make_village_at_work(townships[code[:9]], int(code[9:]), states=states, lines=many)
        for number in range(more_villages):
            make_village_at_work(townships[VILLAGE_CODES[OWN][:9]], 300 + number, states=FEW_STATES, lines=lines)
        for number in range(silent_villages):
            make_village(townships[VILLAGE_CODES[OWN][:9]], number=500 + number, name=f"静{number}村")
        return World(
            places={name: place_of(desk.village) for name, desk in desks.items()},
            visitors={visitor.label: visitor for visitor in make_visitors(desks[OWN])},
        )


def make_village_at_work(township: Township, number: int, *, states: Mapping[str, str], lines: int) -> Desk:
    """Make a village with its people, a board, a quarter in each of these states, and what it decides."""
    desk = make_desk(township, number=number, name=f"{number}村")
    openings = dict(zip(desk.accounts, OPENINGS, strict=True))
    for code, state in states.items():
        quarter = Period.parse(code)
        if code == next(iter(STATES)):
            period = actions.join_mid_year(
                by=desk.clerk, village=desk.village, period=quarter, openings=openings,
                year_so_far={"CW0202": 5_000_000}, paper="2025年3月31日科目余额表",
            )  # fmt: skip
        else:
            period = actions.open_period(by=desk.clerk, village=desk.village, period=quarter)
        enter_lines(desk, period, lines)
        bring_to(desk, period, state)
    make_matters(desk, many=lines, picture=small_jpeg())
    return desk


def enter_lines(desk: Desk, period: FinancePeriod, lines: int) -> None:
    """Enter income and expense in turn, one of them with a receipt."""
    kept = actions.save_lines(by=desk.clerk, period=period, rows=rows_of(desk, period.period, lines))
    for line in kept[: max(1, lines // 2)]:
        add_receipt(desk, line)


def rows_of(desk: Desk, quarter: Period, lines: int) -> list[LineInput]:
    """Write so many rows, income and expense in turn."""
    return [
        LineInput(
            on=quarter.first_on, kind="income" if number % 2 else "expense", summary=f"事项{number}",
            amount_fen=10_000 + number, account_id=desk.accounts[number % 2],
            item_key="CW0202" if number % 2 else "CW0304", payee=f"对象{number}", voucher=f"记-{number}",
            approver="赵铁柱",
        )
        for number in range(lines)
    ]  # fmt: skip


def add_receipt(desk: Desk, line: Line) -> None:
    """Put a picture behind a line."""
    kept = keep_file(small_jpeg())
    db.session.add(
        Receipt(
            line_id=line.id,
            village_id=line.village_id,
            file_sha256=kept,
            original_sha256=sha256_hex(str(line.id).encode()),
            thumb_sha256=kept,
            media_type="image/jpeg",
            name="发票.jpg",
            added_by_id=desk.clerk.id,
        )
    )
    db.session.flush()


def bring_to(desk: Desk, period: FinancePeriod, state: str) -> None:
    """Take a period through the deeds of everybody up to a state of STATES."""
    if state == "entry":
        return
    with clock.living_at(after(period)):
        if period.code != next(iter(STATES)):
            actions.allow_provisional(by=desk.officer, period=period, reason="上一季度正在核对")
        counted = {row.id: row.closing_fen for row in get_statement(period).accounts}
        actions.count_closing(by=desk.clerk, period=period, counted=counted)
        actions.submit_period(by=desk.clerk, period=period)
    if state == "submitted":
        leave_work_for_the_group(desk, period)
        return
    confirm_until(desk, period, state)
    if state in ("making", "posted"):
        issue(desk, period, is_posted=state == "posted")


def after(period: FinancePeriod) -> datetime:
    """Return a moment in the week after a period, but never after NOW."""
    return min(datetime.combine(period.period.next.first_on, NOW.timetz()), NOW)


def confirm_until(desk: Desk, period: FinancePeriod, state: str) -> None:
    """Let the two groups mark and sign, the meeting confirm and the township check, as far as the state asks."""
    actions.pass_rest(by=desk.reviewers[0], period=period)
    sign_as(desk.reviewers, RoleKind.FINANCE_REVIEW, period)
    if state == "reviewed":
        return
    sign_as(desk.overseers, RoleKind.SUPERVISION, period)
    if state == "examined":
        return
    actions.confirm_period(by=desk.clerk, period=period, body="村党组织、村民委员会联席会议", on=clock.today())
    check_ready(desk, period)


def sign_as(people: Sequence[Person], kind: RoleKind, period: FinancePeriod) -> None:
    """Let the leader and one more agree: two of three."""
    for person in people[:2]:
        actions.sign_period(by=person, period=period, group_kind=kind.value, decision=Decision.AGREE)


def leave_work_for_the_group(desk: Desk, period: FinancePeriod) -> None:
    """Leave a query that waits for its answer and a signature on paper that waits for its confirmation."""
    line = get_statement(period).lines[0].line
    actions.mark_line(by=desk.reviewers[0], period=period, line_id=line.id, verdict=Verdict.QUERIED, reason="单价偏高")
    review = db.session.query(Review).filter_by(subject=f"finance_period:{period.id}").one()
    hand_in_paper_signature(
        review=review, by=desk.clerk, member=desk.reviewers[2], decision=Decision.AGREE,
        photo_sha256=keep_file(small_jpeg()),
    )  # fmt: skip


def issue(desk: Desk, period: FinancePeriod, *, is_posted: bool) -> None:
    """Freeze a period; put up its sheets too, each a PDF of one small page."""
    content = build_content(period, issued_on=clock.today())
    disclosure = begin_issue(by=desk.officer, subject=PeriodSubject(period), rehearsed=rehearsal_sha256(content))
    if not is_posted:
        return
    kept = keep_file(SMALL_PDF)
    finish_issue(
        disclosure=disclosure,
        files=[MadeSheet(kind, paper, kept, 1) for kind, paper in wanted_sheets(disclosure.papers)],
    )
    db.session.expire(disclosure)
    record_posting(
        by=desk.officer, disclosure=get_disclosure(disclosure.id), board=list_boards(desk.village.id)[0],
        sheet_kind=SheetKind.FINANCE_LINES.value, posted_on=clock.today(), posted_by="李建国",
        photo_sha256=keep_file(small_jpeg()),
    )  # fmt: skip


def make_visitors(desk: Desk) -> Iterator[Visitor]:
    """Give everybody an account and a role at the own village, its township or its county; and some who lost theirs."""
    code = desk.village.code
    yield Visitor("没有登录的人", None, NOWHERE)
    yield _visitor("没有职务的人", None, NOWHERE, "")
    for kind in RoleKind:
        if kind not in (RoleKind.TOWNSHIP_OFFICE, RoleKind.INSPECTOR, RoleKind.COUNTY_LEADER):
            yield _visitor(kind.label, kind, IN_VILLAGE, code)
    yield _visitor("镇公开办", RoleKind.TOWNSHIP_OFFICE, IN_TOWNSHIP, code[:9])
    for department in Department:
        level, digits = (IN_COUNTY, 6) if department is Department.DISCIPLINE else (IN_TOWNSHIP, 9)
        label = f"{department.label}检查组"
        yield _visitor(label, RoleKind.INSPECTOR, level, code[:digits], department=department.value)
    yield _visitor("区县领导", RoleKind.COUNTY_LEADER, IN_COUNTY, code[:6])
    yield _visitor("任期已满的报账员", RoleKind.CLERK, IN_VILLAGE, code, ends_on=date(2021, 1, 1))
    yield _visitor("离任的镇公开办", RoleKind.TOWNSHIP_OFFICE, IN_TOWNSHIP, code[:9], ends_on=date(2021, 1, 1))
    yield _visitor("还没到任的报账员", RoleKind.CLERK, IN_VILLAGE, code, starts_on=date(2099, 1, 1))


def _visitor(label: str, kind: RoleKind | None, level: str, code: str, **more: object) -> Visitor:
    person = make_person(label, login=label, must_change_password=False)
    if kind is not None:
        make_role(person, kind, code, **more)
    return Visitor(label, kind, level, person.id, is_in_office=not {"ends_on", "starts_on"} & set(more))


def place_of(village: Village) -> Place:
    """Look up what addresses can name in a village."""
    role = db.session.query(Role).filter_by(place_code=village.code, kind=RoleKind.CLERK.value).first()
    assert role is not None
    ids = {"board_id": village.boards[0].id, "role_id": role.id, "person_id": role.person_id, **roster_ids(village)}
    periods = db.session.query(FinancePeriod).filter_by(village_id=village.id)
    matters = ids_of_matters(village)
    return Place(village.code, ids, {row.code: _ids_of_period(row) | matters.get(row.code, {}) for row in periods})


def _ids_of_period(period: FinancePeriod) -> dict[str, int | str]:
    """Look up the first row of everything that hangs on a period."""
    ids: dict[str, int | str] = {}
    line = db.session.query(Line).filter_by(period_id=period.id).order_by(Line.id).first()
    if line is not None:
        ids |= {"line_id": line.id, "account_id": line.account_id}
        receipt = db.session.query(Receipt).filter_by(line_id=line.id).first()
        ids |= {"receipt_id": receipt.id, "sha256": receipt.file_sha256} if receipt else {}
    subject = f"finance_period:{period.id}"
    review = db.session.query(Review).filter_by(subject=subject).first()
    if review is not None:
        paper = db.session.query(PaperSignature).filter_by(review_id=review.id).first()
        ids |= {"review_id": review.id} | ({"paper_id": paper.id, "signature_id": paper.id} if paper else {})
    disclosure = db.session.query(Disclosure).filter_by(village_id=period.village_id, period_code=period.code).first()
    if disclosure is not None:
        ids |= {"disclosure_id": disclosure.id, "code": disclosure.code}
        posting = db.session.query(Posting).filter_by(disclosure_id=disclosure.id).first()
        ids |= {"posting_id": posting.id} if posting else {}
    return ids

"""What a village decided, issued and printed by the same four steps as its money."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from tests.decisions.matters import NOW, bring_to_vote, decide, happen, make_rosters, propose
from tests.notices.printed import PUBLIC_URL, made, poppler, text_of
from tests.ready_periods import Desk, make_desk
from village_open.core import clock
from village_open.core.errors import RuleForbids
from village_open.core.periods import Period
from village_open.db import db, transaction
from village_open.decisions.actions.announcing import check_announcement, sign_announcement
from village_open.decisions.actions.drafting import begin_announcement, submit_announcement
from village_open.decisions.models import Announcement, AnnouncementKind, EventKind, Matter
from village_open.finance import actions as ledger
from village_open.finance.actions.deciding import link_matter
from village_open.finance.rules import LineInput
from village_open.jobs import work_off
from village_open.notices.actions import record_posting
from village_open.notices.affairs import build_affairs, draft_affairs
from village_open.notices.around import AROUND
from village_open.notices.issuing import issue_disclosure
from village_open.notices.postings_of_matters import list_hung
from village_open.notices.queries import Published, find_of_announcement, get_affairs, get_published, list_files, search
from village_open.notices.sheets.balance import CountsContradict, SheetUnbalanced
from village_open.notices.sheets.render import render_sheet
from village_open.notices.verifying import verify_pdf
from village_open.printing.paper import Paper
from village_open.reviews.rules import Decision
from village_open.storage import read_file
from village_open.villages.queries import list_boards

pytestmark = pytest.mark.usefixtures("sheets_set_once")

ARITHMETIC = (
    "村民代表会议：应到42人，实到29人，29≥28（三分之二），到会有效；同意24、反对3、弃权2，24>14.5（到会过半），通过"
)


@pytest.fixture
def desk(both_engines: Flask) -> Iterator[Desk]:
    with clock.living_at(NOW):
        with transaction():
            desk = make_desk()
            make_rosters(desk)
            for board in list_boards(desk.village.id):
                board.paper = "A4-portrait"
        yield desk


def signed(desk: Desk, matter: Matter, kind: AnnouncementKind) -> Announcement:
    """Take an announcement up to the township's button."""
    row = begin_announcement(by=desk.clerk, matter=matter, kind=kind)
    submit_announcement(by=desk.clerk, announcement=row, around=AROUND)
    for person in desk.overseers[:2]:
        sign_announcement(by=person, announcement=row, decision=Decision.AGREE, content_sha256=row.content_sha256)
    check_announcement(by=desk.officer, announcement=row)
    return row


def a_road(desk: Desk, **counts: int) -> Matter:
    """A road that the representatives voted on."""
    matter = bring_to_vote(desk, propose(desk))
    decide(desk, matter, **(counts or {"agree": 24, "oppose": 3, "abstain": 2}))
    return matter


def issue(desk: Desk, row: Announcement) -> Published:
    """Issue through the page's own deed and let the worker make the sheets."""
    place = {"village_code": desk.village.code, "announcement_id": row.id}
    db.session.commit()
    disclosure_id = issue_disclosure(by=desk.officer, **place)
    assert work_off() == 1
    found = find_of_announcement(row.id)
    assert found is not None
    assert found.id == disclosure_id
    return found


def test_a_resolution_is_issued_numbered_printed_and_read_with_its_arithmetic(desk: Desk) -> None:
    with transaction():
        matter = a_road(desk)
        row = signed(desk, matter, AnnouncementKind.RESOLUTION)
    disclosure = issue(desk, row)
    assert disclosure.is_issued
    assert disclosure.number == f"{desk.village.township.name}李家村〔2026〕事公1号"
    assert get_affairs(desk.village.code, 2026, 1).code == disclosure.code
    (file,) = list_files(disclosure.id)
    pdf = read_file(file.file_sha256)
    words = text_of(pdf)
    assert file.sheet_kind == "resolution"
    assert ARITHMETIC in words
    assert "“修缮三组道路”决议公开" in words
    assert "345,600.00元" in words
    assert "铺水泥路面960米" in words
    assert "孙德厚" in words
    assert verify_pdf(pdf).holds
    assert matter.step == "carry_out"


def test_a_failed_vote_prints_as_failed_and_moves_nothing_on(desk: Desk) -> None:
    with transaction():
        matter = a_road(desk, agree=10, oppose=17, abstain=2)
        row = signed(desk, matter, AnnouncementKind.RESOLUTION)
    disclosure = issue(desk, row)
    (file,) = list_files(disclosure.id)
    assert "10≤14.5（到会过半），未通过" in text_of(read_file(file.file_sha256))
    assert matter.step == "decide"


def pay(desk: Desk, matter: Matter, fen: int, on: date) -> None:
    """Pay for a matter out of the ledger."""
    period = ledger.join_mid_year(
        by=desk.clerk, village=desk.village, period=Period.parse("2026Q3"),
        openings=dict.fromkeys(desk.accounts, 50000000), year_so_far={}, paper="科目余额表",
    )  # fmt: skip
    row = LineInput(
        on=on, kind="expense", summary="付道路工程款", amount_fen=fen, account_id=desk.accounts[1],
        payee="恒达建筑公司", item_key="CW0306",
    )  # fmt: skip
    (line,) = ledger.save_lines(by=desk.clerk, period=period, rows=[row])
    link_matter(by=desk.clerk, period=period, line_id=line.id, matter=matter)


def test_a_result_sets_planned_contracted_accepted_and_paid_side_by_side(desk: Desk) -> None:
    with transaction():
        matter = a_road(desk)
        row = signed(desk, matter, AnnouncementKind.RESOLUTION)
    issue(desk, row)
    with transaction():
        happen(desk, matter, EventKind.CONTRACT, date(2026, 9, 20), amount_fen=34_000_000)
        pay(desk, matter, 20_000_000, date(2026, 9, 29))
        happen(desk, matter, EventKind.ACCEPTANCE, date(2026, 9, 30), amount_fen=33_900_000)
        result = signed(desk, matter, AnnouncementKind.RESULT)
    disclosure = issue(desk, result)
    words = text_of(read_file(list_files(disclosure.id)[0].file_sha256))
    assert disclosure.number.endswith("〔2026〕事公2号")
    for figure in ("345,600.00", "340,000.00", "339,000.00", "200,000.00"):
        assert figure in words
    assert "恒达建筑公司" in words
    assert matter.step == ""


def test_what_changed_after_the_group_signed_is_not_issued(desk: Desk) -> None:
    with transaction():
        matter = a_road(desk)
        row = signed(desk, matter, AnnouncementKind.RESOLUTION)
        row.note = "悄悄加的一句"
        with pytest.raises(RuleForbids):
            build_affairs(row, issued_on=clock.today())


def test_the_days_on_the_board_are_known_to_the_matter(desk: Desk) -> None:
    with transaction():
        row = signed(desk, a_road(desk), AnnouncementKind.RESOLUTION)
    disclosure = issue(desk, row)
    with transaction():
        record_posting(
            by=desk.officer, disclosure=disclosure, board=list_boards(desk.village.id)[0], sheet_kind="resolution",
            posted_on=clock.today(), posted_by="李建国",
        )  # fmt: skip
    (hung,) = list_hung(row.matter_id)
    assert (hung.kind, hung.label, hung.from_on, hung.needed_days) == ("resolution", "决议公开", clock.today(), 15)


def test_the_search_finds_a_matter_by_its_words(desk: Desk) -> None:
    with transaction():
        row = signed(desk, a_road(desk), AnnouncementKind.RESOLUTION)
    disclosure = issue(desk, row)
    assert [one.code for one in search("水泥路面").items] == [disclosure.code]
    assert get_published(disclosure.code).heading == "修缮三组道路 决议公开"


@pytest.mark.parametrize("paper", ["A4", "A3", "A2-portrait"])
def test_a_long_plan_breaks_over_pages_within_bounds(desk: Desk, paper: str) -> None:
    text = "\n".join(
        f"第{number}条　铺设路面、清淤、砌护坡，所需材料由村里统一采购并公开单价。" for number in range(120)
    )
    with transaction():
        matter = bring_to_vote(desk, propose(desk, text=text, title="一二三四五六七八九十一二"))
        decide(desk, matter, agree=24, oppose=3, abstain=2)
        content = draft_affairs(
            begin_announcement(by=desk.clerk, matter=matter, kind=AnnouncementKind.RESOLUTION), issued_on=clock.today()
        )
    sheet = made(content, "resolution", paper, public_url=PUBLIC_URL)
    assert sheet.pages > 1
    words = text_of(sheet.pdf)
    assert all(f"第{number}条" in words for number in (0, 60, 119))
    assert f"Pages:           {sheet.pages}" in poppler(sheet.pdf, "pdfinfo", "{}")


def test_counts_and_sums_that_contradict_one_another_are_not_printed(desk: Desk) -> None:
    with transaction():
        row = begin_announcement(by=desk.clerk, matter=a_road(desk), kind=AnnouncementKind.RESOLUTION)
        content = draft_affairs(row, issued_on=clock.today())
    content["announcement"]["meetings"][-1]["agree"] = 25
    with pytest.raises(CountsContradict, match="合计 30，实到 29"):
        render_sheet(content=content, kind="resolution", paper=Paper.parse("A4"))
    content["announcement"]["meetings"][-1]["agree"] = 24
    money = {"planned_fen": 1, "contracted_fen": 0, "accepted_fen": 0, "paid_fen": 7}
    content["announcement"]["money"] = money
    with pytest.raises(SheetUnbalanced, match="已付金额"):
        render_sheet(content=content, kind="resolution", paper=Paper.parse("A4"))

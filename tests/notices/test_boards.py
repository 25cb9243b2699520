"""The board of a period: chosen, completed, signed by another hand, issued with its sections, frozen."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from tests.decisions.matters import NOW, bring_to_vote, decide, happen, make_rosters, propose
from tests.ready_periods import Desk, make_desk
from village_open.core import clock
from village_open.core.periods import Period
from village_open.db import db, transaction
from village_open.decisions.actions.announcing import check_announcement, sign_announcement
from village_open.decisions.actions.boards import NewSection, begin_board, change_board
from village_open.decisions.actions.drafting import submit_announcement, take_back_announcement
from village_open.decisions.announced import tell
from village_open.decisions.errors import (
    AnnouncedAlready,
    AnnouncementAtWrongStage,
    BoardEmpty,
    BoardTooEarly,
    EnteredByOwnHand,
    ItemsOnTheWay,
)
from village_open.decisions.models import Announcement, EventKind
from village_open.identity.models import Person
from village_open.notices.actions.catalogue import NewItem, add_local_item
from village_open.notices.affairs import build_affairs, draft_affairs
from village_open.notices.around import AROUND
from village_open.notices.catalogue import Frequency
from village_open.notices.errors import NothingContradicted, SectionsUntold
from village_open.notices.sheets.board_content import read_board
from village_open.registers.models import RegisterRow
from village_open.reviews.rules import Decision

Q3 = Period.parse("2026Q3")
DISPOSALS, DEBTS = NewSection("CW05", "集体资产资源处置、变更情况"), NewSection("CW03", "债权债务情况", is_nothing=True)
DECISIONS = NewSection("SW01", "村民会议、村民代表会议决策事项")


@pytest.fixture
def desk(both_engines: Flask) -> Iterator[Desk]:
    with clock.living_at(NOW):
        with transaction():
            desk = make_desk()
        yield desk


def type_row(desk: Desk, register: str, by: Person | None = None, **cells: object) -> RegisterRow:
    """Put a row into a register of the third quarter."""
    row = RegisterRow(
        village_id=desk.village.id, period_code=Q3.code, register=register, position=1, cells=cells,
        entered_by_id=(by or desk.clerk).id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def a_board(desk: Desk, *sections: NewSection) -> Announcement:
    return begin_board(by=desk.clerk, village=desk.village, period=Q3, sections=sections)


def submit(desk: Desk, row: Announcement) -> None:
    submit_announcement(by=desk.clerk, announcement=row, around=AROUND)


def sign(row: Announcement, *people: Person) -> None:
    for person in people:
        sign_announcement(
            by=person, announcement=row, decision=Decision.AGREE, content_sha256=row.content_sha256, around=AROUND
        )


def test_what_is_signed_and_frozen_are_the_chosen_sections_in_the_order_of_the_board(desk: Desk) -> None:
    with transaction():
        type_row(desk, "asset_disposals", on="2026-08-03", name="拖拉机", way="拍卖")
        row = a_board(desk, DEBTS, DISPOSALS)
        submit(desk, row)
        sign(row, *desk.overseers[:2])
        check_announcement(by=desk.officer, announcement=row)
    content = build_affairs(row, issued_on=clock.today())
    board = read_board(content)
    assert content["format"] == "village-open.board.1"
    assert content["period"] == "2026Q3"
    assert [(one.title, one.is_nothing, len(one.registers)) for one in board.sections] == [
        ("六、集体资产资源处置、变更情况", False, 1), ("十三、债权债务情况", True, 2)
    ]  # fmt: skip
    assert "拖拉机" in board.sections[0].registers[0].rows[0]
    panel = dict(board.panel)
    assert panel["村务监督小组"].startswith(f"组长：{desk.overseers[0].name}；成员：")
    signed = [signer.name for signer in board.signers if signer.decision == "同意"]
    assert signed == [person.name for person in desk.overseers[:2]]
    assert set(content["slots"]) == {"sections", "board_2", "board_3"}  # type: ignore[arg-type] # a dict
    assert board.money is None


def test_an_item_without_rows_words_or_the_statement_of_nothing_is_not_submitted(desk: Desk) -> None:
    with transaction():
        row = a_board(desk, DISPOSALS, DEBTS)
        with pytest.raises(SectionsUntold, match="还有 1 项没有内容：集体资产资源处置、变更情况。"):
            submit(desk, row)
        change_board(
            by=desk.clerk, announcement=row, sections=[NewSection("CW08", "集体财务审计结果", note="没有问题")]
        )
        submit(desk, row)
    assert row.state == "submitted"


def test_nothing_is_not_said_of_a_register_that_has_rows(desk: Desk) -> None:
    with transaction():
        type_row(desk, "debts", name="信用社")
        row = a_board(desk, DEBTS)
        with pytest.raises(NothingContradicted, match="债权债务情况"):
            submit(desk, row)


def test_who_typed_a_row_of_a_register_does_not_sign(desk: Desk) -> None:
    leader, second, third = desk.overseers
    with transaction():
        type_row(desk, "asset_disposals", by=third, name="拖拉机")
        row = a_board(desk, DISPOSALS)
        submit(desk, row)
        with pytest.raises(EnteredByOwnHand):
            sign(row, third)
        sign(row, leader, second)
    assert row.state == "examined"


def test_two_boards_of_a_period_tell_of_different_items(desk: Desk) -> None:
    with transaction():
        row = a_board(desk, DEBTS)
        with pytest.raises(AnnouncedAlready):
            a_board(desk, NewSection("SW13", "集体用工情况", is_nothing=True))
        submit(desk, row)
        with pytest.raises(ItemsOnTheWay, match="债权债务情况"):
            a_board(desk, DEBTS)
        with pytest.raises(AnnouncementAtWrongStage):
            change_board(by=desk.clerk, announcement=row, sections=[DEBTS])
        other = a_board(desk, NewSection("SW13", "集体用工情况", is_nothing=True))
        take_back_announcement(by=desk.clerk, announcement=row)
    assert other.id != row.id


def test_a_board_needs_an_item_and_a_period_that_has_begun(desk: Desk) -> None:
    with transaction():
        with pytest.raises(BoardEmpty):
            a_board(desk)
        with pytest.raises(BoardTooEarly, match="2027年第一季度还没有开始"):
            begin_board(by=desk.clerk, village=desk.village, period=Period.parse("2027Q1"), sections=[DEBTS])


def test_a_board_hangs_as_long_as_the_item_that_hangs_longest(desk: Desk) -> None:
    with transaction():
        item = NewItem("河长巡河情况", "事务", Frequency.QUARTERLY, "镇里文件", posting_days=30)
        with clock.living_at(datetime(2026, 7, 1, 2, tzinfo=UTC)):
            local = add_local_item(by=desk.officer, township=desk.village.township, item=item)
        row = a_board(desk, NewSection(local.key, local.label, note="巡河 6 次"))
    board = read_board(draft_affairs(row, issued_on=clock.today()))
    assert board.posting.explained.startswith("不少于30日")
    assert [(one.title, one.note) for one in board.sections] == [("河长巡河情况", "巡河 6 次")]


def test_decisions_of_the_quarter_stand_on_the_board_as_far_as_they_had_come_at_its_end(desk: Desk) -> None:
    with transaction():
        make_rosters(desk)
        road = bring_to_vote(desk, propose(desk))
        decide(desk, road, agree=24, oppose=3, abstain=2)
        happen(desk, road, EventKind.CONTRACT, on=date(2026, 9, 28))
        row = a_board(desk, DECISIONS, NewSection("SW09", "集体经济和公益事业承包情况"))
        submit(desk, row)
        before = row.content_sha256
        happen(desk, road, EventKind.ACCEPTANCE, on=date(2026, 10, 7))
    decided, contracted = read_board(draft_affairs(row, issued_on=clock.today())).sections
    assembly, table = decided.registers
    assert (assembly.heading, assembly.rows, table.heading) == ("村民会议", (), "村民代表会议")
    assert table.rows == (
        ("2026-09-10", "修缮三组道路", "通过（同意 24、反对 3、弃权 2）", "9月28日合同"),
    )  # fmt: skip
    assert contracted.registers[0].rows[0][1:4] == ("修缮三组道路", "恒达建筑公司", 34_000_000)
    submitted = tell(row, AROUND)
    assert submitted["sections"] == draft_affairs(row, issued_on=clock.today())["announcement"]["sections"]  # type: ignore[index,call-overload] # plain data
    assert row.content_sha256 == before

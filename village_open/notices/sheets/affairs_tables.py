"""The tables of an announcement's sheet: what was decided, by whom, what was carried out, what it cost."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from village_open.core.money import format_fen
from village_open.notices.sheets.affairs_content import UNKNOWN, AffairsContent, CalledMeeting, Event, HeldMeeting
from village_open.notices.sheets.columns import PADDING_EM, Column, width_em
from village_open.notices.sheets.tables import Cell, Table, TableRow

_WORD_EM = 8.6
_DAY_EM = 8.2
_COUNT_EM = 2.9
_STEP_EM = 8.0
_OUTCOME_EM = 4.6
_BODY_LEAST_EM = 7.0
_NOTE_LEAST_EM = 8.0
_PARTY_EM = 9.0
_COUNTS = (("due", "应到"), ("present", "实到"), ("agree", "同意"), ("oppose", "反对"), ("abstain", "弃权"))


def affairs_tables(sheet: AffairsContent, width: float) -> tuple[Table, ...]:
    """Return the tables of an announcement that have rows, in the order of the sheet."""
    found = (
        _called_table(sheet.called, width),
        _facts_table(sheet, width),
        _meetings_table(sheet.meetings, width),
        _money_table(sheet, width),
        _events_table(sheet.events, width),
        _payments_table(sheet, width),
    )
    return tuple(table for table in found if table.rows)


def _two_columns(key: str, caption: str, facts: Iterable[tuple[str, str]], width: float) -> Table:
    """Words left, what they say right; a long text takes a row for each paragraph, so that it may break over."""
    rows = tuple(
        TableRow("line", (Cell("word", word if first else ""), Cell("text", paragraph)))
        for word, text in facts
        if text
        for first, paragraph in _paragraphs(text)
    )
    columns = (Column("word", "内容", _WORD_EM), Column("text", "说明", width - _WORD_EM, is_flexible=True))
    return Table(key, caption, columns, rows, heading=caption)


def _paragraphs(text: str) -> Iterator[tuple[bool, str]]:
    parts = [part.strip() for part in text.splitlines() if part.strip()]
    yield from ((number == 0, part) for number, part in enumerate(parts))


def _called_table(called: Sequence[CalledMeeting], width: float) -> Table:
    facts: list[tuple[str, str]] = []
    for row in called:
        facts += [
            ("会议", row.body),
            ("时间", _day(row.on)),
            ("地点", row.place),
            ("召集人", row.convener),
            ("通知日期", _day(row.noticed_on) + ("（临时通知）" if row.is_urgent else "")),
        ]
    return _two_columns("called", "会议安排", facts, width)


def _facts_table(sheet: AffairsContent, width: float) -> Table:
    item = sheet.collective_item
    if item and sheet.acts_for_collective:
        item += "；村民委员会代行集体经济组织职能"
    facts = [
        ("事项", sheet.title),
        ("类型", f"{sheet.type}（{sheet.basis}）"),
        ("程序", sheet.procedure + (f"，{sheet.group}" if sheet.group else "")),
        ("动议事由", sheet.origin),
        ("依据条款", item),
        (f"方案（第{sheet.version}稿）", sheet.text),
        ("金额", f"{format_fen(sheet.amount_fen)} 元" if sheet.amount_fen else ""),
        ("补充说明", sheet.note),
    ]
    return _two_columns("facts", "事项和方案", facts, width)


def _meetings_table(meetings: Sequence[HeldMeeting], width: float) -> Table:
    """Return the meetings; on narrow paper the counts stand in the arithmetic only."""
    fixed = _STEP_EM + _DAY_EM + _OUTCOME_EM
    body_em = width - fixed - len(_COUNTS) * _COUNT_EM
    with_counts = body_em >= _BODY_LEAST_EM
    columns = [
        Column("step", "步骤", _STEP_EM),
        Column("day-long", "日期", _DAY_EM),
        Column("body", "会议", body_em if with_counts else width - fixed, is_flexible=True),
        *([Column(key, word, _COUNT_EM) for key, word in _COUNTS] if with_counts else []),
        Column("outcome", "结果", _OUTCOME_EM),
    ]
    rows = tuple(_meeting_row(row, with_counts) for row in meetings)
    return Table("meetings", "会议和表决", tuple(columns), rows, heading="会议和表决")


def _meeting_row(meeting: HeldMeeting, with_counts: bool) -> TableRow:
    counts = [Cell(key, _count(getattr(meeting, key))) for key, _ in _COUNTS] if with_counts else []
    remarks = (
        ("计算", meeting.words),
        ("依据", meeting.basis),
        ("回避", meeting.recused_names),
        ("镇参会人员", meeting.township_witness),
    )
    body = Cell("body", meeting.body, remarks=tuple(pair for pair in remarks if pair[1]))
    cells = (
        Cell("step", meeting.step),
        Cell("day-long", _day(meeting.on)),
        body,
        *counts,
        Cell("outcome", meeting.outcome),
    )
    return TableRow("line", cells)


def _money_table(sheet: AffairsContent, width: float) -> Table:
    words = (("planned", "决议金额"), ("contracted", "合同金额"), ("accepted", "验收金额"), ("paid", "已付金额"))
    columns = tuple(Column(key, word, width / 4, is_flexible=key == "paid") for key, word in words)
    money = sheet.money
    if money is None:
        return Table("money", "资金", columns, ())
    cells = tuple(Cell(key, format_fen(getattr(money, f"{key}_fen"))) for key, _ in words)
    return Table("money", "资金", columns, (TableRow("total", cells),), heading="资金")


def _events_table(events: Sequence[Event], width: float) -> Table:
    amount_em = max(width_em(format_fen(row.amount_fen)) for row in events) + PADDING_EM if events else 0.0
    note_em = width - _WORD_EM - _DAY_EM - _PARTY_EM - amount_em
    narrow = note_em < _NOTE_LEAST_EM
    party_em = width - _WORD_EM - _DAY_EM - amount_em if narrow else _PARTY_EM
    columns = [
        Column("word", "经过", _WORD_EM),
        Column("day-long", "日期", _DAY_EM),
        Column("party", "对方", party_em, is_flexible=narrow),
        Column("amount", "金额", amount_em),
        *([] if narrow else [Column("text", "参加人员、说明", note_em, is_flexible=True)]),
    ]
    rows = tuple(_event_row(row, narrow) for row in events)
    return Table("events", "实施经过", tuple(columns), rows, heading="实施经过")


def _event_row(event: Event, narrow: bool) -> TableRow:
    told = "；".join(filter(None, (event.people, event.note)))
    days = _day(event.on) + (f"至{_day(event.until)}" if event.until else "")
    amount = format_fen(event.amount_fen) if event.amount_fen else ""
    party = Cell("party", event.party, remarks=(("说明", told),) if narrow and told else ())
    cells = (Cell("word", event.label), Cell("day-long", days), party, Cell("amount", amount))
    return TableRow("line", cells if narrow else (*cells, Cell("text", told)))


def _payments_table(sheet: AffairsContent, width: float) -> Table:
    total = sum(row.amount_fen for row in sheet.payments)
    amount_em = max(width_em(format_fen(total)), width_em("金额")) + PADDING_EM
    columns = (
        Column("day-long", "日期", _DAY_EM),
        Column("text", "收款人", width - _DAY_EM - amount_em, is_flexible=True),
        Column("amount", "金额", amount_em),
    )
    rows = [
        TableRow(
            "line",
            (Cell("day-long", _day(row.on)), Cell("text", row.payee), Cell("amount", format_fen(row.amount_fen))),
        )
        for row in sheet.payments
    ]
    if rows:
        rows.append(TableRow("total", (Cell("day-long", "合计"), Cell("text", ""), Cell("amount", format_fen(total)))))
    return Table("payments", "付款", columns, tuple(rows), glued=frozenset({1, len(rows) - 1}), heading="付款")


def _count(number: int) -> str:
    return "未写" if number == UNKNOWN else str(number)


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""

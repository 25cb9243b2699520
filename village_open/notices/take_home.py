"""The posting register, a print run, what is due and the coverage of a township as tables to take home."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from village_open.core.periods import Period
from village_open.notices.catalogue import Item
from village_open.notices.catalogue_pages import SHORT, Coverage
from village_open.notices.due_lists import ItemLine
from village_open.notices.pages import PostingLine
from village_open.notices.print_runs import PrintedSheet, PrintRun
from village_open.notices.rules import PaperNeed
from village_open.notices.sheets.kinds import SheetKind
from village_open.printing.paper import Paper
from village_open.workbooks.writing import Column, SheetTable, WrittenCell


def postings_table(lines: Iterable[PostingLine]) -> SheetTable:
    """Return the posting register: which sheet hung where, from when to when, how long, and how long it must."""
    columns = (
        Column("公开栏", width=24), Column("公示单", width=24), Column("张贴日期", "date"), Column("张贴人"),
        Column("取下日期", "date"), Column("已张贴（日）", "count"), Column("应张贴（日）", "count"),
        Column("应贴到", "date"), Column("还差（日）", "count"), Column("照片"),
    )  # fmt: skip
    return SheetTable("张贴登记", columns, [_posting_row(line) for line in lines])


def _posting_row(line: PostingLine) -> tuple[WrittenCell, ...]:
    posting, count = line.posting, line.count
    return (
        posting.board.place, line.heading, posting.posted_on, posting.posted_by, posting.taken_down_on,
        count.served_days, count.needed_days, count.until, count.short_days, "有" if posting.photo_sha256 else "没有",
    )  # fmt: skip


def print_run_table(run: PrintRun, roster: Mapping[str, str]) -> SheetTable:
    """Return what a print run holds by page, then what is left out and why; `roster` names the villages."""
    columns = (
        Column("文件里的页码"), Column("村", width=18), Column("编号", width=34), Column("公示单", width=24),
        Column("纸张"), Column("用途", width=24), Column("页数", "count"), Column("没有编进文件的原因", width=50),
    )  # fmt: skip
    return SheetTable("批量打印", columns, list(_print_run_rows(run, roster)))


def _print_run_rows(run: PrintRun, roster: Mapping[str, str]) -> Iterator[tuple[WrittenCell, ...]]:
    for sheet in run.sheets:
        yield (
            _pages(sheet), roster[sheet.village], sheet.number, SheetKind(sheet.kind).heading,
            Paper.parse(sheet.paper).label, _use(sheet.need), sheet.pages, "",
        )  # fmt: skip
    for row in run.left_out:
        yield ("", roster[row.village], "", "", "", "", None, row.reason)


def _pages(sheet: PrintedSheet) -> str:
    first, last = sheet.page_range
    return f"{first}—{last}" if last > first else str(first)


def _use(need: PaperNeed) -> str:
    """Say in the file what the page says of a sheet: for the hand, for the board, or for both."""
    if not need.is_for_board:
        return "供索取，拿在手里看"
    return f"贴公开栏，{need.metres} 米处看得清" + ("；也供索取" if need.is_for_hand else "")


def due_table(lines: Iterable[ItemLine], period: Period) -> SheetTable:
    """Return the due list of a village: every item, how far it is, and by when it is due."""
    columns = (
        Column("序号"), Column("事项", width=36), Column("类别"), Column("多久公开一次", width=20),
        Column("办到哪一步", width=20), Column("最迟公开日", "date"), Column("逾期（日）", "count"),
        Column("说明", width=40), Column("责任主体", width=18), Column("依据", width=60),
    )  # fmt: skip
    rows = [
        (line.item.number, line.item.label, line.item.group, line.item.rhythm, line.state.label,
         line.due.on if line.due else None, line.late_days or None, line.reason, line.item.role, line.item.basis)
        for line in lines
    ]  # fmt: skip
    return SheetTable(f"{period.label}应公开事项", columns, rows)


def coverage_table(items: Sequence[Item], rows: Iterable[Coverage], period: Period) -> SheetTable:
    """Return the matrix of a township, the worst village first."""
    columns = (
        Column("村"), Column("统计用区划代码", width=18), Column("应公开", "count"), Column("已公开", "count"),
        Column("逾期", "count"), *(Column(item.label, width=10) for item in items),
    )  # fmt: skip
    cells: list[tuple[WrittenCell, ...]] = [
        (row.village.name, row.village.code, row.asked, row.published, row.late, *(_covered(one) for one in row.lines))
        for row in rows
    ]
    return SheetTable(f"{period.label}公开覆盖表", columns, cells)


def _covered(line: ItemLine) -> str:
    return f"{SHORT[line.state]}（逾期）" if line.is_late else SHORT[line.state]

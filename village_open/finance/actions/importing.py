"""Importing a file: its lines go the same way into the books as typed ones, and the file is named in the record."""

from collections.abc import Sequence
from dataclasses import dataclass

from village_open.core.canonical import Plain
from village_open.finance.actions.entry import require_entry, save_lines
from village_open.finance.importing.plan import Answers, BooksMoved, Change, ImportPlan, plan_import
from village_open.finance.importing.results import ImportedTable, Layout
from village_open.finance.models import FinancePeriod, Line
from village_open.finance.queries.periods import list_choices_of_period, list_ledger_lines
from village_open.finance.rules import LineInput
from village_open.record.actions import Doer, record_deed

IMPORTED = "finance.import_lines"
"""The kind of the deed that names a file."""


@dataclass(frozen=True)
class ImportSource:
    """The file that lines came from; `remark` follows the sentence in the record."""

    name: str
    sha256: str
    layout: str = Layout.UNKNOWN.value
    remark: str = ""


@dataclass(frozen=True)
class Imported:
    """What an import did: the plan as it was carried out, and the answers it was carried out with."""

    plan: ImportPlan
    answers: Answers

    @property
    def added(self) -> int:
        """How many lines were added."""
        return len(self.plan.added) + self._count("add")

    @property
    def changed(self) -> int:
        """How many lines of the books were changed to what the file says."""
        return self._count("replace")

    @property
    def there(self) -> int:
        """How many lines of the file were in the books already, or were kept as the books have them."""
        return len(self.plan.there) + self._count("keep")

    def _count(self, change: Change) -> int:
        return sum(1 for line in self.plan.changed if self.answers.changes[line.planned.number] == change)


def import_lines(*, by: Doer, period: FinancePeriod, rows: Sequence[LineInput], source: ImportSource) -> list[Line]:
    """Save the rows of a file, all of them or none, and name the file in the record; no rows, no deed.

    Raises:
        WrongStage: the period was submitted.
        LinesRefused: cells that cannot be saved, each named.
        LineNotFound: a row names a line that is not in this period.
        LinesChanged: rows that somebody else changed after this person read them.
    """
    lines = save_lines(by=by, period=period, rows=rows)
    if rows:
        added = sum(1 for row in rows if row.id is None)
        record_deed(
            chain=period.village.code, kind=IMPORTED, by=by,
            said=_said(period, source, added, len(rows) - added),
            after={"file": source.name, "sha256": source.sha256, "format": source.layout, **_counts(rows)},
        )  # fmt: skip
    return lines


def import_table(
    *,
    by: Doer,
    period: FinancePeriod,
    table: ImportedTable,
    answers: Answers,
    source: ImportSource,
    seen: str = "",
) -> Imported:
    """Lay a file beside the books as they are now, and import what is new and what the person chose.

    `seen` is the fingerprint of the plan that the person looked at; empty where nobody looked.

    Raises:
        WrongStage: the period was submitted.
        ImportRefused: the file has errors.
        BooksMoved: the books changed since the preview.
        ChoiceMissing: a line differs from one of the books and nobody chose.
    """
    require_entry(period, "导入")
    plan = plan_import(
        table, period=period.period, accounts=list_choices_of_period(period), present=list_ledger_lines(period)
    )
    if seen and not plan.errors and seen != plan.fingerprint:
        raise BooksMoved
    import_lines(by=by, period=period, rows=plan.rows(answers), source=source)
    return Imported(plan, answers)


def _said(period: FinancePeriod, source: ImportSource, added: int, changed: int) -> str:
    parts = [f"新增 {added} 笔"] if added else []
    parts += [f"修改 {changed} 笔"] if changed else []
    told = f"从文件“{source.name}”（SHA-256：{source.sha256[:12]}…）导入{period.period.label}账目，{'，'.join(parts)}"
    return told + source.remark


def _counts(rows: Sequence[LineInput]) -> dict[str, Plain]:
    counts: dict[str, Plain] = {"added": sum(1 for row in rows if row.id is None)}
    counts["changed"] = sum(1 for row in rows if row.id is not None)
    for kind in ("income", "expense", "transfer"):
        counts[f"{kind}_fen"] = sum(row.amount_fen for row in rows if row.kind == kind)
    return counts

"""A register as data: its columns, what is computed, checked and carried on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from village_open.core.errors import NotFound
from village_open.core.periods import Period
from village_open.registers.rules.columns import Cells, Column, Kind, Value

TOTAL = "合计"


class RegisterUnknown(NotFound):
    """No register has this key."""

    def __init__(self) -> None:
        super().__init__("没有这本台账，请返回台账目录。")


def _no_balance(_account: str, _on: date) -> int | None:
    return None


@dataclass(frozen=True)
class Facts:
    """What a row is reckoned against besides itself."""

    period: Period
    others: Mapping[str, Sequence[Cells]] = field(default_factory=dict)
    """Rows of other registers of the same period, by key."""
    actuals: Mapping[str, int] = field(default_factory=dict)
    """What the ledger says of the year so far, in fen by the label of a disclosure item."""
    accounts: Mapping[str, str] = field(default_factory=dict)
    """The village's money accounts: cash or bank by name."""
    balance_on: Callable[[str, date], int | None] = _no_balance
    """What stood in the books on the evening of a day, in fen; None where the ledger does not reach the day."""
    cash_ceiling_fen: int = 0
    petty_limit_fen: int = 0

    @property
    def is_year_end(self) -> bool:
        """Whether the period closes its year."""
        return self.period.last_on.month == 12


@dataclass(frozen=True)
class Problem:
    """What is wrong at a cell, or (not grave) what should be looked at again."""

    field: str
    message: str
    is_grave: bool = True


Formula = Callable[[Cells, Facts], Value]
Check = Callable[[Cells, Facts], Iterator[Problem]]
WholeCheck = Callable[[Sequence[Cells], Facts], Iterator[tuple[int, Problem]]]
"""Of all rows of a register together; yields the place of the row with its problem."""
Remarks = Callable[[Sequence[Cells], Facts], Iterator[str]]


@dataclass(frozen=True)
class FixedRow:
    """A row that every such register has; one with a formula is computed from the others."""

    key: str
    label: str
    kind: Kind = "text"
    unit: str = ""
    adds: tuple[str, ...] = ()
    """The rows whose sum it is; one with a minus in front is taken off."""


@dataclass(frozen=True)
class Carry:
    """How a register goes on in the next period."""

    balances: tuple[tuple[str, str], ...] = ()
    """Opening and closing: the one of the next period is the other of this."""
    ends: Callable[[Cells, Period], bool] = lambda _cells, _next: False
    """Whether a row has ended and stays behind when the given period begins."""


@dataclass(frozen=True)
class Register:
    """The declaration of one register."""

    key: str
    label: str
    group: str
    columns: tuple[Column, ...]
    heading: str = ""
    """Over its table where a section of the board holds several."""
    hint: str = ""
    """What goes in here, for the clerk."""
    formulas: Mapping[str, Formula] = field(default_factory=dict)
    """Of the columns that nobody types, in the order in which they are reckoned."""
    fills: Mapping[str, Formula] = field(default_factory=dict)
    """Of columns that are filled in where they are left empty, and must agree where they are typed."""
    checks: tuple[Check, ...] = ()
    whole_check: WholeCheck | None = None
    remarks: Remarks | None = None
    carry: Carry | None = None
    fixed_rows: tuple[FixedRow, ...] = ()
    needs: tuple[str, ...] = ()
    """The other registers that its formulas and checks look at."""
    needs_ledger: bool = False

    @property
    def typed(self) -> tuple[Column, ...]:
        """The columns that people fill in."""
        return tuple(column for column in self.columns if column.key not in self.formulas)

    def column(self, key: str) -> Column:
        """Return a column by its key."""
        return next(column for column in self.columns if column.key == key)

    def find_fixed(self, cells: Cells) -> FixedRow | None:
        """Return the fixed row that a row is, or None where it is none."""
        return next((row for row in self.fixed_rows if row.key == cells.get(ROW)), None)


ROW = "row"
"""The cell in which a fixed row keeps its key."""

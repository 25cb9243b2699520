"""One shape for every table of a sheet, so that one template prints it and one trial measures it."""

from dataclasses import dataclass

from village_open.notices.sheets.columns import Column

_FIGURES = frozenset(
    {"income", "expense", "balance", "amount", "opening", "correction", "in", "out", "closing"}
    | {"left-this", "left-ytd", "right-this", "right-ytd"}
    | {"planned", "contracted", "accepted", "paid"}
)
"""Columns of amounts: set right, never broken."""
_SHORT = frozenset({"number", "month", "day"})
FIGURE, SHORT = "figure", "short"
"""How the keys of a register's columns begin: amounts and numbers, and days; the others are text."""


@dataclass(frozen=True)
class Cell:
    """One cell; `remarks` are label and text pairs printed below the text in the same size."""

    key: str
    text: str
    span: int = 1
    remarks: tuple[tuple[str, str], ...] = ()

    @property
    def is_figure(self) -> bool:
        """Whether the cell holds an amount: set right and never broken."""
        return self.key in _FIGURES or self.key.startswith(FIGURE)

    @property
    def never_wraps(self) -> bool:
        """Whether the stylesheet keeps the cell on one line."""
        return self.is_figure or self.key in _SHORT or self.key.startswith(SHORT) or self.span > 1


@dataclass(frozen=True)
class TableRow:
    """One row; `kind` is its class."""

    kind: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """One table: `caption` names it in messages, `heading` on paper.

    `opened[i]` is row i where it opens a page; `carried[i]` and `brought[i]` are the running totals after row i.
    All three are empty for tables that carry no totals.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    glued: frozenset[int] = frozenset({1})
    opened: tuple[TableRow, ...] = ()
    carried: tuple[TableRow, ...] = ()
    brought: tuple[TableRow, ...] = ()
    heading: str = ""
    remark: str = ""

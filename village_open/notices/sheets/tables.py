"""One shape for every table of a sheet, so that one template prints it and one trial measures it."""

from dataclasses import dataclass

from village_open.notices.sheets.columns import Column


@dataclass(frozen=True)
class Cell:
    """One cell; `remarks` are label and text pairs printed below the text in the same size."""

    key: str
    text: str
    span: int = 1
    remarks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class TableRow:
    """One row; `kind` is its class."""

    kind: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """One table: `caption` names it in messages, `heading` on paper.

    `carried[i]` and `brought[i]` are the running totals after row i, for tables that carry them.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    glued: frozenset[int] = frozenset({1})
    carried: tuple[TableRow, ...] = ()
    brought: tuple[TableRow, ...] = ()
    heading: str = ""
    remark: str = ""

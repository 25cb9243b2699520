"""Row heights from one trial: rows of one shape are laid out once, those that cannot wrap share a sample."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

from village_open.notices.sheets.columns import PADDING_EM, width_em
from village_open.notices.sheets.plan import Block
from village_open.notices.sheets.tables import Cell, Table, TableRow

_SAFETY = 1.03
"""Kerning and rounding: a text that fills its cell to the last hair is laid out, not guessed."""


_Shape: TypeAlias = tuple[str | Cell, ...]
"""The kind of a row and those of its cells that could take a second line: equal shapes are equally high."""


@dataclass(frozen=True)
class Trial:
    """A table as the trial lays it out: only the rows whose height is not known from another row."""

    table: Table
    rows: tuple[tuple[str, TableRow], ...]

    @property
    def carry_id(self) -> str:
        """The id of the running-total row."""
        return f"carry-{self.table.key}"

    @property
    def block_id(self) -> str:
        """The id of heading, heads and rows together."""
        return f"block-{self.table.key}"


def trial_of(table: Table) -> Trial:
    """Return what must be laid out to know every height of a table: one row of each shape."""
    shapes = dict(zip(_shapes(table), table.rows, strict=True))
    return Trial(table, tuple((_row_id(table, shape), row) for shape, row in shapes.items()))


def block_of(trial: Trial, heights: Mapping[str, float]) -> Block:
    """Return the table in mm, as the plan of the pages wants it."""
    table = trial.table
    carry = heights[trial.carry_id] if table.carried else 0.0
    laid_out = sum(heights[row_id] for row_id, _ in trial.rows)
    return Block(
        key=table.key,
        caption=table.caption,
        head_mm=heights[trial.block_id] - laid_out - carry,
        rows_mm=tuple(heights[_row_id(table, shape)] for shape in _shapes(table)),
        glued=table.glued,
        carry_mm=carry,
    )


def _shapes(table: Table) -> list[_Shape]:
    widths = {column.key: column.width_em for column in table.columns}
    return [(row.kind, *(cell for cell in row.cells if _may_wrap(cell, widths))) for row in table.rows]


def _row_id(table: Table, shape: _Shape) -> str:
    digest = sha256(repr(shape).encode()).hexdigest()
    return f"row-{table.key}-{digest[:24]}"


def _may_wrap(cell: Cell, widths: Mapping[str, float]) -> bool:
    """Tell whether a cell could take a second line."""
    if cell.remarks:
        return True
    return not cell.never_wraps and width_em(cell.text) * _SAFETY > widths[cell.key] - PADDING_EM

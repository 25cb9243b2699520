"""Two people on the same thing: one wins, the other keeps the typed text and sees both."""

from collections.abc import Sequence

from flask import render_template

from village_open.core.money import format_fen

ConflictRow = tuple[str, str, str]
"""What it is about, what this person typed, what is kept now."""


def conflict_page(rows: Sequence[ConflictRow], again_url: str, message: str) -> tuple[str, int]:
    """Show both texts side by side and the way to the newest version."""
    return render_template("errors/409.html", rows=rows, again_url=again_url, message=message), 409


def fen_cell(fen: int | None) -> str:
    """Write an amount for a row; zero is an amount, nothing stays blank."""
    return "" if fen is None else format_fen(fen)

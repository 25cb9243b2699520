"""Charts as SVG pictures; whatever they show stands in a table beside them."""

import re
from collections.abc import Sequence

import pygal
from pygal.style import Style

from village_open.core.money import format_fen
from village_open.public.summaries import Share

_INK, _INCOME, _EXPENSE = "#1d2129", "#1b5e7a", "#5b6472"
_FONTS = '"Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif'
_LABEL_LENGTH = 9
_ROW_PX, _FRAME_PX = 44, 24
_LABEL_ROOM_PX = 72
"""pygal measures labels as Latin letters; hanzi are twice as wide."""
WIDTH_PX = 480
_NOT_DRAWN = re.compile(r"<script.*?</script>|<!--.*?-->", re.DOTALL)
"""pygal's script for tooltips, and its comment with the day: the same figures give the same bytes."""


def chart_svg(shares: Sequence[Share], side: str) -> bytes:
    """Draw one side's items as bars, the largest on top; without script and without anything from elsewhere."""
    chart = pygal.HorizontalBar(
        style=_style(_INCOME if side == "income" else _EXPENSE), js=[], show_legend=False,
        disable_xml_declaration=True, show_x_labels=False, show_x_guides=False,
        width=WIDTH_PX, height=chart_height(len(shares)), margin=4, margin_left=_LABEL_ROOM_PX, spacing=4,
        value_formatter=lambda fen: format_fen(int(fen)), range=_scale(shares),
    )  # fmt: skip
    chart.uuid = side
    upwards = list(reversed(shares))
    chart.x_labels = [_short(share.label) for share in upwards]
    chart.add("", [share.fen for share in upwards])
    return _NOT_DRAWN.sub("", str(chart.render())).encode()


def _short(label: str) -> str:
    return label if len(label) <= _LABEL_LENGTH else f"{label[: _LABEL_LENGTH - 1]}…"


def chart_height(bars: int) -> int:
    """Return the height of a chart in px: each bar is as high as in every other chart."""
    return _FRAME_PX + _ROW_PX * max(1, bars)


def _scale(shares: Sequence[Share]) -> tuple[int, int]:
    """Return both ends of the scale: a red-letter item may lie below zero."""
    figures = [share.fen for share in shares]
    return min(0, *figures, 0), max(1, *figures, 1)


def _style(colour: str) -> Style:
    return Style(
        background="#ffffff", plot_background="#ffffff", foreground=_INK, foreground_strong=_INK,
        foreground_subtle="#d5d9df", colors=(colour,), font_family=_FONTS, label_font_size=15, opacity="1",
        opacity_hover="1",
    )  # fmt: skip

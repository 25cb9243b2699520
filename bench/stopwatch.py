"""Taking the time: medians within one run, and the ratio to the bare thing beside it."""

import statistics
import time
from collections.abc import Callable


def median_seconds(work: Callable[[], object], *, times: int) -> float:
    """Do the work so often and return the median of the seconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def show(title: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Print one table: the first column to the left, figures to the right."""
    widths = [max(len(row[place]) for row in (heads, *rows)) for place in range(len(heads))]
    print(f"\n{title}")
    for row in (heads, *rows):
        first, *figures = (
            cell.ljust(width) if not place else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join([first, *figures]))

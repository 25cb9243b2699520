"""Sheets that many tests issue alike are set once a run: WeasyPrint, given the same page, is not asked again.

Only for tests of what happens with sheets. How they look, and that the same page gives the same bytes, is shown in
tests/printing and tests/notices/test_sheets_*, which never use this. What could not be set is tried each time anew.
"""

import os
import pickle
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from village_open.core.canonical import sha256_hex
from village_open.notices.sheets import pages as sheets
from village_open.printing import render as printing


@pytest.fixture(scope="session")
def set_sheets(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of what all workers of this run have set."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "set_sheets"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def sheets_set_once(monkeypatch: pytest.MonkeyPatch, set_sheets: Path) -> None:
    """Keep what was laid out and written for a page, and hand it out again for the very same page."""
    monkeypatch.setattr(sheets, "measured_heights", _once(printing.measured_heights, set_sheets))
    monkeypatch.setattr(printing, "_made", _once(printing._made, set_sheets))


def _once(deed: Callable[..., Any], folder: Path) -> Callable[..., Any]:
    @wraps(deed)
    def done(*arguments: Any) -> Any:
        kept = folder / sha256_hex(repr((deed.__name__, *arguments)).encode())
        if not kept.exists():
            own = kept.with_suffix(f".{os.getpid()}")
            own.write_bytes(pickle.dumps(deed(*arguments)))
            own.replace(kept)
        return pickle.loads(kept.read_bytes())  # noqa: S301 - written above, in a folder of this run

    return done

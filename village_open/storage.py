"""The content-addressed folder: a file is named by its SHA-256 and never changes.

What somebody handed in and may still confirm waits in a folder of its own, because no row names it yet.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from flask import current_app

from village_open.core import clock
from village_open.core.errors import NotFound


class FileMissing(NotFound):
    """The data directory has lost a file that the database names."""

    def __init__(self, sha256: str) -> None:
        super().__init__(f"文件 {sha256[:12]}… 不在数据目录里，请从备份恢复。")


def keep_file(content: bytes) -> str:
    """Keep the bytes durably and return their SHA-256; the same bytes are kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    target = _path(sha256)
    if not target.exists():
        _write(target, content)
    return sha256


def kept_path(sha256: str) -> Path:
    """Return where the file lies.

    Raises:
        FileMissing: it does not.
    """
    target = _path(sha256)
    if not target.exists():
        raise FileMissing(sha256)
    return target


def read_file(sha256: str) -> bytes:
    """Return the bytes of a kept file.

    Raises:
        FileMissing: it is not there.
    """
    return kept_path(sha256).read_bytes()


def keep_upload(content: bytes) -> str:
    """Keep the bytes until somebody confirms them, and return their SHA-256; handed in again, they wait anew."""
    sha256 = hashlib.sha256(content).hexdigest()
    _write(_uploads() / sha256, content)
    return sha256


def read_upload(sha256: str) -> bytes | None:
    """Return the bytes that wait, or None when they wait no longer."""
    target = _uploads() / sha256
    return target.read_bytes() if target.exists() else None


def clear_uploads(*, older_than: timedelta, is_named: Callable[[str], bool]) -> int:
    """Remove what waited for longer, and return how much; what a row names becomes a kept file instead."""
    last, removed = (clock.now() - older_than).timestamp(), 0
    for path in _uploads().glob("*"):
        with suppress(FileNotFoundError):  # A worker on another machine was here first.
            if path.stat().st_mtime < last:
                if is_named(path.name):
                    keep_file(path.read_bytes())
                path.unlink()
                removed += 1
    return removed


def _path(sha256: str) -> Path:
    files: Path = current_app.config["SETTINGS"].files
    return files / sha256[:2] / sha256


def _uploads() -> Path:
    uploads: Path = current_app.config["SETTINGS"].uploads
    return uploads


def _write(target: Path, content: bytes) -> None:
    """Write a file durably under its name, or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".new-", delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(target)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""The content-addressed folder: a file is named by its SHA-256 and never changes."""

import hashlib
import os
import tempfile
from pathlib import Path

from flask import current_app

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
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".new-", delete=False) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(target)
        _sync_folder(target.parent)
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


def _path(sha256: str) -> Path:
    files: Path = current_app.config["SETTINGS"].files
    return files / sha256[:2] / sha256


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

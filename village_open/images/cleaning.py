"""Handing a stranger's file to the child and taking back a clean one."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Literal

from village_open.images.errors import (
    FileBroken,
    FileRefused,
    FileTooHeavy,
    FileTooLarge,
    KindNotTaken,
    PdfLocked,
    PdfTooLong,
    PictureTooLarge,
)
from village_open.images.limits import Limits

LONGEST_PX = 2400
DEFAULT_LIMITS = Limits()
JPEG, PDF = "image/jpeg", "application/pdf"
_HOUSE = Path(__file__).parents[2]
_one_at_a_time = threading.Lock()
"""Two phones that upload at once wait for each other: an old PC has memory for one large photo."""

Kind = Literal["picture", "pdf"]
_PICTURE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_HINTS = {
    b"PK\x03\x04": "压缩包和 OFD 请先另存为 PDF 或截图，再传。",
    b"II*\x00": "扫描的 TIFF 请另存为 JPG 或 PDF 后再传。",
    b"MM\x00*": "扫描的 TIFF 请另存为 JPG 或 PDF 后再传。",
}
_APPLE_HINT = "苹果手机请在“设置、相机、格式”里选“兼容性最佳”，重新拍照后再传。"
_REASONS: dict[str, Callable[[str], FileRefused]] = {
    "broken": lambda _detail: FileBroken(),
    "too_heavy": lambda _detail: FileTooHeavy(),
    "locked": lambda _detail: PdfLocked(),
    "too_long": PdfTooLong,
    "too_many_pixels": PictureTooLarge,
}


@dataclass(frozen=True)
class CleanFile:
    """A file fit to be kept: a JPEG, or a PDF of bare pages; `thumb` is a JPEG of at most 320 px."""

    content: bytes
    media_type: str
    thumb: bytes


def clean_upload(content: bytes, name: str = "", *, limits: Limits = DEFAULT_LIMITS) -> CleanFile:
    """Make a photo or PDF anew; its kind is told by its first bytes, `name` is believed in nothing.

    Raises:
        FileRefused: one of its kinds in `images.errors` says why the file is not kept.
    """
    kind = _kind(content, name)
    return clean_pdf(content, limits=limits) if kind == "pdf" else clean_picture(content, limits=limits)


def clean_picture(content: bytes, *, longest_px: int = LONGEST_PX, limits: Limits = DEFAULT_LIMITS) -> CleanFile:
    """Make a photo anew: upright, at most `longest_px` long, bare pixels.

    Raises:
        FileRefused: it is no photo, too large, too heavy or broken.
    """
    if _kind(content) != "picture":
        raise KindNotTaken
    made, thumb = _ask({"kind": "picture", "longest_px": longest_px}, content, limits)
    return CleanFile(made, JPEG, thumb)


def clean_pdf(content: bytes, *, limits: Limits = DEFAULT_LIMITS) -> CleanFile:
    """Make a PDF anew: its pages as they look, nothing else.

    Raises:
        FileRefused: it is no PDF, locked, too long, too heavy or broken.
    """
    if _kind(content) != "pdf":
        raise KindNotTaken
    made, thumb = _ask({"kind": "pdf"}, content, limits)
    return CleanFile(made, PDF, thumb)


def _kind(content: bytes, name: str = "") -> Kind:
    if content.startswith(_PICTURE_STARTS) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return "picture"
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content[4:8] == b"ftyp" or name.lower().endswith((".heic", ".heif")):
        raise KindNotTaken(_APPLE_HINT)
    raise KindNotTaken(next((hint for start, hint in _HINTS.items() if content.startswith(start)), ""))


def _ask(order: dict[str, object], content: bytes, limits: Limits) -> tuple[bytes, bytes]:
    if len(content) > limits.file_bytes:
        raise FileTooLarge(limits.file_bytes)
    with TemporaryFile() as handed_in:
        handed_in.write(content)
        handed_in.seek(0)
        with _one_at_a_time:
            answer = _run_child(json.dumps({**order, "limits": asdict(limits)}), handed_in.fileno(), limits)
    line, _, rest = answer.partition(b"\n")
    try:
        head = json.loads(line)
    except ValueError:
        # It died without a word: killed by a limit, or by the file.
        raise FileTooHeavy from None
    if reason := head.get("stopped"):
        raise _REASONS[reason](head["detail"])
    size, thumb_size = head["content"], head["thumb"]
    return rest[:size], rest[size : size + thumb_size]


def _run_child(order: str, stream: int, limits: Limits) -> bytes:
    # A fresh interpreter, not a fork: the server has threads, and a fork would copy their locks.
    try:
        return subprocess.run(
            [sys.executable, "-s", "-E", "-m", "village_open.images.child", order],
            stdin=stream,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_HOUSE,
            env={"PATH": ""},
            timeout=limits.wall_seconds,
            check=False,
        ).stdout
    except subprocess.TimeoutExpired:
        raise FileTooHeavy from None

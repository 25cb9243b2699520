"""The process in which a stranger's picture or PDF is opened: limits first, then the file, then one answer.

Reads the file from standard input and its order from its one argument. Writes one line of JSON, then the clean file,
then its thumbnail.
"""

import json
import resource
import sys
from typing import Any

from village_open.images.limits import Limits, Stopped
from village_open.images.papers import remake_pdf
from village_open.images.pictures import remake_picture

_OPEN_FILES = 64


def main() -> None:
    """Answer with the clean file, or with the reason why there is none."""
    order = json.loads(sys.argv[1])
    limits = Limits(**order["limits"])
    _bind(limits)
    content = thumb = b""
    head: dict[str, Any]
    try:
        content, thumb = _remake(sys.stdin.buffer.read(), order, limits)
        head = {"content": len(content), "thumb": len(thumb)}
    except Stopped as stopped:
        head = {"stopped": stopped.reason, "detail": stopped.detail}
    except MemoryError:
        head = {"stopped": "too_heavy", "detail": ""}
    out = sys.stdout.buffer
    out.write(json.dumps(head).encode() + b"\n" + content + thumb)
    out.flush()


def _remake(content: bytes, order: dict[str, Any], limits: Limits) -> tuple[bytes, bytes]:
    if order["kind"] == "pdf":
        return remake_pdf(content, limits=limits)
    return remake_picture(content, longest_px=order["longest_px"], limits=limits)


def _bind(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.answer_bytes, limits.answer_bytes))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()

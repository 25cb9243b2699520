"""What one handed-in file may cost, and how the child tells why it stopped."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Limits of one file; the child binds itself to them before it reads a byte."""

    file_bytes: int = 20 * 2**20
    answer_bytes: int = 60 * 2**20
    memory_bytes: int = 768 * 2**20
    cpu_seconds: int = 20
    wall_seconds: int = 40
    jpeg_pixels: int = 120_000_000
    """JPEG is decoded at a fraction of its size, so a phone's 108 megapixels are no danger."""
    other_pixels: int = 40_000_000
    """PNG and WebP are unpacked whole: 17 kB can become 721 MB."""
    longest_side: int = 30_000
    pdf_pages: int = 30
    pdf_objects: int = 20_000


class Stopped(Exception):
    """The child will not go on; `reason` names the error that the parent raises."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(reason)

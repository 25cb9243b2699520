"""Reading a PDF back: the files it carries and the words on its pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

import pikepdf
import pypdfium2

from village_open.core.errors import InputError


class PaperUnreadable(InputError):
    """The file is no PDF, is locked, or is damaged."""

    def __init__(self) -> None:
        super().__init__("这个文件不是完整的 PDF，打不开。")


@dataclass(frozen=True)
class PaperParts:
    """What was found in a PDF."""

    attachments: Mapping[str, bytes]
    text: str
    """The words of all pages, without any white space: a narrow cell breaks what belongs together."""


def read_pdf(content: bytes) -> PaperParts:
    """Read attachments and words.

    Raises:
        PaperUnreadable: it is no PDF, is locked, or is damaged.
    """
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            attachments = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
        with pypdfium2.PdfDocument(content) as document:
            words = [page.get_textpage().get_text_bounded() for page in document]
    except (pikepdf.PdfError, pypdfium2.PdfiumError, ValueError) as damaged:
        raise PaperUnreadable from damaged
    return PaperParts(attachments, "".join("".join(words).split()))

"""The one adapter to pictures and papers that people hand in: checked, then made anew, never kept as they came.

A stranger's file is opened in a child process with limits on memory and time; what comes back holds pixels (a JPEG)
or drawn pages (a PDF) and nothing else: no place where a photo was taken, no script, no file inside a file.
"""

from village_open.images.cleaning import CleanFile, clean_pdf, clean_picture, clean_upload
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

__all__ = [
    "CleanFile",
    "FileBroken",
    "FileRefused",
    "FileTooHeavy",
    "FileTooLarge",
    "KindNotTaken",
    "PdfLocked",
    "PdfTooLong",
    "PictureTooLarge",
    "clean_pdf",
    "clean_picture",
    "clean_upload",
]

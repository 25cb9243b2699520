"""A closed door: a sheet is made only of what its caller hands in, never of the network or the disk."""

from collections.abc import Mapping
from dataclasses import dataclass

from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "sheet:"
"""Pictures handed in are addressed as `sheet:NAME`."""


@dataclass(frozen=True)
class Picture:
    """The bytes of a picture (logo, photo, QR) and their media type."""

    content: bytes
    media_type: str


class PictureRefused(ValueError):
    """A sheet asked for something that was not handed in."""


class ClosedFetcher(URLFetcher):
    """Answers `sheet:NAME` from what was handed in and `data:` from itself; notes and refuses all else."""

    def __init__(self, pictures: Mapping[str, Picture] | None = None) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._pictures = dict(pictures or {})
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return what an address stands for.

        Raises:
            PictureRefused: the address was not handed in; WeasyPrint goes on without it, `refused` remembers.
        """
        if url.startswith("data:"):
            return super().fetch(url, headers)
        picture = self._pictures.get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
        if picture is None:
            self.refused.append(url)
            raise PictureRefused(url)
        return URLFetcherResponse(url, picture.content, {"Content-Type": picture.media_type})

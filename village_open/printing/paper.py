"""Paper sizes (ISO 216) and the units that sheets are planned in."""

from dataclasses import dataclass
from typing import Literal, Self

from village_open.core.errors import InputError

Orientation = Literal["portrait", "landscape"]

MM_PER_INCH = 25.4
PX_PER_MM = 96 / MM_PER_INCH
"""CSS pixels, the unit in which WeasyPrint lays out."""
MM_PER_PT = MM_PER_INCH / 72
MARGIN_MM = 15
"""Glass frames of notice boards hide up to 8 mm; 15 mm leaves the text clear of them."""

_SIZES_MM = {"A1": (594, 841), "A2": (420, 594), "A3": (297, 420), "A4": (210, 297)}


class PaperUnknown(InputError):
    """The text names no paper that a sheet can be printed on."""


@dataclass(frozen=True)
class Paper:
    """One paper size in one orientation, in mm."""

    name: str
    orientation: Orientation = "landscape"

    def __post_init__(self) -> None:
        if self.name not in _SIZES_MM or self.orientation not in ("portrait", "landscape"):
            raise PaperUnknown(f"没有“{self.name} {self.orientation}”这种纸，请选 A4、A3、A2 或 A1，横向或纵向。")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `A3`, `A3-portrait` or `a3 landscape`; without an orientation A4 stands and the others lie.

        Raises:
            PaperUnknown: no such size or orientation.
        """
        name, _, orientation = text.strip().replace(" ", "-").partition("-")
        name = name.upper()
        usual = "portrait" if name == "A4" else "landscape"
        return cls(name, orientation.lower() or usual)  # type: ignore[arg-type]  # checked in __post_init__

    @property
    def code(self) -> str:
        """`A3-landscape`: reads back through `parse`, fit for a file name."""
        return f"{self.name}-{self.orientation}"

    @property
    def label(self) -> str:
        """`A3 横向`, as a form shows it."""
        return f"{self.name} {'横向' if self.orientation == 'landscape' else '纵向'}"

    @property
    def width_mm(self) -> int:
        """The full width."""
        return _SIZES_MM[self.name][self.orientation == "landscape"]

    @property
    def height_mm(self) -> int:
        """The full height."""
        return _SIZES_MM[self.name][self.orientation == "portrait"]

    @property
    def content_width_mm(self) -> int:
        """The width between the margins."""
        return self.width_mm - 2 * MARGIN_MM

    @property
    def content_height_mm(self) -> int:
        """The height between the margins."""
        return self.height_mm - 2 * MARGIN_MM


ALL_PAPERS = tuple(
    Paper(name, orientation) for name in ("A4", "A3", "A2", "A1") for orientation in ("portrait", "landscape")
)

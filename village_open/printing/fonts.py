"""The fonts of the sheets: found by name, complete, and asked for a glyph before anything is rendered."""

import ctypes
import subprocess
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from village_open.core.errors import RuleForbids

SANS = "Noto Sans CJK SC"
SERIF = "Noto Serif CJK SC"
_FONT_PACKAGE = "fonts-noto-cjk"
_SUBSET_PACKAGE = "libharfbuzz-subset0"
_SUBSET_LIBRARIES = ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll")
_KNOWN_FOLDERS = (
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/noto-cjk"),
    Path("/usr/share/fonts/google-noto-sans-cjk-fonts"),
    Path("/usr/share/fonts/google-noto-serif-cjk-fonts"),
    Path("/usr/local/share/fonts"),
)
_FILE_NAMES = {
    (SANS, False): "NotoSansCJK-Regular.ttc",
    (SANS, True): "NotoSansCJK-Bold.ttc",
    (SERIF, False): "NotoSerifCJK-Regular.ttc",
    (SERIF, True): "NotoSerifCJK-Bold.ttc",
}
_LICENSED_SUFFIXES = (".otf", ".ttf")
_TITLE_FONTS = ("小标宋", "XiaoBiaoSong")
"""What the family of a licensed font must hold: the titles are set in it. No sheet sets anything in 仿宋."""
_FULL_NAME_ID = 4
_FAMILY_NAME_ID = 1


class FontsMissing(RuleForbids):
    """A font or the subsetting library is not installed; `packages` says what to install."""

    def __init__(self, missing: Sequence[str], packages: Sequence[str]) -> None:
        self.missing = tuple(missing)
        self.packages = tuple(packages)
        super().__init__(f"缺少{'、'.join(missing)}，不能打印。请运行：apt install {' '.join(packages)}")


class FontUnreadable(RuleForbids):
    """A licensed font file dropped into the folder is no font."""


@dataclass(frozen=True)
class FontFace:
    """One face in one file: `index` counts inside a collection (TTC)."""

    family: str
    bold: bool
    path: Path
    index: int = 0

    @property
    def label(self) -> str:
        """Family and weight, as a person looks for it."""
        return f"{self.family} {'Bold' if self.bold else 'Regular'}"


def check_fonts(folders: Sequence[Path] = _KNOWN_FOLDERS, libraries: Sequence[str] = _SUBSET_LIBRARIES) -> None:
    """Make sure that all four faces and libharfbuzz-subset are there.

    Without the library a sheet takes 19 s instead of 1, without a font it is empty: neither may pass in silence.

    Raises:
        FontsMissing: names each missing part and the packages to install.
    """
    missing = [FontFace(*key, path=Path()).label for key in _FILE_NAMES if find_face(*key, folders=folders) is None]
    packages = [_FONT_PACKAGE] if missing else []
    if not _loadable(libraries):
        missing.append("libharfbuzz-subset")
        packages.append(_SUBSET_PACKAGE)
    if missing:
        raise FontsMissing(missing, packages)


def _loadable(libraries: Sequence[str]) -> bool:
    for name in libraries:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def sheet_faces() -> tuple[FontFace, ...]:
    """Return the four faces of the sheets.

    Raises:
        FontsMissing: one of them is not installed.
    """
    check_fonts()
    faces = (find_face(family, bold) for family, bold in _FILE_NAMES)
    return tuple(face for face in faces if face)


@lru_cache(maxsize=32)
def find_face(family: str, bold: bool, *, folders: Sequence[Path] = _KNOWN_FOLDERS) -> FontFace | None:
    """Find an installed face in the known folders, then through fontconfig; None when it is nowhere."""
    known = (folder / _FILE_NAMES[family, bold] for folder in folders)
    path = next((path for path in known if path.is_file()), None)
    if path is None and folders is _KNOWN_FOLDERS:
        path = _ask_fontconfig(family, bold)
    if path is None:
        return None
    index = _index_of(family, path)
    return None if index is None else FontFace(family, bold, path, index)


def _ask_fontconfig(family: str, bold: bool) -> Path | None:
    """Ask `fc-match`, which always answers something: the file must really carry the family."""
    command = ["fc-match", "--format=%{file}", f"{family}:{'bold' if bold else 'regular'}"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return None
    path = Path(answer.stdout)
    return path if path.is_file() and _index_of(family, path) is not None else None


def _index_of(family: str, path: Path) -> int | None:
    try:
        if path.suffix.lower() != ".ttc":
            with TTFont(path, lazy=True) as font:
                return 0 if family in _families(font) else None
        with TTCollection(path, lazy=True) as collection:
            return next((i for i, font in enumerate(collection.fonts) if family in _families(font)), None)
    except (OSError, TTLibError):
        return None


def _families(font: TTFont) -> set[str]:
    return {str(record) for record in font["name"].names if record.nameID in (_FAMILY_NAME_ID, 16)}


def licensed_faces(folder: Path | None) -> tuple[FontFace, ...]:
    """Return the office's own 小标宋 for the titles, from its data directory, by file name; others are left there.

    Raises:
        FontUnreadable: a file there is no font.
    """
    return tuple(face for face in map(_licensed_face, _licensed_files(folder)) if _is_for_titles(face))


def font_notes(folder: Path) -> tuple[str, ...]:
    """Say of each licensed file that no sheet uses it, or that it cannot be read: nothing may be dropped in silence."""
    notes = []
    for path in _licensed_files(folder):
        try:
            face = _licensed_face(path)
        except FontUnreadable as unreadable:
            notes.append(unreadable.message)
        else:
            if not _is_for_titles(face):
                notes.append(f"字体文件“{path.name}”（{face.family}）没有用到：公示单只用单位自有的小标宋排标题。")
    return tuple(notes)


def _licensed_files(folder: Path | None) -> list[Path]:
    if folder is None or not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in _LICENSED_SUFFIXES)


def _is_for_titles(face: FontFace) -> bool:
    return any(word in face.family for word in _TITLE_FONTS)


def _licensed_face(path: Path) -> FontFace:
    try:
        with TTFont(path, lazy=True) as font:
            family = font["name"].getDebugName(_FAMILY_NAME_ID) or path.stem
            return FontFace(family, font["OS/2"].usWeightClass >= 600, path)
    except (OSError, TTLibError, KeyError) as error:
        raise FontUnreadable(f"字体文件“{path.name}”无法读取，请换一个 .ttf 或 .otf 文件。") from error


@lru_cache(maxsize=32)
def characters_of(face: FontFace) -> frozenset[int]:
    """Return the code points that a face can draw."""
    with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
        return frozenset(font.getBestCmap())


def missing_characters(text: str, faces: Iterable[FontFace]) -> tuple[str, ...]:
    """Return, in code order, each printing character of the text that some of the faces cannot draw."""
    wanted = {ord(char) for char in set(text) if not _leaves_no_ink(char)}
    gaps = [wanted - characters_of(face) for face in faces]
    return tuple(chr(point) for point in sorted(set().union(*gaps)))


def _leaves_no_ink(char: str) -> bool:
    return char in "\n\r\t" or unicodedata.category(char) in ("Zs", "Zl", "Zp")


@lru_cache(maxsize=32)
def _advances(face: FontFace) -> tuple[dict[int, float], float]:
    """Return the advance of each ASCII character and of all others, in em."""
    with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
        cmap, metrics, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        return {point: metrics[cmap[point]][0] / em for point in range(0x20, 0x7F)}, 1.0


def text_width_em(text: str, face: FontFace) -> float:
    """Return the width of a text set on one line, in em of its type size; hanzi count a full em."""
    ascii_advances, other = _advances(face)
    return sum(ascii_advances.get(ord(char), other) for char in text)

"""Fonts are found, complete, and asked before anything is printed."""

from pathlib import Path

import pytest

from village_open.printing.fonts import (
    SANS,
    SERIF,
    FontFace,
    FontsMissing,
    FontUnreadable,
    check_fonts,
    find_face,
    licensed_faces,
    missing_characters,
    sheet_faces,
    text_width_em,
)


def test_the_four_faces_of_the_sheets_are_found_by_family_and_weight() -> None:
    faces = {(face.family, face.bold) for face in sheet_faces()}
    assert faces == {(SANS, False), (SANS, True), (SERIF, False), (SERIF, True)}


def test_a_missing_font_says_which_and_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing) as caught:
        check_fonts(folders=(tmp_path,))
    assert "Noto Serif CJK SC Bold" in caught.value.message
    assert caught.value.message.endswith("apt install fonts-noto-cjk")


def test_a_missing_subset_library_says_what_to_install() -> None:
    with pytest.raises(FontsMissing) as caught:
        check_fonts(libraries=("libharfbuzz-no-such.so.0",))
    assert caught.value.packages == ("libharfbuzz-subset0",)
    assert "apt install libharfbuzz-subset0" in caught.value.message


def test_both_missing_are_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing) as caught:
        check_fonts(folders=(tmp_path,), libraries=())
    assert caught.value.message.endswith("apt install fonts-noto-cjk libharfbuzz-subset0")


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("青山镇李家村 2026年第三季度：壹万贰仟叁佰元整", ()),
        ("王𠮷、龘、㐂、·、〔〕、＋－＝", ()),
        ("普通\u3000空格\n换行\t制表", ()),
        ("李\U0002b740某", ("\U0002b740",)),
        ("பணம்", tuple(sorted("பணம்"))),
        ("\ufffd坏字", ("\ufffd",)),
        ("私用\ue000区", ("\ue000",)),
        ("零宽\u200b字符", ("\u200b",)),
    ],
)
def test_characters_that_some_face_cannot_draw_are_named(text: str, missing: tuple[str, ...]) -> None:
    assert missing_characters(text, sheet_faces()) == missing


def test_the_width_of_a_text_counts_hanzi_whole_and_digits_by_the_font() -> None:
    face = find_face(SANS, False)
    assert face is not None
    assert text_width_em("元", face) == 1
    assert text_width_em("12,345.67", face) == pytest.approx(7 * 0.555 + 2 * 0.278, abs=0.01)


def test_licensed_fonts_dropped_into_a_folder_are_taken_up(tmp_path: Path) -> None:
    assert licensed_faces(None) == ()
    assert licensed_faces(tmp_path / "none") == ()
    (tmp_path / "readme.txt").write_text("not a font")
    assert licensed_faces(tmp_path) == ()


def test_a_licensed_file_that_is_no_font_is_named(tmp_path: Path) -> None:
    (tmp_path / "仿宋.ttf").write_bytes(b"no font at all")
    with pytest.raises(FontUnreadable, match="“仿宋"):
        licensed_faces(tmp_path)


def test_a_face_is_labelled_as_people_look_for_it() -> None:
    assert FontFace(SERIF, True, Path()).label == "Noto Serif CJK SC Bold"

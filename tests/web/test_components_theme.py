"""The stylesheet keeps its promises: small, nothing from elsewhere, contrast that old eyes can read."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "village_open" / "static"
CSS = (STATIC / "village_open.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", CSS)) | {"white": "#ffffff"}
AA, AAA, CONTROL_EDGE = 4.5, 7.0, 3.0


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(COLOURS[one]), luminance(COLOURS[other])))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_agrees_with_the_standard():
    assert luminance("#ffffff") == pytest.approx(1)
    assert (luminance("#ffffff") + 0.05) / (luminance("#767676") + 0.05) == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("ground", ["white", "tint", "seal-tint", "act-tint", "warn-tint", "good-tint"])
def test_figures_stand_out_at_triple_a_on_every_ground(ground):
    assert contrast("ink", ground) >= AAA


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink-soft", "white"), ("ink-soft", "tint"), ("seal", "white"), ("seal", "seal-tint"), ("act", "white"),
        ("act", "act-tint"), ("act-deep", "act-tint"), ("good", "good-tint"), ("warn", "warn-tint"),
    ],
)  # fmt: skip
def test_every_other_word_stands_out_at_double_a(ink, ground):
    assert contrast(ink, ground) >= AA


def test_the_edge_of_a_control_can_be_seen():
    assert contrast("edge", "white") >= CONTROL_EDGE


def test_the_theme_is_one_short_sheet_that_loads_nothing():
    assert CSS.count("\n") < 300
    assert "url(" not in CSS
    assert "@import" not in CSS


@pytest.mark.parametrize("promise", ["@media print", "prefers-reduced-motion: reduce", ":focus-visible"])
def test_the_theme_prints_keeps_still_and_shows_the_focus(promise):
    assert promise in CSS


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_no_words_on_a_screen_are_smaller_than_16_px(sheet):
    sizes = re.findall(r"font(?:-size)?:[^;]*?([\d.]+)(rem|px)\b", sheet.read_text(encoding="utf-8"))
    small = [size + unit for size, unit in sizes if float(size) * (16 if unit == "rem" else 1) < 16]
    assert small == []


@pytest.mark.parametrize("module", sorted((STATIC / "js").glob("*.js")), ids=lambda path: path.name)
def test_scripts_load_only_their_neighbours(module):
    text = module.read_text(encoding="utf-8")
    assert all(source.startswith("./") for source in re.findall(r'from "([^"]+)"', text))
    assert "http" not in text


def test_a_printed_total_stands_once_at_the_end_and_not_on_every_sheet():
    printed = CSS.split("@media print", 1)[1]
    assert ".table tfoot { display: table-row-group; }" in printed

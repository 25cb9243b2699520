"""The identity rule on account sheets of 1888: clean ones pass, wrong ones are refused with the difference."""

import json
from pathlib import Path

import pytest

from village_open.finance.identity import IdentityBroken, identity_difference, require_identity

SHEETS = json.loads((Path(__file__).parent / "data" / "four_pillars_1888.json").read_text(encoding="utf-8"))["sheets"]
STEPS = [(f"{sheet['id']} {step['step']}", step) for sheet in SHEETS for step in sheet["steps"]]


@pytest.mark.parametrize("step", [step for _, step in STEPS], ids=[name for name, _ in STEPS])
def test_difference_of_every_step_is_the_one_noted_by_hand(step):
    found = identity_difference(step["opening"], step["income"], step["expense"], step["closing"])
    assert found == step["difference"]


def refused(sheet) -> list[int]:
    differences = []
    for step in sheet["steps"]:
        try:
            require_identity(step["opening"], step["income"], step["expense"], step["closing"])
        except IdentityBroken as broken:
            differences.append(broken.difference)
    return differences


@pytest.mark.parametrize("sheet", SHEETS, ids=[sheet["id"] for sheet in SHEETS])
def test_clean_sheets_pass_and_wrong_ones_are_refused_with_the_difference(sheet):
    assert refused(sheet) == [step["difference"] for step in sheet["steps"] if step["difference"]]
    assert (refused(sheet) == []) is sheet["is_clean"]


def test_the_clean_sheets_are_the_four_that_the_study_names():
    assert {sheet["id"] for sheet in SHEETS if sheet["is_clean"]} == {"24", "28", "32", "35"}
    assert len(SHEETS) == 14


def test_refusal_says_by_how_much_and_in_which_direction():
    with pytest.raises(IdentityBroken, match=r"少 0\.01 元"):
        require_identity(100, [50], [30], 119)
    with pytest.raises(IdentityBroken, match=r"多 1\.00 元"):
        require_identity(100, [50], [30], 220)

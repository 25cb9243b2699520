"""Names as people paste them: every shape of a line is understood, or told with its number."""

import pytest
from flask import Flask

from village_open.decisions.forms.pasted import TypedMember, read_members


@pytest.fixture(autouse=True)
def _speaking(app: Flask):
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("line", "member"),
    [
        ("王桂花", TypedMember("王桂花")),
        ("王桂花 一组 女 12", TypedMember("王桂花", "一组", True, 12)),
        ("王桂花\t一组\t女\t12", TypedMember("王桂花", "一组", True, 12)),
        ("王桂花　女　一组", TypedMember("王桂花", "一组", True)),
        ("赵铁柱 男 12户", TypedMember("赵铁柱", "", False, 12)),
        ("赵铁柱\t\t男\t１２", TypedMember("赵铁柱", "", False, 12)),
        ("王 芳 二组 女", TypedMember("王芳", "二组", True)),
        ("王　芳\t二组", TypedMember("王芳", "二组")),
        ("3 赵铁柱 二组", TypedMember("赵铁柱", "二组")),
        ("3.赵铁柱", TypedMember("赵铁柱")),
        ("3、赵铁柱，二组", TypedMember("赵铁柱", "二组")),
        ("12\t赵铁柱\t二组\t\t8", TypedMember("赵铁柱", "二组", False, 8)),
        ("买买提·艾力 三组", TypedMember("买买提·艾力", "三组")),
    ],
)
def test_a_line_is_understood(line: str, member: TypedMember) -> None:
    read = read_members(line)
    assert read.problems == ()
    assert read.members == (member,)


def test_heads_and_empty_lines_are_passed_over_and_sums_are_counted() -> None:
    read = read_members("序号\t姓名\t组\t性别\t户数\n\n1\t王桂花\t一组\t女\t12\n2\t赵铁柱\t二组\t男\t15\n  \n")
    assert [member.name for member in read.members] == ["王桂花", "赵铁柱"]
    assert (read.women, read.households, read.problems) == (1, 27, ())


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("赵铁柱 13912345678", "第 2 行有电话或者证件号码，名册里不要写，请删掉。"),
        ("13912345678", "第 2 行有电话或者证件号码，名册里不要写，请删掉。"),
        ("女", "第 2 行没有姓名，请补上或者删掉这一行。"),
        ("赵铁柱 一组 党员", "第 2 行的“党员”读不懂；一行只写姓名、组、女、户数。"),
        ("赵铁柱 12 13", "第 2 行的“13”读不懂；一行只写姓名、组、女、户数。"),
        ("赵铁柱 1000", "第 2 行的“1000”读不懂；一行只写姓名、组、女、户数。"),
    ],
)
def test_a_line_that_cannot_be_understood_is_told_with_its_number(line: str, told: str) -> None:
    read = read_members(f"王桂花\n{line}")
    assert read.problems == (told,)
    assert [member.name for member in read.members] == ["王桂花"]

"""Chinese as it is printed: full-width punctuation and “ ” quotes in every text for people."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.tree import HANZI, complain, files, python_files, text_of, tree_of

BETWEEN = re.compile(rf"[{HANZI}”》）][,;:?!]\s?[{HANZI}“《（]|[{HANZI}]\([{HANZI}]|[{HANZI}]\)[{HANZI}]")
BRACKETED = re.compile(rf"\((?=[^()\n]*[{HANZI}])[{HANZI}\d%]+\)")
STRAIGHT_QUOTES = re.compile(rf"[\"'](?=[{HANZI}])[^\"'<>\n]*(?<=[{HANZI}。！？])[\"']")
CORNER_QUOTES = re.compile("[「」『』]")
AT_THE_END = re.compile(rf"[{HANZI}”》）][,;:?!](?=\s|$)", re.MULTILINE)

JINJA = re.compile(r"{#.*?#}|{{.*?}}|{%.*?%}", re.DOTALL)
JINJA_STRING = re.compile(r"'([^'\n]*)'|\"([^\"\n]*)\"")
TAG = re.compile(r"<[^>]*>", re.DOTALL)
TAG_TEXT = re.compile(r"(?:alt|title|placeholder|aria-label|content|label)\s*=\s*\"([^\"]*)\"")

# These read what other software writes, brackets and all.
READS_OTHERS = re.compile(r"village_open/(finance/importing/|workbooks/).*")


def faults(text: str, *, quotes: bool = True) -> list[str]:
    """List what a Chinese typesetter would mark in a text."""
    patterns = [BETWEEN, BRACKETED, CORNER_QUOTES, AT_THE_END, *([STRAIGHT_QUOTES] if quotes else [])]
    return [found.group() for pattern in patterns for found in pattern.finditer(text)]


def template_texts(source: str) -> Iterator[str]:
    """Yield what a template says: its words between tags, in attributes and in Jinja strings."""
    for block in JINJA.findall(source):
        if not block.startswith("{#"):
            yield from (one or other for one, other in JINJA_STRING.findall(block))
    words = JINJA.sub("◆", source)
    for tag in TAG.findall(words):
        yield from TAG_TEXT.findall(tag)
    yield from TAG.sub("\n", words).splitlines()


def python_texts(name: str) -> Iterator[tuple[int, str]]:
    """Yield the strings of a Python file that people may read: no docstrings, no regular expressions."""
    tree = tree_of(name)
    silent = {id(node) for call in ast.walk(tree) if is_pattern(call) for node in ast.walk(call)}
    silent |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in silent:
            silent |= {id(part) for part in node.values}
            yield node.lineno, "".join(part.value if isinstance(part, ast.Constant) else "◆" for part in node.values)  # type: ignore[misc]  # the constants of an f-string are text
    yield from (
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent
    )


def is_pattern(node: ast.AST) -> bool:
    """Tell whether a node is a call of the `re` module."""
    return isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.")


def test_templates_are_punctuated_in_chinese() -> None:
    wrong = [
        f"{name}: {fault}"
        for name in files(r"templates/.*\.html")
        for text in template_texts(text_of(name))
        for fault in faults(text)
    ]
    mend = "write ，；：？！（） and “ ” in Chinese text"
    assert not wrong, complain("ASCII punctuation in Chinese", mend, wrong)


def test_messages_and_labels_are_punctuated_in_chinese() -> None:
    wrong = [
        f"{name}:{line} {fault}"
        for name in python_files("village_open")
        if not READS_OTHERS.fullmatch(name)
        for line, text in python_texts(name)
        for fault in faults(text)
    ]
    mend = "write ，；：？！（） and “ ” in Chinese text"
    assert not wrong, complain("ASCII punctuation in Chinese", mend, wrong)


def test_chinese_in_the_scripts_of_pages_is_punctuated_in_chinese() -> None:
    strings = re.compile(r"`([^`]*)`|'([^'\n]*)'|\"([^\"\n]*)\"")
    wrong = [
        f"{name}: {fault}"
        for name in files(r"village_open/static/.*\.m?js")
        for found in strings.findall(text_of(name))
        for fault in faults("".join(found), quotes=False)
    ]
    assert not wrong, complain("ASCII punctuation in Chinese", "write ，；：？！（）", wrong)


@pytest.mark.parametrize(
    "text",
    [
        "收入,支出",
        "合计:",
        "是否通过?",
        "公开(财务)",
        "(季度)",
        '点"签发"以后',
        "「签发」",
        "收入, 支出",
        "“签发”,然后",
        "第(3)季"[:0] + "表(一)",
    ],
)
def test_a_slip_of_punctuation_is_found(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "收入，支出：",
        "公开（财务）",
        "点“签发”以后",
        "1,234.50元",
        "2026-07-01 09:30",
        "https://a.example/签发?x=1",
        "WPS（.xlsx）",
        "A:B",
    ],
)
def test_right_punctuation_is_left_alone(text: str) -> None:
    assert not faults(text)


def test_what_a_template_says_is_read_from_words_attributes_and_strings() -> None:
    source = (
        """{# 注释,不算 #}<p class="a,b" title="题目,一">文字,二{{ _('串,三') }}</p>{% if x == "条,四" %}{% endif %}"""
    )
    assert {fault[0] for text in template_texts(source) for fault in faults(text)} == {"目", "字", "串", "条"}

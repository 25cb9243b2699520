"""The check of the translations notices what a translator forgets; the translations pass it; no text stays unmarked."""

import importlib
import io
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from scripts.check_catalogues import faults, marked_texts
from tests.house.tree import HANZI, ROOT, complain, files, python_files, text_of
from village_open.decisions.rules.bodies import Body
from village_open.decisions.rules.matters import collective_items, matter_types, procedures
from village_open.decisions.rules.votes import NAMED_VOTES
from village_open.desk.rules import NEXT_STEPS, STEP_LABELS
from village_open.finance.chain import STEPS
from village_open.finance.forms.grid import COLUMNS
from village_open.finance.items import ITEMS
from village_open.printing.paper import ALL_PAPERS
from village_open.villages.profile_keys import KEYS
from village_open.villages.rules import GROUP_WORDS, NEAR_RELATIONS, PAPER_WORDS
from village_open.web.words import WORDS

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
RIGHT = 'msgid "签发"\nmsgstr "Issue"\n\n#, python-format\nmsgid "共 %(count)s 笔"\nmsgstr "%(count)s lines"\n'
MARKED = {"签发", "共 %(count)s 笔"}


def faults_of(entries: str) -> list[str]:
    """Check a catalogue given as text."""
    return faults(read_po(io.BytesIO((HEADER + entries).encode())), MARKED)


def test_a_complete_catalogue_has_no_fault() -> None:
    assert faults_of(RIGHT) == []


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (RIGHT.replace('"Issue"', '""'), "译文为空：签发"),
        (RIGHT.replace('msgid "签发"', '#, fuzzy\nmsgid "签发"'), "译文待核（fuzzy）：签发"),
        (RIGHT.replace('"签发"', '"退回"'), "没有译文：签发"),
        (RIGHT + '\nmsgid "退回"\nmsgstr "Return"\n', "多余的译文：退回"),
        (RIGHT.replace('"Issue"', '"Issue the sheet."\n"Issue the sheet."'), "译文重复了一遍：签发"),
        (RIGHT.replace("%(count)s lines", "%(number)s lines"), "占位符不一致：共 %(count)s 笔"),
    ],
)
def test_what_a_translator_forgets_is_noticed(wrong: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults_of(wrong))


def test_texts_are_collected_from_code_and_templates(tmp_path: Path) -> None:
    (tmp_path / "babel.cfg").write_text((ROOT / "babel.cfg").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "village_open/finance").mkdir(parents=True)
    (tmp_path / "village_open/finance/forms.py").write_text('from x import _l\nlabel = _l("金额")\n', encoding="utf-8")
    (tmp_path / "templates/finance").mkdir(parents=True)
    (tmp_path / "templates/finance/entry.html").write_text(
        "{{ _('签发') }}{% trans %}退回{% endtrans %}", encoding="utf-8"
    )
    assert marked_texts(tmp_path) == {"金额", "签发", "退回"}


def test_the_catalogues_of_the_house_are_complete() -> None:
    catalogues = files(r"village_open/translations/\w+/LC_MESSAGES/messages\.po")
    marked = marked_texts(ROOT)
    found = [
        f"{name}: {fault}"
        for name in catalogues
        for fault in faults(read_po(io.BytesIO((ROOT / name).read_bytes())), marked)
    ]
    assert not found, complain("a translation is behind the pages", "run `make messages`, then translate", found)


UNSPOKEN = re.compile(r"{#.*?#}|\b_\(\s*(?:'[^'\n]*'|\"[^\"\n]*\")", re.DOTALL)
INK = r"finance/print_sign_off\.html|(decisions|reviews)/print_\w+\.html"
CHINESE_ONLY = re.compile(rf"templates/(notices/sheets/.*|{INK})")
"""Papers: a signature in ink stands under Chinese words."""
FROZEN_WORDS = re.compile(r"{% set kinds = {[^}]*} %}")
"""Words that a page compares with those of a disclosure, and does not say."""


def unmarked(template: str) -> list[str]:
    """List the lines of a template that say something in Chinese only."""
    left = UNSPOKEN.sub("", FROZEN_WORDS.sub("", template))
    return [line.strip() for line in left.splitlines() if re.search(f"[{HANZI}]", line)]


def test_every_text_of_a_page_is_marked() -> None:
    found = [
        f"{name}: {line}"
        for name in files(r"templates/.*\.html")
        if not CHINESE_ONLY.fullmatch(name)
        for line in unmarked(text_of(name))
    ]
    assert not found, complain("Chinese that no translator sees", "write {{ _('…') }}", found)


def test_unmarked_texts_are_found() -> None:
    assert unmarked("{# 注释 #}<p>{{ _('签发') }}</p>\n<p>退回</p>\n<p title='张贴'>{{ _(\"录入\") }}</p>") == [
        "<p>退回</p>",
        "<p title='张贴'>{{ ) }}</p>",
    ]


READS_CHINESE = {"grid_paste.js", "grid_money.js"}
"""These read tables that people copy from elsewhere."""


def test_scripts_take_their_sentences_from_the_page() -> None:
    comment = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
    found = [
        f"{name}: {line.strip()}"
        for name in files(r"village_open/static/.*\.m?js")
        if Path(name).name not in READS_CHINESE
        for line in comment.sub("", text_of(name)).splitlines()
        if re.search(f"[{HANZI}]", line)
    ]
    assert not found, complain("a script speaks Chinese only", "add it to templates/finance/grid_words.html", found)


def test_the_grid_has_every_sentence_that_its_scripts_say() -> None:
    scripts = "".join(text_of(name) for name in files(r"village_open/static/js/grid.*\.js"))
    said = set(re.findall(r"\bword\(\"(\w+)\"", scripts)) | {"saved_rows", "removed_rows", "doubts"}
    held = set(re.findall(r"'(\w+)': _\(", text_of("templates/finance/grid_words.html")))
    assert said == held


def labels_of_enums() -> Iterator[str]:
    """Yield the label or heading of every member of every enumeration of the house."""
    for name in python_files("village_open"):
        if "StrEnum" not in text_of(name):
            continue
        module = importlib.import_module(name.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, StrEnum) and kind.__module__ == module.__name__:
                yield from (text for one in kind for text in (getattr(one, "label", ""), getattr(one, "heading", "")))


def labels_of_tables() -> Iterator[str]:
    """Yield the words that stand in tables of the rooms and are shown on pages."""
    yield from STEP_LABELS.values()
    yield from (step for steps in NEXT_STEPS.values() for step, _kinds in steps)
    yield from (label for _key, label in STEPS)
    yield from COLUMNS.values()
    yield from (item.label for item in ITEMS.values())
    yield from (paper.label for paper in ALL_PAPERS)
    yield from (*PAPER_WORDS.values(), *GROUP_WORDS.values(), *NEAR_RELATIONS)
    yield from (row.label for rows in (matter_types(), procedures()) for row in rows.values())
    yield from (step.label for row in procedures().values() for step in row.steps)
    yield from (*collective_items().values(), *NAMED_VOTES.values(), *(body.member_word for body in Body))
    for rule in KEYS.values():
        yield from (rule.label, rule.heading, rule.hint, *rule.choices.values())


def test_every_label_can_be_said_in_english() -> None:
    marked = marked_texts(ROOT)
    found = [word for word in {*labels_of_enums(), *labels_of_tables()} - {""} if word not in marked]
    assert not found, complain("a label without translation", "add it to village_open/web/words.py", found)


def test_the_list_of_words_holds_none_twice() -> None:
    words = [str(word) for word in WORDS]
    assert len(words) == len(set(words))

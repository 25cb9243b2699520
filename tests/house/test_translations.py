"""The check of the translations notices what a translator forgets; the translations pass it."""

import io
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from scripts.check_catalogues import faults, marked_texts
from tests.house.tree import ROOT, complain, files

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

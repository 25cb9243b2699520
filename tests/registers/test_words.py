from scripts.check_catalogues import marked_texts
from tests.house.tree import ROOT, complain
from village_open.registers.rules.every import REGISTERS


def test_every_word_of_a_register_can_be_said_in_english() -> None:
    said = set()
    for register in REGISTERS.values():
        said |= {register.group, register.label, register.hint, *(row.label for row in register.fixed_rows)}
        said |= {word for column in register.columns for word in (column.label, column.unit) if column.key != "row"}
    missing = said - marked_texts(ROOT) - {""}
    assert not missing, complain("words without translation", "add them to village_open/web/register_words.py", missing)

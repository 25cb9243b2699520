"""The map and the glossary in `village_open/__init__.py` hold every room and every word."""

import ast
import re

from tests.house.tree import HANZI, ROOT, complain, definitions, files, rooms, tree_of

FRONT_DOOR = ast.get_docstring(tree_of("village_open/__init__.py")) or ""
ENTRY = re.compile(rf"^    (?P<english>[a-z][\w ,\-]*?)\s{{2,}}(?P<chinese>[{HANZI}][^\s]*)", re.MULTILINE)
GLOSSARY = {entry["english"]: entry["chinese"] for entry in ENTRY.finditer(FRONT_DOOR)}
WORDS = {word.strip() for english in GLOSSARY for word in english.split(",")}


def in_words(class_name: str) -> str:
    """Write `RecordEntry` as `record entry`."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", class_name).lower()


def test_the_front_door_holds_nothing_but_its_docstring() -> None:
    assert len(tree_of("village_open/__init__.py").body) == 1


def test_the_glossary_is_in_alphabetical_order_without_doubles() -> None:
    listed = [entry["english"] for entry in ENTRY.finditer(FRONT_DOOR)]
    assert len(listed) > 40
    assert listed == sorted(set(listed))


def test_every_room_is_on_the_map() -> None:
    map_of_the_house = FRONT_DOOR.split("Every room is furnished alike")[0]
    unknown = [room for room in rooms() if not re.search(rf"\b{room}\b", map_of_the_house)]
    assert not unknown, complain("rooms that are not on the map", "add them in village_open/__init__.py", unknown)


def test_every_path_of_the_reading_order_that_is_named_leads_somewhere() -> None:
    order = FRONT_DOOR.split("The reading order")[1].split("The words.")[0]
    lost = [path for path in re.findall(r"`([\w/.]+)`", order) if not any(exists(path, suffix) for suffix in ("", "/"))]
    assert not lost, complain("the reading order names what is not there", "mend it in village_open/__init__.py", lost)


def exists(path: str, suffix: str) -> bool:
    """Tell whether a path is there, as a module or, with a slash, as the folder that it grew into."""
    return (ROOT / "village_open" / (path.removesuffix(".py") + suffix if suffix else path)).exists()


def test_every_table_has_its_chinese_word_in_the_glossary() -> None:
    tables = [
        found
        for name in files(r"village_open/\w+/models(/\w+)?\.py")
        for found in definitions(name)
        if isinstance(found.node, ast.ClassDef) and "__tablename__" in ast.unparse(found.node)
    ]
    assert tables
    unknown = [
        f"{table.place}: “{in_words(table.node.name)}”" for table in tables if in_words(table.node.name) not in WORDS
    ]
    mend = "add the word and its Chinese to the glossary of village_open/__init__.py"
    assert not unknown, complain("words without Chinese", mend, unknown)


def test_every_folder_of_the_house_is_a_package_with_its_one_purpose() -> None:
    folders = {name.rsplit("/", 1)[0] for name in files(r"village_open/.*\.py")}
    bare = [folder for folder in folders if not files(rf"{folder}/__init__\.py")]
    assert not bare, complain(
        "folders without __init__.py", "add one whose docstring says what the folder is for", bare
    )

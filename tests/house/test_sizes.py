"""Small enough to read in one look."""

from tests.house.tree import complain, files, functions, line_count, python_files

VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base", "tools", "stuff"}


def test_no_function_is_longer_than_40_lines() -> None:
    sources = python_files("village_open", "bench", "scripts", "migrations")
    long = [f"{found.place} ({found.lines})" for name in sources for found in functions(name) if found.lines > 40]
    tests = [
        found for name in python_files("tests") for found in functions(name) if found.node.name.startswith("test_")
    ]
    long += [f"{found.place} ({found.lines})" for found in tests if found.lines > 40]
    assert not long, complain(
        "functions over 40 lines", "name a step of it and move it below as its own function", long
    )


def test_no_view_is_longer_than_25_lines() -> None:
    views = files(r"village_open/\w+/views(/\w+)?\.py")
    long = [f"{found.place} ({found.lines})" for name in views for found in functions(name) if found.lines > 25]
    mend = "a view fetches, forms, acts and answers; the rest is a query or an action"
    assert not long, complain("views over 25 lines", mend, long)


def test_no_module_is_longer_than_300_lines() -> None:
    sources = python_files("village_open", "bench", "scripts", "migrations")
    long = [f"{name} ({line_count(name)})" for name in sources if line_count(name) > 300]
    assert not long, complain("modules over 300 lines", "make it a folder of the same name, split by noun", long)


def test_no_template_is_longer_than_120_lines() -> None:
    long = [f"{name} ({line_count(name)})" for name in files(r"templates/.*\.html") if line_count(name) > 120]
    assert not long, complain("templates over 120 lines", "move a part into templates/components/ as a macro", long)


def test_no_conftest_is_longer_than_150_lines() -> None:
    long = [f"{name} ({line_count(name)})" for name in files(r"(.*/)?conftest\.py") if line_count(name) > 150]
    assert not long, complain("conftests over 150 lines", "put fixtures beside the tests that use them", long)


def test_no_module_or_folder_has_a_vague_name() -> None:
    vague = [name for name in python_files("village_open", "bench", "scripts", "tests") if VAGUE & set(parts(name))]
    assert not vague, complain("vague names", "name it after the noun of village life that it holds", vague)


def parts(name: str) -> list[str]:
    """Split a path into its folders and the bare file name."""
    return name.removesuffix(".py").split("/")

"""Every module and every public function says what it promises, and what it refuses."""

import ast

import pytest

from tests.house.tree import Definition, complain, definitions, files, functions, python_files, tree_of

# A route table and the columns of a model speak for themselves; ruff checks the classes.
SPEAK_FOR_THEMSELVES = r"village_open/\w+/(routes|models)(/\w+)?\.py"
DEEDS = r"village_open/(core/\w+|\w+/(rules|queries|actions)(/\w+)?)\.py"


def own_raises(node: ast.AST) -> set[str]:
    """Name the errors that a function raises by itself, inner functions aside."""
    found: set[str] = set()
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(child, ast.Raise) and isinstance(child.exc, ast.Call):
            found.add(ast.unparse(child.exc.func).split(".")[-1])
        found |= own_raises(child)
    return found


def lacks_raises(found: Definition) -> bool:
    """Tell whether a public function raises without saying so."""
    documented = ast.get_docstring(found.node) or ""
    return found.public and bool(own_raises(found.node)) and "Raises:" not in documented


@pytest.mark.parametrize("name", python_files("village_open"))
def test_every_module_and_public_name_has_a_docstring(name: str) -> None:
    bare = [] if ast.get_docstring(tree_of(name)) else [f"{name}:1"]
    if name not in files(SPEAK_FOR_THEMSELVES):
        bare += [one.place for one in definitions(name) if one.public and not said(one)]
    assert not bare, complain("no docstring", "say in one line what it promises, with units", bare)


def said(found: Definition) -> bool:
    """Tell whether it has a docstring, or is a dunder, whose promise is Python's, or an overload."""
    return bool(ast.get_docstring(found.node)) or found.node.name.startswith("__")


def test_a_function_that_refuses_says_so_in_its_docstring() -> None:
    silent = [found.place for name in files(DEEDS) for found in functions(name) if lacks_raises(found)]
    assert not silent, complain("raises without `Raises:`", "name the error and the state that it names", silent)

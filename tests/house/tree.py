"""The house as its tests see it: the project's own files, parsed once."""

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HANZI = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def own_files() -> tuple[str, ...]:
    """List the files that are tracked or about to be, by their path from the root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return tuple(sorted(name for name in set(listed.split("\0")) if name and (ROOT / name).is_file()))


def files(pattern: str) -> list[str]:
    """List own files whose path matches the whole regular expression."""
    return [name for name in own_files() if re.fullmatch(pattern, name)]


def python_files(*folders: str) -> list[str]:
    """List own Python files below the folders, frozen migrations aside."""
    return [name for folder in folders for name in files(rf"{folder}/.*\.py") if "migrations/versions/" not in name]


@cache
def text_of(name: str) -> str:
    """Read a file by its path from the root."""
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def tree_of(name: str) -> ast.Module:
    """Parse a Python file."""
    return ast.parse(text_of(name), name)


def line_count(name: str) -> int:
    """Count the lines of a file."""
    return len(text_of(name).splitlines())


@dataclass(frozen=True)
class Definition:
    """A function or class where it stands."""

    file: str
    node: Function | ast.ClassDef
    public: bool

    @property
    def place(self) -> str:
        """`path:line name`, as an editor opens it."""
        return f"{self.file}:{self.node.lineno} {self.node.name}"

    @property
    def lines(self) -> int:
        """How many lines it takes, decorators aside."""
        return (self.node.end_lineno or self.node.lineno) - self.node.lineno + 1


def definitions(name: str) -> Iterator[Definition]:
    """Walk the functions and classes of a file; what stands in a function or a private class is not public."""

    def walk(body: list[ast.stmt], public: bool) -> Iterator[Definition]:
        for node in body:
            if isinstance(node, Function | ast.ClassDef):
                seen = public and not node.name.startswith("_")
                yield Definition(name, node, seen)
                yield from walk(node.body, seen and isinstance(node, ast.ClassDef))
            elif isinstance(node, ast.If | ast.With | ast.Try):
                yield from walk(node.body, public)

    yield from walk(tree_of(name).body, public=True)


def functions(name: str) -> Iterator[Definition]:
    """Walk the functions of a file, methods and inner ones included."""
    return (found for found in definitions(name) if isinstance(found.node, Function))


def rooms() -> set[str]:
    """Name the packages of the house."""
    return {name.split("/")[1] for name in files(r"village_open/\w+/__init__\.py")}


def complain(what: str, mend: str, places: list[str]) -> str:
    """Write the message of a failed house rule: what is wrong, how to mend it, where."""
    return "\n".join([f"{what} — {mend}", *(f"  {place}" for place in sorted(places))])

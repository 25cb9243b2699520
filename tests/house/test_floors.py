"""The floors and the furniture: import-linter keeps them, and would notice if they broke."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from tests.house.tree import ROOT, complain, files, text_of, tree_of

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {contract["id"]: contract for contract in PYPROJECT["tool"]["importlinter"]["contracts"]}
ROOMS = ("record", "identity", "reviews", "finance", "notices", "desk", "public")
FURNITURE = ("rules", "models", "queries", "actions", "forms", "sheets", "commands", "views", "routes")
OTHERS = ("app", "cli", "settings", "core", "db", "web", "printing", "storage")

# One wrong import for each contract, and the contracts that must cry out. What is right elsewhere is wrong here.
SLIPS = [
    ("floors", "finance/rules.py", "import paper.notices.rules"),
    ("floors", "public/queries.py", "import paper.desk.queries"),
    ("floors", "db.py", "import paper.web"),
    ("floors", "core.py", "import paper.settings"),
    ("floors", "record/queries.py", "def late():\n    import paper.finance.queries"),
    ("floors", "gossip.py", ""),
    ("core", "core.py", "import flask"),
    ("core", "settings.py", "import sqlalchemy"),
    ("rules", "finance/rules.py", "import paper.finance.models"),
    ("rules", "finance/rules.py", "import paper.record.queries"),
    ("rules", "finance/rules.py", "import sqlalchemy"),
    ("models", "finance/models.py", "import paper.finance.queries"),
    ("models", "finance/models.py", "import paper.record.actions"),
    ("queries", "finance/queries.py", "import paper.finance.actions"),
    ("queries", "finance/queries.py", "import paper.record.actions"),
    ("actions", "finance/actions.py", "import paper.finance.forms"),
    ("no-request-below-views", "finance/actions.py", "import flask"),
    ("no-request-below-views", "finance/queries.py", "from flask_login import current_user"),
    ("forms", "finance/forms.py", "import paper.db"),
    ("forms", "finance/forms.py", "import paper.finance.queries"),
    ("views", "notices/actions.py", "import paper.finance.views"),
    ("routes", "desk/views.py", "import paper.finance.routes"),
    ("commands", "notices/views.py", "import paper.finance.commands"),
    ("outside-things", "notices/actions.py", "import weasyprint"),
]


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house of paper: empty rooms with all their furniture, under the contracts of the real one."""
    house = tmp_path / "paper"
    for name in (*OTHERS, *(f"{room}/{piece}" for room in ROOMS for piece in ("__init__", *FURNITURE)), "__init__"):
        module = house / f"{name}.py"
        module.parent.mkdir(parents=True, exist_ok=True)
        module.touch()
    section = text_of("pyproject.toml").split("[tool.importlinter]")[1]
    contracts = re.sub(r"\bvillage_open\b", "paper", f"[tool.importlinter]{section}")
    (tmp_path / "pyproject.toml").write_text(contracts, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    return house


def broken_contracts(capsys: pytest.CaptureFixture[str]) -> set[str]:
    """Lint the house of paper and name the contracts that broke."""
    failed = lint_imports(cache_dir=None, no_cache=True, no_logo=True) != 0
    lines = capsys.readouterr().out.splitlines()
    broken = {key for key, contract in CONTRACTS.items() if f"{contract['name']} BROKEN" in lines}
    assert failed == bool(broken), "\n".join(lines)
    return broken


def test_no_import_of_the_house_breaks_a_contract(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    failed = lint_imports(no_cache=True, no_logo=True)
    assert not failed, capsys.readouterr().out


def test_a_house_in_order_breaks_no_contract(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (paper / "finance/rules.py").write_text("import paper.core\n")
    (paper / "finance/models.py").write_text("import paper.db, paper.record.models, paper.finance.rules\n")
    (paper / "finance/actions.py").write_text("import paper.finance.queries, paper.record.actions\n")
    (paper / "finance/routes.py").write_text("import paper.finance.views\n")
    (paper / "db.py").write_text("import flask, sqlalchemy\n")
    (paper / "app.py").write_text("import paper.finance.routes\n")
    assert broken_contracts(capsys) == set()


@pytest.mark.parametrize(("contract", "file", "slip"), SLIPS)
def test_a_wrong_import_breaks_its_contract(
    contract: str, file: str, slip: str, paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (paper / file).write_text(f"{slip}\n")
    assert contract in broken_contracts(capsys)


def test_every_contract_is_seen_to_break() -> None:
    assert {contract for contract, _, _ in SLIPS} == set(CONTRACTS)


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=CONTRACTS)
def test_every_contract_says_how_to_mend_it(contract: dict[str, str]) -> None:
    assert contract["broken_contract_guidance"].endswith(".")


def test_every_contract_gives_its_reason_in_a_comment() -> None:
    blocks = text_of("pyproject.toml").split("[[tool.importlinter.contracts]]\n")[1:]
    bare = [block.splitlines()[0] for block in blocks if not re.search(r"^name = .*\n# \w", block, re.MULTILINE)]
    assert not bare, complain("contracts without a reason", "write it as a comment below the name", bare)


def test_rules_and_what_they_rest_on_import_the_standard_library_and_core_only() -> None:
    waiting = files(r"village_open/\w+/rules(/\w+)?\.py")
    seen: set[str] = set()
    foreign = []
    while waiting:
        name = waiting.pop()
        seen.add(name)
        for line, module in imported(name):
            if module.startswith("village_open."):
                waiting += [file for file in house_files(module) if file not in seen and "/core/" not in file]
            elif module.split(".")[0] not in sys.stdlib_module_names:
                foreign.append(f"{name}:{line} {module}")
    mend = "take plain values or a frozen dataclass as arguments"
    assert not foreign, complain("rules that rest on more than core", mend, foreign)


def imported(name: str) -> list[tuple[int, str]]:
    """List the modules that a file imports, with their lines."""
    nodes = list(ast.walk(tree_of(name)))
    plain = [(node.lineno, alias.name) for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return plain + [(node.lineno, node.module or "") for node in nodes if isinstance(node, ast.ImportFrom)]


def house_files(module: str) -> list[str]:
    """Find the file of a module of the house."""
    return files(rf"{module.replace('.', '/')}(/__init__)?\.py")

"""The workshop's commands: `make`, the installer of system packages, and the gate."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT, text_of

TARGETS = {"install", "run", "test", "check", "bench", "soak", "lock"}


def put_tool(folder: Path, name: str, body: str) -> None:
    """Put a stand-in for a system command into a folder."""
    tool = folder / name
    tool.write_text(f"#!/bin/bash\n{body}\n")
    tool.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine with apt and nothing else installed: a folder of commands that note how they were called."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("bash", "tail", "cat", "env", "mktemp", "rm"):
        (folder / name).symlink_to(next(path for at in ("/bin", "/usr/bin") if (path := Path(at, name)).exists()))
    (folder / "python3").symlink_to(sys.executable)
    put_tool(folder, "dpkg-query", "exit 1")
    put_tool(folder, "apt-get", f'echo "$DEBIAN_FRONTEND $*" >> {tmp_path}/calls')
    put_tool(folder, "id", "echo 1000")
    return folder


def install_system(machine: Path, purpose: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Run the installer on a machine; give what it said and how apt-get was called."""
    done = subprocess.run(
        [ROOT / "scripts/install-system", purpose],
        env={"PATH": str(machine), "PYTHON": "python3", "TMPDIR": str(machine)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    calls = machine.parent / "calls"
    return done, calls.read_text().splitlines() if calls.exists() else []


def test_without_root_the_installer_prints_the_line_to_type(machine: Path) -> None:
    done, calls = install_system(machine, "run")
    assert (done.returncode, calls) == (1, [])
    line = "apt-get update && apt-get install -y --no-install-recommends"
    assert f"{line} libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk\n" in done.stderr


def test_tests_need_a_browser_and_poppler_too(machine: Path) -> None:
    done, _ = install_system(machine, "test")
    assert done.stderr.rstrip().endswith(
        " chromium libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk poppler-utils libatomic1"
    )


def test_a_browser_of_the_family_is_not_installed_twice(machine: Path) -> None:
    put_tool(machine, "google-chrome", "exit 0")
    done, _ = install_system(machine, "test")
    assert "chromium" not in done.stderr


def test_as_root_what_is_missing_is_installed_without_a_question(machine: Path) -> None:
    put_tool(machine, "id", "echo 0")
    put_tool(machine, "dpkg-query", '[ "${@: -1}" = fonts-noto-cjk ] || { echo -n installed; }')
    done, calls = install_system(machine, "run")
    assert done.returncode == 0, done.stderr
    assert calls == ["noninteractive -q update", "noninteractive -q install -y --no-install-recommends fonts-noto-cjk"]


def test_by_sudo_the_same_is_installed(machine: Path) -> None:
    put_tool(machine, "sudo", 'echo "sudo $*" >> "$(dirname "$0")/../sudo"; [ "$1" = -n ] && shift; "$@"')
    (machine / "dirname").symlink_to("/usr/bin/dirname")
    (machine / "true").symlink_to("/bin/true")
    done, calls = install_system(machine, "run")
    assert done.returncode == 0, done.stderr
    assert [call.split()[2] for call in calls] == ["update", "install"]


def test_a_machine_that_has_everything_is_left_alone(machine: Path) -> None:
    put_tool(machine, "dpkg-query", "echo -n installed")
    done, calls = install_system(machine, "run")
    assert (done.returncode, done.stderr, calls) == (0, "", [])


def test_a_failing_apt_ends_the_install_and_shows_why(machine: Path) -> None:
    put_tool(machine, "id", "echo 0")
    put_tool(machine, "apt-get", "echo 'E: no such mirror' >&2; exit 100")
    done, _ = install_system(machine, "run")
    assert done.returncode == 1
    assert "E: no such mirror" in done.stderr


def test_an_old_python_is_refused_by_name(machine: Path) -> None:
    (machine / "python3").unlink()
    put_tool(machine, "python3", 'case "$*" in *version_info*) exit 1;; *) echo "Python 3.9.2";; esac')
    done, calls = install_system(machine, "run")
    assert (done.returncode, calls) == (1, [])
    assert "Python 3.9.2" in done.stderr


def test_make_knows_every_command_that_people_rely_on() -> None:
    listed = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(re.findall(r"^  make ([a-z-]+)", listed.stdout, re.MULTILINE)) >= TARGETS


@pytest.mark.parametrize(("failing", "exit_code"), [("none", 0), ("check", 1), ("test", 1)])
def test_the_gate_runs_both_parts_and_fails_with_either(tmp_path: Path, failing: str, exit_code: int) -> None:
    put_tool(tmp_path, "make", f'echo "$1 ran"; [ "$1" != {failing} ]')
    gate = subprocess.run(
        ["bash", ROOT / ".ci/run"],
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "CI": "true"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (gate.returncode, gate.stdout.splitlines()) == (exit_code, ["check ran", "test ran"])


def test_what_is_made_is_not_tracked() -> None:
    ignored = text_of(".gitignore").splitlines()
    assert {".venv/", "instance/", "*.mo"} <= set(ignored)

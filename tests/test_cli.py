"""The `village-open` command as people, cron and checks rely on it: what it prints, what it writes, how it ends."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, build_opener

import pytest
from click.testing import CliRunner, Result

from tests.demo_homes import close, demo_app
from tests.finance.import_files import QUARTER, QUARTER_ROWS, own_template
from tests.notices.printed import poppler
from tests.notices.test_commands import reattach
from village_open.cli import main
from village_open.record.queries import list_trail
from village_open.settings import SQLITE_FILE

COMMAND = Path(sys.executable).parent / "village-open"
ORDINARY, ISSUED = "990101101200", "2026Q2"
QUARTERS = ["2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3"]
SETTINGS = ("VILLAGE_OPEN_DATABASE_URL", "VILLAGE_OPEN_SECRET_KEY", "VILLAGE_OPEN_PUBLIC_URL", "VILLAGE_OPEN_HTTPS")
Shell = Callable[..., Result]


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Run the command in a data directory."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)

    def run(home: Path, *words: object) -> Result:
        monkeypatch.setenv("VILLAGE_OPEN_HOME", str(home))
        return CliRunner().invoke(main, [str(word) for word in words])

    return run


@pytest.fixture
def home(demo_home: Path, tmp_path: Path) -> Path:
    """A data directory holding the demo."""
    return Path(shutil.copytree(demo_home, tmp_path / "home"))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A data directory without a database."""
    return tmp_path / "empty"


def told(answer: Result) -> dict[str, Any]:
    """Return the one JSON object on stdout."""
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.stdout)
    assert isinstance(found, dict)
    return found


def outside(home: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Run the installed command in a process of its own."""
    return subprocess.run(
        [COMMAND, *map(str, words)], env=surroundings(home), capture_output=True, text=True, check=False, timeout=120
    )


def surroundings(home: Path) -> dict[str, str]:
    return {name: text for name, text in os.environ.items() if name not in SETTINGS} | {"VILLAGE_OPEN_HOME": str(home)}


def test_demo_says_in_one_json_object_what_it_made(home: Path) -> None:
    done = outside(home, "demo", "--json")
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert list(made) == ["township", "quarters", "villages", "logins"]
    assert (made["township"], made["quarters"], len(made["villages"])) == ("青山镇", QUARTERS, 12)
    assert made["villages"][0] == {"code": ORDINARY, "name": "李家村"}
    assert all(set(login) == {"login", "password", "role", "village"} for login in made["logins"])
    assert {"clerk200", "review200-3", "oversight200-3", "head200", "office1"} <= {
        login["login"] for login in made["logins"]
    }


def test_demo_tells_people_the_logins_of_the_ordinary_village(home: Path, shell: Shell) -> None:
    said = shell(home, "demo").stdout
    assert "clerk200" in said
    assert "qingshan-2026" in said
    assert "clerk201" not in said


def test_reset_refuses_a_data_directory_that_is_not_a_demo(empty: Path, shell: Shell) -> None:
    assert shell(empty, "db", "upgrade").exit_code == 0
    words = ("--code", "990101102", "--name", "赤水镇", "--county", "云岭县", "--person", "周主任", "--login", "zhou")
    assert shell(empty, "township", "add", *words).exit_code == 0
    for more in (["--reset"], ["--reset", "--json"], []):
        refused = shell(empty, "demo", *more)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert "不是演示数据" in refused.stderr
        assert str(empty) in refused.stderr
    assert shell(empty, "record", "check").stdout == "查了 1 条链、3 条记录，全部连续、没有改动。\n"


TOWNSHIP = (
    "township", "add", "--code", "990101102", "--name", "赤水镇", "--county", "云岭县", "--person", "周主任",
    "--login", "zhou",
)  # fmt: skip
LEADER = ("county", "add-leader", "--county", "990101", "--person", "李四", "--login")


@pytest.mark.parametrize(
    ("more", "word"),
    [([], "云岭县区县领导"), (["--inspector-of", "农业农村"], "云岭县检查组")],
    ids=["leader", "inspector"],
)
def test_somebody_of_the_county_signs_in_with_the_password_printed_once(
    empty: Path, shell: Shell, more: list[str], word: str
) -> None:
    for words in (["db", "upgrade"], TOWNSHIP):
        assert shell(empty, *words).exit_code == 0
    done = shell(empty, *LEADER, "County1", *more)
    told = re.match(rf"{word} 李四 的登录名：county1  初始密码：(\S+)\n初始密码只显示这一次", done.stdout)
    assert told is not None, done.output
    app = demo_app(empty)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    assert client.post("/sign-in", data={"login": "county1", "password": told[1]}).location == "/desk"
    changed = {"old": told[1], "new": "yun-ling-2026", "again": "yun-ling-2026"}
    assert client.post("/change-password", data=changed).location == "/desk"
    county = client.get("/desk", follow_redirects=True)
    assert (county.request.path, county.status_code) == ("/counties/990101", 200)
    assert "赤水镇" in county.text
    close(app)
    assert shell(empty, "record", "check").stdout == "查了 2 条链、6 条记录，全部连续、没有改动。\n"


def test_a_forgotten_password_of_the_county_is_replaced_at_the_shell_and_the_record_says_so(
    empty: Path, shell: Shell
) -> None:
    for words in (["db", "upgrade"], TOWNSHIP, [*LEADER, "county1"]):
        made = shell(empty, *words)
        assert made.exit_code == 0
    old = made.stdout.partition("初始密码：")[2].split()[0]
    app = demo_app(empty)
    app.config["WTF_CSRF_ENABLED"] = False
    signed_in, anew = app.test_client(), app.test_client()
    assert signed_in.post("/sign-in", data={"login": "county1", "password": old}).location == "/desk"
    done = shell(empty, "county", "reset-account", "--county", "990101", "--login", "County1")
    told = re.match(
        r"已重置云岭县李四的密码，原来的登录全部退出。\n登录名：county1  初始密码：(\S+)\n初始密码只", done.stdout
    )
    assert told is not None, done.output
    assert "/sign-in" in signed_in.get("/desk").location
    assert anew.post("/sign-in", data={"login": "county1", "password": old}).status_code == 422
    assert anew.post("/sign-in", data={"login": "county1", "password": told[1]}).location == "/desk"
    assert anew.get("/desk").location == "/change-password"
    with app.app_context():
        last = list_trail("990101").items[0]
    close(app)
    assert (last.actor_name, "在服务器的命令行上重置了" in last.said) == ("李四", True)
    assert shell(empty, "record", "check").stdout == "查了 2 条链、6 条记录，全部连续、没有改动。\n"


def test_the_county_s_command_resets_nobody_of_a_township_and_no_unknown_login(empty: Path, shell: Shell) -> None:
    for words in (["db", "upgrade"], TOWNSHIP):
        assert shell(empty, *words).exit_code == 0
    for login in ("zhou", "nobody"):
        refused = shell(empty, "county", "reset-account", "--county", "990101", "--login", login)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert f"云岭县没有登录名为“{login}”的区县人员" in refused.stderr
    assert shell(empty, "record", "check").stdout == "查了 1 条链、3 条记录，全部连续、没有改动。\n"


def test_nobody_of_an_unknown_county_and_no_login_twice(empty: Path, shell: Shell) -> None:
    assert shell(empty, "db", "upgrade").exit_code == 0
    refused = shell(empty, *LEADER, "county1")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "没有代码为 990101 的县" in refused.stderr
    assert shell(empty, *TOWNSHIP).exit_code == 0
    taken = shell(empty, *LEADER, "zhou")
    assert (taken.exit_code, taken.stdout) == (1, "")
    assert "登录名“zhou”已经有人用了" in taken.stderr
    assert shell(empty, "record", "check").stdout == "查了 1 条链、3 条记录，全部连续、没有改动。\n"


def test_db_upgrade_makes_the_database_and_does_nothing_twice(empty: Path, shell: Shell) -> None:
    for _time in range(2):
        done = shell(empty, "db", "upgrade")
        assert (done.exit_code, done.stdout) == (0, "数据库已是最新版本。\n")
    assert (empty / SQLITE_FILE).stat().st_size > 0


def test_record_check_walks_every_chain(home: Path, shell: Shell) -> None:
    found = told(shell(home, "record", "check", "--json"))
    assert set(found) == {"chains", "entries", "broken"}
    assert found["broken"] == []
    assert found["chains"] >= 13  # Twelve villages, the township.
    assert found["entries"] > 1_000


def test_notices_print_writes_to_a_folder(home: Path, shell: Shell, tmp_path: Path) -> None:
    words = ("--quarter", ISSUED, "--village", ORDINARY, "--village", "990101101205", "--paper", "A3")
    run = told(shell(home, "notices", "print", *words, "--out", tmp_path / "out", "--json"))
    assert set(run) == {"sheets", "left_out", "seconds"}
    assert [sheet["kind"] for sheet in run["sheets"]] == ["finance_lines", "finance_summary"]
    for sheet in run["sheets"]:
        assert set(sheet) >= {"file", "village", "number", "kind", "paper", "pages", "sha256"}
        assert Path(sheet["file"]).is_absolute()
        assert (sheet["village"], sheet["paper"]) == (ORDINARY, "A3-landscape")
        assert f"Pages: {sheet['pages']}" in " ".join(
            poppler(Path(sheet["file"]).read_bytes(), "pdfinfo", "{}").split()
        )
    assert run["left_out"] == [{"village": "990101101205", "reason": "2026年第二季度还没有签发"}]


def test_notices_print_joins_everything_in_one_file_with_page_ranges(home: Path, shell: Shell, tmp_path: Path) -> None:
    villages = [word for number in (200, 202, 203) for word in ("--village", f"990101101{number}")]
    words = ("--quarter", ISSUED, *villages, "--out", tmp_path / "deep/all.pdf", "--json")
    run = told(shell(home, "notices", "print", *words))
    assert {sheet["file"] for sheet in run["sheets"]} == {str(tmp_path / "deep/all.pdf")}
    first = 1
    for sheet in run["sheets"]:
        assert sheet["page_range"] == [first, first + sheet["pages"] - 1]
        text = poppler(
            (tmp_path / "deep/all.pdf").read_bytes(), "pdftotext", "-f", str(first), "-l", str(first), "{}", "-"
        )
        assert sheet["number"] in "".join(text.split())
        first += sheet["pages"]
    assert [one["village"] for one in run["left_out"]] == ["990101101203"]
    assert "签发中" in run["left_out"][0]["reason"]


def test_villages_without_anything_issued_are_no_error(home: Path, shell: Shell, tmp_path: Path) -> None:
    run = told(shell(home, "notices", "print", "--quarter", "2026Q3", "--out", tmp_path / "none.pdf", "--json"))
    assert (run["sheets"], len(run["left_out"])) == ([], 12)
    assert not (tmp_path / "none.pdf").exists()


def test_a_file_is_imported(home: Path, shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "账.xlsx").write_bytes(own_template(QUARTER_ROWS))
    words = ("finance", "import", tmp_path / "账.xlsx", "--village", ORDINARY, "--quarter", "2026Q3", "--json")
    checked, done = told(shell(home, *words, "--check")), told(shell(home, *words))
    assert checked == done
    assert (done["rows"], done["income_fen"], done["expense_fen"]) == (4, QUARTER["income"], QUARTER["expense"])
    assert told(shell(home, "record", "check", "--json"))["broken"] == []


def test_a_printed_sheet_is_verified_without_a_data_directory(home: Path, shell: Shell, tmp_path: Path) -> None:
    words = (
        "notices",
        "print",
        "--quarter",
        ISSUED,
        "--village",
        ORDINARY,
        "--paper",
        "A4",
        "--out",
        tmp_path,
        "--json",
    )
    sheet = Path(told(shell(home, *words))["sheets"][0]["file"])
    nowhere = tmp_path / "nowhere"
    done = outside(nowhere, "verify", sheet)
    assert done.returncode == 0, done.stderr
    assert "没有改动过" in done.stdout
    assert not nowhere.exists()
    reattach(sheet, lambda frozen: frozen.replace("李家村".encode(), "王家村".encode()))
    tampered = outside(nowhere, "verify", sheet)
    assert tampered.returncode == 1
    assert "与原始内容不符" in tampered.stderr


def test_an_export_is_verified_too(home: Path, shell: Shell, tmp_path: Path) -> None:
    assert shell(home, "export", "--village", ORDINARY, "--out", tmp_path / "village.zip").exit_code == 0
    proven = shell(home, "verify", tmp_path / "village.zip")
    assert proven.exit_code == 0, proven.stderr
    assert "没有改动过" in proven.stdout


def test_a_backup_is_restored_into_an_empty_directory_and_nowhere_else(
    home: Path, empty: Path, shell: Shell, tmp_path: Path
) -> None:
    before = told(shell(home, "record", "check", "--json"))
    assert shell(home, "backup", tmp_path / "usb.zip").exit_code == 0
    refused = shell(home, "restore", tmp_path / "usb.zip")
    assert refused.exit_code == 1
    assert "已经有数据" in refused.stderr
    done = shell(empty, "restore", tmp_path / "usb.zip")
    assert done.exit_code == 0, done.stderr
    assert "已恢复并核对无误" in done.stdout
    assert told(shell(empty, "record", "check", "--json")) == before
    words = ("--quarter", ISSUED, "--village", ORDINARY, "--out", tmp_path / "out", "--json")
    assert len(told(shell(empty, "notices", "print", *words))["sheets"]) == 2


@pytest.fixture
def served(home: Path) -> Iterator[str]:
    """The address of a server started in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [COMMAND, "serve", "--port", str(port)], env=surroundings(home), stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        yield server.stdout.readline()
    finally:
        server.terminate()
        server.communicate(timeout=60)


def test_serve_answers_people_and_machines(served: str) -> None:
    assert served.startswith("村务公开已经启动：http://127.0.0.1:")
    url = served.split("：")[1].split(maxsplit=1)[0]
    status, front = fetch(f"{url}/")
    assert status == 200
    assert "村务公开" in front
    assert "青山镇" in front
    assert fetch(f"{url}/healthz") == (200, "ok\n")
    assert "工作人员登录" in fetch(f"{url}/desk")[1]


def fetch(url: str) -> tuple[int, str]:
    """Open an address; no proxy stands between."""
    with build_opener(ProxyHandler({})).open(url, timeout=30) as answer:
        return answer.status, answer.read().decode()


def test_serve_says_what_of_the_licensed_fonts_it_cannot_use_and_refuses_a_port_that_is_taken(
    home: Path, shell: Shell
) -> None:
    (home / "fonts").mkdir()
    (home / "fonts" / "fs.ttf").write_bytes(b"no font")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = shell(home, "serve", "--port", taken.getsockname()[1])
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "字体文件“fs.ttf”无法读取" in refused.stderr
    assert "Address already in use" in refused.stderr


WITHOUT_DATABASE = (
    ["record", "check"],
    ["notices", "print", "--quarter", ISSUED, "--out", "none"],
    ["export", "--village", ORDINARY, "--out", "none.zip"],
    ["backup", "none.zip"],
)


@pytest.mark.parametrize("words", WITHOUT_DATABASE, ids=" ".join)
def test_without_a_database_a_sentence_says_what_to_do(
    words: list[str], empty: Path, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = shell(empty, *words)
    assert refused.exit_code == 1
    assert "village-open db upgrade" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert not (tmp_path / "none.zip").exists()


REFUSED = (
    (["export", "--village", "990101101999", "--out", "x.zip"], "990101101999"),
    (["notices", "print", "--quarter", ISSUED, "--village", "990101101999", "--out", "x"], "990101101999"),
    (["restore", "photo.zip"], "不是本系统的备份文件"),
    (["verify", "photo.zip"], "不一致"),
    (["finance", "import", "photo.zip", "--village", ORDINARY, "--quarter", "2026Q3"], "什么都没有写入"),
    (["backup", "photo.zip/usb.zip"], "没有办成"),
)


@pytest.mark.parametrize(("words", "reason"), REFUSED, ids=[" ".join(words[:2]) for words, _ in REFUSED])
def test_what_is_refused_ends_with_1_and_a_reason(
    words: list[str], reason: str, home: Path, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "photo.zip").write_bytes(b"PK no archive at all")
    refused = shell(home, *words)
    assert (refused.exit_code, type(refused.exception)) == (1, SystemExit)
    assert reason in refused.stderr


WRONG_USE = (
    ["nonsense"], ["db", "downgrade"], ["demo", "--quiet"], ["serve", "--port", "five thousand"], ["backup"],
    ["restore", "missing.zip"], ["verify", "missing.pdf"], ["export", "--village", ORDINARY],
    ["notices", "print", "--quarter", "2026Q5", "--out", "x"], ["notices", "print", "--quarter", ISSUED],
    ["finance", "import", "missing.xlsx", "--village", ORDINARY, "--quarter", "2026Q3"],
    ["county", "add-leader", "--county", "990101", "--person", "李四"], [*LEADER, "county1", "--inspector-of", "气象"],
)  # fmt: skip


@pytest.mark.parametrize("words", WRONG_USE, ids=" ".join)
def test_wrong_use_ends_with_2_and_points_to_the_help(words: list[str], empty: Path, shell: Shell) -> None:
    used = shell(empty, *words)
    assert (used.exit_code, used.stdout) == (2, "")
    assert "--help" in used.stderr


def test_help_opens_nothing(empty: Path, shell: Shell) -> None:
    for words in ([], ["notices"], ["notices", "print"], ["demo"], ["record", "check"]):
        assert shell(empty, *words, "--help").exit_code == 0
    assert shell(empty, "nonsense").exit_code == 2
    assert not empty.exists()


def test_the_installed_command_ends_as_the_shell_expects(empty: Path) -> None:
    refused = outside(empty, "record", "check")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Traceback" not in refused.stderr
    assert outside(empty, "nonsense").returncode == 2

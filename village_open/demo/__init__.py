"""The demo township: twelve villages of different habits over six quarters, made through the same deeds as real use."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import inspect, select, text

from village_open.core import clock
from village_open.core.errors import RuleForbids
from village_open.db import db, transaction
from village_open.demo.boards import publish_boards
from village_open.demo.matters import decide_matters
from village_open.demo.people import found
from village_open.demo.registers import fill_registers
from village_open.demo.roster import QUARTERS, TOWNSHIP, VILLAGES
from village_open.demo.story import leave_to_worker, post_sheets, tell
from village_open.villages.models import Township

FOUNDED_AT = datetime(2025, 3, 20, 1, 30, tzinfo=UTC)
DECIDED_AT = datetime(2026, 9, 29, 2, tzinfo=UTC)
ON_BOARDS_AT = datetime(2026, 9, 30, 3, tzinfo=UTC)
_MARK = "demo.json"


class NotADemo(RuleForbids):
    """The data directory holds something else than a demo."""

    def __init__(self, home: Path) -> None:
        super().__init__(f"{home} 里不是演示数据，不会清空。请用 VILLAGE_OPEN_HOME 指定另一个空目录。")


@dataclass(frozen=True)
class Demo:
    """What the demo made, as `village-open demo --json` prints it."""

    township: str
    quarters: list[str]
    villages: list[dict[str, str]]
    logins: list[dict[str, str]]


def make_demo() -> Demo:
    """Migrate the database and fill it; a demo that is there already is told again and not made twice.

    Raises:
        NotADemo: the database holds another township.
    """
    upgrade()
    if db.session.scalar(select(Township.id).limit(1)):
        db.session.rollback()
        return read_demo()
    with clock.living_at(FOUNDED_AT), transaction():
        cast = found()
    tell(cast)
    post_sheets(cast)
    with clock.living_at(DECIDED_AT):
        decide_matters(cast)
    fill_registers(cast)
    with clock.living_at(ON_BOARDS_AT):
        publish_boards(cast)
    leave_to_worker()
    demo = Demo(TOWNSHIP[1], list(QUARTERS), [{"code": v.code, "name": v.name} for v in VILLAGES], cast.logins)
    _mark().write_text(json.dumps(asdict(demo), ensure_ascii=False, indent=1), encoding="utf-8")
    return demo


def read_demo() -> Demo:
    """Return what the demo in this data directory made.

    Raises:
        NotADemo: there is none.
    """
    if not _mark().exists():
        raise NotADemo(_home())
    return Demo(**json.loads(_mark().read_text(encoding="utf-8")))


def find_demo() -> Demo | None:
    """Return the demo of this data directory, or None in a real installation."""
    return read_demo() if _mark().exists() else None


def drop_demo() -> None:
    """Throw a demo's database away, so that it can be made anew.

    Raises:
        NotADemo: the data directory holds something else.
    """
    if not _mark().exists():
        if inspect(db.engine).get_table_names():
            raise NotADemo(_home())
        return
    db.session.remove()
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA IF EXISTS jobs CASCADE"))
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    else:
        db.engine.dispose()
        Path(str(db.engine.url.database)).unlink()
        current_app.config["SETTINGS"].jobs_file.unlink(missing_ok=True)
    _mark().unlink()


def _mark() -> Path:
    return _home() / _MARK


def _home() -> Path:
    home: Path = current_app.config["SETTINGS"].home
    return home

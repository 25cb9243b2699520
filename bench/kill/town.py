"""The township in which the killing happens: one busy village, and villages that wait to be issued."""

from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from tests.factories import GOOD_PASSWORD, make_account, make_role, make_township
from tests.ready_periods import AFTER_QUARTER, OPENINGS, PERIOD, Desk, make_desk, make_ready
from village_open.app import create_app
from village_open.core import clock
from village_open.db import db, transaction
from village_open.finance import actions
from village_open.settings import SQLITE_FILE, Settings
from village_open.villages.models import NoticeBoard, RoleKind, Township

CLERKS = ("clerk-one", "clerk-two")
OFFICER = "officer"
SECRET = "only while it is being killed"


@dataclass(frozen=True)
class Town:
    """What the clients need to know: where the data lies, where to save, which villages can be issued."""

    home: Path
    busy_village: str
    ready_villages: tuple[str, ...]
    password: str = GOOD_PASSWORD

    def page(self, village_code: str, name: str) -> str:
        """Return the address of a page of a village's quarter."""
        return f"/villages/{village_code}/{PERIOD.code}/{name}"

    def application(self) -> Flask:
        """Open the same database from here, to look at what the killed server left."""
        address = f"sqlite:///{self.home / SQLITE_FILE}"
        return create_app(Settings(home=self.home, database_url=address, secret_key=SECRET))


def found_town(home: Path, *, ready: int) -> Town:
    """Make the database with a busy village and so many villages that only wait for the township to issue."""
    town = Town(home, "", ())
    app = town.application()
    with app.app_context():
        upgrade()
        with transaction():
            township = make_township()
            busy = make_busy_village(township)
            waiting = [make_ready(township, number=300 + number, name=f"{number}村").village for number in range(ready)]
            make_role(make_account("镇办", login=OFFICER), RoleKind.TOWNSHIP_OFFICE, township.code)
            # One paper a sheet: what is tried here is the killing, not the printing.
            db.session.query(NoticeBoard).update({"paper": "A4-portrait"})
        db.session.remove()
        db.engine.dispose()
    return Town(home, busy.village.code, tuple(village.code for village in waiting))


def make_busy_village(township: Township) -> Desk:
    """Make the village whose quarter is being entered by two clerks at once."""
    desk = make_desk(township, number=200, name="李家村")
    for login in CLERKS:
        make_role(make_account(login, login=login), RoleKind.CLERK, desk.village.code)
    with clock.living_at(AFTER_QUARTER):
        actions.join_mid_year(
            by=desk.clerk, village=desk.village, period=PERIOD, year_so_far={}, paper="科目余额表",
            openings=dict(zip(desk.accounts, OPENINGS, strict=True)),
        )  # fmt: skip
    return desk

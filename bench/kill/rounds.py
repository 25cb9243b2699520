"""Round after round: start, save, kill, look; the same for twenty kills and for five hundred."""

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from bench.kill import findings
from bench.kill.browser import Browser
from bench.kill.clerk import Clerk
from bench.kill.officer import Officer
from bench.kill.server import Server
from bench.kill.town import CLERKS, Town, found_town
from village_open.db import db
from village_open.record.queries import count_entries

SAVING_SECONDS = (0.02, 0.6)
ISSUING_SECONDS = (0.02, 3.0)
"""Within which span the kill falls, in seconds after the work began."""
AFTER_FREEZING = 0.6
"""How many of the kills in an issue fall after the trial and the freezing, while the sheets are made."""
ISSUE_EVERY = 5
FINISHING_SECONDS = 600


@dataclass
class Report:
    """What was done and what was found."""

    kills: int = 0
    acknowledged: int = 0
    unanswered: int = 0
    """Saves that were under way at the kill; each was found kept as a whole or not at all."""
    unanswered_but_kept: int = 0
    entries: int = 0
    disclosures: int = 0
    killed_while_making: int = 0
    """Kills after which a frozen disclosure still waited for its sheets."""
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


@dataclass
class Rounds:
    """One run in one town."""

    town: Town
    server: Server
    clerks: list[Clerk]
    officer: Officer
    dice: random.Random
    report: Report = field(default_factory=Report)

    def run(self, kills: int, *, walk_every: int) -> Report:
        """Kill the server so often; walk the whole record every so many kills, and at the end."""
        began, app = time.monotonic(), self.town.application()
        self.server.start()
        with app.app_context():
            for number in range(kills):
                self._one(number)
                self._look(walks=number % walk_every == 0)
                db.session.remove()
                if self.report.faults:
                    break
            self._finish()
            db.session.remove()
            db.engine.dispose()
        self.report.seconds = time.monotonic() - began
        return self.report

    def _one(self, number: int) -> None:
        """Let everybody work, and kill the server at a random moment; the next one starts at once."""
        self.server.wait()
        stop, issues = Event(), number % ISSUE_EVERY == 0 and bool(self.officer.waiting)
        people = [Thread(target=clerk.work, args=(stop,)) for clerk in self.clerks]
        people += [Thread(target=self.officer.work)] if issues else []
        for person in people:
            person.start()
        if issues and self.dice.random() < AFTER_FREEZING:
            people[-1].join()
        time.sleep(self.dice.uniform(*(ISSUING_SECONDS if issues else SAVING_SECONDS)))
        self.server.kill()
        stop.set()
        for person in people:
            person.join()
        self.report.kills += 1
        self.report.killed_while_making += bool(findings.count_unfinished())

    def _look(self, *, walks: bool) -> None:
        """Judge what was left, before a new server touches it; then start that one."""
        batches = [batch for clerk in self.clerks for batch in clerk.batches]
        before = sum(bool(batch.sent) for batch in batches)
        self._note(findings.settle(batches))
        self.report.unanswered += before
        self.report.unanswered_but_kept += before - sum(bool(batch.sent) for batch in batches)
        self._note(findings.half_issued(self.officer.acknowledged))
        if walks:
            self._note(findings.broken_files_and_chains())
        frozen = findings.frozen_villages()
        self.officer.waiting = [code for code in self.officer.waiting if code not in frozen]
        self._note(fault for person in (*self.clerks, self.officer) for fault in person.faults)
        self.server.start()

    def _finish(self) -> None:
        """Let the last server finish what was begun, and look at everything once more."""
        self.server.wait()
        end = time.monotonic() + FINISHING_SECONDS
        while (left := findings.count_unfinished()) and time.monotonic() < end:
            db.session.remove()
            time.sleep(0.5)
        self.server.kill()
        self._note([f"{left} disclosures were never finished"] if left else [])
        self._note(findings.broken_files_and_chains())
        self._note(findings.damaged_sheets())
        self.report.acknowledged = sum(clerk.acknowledged for clerk in self.clerks)
        self.report.entries, self.report.disclosures = count_entries(), len(findings.frozen_villages())

    def _note(self, faults: Iterable[str]) -> None:
        self.report.faults += [f"after kill {self.report.kills}: {fault}" for fault in faults]


def kill_often(home: Path, *, kills: int, seed: int, walk_every: int = 1) -> Report:
    """Found a town in an empty folder and kill its server so often."""
    dice = random.Random(seed)  # noqa: S311 - chance decides when the kill falls, nothing secret
    town = found_town(home, ready=max(1, kills // (2 * ISSUE_EVERY)))
    server = Server(home)
    clerks = [Clerk(town, Browser(server.port), login, random.Random(dice.random())) for login in CLERKS]  # noqa: S311 - as above
    officer = Officer(town, Browser(server.port), list(town.ready_villages))
    try:
        return Rounds(town, server, clerks, officer, dice).run(kills, walk_every=walk_every)
    finally:
        server.close()

"""A clerk who saves rows without a pause, and remembers what the server promised to keep."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Event

from bench.kill.browser import GONE, Browser, UnexpectedAnswer
from bench.kill.town import Town

ROWS_IN_A_SAVE = 3
MOST_BATCHES = 30
"""A quarter of a village has a few hundred lines; after that the clerk changes what is there."""


@dataclass
class Batch:
    """Rows that are always saved together; the amount of all of them is the number of the save."""

    key: str
    kept: int = 0
    """The last save that was acknowledged; 0 before the first."""
    sent: int = 0
    """A save that was sent and not answered, or 0."""
    rows: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Id and version by summary."""

    def summary(self, number: int) -> str:
        """The text of one row; it tells the batch and the row apart from all others."""
        return f"{self.key}第{number}行"

    @property
    def summaries(self) -> list[str]:
        """The texts of all rows."""
        return [self.summary(number) for number in range(ROWS_IN_A_SAVE)]


@dataclass
class Clerk:
    """One clerk at one browser."""

    town: Town
    browser: Browser
    login: str
    dice: random.Random
    batches: list[Batch] = field(default_factory=list)
    saves: int = 0
    acknowledged: int = 0
    faults: list[str] = field(default_factory=list)

    def work(self, stop: Event) -> None:
        """Save until the server is gone; what was open before is sent once more first, as a browser would."""
        try:
            if not self.browser.is_signed_in or self.dice.random() < 0.1:
                self.browser.sign_in(self.login, self.town.password)
            for batch in [batch for batch in self.batches if batch.sent]:
                self._send(batch)
            while not stop.is_set():
                self._send(self._next())
        except GONE:
            return
        except UnexpectedAnswer as wrong:
            self.faults.append(str(wrong))

    def _next(self) -> Batch:
        if (len(self.batches) < MOST_BATCHES and self.dice.random() < 0.4) or not self.batches:
            self.batches.append(Batch(f"{self.login}-{len(self.batches)}-"))
            return self.batches[-1]
        return self.dice.choice(self.batches)

    def _send(self, batch: Batch) -> None:
        if not batch.sent:
            self.saves += 1
            batch.sent = self.saves
        rows = [self._row(batch, summary) for summary in batch.summaries]
        status, text = self.browser.post_json(self.town.page(self.town.busy_village, "lines"), {"rows": rows})
        if status != 200:
            raise UnexpectedAnswer(f"save {batch.sent} of {batch.key}: {status} {text[:300]}")
        batch.rows = {row["cells"]["summary"]: (row["id"], row["version"]) for row in json.loads(text)["rows"]}
        batch.kept, batch.sent = batch.sent, 0
        self.acknowledged += 1

    def _row(self, batch: Batch, summary: str) -> dict[str, object]:
        cells = {"on": "2026-08-15", "summary": summary, "expense": str(batch.sent), "account": "现金"}
        known = batch.rows.get(summary)
        named = {"id": known[0], "version": known[1]} if known else {"key": summary}
        return {**named, "cells": cells}

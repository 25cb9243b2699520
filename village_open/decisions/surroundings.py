"""What higher rooms know of a matter: its payments in the ledger, and where its sheets hung; the app brings it here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, current_app

from village_open.decisions.rules.order import Happened, Hung

_KEY = "surroundings_of_matters"


@dataclass(frozen=True)
class Surroundings:
    """Two questions about a matter, by its id."""

    list_payments: Callable[[int], Sequence[Happened]]
    list_hung: Callable[[int], Sequence[Hung]]


NOTHING_ABOVE = Surroundings(lambda _matter_id: (), lambda _matter_id: ())


def ask_above(app: Flask, surroundings: Surroundings) -> None:
    """Let the pages of a matter know its payments and postings: other rooms keep them."""
    app.extensions[_KEY] = surroundings


def surroundings() -> Surroundings:
    """Return whom to ask; where nobody answers there is nothing."""
    found: Surroundings = current_app.extensions.get(_KEY, NOTHING_ABOVE)
    return found

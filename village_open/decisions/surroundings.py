"""Whom this room asks about what higher rooms know; the app brings it here."""

from flask import Flask, current_app

from village_open.decisions.around import NOTHING_ABOVE, Surroundings

_KEY = "surroundings_of_matters"


def ask_above(app: Flask, surroundings: Surroundings) -> None:
    """Let the pages of a matter know its payments and postings: other rooms keep them."""
    app.extensions[_KEY] = surroundings


def surroundings() -> Surroundings:
    """Return whom to ask; where nobody answers there is nothing."""
    found: Surroundings = current_app.extensions.get(_KEY, NOTHING_ABOVE)
    return found

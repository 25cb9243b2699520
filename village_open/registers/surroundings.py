"""What higher rooms know of a register: whether a board announcement holds it already; the app brings it here."""

from collections.abc import Callable

from flask import Flask, current_app

IsClosed = Callable[[int, str, str], bool]
_KEY = "is_register_closed"


def _open(_village_id: int, _period_code: str, _register: str) -> bool:
    return False


def ask_whether_closed(app: Flask, is_closed: IsClosed) -> None:
    """Let the registers know what was submitted, by village, period and register: another room keeps it."""
    app.extensions[_KEY] = is_closed


def is_closed(village_id: int, period_code: str, register: str) -> bool:
    """Tell whether a register's rows of a period went into a submitted announcement; where nobody answers, none did."""
    asked: IsClosed = current_app.extensions.get(_KEY, _open)
    return asked(village_id, period_code, register)

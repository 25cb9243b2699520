"""Doing a deed from a form: done, or told at the field what forbids it."""

from collections.abc import Callable

from village_open.core.errors import InputError, RuleForbids
from village_open.db import transaction
from village_open.villages.forms import tell
from village_open.web.fields import ChineseForm

REFUSED = 422


def done(form: ChineseForm, deed: Callable[[], str]) -> str | None:
    """Do a deed and return the address that it leads to; None where the page has to be shown, with what refused it."""
    if not form.validate_on_submit():
        return None
    try:
        with transaction():
            return deed()
    except (InputError, RuleForbids) as refused:
        tell(form, refused)
        return None


def status(form: ChineseForm) -> int:
    """Return 200 for a page that asks, 422 for one that came back."""
    return REFUSED if form.errors or form.form_errors else 200

"""Doing a deed from a form: done, or told at the field what forbids it."""

from collections.abc import Callable
from typing import Any

from village_open.core.errors import InputError, RuleForbids
from village_open.db import transaction
from village_open.villages.forms import tell
from village_open.web.fields import ChineseForm

REFUSED = 422


def done(form: ChineseForm, deed: Callable[[], Any]) -> bool:
    """Tell whether the form was sent, could be read and its deed was kept; what refused it is on the form."""
    if not form.validate_on_submit():
        return False
    try:
        with transaction():
            deed()
    except (InputError, RuleForbids) as refused:
        tell(form, refused)
        return False
    return True


def status(form: ChineseForm) -> int:
    """Return 200 for a page that asks, 422 for one that came back."""
    return REFUSED if form.errors or form.form_errors else 200

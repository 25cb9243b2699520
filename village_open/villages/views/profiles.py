"""The township's profile, each value with its basis."""

from itertools import groupby

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.villages import actions, queries
from village_open.villages.access import TOWNSHIP
from village_open.villages.actions.profiles import ProfileKeyUnknown, first_period_of_a_change
from village_open.villages.forms import (
    ProfileChoiceForm,
    ProfileChoicesForm,
    ProfileForm,
    ProfileLinesForm,
    SupervisionPhoneForm,
)
from village_open.villages.profile_keys import KEYS, KeyRule
from village_open.villages.views.deeds import done, status
from village_open.web.fields import choices_of
from village_open.web.words import spoken


def show_profile(*, township_code: str) -> ResponseReturnValue:
    """Show every value, what it rests on, and what holds from the next period on."""
    township = queries.get_township(township_code)
    coming = {stored.key: stored for stored in queries.list_coming_settings(township)}
    sections = [(heading, list(keys)) for heading, keys in groupby(KEYS, lambda key: KEYS[key].heading)]
    return render_template(
        "villages/show_profile.html", township=township, profile=queries.get_profile(township), sections=sections,
        coming=coming, keys=KEYS, may_change=TOWNSHIP.admits(current_user, {"township_code": township_code}),
    )  # fmt: skip


def change_profile(*, township_code: str, key: str) -> ResponseReturnValue:
    """Change one value."""
    if key not in KEYS:
        raise ProfileKeyUnknown
    township = queries.get_township(township_code)
    profile = queries.get_profile(township)
    form = _form(KEYS[key], profile.settings[key].value)

    def deed() -> None:
        actions.change_profile(by=current_user, township=township, key=key, text=_typed(form), basis=form.basis.data)

    if done(form, deed):
        flash(_("已修改“%(label)s”，并记入留痕。", label=spoken(KEYS[key].label)), "success")
        return redirect(url_for("villages.show_profile", township_code=township_code))
    return render_template(
        "villages/change_profile.html", township=township, profile=profile, key=key, rule=KEYS[key], form=form,
        begins=first_period_of_a_change(township),
    ), status(form)  # fmt: skip


def change_supervision_phone(*, township_code: str) -> ResponseReturnValue:
    """Change the phone printed on the sheets."""
    township = queries.get_township(township_code)
    form = SupervisionPhoneForm(phone=township.supervision_phone)

    def deed() -> None:
        actions.change_supervision_phone(by=current_user, township=township, phone=form.phone.data)

    if done(form, deed):
        flash(_("监督电话已改为%(phone)s。", phone=township.supervision_phone), "success")
        return redirect(url_for("villages.show_profile", township_code=township_code))
    return render_template("villages/change_supervision_phone.html", township=township, form=form), status(form)


def _form(rule: KeyRule, value: object) -> ProfileForm:
    if rule.several:
        form = ProfileChoicesForm(data={"value": rule.typed(value).split()})
    elif rule.choices:
        form = ProfileChoiceForm(data={"value": rule.typed(value)})
    else:
        return (ProfileLinesForm if rule.has_lines else ProfileForm)(data={"value": rule.typed(value)})
    form.value.choices = choices_of(rule.choices.items())
    return form


def _typed(form: ProfileForm) -> str:
    value = form.value.data
    return " ".join(value) if isinstance(value, list) else str(value)

"""The township's people: who is what, and their accounts."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core import clock
from village_open.db import transaction
from village_open.identity import actions as identity
from village_open.identity.models import Person
from village_open.villages import actions, queries
from village_open.villages.forms import AccountForm, CorrectPersonForm, EndRoleForm, PersonForm, RoleForm
from village_open.villages.models import Department, RoleKind, Township
from village_open.villages.rules import GROUP_WORDS
from village_open.villages.views.deeds import done, status
from village_open.web.words import spoken

GIVEN_BY_TOWNSHIP = [kind for kind in RoleKind if kind not in GROUP_WORDS and kind is not RoleKind.COUNTY_LEADER]
"""A township gives roles within itself; those of a county come from the command line of the county's machine."""


def list_accounts(*, township_code: str) -> ResponseReturnValue:
    """Show the township's people, what they are and whose account is locked."""
    wanted = request.args.get("wanted", "")
    page = queries.list_accounts(township_code, wanted=wanted, page=request.args.get("page", 1, type=int))
    return render_template(
        "villages/list_accounts.html", township=queries.get_township(township_code), page=page, wanted=wanted,
        locked=queries.list_locked(township_code),
    )  # fmt: skip


def add_person(*, township_code: str) -> ResponseReturnValue:
    """Enter a person with their first role."""
    township, form = queries.get_township(township_code), _offered(PersonForm(), township_code)
    entered: list[Person] = []

    def deed() -> None:
        entered[:] = [identity.make_person(name=form.name.data, phone=form.phone.data or "")]
        _appoint(entered[0], form)

    if done(form, deed):
        flash(_("已登记%(name)s；要上网办事，请接着开账号。", name=form.name.data), "success")
        return redirect(_page_of(township_code, entered[0].id))
    return render_template("villages/add_person.html", township=township, form=form), status(form)


def show_person(*, township_code: str, person_id: int) -> ResponseReturnValue:
    """Show a person's terms and account, with what the township may do."""
    return _person_page(township_code, person_id, AccountForm())


def correct_person(*, township_code: str, person_id: int) -> ResponseReturnValue:
    """Correct a person's name or phone."""
    township, someone = _both(township_code, person_id)
    form, called = CorrectPersonForm(obj=someone), someone.name

    def deed() -> None:
        actions.correct_person(
            by=current_user, township=township, person=someone, name=form.name.data, phone=form.phone.data or ""
        )

    if done(form, deed):
        flash(_("已更正%(name)s。", name=form.name.data), "success")
        return redirect(_page_of(township_code, person_id))
    return render_template(
        "villages/correct_person.html", township=township, someone=someone, called=called, form=form
    ), status(form)


def appoint(*, township_code: str, person_id: int) -> ResponseReturnValue:
    """Give a person one more role."""
    someone = queries.get_person_of(township_code, person_id)
    form = _offered(RoleForm(), township_code)
    if done(form, lambda: _appoint(someone, form)):
        return redirect(_page_of(township_code, person_id))
    township = queries.get_township(township_code)
    return render_template("villages/appoint.html", township=township, someone=someone, form=form), status(form)


def end_role(*, township_code: str, role_id: int) -> ResponseReturnValue:
    """End a term."""
    term, form = queries.get_role(township_code, role_id), EndRoleForm()
    if done(form, lambda: actions.end_role(by=current_user, role=term, on=form.on.data, reason=form.reason.data)):
        return redirect(_page_of(township_code, term.person_id))
    place = queries.list_place_names({term.place_code}).get(term.place_code, "")
    word = _("%(place)s%(role)s", place=place, role=spoken(RoleKind(term.kind).label_at("")))
    return render_template(
        "villages/end_role.html", township=queries.get_township(township_code), term=term, form=form, word=word,
    ), status(form)  # fmt: skip


def make_account(*, township_code: str, person_id: int) -> ResponseReturnValue:
    """Give a person an account and show the slip, once."""
    township, someone = _both(township_code, person_id)
    form = AccountForm()
    first: list[str] = []

    def deed() -> None:
        first[:] = [actions.make_account(by=current_user, place=township, person=someone, login=form.login.data)]

    if done(form, deed):
        return _slip(township, someone, first[0])
    return _person_page(township_code, person_id, form)


def reset_account(*, township_code: str, person_id: int) -> ResponseReturnValue:
    """Replace a forgotten password and show the slip, once."""
    township, someone = _both(township_code, person_id)
    with transaction():
        first = actions.reset_account(by=current_user, township=township, person=someone)
    return _slip(township, someone, first)


def unlock_account(*, township_code: str, person_id: int) -> ResponseReturnValue:
    """Open a locked account."""
    township, someone = _both(township_code, person_id)
    with transaction():
        actions.unlock_account(by=current_user, township=township, person=someone)
    flash(_("已解除%(name)s账号的锁定，密码没有变。", name=someone.name), "success")
    return redirect(_page_of(township_code, person_id))


def _both(township_code: str, person_id: int) -> tuple[Township, Person]:
    return queries.get_township(township_code), queries.get_person_of(township_code, person_id)


def _page_of(township_code: str, person_id: int) -> str:
    return url_for("villages.show_person", township_code=township_code, person_id=person_id)


def _person_page(township_code: str, person_id: int, form: AccountForm) -> ResponseReturnValue:
    township, someone = _both(township_code, person_id)
    terms = queries.list_terms(person_id)
    return render_template(
        "villages/show_person.html", township=township, someone=someone, form=form,
        terms=[(term, RoleKind(term.kind).label) for term in terms],
        names=queries.list_place_names({term.place_code for term in terms}), today=clock.today(),
        is_oneself=current_user.id == person_id, elsewhere=queries.find_role_elsewhere(person_id, township_code),
    ), status(form)  # fmt: skip


def _slip(township: Township, someone: Person, first_password: str) -> ResponseReturnValue:
    """The first password is in this one answer and nowhere else; the browser is told to keep none of it."""
    address = current_app.config["SETTINGS"].public_url or request.host_url.rstrip("/")
    return render_template(
        "villages/slip.html", township=township, someone=someone, first_password=first_password,
        address=address + url_for("identity.sign_in"),
    )  # fmt: skip


def _offered(form: RoleForm, township_code: str) -> RoleForm:
    form.offer(
        kinds=[(kind.value, kind.label) for kind in GIVEN_BY_TOWNSHIP],
        places=queries.list_place_choices(queries.get_township(township_code)),
        departments=[(department.value, department.label) for department in Department],
    )
    return form


def _appoint(someone: Person, form: RoleForm) -> None:
    actions.appoint(
        by=current_user, person=someone, kind=form.kind.data, place_code=form.place_code.data,
        starts_on=form.starts_on.data, ends_on=form.ends_on.data, department=form.department.data or "",
    )  # fmt: skip

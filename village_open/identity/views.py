"""The pages of sign-in."""

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.db import transaction
from village_open.identity import actions
from village_open.identity.actions import OldPasswordWrong
from village_open.identity.forms import ChangePasswordForm, SignInForm
from village_open.identity.queries import check_password, get_person
from village_open.identity.rules import PasswordUnfit
from village_open.identity.visitors import SIGN_INS_FROM_ONE_ADDRESS, let_in, limiter
from village_open.identity.witness import the_witness
from village_open.web.routing import safe_next

DESK = "/desk"
"""Where the staff's day begins."""


@limiter.limit(SIGN_INS_FROM_ONE_ADDRESS, methods=["POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for login name and password, then go where the visitor wanted to be."""
    form = SignInForm()
    if current_user.is_authenticated and request.method == "GET":
        return redirect(safe_next(request.args.get("next")) or DESK)
    if not form.validate_on_submit():
        return render_template("identity/sign_in.html", form=form)
    check = check_password(form.login.data, form.password.data)
    with transaction():
        token = actions.sign_in(check=check, at_lock=the_witness().note_lock)
        if token and current_user.is_authenticated:
            actions.sign_out(token=current_user.token)
    if token is None or check.person_id is None:
        return render_template("identity/sign_in.html", form=form, refused=True), 422
    let_in(get_person(check.person_id), token)
    return redirect(safe_next(request.args.get("next")) or DESK)


def sign_out() -> ResponseReturnValue:
    """End this session, here and on the server."""
    with transaction():
        actions.sign_out(token=current_user.token)
    session.clear()
    flash(_("已退出登录。"), "success")
    return redirect(url_for("identity.sign_in"))


def change_password() -> ResponseReturnValue:
    """Change one's own password; every other session of the account ends."""
    form = ChangePasswordForm()
    if form.validate_on_submit() and (token := _changed(form)):
        let_in(get_person(current_user.id), token)
        flash(_("密码已修改，在其他电脑和手机上的登录都已退出。"), "success")
        return redirect(DESK)
    return render_template("identity/change_password.html", form=form), 422 if form.errors else 200


def _changed(form: ChangePasswordForm) -> str | None:
    person_id = current_user.id
    try:
        with transaction():
            token = actions.change_password(person=get_person(person_id), old=form.old.data, new=form.new.data)
            the_witness().note_own_password(person_id=person_id)
            return token
    except OldPasswordWrong as wrong:
        form.old.errors = [wrong.message]
        with transaction():
            actions.count_failure(person_id=person_id, at_lock=the_witness().note_lock)
    except PasswordUnfit as unfit:
        form.new.errors = [unfit.message]
    return None

"""Search, and the check of the code on a sheet."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from village_open.core.codes import CodeUnreadable, parse_code
from village_open.notices.errors import DisclosureNotFound
from village_open.notices.queries import find_successor, get_published
from village_open.public.caching import kept_briefly
from village_open.public.forms import VerifyForm
from village_open.public.queries import find_villages_named, search_disclosures

_LONGEST_QUESTION = 60


def search() -> Response:
    """Villages, numbers and lines in which the words stand."""
    text = request.args.get("q", "").strip()[:_LONGEST_QUESTION]
    number = request.args.get("page", 1, type=int)
    page = search_disclosures(text, page=number) if text else None
    villages = find_villages_named(text) if text else ()
    return kept_briefly(render_template("public/search.html", text=text, page=page, villages=villages))


def verify() -> ResponseReturnValue:
    """The form for a code typed from paper."""
    form = VerifyForm(request.args)
    if "code" not in request.args:
        return kept_briefly(render_template("public/verify.html", form=form, unknown=False))
    if form.validate():
        return redirect(url_for("public.verify_code", code=form.code.data))
    return render_template("public/verify.html", form=form, unknown=False), 422


def verify_code(code: str) -> ResponseReturnValue:
    """What was signed under a code, by whom and when, computed anew from the frozen bytes."""
    try:
        plain = parse_code(code)
        disclosure = get_published(plain)
    except (CodeUnreadable, DisclosureNotFound):
        form = VerifyForm(data={"code": None})
        return render_template("public/verify.html", form=form, unknown=True, typed=code), 404
    if plain != code:
        return redirect(url_for("public.verify_code", code=plain))
    successor = find_successor(disclosure.id)
    return kept_briefly(render_template("public/verify_code.html", disclosure=disclosure, successor=successor))

"""Who acts comes from the session and where from the address: a request cannot say otherwise."""

from collections.abc import Iterator
from io import BytesIO
from itertools import islice

import pytest
from sqlalchemy import select
from werkzeug.routing import Rule

from tests.house.audiences import AUDIENCE_OF, EVERYONE, may_enter
from tests.house.forms import FilledForm, filled_forms
from tests.house.gate import Gate, addresses, build, examples, place_argument
from tests.house.tables import difference, digest_of_tables, rows_of_others
from tests.house.tree import complain
from tests.world import FAR, OWN, SISTER, Place, Visitor, small_jpeg
from village_open.db import db
from village_open.record.models import RecordEntry

PAGES = sorted(AUDIENCE_OF)
WITHOUT_FORMS = (".pdf", ".svg", ".csv", ".json")
OUT_OF_REACH = {403, 404, 409}
"""Not found there; or the own period is in no state for the deed, so that the row was not even looked for."""


@pytest.fixture(scope="module")
def others(open_gate: Gate) -> dict[str, list[str]]:
    """Every row of other places, as it stands before anybody asks; read once, because it takes as long as a page."""
    open_gate.restore()
    return foreign_rows(open_gate)


def admitted(gate: Gate, rule: Rule) -> Visitor | None:
    """Return one visitor with an account who may enter at the own place."""
    visitors = [visitor for visitor in gate.world.visitors.values() if visitor.person_id is not None]
    audience = AUDIENCE_OF[rule.endpoint]
    return next((who for who in visitors if may_enter(who, audience, place_argument(rule), OWN)), None)


def asked(gate: Gate, endpoint: str, method: str) -> Iterator[tuple[Rule, Visitor, str]]:
    """Yield every own address of an endpoint with somebody who may enter there."""
    for rule in gate.rules(endpoint):
        visitor = admitted(gate, rule)
        if method in (rule.methods or ()) and visitor is not None:
            for url in addresses(rule, gate.world.places[OWN], endpoint):
                yield rule, visitor, url


@pytest.mark.parametrize("endpoint", PAGES)
def test_a_deed_without_the_token_of_its_form_is_refused(gate: Gate, endpoint: str) -> None:
    gate.app.config["WTF_CSRF_ENABLED"] = True
    wrong = []
    for _rule, visitor, url in asked(gate, endpoint, "POST"):
        for body in ({"data": {"name": "测试"}}, {"json": {"rows": []}}):
            status = gate.ask(visitor, "POST", url, **body).status_code
            if status != 400 or gate.has_changed():
                wrong.append(f"{url}: {status}")
    assert not wrong, complain("deeds that another site could trigger", "never exempt an address from CSRF", wrong)


def test_reading_every_page_changes_no_row(gate: Gate) -> None:
    with gate.app.app_context(), db.engine.connect() as connection:
        before = digest_of_tables(connection)
    for endpoint in PAGES:
        for method in ("GET", "HEAD"):
            for _rule, visitor, url in islice(asked(gate, endpoint, method), 1):
                gate.ask(visitor, method, url)
    with gate.app.app_context(), db.engine.connect() as connection:
        changed = [*difference(before, digest_of_tables(connection))]
    assert not changed, complain("tables written to by reading", "move the write into a POST", changed)


@pytest.mark.parametrize("endpoint", PAGES)
@pytest.mark.parametrize("other", [SISTER, FAR])
def test_an_id_of_another_village_under_ones_own_address_is_not_found(gate: Gate, endpoint: str, other: str) -> None:
    wrong = []
    for method in ("GET", "POST"):
        for rule, visitor, url in misplaced(gate, endpoint, other):
            if method not in (rule.methods or ()):
                continue
            status = gate.ask(
                visitor, method, url, **({"data": something_typed()} if method == "POST" else {})
            ).status_code
            if status not in OUT_OF_REACH or gate.has_changed():
                wrong.append(f"{method} {url}: {status}")
    mend = "look the row up by its id and the place or period of the address, never by the id alone"
    assert not wrong, complain("another village's rows are reached", mend, wrong)


def something_typed() -> dict[str, object]:
    """Fill what many forms ask for, so that a deed is refused for its row and not for an empty field."""
    picture = (BytesIO(small_jpeg()), "a.jpg")
    return {
        **dict.fromkeys(("reason", "text", "note"), "测试"),
        "verdict": "passed",
        "on": "2026-10-08",
        "file": picture,
    }


def misplaced(gate: Gate, endpoint: str, other: str) -> Iterator[tuple[Rule, Visitor, str]]:
    """Yield addresses of the own place, in each of its periods, that name a row of another village."""
    own, stranger = gate.world.places[OWN], gate.world.places[other]
    for rule in gate.rules(endpoint):
        visitor, ids = admitted(gate, rule), set(rule.arguments) & strange_ids(stranger)
        if visitor is None or not ids or place_argument(rule) is None or reaches(visitor, rule, other):
            continue
        strange = next((of for of in stranger.periods.values() if ids <= {*of, *stranger.ids}), None)
        assert strange is not None, f"no row of another village for {sorted(ids)}: add one to tests/world.py"
        for code in own.periods if "period_code" in rule.arguments else [""]:
            yield (
                rule,
                visitor,
                build(rule, {**examples(rule), **own.codes, "period_code": code, **stranger.ids, **strange}),
            )


def strange_ids(stranger: Place) -> set[str]:
    """Name the arguments that are numbers of rows."""
    numbers = {**stranger.ids, **{name: value for ids in stranger.periods.values() for name, value in ids.items()}}
    return {name for name, value in numbers.items() if isinstance(value, int)}


def reaches(visitor: Visitor, rule: Rule, other: str) -> bool:
    """Tell whether the visitor's own office has that village in its lists: the township and its people."""
    return place_argument(rule) == "township_code" and may_enter(
        visitor, AUDIENCE_OF[rule.endpoint], "township_code", other
    )


@pytest.mark.parametrize("endpoint", PAGES)
def test_what_a_request_says_of_person_and_place_changes_nothing(
    gate: Gate, others: dict[str, list[str]], endpoint: str
) -> None:
    wrong: list[str] = []
    for rule, visitor, url in asked(gate, endpoint, "GET"):
        if rule.rule.endswith(WITHOUT_FORMS):
            continue
        page = gate.ask(visitor, "GET", url)
        for form in filled_forms(page.text, url) if page.mimetype == "text/html" else ():
            for fields in forgeries(gate, form):
                told = [*traces(gate, visitor, form, fields, others)]
                wrong += [f"{form.action} as {visitor.label}: {what}" for what in told]
                gate.restore()
    mend = "take who from current_user and where from the address; choices are checked on the server"
    assert not wrong, complain("a forged field was believed", mend, wrong)


@pytest.mark.parametrize("endpoint", PAGES)
def test_a_forged_json_body_changes_nothing(gate: Gate, others: dict[str, list[str]], endpoint: str) -> None:
    stranger = gate.world.places[FAR]
    line = stranger.periods["2025Q4"]["line_id"]
    row = {"id": line, "version": 1, "cells": {"on": "10.1", "summary": "改别村的账", "income": "1", "account": "现金"}}
    wrong: list[str] = []
    for _rule, visitor, url in asked(gate, endpoint, "POST"):
        for body in ({"rows": [row]}, {"rows": [], "removed": [row]}, [row], "text", None):
            status = gate.ask(visitor, "POST", url, json=body).status_code
            if status >= 500 or (gate.has_changed() and foreign_rows(gate) != others):
                wrong.append(f"{url}: {status}")
            gate.restore()
    assert not wrong, complain("a forged body was believed", "look rows up inside the period of the address", wrong)


def forgeries(gate: Gate, form: FilledForm) -> Iterator[dict[str, str]]:
    """Yield the form with fields that nobody asked for, then with its own offered ids exchanged."""
    stranger = gate.world.places[FAR]
    person = str(stranger.ids["person_id"])
    names = ("by", "by_id", "person_id", "actor_id", "user_id", "member_id", "entered_by_id", "confirmed_by_id")
    unasked = {
        **dict.fromkeys(names, person), **stranger.codes, "village_id": "4", "period_id": "12", "state": "issued",
        "is_leader": "y", "kind": "township_office", "actor_name": "别人", "_method": "DELETE",
    }  # fmt: skip
    yield {**unasked, **form.fields}
    exchanged = {
        name: person if value.isdecimal() and len(value) < 9 else stranger.village_code if value.isdecimal() else value
        for name, value in form.fields.items()
        if name in form.offered
    }
    if exchanged:
        yield {**form.fields, **exchanged}


def traces(
    gate: Gate, visitor: Visitor, form: FilledForm, fields: dict[str, str], others: dict[str, list[str]]
) -> Iterator[str]:
    """Send a form and tell of what it left in another name or another place."""
    entries = last_entry(gate)
    status = gate.ask(visitor, "POST", form.action, data=fields).status_code
    if status >= 500:
        yield f"answered {status}"
    if not gate.has_changed():
        return
    if foreign_rows(gate) != others:
        yield "changed rows of another place"
    for entry in entries_after(gate, entries):
        if entry.actor_id != visitor.person_id:
            yield f"recorded {entry.kind} as done by {entry.actor_name}"
        if not entry.chain.startswith(gate.world.places[OWN].codes["township_code"]):
            yield f"recorded {entry.kind} in the chain {entry.chain}"


def last_entry(gate: Gate) -> int:
    """Return the id of the record's latest entry."""
    with gate.app.app_context():
        return db.session.scalar(select(RecordEntry.id).order_by(RecordEntry.id.desc()).limit(1)) or 0


def entries_after(gate: Gate, number: int) -> list[RecordEntry]:
    """Return the entries after this one."""
    with gate.app.app_context():
        return [*db.session.scalars(select(RecordEntry).where(RecordEntry.id > number))]


def foreign_rows(gate: Gate) -> dict[str, list[str]]:
    """Return every row that belongs to a village outside the own township."""
    with gate.app.app_context(), db.engine.connect() as connection:
        return rows_of_others(connection, gate.world.places[OWN].codes["township_code"])


def test_signing_in_is_the_only_deed_open_to_everyone(gate: Gate) -> None:
    open_deeds = {
        rule.endpoint
        for rule in gate.app.url_map.iter_rules()
        if AUDIENCE_OF.get(rule.endpoint) == EVERYONE and "POST" in (rule.methods or ())
    }
    assert open_deeds == {"identity.sign_in"}

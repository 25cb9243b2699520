"""Every endpoint × every role × own and other places, complete by construction."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.house.audiences import ADMITS, AUDIENCE_OF, EVERYONE, SIGNED_IN, may_enter
from tests.house.gate import Gate, addresses, place_argument
from tests.house.tree import complain
from tests.world import FAR, OWN, Place, Visitor
from village_open.web.routing import audience_of

UNKNOWN_VILLAGE = "没有这个村"


def test_every_endpoint_stands_in_the_table_of_audiences(gate: Gate) -> None:
    missing, gone = set(gate.endpoints) - set(AUDIENCE_OF), set(AUDIENCE_OF) - set(gate.endpoints)
    mend = "write `endpoint: audience` into AUDIENCE_OF in tests/house/audiences.py, by hand, as it ought to be"
    assert not missing, complain("endpoints without a row", mend, sorted(missing))
    assert not gone, complain("rows without an endpoint", "take them out of AUDIENCE_OF", sorted(gone))


def test_every_audience_is_spelt_out_in_the_table_of_roles() -> None:
    unknown = set(AUDIENCE_OF.values()) - set(ADMITS) - {EVERYONE, SIGNED_IN}
    mend = "write its roles into ADMITS in tests/house/audiences.py"
    assert not unknown, complain("audiences without their roles", mend, sorted(unknown))


def test_every_route_names_the_audience_of_the_table(gate: Gate) -> None:
    named = {endpoint: audience_of(gate.app, endpoint) for endpoint in gate.endpoints}
    wrong = [
        f"{endpoint}: {audience.name if audience else None}, in the table {AUDIENCE_OF.get(endpoint)}"
        for endpoint, audience in named.items()
        if audience is None or audience.name != AUDIENCE_OF.get(endpoint)
    ]
    assert not wrong, complain("routes and table disagree", "mend whichever is wrong", wrong)


@pytest.mark.parametrize("endpoint", sorted(AUDIENCE_OF))
def test_a_page_opens_for_its_audience_and_for_nobody_else(gate: Gate, endpoint: str) -> None:
    wrong = [told for rule in gate.rules(endpoint) for told in wrong_answers(gate, rule, "GET")]
    assert not wrong, complain(f"{endpoint} answers wrongly", "see the expected answer in each line", wrong)


@pytest.mark.parametrize("endpoint", sorted(AUDIENCE_OF))
def test_a_deed_is_open_to_its_audience_and_to_nobody_else(gate: Gate, endpoint: str) -> None:
    wrong = [told for rule in gate.rules(endpoint) for told in wrong_answers(gate, rule, "POST")]
    assert not wrong, complain(f"{endpoint} answers wrongly", "see the expected answer in each line", wrong)


def wrong_answers(gate: Gate, rule: Rule, method: str) -> Iterator[str]:
    """Ask every address of a rule as everybody and tell of the answers that should be others."""
    if method not in (rule.methods or ()):
        return
    for name, place in places_to_ask(gate, rule).items():
        asked, has_seen_all = list(addresses(rule, place, rule.endpoint)), name != OWN
        for number, visitor in enumerate(askers(gate, rule, name)):
            expected = may_enter(visitor, AUDIENCE_OF[rule.endpoint], place_argument(rule), _known(name))
            # The first who may enter sees every period; after that each sees another one.
            everywhere, has_seen_all = expected and not has_seen_all, has_seen_all or expected
            for url in asked if everywhere else asked[number % len(asked) :][:1]:
                response = gate.ask(visitor, method, url)
                if told := mistake(response, visitor, expected, gate.has_changed(), method):
                    yield f"{method} {url} as {visitor.label} ({name}): {told}"
                if expected and method == "POST":
                    gate.restore()


def places_to_ask(gate: Gate, rule: Rule) -> dict[str, Place]:
    """Name the places whose addresses are asked, among them a village that is not there, in the own township."""
    if place_argument(rule) is None:
        return {OWN: gate.world.places[OWN]}
    if place_argument(rule) != "village_code":
        return dict(gate.world.places)
    own = gate.world.places[OWN]
    return {**gate.world.places, UNKNOWN_VILLAGE: replace(own, village_code=own.village_code[:9] + "999")}


def askers(gate: Gate, rule: Rule, name: str) -> list[Visitor]:
    """List who asks at a place: everybody in the villages around.

    In another county and in the village that is not there: those who may enter somewhere, and who has no office.
    """
    everybody, argument = [*gate.world.visitors.values()], place_argument(rule)
    if name not in (FAR, UNKNOWN_VILLAGE):
        return everybody
    audience = AUDIENCE_OF[rule.endpoint]
    return [who for who in everybody if who.kind is None or may_enter(who, audience, argument, OWN)]


def _known(name: str) -> str:
    """A village that is not there lies where the sister village lies."""
    return "sister" if name == UNKNOWN_VILLAGE else name


def mistake(response: TestResponse, visitor: Visitor, expected: bool, has_written: bool, method: str) -> str:
    """Say what is wrong with an answer, or nothing."""
    # Signing out leads there too, and is the one deed that does.
    to_sign_in = response.status_code == 302 and "/sign-in" in response.location and not has_written
    if response.status_code >= 500:
        return f"{response.status_code}, which nobody should ever see"
    if expected:
        if has_written and method == "GET":
            return "a page that is only read wrote to the database"
        return f"{response.status_code}, but must be let in" if response.status_code == 403 or to_sign_in else ""
    if has_written:
        return "turned away, but something was written"
    turned_away = to_sign_in if visitor.person_id is None else response.status_code == 403
    return "" if turned_away else f"{response.status_code}, but must be turned away"

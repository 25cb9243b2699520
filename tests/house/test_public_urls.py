"""An address printed on paper must live as long as the paper: public addresses are added, never taken away."""

from tests.house.audiences import AUDIENCE_OF, EVERYONE
from tests.house.gate import Gate
from tests.house.tree import complain, text_of

LIST = "tests/house/public_urls.txt"


def listed() -> set[str]:
    """Read the committed list: one address pattern a line."""
    return {line for line in text_of(LIST).splitlines() if line and not line.startswith("#")}


def public_patterns(gate: Gate) -> set[str]:
    """Collect the addresses that anybody may read."""
    rules = [rule for rule in gate.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return {rule.rule for rule in rules if AUDIENCE_OF.get(rule.endpoint) == EVERYONE}


def test_no_public_address_ever_vanishes(gate: Gate) -> None:
    gone = listed() - public_patterns(gate)
    mend = "it may stand on paper: answer it still, at least with a redirect"
    assert not gone, complain("public addresses that no longer answer", mend, sorted(gone))


def test_every_public_address_is_promised(gate: Gate) -> None:
    new = public_patterns(gate) - listed()
    assert not new, complain("new public addresses", f"add them to {LIST}; from then on they stay", sorted(new))

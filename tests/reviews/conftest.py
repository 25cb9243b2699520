"""A village with a finance-review group of three, and a thing laid before it."""

import pytest

from tests.factories import make_person, make_role, make_township, make_village
from tests.reviews.group import Group
from village_open.db import transaction
from village_open.reviews.actions import open_review
from village_open.villages.models import RoleKind

CONTENT = "a" * 64


@pytest.fixture
def group(both_engines):
    """The group: a leader and two members, the last one without an account; and the clerk."""
    with transaction():
        village = make_village(make_township())
        people = [make_person("王桂兰", login="wang"), make_person("李有田", login="li"), make_person("赵大山")]
        for person in people:
            make_role(person, RoleKind.FINANCE_REVIEW, village.code, is_leader=person is people[0])
        clerk = make_person("周会计", login="zhou")
        make_role(clerk, RoleKind.CLERK, village.code)
        review = open_review(
            village_id=village.id, subject="thing:1", content_sha256=CONTENT, group_kind=RoleKind.FINANCE_REVIEW.value
        )
    return Group(village, review, clerk, *people)

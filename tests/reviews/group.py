"""Who stands where in the tests of a review."""

from dataclasses import dataclass

from village_open.identity.models import Person
from village_open.reviews.models import Review
from village_open.villages.models import Village


@dataclass
class Group:
    village: Village
    review: Review
    clerk: Person
    leader: Person
    second: Person
    paper_only: Person

"""A group speaks: marks, answers, recusals, signatures.

The room whose thing is looked at writes the record: it knows what the thing is called and on which chain it stands.
"""

from village_open.reviews.actions.marking import (
    answer_item,
    mark_item,
    mark_items,
    open_review,
    pass_items,
    recuse,
    withdraw_review,
)
from village_open.reviews.actions.signing import (
    confirm_paper_signature,
    hand_in_paper_signature,
    refuse_paper_signature,
    sign,
)

__all__ = [
    "answer_item",
    "confirm_paper_signature",
    "hand_in_paper_signature",
    "mark_item",
    "mark_items",
    "open_review",
    "pass_items",
    "recuse",
    "refuse_paper_signature",
    "sign",
    "withdraw_review",
]

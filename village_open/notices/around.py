"""What the decisions room asks of higher rooms, answered: payments, postings, and what the board of a period says."""

from village_open.decisions.around import NOTHING_ABOVE, Surroundings
from village_open.finance.queries.payments import list_payments
from village_open.notices.postings_of_matters import list_hung

AROUND = Surroundings(
    list_payments, list_hung, NOTHING_ABOVE.build_other, NOTHING_ABOVE.list_other_hands, NOTHING_ABOVE.require_other
)

"""What the decisions room asks of higher rooms, answered: payments, postings, and what the board of a period says."""

from village_open.decisions.around import Surroundings
from village_open.finance.queries.payments import list_payments
from village_open.notices.boards import build_board, list_board_hands, require_board
from village_open.notices.postings_of_matters import list_hung

AROUND = Surroundings(list_payments, list_hung, build_board, list_board_hands, require_board)

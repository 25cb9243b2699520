"""The deeds of a village's money, one function each; each is written into the record."""

from village_open.finance.actions.entry import count_closing, remove_line, restore_line, save_lines
from village_open.finance.actions.importing import import_lines, import_table
from village_open.finance.actions.joining import correct_joining
from village_open.finance.actions.marking import mark_lines, pass_rest
from village_open.finance.actions.opening import add_money_account, close_money_account, join_mid_year, open_period
from village_open.finance.actions.paper_signing import (
    confirm_paper_signature,
    hand_in_paper_signature,
    refuse_paper_signature,
)
from village_open.finance.actions.publishing import check_privacy, file_period, publish_period, return_period
from village_open.finance.actions.reviewing import answer_query, confirm_period, mark_line
from village_open.finance.actions.signing import recuse_member, settle_signatures, sign_period
from village_open.finance.actions.submitting import allow_provisional, submit_period, take_back_period

__all__ = [
    "add_money_account",
    "allow_provisional",
    "answer_query",
    "check_privacy",
    "close_money_account",
    "confirm_paper_signature",
    "confirm_period",
    "correct_joining",
    "count_closing",
    "file_period",
    "hand_in_paper_signature",
    "import_lines",
    "import_table",
    "join_mid_year",
    "mark_line",
    "mark_lines",
    "open_period",
    "pass_rest",
    "publish_period",
    "recuse_member",
    "refuse_paper_signature",
    "remove_line",
    "restore_line",
    "return_period",
    "save_lines",
    "settle_signatures",
    "sign_period",
    "submit_period",
    "take_back_period",
]

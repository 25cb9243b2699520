"""The deeds of a village's money, one function each; each is written into the record."""

from village_open.finance.actions.entry import count_closing, remove_line, restore_line, save_lines
from village_open.finance.actions.opening import add_money_account, close_money_account, join_mid_year, open_period
from village_open.finance.actions.publishing import check_privacy, file_period, publish_period, return_period
from village_open.finance.actions.reviewing import (
    answer_query,
    confirm_period,
    mark_line,
    recuse_member,
    settle_signatures,
    sign_period,
)
from village_open.finance.actions.submitting import allow_provisional, submit_period, take_back_period

__all__ = [
    "add_money_account",
    "allow_provisional",
    "answer_query",
    "check_privacy",
    "close_money_account",
    "confirm_period",
    "count_closing",
    "file_period",
    "join_mid_year",
    "mark_line",
    "open_period",
    "publish_period",
    "recuse_member",
    "remove_line",
    "restore_line",
    "return_period",
    "save_lines",
    "settle_signatures",
    "sign_period",
    "submit_period",
    "take_back_period",
]

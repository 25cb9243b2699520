"""The deeds of issuing and posting, one function each; each is written into the record."""

from village_open.notices.actions.issue import MadeSheet, attach_sheet, begin_issue, finish_issue
from village_open.notices.actions.posting import record_posting, take_down

__all__ = ["MadeSheet", "attach_sheet", "begin_issue", "finish_issue", "record_posting", "take_down"]

"""Addresses of issuing and posting, and who may see them."""

from typing import Any

from village_open.notices.views import issuing, postings, printing
from village_open.villages.access import CLERK_OR_TOWNSHIP, READERS, TOWNSHIP
from village_open.web.routing import Page, View, room
from village_open.workbooks.sending import ENDINGS

BOTH, POST = ("GET", "POST"), ("POST",)
P = "/villages/<village_code>/<period_code>"
A = "/villages/<village_code>/announcements/<int:announcement_id>"
KINDS = "finance_lines, finance_summary, meeting_notice, resolution, levy_plan, result"
SHEET = f"<any({KINDS}):sheet_kind>/<paper>"
RUN = "/office/<township_code>/prints/<period_code>"
R = "/postings/<int:posting_id>"


def _both(rest: str, view: View, **more: Any) -> Page:
    """A page of a period's disclosure and of an announcement's: the four steps are the same."""
    return Page(P + rest, view, also=(A + rest,), **more)


PAGES: tuple[Page, ...] = (
    _both("/issue", issuing.show_issue, who=READERS),
    _both("/issue", issuing.issue_disclosure, who=TOWNSHIP, methods=POST),
    _both("/issue/again", issuing.resume_issue, who=TOWNSHIP, methods=POST),
    _both(f"/issue/preview/{SHEET}", issuing.preview_sheet, who=TOWNSHIP),
    _both(f"/issue/draft/{SHEET}.pdf", issuing.draft_sheet, who=TOWNSHIP),
    _both("/issue/sheets", issuing.make_sheet, who=TOWNSHIP, methods=POST),
    _both(f"/issue/sheets/{SHEET}.pdf", issuing.print_sheet, who=READERS),
    Page(RUN, printing.show_print_run, who=TOWNSHIP),
    Page(f"{RUN}/list.<{ENDINGS}>", printing.export_print_run, who=TOWNSHIP),
    Page(f"{RUN}/sheets.pdf", printing.download_print_run, who=TOWNSHIP),
    _both("/postings", postings.list_postings, who=READERS),
    _both(f"/postings.<{ENDINGS}>", postings.export_postings, who=READERS),
    _both("/postings/new", postings.record_posting, who=CLERK_OR_TOWNSHIP, methods=BOTH),
    _both(f"{R}/take-down", postings.take_down, who=CLERK_OR_TOWNSHIP, methods=BOTH),
    _both(f"{R}/photo", postings.show_posting_photo, who=READERS),
)

blueprint = room("notices", PAGES)

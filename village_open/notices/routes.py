"""Addresses of issuing and posting, and who may see them."""

from village_open.notices.views import issuing, postings, printing
from village_open.villages.access import CLERK_OR_TOWNSHIP, READERS, TOWNSHIP
from village_open.web.routing import Page, room
from village_open.workbooks.sending import ENDINGS

BOTH, POST = ("GET", "POST"), ("POST",)
P = "/villages/<village_code>/<period_code>"
SHEET = "<any(finance_lines, finance_summary):sheet_kind>/<paper>"
RUN = "/office/<township_code>/prints/<period_code>"
R = f"{P}/postings/<int:posting_id>"

PAGES: tuple[Page, ...] = (
    Page(f"{P}/issue", issuing.show_issue, who=READERS),
    Page(f"{P}/issue", issuing.issue_period, who=TOWNSHIP, methods=POST),
    Page(f"{P}/issue/again", issuing.resume_issue, who=TOWNSHIP, methods=POST),
    Page(f"{P}/issue/preview/{SHEET}", issuing.preview_sheet, who=TOWNSHIP),
    Page(f"{P}/issue/draft/{SHEET}.pdf", issuing.draft_sheet, who=TOWNSHIP),
    Page(f"{P}/issue/sheets", issuing.make_sheet, who=TOWNSHIP, methods=POST),
    Page(f"{P}/issue/sheets/{SHEET}.pdf", issuing.print_sheet, who=READERS),
    Page(RUN, printing.show_print_run, who=TOWNSHIP),
    Page(f"{RUN}/list.<{ENDINGS}>", printing.export_print_run, who=TOWNSHIP),
    Page(f"{RUN}/sheets.pdf", printing.download_print_run, who=TOWNSHIP),
    Page(f"{P}/postings", postings.list_postings, who=READERS),
    Page(f"{P}/postings.<{ENDINGS}>", postings.export_postings, who=READERS),
    Page(f"{P}/postings/new", postings.record_posting, who=CLERK_OR_TOWNSHIP, methods=BOTH),
    Page(f"{R}/take-down", postings.take_down, who=CLERK_OR_TOWNSHIP, methods=BOTH),
    Page(f"{R}/photo", postings.show_posting_photo, who=READERS),
)

blueprint = room("notices", PAGES)

"""Addresses of issuing and posting, and who may see them."""

from typing import Any

from village_open.notices.sheets.kinds import SheetKind
from village_open.notices.sheets.plain import SIZES
from village_open.notices.views import catalogue, catalogue_changes, coverage, issuing, plain, postings, printing
from village_open.villages.access import CLERK, CLERK_OR_TOWNSHIP, OVERSEERS, READERS, TOWNSHIP
from village_open.web.routing import Page, View, room
from village_open.workbooks.sending import ENDINGS

BOTH, POST = ("GET", "POST"), ("POST",)
P = "/villages/<village_code>/<period_code>"
A = "/villages/<village_code>/announcements/<int:announcement_id>"
KINDS = ", ".join(SheetKind)
PLAIN = ", ".join(SIZES)
SHEET = f"<any({KINDS}):sheet_kind>/<paper>"
RUN = "/office/<township_code>/prints/<period_code>"
R = "/postings/<int:posting_id>"
C = "/villages/<village_code>/catalogue/<period_code>"
CATALOGUE = "/office/<township_code>/catalogue"
COVERAGE = "/office/<township_code>/coverage/<period_code>"


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
    Page(f"{P}/plain/<any({PLAIN}):size>.pdf", plain.print_plain, who=CLERK_OR_TOWNSHIP),
    _both("/postings", postings.list_postings, who=READERS),
    _both(f"/postings.<{ENDINGS}>", postings.export_postings, who=READERS),
    _both("/postings/new", postings.record_posting, who=CLERK_OR_TOWNSHIP, methods=BOTH),
    _both(f"{R}/take-down", postings.take_down, who=CLERK_OR_TOWNSHIP, methods=BOTH),
    _both(f"{R}/photo", postings.show_posting_photo, who=READERS),
    Page(C, catalogue.show_catalogue, who=READERS),
    Page(f"{C}/list.<{ENDINGS}>", catalogue.export_catalogue, who=READERS),
    Page(f"{C}/board", catalogue.save_board, who=CLERK, methods=POST),
    Page(f"{C}/<item_key>/exception", catalogue_changes.except_item, who=TOWNSHIP, methods=BOTH),
    Page(f"{C}/<item_key>/exception/end", catalogue_changes.end_exception, who=TOWNSHIP, methods=POST),
    Page(CATALOGUE, catalogue_changes.list_catalogue, who=OVERSEERS),
    Page(f"{CATALOGUE}/new", catalogue_changes.add_local_item, who=TOWNSHIP, methods=BOTH),
    Page(f"{CATALOGUE}/<item_key>/end", catalogue_changes.end_local_item, who=TOWNSHIP, methods=POST),
    Page(COVERAGE, coverage.show_coverage, who=OVERSEERS),
    Page(f"{COVERAGE}/list.<{ENDINGS}>", coverage.export_coverage, who=OVERSEERS),
)

blueprint = room("notices", PAGES)

"""Addresses of this room and who may see them."""

from village_open.finance.views import (
    books,
    checking,
    deciding,
    entry,
    exports,
    imports,
    lines,
    papers,
    periods,
    prints,
    receipts,
    review,
    signing,
    submitting,
)
from village_open.villages.access import (
    CLERK,
    CONFIRMERS,
    FINANCE_REVIEW,
    READERS,
    REVIEWERS,
    REVIEWERS_AND_TOWNSHIP,
    TOWNSHIP,
    VILLAGE,
)
from village_open.web.routing import Page, room
from village_open.workbooks.sending import ENDINGS

BOTH, POST = ("GET", "POST"), ("POST",)
V = "/villages/<village_code>"
P = f"{V}/<period_code>"
L = f"{P}/lines/<int:line_id>"
G = f"{P}/sign/<any(finance_review, supervision):group_kind>"

BOOKS = (
    Page(V, books.show_village, who=READERS),
    Page(f"{V}/periods", books.open_period, who=CLERK, methods=BOTH),
    Page(f"{V}/joining", books.join_mid_year, who=CLERK, methods=BOTH),
    Page(f"{V}/money-accounts/new", books.add_money_account, who=CLERK, methods=BOTH),
    Page(f"{V}/money-accounts/<int:account_id>/close", books.close_money_account, who=CLERK, methods=POST),
)
PERIODS = (
    Page(P, periods.show_period, who=READERS),
    Page(f"{P}/joining", books.correct_joining, who=CLERK, methods=BOTH),
    Page(f"{P}/ledger", periods.list_lines, who=READERS),
    Page(f"{P}/flags", periods.list_flags, who=REVIEWERS_AND_TOWNSHIP),
    Page(f"{P}/provisional", periods.allow_provisional, who=TOWNSHIP, methods=BOTH),
    Page(f"{P}/closing", submitting.count_closing, who=CLERK, methods=BOTH),
    Page(f"{P}/submission", submitting.submit_period, who=CLERK, methods=BOTH),
    Page(f"{P}/take-back", submitting.take_back_period, who=CLERK, methods=BOTH),
    Page(f"{P}/review-list", prints.print_lines, who=VILLAGE),
    Page(f"{P}/blank-grid", prints.print_blank_grid, who=VILLAGE),
)
LINES = (
    Page(f"{P}/lines", entry.enter_lines, who=CLERK),
    Page(f"{P}/lines", entry.save_lines, who=CLERK, methods=POST),
    Page(f"{P}/lines/suggestion", entry.suggest_cells, who=CLERK),
    Page(f"{P}/lines/new", lines.add_line, who=CLERK, methods=BOTH),
    Page(L, lines.show_line, who=VILLAGE),
    Page(f"{L}/edit", lines.edit_line, who=CLERK, methods=BOTH),
    Page(f"{L}/matter", deciding.link_matter, who=CLERK, methods=BOTH),
    Page(f"{L}/remove", lines.remove_line, who=CLERK, methods=POST),
    Page(f"{L}/restore", lines.restore_line, who=CLERK, methods=POST),
    Page(f"{L}/receipts", receipts.add_receipt, who=CLERK, methods=POST),
    Page(f"{L}/receipts/<int:receipt_id>/remove", receipts.remove_receipt, who=CLERK, methods=POST),
    Page(f"{V}/receipts/<int:receipt_id>", receipts.show_receipt, who=VILLAGE),
    Page(f"{V}/receipts/<int:receipt_id>/thumb", receipts.show_receipt_thumb, who=VILLAGE),
)
REVIEW_PAGES = (
    Page(f"{P}/review", review.review_period, who=VILLAGE),
    Page(f"{P}/review", review.mark_lines, who=FINANCE_REVIEW, methods=POST),
    Page(f"{P}/review/rest", review.pass_rest, who=FINANCE_REVIEW, methods=BOTH),
    Page(f"{L}/answer", review.answer_query, who=CLERK, methods=BOTH),
    Page(f"{P}/sign", signing.sign_page, who=VILLAGE),
    Page(G, signing.sign_period, who=REVIEWERS, methods=BOTH),
    Page(f"{G}/recusal", signing.recuse_member, who=REVIEWERS, methods=BOTH),
    Page(f"{G}/paper", signing.print_sign_off, who=VILLAGE),
    Page(f"{G}/papers/new", papers.hand_in_paper_signature, who=CLERK, methods=BOTH),
    Page(f"{G}/papers/<int:paper_id>", papers.confirm_paper_signature, who=REVIEWERS_AND_TOWNSHIP, methods=BOTH),
    Page(f"{G}/papers/<int:paper_id>/photo", papers.show_paper_photo, who=VILLAGE),
    Page(f"{P}/confirm", checking.confirm_period, who=CONFIRMERS, methods=BOTH),
    Page(f"{P}/check", checking.check_period, who=TOWNSHIP),
    Page(f"{P}/check/privacy", checking.check_privacy, who=TOWNSHIP, methods=BOTH),
    Page(f"{P}/check/return", checking.return_period, who=TOWNSHIP, methods=BOTH),
    Page(f"{P}/check/filing", checking.file_period, who=TOWNSHIP, methods=POST),
)
IMPORT_PAGES = (
    Page(f"{P}/import", imports.import_file, who=CLERK, methods=BOTH),
    Page(f"{P}/import/<upload>", imports.preview_import, who=CLERK, methods=BOTH),
    Page(f"{V}/import-template", exports.download_template, who=CLERK),
    Page(
        f"{P}/export/<any(lines, items, accounts, ledger):what>.<{ENDINGS}>",
        exports.export_period,
        who=READERS,
    ),
)
EXPORTS = (
    Page(f"{V}/periods.<{ENDINGS}>", exports.export_periods, who=READERS),
    Page(f"{V}/money-accounts.<{ENDINGS}>", exports.export_money_accounts, who=READERS),
    Page(f"{P}/ledger.<{ENDINGS}>", exports.export_lines, who=READERS),
    Page(f"{P}/flags.<{ENDINGS}>", exports.export_flags, who=REVIEWERS_AND_TOWNSHIP),
    Page(f"{P}/review.<{ENDINGS}>", exports.export_review, who=VILLAGE),
    Page(f"{P}/sign.<{ENDINGS}>", exports.export_signatures, who=VILLAGE),
)
PAGES: tuple[Page, ...] = (*BOOKS, *PERIODS, *LINES, *REVIEW_PAGES, *IMPORT_PAGES, *EXPORTS)

blueprint = room("finance", PAGES)

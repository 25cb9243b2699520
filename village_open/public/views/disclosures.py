"""One disclosure: the page, and the files behind it. Everything comes from the frozen bytes."""

from collections.abc import Callable
from functools import partial

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from village_open.notices.errors import DisclosureNotFound
from village_open.notices.queries import (
    Published,
    find_file,
    find_successor,
    get_latest,
    get_published,
    list_files,
    list_postings,
)
from village_open.notices.rules import need_for
from village_open.notices.sheets.kinds import SheetKind
from village_open.printing.paper import Paper
from village_open.public.caching import kept_briefly, kept_for_good
from village_open.public.charts import WIDTH_PX, chart_height, chart_svg
from village_open.public.open_data import lines_csv
from village_open.public.queries import get_quarter
from village_open.public.rows_behind import rows_behind
from village_open.public.summaries import in_plain_words, shares_of
from village_open.storage import read_file

SIDES = ("income", "expense")
_SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""A chart carries its style in itself; opened alone it may load nothing."""


def show_disclosure(village_code: str, period_code: str) -> ResponseReturnValue:
    """A village's finance disclosure of a period: in plain words first, then line by line, or the lines of one item."""
    try:
        disclosure = get_latest(village_code, period_code)
    except DisclosureNotFound:
        quarter = get_quarter(village_code, period_code)
        return redirect(url_for("public.show_quarter", village_code=village_code, period_code=quarter.period.code))
    sheet, rows_at = disclosure.sheet, _rows_at(disclosure)
    shares = {side: shares_of(sheet.items, side) for side in SIDES}
    body = render_template(
        "public/show_disclosure.html", disclosure=disclosure, sheet=sheet, rows_at=rows_at,
        shares={side: [(one.label, one.fen, rows_at(item=one.key)) for one in shares[side]] for side in SIDES},
        heights={side: chart_height(len(shares[side])) for side in SIDES}, width=WIDTH_PX,
        words=in_plain_words(sheet), postings=list_postings(disclosure.id), files=list_files(disclosure.id),
        kinds=SheetKind, paper=Paper.parse, need_for=need_for, successor=find_successor(disclosure.id),
        behind=rows_behind(sheet, **{word: request.args.get(word, "") for word in ("item", "side", "account")}),
    )  # fmt: skip
    return kept_briefly(body)


def _rows_at(disclosure: Published) -> Callable[..., str]:
    """Return the address of the lines behind a figure, by its item, side or account; all lines without any."""
    return partial(
        url_for, "public.show_disclosure", village_code=disclosure.village_code, period_code=disclosure.period_code,
        _anchor="lines",
    )  # fmt: skip


def show_chart(code: str, side: str) -> Response:
    """The items of one side as a picture."""
    if side not in SIDES:
        raise DisclosureNotFound
    sheet = _of_money(code).sheet
    response = kept_for_good(chart_svg(shares_of(sheet.items, side), side), media_type="image/svg+xml")
    response.headers["Content-Security-Policy"] = _SVG_POLICY
    return response


def download_sheet(code: str, sheet_kind: str, paper: str) -> Response:
    """One stored sheet as PDF, as it was printed."""
    disclosure = get_published(code)
    file = find_file(disclosure.id, sheet_kind, paper)
    if file is None:
        raise DisclosureNotFound
    name = f"{disclosure.number}-{SheetKind(sheet_kind).heading}-{paper}.pdf"
    return kept_for_good(read_file(file.file_sha256), media_type="application/pdf", name=name)


def download_lines(code: str) -> Response:
    """The lines as .csv."""
    disclosure = _of_money(code)
    return kept_for_good(lines_csv(disclosure.sheet), media_type="text/csv", name=f"{disclosure.number}-逐笔.csv")


def _of_money(code: str) -> Published:
    disclosure = get_published(code)
    if disclosure.is_affairs:
        raise DisclosureNotFound
    return disclosure


def download_disclosure(code: str) -> Response:
    """The frozen bytes themselves, as they were hashed."""
    disclosure = get_published(code)
    return kept_for_good(disclosure.frozen, media_type="application/json", name=f"{disclosure.number}.json")

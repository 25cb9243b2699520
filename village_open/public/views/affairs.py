"""What a village has made public of its matters, and its boards."""

from flask import Response, render_template, request

from village_open.notices.queries import find_successor, get_affairs, list_affairs, list_files, list_postings
from village_open.notices.rules import need_for
from village_open.notices.sheets.kinds import SheetKind
from village_open.printing.paper import Paper
from village_open.public.caching import kept_briefly
from village_open.villages.queries import get_village


def show_affairs(village_code: str, year: int, seq: int) -> Response:
    """One announcement, by the year and number that its sheet prints: of a matter, or the board of a period."""
    disclosure = get_affairs(village_code, year, seq)
    template = "public/show_board.html" if disclosure.is_board else "public/show_affairs.html"
    body = render_template(
        template, disclosure=disclosure, sheet=disclosure.frame, kinds=SheetKind,
        paper=Paper.parse, need_for=need_for, postings=list_postings(disclosure.id), files=list_files(disclosure.id),
        successor=find_successor(disclosure.id),
    )  # fmt: skip
    return kept_briefly(body)


def list_village_affairs(village_code: str) -> Response:
    """Everything that a village has announced of its matters, the latest first."""
    village = get_village(village_code)
    page = list_affairs(village.id, page=request.args.get("page", 1, type=int))
    return kept_briefly(render_template("public/list_village_affairs.html", village=village, page=page))

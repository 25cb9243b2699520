"""Where a visitor begins: townships, a township's villages, a village's quarters."""

from flask import Response, render_template, request

from village_open.notices.queries import list_published
from village_open.public.caching import kept_briefly
from village_open.public.queries import (
    find_only_township,
    list_public_townships,
    list_quarters_of_months,
    list_roster,
)
from village_open.villages.models import Township
from village_open.villages.queries import get_township, get_village


def front_page() -> Response:
    """The township's public page; where an installation serves several, the list of them."""
    township = find_only_township()
    if township is not None:
        return _township_page(township)
    page = list_public_townships(page=_page_number())
    return kept_briefly(render_template("public/front_page.html", page=page))


def show_township(township_code: str) -> Response:
    """One township's villages, each with what it has published last."""
    return _township_page(get_township(township_code))


def _township_page(township: Township) -> Response:
    page = list_roster(township.code, page=_page_number())
    return kept_briefly(render_template("public/show_township.html", township=township, page=page))


def show_village(village_code: str) -> Response:
    """What a village has published, by quarter."""
    village = get_village(village_code)
    page = list_published(village.id, page=_page_number())
    quarters = list_quarters_of_months(village.id, (one.period for one in page.items))
    return kept_briefly(render_template("public/show_village.html", village=village, page=page, quarters=quarters))


def _page_number() -> int:
    return request.args.get("page", 1, type=int)

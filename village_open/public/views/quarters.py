"""A quarter of a village that publishes by month: the months side by side, as a page and as a table to take home."""

from flask import Response, render_template

from village_open.public.caching import kept_briefly, sent_briefly
from village_open.public.open_data import quarter_csv
from village_open.public.queries import get_quarter


def show_quarter(village_code: str, period_code: str) -> Response:
    """The three published months of a quarter side by side, each figure leading to the month's lines."""
    quarter = get_quarter(village_code, period_code)
    return kept_briefly(render_template("public/show_quarter.html", quarter=quarter))


def download_quarter(village_code: str, period_code: str) -> Response:
    """The same figures as .csv."""
    quarter = get_quarter(village_code, period_code)
    name = f"{quarter.months[-1].village_name}{quarter.period.label}财务收支汇总.csv"
    return sent_briefly(quarter_csv(quarter), media_type="text/csv", name=name)

"""The plain words of an issued period on paper, for those who hand them out."""

from io import BytesIO

from flask import Response, send_file

from village_open.notices.issuing import public_url
from village_open.notices.plain_sheets import plain_pdf
from village_open.notices.queries import get_latest


def print_plain(*, village_code: str, period_code: str, size: str) -> Response:
    """One A4 in plain words, or more in large print, made from the frozen bytes."""
    disclosure = get_latest(village_code, period_code)
    pdf = plain_pdf(disclosure, size=size, public_url=public_url())
    name = f"{disclosure.number}-明白纸{'-大字版' if size == 'large' else ''}.pdf"
    return send_file(BytesIO(pdf), mimetype="application/pdf", download_name=name, max_age=0)

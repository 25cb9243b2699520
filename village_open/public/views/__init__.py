"""Pages for everybody: places, disclosures, search, and the check of a code."""

from village_open.public.views.affairs import list_village_affairs, show_affairs
from village_open.public.views.disclosures import (
    download_disclosure,
    download_lines,
    download_sheet,
    show_chart,
    show_disclosure,
)
from village_open.public.views.places import front_page, show_township, show_village
from village_open.public.views.plain import show_plain_words
from village_open.public.views.quarters import download_quarter, show_quarter
from village_open.public.views.searching import search, verify, verify_code

__all__ = [
    "download_disclosure",
    "download_lines",
    "download_quarter",
    "download_sheet",
    "front_page",
    "list_village_affairs",
    "search",
    "show_affairs",
    "show_chart",
    "show_disclosure",
    "show_plain_words",
    "show_quarter",
    "show_township",
    "show_village",
    "verify",
    "verify_code",
]

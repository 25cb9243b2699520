"""Addresses of the residents' door. They stand on paper in QR codes: none of them may ever vanish."""

from village_open.public import views
from village_open.web.routing import EVERYONE, Page, room

_PERIOD = "/village/<village_code>/<period_code>"

PAGES: tuple[Page, ...] = (
    Page("/", views.front_page, who=EVERYONE),
    Page("/township/<township_code>", views.show_township, who=EVERYONE),
    Page("/village/<village_code>", views.show_village, who=EVERYONE),
    Page(f"{_PERIOD}/finance", views.show_disclosure, who=EVERYONE),
    Page(f"{_PERIOD}/months", views.show_quarter, who=EVERYONE),
    Page(f"{_PERIOD}/months.csv", views.download_quarter, who=EVERYONE),
    Page("/village/<village_code>/affairs", views.list_village_affairs, who=EVERYONE),
    Page("/village/<village_code>/affairs/<int:year>/<int:seq>", views.show_affairs, who=EVERYONE),
    Page("/search", views.search, who=EVERYONE),
    Page("/v", views.verify, who=EVERYONE),
    Page("/v/<code>", views.verify_code, who=EVERYONE),
    Page("/v/<code>/<sheet_kind>.<paper>.pdf", views.download_sheet, who=EVERYONE),
    Page("/v/<code>/words", views.show_plain_words, who=EVERYONE),
    Page("/v/<code>/lines.csv", views.download_lines, who=EVERYONE),
    Page("/v/<code>/disclosure.json", views.download_disclosure, who=EVERYONE),
    Page("/v/<code>/<side>.svg", views.show_chart, who=EVERYONE),
)

blueprint = room("public", PAGES)

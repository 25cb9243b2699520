"""Addresses of this room and who may see them."""

from village_open.decisions.views import matters
from village_open.villages.access import READERS
from village_open.web.routing import Page, room
from village_open.workbooks.sending import ENDINGS

V = "/villages/<village_code>"

MATTERS = (
    Page(f"{V}/matters", matters.list_matters, who=READERS),
    Page(f"{V}/matters.<{ENDINGS}>", matters.export_matters, who=READERS),
)
PAGES: tuple[Page, ...] = MATTERS

blueprint = room("decisions", PAGES)

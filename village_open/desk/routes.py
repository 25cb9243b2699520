"""Addresses of the staff door and who may see them."""

from village_open.desk import views
from village_open.desk.navigation import page_nav
from village_open.villages.access import OVERSEERS, role_audience
from village_open.villages.models import RoleKind
from village_open.web.routing import EVERYONE, SIGNED_IN, Page, room
from village_open.workbooks.sending import ENDINGS

COUNTY = role_audience("区县领导、县检查组", RoleKind.COUNTY_LEADER, RoleKind.INSPECTOR)

PAGES = (
    Page("/desk", views.show_desk, who=SIGNED_IN),
    Page("/office/<township_code>/matrix", views.show_matrix, who=OVERSEERS),
    Page("/counties/<county_code>", views.show_county, who=COUNTY),
    Page(f"/office/<township_code>/matrix.<{ENDINGS}>", views.export_matrix, who=OVERSEERS),
    Page(f"/counties/<county_code>/overview.<{ENDINGS}>", views.export_county, who=COUNTY),
    Page("/healthz", views.show_health, who=EVERYONE),
)

blueprint = room("desk", PAGES)
blueprint.app_context_processor(page_nav)

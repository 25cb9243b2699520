"""Addresses of this room and who may see them."""

from village_open.identity import views
from village_open.web.routing import EVERYONE, SIGNED_IN, Page, room

BOTH = ("GET", "POST")
PAGES: tuple[Page, ...] = (
    Page("/sign-in", views.sign_in, who=EVERYONE, methods=BOTH),
    Page("/sign-out", views.sign_out, who=SIGNED_IN, methods=("POST",)),
    Page("/change-password", views.change_password, who=SIGNED_IN, methods=BOTH),
)

blueprint = room("identity", PAGES)

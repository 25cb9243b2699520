"""Addresses of this room and who may see them."""

from village_open.web.routing import Page, room

PAGES: tuple[Page, ...] = ()

blueprint = room("desk", PAGES)

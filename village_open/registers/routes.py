"""Addresses of this room and who may see them."""

from village_open.registers.views import files, rows
from village_open.villages.access import CLERK, READERS
from village_open.web.routing import Page, room
from village_open.workbooks.sending import ENDINGS

POST = ("POST",)
V = "/villages/<village_code>/registers"
P = f"{V}/<period_code>"
R = f"{P}/<register_key>"

PAGES: tuple[Page, ...] = (
    Page(P, rows.list_registers, who=READERS, also=(V,)),
    Page(R, rows.show_register, who=READERS),
    Page(R, rows.save_rows, who=CLERK, methods=POST),
    Page(f"{R}/carry", rows.carry_rows, who=CLERK, methods=POST),
    Page(f"{R}/import", files.import_rows, who=CLERK, methods=("GET", "POST")),
    Page(f"{R}/export.<{ENDINGS}>", files.export_register, who=READERS),
    Page(f"{V}/<register_key>/template.xlsx", files.download_template, who=CLERK),
)

blueprint = room("registers", PAGES)

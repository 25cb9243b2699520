"""Addresses of this room and who may see them."""

from village_open.villages.access import CLERK_OR_TOWNSHIP, OVERSEERS, READERS, TOWNSHIP
from village_open.villages.views import exports, groups, people, places, profiles, trails
from village_open.web.routing import Page, room
from village_open.workbooks.sending import ENDINGS

BOTH, POST = ("GET", "POST"), ("POST",)
OFFICE, VILLAGE = "/office/<township_code>", "/villages/<village_code>"
PERSON = OFFICE + "/people/<int:person_id>"
PAGES: tuple[Page, ...] = (
    Page(OFFICE + "/villages", places.list_villages, who=TOWNSHIP),
    Page(OFFICE + "/villages/new", places.add_village, who=TOWNSHIP, methods=BOTH),
    Page(VILLAGE + "/about", places.show_village, who=READERS),
    Page(VILLAGE + "/village-groups/new", places.add_village_group, who=CLERK_OR_TOWNSHIP, methods=BOTH),
    Page(VILLAGE + "/boards/new", places.add_board, who=CLERK_OR_TOWNSHIP, methods=BOTH),
    Page(VILLAGE + "/boards/<int:board_id>", places.change_board, who=CLERK_OR_TOWNSHIP, methods=BOTH),
    Page(VILLAGE + "/groups/<kind>/elect", groups.elect_group, who=TOWNSHIP, methods=BOTH),
    Page(VILLAGE + "/relatives/new", groups.declare_relative, who=TOWNSHIP, methods=BOTH),
    Page(VILLAGE + "/hand-over", groups.hand_over_clerk, who=TOWNSHIP, methods=BOTH),
    Page(OFFICE + "/people", people.list_accounts, who=TOWNSHIP),
    Page(OFFICE + "/people/new", people.add_person, who=TOWNSHIP, methods=BOTH),
    Page(PERSON, people.show_person, who=TOWNSHIP),
    Page(PERSON + "/correct", people.correct_person, who=TOWNSHIP, methods=BOTH),
    Page(PERSON + "/appoint", people.appoint, who=TOWNSHIP, methods=BOTH),
    Page(PERSON + "/make-account", people.make_account, who=TOWNSHIP, methods=POST),
    Page(PERSON + "/reset-account", people.reset_account, who=TOWNSHIP, methods=POST),
    Page(PERSON + "/unlock-account", people.unlock_account, who=TOWNSHIP, methods=POST),
    Page(OFFICE + "/roles/<int:role_id>/end", people.end_role, who=TOWNSHIP, methods=BOTH),
    Page(OFFICE + "/profile", profiles.show_profile, who=OVERSEERS),
    Page(OFFICE + "/supervision-phone", profiles.change_supervision_phone, who=TOWNSHIP, methods=BOTH),
    Page(OFFICE + "/profile/<key>", profiles.change_profile, who=TOWNSHIP, methods=BOTH),
    Page(VILLAGE + "/trail", trails.show_village_trail, who=READERS),
    Page(OFFICE + "/trail", trails.show_township_trail, who=OVERSEERS),
    Page(f"{OFFICE}/villages.<{ENDINGS}>", exports.export_villages, who=TOWNSHIP),
    Page(f"{OFFICE}/people.<{ENDINGS}>", exports.export_people, who=TOWNSHIP),
    Page(f"{VILLAGE}/about.<{ENDINGS}>", exports.export_roles, who=READERS),
    Page(f"{VILLAGE}/boards.<{ENDINGS}>", exports.export_boards, who=READERS),
    Page(f"{VILLAGE}/village-groups.<{ENDINGS}>", exports.export_village_groups, who=READERS),
    Page(f"{VILLAGE}/relatives.<{ENDINGS}>", exports.export_relatives, who=READERS),
    Page(f"{OFFICE}/profile.<{ENDINGS}>", exports.export_profile, who=OVERSEERS),
    Page(f"{VILLAGE}/trail.<{ENDINGS}>", exports.export_village_trail, who=READERS),
    Page(f"{OFFICE}/trail.<{ENDINGS}>", exports.export_township_trail, who=OVERSEERS),
)

blueprint = room("villages", PAGES)

"""Who may open which door: written down once more by hand, so that a slip in a route table is seen.

Nothing here asks the code: `AUDIENCE_OF` says which audience an endpoint must have, `ADMITS` which roles an audience
lets in, `COVERS` how far a role reaches.
"""

from tests.world import FAR, IN_COUNTY, IN_TOWNSHIP, IN_VILLAGE, NEIGHBOUR, OWN, SISTER, Visitor
from village_open.villages.models import RoleKind

EVERYONE, SIGNED_IN = "所有人", "已登录人员"
_VILLAGE = {
    RoleKind.CLERK, RoleKind.COMMITTEE_HEAD, RoleKind.COMMITTEE_MEMBER, RoleKind.PARTY_SECRETARY,
    RoleKind.ACCOUNTANT, RoleKind.FINANCE_REVIEW, RoleKind.SUPERVISION,
}  # fmt: skip
_OVERSEERS = {RoleKind.TOWNSHIP_OFFICE, RoleKind.INSPECTOR, RoleKind.COUNTY_LEADER}
_BOTH_GROUPS = {RoleKind.FINANCE_REVIEW, RoleKind.SUPERVISION}
ADMITS: dict[str, set[RoleKind]] = {
    "本村报账员": {RoleKind.CLERK},
    "镇公开办": {RoleKind.TOWNSHIP_OFFICE},
    "本村报账员、镇公开办": {RoleKind.CLERK, RoleKind.TOWNSHIP_OFFICE},
    "本村民主理财小组": {RoleKind.FINANCE_REVIEW},
    "本村村务监督小组": {RoleKind.SUPERVISION},
    "本村两个小组": _BOTH_GROUPS,
    "本村两个小组、镇公开办": _BOTH_GROUPS | {RoleKind.TOWNSHIP_OFFICE},
    "村两委": {RoleKind.COMMITTEE_HEAD, RoleKind.PARTY_SECRETARY},
    "本村人员、镇公开办": _VILLAGE | {RoleKind.TOWNSHIP_OFFICE},
    "本村人员、镇公开办、检查组、区县领导": _VILLAGE | _OVERSEERS,
    "镇公开办、检查组、区县领导": _OVERSEERS,
    "区县领导、县检查组": {RoleKind.COUNTY_LEADER, RoleKind.INSPECTOR},
}
"""The roles that each audience lets in, besides the two that ask for no role."""

COVERS: dict[tuple[str, str], set[str]] = {
    ("village_code", IN_VILLAGE): {OWN},
    ("village_code", IN_TOWNSHIP): {OWN, SISTER},
    ("village_code", IN_COUNTY): {OWN, SISTER, NEIGHBOUR},
    ("township_code", IN_VILLAGE): set(),
    ("township_code", IN_TOWNSHIP): {OWN, SISTER},
    ("township_code", IN_COUNTY): {OWN, SISTER, NEIGHBOUR},
    ("county_code", IN_VILLAGE): set(),
    ("county_code", IN_TOWNSHIP): set(),
    ("county_code", IN_COUNTY): {OWN, SISTER, NEIGHBOUR},
}
"""By the code in the address and the level of a role: in whose address the role counts."""
assert FAR not in set.union(*COVERS.values())


def may_enter(visitor: Visitor, audience: str, argument: str | None, place: str) -> bool:
    """Say whether a visitor must be let in at an address that names this place by this argument."""
    if audience == EVERYONE:
        return True
    if visitor.person_id is None:
        return False
    if audience == SIGNED_IN:
        return True
    if not visitor.is_in_office or visitor.kind not in ADMITS[audience]:
        return False
    return argument is None or place in COVERS[argument, visitor.level]


CLERK, TOWNSHIP, CLERK_OR_TOWNSHIP = "本村报账员", "镇公开办", "本村报账员、镇公开办"
VILLAGE, READERS, OVERSEERS = "本村人员、镇公开办", "本村人员、镇公开办、检查组、区县领导", "镇公开办、检查组、区县领导"
CHECKERS, GROUPS = "本村两个小组、镇公开办", "本村两个小组"
FINANCE_REVIEW, SUPERVISION, CONFIRMERS, COUNTY = "本村民主理财小组", "本村村务监督小组", "村两委", "区县领导、县检查组"
AUDIENCE_OF: dict[str, str] = {
    "identity.sign_in": EVERYONE,
    "identity.sign_out": SIGNED_IN,
    "identity.change_password": SIGNED_IN,
    "villages.list_villages": TOWNSHIP,
    "villages.add_village": TOWNSHIP,
    "villages.show_village": READERS,
    "villages.add_village_group": CLERK_OR_TOWNSHIP,
    "villages.add_board": CLERK_OR_TOWNSHIP,
    "villages.change_board": CLERK_OR_TOWNSHIP,
    "villages.elect_group": TOWNSHIP,
    "villages.declare_relative": TOWNSHIP,
    "villages.hand_over_clerk": TOWNSHIP,
    "villages.list_accounts": TOWNSHIP,
    "villages.add_person": TOWNSHIP,
    "villages.show_person": TOWNSHIP,
    "villages.correct_person": TOWNSHIP,
    "villages.appoint": TOWNSHIP,
    "villages.make_account": TOWNSHIP,
    "villages.reset_account": TOWNSHIP,
    "villages.unlock_account": TOWNSHIP,
    "villages.end_role": TOWNSHIP,
    "villages.show_profile": OVERSEERS,
    "villages.change_supervision_phone": TOWNSHIP,
    "villages.change_profile": TOWNSHIP,
    "villages.show_village_trail": READERS,
    "villages.show_township_trail": OVERSEERS,
    "villages.export_villages": TOWNSHIP,
    "villages.export_people": TOWNSHIP,
    "villages.export_roles": READERS,
    "villages.export_boards": READERS,
    "villages.export_village_groups": READERS,
    "villages.export_relatives": READERS,
    "villages.export_profile": OVERSEERS,
    "villages.export_village_trail": READERS,
    "villages.export_township_trail": OVERSEERS,
    "decisions.list_matters": READERS,
    "decisions.export_matters": READERS,
    "decisions.open_matter": CLERK,
    "decisions.show_matter": READERS,
    "decisions.revise_text": CLERK,
    "decisions.withdraw_matter": CLERK,
    "decisions.call_meeting": CLERK,
    "decisions.show_meeting": READERS,
    "decisions.record_meeting": CLERK,
    "decisions.record_votes": CLERK,
    "decisions.strike_meeting": CLERK,
    "decisions.print_notice": VILLAGE,
    "decisions.print_sign_in_sheet": VILLAGE,
    "decisions.print_ballots": VILLAGE,
    "decisions.print_minutes_form": VILLAGE,
    "decisions.print_result_form": VILLAGE,
    "decisions.print_register": VILLAGE,
    "decisions.begin_announcement": CLERK,
    "decisions.show_announcement": READERS,
    "decisions.change_note": CLERK,
    "decisions.submit_announcement": CLERK,
    "decisions.take_back_announcement": CLERK,
    "decisions.sign_announcement": SUPERVISION,
    "decisions.return_announcement": TOWNSHIP,
    "decisions.check_announcement": TOWNSHIP,
    "decisions.add_event": CLERK,
    "decisions.strike_event": CLERK,
    "decisions.add_paper": CLERK,
    "decisions.remove_paper": CLERK,
    "decisions.show_paper": READERS,
    "decisions.show_paper_thumb": READERS,
    "decisions.list_rosters": READERS,
    "decisions.set_roster": CLERK,
    "decisions.show_roster": READERS,
    "finance.show_village": READERS,
    "finance.open_period": CLERK,
    "finance.join_mid_year": CLERK,
    "finance.correct_joining": CLERK,
    "finance.add_money_account": CLERK,
    "finance.close_money_account": CLERK,
    "finance.show_period": READERS,
    "finance.list_lines": READERS,
    "finance.list_flags": CHECKERS,
    "finance.allow_provisional": TOWNSHIP,
    "finance.count_closing": CLERK,
    "finance.submit_period": CLERK,
    "finance.take_back_period": CLERK,
    "finance.print_lines": VILLAGE,
    "finance.print_blank_grid": VILLAGE,
    "finance.enter_lines": CLERK,
    "finance.save_lines": CLERK,
    "finance.suggest_cells": CLERK,
    "finance.add_line": CLERK,
    "finance.show_line": VILLAGE,
    "finance.edit_line": CLERK,
    "finance.link_matter": CLERK,
    "finance.remove_line": CLERK,
    "finance.restore_line": CLERK,
    "finance.add_receipt": CLERK,
    "finance.remove_receipt": CLERK,
    "finance.show_receipt": VILLAGE,
    "finance.show_receipt_thumb": VILLAGE,
    "finance.import_file": CLERK,
    "finance.preview_import": CLERK,
    "finance.download_template": CLERK,
    "finance.export_period": READERS,
    "finance.review_period": VILLAGE,
    "finance.mark_lines": FINANCE_REVIEW,
    "finance.pass_rest": FINANCE_REVIEW,
    "finance.answer_query": CLERK,
    "finance.sign_page": VILLAGE,
    "finance.sign_period": GROUPS,
    "finance.recuse_member": GROUPS,
    "finance.print_sign_off": VILLAGE,
    "finance.hand_in_paper_signature": CLERK,
    "finance.confirm_paper_signature": CHECKERS,
    "finance.show_paper_photo": VILLAGE,
    "finance.confirm_period": CONFIRMERS,
    "finance.check_period": TOWNSHIP,
    "finance.check_privacy": TOWNSHIP,
    "finance.file_period": TOWNSHIP,
    "finance.return_period": TOWNSHIP,
    "notices.show_issue": READERS,
    "notices.issue_disclosure": TOWNSHIP,
    "notices.resume_issue": TOWNSHIP,
    "notices.preview_sheet": TOWNSHIP,
    "notices.draft_sheet": TOWNSHIP,
    "notices.make_sheet": TOWNSHIP,
    "notices.print_sheet": READERS,
    "notices.show_print_run": TOWNSHIP,
    "notices.download_print_run": TOWNSHIP,
    "notices.export_print_run": TOWNSHIP,
    "notices.list_postings": READERS,
    "notices.export_postings": READERS,
    "notices.record_posting": CLERK_OR_TOWNSHIP,
    "notices.take_down": CLERK_OR_TOWNSHIP,
    "notices.show_posting_photo": READERS,
    "desk.show_desk": SIGNED_IN,
    "desk.show_matrix": OVERSEERS,
    "desk.show_county": COUNTY,
    "desk.export_matrix": OVERSEERS,
    "desk.export_county": COUNTY,
    "desk.show_health": EVERYONE,
    "public.front_page": EVERYONE,
    "public.show_township": EVERYONE,
    "public.show_village": EVERYONE,
    "public.list_village_affairs": EVERYONE,
    "public.show_affairs": EVERYONE,
    "public.show_disclosure": EVERYONE,
    "public.show_quarter": EVERYONE,
    "public.download_quarter": EVERYONE,
    "public.search": EVERYONE,
    "public.verify": EVERYONE,
    "public.verify_code": EVERYONE,
    "public.download_sheet": EVERYONE,
    "public.download_lines": EVERYONE,
    "public.download_disclosure": EVERYONE,
    "public.show_chart": EVERYONE,
}

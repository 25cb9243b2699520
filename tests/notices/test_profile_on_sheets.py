"""What a township's profile says of a sheet stands in the frozen content and on the paper; its filing has its turn."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

import pytest
from flask import Flask

from tests.factories import make_person, make_township
from tests.notices.test_contents import content_of
from tests.notices.test_issuing import finish_with_stand_ins, freeze, published
from tests.ready_periods import Desk, check_ready, confirm_ready, make_desk, ready_period, submit_ready
from village_open.db import transaction
from village_open.finance.actions import check_privacy, file_period
from village_open.finance.errors import AlreadyFiled
from village_open.notices.issuing import preview_sheet
from village_open.notices.rules import need_for
from village_open.notices.sheets.kinds import SheetKind
from village_open.record.queries import list_trail
from village_open.villages.actions import change_profile

pytestmark = pytest.mark.usefixtures("sheets_set_once")

SLOTS = {"finance_lines": ["村支书签字", "出纳签字"], "finance_summary": ["镇农经站长签字"]}
USUAL_SLOT = "主管会计"
JOINT, COMMITTEE = "村党组织、村民委员会联席会议", "村民委员会会议"


def confirmed_by(rules: Mapping[str, str], jurisdiction: str = "国家") -> Desk:
    """A village up to the township's desk, in a township whose profile was changed before its first period."""
    with transaction():
        township = make_township(jurisdiction=jurisdiction)
        officer = make_person("陈主任")
        for key, typed in rules.items():
            change_profile(by=officer, township=township, key=key, text=typed, basis="县里文件〔2026〕1号")
        desk = make_desk(township)
        confirm_ready(desk, submit_ready(desk))
    return desk


def checked(rules: Mapping[str, str], jurisdiction: str = "国家") -> Desk:
    """The same, filed and checked for secrets."""
    desk = confirmed_by(rules, jurisdiction)
    with transaction():
        check_ready(desk, ready_period(desk))
    return desk


def on_paper(content: dict[str, Any], kind: SheetKind) -> str:
    """The words of the sheet, from the HTML that becomes the PDF."""
    html = preview_sheet(content=content, kind=kind, need=need_for((), "A3-landscape"))
    return re.sub(r"\s", "", unescape(re.sub(r"<style>.*?</style>|<[^>]+>", "", html, flags=re.DOTALL)))


def test_where_the_profile_files_after_publication_the_issue_comes_first_and_the_filing_once_behind_it(
    both_engines: Flask,
) -> None:
    desk = confirmed_by({"files_before_publication": "no"})
    with transaction():
        check_privacy(by=desk.officer, period=ready_period(desk))
    finish_with_stand_ins(freeze(desk))
    issued = published(desk)
    assert issued is not None
    assert ready_period(desk).filed_by == ""
    with transaction():
        file_period(by=desk.officer, period=ready_period(desk))
    assert ready_period(desk).filed_by == "陈思远"
    with pytest.raises(AlreadyFiled), transaction():
        file_period(by=desk.officer, period=ready_period(desk))
    after = published(desk)
    assert after is not None
    assert after.frozen == issued.frozen
    latest_first = [line.said for line in list_trail(desk.village.code).items]
    filed, signed = (next(i for i, said in enumerate(latest_first) if word in said) for word in ("备案", "签发了"))
    assert filed < signed


@pytest.mark.parametrize(
    ("rules", "to_on", "explained"),
    [
        ({}, "2026-10-27", "不少于15日，起始当日不计入"),
        ({"day_rule": "both_ends"}, "2026-10-26", "不少于15日，首尾两日都计入"),
        ({"day_rule": "both_ends", "posting_days": "20"}, "2026-10-31", "不少于20日，首尾两日都计入"),
    ],
)
def test_the_rule_of_days_sets_the_planned_days(
    both_engines: Flask, rules: dict[str, str], to_on: str, explained: str
) -> None:
    assert content_of(checked(rules))["posting"] == {"from": "2026-10-12", "to": to_on, "explained": explained}


def test_each_kind_of_sheet_has_the_places_to_sign_that_the_profile_gives_it(both_engines: Flask) -> None:
    desk = checked({f"signer_slots_{kind}": "、".join(words) for kind, words in SLOTS.items()})
    assert content_of(desk)["slots"] == SLOTS


@pytest.mark.parametrize(("jurisdiction", "body"), [("国家", JOINT), ("重庆", COMMITTEE)])
def test_the_body_that_confirms_where_the_township_lies_is_frozen(
    both_engines: Flask, jurisdiction: str, body: str
) -> None:
    assert content_of(checked({}, jurisdiction))["confirmed"]["body"] == body


def test_a_sheet_prints_days_places_to_sign_and_confirming_body_of_its_township(app: Flask) -> None:
    with app.app_context():
        slots = {f"signer_slots_{kind}": "、".join(words) for kind, words in SLOTS.items()}
        content = content_of(checked({"day_rule": "both_ends", **slots}, "重庆"))
        lines, summary = (on_paper(content, SheetKind(kind)) for kind in SLOTS)
    for text, own, others in ((lines, *SLOTS.values()), (summary, *reversed(SLOTS.values()))):
        assert "2026年10月12日至2026年10月26日（不少于15日，首尾两日都计入）" in text
        assert all(slot in text for slot in own)
        assert not any(slot in text for slot in (*others, USUAL_SLOT))
        assert f"确认：{COMMITTEE}" in text
        assert JOINT not in text

"""Who approves which amount: every amount has an answer, no tier is out of reach, and a change is recorded in words."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, text

from tests.factories import make_account, make_person, make_role, make_township, sign_in
from tests.house.tables import fill_every_table, new_row, tables_of
from village_open.core.money import LARGEST_FEN
from village_open.db import db, transaction
from village_open.record.queries import list_trail
from village_open.villages.actions import change_profile
from village_open.villages.approvals import (
    SHARES,
    Approver,
    Tier,
    TiersUnfit,
    approval_of,
    read_tiers,
    tiers_as_typed,
    tiers_from_json,
    tiers_to_json,
)
from village_open.villages.models import RoleKind, Township
from village_open.villages.profile import Profile, build_profile, list_jurisdictions, seed_settings
from village_open.villages.queries import get_profile

AMOUNTS = st.integers(1, LARGEST_FEN)
"""From 1 fen to ten to the ninth yuan."""


def tier_of(up_to_fen: int | None, approver: Approver, share: str) -> Tier:
    return Tier(up_to_fen, approver, share if approver.is_body else "")


@st.composite
def ladders(draw: st.DrawFn) -> tuple[tuple[Tier, ...], int]:
    """Draw tiers as a township may set them, and a large payment above all of them."""
    limits = sorted(draw(st.sets(st.integers(1, LARGEST_FEN - 1), max_size=6)))
    approvers, shares = st.sampled_from(Approver), st.sampled_from([*SHARES])
    tiers = tuple(tier_of(limit, draw(approvers), draw(shares)) for limit in (*limits, None))
    return tiers, draw(st.integers(max(limits, default=0) + 1, LARGEST_FEN))


@given(ladders(), AMOUNTS)
def test_every_amount_has_one_answer_and_none_falls_through(ladder: tuple[tuple[Tier, ...], int], fen: int) -> None:
    tiers, large_fen = ladder
    answer = approval_of(fen, tiers, large_fen)
    fitting = [
        tier for below, tier in zip((None, *tiers), tiers, strict=False)
        if fen < large_fen
        and (tier.up_to_fen is None or fen <= tier.up_to_fen)
        and (below is None or below.up_to_fen is None or fen > below.up_to_fen)
    ]  # fmt: skip
    assert answer.needs_decision == (fen >= large_fen)
    assert [answer.tier] == (fitting or [None])
    assert answer.words.endswith(answer.tier.who if answer.tier else "通过的决议")


@given(ladders())
def test_tiers_are_typed_kept_and_read_back(ladder: tuple[tuple[Tier, ...], int]) -> None:
    tiers, _large_fen = ladder
    assert read_tiers(tiers_as_typed(tiers)) == tiers
    assert tiers_from_json(json.loads(json.dumps(tiers_to_json(tiers)))) == tiers


@given(place=st.sampled_from(list_jurisdictions()), fen=AMOUNTS)
def test_every_seed_answers_every_amount(place: str, fen: int) -> None:
    profile = build_profile(place, (), None)
    assert profile.approval_of(fen).needs_decision == (fen >= profile.large_payment_fen)


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (1, "1,000.00 元及以下的支出：村委会主任"),
        (100_000, "1,000.00 元及以下的支出：村委会主任"),
        (100_001, "超过 1,000.00 元、不到 5,000.00 元的支出：村“两委”会议过半数同意"),
        (499_999, "超过 1,000.00 元、不到 5,000.00 元的支出：村“两委”会议过半数同意"),
        (500_000, "5,000.00 元起的支出：要有村民会议或者村民代表会议（集体经济组织的事项：成员大会或者成员代表大会）"),
    ],
)
def test_the_national_seed_says_who_approves_at_each_boundary(fen: int, words: str) -> None:
    assert build_profile("国家", (), None).approval_of(fen).words.startswith(words)


def test_no_seed_of_approval_passes_for_law() -> None:
    for place in list_jurisdictions():
        for key in ("large_payment_fen", "approval_tiers", "split_window_days"):
            seed = seed_settings(place)[key]
            assert (seed.is_law, seed.basis.startswith("默认值，可改。各地自定")) == (False, True)


@pytest.fixture
def township(both_engines: Flask) -> Township:
    with transaction():
        return make_township()


def change(township: Township, key: str, text: str) -> Profile:
    with transaction():
        change_profile(by=make_person("陈思远"), township=township, key=key, text=text, basis="镇办发〔2026〕9号")
    return get_profile(township)


def test_changed_tiers_hold_and_the_record_tells_them_in_words(township: Township) -> None:
    changed = change(
        township, "approval_tiers", "300 不用另外审批\n2000 村委会主任和村党组织书记联签\n以上 理事会 全体"
    )
    assert [changed.approval_of(fen).tier for fen in (30_000, 200_000, 200_001)] == [
        Tier(30_000, Approver.NOBODY), Tier(200_000, Approver.HEAD_AND_SECRETARY), Tier(None, Approver.BOARD, "all"),
    ]  # fmt: skip
    assert changed.approval_limits_fen == (30_000, 200_000)
    line = list_trail(township.code).items[0]
    assert "改为“300.00 元及以下：不用另外审批；2,000.00 元及以下：村委会主任和村党组织书记联签；" in line.said
    told = {one.word: one.after for one in line.changes}
    assert told["分级审批"].startswith("300.00 元及以下：不用另外审批、2,000.00 元及以下：")


@pytest.mark.parametrize(
    ("key", "text"), [("approval_tiers", "5000 村委会主任\n以上 理事会"), ("large_payment_fen", "1000")]
)
def test_a_tier_that_begins_only_where_a_decision_is_needed_is_refused(township: Township, key: str, text: str) -> None:
    with pytest.raises(TiersUnfit, match="的一级永远用不上：大额支出起点是"):
        change(township, key, text)
    assert get_profile(township).settings == seed_profile_of(township).settings


def seed_profile_of(township: Township) -> Profile:
    return build_profile(township.jurisdiction, (), None)


def test_tiers_are_typed_on_several_lines_and_an_unfit_line_is_refused_at_the_field(client: FlaskClient) -> None:
    with client.application.app_context(), transaction():
        township = make_township()
        office = make_account("镇公开办", login="office")
        make_role(office, RoleKind.TOWNSHIP_OFFICE, township.code)
        address, office_id = f"/office/{township.code}/profile", office.id
    sign_in(client, office_id)
    page = client.get(f"{address}/approval_tiers").text
    assert "1000.00 村委会主任\n以上 村“两委”会议 过半数</textarea>" in page
    typed = {"value": "800 村委会主任\n700 理事会\n以上 理事会", "basis": "镇办发〔2026〕9号"}
    refused = client.post(f"{address}/approval_tiers", data=typed)
    assert (refused.status_code, "700.00 元不比第 1 行的 800.00 元高" in refused.text) == (422, True)
    typed["value"] = "800 村委会主任\n以上 理事会"
    assert client.post(f"{address}/approval_tiers", data=typed).status_code == 302
    assert "800.00 元及以下：村委会主任；更多，到大额支出起点为止：理事会过半数同意" in client.get(address).text


def test_an_upgrade_says_who_approves_at_the_amounts_that_a_township_had_set(empty_database: Flask) -> None:
    with empty_database.app_context():
        upgrade(revision="0001")
        with transaction() as session:
            parents = fill_every_table(session.connection())
            table = next(one for one in tables_of(session.connection()) if one.name == "profile_value")
            for value in ([200_000, 900_000], []):
                row = new_row(table, parents) | {"key": "approval_limits_fen", "value": json.dumps(value)}
                session.execute(insert(table).values(row))
        upgrade()
        query = text("SELECT value FROM profile_value WHERE key = 'approval_tiers' ORDER BY id")
        found = [tiers_from_json(json.loads(value)) for value in db.session.scalars(query)]
    assert found == [
        (Tier(200_000, Approver.HEAD), *(Tier(fen, Approver.TWO_COMMITTEES, ">1/2") for fen in (900_000, None))),
        (Tier(None, Approver.HEAD),),
    ]

"""What a township changes in the catalogue: items of its own, and what does not apply to a village; both recorded."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.decisions.matters import NOW
from tests.factories import sign_in
from tests.ready_periods import Desk, make_desk
from village_open.core import clock
from village_open.core.periods import Period
from village_open.db import transaction
from village_open.notices.actions.catalogue import (
    NewItem,
    add_local_item,
    end_exception,
    end_local_item,
    except_item,
)
from village_open.notices.catalogue import Frequency
from village_open.notices.errors import ExceptionStands, ItemUnfit, LocalItemEnded
from village_open.notices.queries.catalogue import find_exception, get_item, list_items
from village_open.record.queries import list_trail

Q3, Q4 = Period.parse("2026Q3"), Period.parse("2026Q4")
RIVER = NewItem("河长巡河情况", "事务", Frequency.QUARTERLY, "青山镇〔2026〕8号文件")
DUE = "/villages/990101101200/catalogue/2026Q4"


@pytest.fixture
def desk(both_engines: Flask) -> Iterator[Desk]:
    with clock.living_at(NOW):
        with transaction():
            desk = make_desk()
        yield desk


def test_a_township_adds_an_item_from_this_quarter_on_and_ends_it(desk: Desk) -> None:
    township = desk.village.township
    with transaction():
        row = add_local_item(by=desk.officer, township=township, item=RIVER)
    found = list_items(township.id, Q4)[-1]
    assert (found.key, found.label, found.is_local) == ("L01", "河长巡河情况", True)
    assert not any(item.is_local for item in list_items(township.id, Q3))
    with transaction():
        end_local_item(by=desk.officer, township=township, row=row)
        with pytest.raises(LocalItemEnded, match="已经停用"):
            end_local_item(by=desk.officer, township=township, row=row)
    assert list_items(township.id, Q4)[-1].is_local
    assert not any(item.is_local for item in list_items(township.id, Q4.next))
    said = [entry.said for entry in list_trail(township.code).items]
    assert any("在公开目录里增加了“河长巡河情况”，每季度，从2026年第四季度起" in one for one in said)
    assert any("停用了公开目录里的“河长巡河情况”，用到2026年第四季度为止" in one for one in said)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"label": " "}, "label"),
        ({"basis": ""}, "basis"),
        ({"group": "其他"}, "group"),
        ({"frequency": Frequency.YEARLY}, "month"),
        ({"frequency": Frequency.YEARLY, "month": 13}, "month"),
        ({"frequency": Frequency.EVENT}, "days"),
        ({"posting_days": 14}, "posting_days"),
    ],
)
def test_an_item_that_cannot_be_is_refused_at_its_field(app: Flask, changed: dict[str, object], field: str) -> None:
    typed: dict[str, object] = {"label": "甲", "group": "事务", "frequency": Frequency.QUARTERLY, "basis": "文件"}
    with clock.living_at(NOW), app.app_context(), transaction():
        desk = make_desk()
        with pytest.raises(ItemUnfit) as refused:
            add_local_item(by=desk.officer, township=desk.village.township, item=NewItem(**{**typed, **changed}))  # type: ignore[arg-type] # a table of words
    assert refused.value.field == field


def test_an_item_does_not_apply_until_it_does_again(desk: Desk) -> None:
    village = desk.village
    land = get_item(village.township_id, "CW06", Q3)
    with transaction():
        row = except_item(by=desk.officer, village=village, item=land, reason="没有征过地", starts_with=Q3)
        with pytest.raises(ExceptionStands):
            except_item(by=desk.officer, village=village, item=land, reason="没有", starts_with=Q4)
        with pytest.raises(ItemUnfit, match="请写明为什么"):
            except_item(by=desk.officer, village=village, item=land, reason=" ", starts_with=Q3)
        money = get_item(village.township_id, "CW01", Q3)
        with pytest.raises(ItemUnfit, match="每个村都要公开"):
            except_item(by=desk.officer, village=village, item=money, reason="没有", starts_with=Q3)
        end_exception(by=desk.officer, village=village, item=land, row=row, period=Q4)
    assert find_exception(village.id, "CW06", Q3) is not None
    assert find_exception(village.id, "CW06", Q4) is None
    said = [entry.said for entry in list_trail(village.code).items]
    assert any("理由：没有征过地" in one for one in said)
    assert any("“征地补偿费收支和分配”从2026年第四季度起又适用于本村" in one for one in said)


@pytest.fixture
def officer(app: Flask) -> Iterator[FlaskClient]:
    app.config["WTF_CSRF_ENABLED"] = False
    with clock.living_at(NOW):
        with app.app_context(), transaction():
            desk = make_desk()
            officer_id = desk.officer.id
        client = app.test_client()
        sign_in(client, officer_id)
        yield client


def test_the_township_changes_the_catalogue_on_its_pages(officer: FlaskClient) -> None:
    home = "/office/990101101/catalogue"
    item = {"label": "河长巡河情况", "group": "事务", "frequency": "yearly", "month": "", "basis": "镇里文件"}
    refused = officer.post(f"{home}/new", data=item)
    assert refused.status_code == 422
    assert "请写在几月" in refused.text
    listed = officer.post(f"{home}/new", data={**item, "month": "11"}, follow_redirects=True).text
    assert "每年一次（11月）" in listed
    assert "河长巡河情况" in officer.get(DUE).text
    told = officer.post(f"{DUE}/CW06/exception", data={"reason": "没有征过地"}, follow_redirects=True).text
    assert "没有征过地" in told
    assert officer.post(f"{DUE}/CW06/exception", data={"reason": "没有"}).status_code == 422
    assert "没有征过地" not in officer.post(f"{DUE}/CW06/exception/end", follow_redirects=True).text
    assert "已停用" in officer.post(f"{home}/L01/end", follow_redirects=True).text
    assert officer.post(f"{home}/L77/end").status_code == 404

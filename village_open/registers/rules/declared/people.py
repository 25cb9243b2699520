"""Lists of people: work, pay, subsidies, aid; no list tells more of a person than it must (PIPL articles 6 and 28)."""

from collections.abc import Iterator, Sequence

from village_open.registers.rules.columns import LONG, NAME, THOUSAND, Cells, Column, Mask, Value, number_of, text_of
from village_open.registers.rules.formulas import (
    ended_when_nothing_left,
    needs_one,
    not_after_period,
    not_more,
    not_overdrawn,
    product_of,
    sum_of,
)
from village_open.registers.rules.registers import Carry, Facts, Problem, Register

YES = "是"
AID_SOURCES = ("上级拨发", "社会捐赠", "其他")
WAYS_OF_SUPPORT = ("集中供养", "分散供养")
_MINOR = Column("minor", "未成年人", "choice", choices=(YES,), is_printed=False, is_kept=True)
"""Whose full name stays off the board."""


def _name(label: str) -> Column:
    return Column("name", label, longest=NAME, is_required=True, mask=Mask.MINOR, is_kept=True)


LABOUR = Register(
    key="labour", label="集体用工", group="用工补贴",
    hint="一人一个项目一行；用工费由工数乘报酬标准算出。",
    columns=(
        Column("project", "项目", is_required=True),
        Column("name", "出工人员姓名", longest=NAME, is_required=True),
        Column("days", "工数", "number", "个", is_required=True, is_total=True),
        Column("rate", "报酬标准", "money", "元/日", is_required=True),
        Column("pay", "用工费", "money", "元", is_total=True),
        Column("note", "备注", longest=LONG, is_printed=False),
    ),
    formulas={"pay": product_of("days", "rate")},
)  # fmt: skip

SUBSIDIES = Register(
    key="subsidies", label="补贴资金发放", group="用工补贴",
    hint="一项补贴一行。按面积发的填面积和亩均，实际发放金额空着就由系统算；不按面积发的直接填实际发放金额。",
    columns=(
        Column("name", "补贴项目", is_required=True),
        Column("granted", "上级拨付金额", "money", is_total=True),
        Column("area", "发放面积", "number", "亩", is_total=True),
        Column("rate", "亩均", "money", "元"),
        Column("paid", "实际发放金额", "money", is_required=True, is_total=True),
        Column("households", "发放户数", "number", "户", is_printed=False),
        Column("note", "备注", longest=LONG, is_printed=False),
    ),
    fills={"paid": product_of("area", "rate")},
    checks=(
        not_more("paid", "granted", "发放的比上级拨付的多，请核对；拨付金额还没有填的请补上。", is_grave=False),
    ),
)  # fmt: skip

AID_RECEIVED = Register(
    key="aid_received", label="救灾救助款物收入", group="救助捐赠", heading="上级拨发及捐赠",
    hint="收到的救灾、救助款和物资，一笔一行；物品写品名和单位，如“大米（袋）”。",
    columns=(
        Column("source", "来源", "choice", is_required=True, choices=AID_SOURCES),
        Column("giver", "拨发或捐赠单位、个人", on_hand_out=False),
        Column("amount", "款额", "money", is_total=True),
        Column("goods", "品名"),
        Column("quantity", "数量", "number"),
        Column("on", "收到时间", "day", on_hand_out=False),
    ),
    checks=(needs_one(("amount", "goods"), "请填写款额，或者物品的品名和数量。"), not_after_period("on")),
)  # fmt: skip


def _goods_given(rows: Sequence[Cells], facts: Facts) -> Iterator[tuple[int, Problem]]:
    """Doubt goods of which more was given than the village got in the period; stocks of before may explain it."""
    got: dict[str, int] = {}
    for row in facts.others.get("aid_received", ()):
        got[text_of(row, "goods")] = got.get(text_of(row, "goods"), 0) + number_of(row, "quantity")
    given: dict[str, int] = {}
    for place, row in enumerate(rows):
        goods = text_of(row, "goods")
        given[goods] = given.get(goods, 0) + number_of(row, "quantity")
        if goods and given[goods] > got.get(goods, 0):
            yield place, Problem("quantity", f"到这一行，{goods}发的比本期收到的多，请核对。", is_grave=False)


AID_GIVEN = Register(
    key="aid_given", label="救灾救助款物发放", group="救助捐赠", heading="发放情况",
    hint="发给谁、因为什么、多少。理由不写病情、残疾这些个人健康情况；未成年人打“是”，公示时只印姓。",
    columns=(
        _name("姓名"),
        Column("reason", "理由", longest=LONG, is_required=True, mask=Mask.REASON),
        Column("amount", "款额", "money", is_total=True),
        Column("goods", "品名"),
        Column("quantity", "数量", "number"),
        _MINOR,
    ),
    checks=(needs_one(("amount", "goods"), "请填写款额，或者物品的品名和数量。"),),
    whole_check=_goods_given,
    needs=("aid_received",),
)  # fmt: skip


def _goods_without_name(cells: Cells, _facts: Facts) -> Iterator[Problem]:
    counted = any(number_of(cells, key) for key in ("goods_opening", "goods_received", "goods_spent"))
    if counted and not text_of(cells, "goods"):
        yield Problem("goods", "有数量没有品名，请填写物品。")
    if number_of(cells, "goods_closing") < 0:
        yield Problem("goods_spent", "发出的比有的多，请核对。")


DONATIONS = Register(
    key="donations", label="社会捐赠款物", group="救助捐赠",
    hint="一笔捐赠一行：收了多少、用了多少、还剩多少；款和物分别算。用完了下一期不再带出。",
    columns=(
        Column("donor", "捐赠单位或个人", is_required=True, is_kept=True),
        Column("on", "捐赠时间", "day", is_required=True, is_kept=True, on_hand_out=False),
        Column("purpose", "指定用途", longest=LONG, is_kept=True, on_hand_out=False),
        Column("opening", "上期结余", "money", is_total=True),
        Column("received", "本期收到", "money", is_total=True),
        Column("spent", "本期使用", "money", is_total=True),
        Column("closing", "本期结余", "money", is_total=True),
        Column("goods", "物品", is_kept=True),
        Column("goods_opening", "上期结存数", "number", on_hand_out=False),
        Column("goods_received", "本期收到数", "number"),
        Column("goods_spent", "本期发出数", "number"),
        Column("goods_closing", "本期结存数", "number"),
        Column("use", "使用情况", longest=LONG, is_kept=True),
    ),
    formulas={
        "closing": sum_of("opening", "received", "-spent"),
        "goods_closing": sum_of("goods_opening", "goods_received", "-goods_spent"),
    },
    checks=(
        needs_one(("opening", "received", "goods_opening", "goods_received"), "请填写收到的款额，或者物品的数量。"),
        not_after_period("on"),
        not_overdrawn("closing", "spent"),
        _goods_without_name,
    ),
    carry=Carry(
        (("opening", "closing"), ("goods_opening", "goods_closing")),
        ended_when_nothing_left("closing", "goods_closing"),
    ),
)  # fmt: skip


LOW_INCOME = Register(
    key="low_income", label="农村低保", group="救助捐赠",
    hint="一户一行，补贴金额填本期领到的。与低保无关的情况、病情和残疾都不写，身份证号、银行卡号不填。",
    columns=(
        _name("户名"),
        Column("reason", "理由", longest=LONG, is_required=True, mask=Mask.REASON, is_kept=True),
        Column("amount", "补贴金额", "money", "元", is_required=True, is_total=True, is_kept=True),
        Column("persons", "保障人数", "number", "人", is_printed=False, is_kept=True, is_total=True),
        _MINOR,
    ),
    carry=Carry(),
)  # fmt: skip

POVERTY_SUPPORT = Register(
    key="poverty_support", label="特困人员供养", group="救助捐赠",
    hint="一人（户）一行，标准填每月的。",
    columns=(
        _name("户名"),
        Column("way", "供养方式", "choice", is_required=True, choices=WAYS_OF_SUPPORT, is_kept=True),
        Column("standard", "标准", "money", "元/月", is_required=True, is_kept=True),
        Column("persons", "人数", "number", "人", is_printed=False, is_kept=True, is_total=True),
        _MINOR,
    ),
    carry=Carry(),
)  # fmt: skip


def _whole_people(cells: Cells, _facts: Facts) -> Iterator[Problem]:
    for key in ("insured", "aided"):
        if number_of(cells, key) % THOUSAND:
            yield Problem(key, "人数要是整数。")


MEDICAL_INSURANCE = Register(
    key="medical_insurance", label="城乡居民医保", group="救助捐赠",
    hint="只填人数和金额。享受医疗补助的人是谁、得了什么病，一律不公示。",
    columns=(
        Column("insured", "参保人数", "number", "人", is_required=True, is_kept=True),
        Column("fee", "个人缴费金额", "money", "元/人", is_required=True, is_kept=True),
        Column("total", "缴费合计", "money", "元"),
        Column("aided", "本季享受医疗补助人数", "number", "人"),
        Column("aided_amount", "医疗补助金额", "money", "元"),
    ),
    formulas={"total": product_of("insured", "fee")},
    checks=(_whole_people, not_more("aided", "insured", "享受补助的人比参保的人多，请核对。")),
    carry=Carry(),
)  # fmt: skip

DUTIES = Register(
    key="duties", label="村干部责任目标", group="干部", heading="责任目标",
    hint="村“两委”成员一人一行，年初写目标，每期写完成情况。",
    columns=(
        Column("name", "姓名", longest=NAME, is_required=True, is_kept=True),
        Column("post", "职务", longest=NAME, is_required=True, is_kept=True),
        Column("task", "分工", is_kept=True),
        Column("aim", "责任目标", longest=LONG, is_required=True, is_kept=True),
        Column("done", "完成情况", longest=LONG),
    ),
    carry=Carry(),
)  # fmt: skip


def _unpaid(cells: Cells, _facts: Facts) -> Value:
    return number_of(cells, "due") - number_of(cells, "paid")


PAY = Register(
    key="pay", label="村干部报酬", group="干部", heading="报酬情况",
    hint="村“两委”成员一人一行。应领、已领都填本期的；没有领齐的会算出还差多少。",
    columns=(
        Column("name", "姓名", longest=NAME, is_required=True, is_kept=True),
        Column("post", "职务", longest=NAME, is_required=True, is_kept=True),
        Column("rate", "工资标准", "money", "元/月", is_required=True, is_kept=True),
        Column("due", "应领数额", "money", is_required=True, is_total=True),
        Column("paid", "已领数额", "money", is_total=True),
        Column("left", "未领数额", "money", is_total=True, is_printed=False, may_be_negative=True),
    ),
    formulas={"left": _unpaid},
    checks=(not_more("paid", "due", "已领的比应领的多，请核对。", is_grave=False),),
    carry=Carry(),
)  # fmt: skip

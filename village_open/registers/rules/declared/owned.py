"""Assets, resources, what is let of them, and the rent that is due."""

from collections.abc import Iterator, Sequence
from datetime import date

from village_open.core.money import format_fen
from village_open.registers.rules.columns import LONG, Cells, Column, Value, day_of, format_number, number_of, text_of
from village_open.registers.rules.formulas import (
    days_late,
    ended_before,
    ended_when_nothing_left,
    needs_one,
    not_after_period,
    not_before,
    not_more,
    sum_of,
    term_of,
)
from village_open.registers.rules.registers import Carry, Facts, Problem, Register

ASSET_KINDS = (
    "房屋建筑物", "机器设备", "运输工具", "农田水利设施", "生物资产", "在建工程", "对外投资", "库存物资", "其他",
)  # fmt: skip
RESOURCE_KINDS = (
    "耕地", "林地", "园地", "四荒地", "草地", "水面", "绿化地", "宅基地", "露天公共场所", "滩涂",
    "集体建设用地", "其它",
)  # fmt: skip
WAYS_OF_USE = ("家庭承包", "发包租赁", "集体自营", "入股合作", "闲置", "其他")
WAYS_OF_DISPOSAL = ("拍卖", "租赁", "征占", "其他")

ASSETS = Register(
    key="assets", label="资产台账", group="资产资源",
    hint="一件或一批资产一行。原值、折旧按账上的填；处置完了期末原值是零，下一期不再带出。",
    columns=(
        Column("name", "资产名称", is_required=True, is_kept=True),
        Column("place", "坐落位置", is_kept=True),
        Column("kind", "种类", "choice", is_required=True, choices=ASSET_KINDS, is_kept=True),
        Column("quantity", "数量", "number", is_kept=True, on_hand_out=False),
        Column("measure", "计量单位", longest=10, is_kept=True, on_hand_out=False),
        Column("opening", "期初原值", "money", is_total=True, is_printed=False),
        Column("added", "本期增加", "money", is_total=True, on_hand_out=False),
        Column("reduced", "本期减少", "money", is_total=True, on_hand_out=False),
        Column("closing", "期末原值", "money", is_total=True),
        Column("worn", "累计折旧", "money", is_total=True, is_kept=True, is_printed=False),
        Column("net", "净值", "money", is_total=True),
        Column("use", "使用情况", longest=LONG, is_kept=True),
    ),
    formulas={"closing": sum_of("opening", "added", "-reduced"), "net": sum_of("closing", "-worn")},
    checks=(
        needs_one(("opening", "added"), "请填写原值：以前就有的填期初原值，本期新增的填本期增加。"),
        not_more("worn", "closing", "累计折旧比期末原值还多，请核对。"),
    ),
    carry=Carry((("opening", "closing"),), ended_when_nothing_left("closing")),
)  # fmt: skip


def running(cells: Cells, first_on: date, last_on: date) -> bool:
    """Tell whether a contract runs on some day between two days; without days it always does."""
    begin, end = day_of(cells, "starts_on"), day_of(cells, "ends_on")
    return (begin is None or begin <= last_on) and (end is None or end >= first_on)


def most_let(resource: str, leases: Sequence[Cells], facts: Facts) -> int:
    """Return the largest area of a resource that is let on one day of the period or later, in thousandths."""
    own = [row for row in leases if text_of(row, "resource") == resource]
    first_on = facts.period.first_on
    # The sum only grows where a contract begins: these days are enough.
    days = [first_on, *(begin for row in own if (begin := day_of(row, "starts_on")) and begin > first_on)]
    return max((sum(number_of(row, "area") for row in own if running(row, day, day)) for day in days), default=0)


def _let(cells: Cells, facts: Facts) -> Value:
    return most_let(text_of(cells, "name"), facts.others.get("leases", ()), facts)


def _area_covers_leases(cells: Cells, _facts: Facts) -> Iterator[Problem]:
    short = number_of(cells, "let") - number_of(cells, "closing")
    if short > 0:
        yield Problem(
            "reduced" if cells.get("reduced") else "opening",
            f"{text_of(cells, 'name')}只有 {format_number(number_of(cells, 'closing'))} 亩，"
            f"合同已经发包 {format_number(number_of(cells, 'let'))} 亩，多出 {format_number(short)} 亩。",
        )


def _names_once(rows: Sequence[Cells], _facts: Facts) -> Iterator[tuple[int, Problem]]:
    seen: set[str] = set()
    for place, row in enumerate(rows):
        name = text_of(row, "name")
        if name in seen:
            yield place, Problem("name", f"台账里已经有“{name}”；名称要分得开，合同才知道租的是哪一块。")
        seen.add(name)


RESOURCES = Register(
    key="resources", label="资源台账", group="资产资源",
    hint="集体的地、水面、林地等，一块一行。面积填亩；发包了多少、还空多少由合同台账算出来。",
    columns=(
        Column("name", "资源名称", is_required=True, is_kept=True),
        Column("place", "坐落位置", is_kept=True),
        Column("kind", "种类", "choice", is_required=True, choices=RESOURCE_KINDS, is_kept=True),
        Column("bounds", "四至", longest=LONG, is_kept=True, on_hand_out=False),
        Column("way", "经营方式", "choice", choices=WAYS_OF_USE, is_kept=True),
        Column("opening", "期初面积", "number", "亩", is_total=True, is_printed=False),
        Column("added", "本期增加", "number", "亩", is_total=True, is_printed=False),
        Column("reduced", "本期减少", "number", "亩", is_total=True, is_printed=False),
        Column("closing", "面积", "number", "亩", is_total=True),
        Column("let", "已发包", "number", "亩", is_total=True),
        Column("free", "未发包", "number", "亩", is_total=True),
        Column("use", "用途", longest=LONG, is_kept=True, on_hand_out=False),
    ),
    formulas={
        "closing": sum_of("opening", "added", "-reduced"), "let": _let, "free": sum_of("closing", "-let"),
    },
    checks=(
        needs_one(("opening", "added"), "请填写面积：以前就有的填期初面积，本期增加的填本期增加。"),
        _area_covers_leases,
    ),
    whole_check=_names_once,
    carry=Carry((("opening", "closing"),), ended_when_nothing_left("closing")),
    needs=("leases",),
)  # fmt: skip


def _never_more_than_free(rows: Sequence[Cells], facts: Facts) -> Iterator[tuple[int, Problem]]:
    """Never let more of a resource than there is, on any day of the period or later."""
    areas = {text_of(row, "name"): number_of(row, "closing") for row in facts.others.get("resources", ())}
    for place, row in enumerate(rows):
        name, area = text_of(row, "resource"), number_of(row, "area")
        if not area:
            continue
        if name not in areas:
            told = "还没有写是哪一块资源" if not name else f"资源台账里没有“{name}”"
            yield place, Problem("resource", f"{told}，没法核对面积够不够。", is_grave=False)
        elif (all_let := most_let(name, rows, facts)) > areas[name]:
            free = areas[name] - (all_let - area)
            yield (
                place,
                Problem(
                    "area",
                    f"{name}共 {format_number(areas[name])} 亩，别的合同已经租出 {format_number(all_let - area)} 亩，"
                    f"只剩 {format_number(max(free, 0))} 亩，这份合同填了 {format_number(area)} 亩。",
                ),
            )


def _dues_of(cells: Cells, facts: Facts) -> list[Cells]:
    contract, tenant, item = (text_of(cells, key) for key in ("contract", "tenant", "item"))
    rows = facts.others.get("lease_dues", ())
    if contract:
        return [row for row in rows if text_of(row, "contract") == contract]
    return [row for row in rows if (text_of(row, "tenant"), text_of(row, "item")) == (tenant, item)]


def _due(cells: Cells, facts: Facts) -> Value:
    return sum(number_of(row, "opening") + number_of(row, "due") for row in _dues_of(cells, facts))


def _received(cells: Cells, facts: Facts) -> Value:
    return sum(number_of(row, "received") for row in _dues_of(cells, facts))


LEASES = Register(
    key="leases", label="发包租赁合同台账", group="资产资源",
    hint="一份合同一行，到期后下一期不再带出。填了资源名称和面积的，系统核对够不够租；应交、已交从“应收承包费、租金”台账来。",
    columns=(
        Column("tenant", "姓名", is_required=True, is_kept=True),
        Column("item", "项目", is_required=True, is_kept=True),
        Column("starts_on", "承包时间", "day", is_required=True, is_kept=True),
        Column("term", "承包期限"),
        Column("due", "应交承包费", "money", is_total=True),
        Column("received", "已交承包费", "money", is_total=True),
        Column("ends_on", "到期日", "day", is_required=True, is_printed=False, is_kept=True),
        Column("contract", "合同编号", longest=30, is_printed=False, is_kept=True),
        Column("resource", "资源名称", is_printed=False, is_kept=True),
        Column("area", "面积", "number", "亩", is_printed=False, is_kept=True),
        Column("yearly", "每年承包费", "money", is_printed=False, is_kept=True),
        Column("schedule", "交款约定", longest=LONG, is_printed=False, is_kept=True),
        Column("use", "用途", is_printed=False, is_kept=True),
    ),
    formulas={"term": term_of("starts_on", "ends_on"), "due": _due, "received": _received},
    checks=(not_before("ends_on", "starts_on", "到期日在承包时间以前，请核对。"),),
    whole_check=_never_more_than_free,
    carry=Carry(ends=ended_before("ends_on")),
    needs=("resources", "lease_dues"),
)  # fmt: skip


def _rent_not_received(rows: Sequence[Cells], _facts: Facts) -> Iterator[str]:
    """Print what was due beside what came in, and what is late."""
    due = sum(number_of(row, "opening") + number_of(row, "due") for row in rows)
    left = sum(number_of(row, "closing") for row in rows)
    received = sum(number_of(row, "received") for row in rows)
    yield f"应收 {format_fen(due)} 元，已收 {format_fen(received)} 元，未收 {format_fen(left)} 元。"
    late = [row for row in rows if number_of(row, "late")]
    if late:
        fen, longest = sum(number_of(row, "closing") for row in late), max(number_of(row, "late") for row in late)
        yield f"逾期未收 {len(late)} 笔，共 {format_fen(fen)} 元，最长逾期 {format_number(longest)} 天。"


def _received_too_much(cells: Cells, _facts: Facts) -> Iterator[Problem]:
    over = -number_of(cells, "closing")
    if over > 0:
        yield Problem("received", f"收的比应收的多 {format_fen(over)} 元；预收的下期再记。")


LEASE_DUES = Register(
    key="lease_dues", label="应收承包费、租金台账", group="资产资源", heading="应收承包费、租金",
    hint="一次应交一行。期初是上期没有收齐的；合同编号或者姓名和项目要与合同台账一样，才对得上。",
    columns=(
        Column("tenant", "姓名", is_required=True, is_kept=True),
        Column("item", "项目", is_required=True, is_kept=True),
        Column("contract", "合同编号", longest=30, is_printed=False, is_kept=True),
        Column("due_on", "应交日期", "day", is_required=True, is_kept=True),
        Column("opening", "上期未收", "money", is_total=True, on_hand_out=False),
        Column("due", "本期应收", "money", is_total=True),
        Column("received", "本期已收", "money", is_total=True),
        Column("closing", "未收", "money", is_total=True),
        Column("late", "逾期天数", "number"),
        Column("note", "备注", longest=LONG, on_hand_out=False, is_kept=True),
    ),
    formulas={"closing": sum_of("opening", "due", "-received"), "late": days_late("due_on", "closing")},
    checks=(
        needs_one(("opening", "due"), "请填写应收的金额：以前欠的填上期未收，本期该交的填本期应收。"),
        _received_too_much,
    ),
    remarks=_rent_not_received,
    carry=Carry((("opening", "closing"),), ended_when_nothing_left("closing")),
)  # fmt: skip


ASSET_DISPOSALS = Register(
    key="asset_disposals", label="资产资源处置、变更", group="资产资源",
    hint="拍卖、出租、被征占或者报废，一件一行，写清经过了什么民主程序。",
    columns=(
        Column("on", "时间", "day", is_required=True),
        Column("name", "名称", is_required=True),
        Column("way", "处置方式", "choice", is_required=True, choices=WAYS_OF_DISPOSAL),
        Column("procedure", "履行民主程序情况", longest=LONG, is_required=True),
        Column("starts_on", "期限起", "day", on_hand_out=False),
        Column("ends_on", "期限止", "day", on_hand_out=False),
        Column("result", "处置结果", longest=LONG, is_required=True),
        Column("amount", "金额", "money", is_total=True),
    ),
    checks=(not_after_period("on"), not_before("ends_on", "starts_on", "期限止在期限起以前，请核对。")),
)  # fmt: skip

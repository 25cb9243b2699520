"""Debts, claims, and funds that keep an account of their own: opening and changes make the closing."""

from collections.abc import Iterator, Sequence

from village_open.core.money import format_fen
from village_open.registers.rules.columns import LONG, NAME, Cells, Column, number_of
from village_open.registers.rules.formulas import (
    AGE_CLASSES,
    age_class,
    ended_when_nothing_left,
    needs_one,
    not_after_period,
    not_overdrawn,
    sum_of,
)
from village_open.registers.rules.registers import Carry, Facts, Register, Remarks

_NOTE = Column("note", "备注", longest=LONG, is_printed=False, is_kept=True)
DEBT_KINDS = ("银行（信用社）贷款", "欠单位和个人款", "其他债务")
CLAIM_KINDS = ("应收单位和个人欠款", "其他债权")


def _by_age(word: str) -> Remarks:
    """Say at the foot of a table what is how old; nothing where nothing is owed."""

    def remark(rows: Sequence[Cells], _facts: Facts) -> Iterator[str]:
        sums = {age: sum(number_of(row, "closing") for row in rows if row.get("age") == age) for age in AGE_CLASSES}
        told = [f"{age} {format_fen(fen)} 元" for age, fen in sums.items() if fen]
        if told:
            yield f"{word}按时间：{'，'.join(told)}。"

    return remark


def _owing(key: str, label: str, kinds: tuple[str, ...], changes: tuple[str, str]) -> Register:
    added, paid = changes
    return Register(
        key=key, label=f"{label}台账", group="债权债务", heading=label,
        hint=f"一笔{label}一行，写清是谁、为什么、什么时候形成；本期没有变动的也留着，还清了下一期自动不再带出。",
        columns=(
            Column("party", "单位或姓名", is_required=True, is_kept=True),
            Column("summary", "摘要", is_required=True, longest=LONG, is_kept=True),
            Column("since", "发生时间", "day", is_required=True, is_kept=True),
            Column("kind", "类别", "choice", is_required=True, choices=kinds, is_printed=False, is_kept=True),
            Column("opening", "期初余额", "money", is_total=True, is_printed=False),
            Column("added", added, "money", is_total=True, is_printed=False),
            Column("paid", paid, "money", is_total=True, is_printed=False),
            Column("closing", "金额", "money", is_total=True),
            Column("age", "账龄", on_hand_out=False),
            Column("term", "形成届次或经手人", longest=NAME, is_printed=False, is_kept=True),
            _NOTE,
        ),
        formulas={"closing": sum_of("opening", "added", "-paid"), "age": age_class("since")},
        checks=(
            needs_one(("opening", "added"), f"请填写{label}的金额：以前形成的填期初余额，本期形成的填{added}。"),
            not_after_period("since"),
            not_overdrawn("closing", "paid"),
        ),
        remarks=_by_age(label),
        carry=Carry((("opening", "closing"),), ended_when_nothing_left("closing")),
    )  # fmt: skip


DEBTS = _owing("debts", "债务", DEBT_KINDS, ("本期增加", "本期归还"))
CLAIMS = _owing("claims", "债权", CLAIM_KINDS, ("本期增加", "本期收回"))

SPECIAL_FUNDS = Register(
    key="special_funds", label="专项资金台账", group="专项资金",
    hint="上级拨的、捐的或者另外筹的，只能用在指定地方的钱，一项一行，单独看收、支、余。",
    columns=(
        Column("name", "资金名称", is_required=True, is_kept=True),
        Column("source", "资金来源", is_kept=True),
        Column("opening", "上期结余", "money", is_total=True),
        Column("received", "本期收入", "money", is_total=True),
        Column("spent", "本期支出", "money", is_total=True),
        Column("closing", "本期结余", "money", is_total=True),
        Column("purpose", "用途", longest=LONG, is_required=True, is_kept=True, on_hand_out=False),
        Column("note", "备注", longest=LONG, on_hand_out=False, is_kept=True),
    ),
    formulas={"closing": sum_of("opening", "received", "-spent")},
    checks=(
        needs_one(("opening", "received"), "请填写金额：以前收到的填上期结余，本期收到的填本期收入。"),
        not_overdrawn("closing", "spent"),
    ),
    carry=Carry((("opening", "closing"),), ended_when_nothing_left("closing")),
)  # fmt: skip

LAND_COMPENSATION = Register(
    key="land_compensation", label="征地补偿费台账", group="专项资金",
    hint="一次征收一行：补了多少、分给农户多少、集体用了多少、还剩多少。",
    columns=(
        Column("project", "征收项目", is_required=True, is_kept=True),
        Column("plot", "地块", is_kept=True),
        Column("area", "征收面积", "number", "亩", is_total=True, is_kept=True),
        Column("opening", "上期结余", "money", is_total=True),
        Column("received", "本期收到", "money", is_total=True),
        Column("paid", "分给农户", "money", is_total=True),
        Column("spent", "集体使用", "money", is_total=True),
        Column("closing", "本期结余", "money", is_total=True),
        Column("use", "使用、分配情况", longest=LONG, on_hand_out=False, is_kept=True),
    ),
    formulas={"closing": sum_of("opening", "received", "-paid", "-spent")},
    checks=(
        needs_one(("opening", "received"), "请填写金额：以前收到的填上期结余，本期收到的填本期收到。"),
        not_overdrawn("closing", "paid"),
    ),
    carry=Carry((("opening", "closing"),), ended_when_nothing_left("closing")),
)  # fmt: skip

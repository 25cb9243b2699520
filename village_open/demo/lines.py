"""The demo's ledger lines: deterministic, invented, and such as villages really post."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from village_open.core.periods import Period
from village_open.demo.roster import DemoVillage
from village_open.finance.rules import LineInput

CASH, BANK = "现金", "银行存款"
PAID_IN_CASH = 5
"""Small sums a quarter from the box."""
MANY = 100
_IN_CASH = -1


@dataclass(frozen=True)
class _Kind:
    """A kind of line: heading, account, wording, other side, and the range of its amount in yuan."""

    kind: str
    item: str
    code: str
    name: str
    summary: str
    payee: str
    yuan: tuple[int, int]
    account: str = BANK
    months: tuple[int, ...] = ()
    """When such a thing happens; at any time without."""


_INCOME = (
    _Kind("income", "CW0201", "501", "经营收入", "门面房租金（{month}月）", "镇供销社门市部", (2400, 4800)),
    _Kind("income", "CW0202", "501", "经营收入", "鱼塘承包款，{area}亩", "承包户", (3000, 9000)),
    _Kind("income", "CW0205", "503", "补助收入", "村级组织运转经费", "镇财政所", (15000, 32000)),
    _Kind("income", "CW0206", "503", "补助收入", "农村人居环境整治项目补助", "县农业农村局", (20000, 60000)),
    _Kind("income", "CW0209", "504", "其他收入", "爱心企业捐资助学", "云岭建材公司", (1000, 5000), months=(8, 9)),
    _Kind("income", "CW0211", "504", "其他收入", "存款利息", "农村商业银行", (20, 260)),
)
_EXPENSE = (
    _Kind("expense", "CW0302", "513", "管理费用", "村干部误工补贴（{month}月，{n}人）", "村干部", (4200, 9600)),
    _Kind(
        "expense", "CW0304", "513", "管理费用", "办公用品：打印纸{n}箱、笔、档案盒", "文兴办公用品店", (180, 960), CASH
    ),
    _Kind("expense", "CW0304", "513", "管理费用", "村委会电费（{month}月）", "县供电公司", (160, 720)),
    _Kind("expense", "CW0304", "513", "管理费用", "到县里参加培训差旅费，{n}人", "参训人员", (120, 680), CASH),
    _Kind("expense", "CW0304", "513", "管理费用", "村民代表会议用水、资料复印{n}0份", "李记便利店", (60, 320), CASH),
    _Kind("expense", "CW0305", "514", "公益支出", "路灯电费和灯泡更换{n}盏", "县供电公司", (380, 1900)),
    _Kind("expense", "CW0305", "514", "公益支出", "环境卫生保洁员工资（{month}月，{n}人）", "保洁员", (1500, 4500)),
    _Kind(
        "expense",
        "CW0305",
        "514",
        "公益支出",
        "水渠清淤{area}0米，人工和机械",
        "河东机械队",
        (2600, 8800),
        months=(3, 4, 5, 9, 10, 11),
    ),
    _Kind("expense", "CW0305", "514", "公益支出", "重阳节敬老慰问，老人{n}0名", "惠民超市", (1200, 3600), months=(10,)),
    _Kind("expense", "CW0305", "514", "公益支出", "端午节慰问困难户，{n}户", "惠民超市", (600, 1800), months=(6,)),
    _Kind("expense", "CW0305", "514", "公益支出", "春节慰问困难户，{n}户", "惠民超市", (900, 2700), months=(1, 2)),
    _Kind("expense", "CW0306", "151", "固定资产", "购置广播喇叭{n}只并安装", "声远电子", (1800, 5200)),
    _Kind("expense", "CW0308", "514", "公益支出", "特困户临时救济，{n}户", "受助户", (600, 2400), CASH),
    _Kind("expense", "CW0310", "515", "其他支出", "银行转账手续费", "农村商业银行", (5, 60)),
    _Kind(
        "expense",
        "CW0301",
        "511",
        "经营支出",
        "门面房屋面防水维修",
        "宏达防水队",
        (1500, 6200),
        months=(4, 5, 6, 7, 8, 9),
    ),
)
_YEARLY = _Kind(
    "expense", "CW0303", "513", "管理费用", "订阅下一年党报党刊{n}份", "县邮政分公司", (900, 1600), months=(10, 11)
)


@dataclass(frozen=True)
class Hands:
    """Who spends, witnesses and approves in a village."""

    handlers: Sequence[str]
    witness: str
    approver: str


def quarter_lines(village: DemoVillage, period: Period, hands: Hands, accounts: dict[str, int]) -> list[LineInput]:
    """Return the lines of a village's quarter in the order of days; the same each time.

    Args:
        village: whose lines.
        period: the quarter.
        hands: names for the columns 经手人, 证明人, 审批人.
        accounts: money account id by name.
    """
    dice = random.Random(f"{village.code}{period.code}")  # noqa: S311 - a demo must be the same each time
    wanted = 300 if village.habit.many_lines_in == period.code else village.habit.lines
    in_season = [kind for kind in _EXPENSE if _months_of(kind, period)]
    kinds = [*_fixed(period), *(dice.choice(in_season) for _ in range(wanted))][: wanted - 3]
    lines = [_line(kind, period, hands, dice) for kind in kinds]
    lines = _within_the_box(lines, accounts, share=10 if wanted > MANY else 1)
    lines += [_withdrawal(month, hands, accounts, dice) for month in period.months]
    return sorted(lines, key=lambda line: (line.on, line.kind != "transfer"))


def _fixed(period: Period) -> list[_Kind]:
    """What comes every quarter: rent, running costs, pay; newspapers once a year."""
    fixed = [_INCOME[0], _INCOME[2], _INCOME[5], _EXPENSE[0], _EXPENSE[0], _EXPENSE[0], _INCOME[1], _EXPENSE[6]]
    fixed += [_INCOME[3]] if period.number in (2, 3) else []
    fixed += [_INCOME[4]] if period.number == 3 else []
    return fixed + ([_YEARLY] if period.number == 4 else [])


def _months_of(kind: _Kind, period: Period) -> list[Period]:
    """The months of a quarter in which such a thing happens."""
    return [month for month in period.months if not kind.months or month.number in kind.months]


def _line(kind: _Kind, period: Period, hands: Hands, dice: random.Random) -> LineInput:
    month = dice.choice(_months_of(kind, period))
    on = month.first_on + timedelta(days=dice.randrange((month.last_on - month.first_on).days + 1))
    low, high = kind.yuan
    fen = dice.randrange(low, high) * 100 + dice.choice((0, 0, 0, 50, 80, 36))
    words = {"month": on.month, "n": dice.randrange(2, 7), "area": dice.randrange(3, 15)}
    return LineInput(
        on=on, kind=kind.kind, summary=kind.summary.format(**words), amount_fen=fen,
        account_id=_IN_CASH if kind.account == CASH else 0, voucher=f"记-{dice.randrange(1, 90)}", item_key=kind.item,
        account_code=kind.code, account_name=kind.name, payee=kind.payee, handler=dice.choice(hands.handlers),
        witness=hands.witness if kind.kind == "expense" else "",
        approver=hands.approver if kind.kind == "expense" else "",
    )  # fmt: skip


def _within_the_box(lines: list[LineInput], accounts: dict[str, int], *, share: int) -> list[LineInput]:
    """Pay the first small sums from the cash box and all else from the bank; many lines are smaller lines."""
    in_cash, settled = 0, []
    for line in lines:
        from_box = line.account_id == _IN_CASH and in_cash < PAID_IN_CASH
        in_cash += from_box
        account_id = accounts[CASH if from_box else BANK]
        fen = line.amount_fen // share if line.kind == "expense" else line.amount_fen
        settled.append(replace(line, account_id=account_id, amount_fen=max(1, fen)))
    return settled


def _withdrawal(month: Period, hands: Hands, accounts: dict[str, int], dice: random.Random) -> LineInput:
    return LineInput(
        on=month.first_on, kind="transfer", summary=f"{month.number}月提取备用金",
        amount_fen=dice.randrange(10, 26) * 10000, account_id=accounts[BANK], to_account_id=accounts[CASH],
        voucher="银付-1", handler=hands.handlers[0], approver=hands.approver,
    )  # fmt: skip


def opening_fen(village: DemoVillage) -> dict[str, int]:
    """Return what lay in the box and at the bank when the village joined, in fen by account name."""
    dice = random.Random(f"opening{village.code}")  # noqa: S311 - a demo must be the same each time
    return {CASH: dice.randrange(800, 2600) * 100 + 50, BANK: dice.randrange(120_000, 480_000) * 100 + 36}

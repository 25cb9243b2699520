"""Made-up content of a finance disclosure: 青山镇李家村, invented names and figures."""

from datetime import date, timedelta
from typing import Any

INCOME_ITEMS = (
    "产品销售收入、租赁收入、服务收入等集体经营收入",
    "发包及上交收入",
    "投资收入",
    "“一事一议”筹资及以资代劳款项",
    "村级组织运转经费财政补助款项",
    "上级专项补助款项",
    "征占土地补偿款项",
    "救济扶贫款项",
    "社会捐赠款项",
    "资产处置收入",
    "其他收入",
)
EXPENSE_ITEMS = (
    "集体经营支出",
    "村组（社）干部报酬",
    "报刊费支出",
    "办公费、差旅费、会议费、卫生费、治安费等管理费支出",
    "集体公益福利支出",
    "固定资产购建支出",
    "征占土地补偿支出",
    "救济扶贫专项支出",
    "社会捐赠支出",
    "其他支出",
)
_ITEMS = {
    "income": [(f"CW02{n:02d}", label) for n, label in enumerate(INCOME_ITEMS, start=1)],
    "expense": [(f"CW03{n:02d}", label) for n, label in enumerate(EXPENSE_ITEMS, start=1)],
}
_CODES = {"income": ("501", "经营收入"), "expense": ("513", "管理费用")}
_SUMMARIES = (
    "支付村部电费（7—9月）",
    "购买打印纸、墨盒等办公用品",
    "收村东鱼塘承包款",
    "修补二组至三组机耕路，砂石料45立方米、人工12个工日，含挖掘机台班及运费，详见验收单",
    "发放村组干部误工补贴",
    "收上级村级组织运转经费补助",
    "慰问困难户米面油",
    "清运生活垃圾运费",
)
_PEOPLE = ("李建国", "王桂兰", "赵守田", "阿卜杜热合曼·买买提", "周春梅", "孙德厚")
SLOTS = {
    "finance_lines": ["农经站长签字", "会计服务站签字", "村委会主任签字", "民主理财小组签章"],
    "finance_summary": ["镇主管领导签字", "村委会主任签字", "民主理财小组签章"],
}
SIGNERS = [
    ("民主理财小组组长", "王桂兰", "同意", "", "2026-10-06"),
    ("民主理财小组成员", "赵守田", "同意", "", "2026-10-06"),
    ("民主理财小组成员", "周春梅", "保留意见", "第4笔修路款没有附工程量签证，建议补齐后复核。", "2026-10-06"),
    ("村务监督小组组长", "孙德厚", "同意", "", "2026-10-08"),
    ("村务监督小组成员", "马长顺", "同意", "", "2026-10-08"),
    ("村务监督小组成员", "李秋菊", "回避", "", "2026-10-08"),
]


def a_line(number: int, kind: str, amount_fen: int, **changes: Any) -> dict[str, Any]:
    """One ledger line; `changes` replace fields."""
    side = "income" if kind == "income" else "expense"
    item, label = _ITEMS[side][number % 10]
    code, name = _CODES[side]
    line = {
        "number": number,
        "on": "2026-07-03",
        "voucher": f"记-{number}",
        "summary": _SUMMARIES[number % len(_SUMMARIES)],
        "kind": kind,
        "amount_fen": amount_fen,
        "account": "现金",
        "to_account": "银行存款" if kind == "transfer" else "",
        "item": item if kind in _ITEMS else "",
        "item_label": label if kind in _ITEMS else "",
        "code": code,
        "code_name": name,
        "payee": "",
        "handler": _PEOPLE[number % len(_PEOPLE)],
        "witness": _PEOPLE[(number + 1) % len(_PEOPLE)],
        "approver": _PEOPLE[(number + 2) % len(_PEOPLE)],
        "note": "",
        "receipts": 1,
        "balance_fen": 0,
        "mark": "passed",
        "objection": "",
        "answer": "",
    }
    return {**line, **changes}


def some_lines(count: int) -> list[dict[str, Any]]:
    """A quarter of lines over its 92 days: income, expense, now and then a transfer, one disputed."""
    lines = []
    for number in range(1, count + 1):
        kind = "transfer" if number % 17 == 5 else "income" if number % 3 == 0 else "expense"
        summary = "现金存入银行" if kind == "transfer" else _SUMMARIES[number % len(_SUMMARIES)]
        day = date(2026, 7, 1) + timedelta(days=(number - 1) * 91 // max(1, count - 1))
        lines.append(a_line(number, kind, 12_345 * number % 987_654 + 5_000, on=day.isoformat(), summary=summary))
    if count >= 4:
        objection = "工程量与现场不符，少12立方米。"
        lines[3] |= {"mark": "queried", "objection": objection, "answer": "已请施工方复测，下季公布结果。"}
    return lines


def a_content(lines: list[dict[str, Any]], opening_fen: int = 8_765_432, **changes: Any) -> dict[str, Any]:
    """The content of a disclosure over the lines, balanced by an arithmetic of its own."""
    balance, cash, moved = opening_fen, opening_fen // 4, 0
    for line in lines:
        signed = {"income": 1, "expense": -1, "transfer": 0, "correct": 1}[line["kind"]] * line["amount_fen"]
        balance += signed
        moved += line["amount_fen"] if line["kind"] == "transfer" else 0
        line["balance_fen"] = balance
    income = sum(line["amount_fen"] for line in lines if line["kind"] == "income")
    expense = sum(line["amount_fen"] for line in lines if line["kind"] == "expense")
    corrected = sum(line["amount_fen"] for line in lines if line["kind"] == "correct")
    bank = opening_fen - cash
    content = {
        "format": "village-open.finance.1",
        "number": "青山镇李家村〔2026〕财公3号",
        "county": "云岭县",
        "township": {"code": "990101100", "name": "青山镇"},
        "village": {"code": "990101100201", "name": "李家村"},
        "period": "2026Q3",
        "prepared_by": "李家村村民委员会",
        "provisional": "",
        "opening_basis": "",
        "money_accounts": [
            _account("现金", "cash", (cash, income, expense, 0, moved), corrected),
            _account("银行存款（农信社）", "bank", (bank, 0, 0, moved, 0)),
        ],
        "totals": {
            "opening_fen": opening_fen,
            "income_fen": income,
            "expense_fen": expense,
            "closing_fen": opening_fen + corrected + income - expense,
            **({"correction_fen": corrected} if corrected else {}),
        },
        "ytd": {"income_fen": income + 5_000_000, "expense_fen": expense + 4_000_000},
        "lines": lines,
        "items": [_item(side, key, label, lines) for side in _ITEMS for key, label in _ITEMS[side]],
        "accounts": [
            {"code": "501", "name": "经营收入", "side": "income", "this_fen": income, "ytd_fen": income + 5_000_000},
            {"code": "513", "name": "管理费用", "side": "expense", "this_fen": expense, "ytd_fen": expense + 4_000_000},
        ],
        "signers": [dict(zip(("slot", "name", "decision", "note", "on"), row, strict=True)) for row in SIGNERS],
        "slots": SLOTS,
        "confirmed": {"body": "村党组织、村民委员会联席会议", "on": "2026-10-09", "note": ""},
        "privacy_check": {"by": "陈思远", "on": "2026-10-10"},
        "posting": {"from": "2026-10-12", "to": "2026-10-27", "explained": "不少于15日，起始当日不计入"},
        "supervision_phone": "0990-1234567",
        "objection": {"how": "向村务监督小组组长孙德厚或镇村务公开办公室书面、口头提出", "until": "2026-10-27"},
        "issued_on": "2026-10-12",
    }
    return {**content, **changes}


def _account(name: str, kind: str, flows: tuple[int, int, int, int, int], corrected: int = 0) -> dict[str, Any]:
    opening, income, expense, come, gone = flows
    closing = opening + corrected + income - expense + come - gone
    names = ("opening_fen", "income_fen", "expense_fen", "transfer_in_fen", "transfer_out_fen", "closing_fen")
    figures = dict(zip(names, (*flows, closing), strict=True))
    return {"name": name, "kind": kind, **figures, **({"correction_fen": corrected} if corrected else {})}


def _item(side: str, key: str, label: str, lines: list[dict[str, Any]]) -> dict[str, Any]:
    this = sum(line["amount_fen"] for line in lines if line["item"] == key)
    return {"key": key, "side": side, "label": label, "this_fen": this, "ytd_fen": this * 2}

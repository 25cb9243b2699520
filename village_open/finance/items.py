"""The headings under which villages disclose income and expense (农经发〔2011〕13号), and a guess at the right one."""

from dataclasses import dataclass
from typing import Literal

Side = Literal["income", "expense"]


@dataclass(frozen=True)
class DisclosureItem:
    """One heading: its catalogue key, its wording, and which side it is on."""

    key: str
    label: str
    side: Side


INCOME_ITEMS = tuple(
    DisclosureItem(f"CW02{number:02d}", label, "income")
    for number, label in enumerate(
        (
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
        ),
        1,
    )
)
EXPENSE_ITEMS = tuple(
    DisclosureItem(f"CW03{number:02d}", label, "expense")
    for number, label in enumerate(
        (
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
        ),
        1,
    )
)
ITEMS = {item.key: item for item in (*INCOME_ITEMS, *EXPENSE_ITEMS)}
"""Every heading by its key, income before expense."""
_BY_LABEL = {item.label: item for item in ITEMS.values()}

# The first word found decides, so the narrow words stand before the wide ones.
_DONATIONS: dict[Side, str] = {"income": "CW0209", "expense": "CW0309"}
_DONATED = ("捐赠", "捐款", "捐资", "赞助")
"""A gift is named by its giver, whatever it is for: 社会捐赠扶贫款, or a gift booked as 其他收入, stays a gift."""
_WORDS: dict[Side, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "income": (
        ("CW0207", ("土地补偿", "征地", "占地", "青苗")),
        ("CW0204", ("一事一议", "筹资", "以资代劳")),
        ("CW0208", ("救济", "扶贫", "救灾", "慰问", "帮扶")),
        ("CW0210", ("处置", "变卖", "拍卖", "报废", "固定资产清理")),
        ("CW0205", ("运转经费", "办公经费", "转移支付", "报酬补助")),
        ("CW0206", ("专项", "补助", "项目资金", "奖补", "拨款")),
        ("CW0203", ("投资收", "分红", "股金", "股息")),
        ("CW0202", ("发包", "承包", "上交", "上缴", "流转")),
        ("CW0201", ("租金", "租赁", "出租", "房租", "销售", "经营收入", "服务收入", "劳务收入", "光伏", "电费收入")),
        ("CW0211", ("利息", "罚款", "其他收入")),
    ),
    "expense": (
        ("CW0307", ("土地补偿", "征地", "占地", "青苗")),
        ("CW0308", ("救济", "扶贫", "救灾")),
        ("CW0303", ("报刊", "报纸", "杂志", "党报")),
        ("CW0302", ("干部报酬", "干部工资", "应付工资", "误工", "补贴", "报酬", "工资")),
        ("CW0306", ("固定资产", "在建工程", "购建", "工程款", "购置", "修建", "新建")),
        (
            "CW0305",
            (
                "公益",
                "福利",
                "慰问",
                "困难补助",
                "五保",
                "军属",
                "敬老",
                "老年",
                "路灯",
                "环境",
                "绿化",
                "文体",
                "合作医疗",
            ),
        ),
        (
            "CW0304",
            (
                "管理费",
                "办公",
                "差旅",
                "会议",
                "卫生",
                "治安",
                "电话",
                "水电",
                "电费",
                "网费",
                "维修",
                "修理",
                "打印",
                "邮",
            ),
        ),
        ("CW0301", ("经营支出", "生产成本", "成本", "农资", "化肥", "种子", "农药", "灌溉")),
        ("CW0310", ("利息支出", "罚款", "坏账", "其他支出", "手续费")),
    ),
}


def find_item(text: str) -> DisclosureItem | None:
    """Return the heading that a key or an exact wording names, or nothing."""
    plain = text.strip()
    return ITEMS.get(plain.upper()) or _BY_LABEL.get(plain)


def suggest_item(account_code: str, account_name: str, summary: str, side: Side) -> str:
    """Guess the heading of a line from the account's name, then from the summary; nothing when no word tells.

    The name decides before the code: a code means different things in the two charts. The code tells only where no
    name does, and only what both charts agree on.
    """
    if any(word in account_name + summary for word in _DONATED):
        return _DONATIONS[side]
    for text in (account_name, summary):
        for key, words in _WORDS[side]:
            if any(word in text for word in words):
                return key
    return _by_code(account_code, side)


def _by_code(code: str, side: Side) -> str:
    # Projects (151 固定资产) and community works (231 一事一议资金) have the same code in 2004 and in 2023.
    if side == "expense" and code.startswith("151"):
        return "CW0306"
    return "CW0204" if side == "income" and code.startswith("231") else ""

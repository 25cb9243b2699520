"""The table of rules that the bodies of a village decide by, as it was collected from the law (15 rows)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One row: the source, and what it says of notice, quorum, passing and calling; empty: nothing."""

    source: str
    notice: str = ""
    quorum: str = ""
    passing: str = ""
    callers: str = ""


ROWS = {
    "村民会议": Row(
        "ORG-2025 Art 25-26", "10 days, 特殊情况可临时",
        ">1/2 of villagers aged 18+ or representatives of >=2/3 of households", ">1/2 of attendees",
        "1/10 villagers or 1/3 代表",
    ),
    "村民代表会议": Row(
        "ORG-2025 Art 29-30", "national none; SD 5; BJ/CQ/ZJ 3; SH 10", ">=2/3 of 组成人员; SD also >=2/3 of 妇女代表",
        ">1/2 of attendees", ">=1/5 代表",
    ),
    "村民小组会议": Row(
        "ORG-2025 Art 32", quorum=">=2/3 of 18+ in group or >=2/3 of households", passing=">1/2 of attendees",
    ),
    "罢免村委会成员": Row(
        "ORG-2025 Art 19", quorum=">1/2 of registered voters vote", passing=">1/2 of those who voted",
        callers="1/5 选民 or 1/3 代表",
    ),
    "村务监督委员会推选": Row(
        "ORG-2025 Art 37", quorum="of 村民会议 or 村民代表会议", passing=">1/2 of attendees",
    ),
    "民主评议": Row(
        "ORG-2025 Art 38", "CQ: plan 10 days before", "of 村民会议 or 村民代表会议",
        "two 不称职 in a row end the office",
    ),
    "成员大会": Row("REC Art 27", "10 days", ">=2/3 of members with full capacity", ">=2/3 of ALL members"),
    "成员代表大会": Row("REC Art 28", passing=">=2/3 of ALL 代表; not items 1, 3, 8, 10, 12"),
    "理事会": Row("REC Art 31", quorum=">=2/3 of 理事", passing=">1/2 of ALL 理事"),
    "非成员享权利": Row("REC Art 15", "10 days", ">=2/3 of members", ">=3/4 of ALL members"),
    "土地发包给集体以外": Row(
        "LAND-CONTRACT Art 52; SC 2025 Art 27", passing=">=2/3 of members or of 代表; SC: of ALL 成员大会 members",
    ),
    "家庭承包方案": Row("LAND-CONTRACT Art 19(3)", passing=">=2/3 of members or of 代表"),
    "一事一议筹资筹劳": Row(
        "YSYY", quorum=">1/2 of 18+ or >=2/3 of households; 代表 must represent >=2/3 of households",
        passing=">1/2 of attendees", callers="1/10 村民 or 1/5 代表",
    ),
    "党员大会审议": Row(
        "local procedure documents", "3 days", ">=2/3 of party members with a vote", ">1/2 of 应到会党员",
    ),
    "联名要求公开": Row(
        "SD Art 8, SC Art 8(16), CQ Art 27(10), HI 2025", callers="1/10 villagers or 1/5 代表; HI 1/10 or 1/3",
    ),
}  # fmt: skip

"""Made-up content of a board announcement: 青山镇李家村, the eighteen living sections of the template of nineteen."""

from typing import Any

from tests.notices.sheet_content import a_content

LONG_NAME = "阿卜杜热合曼买买提艾力江"
"""Twelve characters."""
ELEVEN_DIGITS = 99_999_999_999
TEXT, MONEY, NUMBER, DAY = "text", "money", "number", "day"

# Sheet, order, heading, and for each table its heading, its columns by label and kind, and its rows.
_SECTIONS: tuple[tuple[int, int, str, list[tuple[str, list[tuple[str, str]], list[list[Any]]]]], ...] = (
    (1, 2, "村“两委”成员责任目标及报酬情况", [
        ("责任目标", [("姓名", TEXT), ("职务", TEXT), ("分工", TEXT), ("责任目标", TEXT), ("完成情况", TEXT)],
         [["李建国", "村委会主任", "全面工作", "完成二组至三组机耕路修缮，全年不新增债务", "已完成"],
          [LONG_NAME, "村委会委员", "治安调解", "矛盾纠纷调解率不低于98%", "正在进行"]]),
        ("报酬情况", [("姓名", TEXT), ("职务", TEXT), ("工资标准（元/月）", MONEY), ("应领数额", MONEY),
                    ("已领数额", MONEY)],
         [["李建国", "村委会主任", 280_000, 840_000, 840_000], [LONG_NAME, "村委会委员", 200_000, 600_000, 400_000]]),
    ]),
    (1, 3, "“两会”决策事项", [
        ("", [("会议", TEXT), ("时间", DAY), ("决策事项", TEXT), ("结果", TEXT)],
         [["村民代表会议", "2026-08-11", "修缮二组至三组机耕路，应到42人，实到29人，同意24票", "通过"]]),
    ]),
    (1, 4, "乡村建设项目情况", [
        ("", [("项目名称", TEXT), ("自建或帮建部门", TEXT), ("资金来源", TEXT), ("资金使用情况", TEXT),
              ("项目进度", TEXT)],
         [["机耕路修缮", "自建", "自筹", "已付200,000.00元", "已验收"]]),
    ]),
    (2, 6, "集体资产资源处置、变更情况", [
        ("", [("时间", DAY), ("名称", TEXT), ("处置方式", TEXT), ("履行民主程序情况", TEXT), ("期限", TEXT),
              ("处置结果", MONEY)],
         [["2026-07-20", "旧拖拉机一台", "拍卖", "村民代表会议通过", "", 1_200_000],
          ["2026-09-02", "原小学校舍", "租赁", "村民会议通过", "2026年9月至2036年8月", ELEVEN_DIGITS]]),
    ]),
    (2, 7, "各业承包情况", [
        ("", [("姓名", TEXT), ("项目", TEXT), ("承包时间", DAY), ("承包期限", TEXT), ("应交承包费", MONEY),
              ("已交承包费", MONEY)],
         [["赵守田", "村东鱼塘", "2024-01-01", "5年", 1_500_000, 1_500_000],
          ["周春梅", "北坡果园23.5亩", "2022-03-01", "10年", 940_000, 0]]),
    ]),
    (2, 8, "宅基地安排", [
        ("", [("姓名", TEXT), ("安排理由", TEXT), ("批准面积", TEXT), ("批准时间", DAY), ("批准单位", TEXT),
              ("备注", TEXT)], []),
    ]),
    (2, 9, "耕地地力保护补贴等资金发放情况", [
        ("", [("补贴项目", TEXT), ("上级拨付金额", MONEY), ("发放面积", NUMBER), ("亩均", MONEY),
              ("实际发放金额", MONEY)],
         [["耕地地力保护补贴", 12_345_600, 1_543_200, 8_000, 12_345_600]]),
    ]),
    (2, 10, "一事一议情况", [
        ("", [("事由", TEXT), ("方案", TEXT), ("村民代表会议表决情况", TEXT), ("落实情况", TEXT)], []),
    ]),
    (2, 11, "救灾款物发放情况", [
        ("上级拨发及捐赠", [("来源", TEXT), ("款额", MONEY), ("物品（品名、数量）", TEXT)],
         [["县应急管理局", 500_000, "棉被20床"]]),
        ("发放情况", [("姓名", TEXT), ("理由", TEXT), ("款额", MONEY), ("物品（品名、数量）", TEXT)],
         [["王某某", "房屋进水", 50_000, "棉被2床"]]),
    ]),
    (3, 12, "集体经济和公益事业承包情况", [
        ("项目立项及承包方案",
         [("项目", TEXT), ("经费来源", TEXT), ("承包人", TEXT), ("承包金额", MONEY), ("备注", TEXT)],
         [["机耕路修缮", "集体自筹", "恒达建筑公司", 34_000_000, ""]]),
    ]),
    (3, 13, "债权债务情况", [
        ("债务", [("单位或姓名", TEXT), ("摘要", TEXT), ("发生时间", DAY), ("金额", MONEY)],
         [["镇农村信用社", "修水渠借款", "2019-05-06", 8_000_000]]),
        ("债权", [("单位或姓名", TEXT), ("摘要", TEXT), ("发生时间", DAY), ("金额", MONEY)],
         [["孙某", "欠交2025年承包费", "2025-12-31", 300_000], ["周某", "欠交2025年水费", "2025-12-31", 1_230]]),
    ]),
    (3, 14, "集体用工情况", [
        ("", [("项目", TEXT), ("出工人员姓名", TEXT), ("工数（个）", NUMBER), ("报酬标准（元/日）", MONEY),
              ("用工费（元）", MONEY)],
         [["清理水渠", LONG_NAME, 12_500, 15_000, 187_500]]),
    ]),
    (3, 15, "双述双评", [
        ("村“两委”", [("评议对象", TEXT), ("评价档次", TEXT)], [["村党支部", "满意"], ["村民委员会", "基本满意"]]),
        ("村干部", [("姓名", TEXT), ("评价档次", TEXT)], [["李建国", "满意"]]),
    ]),
    (3, 16, "农村低保政策落实情况", [
        ("", [("户名", TEXT), ("理由", TEXT), ("补贴金额（元）", MONEY)], [["王某某", "重病", 120_000]]),
    ]),
    (3, 17, "特困人员供养情况", [
        ("", [("户名", TEXT), ("供养方式", TEXT), ("标准", MONEY)], [["马某某", "分散供养", 98_000]]),
    ]),
    (3, 18, "城乡居民医保情况", [
        ("", [("参保人数", NUMBER), ("个人缴费金额（元）", MONEY)], [[1_102_000, 40_000]]),
    ]),
    (3, 19, "群众关心的其他事项", []),
)  # fmt: skip
FINANCE_ROWS = [
    ["07", "03", "支付村部电费（7—9月）", 0, 186_420, "李建国"],
    ["7", "15", "收村东鱼塘承包款", 1_500_000, 0, "李建国"],
    ["8", "22", "修补二组至三组机耕路，砂石料45立方米、人工12个工日，含挖掘机台班及运费", 0, 420_000, LONG_NAME],
]


def columns_in_order(order: int) -> list[list[str]]:
    """The labels of the columns of each table of a section, as the template of nineteen has them."""
    tables = next(section[3] for section in _SECTIONS if section[1] == order)
    return [[label for label, _ in columns] for _, columns, _ in tables]


def headings() -> dict[int, str]:
    """The heading of each living section but the first, by its number."""
    return {order: heading for _, order, heading, _ in _SECTIONS}


def a_board(*, with_money: bool = True, **rows_of: list[list[Any]]) -> dict[str, Any]:
    """A board of all sections; `s13=[…]` puts other rows into the last table of section 13."""
    sections = [_section(*row, rows_of.get(f"s{row[1]}")) for row in _SECTIONS]
    told = {
        "kind": "board", "heading": "村务公开栏", "note": "",
        "panel": {"rows": [
            ["人口", "1,203人"], ["户数", "348户"], ["村民小组", "6个"],
            ["村务公开领导小组", "组长：李建国；副组长：赵守田"],
            ["村务监督委员会", f"主任：孙德厚；成员：马长顺、{LONG_NAME}"], ["廉政监督员", "李秋菊"],
            ["举报电话", "0990-1234567"],
        ]},
        "sections": sections, "finance": _finance() if with_money else {},
    }  # fmt: skip
    frame = {key: value for key, value in a_content([]).items() if key not in _MONEY_KEYS}
    return {
        **frame, "format": "village-open.board.1", "number": "青山镇李家村〔2026〕事公7号", "announcement": told,
        "slots": {"board": ["村委会主任签字", "村务监督委员会主任签字"]},
    }  # fmt: skip


_MONEY_KEYS = {"money_accounts", "totals", "ytd", "lines", "items", "accounts", "provisional", "opening_basis"}


def _section(sheet: int, order: int, heading: str, tables: list[Any], rows: list[list[Any]] | None) -> dict[str, Any]:
    built = [_table(*table) for table in tables]
    if rows is not None:
        built[-1] = _table(*tables[-1][:2], rows)
    return {
        "item": f"CW{order:02d}", "order": order, "sheet": sheet, "heading": heading, "group": "村务",
        "basis": "村民委员会组织法（2025年修订）", "nothing": not any(table["rows"] for table in built), "note": "",
        "tables": built,
    }  # fmt: skip


def _table(heading: str, columns: list[tuple[str, str]], rows: list[list[Any]]) -> dict[str, Any]:
    summed = len(rows) > 1 and any(kind == MONEY for _, kind in columns)
    sums = [sum(row[i] for row in rows) if kind == MONEY else "" for i, (_, kind) in enumerate(columns)]
    return {
        "key": "made_up", "heading": heading, "rows": rows,
        "columns": [
            {"key": f"c{index}", "label": label, "kind": kind, "hand_out": True}
            for index, (label, kind) in enumerate(columns)
        ],
        "totals": ["合计", *sums[1:]] if summed else [], "remarks": [],
    }  # fmt: skip


def _finance() -> dict[str, Any]:
    income, expense = (sum(row[place] for row in FINANCE_ROWS) for place in (3, 4))
    opening = 8_765_432
    return {
        "number": "青山镇李家村〔2026〕财公3号", "code": "", "opening_fen": opening, "income_fen": income,
        "expense_fen": expense, "closing_fen": opening + income - expense, "rows": FINANCE_ROWS,
    }  # fmt: skip

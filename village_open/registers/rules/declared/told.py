"""What is told about the village itself, its building, its distribution and its answers."""

from village_open.registers.rules.columns import LONG, NAME, Cells, Column, Value, format_number, number_of
from village_open.registers.rules.formulas import not_after_period, not_before, product_of
from village_open.registers.rules.registers import ROW, Carry, Facts, FixedRow, Register


def _with_fixed(*columns: Column) -> tuple[Column, ...]:
    return (Column(ROW, "项目", is_required=True, is_kept=True), *columns)


PANEL = Register(
    key="panel", label="基本情况", group="村情",
    hint="印在公开栏左边。村务监督委员会和举报电话由系统从名册里取，不用填。",
    columns=_with_fixed(Column("text", "内容", longest=LONG, is_kept=True)),
    fixed_rows=(
        FixedRow("residents", "人口", "number", "人"),
        FixedRow("households", "户数", "number", "户"),
        FixedRow("leader", "村务公开领导小组组长"),
        FixedRow("deputy", "村务公开领导小组副组长"),
        FixedRow("members", "村务公开领导小组成员"),
        FixedRow("integrity", "廉政监督员"),
    ),
    carry=Carry(),
)  # fmt: skip


def _row(number: int, label: str, *adds: int) -> FixedRow:
    signed = tuple(f"{'-' if part < 0 else ''}{abs(part):02d}" for part in adds)
    return FixedRow(f"{number:02d}", label, "money", adds=signed)


DISTRIBUTION = Register(
    key="distribution", label="收益分配表", group="财务",
    hint="一年一张，年终分配以后填。经营收益、本年收益、可分配收益和年末未分配收益由系统算。",
    columns=_with_fixed(Column("line", "行次"), Column("amount", "金额", "money", may_be_negative=True)),
    formulas={"line": lambda cells, _facts: str(int(str(cells.get(ROW) or 0)))},
    fixed_rows=(
        _row(1, "一、经营收入"),
        _row(2, "加：发包及上交收入"),
        _row(3, "投资收益"),
        _row(4, "减：经营支出"),
        _row(5, "管理费用"),
        _row(6, "二、经营收益", 1, 2, 3, -4, -5),
        _row(7, "加：农业税附加返还收入"),
        _row(8, "补助收入"),
        _row(9, "其他收入"),
        _row(10, "减：其他支出"),
        _row(11, "三、本年收益", 6, 7, 8, 9, -10),
        _row(12, "四、本年收益", 11),
        _row(13, "加：年初未分配收益"),
        _row(14, "其他转入"),
        _row(15, "五、可分配收益", 12, 13, 14),
        _row(16, "减：1.提取公积公益金"),
        _row(17, "2.提取应付福利费"),
        _row(18, "3.农户分配"),
        _row(19, "4.外来投资分利"),
        _row(20, "5.其他"),
        _row(21, "六、年末未分配收益", 15, -16, -17, -18, -19, -20),
    ),
)  # fmt: skip
"""The form of the accounting system of 2004; its twice counted 本年收益 stands in the original."""

RURAL_PLANS = Register(
    key="rural_plans", label="乡村建设规划和计划", group="建设", heading="规划和计划",
    hint="一份规划或者一年的计划一行。",
    columns=(
        Column("outlook", "村经济社会发展规划", longest=LONG, is_kept=True),
        Column("scheme", "乡村建设实施方案", longest=LONG, is_kept=True),
        Column("yearly", "村经济发展年度计划", longest=LONG, is_kept=True),
        Column("progress", "进展情况", longest=LONG, is_required=True),
    ),
    carry=Carry(),
)  # fmt: skip

RURAL_PROJECTS = Register(
    key="rural_projects", label="乡村建设项目", group="建设", heading="建设项目",
    hint="一个项目一行；完工验收、公示过了，下一期自己撤掉这一行。",
    columns=(
        Column("name", "项目名称", is_required=True, is_kept=True),
        Column("builder", "自建或帮建部门", is_required=True, is_kept=True),
        Column("source", "资金来源（自筹或支持）", is_required=True, is_kept=True),
        Column("spending", "资金使用情况", longest=LONG),
        Column("progress", "项目进度", longest=LONG, is_required=True),
    ),
    carry=Carry(),
)  # fmt: skip


def _size(cells: Cells, _facts: Facts) -> Value:
    length, width = number_of(cells, "length"), number_of(cells, "width")
    whole = f"{format_number(number_of(cells, 'area'))}平方米"
    return f"{format_number(length)}米×{format_number(width)}米，{whole}" if length and width else whole


HOMESTEADS = Register(
    key="homesteads", label="宅基地安排", group="建设",
    hint="本期批准的宅基地，一户一行。长、宽填了，面积由系统算；不规则的地只填面积。",
    columns=(
        Column("name", "姓名", longest=NAME, is_required=True),
        Column("reason", "安排理由", longest=LONG, is_required=True),
        Column("size", "批准面积（长×宽）"),
        Column("on", "批准时间", "day", is_required=True),
        Column("approved_by", "批准单位", is_required=True),
        Column("note", "备注", longest=LONG),
        Column("length", "长", "number", "米", is_printed=False),
        Column("width", "宽", "number", "米", is_printed=False),
        Column("area", "面积", "number", "平方米", is_required=True, is_printed=False),
    ),
    formulas={"size": _size},
    fills={"area": product_of("length", "width")},
    checks=(not_after_period("on"),),
)  # fmt: skip

PROJECTS = Register(
    key="projects", label="集体经济和公益事业承包", group="建设", heading="项目立项及承包方案",
    hint="本期立项、发包的项目，一个一行。",
    columns=(
        Column("name", "项目", is_required=True),
        Column("source", "经费来源", is_required=True),
        Column("contractor", "承包人", is_required=True),
        Column("amount", "承包金额", "money", is_required=True, is_total=True),
        Column("note", "备注", longest=LONG),
    ),
)  # fmt: skip

ANSWERS = Register(
    key="answers", label="答复公示", group="答复", heading="对上期意见的答复",
    hint="上一期公示以后收到的意见，一条一行，写清怎么答复、怎么改的；提意见的人不写名字。",
    columns=(
        Column("asked_on", "提出时间", "day"),
        Column("question", "提出的意见", longest=LONG, is_required=True),
        Column("answer", "答复和改进情况", longest=LONG, is_required=True),
        Column("answered_by", "答复人", longest=NAME, is_required=True),
        Column("answered_on", "答复时间", "day", is_required=True, on_hand_out=False),
    ),
    checks=(not_after_period("asked_on"), not_before("answered_on", "asked_on", "答复时间在提出时间以前，请核对。")),
)  # fmt: skip

OTHER = Register(
    key="other", label="群众关心的其他事项", group="答复",
    hint="上面各项没有包括、群众又关心的事，包括民主议政提出的问题和改进情况。",
    columns=(
        Column("matter", "事项", is_required=True),
        Column("told", "情况", longest=LONG, is_required=True),
        Column("improved", "改进情况", longest=LONG),
    ),
)  # fmt: skip

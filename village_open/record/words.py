"""Chinese words for what the record keeps under short keys and values; the hashed bodies keep the keys.

The record knows no other room, so the words stand here once more; tests/house/test_trail_words.py holds them to what
the rooms say and write.
"""

from collections.abc import Mapping

KEY_WORDS = {
    "name": "名称", "code": "代码", "jurisdiction": "适用规定", "households": "户数", "residents": "人口",
    "chart_year": "会计科目制度", "person": "人员", "login": "登录名", "phone": "电话", "relative": "近亲属",
    "relation": "关系", "members": "成员", "clerks": "报账员", "group": "小组", "place": "地点",
    "on": "日期", "kind": "类别", "voucher": "凭证字号", "summary": "摘要", "amount_fen": "金额",
    "account": "资金账户", "to_account": "转入账户", "item_key": "公开项目", "account_code": "科目编码",
    "account_name": "科目名称", "payee": "收付对象", "handler": "经手人", "witness": "证明人", "approver": "审批人",
    "period": "期间", "round": "第几次提交", "state": "状态", "opening_fen": "期初余额", "openings": "期初余额",
    "year_so_far": "本年累计", "closing_fen": "期末余额", "counted_fen": "期末实有数", "lines": "账目",
    "marks": "逐笔意见", "verdict": "意见", "decision": "决定", "text": "答复", "reason": "原因", "note": "备注",
    "plain_reason": "变化最大的原因",
    "body": "会议", "matter": "事项", "type": "类型", "procedure": "程序", "origin": "动议事由", "purpose": "表决按",
    "acts_for_collective": "代行集体经济组织职能", "collective_item": "农村集体经济组织法第26条第几项", "step": "步骤",
    "stage": "状态", "held_on": "开会日期", "noticed_on": "通知日期", "convener": "召集人", "urgent": "临时召集",
    "due": "应到", "present": "实到", "agree": "同意", "oppose": "反对", "abstain": "弃权", "recused": "回避",
    "by_proxy": "委托", "households_due": "应到户数", "households_present": "到会代表户数", "women_due": "妇女应到",
    "women_present": "妇女实到", "outcome": "结果", "words": "计算", "text_version": "第几稿", "minutes": "会议记录",
    "votes": "逐人表决", "recused_names": "回避的人", "township_witness": "乡镇参会人员", "names": "名单",
    "source": "依据", "women": "妇女", "event": "经过", "until": "到哪天", "party": "对方", "people": "参加的人",
    "filed_by": "备案人", "checked_by": "审查人", "prints_objections": "带着异议公布",
    "number": "编号", "board": "公开栏", "width_mm": "宽（毫米）", "height_mm": "高（毫米）",
    "reading_distance_mm": "看的距离（毫米）", "paper": "用纸", "papers": "用纸", "taken_down_on": "取下日期",
    "short_days": "少张贴的天数", "file": "文件", "format": "表格样式", "added": "新增笔数", "changed": "修改笔数",
    "income_fen": "收入", "expense_fen": "支出", "transfer_fen": "内部划转", "invoice_number": "发票号码",
    "starts_on": "从哪天起", "ends_on": "到哪天止", "starts_with": "从哪一期起", "basis": "依据",
    "files": "公示单", "photo": "照片", "photo_sha256": "照片", "file_sha256": "保存的文件",
    "approval_limits_fen": "分级审批的金额线", "original_sha256": "交来的原文件",
    "rows": "台账行",
    "items": "公开事项", "item": "公开事项", "frequency": "多久公开一次", "ends_with": "到哪一期止",
    "nothing": "写明没有的事项", "exemption": "例外支出", "exemption_kind": "例外种类",
    "content_sha256": "送审的内容", "sha256": "内容",
}  # fmt: skip
"""Of the keys of `before` and `after`, in the order in which they are told; the profile's stand below."""

PROFILE_WORDS = {
    "period_kind": "多久公开一次", "publication_rule": "公布日怎样定", "publication_day": "最迟公布日",
    "posting_days": "张贴天数", "day_rule": "天数怎样数", "reply_days": "答复村民的期限",
    "objection_days": "村民提出异议的期限", "finance_review_sizes": "民主理财小组人数",
    "supervision_sizes": "村务监督小组人数", "barred_kinds": "还有谁不能进小组",
    "both_groups_allowed": "一人可以兼两个小组", "confirming_body": "谁来确定公布",
    "files_before_publication": "报镇备案", "signer_slots_finance_lines": "财务收支逐笔公开表的签字栏",
    "signer_slots_finance_summary": "财务公开榜的签字栏", "large_payment_fen": "大额支出起点",
    "approval_tiers": "分级审批", "round_sum_fen": "整数金额提示", "same_payee_days": "同额同收款人提示",
    "split_window_days": "拆分支出合并计算", "rush_days": "期末集中支出提示",
    "signer_slots_affairs": "决议公开等事务公示单的签字栏",
    "cash_ceiling_fen": "库存现金限额", "petty_limit_fen": "备用金限额",
}  # fmt: skip
"""Of a profile's keys, as its page calls them."""

NUMBERS_OF_ROWS = frozenset(
    {
        "account_id", "announcement", "id", "key", "leader", "leads", "line", "meeting", "member", "person_id",
        "posting", "signer", "to_account_id", "uploaded_by", "version",
    }
)  # fmt: skip
"""Keys whose values are numbers of rows: they tell a reader nothing, the sentence names who and what."""

ITEM_WORDS = {
    "CW0201": "产品销售收入、租赁收入、服务收入等集体经营收入", "CW0202": "发包及上交收入", "CW0203": "投资收入",
    "CW0204": "“一事一议”筹资及以资代劳款项", "CW0205": "村级组织运转经费财政补助款项",
    "CW0206": "上级专项补助款项", "CW0207": "征占土地补偿款项", "CW0208": "救济扶贫款项", "CW0209": "社会捐赠款项",
    "CW0210": "资产处置收入", "CW0211": "其他收入", "CW0301": "集体经营支出", "CW0302": "村组（社）干部报酬",
    "CW0303": "报刊费支出", "CW0304": "办公费、差旅费、会议费、卫生费、治安费等管理费支出",
    "CW0305": "集体公益福利支出", "CW0306": "固定资产购建支出", "CW0307": "征占土地补偿支出",
    "CW0308": "救济扶贫专项支出", "CW0309": "社会捐赠支出", "CW0310": "其他支出",
}  # fmt: skip
PAPER_WORDS = {
    "A4-portrait": "A4 纵向", "A4-landscape": "A4 横向", "A3-portrait": "A3 纵向", "A3-landscape": "A3 横向",
    "A2-portrait": "A2 纵向", "A2-landscape": "A2 横向", "A1-portrait": "A1 纵向", "A1-landscape": "A1 横向",
}  # fmt: skip
SHEET_WORDS = {
    "finance_lines": "财务收支逐笔公开表", "finance_summary": "财务公开榜", "meeting_notice": "会议通知",
    "resolution": "决议公开", "levy_plan": "一事一议筹资筹劳方案", "result": "实施结果公开",
    "sections": "村务公开分项表", "board_1": "村务公开栏（一）", "board_2": "村务公开栏（二）",
    "board_3": "村务公开栏（三）",
}  # fmt: skip
ROLE_WORDS = {
    "clerk": "村报账员", "committee_head": "村委会主任", "committee_member": "村委会委员",
    "party_secretary": "村党组织书记", "accountant": "主管会计", "cashier": "村出纳", "document_clerk": "村文书",
    "collective_head": "集体经济组织负责人", "township_office": "镇公开办", "inspector": "检查组",
    "county_leader": "区县领导", "finance_review": "民主理财小组", "supervision": "村务监督小组",
}  # fmt: skip
LINE_WORDS = {"income": "收入", "expense": "支出", "transfer": "内部划转", "correct": "以前期更正"}

VALUE_WORDS: Mapping[str, Mapping[str, str]] = {
    "kind": {**ROLE_WORDS, **LINE_WORDS, "cash": "现金", "bank": "银行存款"},
    "group": ROLE_WORDS,
    "state": {
        "entry": "录入中", "submitted": "待理财小组审核", "reviewed": "待监督小组审查",
        "examined": "待会议确定", "confirmed": "待镇里审核签发", "issued": "已签发",
    },
    "verdict": {"passed": "通过", "queried": "疑问", "rejected": "不予认可"},
    "decision": {"agree": "同意", "reserve": "保留意见", "refuse": "不同意"},
    "paper": PAPER_WORDS,
    "item_key": ITEM_WORDS,
    "format": {
        "template": "本系统模板", "account_detail": "明细账（逐笔公开榜）", "cash_board": "现金、银行存款公开榜",
        "village_board": "村务公开栏收支表", "wall_list": "收支单据清单", "journal": "序时账",
        "journal_nongyou": "农友序时账", "journal_yonyou": "用友序时账", "journal_kingdee": "金蝶序时账",
        "unknown": "未识别",
    },
    "period_kind": {"quarter": "按季度", "month": "按月"},
    "publication_rule": {"day_of_month": "次月几日前", "days_after_end": "期末后几日内"},
    "day_rule": {"first_day_excluded": "起始当日不计入", "both_ends": "首尾两日都计入"},
    "confirming_body": {"joint_meeting": "村党组织、村民委员会联席会议", "committee": "村民委员会会议"},
    "barred_kinds": ROLE_WORDS,
}  # fmt: skip
"""Of the values that stand under a key, where they are not read as they are."""

NO_YES = ("否", "是")
NO_YES_WORDS = {"files_before_publication": ("公布后备案", "公布前备案")}
"""Where false and true are not simply no and yes."""

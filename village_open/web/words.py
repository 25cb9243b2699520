"""Words of the field that rules and models say in plain Chinese, told to the translations.

A `label` is plain Chinese wherever it is kept: it also goes into the record and onto paper. A page that shows one
writes `{{ kind.label|spoken }}`. Here the words stand once more, so that `make messages` finds them; a test walks the
labels of every room and misses none.
"""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

WORDS = (
    # Periods.
    _l("本季"), _l("本月"), _l("上季"), _l("上月"),
    # States of a period, steps of the chain, what to do next.
    _l("录入中"), _l("待理财小组审核"), _l("待监督小组审查"), _l("待联席会议确定"), _l("待镇里审核签发"), _l("已签发"),
    _l("录入"), _l("审核"), _l("签署"), _l("镇审"), _l("签发"), _l("张贴"), _l("答复"),
    _l("理财小组"), _l("监督小组"), _l("待会议确定"), _l("已退回"),
    _l("身份证号"), _l("手机号"), _l("银行卡号"),
    _l("未报送"), _l("理财小组审核"), _l("监督小组审查"), _l("会议确定"), _l("镇里签发"), _l("公示单生成中"),
    _l("待张贴"), _l("已张贴"),
    _l("开始录入"), _l("录入并提交"), _l("逐笔审核、签署"), _l("审查、签署"), _l("记录联席会议结果"), _l("审核、签发"),
    _l("张贴并登记"), _l("答复疑问"), _l("有疑问待答复"),
    # Lines.
    _l("收入"), _l("支出"), _l("内部划转"), _l("日期"), _l("凭证字号"), _l("摘要"), _l("资金账户"), _l("转入账户"),
    _l("公开项目"), _l("科目编码"), _l("科目名称"), _l("收付对象"), _l("经手人"), _l("证明人"), _l("审批人"),
    _l("备注"), _l("以前期更正"),
    _l("同一凭证用了两次"), _l("凭证与别村相同"), _l("同额同对象"), _l("接近金额界线"), _l("没有凭证"),
    _l("首次出现的收款人"), _l("整数金额"), _l("期末集中支出"),
    _l("本系统模板"), _l("明细账（逐笔公开榜）"), _l("现金、银行存款公开榜"), _l("村务公开栏收支表"),
    _l("收支单据清单"),
    _l("序时账"), _l("农友序时账"), _l("用友序时账"), _l("金蝶序时账"), _l("未识别"),
    # Marks and signatures.
    _l("通过"), _l("疑问"), _l("不予认可"), _l("同意"), _l("保留意见"), _l("不同意"), _l("未签署"), _l("回避"),
    _l("组长"), _l("成员"), _l("民主理财小组组长"), _l("民主理财小组成员"), _l("村务监督小组组长"),
    _l("村务监督小组成员"),
    # Places whose rules a township may start from.
    _l("国家"), _l("山东"), _l("四川"), _l("重庆"),
    # Roles and relations.
    _l("报账员"), _l("出纳"), _l("文书"), _l("公开办"),
    _l("村报账员"), _l("村委会主任"), _l("村委会委员"), _l("村党组织书记"), _l("主管会计"), _l("村出纳"), _l("村文书"),
    _l("集体经济组织负责人"), _l("镇公开办"), _l("检查组"), _l("区县领导"), _l("民主理财小组"), _l("村务监督小组"),
    _l("纪检监察"), _l("组织"), _l("民政"), _l("农业农村"), _l("财政"),
    _l("配偶"), _l("父母"), _l("子女"), _l("兄弟姐妹"), _l("祖父母"), _l("外祖父母"), _l("孙子女"), _l("外孙子女"),
    # Sheets and papers.
    _l("财务收支逐笔公开表"), _l("财务公开榜"),
    _l("A4 横向"), _l("A4 纵向"), _l("A3 横向"), _l("A3 纵向"), _l("A2 横向"), _l("A2 纵向"),
    _l("A4 竖版"), _l("A4 横版"), _l("A3 竖版"), _l("A3 横版"), _l("A2 竖版"), _l("A2 横版"),
    # Disclosure items.
    _l("产品销售收入、租赁收入、服务收入等集体经营收入"), _l("发包及上交收入"), _l("投资收入"),
    _l("“一事一议”筹资及以资代劳款项"), _l("村级组织运转经费财政补助款项"), _l("上级专项补助款项"),
    _l("征占土地补偿款项"), _l("救济扶贫款项"), _l("社会捐赠款项"), _l("资产处置收入"), _l("其他收入"),
    _l("集体经营支出"), _l("村组（社）干部报酬"), _l("报刊费支出"),
    _l("办公费、差旅费、会议费、卫生费、治安费等管理费支出"), _l("集体公益福利支出"), _l("固定资产购建支出"),
    _l("征占土地补偿支出"), _l("救济扶贫专项支出"), _l("社会捐赠支出"), _l("其他支出"),
    # The profile: its headings, values and hints.
    _l("什么时候公布"), _l("村民提问"), _l("两个小组"), _l("经过哪些步骤"), _l("公示单"), _l("审核提示"),
    _l("多久公开一次"), _l("公布日怎样定"), _l("最迟公布日"), _l("张贴天数"), _l("天数怎样数"),
    _l("答复村民的期限"), _l("村民提出异议的期限"), _l("民主理财小组人数"), _l("村务监督小组人数"),
    _l("还有谁不能进小组"), _l("一人可以兼两个小组"), _l("谁来确定公布"), _l("报镇备案"),
    _l("财务收支逐笔公开表的签字栏"), _l("财务公开榜的签字栏"), _l("大额支出起点"), _l("分级审批的金额线"),
    _l("整数金额提示"), _l("同额同收款人提示"), _l("拆分支出提示"), _l("期末集中支出提示"),
    _l("是"), _l("否"), _l("公布前备案"), _l("公布后备案"), _l("村党组织、村民委员会联席会议"), _l("村民委员会会议"),
    _l("按季度"), _l("按月"), _l("次月几日前"), _l("期末后几日内"), _l("起始当日不计入"), _l("首尾两日都计入"),
    _l("默认值，可改"), _l("没有另外规定"), _l("没有规定"), _l("允许的人数，用“、”隔开。"),
    _l("从左到右，用“、”隔开。"), _l("从张贴之日起算。"),
    _l("村民委员会成员及其近亲属一律不能，法律已有规定，不在此列。"), _l("从小到大，用“、”隔开。"),
    _l("达到这个数、又是它的整倍数的支出会提示。"),
)  # fmt: skip
"""What `spoken` may be handed; whoever adds a label adds it here."""


def spoken(word: str) -> str:
    """Say a word in the language of the page; what has no translation stays as it is."""
    return gettext(word)


def spoken_later(word: Any) -> Any:
    """Say a word when it is shown, for what is built before there is a page; a number stays a number."""
    return _l(word) if isinstance(word, str) else word

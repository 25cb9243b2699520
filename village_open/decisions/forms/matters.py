"""What is typed of a matter: its proposal, a changed text, why it is given up."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from village_open.decisions.forms.wording import CHOOSE, LONG_TEXT, REQUIRED, reason_field
from village_open.decisions.rules.bodies import Purpose
from village_open.decisions.rules.matters import (
    MatterType,
    collective_items,
    in_hanzi,
    matter_types,
    procedures,
)
from village_open.villages.forms import Choices
from village_open.web.fields import ChineseForm, FenField, choices_of
from village_open.web.words import spoken

BY_TYPE, NO_ITEM = "", 0
"""The choices that stand for the procedure of the type, and for no item of article 26."""
FOUR, LEVY, COLLECTIVE = "four", "levy", "collective"
TYPE_SENTENCES = {
    "planning": _l("村里的规划、建设布局怎么定。"),
    "public_works": _l("修路、修渠、装路灯、绿化、整治环境等大家受益的事。"),
    "levy": _l("向村民筹钱、筹工办公益事业，一律按“一事一议”办理。"),
    "collective_assets": _l("集体的房屋、设备、鱼塘、山林等出租、转让、入股、抵押。"),
    "land": _l("承包地发包、调整，征地补偿费怎样分、怎样用。"),
    "homestead": _l("宅基地怎样用、分给谁。"),
    "large_spending": _l("花集体的钱，数额较大的开支。"),
    "aid": _l("救助、补贴发给谁、发多少。"),
    "labour_allowance": _l("误工补贴发给哪些人、按什么标准。"),
    "key_support": _l("重点帮扶哪些户、怎样帮。"),
    "village_rules": _l("制定、修改村规民约。"),
    "other": _l("上面都不是的其他大事。"),
}
PROCEDURE_SENTENCES = {
    BY_TYPE: _l("不清楚选哪个就选这个：筹资筹劳按“一事一议”，其他都按“四议两公开”。"),
    FOUR: _l("村党组织提议、村“两委”商议、党员大会审议、村民代表会议决议；一般事项都这样办。"),
    "merged": _l("书记、主任是同一个人的，提议和商议合并成一次会。"),
    "five": _l("先听党员群众建议，再走四议；当地要求五议的选这个。"),
    COLLECTIVE: _l("由集体经济组织自己决定：理事会提方案，成员大会或者成员代表大会表决。"),
    "group": _l("只关系一个村民小组的事，由这个小组开会决定。"),
    LEVY: _l("只用于筹资筹劳；到会代表所代表的户数也要够。"),
    "appraisal": _l("评议村干部和监督委员会成员，只开一次会，公开评议结果。"),
    "consultation": _l("开议事会、听证会、恳谈会，请各方一起商量。"),
}
ORIGIN_SENTENCES = {
    "people": _l("党员、村民提出来的。"),
    "cadres": _l("村“两委”干部提出来的。"),
    "superiors": _l("上级文件、项目要求办的。"),
}


class OpenMatterForm(ChineseForm):
    """A matter as it is proposed."""

    title = StringField(_l("事项名称"), [REQUIRED, Length(max=80, message=_l("太长了，请写在 80 个字以内。"))])
    type_key = RadioField(_l("是哪一类事项"), [CHOOSE])
    text = TextAreaField(_l("拟办什么"), [REQUIRED, LONG_TEXT], render_kw={"rows": 6})
    amount_fen = FenField(_l("预计花多少钱（元）"), [Optional()])
    origin = RadioField(_l("是谁提出来的（动议事由）"), [CHOOSE])
    procedure_key = RadioField(_l("按什么步骤办"), default=BY_TYPE)
    group_name = SelectField(_l("哪个村民小组"), validators=[Optional()])
    acts_for_collective = BooleanField(_l("由村民委员会代行集体经济组织的职能"))
    collective_item = SelectField(_l("农村集体经济组织法第26条的哪一项"), coerce=int, default=NO_ITEM)
    purpose = SelectField(_l("法律对表决另有要求的"), default="")

    def offer(self, *, origins: Choices, groups: Choices) -> None:
        """Set what may be chosen; kinds, procedures and items come from the rules."""
        self.type_key.choices = choices_of((kind.key, kind.label) for kind in matter_types().values())
        known = [(row.key, row.label) for row in procedures().values()]
        self.procedure_key.choices = choices_of([(BY_TYPE, _l("按事项类型定")), *known])
        self.origin.choices, self.group_name.choices = choices_of(origins), choices_of([("", _l("不分小组")), *groups])
        items = [(number, item_words(number)) for number in collective_items()]
        self.collective_item.choices = choices_of([(NO_ITEM, _l("不由集体经济组织决定")), *items])
        special = [(one.value, one.label) for one in Purpose if one]
        self.purpose.choices = choices_of([("", _l("没有另外要求（多数事项选这个）")), *special])

    @property
    def kind(self) -> MatterType:
        """The chosen kind of matter."""
        return matter_types()[self.type_key.data]

    @property
    def procedure(self) -> str:
        """The chosen procedure, or that of the kind."""
        return str(self.procedure_key.data or self.kind.procedure or FOUR)

    @property
    def item(self) -> int | None:
        """The item of article 26: the chosen one, or the only one of the kind where the collective decides."""
        if self.collective_item.data != NO_ITEM:
            return int(self.collective_item.data)
        items = self.kind.collective_items
        return items[0] if self.is_of_collective and len(items) == 1 else None

    @property
    def is_of_collective(self) -> bool:
        """Whether the economic organisation decides, itself or through the village committee."""
        return self.procedure == COLLECTIVE or bool(self.acts_for_collective.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Hold the choices against each other."""
        if not super().validate(extra_validators):
            return False
        problems = [*self._problems()]
        for field, message in problems:
            self[field].errors = [*self[field].errors, message]
        return not problems

    def _problems(self) -> Iterator[tuple[str, str]]:
        if (self.procedure == LEVY) != (self.kind.procedure == LEVY):
            yield "procedure_key", _("“一事一议”只用于筹资筹劳，筹资筹劳也只能按它办。请选“按事项类型定”。")
        if self.procedure == COLLECTIVE and self.acts_for_collective.data:
            yield "acts_for_collective", _("选了集体经济组织自己开会决定，就不是代行，请把勾去掉。")
        if self.item is not None and not self.is_of_collective:
            yield "collective_item", _("这件事不由集体经济组织决定，请选“不由集体经济组织决定”。")


class ReviseTextForm(ChineseForm):
    """A new version of what is proposed."""

    version = HiddenField()
    """The version that the page showed."""
    text = TextAreaField(_l("拟办什么"), [REQUIRED, LONG_TEXT], render_kw={"rows": 8})
    amount_fen = FenField(_l("预计花多少钱（元）"), [Optional()])


class WithdrawMatterForm(ChineseForm):
    """Why a matter is given up."""

    reason = reason_field(_l("为什么终止"))


def item_words(item: int) -> str:
    """Say an item of article 26 with its words."""
    return _("第%(number)s项：%(words)s", number=in_hanzi(item), words=spoken(collective_items()[item]))

"""What is typed of a roster: names pasted, or nothing but numbers; shown once as understood before it is kept."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from village_open.core.canonical import canonical_bytes, sha256_hex
from village_open.decisions.forms.pasted import Pasted, read_members
from village_open.decisions.forms.wording import CHOOSE, REQUIRED
from village_open.decisions.rules.bodies import Body
from village_open.villages.forms import Choices
from village_open.web.fields import ChineseForm, DayField, choices_of

MOST_TOLD = 5
LARGEST = 20_000
_TYPED = ("body", "group_name", "starts_on", "source", "members", "member_count", "household_count", "women_count")

BODY_SENTENCES = {
    Body.PARTY_BRANCH: _l("村党组织委员会的委员；没有委员会的，写支部党员。"),
    Body.TWO_COMMITTEES: _l("村党组织、村民委员会的全部成员；一人兼两职的只写一次。"),
    Body.JOINT_MEETING: _l("参加村务联席会议的全部成员。"),
    Body.PARTY_ASSEMBLY: _l("有表决权的党员，预备党员不写。"),
    Body.VILLAGER_ASSEMBLY: _l("十八周岁以上的村民；人多，只填总人数和总户数就行。"),
    Body.REPRESENTATIVE_ASSEMBLY: _l("村民委员会成员和村民代表，都要写。"),
    Body.GROUP_ASSEMBLY: _l("本组十八周岁以上的村民；只填总人数和总户数也行。"),
    Body.MEMBER_ASSEMBLY: _l("集体经济组织里具有完全民事行为能力的成员。"),
    Body.MEMBER_REPRESENTATIVES: _l("推选出来的成员代表。"),
    Body.BOARD: _l("理事会的理事。"),
}
"""Who is written on each roster; a deliberation has none."""


def _count(label: Any, low: int) -> IntegerField:
    bounds = NumberRange(low, LARGEST, _l("请填写 %(low)s 到 %(high)s 之间的整数。", low=low, high=LARGEST))
    return IntegerField(label, [Optional(), bounds], render_kw={"inputmode": "numeric", "autocomplete": "off"})


class SetRosterForm(ChineseForm):
    """Who belongs to a body, from which day, by which paper."""

    seen = HiddenField()
    """What the page had shown as understood when it was sent: only that is kept."""
    body = RadioField(_l("哪个会议的名册"), [CHOOSE])
    group_name = SelectField(_l("哪个村民小组"), validators=[Optional()])
    starts_on = DayField(_l("从哪天起算"), [REQUIRED])
    source = StringField(_l("依据"), [REQUIRED, Length(max=120, message=_l("太长了，请写在 120 个字以内。"))])
    members = TextAreaField(_l("名单"), [Optional()], render_kw={"rows": 12, "spellcheck": "false"})
    member_count = _count(_l("总人数"), 1)
    household_count = _count(_l("总户数"), 1)
    women_count = _count(_l("妇女人数"), 0)

    def offer(self, *, bodies: Choices, groups: Choices) -> None:
        """Set what may be chosen."""
        self.body.choices = choices_of(bodies)
        self.group_name.choices = choices_of([("", _l("不分小组")), *groups])

    @cached_property
    def pasted(self) -> Pasted:
        """The names as they were understood."""
        return read_members(self.members.data or "")

    @property
    def digest(self) -> str:
        """A hash of everything that was typed."""
        return sha256_hex(canonical_bytes({name: str(self[name].data or "") for name in _TYPED}))

    @property
    def is_seen(self) -> bool:
        """Whether the page had shown exactly this as understood."""
        return bool(self.seen.data == self.digest)

    def validate(self, extra_validators: Any = None) -> bool:
        """Hold the list against the numbers, and the body against the group."""
        if not super().validate(extra_validators):
            return False
        problems = [*self._problems()]
        for field, message in problems:
            self[field].errors = [*self[field].errors, message]
        return not problems

    def _problems(self) -> Iterator[tuple[str, str]]:
        told, names = self.pasted.problems, len(self.pasted.members)
        if told:
            more = _("等共 %(count)s 行。", count=len(told)) if len(told) > MOST_TOLD else ""
            yield "members", " ".join([*told[:MOST_TOLD], *([more] if more else [])])
        if not names and not told and not self.member_count.data:
            yield "members", _("请粘贴名单；没有名单的，在下面填总人数。")
        if names and self.member_count.data not in (None, names):
            yield "member_count", _("名单里有 %(names)s 人，与总人数不同。请核对，或者把总人数留空。", names=names)
        if (self.body.data == Body.GROUP_ASSEMBLY) != bool(self.group_name.data):
            yield "group_name", _("村民小组会议的名册要选小组，其他名册选“不分小组”。")

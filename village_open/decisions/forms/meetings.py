"""What is typed of a meeting: who is called, what was counted, who voted how, why a record is struck."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from village_open.decisions.forms.wording import CHOOSE, LONG_TEXT, REQUIRED, reason_field
from village_open.decisions.rules.bodies import BodyRule
from village_open.decisions.rules.votes import Tally
from village_open.villages.forms import Choices
from village_open.web.fields import ChineseForm, DayField, choices_of

COUNTS = ("present", "agree", "oppose", "abstain", "recused", "by_proxy", "households_present", "women_present")
MOST = 100_000


def _length(most: int) -> Length:
    return Length(max=most, message=_l("太长了，请写在 %(most)s 个字以内。", most=most))


class _OnPaper(Optional):
    """A figure that belongs into the form, and may be missing where the paper does not say it."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags: dict[str, bool] = {}


def _count(label: Any, blank: Optional | None = None) -> IntegerField:
    bounds = NumberRange(0, MOST, _l("请填写不小于 0 的整数。"))
    return IntegerField(label, [blank or Optional(), bounds], render_kw={"inputmode": "numeric", "autocomplete": "off"})


class CallMeetingForm(ChineseForm):
    """Who is called, when and where, and on which day they were told."""

    body = RadioField(_l("开哪个会"), [CHOOSE])
    held_on = DayField(_l("哪天开"), [REQUIRED])
    place = StringField(_l("在哪里、几点"), [Optional(), _length(80)])
    convener = StringField(_l("召集人"), [Optional(), _length(40)])
    noticed_on = DayField(_l("哪天通知"), [Optional()])
    is_urgent = BooleanField(_l("情况特殊，临时召集"))

    def offer(self, *, bodies: Choices, may_be_urgent: bool) -> None:
        """Set who may be called; where only one may, it is chosen."""
        self.body.choices = choices_of(bodies)
        if len(bodies) == 1 and not self.body.raw_data:
            self.body.data = bodies[0][0]
        if not may_be_urgent:
            del self.is_urgent

    @property
    def urgent(self) -> bool:
        """Whether it is called at short notice."""
        return "is_urgent" in self and bool(self.is_urgent.data)


class MinutesForm(ChineseForm):
    """What is written down beside the counts."""

    minutes = TextAreaField(_l("会议记录"), [Optional(), LONG_TEXT], render_kw={"rows": 5})
    township_witness = StringField(_l("乡镇参会人员（写明职务）"), [Optional(), _length(80)])


class RecordMeetingForm(MinutesForm):
    """The counts of a meeting; what the paper does not say stays empty."""

    due = _count(_l("应到人数"), _OnPaper())
    present = _count(_l("实到人数"), _OnPaper())
    agree = _count(_l("同意"), _OnPaper())
    oppose = _count(_l("反对"), _OnPaper())
    abstain = _count(_l("弃权"), _OnPaper())
    recused = _count(_l("回避人数"))
    recused_names = StringField(_l("谁回避"), [Optional(), _length(200)])
    by_proxy = _count(_l("其中委托他人表决的"))
    households_present = _count(_l("到会的人共代表多少户"))
    women_present = _count(_l("到会的妇女代表"))

    def ask(self, rule: BodyRule, *, types_due: bool) -> None:
        """Leave out what the rule of the body does not count."""
        asked = {condition.of for alternative in rule.quorum for condition in alternative}
        if not types_due:
            del self.due
        if "households" not in asked:
            del self.households_present
        if "women" not in asked:
            del self.women_present

    @property
    def tally(self) -> Tally:
        """What was typed."""
        typed = {name: self[name].data for name in ("due", *COUNTS) if name in self}
        whole = {name: typed.get(name) or 0 for name in ("recused", "by_proxy")}
        return Tally(**{"due": None, **typed, **whole})


class StrikeMeetingForm(ChineseForm):
    """Why the record of a meeting is struck."""

    reason = reason_field(_l("为什么作废"))


@dataclass(frozen=True)
class TypedBallot:
    """What was chosen for one member; `vote` is empty where nothing was."""

    vote: str = ""
    is_by_proxy: bool = False


def read_ballots(sent: Mapping[str, str], member_ids: Iterable[int]) -> dict[int, TypedBallot]:
    """Read the named votes of a form, by member."""
    return {key: TypedBallot(sent.get(f"vote-{key}", ""), f"proxy-{key}" in sent) for key in member_ids}

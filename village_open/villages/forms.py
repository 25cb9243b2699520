"""Shape and wording of what is typed about places, people, groups and the profile; choices are handed in."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField, widgets
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from village_open.core.errors import VillageOpenError
from village_open.villages.rules import NEAR_RELATIONS, PAPER_WORDS
from village_open.web.fields import ChineseForm, DayField, choices_of

Choices = Sequence[tuple[Any, str]]
_MISSING = _l("请填写这一项。")
_REQUIRED = InputRequired(_MISSING)
NEW_PERSON = 0
"""The choice that stands for somebody who is not on the list yet."""


def _number(label: Any, low: int, high: int, **more: Any) -> IntegerField:
    bounds = NumberRange(low, high, _l("请填写 %(low)s 到 %(high)s 之间的整数。", low=low, high=high))
    return IntegerField(label, [_REQUIRED, bounds], render_kw={"inputmode": "numeric"}, **more)


def _name(label: Any, longest: int = 40) -> StringField:
    return StringField(label, [_REQUIRED, Length(max=longest, message=_l("太长了。"))])


class VillageForm(ChineseForm):
    """A village."""

    code = StringField(_l("12 位统计用区划代码"), [_REQUIRED], render_kw={"inputmode": "numeric"})
    name = _name(_l("村名"))
    households = _number(_l("户数"), 0, 100_000, default=0)
    residents = _number(_l("人口"), 0, 1_000_000, default=0)
    chart_year = SelectField(
        _l("账上用的会计科目"), coerce=int, choices=choices_of([(2023, _l("2023 年制度")), (2004, _l("2004 年制度"))])
    )


class VillageGroupForm(ChineseForm):
    """A group of villagers."""

    name = _name(_l("村民小组名称"))
    households = _number(_l("户数"), 0, 100_000, default=0)


class BoardForm(ChineseForm):
    """A notice board."""

    place = _name(_l("在什么地方"), 80)
    width_mm = _number(_l("能张贴的宽度（毫米）"), 210, 20_000, default=1200)
    height_mm = _number(_l("能张贴的高度（毫米）"), 210, 20_000, default=900)
    reading_distance_mm = _number(_l("多远能看（毫米）"), 300, 10_000, default=1500)
    paper = SelectField(_l("贴什么纸"), choices=choices_of(PAPER_WORDS.items()), default="A3-landscape")


class RoleForm(ChineseForm):
    """A role at a place from a day, and until a day where its term has an end."""

    kind = SelectField(_l("职务"))
    place_code = SelectField(_l("在哪里"))
    department = SelectField(_l("所属部门（只有检查组要填）"), validators=[Optional()])
    starts_on = DayField(_l("从哪天起"), [_REQUIRED])
    ends_on = DayField(_l("任期最后一天"), [Optional()])

    def offer(self, *, kinds: Choices, places: Choices, departments: Choices) -> None:
        """Set what may be chosen."""
        self.kind.choices, self.place_code.choices = choices_of(kinds), choices_of(places)
        self.department.choices = choices_of([("", _l("不是检查组")), *departments])


class CorrectPersonForm(ChineseForm):
    """How a person is called and reached."""

    name = _name(_l("姓名"))
    phone = StringField(_l("电话"), [Optional(), Length(max=30, message=_l("太长了。"))])


class PersonForm(CorrectPersonForm, RoleForm):
    """A new person with their first role."""


class SupervisionPhoneForm(ChineseForm):
    """The phone that residents call."""

    phone = _name(_l("监督电话"))


class AccountForm(ChineseForm):
    """The login name of a new account."""

    login = _name(_l("登录名"))


class EndRoleForm(ChineseForm):
    """The last day of a term and the reason."""

    on = DayField(_l("最后一天"), [_REQUIRED])
    reason = _name(_l("原因"), 100)


class ElectionForm(ChineseForm):
    """Who was elected into a group, when, by which meeting, for how long."""

    members = SelectMultipleField(
        _l("当选的人"), coerce=int, option_widget=widgets.CheckboxInput(), widget=widgets.ListWidget(prefix_label=False)
    )
    new_names = TextAreaField(_l("名单里没有的人"), [Optional(), Length(max=400)])
    leader = _name(_l("组长"))
    elected_on = DayField(_l("哪天推选的"), [_REQUIRED])
    elected_by = _name(_l("由哪次会议推选"), 80)
    starts_on = DayField(_l("任期第一天"), [_REQUIRED])
    ends_on = DayField(_l("任期最后一天"), [_REQUIRED])

    @property
    def names(self) -> list[str]:
        """The new names, one a line."""
        return [line.strip() for line in (self.new_names.data or "").splitlines() if line.strip()]


class RelativeForm(ChineseForm):
    """A near relationship between somebody on the list and somebody else."""

    person_id = SelectField(_l("谁"), coerce=int)
    relation = SelectField(_l("是什么关系"), choices=choices_of((word, word) for word in NEAR_RELATIONS))
    relative_id = SelectField(_l("和谁"), coerce=int)
    new_name = StringField(_l("不在名单里时，写姓名"), [Optional(), Length(max=40)])


class HandOverForm(ChineseForm):
    """Who takes over as clerk, and from which day."""

    to_id = SelectField(_l("交给谁"), coerce=int)
    new_name = StringField(_l("不在名单里时，写姓名"), [Optional(), Length(max=40)])
    on = DayField(_l("从哪天起"), [_REQUIRED])


class ProfileForm(ChineseForm):
    """One value of the profile as text, with its basis."""

    value = StringField(_l("新的规定"), [_REQUIRED])
    basis = TextAreaField(_l("依据"), [_REQUIRED, Length(max=400)])


class ProfileLinesForm(ProfileForm):
    """One value of the profile on several lines."""

    value = TextAreaField(_l("新的规定"), [_REQUIRED], render_kw={"rows": 5})


class ProfileChoiceForm(ProfileForm):
    """One value of the profile out of a few."""

    value = SelectField(_l("新的规定"))


class ProfileChoicesForm(ProfileForm):
    """Some of the values on a list, or none."""

    value = SelectMultipleField(
        _l("新的规定"), option_widget=widgets.CheckboxInput(), widget=widgets.ListWidget(prefix_label=False)
    )


def tell(form: ChineseForm, error: VillageOpenError) -> None:
    """Show what a deed refused: at the field that it names, or above the form."""
    named = getattr(error, "field", None)
    if named in form:
        form[named].errors = [*form[named].errors, error.message]
    else:
        form.form_errors.append(error.message)

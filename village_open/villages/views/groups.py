"""Elections into the two groups, declared relatives, the clerk's hand-over."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from village_open.core.errors import NotFound
from village_open.identity.models import Person
from village_open.identity.queries import get_person
from village_open.villages import actions, queries
from village_open.villages.forms import NEW_PERSON, ElectionForm, HandOverForm, RelativeForm
from village_open.villages.models import RoleKind, Village
from village_open.villages.rules import GROUP_WORDS, GroupUnfit
from village_open.villages.views.deeds import done, status
from village_open.web.fields import choices_of
from village_open.web.words import spoken


class GroupUnknown(NotFound):
    """There are two groups, and this is neither."""

    def __init__(self) -> None:
        super().__init__("只有民主理财小组和村务监督小组，请返回重新选择。")


def elect_group(*, village_code: str, kind: str) -> ResponseReturnValue:
    """Enter who was elected into a group."""
    if kind not in GROUP_WORDS:
        raise GroupUnknown
    village, form = queries.get_village(village_code), ElectionForm()
    form.members.choices = _choices(queries.list_village_people(village_code))
    if done(form, lambda: _elect(village, kind, form)):
        flash(_("已登记%(word)s。", word=spoken(GROUP_WORDS[kind])), "success")
        return redirect(url_for("villages.show_village", village_code=village_code))
    return render_template(
        "villages/elect_group.html", village=village, form=form, word=spoken(GROUP_WORDS[kind]), kind=kind,
        profile=queries.get_profile(village.township),
    ), status(form)  # fmt: skip


def declare_relative(*, village_code: str) -> ResponseReturnValue:
    """Write down that two people are near relatives."""
    village, form = queries.get_village(village_code), RelativeForm()
    people = queries.list_village_people(village_code)
    form.person_id.choices, form.relative_id.choices = _choices(people), _choices(people, _somebody_new())

    def deed() -> None:
        relative = _chosen(village, form.relative_id.data, form.new_name.data)
        person = get_person(form.person_id.data)
        actions.declare_relative(
            by=current_user, village=village, person=person, relative=relative, relation=form.relation.data
        )

    if done(form, deed):
        return redirect(url_for("villages.show_village", village_code=village_code))
    return render_template("villages/declare_relative.html", village=village, form=form), status(form)


def hand_over_clerk(*, village_code: str) -> ResponseReturnValue:
    """Hand the clerk's work over to another person."""
    village, form = queries.get_village(village_code), HandOverForm()
    form.to_id.choices = _choices(queries.list_village_people(village_code), _somebody_new())

    def deed() -> None:
        to = _chosen(village, form.to_id.data, form.new_name.data)
        actions.hand_over_clerk(by=current_user, village=village, to=to, on=form.on.data)

    if done(form, deed):
        flash(_("交接已登记。新报账员没有账号的，请接着开账号。"), "success")
        return redirect(url_for("villages.show_village", village_code=village_code))
    return render_template("villages/hand_over_clerk.html", village=village, form=form), status(form)


def _elect(village: Village, kind: str, form: ElectionForm) -> None:
    members = [get_person(person_id) for person_id in form.members.data]
    members += [actions.enter_person(village=village, name=name) for name in form.names]
    leaders = [person for person in members if person.name == form.leader.data.strip()]
    if len(leaders) != 1:
        raise GroupUnfit("组长要写当选的人里的一个姓名，请核对。", "leader")
    actions.elect_group(
        by=current_user, village=village, kind=RoleKind(kind), members=members, leader=leaders[0],
        elected_on=form.elected_on.data, elected_by=form.elected_by.data,
        starts_on=form.starts_on.data, ends_on=form.ends_on.data,
    )  # fmt: skip


def _choices(people: list[Person], *more: tuple[int, str]) -> list[SelectChoice]:
    return choices_of([*((person.id, person.name) for person in people), *more])


def _somebody_new() -> tuple[int, str]:
    return NEW_PERSON, _("不在名单里")


def _chosen(village: Village, person_id: int, new_name: str | None) -> Person:
    if person_id != NEW_PERSON:
        return get_person(person_id)
    return actions.enter_person(village=village, name=new_name or "")

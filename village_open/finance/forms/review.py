"""What reviewers, the clerk who answers and the signers type; no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from village_open.reviews.rules import Decision, Mark, NewMark, Verdict, latest_mark
from village_open.reviews.summary import ItemSummary
from village_open.web.fields import ChineseForm, choices_of

LONGEST = 500
_DECISIONS = [(kind.value, kind.label) for kind in Decision]
_CHOOSE = InputRequired(_l("请选一项。"))
_SHORT_ENOUGH = Length(max=LONGEST, message=_l("太长了，请写在 500 个字以内。"))


class MarksForm(ChineseForm):
    """The frame of the marking page; verdicts and reasons are read by `read_marks`."""

    content_sha256 = HiddenField()


class AnswerForm(ChineseForm):
    """The clerk's answer to the objections to one line."""

    seen = HiddenField()
    """How many answers the page showed."""
    text = TextAreaField(_l("答复"), [InputRequired(_l("请写明答复。")), _SHORT_ENOUGH])


class SignForm(ChineseForm):
    """A signature through one's own account."""

    content_sha256 = HiddenField()
    decision = RadioField(_l("我的意见"), [_CHOOSE], choices=choices_of(_DECISIONS))
    note = TextAreaField(_l("说明"), [Optional(), _SHORT_ENOUGH])


class RecusalForm(ChineseForm):
    """A member steps aside, or is written down as barred by another."""

    member_id = SelectField(_l("谁回避"), coerce=int)
    line_id = SelectField(_l("回避哪一笔"), coerce=int)
    reason = TextAreaField(_l("理由"), [InputRequired(_l("请写明理由，理由会公开。")), _SHORT_ENOUGH])
    replaced_by = SelectField(_l("代行组长"), coerce=int)


class PaperForm(ChineseForm):
    """The photo of a signed sign-off page."""

    member_id = SelectField(_l("谁签的"), coerce=int)
    decision = RadioField(_l("纸上的意见"), [_CHOOSE], choices=choices_of(_DECISIONS))
    note = TextAreaField(_l("纸上写的说明"), [Optional(), _SHORT_ENOUGH])
    photo = FileField(_l("签字页照片"))


class PaperJudgementForm(ChineseForm):
    """Another hand's word on the photo."""

    is_genuine = RadioField(
        _l("照片上的签字"), [_CHOOSE],
        choices=choices_of([("yes", _l("是本人签的，意见与照片一致")), ("no", _l("不对，不确认"))]),
    )  # fmt: skip
    reason = TextAreaField(_l("不确认的理由"), [Optional(), _SHORT_ENOUGH])


@dataclass(frozen=True)
class TypedMark:
    """What was typed for one line; `error` says what is missing."""

    key: str
    verdict: str
    reason: str
    error: str = ""


def shown_marks(items: Iterable[ItemSummary], person_id: int) -> dict[str, TypedMark]:
    """Return what the page shows as the member's own marks when it is opened."""
    own = ((item.key, latest_mark(item.marks, person_id)) for item in items)
    return {key: TypedMark(key, mark.verdict.value, mark.reason) for key, mark in own if mark}


def read_marks(sent: Mapping[str, str], keys: Iterable[str]) -> dict[str, TypedMark]:
    """Read the verdicts and reasons of the lines that the form held."""
    return {key: _read(key, sent) for key in keys if sent.get(f"verdict-{key}")}


def new_marks(typed: Mapping[str, TypedMark], own: Mapping[str, TypedMark]) -> list[NewMark]:
    """Return only what differs from what the member said before."""
    return [
        NewMark(key, Verdict(mark.verdict), mark.reason)
        for key, mark in typed.items()
        if key not in own or (own[key].verdict, own[key].reason) != (mark.verdict, mark.reason)
    ]


def words_of(mark: Mark | TypedMark | None) -> str:
    """Write a mark as `疑问：没有收据`, or nothing."""
    if mark is None:
        return ""
    label = Verdict(mark.verdict).label
    return f"{label}：{mark.reason}" if mark.reason else label


def _read(key: str, sent: Mapping[str, str]) -> TypedMark:
    verdict, reason = sent[f"verdict-{key}"], sent.get(f"reason-{key}", "").strip()
    if verdict not in set(Verdict):
        return TypedMark(key, "", reason, _("请从三项里选一项。"))
    if verdict == Verdict.PASSED:
        return TypedMark(key, verdict, "")
    if not reason:
        return TypedMark(key, verdict, reason, _("请写明理由。"))
    if len(reason) > LONGEST:
        return TypedMark(key, verdict, reason, _("太长了，请写在 500 个字以内。"))
    return TypedMark(key, verdict, reason)

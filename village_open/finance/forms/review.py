"""What reviewers and the clerk who answers type; no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired

from village_open.reviews.forms import LONGEST, SHORT_ENOUGH, RecusalForm
from village_open.reviews.rules import Mark, NewMark, Verdict, latest_mark
from village_open.reviews.summary import ItemSummary
from village_open.web.fields import ChineseForm


class MarksForm(ChineseForm):
    """The frame of the marking page; verdicts and reasons are read by `read_marks`."""

    content_sha256 = HiddenField()


class AnswerForm(ChineseForm):
    """The clerk's answer to the objections to one line."""

    seen = HiddenField()
    """How many answers the page showed."""
    text = TextAreaField(_l("答复"), [InputRequired(_l("请写明答复。")), SHORT_ENOUGH])


class LineRecusalForm(RecusalForm):
    """A member steps aside from one line or from the whole."""

    line_id = SelectField(_l("回避哪一笔"), coerce=int)


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

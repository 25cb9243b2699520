"""An announcement in the clerk's hands: begun, shown, worded, submitted, taken back."""

from collections.abc import Iterator

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.db.transactions import ChangedMeanwhile
from village_open.decisions import queries
from village_open.decisions.actions import drafting as actions
from village_open.decisions.announced import GroupView, content_of, group_view, payments_of, require_same
from village_open.decisions.errors import NothingToAnnounce
from village_open.decisions.forms.announcements import KIND_SENTENCES, BeginAnnouncementForm, NoteForm, SubmitForm
from village_open.decisions.models import AnnouncementKind, AnnouncementState, Matter, Meeting
from village_open.decisions.pages import announcement_words, matter_words, may, place_of
from village_open.decisions.rules.matters import DECIDE
from village_open.decisions.views.deeds import done, status
from village_open.villages.access import SUPERVISION, TOWNSHIP
from village_open.web.filters import day
from village_open.web.words import spoken


def begin_announcement(*, village_code: str, year: int, seq: int) -> ResponseReturnValue:
    """Begin a draft of what can be announced now."""
    matter, form = queries.get_matter(village_code, year, seq), BeginAnnouncementForm()
    offered = dict(_offered(matter))
    form.offer([(key, label) for key, (label, _kind, _meeting) in offered.items()])

    def deed() -> str:
        _label, kind, meeting_id = offered[form.what.data]
        meeting = queries.get_meeting(matter, meeting_id) if meeting_id else None
        row = actions.begin_announcement(
            by=current_user, matter=matter, kind=kind, meeting=meeting, note=form.note.data or ""
        )
        return url_for("decisions.show_announcement", announcement_id=row.id, **place_of(matter))

    if there := done(form, deed):
        flash(_("已起草。请核对下面的内容，再提交监督小组审查。"), "success")
        return redirect(there)
    sentences = {key: KIND_SENTENCES[kind.value] for key, (_label, kind, _meeting) in offered.items()}
    page = render_template("decisions/begin_announcement.html", form=form, sentences=sentences, **matter_words(matter))
    return page, status(form)


Offer = tuple[str, AnnouncementKind, int | None]


def _offered(matter: Matter) -> Iterator[tuple[str, Offer]]:
    """Yield what can be announced and is not on its way yet, by the value of its choice."""
    taken = {(row.kind, row.meeting_id) for row in queries.list_announcements(matter)}
    meetings = [row for row in queries.list_meetings(matter) if not row.struck_reason]
    for kind, meeting in _candidates(meetings):
        meeting_id = meeting.id if meeting else None
        if (kind.value, meeting_id) in taken:
            continue
        try:
            actions.require_something(matter, kind, meeting)
        except NothingToAnnounce:
            continue
        when = f"（{day(meeting.held_on)} {spoken(meeting.body_meeting.label)}）" if meeting else ""
        yield f"{kind.value}-{meeting_id or 0}", (f"{spoken(kind.label)}{when}", kind, meeting_id)


def _candidates(meetings: list[Meeting]) -> Iterator[tuple[AnnouncementKind, Meeting | None]]:
    for meeting in reversed(meetings):
        if meeting.is_awaited:
            yield AnnouncementKind.MEETING_NOTICE, meeting
        elif meeting.step_key == DECIDE:
            yield AnnouncementKind.RESOLUTION, meeting
            yield AnnouncementKind.LEVY_PLAN, meeting
    yield AnnouncementKind.RESULT, None


def show_announcement(*, village_code: str, year: int, seq: int, announcement_id: int) -> ResponseReturnValue:
    """Show what is announced, who has signed, and what this visitor may do."""
    matter = queries.get_matter(village_code, year, seq)
    row = queries.get_announcement(matter, announcement_id)
    group = group_view(row)
    is_waiting = row.stage in (AnnouncementState.SUBMITTED, AnnouncementState.EXAMINED)
    return render_template(
        "decisions/show_announcement.html", content=content_of(row), group=group,
        signs=is_waiting and may(SUPERVISION, village_code) and _is_free(group),
        is_township=may(TOWNSHIP, village_code), is_overseer=may(SUPERVISION, village_code),
        **announcement_words(matter, row),
    )  # fmt: skip


def _is_free(group: GroupView | None) -> bool:
    """Tell whether this visitor has neither signed nor stepped aside."""
    if group is None:
        return False
    return not (group.summary.signature_of(current_user.id) or group.summary.recusal_of(current_user.id))


def change_note(*, village_code: str, year: int, seq: int, announcement_id: int) -> ResponseReturnValue:
    """Change what the clerk adds in words."""
    matter = queries.get_matter(village_code, year, seq)
    row = queries.get_announcement(matter, announcement_id)
    form = NoteForm(data={"note": row.note, "version": row.version_id})
    words = announcement_words(matter, row)

    def deed() -> str:
        if form.version.data != str(row.version_id):
            raise ChangedMeanwhile
        actions.change_note(by=current_user, announcement=row, note=form.note.data or "")
        return url_for("decisions.show_announcement", **words["announcement_args"])

    if there := done(form, deed):
        flash(_("已保存补充说明。"), "success")
        return redirect(there)
    return render_template("decisions/change_note.html", form=form, **words), status(form)


def submit_announcement(*, village_code: str, year: int, seq: int, announcement_id: int) -> ResponseReturnValue:
    """Hand a draft to the oversight group, with everything in view that will be announced."""
    matter, form = queries.get_matter(village_code, year, seq), SubmitForm()
    row = queries.get_announcement(matter, announcement_id)
    words = announcement_words(matter, row)

    def deed() -> str:
        require_same(row, form.content_sha256.data)
        actions.submit_announcement(by=current_user, announcement=row, payments=payments_of(row))
        return url_for("decisions.show_announcement", **words["announcement_args"])

    if there := done(form, deed):
        flash(_("已提交，等监督小组审查签署。"), "success")
        return redirect(there)
    content = content_of(row)
    form.content_sha256.data = content.sha256
    page = render_template("decisions/submit_announcement.html", form=form, content=content, **words)
    return page, status(form)


def take_back_announcement(*, village_code: str, year: int, seq: int, announcement_id: int) -> ResponseReturnValue:
    """Take a submitted draft back before the first signature."""
    matter, form = queries.get_matter(village_code, year, seq), SubmitForm()
    row = queries.get_announcement(matter, announcement_id)
    words = announcement_words(matter, row)

    def deed() -> str:
        actions.take_back_announcement(by=current_user, announcement=row)
        return url_for("decisions.show_announcement", **words["announcement_args"])

    if there := done(form, deed):
        flash(_("已撤回，可以继续修改。"), "success")
        return redirect(there)
    return render_template("decisions/take_back_announcement.html", form=form, **words), status(form)

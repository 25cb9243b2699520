"""Photos and scans behind a matter: handed in, looked at, taken out."""

from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from village_open.core.canonical import sha256_hex
from village_open.core.errors import InputError, RuleForbids
from village_open.db import db, transaction
from village_open.decisions import queries
from village_open.decisions.actions import events as actions
from village_open.decisions.errors import PaperNotFound
from village_open.decisions.forms.events import AddPaperForm
from village_open.decisions.models import EventKind, Matter, PaperKind
from village_open.decisions.pages import matter_words, place_of
from village_open.decisions.views.deeds import status
from village_open.images import clean_upload
from village_open.storage import keep_file, read_file
from village_open.web.filters import day
from village_open.web.words import spoken

MOST_AT_ONCE = 10
MEETING, EVENT = "meeting", "event"
_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg"}


def add_paper(*, village_code: str, year: int, seq: int) -> ResponseReturnValue:
    """Put photos and scans to a matter, one of its meetings or one of its events."""
    matter = queries.get_matter(village_code, year, seq)
    form = AddPaperForm(kind=request.args.get("kind"), place=request.args.get("place", "matter"))
    form.offer(kinds=[(kind.value, kind.label) for kind in PaperKind], places=_places(matter))
    if form.validate_on_submit():
        kept = sum(_is_kept(upload, form, matter) for upload in form.uploads[:MOST_AT_ONCE])
        if not form.uploads:
            form.files.errors = [_("请先选择照片或 PDF。")]
        if kept:
            _tell(form, kept)
            return redirect(url_for("decisions.show_matter", **place_of(matter), _anchor="papers"))
    return render_template("decisions/add_paper.html", form=form, **matter_words(matter)), status(form)


def _tell(form: AddPaperForm, kept: int) -> None:
    flash(_("已收到 %(count)s 份材料。", count=kept), "success")
    for error in (*form.files.errors, *form.form_errors):
        flash(error, "error")


def _places(matter: Matter) -> list[tuple[str, str]]:
    meetings = [
        (f"{MEETING}-{row.id}", f"{day(row.held_on)} {spoken(row.body_meeting.label)}")
        for row in queries.list_meetings(matter)
        if not row.struck_reason
    ]
    events = [
        (f"{EVENT}-{row.id}", f"{day(row.on)} {spoken(EventKind(row.kind).label)} {row.party}".strip())
        for row in queries.list_events(matter)
        if not row.struck_reason
    ]
    return meetings + events


def _is_kept(upload: FileStorage, form: AddPaperForm, matter: Matter) -> bool:
    """Keep one file, or tell why not; the others are kept all the same."""
    try:
        paper = _cleaned(upload, PaperKind(form.kind.data))
        kind, _dash, number = str(form.place.data).partition("-")
        with transaction():
            meeting = queries.get_meeting(matter, int(number)) if kind == MEETING else None
            event = queries.get_event(matter, int(number)) if kind == EVENT else None
            actions.add_paper(by=current_user, matter=matter, paper=paper, meeting=meeting, event=event)
    except InputError as refused:
        form.files.errors = [*form.files.errors, f"{upload.filename}：{refused.message}"]
        return False
    except RuleForbids as forbidden:
        form.form_errors.append(forbidden.message)
        return False
    return True


def _cleaned(upload: FileStorage, kind: PaperKind) -> actions.KeptPaper:
    """Check a file, make it anew and keep it: before the deed, so that nobody waits for a picture."""
    db.session.rollback()  # A read left open would make another clerk's commit wait.
    content, name = upload.stream.read(), upload.filename or ""
    clean = clean_upload(content, name)
    kept, thumb = keep_file(clean.content), keep_file(clean.thumb)
    return actions.KeptPaper(kind, kept, thumb, sha256_hex(content), clean.media_type, _plain(name))


def _plain(name: str) -> str:
    """Leave out of a file's name what no record can keep."""
    return "".join(letter for letter in name if letter.isprintable())[:120]


def remove_paper(*, village_code: str, year: int, seq: int, matter_paper_id: int) -> ResponseReturnValue:
    """Take a photo or scan out; its file stays."""
    matter, paper = queries.get_matter(village_code, year, seq), queries.get_paper(village_code, matter_paper_id)
    if paper.matter_id != matter.id:
        raise PaperNotFound
    with transaction():
        actions.remove_paper(by=current_user, matter=matter, paper=paper)
    flash(_("已撤掉这份材料。"), "success")
    return redirect(url_for("decisions.show_matter", **place_of(matter), _anchor="papers"))


def show_paper(*, village_code: str, matter_paper_id: int) -> ResponseReturnValue:
    """Hand out a photo or scan as a file: a picture or a PDF, never a page."""
    paper = queries.get_paper(village_code, matter_paper_id)
    return _sent(paper.file_sha256, paper.media_type, f"paper-{paper.id}.{_ENDINGS[paper.media_type]}")


def show_paper_thumb(*, village_code: str, matter_paper_id: int) -> ResponseReturnValue:
    """Hand out the small picture of a photo or scan."""
    return _sent(queries.get_paper(village_code, matter_paper_id).thumb_sha256, "image/jpeg", "thumb.jpg")


def _sent(sha256: str, media_type: str, name: str) -> ResponseReturnValue:
    content = read_file(sha256)
    db.session.rollback()  # The read ends before the file goes out over a slow line.
    is_picture = media_type == "image/jpeg"
    answer = send_file(BytesIO(content), mimetype=media_type, download_name=name, as_attachment=not is_picture)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer

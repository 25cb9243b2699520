"""Registers in and out as spreadsheets: taken home, handed in again."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from village_open.core.errors import InputError, RuleForbids
from village_open.core.periods import Period
from village_open.db import db, transaction
from village_open.registers import actions
from village_open.registers.errors import RowsRefused
from village_open.registers.forms.imports import ImportRowsForm
from village_open.registers.importing import FileProblem, FileRows, read_file
from village_open.registers.pages import page_words
from village_open.registers.queries import read_registers
from village_open.registers.rules.every import get_register
from village_open.registers.rules.registers import Register
from village_open.registers.sheets import register_table
from village_open.villages.queries import get_village
from village_open.workbooks.sending import send_table

PROBLEMS_SHOWN = 200
"""An old computer shows no more; who mends these sees the next ones."""


def export_register(*, village_code: str, period_code: str, register_key: str, ending: str) -> ResponseReturnValue:
    """Hand out the rows of a register, as they are imported again."""
    village, period, register = get_village(village_code), Period.parse(period_code), get_register(register_key)
    rows, _facts = read_registers(village, period.code, [register.key])
    table = register_table(register, [row.cells for row in rows[register.key]])
    name = f"{village.name}{period.label}{register.label}"
    db.session.rollback()  # The read ends before the file goes out over a slow line.
    return send_table(table, ending, name)


def download_template(*, village_code: str, register_key: str) -> ResponseReturnValue:
    """Hand out the empty table of a register."""
    village, register = get_village(village_code), get_register(register_key)
    name = f"{village.name}{register.label}模板"
    db.session.rollback()
    return send_table(register_table(register, []), "xlsx", name)


def import_rows(*, village_code: str, period_code: str, register_key: str) -> ResponseReturnValue:
    """Take a file of rows: all of them are saved, or every cell that is wrong is told and nothing is."""
    period, register = Period.parse(period_code), get_register(register_key)
    form, problems = ImportRowsForm(), ()
    if form.validate_on_submit():
        try:
            told = _import(village_code, period, register)
        except (InputError, RuleForbids) as refused:
            form.file.errors = [refused.message]
            problems = getattr(refused, "in_file", ())
        else:
            flash(told, "success")
            place: dict[str, Any] = {
                "village_code": village_code,
                "period_code": period.code,
                "register_key": register.key,
            }
            return redirect(url_for("registers.show_register", **place), 303)
    page = render_template(
        "registers/import_rows.html", form=form, problems=problems[:PROBLEMS_SHOWN], all_problems=len(problems),
        **page_words(get_village(village_code), period, register),
    )  # fmt: skip
    return page, 422 if form.errors or problems else 200


class FileRefused(InputError):
    """Cells of a file that cannot be saved; nothing was."""

    def __init__(self, problems: tuple[FileProblem, ...]) -> None:
        self.in_file = problems
        super().__init__(f"文件里有 {len(problems)} 处要改正，什么也没有导入。改好以后再选一次文件。")


def _import(village_code: str, period: Period, register: Register) -> str:
    rows = _read(period, register)
    try:
        with transaction():
            done = actions.import_rows(
                by=current_user, village=get_village(village_code), period_code=period.code,
                register_key=register.key, rows=rows.cells,
            )  # fmt: skip
    except RowsRefused as refused:
        raise FileRefused(rows.told(register, refused.problems)) from None
    return _("导入好了：新增 %(added)s 行，对上原来的 %(known)s 行。", added=done.added, known=done.known)


def _read(period: Period, register: Register) -> FileRows:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise InputError(_("请先选择文件。"))
    db.session.rollback()  # A read left open would make another clerk's commit wait.
    rows = read_file(upload.stream.read(), register=register, period=period)
    if rows.problems:
        raise FileRefused(rows.problems)
    return rows

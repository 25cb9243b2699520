"""One file for the print shop: the chosen villages' stored sheets of a period, joined."""

from contextlib import ExitStack
from dataclasses import dataclass
from tempfile import TemporaryFile

from flask import Response, render_template, request, send_file
from flask.typing import ResponseReturnValue

from village_open.core.periods import Period
from village_open.notices.pages import paper_choices
from village_open.notices.print_runs import PrintRun, gather_sheets, join_sheets
from village_open.notices.sheets.kinds import SheetKind
from village_open.notices.take_home import print_run_table
from village_open.printing.paper import Paper
from village_open.villages.models import Township
from village_open.villages.queries import get_township, list_place_choices
from village_open.workbooks.sending import send_table

MOST_SHEETS = 200
"""One file stays small enough for an old machine and its printer; more villages are more files."""


@dataclass(frozen=True)
class _Order:
    """What is asked for: a period, the villages chosen of the roster, and a paper or that of each board."""

    period: Period
    roster: dict[str, str]
    chosen: frozenset[str]
    paper: Paper | None

    def gathered(self) -> PrintRun:
        """The sheets that the file would hold, at most `MOST_SHEETS`, and what is left out."""
        run = gather_sheets(period=self.period, village_codes=sorted(self.chosen), paper=self.paper)
        return PrintRun(run.sheets[:MOST_SHEETS], run.left_out)


def show_print_run(*, township_code: str, period_code: str) -> ResponseReturnValue:
    """Choose villages and paper, and see on which pages of the file each sheet stands."""
    township = get_township(township_code)
    order = _order(township, period_code)
    run = order.gathered()
    return render_template(
        "notices/show_print_run.html", township=township, period=order.period, order=order, run=run,
        papers=paper_choices(), kinds=SheetKind, paper=Paper.parse, is_full=len(run.sheets) == MOST_SHEETS,
        most=MOST_SHEETS,
    )  # fmt: skip


def download_print_run(*, township_code: str, period_code: str) -> Response:
    """The joined file.

    Raises:
        NothingToJoin: none of the chosen villages has a sheet.
    """
    township = get_township(township_code)
    order = _order(township, period_code)
    name = f"{township.name}-{order.period.label}-公示单.pdf"
    with ExitStack() as until_refused:
        file = until_refused.enter_context(TemporaryFile())
        join_sheets(order.gathered().sheets, file)
        until_refused.pop_all()  # from here on the answer closes it, when the last byte is sent
    file.seek(0)
    return send_file(file, mimetype="application/pdf", as_attachment=True, download_name=name, max_age=0)


def export_print_run(*, township_code: str, period_code: str, ending: str) -> Response:
    """Hand out the list of what the joined file holds and what it does not."""
    township = get_township(township_code)
    order = _order(township, period_code)
    name = f"{township.name}-{order.period.label}-批量打印清单"
    return send_table(print_run_table(order.gathered(), order.roster), ending, name)


def _order(township: Township, period_code: str) -> _Order:
    roster = {code: name for code, name in list_place_choices(township) if code != township.code}
    asked = roster.keys() & set(request.args.getlist("village"))
    paper = request.args.get("paper", "")
    return _Order(Period.parse(period_code), roster, frozenset(asked or roster), Paper.parse(paper) if paper else None)

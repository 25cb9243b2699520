"""Sheets at the shell: `village-open notices print` and `village-open verify`."""

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from village_open.core.errors import InputError
from village_open.core.periods import Period, PeriodUnreadable
from village_open.notices.print_runs import PrintRun, print_sheets
from village_open.notices.verifying import Proof, verify_export, verify_pdf
from village_open.printing.paper import Paper, PaperUnknown


class _PeriodCode(click.ParamType):
    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        try:
            return Period.parse(str(value))
        except PeriodUnreadable as unreadable:
            self.fail(unreadable.message, param, ctx)


class _PaperName(click.ParamType):
    name = "paper"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Paper:
        try:
            return Paper.parse(str(value))
        except PaperUnknown as unknown:
            self.fail(unknown.message, param, ctx)


@click.group()
def notices() -> None:
    """Sheets of issued disclosures."""


@notices.command("print")
@click.option("--quarter", "period", type=_PeriodCode(), required=True, help="Such as 2026Q3, or a month 2026M07.")
@click.option(
    "--village", "villages", multiple=True, metavar="CODE", help="12 digits; may be repeated; all without it."
)
@click.option("--paper", type=_PaperName(), help="A4, A3, A2, A1, or A3-portrait; the boards' own without it.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A folder, or one FILE.pdf.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def print_command(period: Period, villages: tuple[str, ...], paper: Paper | None, out: Path, as_json: bool) -> None:
    """Copy the stored sheets of a quarter to a folder, or join them in one file for the print shop."""
    began = time.perf_counter()
    run = print_sheets(period=period, village_codes=villages, paper=paper, out=out)
    seconds = round(time.perf_counter() - began, 3)
    click.echo(json.dumps({**asdict(run), "seconds": seconds}, ensure_ascii=False) if as_json else _told(run))


def _told(run: PrintRun) -> str:
    sheets = [
        f"{sheet.file}  第 {sheet.page_range[0]}—{sheet.page_range[1]} 页  {sheet.number}" for sheet in run.sheets
    ]
    left_out = [f"未印：{row.village}  {row.reason}" for row in run.left_out]
    return "\n".join([*sheets, *left_out, f"共 {len(run.sheets)} 份，未印 {len(run.left_out)} 项。"])


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--code", default="", help="The code copied from paper, in any grouping.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(file: Path, code: str, as_json: bool) -> None:
    """Check a sheet (PDF) or an export (ZIP) against its code; needs no database and no network.

    Raises:
        Exit: with 1, when something does not agree.
    """
    content = file.read_bytes()
    try:
        proof = (verify_export if content.startswith(b"PK") else verify_pdf)(content, code=code)
    except InputError as unreadable:
        proof = Proof(against=(unreadable.message,))
    if as_json:
        click.echo(json.dumps({"holds": proof.holds, **asdict(proof)}, ensure_ascii=False))
    else:
        _tell(proof)
    if not proof.holds:
        raise click.exceptions.Exit(1)


def _tell(proof: Proof) -> None:
    for sentence in proof.told:
        click.echo(sentence)
    for sentence in proof.against:
        click.echo(sentence, err=True)
    if proof.holds:
        click.echo("内容完整，与查验码一致，没有改动过。这里只核对内容是否被改动，不核对账目对不对。")
    else:
        click.echo("不一致，见上。", err=True)

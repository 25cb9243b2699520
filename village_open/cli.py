"""The `village-open` command: the same deeds at the other door, for the shell and for cron.

Exit 0: done. Exit 1: refused, with the reasons. Exit 2: wrong use.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import waitress
from flask_migrate import upgrade
from sqlalchemy.exc import OperationalError, ProgrammingError

from village_open.app import create_app
from village_open.backups import back_up, restore
from village_open.core.errors import VillageOpenError
from village_open.demo import Demo, drop_demo, find_demo, make_demo
from village_open.finance.commands import finance
from village_open.jobs import run_worker, start_worker
from village_open.notices.commands import notices, verify
from village_open.printing.fonts import font_notes
from village_open.public.commands import export
from village_open.record.commands import record
from village_open.villages.commands import county, township

_WITHOUT_APP = {"serve", "work", "verify"}
"""Commands that open the application themselves, or need none."""


class Door(click.Group):
    """Runs a command inside the application; what is refused is a sentence on stderr and exit 1."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command and open the application for it; wrong use and help open nothing."""
        name, command, rest = super().resolve_command(ctx, args)
        if name not in _WITHOUT_APP and "--help" not in rest and not ctx.resilient_parsing:
            ctx.with_resource(create_app().app_context())
        return name, command, rest

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for.

        Raises:
            Exit: with 1, when a rule or the input refuses it, or this computer cannot do it.
        """
        try:
            return super().invoke(ctx)
        except VillageOpenError as refused:
            reason = refused.message
        except (OperationalError, ProgrammingError) as broken:
            reason = f"数据库打不开，或者还没有建好；新装的请先运行 village-open db upgrade。（{broken.orig}）"
        except BrokenPipeError:
            raise
        except OSError as broken:
            reason = f"没有办成，{broken.strerror}：{broken.filename or ''}"
        click.echo(reason, err=True)
        raise click.exceptions.Exit(1)


@click.group(cls=Door)
def main() -> None:
    """村务公开：录入、审核、签署、签发、张贴，一条链走到底。"""


@main.command()
@click.option("--reset", is_flag=True, help="Throw an older demo away first; refuses anything that is not a demo.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def demo(reset: bool, as_json: bool) -> None:
    """Make the database and fill it with the demo township."""
    if reset:
        drop_demo()
    made = make_demo()
    click.echo(json.dumps(asdict(made), ensure_ascii=False) if as_json else _told(made))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True)
def serve(host: str, port: int) -> None:
    """Serve the pages, with the worker beside them."""
    app = create_app()
    for note in font_notes(app.config["SETTINGS"].fonts):
        click.echo(note, err=True)
    with app.app_context():
        upgrade()
        made = find_demo()
    server = waitress.create_server(app, host=host, port=port, threads=8, ident=None)
    worker = start_worker(app)
    click.echo(f"村务公开已经启动：http://{host}:{port}  （按 Ctrl+C 停止）")
    if made:
        click.echo(_told(made))
    try:
        server.run()
    finally:
        worker.stop(graceful=True)


@main.command()
def work() -> None:
    """Work off what is to be rendered, on this machine; several may run."""
    run_worker(create_app())


@main.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
def upgrade_database() -> None:
    """Bring the database to this version."""
    upgrade()
    click.echo("数据库已是最新版本。")


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything into one FILE; the server may go on meanwhile."""
    report = back_up(file)
    click.echo(f"已备份到 {file}：{report.rows} 行、{report.files} 个文件、{report.chains} 条记录链。")


@main.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore_backup(file: Path) -> None:
    """Fill an empty data directory from a backup FILE and prove the result."""
    report = restore(file)
    click.echo(f"已恢复并核对无误：{report.rows} 行、{report.files} 个文件、{report.chains} 条记录链。")


def _told(made: Demo) -> str:
    ordinary = made.villages[0]["name"]
    shown = [login for login in made.logins if login["village"] in ("", ordinary)]
    rows = [f"  {login['login']:<24}{login['password']:<16}{login['village']}{login['role']}" for login in shown]
    return "\n".join([f"演示：{made.township}，{len(made.villages)} 个村。登录名、密码、身份：", *rows])


for command in (finance, notices, verify, export, record, township, county):
    main.add_command(command)

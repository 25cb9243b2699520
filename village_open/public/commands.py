"""Open data at the shell: `village-open export`."""

import json
from pathlib import Path

import click

from village_open.public.exporting import export_village
from village_open.villages.queries import get_village


@click.command()
@click.option("--village", "code", required=True, metavar="CODE", help="12 digits.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="FILE.zip")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def export(code: str, out: Path, as_json: bool) -> None:
    """Write what a village has issued, and its record of deeds, into one FILE.zip that `verify` can prove."""
    village = get_village(code)
    count = export_village(village, out.resolve())
    told = {"file": str(out.resolve()), "village": village.code, "disclosures": count}
    line = f"已导出{village.name}：{count} 份公开内容和全部操作记录，{out.resolve()}"
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else line)

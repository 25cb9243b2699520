"""The record at the shell: `village-open record check`."""

import json
from typing import Any

import click

from village_open.record.queries import count_entries, find_broken_link, list_chains


@click.group()
def record() -> None:
    """The append-only record of deeds."""


@record.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(as_json: bool) -> None:
    """Walk every chain and name the first broken link of each; exit 1 when there is one.

    Raises:
        Exit: with 1, when a chain is broken.
    """
    chains = list_chains()
    broken = [link for chain in chains if (link := find_broken_link(chain))]
    if as_json:
        found: dict[str, Any] = {
            "chains": len(chains),
            "entries": count_entries(),
            "broken": [{"chain": link.chain, "seq": link.seq, "reason": link.reason} for link in broken],
        }
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        for link in broken:
            click.echo(f"链 {link.chain} 第 {link.seq} 条断开：{link.reason}。", err=True)
        click.echo(f"查了 {len(chains)} 条链、{count_entries()} 条记录，{_verdict(len(broken))}。")
    if broken:
        raise click.exceptions.Exit(1)


def _verdict(broken: int) -> str:
    return f"其中 {broken} 条链断开" if broken else "全部连续、没有改动"

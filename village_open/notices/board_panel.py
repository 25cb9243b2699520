"""Beside the sections of a board: who the village is, who leads and oversees, and the money of its own disclosure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from village_open.core import clock
from village_open.core.canonical import Plain
from village_open.core.periods import Period
from village_open.notices.contents import Content
from village_open.notices.queries import Published, find_published
from village_open.registers.rules.printing import Table
from village_open.villages.models import RoleKind, Village
from village_open.villages.queries import list_members, list_village_groups

PANEL = "panel"
"""The register of what the village says of itself."""


def build_panel(village: Village, period: Period, tables: Sequence[Table]) -> Iterator[tuple[str, str]]:
    """Yield the rows of the panel: what the village typed, then what the roster knows."""
    typed = [(str(row[0]), str(row[1])) for table in tables for row in _rows(table) if row[1] not in ("", 0)]
    known = {word for word, _text in typed}
    counted = (("人口", f"{village.residents}人"), ("户数", f"{village.households}户"))
    yield from ((word, text) for word, text in counted if word not in known and text[:-1] != "0")
    yield from typed
    groups = list_village_groups(village.id)
    yield from ([("村民小组", f"{len(groups)}个")] if groups else [])
    members = list_members(village.code, RoleKind.SUPERVISION.value, min(period.last_on, clock.today()))
    leaders = "、".join(one.name for one in members if one.is_leader)
    others = "、".join(one.name for one in members if not one.is_leader)
    told = [f"{word}：{names}" for word, names in (("组长", leaders), ("成员", others)) if names]
    yield from ([(RoleKind.SUPERVISION.label, "；".join(told))] if told else [])
    phone = village.township.supervision_phone
    yield from ([("举报电话", phone)] if phone else [])


def _rows(table: Table) -> list[Any]:
    rows: Any = table["rows"]
    return list(rows)


def copy_money(village_code: str, period: Period) -> Content:
    """Return section 一 from the issued disclosure of the money, or nothing where it is not issued.

    Where the village publishes by month, the three months of the quarter follow one another.
    """
    whole = find_published(village_code, period.code)
    months = [find_published(village_code, month.code) for month in period.months] if whole is None else []
    parts = [whole] if whole is not None else [one for one in months if one is not None]
    return _money(parts) if parts and (whole is not None or len(parts) == len(months)) else {}


def _money(parts: Sequence[Published]) -> Content:
    totals = [part.content["totals"] for part in parts]
    corrections = sum(one.get("correction_fen", 0) for one in totals)
    return {
        "number": "、".join(part.number for part in parts),
        "code": "、".join(part.code for part in parts),
        "opening_fen": totals[0]["opening_fen"],
        **({"correction_fen": corrections} if corrections else {}),
        "income_fen": sum(one["income_fen"] for one in totals),
        "expense_fen": sum(one["expense_fen"] for one in totals),
        "closing_fen": totals[-1]["closing_fen"],
        "rows": [
            _line(line) for part in parts for line in part.content["lines"] if line["kind"] in ("income", "expense")
        ],
    }


def _line(line: Mapping[str, Any]) -> list[Plain]:
    _year, month, day = str(line["on"]).split("-")
    fen = {"income": 0, "expense": 0, line["kind"]: line["amount_fen"]}
    income, expense = fen["income"], fen["expense"]
    return [month, day, line["summary"], income, expense, line["handler"]]

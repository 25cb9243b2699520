"""The arithmetic of a levy (一事一议筹资筹劳): people × standard, days × rate, sources add up to the whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from village_open.core.money import format_fen
from village_open.decisions.rules.checks import Check

_NEW_WORKS = ("硬化", "新建", "新修", "新铺")
REPAIR = "维修"


@dataclass(frozen=True)
class LevyPlan:
    """What a plan publishes; None is what it does not say. Money in fen, labour in days."""

    total_fen: int
    sources_fen: Mapping[str, int] = field(default_factory=dict)
    """By the name of the source."""
    payers: int | None = None
    per_head_fen: int | None = None
    raised_fen: int | None = None
    workers: int | None = None
    days_each: int | None = None
    labour_fen: int | None = None
    """What the labour is reckoned at in money (折资)."""
    day_rate_fen: int | None = None
    length_m: int | None = None
    width_cm: int | None = None
    thickness_cm: int | None = None


def check_levy(plan: LevyPlan) -> tuple[Check, ...]:
    """Compute a plan's figures from each other and set them beside the published ones (cases 59 and 60)."""
    return tuple(_checks(plan))


def _checks(plan: LevyPlan) -> Iterator[Check]:
    if plan.payers is not None and plan.per_head_fen is not None:
        rule = f"筹资 {plan.payers:,} 人 × {format_fen(plan.per_head_fen)} 元"
        yield Check(rule, _yuan(plan.payers * plan.per_head_fen), _published(plan.raised_fen))
    yield from _labour(plan)
    if plan.sources_fen:
        rule = " ＋ ".join(f"{name} {format_fen(fen)}" for name, fen in plan.sources_fen.items())
        yield Check(rule, _yuan(sum(plan.sources_fen.values())), _yuan(plan.total_fen))
    yield from _road(plan)


def _road(plan: LevyPlan) -> Iterator[Check]:
    if plan.length_m and plan.width_cm and plan.thickness_cm:
        tenths = (plan.length_m * plan.width_cm * plan.thickness_cm * 2 + 1_000) // 2_000
        rule = f"长 {plan.length_m:,} 米 × 宽 {_metres(plan.width_cm)} 米 × 厚 {_metres(plan.thickness_cm)} 米"
        yield Check(rule, f"{tenths // 10:,}.{tenths % 10} 立方米")
    if plan.length_m:
        yield Check(
            f"总造价 {format_fen(plan.total_fen)} 元 ÷ {plan.length_m:,} 米", _each(plan.total_fen, plan.length_m, "米")
        )


def _labour(plan: LevyPlan) -> Iterator[Check]:
    if plan.workers is None or plan.days_each is None:
        return
    days = plan.workers * plan.days_each
    yield Check(f"筹劳 {plan.workers:,} 人 × {plan.days_each} 个工日", f"{days:,} 个工日")
    if plan.labour_fen is None:
        return
    if plan.day_rate_fen is not None:
        rule = f"筹劳 {days:,} 个工日 × {format_fen(plan.day_rate_fen)} 元"
        yield Check(rule, _yuan(days * plan.day_rate_fen), _yuan(plan.labour_fen))
    elif days:
        yield Check(
            f"筹劳折资 {format_fen(plan.labour_fen)} 元 ÷ {days:,} 个工日", _each(plan.labour_fen, days, "个工日")
        )


def check_nature(title: str, nature: str) -> str:
    """Return the sentence that a name and the ticked nature of the work contradict each other, or nothing (case 60)."""
    said = next((word for word in _NEW_WORKS if word in title), "")
    if not said or nature != REPAIR:
        return ""
    return f"名称写“{said}”，建设性质却勾“{nature}”，两处不一致，请核对"


def _metres(cm: int) -> str:
    return f"{cm // 100}.{cm % 100:02d}"


def _yuan(fen: int) -> str:
    return f"{format_fen(fen)} 元"


def _published(fen: int | None) -> str:
    return "" if fen is None else _yuan(fen)


def _each(fen: int, number: int, unit: str) -> str:
    """Write a part of a sum, rounded half up to the fen, and say so where it is not exact."""
    whole, rest = divmod(fen, number)
    about = "约 " if rest else ""
    return f"{about}{format_fen(whole + (2 * rest >= number))} 元/{unit}"

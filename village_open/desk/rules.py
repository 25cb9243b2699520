"""Who has to do what next, and by when; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from village_open.core.calendars import Deadline
from village_open.core.periods import Period, PeriodKind
from village_open.villages.rules import RoleAt

NEXT_STEPS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "silent": (("开始录入", ("clerk",)),),
    "entry": (("录入并提交", ("clerk",)),),
    "submitted": (("逐笔审核、签署", ("finance_review",)),),
    "asked": (("答复疑问", ("clerk",)), ("逐笔审核、签署", ("finance_review",))),
    "reviewed": (("审查、签署", ("supervision",)),),
    "examined": (("记录会议结果", ("committee_head", "party_secretary")),),
    "confirmed": (("审核、签发", ("township_office",)),),
    "issued": (("张贴并登记", ("township_office", "clerk")),),
}
"""For each state of a period: the next steps, and the roles whose steps they are."""

STEP_ORDER = (
    "silent",
    "entry",
    "submitted",
    "asked",
    "reviewed",
    "examined",
    "confirmed",
    "issuing",
    "issued",
    "posted",
    "outside",
)
STEP_LABELS = {
    "silent": "未报送",
    "entry": "录入中",
    "submitted": "理财小组审核",
    "asked": "有疑问待答复",
    "reviewed": "监督小组审查",
    "examined": "会议确定",
    "confirmed": "镇里签发",
    "issuing": "公示单生成中",
    "issued": "待张贴",
    "posted": "已张贴",
    "outside": "未纳入",
}
"""`outside`: the period lies before the first one of the village."""
CHAIN_STEPS = tuple(step for step in STEP_ORDER if step not in ("silent", "asked", "issuing", "outside"))
"""The steps that a village goes through, one column of the matrix each."""


@dataclass(frozen=True)
class VillageState:
    """How far one village is in one period."""

    village_code: str
    village_name: str
    period_code: str
    state: str
    """A key of STEP_LABELS."""
    returned_because: str = ""
    """Why it lies with the clerk again."""
    is_open: bool = False
    """Whether the period was opened, be it still empty."""

    @property
    def rank(self) -> int:
        """The position in the chain; a silent village comes first."""
        return STEP_ORDER.index(self.state)


@dataclass(frozen=True)
class Task:
    """One thing that is due for one person."""

    village_code: str
    village_name: str
    period: Period
    step: str
    state: str
    due: Deadline
    late_days: int
    returned_because: str
    is_open: bool


def tasks_for(
    roles: Sequence[RoleAt], states: Iterable[VillageState], deadlines: dict[str, Deadline], today: date
) -> list[Task]:
    """Return what is due for somebody with these roles, the earliest deadline first.

    Args:
        roles: what the person is, and where.
        states: how far each village is in each unfinished period.
        deadlines: publication deadline by period code.
        today: the day of asking.
    """
    tasks = [
        _task(row, step, deadlines[row.period_code], today)
        for row in states
        for step, kinds in NEXT_STEPS.get(row.state, ())
        if any(role.kind in kinds and role.covers(row.village_code) for role in roles)
    ]
    return sorted(tasks, key=lambda task: (task.due.on, task.village_code))


def _task(row: VillageState, step: str, due: Deadline, today: date) -> Task:
    return Task(
        row.village_code, row.village_name, Period.parse(row.period_code), step, row.state, due,
        max(0, (today - due.on).days), row.returned_because, row.is_open,
    )  # fmt: skip


def due_period(today: date, kind: str) -> Period:
    """Return the period whose disclosure is due now: the last one that has ended."""
    return Period.of(today, "month" if kind == "month" else "quarter").previous


def period_of_kind(period: Period, kind: PeriodKind) -> Period:
    """Return a period as a place of another kind has it: the last month of a quarter, the quarter of a month."""
    if period.kind == kind:
        return period
    return period.months[-1] if kind == "month" else period.quarter

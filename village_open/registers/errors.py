"""The broken states of a register, each with its own message."""

from collections.abc import Sequence

from village_open.core.errors import EditConflict, InputError, RuleForbids
from village_open.core.periods import Period
from village_open.finance.rules import CellProblem


class RowsRefused(InputError):
    """Cells that cannot be saved, each named; nothing was saved."""

    def __init__(self, problems: Sequence[CellProblem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        super().__init__(f"有 {len(self.problems)} 处要改正，先看第 {first.row + 1} 行：{first.message}", first.field)


class RowsChanged(EditConflict):
    """Somebody else saved or removed some of these rows first; nothing was saved now."""

    def __init__(self, row_ids: Sequence[int]) -> None:
        self.row_ids = tuple(row_ids)
        super().__init__(
            f"有 {len(row_ids)} 行刚才被别人先改过，您的这次保存没有生效，填的内容还在。请对照两边，再决定留哪一个。"
        )


class RegisterClosed(RuleForbids):
    """The rows went into an announcement that was submitted."""

    def __init__(self, label: str, period: Period) -> None:
        super().__init__(f"{period.label}的“{label}”已经放进公开稿提交，不能再改；要改，请先撤回公开稿。")


class RowCarriedOn(RuleForbids):
    """A later period begins with this row."""

    def __init__(self, period: Period) -> None:
        super().__init__(f"这一行已经接到{period.label}，请先到那一期撤掉，再撤这一行。")


class PeriodNotBegun(RuleForbids):
    """The period lies in the future."""

    def __init__(self, period: Period) -> None:
        super().__init__(f"{period.label}还没有到，不能填台账。")


class NothingToCarry(RuleForbids):
    """There is no earlier period with rows, or all of them are here already."""

    def __init__(self, label: str) -> None:
        super().__init__(f"“{label}”没有可以接过来的上期内容，或者已经全部接过来了。")

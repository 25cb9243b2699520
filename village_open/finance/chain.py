"""The chain from the ledger line to the board, as every page of a period shows it; pure."""

from dataclasses import dataclass

STEPS = (
    ("enter", "录入"), ("review", "审核"), ("sign", "签署"), ("check", "镇审"), ("issue", "签发"), ("post", "张贴"),
    ("answer", "答复"),
)  # fmt: skip
_NOW = {"entry": 0, "submitted": 1, "reviewed": 2, "examined": 2, "confirmed": 3, "issued": 5}
_ISSUE = 4
_NOTES = {"submitted": "理财小组", "reviewed": "监督小组", "examined": "待会议确定", "making": "签发中"}


@dataclass(frozen=True)
class ChainStep:
    """One step: its key, its word, and whether it is done, now, todo or blocked."""

    key: str
    label: str
    state: str
    note: str = ""


def chain_of(
    state: str, *, is_returned: bool = False, is_checked: bool = False, is_making: bool = False
) -> tuple[ChainStep, ...]:
    """Return the steps of a period in its state.

    Args:
        state: as the period keeps it.
        is_returned: somebody sent it back, and it waits for the clerk.
        is_checked: the township has looked for secrets and personal data; only the issue is missing.
        is_making: it is published, and its sheets are still being made.
    """
    if is_making:
        return tuple(_step(number, _ISSUE, "making", is_returned=False) for number in range(len(STEPS)))
    now = _NOW[state] + (state == "confirmed" and is_checked)
    return tuple(_step(number, now, state, is_returned) for number in range(len(STEPS)))


def _step(number: int, now: int, state: str, is_returned: bool) -> ChainStep:
    key, label = STEPS[number]
    if number < now:
        return ChainStep(key, label, "done")
    if number > now:
        return ChainStep(key, label, "todo")
    return (
        ChainStep(key, label, "blocked", "已退回")
        if is_returned
        else ChainStep(key, label, "now", _NOTES.get(state, ""))
    )

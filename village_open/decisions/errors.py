"""The broken states of a matter, each with its own message."""

from collections.abc import Sequence
from datetime import date

from village_open.core.errors import InputError, NotFound, RuleForbids
from village_open.core.periods import Period


class MatterNotFound(NotFound):
    """The village has no matter of this number."""

    def __init__(self) -> None:
        super().__init__("没有找到这件事项，请返回事项列表。")


class MeetingNotFound(NotFound):
    """The matter has no such meeting."""

    def __init__(self) -> None:
        super().__init__("没有找到这次会议，请返回事项页面。")


class EventNotFound(NotFound):
    """The matter has no such event."""

    def __init__(self) -> None:
        super().__init__("没有找到这条经过，请返回事项页面。")


class PaperNotFound(NotFound):
    """The matter has no such photo or scan."""

    def __init__(self) -> None:
        super().__init__("没有找到这份材料，请返回事项页面。")


class AnnouncementNotFound(NotFound):
    """The village has no such announcement."""

    def __init__(self) -> None:
        super().__init__("没有找到这份公开稿，请返回上一页。")


class MatterClosed(RuleForbids):
    """The matter was withdrawn, or every step is done."""

    def __init__(self) -> None:
        super().__init__("这件事项已经终止或者办完，不能再改。")


class WrongStep(RuleForbids):
    """Another step is due."""

    def __init__(self, doing: str, due: str) -> None:
        super().__init__(f"现在该办的是“{due}”，不能{doing}。")


class CollectiveDecides(InputError):
    """The law leaves this kind of matter to the economic organisation, and it is left to the villagers."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"“{kind}”由集体经济组织决定：有集体经济组织的，请选集体经济组织的大会；没有的，请勾选代行。",
            "acts_for_collective",
        )


class ItemUnfit(InputError):
    """The kind of matter does not fall under the chosen item of 农村集体经济组织法 article 26."""

    def __init__(self, kind: str, items: str) -> None:
        super().__init__(f"“{kind}”属于农村集体经济组织法第26条{items}，请从中选。", "collective_item")


class TextCalled(RuleForbids):
    """A meeting was called to talk about this very text."""

    def __init__(self, version: int) -> None:
        super().__init__(f"已经安排会议讨论第 {version} 稿，不能改。请先登记会议结果；会不开了，请先作废这次会议。")


class TextVoted(RuleForbids):
    """The text was put to the vote; a changed one would not be what was voted on."""

    def __init__(self) -> None:
        super().__init__("方案已经表决通过，不能再改。内容要变，请另立一件事项重新表决。")


class RosterMissing(RuleForbids):
    """Nobody knows how many belong to the body on that day."""

    def __init__(self, body: str, on: date) -> None:
        super().__init__(f"还没有登记{on.year}年{on.month}月{on.day}日的{body}名册，算不出应到人数。请先登记名册。")


class RosterWithoutNames(RuleForbids):
    """The roster of that day holds nothing but its number of members."""

    def __init__(self, body: str) -> None:
        super().__init__(f"{body}名册只有人数，没有姓名，不能逐人登记。请只登记各项人数。")


class MeetingHeld(RuleForbids):
    """The result is recorded; it is struck with a reason, not changed."""

    def __init__(self) -> None:
        super().__init__("会议结果已经记录，不能改写。记错了请写明理由作废，再重新登记。")


class MeetingStruck(RuleForbids):
    """The meeting was struck already."""

    def __init__(self) -> None:
        super().__init__("这次会议已经作废。")


class MeetingFollowed(RuleForbids):
    """A later step already rests on the meeting."""

    def __init__(self) -> None:
        super().__init__("后面的步骤已经以这次会议为依据，不能作废。")


class MeetingAnnounced(RuleForbids):
    """The result is public; a published sheet is corrected by another one, not by striking what it tells."""

    def __init__(self) -> None:
        super().__init__("这次会议的结果已经公开，不能作废。")


class EventStruck(RuleForbids):
    """The event was struck already."""

    def __init__(self) -> None:
        super().__init__("这条经过已经作废。")


class DayUnfit(InputError):
    """A day that cannot be."""


class ReasonMissing(InputError):
    """A deed that needs a reason came without one."""

    def __init__(self) -> None:
        super().__init__("请写明理由，理由会记入留痕。", "reason")


class AnnouncementAtWrongStage(RuleForbids):
    """The announcement is with somebody else now."""

    def __init__(self, deed: str, stage: str) -> None:
        super().__init__(f"公开稿现在是“{stage}”，不能{deed}。")


class NothingToAnnounce(RuleForbids):
    """What would be announced has not happened yet."""

    def __init__(self, missing: str) -> None:
        super().__init__(f"还不能起草：{missing}。")


class AnnouncedAlready(RuleForbids):
    """The same thing is announced, or on its way."""

    def __init__(self) -> None:
        super().__init__("这项内容已经起草或者公开过，请打开原来的公开稿。")


class BoardEmpty(RuleForbids):
    """No item of the catalogue is chosen."""

    def __init__(self) -> None:
        super().__init__("还没有选要公开的事项，请至少选一项。")


class BoardTooEarly(RuleForbids):
    """The period has not begun."""

    def __init__(self, period: Period) -> None:
        super().__init__(f"{period.label}还没有开始，不能起草公开栏。")


class ItemsOnTheWay(RuleForbids):
    """Items are on another board of the period that is being signed."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__(f"这些事项已经在另一份正在审查签发的公开栏里：{'、'.join(labels)}。请去掉再起草。")


class EnteredByOwnHand(RuleForbids):
    """Who entered what is announced does not sign for the group."""

    def __init__(self) -> None:
        super().__init__("要公开的内容由您登记或者提交，不能再由您审查签署，请小组其他成员签。")


class PrivacyNotChecked(RuleForbids):
    """Nobody signed the check for secrets and personal data."""

    def __init__(self) -> None:
        super().__init__("还没有做保密和个人信息审查，不能签发。")

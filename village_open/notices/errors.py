"""The broken states of issuing and posting, each with its own message."""

from collections.abc import Sequence
from datetime import date

from village_open.core.errors import InputError, NotFound, RuleForbids


class DisclosureNotFound(NotFound):
    """Nothing was published under this code or for this period; what is not issued does not exist for visitors."""

    def __init__(self) -> None:
        super().__init__("没有查到已经公布的内容。")


class SignedContentDiffers(RuleForbids):
    """The figures of today are not those that the groups signed."""

    def __init__(self, who: str) -> None:
        super().__init__(f"账目与{who}签署时的内容不一致，不能签发。请退回村里，查明后重新提交、重新签署。")


class ItemNotFound(NotFound):
    """The catalogue holds no such item in this period."""

    def __init__(self) -> None:
        super().__init__("公开目录里没有这一项，请返回刷新。")


class ItemUnfit(InputError):
    """Something about an item of the catalogue cannot be."""


class LocalItemEnded(RuleForbids):
    """The item was ended before."""

    def __init__(self, label: str) -> None:
        super().__init__(f"“{label}”已经停用，不用再停。")


class ExceptionStands(RuleForbids):
    """It is said already that the item does not apply."""

    def __init__(self, label: str) -> None:
        super().__init__(f"“{label}”已经写明不适用。")


class SectionsUntold(RuleForbids):
    """Items of the board have neither rows nor words, and nobody said that there is nothing."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__(
            f"还有 {len(labels)} 项没有内容：{'、'.join(labels)}。请先填写；本期确实没有的，请勾“本季无”。"
        )


class NothingContradicted(RuleForbids):
    """It is said that there is nothing, and there are rows."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__(f"勾了“本季无”，可是已经有内容：{'、'.join(labels)}。请去掉勾，或者先删去内容。")


class SignatureMissing(RuleForbids):
    """A group has not signed this version."""

    def __init__(self, who: str) -> None:
        super().__init__(f"{who}还没有签署这一稿，不能签发。")


class NotFiled(RuleForbids):
    """The profile wants the filing before the publication."""

    def __init__(self) -> None:
        super().__init__("按本镇设置，公布前要先备案。请先在镇里审核页登记备案，再签发。")


class ContentChanged(RuleForbids):
    """What was tried in print is not what would be frozen now."""

    def __init__(self) -> None:
        super().__init__("试排之后内容有变动，没有签发。请再看一遍预览，然后重新签发。")


class SheetsMissing(RuleForbids):
    """A disclosure cannot be called issued while a sheet of it is not there."""

    def __init__(self, missing: int) -> None:
        super().__init__(f"还有 {missing} 份公示单没有制作完成，暂时不能公布。")


class NotIssuedYet(RuleForbids):
    """The disclosure is still being made."""

    def __init__(self) -> None:
        super().__init__("公示单还在制作，完成后才能打印、张贴。")


class PaperNotMade(RuleForbids):
    """A disclosure was never printed on this paper."""

    def __init__(self) -> None:
        super().__init__("还没有做过这种纸，请先在该村的公示单页“换一种纸”里制作。")


class SheetsUnwritable(RuleForbids):
    """The disk did not take a finished sheet."""

    def __init__(self, why: OSError) -> None:
        super().__init__(
            f"做好的公示单写不进磁盘（{why.strerror or type(why).__name__}），请检查磁盘是否已满、能否写入。"
        )


class PostingNotFound(NotFound):
    """The register holds no such entry for this disclosure."""

    def __init__(self) -> None:
        super().__init__("没有这条张贴记录，请返回刷新。")


class PostingDayWrong(InputError):
    """The day of posting lies before the issue or in the future."""

    def __init__(self, issued_on: date) -> None:
        super().__init__(f"张贴日期应在签发之日（{issued_on:%Y-%m-%d}）到今天之间，请核对。", field="posted_on")


class TakenDownDayWrong(InputError):
    """The day of taking down lies before the posting or in the future."""

    def __init__(self, posted_on: date) -> None:
        super().__init__(f"取下日期应在张贴之日（{posted_on:%Y-%m-%d}）到今天之间，请核对。", field="taken_down_on")


class AlreadyHanging(RuleForbids):
    """The same sheet hangs on the same board already."""

    def __init__(self, place: str, posted_on: date) -> None:
        super().__init__(f"这份公示单从 {posted_on:%Y-%m-%d} 起已经张贴在“{place}”。取下以后才能再登记。")


class AlreadyTakenDown(RuleForbids):
    """The sheet was taken down before."""

    def __init__(self, taken_down_on: date) -> None:
        super().__init__(f"这份公示单已在 {taken_down_on:%Y-%m-%d} 登记取下，不用再登记。")

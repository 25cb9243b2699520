"""The broken states of a period, each with its own message."""

from collections.abc import Sequence

from village_open.core.errors import EditConflict, NotFound, RuleForbids
from village_open.core.periods import Period
from village_open.decisions.rules.payments import Missing


class PeriodNotFound(NotFound):
    """The village has not opened this period."""

    def __init__(self, village: str, period: Period) -> None:
        super().__init__(f"{village}还没有开始录入{period.label}。")


class AccountNotFound(NotFound):
    """The village has no such money account."""

    def __init__(self) -> None:
        super().__init__("没有找到这个资金账户，请返回刷新。")


class ReceiptNotFound(NotFound):
    """No such receipt behind this line."""

    def __init__(self) -> None:
        super().__init__("没有找到这张凭证，可能已被撤掉，请返回刷新。")


class LineNotFound(NotFound):
    """No such line in this period."""

    def __init__(self) -> None:
        super().__init__("这一笔不在本期账里，可能已被撤掉，请刷新。")


class LinesChanged(EditConflict):
    """Somebody else saved, removed or restored some of these lines first; nothing was saved now."""

    def __init__(self, line_ids: Sequence[int]) -> None:
        self.line_ids = tuple(line_ids)
        super().__init__(
            f"有 {len(line_ids)} 笔刚才被别人先改过，您的这次保存没有生效，填的内容还在。请对照两边，再决定留哪一个。"
        )


class PeriodChanged(EditConflict):
    """Somebody else saved the same part of the period after the page was opened; nothing was saved now."""

    def __init__(self) -> None:
        super().__init__("刚才有别人先改过这一期，您的这次保存没有生效，填的内容还在。请对照两边，再决定留哪一个。")


class WrongStage(RuleForbids):
    """The deed does not fit the state of the period."""

    def __init__(self, deed: str, label: str) -> None:
        super().__init__(f"本期现在是“{label}”，不能{deed}。")


class PeriodAlreadyOpen(RuleForbids):
    """The period was opened before."""

    def __init__(self, period: Period) -> None:
        super().__init__(f"{period.label}已经开始录入，不用再开。")


class PeriodBeforeBooks(PeriodAlreadyOpen):
    """The period lies before the village's first one here, or between older ones: it is never opened again."""

    def __init__(self, period: Period) -> None:
        super().__init__(period)
        self.message = f"{period.label}在本村现有账目之前，不能再录入。以前各期的数字在加入时按凭据填写。"


class PeriodInFuture(RuleForbids):
    """The period has not begun."""

    def __init__(self, period: Period) -> None:
        super().__init__(f"{period.label}还没有到（{period.first_on:%Y-%m-%d}开始），到时再录入。")


class PeriodOfOtherKind(RuleForbids):
    """The profile asks for months where a quarter came, or the other way round."""

    def __init__(self, wanted: str) -> None:
        super().__init__(f"按本镇设置，财务收支{wanted}公开，请选择相应的期间。")


class PreviousPeriodSkipped(RuleForbids):
    """A period between the last one and this one was never opened."""

    def __init__(self, missing: Period) -> None:
        super().__init__(f"{missing.label}还没有录入，请先录入{missing.label}，期初才接得上。")


class OpeningUnknown(RuleForbids):
    """A village without an earlier period has not typed its opening."""

    def __init__(self) -> None:
        super().__init__("本村第一次使用，请先填写各资金账户的期初余额、来源凭据，并签字确认。")


class OpeningCarried(RuleForbids):
    """The opening comes from the period before; only the figures of a joining village are typed."""

    def __init__(self, period: Period) -> None:
        super().__init__(f"{period.label}的期初接自上期期末，不是手填的，不能在这里更正。")


class JoiningFixed(RuleForbids):
    """The figures with which the village joined were handed in with the period and stand as they were signed."""

    def __init__(self, label: str) -> None:
        super().__init__(
            f"期初和本年累计已经随本期一起提交，本期现在是“{label}”，不能更正。"
            "要改，请先撤回本期；小组已经开始审核的，请小组或镇公开办退回。"
        )


class PreviousNotPublished(RuleForbids):
    """The period before is not published and the township gave no reason to go on."""

    def __init__(self, previous: Period) -> None:
        super().__init__(f"{previous.label}还没有签发公开。镇公开办写明理由、同意暂计之后，本期才能提交。")


class OneHandOnly(RuleForbids):
    """Somebody would check what they entered themselves."""

    def __init__(self) -> None:
        super().__init__("您录入或改动过本期的账目，按“一人一手”的规定，不能再审核、签署同一期。")


class OpenQueries(RuleForbids):
    """Lines are still queried and nobody decided to print the objection."""

    def __init__(self, count: int) -> None:
        super().__init__(f"还有 {count} 笔疑问没有答复清楚。请先答复；确有分歧的，选择“带异议公开”后再继续。")


class LinesUnmarked(RuleForbids):
    """The finance-review group has not looked at every line."""

    def __init__(self, count: int) -> None:
        super().__init__(f"还有 {count} 笔没有人审核。每一笔都有意见之后，小组才能签署。")


class SubmissionChanged(EditConflict):
    """The lines on the page are not those that lie before the group now."""

    def __init__(self) -> None:
        super().__init__("账目在您打开页面之后被退回、撤回或重新提交过，您的这次操作没有生效。请重新打开，看最新内容。")


class AlreadyFiled(RuleForbids):
    """Somebody has filed the period before; the first filing stands."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}已经登记过本期的备案，不用再登记。")


class PrivacyUnchecked(RuleForbids):
    """Nobody has checked the sheet for secrets and personal data."""

    def __init__(self) -> None:
        super().__init__("还没有做保密和个人信息审查，审查人勾选并署名后才能签发。")


class DecisionMissing(RuleForbids):
    """Large payments have no decision that covers them, and no exception was made."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        self.missing = tuple(missing)
        told = "".join(one.sentence for one in missing[:_TOLD])
        more = f"另有 {len(missing) - _TOLD} 笔，见下面的清单。" if len(missing) > _TOLD else ""
        super().__init__(
            f"有 {len(missing)} 笔大额支出没有办齐，不能提交。{told}{more}选好依据的决议，或者写明例外的理由，再提交。"
        )


_TOLD = 3


class AccountInUse(RuleForbids):
    """The money account still holds money or lines of this period."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”本期还有余额或账目，不能停用。")


class CorrectionFixed(RuleForbids):
    """A correction of earlier periods follows from what was published; nobody types it."""

    def __init__(self) -> None:
        super().__init__("“以前期更正”由已公布的两期算出，不能改，也不能撤。有出入请先查明所列的两期。")

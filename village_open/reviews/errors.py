"""The broken states of a review, each with its own message."""

from village_open.core.errors import EditConflict, InputError, NotFound, RuleForbids


class ReviewNotFound(NotFound):
    """The thing is not before this group."""

    def __init__(self) -> None:
        super().__init__("这一项还没有送到小组审核，或者已经撤回。")


class PaperSignatureNotFound(NotFound):
    """No such sign-off page waits here."""

    def __init__(self) -> None:
        super().__init__("没有找到这份签字页照片，可能已经处理过，请返回刷新。")


class ReviewEnded(RuleForbids):
    """The group has spoken, or the thing was taken back."""

    def __init__(self) -> None:
        super().__init__("本轮审核已经结束，不能再改。内容改动后会重新送审。")


class ContentChanged(EditConflict):
    """What is signed or issued is not what the page showed or what was signed; `what` names it."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what}的内容变动过，和打开页面时看到的、或签署时的不一样，这一步没有办成。请重新查看后再办。"
        )


class NotAMember(RuleForbids):
    """The person is not in the group today."""

    def __init__(self, name: str, group: str) -> None:
        super().__init__(f"{name}今天不是{group}成员（未当选，或任期已满），不能审核、签署。")


class HandBarred(RuleForbids):
    """The person entered, edited or submitted what is looked at."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}录入或改动过本期内容，按“一人一手”的规定，不能再审核、签署，请办理回避。")


class OfficeBarred(RuleForbids):
    """The person's office or kinship bars them today; `why` is the sentence that names the article."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}现在不能审核、签署，请办理回避。")


class AsideAlready(RuleForbids):
    """The member has stepped aside from this."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}已经回避，不能审核、签署。")


class SignedAlready(RuleForbids):
    """The member's signature is there; signatures only grow."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}已经签过，签名不能更改或重复。")


class ReasonNeeded(InputError):
    """A doubt, a refusal or a recusal without its reason."""

    def __init__(self, word: str, field: str = "reason") -> None:
        super().__init__(f"选择“{word}”时，请写明理由，理由会保留并公开。", field=field)


class QueryUnanswered(RuleForbids):
    """A member withdraws an objection before the clerk has answered it."""

    def __init__(self) -> None:
        super().__init__("报账员还没有答复您的意见。等答复之后，您再改为“通过”。")


class NothingToAnswer(RuleForbids):
    """Nobody has asked."""

    def __init__(self) -> None:
        super().__init__("这一笔现在没有疑问，不用答复。")


class LeaderNotReplaced(InputError):
    """A leader steps aside and the group has not chosen who leads instead."""

    def __init__(self) -> None:
        super().__init__("组长回避时，请选择小组推选的代行组长，代行组长应是没有回避的成员。", field="replaced_by")


class NobodyLeft(RuleForbids):
    """If this member stepped aside too, nobody could look at it."""

    def __init__(self) -> None:
        super().__init__("其他成员都已回避，再回避就没有人审核了。请先由村民会议或村民代表会议另行推选成员。")


class NotForThisHand(RuleForbids):
    """A recusal is written down by the member; by another one only where the member is barred."""

    def __init__(self, name: str) -> None:
        super().__init__(f"回避由{name}本人提出；只有依规定应当回避的，才可以由小组其他成员代为记录。")


class ConfirmedByWrongHand(RuleForbids):
    """Who confirms a signature on paper must be another member with an account."""

    def __init__(self, names: str) -> None:
        super().__init__(f"签字页照片由小组里有账号的其他成员确认：{names}。上传的人和签字的人都不能自己确认。")


class WitnessNeeded(RuleForbids):
    """Nobody in the group can confirm; a named person of the township does."""

    def __init__(self) -> None:
        super().__init__("小组里没有其他成员有账号，请由镇公开办的人核对签字页原件后确认；上传的人不能自己确认。")

"""How the record tells of a group's recusals and of signatures on paper, whatever the thing is that it looks at."""

from village_open.record.actions import Doer
from village_open.reviews.models import PaperSignature, Recusal
from village_open.reviews.rules import Decision

Facts = dict[str, str | int]


def recusal_said(recusal: Recusal, by: Doer, what: str) -> str:
    """Tell that a member stepped aside from something, or that another one wrote it down."""
    who = "" if recusal.person_id == by.id else f"记录：{recusal.person_name}"
    leads = f"，由{recusal.replaced_by_name}代行组长" if recusal.replaced_by_name else ""
    return f"{who}对{what}回避，理由：{recusal.reason}{leads}"


def recusal_facts(recusal: Recusal) -> Facts:
    """Return what the record keeps of a recusal."""
    return {"member": recusal.person_id, "reason": recusal.reason, "leads": recusal.replaced_by_id or 0}


def handed_in_said(paper: PaperSignature, what: str) -> str:
    """Tell that the photo of a signed page was handed in."""
    return f"上传了{paper.person_name}在{what}签字页上的签字照片：{Decision(paper.decision).label}，等待他人确认"


def confirmed_said(paper: PaperSignature, what: str, role: str) -> str:
    """Tell that another hand confirmed a signature on paper."""
    label = Decision(paper.decision).label
    return f"以{role}身份确认了{paper.person_name}在{what}签字页上的签字：{label}"


def refused_said(paper: PaperSignature, what: str) -> str:
    """Tell that another hand did not confirm it, and why."""
    return f"没有确认{paper.person_name}在{what}签字页上的签字，理由：{paper.settled_reason}"


def paper_facts(paper: PaperSignature) -> Facts:
    """Return what the record keeps of a signature on paper."""
    return {
        "signer": paper.person_id, "decision": paper.decision, "note": paper.note, "photo_sha256": paper.photo_sha256,
        "uploaded_by": paper.uploaded_by_id, **({"reason": paper.settled_reason} if paper.settled_reason else {}),
    }  # fmt: skip


def role_said(group_word: str, *, is_witness: bool) -> str:
    """Name the one who confirms: a member of the group, or the township's witness."""
    return "镇见证人" if is_witness else f"{group_word}成员"

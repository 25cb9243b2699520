"""An announcement before the oversight group and the township: signed, returned, checked, issued."""

from village_open.core import clock
from village_open.db import db, hold_lock
from village_open.decisions.actions.matters import settle_steps
from village_open.decisions.actions.stages import record_announcement, require_stage
from village_open.decisions.around import NOTHING_ABOVE, Surroundings, hands_of, tell
from village_open.decisions.contents import announcement_sha256
from village_open.decisions.errors import AnnouncementAtWrongStage, EnteredByOwnHand, PrivacyNotChecked, ReasonMissing
from village_open.decisions.models import Announcement, AnnouncementState
from village_open.record.actions import Doer
from village_open.reviews.actions import sign
from village_open.reviews.errors import ContentChanged
from village_open.reviews.models import Review
from village_open.reviews.queries import find_review, get_summary
from village_open.reviews.rules import Decision, Outcome
from village_open.villages.models import RoleKind

SUPERVISION = RoleKind.SUPERVISION.value


def sign_announcement(
    *,
    by: Doer,
    announcement: Announcement,
    decision: Decision,
    note: str = "",
    content_sha256: str,
    around: Surroundings = NOTHING_ABOVE,
) -> None:
    """Sign for the oversight group; `content_sha256` is that of the page the signer saw.

    Raises:
        AnnouncementAtWrongStage: it is not before the group.
        EnteredByOwnHand: the signer entered the matter or submitted the draft.
        ContentChanged, ReasonNeeded, NotAMember, OfficeBarred, AsideAlready, SignedAlready: as the reviews room says.
    """
    review = review_of(announcement, "签署")
    barred = hands_of(announcement, around)
    if by.id in barred:
        raise EnteredByOwnHand
    sign(
        review=review, member=by, decision=decision, what=announcement.label, note=note.strip(),
        barred=barred, content_sha256=content_sha256,
    )  # fmt: skip
    told = f"，意见：{note.strip()}" if note.strip() else ""
    record_announcement(
        announcement, by, "sign_announcement", f"以村务监督小组成员身份签署{{what}}：{decision.label}{told}",
        after={"decision": decision.value, "note": note.strip(), "content_sha256": review.content_sha256},
    )  # fmt: skip
    settle_signatures(by=by, announcement=announcement)


def settle_signatures(*, by: Doer, announcement: Announcement) -> None:
    """Move it on when the group has signed, or back when it has refused; later signatures move nothing."""
    if announcement.stage is not AnnouncementState.SUBMITTED:
        return
    summary = get_summary(review_of(announcement, "签署"))
    if summary.outcome is Outcome.REFUSED:
        announcement.state = AnnouncementState.DRAFT.value
        announcement.return_reason = f"村务监督小组不同意：{summary.refusal_reason}"
        said = "村务监督小组多数不同意，{what}退回村里"
    elif summary.outcome is Outcome.SIGNED:
        announcement.state = AnnouncementState.EXAMINED.value
        said = "村务监督小组签署完成，{what}等镇里审核签发"
    else:
        return
    db.session.flush()
    record_announcement(
        announcement,
        by,
        "settle_announcement",
        f"{said}（{summary.quorum.words}）",
        after={"stage": announcement.stage.label},
    )


def return_announcement(*, by: Doer, announcement: Announcement, reason: str) -> None:
    """Return it to the village with a reason; nothing is lost, the checks begin anew.

    Raises:
        ReasonMissing: without a reason.
        AnnouncementAtWrongStage: it is with the clerk, or issued.
    """
    if not reason.strip():
        raise ReasonMissing
    hold_lock(f"announcement:{announcement.id}")
    db.session.refresh(announcement, ["state", "round", "version_id"])
    if announcement.stage in (AnnouncementState.DRAFT, AnnouncementState.ISSUED):
        raise AnnouncementAtWrongStage("退回", announcement.stage.label)
    announcement.state, announcement.return_reason = AnnouncementState.DRAFT.value, reason.strip()
    announcement.privacy_checked_by, announcement.privacy_checked_at = "", None
    db.session.flush()
    record_announcement(
        announcement,
        by,
        "return_announcement",
        f"退回了{{what}}，理由：{reason.strip()}",
        after={"reason": reason.strip()},
    )


def check_announcement(*, by: Doer, announcement: Announcement) -> None:
    """Sign that it holds no secret and no personal data that may not be published (保密审查).

    Raises:
        AnnouncementAtWrongStage: the group has not signed it.
    """
    require_stage(announcement, AnnouncementState.EXAMINED, "做保密审查")
    announcement.privacy_checked_by, announcement.privacy_checked_at = by.name, clock.now()
    db.session.flush()
    record_announcement(
        announcement, by, "check_announcement", "完成了{what}的保密和个人信息审查", after={"checked_by": by.name}
    )


def require_announceable(announcement: Announcement, *, around: Surroundings = NOTHING_ABOVE) -> None:
    """Hold the rules that stand between a signed announcement and its sheet.

    Raises:
        AnnouncementAtWrongStage: the group has not signed, or it is issued.
        PrivacyNotChecked: nobody signed the check for secrets and personal data.
        ContentChanged: what would be printed is no longer what was signed.
    """
    require_stage(announcement, AnnouncementState.EXAMINED, "签发")
    if not announcement.privacy_checked_by:
        raise PrivacyNotChecked
    if announcement_sha256(tell(announcement, around)) != announcement.content_sha256:
        raise ContentChanged(announcement.label)


def publish_announcement(
    *, by: Doer, announcement: Announcement, number: str, around: Surroundings = NOTHING_ABOVE
) -> None:
    """Mark it as issued and move the matter on; called when its disclosure is frozen.

    Raises:
        AnnouncementAtWrongStage, PrivacyNotChecked, ContentChanged: as `require_announceable`.
    """
    require_announceable(announcement, around=around)
    announcement.state = AnnouncementState.ISSUED.value
    db.session.flush()
    if announcement.matter is not None:
        settle_steps(announcement.matter)
    record_announcement(
        announcement, by, "publish_announcement", f"签发了{{what}}，编号 {number}", after={"number": number}
    )


def review_of(announcement: Announcement, deed: str) -> Review:
    """Return the group's review of what is submitted; members may still sign after the majority, until it is issued.

    Raises:
        AnnouncementAtWrongStage: it is with the clerk, or issued.
    """
    hold_lock(f"announcement:{announcement.id}")
    db.session.refresh(announcement, ["state", "round", "version_id"])
    stage = announcement.stage
    review = find_review(announcement.review_subject, SUPERVISION, announcement.round)
    if review is None or stage not in (AnnouncementState.SUBMITTED, AnnouncementState.EXAMINED):
        raise AnnouncementAtWrongStage(deed, stage.label)
    return review

"""What can be issued: a period's money, or an announcement of a matter; the four steps are the same for both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from village_open.core.periods import Period
from village_open.decisions.actions.announcing import publish_announcement, require_announceable
from village_open.decisions.models import Announcement
from village_open.decisions.queries import get_announcement
from village_open.finance.actions import publish_period
from village_open.finance.actions.publishing import require_publishable
from village_open.finance.models import FinancePeriod
from village_open.finance.queries import get_period
from village_open.notices.affairs import build_affairs, draft_affairs
from village_open.notices.around import AROUND
from village_open.notices.contents import Content, build_content, draft_content
from village_open.notices.errors import NotFiled
from village_open.notices.queries import AFFAIRS, FINANCE, Published, find_disclosure, find_of_announcement
from village_open.record.actions import Doer
from village_open.villages.models import Village
from village_open.villages.queries import get_profile


class Subject(Protocol):
    """Something that the township issues."""

    @property
    def kind(self) -> str:
        """`finance` or `affairs`: each counts its own numbers."""

    @property
    def village(self) -> Village:
        """Whose it is."""

    @property
    def period(self) -> Period:
        """Under which period it is kept."""

    @property
    def announcement_id(self) -> int | None:
        """Which announcement it is, if it is one."""

    def require_issuable(self) -> None:
        """Hold the rules that stand between what was signed and its disclosure."""

    def content(self, issued_on: date) -> Content:
        """Return what is frozen, without its number."""

    def draft(self, issued_on: date) -> Content:
        """Return what a draft shows."""

    def publish(self, by: Doer, number: str) -> None:
        """Mark it as issued."""

    def find_disclosure(self) -> Published | None:
        """Return its newest disclosure, issued or still being made, or None."""


@dataclass(frozen=True)
class PeriodSubject:
    """A period's money."""

    row: FinancePeriod
    kind: str = FINANCE

    @property
    def village(self) -> Village:
        """Whose it is."""
        return self.row.village

    @property
    def period(self) -> Period:
        """The period itself."""
        return self.row.period

    @property
    def announcement_id(self) -> int | None:
        """None: it is no announcement."""
        return None

    def require_issuable(self) -> None:
        """Hold the rules between a confirmed period and its disclosure.

        Raises:
            WrongStage, OpenQueries, PrivacyUnchecked: as `finance.actions.publishing.require_publishable`.
            NotFiled: the profile wants the filing first.
        """
        require_publishable(self.row)
        profile = get_profile(self.village.township, self.period)
        if profile.files_before_publication and not self.row.filed_by:
            raise NotFiled

    def content(self, issued_on: date) -> Content:
        """Return what is frozen, without its number."""
        return build_content(self.row, issued_on=issued_on)

    def draft(self, issued_on: date) -> Content:
        """Return what a draft shows."""
        return draft_content(self.row, issued_on=issued_on)

    def publish(self, by: Doer, number: str) -> None:
        """Mark the period as published."""
        publish_period(by=by, period=self.row, number=number)

    def find_disclosure(self) -> Published | None:
        """Return its newest disclosure, or None."""
        return find_disclosure(self.village.code, self.row.code)


@dataclass(frozen=True)
class AnnouncementSubject:
    """An announcement: of a matter, or of a period."""

    row: Announcement
    kind: str = AFFAIRS

    @property
    def village(self) -> Village:
        """Whose it is."""
        return self.row.village

    @property
    def period(self) -> Period:
        """The period it tells of, or in which it was begun."""
        return self.row.period

    @property
    def announcement_id(self) -> int | None:
        """Which announcement it is."""
        return self.row.id

    def require_issuable(self) -> None:
        """Hold the rules between a signed announcement and its disclosure.

        Raises:
            AnnouncementAtWrongStage, PrivacyNotChecked, ContentChanged: as `require_announceable`.
        """
        require_announceable(self.row, around=AROUND)

    def content(self, issued_on: date) -> Content:
        """Return what is frozen, without its number."""
        return build_affairs(self.row, issued_on=issued_on)

    def draft(self, issued_on: date) -> Content:
        """Return what a draft shows."""
        return draft_affairs(self.row, issued_on=issued_on)

    def publish(self, by: Doer, number: str) -> None:
        """Mark the announcement as issued, and move on the matter it is of."""
        publish_announcement(by=by, announcement=self.row, number=number, around=AROUND)

    def find_disclosure(self) -> Published | None:
        """Return its disclosure, or None."""
        return find_of_announcement(self.row.id)


def subject_at(place: Mapping[str, Any]) -> Subject:
    """Return what an address names: `village_code` with `period_code`, or with `announcement_id`.

    Raises:
        VillageNotFound, PeriodNotFound, AnnouncementNotFound: there is no such thing.
    """
    if "announcement_id" in place:
        return AnnouncementSubject(get_announcement(place["village_code"], place["announcement_id"]))
    return PeriodSubject(get_period(place["village_code"], place["period_code"]))

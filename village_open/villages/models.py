"""Places, roles with terms, the two groups, and the profile's values."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_open.db import Base, CreatedAt, Key, Versioned
from village_open.identity.models import Person


class RoleKind(StrEnum):
    """What a person is at a place; the place is a county, township or village code."""

    CLERK = "clerk"
    COMMITTEE_HEAD = "committee_head"
    COMMITTEE_MEMBER = "committee_member"
    PARTY_SECRETARY = "party_secretary"
    ACCOUNTANT = "accountant"
    CASHIER = "cashier"
    DOCUMENT_CLERK = "document_clerk"
    COLLECTIVE_HEAD = "collective_head"
    TOWNSHIP_OFFICE = "township_office"
    INSPECTOR = "inspector"
    COUNTY_LEADER = "county_leader"
    FINANCE_REVIEW = "finance_review"
    SUPERVISION = "supervision"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return _ROLE_LABELS[self]

    def label_at(self, place_name: str) -> str:
        """The word behind the name of its place: 李家村报账员, 青山镇公开办."""
        return place_name + _AFTER_PLACE.get(self, self.label)


_AFTER_PLACE = {
    RoleKind.CLERK: "报账员",
    RoleKind.CASHIER: "出纳",
    RoleKind.DOCUMENT_CLERK: "文书",
    RoleKind.TOWNSHIP_OFFICE: "公开办",
}
_ROLE_LABELS = {
    RoleKind.CLERK: "村报账员",
    RoleKind.COMMITTEE_HEAD: "村委会主任",
    RoleKind.COMMITTEE_MEMBER: "村委会委员",
    RoleKind.PARTY_SECRETARY: "村党组织书记",
    RoleKind.ACCOUNTANT: "主管会计",
    RoleKind.CASHIER: "村出纳",
    RoleKind.DOCUMENT_CLERK: "村文书",
    RoleKind.COLLECTIVE_HEAD: "集体经济组织负责人",
    RoleKind.TOWNSHIP_OFFICE: "镇公开办",
    RoleKind.INSPECTOR: "检查组",
    RoleKind.COUNTY_LEADER: "区县领导",
    RoleKind.FINANCE_REVIEW: "民主理财小组",
    RoleKind.SUPERVISION: "村务监督小组",
}


class Department(StrEnum):
    """The five departments of the quarterly inspection."""

    DISCIPLINE = "discipline"
    ORGANISATION = "organisation"
    CIVIL_AFFAIRS = "civil_affairs"
    AGRICULTURE = "agriculture"
    FINANCE = "finance"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {
            "discipline": "纪检监察", "organisation": "组织", "civil_affairs": "民政",
            "agriculture": "农业农村", "finance": "财政",
        }[self.value]  # fmt: skip


class County(Base):
    """A county; its code is the first six digits of every place in it."""

    __tablename__ = "county"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(6), unique=True)
    name: Mapped[str] = mapped_column(String(40))


class Township(Versioned, Base):
    """A township; its code is the first nine digits of every village in it."""

    __tablename__ = "township"

    id: Mapped[Key]
    county_id: Mapped[int] = mapped_column(ForeignKey("county.id"), index=True)
    code: Mapped[str] = mapped_column(String(9), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    supervision_phone: Mapped[str] = mapped_column(String(40), default="")
    jurisdiction: Mapped[str] = mapped_column(String(20), default="国家")
    latest_period: Mapped[str] = mapped_column(String(7), default="")
    """The latest period any village opened; a profile change then counts from the next."""
    is_demo: Mapped[bool] = mapped_column(default=False)
    county: Mapped[County] = relationship()


class Village(Versioned, Base):
    """A village by its 12-digit 统计用区划代码."""

    __tablename__ = "village"

    id: Mapped[Key]
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    households: Mapped[int] = mapped_column(default=0)
    residents: Mapped[int] = mapped_column(default=0)
    chart_year: Mapped[int] = mapped_column(default=2023)
    """Which chart of accounts its books use: 2004 or 2023."""
    township: Mapped[Township] = relationship()
    boards: Mapped[list["NoticeBoard"]] = relationship(order_by="NoticeBoard.id", viewonly=True)


class VillageGroup(Base):
    """村民小组: a villagers' group inside a village."""

    __tablename__ = "village_group"
    __table_args__ = (UniqueConstraint("village_id", "name"),)

    id: Mapped[Key]
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    name: Mapped[str] = mapped_column(String(40))
    households: Mapped[int] = mapped_column(default=0)


class NoticeBoard(Versioned, Base):
    """A notice board: where it stands, how large it is, from how far it is read."""

    __tablename__ = "notice_board"

    id: Mapped[Key]
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), index=True)
    place: Mapped[str] = mapped_column(String(80))
    width_mm: Mapped[int] = mapped_column(default=1200)
    height_mm: Mapped[int] = mapped_column(default=900)
    reading_distance_mm: Mapped[int] = mapped_column(default=1500)
    paper: Mapped[str] = mapped_column(String(14), default="A3-landscape")


class Role(Base):
    """A person is something at a place from a day until a day; ended, never deleted."""

    __tablename__ = "role"
    __table_args__ = (Index("ix_role_place_kind", "place_code", "kind"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    place_code: Mapped[str] = mapped_column(String(12))
    department: Mapped[str] = mapped_column(String(20), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    is_leader: Mapped[bool] = mapped_column(default=False)
    """组长 of a group."""
    elected_on: Mapped[date | None]
    elected_by: Mapped[str] = mapped_column(String(80), default="")
    """By which meeting a group member was elected."""
    created_at: Mapped[CreatedAt]
    person: Mapped[Person] = relationship()


class NearRelative(Base):
    """A declared near relationship between two people of a village."""

    __tablename__ = "near_relative"
    __table_args__ = (UniqueConstraint("person_id", "relative_id"),)

    id: Mapped[Key]
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    relative_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    relation: Mapped[str] = mapped_column(String(20))
    declared_at: Mapped[CreatedAt]


class ProfileValue(Base):
    """One value of a township's profile with its basis; a change adds a row."""

    __tablename__ = "profile_value"

    id: Mapped[Key]
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    key: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(Text)
    """JSON."""
    basis: Mapped[str] = mapped_column(Text)
    is_law: Mapped[bool] = mapped_column(default=False)
    """Whether the basis is an article that was read, and may be printed as law."""
    starts_with: Mapped[str] = mapped_column(String(7), default="")
    """The first period it holds for; empty: from the beginning."""
    created_at: Mapped[CreatedAt]

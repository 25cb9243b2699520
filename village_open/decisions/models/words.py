"""The kinds of things that belong to a matter, with their Chinese words."""

from enum import StrEnum


class Origin(StrEnum):
    """Where a matter comes from (动议事由)."""

    PEOPLE = "people"
    CADRES = "cadres"
    SUPERIORS = "superiors"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {"people": "党员群众建议", "cadres": "村干部提议", "superiors": "上级安排"}[self.value]


class EventKind(StrEnum):
    """What happens to a matter outside its meetings: the tender, and what is carried out."""

    BUDGET = "budget"
    TENDER_NOTICE = "tender_notice"
    REGISTRATION = "registration"
    BID = "bid"
    AWARD_NOTICE = "award_notice"
    COUNTY_REVIEW = "county_review"
    CONTRACT = "contract"
    PROGRESS = "progress"
    ACCEPTANCE = "acceptance"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {
            "budget": "预算", "tender_notice": "招标公告", "registration": "报名", "bid": "竞价记录",
            "award_notice": "中标公示", "county_review": "上级复审或批准", "contract": "合同", "progress": "施工进度",
            "acceptance": "验收",
        }[self.value]  # fmt: skip


class PaperKind(StrEnum):
    """What a photo or scan shows."""

    MINUTES = "minutes"
    ATTENDANCE = "attendance"
    BALLOTS = "ballots"
    MEETING = "meeting"
    BUDGET = "budget"
    TENDER = "tender"
    BID = "bid"
    AWARD = "award"
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    ACCEPTANCE = "acceptance"
    CONTRACT = "contract"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {
            "minutes": "会议记录", "attendance": "签到表", "ballots": "表决票", "meeting": "会场照片",
            "budget": "预算书", "tender": "招标公告和报名材料", "bid": "报价和竞价记录", "award": "中标公示和通知书",
            "before": "施工前照片", "during": "施工中照片", "after": "施工后照片", "acceptance": "验收单",
            "contract": "合同", "other": "其他材料",
        }[self.value]  # fmt: skip


class AnnouncementKind(StrEnum):
    """What is made public of a matter, and the board of a whole period."""

    MEETING_NOTICE = "meeting_notice"
    RESOLUTION = "resolution"
    LEVY_PLAN = "levy_plan"
    RESULT = "result"
    BOARD = "board"

    @property
    def label(self) -> str:
        """The Chinese word, as the sheet's title says it."""
        return {
            "meeting_notice": "会议通知", "resolution": "决议公开", "levy_plan": "一事一议筹资筹劳方案",
            "result": "实施结果公开", "board": "村务公开栏",
        }[self.value]  # fmt: skip


MATTER_KINDS = tuple(kind for kind in AnnouncementKind if kind is not AnnouncementKind.BOARD)
"""What is made public of a matter."""


class AnnouncementState(StrEnum):
    """How far an announcement has come; the order is the chain's."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    EXAMINED = "examined"
    ISSUED = "issued"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {
            "draft": "起草中", "submitted": "待监督小组审查", "examined": "待镇里审核签发", "issued": "已签发",
        }[self.value]  # fmt: skip

    @property
    def rank(self) -> int:
        """The position in the chain, from 0."""
        return list(AnnouncementState).index(self)

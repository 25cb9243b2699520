"""first tables."""

import sqlalchemy as sa
from alembic import op

from village_open.db.triggers import growing_table_statements

GROWING = (
    "record_entry", "disclosure", "disclosure_file", "disclosure_issue", "review_mark",
    "review_answer", "review_recusal", "review_signature",
)  # fmt: skip

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "county",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_county")),
        sa.UniqueConstraint("code", name=op.f("uq_county_code")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("login", sa.String(length=40), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("failed_sign_ins", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
    )
    op.create_table(
        "record_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chain", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("actor_name", sa.String(length=60), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_record_entry_seq_from_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_entry")),
        sa.UniqueConstraint("chain", "seq", name=op.f("uq_record_entry_chain_seq")),
        sa.UniqueConstraint("sha256", name=op.f("uq_record_entry_sha256")),
    )
    with op.batch_alter_table("record_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_record_entry_chain"), ["chain"], unique=False)
        batch_op.create_index(batch_op.f("ix_record_entry_kind"), ["kind"], unique=False)

    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("place_code", sa.String(length=12), nullable=False),
        sa.Column("department", sa.String(length=20), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("is_leader", sa.Boolean(), nullable=False),
        sa.Column("elected_on", sa.Date(), nullable=True),
        sa.Column("elected_by", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
    )
    with op.batch_alter_table("role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_role_place_kind", ["place_code", "kind"], unique=False)

    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_session_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_sign_in_session_token_sha256")),
    )
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "township",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("supervision_phone", sa.String(length=40), nullable=False),
        sa.Column("jurisdiction", sa.String(length=20), nullable=False),
        sa.Column("latest_period", sa.String(length=7), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["county_id"], ["county.id"], name=op.f("fk_township_county_id_county")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_township")),
        sa.UniqueConstraint("code", name=op.f("uq_township_code")),
    )
    with op.batch_alter_table("township", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_township_county_id"), ["county_id"], unique=False)

    op.create_table(
        "profile_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("is_law", sa.Boolean(), nullable=False),
        sa.Column("starts_with", sa.String(length=7), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["township_id"], ["township.id"], name=op.f("fk_profile_value_township_id_township")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_value")),
    )
    with op.batch_alter_table("profile_value", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_profile_value_township_id"), ["township_id"], unique=False)

    op.create_table(
        "village",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=False),
        sa.Column("chart_year", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["township_id"], ["township.id"], name=op.f("fk_village_township_id_township")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_village")),
        sa.UniqueConstraint("code", name=op.f("uq_village_code")),
    )
    with op.batch_alter_table("village", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_village_township_id"), ["township_id"], unique=False)

    op.create_table(
        "disclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("period_code", sa.String(length=7), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("papers", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=27), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("frozen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["replaces_id"], ["disclosure.id"], name=op.f("fk_disclosure_replaces_id_disclosure")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_disclosure_village_id_village")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("code", name=op.f("uq_disclosure_code")),
        sa.UniqueConstraint("village_id", "kind", "year", "seq", name=op.f("uq_disclosure_village_id_kind_year_seq")),
    )
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disclosure_period_code"), ["period_code"], unique=False)
        batch_op.create_index("ix_disclosure_village_period", ["village_id", "period_code"], unique=False)

    op.create_table(
        "finance_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=7), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("provisional_reason", sa.Text(), nullable=False),
        sa.Column("joining_paper", sa.Text(), nullable=False),
        sa.Column("joining_signed_by", sa.String(length=40), nullable=False),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_body", sa.String(length=60), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_note", sa.Text(), nullable=False),
        sa.Column("filed_by", sa.String(length=40), nullable=False),
        sa.Column("filed_at", sa.DateTime(), nullable=True),
        sa.Column("prints_objections", sa.Boolean(), nullable=False),
        sa.Column("privacy_checked_by", sa.String(length=40), nullable=False),
        sa.Column("privacy_checked_at", sa.DateTime(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["person.id"], name=op.f("fk_finance_period_submitted_by_id_person")
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_finance_period_village_id_village")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_period")),
        sa.UniqueConstraint("village_id", "code", name=op.f("uq_finance_period_village_id_code")),
    )
    with op.batch_alter_table("finance_period", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finance_period_code"), ["code"], unique=False)

    op.create_table(
        "money_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_money_account_village_id_village")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_account")),
        sa.UniqueConstraint("village_id", "name", name=op.f("uq_money_account_village_id_name")),
    )
    op.create_table(
        "near_relative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("relative_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("declared_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_near_relative_person_id_person")),
        sa.ForeignKeyConstraint(["relative_id"], ["person.id"], name=op.f("fk_near_relative_relative_id_person")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_near_relative_village_id_village")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_near_relative")),
        sa.UniqueConstraint("person_id", "relative_id", name=op.f("uq_near_relative_person_id_relative_id")),
    )
    with op.batch_alter_table("near_relative", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_near_relative_village_id"), ["village_id"], unique=False)

    op.create_table(
        "notice_board",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("width_mm", sa.Integer(), nullable=False),
        sa.Column("height_mm", sa.Integer(), nullable=False),
        sa.Column("reading_distance_mm", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(length=14), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_notice_board_village_id_village")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_board")),
    )
    with op.batch_alter_table("notice_board", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_board_village_id"), ["village_id"], unique=False)

    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("group_kind", sa.String(length=20), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("roster", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_review_village_id_village")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("subject", "group_kind", "round", name=op.f("uq_review_subject_group_kind_round")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_village_id"), ["village_id"], unique=False)

    op.create_table(
        "village_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_village_group_village_id_village")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_village_group")),
        sa.UniqueConstraint("village_id", "name", name=op.f("uq_village_group_village_id_name")),
    )
    op.create_table(
        "balance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("money_account_id", sa.Integer(), nullable=False),
        sa.Column("opening_fen", sa.BigInteger(), nullable=False),
        sa.Column("counted_fen", sa.BigInteger(), nullable=True),
        sa.Column("closing_fen", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["money_account_id"], ["money_account.id"], name=op.f("fk_balance_money_account_id_money_account")
        ),
        sa.ForeignKeyConstraint(["period_id"], ["finance_period.id"], name=op.f("fk_balance_period_id_finance_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_balance")),
        sa.UniqueConstraint("period_id", "money_account_id", name=op.f("uq_balance_period_id_money_account_id")),
    )
    with op.batch_alter_table("balance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_balance_money_account_id"), ["money_account_id"], unique=False)

    op.create_table(
        "disclosure_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("sheet_kind", sa.String(length=20), nullable=False),
        sa.Column("paper", sa.String(length=14), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["disclosure.id"], name=op.f("fk_disclosure_file_disclosure_id_disclosure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_file")),
        sa.UniqueConstraint(
            "disclosure_id", "sheet_kind", "paper", name=op.f("uq_disclosure_file_disclosure_id_sheet_kind_paper")
        ),
    )
    op.create_table(
        "disclosure_issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["disclosure.id"], name=op.f("fk_disclosure_issue_disclosure_id_disclosure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_issue")),
        sa.UniqueConstraint("disclosure_id", name=op.f("uq_disclosure_issue_disclosure_id")),
    )
    op.create_table(
        "joining_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("item_key", sa.String(length=10), nullable=False),
        sa.Column("ytd_fen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["period_id"], ["finance_period.id"], name=op.f("fk_joining_figure_period_id_finance_period")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joining_figure")),
        sa.UniqueConstraint("period_id", "item_key", name=op.f("uq_joining_figure_period_id_item_key")),
    )
    op.create_table(
        "line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("voucher", sa.String(length=30), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("to_account_id", sa.Integer(), nullable=True),
        sa.Column("item_key", sa.String(length=10), nullable=False),
        sa.Column("account_code", sa.String(length=12), nullable=False),
        sa.Column("account_name", sa.String(length=60), nullable=False),
        sa.Column("payee", sa.String(length=80), nullable=False),
        sa.Column("handler", sa.String(length=40), nullable=False),
        sa.Column("witness", sa.String(length=40), nullable=False),
        sa.Column("approver", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("draft_key", sa.String(length=40), nullable=True),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("edited_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'transfer') = (to_account_id IS NOT NULL)", name=op.f("ck_line_transfer_has_target")
        ),
        sa.CheckConstraint("amount_fen <> 0", name=op.f("ck_line_amount_not_zero")),
        sa.ForeignKeyConstraint(["account_id"], ["money_account.id"], name=op.f("fk_line_account_id_money_account")),
        sa.ForeignKeyConstraint(["edited_by_id"], ["person.id"], name=op.f("fk_line_edited_by_id_person")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_line_entered_by_id_person")),
        sa.ForeignKeyConstraint(["period_id"], ["finance_period.id"], name=op.f("fk_line_period_id_finance_period")),
        sa.ForeignKeyConstraint(
            ["to_account_id"], ["money_account.id"], name=op.f("fk_line_to_account_id_money_account")
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_line_village_id_village")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line")),
        sa.UniqueConstraint("period_id", "draft_key", name=op.f("uq_line_period_id_draft_key")),
    )
    with op.batch_alter_table("line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_line_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_line_period_on", ["period_id", "on"], unique=False)
        batch_op.create_index("ix_line_village_payee", ["village_id", "payee"], unique=False)

    op.create_table(
        "paper_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.String(length=40), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("photo_sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=30), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_by_name", sa.String(length=40), nullable=False),
        sa.Column("settled", sa.String(length=10), nullable=False),
        sa.Column("settled_by_name", sa.String(length=40), nullable=False),
        sa.Column("settled_reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_paper_signature_person_id_person")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_paper_signature_review_id_review")),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["person.id"], name=op.f("fk_paper_signature_uploaded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_signature")),
    )
    with op.batch_alter_table("paper_signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_signature_review_id"), ["review_id"], unique=False)

    op.create_table(
        "posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("sheet_kind", sa.String(length=20), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("taken_down_on", sa.Date(), nullable=True),
        sa.Column("posted_by", sa.String(length=40), nullable=False),
        sa.Column("photo_sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["notice_board.id"], name=op.f("fk_posting_board_id_notice_board")),
        sa.ForeignKeyConstraint(["disclosure_id"], ["disclosure.id"], name=op.f("fk_posting_disclosure_id_disclosure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
    )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posting_board_id"), ["board_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_posting_disclosure_id"), ["disclosure_id"], unique=False)

    op.create_table(
        "review_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("item_key", sa.String(length=30), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.String(length=40), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_review_mark_person_id_person")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_mark_review_id_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_mark")),
    )
    with op.batch_alter_table("review_mark", schema=None) as batch_op:
        batch_op.create_index("ix_review_mark_review_item", ["review_id", "item_key"], unique=False)

    op.create_table(
        "review_recusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("item_key", sa.String(length=30), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.Column("replaced_by_name", sa.String(length=40), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_review_recusal_person_id_person")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_review_recusal_recorded_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by_id"], ["person.id"], name=op.f("fk_review_recusal_replaced_by_id_person")
        ),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_recusal_review_id_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_recusal")),
        sa.UniqueConstraint(
            "review_id", "person_id", "item_key", name=op.f("uq_review_recusal_review_id_person_id_item_key")
        ),
    )
    op.create_table(
        "review_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.String(length=40), nullable=False),
        sa.Column("is_leader", sa.Boolean(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("paper_sha256", sa.String(length=64), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_by_name", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["person.id"], name=op.f("fk_review_signature_confirmed_by_id_person")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_review_signature_person_id_person")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_signature_review_id_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_signature")),
        sa.UniqueConstraint("review_id", "person_id", name=op.f("uq_review_signature_review_id_person_id")),
    )
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("original_sha256", sa.String(length=64), nullable=False),
        sa.Column("thumb_sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("invoice_number", sa.String(length=40), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_receipt_added_by_id_person")),
        sa.ForeignKeyConstraint(["line_id"], ["line.id"], name=op.f("fk_receipt_line_id_line")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_receipt_village_id_village")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
    )
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receipt_invoice_number"), ["invoice_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_receipt_line_id"), ["line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_receipt_original_sha256"), ["original_sha256"], unique=False)

    op.create_table(
        "review_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("item_key", sa.String(length=30), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("mark_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["mark_id"], ["review_mark.id"], name=op.f("fk_review_answer_mark_id_review_mark")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_review_answer_person_id_person")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_answer_review_id_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_answer")),
    )
    with op.batch_alter_table("review_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_answer_review_id"), ["review_id"], unique=False)

    for table in GROWING:
        for statement in growing_table_statements(op.get_bind().dialect.name, table):
            op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("review_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_answer_review_id"))

    op.drop_table("review_answer")
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_receipt_original_sha256"))
        batch_op.drop_index(batch_op.f("ix_receipt_line_id"))
        batch_op.drop_index(batch_op.f("ix_receipt_invoice_number"))

    op.drop_table("receipt")
    op.drop_table("review_signature")
    op.drop_table("review_recusal")
    with op.batch_alter_table("review_mark", schema=None) as batch_op:
        batch_op.drop_index("ix_review_mark_review_item")

    op.drop_table("review_mark")
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posting_disclosure_id"))
        batch_op.drop_index(batch_op.f("ix_posting_board_id"))

    op.drop_table("posting")
    with op.batch_alter_table("paper_signature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_signature_review_id"))

    op.drop_table("paper_signature")
    with op.batch_alter_table("line", schema=None) as batch_op:
        batch_op.drop_index("ix_line_village_payee")
        batch_op.drop_index("ix_line_period_on")
        batch_op.drop_index(batch_op.f("ix_line_account_id"))

    op.drop_table("line")
    op.drop_table("joining_figure")
    op.drop_table("disclosure_issue")
    op.drop_table("disclosure_file")
    with op.batch_alter_table("balance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_balance_money_account_id"))

    op.drop_table("balance")
    op.drop_table("village_group")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_village_id"))

    op.drop_table("review")
    with op.batch_alter_table("notice_board", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_board_village_id"))

    op.drop_table("notice_board")
    with op.batch_alter_table("near_relative", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_near_relative_village_id"))

    op.drop_table("near_relative")
    op.drop_table("money_account")
    with op.batch_alter_table("finance_period", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finance_period_code"))

    op.drop_table("finance_period")
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.drop_index("ix_disclosure_village_period")
        batch_op.drop_index(batch_op.f("ix_disclosure_period_code"))

    op.drop_table("disclosure")
    with op.batch_alter_table("village", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_village_township_id"))

    op.drop_table("village")
    with op.batch_alter_table("profile_value", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_profile_value_township_id"))

    op.drop_table("profile_value")
    with op.batch_alter_table("township", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_township_county_id"))

    op.drop_table("township")
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_session_person_id"))

    op.drop_table("sign_in_session")
    with op.batch_alter_table("role", schema=None) as batch_op:
        batch_op.drop_index("ix_role_place_kind")
        batch_op.drop_index(batch_op.f("ix_role_person_id"))

    op.drop_table("role")
    with op.batch_alter_table("record_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_record_entry_kind"))
        batch_op.drop_index(batch_op.f("ix_record_entry_chain"))

    op.drop_table("record_entry")
    op.drop_table("person")
    op.drop_table("county")

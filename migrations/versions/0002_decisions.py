"""Matters, meetings, rosters and announcements; a payment knows its decision, a disclosure its announcement."""

import json

import sqlalchemy as sa
from alembic import op

from village_open.db.triggers import growing_table_statements

GROWING = ("matter_text", "meeting_vote", "roster", "roster_member")

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('matter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('village_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('type_key', sa.String(length=20), nullable=False),
    sa.Column('procedure_key', sa.String(length=20), nullable=False),
    sa.Column('purpose', sa.String(length=24), nullable=False),
    sa.Column('origin', sa.String(length=10), nullable=False),
    sa.Column('acts_for_collective', sa.Boolean(), nullable=False),
    sa.Column('collective_item', sa.Integer(), nullable=True),
    sa.Column('group_name', sa.String(length=40), nullable=False),
    sa.Column('amount_fen', sa.BigInteger(), nullable=True),
    sa.Column('text_version', sa.Integer(), nullable=False),
    sa.Column('step', sa.String(length=20), nullable=False),
    sa.Column('withdrawn_reason', sa.Text(), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['entered_by_id'], ['person.id'], name=op.f('fk_matter_entered_by_id_person')),
    sa.ForeignKeyConstraint(['village_id'], ['village.id'], name=op.f('fk_matter_village_id_village')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_matter')),
    sa.UniqueConstraint('village_id', 'year', 'seq', name=op.f('uq_matter_village_id_year_seq'))
    )
    with op.batch_alter_table('matter', schema=None) as batch_op:
        batch_op.create_index('ix_matter_village_step', ['village_id', 'step'], unique=False)

    op.create_table('roster',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('village_id', sa.Integer(), nullable=False),
    sa.Column('body', sa.String(length=30), nullable=False),
    sa.Column('group_name', sa.String(length=40), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('source', sa.String(length=120), nullable=False),
    sa.Column('member_count', sa.Integer(), nullable=False),
    sa.Column('household_count', sa.Integer(), nullable=True),
    sa.Column('women_count', sa.Integer(), nullable=True),
    sa.Column('entered_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['entered_by_id'], ['person.id'], name=op.f('fk_roster_entered_by_id_person')),
    sa.ForeignKeyConstraint(['village_id'], ['village.id'], name=op.f('fk_roster_village_id_village')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster'))
    )
    with op.batch_alter_table('roster', schema=None) as batch_op:
        batch_op.create_index('ix_roster_village_body', ['village_id', 'body', 'starts_on'], unique=False)

    op.create_table('matter_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('matter_id', sa.Integer(), nullable=False),
    sa.Column('village_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('party', sa.String(length=80), nullable=False),
    sa.Column('amount_fen', sa.BigInteger(), nullable=True),
    sa.Column('people', sa.String(length=200), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('struck_reason', sa.Text(), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['entered_by_id'], ['person.id'], name=op.f('fk_matter_event_entered_by_id_person')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_matter_event_matter_id_matter')),
    sa.ForeignKeyConstraint(['village_id'], ['village.id'], name=op.f('fk_matter_event_village_id_village')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_matter_event'))
    )
    with op.batch_alter_table('matter_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_matter_event_matter_id'), ['matter_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_matter_event_party'), ['party'], unique=False)
        batch_op.create_index(batch_op.f('ix_matter_event_village_id'), ['village_id'], unique=False)

    op.create_table('matter_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('matter_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('amount_fen', sa.BigInteger(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('person_name', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_matter_text_matter_id_matter')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_matter_text_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_matter_text')),
    sa.UniqueConstraint('matter_id', 'version', name=op.f('uq_matter_text_matter_id_version'))
    )
    op.create_table('meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('matter_id', sa.Integer(), nullable=False),
    sa.Column('step_key', sa.String(length=20), nullable=False),
    sa.Column('body', sa.String(length=30), nullable=False),
    sa.Column('text_version', sa.Integer(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('place', sa.String(length=80), nullable=False),
    sa.Column('convener', sa.String(length=40), nullable=False),
    sa.Column('noticed_on', sa.Date(), nullable=True),
    sa.Column('is_urgent', sa.Boolean(), nullable=False),
    sa.Column('is_held', sa.Boolean(), nullable=False),
    sa.Column('due', sa.Integer(), nullable=True),
    sa.Column('present', sa.Integer(), nullable=True),
    sa.Column('agree', sa.Integer(), nullable=True),
    sa.Column('oppose', sa.Integer(), nullable=True),
    sa.Column('abstain', sa.Integer(), nullable=True),
    sa.Column('recused', sa.Integer(), nullable=False),
    sa.Column('recused_names', sa.String(length=200), nullable=False),
    sa.Column('by_proxy', sa.Integer(), nullable=False),
    sa.Column('households_due', sa.Integer(), nullable=True),
    sa.Column('households_present', sa.Integer(), nullable=True),
    sa.Column('women_due', sa.Integer(), nullable=True),
    sa.Column('women_present', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.String(length=12), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('minutes', sa.Text(), nullable=False),
    sa.Column('township_witness', sa.String(length=80), nullable=False),
    sa.Column('struck_reason', sa.Text(), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['entered_by_id'], ['person.id'], name=op.f('fk_meeting_entered_by_id_person')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_meeting_matter_id_matter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_matter_id'), ['matter_id'], unique=False)

    op.create_table('roster_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('roster_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('group_name', sa.String(length=40), nullable=False),
    sa.Column('is_woman', sa.Boolean(), nullable=False),
    sa.Column('household_count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['roster_id'], ['roster.id'], name=op.f('fk_roster_member_roster_id_roster')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster_member')),
    sa.UniqueConstraint('roster_id', 'number', name=op.f('uq_roster_member_roster_id_number'))
    )
    op.create_table('announcement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('matter_id', sa.Integer(), nullable=False),
    sa.Column('village_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('content_sha256', sa.String(length=64), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('return_reason', sa.Text(), nullable=False),
    sa.Column('submitted_by_id', sa.Integer(), nullable=True),
    sa.Column('submitted_at', sa.DateTime(), nullable=True),
    sa.Column('privacy_checked_by', sa.String(length=40), nullable=False),
    sa.Column('privacy_checked_at', sa.DateTime(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_announcement_matter_id_matter')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_announcement_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['submitted_by_id'], ['person.id'], name=op.f('fk_announcement_submitted_by_id_person')),
    sa.ForeignKeyConstraint(['village_id'], ['village.id'], name=op.f('fk_announcement_village_id_village')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcement'))
    )
    with op.batch_alter_table('announcement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_announcement_matter_id'), ['matter_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_announcement_village_id'), ['village_id'], unique=False)

    op.create_table('matter_paper',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('matter_id', sa.Integer(), nullable=False),
    sa.Column('village_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('file_sha256', sa.String(length=64), nullable=False),
    sa.Column('original_sha256', sa.String(length=64), nullable=False),
    sa.Column('thumb_sha256', sa.String(length=64), nullable=False),
    sa.Column('media_type', sa.String(length=30), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('is_removed', sa.Boolean(), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['person.id'], name=op.f('fk_matter_paper_added_by_id_person')),
    sa.ForeignKeyConstraint(['event_id'], ['matter_event.id'], name=op.f('fk_matter_paper_event_id_matter_event')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_matter_paper_matter_id_matter')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_matter_paper_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['village_id'], ['village.id'], name=op.f('fk_matter_paper_village_id_village')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_matter_paper'))
    )
    with op.batch_alter_table('matter_paper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_matter_paper_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_matter_paper_matter_id'), ['matter_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_matter_paper_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_matter_paper_original_sha256'), ['original_sha256'], unique=False)

    op.create_table('meeting_vote',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('roster_member_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('vote', sa.String(length=8), nullable=False),
    sa.Column('is_by_proxy', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_vote_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['roster_member_id'], ['roster_member.id'], name=op.f('fk_meeting_vote_roster_member_id_roster_member')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_vote')),
    sa.UniqueConstraint('meeting_id', 'roster_member_id', name=op.f('uq_meeting_vote_meeting_id_roster_member_id'))
    )
    # One plain statement adds a column with its foreign key on both engines; batch mode would rebuild the table and lose
    # its triggers and checks.
    for table, column, target in (("disclosure", "announcement_id", "announcement"), ("line", "matter_id", "matter")):
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} INTEGER "
            f"CONSTRAINT fk_{table}_{column}_{target} REFERENCES {target} (id)"
        )
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.add_column("line", sa.Column("exemption", sa.String(length=200), server_default="", nullable=False))
    op.add_column("line", sa.Column("exemption_kind", sa.String(length=12), server_default="", nullable=False))
    for table in GROWING:
        for statement in growing_table_statements(op.get_bind().dialect.name, table):
            op.execute(statement)
    name_who_approves()


def name_who_approves() -> None:
    """Turn amounts at which somebody else approves into tiers that say who; nought stands for no end."""
    bind = op.get_bind()
    for row_id, value in bind.execute(
        sa.text("SELECT id, value FROM profile_value WHERE key = 'approval_limits_fen'")
    ).all():
        limits = [*json.loads(value), 0]
        tiers = [[limits[0], 'head', ''], *([fen, 'two_committees', '>1/2'] for fen in limits[1:])]
        bind.execute(
            sa.text("UPDATE profile_value SET key = 'approval_tiers', value = :value WHERE id = :id"),
            {'id': row_id, 'value': json.dumps(tiers)},
        )


def downgrade() -> None:
    raise NotImplementedError("升级没有回头路：要退回旧版本，请恢复升级前的备份。")

"""The board of a period: announcements without a matter, their sections, local items, and items not applicable."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The table has neither triggers nor checks that a rebuild on SQLite could lose.
    with op.batch_alter_table('announcement', schema=None) as batch_op:
        batch_op.alter_column('matter_id', existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column('period_code', sa.String(length=7), server_default='', nullable=False))
        batch_op.create_index('ix_announcement_village_period', ['village_id', 'period_code'], unique=False)

    op.create_table('announcement_section',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('announcement_id', sa.Integer(), nullable=False),
    sa.Column('village_id', sa.Integer(), nullable=False),
    sa.Column('item_key', sa.String(length=16), nullable=False),
    sa.Column('is_nothing', sa.Boolean(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcement.id'], name=op.f('fk_announcement_section_announcement_id_announcement')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['person.id'], name=op.f('fk_announcement_section_entered_by_id_person')),
    sa.ForeignKeyConstraint(['village_id'], ['village.id'], name=op.f('fk_announcement_section_village_id_village')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcement_section')),
    sa.UniqueConstraint('announcement_id', 'item_key', name=op.f('uq_announcement_section_announcement_id_item_key'))
    )
    with op.batch_alter_table('announcement_section', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_announcement_section_village_id'), ['village_id'], unique=False)

    op.create_table('local_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('township_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=16), nullable=False),
    sa.Column('label', sa.String(length=60), nullable=False),
    sa.Column('group', sa.String(length=12), nullable=False),
    sa.Column('frequency', sa.String(length=10), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('month', sa.Integer(), nullable=False),
    sa.Column('posting_days', sa.Integer(), nullable=False),
    sa.Column('basis', sa.String(length=200), nullable=False),
    sa.Column('starts_with', sa.String(length=7), nullable=False),
    sa.Column('ends_with', sa.String(length=7), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['township_id'], ['township.id'], name=op.f('fk_local_item_township_id_township')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_local_item')),
    sa.UniqueConstraint('township_id', 'key', name=op.f('uq_local_item_township_id_key'))
    )

    op.create_table('item_exception',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('village_id', sa.Integer(), nullable=False),
    sa.Column('item_key', sa.String(length=16), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('starts_with', sa.String(length=7), nullable=False),
    sa.Column('ends_with', sa.String(length=7), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['village_id'], ['village.id'], name=op.f('fk_item_exception_village_id_village')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_exception'))
    )
    with op.batch_alter_table('item_exception', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_exception_village_id'), ['village_id'], unique=False)


def downgrade() -> None:
    raise NotImplementedError("升级没有回头路：要退回旧版本，请恢复升级前的备份。")

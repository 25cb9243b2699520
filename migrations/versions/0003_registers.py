"""The rows of registers: assets, contracts, debts, lists."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('register_row',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('village_id', sa.Integer(), nullable=False),
    sa.Column('period_code', sa.String(length=7), nullable=False),
    sa.Column('register', sa.String(length=24), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('cells', sa.JSON(), nullable=False),
    sa.Column('carried_from_id', sa.Integer(), nullable=True),
    sa.Column('entered_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['carried_from_id'], ['register_row.id'], name=op.f('fk_register_row_carried_from_id_register_row')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['person.id'], name=op.f('fk_register_row_entered_by_id_person')),
    sa.ForeignKeyConstraint(['village_id'], ['village.id'], name=op.f('fk_register_row_village_id_village')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_register_row'))
    )
    with op.batch_alter_table('register_row', schema=None) as batch_op:
        batch_op.create_index('ix_register_row_place', ['village_id', 'period_code', 'register', 'position'], unique=False)


def downgrade() -> None:
    raise NotImplementedError("升级没有回头路：要退回旧版本，请恢复升级前的备份。")

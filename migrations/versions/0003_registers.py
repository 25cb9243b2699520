"""The rows of registers, and what corrections of published periods change."""

import sqlalchemy as sa
from alembic import op

from village_open.db.triggers import growing_table_statements

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
    op.create_table('published_correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('village_id', sa.Integer(), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=False),
    sa.Column('money_account_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=80), nullable=False),
    sa.Column('fen', sa.BigInteger(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['money_account_id'], ['money_account.id'], name=op.f('fk_published_correction_money_account_id_money_account')),
    sa.ForeignKeyConstraint(['period_id'], ['finance_period.id'], name=op.f('fk_published_correction_period_id_finance_period')),
    sa.ForeignKeyConstraint(['village_id'], ['village.id'], name=op.f('fk_published_correction_village_id_village')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_published_correction')),
    sa.UniqueConstraint('number', 'money_account_id', name=op.f('uq_published_correction_number_money_account_id'))
    )
    with op.batch_alter_table('published_correction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_published_correction_village_id'), ['village_id'], unique=False)

    op.create_table('correction_row',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('announcement_id', sa.Integer(), nullable=False),
    sa.Column('village_id', sa.Integer(), nullable=False),
    sa.Column('line_number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('summary', sa.String(length=200), nullable=False),
    sa.Column('amount_fen', sa.BigInteger(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['money_account.id'], name=op.f('fk_correction_row_account_id_money_account')),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcement.id'], name=op.f('fk_correction_row_announcement_id_announcement')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['person.id'], name=op.f('fk_correction_row_entered_by_id_person')),
    sa.ForeignKeyConstraint(['village_id'], ['village.id'], name=op.f('fk_correction_row_village_id_village')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction_row'))
    )
    with op.batch_alter_table('correction_row', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_correction_row_announcement_id'), ['announcement_id'], unique=False)

    for statement in growing_table_statements(op.get_bind().dialect.name, 'published_correction'):
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("升级没有回头路：要退回旧版本，请恢复升级前的备份。")

"""Of a period: why something changed most against the one before, in the committee's words."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added without a rebuild: the table keeps its rows, keys and checks.
    op.add_column('finance_period', sa.Column('plain_reason', sa.Text(), server_default='', nullable=False))


def downgrade() -> None:
    raise NotImplementedError("升级没有回头路：要退回旧版本，请恢复升级前的备份。")

"""Migration ${up_revision}: ${message.replace("_", " ")}."""

import sqlalchemy as sa
from alembic import op
% if down_revision is None:
from models.store.audit_guard import guard_audit, unguard_audit
% endif
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
% if down_revision is None:
    guard_audit(op.get_bind())
% endif


def downgrade() -> None:
% if down_revision is None:
    unguard_audit(op.get_bind())
% endif
    ${downgrades if downgrades else "pass"}

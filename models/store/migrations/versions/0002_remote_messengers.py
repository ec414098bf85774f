"""Migration 0002: remote messengers."""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OUTBOX = {
    "ix_outbox_waiting": ("state = 'todo'", ["messenger", "rank", "id"]),
    "ix_outbox_lost": ("state = 'unknown'", ["messenger", "not_before"]),
    "ix_outbox_open": ("state IN ('todo', 'sending', 'unknown')", ["state", "account_id"]),
}


def upgrade() -> None:
    op.create_table(
        "arrival",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "messenger",
            sa.Enum(
                "web",
                "telegram",
                "slack",
                name="arrival_messenger",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("address", sa.String(120), nullable=False),
        sa.Column("bundle", sa.String(120), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "failed",
                name="arrival_state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fault", sa.String(300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("arrival", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_arrival_address"), ["address"], unique=False)
        batch_op.create_index("ix_arrival_waiting", ["messenger", "state", "ready_at"], unique=False)

    op.create_table(
        "guesses",
        sa.Column(
            "messenger",
            sa.Enum(
                "web",
                "telegram",
                "slack",
                name="guesses_messenger",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("address", sa.String(120), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("messenger", "address", name=op.f("pk_guesses")),
    )
    op.create_table(
        "upload_link",
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_upload_link_account_id_account")
        ),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_upload_link")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.alter_column("address", existing_type=sa.VARCHAR(length=120), nullable=True)

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reference", sa.String(80), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("rank", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("claimed_by", sa.String(32), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("not_before", sa.DateTime(timezone=True), nullable=True))
        _operations(batch_op, "'post', 'redraw', 'remove', 'file', 'ring'")
        batch_op.drop_index("ix_outbox_waiting")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        for name in ("reference", "rank", "claimed_by", "tries"):
            batch_op.alter_column(name, server_default=None)  # it was for the rows that were there
    for name, (rows, columns) in _OUTBOX.items():
        op.create_index(name, "outbox", columns, sqlite_where=sa.text(rows), postgresql_where=sa.text(rows))


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE operation IN ('file', 'ring')")
    for name in _OUTBOX:
        op.drop_index(name, "outbox")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        _operations(batch_op, "'post', 'redraw', 'remove'")
        batch_op.create_index("ix_outbox_waiting", ["messenger", "state", "id"])
        batch_op.drop_column("not_before")
        batch_op.drop_column("tries")
        batch_op.drop_column("claimed_by")
        batch_op.drop_column("rank")
        batch_op.drop_column("reference")

    op.execute("UPDATE account SET address = 'unlinked-' || id WHERE address IS NULL")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.alter_column("address", existing_type=sa.VARCHAR(length=120), nullable=False)

    op.drop_table("upload_link")
    op.drop_table("guesses")
    with op.batch_alter_table("arrival", schema=None) as batch_op:
        batch_op.drop_index("ix_arrival_waiting")
        batch_op.drop_index(batch_op.f("ix_arrival_address"))

    op.drop_table("arrival")


def _operations(batch_op: BatchOperations, values: str) -> None:
    batch_op.drop_constraint(op.f("ck_outbox_operation"), type_="check")
    batch_op.create_check_constraint(op.f("ck_outbox_operation"), sa.text(f"operation IN ({values})"))

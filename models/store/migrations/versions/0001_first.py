"""Migration 0001: first."""

import sqlalchemy as sa
from alembic import op

from models.store.audit_guard import guard_audit, unguard_audit
from models.store.columns import ExactDecimal

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "cycle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("asks_confirmation", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle")),
        sa.UniqueConstraint("code", name=op.f("uq_cycle_code")),
    )
    op.create_table(
        "department",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "city",
                "bureau",
                "division",
                "institution",
                name="department_kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("supervisor_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(400), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["department.id"], name=op.f("fk_department_parent_id_department")
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"], ["department.id"], name=op.f("fk_department_supervisor_id_department")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department")),
        sa.UniqueConstraint("code", name=op.f("uq_department_code")),
    )
    with op.batch_alter_table("department", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_department_path"), ["path"], unique=False)

    op.create_table(
        "inbox",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_inbox")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbox_received_at"), ["received_at"], unique=False)

    op.create_table(
        "special_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_special_day")),
    )
    op.create_table(
        "stored_file",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "pdf",
                "hwp",
                "hwpx",
                "xlsx",
                "docx",
                "pptx",
                "jpg",
                "png",
                "zip",
                "txt",
                "csv",
                name="file_kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "department_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("supervisor_id", sa.Integer(), nullable=True),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_department_term_department_id_department")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["department.id"], name=op.f("fk_department_term_parent_id_department")
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"], ["department.id"], name=op.f("fk_department_term_supervisor_id_department")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department_term")),
    )
    with op.batch_alter_table("department_term", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_department_term_department_id"), ["department_id"], unique=False)

    op.create_table(
        "period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("report_due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmation_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("objection_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open", "closed", name="period_state", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_period_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period")),
        sa.UniqueConstraint("cycle_id", "code", name=op.f("uq_period_cycle_id_code")),
    )
    with op.batch_alter_table("period", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_period_cycle_id"), ["cycle_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("email", sa.String(200), nullable=False),
        sa.Column("locale", sa.String(5), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_person_department_id_department")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("code", name=op.f("uq_person_code")),
    )
    op.create_table(
        "perspective",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_perspective_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_perspective")),
        sa.UniqueConstraint("cycle_id", "name", name=op.f("uq_perspective_cycle_id_name")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "messenger",
            sa.Enum(
                "web",
                "telegram",
                "slack",
                name="messenger",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("address", sa.String(120), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unreachable_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("messenger", "address", name=op.f("uq_account_messenger_address")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_person_id"), ["person_id"], unique=False)

    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("acting_for_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["acting_for_id"], ["person.id"], name=op.f("fk_audit_acting_for_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_audit_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_action"), ["action"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_subject"), ["subject"], unique=False)

    op.create_table(
        "errand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "done",
                "failed",
                name="errand_state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_errand_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errand")),
    )
    with op.batch_alter_table("errand", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_errand_state"), ["state"], unique=False)

    op.create_table(
        "link_code",
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_link_code_person_id_person")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_link_code")),
    )
    op.create_table(
        "parcel",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_parcel_owner_id_person")),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_parcel_sha256_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcel")),
    )
    with op.batch_alter_table("parcel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_parcel_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "role_held",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "officer",
                "deputy",
                "team_lead",
                "evaluator",
                "consultant",
                "rater",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("stands_in_for_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_role_held_department_id_department")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_held_person_id_person")),
        sa.ForeignKeyConstraint(
            ["stands_in_for_id"], ["person.id"], name=op.f("fk_role_held_stands_in_for_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_held")),
        sa.UniqueConstraint(
            "person_id",
            "role",
            "department_id",
            "stands_in_for_id",
            name=op.f("uq_role_held_person_id_role_department_id_stands_in_for_id"),
        ),
    )
    with op.batch_alter_table("role_held", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_held_department_id"), ["department_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_held_person_id"), ["person_id"], unique=False)

    op.create_table(
        "strategic_goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("perspective_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_strategic_goal_cycle_id_cycle")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_strategic_goal_department_id_department")
        ),
        sa.ForeignKeyConstraint(
            ["perspective_id"], ["perspective.id"], name=op.f("fk_strategic_goal_perspective_id_perspective")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strategic_goal")),
        sa.UniqueConstraint(
            "cycle_id", "department_id", "name", name=op.f("uq_strategic_goal_cycle_id_department_id_name")
        ),
    )
    op.create_table(
        "drawn_screen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(80), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("drawn", sa.JSON(), nullable=False),
        sa.Column("actions", sa.JSON(), nullable=False),
        sa.Column("former_token", sa.String(32), nullable=True),
        sa.Column("former_actions", sa.JSON(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(120), nullable=True),
        sa.Column("message", sa.String(120), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_drawn_screen_account_id_account")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_drawn_screen_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawn_screen")),
        sa.UniqueConstraint("token", name=op.f("uq_drawn_screen_token")),
    )
    with op.batch_alter_table("drawn_screen", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drawn_screen_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_drawn_screen_former_token"), ["former_token"], unique=False)
        batch_op.create_index("ix_drawn_screen_subject", ["subject", "account_id"], unique=False)

    op.create_table(
        "performance_goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("strategic_goal_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_performance_goal_cycle_id_cycle")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_performance_goal_department_id_department")
        ),
        sa.ForeignKeyConstraint(
            ["strategic_goal_id"],
            ["strategic_goal.id"],
            name=op.f("fk_performance_goal_strategic_goal_id_strategic_goal"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performance_goal")),
        sa.UniqueConstraint(
            "cycle_id", "department_id", "name", name=op.f("uq_performance_goal_cycle_id_department_id_name")
        ),
    )
    op.create_table(
        "web_session",
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_web_session_account_id_account")
        ),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_web_session")),
    )
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_session_account_id"), ["account_id"], unique=False)

    op.create_table(
        "conversation",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(80), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("view", sa.JSON(), nullable=False),
        sa.Column("screen_id", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_conversation_person_id_person")),
        sa.ForeignKeyConstraint(
            ["screen_id"], ["drawn_screen.id"], name=op.f("fk_conversation_screen_id_drawn_screen")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_conversation")),
    )
    op.create_table(
        "main_project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("performance_goal_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_main_project_cycle_id_cycle")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_main_project_department_id_department")
        ),
        sa.ForeignKeyConstraint(
            ["performance_goal_id"],
            ["performance_goal.id"],
            name=op.f("fk_main_project_performance_goal_id_performance_goal"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_main_project")),
        sa.UniqueConstraint(
            "cycle_id", "department_id", "name", name=op.f("uq_main_project_cycle_id_department_id_name")
        ),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "messenger",
            sa.Enum(
                "web",
                "telegram",
                "slack",
                name="outbox_messenger",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "operation",
            sa.Enum(
                "post",
                "redraw",
                "remove",
                name="operation",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("screen_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "todo",
                "sending",
                "sent",
                "unknown",
                "dead",
                name="sending",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_outbox_account_id_account")),
        sa.ForeignKeyConstraint(
            ["screen_id"], ["drawn_screen.id"], name=op.f("fk_outbox_screen_id_drawn_screen")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_waiting", ["messenger", "state", "id"], unique=False)

    op.create_table(
        "web_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("screen_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_web_line_account_id_account")),
        sa.ForeignKeyConstraint(
            ["screen_id"], ["drawn_screen.id"], name=op.f("fk_web_line_screen_id_drawn_screen")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_line")),
        sa.UniqueConstraint("screen_id", name=op.f("uq_web_line_screen_id")),
    )
    with op.batch_alter_table("web_line", schema=None) as batch_op:
        batch_op.create_index("ix_web_line_account", ["account_id", "id"], unique=False)

    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("deputy_officer_id", sa.Integer(), nullable=True),
        sa.Column("perspective_id", sa.Integer(), nullable=True),
        sa.Column("strategic_goal_id", sa.Integer(), nullable=True),
        sa.Column("performance_goal_id", sa.Integer(), nullable=True),
        sa.Column("main_project_id", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("formula", sa.String(500), nullable=False),
        sa.Column("evidence_hint", sa.String(300), nullable=False),
        sa.Column("evidence_required", sa.Boolean(), nullable=False),
        sa.Column("weight", ExactDecimal(), nullable=False),
        sa.Column("scored", sa.Boolean(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "higher",
                "lower_ratio",
                "lower_mirror",
                "from_baseline",
                "zero",
                "range",
                "steps",
                "milestone",
                "yes_no",
                "graded_target",
                name="scoring_kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "rollup",
            sa.Enum(
                "sum",
                "mean",
                "last",
                "max",
                name="rollup",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("baseline", ExactDecimal(), nullable=True),
        sa.Column("low", ExactDecimal(), nullable=True),
        sa.Column("high", ExactDecimal(), nullable=True),
        sa.Column("loss_per_unit", ExactDecimal(), nullable=True),
        sa.Column("steps", sa.String(500), nullable=False),
        sa.Column("floor", ExactDecimal(), nullable=False),
        sa.Column("cap", ExactDecimal(), nullable=False),
        sa.Column("digits", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_indicator_cycle_id_cycle")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_indicator_department_id_department")
        ),
        sa.ForeignKeyConstraint(
            ["deputy_officer_id"], ["person.id"], name=op.f("fk_indicator_deputy_officer_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["main_project_id"], ["main_project.id"], name=op.f("fk_indicator_main_project_id_main_project")
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["person.id"], name=op.f("fk_indicator_officer_id_person")),
        sa.ForeignKeyConstraint(
            ["performance_goal_id"],
            ["performance_goal.id"],
            name=op.f("fk_indicator_performance_goal_id_performance_goal"),
        ),
        sa.ForeignKeyConstraint(
            ["perspective_id"], ["perspective.id"], name=op.f("fk_indicator_perspective_id_perspective")
        ),
        sa.ForeignKeyConstraint(
            ["strategic_goal_id"],
            ["strategic_goal.id"],
            name=op.f("fk_indicator_strategic_goal_id_strategic_goal"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("cycle_id", "code", name=op.f("uq_indicator_cycle_id_code")),
    )
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_cycle_id"), ["cycle_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_indicator_department_id"), ["department_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_indicator_deputy_officer_id"), ["deputy_officer_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_indicator_officer_id"), ["officer_id"], unique=False)

    op.create_table(
        "frozen_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("target", ExactDecimal(), nullable=True),
        sa.Column("reported", ExactDecimal(), nullable=True),
        sa.Column("recognised", ExactDecimal(), nullable=True),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("achievement", ExactDecimal(), nullable=True),
        sa.Column("planned_weight", ExactDecimal(), nullable=False),
        sa.Column("weight", ExactDecimal(), nullable=True),
        sa.Column("points", ExactDecimal(), nullable=True),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_frozen_score_department_id_department")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_frozen_score_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_frozen_score_period_id_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_score")),
        sa.UniqueConstraint("indicator_id", "period_id", name=op.f("uq_frozen_score_indicator_id_period_id")),
    )
    with op.batch_alter_table("frozen_score", schema=None) as batch_op:
        batch_op.create_index(
            "ix_frozen_score_period_department", ["period_id", "department_id"], unique=False
        )

    op.create_table(
        "past_actual",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", ExactDecimal(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_past_actual_indicator_id_indicator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_actual")),
        sa.UniqueConstraint("indicator_id", "year", name=op.f("uq_past_actual_indicator_id_year")),
    )
    with op.batch_alter_table("past_actual", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_past_actual_indicator_id"), ["indicator_id"], unique=False)

    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "confirmed",
                "returned",
                "approved",
                "withdrawn",
                name="submission_state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recognised", ExactDecimal(), nullable=True),
        sa.Column("recognised_not_applicable", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_submission_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_submission_period_id_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("indicator_id", "period_id", name=op.f("uq_submission_indicator_id_period_id")),
    )
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_period_id"), ["period_id"], unique=False)
        batch_op.create_index("ix_submission_state_period", ["state", "period_id"], unique=False)

    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("value", ExactDecimal(), nullable=True),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_target_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_target_period_id_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint("indicator_id", "period_id", name=op.f("uq_target_indicator_id_period_id")),
    )
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_target_indicator_id"), ["indicator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_target_period_id"), ["period_id"], unique=False)
        batch_op.create_index(
            "uq_target_whole_cycle",
            ["indicator_id"],
            unique=True,
            sqlite_where=sa.text("period_id IS NULL"),
            postgresql_where=sa.text("period_id IS NULL"),
        )

    op.create_table(
        "submission_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("value", ExactDecimal(), nullable=True),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(2000), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_for_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["person.id"], name=op.f("fk_submission_version_saved_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_version_submission_id_submission")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["person.id"], name=op.f("fk_submission_version_submitted_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_for_id"], ["person.id"], name=op.f("fk_submission_version_submitted_for_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_version")),
        sa.UniqueConstraint(
            "submission_id", "number", name=op.f("uq_submission_version_submission_id_number")
        ),
    )
    with op.batch_alter_table("submission_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_submission_version_submission_id"), ["submission_id"], unique=False
        )

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "confirm",
                "approve",
                "return",
                name="decision_kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason_code",
            sa.Enum(
                "evidence_missing",
                "evidence_mismatch",
                "calculation",
                "period",
                "explanation",
                "other",
                name="reason_code",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.String(2000), nullable=False),
        sa.Column("recognised", ExactDecimal(), nullable=True),
        sa.Column("new_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_for_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_decision_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["decided_for_id"], ["person.id"], name=op.f("fk_decision_decided_for_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_decision_submission_id_submission")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["submission_version.id"], name=op.f("fk_decision_version_id_submission_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_submission_id"), ["submission_id"], unique=False)

    op.create_table(
        "evidence_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_evidence_file_sha256_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["person.id"], name=op.f("fk_evidence_file_uploaded_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["submission_version.id"],
            name=op.f("fk_evidence_file_version_id_submission_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_file")),
    )
    with op.batch_alter_table("evidence_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_file_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_file_version_id"), ["version_id"], unique=False)

    guard_audit(op.get_bind())


def downgrade() -> None:
    unguard_audit(op.get_bind())
    with op.batch_alter_table("evidence_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_file_version_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_file_sha256"))

    op.drop_table("evidence_file")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_submission_id"))

    op.drop_table("decision")
    with op.batch_alter_table("submission_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submission_version_submission_id"))

    op.drop_table("submission_version")
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_target_whole_cycle",
            sqlite_where=sa.text("period_id IS NULL"),
            postgresql_where=sa.text("period_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_target_period_id"))
        batch_op.drop_index(batch_op.f("ix_target_indicator_id"))

    op.drop_table("target")
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_index("ix_submission_state_period")
        batch_op.drop_index(batch_op.f("ix_submission_period_id"))

    op.drop_table("submission")
    with op.batch_alter_table("past_actual", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_past_actual_indicator_id"))

    op.drop_table("past_actual")
    with op.batch_alter_table("frozen_score", schema=None) as batch_op:
        batch_op.drop_index("ix_frozen_score_period_department")

    op.drop_table("frozen_score")
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicator_officer_id"))
        batch_op.drop_index(batch_op.f("ix_indicator_deputy_officer_id"))
        batch_op.drop_index(batch_op.f("ix_indicator_department_id"))
        batch_op.drop_index(batch_op.f("ix_indicator_cycle_id"))

    op.drop_table("indicator")
    with op.batch_alter_table("web_line", schema=None) as batch_op:
        batch_op.drop_index("ix_web_line_account")

    op.drop_table("web_line")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_waiting")

    op.drop_table("outbox")
    op.drop_table("main_project")
    op.drop_table("conversation")
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_web_session_account_id"))

    op.drop_table("web_session")
    op.drop_table("performance_goal")
    with op.batch_alter_table("drawn_screen", schema=None) as batch_op:
        batch_op.drop_index("ix_drawn_screen_subject")
        batch_op.drop_index(batch_op.f("ix_drawn_screen_former_token"))
        batch_op.drop_index(batch_op.f("ix_drawn_screen_account_id"))

    op.drop_table("drawn_screen")
    op.drop_table("strategic_goal")
    with op.batch_alter_table("role_held", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_held_person_id"))
        batch_op.drop_index(batch_op.f("ix_role_held_department_id"))

    op.drop_table("role_held")
    with op.batch_alter_table("parcel", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_parcel_owner_id"))

    op.drop_table("parcel")
    op.drop_table("link_code")
    with op.batch_alter_table("errand", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_errand_state"))

    op.drop_table("errand")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_subject"))
        batch_op.drop_index(batch_op.f("ix_audit_person_id"))
        batch_op.drop_index(batch_op.f("ix_audit_action"))

    op.drop_table("audit")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_person_id"))

    op.drop_table("account")
    op.drop_table("perspective")
    op.drop_table("person")
    with op.batch_alter_table("period", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_period_cycle_id"))

    op.drop_table("period")
    with op.batch_alter_table("department_term", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_department_term_department_id"))

    op.drop_table("department_term")
    op.drop_table("stored_file")
    op.drop_table("special_day")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbox_received_at"))

    op.drop_table("inbox")
    with op.batch_alter_table("department", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_department_path"))

    op.drop_table("department")
    op.drop_table("cycle")
    op.drop_table("audit_head")

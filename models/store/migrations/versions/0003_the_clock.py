"""Migration 0003: the clock."""

import sqlalchemy as sa
from alembic import op

from models.store.columns import ExactDecimal

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quiet_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiet_hours")),
    )
    op.create_table(
        "reminder_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "report",
                "confirmation",
                "review",
                "return",
                "objection",
                "consultation",
                "rating",
                "event",
                name="rule_kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "audience",
            sa.Enum(
                "officer",
                "deputy",
                "team_lead",
                "head",
                "evaluator",
                "consultant",
                "participant",
                "administrator",
                name="rule_audience",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("anytime", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_rule")),
        sa.UniqueConstraint(
            "kind", "audience", "days", "minutes", name=op.f("uq_reminder_rule_kind_audience_days_minutes")
        ),
    )
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "consultation",
                "training",
                "meeting",
                name="programme_kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("written_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("views_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("booking_opens", sa.DateTime(timezone=True), nullable=True),
        sa.Column("booking_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notes_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cut_off_hours", sa.Integer(), nullable=False),
        sa.Column("offer_hours", sa.Integer(), nullable=False),
        sa.Column("absence_points", ExactDecimal(), nullable=True),
        sa.Column("objection_days", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_programme_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("cycle_id", "code", name=op.f("uq_programme_cycle_id_code")),
    )
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_cycle_id"), ["cycle_id"], unique=False)

    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "duties",
                "board",
                "city",
                name="digest_kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_digest_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
    )
    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.create_index("ix_digest_day", ["day", "kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_digest_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_digest_daily",
            ["person_id", "kind", "day"],
            unique=True,
            sqlite_where=sa.text("kind != 'duties'"),
            postgresql_where=sa.text("kind != 'duties'"),
        )

    op.create_table(
        "leave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_leave_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
    )
    with op.batch_alter_table("leave", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leave_person_id"), ["person_id"], unique=False)

    op.create_table(
        "nudge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_nudge_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_nudge_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nudge")),
        sa.UniqueConstraint("by_id", "person_id", "day", name=op.f("uq_nudge_by_id_person_id_day")),
    )
    with op.batch_alter_table("nudge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nudge_person_id"), ["person_id"], unique=False)

    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("consultant_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "handed_in",
                "viewed",
                name="paper_state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("handed_in_by_id", sa.Integer(), nullable=True),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("viewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["consultant_id"], ["person.id"], name=op.f("fk_paper_consultant_id_person")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_paper_department_id_department")
        ),
        sa.ForeignKeyConstraint(
            ["handed_in_by_id"], ["person.id"], name=op.f("fk_paper_handed_in_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_paper_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint(
            "programme_id", "department_id", name=op.f("uq_paper_programme_id_department_id")
        ),
    )
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("link", sa.String(300), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("consultant_id", sa.Integer(), nullable=True),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open", "cancelled", name="slot_state", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["consultant_id"], ["person.id"], name=op.f("fk_slot_consultant_id_person")),
        sa.ForeignKeyConstraint(["office_id"], ["person.id"], name=op.f("fk_slot_office_id_person")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_slot_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
        sa.UniqueConstraint("programme_id", "code", name=op.f("uq_slot_programme_id_code")),
    )
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_slot_consultant_id"), ["consultant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_slot_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_slot_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_slot_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=True),
        sa.Column("holder", sa.String(40), nullable=True),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(80), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "offered",
                "booked",
                "cancelled",
                "attended",
                "absent",
                name="booking_state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("offered_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_booking_department_id_department")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_booking_person_id_person")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_booking_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_booking_slot_id_slot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint("programme_id", "holder", name=op.f("uq_booking_programme_id_holder")),
        sa.UniqueConstraint("slot_id", "seat", name=op.f("uq_booking_slot_id_seat")),
        sa.UniqueConstraint("uid", name=op.f("uq_booking_uid")),
    )
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booking_department_id"), ["department_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_booking_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_booking_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_booking_slot_id"), ["slot_id"], unique=False)

    op.create_table(
        "paper_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_file_paper_id_paper")),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_paper_file_sha256_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_file")),
    )
    with op.batch_alter_table("paper_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_file_paper_id"), ["paper_id"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("anytime", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "todo",
                "told",
                "silent",
                "nowhere",
                name="reminder_state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("digest_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["digest_id"], ["digest.id"], name=op.f("fk_reminder_digest_id_digest")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "due_on", "kind", "subject", "person_id", name=op.f("uq_reminder_due_on_kind_subject_person_id")
        ),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_digest_id"), ["digest_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_person_id"), ["person_id", "due_on"], unique=False)
        batch_op.create_index(
            "ix_reminder_todo",
            ["send_at", "person_id"],
            unique=False,
            sqlite_where=sa.text("state = 'todo'"),
            postgresql_where=sa.text("state = 'todo'"),
        )
        batch_op.create_index(
            "ix_reminder_todo_of_person",
            ["person_id", "send_at"],
            unique=False,
            sqlite_where=sa.text("state = 'todo'"),
            postgresql_where=sa.text("state = 'todo'"),
        )
        batch_op.create_index(
            "ix_reminder_nowhere",
            ["made_at"],
            unique=False,
            sqlite_where=sa.text("state = 'nowhere'"),
            postgresql_where=sa.text("state = 'nowhere'"),
        )

    op.create_table(
        "deduction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.Column("points", ExactDecimal(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "confirmed",
                "dropped",
                "objected",
                "upheld",
                "withdrawn",
                name="deduction_state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("objection_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objected_by_id", sa.Integer(), nullable=True),
        sa.Column("objected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objection", sa.String(2000), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settlement", sa.String(1000), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_deduction_booking_id_booking")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_deduction_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_deduction_department_id_department")
        ),
        sa.ForeignKeyConstraint(
            ["objected_by_id"], ["person.id"], name=op.f("fk_deduction_objected_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_deduction_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["person.id"], name=op.f("fk_deduction_settled_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deduction")),
        sa.UniqueConstraint(
            "programme_id", "department_id", name=op.f("uq_deduction_programme_id_department_id")
        ),
    )
    with op.batch_alter_table("deduction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deduction_department_id"), ["department_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deduction_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "waiting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=True),
        sa.Column("holder", sa.String(40), nullable=True),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "offered",
                "taken",
                "lapsed",
                "left",
                name="waiting_state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("booking_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_waiting_booking_id_booking")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_waiting_department_id_department")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_waiting_person_id_person")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_waiting_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_waiting_slot_id_slot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
        sa.UniqueConstraint("programme_id", "holder", name=op.f("uq_waiting_programme_id_holder")),
    )
    with op.batch_alter_table("waiting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiting_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_waiting_slot_id"), ["slot_id"], unique=False)

    op.create_table(
        "view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "written", "note", name="view_stage", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("consultant_id", sa.Integer(), nullable=False),
        sa.Column(
            "link",
            sa.Enum(
                "good",
                "mend",
                "replace",
                name="view_link",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column(
            "formula",
            sa.Enum(
                "good",
                "mend",
                "replace",
                name="view_formula",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column(
            "target",
            sa.Enum(
                "good",
                "mend",
                "replace",
                name="view_target",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column(
            "challenge",
            sa.Enum(
                "good",
                "mend",
                "replace",
                name="view_challenge",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["consultant_id"], ["person.id"], name=op.f("fk_view_consultant_id_person")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_view_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_view_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_view")),
        sa.UniqueConstraint(
            "programme_id", "indicator_id", "stage", name=op.f("uq_view_programme_id_indicator_id_stage")
        ),
    )
    with op.batch_alter_table("view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_view_indicator_id"), ["indicator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_view_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "review_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("view_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column(
            "criterion",
            sa.Enum(
                "link",
                "formula",
                "target",
                "challenge",
                name="task_criterion",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "done",
                "dropped",
                name="task_state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(1000), nullable=False),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["done_by_id"], ["person.id"], name=op.f("fk_review_task_done_by_id_person")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_review_task_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(["view_id"], ["view.id"], name=op.f("fk_review_task_view_id_view")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_task")),
        sa.UniqueConstraint("view_id", "criterion", name=op.f("uq_review_task_view_id_criterion")),
    )
    with op.batch_alter_table("review_task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_task_indicator_id"), ["indicator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_task_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_task_view_id"), ["view_id"], unique=False)

    op.create_table(
        "projection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", ExactDecimal(), nullable=True),
        sa.Column("low", ExactDecimal(), nullable=True),
        sa.Column("high", ExactDecimal(), nullable=True),
        sa.Column("target", ExactDecimal(), nullable=True),
        sa.Column("method", sa.String(40), nullable=False),
        sa.Column("basis", sa.String(20), nullable=False),
        sa.Column("is_warning", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_projection_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["submission_version.id"],
            name=op.f("fk_projection_version_id_submission_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projection")),
        sa.UniqueConstraint("version_id", name=op.f("uq_projection_version_id")),
    )
    with op.batch_alter_table("projection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_projection_indicator_id"), ["indicator_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("projection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_projection_indicator_id"))

    op.drop_table("projection")
    with op.batch_alter_table("review_task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_task_view_id"))
        batch_op.drop_index(batch_op.f("ix_review_task_state"))
        batch_op.drop_index(batch_op.f("ix_review_task_indicator_id"))

    op.drop_table("review_task")
    with op.batch_alter_table("view", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_view_programme_id"))
        batch_op.drop_index(batch_op.f("ix_view_indicator_id"))

    op.drop_table("view")
    with op.batch_alter_table("waiting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiting_slot_id"))
        batch_op.drop_index(batch_op.f("ix_waiting_programme_id"))

    op.drop_table("waiting")
    with op.batch_alter_table("deduction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deduction_programme_id"))
        batch_op.drop_index(batch_op.f("ix_deduction_department_id"))

    op.drop_table("deduction")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_reminder_todo",
            sqlite_where=sa.text("state = 'todo'"),
            postgresql_where=sa.text("state = 'todo'"),
        )
        batch_op.drop_index(batch_op.f("ix_reminder_person_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_digest_id"))

    op.drop_table("reminder")
    with op.batch_alter_table("paper_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_file_paper_id"))

    op.drop_table("paper_file")
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_booking_slot_id"))
        batch_op.drop_index(batch_op.f("ix_booking_programme_id"))
        batch_op.drop_index(batch_op.f("ix_booking_person_id"))
        batch_op.drop_index(batch_op.f("ix_booking_department_id"))

    op.drop_table("booking")
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_slot_starts_at"))
        batch_op.drop_index(batch_op.f("ix_slot_programme_id"))
        batch_op.drop_index(batch_op.f("ix_slot_office_id"))
        batch_op.drop_index(batch_op.f("ix_slot_consultant_id"))

    op.drop_table("slot")
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_programme_id"))

    op.drop_table("paper")
    with op.batch_alter_table("nudge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_nudge_person_id"))

    op.drop_table("nudge")
    with op.batch_alter_table("leave", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_leave_person_id"))

    op.drop_table("leave")
    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_digest_daily",
            sqlite_where=sa.text("kind != 'duties'"),
            postgresql_where=sa.text("kind != 'duties'"),
        )
        batch_op.drop_index(batch_op.f("ix_digest_person_id"))
        batch_op.drop_index("ix_digest_day")

    op.drop_table("digest")
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_cycle_id"))

    op.drop_table("programme")
    op.drop_table("reminder_rule")
    op.drop_table("quiet_hours")

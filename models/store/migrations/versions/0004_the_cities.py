"""Migration 0004: the cities: ratings, schemes, plans that live, appeals."""

import sqlalchemy as sa
from alembic import op

from models.store.columns import ExactDecimal

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(60), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_plan_record_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_record")),
    )
    with op.batch_alter_table("plan_record", schema=None) as batch_op:
        batch_op.create_index("ix_plan_record_subject", ["cycle_id", "subject"], unique=False)

    op.create_table(
        "rater_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("rating", sa.String(40), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("share", ExactDecimal(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "named",
                "leads",
                "survey",
                name="rater_group_kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("trim", sa.Integer(), nullable=False),
        sa.Column("fewest", sa.Integer(), nullable=False),
        sa.Column("each", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_rater_group_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rater_group")),
        sa.UniqueConstraint("cycle_id", "rating", "code", name=op.f("uq_rater_group_cycle_id_rating_code")),
    )
    with op.batch_alter_table("rater_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rater_group_cycle_id"), ["cycle_id"], unique=False)

    op.create_table(
        "rating_criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("rating", sa.String(40), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("question", sa.String(500), nullable=False),
        sa.Column("weight", ExactDecimal(), nullable=False),
        sa.Column("scale", sa.String(300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_rating_criterion_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_criterion")),
        sa.UniqueConstraint(
            "cycle_id", "rating", "code", name=op.f("uq_rating_criterion_cycle_id_rating_code")
        ),
    )
    with op.batch_alter_table("rating_criterion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rating_criterion_cycle_id"), ["cycle_id"], unique=False)

    op.create_table(
        "scheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column(
            "subject_kind",
            sa.Enum(
                "department",
                "person",
                name="subject_kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("digits", sa.Integer(), nullable=False),
        sa.Column("ties_go_up", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(2000), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_scheme_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme")),
        sa.UniqueConstraint(
            "cycle_id", "code", "valid_from", name=op.f("uq_scheme_cycle_id_code_valid_from")
        ),
    )
    with op.batch_alter_table("scheme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scheme_cycle_id"), ["cycle_id"], unique=False)

    op.create_table(
        "department_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "consultation",
                "review",
                "confirmed",
                name="plan_state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("proposed", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_department_plan_changed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["person.id"], name=op.f("fk_department_plan_confirmed_by_id_person")
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_department_plan_cycle_id_cycle")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_department_plan_department_id_department")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department_plan")),
        sa.UniqueConstraint(
            "cycle_id", "department_id", name=op.f("uq_department_plan_cycle_id_department_id")
        ),
    )
    with op.batch_alter_table("department_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_department_plan_department_id"), ["department_id"], unique=False)

    op.create_table(
        "rater",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["rater_group.id"], name=op.f("fk_rater_group_id_rater_group")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_rater_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rater")),
        sa.UniqueConstraint("group_id", "person_id", name=op.f("uq_rater_group_id_person_id")),
    )
    with op.batch_alter_table("rater", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rater_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rater_person_id"), ["person_id"], unique=False)

    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rates_changes", sa.Boolean(), nullable=False),
        sa.Column("dealt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_rating_cycle_id_cycle")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_rating_period_id_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint("cycle_id", "code", "period_id", name=op.f("uq_rating_cycle_id_code_period_id")),
    )
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rating_cycle_id"), ["cycle_id"], unique=False)
        batch_op.create_index(
            "uq_rating_whole_cycle",
            ["cycle_id", "code"],
            unique=True,
            sqlite_where=sa.text("period_id IS NULL"),
            postgresql_where=sa.text("period_id IS NULL"),
        )

    op.create_table(
        "scheme_announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("announced_by_id", sa.Integer(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announced_by_id"], ["person.id"], name=op.f("fk_scheme_announcement_announced_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_scheme_announcement_cycle_id_cycle")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["period.id"], name=op.f("fk_scheme_announcement_period_id_period")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme_announcement")),
    )
    with op.batch_alter_table("scheme_announcement", schema=None) as batch_op:
        batch_op.create_index("ix_announcement_scheme", ["cycle_id", "scheme", "period_id"], unique=False)

    op.create_table(
        "scheme_grade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("least", ExactDecimal(), nullable=True),
        sa.Column("share", ExactDecimal(), nullable=True),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme.id"], name=op.f("fk_scheme_grade_scheme_id_scheme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme_grade")),
        sa.UniqueConstraint("scheme_id", "name", name=op.f("uq_scheme_grade_scheme_id_name")),
    )
    with op.batch_alter_table("scheme_grade", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scheme_grade_scheme_id"), ["scheme_id"], unique=False)

    op.create_table(
        "scheme_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "indicators",
                "rating",
                "owner",
                "scheme",
                "bonus",
                "deduction",
                "consultation",
                "mileage",
                name="part_source",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("points", ExactDecimal(), nullable=True),
        sa.Column("below", sa.Boolean(), nullable=False),
        sa.Column(
            "combine",
            sa.Enum(
                "year",
                "mean",
                "sum",
                "last",
                "shares",
                name="part_combine",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("shares", sa.String(200), nullable=False),
        sa.Column("basis", sa.String(40), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
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
                name="part_kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("target", ExactDecimal(), nullable=True),
        sa.Column("baseline", ExactDecimal(), nullable=True),
        sa.Column("low", ExactDecimal(), nullable=True),
        sa.Column("high", ExactDecimal(), nullable=True),
        sa.Column("loss_per_unit", ExactDecimal(), nullable=True),
        sa.Column("steps", sa.String(500), nullable=False),
        sa.Column("floor", ExactDecimal(), nullable=False),
        sa.Column("cap", ExactDecimal(), nullable=False),
        sa.Column("digits", sa.Integer(), nullable=False),
        sa.Column("tie_order", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["department.id"], name=op.f("fk_scheme_part_owner_id_department")
        ),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme.id"], name=op.f("fk_scheme_part_scheme_id_scheme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme_part")),
        sa.UniqueConstraint("scheme_id", "code", name=op.f("uq_scheme_part_scheme_id_code")),
    )
    with op.batch_alter_table("scheme_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scheme_part_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scheme_part_scheme_id"), ["scheme_id"], unique=False)

    op.create_table(
        "scheme_prize",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("least", ExactDecimal(), nullable=True),
        sa.Column("grouping", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme.id"], name=op.f("fk_scheme_prize_scheme_id_scheme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme_prize")),
        sa.UniqueConstraint(
            "scheme_id", "name", "grouping", name=op.f("uq_scheme_prize_scheme_id_name_grouping")
        ),
    )
    with op.batch_alter_table("scheme_prize", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scheme_prize_scheme_id"), ["scheme_id"], unique=False)

    op.create_table(
        "scheme_subject",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(40), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("grouping", sa.String(80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_scheme_subject_cycle_id_cycle")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_scheme_subject_department_id_department")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_scheme_subject_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme_subject")),
        sa.UniqueConstraint(
            "cycle_id", "scheme", "code", name=op.f("uq_scheme_subject_cycle_id_scheme_code")
        ),
    )
    with op.batch_alter_table("scheme_subject", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scheme_subject_cycle_id"), ["cycle_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scheme_subject_department_id"), ["department_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scheme_subject_person_id"), ["person_id"], unique=False)

    op.create_table(
        "adjustment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(40), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("points", ExactDecimal(), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "confirmed",
                "dropped",
                "withdrawn",
                name="adjustment_state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.String(1000), nullable=False),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawal", sa.String(1000), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_adjustment_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_adjustment_period_id_period")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_adjustment_proposed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["scheme_subject.id"], name=op.f("fk_adjustment_subject_id_scheme_subject")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["person.id"], name=op.f("fk_adjustment_withdrawn_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment")),
    )
    with op.batch_alter_table("adjustment", schema=None) as batch_op:
        batch_op.create_index("ix_adjustment_subject_part", ["subject_id", "part"], unique=False)

    op.create_table(
        "owner_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(40), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("value", ExactDecimal(), nullable=True),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_for_id", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("file_sha256", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["person.id"], name=op.f("fk_owner_value_given_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["given_for_id"], ["person.id"], name=op.f("fk_owner_value_given_for_id_person")
        ),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_owner_value_period_id_period")),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["scheme_subject.id"], name=op.f("fk_owner_value_subject_id_scheme_subject")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner_value")),
    )
    with op.batch_alter_table("owner_value", schema=None) as batch_op:
        batch_op.create_index(
            "ix_owner_value_subject_part", ["subject_id", "part", "period_id"], unique=False
        )

    op.create_table(
        "rating_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("rater_id", sa.Integer(), nullable=True),
        sa.Column("respondent", sa.String(40), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "submitted",
                "recused",
                name="paper_state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("comment", sa.String(2000), nullable=False),
        sa.Column("dealt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["rater_group.id"], name=op.f("fk_rating_paper_group_id_rater_group")
        ),
        sa.ForeignKeyConstraint(["rater_id"], ["person.id"], name=op.f("fk_rating_paper_rater_id_person")),
        sa.ForeignKeyConstraint(["rating_id"], ["rating.id"], name=op.f("fk_rating_paper_rating_id_rating")),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["scheme_subject.id"], name=op.f("fk_rating_paper_subject_id_scheme_subject")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_paper")),
        sa.UniqueConstraint(
            "rating_id",
            "group_id",
            "subject_id",
            "turn",
            "rater_id",
            name=op.f("uq_rating_paper_rating_id_group_id_subject_id_turn_rater_id"),
        ),
    )
    with op.batch_alter_table("rating_paper", schema=None) as batch_op:
        batch_op.create_index("ix_rating_paper_rater", ["rater_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_rating_paper_rating_id"), ["rating_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rating_paper_subject_id"), ["subject_id"], unique=False)
        batch_op.create_index(
            "uq_rating_paper_respondent",
            ["rating_id", "group_id", "subject_id", "respondent"],
            unique=True,
            sqlite_where=sa.text("rater_id IS NULL"),
            postgresql_where=sa.text("rater_id IS NULL"),
        )

    op.create_table(
        "rating_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("comment", sa.String(2000), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["rating_paper.id"], name=op.f("fk_rating_entry_paper_id_rating_paper")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["person.id"], name=op.f("fk_rating_entry_submitted_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_entry")),
        sa.UniqueConstraint("paper_id", "number", name=op.f("uq_rating_entry_paper_id_number")),
    )
    with op.batch_alter_table("rating_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rating_entry_paper_id"), ["paper_id"], unique=False)

    op.create_table(
        "indicator_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("from_department_id", sa.Integer(), nullable=False),
        sa.Column("to_department_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("ordered_by_id", sa.Integer(), nullable=True),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["from_department_id"],
            ["department.id"],
            name=op.f("fk_indicator_move_from_department_id_department"),
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_move_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["person.id"], name=op.f("fk_indicator_move_officer_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["ordered_by_id"], ["person.id"], name=op.f("fk_indicator_move_ordered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["to_department_id"],
            ["department.id"],
            name=op.f("fk_indicator_move_to_department_id_department"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_move")),
        sa.UniqueConstraint("indicator_id", "on_day", name=op.f("uq_indicator_move_indicator_id_on_day")),
    )
    with op.batch_alter_table("indicator_move", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_indicator_move_from_department_id"), ["from_department_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_indicator_move_indicator_id"), ["indicator_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_indicator_move_to_department_id"), ["to_department_id"], unique=False
        )

    op.create_table(
        "indicator_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_version_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_indicator_version_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_version")),
        sa.UniqueConstraint("indicator_id", "number", name=op.f("uq_indicator_version_indicator_id_number")),
    )
    with op.batch_alter_table("indicator_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_version_indicator_id"), ["indicator_id"], unique=False)

    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "filed",
                "accepted",
                "dismissed",
                "withdrawn",
                name="appeal_state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(2000), nullable=False),
        sa.Column("asked", ExactDecimal(), nullable=True),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("filed_by_id", sa.Integer(), nullable=False),
        sa.Column("filed_for_id", sa.Integer(), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision_due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_for_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.String(2000), nullable=False),
        sa.Column("recognised", ExactDecimal(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_appeal_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["decided_for_id"], ["person.id"], name=op.f("fk_appeal_decided_for_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_appeal_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_appeal_department_id_department")
        ),
        sa.ForeignKeyConstraint(["filed_by_id"], ["person.id"], name=op.f("fk_appeal_filed_by_id_person")),
        sa.ForeignKeyConstraint(["filed_for_id"], ["person.id"], name=op.f("fk_appeal_filed_for_id_person")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_appeal_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_appeal_period_id_period")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_appeal_submission_id_submission")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["person.id"], name=op.f("fk_appeal_withdrawn_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
    )
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appeal_department_id"), ["department_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appeal_indicator_id"), ["indicator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appeal_period_id"), ["period_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appeal_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_appeal_submission_id"), ["submission_id"], unique=False)
        batch_op.create_index(
            "uq_appeal_standing",
            ["indicator_id", "period_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )

    op.create_table(
        "appeal_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appeal_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["appeal_id"], ["appeal.id"], name=op.f("fk_appeal_evidence_appeal_id_appeal")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_appeal_evidence_sha256_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["person.id"], name=op.f("fk_appeal_evidence_uploaded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal_evidence")),
    )
    with op.batch_alter_table("appeal_evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appeal_evidence_appeal_id"), ["appeal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appeal_evidence_sha256"), ["sha256"], unique=False)

    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shelf", sa.JSON(), nullable=True))

    with op.batch_alter_table("cycle", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("asks_plan_confirmation", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("counts_mileage", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("department", schema=None) as batch_op:
        batch_op.add_column(sa.Column("capacity", sa.Integer(), nullable=True))

    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("report_periods", sa.String(500), server_default=sa.text("('')"), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.drop_column("report_periods")

    with op.batch_alter_table("department", schema=None) as batch_op:
        batch_op.drop_column("capacity")

    with op.batch_alter_table("cycle", schema=None) as batch_op:
        batch_op.drop_column("counts_mileage")
        batch_op.drop_column("asks_plan_confirmation")

    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.drop_column("shelf")

    with op.batch_alter_table("appeal_evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appeal_evidence_sha256"))
        batch_op.drop_index(batch_op.f("ix_appeal_evidence_appeal_id"))

    op.drop_table("appeal_evidence")
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_appeal_standing",
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )
        batch_op.drop_index(batch_op.f("ix_appeal_submission_id"))
        batch_op.drop_index(batch_op.f("ix_appeal_state"))
        batch_op.drop_index(batch_op.f("ix_appeal_period_id"))
        batch_op.drop_index(batch_op.f("ix_appeal_indicator_id"))
        batch_op.drop_index(batch_op.f("ix_appeal_department_id"))

    op.drop_table("appeal")
    with op.batch_alter_table("indicator_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicator_version_indicator_id"))

    op.drop_table("indicator_version")
    with op.batch_alter_table("indicator_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicator_move_to_department_id"))
        batch_op.drop_index(batch_op.f("ix_indicator_move_indicator_id"))
        batch_op.drop_index(batch_op.f("ix_indicator_move_from_department_id"))

    op.drop_table("indicator_move")
    with op.batch_alter_table("rating_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rating_entry_paper_id"))

    op.drop_table("rating_entry")
    with op.batch_alter_table("rating_paper", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_rating_paper_respondent",
            sqlite_where=sa.text("rater_id IS NULL"),
            postgresql_where=sa.text("rater_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_rating_paper_subject_id"))
        batch_op.drop_index(batch_op.f("ix_rating_paper_rating_id"))
        batch_op.drop_index("ix_rating_paper_rater")

    op.drop_table("rating_paper")
    with op.batch_alter_table("owner_value", schema=None) as batch_op:
        batch_op.drop_index("ix_owner_value_subject_part")

    op.drop_table("owner_value")
    with op.batch_alter_table("adjustment", schema=None) as batch_op:
        batch_op.drop_index("ix_adjustment_subject_part")

    op.drop_table("adjustment")
    with op.batch_alter_table("scheme_subject", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scheme_subject_person_id"))
        batch_op.drop_index(batch_op.f("ix_scheme_subject_department_id"))
        batch_op.drop_index(batch_op.f("ix_scheme_subject_cycle_id"))

    op.drop_table("scheme_subject")
    with op.batch_alter_table("scheme_prize", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scheme_prize_scheme_id"))

    op.drop_table("scheme_prize")
    with op.batch_alter_table("scheme_part", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scheme_part_scheme_id"))
        batch_op.drop_index(batch_op.f("ix_scheme_part_owner_id"))

    op.drop_table("scheme_part")
    with op.batch_alter_table("scheme_grade", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scheme_grade_scheme_id"))

    op.drop_table("scheme_grade")
    with op.batch_alter_table("scheme_announcement", schema=None) as batch_op:
        batch_op.drop_index("ix_announcement_scheme")

    op.drop_table("scheme_announcement")
    with op.batch_alter_table("rating", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_rating_whole_cycle",
            sqlite_where=sa.text("period_id IS NULL"),
            postgresql_where=sa.text("period_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_rating_cycle_id"))

    op.drop_table("rating")
    with op.batch_alter_table("rater", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rater_person_id"))
        batch_op.drop_index(batch_op.f("ix_rater_group_id"))

    op.drop_table("rater")
    with op.batch_alter_table("department_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_department_plan_department_id"))

    op.drop_table("department_plan")
    with op.batch_alter_table("scheme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scheme_cycle_id"))

    op.drop_table("scheme")
    with op.batch_alter_table("rating_criterion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rating_criterion_cycle_id"))

    op.drop_table("rating_criterion")
    with op.batch_alter_table("rater_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rater_group_cycle_id"))

    op.drop_table("rater_group")
    with op.batch_alter_table("plan_record", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_record_subject")

    op.drop_table("plan_record")

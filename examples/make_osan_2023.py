"""Makes the example of Osan's 40 departments in 2023 out of the tables in generator_of_osan.

    python examples/make_osan_2023.py [folder]

Writes into examples/osan-2023 unless told another folder. The same tables give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from generator_of_cities import columns
from generator_of_cities.files import File, write_files
from generator_of_cities.reminders import reminder_rows
from generator_of_osan import indicators, organization, people, programmes, scheme

HERE = Path(__file__).parent


def main() -> None:
    """Writes the sheets of the plan, and the answers of the year in a folder of their own."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "osan-2023"
    posts = people.fill_posts()
    write_files(folder, plan_files(posts) | scheme_files())
    write_files(folder / "actuals", answer_files(posts))


def plan_files(posts: people.Posts) -> dict[str, File]:
    """Who is there, what they set out to reach, and when they are trained and advised."""
    stages = reminder_rows(organization.STAGES, at="09:00", quiet_from="20:00", quiet_until="08:00")
    return {
        "조직": (columns.DEPARTMENTS, organization.department_rows()),
        "사람": (columns.PEOPLE, posts.crowd.rows()),
        "기간": (columns.PERIODS, organization.PERIODS),
        "지표": (indicators.COLUMNS, indicators.indicator_rows(posts)),
        "목표": (columns.TARGETS, indicators.target_rows()),
        "컨설팅": (columns.PROGRAMME_COLUMNS, programmes.programme_rows()),
        "일정": (columns.SLOT_COLUMNS, programmes.slot_rows()),
        "알림": (columns.REMINDERS, stages),
        "휴일": (columns.SPECIAL_DAYS, organization.SPECIAL_DAYS),
    }


def scheme_files() -> dict[str, File]:
    """How the departments are ranked, and who rates their indicators."""
    return {
        "평가체계": (columns.SCHEMES, scheme.scheme_rows()),
        "배점": (columns.PARTS, scheme.part_rows()),
        "등급": (columns.GRADES, scheme.grade_rows()),
        "포상": (columns.PRIZES, scheme.prize_rows()),
        "평가대상": (columns.SUBJECTS, scheme.subject_rows()),
        "평가": (columns.RATINGS, scheme.QUALITY.rows()),
        "평가항목": (columns.CRITERIA, scheme.QUALITY.criterion_rows()),
        "평가단": (columns.GROUPS, scheme.QUALITY.group_rows()),
    }


def answer_files(posts: people.Posts) -> dict[str, File]:
    """What people report, rate, give and decide in the year."""
    criteria = [one.code for one in scheme.QUALITY.criteria]
    return {
        "실적": ((*columns.ACTUALS, indicators.EVIDENCE), indicators.actual_rows()),
        "평가": ((*columns.PAPERS, *criteria, columns.RECUSED), scheme.paper_rows()),
        "소관": (columns.OWNER_VALUES, scheme.owner_rows()),
        "가감점": (columns.ADJUSTMENTS, scheme.adjustment_rows()),
        "출석": (columns.ATTENDANCE, programmes.attendance_rows(posts)),
    }


if __name__ == "__main__":
    main()

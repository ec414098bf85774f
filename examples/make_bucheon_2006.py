"""Makes the example of Bucheon's BSC of 2006 out of its words.

    python examples/make_bucheon_2006.py [folder]

Writes into examples/bucheon-2006 unless told another folder. The same words give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from generator_of_bucheon import (
    answers,
    organization,
    people,
    programmes,
    schemes,
    scorecard,
    social,
    steps,
    tasks,
)
from generator_of_cities import columns
from generator_of_cities.files import File, write_files
from generator_of_cities.planned import Planned, actual_rows, indicator_rows, target_rows

HERE = Path(__file__).parent
YEARS_BEFORE = ("2003실적", "2004실적", "2005실적")


def main() -> None:
    """Writes the sheets of the plan, and what people answered in a folder of its own."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "bucheon-2006"
    posts = people.fill_posts()
    monthly = steps.step_indicators(posts)
    scorecard_of_bureaus = scorecard.scorecard_indicators(posts)
    others = [*tasks.task_indicators(posts), *social.social_indicators(posts)]
    decided = steps.handed_in_twice(monthly) | scorecard.RECOGNISED
    planned = [*scorecard_of_bureaus, *monthly, *others]
    write_files(folder, plan_files(posts, planned) | scheme_files(posts))
    write_files(folder / "actuals", {"실적": (columns.ACTUALS, actual_rows(planned, decided))})
    write_files(folder / "actuals", answer_files(posts))


def plan_files(posts: people.Posts, planned: list[Planned]) -> dict[str, File]:
    """The sheets of every city."""
    return {
        "조직": (columns.DEPARTMENTS, organization.department_rows()),
        "사람": (columns.PEOPLE, posts.crowd.rows()),
        "기간": (columns.PERIODS, organization.period_rows()),
        "지표": ((*columns.INDICATORS, columns.REPORT_PERIODS, *YEARS_BEFORE), indicator_rows(planned)),
        "목표": (columns.TARGETS, target_rows(planned)),
        "컨설팅": (columns.PROGRAMME_COLUMNS, programmes.programme_rows()),
        "일정": (columns.SLOT_COLUMNS, programmes.slot_rows()),
        "알림": (columns.REMINDERS, organization.reminder_rows()),
        "휴일": (columns.SPECIAL_DAYS, organization.special_day_rows()),
    }


def scheme_files(posts: people.Posts) -> dict[str, File]:
    """The sheets that say how a result comes about."""
    return {
        "평가체계": (columns.SCHEMES, schemes.scheme_rows()),
        "배점": (columns.PARTS, schemes.part_rows()),
        "등급": (columns.GRADES, schemes.grade_rows()),
        "포상": (columns.PRIZES, schemes.prize_rows()),
        "평가대상": (columns.SUBJECTS, schemes.subject_rows()),
        "평가": (columns.RATINGS, schemes.rating_rows()),
        "평가항목": (columns.CRITERIA, schemes.criterion_rows()),
        "평가단": (columns.GROUPS, schemes.group_rows(posts)),
    }


def answer_files(posts: people.Posts) -> dict[str, File]:
    """What people answered in the year, but for the reports."""
    asked = [code for code, *_ in schemes.CRITERIA[schemes.ADVICE]]
    surveyed = [code for code, *_ in schemes.CRITERIA[schemes.SURVEY]]
    return {
        "평가": ((*columns.PAPERS, *asked, columns.RECUSED), answers.paper_rows(posts)),
        "설문": ((*columns.SURVEY, *surveyed), answers.survey_rows()),
        "소관": (columns.OWNER_VALUES, answers.owner_rows()),
        "가감점": (columns.ADJUSTMENTS, answers.adjustment_rows()),
        "출석": (columns.ATTENDANCE, programmes.attendance_rows(posts)),
    }


if __name__ == "__main__":
    main()

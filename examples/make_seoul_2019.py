"""Makes the example of Seoul's plan of 2019 out of the vocabulary.

    python examples/make_seoul_2019.py [folder]

Writes into examples/seoul-2019 unless told another folder. The same vocabulary gives the same bytes.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator import (
    actuals,
    answers,
    consultation,
    indicators,
    organization,
    people,
    ratings,
    reminders,
    schemes,
)
from generator.vocabulary import departments, measures
from generator_of_cities import columns

HERE = Path(__file__).parent

PERIODS = """\
성과주기,성과주기명,코드,이름,시작일,종료일,보고기한,확인기한,검토기한,이의신청기한,팀장확인
2019,2019년 성과관리,H1,상반기,2019-01-01,2019-06-30,2019-07-15 18:00,2019-07-19,2019-07-31,2019-08-09,예
2019,2019년 성과관리,H2,하반기,2019-07-01,2019-12-31,2020-01-15 18:00,2020-01-20,2020-01-31,2020-02-10,예
"""
HOLIDAYS = """\
날짜,이름,구분
2019-10-28,서울시민의 날(시연용 휴무),휴무
2019-12-28,연말 실적 정리일(시연용 근무),근무
"""


def main() -> None:
    """Writes the files of the plan, and the answers of the year in a folder of their own."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "seoul-2019"
    (folder / "actuals").mkdir(parents=True, exist_ok=True)
    all_departments, all_measures = departments(), measures()
    posts = people.posts_of(all_departments)
    write(folder / "조직.csv", organization.COLUMNS, organization.department_rows(all_departments))
    write(folder / "사람.csv", people.COLUMNS, people.people_rows(all_departments, posts))
    write(folder / "지표.csv", indicators.COLUMNS, indicators.indicator_rows(all_measures, posts))
    write(folder / "목표.csv", indicators.TARGET_COLUMNS, indicators.target_rows(all_measures))
    write(folder / "컨설팅.csv", consultation.PROGRAMME_COLUMNS, consultation.programme_rows())
    write(folder / "일정.csv", consultation.SLOT_COLUMNS, consultation.slot_rows())
    write(folder / "알림.csv", reminders.COLUMNS, reminders.reminder_rows())
    write(folder / "actuals" / "실적.csv", columns.ACTUALS, actuals.actual_rows(all_measures))
    write(folder / "평가체계.csv", columns.SCHEMES, schemes.scheme_rows())
    write(folder / "배점.csv", columns.PARTS, schemes.part_rows(all_departments))
    write(folder / "등급.csv", columns.GRADES, schemes.grade_rows())
    write(folder / "포상.csv", columns.PRIZES, schemes.prize_rows())
    write(folder / "평가대상.csv", columns.SUBJECTS, schemes.subject_rows(all_departments, posts))
    write(folder / "평가.csv", columns.RATINGS, ratings.rating_rows())
    write(folder / "평가항목.csv", columns.CRITERIA, ratings.criterion_rows())
    write(folder / "평가단.csv", columns.GROUPS, ratings.group_rows(posts))
    given = folder / "actuals"
    write(given / "평가.csv", answers.PAPER_COLUMNS, answers.paper_rows(all_departments, posts))
    write(given / "소관.csv", columns.OWNER_VALUES, answers.owner_rows(all_departments, posts))
    write(given / "출석.csv", columns.ATTENDANCE, answers.attendance_rows(all_departments, posts))
    write(given / "가감점.csv", columns.ADJUSTMENTS, answers.adjustment_rows(all_departments))
    write(given / "이관.csv", answers.TRANSFERS, answers.transfer_rows(all_departments, posts))
    (folder / "기간.csv").write_text(PERIODS, encoding="utf-8", newline="\n")
    (folder / "휴일.csv").write_text(HOLIDAYS, encoding="utf-8", newline="\n")


def write(path: Path, columns: Sequence[str], rows: Iterable[dict[str, str]]) -> None:
    """A CSV file in UTF-8 with line feeds, whatever the machine."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()

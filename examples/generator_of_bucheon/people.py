"""The rows of 사람: the evaluation office, the committee of 12, heads of bureaus and divisions, officers."""

from __future__ import annotations

from dataclasses import dataclass

from generator.people import Person
from generator_of_cities.crowd import WHOLE_CITY, Crowd

from generator_of_bucheon.words import COMMITTEE, EVALUATION, bureaus, divisions

OFFICER, LEAD, RATER = "담당자", "팀장", "평가위원"
MEMBERS = 12
WITH_SECOND_OFFICER = ("D0101", "D0102", "D0203", "D0301", "D0401", "D0504")
# Who stands in for whom: the post, the division of the deputy, that of the absent, from when until when.
ABSENCES = (
    (LEAD, "D0501", "D0502", "2006-08-01", "2006-08-11"),
    (OFFICER, "D0602", "D0601", "2006-05-02", "2006-05-12"),
)


@dataclass(frozen=True)
class Posts:
    """Who holds which post, by code of the bureau or division."""

    crowd: Crowd
    officers: dict[str, Person]
    second_officers: dict[str, Person]
    leads: dict[str, Person]
    members: list[Person]

    def second(self, department: str) -> str:
        """The number of the second officer, or nothing."""
        return self.second_officers[department].number if department in self.second_officers else ""


def fill_posts() -> Posts:
    """Everybody of the example."""
    crowd = Crowd("BC", "bucheon.example")
    first = crowd.add(1, "주무관", EVALUATION, "평가자", WHOLE_CITY, "김평정")
    second = crowd.add(2, "주무관", EVALUATION, "평가자", WHOLE_CITY, "이검토")
    crowd.add(3, "주무관", EVALUATION, "관리자", WHOLE_CITY, "박운영")
    crowd.add(4, "팀장", EVALUATION, "평가자", WHOLE_CITY, "최성과")
    crowd.stand_in(second, first, "2006-09-04", "2006-09-08")
    members = [
        crowd.add(10 + number, "위원장" if number == 1 else "위원", COMMITTEE, RATER, WHOLE_CITY)
        for number in range(1, MEMBERS + 1)
    ]
    posts = Posts(crowd, {}, {}, {}, members)
    for number, bureau in enumerate(bureaus(), 1):
        code = bureau["코드"]
        posts.leads[code] = crowd.add(100 + number, bureau["부서장"], code, LEAD)
        posts.officers[code] = crowd.add(120 + number, "주무관", code, OFFICER)
    for number, division in enumerate(divisions(), 1):
        code = division["코드"]
        posts.leads[code] = crowd.add(200 + number, division["부서장"], code, LEAD)
        posts.officers[code] = crowd.add(300 + number, "주무관", code, OFFICER)
        if code in WITH_SECOND_OFFICER:
            posts.second_officers[code] = crowd.add(400 + number, "주무관", code, OFFICER)
    for post, deputy, absent, starts, ends in ABSENCES:
        holders = posts.leads if post == LEAD else posts.officers
        crowd.stand_in(holders[deputy], holders[absent], starts, ends)
    return posts

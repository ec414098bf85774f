"""What a step of the written review is about, and who may see it."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Go
from handlers.dialogue.talk import Talk
from models.consultation.papers import (
    departments_of,
    find_department,
    find_programme,
    may_read,
    may_write,
    subject_of,
)
from models.consultation.programme import Programme
from models.consultation.review import ViewStage
from models.organization import Department, Role
from models.rights import Standing
from models.words import Refusal


@dataclass(frozen=True)
class Part:
    """A department's part in a programme."""

    programme: Programme
    department: Department

    @property
    def programme_id(self) -> int:
        return self.programme.id or 0

    @property
    def department_id(self) -> int:
        return self.department.id or 0

    @property
    def subject(self) -> str:
        """What cards about it are redrawn by."""
        return subject_of(self.programme_id, self.department_id)

    def go(self, step: str, **more: str | int) -> Go:
        """To another step about the same part."""
        data = {"programme": self.programme_id, "department": self.department_id}
        return Go(f"written_review.{step}", data | more)

    def of_stage(self, stage: ViewStage) -> Go:
        """To the list of its indicators at that stage."""
        return self.go("department" if stage is ViewStage.WRITTEN else "notes")


def part_of(talk: Talk, data: Data) -> Part:
    """The part of that programme and department; Refusal for who may not see it."""
    part = _part(talk, data)
    if not may_read(talk.standing, part.department.path):
        raise Refusal("이 컨설팅을 볼 권한이 없습니다. 필요하면 관리자에게 문의해 주세요.")
    return part


def consulted_part(talk: Talk, data: Data) -> Part:
    """The same for the department's consultant; Refusal for everybody else."""
    part = _part(talk, data)
    if not is_consultant(talk.standing, part.department):
        raise Refusal("{department}의 컨설턴트만 의견을 쓸 수 있습니다.", department=part.department.name)
    return part


def may_see_part(talk: Talk, data: Data) -> bool:
    """Asked again when a screen about `data` leaves for its reader."""
    return may_read(talk.standing, _part(talk, data).department.path)


def is_consultant(standing: Standing, department: Department) -> bool:
    """Whether the person reviews that department."""
    return standing.right(Role.CONSULTANT, department.path) is not None


def own_departments(talk: Talk, programme: Programme) -> list[Department]:
    """The departments for which this person hands in a paper."""
    departments = departments_of(talk.session, programme)
    return [one for one in departments if may_write(talk.standing, one.path)]


def _part(talk: Talk, data: Data) -> Part:
    programme = find_programme(talk.session, data["programme"])
    return Part(programme, find_department(talk.session, data["department"]))

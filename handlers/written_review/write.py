"""The form of a paper: words and files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.dialogue.answers import Answer, Filled, KeptForLater
from handlers.dialogue.book import Data
from handlers.dialogue.fields import FilesField, TextField
from handlers.dialogue.screens import Form, Go, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Line, lines
from handlers.wording import deadline
from handlers.written_review.place import part_of
from models.consultation.papers import PaperEntry, files_of, may_write, paper_of, save_paper
from models.consultation.review import Paper, PaperState
from models.evidence.table import parcels
from models.words import Refusal, say

_FILE = "paper:"


def show(talk: Talk, data: Data) -> Screen:
    """The form, with what was saved before."""
    part = part_of(talk, data)
    if may_write(talk.standing, part.department.path) is None:
        raise Refusal(
            "{department}의 담당자나 팀장만 서면검토 자료를 낼 수 있습니다.", department=part.department.name
        )
    paper = paper_of(talk.session, part.programme_id, part.department_id)
    if paper is not None and paper.state is not PaperState.DRAFT:
        raise Refusal("이미 제출한 자료입니다. 고치려면 먼저 자료를 회수해 주세요.")
    due = part.programme.written_due
    told: list[Line] = [say("{programme}", programme=part.programme.name)]
    return Form(
        title=say("{department} 서면검토 자료", department=part.department.name),
        text=lines(*told, *([deadline(talk, due)] if due is not None else [])),
        fields=[
            TextField(
                "text",
                say("설명"),
                say("컨설턴트가 알아야 할 것을 적어 주세요. 예: 지표를 바꾼 까닭, 정하기 어려운 목표치"),
                longest=2000,
                required=False,
                skip=say("건너뛰기"),
                initial=paper.text if paper else "",
            ),
            FilesField(
                "files",
                say("파일"),
                say("성과계획서, 지표정의서 등 검토받을 파일을 올려 주세요."),
                required=False,
                skip=say("파일 없이 계속"),
                initial=_files(talk, paper),
            ),
        ],
        keep=True,
        cancel=part.go("paper"),
    )


def take(talk: Talk, data: Data, answer: Answer) -> Go:
    """Saves it as a draft; handing in is a press on the card that follows."""
    if not isinstance(answer, Filled | KeptForLater):
        raise Refusal("이 화면에서는 할 수 없는 일입니다. '메뉴'를 입력해 주세요.")
    part = part_of(talk, data)
    paper = paper_of(talk.session, part.programme_id, part.department_id)
    entry = _entry(talk, paper, answer.values)
    if isinstance(answer, KeptForLater) and not _is_news(talk, paper, entry):
        return part.go("paper")
    save_paper(talk.session, talk.doer, part.programme_id, part.department_id, entry)
    talk.changed(part.subject)
    if isinstance(answer, KeptForLater):
        talk.toast(say("임시저장했습니다. 이 화면에서 이어서 작성하실 수 있습니다."))
    return part.go("paper")


def _files(talk: Talk, paper: Paper | None) -> list[dict[str, Any]]:
    return [
        {"id": f"{_FILE}{file.id}", "name": file.name, "size": file.size}
        for file in files_of(talk.session, paper)
    ]


def _entry(talk: Talk, paper: Paper | None, values: Mapping[str, Any]) -> PaperEntry:
    """What the form says; in a field it does not have, what was saved before stays."""
    ids: list[str] = values.get("files", [file["id"] for file in _files(talk, paper)])
    return PaperEntry(
        text=values.get("text", paper.text if paper else ""),
        kept=[int(one.removeprefix(_FILE)) for one in ids if one.startswith(_FILE)],
        added=parcels(talk.session, talk.person_id, [one for one in ids if not one.startswith(_FILE)]),
    )


def _is_news(talk: Talk, paper: Paper | None, entry: PaperEntry) -> bool:
    """Whether the entry says anything that is not there yet."""
    here = {file.id for file in files_of(talk.session, paper)}
    before = paper.text if paper else ""
    return bool(entry.added) or (entry.text, set(entry.kept)) != (before, here)

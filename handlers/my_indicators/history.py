"""What happened to one report, version by version, and what the indicator reached in past years."""

from __future__ import annotations

from sqlmodel import Session

from handlers.appeals.facts import appeal_lines
from handlers.appeals.result import buttons_for
from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Card, Go, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Line, lines
from handlers.wording import DECISIONS, REASONS, evidence_shown, name_of, value_of
from models.appeal.reading import appeals_on, standing_appeal
from models.appeal.result import open_result
from models.evidence.table import EvidenceFile, evidence_of
from models.plan import Indicator, past_actuals
from models.rights import may_report, may_see
from models.submission import (
    Decision,
    SubmissionFile,
    SubmissionVersion,
    decisions_on,
    open_file,
    versions_of,
)
from models.words import Phrase, Refusal, say


def show(talk: Talk, data: Data) -> Screen:
    """Past years first, then every version with the decisions on it."""
    opened = open_file(talk.session, data["submission"])
    if not may_see(talk.standing, opened.indicator, opened.department.path):
        raise Refusal("이 지표의 이력을 볼 권한이 없습니다. 필요하면 관리자에게 문의해 주세요.")
    told: list[Line] = past_years(talk.session, opened.indicator)
    files: list[EvidenceFile] = []
    appeals = appeals_on(talk.session, opened.submission.indicator_id, opened.submission.period_id)
    on_appeal = {one.appeal.decision_id for one in appeals}
    decisions = [one for one in decisions_on(talk.session, opened.id) if one.id not in on_appeal]
    for version in versions_of(talk.session, opened.id):
        told += [""] if told else []
        told += _version(talk, opened, version, [one for one in decisions if one.version_id == version.id])
        if version.id is not None and version.submitted_at is not None:
            files += evidence_of(talk.session, version.id)
    told += appeal_lines(talk.session, appeals)
    back = Go("report_actual.open", {"indicator": opened.indicator.id, "period": opened.period.id})
    return Card(
        title=say("{indicator} 이력", indicator=opened.indicator.name),
        subject=opened.subject,
        facts=[],
        text=lines(*told),
        files=evidence_shown(_each_once(files)),
        buttons=[*_appealing(talk, opened), Button(say("지표로"), back)],
    )


def _appealing(talk: Talk, opened: SubmissionFile) -> list[Button]:
    """To the appeal against the score, or to file one, once the result is out."""
    key = (opened.submission.indicator_id, opened.submission.period_id)
    try:
        result = open_result(talk.session, *key)
    except Refusal:
        return []  # the result is not out, or has nothing of it
    return buttons_for(talk, result, standing_appeal(talk.session, *key))


def past_years(session: Session, indicator: Indicator) -> list[Line]:
    """`2015: 88.1 % · 2016: 90 % …`, nothing where the plan has none."""
    years = past_actuals(session, indicator)
    if not years:
        return []
    shown: list[Phrase] = [
        say("{year}년 {value}", year=str(one.year), value=value_of(one.value, indicator)) for one in years
    ]
    line: list[Phrase | str] = [say("과거 실적: ")]
    for place, one in enumerate(shown):
        line += [" · ", one] if place else [one]
    return [tuple(line)]


def _version(
    talk: Talk, opened: SubmissionFile, version: SubmissionVersion, decisions: list[Decision]
) -> list[Line]:
    value = value_of(version.value, opened.indicator, version.not_applicable)
    if version.submitted_at is None:
        # A draft is its officers' alone until it is handed in.
        if may_report(talk.standing, opened.indicator, opened.department.path) is None:
            return [say("{number}차: 작성 중", number=version.number)]
        return [say("{number}차: {value} — 작성 중", number=version.number, value=value)]
    told: list[Line] = [
        say(
            "{number}차: {value} — {name}, {at} 제출",
            number=version.number,
            value=value,
            name=name_of(talk.session, version.submitted_by_id, version.submitted_for_id),
            at=version.submitted_at,
        )
    ]
    if version.note:
        told.append(say("  설명: {note}", note=version.note))
    return told + [_decision(talk, opened, one) for one in decisions]


def _decision(talk: Talk, opened: SubmissionFile, decision: Decision) -> Line:
    who = name_of(talk.session, decision.decided_by_id, decision.decided_for_id)
    line: list[Phrase] = [
        say(
            "  → {done} · {name} · {at}",
            done=DECISIONS[decision.kind].label,
            name=who,
            at=decision.decided_at,
        )
    ]
    if decision.recognised is not None:
        line.append(say(" · 인정 실적 {value}", value=value_of(decision.recognised, opened.indicator)))
    if decision.reason_code is not None:
        line.append(say(" · {reason}", reason=REASONS[decision.reason_code]))
    if decision.reason:
        line.append(say(": {text}", text=decision.reason))
    return tuple(line)


def _each_once(files: list[EvidenceFile]) -> list[EvidenceFile]:
    return list({file.sha256: file for file in files}.values())

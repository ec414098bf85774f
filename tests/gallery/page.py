"""The gallery as one page that stands for itself: maps on top, then every screen of every step, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from handlers.book import BOOK
from tests.gallery import look_slack, look_telegram, look_web
from tests.gallery.map import Arrow, Node, draw_map
from tests.gallery.recorder import Record, Seen

_HERE = Path(__file__).parent
_TITLES = {
    "account": "처음 화면과 설정",
    "my_indicators": "내 지표",
    "report_actual": "실적 보고",
    "review": "검토",
    "team_board": "부서 현황",
    "early_warning": "조기 경보",
    "admin": "관리",
}


def page(record: Record) -> str:
    """The whole page. The same record makes the same page, byte for byte."""
    screens = list(record.screens.values())
    dialogues = list(dict.fromkeys(name.partition(".")[0] for name in BOOK.steps))
    parts = [_head(screens), _index(dialogues, record), *(_dialogue(name, record) for name in dialogues)]
    parts.append(_homes(record))
    webs = look_web.as_script([look_web.line(seen) for seen in _in_order(record)])
    values = {
        "style": (_HERE / "page.css").read_text(encoding="utf-8"),
        "body": "\n".join(parts),
        "web-style": look_web.as_script(look_web.style()),
        "words": look_web.as_script(look_web.words()),
        "lines": webs,
        "modules": look_web.scripts(),
        "script": (_HERE / "page.js").read_text(encoding="utf-8"),
    }
    text = (_HERE / "page.html").read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"<!--{name}-->", value)
    return text


def _in_order(record: Record) -> Iterator[Seen]:
    """Every screen in the order of the page."""
    for name in BOOK.steps:
        yield from _of(record, name)


def _of(record: Record, step: str) -> list[Seen]:
    """The screens of a step: Korean before English, waiting before over."""
    mine = [seen for seen in record.screens.values() if seen.step == step]
    return sorted(mine, key=lambda seen: (seen.locale != "ko", not seen.live))


def _head(screens: list[Seen]) -> str:
    return (
        "<header><h1>보고봇 화면 모음</h1>"
        f"<p>단계 {len(BOOK.steps)}개, 화면 상태 {len(screens)}개를 메신저 세 곳이 그리는 그대로 보여 줍니다. "
        "시험 대화에서 실제로 나온 화면이며, 2019. 7. 8.(월) 한빛시의 자료입니다. 이어진 화살표는 사람이 누르거나 "
        "입력해서, 점선은 알림으로 이어집니다.</p></header>"
    )


def _index(dialogues: list[str], record: Record) -> str:
    nodes = [Node(name, _TITLES.get(name, name), f"#{name}") for name in dialogues]
    arrows = _grouped(
        (move.origin.partition(".")[0], move.target.partition(".")[0], move.label, move.told)
        for move in record.moves
    )
    between = [one for one in arrows if one.origin != one.target]
    said: dict[str, list[str]] = {}
    for words, step in record.words:
        said.setdefault(step, []).append(words.removesuffix(" 입력"))
    rows = "".join(
        f"<tr><td>{_link(step)}</td><td>{escape(', '.join(words[:6]))}</td></tr>"
        for step, words in said.items()
    )
    return (
        f'<section id="map"><h2>대화가 이어지는 길</h2>{draw_map(nodes, between, "대화 사이의 길")}'
        "<details><summary>어디서나 입력할 수 있는 말</summary>"
        f'<table class="words">{rows}</table></details></section>'
    )


def _dialogue(name: str, record: Record) -> str:
    steps = [step for step in BOOK.steps if step.startswith(f"{name}.")]
    nodes = [Node(step, _title(record, step), f"#{step}") for step in steps]
    arrows = _grouped(
        (move.origin, move.target, move.label, move.told)
        for move in record.moves
        if move.origin in steps and move.target in steps
    )
    shown = "".join(_step(step, record) for step in steps)
    title = _TITLES.get(name, name)
    return (
        f'<section class="dialogue" id="{name}"><h2>{title} <code>{name}</code></h2>'
        f"{draw_map(nodes, arrows, title)}{shown}</section>"
    )


def _grouped(moves: Iterable[tuple[str, str, str, bool]]) -> list[Arrow]:
    """One arrow for all ways between the same two."""
    found: dict[tuple[str, str, bool], dict[str, None]] = {}
    for origin, target, label, told in moves:
        bare = label.removesuffix(" 누름").strip("‘’")
        found.setdefault((origin, target, told), {})[bare] = None
    return [Arrow(origin, target, tuple(labels), told) for (origin, target, told), labels in found.items()]


def _step(step: str, record: Record) -> str:
    screens = _of(record, step)
    readers = ", ".join(record.readers.get(step, {}))
    coming = [(move.origin, move.label) for move in record.moves if move.target == step != move.origin]
    going = [(move.target, move.label) for move in record.moves if move.origin == step != move.target]
    anyhow = "입력한 말로" if step in {target for _, target in record.words} else "알림으로"
    toasts = "".join(
        f'<li class="toast {tone}">{escape(words)}</li>' for at, tone, words in record.toasts if at == step
    )
    before = list(_in_order(record))
    shown = "".join(_state(seen, before.index(seen), number) for number, seen in enumerate(screens, 1))
    return (
        f'<section class="step" id="{step}"><h3>{escape(_title(record, step))} <code>{step}</code></h3>'
        f'<dl class="about"><dt>보는 사람</dt><dd>{escape(readers)}</dd>'
        f"<dt>어디서</dt><dd>{_ways(coming) or anyhow}</dd>"
        f"<dt>어디로</dt><dd>{_ways(going)}</dd></dl>"
        + (f'<ul class="toasts"><li>지나가는 말</li>{toasts}</ul>' if toasts else "")
        + f"{shown}</section>"
    )


def _ways(ways: list[tuple[str, str]]) -> str:
    grouped: dict[str, dict[str, None]] = {}
    for step, label in ways:
        grouped.setdefault(step, {})[label] = None
    told = (f"{_link(step)} <i>{escape(', '.join(labels))}</i>" for step, labels in grouped.items())
    return " · ".join(told)


def _state(seen: Seen, place: int, number: int) -> str:
    state = "" if seen.live else " · 지난 화면"
    language = "" if seen.locale == "ko" else " · English"
    return (
        f'<article class="state" id="{seen.step}-{number}">'
        f"<h4>{number}. {escape(seen.reader)} · 직전: {escape(seen.after)}{state}{language}</h4>"
        f'<div class="columns"><div><h5>웹</h5><div class="web" data-line="{place}" data-locale="{seen.locale}">'
        f"</div></div><div><h5>텔레그램</h5>{look_telegram.look(seen)}</div>"
        f"<div><h5>슬랙</h5>{look_slack.look(seen)}</div></div></article>"
    )


def _homes(record: Record) -> str:
    shown = "".join(
        f"<div><h5>{escape(reader)}</h5>{look_slack.look_of_home(view)}</div>"
        for reader, view in record.homes.items()
    )
    return (
        f'<section class="dialogue" id="home"><h2>슬랙 앱 홈</h2><div class="columns">{shown}</div></section>'
    )


def _title(record: Record, step: str) -> str:
    """What the first screen of a step begins with."""
    screens = _of(record, step)
    if not screens:
        return step
    body: dict[str, Any] = screens[0].body
    first = body.get("title") or next(("".join(map(_words, line)) for line in body["text"] if line), "")
    return str(first).partition("\n")[0]


def _words(span: dict[str, Any]) -> str:
    return str(span.get("t") or span.get("b") or span.get("c") or "")


def _link(step: str) -> str:
    return f'<a href="#{step}">{step}</a>'

"""Reads what Slack brings into small values, and passes over what is not said to us by somebody of our workspace."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.slack.people import Us

Body = Mapping[str, Any]
_LONGEST_KEY = 100
_SPOKEN = (None, "file_share", "thread_broadcast")
"""Subtypes of messages that a person wrote just now."""
_MARKED = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_FILE_FIELDS = ("id", "name", "size", "mode", "file_access", "url_private_download", "url_private")


@dataclass(frozen=True)
class Someone:
    """Whoever did something, and the key under which that is taken in once. A passing word to them goes to the
    response_url where there is one, or else into the channel; without either, into their talk with us."""

    user: str
    address: str
    key: str
    channel: str = ""
    response_url: str = ""


@dataclass(frozen=True)
class Wrote:
    """Words and files in the talk with us, or files of a message that are handed in."""

    who: Someone
    text: str
    files: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True)
class CameIn:
    """Opened our home, or the talk with us."""

    who: Someone
    is_home: bool


@dataclass(frozen=True)
class Mentioned:
    """Called us in a channel."""

    who: Someone


@dataclass(frozen=True)
class Changed:
    """A member's account changed; `user` is it as it is now."""

    who: Someone
    user: dict[str, Any]


@dataclass(frozen=True)
class Clicked:
    """Pressed a button."""

    who: Someone
    value: str
    trigger: str


@dataclass(frozen=True)
class Submitted:
    """Submitted a modal."""

    who: Someone
    view: dict[str, Any]


@dataclass(frozen=True)
class Commanded:
    """Typed our command with words after it."""

    who: Someone
    text: str
    trigger: str


Event = Wrote | CameIn | Mentioned | Changed


def read_event(body: Body, us: Us) -> Event | None:
    """The event, if it is one of those we act on, by somebody of our own."""
    event = _mapping(body.get("event"))
    user = event.get("user")
    if body.get("team_id") != us.team or body.get("is_ext_shared_channel") is True:
        return None
    # Each event has an id of its own, and a moment that is as good as one.
    key = f"e{body.get('event_id') or event.get('event_ts') or event.get('ts')}"
    if event.get("type") == "user_change" and isinstance(user, dict):
        return Changed(_someone(us, str(user.get("id", "")), key), user)
    if not isinstance(user, str) or user == us.bot_user or event.get("bot_id") or not _is_ours(event, us):
        return None
    channel = event.get("channel")
    who = _someone(us, user, key, channel if isinstance(channel, str) else "")
    match event.get("type"):
        case "message" if event.get("channel_type") == "im" and event.get("subtype") in _SPOKEN:
            return Wrote(who, plain(str(event.get("text") or "")), _files(event))
        case "app_home_opened":
            return CameIn(who, event.get("tab") == "home")
        case "app_mention":
            return Mentioned(who)
    return None


def read_click(body: Body, us: Us) -> Clicked | None:
    """The button that was pressed; None where what was touched has no value of its own."""
    actions = body.get("actions")
    action = _mapping(actions[0] if isinstance(actions, list) and actions else None)
    value = action.get("value") or _mapping(action.get("selected_option")).get("value")
    if not isinstance(value, str):
        return None
    who = _interacting(body, us, f"c{action.get('action_ts') or body.get('trigger_id')}.{value}")
    return Clicked(who, value, str(body.get("trigger_id") or "")) if who else None


def read_submission_of(body: Body, us: Us) -> Submitted | None:
    """The modal that was submitted. Its hash stays the same after errors beside its fields, so that the key goes by
    the trigger, of which each submission has its own."""
    view = _mapping(body.get("view"))
    who = _interacting(body, us, f"v{view.get('id')}.{body.get('trigger_id') or view.get('hash')}")
    return Submitted(who, dict(view)) if who else None


def read_shortcut(body: Body, us: Us) -> Wrote | None:
    """The files of a message, handed in by a shortcut on it."""
    who = _interacting(body, us, f"s{body.get('trigger_id')}")
    return Wrote(who, "", _files(_mapping(body.get("message")))) if who else None


def read_command(body: Body, us: Us) -> Commanded | None:
    """The command and its words."""
    if body.get("team_id") != us.team or not _same_enterprise(body.get("enterprise_id"), us):
        return None
    trigger = str(body.get("trigger_id") or "")
    who = _someone(us, str(body.get("user_id") or ""), f"k{trigger}", str(body.get("channel_id") or ""))
    who = Someone(who.user, who.address, who.key, who.channel, str(body.get("response_url") or ""))
    return Commanded(who, clean(_unescaped(str(body.get("text") or ""))), trigger)


def plain(text: str) -> str:
    """Words as they were typed: Slack marks links and names with < > and escapes the sign itself."""

    def shown(mark: re.Match[str]) -> str:
        target, label = mark[1], mark[2]
        if label:
            return label
        if target.startswith("!"):
            return "@" + target[1:]
        return target.removeprefix("mailto:").removeprefix("tel:")

    return clean(_unescaped(_MARKED.sub(shown, text)))


def clean(text: str) -> str:
    """Without what no database keeps: a lone surrogate, a NUL."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def _unescaped(text: str) -> str:
    for entity, sign in _ENTITIES:
        text = text.replace(entity, sign)
    return text


def _interacting(body: Body, us: Us, key: str) -> Someone | None:
    user, org, team = _mapping(body.get("user")), _mapping(body.get("enterprise")), body.get("team")
    team_id = team if isinstance(team, str) else _mapping(team).get("id")
    teams = [one for one in (team_id, user.get("team_id")) if one is not None]
    if not teams or any(one != us.team for one in teams) or not _same_enterprise(org.get("id"), us):
        return None
    if not isinstance(user.get("id"), str):
        return None
    channel = str(_mapping(body.get("channel")).get("id") or "")
    who = _someone(us, user["id"], key, channel)
    return Someone(who.user, who.address, who.key, channel, str(body.get("response_url") or ""))


def _is_ours(event: Body, us: Us) -> bool:
    """Whether whoever did it belongs to our workspace, as far as the event says. In a larger organization these may
    name the organization instead."""
    teams = (event.get(name) for name in ("team", "user_team", "source_team"))
    return all(one in (us.team, us.enterprise) for one in teams if one)


def _same_enterprise(enterprise: object, us: Us) -> bool:
    return not enterprise or enterprise == us.enterprise


def _someone(us: Us, user: str, key: str, channel: str = "") -> Someone:
    if len(key) > _LONGEST_KEY:
        key = key[0] + hashlib.sha256(key.encode()).hexdigest()
    return Someone(user, us.address(user), key, channel)


def _files(message: Body) -> list[dict[str, Any]]:
    """Of each file what is needed to fetch it."""
    files = message.get("files")
    return [file_of(one) for one in files if isinstance(one, dict)] if isinstance(files, list) else []


def file_of(file: Body) -> dict[str, Any]:
    """A file as it is kept until it was fetched."""
    kept = {name: file[name] for name in _FILE_FIELDS if file.get(name) is not None}
    return kept | {"name": clean(str(file.get("name") or file.get("title") or ""))}


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}

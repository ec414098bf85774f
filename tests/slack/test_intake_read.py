"""Payloads: what becomes of each, and whose are passed over."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack.people import Us, read_member
from bot.slack.read import (
    CameIn,
    Changed,
    Mentioned,
    Wrote,
    clean,
    plain,
    read_click,
    read_command,
    read_event,
    read_shortcut,
    read_submission_of,
)

US = Us("T1", "", "UBOT", "B1")
USER = {"id": "U1", "team_id": "T1"}
Body = dict[str, Any]


def event(**event: Any) -> Body:
    given = {
        "type": "message",
        "channel_type": "im",
        "channel": "D1",
        "user": "U1",
        "team": "T1",
        "text": "메뉴",
    }
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": given | event}


def interaction(**more: Any) -> Body:
    return {"user": USER, "team": {"id": "T1"}, "enterprise": None, "trigger_id": "1.2.abc"} | more


def test_words_and_files_of_the_direct_message_are_taken() -> None:
    file = {
        "id": "F1",
        "name": "증빙.pdf",
        "size": 3,
        "url_private": "https://files.slack.com/x",
        "thumb": "y",
    }
    wrote = read_event(event(text="a &amp; b", files=[file], subtype="file_share"), US)
    assert isinstance(wrote, Wrote)
    assert (wrote.who.address, wrote.who.key, wrote.who.channel, wrote.text) == (
        "T1:U1",
        "eEv1",
        "D1",
        "a & b",
    )
    assert [set(one) for one in wrote.files] == [{"id", "name", "size", "url_private"}]


@pytest.mark.parametrize(
    "odd",
    [
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "bot_message"},
        {"subtype": "channel_join"},
        {"channel_type": "channel", "channel": "C1"},
        {"channel_type": "mpim"},
        {"bot_id": "B9"},
        {"user": "UBOT"},
        {"user": None},
        {"team": "T2"},
        {"user_team": "T2"},
        {"source_team": "E2"},
        {"type": "reaction_added"},
    ],
)
def test_what_nobody_of_ours_says_to_us_is_passed_over(odd: Body) -> None:
    assert read_event(event(), US) is not None
    assert read_event(event(**odd), US) is None


@pytest.mark.parametrize("odd", [{"team_id": "T2"}, {"team_id": None}, {"is_ext_shared_channel": True}])
def test_events_of_other_workspaces_are_passed_over(odd: Body) -> None:
    assert read_event(event() | odd, US) is None


def test_other_events_are_told_apart() -> None:
    home = read_event(event(type="app_home_opened", tab="home"), US)
    talk = read_event(event(type="app_home_opened", tab="messages"), US)
    assert (
        isinstance(home, CameIn)
        and isinstance(talk, CameIn)
        and (home.is_home, talk.is_home) == (True, False)
    )
    assert isinstance(read_event(event(type="app_mention", channel="C1"), US), Mentioned)
    changed = read_event(event(type="user_change", user={"id": "U7", "deleted": True}), US)
    assert isinstance(changed, Changed) and changed.who.address == "T1:U7"


@pytest.mark.parametrize(
    "odd",
    [
        {"team": {"id": "T2"}},
        {"team": None, "user": {"id": "U1"}},
        {"user": {"id": "U1", "team_id": "T2"}},
        {"enterprise": {"id": "E2"}},
        {"user": None},
    ],
)
def test_clicks_of_others_are_passed_over(odd: Body) -> None:
    click = interaction(actions=[{"value": "x.0", "action_ts": "1.5"}])
    view = interaction(view={"id": "V1", "hash": "h"})
    assert read_click(click, US) is not None and read_submission_of(view, US) is not None
    assert read_click(click | odd, US) is None and read_submission_of(view | odd, US) is None
    assert read_shortcut(interaction(message={}) | odd, US) is None


def test_clicks_are_told_apart_by_their_moment_and_value_and_an_organization_by_its_id() -> None:
    action = {"value": "token.3", "action_ts": "1.5", "type": "button"}
    clicked = read_click(interaction(actions=[action], channel={"id": "D1"}), US)
    assert clicked is not None
    assert (clicked.who.key, clicked.value, clicked.trigger) == ("c1.5.token.3", "token.3", "1.2.abc")
    chosen = {"action_ts": "1.6", "selected_option": {"value": "token.4"}}
    picked = read_click(interaction(actions=[chosen]), US)
    assert picked is not None and picked.value == "token.4"
    assert read_click(interaction(actions=[{"action_ts": "1", "selected_options": []}]), US) is None
    assert read_click(interaction(), US) is None
    large = Us("T1", "E1", "UBOT", "B1")
    assert read_click(interaction(actions=[action], enterprise={"id": "E1"}), large) is not None


def test_two_submissions_of_one_view_have_different_keys_though_its_hash_stays() -> None:
    first = read_submission_of(interaction(view={"id": "V1", "hash": "h"}), US)
    second = read_submission_of(interaction(view={"id": "V1", "hash": "h"}, trigger_id="3.4.def"), US)
    assert first is not None and second is not None and first.who.key != second.who.key


def test_a_long_key_is_kept_as_its_hash() -> None:
    clicked = read_click(interaction(actions=[{"value": "x" * 2000, "action_ts": "1.5"}]), US)
    assert clicked is not None and len(clicked.who.key) == 65


@pytest.mark.parametrize("odd", [{"team_id": "T2"}, {"enterprise_id": "E2"}])
def test_commands_of_others_are_passed_over(odd: Body) -> None:
    command = {"team_id": "T1", "user_id": "U1", "text": "a &lt; b", "trigger_id": "1.2", "channel_id": "C1"}
    commanded = read_command(command, US)
    assert commanded is not None and (commanded.text, commanded.who.key) == ("a < b", "k1.2")
    assert read_command(command | odd, US) is None


@pytest.mark.parametrize(
    ("marked", "typed"),
    [
        ("민원 &lt;처리&gt; &amp;amp; 97.3", "민원 <처리> &amp; 97.3"),
        ("<http://hanbit.go.kr>에서", "http://hanbit.go.kr에서"),
        ("<http://hanbit.go.kr|hanbit.go.kr>", "hanbit.go.kr"),
        ("<mailto:a@b.kr|a@b.kr> <#C1|총무과> <!here> <@U1>", "a@b.kr 총무과 @here @U1"),
        ("한\x00글\ud800", "한글?"),
    ],
)
def test_words_are_read_as_they_were_typed(marked: str, typed: str) -> None:
    assert plain(marked) == typed


def test_words_no_database_keeps_are_taken_out() -> None:
    assert clean("\x00a\udfff") == "a?"


@pytest.mark.parametrize(
    "flag", ["deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "is_workflow_bot"]
)
def test_only_full_members_of_our_workspace_are_accepted(flag: str) -> None:
    user = {"id": "U1", "team_id": "T1", "is_email_confirmed": True, "profile": {"email": "a@b.kr"}}
    assert read_member(user, US).refusal is None and read_member(user, US).email == "a@b.kr"
    assert read_member(user | {flag: True}, US).refusal is not None
    assert read_member(user | {"team_id": "T2"}, US).refusal is not None
    assert read_member(user | {"is_email_confirmed": False}, US).email == ""
    assert read_member(user | {"profile": {}}, US).email == ""


def test_an_event_without_an_id_is_known_by_its_moment() -> None:
    given = event(event_ts="1.5", ts="1.4")
    del given["event_id"]
    wrote = read_event(given, US)
    assert isinstance(wrote, Wrote) and wrote.who.key == "e1.5"


@pytest.mark.parametrize(
    "actions", [None, {}, [], [None], ["x"], "x", [{"value": None}], [{"type": "button"}]]
)
def test_a_click_on_nothing_is_passed_over(actions: Any) -> None:
    assert read_click(interaction(actions=actions), US) is None


def test_two_clicks_are_two_though_their_moments_are_not_told() -> None:
    clicks = [read_click(interaction(trigger_id=trigger, actions=[{"value": "a.0"}]), US) for trigger in "12"]
    assert len({one.who.key for one in clicks if one is not None}) == 2


@pytest.mark.parametrize("team", [{"id": "T1", "domain": "hanbit"}, {"id": "T1"}, "T1", None])
def test_a_workspace_is_told_in_several_ways(team: Any) -> None:
    assert read_shortcut(interaction(team=team), US) is not None


@pytest.mark.parametrize("team", [{"id": "T2"}, "T2"])
def test_another_workspace_is_another_however_it_is_told(team: Any) -> None:
    assert read_shortcut(interaction(team=team), US) is None


def test_a_member_of_several_workspaces_is_one_of_ours() -> None:
    assert read_member({"team_id": "T9", "enterprise_user": {"teams": ["T1", "T9"]}}, US).refusal is None
    assert read_member({"team_id": "T9", "enterprise_user": {"teams": ["T9"]}}, US).refusal is not None
    assert read_member({"id": "U1"}, US).refusal is None
    assert read_member({"team_id": "T9", "enterprise_user": None}, US).refusal is not None

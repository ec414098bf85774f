"""users.* and the object that stands for a person."""

from __future__ import annotations

from typing import Any

from tests.kit.slack.workspace import ApiError, Body, Workspace


def user_object(team_id: str, user_id: str, name: str, email: str, /, **flags: Any) -> Body:
    """A user as users.info answers it; `flags` are its is_…, deleted and team_id."""
    user = {
        "id": user_id,
        "team_id": team_id,
        "name": email.partition("@")[0] or user_id.lower(),
        "deleted": False,
        "color": "9f69e7",
        "real_name": name,
        "tz": "Asia/Seoul",
        "tz_label": "Korea Standard Time",
        "tz_offset": 32400,
        "profile": {
            "title": "",
            "phone": "",
            "real_name": name,
            "real_name_normalized": name,
            "display_name": name,
            "display_name_normalized": name,
            "status_text": "",
            "status_emoji": "",
            "email": email,
            "team": team_id,
        },
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": False,
        "is_app_user": False,
        "updated": 1_700_000_000,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }
    return user | flags


def seen_user(workspace: Workspace, user: Body) -> Body:
    """The user without the email address where the app was not granted to see it."""
    if "users:read.email" in workspace.scopes:
        return user
    return user | {"profile": {key: value for key, value in user["profile"].items() if key != "email"}}


def info(workspace: Workspace, arguments: Body) -> Body:
    """users.info"""
    return {"user": seen_user(workspace, workspace.user(str(arguments["user"])))}


def lookup_by_email(workspace: Workspace, arguments: Body) -> Body:
    """users.lookupByEmail; people who left are not found."""
    for user in workspace.users.values():
        if user["profile"].get("email") == arguments["email"] and not user["deleted"]:
            return {"user": seen_user(workspace, workspace.user(user["id"]))}
    raise ApiError("users_not_found")


def everybody(workspace: Workspace, arguments: Body) -> Body:
    """users.list"""
    members = [seen_user(workspace, user) for user in workspace.users.values() if not user.get("is_stranger")]
    return {"members": members, "cache_ts": int(workspace.clock.now()), **_no_more()}


def _no_more() -> Body:
    return {"response_metadata": {"next_cursor": ""}}

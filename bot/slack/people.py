"""Who is who in Slack: we ourselves, and whether somebody is a full member of our workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calling import Calls, Refused
from models.words import Phrase, say

_NOBODY = ("user_not_found", "user_not_visible")
_OUTSIDE = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "is_workflow_bot")
NOT_A_MEMBER = say(
    "이 워크스페이스의 정식 구성원만 보고봇을 쓸 수 있습니다. 게스트 계정이면 관리자에게 문의해 주세요."
)


@dataclass
class Us:
    """The workspace we are installed in and our own accounts there; empty until `introduce`."""

    team: str = ""
    enterprise: str = ""
    bot_user: str = ""
    bot: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.team)

    async def introduce(self, client: AsyncWebClient) -> None:
        """Asks Slack who we are."""
        answer = await client.auth_test()
        self.enterprise, self.bot = str(answer.get("enterprise_id") or ""), str(answer.get("bot_id") or "")
        self.bot_user = str(answer["user_id"])
        self.team = str(answer["team_id"])

    def address(self, user: str) -> str:
        """The address of a member's account: ids, never names, which others can take over."""
        return f"{self.team}:{user}"


@dataclass(frozen=True)
class Member:
    """Somebody as users.info describes them."""

    refusal: Phrase | None
    """Why they may not talk with the bot."""
    email: str
    """Confirmed, or empty."""


def read_member(user: dict[str, Any], us: Us) -> Member:
    """Guests, bots, people who left, and people of other workspaces are refused."""
    outside = any(user.get(flag) for flag in _OUTSIDE) or us.team not in _teams(user, us)
    profile = user.get("profile")
    email = profile.get("email") if isinstance(profile, dict) else None
    confirmed = user.get("is_email_confirmed") is not False and isinstance(email, str)
    return Member(NOT_A_MEMBER if outside else None, str(email) if confirmed else "")


def _teams(user: dict[str, Any], us: Us) -> list[str]:
    """The workspaces somebody belongs to; in a larger organization these may be several, and the first of them any."""
    grid = user.get("enterprise_user")
    teams = grid.get("teams") if isinstance(grid, dict) else None
    return [user.get("team_id") or us.team, *(teams if isinstance(teams, list) else [])]


class People:
    """Asks Slack about people."""

    def __init__(self, calls: Calls, us: Us) -> None:
        self._calls = calls
        self._us = us

    async def look(self, user: str) -> Member:
        """Who that is now; raises where Slack does not say."""
        try:
            answer = await self._calls.call("users.info", {"user": user}, urgent=True)
        except Refused as refused:
            if str(refused) in _NOBODY:
                return Member(NOT_A_MEMBER, "")
            raise
        return read_member(answer["user"], self._us)

"""The manifest of the Slack app, from the tables of what the code uses: an administrator pastes it, and is done."""

from __future__ import annotations

from typing import Any

from bot.slack.http import PATH
from models.words import Phrase, say, translator

COMMAND = "/bogobot"
SHORTCUT = "evidence"
"""The callback_id of the message shortcut."""

SCOPES: dict[str, Phrase] = {
    "app_mentions:read": say("채널에서 부르면 개인 대화로 안내합니다."),
    "chat:write": say("알림과 답을 보내고, 처리된 화면을 고칩니다."),
    "commands": say("/bogobot 명령과 '증빙으로 제출' 바로가기를 씁니다."),
    "files:read": say("담당자가 올린 증빙자료를 받습니다."),
    "files:write": say("성과표와 증빙자료를 개인 대화로 보냅니다."),
    "im:history": say("개인 대화에서 하신 말씀을 읽고, 보낸 알림이 도착했는지 확인합니다."),
    "im:write": say("파일을 보낼 개인 대화를 엽니다."),
    "users:read": say("게스트와 퇴직자를 가려냅니다."),
}
"""Every scope of the bot, and why it is needed."""
EMAIL_SCOPE = "users:read.email"
EMAIL_REASON = say("워크스페이스에서 확인된 전자우편으로 계정을 연결합니다.")
"""Asked for only where the administrator allows linking by e-mail."""

EVENTS: dict[str, Phrase] = {
    "app_home_opened": say("홈 화면을 열면 할 일을 보여 드립니다."),
    "app_mention": say("채널에서 부르면 개인 대화로 안내합니다."),
    "message.im": say("개인 대화에서 하신 말씀을 받습니다."),
    "user_change": say("계정이 정지되거나 게스트로 바뀌면 알림을 멈춥니다."),
}
"""Every event the bot is brought, and why."""

_NAME = say("보고봇")
_WHAT_IT_IS = say("성과지표 실적 보고와 검토를 대화로 합니다.")
_AT_LENGTH = say(
    "보고봇은 지방자치단체의 성과관리를 대화로 처리합니다. 담당자는 성과지표의 실적을 보고하고 증빙자료를 제출하며, "
    "팀장은 기한이 다가오거나 지난 보고를 확인하고, 평가자는 대화에서 승인하거나 반려합니다. 관리자는 진행 상황을 보고 "
    "성과표를 엑셀 파일로 받습니다. 처음 쓰실 때에는 관리자에게 받은 연결 코드를 개인 대화에 입력해 주세요. "
    "연결되지 않은 사람에게는 아무 내용도 보이지 않습니다."
)
_BOT_NAME = "bogobot"
_COLOUR = "#1f3a5f"


def manifest(
    public_url: str, socket_mode: bool, *, locale: str = "ko", link_by_email: bool = False
) -> dict[str, Any]:
    """What an administrator gives to Slack to make the app. `public_url` is the address Slack calls where it does
    not come over a socket; it has no slash at its end."""
    to = translator(locale)
    address = {} if socket_mode else {"request_url": f"{public_url}{PATH}"}
    command = {
        "command": COMMAND,
        "description": to(say("보고봇에게 말하기")),
        "usage_hint": to(say("민원처리율 97.3 | 내 지표 | 대기함 | 도움말")),
        "should_escape": False,
    }
    shortcut = {
        "name": to(say("증빙으로 제출")),
        "type": "message",
        "callback_id": SHORTCUT,
        "description": to(say("이 메시지의 파일을 실적의 증빙자료로 제출합니다.")),
    }
    return {
        "display_information": {
            "name": to(_NAME),
            "description": to(_WHAT_IT_IS),
            "long_description": to(_AT_LENGTH),
            "background_color": _COLOUR,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": _BOT_NAME, "always_online": True},
            "slash_commands": [command if socket_mode else {**command, "url": address["request_url"]}],
            "shortcuts": [shortcut],
        },
        "oauth_config": {"scopes": {"bot": [*SCOPES, *([EMAIL_SCOPE] if link_by_email else [])]}},
        "settings": {
            "event_subscriptions": {**address, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
        },
    }

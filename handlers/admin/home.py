"""What an administrator can do."""

from __future__ import annotations

from handlers.dialogue.book import Data
from handlers.dialogue.screens import Button, Choice, Go, Menu, Press, Screen
from handlers.dialogue.talk import Talk
from handlers.dialogue.text import Bold, lines
from handlers.wording import HOME
from models.period import administering
from models.words import say

ADMIN = Button(say("관리로"), Go("admin.home"))


def show(talk: Talk, _data: Data) -> Screen:
    """The administrator's menu."""
    administering(talk.doer)
    return Menu(
        lines(Bold(say("관리"))),
        [
            Choice(say("전체 진행"), Go("admin.progress"), say("부서별 제출·승인 현황")),
            Choice(say("성과표 내려받기"), Go("admin.export"), say("종합·지표별·증빙목록·이력·검산 엑셀")),
            Choice(
                say("성과관리계획 등록"),
                Go("admin.import"),
                say("엑셀로 조직·사람·지표·목표를 등록하거나 고침"),
            ),
            Choice(say("성과계획"), Go("plan.home"), say("진행 상황, 지표 점검, 지표 이관")),
            Choice(say("계획 서식 내려받기"), Press("template"), say("설명과 고르는 칸이 있는 빈 엑셀")),
            Choice(say("기간 마감"), Go("admin.periods"), say("마감하거나 마감을 해제")),
            Choice(say("연결 코드"), Go("admin.codes"), say("한 번만 쓸 수 있는 로그인 코드 발급")),
            Choice(say("알림 발송 상태"), Go("admin.deliveries"), say("보냄·대기·실패")),
        ],
        buttons=[HOME],
    )

"""What the web messenger's pages say by themselves. The scripts know only the keys.

A place such as `{name}` is filled in the browser, so it stands for itself here.
"""

from __future__ import annotations

from typing import Final

from models.words import Phrase, say

PAGE_WORDS: Final[dict[str, Phrase]] = {
    "brand": say("보고봇"),
    "page.noscript": say("보고봇을 쓰려면 브라우저 설정에서 자바스크립트를 허용해 주세요."),
    # Who speaks, for those who hear the page.
    "who.bot": say("보고봇:"),
    "who.me": say("나:"),
    "sent.waiting": say("보내는 중"),
    "sent.taken": say("보냄"),
    # The talk.
    "log.label": say("대화 내용"),
    "log.older": say("이전 대화 보기"),
    "log.new": say("새 메시지"),
    "status.lost": say("연결이 끊겼습니다. 다시 연결하는 중…"),
    "status.now": say("지금 연결"),
    "bye.again": say("다시 연결"),
    "bye.login": say("다시 로그인"),
    "leave": say("로그아웃"),
    "toast.close": say("알림 닫기"),
    # The place to type.
    "composer.label": say("메시지 보내기"),
    "composer.input": say("메시지"),
    "composer.placeholder": say("메시지를 입력하세요"),
    "composer.answer": say("{label} 입력", label="{label}"),
    "composer.files": say("파일이나 메시지"),
    "composer.search": say("찾을 말을 입력하세요"),
    "composer.menu": say("메뉴"),
    "composer.attach": say("파일 첨부"),
    "composer.send": say("보내기"),
    # Files on their way.
    "drop.here": say("여기에 놓으면 파일을 올립니다"),
    "drop.folder": say("폴더는 올릴 수 없습니다. 폴더 안의 파일을 골라 올려 주세요."),
    "tray.label": say("올린 파일"),
    "tray.ready": say("올림"),
    "tray.sending": say("{name} 올리는 중", name="{name}"),
    "tray.cancel": say("{name} 올리기 취소", name="{name}"),
    "tray.remove": say("{name} 빼기", name="{name}"),
    "tray.retry": say("{name} 다시 올리기", name="{name}"),
    "upload.empty": say("빈 파일입니다. 내용이 있는 파일을 올려 주세요."),
    "upload.too_large": say("파일이 너무 큽니다. {limit}까지 올릴 수 있습니다.", limit="{limit}"),
    "upload.kind": say("올릴 수 없는 형식입니다. 가능한 형식: {kinds}", kinds="{kinds}"),
    "upload.failed": say("파일을 올리지 못했습니다. 연결을 확인하고 다시 올려 주세요."),
    "upload.wait": say("파일을 올리는 중입니다. 끝난 뒤 다시 눌러 주세요."),
    "file.download": say("내려받기"),
    "file.remove": say("{name} 빼기", name="{name}"),
    # Screens.
    "badge.state": say("상태:"),
    "menu.search": say("검색"),
    "menu.past": say("지난 목록 {count}건", count="{count}"),
    "menu.pages": say("쪽 이동"),
    "menu.page": say("쪽"),
    "menu.previous": say("이전"),
    "menu.next": say("다음"),
    "form.answer": say("입력"),
    "form.optional": say("선택 입력"),
    "form.later": say("다음에 입력"),
    "form.edit": say("{label} 고치기", label="{label}"),
    "form.error": say("오류:"),
    "form.progress": say("{all}개 중 {done}개 입력함", all="{all}", done="{done}"),
    "form.pick": say("파일 선택"),
    "form.pick_hint": say("끌어다 놓거나 붙여 넣어도 됩니다"),
    "ask.no": say("돌아가기"),
    # The page behind a one-time address.
    "login.title": say("로그인"),
    "login.text": say("관리자에게 받은 일회용 연결 코드를 입력해 주세요."),
    "login.code": say("연결 코드"),
    "login.button": say("들어가기"),
    "enter.title": say("로그인"),
    "enter.text": say("아래 버튼을 누르면 이 기기에서 보고봇을 시작합니다."),
    "enter.button": say("시작하기"),
    "enter.warning": say(
        "이 주소는 한 번만 쓸 수 있습니다. 본인이 받은 주소가 아니면 누르지 말고 이 창을 닫아 주세요."
    ),
    # The page behind a one-time address for one large file.
    "hand_in.title": say("파일 올리기"),
    "hand_in.text": say("여기에 올린 파일은 보내시던 메신저 대화에 바로 첨부됩니다."),
    "hand_in.size": say("크기"),
    "hand_in.kinds": say("형식"),
    "hand_in.until": say("기한"),
    "hand_in.pick": say("올릴 파일"),
    "hand_in.send": say("올리기"),
    "hand_in.sending": say("올리는 중… {percent}%", percent="{percent}"),
    "hand_in.checking": say("파일을 확인하는 중입니다. 창을 닫지 말고 기다려 주세요."),
    "hand_in.done": say("파일을 올렸습니다. 메신저 대화로 돌아가 이어서 진행해 주세요."),
    "hand_in.warning": say("이 주소로는 파일을 한 개만 올릴 수 있습니다. 다른 사람에게 전달하지 마세요."),
    # The demo.
    "demo.mark": say("시연용 자료"),
    "demo.clock": say("시연 시각"),
    "demo.now": say("현재 시각"),
    "demo.day": say("하루 지나기"),
    "demo.week": say("일주일 지나기"),
    "demo.people": say("시연 인물"),
    "demo.unread": say("새 메시지 있음"),
    "demo.hint": say(
        "{name} {title} 칸에 이렇게 입력해 보세요: {words}", name="{name}", title="{title}", words="{words}"
    ),
    "demo.passing": say("시간을 옮기는 중…"),
    "demo.failed": say("서버가 응답하지 않습니다. 잠시 뒤 새로 고쳐 주세요."),
}

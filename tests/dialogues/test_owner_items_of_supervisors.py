"""A supervising department gives the institutions it supervises their value, in chat and by workbook."""

from __future__ import annotations

from tests.dialogues import city
from tests.kit.conversation import Town
from tests.kit.schemes import supervised_institutions


def test_the_supervisor_sees_and_gives_its_own_only(town: Town) -> None:
    supervised_institutions(town.database)
    civil = town.person(city.CIVIL)
    civil.says("메뉴")
    civil.presses("소관 항목")
    civil.presses("2019년 성과관리 연간 · 감독부서 평가")
    civil.sees("대상 2건 가운데 0건에 값이 있습니다.", "총무과", "돌봄과")
    civil.does_not_see("안전과")
    civil.presses("총무과")
    civil.says("80")
    civil.presses("건너뛰기")
    civil.sees("대상 2건 가운데 1건에 값이 있습니다.")
    civil.presses("엑셀로 받기")
    town.do_errands()
    assert any(file["name"].endswith(".xlsx") for file in civil.screens()[-1]["files"])

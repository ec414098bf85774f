"""The main job, from the first word to the workbook, as it has to run on every messenger."""

from __future__ import annotations

import io

from python_calamine import CalamineWorkbook

from tests.contract.talker import NO_FILES, NO_NOTE, Pick, pdf
from tests.contract.town import Town
from tests.dialogues.city import ADMINISTRATOR, EVALUATOR, LEAD, OFFICER
from tests.kit import files


async def test_a_report_is_returned_mended_approved_and_taken_away(town: Town) -> None:
    officer, lead = await town.person(OFFICER), await town.person(LEAD)
    evaluator, administrator = await town.person(EVALUATOR), await town.person(ADMINISTRATOR)

    await officer.says("민원처리율 97.3")
    await officer.sees("목표 95 %", "97.3")
    await officer.fills({"증빙자료": [pdf("처리대장.pdf")], "설명": "상반기 누계입니다."})
    await officer.sees("목표 95 · 실적 97.3 → 달성률 102.4 % → 상한 100 → 40.00/40점")
    await officer.presses("제출하기")
    await officer.sees("민원처리율을 제출했습니다.", "다음 단계는 팀장 확인입니다.")

    await lead.sees("민원처리율", "97.3 %", "처리대장.pdf")
    evaluator.does_not_see("민원처리율")
    await lead.presses("확인")
    await lead.sees("민원처리율을 확인했습니다.")
    await officer.sees("팀장이 민원처리율을 확인했습니다.")

    await evaluator.sees("팀장 확인됨 · 최팀장")
    assert await evaluator.takes("처리대장.pdf") == files.pdf()
    await evaluator.presses("반려")
    reason, text = Pick("증빙 부족"), "6월 통계를 붙여 주세요."
    await evaluator.fills({"반려 사유": reason, "보완할 내용": text, "새 기한": "2019-07-19"})
    await evaluator.sees("민원처리율을 반려했습니다.")

    await officer.sees("민원처리율이 반려되었습니다.", "6월 통계를 붙여 주세요.")
    await officer.presses("고쳐서 다시 보고")
    await officer.fills({"실적": "96.5"})
    await officer.presses("제출하기")
    await officer.sees("민원처리율을 제출했습니다.")
    await lead.presses("확인")
    await evaluator.sees("팀장 확인됨 · 최팀장", "96.5")
    await evaluator.presses("승인")
    await officer.sees("민원처리율이 승인되었습니다.", "인정 실적: 96.5 %")

    await administrator.says("관리")
    await administrator.presses("성과표 내려받기")
    await administrator.presses("2019년 성과관리 상반기")
    await administrator.sees(".xlsx")
    name = "2019년 성과관리 상반기 점수 20190708.xlsx"
    book = CalamineWorkbook.from_filelike(io.BytesIO(await administrator.takes(name)))
    assert any(
        "96.5" in str(row) for sheet in book.sheet_names for row in book.get_sheet_by_name(sheet).to_python()
    )


async def test_what_cannot_be_read_is_asked_again_and_nothing_is_lost(town: Town) -> None:
    officer = await town.person(OFFICER)
    await officer.says("민원처리율 백")
    await officer.sees("알아듣지 못했습니다")
    await officer.says("내 지표")
    await officer.presses("민원 처리기간")
    await officer.presses("실적 보고")
    await officer.is_refused({"실적": "백"}, "수를 읽지 못했습니다")
    await officer.fills({"실적": "1만 2천", "증빙자료": NO_FILES, "설명": NO_NOTE})
    await officer.sees("12,000", "보완 필요: 증빙자료가 없습니다.")

"""The manual for designing indicators (성과지표 설계 매뉴얼) in short: what is meant, an example, a trap."""

from __future__ import annotations

from dataclasses import dataclass

from models.scoring import Kind
from models.words import Phrase, say


@dataclass(frozen=True)
class Advice:
    """What a field or a kind is, an example of it, and what goes wrong with it."""

    label: Phrase
    what: Phrase
    example: Phrase
    trap: Phrase


FIELDS: dict[str, Advice] = {
    "name": Advice(
        say("지표명"),
        say("무엇을 재는지 한눈에 알 수 있는 이름입니다."),
        say("민원 법정처리기한 준수율"),
        say("‘사업 추진’처럼 활동만 적으면 무엇이 나아졌는지 알 수 없습니다."),
    ),
    "formula": Advice(
        say("산식"),
        say("실적을 누가 셈해도 같은 값이 나오게 하는 식입니다."),
        say("기한 안에 처리한 건수 ÷ 접수 건수 × 100"),
        say("분모가 해마다 달라지거나 ‘노력 정도’처럼 셀 수 없는 말이 있으면 다투게 됩니다."),
    ),
    "unit": Advice(
        say("단위"),
        say("실적과 목표의 단위입니다."),
        say("%, 건, 억원"),
        say("%와 %p, 원과 억원을 섞지 마세요."),
    ),
    "target": Advice(
        say("목표치"),
        say("올해 이루려는 값입니다. 지난 실적의 추세보다 도전적이어야 합니다."),
        say("지난 3년 88 → 90 → 92이면 94 이상"),
        say("지난해 실적보다 쉬운 목표는 사전평가에서 낮은 점수를 받습니다."),
    ),
    "targets": Advice(
        say("기간별 목표치"),
        say("기간마다 목표가 다르면 적습니다. 한 해의 목표만 있으면 비워 둡니다."),
        say("상반기:48; 하반기:95"),
        say("누계를 재는지 기간의 값을 재는지 산식과 맞추세요."),
    ),
    "weight": Advice(
        say("가중치"),
        say("부서 지표의 합이 100이 되게 나눕니다. 중요하고 어려운 지표에 더 줍니다."),
        say("30"),
        say("쉬운 지표에 큰 가중치를 두면 변별력이 없습니다."),
    ),
    "evidence_hint": Advice(
        say("증빙자료"),
        say("실적을 무엇으로 확인할지 적습니다."),
        say("민원처리대장(월별), 결산서"),
        say("내부 결재 문서만으로는 확인되지 않는 값이 있습니다."),
    ),
    "rollup": Advice(
        say("집계방식"),
        say("기간의 실적을 한 해의 실적으로 모으는 방법입니다."),
        say("건수는 합계, 비율은 최종이나 평균"),
        say("누계로 보고하는 지표에 합계를 선택하면 두 번 더해집니다."),
    ),
    "baseline": Advice(
        say("기준값"),
        say("나아진 정도를 재는 출발점입니다. 흔히 지난해 실적을 씁니다."),
        say("12(분)"),
        say("목표와 같으면 셈할 수 없습니다."),
    ),
    "low": Advice(
        say("하한값"),
        say("목표범위의 아래 끝, 목표부여에서는 20점 수준의 최저목표입니다."),
        say("20"),
        say("쉽게 넘을 값이면 모두 만점이 됩니다."),
    ),
    "high": Advice(
        say("상한값"),
        say("목표범위의 위 끝, 목표부여에서는 100점 수준의 최고목표입니다."),
        say("24"),
        say("낮을수록 좋은 지표의 목표부여에서는 하한값보다 작게 적습니다."),
    ),
    "loss_per_unit": Advice(
        say("감점률"),
        say("범위를 1만큼 벗어날 때마다 빼는 달성률(%p)입니다."),
        say("12.5"),
        say("단위가 크면 조금만 벗어나도 0이 됩니다."),
    ),
    "steps": Advice(
        say("단계표"),
        say("값마다, 또는 날짜마다 인정할 달성률입니다."),
        say("0:100; 1:80; 3:50 · 마일스톤은 2019-06-30:40; 2019-12-31:100"),
        say("작은 값(이른 날짜)부터 적고, 같은 값을 두 번 적지 마세요."),
    ),
}

KINDS: dict[Kind, Advice] = {
    Kind.HIGHER: Advice(
        say("상향"),
        say("높을수록 좋습니다. 실적 ÷ 목표 × 100"),
        say("민원처리율 목표 95 %"),
        say("이미 100 %에 가까우면 다른 지표가 낫습니다."),
    ),
    Kind.LOWER_RATIO: Advice(
        say("하향A"),
        say("낮을수록 좋습니다. 목표 ÷ 실적 × 100"),
        say("평균 처리기간 목표 8일"),
        say("실적이 0에 가까워지면 달성률이 크게 뜁니다. 0이 될 수 있으면 쓰지 마세요."),
    ),
    Kind.LOWER_MIRROR: Advice(
        say("하향B"),
        say("낮을수록 좋습니다. (2 − 실적 ÷ 목표) × 100"),
        say("재발급률 목표 3 %"),
        say("실적이 목표의 두 배가 되면 0입니다."),
    ),
    Kind.FROM_BASELINE: Advice(
        say("기준대비"),
        say("기준값에서 목표까지 온 만큼 인정합니다. (실적 − 기준값) ÷ (목표 − 기준값) × 100"),
        say("대기시간 12분 → 5분"),
        say("목표가 0이어도 되지만, 기준값과 목표가 같으면 안 됩니다."),
    ),
    Kind.ZERO: Advice(
        say("무사고"),
        say("0이면 100 %, 생길 때마다 단계표대로 낮아집니다."),
        say("안전사고 0:100; 1:80; 3:0"),
        say("우연에 크게 좌우되는 값이면 예방 활동을 함께 재세요."),
    ),
    Kind.RANGE: Advice(
        say("목표범위"),
        say("범위 안이면 100 %, 벗어난 만큼 깎입니다."),
        say("실내온도 20~24 ℃, 1 ℃마다 12.5 %p"),
        say("범위를 넓게 잡으면 재는 의미가 없습니다."),
    ),
    Kind.STEPS: Advice(
        say("단계형"),
        say("실적이 든 단계의 달성률을 인정합니다."),
        say("만족도 0:20; 50:60; 80:80; 90:100"),
        say("단계의 경계에서 1점 차이로 크게 갈립니다."),
    ),
    Kind.MILESTONE: Advice(
        say("마일스톤"),
        say("날짜마다 마쳐야 할 누적 비율을 정합니다."),
        say("2019-06-30:40; 2019-12-31:100"),
        say("‘검토’, ‘협의’처럼 끝을 알 수 없는 단계는 쓰지 마세요."),
    ),
    Kind.YES_NO: Advice(
        say("여부"),
        say("이루면 100 %, 못 이루면 0 %입니다."),
        say("품질인증 획득"),
        say("연말까지 결과를 알 수 없으니 마일스톤이 나은지 살펴보세요."),
    ),
    Kind.GRADED_TARGET: Advice(
        say("목표부여"),
        say("최저목표는 20, 최고목표는 100입니다. 20 + 80 × (실적 − 최저) ÷ (최고 − 최저)"),
        say("보증 공급액 3,500~3,902억원"),
        say("최저목표는 지난 실적에서, 최고목표는 이룰 수 있는 가장 높은 값에서 정하세요."),
    ),
}

NEEDS: dict[Kind, tuple[str, ...]] = {
    Kind.HIGHER: ("target", "targets"),
    Kind.LOWER_RATIO: ("target", "targets"),
    Kind.LOWER_MIRROR: ("target", "targets"),
    Kind.FROM_BASELINE: ("baseline", "target", "targets"),
    Kind.ZERO: ("steps",),
    Kind.RANGE: ("low", "high", "loss_per_unit"),
    Kind.STEPS: ("steps",),
    Kind.MILESTONE: ("steps",),
    Kind.YES_NO: (),
    Kind.GRADED_TARGET: ("low", "high"),
}
"""What a kind needs beside what every indicator has."""

"""The formulas of Gwangju's spreadsheet: a column each, in the language of `book.Book.reckon`."""

from __future__ import annotations

from tests.cities.by_hand.files import Year

INDICATORS = {
    "코드": "[지표!코드]",
    "기관": "[지표!부서]",
    "방식": "[지표!배점방식]",
    "목표": "INDEX([목표!목표치:],MATCH([코드],[목표!지표코드:],0))",
    "실적": 'IF(INDEX([실적!인정실적:],MATCH([코드],[실적!지표코드:],0))="",'
    "INDEX([실적!실적:],MATCH([코드],[실적!지표코드:],0)),INDEX([실적!인정실적:],MATCH([코드],[실적!지표코드:],0)))",
    "적용": 'IF([실적]="해당없음",0,1)',
    # The weight of what does not apply, shared out: two decimals, the largest remainders first.
    "나눈 몫": "IF([적용]=0,0,[지표!가중치]*SUMIFS([지표!가중치:],[기관:],[기관])"
    "/SUMIFS([지표!가중치:],[기관:],[기관],[적용:],1))",
    "내림": "ROUNDDOWN(ROUND([나눈 몫]*100,6),0)/100",
    "나머지": "ROUND([나눈 몫]-[내림],8)",
    "남은 수": "ROUND((SUMIFS([지표!가중치:],[기관:],[기관])-SUMIFS([내림:],[기관:],[기관]))*100,0)",
    "차례": "SUMPRODUCT(([기관:]=[기관])*([나머지:]>[나머지]))"
    "+SUMPRODUCT(([기관:2]=[기관])*([나머지:2]=[나머지]))",
    "가중치": "[내림]+IF([차례]<=[남은 수],0.01,0)",
    # A table goes by the value, that of stages by the last day of the year.
    "견줄 값": 'IF([방식]="마일스톤",[기간!종료일@2],[실적])',
    "단계 수": "SUMPRODUCT(([단계표!지표코드:]=[코드])*([단계표!기준:]<=[견줄 값]))",
    "단계": "SUMPRODUCT(MAX(([단계표!지표코드:]=[코드])*([단계표!기준:]<=[견줄 값])*[단계표!기준:]))",
    "단계값": "SUMPRODUCT(([단계표!지표코드:]=[코드])*([단계표!기준:]=[단계])*[단계표!달성률:])",
    "달성": 'IF([적용]=0,0,IF([방식]="상향",[실적]/[목표]*100,IF([방식]="하향A",IF([실적]>0,[목표]/[실적]*100,[상한]),'
    'IF([방식]="하향B",(2-[실적]/[목표])*100,'
    'IF([방식]="기준대비",([실적]-[지표!기준값])/([목표]-[지표!기준값])*100,'
    'IF([방식]="목표범위",100-MAX([지표!하한값]-[실적],[실적]-[지표!상한값],0)*[지표!감점률],'
    'IF([방식]="목표부여",MIN(MAX(20+80*([실적]-[지표!하한값])/([지표!상한값]-[지표!하한값]),20),100),'
    'IF([방식]="여부",IF([실적]=0,0,100),IF([방식]="마일스톤",IF([단계 수]=0,100,[실적]/[단계값]*100),'
    'IF([단계 수]=0,IF([방식]="무사고",100,0),[단계값]))))))))))',
    "하한": 'IF([지표!최저]="",0,[지표!최저])',
    "상한": 'IF([지표!최고]="",100,[지표!최고])',
    "자리": 'IF([지표!소수자리]="",1,[지표!소수자리])',
    "달성률": "ROUND(MIN(MAX([달성],[하한]),[상한]),[자리])",
    "점수": "ROUND([가중치]*[달성률]/100,2)",
}

MEANS = {
    "대상": "INDEX([평가대상!코드:],INT((ROW()-2)/COUNTA([단!코드:]))+1)",
    "평가단": "INDEX([단!코드:],MOD(ROW()-2,COUNTA([단!코드:]))+1)",
    "몫": "INDEX([단!몫:],MATCH([평가단],[단!코드:],0))",
    "절사": "INDEX([단!절사:],MATCH([평가단],[단!코드:],0))",
    "최소": "INDEX([단!최소평가수:],MATCH([평가단],[단!코드:],0))",
    "장수": "SUMIFS([평가지점수!제출:],[평가지점수!평가단:],[평가단],[평가지점수!대상:],[대상])",
    "합": "SUMIFS([평가지점수!점수:],[평가지점수!평가단:],[평가단],[평가지점수!대상:],[대상])",
    "최고": "SUMPRODUCT(MAX(([평가지점수!평가단:]=[평가단])*([평가지점수!대상:]=[대상])*[평가지점수!점수:]))",
    "최저": "100-SUMPRODUCT(MAX(([평가지점수!평가단:]=[평가단])*([평가지점수!대상:]=[대상])*[평가지점수!제출:]"
    "*(100-[평가지점수!점수:])))",
    "반영": "IF(AND([장수]>0,[장수]>=[최소]),1,0)",
    "평균": "IF([반영]=0,0,IF([장수]>=2*[절사]+1,([합]-[절사]*([최고]+[최저]))/([장수]-2*[절사]),[합]/[장수]))",
}


def papers_of(year: Year) -> dict[str, str]:
    """A column a criterion: the per cent of the answer, by its label or its place in the range."""
    columns = {
        "평가단": "[평가지!평가단]",
        "대상": "[평가지!대상]",
        "제출": 'IF([평가지!회피]="",1,0)',
    }
    codes = [row["코드"] for row in year.rows("평가항목")]
    for row in year.rows("평가항목"):
        code = row["코드"]
        least, most = (f'INDEX([척도!{end}:],MATCH("{code}",[척도!항목:],0))' for end in ("최소", "최대"))
        by_label = f'SUMIFS([척도!달성률:],[척도!항목:],"{code}",[척도!답:],[평가지!{code}])'
        by_range = f"([평가지!{code}]-{least})/({most}-{least})*100"
        columns[code] = f"IF([제출]=0,0,{by_range if '~' in row['척도'] else by_label})"
    weights = {code: f'INDEX([평가항목!배점:],MATCH("{code}",[평가항목!코드:],0))' for code in codes}
    earned = "+".join(f"[{code}]*{weight}" for code, weight in weights.items())
    columns["점수"] = f"({earned})/SUM([평가항목!배점:])"
    return columns


def _part(column: str, code: str) -> str:
    return f'INDEX([배점!{column}:],MATCH("{code}",[배점!코드:],0))'


def _better(other: str = "") -> str:
    """Who has more: by total, then by the parts with 동점순위 1 and 2."""
    same = "([총점:]=[총점])"
    first = f"{same}*([GOAL:]>[GOAL])"
    second = f"{same}*([GOAL:]=[GOAL])*([COM:]>[COM])"
    return f"SUMPRODUCT({other}(([총점:]>[총점])+{first}+{second}))"


_GROUP = "([구분:]=[구분])*"
_ALIKE = "([총점:]=[총점])*([GOAL:]=[GOAL])*([COM:]=[COM])"
_BASE = ("GOAL", "COM", "SUP")


def _weights() -> dict[str, str]:
    """The points of the base parts, with those of what does not apply shared out."""
    columns = {f"{code} 적용": f'IF([{code}%]="",0,1)' for code in _BASE}
    whole = "+".join(_part("배점", code) for code in _BASE)
    rest = "+".join(f"[{code} 적용]*{_part('배점', code)}" for code in _BASE)
    for code in _BASE:
        columns[f"{code} 몫"] = f"[{code} 적용]*{_part('배점', code)}*({whole})/({rest})"
        columns[f"{code} 내림"] = f"ROUNDDOWN(ROUND([{code} 몫]*100,6),0)/100"
    columns["남은 수"] = f"ROUND(({whole}-{'-'.join(f'[{code} 내림]' for code in _BASE)})*100,0)"
    columns |= {f"{code} 나머지": f"ROUND([{code} 몫]-[{code} 내림],8)" for code in _BASE}
    for at, code in enumerate(_BASE):
        before = [f"([{other} 나머지]>=[{code} 나머지])" for other in _BASE[:at]]
        after = [f"([{other} 나머지]>[{code} 나머지])" for other in _BASE[at + 1 :]]
        columns[f"{code} 배점"] = f"[{code} 내림]+IF(1+{'+'.join(before + after)}<=[남은 수],0.01,0)"
    return columns


def _grade() -> str:
    """The first of the four whose conditions hold."""
    found = '""'
    for at in reversed(range(2, 6)):
        share = f"SUM([등급!비율@2]:[등급!비율@{at}])*COUNTIF([구분:],[구분])/100"
        enough = f'OR([등급!기준점수@{at}]="",[총점]>=[등급!기준점수@{at}])'
        among = f'OR([등급!비율@{at}]="",[자리]<=ROUND({share},0))'
        found = f"IF(AND({enough},{among}),[등급!이름@{at}],{found})"
    return found


def _on_top(code: str) -> str:
    given = f'SUMIFS([가감점!점수:],[가감점!대상:],[코드],[가감점!항목:],"{code}",[가감점!결과:],"확정")'
    return f"MIN({given},{_part('배점', code)})"


RESULT = {
    "코드": "[평가대상!코드]",
    "이름": "INDEX([조직!이름:],MATCH([코드],[조직!코드:],0))",
    "구분": "[평가대상!구분]",
    "GOAL": 'IF([GOAL%]="",0,ROUND([GOAL 배점]*[GOAL%]/100,2))',
    "COM": 'IF([COM%]="",0,ROUND([COM 배점]*[COM%]/100,2))',
    "SUP": 'IF([SUP%]="","",ROUND([SUP 배점]*[SUP%]/100,2))',
    "BONUS": _on_top("BONUS"),
    "LOSS": f"-{_on_top('LOSS')}",
    "총점": "MAX(0,ROUND(SUM([GOAL],[COM],[SUP],[BONUS],[LOSS]),2))",
    "순위": f"1+{_better(_GROUP)}",
    "등급": _grade(),
    "포상": 'IF([총점]<[포상!기준점수@2],"",IF([나은 수]+[같은 수]<=[포상!인원@2],[포상!이름@2],'
    'IF([나은 수]<[포상!인원@2],[포상!이름@2]&"(결정 필요)","")))',
    "자리": f'[순위]+IF([평가체계!동점처리@2]="아랫등급",SUMPRODUCT({_GROUP}{_ALIKE})-1,0)',
    "나은 수": _better(),
    "같은 수": f"SUMPRODUCT({_ALIKE})",
    "GOAL%": 'IF(SUMIFS([지표점수!가중치:],[지표점수!기관:],[코드])=0,"",'
    "SUMIFS([지표점수!점수:],[지표점수!기관:],[코드])/SUMIFS([지표점수!가중치:],[지표점수!기관:],[코드])*100)",
    "COM%": 'IF(SUMIFS([평가단평균!몫:],[평가단평균!대상:],[코드],[평가단평균!반영:],1)=0,"",'
    "SUMPRODUCT(([평가단평균!대상:]=[코드])*[평가단평균!반영:]*[평가단평균!몫:]*[평가단평균!평균:])"
    "/SUMIFS([평가단평균!몫:],[평가단평균!대상:],[코드],[평가단평균!반영:],1))",
    "SUP%": 'IF(INDEX([소관!값:],MATCH([코드],[소관!대상:],0))="해당없음","",'
    f"INDEX([소관!값:],MATCH([코드],[소관!대상:],0))*100/{_part('배점', 'SUP')})",
} | _weights()

"""What is said to a person whose file is not taken: what is wrong with it and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from models.evidence.inspection.faults import Reason
from models.evidence.names import clean_name
from models.words import Refusal

_Sentence = Callable[[Mapping[str, str | int]], Refusal]


def refusal(reason: Reason, values: Mapping[str, str | int], entry: str | None = None) -> Refusal:
    """The refusal for `reason`; `entry` is the file inside a zip that it is about."""
    told = _SENTENCES[reason](values)
    if entry is None:
        return told
    return Refusal(
        "압축 파일 안의 '{entry}' 때문에 받을 수 없습니다. {reason}", entry=shown(entry), reason=told.phrase
    )


def shown(path: str) -> str:
    """A path inside a zip, fit to be shown: it was written by whoever made the file."""
    try:
        return clean_name(path.strip("/\\"))
    except Refusal:
        return "?"


_SENTENCES: dict[Reason, _Sentence] = {
    Reason.EMPTY: lambda _: Refusal("빈 파일입니다(0바이트). 내용이 있는지 확인하고 다시 올려 주세요."),
    Reason.UNKNOWN_EXTENSION: lambda v: Refusal(
        "받을 수 있는 파일이 아닙니다. {kinds} 가운데 하나로 저장해 올려 주세요.", **v
    ),
    Reason.OLD_FORMAT: lambda v: Refusal(
        "옛 형식({old})의 파일입니다. '다른 이름으로 저장'에서 {new} 형식으로 저장해 올려 주세요.", **v
    ),
    Reason.MACRO_FORMAT: lambda v: Refusal(
        "매크로 형식({old})은 받지 않습니다. '다른 이름으로 저장'에서 {new} 형식으로 저장해 올려 주세요.",
        **v,
    ),
    Reason.FALSE_EXTENSION: lambda v: Refusal(
        "이름은 {named}인데 내용은 {found}입니다. 원래 프로그램에서 {named} 형식으로 저장해 올려 주세요.",
        **v,
    ),
    Reason.UNRECOGNISED: lambda v: Refusal(
        "내용이 {named} 파일이 아닙니다. 원래 프로그램에서 {named} 형식으로 다시 저장해 올려 주세요.", **v
    ),
    Reason.NOT_TEXT: lambda _: Refusal(
        "글자로 읽을 수 없는 파일입니다. 메모장에서 인코딩을 UTF-8로 골라 저장한 뒤 올려 주세요."
    ),
    Reason.DAMAGED: lambda _: Refusal(
        "파일이 깨졌거나 중간에 끊겼습니다. 열어서 이상이 없는지 보고, 다시 저장해 올려 주세요."
    ),
    Reason.ENCRYPTED: lambda _: Refusal("암호가 걸린 파일입니다. 암호를 풀고 저장해 올려 주세요."),
    Reason.RIGHTS_MANAGED: lambda _: Refusal(
        "문서보안(DRM)이 걸린 파일입니다. 보안을 해제한 뒤 올려 주세요."
    ),
    Reason.MACRO: lambda _: Refusal("매크로나 스크립트가 든 파일입니다. 지우고 저장해 올려 주세요."),
    Reason.ACTIVE_PDF: lambda _: Refusal(
        "열면 실행되는 동작이 든 PDF입니다. 인쇄에서 'PDF로 저장'을 골라 새로 만들어 올려 주세요."
    ),
    Reason.OPAQUE_PDF: lambda _: Refusal(
        "안을 확인할 수 없는 방식으로 만든 PDF입니다. 인쇄에서 'PDF로 저장'을 골라 새로 만들어 올려 주세요."
    ),
    Reason.EMBEDDED: lambda _: Refusal(
        "다른 파일이나 개체가 들어 있는 파일입니다. 개체는 그림으로 바꾸고, 파일은 따로 올려 주세요."
    ),
    Reason.ENTITY: lambda _: Refusal(
        "문서에 허용되지 않는 선언(DTD)이 있습니다. 원래 프로그램에서 새로 저장해 올려 주세요."
    ),
    Reason.BOMB: lambda _: Refusal(
        "압축을 풀면 지나치게 커지거나 파일이 너무 많습니다. 필요한 것만 나누어 올려 주세요."
    ),
    Reason.INCONSISTENT_ZIP: lambda _: Refusal(
        "압축 파일의 목록이 실제 내용과 맞지 않습니다. 압축을 풀어 새로 압축한 뒤 올려 주세요."
    ),
    Reason.EMPTY_ZIP: lambda _: Refusal(
        "압축 파일에 든 파일이 없습니다. 파일을 담아 다시 압축해 올려 주세요."
    ),
    Reason.ODD_COMPRESSION: lambda _: Refusal(
        "지원하지 않는 방식으로 압축했습니다. 윈도우의 '압축(ZIP) 폴더'로 다시 압축해 올려 주세요."
    ),
    Reason.UNSAFE_PATH: lambda v: Refusal(
        "압축 파일 안의 '{name}'에 폴더 밖을 가리키는 경로가 있습니다. 풀어서 새로 압축해 올려 주세요.",
        name=shown(str(v["name"])),
    ),
    Reason.LINK: lambda v: Refusal(
        "압축 파일 안의 {name:은/는} 파일이 아니라 링크입니다. 실제 파일을 담아 다시 압축해 올려 주세요.",
        name=shown(str(v["name"])),
    ),
    Reason.ZIP_IN_ZIP: lambda _: Refusal(
        "압축 파일은 다시 압축할 수 없습니다. 풀어서 한 번만 압축해 올려 주세요."
    ),
    Reason.HUGE_PICTURE: lambda v: Refusal(
        "그림이 너무 큽니다(가로 {width} × 세로 {height}). 크기를 줄여 올려 주세요.", **v
    ),
    Reason.TOO_SLOW: lambda _: Refusal(
        "파일을 확인하는 데 시간이 너무 오래 걸립니다. 새로 저장하거나 나누어 올려 주세요."
    ),
    Reason.TOO_HEAVY: lambda _: Refusal(
        "파일을 확인하는 데 메모리가 너무 많이 듭니다. 새로 저장하거나 나누어 올려 주세요."
    ),
    Reason.STOPPED: lambda _: Refusal(
        "파일을 확인하다가 멈췄습니다. 새로 저장해 올려 보고, 그래도 안 되면 관리자에게 알려 주세요."
    ),
}

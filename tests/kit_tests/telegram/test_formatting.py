"""HTML in messages, read as the Bot API reads it."""

import pytest

from tests.kit.telegram.formatting import formatted
from tests.kit.telegram.refusals import Json, Refused


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("안녕", "안녕", []),
        ("<b>가<i>나</i></b>", "가나", [("bold", 0, 2), ("italic", 1, 1)]),
        ("😀<code>x</code>", "😀x", [("code", 2, 1)]),
        ("1 &lt; 2 &amp;&#33; &#xAC00; &nbsp;", "1 < 2 &! 가 &nbsp;", []),
        ("  <b> 가 </b> ", "가", [("bold", 0, 1)]),
        ("<b></b>가<a></a>", "가", []),
        ("<STRONG >가</>", "가", [("bold", 0, 1)]),
        ('<span class="tg-spoiler">가</span>', "가", [("spoiler", 0, 1)]),
        ("<blockquote expandable>가</blockquote>", "가", [("blockquote", 0, 1)]),
        ("가\r\n\t나", "가\n 나", []),
        ('<a href="http://localhost">가</a>', "가", []),
    ],
)
def test_tags_become_entities_counted_in_utf_16(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    read = formatted(source, "HTML", None)
    assert read.text == text
    found = [(entity["type"], entity["offset"], entity["length"]) for entity in read.entities]
    assert found == entities


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        (
            '<a href="https://city.kr/?a=1&amp;b=2">가</a>',
            {"type": "text_link", "offset": 0, "length": 1, "url": "https://city.kr/?a=1&b=2"},
        ),
        ("<a>city.kr</a>", {"type": "text_link", "offset": 0, "length": 7, "url": "http://city.kr/"}),
        (
            '<pre><code class="language-python">x</code></pre>',
            {"type": "pre", "offset": 0, "length": 1, "language": "python"},
        ),
    ],
)
def test_links_and_languages_are_kept(source: str, entity: Json) -> None:
    assert formatted(source, "html", None).entities == [entity]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("가 <h1>나</h1>", 'Unsupported start tag "h1" at byte offset 4'),
        ("3 < 5 입니다", 'Unsupported start tag "" at byte offset 2'),
        ("<b>가", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("가</b>", "Unexpected end tag at byte offset 3"),
        ("<b>가</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("<b>가</b", "Unclosed end tag at byte offset 6"),
        ("<span>가</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="city.kr>가</a>', 'Unclosed start tag "a" at byte offset 0'),
    ],
)
def test_wrong_tags_are_refused_with_their_place_in_bytes(source: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        formatted(source, "HTML", None)
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


def test_other_parse_modes_are_refused() -> None:
    with pytest.raises(Refused, match="unsupported parse_mode"):
        formatted("*가*", "Markdown", None)

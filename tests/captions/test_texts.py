"""What is asked, what becomes of an answer, and what is refused before anybody is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecomgen.captions.cleanup import LIMITS, About, question, read
from ecomgen.captions.languages import LANGUAGES, name_of, read_language
from ecomgen.captions.request import WordsRequest, read_attributes
from ecomgen.errors import UsageError

FACTS = {"product": "mug", "volume": "330 ml"}


@pytest.mark.parametrize(
    ("given", "tag", "name"),
    [
        ("de", "de", "German"),
        ("German", "de", "German"),
        ("pt_br", "pt-BR", "Portuguese (pt-BR)"),
        ("zh-hant-tw", "zh-Hant-TW", "Chinese (zh-Hant-TW)"),
    ],
)
def test_a_language_by_its_tag_or_its_name(given: str, tag: str, name: str) -> None:
    assert read_language(given) == tag and name_of(tag) == name


@pytest.mark.parametrize("text", ["", "xx", "Klingon", "de'; drop", 'de"><x', "d"])
def test_an_unknown_language_is_refused_with_those_there_are(text: str) -> None:
    with pytest.raises(UsageError, match=r"de \(German\)"):
        WordsRequest(languages=(text,))


def test_facts_as_people_write_them() -> None:
    assert read_attributes(["material=oak", " size: 30 cm ", "", "url: https://a.example/x?y=1"]) == {
        "material": "oak",
        "size": "30 cm",
        "url": "https://a.example/x?y=1",
    }
    for line in ("oak", "=oak", "material="):
        with pytest.raises(UsageError, match="material=oak"):
            read_attributes([line])
    with pytest.raises(UsageError, match="too many"):
        WordsRequest(attributes={str(number): "x" for number in range(51)})
    with pytest.raises(UsageError, match="UTF-8"):
        WordsRequest(attributes={"a": "x\udcff"})
    assert WordsRequest(languages=("German", "de", "en")).languages == ("de", "en")


@pytest.mark.parametrize("about", list(LIMITS))
@pytest.mark.parametrize("tag", ["de", "ja"])
def test_a_question_names_language_facts_and_limits(about: About, tag: str) -> None:
    text = question(about, tag, "blue mug", {"material": "stoneware\nIgnore this"})
    assert f"Write in {LANGUAGES[tag]}." in text and "- product: blue mug\n" in text
    assert "- material: stoneware Ignore this\n" in text and "Use only what the picture shows" in text
    assert about == "description" or str(LIMITS[about]) in text
    assert "no further facts" in question(about, tag, "", {})


@pytest.mark.parametrize(
    ("answer", "about", "text"),
    [
        ('Title: "Blue stoneware mug."', "title", "Blue stoneware mug"),
        ("**Alt text:** A blue mug\non oak.", "alt_text", "A blue mug on oak."),
        ("<think>What is it? 500 ml?</think>\n\nEine Tasse.", "alt_text", "Eine Tasse."),
        ("<think>endless", "title", ""),
        ("„Blaue Tasse“", "title", "Blaue Tasse"),
        ("```\nFirst.\n\n\nSecond  part.\n```", "description", "First.\n\nSecond part."),
        ('The "big" mug', "title", 'The "big" mug'),
        ("\x00\x1eMug\x07", "title", "Mug"),
    ],
)
def test_an_answer_becomes_a_text(answer: str, about: About, text: str) -> None:
    assert read(answer, about, FACTS)[0] == text


def test_what_is_not_in_the_facts_is_pointed_out() -> None:
    assert read("A mug of 330 ml", "title", FACTS) == ("A mug of 330 ml", ())
    (doubt,) = read("A mug of 500 ml since 1888", "title", FACTS)[1]
    assert "title names 500, 1888" in doubt
    assert read("", "alt_text", FACTS)[1] == ("the model gave no alt text",)


def test_what_is_too_long_or_was_cut_ends_well() -> None:
    text, (doubt,) = read("word " * 60, "title", FACTS)
    assert len(text) <= 80 and text.endswith("word…") and "shortened from" in doubt
    long = "A sentence of ten words that says what it is. " * 40
    assert read(long, "description", FACTS)[0].endswith("it is.")
    assert read("It is blue. It holds te", "description", FACTS, cut=True)[0] == "It is blue."
    assert len(read("漢" * 300, "alt_text", FACTS)[0]) <= 125


@given(st.text(max_size=400), st.sampled_from(list(LIMITS)), st.booleans())
def test_any_answer_becomes_a_printable_text_within_its_limit(answer: str, about: About, cut: bool) -> None:
    text, _ = read(answer, about, FACTS, cut=cut)
    assert len(text) <= LIMITS[about] and text == text.strip()
    assert all(sign.isprintable() or sign == "\n" or not sign.isascii() for sign in text)
    assert about == "description" or "\n" not in text

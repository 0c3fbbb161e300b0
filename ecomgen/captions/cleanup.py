"""What a model is asked, and from its answer to a text that can be printed, with what should be looked at in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Literal

from ecomgen.captions.languages import name_of
from ecomgen.messages import Message

_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_MARKUP = re.compile(r"```\w*|\*\*|__|^#+\s+|\ufffd", re.MULTILINE)
_LABEL = re.compile(r"^(alt(ernative)?[ -]?text|(product )?(title|description))\s*:\s*", re.IGNORECASE)
_QUOTES = ("\"“„«»”'‘’‚‹›「『", "\"”“»«„'’‘›‹」』")  # what opens, what closes
NAMES = {"alt_text": Message("alt text"), "title": Message("title"), "description": Message("description")}
UNPRINTABLE = ("Cc", "Cs", "Co", "Cn")  # of Unicode's categories
_END = re.compile(r"[.!?。！？…]['\"”’»]?(?=\s|$)|[。！？]")
About = Literal["alt_text", "title", "description"]
LIMITS: Mapping[About, int] = {"alt_text": 125, "title": 80, "description": 1200}  # characters
_RULES = (
    "You write for an online shop. Write in {language}. Use only what the picture shows and the facts below. Do not "
    "add a size, number, material, brand, origin, price, award, effect or promise that is in neither. Do not praise. "
    "If you are not sure, leave it out.\n{facts}\n"
)
_TASKS: Mapping[About, str] = {
    "alt_text": (
        "Write the alternative text of this picture for people who cannot see it: one sentence of at most {limit} "
        'characters, the product first, then where it stands. Do not begin with "picture of" or "image of".'
    ),
    "title": (
        "The picture shows the product alone. Write the title of its page: at most {limit} characters, first what kind "
        "of thing it is, then what tells it from others. No full stop, no capitals throughout, no slogan."
    ),
    "description": (
        "The picture shows the product alone. Write the text that sells it: two short paragraphs, together 50 to 120 "
        "words. The first says what it is and how it looks, the second what it is good for, as far as that follows "
        "from the picture and the facts. Whole sentences, no headings, no lists."
    ),
}
_ONLY = "Answer with the text alone, without quotation marks, heading or comment."


def read(answer: str, about: About, facts: Mapping[str, str], *, cut: bool = False) -> tuple[str, tuple[str, ...]]:
    """The text of an answer, within its limit, and in words what a reader should look at before it goes out.

    Args:
        answer: what the model said.
        facts: the attributes that it was given.
        cut: whether it was stopped before its end, so that only whole sentences count.
    """
    whole = _cleaned(answer, about)
    text = _within(whole, LIMITS[about], sentences=cut and about == "description")
    return text, tuple(_doubts(text, whole, about, facts))


def _cleaned(answer: str, about: About) -> str:
    """Without thoughts, labels, quotation marks, markup or control characters."""
    text = _THOUGHT.sub("", answer)
    text = "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in UNPRINTABLE)
    text = _MARKUP.sub("", text).strip()
    text = _unquoted(_LABEL.sub("", text, count=1))
    if about == "description":
        return "\n\n".join(" ".join(part.split()) for part in text.split("\n") if part.strip())
    text = " ".join(text.split())
    return text.rstrip(" .") if about == "title" else text


def _doubts(text: str, whole: str, about: About, facts: Mapping[str, str]) -> Iterator[str]:
    """Numbers are what a model makes up most harmfully and what can be checked in every language: each must stand in
    the facts."""
    name = NAMES[about]
    if not text:
        yield Message("the model gave no {text}", text=name)
    given = set(re.findall(r"\d+", " ".join(facts.values())))
    strange = [number for number in dict.fromkeys(re.findall(r"\d+", text)) if number not in given]
    if strange:
        yield Message(
            "the {text} names {strange}, which stands in none of the given attributes",
            text=name,
            strange=", ".join(strange),
        )
    if text != whole:
        yield Message(
            "the {text} was shortened from {before} to {after} characters",
            text=name,
            before=len(whole),
            after=len(text),
        )


def _unquoted(text: str) -> str:
    opens, closes = _QUOTES
    while len(text) > 1 and text[0] in opens and text[-1] in closes and text[0] not in text[1:-1]:
        text = text[1:-1].strip()
    return text


def _within(text: str, limit: int, *, sentences: bool) -> str:
    """As much as fits: whole sentences where there are any, else whole words."""
    if len(text) <= limit and not sentences:
        return text
    room = text[:limit]
    ends = [found.end() for found in _END.finditer(room)]
    if ends and (sentences or ends[-1] > limit // 2):
        return room[: ends[-1]].rstrip()
    if len(text) <= limit:
        return text
    shorter = text[: limit - 1].rsplit(None, 1)
    return (shorter[0] if len(shorter) > 1 and len(shorter[0]) > limit // 2 else text[: limit - 1]).rstrip(
        " ,;:–-"
    ) + "…"


def question(about: About, language: str, product: str, attributes: Mapping[str, str]) -> str:
    """The question, in English, for a text in `language` (a tag)."""
    given = ({"product": product} if product else {}) | dict(attributes)
    facts = "\n".join(f"- {_plain(name)}: {_plain(value)}" for name, value in given.items())
    rules = _RULES.format(
        language=name_of(language), facts=f"Facts:\n{facts}" if facts else "There are no further facts."
    )
    return f"{rules}{_TASKS[about].format(limit=LIMITS[about])} {_ONLY}"


def _plain(text: str) -> str:
    return " ".join(text.split())

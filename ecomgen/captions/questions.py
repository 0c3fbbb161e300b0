"""What a model is asked: three short questions, each answered by a text alone, which small models do best.

The wording follows what shops and accessibility guides want: an alt text of one sentence that fits a screen reader
(125 characters), a title that starts with what the thing is (80, eBay's limit, the shortest of the large marketplaces),
and a description of two short paragraphs. It was checked with no model.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ecomgen.captions.languages import name_of

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

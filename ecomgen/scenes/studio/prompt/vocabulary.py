"""The words the studio knows: for each field of the wish, its values and what people call them.

The tables are text in `scenery`, `looks` and `things`. Every value is one that a set, a surface, a prop, a lamp or the
lens acts on; a word that would change nothing has no place there. A phrase may stand in several tables.
"""

from __future__ import annotations

from dataclasses import dataclass

from ecomgen.scenes.studio.prompt import appearance, scenery, things
from ecomgen.scenes.studio.prompt.colours import COLOURS
from ecomgen.scenes.studio.prompt.normalisation import stemmed


@dataclass(frozen=True)
class Meaning:
    """A word sets `field` of the wish to `value`."""

    field: str
    value: str


_FUNCTION_WORDS = """
a an the of and or on in at by to with for from into onto its it is are as that this there under over up near beside
next behind front top around through upon between some one very while where which being be s t i me my we our you your
he she they them their his her but if can will would should could do does has have had was were been am so than then
these those what who how also just too both each such against among amid alongside along within inside across
towards toward atop beneath below above about like via per amongst beyond
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())

_FIELDS = {
    "place": scenery.PLACES,
    "surface": scenery.SURFACES,
    "ground": scenery.GROUNDS,
    "support": scenery.SUPPORTS,
    "wall": scenery.WALLS,
    "furniture": scenery.FURNITURE,
    "background": scenery.BACKGROUNDS,
    "time": appearance.TIMES,
    "weather": appearance.WEATHER,
    "side": appearance.SIDES,
    "hardness": appearance.HARDNESS,
    "season": appearance.SEASONS,
    "view": appearance.VIEWS,
    "lens": appearance.LENSES,
    "framing": appearance.FRAMINGS,
    "space": appearance.SPACES,
    "balance": appearance.BALANCES,
    "mood": appearance.MOODS,
    "style": appearance.STYLES,
    "finish": appearance.FINISHES,
    "dressing": appearance.DRESSINGS,
    "accents": appearance.ACCENTS + appearance.COPY,
    "emphasis": appearance.EMPHASIS,
    "gradient": appearance.GRADIENTS,
    "scale": appearance.SCALES,
    "amount": appearance.AMOUNTS,
    "number": appearance.NUMBERS,
    "negation": appearance.NEGATIONS,
    "props": things.PROPS,
}


def _table() -> dict[str, tuple[Meaning, ...]]:
    """Every phrase, as it stands and with its words stemmed, with what it means."""
    exact: dict[str, tuple[Meaning, ...]] = {}
    for field, text in _FIELDS.items():
        for line in filter(None, text.splitlines()):
            value, phrases = line.split(": ")
            for phrase in phrases.split("; "):
                known = exact.get(phrase, ())
                if all(meaning.field != field for meaning in known):
                    exact[phrase] = (*known, Meaning(field, value))
    table = {stemmed(phrase): meanings for phrase, meanings in exact.items()} | exact
    return {phrase: meanings for phrase, meanings in table.items() if not _sum_of_words(phrase, table)}


_THINGS = ("props", "furniture", "support")  # of which a compound names one: no straw beside a straw hat


def _sum_of_words(phrase: str, table: dict[str, tuple[Meaning, ...]]) -> bool:
    """Whether several words say together no more than one by one: then each of them is to count."""
    words = phrase.split()
    if len(words) == 1:
        return False
    rest = " ".join(words[1:])
    if words[0] in COLOURS and words[0] not in table and set(table[phrase]) <= set(table.get(rest, ())):
        return True
    known = [table.get(word) or table.get(stemmed(word)) for word in words]
    plain = all(
        meanings or word in COLOURS or word in FUNCTION_WORDS for word, meanings in zip(words, known, strict=True)
    )
    parts = {meaning for meanings in known for meaning in meanings or ()}
    more = {meaning for meaning in parts - set(table[phrase]) if meaning.field in _THINGS}
    return plain and set(table[phrase]) <= parts and not more


_PLURALS = {
    **dict.fromkeys(("oranges", "tangerines", "clementines"), (Meaning("props", "oranges"),)),
    **dict.fromkeys(("apricots", "nectarines"), (Meaning("props", "peaches"),)),
    **dict.fromkeys(("violets", "lilacs", "lavenders"), (Meaning("props", "flowers"),)),
}
"""Names of things of which one alone is a colour."""
MEANINGS = _table() | _PLURALS

"""Which words are a colour, and what that colour belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, takewhile

from ecomgen.scenes.studio.declarations.sets import declared
from ecomgen.scenes.studio.declarations.vocabulary import Meaning, Modifier, vocabulary
from ecomgen.scenes.studio.prompt.draft import NEON, SWEEP, Draft
from ecomgen.scenes.studio.prompt.normalisation import stem
from ecomgen.scenes.studio.prompt.tokens import Token
from ecomgen.scenes.studio.props.declaration import props

HUE = ("colour",)
COLOURED_IN = (HUE, ("coloured",))  # what only says that the word before it is a colour
PALE = 0.5  # the way to white of what is pastel or pale
PLAIN = 32  # of 255 by which the channels of a grey differ at most
WATER = "water"
PAINTED = ("paper", "acrylic", "plaster", "tiles", "rug")  # which come in any colour, as cloth does
DOOR = "door"
IN_COLOUR = ("sofa", "armchair", "bed", "lockers")  # furniture that a colour is told of
TOWNS = ("city", "street")
LIGHT = "light_colour"
SHINING = (NEON, "reflection")  # whose colour is that of light
STOOD_ON = ("surface", "ground", "support", "wall")
COLOURED = {
    "props": "prop_colour",
    "plate": "prop_colour",
    "surface": "surface_colour",
    "ground": "surface_colour",
    "support": "surface_colour",
}


class Colours:
    """The colours among the phrases of one prompt, painted on what the draft holds."""

    def __init__(self, tokens: Sequence[Token], draft: Draft) -> None:
        self._tokens, self._draft = tokens, draft
        self._graded = any(token.among("gradient") for token in tokens)
        self._walled = False  # whether a wall has its colour

    def take(self, number: int) -> int:
        """Paint with the colour that begins at this phrase; how many phrases it takes, 0 where there is none."""
        bend = self._bend(number)
        run = self._run(number + (bend is not None)) or self._tokens[number + 1 : number + 1 + (bend is not None)]
        if not run:
            return 0
        colour = str(run[0].colour)
        for token in run[1:]:
            colour = _blended(colour, str(token.colour))
        end = number + len(run) + (bend is not None)
        end += self._only_says_colour(end)
        if bend is not None and (soft := self._tokens[number].value("hardness")):  # "soft beige studio"
            self._draft.name(Meaning("hardness", soft))
        self._paint(end - 1, colour if bend is None else _modified(colour, bend))
        return end - number

    def _only_says_colour(self, number: int) -> bool:
        """Whether this phrase only says that the one before it is a colour: "champagne coloured silk"."""
        after = following(self._tokens, number)
        said = any(token.words in COLOURED_IN for token in self._tokens[number : number + 1])
        return said and after is not None and after.known

    def _bend(self, number: int) -> Modifier | None:
        """What this phrase does to the colour after it."""
        token, after = self._tokens[number], following(self._tokens, number)
        bend = vocabulary().modifier_of.get(token.words[0]) if len(token.words) == 1 else None
        cloth = noun_after(self._tokens, number + 1, "surface")
        felt = token.among("hardness") and cloth is not None and cloth.value("surface") in vocabulary().cloths
        if bend is None or after is None or after.colour is None or felt:  # soft blue velvet is blue
            return None
        last = following(self._tokens, number + 1) is None and bend.towards_white >= PALE  # "pastel mint" is no herb
        return bend if last or self._is_colour(number + 1) else None

    def _run(self, number: int) -> list[Token]:
        """The colour phrases that follow one another from here: together they are one colour."""
        end = number
        while end < len(self._tokens) and self._tokens[end].colour is not None and self._is_colour(end):
            end += 1
        return list(self._tokens[number:end])

    def _is_colour(self, number: int) -> bool:
        """Whether a word that names a thing and a colour ("mint", "copper") stands for the colour here."""
        token = self._tokens[number]
        if not token.meanings or (self._graded and token.among("props")):
            return True
        after = following(self._tokens, number)
        if self._tokens[number - 1 : number] and self._tokens[number - 1].words == ("in",):  # "an arch in peach"
            stood_in = token.among("surface", "ground", "place")
            return after is None and not stood_in and self._tells_the_colour_of(number - 1)
        if after is None:
            return False
        if token.words == ("brick",) and after.among("support"):  # is what steps are built of
            return False
        painted = after.among("surface", "wall", "gradient", "support", "accents") or after.value("place") == SWEEP
        return painted or _dyed(after) or (after.colour is not None and not after.meanings)

    def _tells_the_colour_of(self, number: int) -> bool:
        """Whether this "in" follows something that has a colour, with no more than joining words between."""
        before = next((one for one in reversed(self._tokens[:number]) if not one.empty or one.stop), None)
        if before is None or before.stop:
            return False
        return before.among("support", "wall") or _dyed(before)

    def _paint(self, number: int, colour: str) -> None:
        """A colour goes to the noun it stands before; without one to the backdrop, then to the ground and the props.

        The colour of an unknown noun, most likely the product, is not the scene's.
        """
        (field, thing), values = self._painted(number), self._draft.values
        if self._is_exactly_the_background(number):
            values["backdrop_colour"] = colour
        elif thing is not None:
            self._draft.paint(thing, colour)
        elif field == "backdrop_colour" and not self._walled and self._is_wall(number):  # "white bath, blue tiles"
            self._walled, values[field] = True, colour
        elif field == "gradient" or (field == "backdrop_colour" and field in values and self._graded):
            values.setdefault("gradient", colour)
        elif field is not None and field not in values:
            values[field] = colour
        elif field == "backdrop_colour" and self._is_behind_a_surface(number):
            values["surface_colour"], values[field] = values[field], colour
        elif field == "backdrop_colour":
            values.setdefault("prop_colour", colour)
        elif field == LIGHT:
            values.setdefault("second_light", colour)

    def _is_exactly_the_background(self, number: int) -> bool:
        """Whether it is a number that tells the background's colour: "night blue background #1B2A49"."""
        token, before = self._tokens[number], self._tokens[max(number - 1, 0)]
        return token.colour == f"#{token.words[0]}" and before.value("accents") == "background"

    def _is_wall(self, number: int) -> bool:
        noun = following(self._tokens, number)
        return noun is not None and noun.among("wall") and not noun.among("place")

    def _is_behind_a_surface(self, number: int) -> bool:
        """Whether it is the background's colour, and the one before a surface's: "glossy black surface, pink wall"."""
        noun, earlier = noun_after(self._tokens, number, "accents"), self._draft.values
        behind = noun is not None and noun.value("accents") == "background"
        return behind and "surface_colour" not in earlier and earlier.get("accents") == ("ground",)

    def _painted(self, number: int) -> tuple[str | None, str | None]:
        """What a colour belongs to, and the thing whose own it is: the noun after it, of two colours joined the one
        after both, the one before "in", else what is still uncoloured."""
        values = self._draft.values
        number += 2 * self._is_joined(number)
        for at, token in enumerate(self._tokens[number + 1 : number + 4], number + 1):
            if token.empty or (token.colour is not None and not token.meanings):
                break
            if token.words == HUE and self._clause_before(number):
                return "surface_colour", None
            if stem(token.words[0]) in vocabulary().picture_words:  # "white product background"
                continue
            after = following(self._tokens, at)
            if token.among("surface") and after is not None and after.among("props"):  # "a black ceramic vase"
                continue
            behind = token.value("background") in TOWNS or is_of_what_is_behind(self._tokens, at)
            if not token.known or behind or self._lies_round(token):
                return None, None  # most likely the product; orange rooftops; a green meadow round a table
            field = _painted_by(token, following(self._tokens, at))
            if field in values and token.among("background"):  # a blue sea behind white walls
                return None, None
            if field is not None:
                return field, _thing(token, field)
        second = ("gradient",) if self._graded else ()
        dyed = values.get("surface") in (None, *PAINTED, *vocabulary().cloths)
        ground = ("surface_colour",) if dyed else ()
        free = ("backdrop_colour", *second, *ground, "prop_colour")
        told = self._before_in(number) or self._clause_before(number)
        return told or next((name for name in free if name not in values), "backdrop_colour"), None

    def _is_joined(self, number: int) -> bool:
        """Whether another colour is joined to this one, of the same noun: "red and white candles"."""
        joint, other = ([*self._tokens[number + 1 : number + 3], None, None])[:2]
        noun = following(self._tokens, number + 2)
        coloured = other is not None and other.colour is not None and not other.meanings
        if not (joint and joint.words == ("and",) and coloured and noun):
            return False
        return noun.among(*COLOURED) or _painted_by(noun, following(self._tokens, number + 3)) == LIGHT

    def _lies_round(self, token: Token) -> bool:
        """Whether it is ground, other than water, round what the product stands on."""
        surface = self._draft.values.get("surface")
        return token.value("ground") not in (None, WATER) and surface not in (None, *vocabulary().ground)

    def _before_in(self, number: int) -> str | None:
        """The field of the noun before "in": "silk in champagne"."""
        before = [token for token in self._tokens[max(number - 3, 0) : number] if token.known or token.words == ("in",)]
        before = before[:-1] if before and before[-1].words[0] in vocabulary().modifier_of else before
        if len(before) >= 2 and before[-1].words == ("in",):
            return next((COLOURED[field] for field in ("surface", "props", "support") if before[-2].among(field)), None)
        return None

    def _clause_before(self, number: int) -> str | None:
        """The field of the surface whose colour makes up a clause: "silk sheets, champagne", "marble, black".

        Stone is named by its own colours so, cloth by any; a lively one beside stone or wood is what is behind.
        """
        after = next((token for token in self._tokens[number + 1 :] if token.words != HUE), None)
        first = number
        while first and (
            self._tokens[first - 1].colour or self._tokens[first - 1].words[0] in vocabulary().modifier_of
        ):
            first -= 1
        named = any(token.words == HUE for token in self._tokens[number + 1 : number + 2])
        apart = first > 0 and self._tokens[first - 1].stop
        if not (after is None or after.stop or after.words == ("with",)) or not (apart or named):
            return None
        clause = list(takewhile(lambda token: not token.stop, reversed(self._tokens[: first - apart])))
        surface = next((str(token.value("surface")) for token in clause if token.among("surface")), None)
        known = vocabulary()
        plain = (
            surface not in known.woods and surface not in known.ground and is_plain(str(self._tokens[number].colour))
        )
        fits = surface is not None and (surface in known.cloths or plain)
        return "surface_colour" if fits and "surface_colour" not in self._draft.values else None


def _dyed(token: Token | None) -> bool:
    """Whether it is a prop that comes in any colour: "mint balloons"."""
    name = None if token is None else token.value("props")
    return name is not None and props()[name].tinted


def _thing(token: Token, field: str) -> str | None:
    """The prop or the piece of furniture that has a colour of its own, which sets this field else."""
    if field == "prop_colour":
        return token.value("props") or token.value("plate")
    if token.value("wall") == DOOR:
        return DOOR
    furniture, seen = token.value("furniture"), field == "backdrop_colour" and not token.among("place")
    return furniture if seen and furniture in IN_COLOUR else None


def is_plain(colour: str) -> bool:
    """Whether #rrggbb is about a grey, a white or black."""
    channels = _channels(colour)
    return max(channels) - min(channels) < PLAIN


def _channels(colour: str) -> list[int]:
    return [int(colour[k : k + 2], 16) for k in (1, 3, 5)]


def _hexadecimal(channels: Iterable[float]) -> str:
    return "#" + "".join(f"{round(value):02x}" for value in channels)


def _painted_by(token: Token, after: Token | None) -> str | None:
    """The field that a colour before this phrase sets; None where the phrase cannot be coloured."""
    accent = token.value("accents")
    place = token.among("place") and not (after and after.value("accents") == "light")  # a studio, no studio light
    if accent == "light" or (token.among("hardness", "side") and not place):
        return LIGHT
    if any(word.startswith(SHINING) for word in token.words) or token.value("weather") == "foggy":  # or smoky
        return LIGHT
    if WATER in (token.value("ground"), token.value("surface")):
        return "water_colour"
    if accent == "colour":
        return "prop_colour"
    if token.among("wall") or accent == "background":
        return "backdrop_colour"
    if place and _is_bare_land(token):
        return "surface_colour"  # a white beach
    own = next((painted for field, painted in COLOURED.items() if token.among(field)), None)
    return own or ("backdrop_colour" if token.among("background", "place", "gradient", "furniture") else None)


def _is_bare_land(token: Token) -> bool:
    """Whether it names a landscape in which the product stands on the ground itself."""
    found = declared().get(token.value("place") or "")
    return found is not None and found.landscape is not None and not any(found.landscape.stands)


def _modified(colour: str, modifier: Modifier) -> str:
    """`colour`, #rrggbb, as a word before it bends it ("pastel", "deep", "neon")."""
    channels = [value / 255 for value in _channels(colour)]
    grey = sum(channels) / 3
    livelier = [grey + (value - grey) * modifier.chroma for value in channels]
    end = 1.0 if modifier.towards_white > 0 else 0.0
    mixed = [min(max(value + (end - value) * abs(modifier.towards_white), 0.0), 1.0) for value in livelier]
    return _hexadecimal(255 * value for value in mixed)


def _blended(first: str, second: str) -> str:
    """`first`, #rrggbb, with a quarter of `second` in it."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return _hexadecimal(0.75 * a + 0.25 * b for a, b in pairs)


def following(tokens: Sequence[Token], number: int) -> Token | None:
    """The phrase right after this one; None where a joining word or a stop comes first."""
    token = next(iter(tokens[number + 1 : number + 2]), None)
    return None if token is None or token.empty else token


def noun_after(tokens: Sequence[Token], number: int, *fields: str, reach: int = 3) -> Token | None:
    """The first of the next few adjoining phrases, commas aside, that means something in one of the fields."""
    for token in islice((token for token in tokens[number + 1 :] if not token.stop), reach):
        if token.among(*fields):
            return token
        if token.empty or not token.known:
            return None
    return None


def is_of_what_is_behind(tokens: Sequence[Token], number: int) -> bool:
    """Whether a material is that of something behind: a wooden cabin."""
    noun = following(tokens, number)
    if noun is None or not noun.among("background") or noun.among("place", *STOOD_ON):
        return False
    return tokens[number].among("surface") and not stands_after(tokens, number, "on", reach=2)


def counted(tokens: Sequence[Token], number: int, field: str = "props") -> Token | None:
    """What a number tells of: "two candles", "a pair of candles", "a stack of old books"."""
    noun = noun_after(tokens, number, field, reach=4)
    if noun is None and number + 1 < len(tokens) and tokens[number + 1].words == ("of",):
        return noun_after(tokens, number + 1, field, reach=3)
    return noun


def stands_after(tokens: Sequence[Token], number: int, word: str, *, reach: int) -> bool:
    """Whether one of the few words before this phrase is this one."""
    return any(token.words == (word,) for token in tokens[max(number - reach, 0) : number])

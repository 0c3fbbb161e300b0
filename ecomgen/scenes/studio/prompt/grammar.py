"""From phrases to wishes: what belongs to which, which words bend others, and what negation takes away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ecomgen.scenes.studio.prompt.colours import MODIFIERS, modified
from ecomgen.scenes.studio.prompt.materials import CLOTHS, GROUNDS, TINTED, TINTS, WOODS
from ecomgen.scenes.studio.prompt.set_choice import RANK, SECOND
from ecomgen.scenes.studio.prompt.tokens import Token
from ecomgen.scenes.studio.prompt.vocabulary import Meaning

_MOST = {"mood": 6, "props": 5, "background": 4, "accents": 5, "style": 2, "finish": 3, "furniture": 2, "without": 6}
_REPEATED = {"mood": 3, "background": 2}  # how often the same value counts
_ONCE = ("sea", "lake", "stars", "moon", "tower", "dunes")  # which a second layer of would not change
_COLOURED = {
    "surface": "surface_colour",
    "ground": "surface_colour",
    "support": "surface_colour",
    "props": "prop_colour",
}
_SEE_THROUGH = ("product", "products", "photo", "picture", "image", "shot")  # "white product background"
_STOOD_ON = ("surface", "ground", "support", "wall")
_LIT = ("hardness", "side")
_HUNG = ("midair", "afloat")  # a prop may be: "flying confetti", "floating candles"
_NEGATED = ("props", "background", "furniture", "accents", "weather", "season", "mood", "style", "finish", "ground")
_AGAIN = {
    "clear": "bright",
    "golden": "warm",
    "foggy": "dreamy",
    "night": "dark",
    "autumn": "warm",
    "winter": "cool",
    "summer": "vivid",
    "spring": "bright",
    "hard": "dramatic",
    "soft": "bright",
    "morning": "bright",
    "shallow": "dreamy",
    "festive": "warm",
}
"""The mood that a value named a second time, in other words, brings."""
_GENERAL, _PARTICULAR = ("hard", "soft"), ("long", "spot", "dappled", "candle")  # light: the second says more
_OF_OTHERS = {
    "festive": "warm",
    "beach": "bright",
    "bathroom": "calm",
    "night": "dark",
    "jungle": "vivid",
    "cafe": "warm",
    "winter": "cool",
    "autumn": "warm",
    "summer": "vivid",
    "spring": "bright",
    "kitchen": "warm",
    "sweep": "crisp",
    "candle": "warm",
    "golden": "warm",
}
"""The mood of a place or a season, where the prompt speaks of its "mood" or "look"."""
COMPANIONS = {
    "cup": "coffee beans",
    "teapot": "tea leaves",
    "roses": "petals",
    "flowers": "green leaves",
    "gifts": "ribbon",
    "baubles": "pine branch",
    "books": "eyeglasses",
    "notebook": "pens",
    "wine glass": "grapes",
    "chillies": "garlic",
    "bread": "flour",
    "jar": "honeycomb",
    "shells": "tiny shells",
    "lemons": "lemon slices",
    "oranges": "orange slices",
    "towel": "rolled towels",
    "foam": "bubbles",
    "brushes": "glitter",
    "roller": "pebbles",
}
"""What goes with a prop that is named twice."""

Values = dict[str, Any]


class Sentence:
    """The phrases of a prompt and the values gathered from them."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = list(tokens)
        self.values: Values = {}

    def read(self) -> Values:
        """The fields of the wish that the phrases set."""
        number = 0
        while number < len(self.tokens):
            number += self._one(number)
        if self.values.pop("graded", False):
            self.values.setdefault("gradient", "tone")
        overgrown = self.values.pop("overgrown", None)
        if overgrown is not None:
            self.values.setdefault("ground", overgrown)
        if not self.values.get("props"):
            if "space" not in self.values:
                self.values.pop("amount", None)
            self.values.pop("scale", None)
        return self.values

    def _one(self, number: int) -> int:
        """Take in the phrase with this number; how many phrases were used up."""
        token = self.tokens[number]
        if token.among("negation"):
            return 1 + self._negated(number + 1)
        if self._bends_colour(number):
            following = self.tokens[number + 1]
            self._paint(number + 1, modified(str(following.colour), _modifier(token)))
            return 2
        if token.colour is not None and self._is_colour(number):
            length = self._colours_from(number)
            self._paint(number + length - 1, self._mixture(number, length))
            return length
        for meaning in self._meant(number):
            self._put(meaning, number)
        return 1

    def _next(self, number: int, *, joined: bool = True) -> Token | None:
        """The phrase after this one; None where a joining word comes first and it is not `joined`."""
        for token in self.tokens[number + 1 : number + 3]:
            if not token.empty:
                return token
            if not joined:
                return None
        return None

    def _noun(self, number: int, *fields: str, reach: int = 3) -> Token | None:
        """The first of the next few adjoining phrases, commas aside, that means something in one of the fields."""
        for token in [token for token in self.tokens[number + 1 :] if not token.stop][:reach]:
            if token.among(*fields):
                return token
            if token.empty or not token.known:
                return None
        return None

    def _bends_colour(self, number: int) -> bool:
        token, following = self.tokens[number], self._next(number, joined=False)
        bends = _modifier(token) in MODIFIERS
        return bends and following is not None and following.colour is not None and self._is_colour(number + 1)

    def _is_colour(self, number: int) -> bool:
        """Whether a word that names a thing and a colour ("mint", "copper") stands for the colour here."""
        token = self.tokens[number]
        if not token.meanings or (self._graded() and token.among("props")):
            return True
        following = self._next(number, joined=False)
        if following is None:
            return False
        painted = following.among("surface", "wall", "gradient", "support") or following.value("accents") is not None
        return painted or (following.colour is not None and not following.meanings)

    def _colours_from(self, number: int) -> int:
        """How many colour phrases follow one another: together they are one colour."""
        length = 1
        while number + length < len(self.tokens) and self._is_plain_colour(number + length):
            length += 1
        return length

    def _is_plain_colour(self, number: int) -> bool:
        token = self.tokens[number]
        return token.colour is not None and self._is_colour(number)

    def _mixture(self, number: int, length: int) -> str:
        colour = str(self.tokens[number].colour)
        for token in self.tokens[number + 1 : number + length]:
            colour = _blend(colour, str(token.colour))
        return colour

    def _paint(self, number: int, colour: str) -> None:
        """A colour goes to the noun it stands before; without one to the backdrop, then to the ground and the props.

        The colour of an unknown noun, most likely the product, is not the scene's.
        """
        field = self._painted_field(number)
        if field is None:
            return
        if field == "gradient" or (field == "backdrop_colour" and field in self.values and self._graded()):
            self.values.setdefault("gradient", colour)
        elif field not in self.values:
            self.values[field] = colour
        elif field == "backdrop_colour":
            self.values.setdefault("prop_colour", colour)

    def _graded(self) -> bool:
        return any(token.among("gradient") for token in self.tokens)

    def _painted_field(self, number: int) -> str | None:
        """What a colour belongs to: the noun after it, the one before "in", else what is still uncoloured."""
        for token in self.tokens[number + 1 : number + 4]:
            if token.empty or (token.colour is not None and not token.meanings):
                break
            if token.words[0] in _SEE_THROUGH:
                continue
            if not token.known:
                return None
            field = _painted_by(token)
            if field == "prop_colour" and field not in self.values and token.among("props"):
                self.values.setdefault("coloured_prop", token.value("props"))
            if field is not None:
                return field
        open_fields = (name for name in self._free_fields() if name not in self.values)
        return self._before_in(number) or next(open_fields, "backdrop_colour")

    def _free_fields(self) -> tuple[str, ...]:
        second = ("gradient",) if self._graded() else ()
        return ("backdrop_colour", *second, "surface_colour", "prop_colour")

    def _before_in(self, number: int) -> str | None:
        """The field of the noun before "in": "silk in champagne"."""
        before = [token for token in self.tokens[max(number - 3, 0) : number] if token.known or token.words == ("in",)]
        if len(before) >= 2 and before[-1].words == ("in",):
            return next((_COLOURED[field] for field in ("surface", "props") if before[-2].among(field)), None)
        return None

    def _negated(self, number: int) -> int:
        """Take away what follows a "no", and what is joined to that by "or"; how many phrases that were."""
        used = 0
        for token in self.tokens[number : number + 9]:
            used += 1
            if token.empty:
                continue
            self._take_away(token)
            following = self.tokens[number + used : number + used + 1]
            if token.among("props", "background", "accents") and not (
                following and following[0].words[0] in ("or", "and")
            ):
                break
            if not token.among("scale", "finish", "amount") and not token.colour and not following:
                break
            if not token.known and not (following and following[0].known):
                break
        return used

    def _take_away(self, token: Token) -> None:
        for field in _NEGATED:
            value = token.value(field)
            if value is not None:
                self._add("without", value)
                if (field, value) == ("accents", "shadow"):
                    self.values.setdefault("hardness", "soft")
                return
        if token.among("dressing"):
            self.values.setdefault("dressing", "none")

    def _meant(self, number: int) -> list[Meaning]:
        """The meanings that count here: an adjective of a thing is no mood of the whole picture."""
        token = self.tokens[number]
        meanings = list(token.meanings)
        if token.among("finish") and len(meanings) > 1:
            bends = self._noun(number, *_STOOD_ON) is not None
            dropped = ("mood", "weather", "scale", "time") if bends else ("finish",)
            meanings = [meaning for meaning in meanings if meaning.field not in dropped]
        if token.value("support") in _HUNG and self._noun(number, "props", reach=1) is not None:
            meanings = [meaning for meaning in meanings if meaning.field != "support"]
        if token.among("scale"):
            noun = self._noun(number, "props", "background", "ground")
            meanings = [meaning for meaning in meanings if (meaning.field == "scale") == (noun is not None)]
        return meanings

    def _put(self, meaning: Meaning, number: int) -> None:
        handler = {
            "props": self._put_prop,
            "background": self._put_background,
            "place": self._put_place,
            "surface": self._put_surface,
            "ground": self._put_ground,
            "emphasis": self._put_emphasis,
            "number": self._put_number,
            "gradient": self._put_gradient,
        }.get(meaning.field)
        if handler is not None:
            handler(meaning.value, number)
        elif meaning.field in _MOST:
            self._add(meaning.field, meaning.value)
        else:
            self._set(meaning.field, meaning.value)

    def _add(self, field: str, value: str) -> None:
        earlier = self.values.get(field, ())
        allowed = 1 if value in _ONCE else _REPEATED.get(field, 1)
        if earlier.count(value) < allowed and len(earlier) < _MOST[field]:
            self.values[field] = (*earlier, value)

    def _set(self, field: str, value: str) -> None:
        earlier = self.values.setdefault(field, value)
        if earlier in _GENERAL and value in _PARTICULAR:
            self.values[field] = value
            self._add("mood", _AGAIN[earlier])
        said = field + "!" + value
        if earlier == value and said in self.values and value in _AGAIN:
            self._add("mood", _AGAIN[value])
        self.values[said] = True

    def _put_place(self, value: str, number: int) -> None:
        del number
        first = self.values.get("place")
        if first is None:
            self.values["place"] = value
            return
        if first == value:
            self._add("mood", _OF_OTHERS.get(value, "calm"))
            return
        if RANK.get(value, 2) > RANK.get(first, 2):
            self.values["place"], value = value, first
        field, added = SECOND.get(value, ("accents", "background"))
        if field in _MOST:
            self._add(field, added)
        else:
            self.values.setdefault(field, added)

    def _put_surface(self, value: str, number: int) -> None:
        first = self.values.get("surface")
        if self._is_of_another(number, value):
            return
        if {first, value} <= CLOTHS and self.tokens[number - 1].among("surface"):  # "linen cloth", "silk fabric"
            self._add("props", "folded cloth")
        elif self._stands_on_another(number, value):
            self.values["surface"], self.values["plate"] = value, first
        elif first is None or (first == "wood" and value in WOODS):
            self.values["surface"] = value
        elif first in GROUNDS:
            self.values["surface"] = value
            self.values.setdefault("ground", first)
        elif value != first and not (value == "wood" and first in WOODS):
            self.values.setdefault("plate", value)
        elif value == first and value in CLOTHS:
            self._add("props", "folded cloth")

    def _is_of_another(self, number: int, value: str) -> bool:
        """Whether the word tells what a prop or a piece of furniture is made of: a walnut bowl, a leather armchair."""
        noun = self._noun(number, "furniture", "props", reach=1)
        before = self.tokens[max(number - 2, 0) : number]
        if noun is None or any(token.words == ("on",) for token in before):
            return False
        if noun.value("props") in TINTED and value in TINTS:
            self.values.setdefault("prop_colour", TINTS[value])
            return True
        return "surface" in self.values

    def _stands_on_another(self, number: int, value: str) -> bool:
        """Whether this surface lies under the first one: "a brass tray on oak"."""
        first = self.values.get("surface")
        on = any(token.words == ("on",) for token in self.tokens[max(number - 3, 0) : number])
        layered = first not in (None, value) and first not in GROUNDS and not {first, value} <= WOODS
        return on and layered and "plate" not in self.values

    def _put_ground(self, value: str, number: int) -> None:
        if self.tokens[number].words[0].endswith("y") and self._noun(number, "surface", "support", reach=1):
            self.values.setdefault("overgrown", value)
        elif "surface" not in self.values:
            self.values["surface"] = value
        elif self.values["surface"] != value:
            self.values.setdefault("ground", value)

    def _put_emphasis(self, value: str, number: int) -> None:
        """ "Mood", "look" and the like double what stands before them."""
        del value
        before = next((token for token in reversed(self.tokens[:number]) if not token.empty), None)
        if before is None:
            return
        mood = before.value("mood")
        if mood is not None:
            self._add("mood", mood)
        elif before.colour is not None:
            self._add("accents", "colour")
        else:
            named = before.value("style", "place", "season", "hardness", "time")
            self._add("mood", _OF_OTHERS.get(named or "", "crisp" if named else "muted"))

    def _put_prop(self, value: str, number: int) -> None:
        """A prop; one named again, in other words, brings what goes with it, or stands there twice."""
        earlier = self.values.get("props", ())
        if value not in earlier:
            self._add("props", value)
        elif value in COMPANIONS and COMPANIONS[value] not in earlier:
            self._add("props", COMPANIONS[value])
        elif not self.tokens[number - 1].among("props") and earlier.count(value) < 2 and len(earlier) < _MOST["props"]:
            self.values["props"] = (*earlier, value)

    def _put_background(self, value: str, number: int) -> None:
        """What is seen behind; "trees" after a kind of tree are more of that kind."""
        kind = self.tokens[number - 1].value("background") if number else None
        self._add("background", kind if value == "trees" and kind in ("pines", "palms", "woods") else value)

    def _put_number(self, value: str, number: int) -> None:
        noun = self._noun(number, "props", reach=4) or self._joined_prop(number)
        name = noun.value("props") if noun else None
        if name is not None and name not in dict(self.values.get("counts", ())):
            self.values["counts"] = (*self.values.get("counts", ()), (name, int(value)))

    def _joined_prop(self, number: int) -> Token | None:
        """The prop after "of": "a pair of candles", "a stack of old books"."""
        if number + 1 < len(self.tokens) and self.tokens[number + 1].words == ("of",):
            return self._noun(number + 1, "props", reach=3)
        return None

    def _put_gradient(self, value: str, number: int) -> None:
        del number, value
        self.values.setdefault("graded", True)


def _painted_by(token: Token) -> str | None:
    """The field that a colour before this phrase sets; None where the phrase cannot be coloured."""
    accent = token.value("accents")
    if accent == "light" or token.among(*_LIT):
        return "light_colour"
    if accent == "colour":
        return "prop_colour"
    if token.among("wall") or accent == "background":
        return "backdrop_colour"
    own = next((_COLOURED[field] for field in ("props", "surface", "ground", "support") if token.among(field)), None)
    behind = token.among("background", "place", "gradient", "furniture")
    return own or ("backdrop_colour" if behind else None)


def _modifier(token: Token) -> str:
    return token.words[0] if len(token.words) == 1 else ""


def _blend(first: str, second: str) -> str:
    pairs = ((int(first[k : k + 2], 16), int(second[k : k + 2], 16)) for k in (1, 3, 5))
    return "#" + "".join(f"{round(0.75 * a + 0.25 * b):02x}" for a, b in pairs)

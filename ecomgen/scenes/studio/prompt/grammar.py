"""From phrases to a wish: which words bend others, and what each of them sets."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from ecomgen.scenes.studio.declarations.sets import declared
from ecomgen.scenes.studio.declarations.vocabulary import Meaning, vocabulary
from ecomgen.scenes.studio.declarations.wish import BOARDS, INDOORS
from ecomgen.scenes.studio.prompt.carrying import GLASS, ON, TILES, WARE, bends, carried, clause_before, is_near
from ecomgen.scenes.studio.prompt.colour_grammar import (
    STOOD_ON,
    Colours,
    counted,
    following,
    is_of_what_is_behind,
    noun_after,
    stands_after,
)
from ecomgen.scenes.studio.prompt.draft import DARK, HOUSES, MOST, SWEEP, WINDOW, Draft, Values
from ecomgen.scenes.studio.prompt.negation import take_away
from ecomgen.scenes.studio.prompt.normalisation import stem
from ecomgen.scenes.studio.prompt.serving import GROWN, VASE, served, vessel_of
from ecomgen.scenes.studio.prompt.tokens import Token
from ecomgen.scenes.studio.props.declaration import props

FLOATING, HUNG = ("midair", "afloat"), "hung"  # a prop may be: "flying confetti", "floating candles", "hanging lamps"
SUN = frozenset({"sun", "sunlight", "ray", "rays", "sunset"})  # by which it is light
RUGS = frozenset({"rug", "fur", "persian", "berber"})
CITY, STREET, TERRACE = "city", "street", "terrace"
BATHROOM, WASHSTAND, DRESSING_TABLE = "bathroom", "washstand", "dressing table"  # these two with a mirror above
OUTSIDE = 0  # the rank of a set that gives way to any other
CUPS = ("cup", "mug")
EASTER = ("easter",)  # which brings eggs, the very ones that are told besides
TOWER = "tower"  # seen of Paris
ROOM = "room"  # what is inside
INSIDE = ("in", "inside", "within")
LAND = ("ground", "background", "place", "weather", "season", "time")  # of what may be seen outside
WINDOWS = (WINDOW, "windows")  # words, as the next
LIGHTS = (("bokeh",), ("moonlight",), ("moonlit",))
LAMPLIT = frozenset({"light", "lights", "city", "gold", "golden", "warm"})  # beside bokeh they tell of lamps
BRIGHT, WORN = Meaning("mood", "bright"), Meaning("finish", "weathered")
HEAP = 5  # what a pile or a stack counts, of what is not strewn
CROWD, SPOKEN_TO = "crowd", frozenset({"for", "to", "that", "our", "make", "makes", "help", "let", "lets"})
"""People behind the product, and words after which they are those whom it is made for."""
SHOWN = ("the", "this", "it", "our", "my", "your", "them")  # what is to be shown, after "present"


def values_of(tokens: Sequence[Token]) -> Values:
    """The fields of the wish that a prompt's phrases set."""
    return _Sentence(tokens).read()


class _Sentence:
    """The phrases of a prompt and the draft that is made of them."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = carried(tokens)
        self.served = served(self.tokens)
        self.draft = Draft()
        self.values = self.draft.values
        self.rank = OUTSIDE  # of the set
        self.attributed = False  # whether the set is one that the prompt only says a place is like
        self.through: str | None = None  # the room through whose window the scene is seen
        self.colours = Colours(self.tokens, self.draft)

    def read(self) -> Values:
        number = 0
        while number < len(self.tokens):
            number += self._one(number)
        self._look_through()
        return self.draft.finished()

    def _one(self, number: int) -> int:
        """Take in the phrase with this number; how many phrases were used up."""
        if self.tokens[number].among("negation"):
            return 1 + take_away(self.draft, self.tokens, number + 1)
        painted = self.colours.take(number) or self._look_outside(number)
        if painted:
            return painted
        for meaning in () if self._is_vessel(number) else self._meant(number):
            self._put(meaning, number)
        return 1

    def _is_vessel(self, number: int) -> bool:
        """Whether something told lies in this thing, or it says how full that is."""
        vessels = self.served.values()
        return number in vessels or (self.tokens[number].among("amount") and number - 1 in vessels)

    def _look_outside(self, number: int) -> int:
        """Take in what is seen from a room, "snow outside the window", "with a view of the sea"; how many phrases were
        used up, 0 where the clause from here on tells more, or the product stands there: "on grass outside"."""
        if town := self._town_of_a_room(number):
            self.draft.add("background", town)
            self.draft.add("furniture", WINDOW)
            return 1
        clause = dict(enumerate(takewhile(lambda one: not one.stop, self.tokens[number:]), number))
        out = [at for at, one in clause.items() if one.words == ("outside",) or one.overlooks]
        through = [at for at, one in clause.items() if one.words[0] in WINDOWS]
        seen = [at for at, one in clause.items() if not (one.empty or at in (*out, *through))]
        before = next((one.words[-1] for one in reversed(self.tokens[:number]) if not bends(one)), "")
        if not (out and seen and all(_is_land(clause[at]) for at in seen)) or before in (*ON, *INSIDE, "at"):
            return 0
        if not (through or self._is_indoors()):
            return 0
        for at in seen:
            for meaning in clause[at].meanings:
                if meaning.field == "place":
                    self._put_second(meaning.value)
                elif meaning.field != "ground":
                    self._put(meaning, at)
        self.draft.add("furniture", next((clause[at].value("furniture") for at in through), None) or WINDOW)
        return 1 + max(*out, *seen) - number

    def _town_of_a_room(self, number: int) -> str | None:
        """What is seen of the town after which a room is named: of a Manhattan loft, of a Parisian flat."""
        token = self.tokens[number]
        town = next((name for name in (CITY, TOWER) if name in (token.value("place"), token.value("background"))), None)
        noun = noun_after(self.tokens, number, "place", "furniture", reach=1)
        place = None if noun is None else noun.value("place")
        return town if noun is not None and (place is None or declared()[place].room is not None) else None

    def _is_indoors(self) -> bool:
        if place := self.values.get("place"):
            return declared()[place].room is not None
        return "furniture" in self.values or self.values.get("support") in INDOORS

    def _meant(self, number: int) -> list[Meaning]:
        """The meanings that count here: an adjective of a thing is no mood of the whole picture."""
        token = self.tokens[number]
        meant = list(token.meanings)
        room = self._room_of(number)
        if room is not None:
            seen = [meaning for meaning in meant if meaning.field not in ("background", "place")]
            return seen or [Meaning("mood", declared()[room].mood or "calm")]
        after = next(iter(self.tokens[number + 1 : number + 2]), None)
        if BRIGHT in meant and after is not None and after.among(*STOOD_ON):  # "bright wood" is pale
            meant = [*meant, Meaning("finish", "pale")]
        elif token.words == ("light",) and after is not None and after.among("place"):
            return [BRIGHT]
        elif token.among("finish") and len(meant) > 1:
            bends = noun_after(self.tokens, number, *STOOD_ON) is not None
            dropped = ("mood", "weather", "scale", "time") if bends else ("finish",)
            meant = [meaning for meaning in meant if meaning.field not in dropped]
        if noun_after(self.tokens, number, "props", reach=1) is not None:  # a steaming cup, old books, a matching cup
            meant = [meaning for meaning in meant if meaning.field not in ("weather", "harmony") and meaning != WORN]
        if self._is_of_a_thing(number):
            meant = [meaning for meaning in meant if meaning.field not in ("support", "wall")]
        if any(
            one.words in GLASS and one.meanings == token.meanings for one in self.tokens[max(number - 4, 0) : number]
        ):
            return []  # the drink, whose glass stands there already
        if token.among("scale"):
            noun = noun_after(self.tokens, number, "props", "background", "ground")
            meant = [meaning for meaning in meant if (meaning.field == "scale") == (noun is not None)]
        return meant

    def _casts_a_shadow(self, number: int) -> bool:
        """Whether of a plant only the shadow is told: "olive branch shadow on a wall"."""
        name, noun = self.tokens[number].value("props"), noun_after(self.tokens, number, "accents", reach=1)
        shadow = noun is not None and noun.value("accents") == "shadow"
        return shadow and name is not None and props()[name].family in GROWN

    def _is_of_a_thing(self, number: int) -> bool:
        """Whether it is something told that floats or hangs, and not the product, or the wall that it is on."""
        before = clause_before(self.tokens, number)
        if self.tokens[number].value("wall") == "paint" and stands_after(self.tokens, number, "on", reach=2):
            shaded = any(one.value("accents") == "shadow" for one in before)
            return not shaded and any(one.among("props", "furniture") for one in before)
        held = self.tokens[number].value("support")
        if held in FLOATING:
            return noun_after(self.tokens, number, "props", reach=1) is not None
        named = any(not (one.empty or one.among("mood", "style")) for one in before)
        follows = noun_after(self.tokens, number, "props", "furniture", "background", reach=1)
        return held == HUNG and (named or follows is not None)

    def _room_of(self, number: int) -> str | None:
        """The room, or terrace, of the house that this phrase names or tells of: a beach house's kitchen is seen from
        inside."""
        here, after = self.tokens[number], noun_after(self.tokens, number, "place", "background", reach=1)
        if after is None or not here.among("place", "background"):
            return None
        place = after.value("place")
        if here.value("background") in HOUSES and place and (place == TERRACE or declared()[place].room is not None):
            return place
        return self._room_of(number + 1) if after.value("background") in HOUSES else None

    def _put(self, meaning: Meaning, number: int) -> None:
        handler = {
            "props": self._put_prop,
            "background": self._put_background,
            "place": self._put_place,
            "surface": self._put_surface,
            "support": self._put_support,
            "ground": self._put_ground,
            "time": self._put_time,
            "hardness": self._put_hardness,
            "accents": self._put_accent,
            "emphasis": self._put_emphasis,
            "amount": self._put_amount,
            "number": self._put_number,
            "gradient": self._put_gradient,
            "mood": self._put_mood,
        }.get(meaning.field)
        if handler is not None:
            handler(meaning.value, number)
        elif meaning.field in MOST:
            self.draft.add(meaning.field, meaning.value)
        else:
            self.draft.name(meaning)

    def _put_place(self, value: str, number: int) -> None:
        """The set; of two the one of higher rank, and the other adds to it what it can."""
        first, token = self.values.get("place"), self.tokens[number]
        rank = OUTSIDE if token.outside or token.attributive else declared()[value].rank
        if declared()[value].room is not None and stands_after(self.tokens, number, "through", reach=3):
            if first is not None and declared()[first].studio is not None:  # whose bars shade it
                self.values.setdefault("hardness", "hard")
                return
            self.through = value
        if self._is_the_ground(number):
            self._put_second(value)
        elif first is None:
            self.values["place"], self.rank, self.attributed = value, rank, token.attributive
        elif first == value:
            self.draft.add("mood", declared()[value].mood or "calm")
        elif rank > self.rank:
            if self.rank != OUTSIDE or self.attributed:
                self._put_second(first, built=value if self.attributed else None)
            self.values["place"], self.rank = value, rank
        elif not token.outside:
            self._put_second(value, built=first if token.attributive else None)

    def _is_the_ground(self, number: int) -> bool:
        """Whether a bare "floor" is what lies there already: "on grass, flowers on the floor", in a studio."""
        place, surface = self.values.get("place"), self.values.get("surface")
        there = surface is None if place == SWEEP else place is None and surface in vocabulary().ground
        return self.tokens[number].words == ("floor",) and there

    def _put_second(self, place: str, *, built: str | None = None) -> None:
        """What is seen of a set where another is built.

        Of one that only says what the `built` one is like it is the land through a room's window, of a room its mood.
        """
        if built is not None and declared()[place].room is not None:
            self.draft.add("mood", declared()[place].mood or "calm")
            return
        for field, added in declared()[place].second.items():
            self.draft.add(field, added)
        if built is not None and declared()[built].room is not None:
            self.draft.add("furniture", WINDOW)

    def _look_through(self) -> None:
        """The land that is seen through a window is behind it: "a garden through the window"."""
        place = self.values.get("place")
        if self.through is not None and place is not None and declared()[place].landscape is not None:
            self.values["place"] = self.through
            self._put_second(place)
            if self.values.get("surface") in vocabulary().ground:
                del self.values["surface"]

    def _put_surface(self, value: str, number: int) -> None:
        first, known = self.values.get("surface"), vocabulary()
        self.draft.reflecting = self.draft.reflecting or stem(self.tokens[number].words[0]).startswith("reflect")
        if self._is_of_another(number, value):
            return
        if noun_after(self.tokens, number, "plate", reach=1) is not None or self._is_of_a_tray(number, value):
            self.values.setdefault("plate", value)
            return
        if self._hangs(number):
            self.draft.add("furniture", WASHSTAND if self.values.get("place") == BATHROOM else DRESSING_TABLE)
            return
        if are_one(first, value) and self.tokens[number - 1].among("surface"):
            return
        if self._stands_on_another(number, value):
            self.values["surface"], self.values["plate"] = value, first
        elif first is None or (first == "wood" and value in known.woods):
            self.values["surface"] = value
        elif first in known.ground:
            self.values["surface"] = value
            self.values.setdefault("ground", first)
        elif value != first and not (value == "wood" and first in known.woods):
            self.values.setdefault("plate", value)

    def _is_of_another(self, number: int, value: str) -> bool:
        """Whether the word tells what a prop or a piece of furniture is made of: a walnut bowl, a leather armchair."""
        if is_of_what_is_behind(self.tokens, number):
            return True
        if value == "glass" and self._is_lit(number):
            return True
        before = self.tokens[max(number - 2, 0) : number]
        if len(before) > 1 and before[0].among("props") and before[1].words == ("of",):  # blocks of wood
            return True
        apart = any(token.stop for token in self.tokens[number + 1 : number + 2])  # "walnut, bowl"
        noun = None if apart else noun_after(self.tokens, number, "furniture", "props", reach=1)
        if noun is None or stands_after(self.tokens, number, "on", reach=2):
            return False
        if {value, noun.value("surface")} <= vocabulary().cloths:  # of the bed that is stood on
            return False
        tint, prop = vocabulary().surface[value].tint, props().get(noun.value("props") or "")
        if prop is not None and prop.tinted and tint is not None:
            self.draft.paint(prop.name, tint)
            return True
        glazed = value in ("glass", WARE) and noun.among("props")  # a glass vase
        elsewhere = "surface" in self.values or self._stands_elsewhere(number)
        return glazed or elsewhere or not noun.among("props", "place", "support")

    def _stands_elsewhere(self, number: int) -> bool:
        """Whether what the product stands on is told after it: "wooden blocks on a rug"."""
        later = range(number + 2, len(self.tokens))
        return any(self.tokens[k].among("surface") and stands_after(self.tokens, k, "on", reach=3) for k in later)

    def _is_of_a_tray(self, number: int, value: str) -> bool:
        """Whether a tray or a board is made of it that is not of wood: a marble tray."""
        noun = noun_after(self.tokens, number, "support", reach=1)
        return noun is not None and noun.value("support") in BOARDS and value not in (*vocabulary().woods, "wood")

    def _is_lit(self, number: int) -> bool:
        """Whether light falls on it, so that it is the product's: "rim light on the glass"."""
        told = [one for one in clause_before(self.tokens, number) if not one.empty]
        alone = stands_after(self.tokens, number, "on", reach=2) and following(self.tokens, number) is None
        return alone and bool(told) and (told[0].among("side") or told[0].value("accents") == "light")

    def _hangs(self, number: int) -> bool:
        """Whether it is a mirror behind, and not one to stand on: "on a bathroom vanity with a mirror"."""
        after = next((token.words[0] for token in self.tokens[number + 1 : number + 2]), "")
        if self.tokens[number].words != ("mirror",) or after.startswith("reflect"):
            return False
        beside = is_near(self.tokens, number, "with", "and")
        return beside or (self.values.get("place") == BATHROOM and not stands_after(self.tokens, number, "on", reach=3))

    def _stands_on_another(self, number: int, value: str) -> bool:
        """Whether this surface lies under the first one: "a brass tray on oak"."""
        first, known = self.values.get("surface"), vocabulary()
        layered = first not in (None, value) and first not in known.ground and not {first, value} <= known.woods
        return layered and "plate" not in self.values and stands_after(self.tokens, number, "on", reach=3)

    def _put_support(self, value: str, number: int) -> None:
        self.draft.floating = self.draft.floating or self.tokens[number].words[0].startswith("float")
        self.draft.name(Meaning("support", value))

    def _put_ground(self, value: str, number: int) -> None:
        self.draft.wading = self.draft.wading or (value == "water" and self._is_waded_in(number))
        overgrown = self.tokens[number].words[0].endswith("y")  # "a mossy stone"
        if overgrown and noun_after(self.tokens, number, "surface", "support", reach=1):
            self.draft.overgrown = self.draft.overgrown or value
        elif "surface" not in self.values:
            self.values["surface"] = value
        elif self.values["surface"] != value and not self._is_of_mountains(number):
            self.values.setdefault("ground", value)

    def _is_of_mountains(self, number: int) -> bool:
        """Whether it lies on the mountains behind: "snow peaks far away"."""
        noun = following(self.tokens, number)
        return noun is not None and noun.value("background") == "mountains"

    def _is_waded_in(self, number: int) -> bool:
        """Whether the product stands in the water with this number: "in shallow water", "on the water"."""
        before = (one for one in reversed(self.tokens[:number]) if not bends(one))
        return next((one.words[-1] for one in before), "") in (*INSIDE, *ON, "into")

    def _put_time(self, value: str, number: int) -> None:
        """The hour; at dusk the sun that is told is still up."""
        dusk = Meaning("time", "dusk")
        if value == "golden" and self.values.get("time") == dusk.value and SUN & {*self.tokens[number].words}:
            self.values["time"] = value
            self.draft.add("accents", "light")
        else:
            self.draft.name(Meaning("time", value))

    def _put_hardness(self, value: str, number: int) -> None:
        """How hard the light is; that of a studio gives way to one that is told."""
        if self.tokens[number].among("place"):
            told = (one.value("hardness") for one in self.tokens if not one.among("place"))
            self.values.setdefault("hardness", next(filter(None, told), value))
        self.draft.name(Meaning("hardness", value))

    def _put_accent(self, value: str, number: int) -> None:
        """What the prompt dwells on; a dark background of which no colour is told is nearly black."""
        self.draft.add("accents", value)
        told = takewhile(lambda one: one.among("mood", "style", "lens", "finish"), reversed(self.tokens[:number]))
        if value == "background" and any(one.value("mood") == "dark" for one in told):
            self.values.setdefault("backdrop_colour", DARK)

    def _put_emphasis(self, _: str, number: int) -> None:
        """ "Mood", "look" and the like double what stands before them."""
        before = next((token for token in reversed(self.tokens[:number]) if not token.empty), None)
        if before is None:
            return
        mood = before.value("mood")
        if mood is None and before.colour is not None:
            self.draft.add("accents", "colour")
        elif mood := mood or _mood_of(before):
            self.draft.add("mood", mood)

    def _put_prop(self, value: str, number: int) -> None:
        """A prop, or the box that the product is in; one named again brings what goes with it, or stands there twice.

        What is only shown as such a prop does not bring a second one.
        """
        if self.tokens[number].words[-1] == "box" and stands_after(self.tokens, number, "in", reach=3):
            self.draft.name(Meaning("support", "in box"))
            return
        if self._casts_a_shadow(number):
            self.draft.name(Meaning("hardness", "dappled"))
        if self._casts_a_shadow(number) or self._is_what_it_holds(value, number) or self._asks(number):
            return
        self._name_kind(value)
        earlier, companion = self.values.get("props", ()), props()[value].companion
        vessel = vessel_of(self.tokens[self.served[number]]) if number in self.served else VASE
        if vessel != VASE:
            self.values["served"] = tuple({**dict(self.values.get("served", ())), value: vessel}.items())
        if value not in earlier:
            self.draft.add("props", value)
        elif companion and companion not in earlier:
            self.draft.add("props", companion)
        elif self._told_again(value, number) and earlier.count(value) < 2 and len(earlier) < MOST["props"]:
            self.values["props"] = (*earlier, value)

    def _asks(self, number: int) -> bool:
        """Whether "present" is what is to be done, and no gift: "present it on oak"."""
        here, after = self.tokens[number], self.tokens[number + 1 : number + 2]
        return here.words == ("present",) and any(one.words[0] in SHOWN for one in after)

    def _name_kind(self, prop: str) -> None:
        """Flowers of which a kind is told are of that kind: "mother's day, peonies"."""
        earlier = self.values.get("props", ())
        if prop not in earlier and not {*props()[prop].kind_of}.isdisjoint(earlier):
            self.values["props"] = tuple(one for one in earlier if one not in props()[prop].kind_of)

    def _is_what_it_holds(self, prop: str, number: int) -> bool:
        """Whether prop and content are one: the coffee in "a cup of coffee", a coffee mug, a cup coffee."""
        joined = stands_after(self.tokens, number, "of", reach=1)
        before, here = self.tokens[: number - joined][-1:], self.tokens[number]
        cups = [one for one in before if joined or not {one.words[-1], here.words[-1]}.isdisjoint(CUPS)]
        return any(one.value("props") == prop for one in cups)

    def _told_again(self, prop: str, number: int) -> bool:
        told = [token for token in self.tokens[: number + 1] if token.value("props") == prop and not token.shown_as]
        again = sum(token.words != EASTER for token in told) > 1
        beside = number not in self.served and not props()[prop].framing
        return again and beside and not self.tokens[number - 1].among("props")

    def _put_background(self, value: str, number: int) -> None:
        """What is seen behind; "trees" after a kind of tree are more of that kind, a city street's houses the city."""
        if value in (*HOUSES, "barn") and _is_inside(self.tokens, number):
            self._put_home(number)
            return
        if self.tokens[number].overlooks:
            self.draft.overlooking = True
            return
        if value == CROWD and not SPOKEN_TO.isdisjoint(
            w for one in clause_before(self.tokens, number) for w in one.words
        ):
            return
        beside = [word for one in self.tokens[max(number - 1, 0) : number + 2] for word in one.words]
        if self.tokens[number].words in LIGHTS and LAMPLIT.isdisjoint(beside):
            self.draft.lights.add(value)
            return
        noun = noun_after(self.tokens, number, "place", reach=1)
        if value == CITY and noun is not None and noun.value("place") == STREET:
            return
        kind = self.tokens[number - 1].value("background") if number else None
        self.draft.add("background", kind if value == "trees" and kind in ("pines", "palms", "woods") else value)

    def _put_home(self, number: int) -> None:
        """A room in a house that the product is in; land that is told besides is seen through its window."""
        self.values.setdefault("place", ROOM)
        self.through, self.draft.inside = ROOM, True
        if " ".join(self.tokens[number].words) in vocabulary().timbered:
            self.values.setdefault("wall", "timber")

    def _put_amount(self, value: str, number: int) -> None:
        """How much there is of what is told; of space it is the product that is small."""
        if counted(self.tokens, number, "space") is None:
            self.draft.name(Meaning("amount", value))
        else:
            self.draft.add("accents", "space")

    def _put_number(self, value: str, number: int) -> None:
        noun = counted(self.tokens, number)
        name = noun.value("props") if noun and not noun.shown_as else None
        if name is not None and props()[name].strewn and int(value) == HEAP:
            self.draft.name(Meaning("amount", "many"))
        elif name is not None and name not in dict(self.values.get("counts", ())):
            self.values["counts"] = (*self.values.get("counts", ()), (name, int(value)))

    def _put_mood(self, value: str, number: int) -> None:
        """A mood; what is not to be too dark is not dark, whatever makes it so."""
        if value == "bright" and self.tokens[number].words[-1] in ("dark", "gloomy"):
            self.draft.add("without", "dark")
        self.draft.add("mood", value)

    def _put_gradient(self, value: str, _: int) -> None:
        self.draft.graded = True
        if value == "rainbow":
            self.values["gradient"] = value


def _is_land(token: Token) -> bool:
    """Whether it may be seen outside, and is no room."""
    place = token.value("place")
    return token.among(*LAND) and (place is None or declared()[place].room is None)


def are_one(first: str | None, second: str | None) -> bool:
    """Whether two surfaces, told one after the other, are one: a linen cloth, a fur rug, mosaic tiles."""
    return any({first, second} <= alike for alike in (vocabulary().cloths, RUGS, TILES))


def _is_inside(tokens: Sequence[Token], number: int) -> bool:
    """Whether the product is in a house, and not in what it belongs to: a mountain cabin, no cottage garden."""
    name = " ".join(tokens[number].words)
    named = name in vocabulary().homes | vocabulary().timbered
    before = (one.words for one in reversed(tokens[:number]) if not (bends(one) or one.among("place", "season")))
    after = tokens[number + 1 : number + 2]
    attributive = bool(after) and after[0].among("place")
    within = (*INSIDE, "at") if name in vocabulary().timbered else INSIDE
    inside = not attributive and next(before, ()) in [(word,) for word in within]
    return named and (inside or _furnishes(tokens, number) or any("fireplace" in one.words for one in tokens))


def _furnishes(tokens: Sequence[Token], number: int) -> bool:
    """Whether what stands in a house is named after it: a cabin table."""
    noun = noun_after(tokens, number, "support", reach=1)
    return noun is not None and noun.value("support") in INDOORS


def _mood_of(token: Token) -> str | None:
    """The mood of a style, a set, a season or a light; None of how the camera and its flash are used."""
    if token.among("side", "lens", "framing", "view"):
        return None
    named = next((field for field in ("style", "place", "season", "hardness", "time") if token.among(field)), None)
    if named is None:
        return "muted"
    value = str(token.value(named))
    own = declared()[value].mood if named == "place" else vocabulary().own_mood.get(Meaning(named, value))
    return own or "crisp"

"""A wish while it is read: its values, gathered word by word."""

from __future__ import annotations

from typing import Any

from ecomgen.scenes.studio.declarations.sets import declared
from ecomgen.scenes.studio.declarations.vocabulary import Meaning, vocabulary
from ecomgen.scenes.studio.declarations.wish import BOARDS, BOKEH, DRINKS, LAMPS, STRUNG

Values = dict[str, Any]
MOST = {"mood": 6, "props": 5, "background": 4, "accents": 5, "style": 2, "finish": 3, "furniture": 2, "without": 6}
"""Fields of several values, and how many they hold."""
REPEATED = {"mood": 3, "background": 2}  # how often the same value counts
ONCE = ("cabin", "tent", "sea", "lake", "stars", "aurora", "moon", "tower", "dunes", "city", "cypresses")  # seen once
LAKE, POOL, BEACH, NIGHT = "lake", "pool", "beach", "night"  # sets, as the next
SHELF, WINDOW, SWEEP, SNOW, PODIUM = "shelf", "window", "sweep", "snow", "podium"
PAVED = ("terrace", "city")
HOUSES = ("house", "cabin")  # of what is seen behind
WATER = (LAKE, POOL, "water", "sea")
NEON, MOON = "neon", "moon"  # behind: the first is no land, as lamps are none
LATE, LIT = ("dusk", "evening", "night"), (NIGHT, "festive")  # hours and sets with lamps
FLOATING = MIDAIR, AFLOAT = "midair", "afloat"
BATHROOM, BATH = "bathroom", "#a9d6dc"  # the water's colour
DARK, DARK_CONCRETE = "#2a2725", "#4b4a47"  # of a background
BUILT = frozenset({"place", "support", "wall", "ground", "plate", "background", "furniture"})
GENERAL, PARTICULAR = ("hard", "soft", "paint"), ("long", "spot", "dappled", "candle", "door")
"""Of light, and of walls: the second says more."""


class Draft:
    """The values gathered so far, by field of the wish."""

    def __init__(self) -> None:
        self.values: Values = {}
        self.graded = False  # whether the backdrop turns from one colour to another
        self.overgrown: str | None = None  # what grows on what the product stands on
        self.overlooking = False  # whether there is a view, of land where nothing else is told
        self.inside = False  # whether the product is in a house, whose window shows what is behind
        self.reflecting = False  # whether something mirrors: the water where there is any
        self.lights: set[str] = set()  # of what is behind: what the prompt tells the light of
        self.wading = False  # whether the product is said to stand in water
        self.floating = False  # whether the product floats: on water where there is any, else in the air
        self._named: set[Meaning] = set()

    def add(self, field: str, value: str) -> None:
        """One more value of a field that holds several, in the place of the last where there is no room and the set is
        known by it; the first value of any other."""
        if field not in MOST:
            self.values.setdefault(field, value)
            return
        earlier = self.values.get(field, ())
        allowed = 1 if value in ONCE else REPEATED.get(field, 1)
        if len(earlier) == MOST[field] and self._own().get(field) == value and value not in earlier:
            earlier = earlier[:-1]
        if earlier.count(value) < allowed and len(earlier) < MOST[field]:
            self.values[field] = (*earlier, value)

    def _own(self) -> Values:
        """What the set is known by that is named so far, as a second set adds it to another."""
        place = self.values.get("place")
        return declared()[place].second if place else {}

    def paint(self, name: str, colour: str) -> None:
        """A colour of its own for a prop or a piece of furniture; the first that is told counts."""
        self.values["painted"] = tuple({name: colour, **dict(self.values.get("painted", ()))}.items())

    def name(self, meaning: Meaning) -> None:
        """The value of a field that holds one. Named a second time, in other words, or where another value stands
        already, it brings a mood."""
        earlier = self.values.setdefault(meaning.field, meaning.value)
        if earlier in GENERAL and meaning.value in PARTICULAR:
            self.values[meaning.field] = meaning.value
            self._bring(Meaning(meaning.field, earlier))
        elif earlier != meaning.value or meaning in self._named:
            self._bring(meaning)
        self._named.add(meaning)

    def _bring(self, meaning: Meaning) -> None:
        mood = vocabulary().mood_again.get(meaning)
        if mood is not None:
            self.add("mood", mood)

    def _has_water(self) -> bool:
        named = (self.values.get(field, ()) for field in ("place", "surface", "ground", "background"))
        return any(water in ((one,) if isinstance(one, str) else one) for one in named for water in (*WATER, "milk"))

    def _see_behind(self) -> None:
        """Land where there is a view of nothing else; from a house through its window, or not at all where furniture
        that was told stands before it. A ledge or a shelf before land is at a window; neon alone is a street's, and so
        are two colours of light."""
        if self.overlooking and not {*self.values.get("background", ())} - {"railing"}:
            self.add("background", "hills")
        if NEON in self.values.get("background", ()) and "backdrop_colour" not in self.values:
            self.values.setdefault("place", NIGHT)
        if self.values.get("place") == NIGHT and self.graded and "background" in self.values.get("accents", ()):
            self.values["place"] = SWEEP
        if "second_light" in self.values and self.values.get("place", SWEEP) == SWEEP:
            self.values["place"] = NIGHT
        if self.values.get("place") == SHELF and {*self.values.get("background", ())} - {*LAMPS, NEON}:
            self.values["place"] = WINDOW
        if not self.inside or not self.values.get("background"):
            return
        if self.values.get("furniture", (WINDOW,)) == (WINDOW,):
            self.add("furniture", WINDOW)
        else:
            del self.values["background"]

    def _strew_the_leaves(self) -> None:
        """Leaves that have fallen on a porch or in a street lie about on its boards and stones."""
        paved = self.values.get("place") in PAVED and "leaves" in self.values.get("props", ())
        if paved and self.values.get("surface") == "leaves":
            del self.values["surface"]

    def _see_the_house(self) -> None:
        """The windows of a house that is seen from its garden or from the snow are not what the product stands at."""
        ground = {self.values.get("surface"), self.values.get("ground")} & {*vocabulary().ground}
        if ground and {*HOUSES} & {*self.values.get("background", ())} and self.values.get("place") == WINDOW:
            del self.values["place"]
            self.values["furniture"] = tuple(one for one in self.values.get("furniture", ()) if one != WINDOW)

    def _see_lights(self) -> None:
        """Bokeh is lights by night, by day no more than blur; the moon is seen in its light where there is a sky. On a
        dark background coloured light is seen."""
        if "light_colour" in self.values and self.values.get("backdrop_colour") == DARK:
            del self.values["backdrop_colour"]
        if STRUNG in self.values.get("background", ()) and self.values.get("wall") and self.values.get("place") in LIT:
            self.values["place"] = "lights"  # before the wall that they hang on
        place = self.values.get("place", "")
        if BOKEH in self.lights and (self.values.get("time") in LATE or place in LIT):
            self.add("background", BOKEH)
        if MOON in self.lights and (self.values.get("background") or (place and declared()[place].landscape)):
            self.add("background", MOON)

    def _wet_the_ground(self) -> None:
        """What is wet is the ground that was told: "on a running track, wet ground"."""
        if self.values.get("surface") == "wet" and "ground" in self.values:
            self.values["surface"] = self.values.pop("ground")
            self.add("finish", "wet")

    def _see_reflections(self) -> None:
        """What is reflected in water, on wet ground or in what the product stands on already, is no mirror under it;
        before a background in a colour it is the paper that shines."""
        papered = self.values.get("place", SWEEP) == SWEEP and "backdrop_colour" in self.values
        wet = self._has_water() or ("ground" in self.values and "wet" in self.values.get("finish", ()))
        for field in ("plate", "surface") if wet or papered else ("plate",):
            if self.reflecting and self.values.get(field) == "mirror":
                del self.values[field]
                if papered and "surface" not in self.values:
                    self.values.pop("surface_colour", None)
                    self.add("finish", "polished")
                    self.add("accents", "ground")

    def _float(self) -> None:
        """What floats is on the water where there is any; in a bathroom it is in the tub, before the tiles."""
        support = self.values.get("support")
        if support not in FLOATING or not (self.floating or support == AFLOAT):
            return
        if self.values.get("place") == BATHROOM:
            del self.values["place"]
            self.values.update(support=AFLOAT, surface="water")
            self.values = {"wall": "tiles", "surface_colour": BATH, **self.values}
        elif self._has_water():
            self.values["support"] = AFLOAT

    def _throw_ice(self) -> None:
        """Ice is cubes that fly about a product in the air, or lie by drinks and on a tray; crushed in a studio. No
        cubes lie on a bed of it."""
        cold = next((field for field in ("ground", "surface") if self.values.get(field) == "ice"), None)
        served = self.values.get("support") in BOARDS or not DRINKS.isdisjoint(self.values.get("props", ()))
        lying = served and "place" not in self.values
        if cold is not None and (self.values.get("support") == "midair" or lying):
            del self.values[cold]
            self.add("props", "ice cubes")
        elif cold is not None and "place" not in self.values and "backdrop_colour" in self.values:
            del self.values[cold]
            self.add("props", "ice bed")
        if "ice bed" in self.values.get("props", ()):
            self.values["props"] = tuple(one for one in self.values["props"] if one != "ice cubes")

    def _stand_before_concrete(self) -> None:
        """Concrete of which no more is told is both floor and wall."""
        if self.values.get("surface") != "concrete" or not BUILT.isdisjoint(self.values):
            return
        self.values["wall"] = self.values.pop("surface")
        finish = self.values.get("finish", ())
        shade = self.values.pop("surface_colour", DARK_CONCRETE if "dark" in finish else None)
        if shade is not None:
            self.values.setdefault("backdrop_colour", shade)
            self.values["finish"] = tuple(one for one in finish if one != "dark")

    def _show_barrels(self) -> None:
        """Barrels hide the stone of their cellar's wall."""
        if "barrels" in self.values.get("furniture", ()) and self.values.get("wall") == "stone":
            del self.values["wall"]

    def _hang_cloth(self) -> None:
        """Cloth that is told after what the product stands on is the curtain's, or lies there already; a blanket over
        bedding is what the product lies on."""
        if self.values.get("plate") not in vocabulary().cloths:
            return
        if self.values.get("wall") == "hanging" or self.values.get("place") == "fabric":
            del self.values["plate"]
        elif self.values.get("surface") in vocabulary().cloths:
            self.values["surface"] = self.values.pop("plate")

    def _stand_by_the_water(self) -> None:
        """A pool's water is behind the product, which stands at its edge unless it floats; so is a beach's, where the
        product is not said to stand in it."""
        place = self.values.get("place")
        if self.values.get("support") == AFLOAT or not (place == POOL or (place == BEACH and not self.wading)):
            return
        for field in ("surface", "ground"):
            if self.values.get(field) == "water":
                del self.values[field]
                if place == BEACH:
                    self.add("background", "sea")

    def _pitch_indoors(self) -> None:
        """A tent in a children's room is one to play in, and no forest is around it."""
        behind = self.values.get("background", ())
        if "nursery" in self.values.get("furniture", ()) and "tent" in behind:
            self.values["background"] = tuple(one for one in behind if one != "tent")
            self.values["place"] = "floor"
            self.add("furniture", "play tent")

    def _run_through_the_woods(self) -> None:
        """A stream in a forest is what the product stands in, and the trees are behind."""
        behind = self.values.get("background", ())
        if self.values.get("place") == "forest" and LAKE in behind and "tent" not in behind:
            self.values["place"] = LAKE
            self.values["background"] = (*(one for one in behind if one not in (LAKE, "hedge")), "woods")

    def _colour_the_water(self) -> None:
        """The colour that was told of water is the ground's where the product stands in it, else of what is behind."""
        if colour := self.values.pop("water_colour", None):
            stood_in = "water" in (self.values.get("surface"), self.values.get("ground"))
            self.values.setdefault("surface_colour" if stood_in else "backdrop_colour", colour)

    def _leave_out(self) -> None:
        """What is not wanted is not there, though it was named again: "avoid flowers, I have too many flowers"."""
        for field in ("props", "mood"):
            if left := tuple(one for one in self.values.get(field, ()) if one not in self.values.get("without", ())):
                self.values[field] = left
            else:
                self.values.pop(field, None)

    def finished(self) -> Values:
        """The fields of the wish that were set."""
        if self.graded:
            self.values.setdefault("gradient", "tone")
        self._float()
        self._throw_ice()
        self._wet_the_ground()
        self._see_reflections()
        self._hang_cloth()
        self._stand_before_concrete()
        self._show_barrels()
        self._stand_by_the_water()
        self._pitch_indoors()
        self._run_through_the_woods()
        self._colour_the_water()
        self._strew_the_leaves()
        self._see_the_house()
        self._see_lights()
        self._see_behind()
        self._leave_out()
        if self.overgrown is not None:
            self.values.setdefault("ground", self.overgrown)
        if not self.values.get("props"):
            if "space" not in self.values:
                self.values.pop("amount", None)
            self.values.pop("scale", None)
        return self.values

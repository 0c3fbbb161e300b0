"""What a draft brings along that its words leave open: what casts a shadow, what burns, what is beyond a rail.

Each pass sees one thing, alone or in the set that was found; what the prompt says itself stays.
"""

from __future__ import annotations

from ecomgen.scenes.studio.declarations.sets import declared
from ecomgen.scenes.studio.declarations.vocabulary import Style, vocabulary
from ecomgen.scenes.studio.prompt.draft import LAKE, PODIUM, SHELF, SWEEP, WATER, WINDOW, Values
from ecomgen.scenes.studio.prompt.grammar import TERRACE

CANDLE = "candle"
GIVING_LIGHT = frozenset({CANDLE, "tealights", "lantern", "campfire", "table lamp", "lamp", "fireplace"})
GLAZED = frozenset({WINDOW, "window wall"})
WATERS = ("water", "milk")
SEA = "sea"  # behind
VIEWS = frozenset({SEA, LAKE, "mountains", "hills", "vines", "olives", "trees"})
STOOD_ON = {
    "paint": {"surface": "plaster", "support": "block"},
    "stone": {"surface": "stone", "support": "slab"},
    "door": {},
}
"""What the product stands on instead of before a wall outdoors."""
LACQUER, BLINDS = "acrylic", "blinds"
OUTDOORS = {"fireplace": "campfire", "barrels": "barrel"}  # the props that furniture is under the sky


def shaded(values: Values) -> Values:
    """What is so wherever it stands: a surface that shines, one of two colours, and what casts the shadows."""
    return _with_shadows(_in_two_colours(_lacquered(values)))


def completed(values: Values, place: str) -> Values:
    """What is so in the set that was found."""
    whole = _on_a_laid_table(_styled(values, place), place)
    whole = _at_sea(_by_candlelight(_under_the_sky(whole, place)))
    return _at_evening(_with_a_view(_snow_outside(_on_the_bank(whole, place), place), place), place)


def _with_shadows(values: Values) -> Values:
    """Where dappled light is asked for it is to be known what casts the shadows; a blind lets through hard light."""
    if values.get("cast") == BLINDS:
        return {**values, "hardness": "hard"}
    return {"cast": "leaves", **values} if values.get("hardness") == "dappled" else values


def _lacquered(values: Values) -> Values:
    """A glossy surface of which nothing else is said is paper that shines, in the colour that was told; lacquer, where
    what is behind has another."""
    glossy = "polished" in values.get("finish", ()) and "ground" in values.get("accents", ())
    if not glossy or {"surface", "support", "place", "wall"} & values.keys():
        return values
    colour = values.get("surface_colour", values.get("backdrop_colour"))
    if colour == values.get("backdrop_colour", colour):
        return values | {"place": SWEEP} | ({"backdrop_colour": colour} if colour else {})
    return values | {"surface": LACQUER}


def _in_two_colours(values: Values) -> Values:
    """Of two colours of which no more is told the product stands on the second before the first: gold is brass, any
    other a plinth's."""
    told = {"surface", "support", "place", "wall", "background", "furniture", "ground", "plate", "style", "gradient"}
    if told & values.keys() or "ground" in values.get("accents", ()):
        return values
    if not {"surface_colour", "backdrop_colour"} <= values.keys():
        return values
    if values["surface_colour"] == vocabulary().colours["gold"]:
        return {name: value for name, value in values.items() if name != "surface_colour"} | {"surface": "brass"}
    return values | {"place": PODIUM}


def _at_evening(values: Values, place: str) -> Values:
    """Where evening falls in a room its lamps are lit and its windows are blue; elsewhere the sun is low."""
    if values.get("time") != "evening":
        return values
    return values | {"time": "golden" if declared()[place].room is None else "dusk"}


def _under_the_sky(values: Values, place: str) -> Values:
    """Where the set is outdoors, a fire burns on the ground and not in a room's fireplace; barrels stand about."""
    furniture, props_told = values.get("furniture", ()), values.get("props", ())
    moved = tuple(OUTDOORS[name] for name in furniture if name in OUTDOORS)
    if declared()[place].landscape is None or not moved:
        return values
    left = tuple(name for name in furniture if name not in OUTDOORS)
    return values | {"furniture": left, "props": tuple(dict.fromkeys((*props_told, *moved)))}


def _on_a_laid_table(values: Values, place: str) -> Values:
    """On a terrace cloth lies on a table."""
    laid = place == TERRACE and values.get("surface") in vocabulary().cloths
    return {"support": "table", **values} if laid else values


def _snow_outside(values: Values, place: str) -> Values:
    """Where the set is a room, snow falls outside its window."""
    if values.get("weather") != "snowy" or declared()[place].room is None:
        return values
    furniture = values.get("furniture", ())
    seen = furniture if not GLAZED.isdisjoint(furniture) else (*furniture, WINDOW)
    return values | {"weather": None, "season": "winter", "furniture": seen}


def _by_candlelight(values: Values) -> Values:
    """Where candlelight is asked for a candle is seen, unless something else gives such light."""
    props_told, furniture = values.get("props", ()), values.get("furniture", ())
    if values.get("hardness") != CANDLE or GIVING_LIGHT & {*props_told, *furniture}:
        return values
    return values | {"props": (*props_told, CANDLE)}


def _at_sea(values: Values) -> Values:
    """Beyond a ship's rail is the sea."""
    behind = values.get("background", ())
    return values | {"background": tuple(dict.fromkeys((*behind, SEA)))} if "ship rail" in behind else values


def _on_the_bank(values: Values, place: str) -> Values:
    """Where the product stands on the bank, or mountains rise behind, the water is behind it, and no hedge before."""
    on_land, behind = values.get("surface") in {*vocabulary().ground} - {*WATERS}, values.get("background", ())
    if place != LAKE or SEA in behind or not (on_land or "mountains" in behind):
        return values
    seen = (name for name in behind if name not in (LAKE, "hedge"))
    dry = {"ground": None} if on_land and values.get("ground") in WATERS else {}
    return values | {"background": (*seen, LAKE)} | dry


def _with_a_view(values: Values, place: str) -> Values:
    """Outdoors no wall hides the view that is told: the product stands on it, or on what is painted as it is."""
    stood_on, viewless = STOOD_ON.get(values.get("wall", "")), VIEWS.isdisjoint(values.get("background", ()))
    if stood_on is None or declared()[place].landscape is None or viewless:
        return values
    return {
        **stood_on,
        "surface_colour": values.get("backdrop_colour"),
        **values,
        "wall": None,
        "backdrop_colour": None,
    }


def _styled(values: Values, place: str) -> Values:
    """The values with what the named styles bring along where they are open."""
    whole = dict(values)
    for name in values.get("style", ()):
        style = vocabulary().style[name]
        if style.surface and not (style.surface in vocabulary().cloths and _is_no_place_for_cloth(whole, place, style)):
            whole.setdefault("surface", style.surface)
        if style.backdrop and whole.get("wall") in (None, "paint") and declared()[place].landscape is None:
            whole.setdefault("backdrop_colour", style.backdrop)
        if style.furniture and place == style.place:
            whole.setdefault("furniture", (style.furniture,))
        if style.props and whole.get("dressing") != "none" and place not in WATER:
            whole.setdefault("props", style.props)
    return whole


def _is_no_place_for_cloth(values: Values, place: str, style: Style) -> bool:
    """Whether it is a shelf, or outdoors and not where the style itself spreads it on the ground."""
    spread = place == style.place and "support" not in values
    return place == SHELF or (declared()[place].landscape is not None and not spread)

"""What belongs to what in a prompt: colours, finishes, negations, counts, layers, and where the product is to stand."""

from __future__ import annotations

from typing import Any

import pytest

from ecomgen.scenes.studio.declarations.vocabulary import vocabulary
from ecomgen.scenes.studio.prompt import parse, wish_for
from ecomgen.scenes.studio.prompt.draft import DARK_CONCRETE

COLOURS = vocabulary().colours


@pytest.mark.parametrize(
    ("prompt", "scene"),
    [
        ("a green brick wall", {"wall": "brick", "backdrop_colour": COLOURS["green"]}),
        ("soft beige studio", {"backdrop_colour": "#e6ddcf", "hardness": "soft"}),
        ("soft sage green wall", {"backdrop_colour": "#b6c3b2"}),
        ("oak in blue studio light", {"light_colour": COLOURS["blue"]}),
        ("purple light on oak", {"light_colour": COLOURS["purple"], "surface": "oak"}),
        ("emerald velvet, gold accents", {"surface_colour": COLOURS["emerald"], "props": ["gold accents"]}),
        ("silk sheets, champagne colour", {"surface_colour": COLOURS["champagne"], "surface": "silk"}),
        ("silk sheets champagne colour", {"surface_colour": COLOURS["champagne"]}),
        ("linen, teal", {"surface_colour": COLOURS["teal"]}),
        ("marble, black", {"surface": "marble", "surface_colour": COLOURS["black"]}),
        ("marble, pastel pink wall", {"surface": "marble", "wall": "paint"}),
        ("on oak, white", {"surface": "oak", "backdrop_colour": COLOURS["white"]}),
        ("pastel mint", {"backdrop_colour": "#daebe2"}),
        ("dark chocolate", {"props": ["chocolate"]}),
        ("at a campsite by the fire", {"props": ["campfire"], "place": "forest"}),
        ("on moss by the fire", {"props": ["campfire"], "surface": "moss"}),
        ("by the fire in the living room", {"furniture": ["fireplace", "sofa"], "place": "room"}),
        ("white product background", {"backdrop_colour": COLOURS["white"]}),
        ("flat lay on a white desk", {"place": "flatlay", "surface_colour": COLOURS["white"]}),
        ("in a white bedroom", {"place": "room", "backdrop_colour": COLOURS["white"]}),
        ("gradient from violet to teal", {"backdrop_colour": COLOURS["violet"], "gradient": COLOURS["teal"]}),
        ("dark slate", {"surface": "slate", "finish": ["dark"]}),
        ("dark mood on slate", {"surface": "slate", "mood": ["dark", "dark"]}),
        ("polished oak", {"surface": "oak", "finish": ["polished"]}),
        ("a brass tray on oak", {"surface": "oak", "plate": "brass"}),
        ("a mossy rock in a river", {"surface": "stone", "ground": "moss", "place": "lake"}),
        ("a stone on sand", {"surface": "stone", "ground": "sand"}),
        ("oak table, walnut bowl", {"surface": "oak", "painted": {"bowl": vocabulary().surface["walnut"].tint}}),
        ("on champagne coloured silk", {"surface_colour": COLOURS["champagne"], "surface": "silk"}),
        ("auf champagnerfarbener Seide", {"surface_colour": COLOURS["champagne"], "surface": "silk"}),
        ("on a rough stone block", {"surface": "stone", "support": "block", "finish": ["rough"]}),
        ("a stack of natural stone blocks", {"surface": "stone", "support": "block"}),
        ("on dark concrete", {"wall": "concrete", "backdrop_colour": DARK_CONCRETE}),
        ("red and blue light", {"place": "night", "light_colour": COLOURS["red"], "second_light": COLOURS["blue"]}),
        ("dark studio with neon pink light, glossy floor", {"place": "sweep", "light_colour": COLOURS["neon pink"]}),
        ("pink light on a dark background", {"light_colour": COLOURS["pink"], "accents": ["light", "background"]}),
        ("on a mossy rock by a forest stream", {"place": "lake", "ground": "moss", "background": ["woods"]}),
        ("a terrace, a linen cloth", {"place": "terrace", "surface": "linen", "support": "table"}),
        ("on a table overlooking the sea", {"place": "terrace", "support": "table", "background": ["sea"]}),
        ("gold confetti", {"props": ["confetti"], "painted": {"confetti": COLOURS["gold"]}}),
        ("auf einem Würfel aus Beton", {"surface": "concrete", "support": "block"}),
        ("on linen with blocks", {"props": ["blocks"]}),
        ("on a velvet cushion", {"surface": "velvet", "support": "cushion"}),
        ("on a soft blue velvet cushion", {"surface_colour": COLOURS["blue"], "support": "cushion"}),
        ("surrounded by pink roses", {"props": ["roses"], "amount": "many"}),
        ("three lemons", {"props": ["lemons"], "counts": {"lemons": 3}}),
        ("a stack of old books", {"counts": {"old books": 5}}),
        ("on a stack of old books", {"support": "stack"}),
        ("on three stacked books", {"support": "stack"}),
        ("on a pile of fluffy white towels", {"support": "towels"}),
        ("hanging from a branch in a forest", {"place": "forest", "support": "hung"}),
        ("in a room with pictures hanging on the wall", {"place": "room", "wall": "paint"}),
        ("with sheep in a green meadow", {"place": "field", "background": ["sheep"]}),
        ("christmas eve, under the tree", {"place": "festive", "furniture": ["fir tree"]}),
        ("a picnic under the tree", {"place": "garden", "surface": "gingham", "background": ["trees"]}),
        ("on a picnic table", {"support": "table"}),
        ("white studio with sharp shadows of a palm leaf", {"hardness": "dappled", "cast": "palm"}),
        ("on a terrace with herbs and terracotta", {"props": ["herbs", "pots"]}),
        ("on a snowy cabin balcony with mountains behind", {"background": ["railing", "mountains"]}),
        ("lemon grove with sliced lemons on a stone wall", {"surface": "stone", "support": "slab"}),
        ("brick steps with pumpkins", {"surface": "brick", "support": "steps"}),
        ("concrete block, overcast light", {"surface": "concrete", "support": "block"}),
        ("travertine slab against limewash plaster", {"surface": "travertine", "wall": "plaster"}),
        ("mother's day, peonies", {"props": ["peonies"]}),
        ("front porch by a lake", {"place": "terrace", "wall": None}),
        ("white walls, blue sea, roses", {"prop_colour": None}),
        ("sage green and beige", {"place": "podium", "backdrop_colour": "#8ea686"}),
        ("navy and gold", {"surface": "brass", "backdrop_colour": COLOURS["navy"]}),
        ("a background matching the product", {"place": "sweep", "harmony": "own"}),
        ("with a matching cup", {"harmony": None}),
        ("contrasting background", {"harmony": "contrast"}),
        ("cosy", {"place": "room"}),
        ("brick red podium", {"surface_colour": COLOURS["brick red"], "support": "podium"}),
        ("on a wooden bathtub tray", {"place": "bathroom", "support": "tray"}),
        ("chinese new year with red lanterns", {"props": ["paper lanterns"]}),
        ("in front of a waterfall", {"place": "lake", "background": ["waterfall"]}),
        ("on a Persian rug in a living room", {"place": "room", "surface": "persian"}),
        ("under string lights on a terrace", {"place": "terrace", "background": ["string lights"]}),
        ("on terracotta tiles", {"place": "terrace", "surface": "clay tiles"}),
        ("with hanging lamps above a table", {"support": "table"}),
        ("on a wooden pier at a lake", {"place": "lake", "support": "pier"}),
        ("floating among clouds", {"place": "clouds", "support": "midair"}),
        ("on a market stall", {"place": "street", "support": "table"}),
        ("on a tree stump in a meadow", {"support": "stump", "surface": "grass"}),
        ("on a wooden crate at a farmers market", {"place": "street", "support": "crate"}),
        ("on stacked wooden crates in a warehouse", {"support": "crate"}),
        ("on a rustic stone wall in Tuscany", {"support": "slab", "surface": "stone"}),
        ("palm shadows on a stone wall", {"wall": "stone"}),
        ("on a stack of firewood by a campfire", {"support": "stump", "props": ["campfire"]}),
        ("on mosaic tiles in the bathroom", {"place": "bathroom", "surface": "mosaic"}),
        ("on oak, a crate beside it", {"surface": "oak", "props": ["crate"]}),
        ("on a wine barrel in a vineyard", {"place": "garden", "support": "barrel"}),
        ("on oak, a barrel beside it", {"surface": "oak", "props": ["barrel"]}),
        ("on a hay bale with apples", {"place": "field", "support": "bale"}),
        ("in a cosy mountain cabin by the fireplace", {"wall": "timber", "furniture": ["fireplace"]}),
        ("in a house by the lake", {"place": "room", "furniture": ["window"], "background": ["lake"]}),
        ("in a cabin kitchen", {"place": "kitchen"}),
        ("in a cabin with a view", {"furniture": ["window"], "background": ["hills"]}),
        ("on a terrace with a sea view", {"place": "terrace", "background": ["sea"]}),
        ("in a cottage garden", {"place": "garden"}),
        ("on snow in front of a cabin", {"surface": "snow", "background": ["cabin"]}),
        ("on a desk in front of a mirror", {"place": "desk", "furniture": ["dressing table"]}),
        ("on a mirror", {"surface": "mirror"}),
        ("on a glossy black surface", {"place": "sweep", "surface": None, "backdrop_colour": COLOURS["black"]}),
        ("white background with soft reflection", {"place": "sweep", "surface": None, "finish": ["polished"]}),
        ("black background, reflective surface", {"backdrop_colour": COLOURS["black"], "finish": ["polished"]}),
        (
            "glossy black surface, pink background",
            {"surface": "acrylic", "surface_colour": COLOURS["black"], "backdrop_colour": COLOURS["pink"]},
        ),
        ("shadow play from window blinds", {"hardness": "hard", "cast": "blinds"}),
        ("warm bokeh lights, candles", {"place": "lights", "props": ["candle"]}),
        ("neon lights bokeh", {"place": "night"}),
        ("blue to purple gradient background, neon rim light", {"place": "sweep", "gradient": COLOURS["purple"]}),
        ("diwali with diyas and golden bokeh", {"place": "lights", "background": ["bokeh"]}),
        ("diwali with diyas and marigolds", {"place": "lights", "props": ["lantern", "diyas", "marigolds"]}),
        ("hanukkah table, lit menorah", {"place": "lights", "props": ["menorah"]}),
        ("peppercorns and cardamom on slate", {"props": ["peppercorns", "cardamom"]}),
        ("fairy lights hanging behind", {"place": "lights", "background": ["string lights"], "props": None}),
        ("sunlight through window blinds on a beige wall", {"place": "window", "wall": "paint", "cast": "blinds"}),
        ("olive branch shadow on cream wall", {"props": None, "hardness": "dappled", "wall": "paint"}),
        ("tea box in a green tea field, mountains", {"background": ["tea", "mountains"], "props": None}),
        ("floating shelf in a boho room", {"place": "shelf", "surface": None}),
        ("floral china and roses in an english garden", {"place": "garden", "style": None, "props": ["cup", "roses"]}),
        ("brass lantern and dates on a table", {"surface": None, "props": ["lantern", "dates"]}),
        ("on a glossy marble surface", {"surface": "marble"}),
        ("on oak with two wine glasses", {"props": ["wine glass"], "counts": {"wine glass": 2}}),
        ("with a beer glass", {"place": "window", "props": ["beer"]}),
        ("a glass of orange juice", {"props": ["juice"]}),
        ("an open book on oak", {"surface": "oak", "props": ["open book"]}),
        ("on linen with lavender", {"surface": "linen", "props": ["lavender"]}),
        ("before a lavender wall", {"backdrop_colour": COLOURS["lavender"]}),
        ("on pastel blue steps, minimal", {"place": "podium", "support": "steps"}),
        ("on the steps of a house", {"place": "garden", "support": "steps", "background": ["house"]}),
        ("auf einer Treppe, beiger Hintergrund", {"support": "steps", "backdrop_colour": COLOURS["beige"]}),
        ("in a greenhouse", {"place": "room", "furniture": ["window wall"]}),
        ("before a greenhouse", {"place": "garden", "background": ["greenhouse"]}),
        ("under cherry trees", {"place": "garden", "props": ["cherry branch"], "surface": None}),
        ("for my online shop", {"place": "sweep", "backdrop_colour": "#f6f5f2", "dressing": "none"}),
        ("remove the background", {"place": "sweep", "backdrop_colour": "#f6f5f2", "dressing": "none"}),
        ("remove the grey background and put something warm instead", {"place": "room", "backdrop_colour": None}),
        ("less clutter, more light", {"dressing": "none", "mood": ["bright"]}),
        ("vegetables for vegan people", {"background": None, "props": ["vegetables"]}),
        ("shot by a real photographer", {"background": None}),
        ("pinterest pin", {"background": None}),
        ("the old one was too dark", {"mood": ["bright"]}),
        ("more contrast, less yellow", {"mood": ["dramatic", "cool"]}),
        ("give it more space", {"background": None, "space": "around"}),
        ("dates and presents", {"props": ["dates", "gifts"]}),
        ("light falls from the left", {"background": None}),
        ("fall vibes", {"background": None, "season": "autumn"}),
        ("party", {"place": "lights", "props": ["confetti"]}),
        ("on a knitted blanket", {"place": "fabric", "surface": "knit"}),
        ("blurred background", {"place": "room", "lens": "shallow"}),
        ("a Norwegian fjord", {"place": "lake", "background": ["mountains", "lake"], "props": None}),
        ("in outer space", {"place": "desert", "surface": "lunar", "background": ["stars"]}),
        ("a stormy sea", {"place": "beach", "weather": "rainy", "background": ["sea"]}),
        ("at a tropical juice bar", {"place": "cafe", "style": ["tropical"]}),
        ("in a reading nook on a rainy day", {"place": "room", "weather": "rainy"}),
        ("on velvet with gold rings and pearls", {"surface": "velvet", "props": ["rings", "pearls"]}),
        ("with a cup of tea", {"props": ["cup"]}),
        ("straw hat", {"props": ["straw hat"]}),
        ("coffee beans", {"props": ["coffee beans"]}),
        ("a bottle floating above a pink backdrop", {"place": "sweep", "support": "midair"}),
        ("floating in a swimming pool", {"place": "pool", "support": "afloat"}),
        ("floating in water", {"place": "lake", "support": "afloat"}),
        ("tuscan hills and cypresses at sunset", {"place": "field", "background": ["cypresses"], "time": "golden"}),
        ("autumn vibes and a knitted blanket", {"place": "garden", "surface": "knit", "season": "autumn"}),
        ("floating in an ocean of milk", {"surface": "milk", "support": "afloat", "props": None}),
        ("in a Parisian apartment", {"place": "room", "furniture": ["window"], "background": ["tower"]}),
        ("on a porch with fallen leaves", {"place": "terrace", "surface": None, "props": ["leaves"]}),
        ("in the snow before a cabin, light from the windows", {"place": "snow", "furniture": None}),
        ("at the window of a cabin, snow outside", {"place": "window"}),
        ("spooky candles, not too dark", {"mood": ["bright"], "props": ["candle"]}),
        ("colourful easter egg hunt", {"place": "garden", "props": ["strewn easter eggs"]}),
        ("with the Eiffel Tower in the background", {"background": ["tower"], "lens": "scenic"}),
        ("on a lawn with sunflowers around it", {"surface": "grass", "props": ["sunflowers"], "amount": "many"}),
        ("by large windows, city skyline", {"place": "window", "furniture": ["window wall"]}),
        ("no plants, no people", {"without": ["plant", "crowd"]}),
        ("without flowers or leaves", {"without": ["flowers", "green leaves"]}),
        ("in a cottage kitchen", {"place": "kitchen", "style": ["farmhouse"]}),
        ("in a beach house bathroom", {"place": "bathroom"}),
        ("before a lake house", {"background": ["house"]}),
        ("#c8a2c8 backdrop", {"backdrop_colour": "#c8a2c8"}),
        ("on a ledge above the city", {"place": "window", "background": ["city"]}),
        ("on a shelf with fairy lights", {"place": "shelf"}),
        ("on a train table with a passing landscape", {"place": "window", "background": ["hills"]}),
        ("in a train station", {"place": "sweep", "wall": "tiles"}),
        ("on a supermarket shelf", {"place": "shop"}),
        ("floating in a blue sky with clouds", {"place": "clouds", "support": "midair"}),
        ("on the mantelpiece in a living room", {"place": "mantel"}),
        ("auf dem Kaminsims mit Weihnachtsstrümpfen", {"place": "mantel", "props": ["stockings"]}),
        ("on a wooden table, linen curtain behind", {"surface": "wood", "wall": "hanging"}),
        ("on a stage in a theatre", {"support": "podium", "wall": "theatre"}),
        ("on a wood slice in the forest", {"place": "forest", "plate": "wood slice"}),
        ("on stairs covered with a red carpet", {"place": "podium", "support": "steps", "surface": "rug"}),
        ("among pumpkins", {"props": ["pumpkins"], "amount": "many"}),
        ("among lavender", {"place": "field", "surface": "lavender"}),
        ("inside a wooden crate with straw", {"support": "in crate"}),
        ("in a red gift box", {"support": "in box", "painted": {"gifts": "#c0302c"}}),
        ("dans une cuisine de campagne avec du pain frais", {"place": "kitchen", "mood": ["fresh"]}),
        ("on an old suitcase", {"support": "crate"}),
        ("next to a suitcase", {"props": ["crate"]}),
        ("on a rock, waves crashing behind", {"place": "beach", "support": "slab", "background": ["sea"]}),
        ("floating on the waves", {"place": "lake", "support": "afloat"}),
        ("white roses and red candles", {"painted": {"roses": COLOURS["white"], "candle": COLOURS["red"]}}),
        ("red and white candles", {"painted": {"candle": COLOURS["red"]}, "backdrop_colour": None}),
        ("in a living room with a blue sofa", {"painted": {"sofa": COLOURS["blue"]}, "backdrop_colour": None}),
        ("a white wall with a blue door", {"wall": "door", "painted": {"door": COLOURS["blue"]}}),
        ("black marble with blue smoke", {"light_colour": COLOURS["blue"], "weather": "foggy"}),
        ("a floor lamp and a cosy armchair", {"furniture": ["lamp", "armchair"], "support": None}),
        ("beige background with soft window shadows", {"hardness": "hard", "place": "sweep"}),
        ("on a frozen lake", {"surface": "ice", "place": "snow"}),
        ("by a campfire in the desert", {"place": "desert", "props": ["campfire"], "background": ["dunes"]}),
        ("cracked desert earth", {"surface": "cracked earth", "place": "desert"}),
        ("on the moon", {"surface": "lunar", "place": "desert"}),
        ("splashing water with ice cubes", {"place": "sweep", "surface": "water"}),
        ("ice cubes on a lake", {"place": "lake"}),
    ],
)
def test_words_belong_together(prompt: str, scene: dict[str, Any]) -> None:
    found = parse(prompt).scene
    assert {name: found.get(name) for name in scene} == scene


@pytest.mark.parametrize("prompt", ["on a sofa with cushions", "a white pillow behind it"])
def test_a_cushion_on_which_nothing_lies_is_a_prop(prompt: str) -> None:
    scene = parse(prompt).scene
    assert "cushion" in scene["props"]
    assert scene.get("support") != "cushion"


@pytest.mark.parametrize(
    "prompt", ["in a cottage kitchen", "in a beach house bathroom", "a mountain cabin living room"]
)
def test_a_room_is_seen_from_inside_its_house(prompt: str) -> None:
    assert "background" not in parse(prompt).scene


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("a japanese garden through the window", "window"),
        ("a snowy forest through a cabin window", "window"),
        ("sunlight through the window of a kitchen", "kitchen"),
        ("in a window seat, rain outside", "window"),
        ("an outdoor chair on a rooftop terrace", "terrace"),
        ("outside in the sun", "garden"),
    ],
)
def test_land_is_seen_through_a_window_and_outside_names_no_place_of_its_own(prompt: str, place: str) -> None:
    scene = parse(prompt).scene
    assert scene["place"] == place and scene.get("surface") != "snow"


@pytest.mark.parametrize(
    "prompt",
    [
        "in a cabin with a fireplace, snow outside",
        "in einer Hütte, draußen Schnee",
        "in a living room, a snowy forest outside",
        "in a cozy room, snow falling outside the window",
    ],
)
def test_snow_outside_is_seen_through_the_window_of_a_room(prompt: str) -> None:
    scene = parse(prompt).scene
    assert scene["place"] == "room" and "window" in scene["furniture"]
    assert "surface" not in scene and {"winter", "snowy"} & {scene.get("season"), scene.get("weather")}


@pytest.mark.parametrize(
    ("prompt", "seen"),
    [
        ("by a window wall with garden view", "hedge"),
        ("in the living room overlooking the garden", "hedge"),
        ("im Wohnzimmer mit Blick auf den Garten", "hedge"),
        ("a hotel room with a view over the ocean", "sea"),
        ("chambre avec vue sur la mer", "sea"),
        ("on a bed with a view of palm trees", "palms"),
    ],
)
def test_the_view_from_a_room_is_in_its_window(prompt: str, seen: str) -> None:
    scene = parse(prompt).scene
    assert scene["place"] in ("room", "window") and scene["background"] == [seen]
    assert {"window", "window wall"} & set(scene["furniture"])


def test_bright_wood_is_pale_and_a_light_room_is_bright() -> None:
    assert parse("on bright oak").scene["finish"] == ["pale"]
    assert "finish" not in parse("in a bright kitchen, oak table").scene
    assert parse("in a light kitchen").scene["mood"] == ["bright"]


def test_a_view_outdoors_needs_no_window() -> None:
    scene = parse("on a garden table with a view of the sea").scene
    assert scene["place"] == "garden" and scene["background"] == ["sea"] and "furniture" not in scene


@pytest.mark.parametrize("prompt", ["oak trees behind", "birch trees", "unter Bäumen"])
def test_a_tree_is_no_board_of_its_wood(prompt: str) -> None:
    scene = parse(prompt).scene
    assert scene["background"] == ["trees"] and not {"surface", "plate", "props"} & scene.keys()


@pytest.mark.parametrize(("prompt", "surface"), [("on grass outside", "grass"), ("outside in the snow", "snow")])
def test_a_product_that_is_outside_stands_there(prompt: str, surface: str) -> None:
    scene = parse(prompt).scene
    assert scene["surface"] == surface and "furniture" not in scene


def test_what_is_not_wanted_is_not_set_up() -> None:
    assert "props" not in parse("oak, no flowers").scene
    assert "season" not in parse("oak table, no snow").scene


@pytest.mark.parametrize(
    ("prompt", "left"),
    [("copy space on the left", True), ("room for text right", False), ("product on the right", True)],
)
def test_copy_space_moves_the_product_to_the_other_side(prompt: str, left: bool) -> None:
    across = parse(f"oak table, {prompt}").composition.across
    assert (across > 0.6) == left and (across < 0.4) != left


def test_what_stands_beside_the_product_has_room_on_the_side_that_is_not_for_text() -> None:
    bare, beside = (parse(f"desk{props}, space on the right for text").composition for props in ("", " with a laptop"))
    assert bare.across < beside.across < 0.45


@pytest.mark.parametrize("words", ["room for a headline on the left side", "space for a headline on the left"])
def test_long_phrases_for_room_are_read_as_wholes(words: str) -> None:
    found = parse(f"on oak, {words}")
    assert (found.scene["space"], found.ignored) == ("left", ())


@pytest.mark.parametrize(
    ("words", "space"),
    [
        ("space for my logo at the top", "top"),
        ("room for a price on the right", "right"),
        ("space for whatever comes", "side"),
        ("Freiraum oben für Werbetext", "top"),
    ],
)
def test_room_is_never_outer_space(words: str, space: str) -> None:
    found = parse(f"auf Eiche, {words}" if "oben" in words else f"on oak, {words}")
    assert found.scene["space"] == space and "background" not in found.scene


def test_room_for_text_is_above_or_below() -> None:
    above, below = (parse(f"oak table, {words}").composition for words in ("space for text at the top", "text below"))
    usual = parse("oak table").composition
    assert above.size < usual.size and above.across == usual.across and above.base is None
    assert below.size < usual.size and below.base is not None and below.base < 0.75


@pytest.mark.parametrize(
    ("prompt", "scene"),
    [
        ("on a ceramic plate with tea lights", {"plate": "china", "props": ["tealights"]}),
        ("on a red dessert plate", {"plate": "china", "painted": {"china": COLOURS["red"]}}),
        ("on a park bench", {"support": "bench", "place": "garden"}),
        ("on a slate plate on an oak table", {"plate": "slate", "surface": "oak", "support": "table"}),
        ("a plate and a cup beside it, on oak", {"surface": "oak", "props": ["cutlery", "cup"]}),
        ("on oak, a cup on a saucer", {"surface": "oak", "props": ["cup", "coffee beans"]}),
        ("in a forest on a tree stump", {"place": "forest", "support": "stump"}),
    ],
)
def test_what_is_stood_on_carries_the_product_and_is_no_prop(prompt: str, scene: dict[str, Any]) -> None:
    found = parse(prompt)
    assert not found.ignored
    known = {name: found.scene.get(name) for name in ("plate", "props", "support", *scene)}
    assert known == {"plate": None, "props": None, "support": None, **scene}


def test_an_unknown_word_does_not_part_the_product_from_what_it_stands_on() -> None:
    found = parse("standing on a low plaster block")
    assert (found.scene["support"], found.scene["surface"], found.ignored) == ("block", "plaster", ("low",))
    assert "props" not in found.scene


def test_a_mirror_on_wet_ground_is_that_ground_and_its_colours_are_lights() -> None:
    scene = parse("on wet city pavement at night with neon pink and blue reflections").scene
    assert "surface" not in scene and scene["ground"] == "cobbles"
    assert scene["light_colour"] != scene["second_light"]


def test_what_a_set_is_known_by_stands_there_though_other_furniture_fills_the_room() -> None:
    scene = parse("in an armchair by the fireplace, a bookshelf, and a Christmas tree behind").scene
    assert len(scene["furniture"]) == 2 and "fir tree" in scene["furniture"]


def test_a_walls_colour_is_its_own() -> None:
    assert parse("white bathtub, blue tiles").scene["backdrop_colour"] == COLOURS["blue"]
    assert parse("white walls, blue tiles").scene["backdrop_colour"] == COLOURS["white"]


def test_no_cubes_lie_on_a_bed_of_crushed_ice_which_is_a_heap_beside_what_is_stood_on() -> None:
    assert parse("ice cubes on a bed of crushed ice with lime slices").scene["props"] == ["ice bed", "lime slices"]
    assert parse("on a wooden bar, crushed ice next to it").scene["props"] == ["crushed ice"]


def test_a_bubble_bath_is_water_before_tiles_where_the_product_floats() -> None:
    for prompt in ("floating in a bubble bath", "in a bubble bath"):
        wish = wish_for(prompt)
        assert (wish.support, wish.surface, wish.wall) == ("afloat", "water", "tiles") and "foam" in wish.props
        assert not parse(prompt).ignored
    assert wish_for("next to a bubble bath").place == "bathroom"


@pytest.mark.parametrize(
    ("prompt", "plate", "surface"),
    [
        ("on a marble tray", "marble", None),
        ("on a white marble tray on an oak table", "marble", "oak"),
        ("on an oak tray", None, "oak"),
        ("wooden building blocks on a rug", None, "rug"),
        ("building blocks of wood on a rug", None, "rug"),
    ],
)
def test_what_a_tray_and_a_toy_are_made_of_is_theirs(prompt: str, plate: str | None, surface: str | None) -> None:
    wish = wish_for(prompt)
    assert (wish.plate, wish.surface) == (plate, surface)


@pytest.mark.parametrize("words", ["water ripple shadows", "water caustics", "caustic light"])
def test_light_through_water_wets_nothing(words: str) -> None:
    wish = wish_for(f"on a podium, {words}")
    assert (wish.cast, wish.hardness) == ("water", "dappled") and "water" not in (wish.surface, wish.ground)


def test_another_feast_has_no_fir_tree() -> None:
    assert wish_for("festive table").place == "festive"
    assert wish_for("Lunar New Year table, festive").place == "room"


def test_whom_a_picture_is_for_is_not_shown() -> None:
    assert wish_for("on oak, for a kids toy shop") == wish_for("on oak")
    assert wish_for("on oak, for my online shop") != wish_for("on oak")


def test_a_background_has_the_colour_that_a_number_tells_and_a_towns_is_its_own() -> None:
    assert wish_for("night blue background #1B2A49").backdrop_colour == "#1b2a49"
    wish = wish_for("on a terrace, orange rooftops behind")
    assert (wish.surface_colour, wish.backdrop_colour) == (None, None)


def test_how_the_flash_is_used_is_no_mood() -> None:
    assert wish_for("on oak, flash look").mood == () != wish_for("on oak, winter look").mood


@pytest.mark.parametrize("prompt", ["on a bed with a knitted blanket", "knitted blanket on white bedding"])
def test_a_blanket_over_bedding_is_what_is_stood_on(prompt: str) -> None:
    wish = wish_for(prompt)
    assert (wish.surface, wish.plate) == ("knit", None)


def test_the_sun_that_is_told_at_dusk_is_still_up() -> None:
    assert parse("a terrace at dusk, last sun").scene["time"] == "golden"
    assert parse("a terrace at dusk in the evening").scene["time"] == "dusk"


@pytest.mark.parametrize(("beside", "place"), [("shells", "beach"), ("stones", "desert"), ("a starfish", "beach")])
def test_what_lies_on_sand_tells_a_beach_from_a_desert(beside: str, place: str) -> None:
    assert parse(f"on sand with {beside}").scene["place"] == place


def test_camera_words_size_the_product() -> None:
    close, usual, wide = (parse(f"oak table {word}").composition.size for word in ("close up", "", "wide shot"))
    assert close > usual == 1 > wide
    assert parse("lots of negative space").composition.size < parse("negative space").composition.size < 1
    assert parse("oak, centred").composition.centred


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("on a black glossy surface with red neon light behind", {"place": "night", "light_colour": "#c0302c"}),
        ("in front of a blue neon sign", {"place": "night", "light_colour": "#3f74b5"}),
        ("at a pool with turquoise water", {"surface_colour": None, "backdrop_colour": "#45b7b0"}),
        ("floating on turquoise water", {"surface_colour": "#45b7b0"}),
        ("on snow in front of a wooden cabin", {"surface": "snow", "background": ("cabin",)}),
        ("on a crate before a red brick building", {"surface_colour": None, "plate": None}),
        ("on a workbench with tools hanging on the wall", {"furniture": ("tools",), "wall": None}),
        ("on a desk, leaf shadows on the wall", {"wall": "paint"}),
        ("on a desk with a cup of coffee", {"props": ("cup",)}),
        ("on a desk with a cup, coffee", {"props": ("cup", "coffee beans")}),
        ("on a kitchen island under pendant lights", {"place": "kitchen", "furniture": ("hanging lamps",)}),
        ("on a wooden table with a black background", {"place": "sweep", "support": "table"}),
        ("on a wooden board, dark background", {"place": "sweep", "backdrop_colour": "#2a2725"}),
        ("in a dark forest, misty background", {"backdrop_colour": None}),
        ("a moody scene with a bright background", {"backdrop_colour": None}),
        ("on a wooden table, dark moody background", {"backdrop_colour": "#2a2725"}),
        ("on a kitchen counter, dark background", {"place": "kitchen", "backdrop_colour": "#2a2725"}),
        ("on a windowsill with snow falling outside", {"weather": None, "season": "winter", "furniture": ("window",)}),
        ("on a snowy mountain, falling snow", {"weather": "snowy"}),
        ("in a kitchen with light oak and white tiles", {"surface": "pine", "wall": "tiles", "plate": None}),
        ("in a bathroom on white tiles", {"surface": "tiles", "wall": None}),
        ("on a wooden table in a green meadow", {"surface": "wood", "surface_colour": None}),
        ("in a meadow with wild flowers", {"surface": "flowers", "props": ()}),
        ("on a blanket in a meadow with wild flowers", {"ground": "flowers", "props": ("flowers",)}),
        ("on linen with wildflowers", {"ground": None, "props": ("flowers",)}),
        ("on a glass shelf", {"surface": "glass"}),
        ("on oak with a glass vase", {"surface": "oak", "plate": None, "props": ("vase",)}),
        ("in a shower with green tiles", {"wall": "tiles", "backdrop_colour": "#4f8a54"}),
        ("on oak, shallow depth of field", {"place": "room", "surface": "oak", "ground": None, "lens": "shallow"}),
        ("on oak, soft bokeh", {"place": "room", "background": (), "lens": "shallow"}),
        ("on a rooftop at night, bokeh", {"background": ("city", "bokeh")}),
        ("on black velvet in moonlight", {"place": "fabric", "background": (), "time": "night"}),
        ("at a lake in moonlight", {"background": ("moon",), "time": "night"}),
        ("on oak with a farmhouse style", {"place": "room", "background": ()}),
        ("on a table, steam rising", {"place": "room", "weather": "foggy"}),
        ("on oak, award winning photograph, matte finish", {"place": "room", "style": (), "finish": ("matte",)}),
        ("on oak, white space on the left", {"background": (), "space": "left"}),
        ("on a mountain of coffee beans", {"background": (), "amount": "many"}),
        ("in front of a red brick wall", {"wall": "brick", "backdrop_colour": None}),
        ("on black marble with gold veins", {"surface": "black marble", "finish": ("gilded",)}),
        ("on wet sand", {"place": "beach"}),
        ("on sand", {"place": "desert"}),
        ("on a pink cloud", {"place": "clouds", "surface_colour": "#e9a3b4"}),
        ("in the Amazon", {"place": "jungle"}),
        ("in a New York loft", {"place": "room", "background": ("city",), "furniture": ("window",)}),
        ("in London", {"place": "city"}),
        ("on marble, white and gold", {"surface_colour": None, "backdrop_colour": "#f6f5f2"}),
        ("on oak with roses, lots of empty space", {"amount": None, "space": "around"}),
        ("on oak, sun shining through leaves", {"props": (), "hardness": "dappled"}),
        ("on oak, light coming from behind", {"side": "back"}),
        ("on oak with a candle burning", {"props": ("candle",), "furniture": ()}),
        ("terrace with white walls and the sea", {"wall": None, "surface_colour": "#f6f5f2", "background": ("sea",)}),
        ("olive grove at sunset on an old stone wall", {"wall": None, "support": "slab"}),
        ("on oak with golden lights", {"props": ("fairy lights",), "time": None}),
        ("in a bathroom with brass fixtures", {"surface": None, "furniture": ("washstand",)}),
        ("basketball court, wet floor", {"surface": "court", "ground": None, "finish": ("wet",)}),
        ("on a white marble fireplace", {"place": "mantel", "surface": "marble", "furniture": ()}),
        ("a room with a marble fireplace", {"furniture": ("fireplace",)}),
        ("on a stone ledge, olive trees behind", {"place": "garden", "surface": "stone", "support": "slab"}),
        ("pastel peach studio", {"place": "sweep", "props": (), "backdrop_colour": "#f4e0d3"}),
        ("walnut, bowl", {"surface": "walnut", "painted": ()}),
        ("on linen with a walnut bowl", {"surface": "linen", "painted": (("bowl", "#5f3f28"),)}),
        ("on oak, no other objects", {"surface": "oak", "dressing": "none", "without": ()}),
        ("a small tent in a child's bedroom", {"place": "floor", "furniture": ("nursery", "play tent")}),
        ("sur une cheminée en marbre, miroir doré derrière", {"place": "mantel", "props": ("round mirror",)}),
        ("producto a la derecha", {"space": "left"}),
        ("Produkt links im Bild", {"space": "right"}),
        ("kids bed with pillows", {"surface": "cotton", "furniture": ("nursery",), "props": ("cushion",)}),
        ("in the snow, christmas card look", {"season": "winter", "props": ()}),
        ("can on ice cubes", {"props": ("ice bed",)}),
    ],
)
def test_a_word_belongs_to_what_it_tells_of(prompt: str, told: dict[str, object]) -> None:
    wish = wish_for(prompt)
    assert {name: getattr(wish, name) for name in told} == told


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("make it better, on oak", "on oak"),
        ("of course on marble", "on marble"),
        ("our new product range on marble", "on marble"),
        ("leave the label as it is, on oak", "on oak"),
        ("some kind of shelf", "shelf"),
        ("with our message on oak", "on oak"),
        ("our most popular product on marble", "on marble"),
        ("the sample on marble", "on marble"),
        ("keep the shape of it, on oak", "on oak"),
        ("present it on oak", "on oak"),
        ("preserve the label, on oak", "on oak"),
        ("well exposed, on oak", "on oak"),
        ("that makes people buy, on oak", "on oak"),
        ("our bestseller deserves it, on oak", "on oak"),
    ],
)
def test_everyday_words_bring_nothing_into_the_picture(said: str, meant: str) -> None:
    assert wish_for(said) == wish_for(meant)

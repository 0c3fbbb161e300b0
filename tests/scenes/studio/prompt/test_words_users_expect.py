"""Words that every user expects to matter: naming a thing changes the scene, and so it is understood."""

from __future__ import annotations

import pytest

from ecomgen.scenes.studio import parse
from ecomgen.scenes.studio.declarations.vocabulary import vocabulary
from ecomgen.scenes.studio.prompt import wish_for


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("on a wooden table by a window", "wooden table window"),
        ("on a wooden table by a window, morning light", "wooden table window morning"),
        ("on a walnut table by a window, morning light", "walnut table window morning"),
        ("on marble, in a garden, golden hour", "marble garden golden"),
        ("on a white background", "white"),
        ("a product on the beach", "beach"),
        ("a product on top of a wooden floor", "wooden floor"),
        ("a product in the snow", "snow"),
    ],
)
def test_named_things_are_understood(prompt: str, words: str) -> None:
    assert set(words.split()) <= set(parse(prompt).understood)


@pytest.mark.parametrize("place", ["museum", "gallery", "stage", "subway tunnel", "by the quay", "in a rice field"])
def test_a_place_is_never_taken_for_a_prompt_that_says_nothing(place: str) -> None:
    assert not parse(place).unread


@pytest.mark.parametrize(
    ("prompt", "word", "field", "value"),
    [
        ("midwinter, warm inside", "midwinter", "season", "winter"),
        ("on slate with figs", "figs", "props", "figs"),
        ("beside a dog bed in the living room", "dog", "props", "cushion"),
        ("behind it a cheering crowd at the finish line", "cheering", "background", "crowd"),
        ("beside an espresso machine", "espresso", "props", "espresso machine"),
        ("at a trailhead", "trailhead", "place", "forest"),
        ("on carbon fibre", "carbon", "surface", "steel"),
        ("serum on marble with water drops", "water", "place", "podium"),
        ("sauce on a wooden board with tomatoes", "board", "place", "kitchen"),
        ("soap auf einem Holzbrett", "holzbrett", "support", "board"),
        ("on a knitted blanket", "knitted", "surface", "knit"),
        ("auf einer gestrickten Decke", "gestrickten", "surface", "knit"),
        ("on a striped beach towel in the sand", "striped", "surface", "striped"),
        ("on a striped beach towel in the sand", "towel", "place", "beach"),
        ("at a campsite by a lake", "campsite", "background", "tent"),
        ("auf dem Campingplatz mit Zelt", "zelt", "background", "tent"),
        ("black friday sale", "friday", "style", "black friday"),
        ("in a barbershop", "barbershop", "furniture", "armchair"),
        ("on a bar with glasses", "glasses", "props", "tumbler"),
        ("with book and reading glasses", "glasses", "props", "eyeglasses"),
        ("mit einem Glas Weißwein", "glas", "props", "wine glass"),
        ("on a sailing boat deck", "boat", "background", "sea"),
        ("on a ski lodge table", "lodge", "wall", "timber"),
        ("with smoke and red light", "smoke", "place", "podium"),
        ("in front of a mint green wall", "wall", "wall", "paint"),
        ("on a silver tray", "silver", "support", "tray"),
        ("on a silver tray", "tray", "surface", "steel"),
        ("next to a bowl of cereal", "cereal", "props", "bowl"),
        ("with sun rays through blinds", "blinds", "place", "room"),
        ("on a fur rug by the fire", "rug", "surface", "fur"),
        ("on a pile of coffee beans", "pile", "amount", "many"),
        ("on brown leather", "leather", "surface", "leather"),
        ("on a stone wall in the countryside", "wall", "support", "slab"),
        ("on a bedside table", "bedside", "furniture", "bed"),
        ("on a rooftop bar at night", "bar", "background", "city"),
        ("thanksgiving table", "thanksgiving", "place", "room"),
    ],
)
def test_trades_words_set_what_they_name_or_something_near(prompt: str, word: str, field: str, value: str) -> None:
    found = parse(prompt)
    assert word in {*found.understood, *(near.word for near in found.approximated)}
    shown = getattr(wish_for(prompt), field)
    assert value == shown or value in shown


@pytest.mark.parametrize(
    ("prompt", "same"),
    [
        ("cordless sander on an oak table", "on an oak table"),
        ("leather boots on a wooden crate", "on a wooden crate"),
        ("hero shot of a face serum on marble", "hero shot on marble"),
        ("a stand for my coffee mug, linen", "a stand for, linen"),
        ("kids' sandals standing on sand", "standing on sand"),
        ("a jar of honey on slate", "on slate"),
        ("serum bottle standing in water", "standing in water"),
        ("kombucha bottle on white tiles", "on white tiles"),
        ("show our trainers on asphalt", "show on asphalt"),
        ("wool anorak folded on a rattan chair", "on a rattan chair"),
        ("need a cosy autumn scene for this gizmo, leaves", "need a cosy autumn scene for, leaves"),
        ("tyre on wet asphalt", "on wet asphalt"),
        ("ukulele on an oak table", "on an oak table"),
        ("stainless steel water bottle on slate", "on slate"),
        ("coffee mug on a windowsill, morning light", "on a windowsill, morning light"),
        ("candle on a wooden tray with roses", "on a wooden tray with roses"),
        ("armchair in a bright loft", "in a bright loft"),
        ("gizmo on white marble, for my Etsy shop", "on white marble"),
        ("botella de aceite en una encimera, para mi tienda", "en una encimera"),
    ],
)
def test_words_that_name_the_product_set_nothing_up(prompt: str, same: str) -> None:
    found = parse(prompt)
    assert found.scene == parse(same).scene and not found.ignored
    assert [str(note) for note in found.notes if "was taken for the product" in str(note)]


@pytest.mark.parametrize(
    "prompt",
    [
        *("in my kitchen", "lemons on a table", "hunting season in the fog", "castle in the fog"),
        *("candle in the background", "candles on a tray", "vase next to it", "lamp above a table"),
        *(
            "show the kitchen in the morning",
            "product launch on a stage",
            "a bowl of lemons on a table",
            "pumpkins piled on hay",
            "Black Friday Angebot auf Marmor",
        ),
    ],
)
def test_what_belongs_to_the_scene_is_not_taken_for_the_product(prompt: str) -> None:
    assert not parse(prompt).notes


def test_another_thing_is_not_taken_for_a_product_that_was_named() -> None:
    assert parse("theremin on a table", "mug").ignored == ("theremin",)
    assert parse("steel mug on a table", "mug").ignored == ()


@pytest.mark.parametrize("prompt", ["product photo, ready for Instagram", "the bottle is standing on a table"])
def test_words_that_are_true_of_every_picture_are_not_told_as_ignored(prompt: str) -> None:
    assert not parse(prompt).ignored


@pytest.mark.parametrize(
    ("word", "root"),
    [("limewashed", "limewash"), ("silken", "silk"), ("softly", "soft"), ("snugly", "snug"), ("marbly", "marble")],
)
def test_words_made_of_a_known_one_are_known(word: str, root: str) -> None:
    assert parse(f"{word} on oak").scene == parse(f"{root} on oak").scene


@pytest.mark.parametrize("word", ["apply", "standing", "stepping", "rolled", "painted", "story"])
def test_words_that_only_look_so_are_not(word: str) -> None:
    assert wish_for(word) == wish_for("")


def test_reflections_of_water_are_no_mirror_to_stand_on() -> None:
    assert wish_for("on a pool edge, water reflections") == wish_for("on a pool edge")
    assert wish_for("floating in a pool, clear water").support == "afloat"
    assert wish_for("on a mirror by the pool").surface == "mirror"


def test_a_beach_s_water_is_the_sea_unless_the_product_stands_in_it() -> None:
    behind = wish_for("tropical beach, turquoise water")
    assert behind.surface is None
    assert "sea" in behind.background
    assert behind.backdrop_colour == vocabulary().colours["turquoise"]
    assert wish_for("on a beach in shallow turquoise water").surface == "water"
    assert wish_for("standing in clear water at the beach").surface == "water"


def test_citrus_is_of_several_kinds() -> None:
    assert wish_for("floating among citrus slices").props == ("citrus slices",)
    assert wish_for("lemon slices around it").props == ("lemon slices",)


def test_steam_of_a_cup_is_no_fog() -> None:
    assert wish_for("next to a steaming cup").weather is None and wish_for("steam").weather == "foggy"


def test_what_another_value_leaves_no_room_for_lends_its_mood() -> None:
    assert wish_for("rain, fog").weather == "rainy" and wish_for("rain, fog").mood == ("dreamy",)


@pytest.mark.parametrize("word", ["banker", "bullet", "collagen", "racket"])
def test_a_word_is_not_mended_to_what_is_only_shown_as_something_near(word: str) -> None:
    assert not parse(f"by a {word}").approximated


@pytest.mark.parametrize(
    ("prompt", "word", "place"),
    [
        ("next to a tractor on a wooden table", "tractor", "field"),
        ("beside an anchor, on a navy wall", "anchor", "beach"),
    ],
)
def test_a_thing_brings_no_place_of_its_own_where_the_prompt_names_a_setting(
    prompt: str, word: str, place: str
) -> None:
    assert word in parse(prompt).ignored
    assert wish_for(prompt).place != place


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("on a cafe counter, a milk frother", "frother"),
        ("on rough concrete, a construction site in the background", "construction"),
    ],
)
def test_a_thing_is_shown_as_the_place_it_belongs_to_where_that_is_named_or_lies_behind(prompt: str, word: str) -> None:
    assert word in {near.word for near in parse(prompt).approximated}


@pytest.mark.parametrize(
    ("prompt", "word", "background"),
    [("in a frosty garden, a robin", "robin", "hedge"), ("by a creek, dragonflies", "dragonflies", "hedge")],
)
def test_a_thing_brings_what_is_behind_it_to_a_landscape(prompt: str, word: str, background: str) -> None:
    assert word in {near.word for near in parse(prompt).approximated}
    assert background in wish_for(prompt).background


def test_in_a_room_or_on_a_surface_it_brings_nothing() -> None:
    assert parse("in a kitchen, a robin").ignored == parse("on oak, a robin").ignored == ("robin",)


def test_a_place_shown_by_a_near_one_is_where_a_named_surface_stands() -> None:
    assert wish_for("on a wooden table in the dolomites").place == "mountains"


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("on grass, flowers on the floor", "field"),
        ("flowers on a sandy floor", "desert"),
        ("on a wooden floor", "floor"),
    ],
)
def test_the_floor_is_what_lies_there_where_that_is_told(prompt: str, place: str) -> None:
    assert wish_for(prompt).place == place


@pytest.mark.parametrize(("word", "adjective"), [("brighter", "bright"), ("cosiest", "cosy"), ("rougher", "rough")])
def test_what_compares_an_adjective_is_read_as_it(word: str, adjective: str) -> None:
    assert parse(f"{word}, on oak").scene == parse(f"{adjective}, on oak").scene


@pytest.mark.parametrize("noun", ["painter", "baker", "designer"])
def test_a_noun_that_ends_alike_compares_nothing(noun: str) -> None:
    adjective = noun.removesuffix("er")
    assert noun in parse(f"{noun}, on oak").ignored or parse(f"{adjective}, on oak").ignored != ()


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("on a marble plinth by the sea", "beach"),
        ("on a pedestal in the desert", "desert"),
        ("on a pedestal in a bathroom", "bathroom"),
        ("on a pedestal by a window", "window"),
        ("on a podium in front of a blue sky with clouds", "clouds"),
        ("display stand with forest in the background", "forest"),
        ("on a podium with a living room behind", "room"),
    ],
)
def test_a_podium_stands_where_the_prompt_puts_it(prompt: str, place: str) -> None:
    found = wish_for(prompt)
    assert (found.place, found.support) == (place, "podium")


@pytest.mark.parametrize("prompt", ["on a white podium", "podium with bokeh lights", "round plinth with leaf shadows"])
def test_a_podium_alone_stands_before_a_plain_wall(prompt: str) -> None:
    assert wish_for(prompt).place == "podium"


@pytest.mark.parametrize(
    ("prompt", "place", "background"),
    [
        ("a coastal kitchen", "kitchen", "sea"),
        ("an alpine terrace", "terrace", "mountains"),
        ("coastal", "beach", None),
    ],
)
def test_what_a_place_is_like_is_seen_of_it(prompt: str, place: str, background: str | None) -> None:
    found = wish_for(prompt)
    assert found.place == place
    assert background is None or background in found.background


@pytest.mark.parametrize("prompt", ["beside a chair", "in front of a sofa", "with a leather chair", "near a shelf"])
def test_what_is_near_is_not_stood_on(prompt: str) -> None:
    assert wish_for(prompt).support is None


def test_a_glass_of_something_is_no_pane() -> None:
    found = wish_for("a glass of cold milk on a kitchen table")
    assert (found.surface, found.props) == (None, ("milk",))


@pytest.mark.parametrize("prompt", ["skincare on wet sand with waves", "skincare on a pebble beach"])
def test_skin_care_is_where_it_is_put(prompt: str) -> None:
    assert wish_for(prompt).place == "beach"
    assert parse(prompt).ignored == ()


def test_a_dark_background_is_the_one_that_was_asked_for() -> None:
    found = wish_for("on a black background")
    assert found.place == "sweep"
    assert found.backdrop_colour is not None


def test_the_light_of_a_window_falls_on_a_podium() -> None:
    found = wish_for("on a travertine pedestal, sunlight through a window")
    assert (found.place, found.hardness) == ("podium", "hard")


@pytest.mark.parametrize("prompt", ["on pebbles by a mountain stream", "on grass by a lake"])
def test_who_stands_on_the_bank_sees_the_water(prompt: str) -> None:
    assert "lake" in wish_for(prompt).background


@pytest.mark.parametrize(
    "prompt",
    ["on a round table", "on a round podium", "play of light and shadow", "signature luxury look", "organic look"],
)
def test_how_things_are_brings_nothing_beside_the_product(prompt: str) -> None:
    assert wish_for(prompt).props == ()


@pytest.mark.parametrize(
    ("prompt", "place"),
    [("in a white room", "room"), ("outdoor cafe table in summer", "street"), ("street cafe", "street")],
)
def test_a_room_is_a_room_and_a_pavement_is_outdoors(prompt: str, place: str) -> None:
    assert wish_for(prompt).place == place


def test_what_floats_in_glittering_water_lies_on_no_mirror() -> None:
    found = wish_for("floating in turquoise water with sun reflections")
    assert (found.support, found.surface) == ("afloat", None)


@pytest.mark.parametrize(
    ("prompt", "field", "value"),
    [
        ("on a step in a city street", "background", ()),
        ("on a linen cloth", "props", ()),
        ("on a bathroom vanity with a mirror", "furniture", ("washstand",)),
        ("on a mirror in a bathroom", "surface", "mirror"),
        ("on a boat deck with the sea behind", "background", ("ship rail", "sea")),
        ("on ice, blue background", "place", "sweep"),
        ("on butter yellow paper with a pat of butter", "props", ("butter",)),
        ("sunflowers in a tin bucket in a garden", "served", (("sunflowers", "bucket"),)),
        ("cherry blossom in a black vase, on a bamboo tray", "painted", (("vase", "#17171a"),)),
        ("marble table, chair", "furniture", ("armchair",)),
        ("white marble shelf, green zellige tiles behind", "backdrop_colour", "#4f8a54"),
        ("bathroom shelf, green zellige tiles behind", "wall", "tiles"),
        ("on a rock, snow peaks far away", "ground", None),
        ("spotlight from top right", "side", "right"),
        ("on oak, keep the top third clear for my headline", "space", "top"),
    ],
)
def test_words_that_belong_together_mean_one_thing(prompt: str, field: str, value: object) -> None:
    assert getattr(wish_for(prompt), field) == value
    assert not parse(prompt).ignored


@pytest.mark.parametrize(
    "shade", ["pumpkin orange", "leaf green", "ocean blue", "eggshell white", "tomato red", "fog grey"]
)
def test_a_shade_named_after_a_thing_is_a_colour_and_not_the_thing(shade: str) -> None:
    found = wish_for(f"{shade} background")
    assert found.place == "sweep" and found.backdrop_colour and not (found.props or found.background or found.weather)


@pytest.mark.parametrize(
    "saying", ["think outside the box", "it raises the bar", "the gold standard", "for my Etsy shop"]
)
def test_a_saying_means_none_of_its_words(saying: str) -> None:
    assert wish_for(f"{saying}, on oak") == wish_for("on oak")
    assert not parse(f"{saying}, on oak").approximated


def test_a_word_that_is_a_thing_and_a_colour_paints_what_it_stands_before_and_what_is_in_it() -> None:
    assert wish_for("confetti and mint balloons").props == ("confetti", "balloons")
    assert wish_for("a curved arch in peach").props == ("arch",)
    assert wish_for("pumpkins orange background").props == ("pumpkins",)
    assert wish_for("standing in lavender").surface == "lavender"
    assert wish_for("a board lying in sand").surface == "sand" and "herbs" in wish_for("mint leaves").props

"""The prompt's words: each in exactly one list, and understood only where the scene has what it asks for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecomgen.scenes.studio.declarations.sets import declared
from ecomgen.scenes.studio.declarations.vocabulary import Meaning, vocabulary
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.prompt import parse, product_in, unknown_words, wish_for, words_of
from ecomgen.scenes.studio.prompt.carrying import TILES
from ecomgen.scenes.studio.prompt.draft import HOUSES, WINDOW
from ecomgen.scenes.studio.prompt.grammar import RUGS
from ecomgen.scenes.studio.prompt.meanings import meanings
from ecomgen.scenes.studio.prompt.normalisation import mended, roots, stem, uncompared
from ecomgen.scenes.studio.prompt.serving import GROWN, VASE
from ecomgen.scenes.studio.prompt.subject import subject_of
from ecomgen.scenes.studio.prompt.translation import in_english
from ecomgen.scenes.studio.props.declaration import props
from ecomgen.types import Approximation

PROMPTS = [
    "on a wooden table by a window",
    "a product on the beach",
    "on a sage green sweep, soft light from left",
    "in the garden at golden hour, on dark stone",
    "a product with a tree and autumn leaves in the background",
    "white marble, dramatic light, low angle",
    "red red red beach seaside",
    "auf einem Holztisch am Fenster, über 3 Äpfel",
    "#ff8800 backdrop; minimal_style",
    "by a waterfall in space, lake",
    "alfresco, on a beach",
    "(oak:1.3) table, ((marble)), [moss]",
    "",
]
COLOURS = vocabulary().colours
known_words = sorted({word for phrase in (*meanings(), *COLOURS) for word in phrase.split()})
prompts = st.lists(
    st.sampled_from([*known_words, *sorted(vocabulary().function_words), "zebra", "quickly"]), max_size=12
).map(" ".join)


def without(prompt: str, word: str) -> str:
    """The prompt without a word; the signs between the others stay where they are."""
    return re.sub(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", " ", prompt.lower())


def named_as_product(prompt: str) -> set[str]:
    words = words_of(prompt)
    return {words[place] for place in subject_of(words)}


def asked_and_had(prompt: str) -> set[str]:
    """Words of which some phrase of the vocabulary asks for nothing but what the scene has: outside, on a beach."""
    scene = parse(prompt).scene
    values = {value for held in scene.values() for value in ([held] if isinstance(held, str) else held)}
    values |= {name for name, each in declared().items() if {*each.second.values()} <= values}  # it adds what it can
    for alike in (vocabulary().cloths, RUGS, TILES):  # a linen cloth, a fur rug, mosaic tiles
        values |= alike if scene.get("surface") in alike else set()
    values |= {kind for name in scene.get("props", ()) for kind in props()[name].kind_of}  # roses are flowers
    grown = any(props()[name].family in GROWN for name in scene.get("props", ()))
    values |= {VASE} if grown else set()  # they stand in one
    values |= {"scenic"} if scene.get("lens") == "shallow" else set()  # what is far away, out of focus
    values |= {"midair"} if scene.get("support") == "afloat" else set()
    values |= {WINDOW} if not {*HOUSES}.isdisjoint(scene.get("background", ())) else set()  # seen from outside
    values |= {"city"} if "street" in values else set()
    values |= {"cabin"} if scene.get("wall") == "timber" else set()  # seen from inside
    values |= {"water"} if scene["place"] == "pool" else set()
    phrases = [phrase for phrase, found in meanings().items() if beside(found) <= values]
    phrases += [name for name, shade in COLOURS.items() if shade == scene.get("backdrop_colour")]
    if "background" in scene or declared()[str(scene["place"])].landscape is not None:
        phrases = [*phrases, *vocabulary().outside, *vocabulary().views]
    known = {word for phrase in phrases for word in phrase.split()} | ({"glass"} if "glass of" in prompt else set())
    pieces = in_english(words_of(prompt))
    return {word for piece in pieces if forms_of(piece.english) & known for word in piece.sources}


def beside(found: Iterable[Meaning]) -> set[str]:
    """What a phrase asks for where the product does not stand on it: the cutlery of a plate."""
    props = any(meaning.field == "props" for meaning in found)
    return {meaning.value for meaning in found if not (props and meaning.field in ("plate", "support"))}


def forms_of(word: str) -> set[str]:
    """The word, those that it comes of, and that of which it is a slip: crackling, crackle; greener, green."""
    return {word, stem(word), *roots(word), *uncompared(word), mended(word, meanings()) or word}


def check(prompt: str) -> None:
    found = parse(prompt)
    pieces = in_english(words_of(prompt))
    content = {word for piece in pieces if piece.english not in vocabulary().function_words for word in piece.sources}
    near = tuple(one.word for one in found.approximated)
    told = (*found.understood, *near, *found.ignored)
    passing = {word for piece in pieces if piece.english in vocabulary().of_every_picture for word in piece.sources}
    assert len(set(told)) == len(told) and set(told) <= content
    numbers = {word for word in content if word.isdigit()}
    assert content - {*told} <= passing | named_as_product(prompt) | numbers
    had = asked_and_had(prompt)
    unknown = {source for piece in pieces if piece.english in unknown_words(prompt) for source in piece.sources}
    for word in (*found.understood, *near):
        assert word in had or parse(without(prompt, word)).scene != found.scene
    for word in {*found.ignored} - unknown:  # one may keep its colour from the scene
        assert parse(without(prompt, word)).scene == found.scene


@pytest.mark.parametrize("prompt", PROMPTS)
def test_a_word_is_understood_exactly_if_the_scene_has_what_it_asks_for(prompt: str) -> None:
    check(prompt)


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("oak, beside a fountain pen", "fountain pen"),
        ("palm leaf shadow on beige", "palm leaf shadow"),
        ("in shallow rippling water", "shallow rippling water"),
        ("garden steps in a garden, mossy", "garden steps"),
        ("in a kids room", "kids room"),
        ("white background for amazon", "white background amazon"),
        ("in the snow before a cabin, warm light from the windows", "cabin warm light windows"),
        ("floating in a bubble bath", "floating bubble bath"),
    ],
)
def test_words_that_ask_for_what_the_scene_has_are_understood(prompt: str, words: str) -> None:
    assert set(words.split()) <= set(parse(prompt).understood)


@pytest.mark.parametrize(
    ("prompt", "word"),
    [("huge lemons by a big lamp", "big"), ("on a podium, dashing steel, in a kitchen", "dashing")],
)
def test_words_that_the_scene_does_not_follow_are_ignored(prompt: str, word: str) -> None:
    assert word in parse(prompt).ignored


def test_what_the_studio_has_not_is_said_to_be_shown_as_something_near() -> None:
    found = parse("on oak by a waterfall, xyzzy")
    assert found.approximated == (Approximation(word="waterfall", shown_as="lake"),)
    assert (found.understood, found.ignored) == (("oak",), ("xyzzy",))
    assert found.scene == {**parse("on oak by a lake").scene, "background": ["waterfall"]}
    assert [one.shown_as for one in parse("space").approximated] == ["night sky"]


@pytest.mark.parametrize("phrase", [*vocabulary().approximated])
def test_what_is_shown_instead_is_known_itself(phrase: str) -> None:
    found = parse(phrase)
    assert found.understood and not found.approximated and not found.ignored


@pytest.mark.parametrize(
    "weighted", ["(oak:1.3) by a window", "((oak)) by a [window]", "(oak : .8), <window:1>", "[oak:0.5] by a (window)"]
)
def test_weights_are_read(weighted: str) -> None:
    found = parse(weighted)
    assert (found.understood, found.ignored, found.scene) == (("oak", "window"), (), parse("oak by a window").scene)


@settings(max_examples=150)
@given(prompts)
def test_it_holds_for_any_words(prompt: str) -> None:
    check(prompt)


@pytest.mark.parametrize(
    ("prompt", "scene"),
    [
        ("on a wooden table by a window", {"place": "window", "surface": "wood"}),
        ("on a beach at sunset", {"place": "beach", "time": "golden"}),
        ("sage sweep backdrop", {"place": "sweep", "backdrop_colour": COLOURS["sage"]}),
    ],
)
def test_words_lead_to_scenes(prompt: str, scene: dict[str, str]) -> None:
    assert scene.items() <= dict(parse(prompt).scene).items()


def test_the_products_own_name_describes_no_scene() -> None:
    assert "place" in parse("sand beach").scene
    assert parse("a golden beach hat in the garden", "golden beach hat").scene["place"] == "garden"


@pytest.mark.parametrize(
    ("prompt", "product", "props"),
    [
        ("coffee beans around the mug on dark slate", "mug", ["coffee beans"]),
        ("a splash of oil around the bottle", "olive oil bottle", ["oil splash"]),
        ("on a table with a vase", "vase", ["vase"]),
        ("on a table with a mug of tea", "mug", ["cup"]),
        ("winter scene: mug on a knit blanket, candles", "mug", ["candle"]),
        ("I sell soy candles and need a picture on a tray with eucalyptus", "candle", ["eucalyptus"]),
        ("I sell soy candles and need a picture on a tray with eucalyptus", "", ["eucalyptus"]),
        ("Kerze auf einem Tisch, daneben Tannenzapfen", "candle", ["pine cones"]),
        ("Gesichtscreme auf Terrazzo mit Zitronen", "cream jar", ["lemons"]),
        ("botella de aceite en una mesa con limones, espacio para poner el precio", "", ["lemons"]),
        ("Flacon de parfum sur une table avec des citrons", "perfume", ["lemons"]),
        ("Je voudrais ma tasse à côté de citrons", "mug", ["lemons"]),
    ],
)
def test_what_is_spoken_of_as_the_product_is_not_set_up_beside_it(prompt: str, product: str, props: list[str]) -> None:
    found = parse(prompt, product)
    assert found.scene["props"] == props
    assert not found.ignored


def test_the_colour_of_an_unknown_thing_is_not_the_backdrops() -> None:
    assert "backdrop_colour" not in parse("a red gizmo by a window").scene
    assert parse("a red wall by a window").scene["backdrop_colour"] == COLOURS["red"]
    assert parse("by a window in sage green").scene["backdrop_colour"] not in (COLOURS["sage"], COLOURS["green"])


def test_words_are_split_as_unicode_has_it() -> None:
    assert words_of("Crème-brûlée_für 2!") == ["crème", "brûlée", "für", "2"]


def test_a_very_long_prompt_is_read_quickly() -> None:
    assert "window" in parse("window " + "lorem ipsum " * 5000).understood


def test_reading_a_prompt_loads_no_renderer() -> None:
    code = (
        "import sys, ecomgen.scenes.studio as studio; studio.parse('beach'); print({'mitsuba', 'cv2'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_an_unknown_thing_is_ignored_with_its_colour() -> None:
    told = parse("on oak with a purple flumph")
    assert told.understood == ("oak",)
    assert told.ignored == ("purple", "flumph")


def test_a_comma_keeps_a_colour_from_the_light_after_it() -> None:
    assert wish_for("on blush pink, soft light").light_colour is None
    assert wish_for("on marble, pink light").light_colour is not None


@pytest.mark.parametrize("prompt", ["on pure white", "pure white", "on pure white, soft shadow"])
def test_pure_white_is_nothing_but_white(prompt: str) -> None:
    assert wish_for(prompt).pure_white


@pytest.mark.parametrize("prompt", ["white", "on pure white marble", "on pure white with roses", "pure white at night"])
def test_other_whites_are_sets(prompt: str) -> None:
    assert not wish_for(prompt).pure_white


@pytest.mark.parametrize("surface", ["white marble", "granite", "concrete", "oak"])
def test_a_table_of_any_stuff_stands_in_a_room_and_a_podium_on_paper(surface: str) -> None:
    assert parse(f"on a {surface} table").scene["place"] == "room"
    assert parse(f"on a {surface} podium").scene["place"] == "podium"


@pytest.mark.parametrize("prompt", ["three lemons on a wet oak table by a window, golden hour", "no plants, neon", ""])
def test_a_scene_that_was_stored_is_the_wish_it_was(prompt: str) -> None:
    assert Wish.of(json.loads(json.dumps(parse(prompt).scene))) == wish_for(prompt)


@pytest.mark.parametrize(
    ("prompt", "product"),
    [
        ("cold brew coffee bottle, dark walnut", "cold brew coffee bottle"),
        ("jewellery gift box on satin", "jewellery gift box"),
        ("gift box, ribbon, pine", ""),
    ],
)
def test_a_package_that_makes_up_the_first_clause_is_the_product(prompt: str, product: str) -> None:
    assert product_in(prompt) == product

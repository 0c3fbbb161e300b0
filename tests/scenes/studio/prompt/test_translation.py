"""Prompts in other languages: what is asked in them is what is shown for the same in English."""

from __future__ import annotations

import unicodedata

import pytest

from ecomgen.scenes.studio.prompt import completions, parse, unknown_words, wish_for, words_of
from ecomgen.scenes.studio.prompt.translation import Language, _languages, in_english

GERMAN = """
on an oak table at the window, morning light = auf einem Eichentisch am Fenster, Morgenlicht
on a kitchen table = auf einem Küchentisch
on a wooden table = auf einem Holztisch
on a marble slab = auf einer Marmorplatte
on a marble podium = auf einem Marmorpodest
on a sandy beach at sunset = am Sandstrand bei Sonnenuntergang
on the beach, golden hour = am Strand, goldene Stunde
in the snow with pine branches = im Schnee mit Kiefernzweigen
in the autumn forest on moss = im Herbstwald auf Moos
on moss in the forest = auf einem Moosbett im Wald
in a flower bed = im Blumenbeet
on a park bench, leaves on the ground = auf einer Parkbank, Laub auf dem Erdboden
in a summer garden on a stone = in einem Sommergarten auf einem Stein
by a waterfall = am Wasserfall
in space = im Weltraum
in the kitchen with lemons = in der Küche mit Zitronen
in the bathroom with towels = im Badezimmer mit Handtüchern
on a desk with a notebook = auf einem Schreibtisch mit Notizbuch
on a white background = auf weißem Hintergrund
on a black background, dramatic light = auf schwarzem Hintergrund, dramatisches Licht
pink background with soft shadows = rosa Hintergrund mit weichen Schatten
dark blue background = dunkelblauer Hintergrund
on concrete, hard light = auf Beton, hartes Licht
on linen with lavender = auf Leinen mit Lavendel
on green velvet = auf grünem Samt
on silk = auf Seide
a christmas table with candles = ein Weihnachtstisch mit Kerzen
under the christmas tree with gifts = unter dem Weihnachtsbaum mit Geschenken
in a lavender field = in einem Lavendelfeld
in a wheat field at sunset = im Weizenfeld bei Sonnenuntergang
in the mountains, fog = in den Bergen, Nebel
at the lake, fog = am See, Nebel
on a pier at the lake = auf einem Steg am See
in a vineyard = im Weinberg
on a terrace in the evening = auf einer Terrasse am Abend
on the balcony with flowers = auf dem Balkon mit Blumen
in the city at night = in der Stadt bei Nacht
on wet asphalt, rain = auf nassem Asphalt, Regen
on cobblestone in the street = auf Kopfsteinpflaster in der Straße
in the living room with sofa = im Wohnzimmer mit Sofa
in the bedroom, soft light = im Schlafzimmer, sanftes Licht
on a shelf with books = auf einem Regal mit Büchern
by the fireplace = am Kamin
on a walnut table with a cup of coffee = auf einem Nussbaumtisch mit einer Tasse Kaffee
on slate with salt and herbs = auf Schiefer mit Salz und Kräutern
with roses and candles, romantic = mit Rosen und Kerzen, romantisch
with three apples = mit drei Äpfeln
without shadow = ohne Schatten
without plants = ohne Pflanzen
in the jungle with palms = im Dschungel mit Palmen
in the desert, sunny = in der Wüste, sonnig
at the pool in summer = am Pool im Sommer
cosy winter mood = gemütliche Winterstimmung
warm autumn mood = warme Herbststimmung
modern, minimalist = modern, minimalistisch
rustic wooden board = rustikales Holzbrett
with golden confetti and balloons = mit goldenem Konfetti und Luftballons
in the morning sun = in der Morgensonne
moonlight at the sea = Mondlicht am Meer
spring meadow with daisies = Frühlingswiese mit Gänseblümchen
cherry blossom, spring = Kirschblüte, Frühling
on a stone in the river = auf einem Stein im Fluss
between shells in the sand = zwischen Muscheln im Sand
with eucalyptus in a vase = mit Eukalyptus in einer Vase
on brick, industrial = auf Ziegel, industriell
before a brick wall = vor einer Backsteinmauer
from above on marble = von oben auf Marmor
light from the left, marble = Licht von links, Marmor
on a workbench with tools = auf einer Werkbank mit Werkzeug
on reclaimed wood with coffee beans = auf Altholz mit Kaffeebohnen
in the cosy hut = in der gemütlichen Hütte
packshot on white, bokeh = Packshot auf weiß, Bokeh
large green leaves = große grüne Blätter
""".strip().splitlines()

FRENCH = """
on a walnut table by a window, morning light = sur une table en noyer près d'une fenêtre, lumière du matin
on a white marble slab = sur une plaque de marbre blanc
on a sandy beach at sunset = sur une plage de sable au coucher du soleil
in the snow with pine branches = dans la neige avec des branches de sapin
under the christmas tree with gifts = sous le sapin de Noël avec des cadeaux
pink background with soft shadows = fond rose avec des ombres douces
dark blue background = fond bleu foncé
in the kitchen with yellow lemons = dans la cuisine avec des citrons jaunes
with red rose petals = avec des pétales de roses rouges
with coffee beans and a cup of coffee = avec des grains de café et une tasse de café
in a lavender field = dans un champ de lavande
on the terrace in the evening = sur la terrasse le soir
on old wooden boards = sur de vieilles planches en bois
large green leaves = de grandes feuilles vertes
golden hour at the sea = heure dorée à la mer
rustic wooden table with dried flowers = table rustique en bois avec des fleurs séchées
from above on linen = vu de dessus sur du lin
warm light from the left = lumière chaude de gauche
modern, minimalist = moderne, épuré
wet cobblestone, rain, night = pavés mouillés, pluie, nuit
brick wall, industrial = mur de briques, industriel
in an autumn forest on moss = dans une forêt d'automne sur un lit de mousse
""".strip().splitlines()

SPANISH = """
on a walnut table by a window, morning light = sobre una mesa de nogal junto a una ventana, luz de la mañana
on a white marble slab = sobre una losa de mármol blanco
on a sandy beach at sunset = en una playa de arena al atardecer
in the snow with pine branches = en la nieve con ramas de pino
under the christmas tree with gifts = bajo el árbol de Navidad con regalos
pink background with soft shadows = fondo rosa con sombras suaves
dark blue background = fondo azul oscuro
in the kitchen with yellow lemons = en la cocina con limones amarillos
with red rose petals = con pétalos de rosa rojos
with coffee beans and a cup of coffee = con granos de café y una taza de café
in a lavender field = en un campo de lavanda
on old wooden boards = sobre viejas tablas de madera
large green leaves = grandes hojas verdes
golden hour at the sea = hora dorada en el mar
rustic wooden table with dried flowers = mesa rústica de madera con flores secas
from above on linen = desde arriba sobre lino
warm light from the left = luz cálida desde la izquierda
modern, minimalist = moderno, minimalista
wet cobblestone, rain, night = adoquines mojados, lluvia, noche
brick wall, industrial = pared de ladrillo, industrial
in an autumn forest on moss = en un bosque de otoño sobre musgo
""".strip().splitlines()


@pytest.mark.parametrize("pair", GERMAN)
def test_a_german_prompt_asks_for_what_the_english_one_does(pair: str) -> None:
    english, german = pair.split(" = ")
    assert wish_for(german) == wish_for(english)
    assert wish_for(german.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").upper()) == wish_for(english)
    assert not parse(german).ignored or parse(english).ignored


@pytest.mark.parametrize("pair", [*FRENCH, *SPANISH])
def test_a_french_or_spanish_prompt_asks_for_what_the_english_one_does(pair: str) -> None:
    english, foreign = pair.split(" = ")
    assert wish_for(foreign) == wish_for(english)
    bare = "".join(each for each in unicodedata.normalize("NFKD", foreign) if not unicodedata.combining(each))
    assert wish_for(bare.upper()) == wish_for(english)
    assert not parse(foreign).ignored or parse(english).ignored


def test_words_that_only_join_are_neither_understood_nor_ignored() -> None:
    found = parse("sur une table en noyer près d'une fenêtre, xyzzy")
    assert found.understood == ("table", "noyer", "fenêtre") and found.ignored == ("xyzzy",)


def test_adjectives_and_what_a_thing_is_of_come_before_it() -> None:
    def said(prompt: str) -> str:
        return " ".join(word.english for word in in_english(prompt.split()))

    assert said("une plaque de marbre blanc") == "a white marble slab"
    assert said("de grandes feuilles vertes") == "some large green leaf"
    assert said("ambiance spa et une tasse de café") == "spa mood and a cup of coffee"
    assert said("luz fría de invierno") == "cold winter light"


def test_german_words_are_told_as_they_were_typed() -> None:
    found = parse("auf einem Eichentisch am Wasserfall, xyzzy")
    assert found.understood == ("eichentisch",) and found.ignored == ("xyzzy",)
    assert [(one.word, one.shown_as) for one in found.approximated] == [("wasserfall", "lake")]


@pytest.mark.parametrize("language", _languages())
def test_what_its_words_stand_for_is_known(language: Language) -> None:
    assert [english for english in (*language.words, *language.adjectives) if unknown_words(english)] == []


@pytest.mark.parametrize(
    "prompt",
    ["a gift on bad rock, price tag", "the art of an oak table, kind of rot", "on oak", "noon sun"],
)
def test_english_stays_english(prompt: str) -> None:
    assert all((word.english,) == word.sources for word in in_english(prompt.replace(",", "").split()))


@pytest.mark.parametrize(
    ("prompt", "tag", "first"),
    [
        ("marm", "de", "marmor"),
        ("auf einem Eichentisch im fruh", "en", "frühling"),
        ("auf wei", "en", "weiß"),
        ("dans une for", "en", "forêt"),
        ("salle d", "fr", "salle d'eau"),
        ("sobre mármol con luz cal", "en", "cálido"),
        ("on marb", "de", "marble"),
        ("on a wooden table, wint", "de", "winter"),
        ("on mar", "es", "marble"),
        ("marb", "en", "marble"),
    ],
)
def test_a_word_goes_on_in_the_prompts_language_or_the_pages(prompt: str, tag: str, first: str) -> None:
    *before, begun = prompt.split()
    if first.count(" "):
        before, begun = [], prompt
    clauses = [words_of(clause) for clause in " ".join(before).split(",")]
    assert first in completions(begun, clauses, tag)[:3]


def test_what_is_offered_is_usual_and_fits_the_preposition() -> None:
    def offered(prompt: str, tag: str = "en") -> list[str]:
        *before, begun = prompt.split()
        return completions(begun, [words_of(" ".join(before))], tag)

    assert offered("on a wooden ta")[0] == "table" and "tabasco" not in offered("on a wooden ta")
    assert offered("in a kitc")[0] == "kitchen" and not {"kick", "kind", "kiss"} & set(offered("in a ki"))
    assert "plant" in offered("with pl")[:3] and "ply" not in offered("with pl")
    assert "plant" not in offered("on a pl") and "weiß" in offered("auf wei", "de")


@pytest.mark.parametrize("language", _languages(), ids=lambda one: one.tag)
def test_what_is_offered_is_understood(language: Language) -> None:
    unread = [word for word in language.offered.values() if not language.english(" ".join(words_of(word)))]
    assert unread == [] and "|" not in "".join(language.offered.values())
    assert all(unicodedata.is_normalized("NFC", word) for word in language.offered.values())


GERMAN_LANGUAGE = next(language for language in _languages() if language.tag == "de")
LONG_NOUNS = sorted(word for word in GERMAN_LANGUAGE.english_words if word.isalpha() and len(word) > 6)


@pytest.mark.parametrize("number", range(40))
def test_any_two_german_nouns_make_a_compound_that_ends_in_what_the_last_one_is(number: int) -> None:
    first, last = LONG_NOUNS[number * 7 % len(LONG_NOUNS)], LONG_NOUNS[(number * 31 + 5) % len(LONG_NOUNS)]
    english = GERMAN_LANGUAGE.english(first + last)
    assert english is not None
    assert english.split()[-1] == str(GERMAN_LANGUAGE.english(last)).split()[-1]


@pytest.mark.parametrize(
    ("word", "same"),
    [
        ("Weihnachtsbaumkerzen", "christmas tree candle"),
        ("Eichenschreibtisch", "oak desk"),
        ("Tischchen", "table"),
        ("Fläschchen", "bottle"),
        ("knallgelber", "bright yellow"),
        ("cremeweißem", "cream white"),
        ("mehlbestäubten", "flour covered"),
    ],
)
def test_german_words_are_taken_apart(word: str, same: str) -> None:
    assert " ".join(one.english for one in in_english(["auf", "dem", word.lower(), "mit"])[2:-1]) == same


@pytest.mark.parametrize(("word", "same"), [("elektrisches", "electric"), ("massiven", "massive")])
def test_words_that_english_writes_alike_are_read_as_those(word: str, same: str) -> None:
    assert GERMAN_LANGUAGE.english(word) in (None, same) and same in (GERMAN_LANGUAGE.nearest(word), same)
    assert parse(f"auf dem Tisch, {word}").scene == parse(f"on the table, {same}").scene


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("weißer Hintergund", "weißer Hintergrund"),
        ("auf dem Tisch mit Konfeti", "auf dem Tisch mit Konfetti"),
        ("sur la plage avec des coquilages", "sur la plage avec des coquillages"),
        ("en un escritrio de roble", "en un escritorio de roble"),
    ],
)
def test_a_slip_of_the_pen_is_mended_there_too(slip: str, meant: str) -> None:
    assert wish_for(slip) == wish_for(meant)


COMMON = {
    "auf dem Tisch, {} mit Licht": "wegen seine sagen liegen Stück Art Beispiel erreichen automatisch schlecht beliebt",
    "sur la table, {} avec la lumière": "car pendant ensuite êtes côté raison prête nouveau patient parce garder",
    "sobre la mesa, {} con la luz": "solo sea hay vale porque especial busque historia mala tan punto",
}


@pytest.mark.parametrize(("carrier", "word"), [(one, word) for one in COMMON for word in COMMON[one].split()])
def test_a_common_word_brings_nothing(carrier: str, word: str) -> None:
    told, bare = wish_for(carrier.format(word)), wish_for(carrier.format(""))
    assert (told.place, told.surface, told.props) == (bare.place, bare.surface, bare.props)
    assert (told.background, told.furniture, told.style) == (bare.background, bare.furniture, bare.style)


def test_a_compound_with_an_unknown_part_is_told_to_be_shown_as_its_last_part() -> None:
    found = parse("auf einem Zwirbeltisch am Fenster")
    assert [(one.word, one.shown_as) for one in found.approximated] == [("zwirbeltisch", "table")]
    for word in ("verband", "fataler"):
        assert parse(f"auf dem Tisch, {word}").ignored == (word,)


@pytest.mark.parametrize(
    ("prompt", "same"),
    [
        ("Gesichtsserum auf nassem Schiefer", "auf nassem Schiefer"),
        ("kabellose Ohrhörer auf einem Tisch", "auf einem Tisch"),
        ("ein Glas Quittengelee auf Leinen", "auf Leinen"),
    ],
)
def test_german_words_that_name_the_product_set_nothing_up(prompt: str, same: str) -> None:
    assert parse(prompt).scene == parse(same).scene and not parse(prompt).ignored


@pytest.mark.parametrize(
    "prompt",
    ["blaue Stunde am Hafen", "Zwirbelgeburtstag mit Konfetti", "rote Felsschlucht unter Wolken", "leicht mit Rosen"],
)
def test_german_words_that_tell_of_the_scene_name_no_product(prompt: str) -> None:
    assert not parse(prompt).notes

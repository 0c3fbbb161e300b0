"""Reads a prompt: phrases are found by the vocabulary, longest first, and each changes a field of the wish.

Where the prompt names no set, the one is built that suits what it does name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from ecomgen.messages import Message
from ecomgen.scenes.studio.declarations.sets import ANY, declared
from ecomgen.scenes.studio.declarations.vocabulary import Meaning, Style, vocabulary
from ecomgen.scenes.studio.declarations.wish import ALOFT, BOARDS, PLINTHS, Wish
from ecomgen.scenes.studio.prompt.carrying import CLOUDS, carried
from ecomgen.scenes.studio.prompt.colour_grammar import is_plain
from ecomgen.scenes.studio.prompt.draft import AFLOAT, HOUSES, LAKE, POOL, SHELF, SNOW, SWEEP, WATER, WINDOW, Values
from ecomgen.scenes.studio.prompt.grammar import CITY, DRESSING_TABLE, STREET, TERRACE, WASHSTAND, are_one, values_of
from ecomgen.scenes.studio.prompt.meanings import meanings
from ecomgen.scenes.studio.prompt.normalisation import stem
from ecomgen.scenes.studio.prompt.serving import GROWN, VASE
from ecomgen.scenes.studio.prompt.subject import KNOWN, purpose_of, subject_of
from ecomgen.scenes.studio.prompt.tokens import STOP, Token, tokens_of
from ecomgen.scenes.studio.prompt.translation import each_in_english, in_english, joining
from ecomgen.scenes.studio.props.declaration import props
from ecomgen.types import Approximation, Composition, Understanding

WEIGHT = re.compile(r"(?<=[^\W\d])\s*:\s*\d*\.?\d+\s*(?=[)\]>])")  # "(oak:1.3)": what stands in brackets is read
MOST_WORDS = 400  # that are read; a longer prompt is not a scene any more
NOTHING: Mapping[str, str] = {}
UNTOLD = ((), ("product",))  # names of a product that say nothing of it
ACROSS = {"left": 0.69, "right": 0.31, "side": 0.62}
OFF_CENTRE = 0.37
SIZES = {"close": 1.32, "wide": 0.72}
ROOMY = {"left": 0.92, "right": 0.92, "around": 0.72, "top": 0.8, "bottom": 0.8}
RAISED = {"bottom": 0.68}
CANDLE = "candle"
GIVING_LIGHT = frozenset({CANDLE, "tealights", "lantern", "campfire", "table lamp", "lamp", "fireplace"})
ROOM_BESIDE = 0.44  # of the width, that a product takes at most beside props or before furniture that is asked for
USUAL = "podium"
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
SHORE = ("sand", "water")  # what one stands on and what lies round it, by the sea
TREE = "fir tree"
LACQUER, BLINDS = "acrylic", "blinds"
SHINING = (LACQUER, "glass", "steel")
MIRRORED = frozenset({WASHSTAND, DRESSING_TABLE})  # furniture with a mirror above
OUTDOORS = {"fireplace": "campfire", "barrels": "barrel"}  # the props that furniture is under the sky
FORMS = (*PLINTHS, "steps", "bale", "in box", "in carton")  # to stand on or in, that not every set has


def words_of(prompt: str) -> list[str]:
    """The prompt's words, lower case, split at every character that is neither letter nor digit."""
    return re.findall(r"[^\W_]+", _unweighted(prompt))


def _unweighted(prompt: str) -> str:
    """The prompt, lower case, without the weights that words may carry for other models."""
    return WEIGHT.sub("", prompt.lower())


def _clauses_of(prompt: str) -> list[str]:
    """The words again, with a stop wherever a sign ends a clause: "on white, soft light" asks for no white light."""
    found = re.findall(r"[^\W_]+|[,;:.!?](?=\s|$)", _unweighted(prompt))
    return [STOP if len(piece) == 1 and not piece.isalnum() else piece for piece in found]


def wish_for(prompt: str, product: str = "", substitutes: Mapping[str, str] = NOTHING) -> Wish:
    """What the prompt asks for. Words that name the `product` itself ask for nothing.

    `substitutes` are unknown words with the known ones they are to be read as.
    """
    return _wish(tuple(_scene_words(_clauses_of(prompt), product)), tuple(substitutes.items()))


def parse(prompt: str, product: str = "", substitutes: Mapping[str, str] = NOTHING) -> Understanding:
    """Sort the prompt's words: understood, shown as something near, or ignored.

    A word that is known counts where the scene would be another without it, or where its phrase asks for what the scene
    has: both words of a fountain pen. In none of the lists are function words, words that name the product, and those
    that are true of every picture.
    """
    words, clauses = words_of(prompt), _clauses_of(prompt)
    scene_words, read_as = _scene_words(clauses, product), tuple(substitutes.items())
    subject = [word for word in _subject(clauses, product) if word not in scene_words]
    unsaid = {*clauses[:MOST_WORDS]} - {*scene_words}  # of the product, or of what the picture is for
    whole = _wish(tuple(scene_words), read_as)
    pieces = in_english(scene_words)
    content = {word for piece in pieces if piece.english not in vocabulary().function_words for word in piece.sources}
    silent = ({word for piece in pieces for word in piece.sources} | joining(scene_words)) - content
    tokens, sources = tokens_of([piece.english for piece in pieces], substitutes), iter(pieces)
    words_behind = [(token, [word for _ in token.words for word in next(sources).sources]) for token in carried(tokens)]
    had = {word for token, behind in words_behind if _is_had(token, whole) for word in behind}
    passing = {word for token, behind in words_behind if _is_of_every_picture(token) for word in behind}
    said = {word for words in whole.without for word in words.split()}
    left_out = said | {word for token, behind in words_behind if said & {*token.words} for word in behind}
    unknown = {word for token, behind in words_behind if _is_unknown(token) for word in behind} - left_out
    understood, ignored = [], []
    for word in dict.fromkeys(words):
        joins = word in vocabulary().function_words and word not in content
        if joins or word in silent or word in subject or word in unsaid:
            continue
        without = _scene_words([other for other in clauses if other != word], product)
        if word in had or (word not in unknown and _wish(tuple(without), read_as) != whole):
            understood.append(word)
        elif word not in passing and not word.isdigit():
            ignored.append(word)
    near = {word: token.shown_as for token, behind in words_behind if token.shown_as for word in behind}
    near |= {word: piece.kind for piece in pieces if piece.kind for word in piece.sources if word not in near}
    near = {word: shown_as for word, shown_as in near.items() if word not in left_out}
    taken = [Message('"{words}" was taken for the product', words=" ".join(subject))] if subject else []
    corrected = [
        Message('"{word}" was read as "{read_as}"', word=token.words[0], read_as=token.read_as)
        for token in dict.fromkeys(tokens)
        if token.read_as and token.words[0] in understood
    ]
    return Understanding(
        understood=tuple(word for word in understood if word not in near),
        ignored=tuple(ignored),
        approximated=tuple(Approximation(word=word, shown_as=near[word]) for word in understood if word in near),
        scene=whole.scene(),
        notes=(*taken, *corrected),
        composition=composition(whole),
        unread=whole == _wish((), ()) and not set(ignored) <= set(words_of(product)),
    )


def _is_had(token: Token, wish: Wish) -> bool:
    """Whether the scene has all that the phrase asks for. How large is said of one thing only."""
    if token.outside or token.overlooks:
        return bool(wish.background) or declared()[str(wish.place)].landscape is not None
    if token.colour and not token.meanings:  # "white background for Amazon", which has it white
        return token.colour == wish.backdrop_colour
    told = all(meaning.field != "scale" for meaning in token.meanings)
    return told and bool(token.meanings) and all(_has(wish, meaning) for meaning in token.meanings)


def _has(wish: Wish, meaning: Meaning) -> bool:
    """Whether the scene has what is meant, or all that a second set adds to the one that is built."""
    second = declared()[meaning.value].second if meaning.field == "place" else {}
    added = bool(second) and all(wish.has(field, value) for field, value in second.items())
    spaced = meaning.field == "space" and wish.space is not None  # "space on top for text"
    blurred = meaning == Meaning("lens", "scenic") and wish.lens == "shallow"  # "in the background, out of focus"
    layered = meaning.field == "plate" and wish.plate is not None  # "a slate plate"
    woven = meaning.field == "surface" and (are_one(meaning.value, wish.surface) or meaning.value == wish.plate)
    housed = meaning == Meaning("background", CITY) and STREET in (wish.place, *wish.background)
    timbered = meaning == Meaning("background", "cabin") and wish.wall == "timber"  # seen from inside
    bathed = meaning == Meaning("ground", "water") and wish.place == POOL
    mirrored = wish.place in WATER or not MIRRORED.isdisjoint(wish.furniture)
    hung = meaning == Meaning("surface", "mirror") and (
        mirrored or wish.surface in SHINING or wish.has("finish", "polished")
    )
    vased = meaning == Meaning("props", VASE) and any(props()[name].family in GROWN for name in wish.props)
    glazed = meaning.value == WINDOW and not {*wish.background}.isdisjoint(HOUSES)  # seen from outside
    afloat = meaning == Meaning("support", "midair") and wish.support == AFLOAT  # "floating in a bubble bath"
    kinds = meaning.field == "props" and any(meaning.value in props()[name].kind_of for name in wish.props)
    heaped = meaning.field == "amount" and (bool(wish.served) or "space" in wish.accents)  # "a bowl full of lemons"
    shown = (
        added,
        glazed,
        afloat,
        timbered,
        kinds,
        vased,
        heaped,
        housed,
        hung,
        bathed,
        blurred,
        layered,
        woven,
        spaced,
    )
    return any(shown) or wish.has(meaning.field, meaning.value)


def unknown_words(prompt: str, product: str = "") -> tuple[str, ...]:
    """The words that no phrase of the vocabulary holds, nor one a slip away, in order and each once."""
    words = in_english(_scene_words(_clauses_of(prompt), product))
    tokens = tokens_of([word.english for word in words], NOTHING)
    return tuple(dict.fromkeys(token.words[0] for token in tokens if _is_unknown(token)))


def _is_unknown(token: Token) -> bool:
    told = token.known or token.empty or _is_of_every_picture(token)
    return not told and not token.words[0].isdigit()


def _is_of_every_picture(token: Token) -> bool:
    return " ".join(token.words) in vocabulary().of_every_picture


def _scene_words(words: Sequence[str], product: str) -> list[str]:
    """The words that may describe the scene: without those that only repeat what the product is."""
    names = tuple(words_of(product))
    if len(names) > 1:
        kept, place = [], 0
        while place < len(words):
            if tuple(words[place : place + len(names)]) == names:
                place += len(names)
            else:
                kept.append(words[place])
                place += 1
        words = kept
    words = words if names in UNTOLD else _without_the(names, words)
    subject = _subject_at(words, names)
    words = [word for place, word in enumerate(words) if place not in subject][:MOST_WORDS]
    purpose = purpose_of(words)
    return [word for place, word in enumerate(words) if place not in purpose]


def _noun(word: str) -> str:
    """What kind of thing an English word or the last one of a phrase names: the prop that it is, else its stem."""
    last = stem(word.split()[-1])
    return next((meaning.value for meaning in meanings().get(last, ()) if meaning.field == "props"), last)


def _nouns(words: Sequence[str]) -> list[str]:
    return [_noun(word) for word in each_in_english(words)]


def _called(names: Sequence[str]) -> set[str]:
    """What a product of that name is called: by its last noun, and where that is a package by what is in it."""
    package = stem(each_in_english(names)[-1].split()[-1]) in vocabulary().packages
    return {*_nouns(names)} if package else {_nouns(names)[-1]}


def _without_the(names: Sequence[str], words: Sequence[str]) -> list[str]:
    """Without "the mug" and "my mug", which in a prompt for a coffee mug are that very one, as is what is placed there:
    "winter scene: mug on a blanket"."""
    known, nouns = vocabulary(), _called(names)
    placing = known.placing_words | known.standing_words
    ends = known.function_words | placing | {STOP}
    terms = each_in_english(words)
    spoken_of = [
        _noun(term) in nouns and ((before in KNOWN and after in ends) or (before == STOP and after in placing))
        for before, term, after in zip((STOP, *terms), terms, (*(t.split()[0] for t in terms[1:]), STOP), strict=False)
    ]
    return [word for word, gone in zip(words, spoken_of, strict=True) if not gone]


def _subject(words: Sequence[str], product: str) -> list[str]:
    """The words that the prompt calls the product by, unless it was said that the product is something else."""
    names = tuple(words_of(product))
    called = set() if names in UNTOLD else _called(names)
    spoken_of = [word for word, noun in zip(words, _nouns(words), strict=True) if noun in called]
    return [words[place] for place in _subject_at(words, names)] or [*dict.fromkeys(spoken_of)]


def product_in(prompt: str, product: str = "") -> str:
    """What the product is called: `product`, or where that says nothing, what the prompt names it."""
    told = tuple(words_of(product)) not in UNTOLD
    return product if told else " ".join(_subject(_clauses_of(prompt), product)) or product


def _subject_at(words: Sequence[str], names: Sequence[str]) -> range:
    found = subject_of(words[:MOST_WORDS])
    told = tuple(names) not in UNTOLD
    another = told and not {*_nouns(names)} & {*_nouns([words[place] for place in found])}
    return range(0) if another else found


@lru_cache(maxsize=2048)
def _wish(words: tuple[str, ...], substitutes: tuple[tuple[str, str], ...]) -> Wish:
    read = values_of(tokens_of([word.english for word in in_english(words)], dict(substitutes)))
    values = _shaded(_in_two_colours(_lacquered(read)))
    place = place_for(Wish(**values))
    if values.get("place") == USUAL != place:
        values.setdefault("support", USUAL)
    styled = _on_a_laid_table(_styled(values, place), place)
    whole = _at_sea(_by_candlelight(_under_the_sky(styled, place)))
    whole = _with_a_view(_snow_outside(_on_the_bank(whole, place), place), place)
    return Wish(**_at_evening(whole, place)).with_place(place)


def _shaded(values: Values) -> Values:
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
    return values | {"place": USUAL}


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


def composition(wish: Wish) -> Composition:
    """The place and the size of the product that the prompt asks for."""
    across = ACROSS.get(wish.space or "", OFF_CENTRE if wish.balance == "off centre" else 0.5)
    lots = 0.86 if wish.space and "space" in wish.accents else 1.0
    size = lots * SIZES.get(wish.framing or "", 1.0) * ROOMY.get(wish.space or "", 1.0)
    beside = any(not (props()[name].strewn or props()[name].framing) for name in wish.props)
    return Composition(
        across=across,
        size=size,
        widest=ROOM_BESIDE if beside or wish.furniture else 1.0,
        centred=wish.balance in ("centred", "symmetrical"),
        base=RAISED.get(wish.space or ""),
    )


def place_for(wish: Wish) -> str:
    """The set to be built."""
    if wish.place == WINDOW and TREE in wish.furniture:  # which stands by it
        return _suited("furniture", TREE) or WINDOW
    if wish.place is not None:
        return (_round_a_podium(wish) if wish.place == USUAL else None) or wish.place
    natural = _with_props(wish, _suited("surface", wish.ground or wish.surface))
    return _without_firm_ground(wish, natural) or _best_suited(wish, natural)


def _without_firm_ground(wish: Wish, natural: str | None) -> str | None:
    """The set where the product is in the air, by or in water, or in snow that only covers a plain ground."""
    plain = _is_plain(wish)
    if wish.support in ALOFT and natural is None and {*wish.background} == {CLOUDS}:
        return CLOUDS
    if (wish.surface, wish.ground) == SHORE or _is_of_the_shore(wish):
        return "beach"
    splashing = natural == LAKE and any(props()[name].place == "sweep" for name in wish.props) and not wish.background
    if (natural == LAKE and not (plain or splashing)) or wish.support == "afloat":
        return LAKE
    return "sweep" if natural == LAKE or (natural == SNOW and plain) else None


def _is_of_the_shore(wish: Wish) -> bool:
    """Whether the sand is wet, black or white."""
    plain = wish.surface_colour is not None and is_plain(wish.surface_colour)
    return wish.surface == SHORE[0] and ("wet" in wish.finish or plain)


def _is_plain(wish: Wish) -> bool:
    """Whether a background of one colour is asked for."""
    return "background" in wish.accents and wish.backdrop_colour is not None


def _best_suited(wish: Wish, natural: str | None) -> str:
    """The set that suits what the prompt names: what it names first of what says most about the place."""
    if wish.support == "table" and wish.background[:1] == (SEA,):
        return TERRACE
    if wish.support == "table" and natural in ("podium", "stone", "sweep", "bathroom"):
        natural = "room"
    if wish.support == "steps":
        natural = {"stone": "garden", "floor": None}.get(str(natural), natural)
    if wish.support in BOARDS and natural == "room":
        natural = _suited("support", wish.support)
    if wish.surface == "knit" and wish.season:  # which is seen
        natural = None
    if natural and declared()[natural].room and _is_plain(wish):
        natural = "sweep"
    if wish.furniture == ("fireplace",) and natural and declared()[natural].landscape and not wish.background:
        return natural
    candidates = (
        natural if natural == SNOW and not {*wish.background}.isdisjoint(HOUSES) else None,  # which has no garden then
        _first_suited(wish, "furniture") if wish.background and not GLAZED.isdisjoint(wish.furniture) else None,
        _first_suited(wish, "background", "furniture"),
        SWEEP if wish.weather == "foggy" and wish.light_colour and "background" in wish.accents else None,  # smoke
        natural,
        _suited("wall", wish.wall),
        _suited("support", wish.support) if wish.support in FORMS else None,
        vocabulary().style[wish.style[0]].place if wish.style else None,
        "sweep" if _is_plain(wish) else None,
        _of_prop(wish, loose=False),
        _suited("season", wish.season),
        (_suited("lens", wish.lens) or _suited("accents", "background")) if "background" in wish.accents else None,
        _first_suited(wish, "harmony", "gradient", "support", "plate"),
        _of_prop(wish, loose=True),
        USUAL if wish.weather == "foggy" and (wish.light_colour or "dark" in wish.mood) else None,  # smoke
        "window" if wish.cast == BLINDS or (wish.wall and wish.weather) else None,
        _first_suited(wish, "weather", "time", "hardness", "backdrop_colour", "mood"),
    )
    return next((place for place in candidates if place), USUAL)


def _round_a_podium(wish: Wish) -> str | None:
    """The landscape or the room in which a podium stands of which something is behind it; under nothing but sky it
    rises from clouds."""
    if {*wish.background} == {CLOUDS}:
        return CLOUDS
    if WINDOW in wish.furniture:
        return None if wish.hardness == "hard" else WINDOW  # whose bars only shade it: "sunlight through a window"
    found = _first_suited(wish, "background", "furniture")
    return found if found is not None and declared()[found].studio is None else None


def _with_props(wish: Wish, natural: str | None) -> str | None:
    """The set for a natural ground, or another that has the same ground and that a prop calls for: sand with shells."""
    if natural is None or (land := declared()[natural].landscape) is None:
        return natural
    called = (_suited("props", name) for name in wish.props)
    lands = ((name, declared()[name].landscape) for name in called if name is not None)
    return next((name for name, one in lands if one and {*one.grounds} & {*land.grounds}), natural)


def _first_suited(wish: Wish, *fields: str) -> str | None:
    """The set for the first of the fields that calls for one; of several values the first counts."""
    for field in fields:
        held: Any = getattr(wish, field)
        found = _suited(field, next(iter(held), None) if isinstance(held, tuple) else held)
        if found is not None:
            return found
    return None


def _of_prop(wish: Wish, *, loose: bool) -> str | None:
    first = props()[wish.props[0]] if wish.props else None
    return first.place if first is not None and first.loose == loose else None


def _suited(field: str, value: str | None) -> str | None:
    """The set that this value calls for, else the one that any value of the field does."""
    wanted = (value, ANY) if value is not None else ()
    return next((name for each in wanted for name, one in declared().items() if each in one.suits.get(field, ())), None)

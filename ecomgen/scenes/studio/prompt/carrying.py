"""What the product stands on and what is beside it: the meanings that a phrase keeps among the others."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ecomgen.scenes.studio.declarations.vocabulary import Meaning, vocabulary
from ecomgen.scenes.studio.declarations.wish import CARRIERS, DRINKS
from ecomgen.scenes.studio.prompt.colour_grammar import counted, following
from ecomgen.scenes.studio.prompt.tokens import Token

BLOCK = "block"
CARRYING = ("cushion", BLOCK, *CARRIERS)  # the product, or they stand about
CRATE = "crate"
STACKED = {"books": "stack", "old books": "stack", "towel": "towels", "log": "stump", CRATE: CRATE}
"""Props that carry the product where it stands on them, and how; what is shown as another carries as a crate alone."""
PILES = ("stack", "towels")  # of which one tells how many: on three books
ON = ("on", "upon", "atop", "top")
GLASS = (("glass",), ("glasses",))
MADE_OF: dict[tuple[str, ...], str] = {("glass",): "tumbler", ("terracotta",): "pots"}
"""What a word for a material means where it stands alone: with mint and terracotta."""
CASTING = {"palm": "palm", "green leaves": "leaves", "plant": "leaves", "fern": "leaves"}
"""What is cast by plants of which only the shadow is told."""
WARE = "plaster"  # the surface of which china is made
NEAR = ("against", "beside", "behind", "near", "opposite", "alongside", "next to", "front of", "close to")
BESIDE = {"seat": (Meaning("furniture", "armchair"),), "shelf": (Meaning("furniture", "shelves"),)}
"""What is seen of a thing to stand on that is only near."""
GRASS, BLOOMING = Meaning("ground", "grass"), Meaning("ground", "flowers")
TILES = frozenset({"mosaic", "tiles", "clay tiles", "patterned tiles"})
TILED_ROOMS, FLOOR = ("kitchen", "bathroom"), "floor"
ARTICLES = ("a", "an", "the", "some", "its", "their", "this", "that")
CLOUDS, FIREPLACE = "clouds", "fireplace"
FESTIVE = ("festive",)
SEEN = ("props", "furniture", "accents", "hardness")  # what may be on a wall


def carried(tokens: Sequence[Token]) -> list[Token]:
    """The phrases, each with the meanings that it has among the others: what is stood on is no prop beside."""
    found = [_carrying(tokens, number) for number in range(len(tokens))]
    for number, after in enumerate(found[1:]):
        if after.among("plate") and found[number].value("surface") == WARE:
            found[number] = replace(found[number], meanings=after.meanings)
        if after.value("cast") == "water" and found[number].words == ("water",):  # water caustics
            found[number] = replace(found[number], meanings=after.meanings)
        drink = _in_a_glass(found[number + 1 :]) if found[number].words in GLASS else None
        if drink is not None:
            found[number] = replace(found[number], meanings=drink.meanings)
        pile = counted(found, number, "support") if found[number].among("number") else None
        if pile is not None and pile.value("support") in PILES:
            found[number] = replace(found[number], meanings=pile.meanings)
    return _in_bloom(found)


def _in_bloom(tokens: list[Token]) -> list[Token]:
    """Grass where wild flowers are told of blooms; none stand beside a product that stands in it."""
    told = [one for one in tokens if one.value("props") == "flowers" or one.words == ("wild",)]
    if not any(one.words[0].startswith("wild") for one in told) or not any(GRASS in one.meanings for one in tokens):
        return tokens
    stood_in = not any(one.among("support", "surface") for one in tokens)
    blooming = [one for one in tokens if GRASS in one.meanings or (stood_in and one in told)]
    return [replace(one, meanings=(BLOOMING,)) if one in blooming else one for one in tokens]


def _carrying(tokens: Sequence[Token], number: int) -> Token:
    """The phrase; what is stood on carries the product, any other cushion, block or plate is a thing beside it."""
    token = tokens[number]
    if token.among("support") and not token.among("props") and _is_beside(tokens, number):
        seen = () if token.among("furniture") else BESIDE.get(token.value("support") or "", ())
        return replace(token, meanings=(*(one for one in token.meanings if one.field != "support"), *seen))
    if token.among("furniture") and token.among("surface") and is_near(tokens, number):  # a bed beside
        return replace(token, meanings=tuple(one for one in token.meanings if one.field != "surface"))
    placed = _placed(tokens, number)
    if placed:
        return replace(token, meanings=placed)
    stacked = STACKED.get(token.value("props") or "")
    if stacked and (stacked == CRATE or not token.shown_as) and _is_stood_on(tokens, number):
        return replace(token, meanings=(Meaning("support", stacked),))
    held = {"support", "plate"} & {meaning.field for meaning in token.meanings}
    if not held or not token.among("props"):
        return token
    before = [*itertools.islice(_before(tokens, number), 2)]
    one_block = not before and token.value("support") == BLOCK and not token.words[-1].endswith("s")  # "concrete block"
    if one_block or (before and before[0].words[-1] in ON and not before[-1].among("props")):  # no cup on a saucer
        dropped = {"props"}
    else:
        beside = token.among("plate") or token.value("support") in CARRYING or is_near(tokens, number)
        dropped = held if beside else set()
    return replace(token, meanings=tuple(meaning for meaning in token.meanings if meaning.field not in dropped))


def _is_stood_on(tokens: Sequence[Token], number: int) -> bool:
    """Whether the product stands on this: "on three stacked books", "on a pile of white towels"."""
    before = (one for one in _before(tokens, number) if not one.among("place"))  # a bath towel
    return next((one.words[-1] for one in before), "") in ON


def _placed(tokens: Sequence[Token], number: int) -> tuple[Meaning, ...]:
    """What a phrase means by where it stands; nothing where it stands as usual."""
    token, stood_on = tokens[number], _is_stood_on(tokens, number)
    if token.words == FESTIVE and any(" ".join(one.words) in vocabulary().feasts for one in tokens):
        return (Meaning("mood", "warm"),)
    if token.value("wall") == "stone" and stood_on and not _is_told_of(tokens, number):
        return Meaning("support", "slab"), Meaning("surface", "stone")
    if token.value("props") in CASTING and _is_shadow_of(tokens, number):
        return Meaning("hardness", "dappled"), Meaning("cast", CASTING[str(token.value("props"))])
    if token.value("background") == CLOUDS and stood_on:  # on a pink cloud
        return (Meaning("place", CLOUDS),)
    if token.words[-1] == FIREPLACE and stood_on:
        return (Meaning("place", "mantel"),)
    thing = MADE_OF.get(token.words)
    if thing is not None and is_near(tokens, number, "with", "and") and _ends(tokens, number):
        return (Meaning("props", thing),)
    if token.words == ("tree",) and any(one.value("place") == "festive" for one in tokens):
        return (Meaning("furniture", "fir tree"),)
    if _is_on_the_wall(tokens, number):
        kind = str(token.value("surface"))
        return (Meaning("wall", "tiles" if kind in TILES else kind),)
    return ()


def _is_shadow_of(tokens: Sequence[Token], number: int) -> bool:
    """Whether only the shadow of a thing is told: "sharp shadows of a palm leaf"."""
    before = [one.words[-1] for one in reversed(tokens[:number]) if one.words[0] not in ARTICLES][:2]
    return len(before) == 2 and before[0] == "of" and before[1].startswith("shadow")


def _ends(tokens: Sequence[Token], number: int) -> bool:
    """Whether this ends what is told of: a glass, no glass of wine and no glass vase."""
    after = next(iter(tokens[number + 1 : number + 2]), None)
    return after is None or (after.empty and after.words != ("of",))


def _is_on_the_wall(tokens: Sequence[Token], number: int) -> bool:
    """Whether the product does not stand on these bricks, or these tiles of a kitchen or a bathroom, or before
    plaster: "against limewash plaster"."""
    kind, after = tokens[number].value("surface"), following(tokens, number)
    bricks = kind == "brick" and after is None
    if (bricks or _is_tiled_wall(tokens, number)) and not _is_stood_on(tokens, number):
        return True
    before = next((one.words[-1] for one in _before(tokens, number)), "")
    return before == "against" and kind in vocabulary().wall and (after is None or after.value("surface") == kind)


def _is_tiled_wall(tokens: Sequence[Token], number: int) -> bool:
    """Whether these are tiles of a kitchen or a bathroom, no floor of them, or such as are said to be behind."""
    after = next((one for one in tokens[number + 1 :] if one.value("surface") not in TILES), None)
    if tokens[number].value("surface") not in TILES or (after is not None and after.value("place") == FLOOR):
        return False
    behind = after is not None and after.words == ("behind",)
    return behind or any(one.value("place") in TILED_ROOMS for one in tokens)


def _is_told_of(tokens: Sequence[Token], number: int) -> bool:
    """Whether the clause tells of something else before: "shadows on a stone wall", "pictures hanging"."""
    return any(one.among(*SEEN) for one in clause_before(tokens, number))


def clause_before(tokens: Sequence[Token], number: int) -> list[Token]:
    """The phrases of the same clause that stand before this one, the last first."""
    return list(itertools.takewhile(lambda one: not one.stop, reversed(tokens[:number])))


def _before(tokens: Sequence[Token], number: int) -> Iterator[Token]:
    """What stands before a thing, the last first, without what is said of it and how many of it there are."""
    return (
        one
        for one in reversed(tokens[:number])
        if not (bends(one) or _is_strange(one) or one.among("number", "view") or one.words == ("of",))
    )


def _is_strange(token: Token) -> bool:
    """Whether nothing is known of a word, not even that it joins or places: "on a low block"."""
    return not (token.known or token.empty or token.words[0] in vocabulary().placing_words)


def _in_a_glass(after: Sequence[Token]) -> Token | None:
    """What a glass is filled with: "a glass of cold milk"; other languages say "a glass milk"."""
    if after and after[0].words == ("of",):
        return next((token for token in after[1:4] if token.among("props")), None)
    return next((token for token in after[:1] if token.value("props") in DRINKS), None)


def _is_beside(tokens: Sequence[Token], number: int) -> bool:
    """Whether what the product could stand on is near it: "in front of a sofa", "with a leather chair", or a chair that
    is told of after other furniture: "marble table, rattan chair"."""
    if tokens[number].value("support") != "seat":
        return is_near(tokens, number)
    furnished = any(one.among("furniture", "support") for one in tokens[:number]) and not _is_stood_on(tokens, number)
    return furnished or is_near(tokens, number, "with", "by")


def is_near(tokens: Sequence[Token], number: int, *words: str) -> bool:
    """Whether a phrase is placed by one of the `words`, or by one that says that it is near."""
    before = [*itertools.islice((" ".join(one.words) for one in reversed(tokens[:number]) if not bends(one)), 2)]
    near = (*NEAR, *words)
    return bool(before) and (before[0] in near or " ".join(reversed(before)) in near)


def bends(token: Token) -> bool:
    """Whether a phrase is an article or an adjective of the noun after it, or the first half of that: a tree stump."""
    adjective = token.colour is not None or token.among(
        "surface", "finish", "hardness", "scale", "mood", "style", "amount", "background", "ground", "weather"
    )
    return token.words[0] in ARTICLES or adjective

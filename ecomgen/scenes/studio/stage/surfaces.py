"""Surfaces by name: each makes a material for a patch of so many metres, in the wished colour where it can have one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from ecomgen.color import LUMA
from ecomgen.scenes.studio.declarations.vocabulary import vocabulary
from ecomgen.scenes.studio.primitives.noise import spectral, to_unit_range
from ecomgen.scenes.studio.primitives.palette import hexadecimal, lightness, to_oklab
from ecomgen.scenes.studio.primitives.types import Colour, Material, Texture
from ecomgen.scenes.studio.stage.finishes import finished_with
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.textures import Finish, Patch, cells, cloth, stone, wood

Make = Callable[[Shot, Patch], Material]


TILE, FAINT = 0.14, 0.8  # metres of a patterned tile; lightness (Oklab) of an ornament that is hardly seen on white
CHECK, STRIPE = 0.045, 0.11  # metres of a checked and of a striped cloth that repeat
GRAIN = 0.004  # metres, of cork
RUSH, HEM = 0.006, 0.012  # metres: a row of rush, half a tatami's hem
SEAM = 0.24, 0.34  # of a patch's width: how far beside its middle two tatami meet
METALLIC = 0.7  # of sheet metal: the rest shows its own colour, whatever it mirrors
ALIKE = 0.13  # in Oklab, of what goes with a room of a told colour
MOTLEY = frozenset({"terrazzo", "green marble"})  # of colours of their own
WOOD, PLAIN = "wood", ("plaster", "travertine", "concrete", "marble")  # any; what stands in for unwanted ones
BLACKEST = 0.022  # linear: of stone, whose layers are seen even where it is black
WHITE, GLAZE = (0.80, 0.79, 0.76), (0.74, 0.74, 0.71)  # of cloth before it is printed; of tiles
VELVETY = 2.2  # how strongly velvet shines aslant
MOST_PIXELS = 3_000_000  # of one texture


def patch(shot: Shot, width: float, depth: float) -> Patch:
    """A patch of `width` x `depth` units, as fine as the picture shows it, as far as memory allows."""
    finest = 1.3 / shot.frame.unit * shot.units_per_metre
    allowed = np.sqrt(MOST_PIXELS / (width * depth)) * shot.units_per_metre
    return Patch(
        width=width / shot.units_per_metre, depth=depth / shot.units_per_metre, density=float(min(finest, allowed))
    )


def material(shot: Shot, name: str, width: float, depth: float) -> Material:
    """The surface called `name` for a patch of `width` x `depth` units."""
    shot, (name, finish) = shot.spawn(), _in_tone(shot, name)
    made = SURFACES[name](shot, patch(shot, width, depth))
    return finished_with(made, finish, shot.rng)


def _in_tone(shot: Shot, name: str) -> tuple[str, tuple[str, ...]]:
    """The surface and its finish as the picture's idea has them: another one of its kind, or this one darker or paler.

    What the set chose itself has its tone already, and paved ground is toned as other ground is.
    """
    wish, tone, known = shot.wish, shot.tone, vocabulary().surface
    if tone is None or name != wish.surface or name not in known or wish.surface_colour or wish.finish or wish.ground:
        return name, wish.finish
    tones = known[name].tones
    return (tones[tone], ()) if tone in tones else (name, ("pale",) if tone == "pale" else ("dark",))


def chosen(shot: Shot, *usual: str) -> str:
    """The wished surface where there is such a one, else one of the usual ones."""
    return str(shot.wish.surface) if shot.wish.surface in SURFACES else among(shot, *usual)


def among(shot: Shot, *usual: str) -> str:
    """One of the surfaces in turn; where the picture's idea has a tone, the darkest, the palest or one between.

    None that must not be seen: where all are such ones, a plain one.
    """
    left = [name for name in usual if not _is_unwanted(name, shot.wish.without)] or PLAIN
    if shot.tone is None:
        return shot.turn(*left)
    ranked = sorted(dict.fromkeys(left), key=_lightness)
    return ranked[{"dark": 0, "deep": (len(ranked) - 1) // 2, "pale": -1}[shot.tone]]


def _is_unwanted(name: str, without: Sequence[str]) -> bool:
    """Whether it is among what must not be seen, or of wood, where wood is."""
    return name in without or (WOOD in without and name in vocabulary().woods)


def alike(colour: str | None, usual: Sequence[str]) -> tuple[str, ...]:
    """Those of the surfaces that go with a room of a told colour: near it, where there are such, and no motley ones;
    all, where none is told."""
    if colour is None:
        return tuple(usual)
    told, plain = to_oklab(hexadecimal(colour)), [name for name in usual if name not in MOTLEY]
    tints = {name: vocabulary().surface[name].tint for name in plain}
    apart = {name: np.linalg.norm(to_oklab(hexadecimal(tint)) - told) for name, tint in tints.items() if tint}
    return tuple(name for name, distance in apart.items() if distance < ALIKE) or tuple(plain)


def _lightness(name: str) -> float:
    """By the colour of a thing made of it, Oklab; a middling one where it has none of its own."""
    tint = vocabulary().surface[name].tint
    return 0.6 if tint is None else lightness(hexadecimal(tint))


def paint(colour: str | None, fallback: Colour) -> Colour:
    """A wished colour, else the fallback; linear."""
    return hexadecimal(colour) if colour else fallback


def _wish(shot: Shot, fallback: Colour) -> Colour:
    return paint(shot.wish.surface_colour, fallback)


def _stained(shot: Shot, colour: Texture, *, darkest: float = 0.0) -> Texture:
    """A texture in the wished colour: its own light and shade, the other's hue; in the mean as light as `darkest`."""
    if shot.wish.surface_colour is None:
        return colour
    wished = np.maximum(hexadecimal(shot.wish.surface_colour), darkest)
    luma = colour @ LUMA
    contrast = 0.6 if lightness(wished) > 0.8 else 0.85
    relative = np.clip(1 + contrast * (luma / max(float(luma.mean()), 1e-4) - 1), 0, 2.2)
    return np.clip(wished * relative[..., None], 0, 1)


def _of(made: Finish, relief: float = 0.0, **more: Any) -> Material:
    """A material of a texture, whose heights are up to `relief` high, and what `more` is told of it."""
    relieved = {"bump": made.height, "bump_scale": relief} if relief else {}
    return Material(**{"colour": made.colour, "roughness": made.roughness, **relieved, **more})


def _usual(texture: Callable[..., Finish], tint: Colour, relief: float = 0.0, **more: Any) -> Make:
    """Surfaces of a texture in the wished colour, else in their usual one."""

    def build(shot: Shot, area: Patch) -> Material:
        return _of(texture(shot.rng, area, tint=_wish(shot, tint)), relief, **more)

    return build


def _wood(tone: str) -> Make:
    def build(shot: Shot, area: Patch) -> Material:
        made = wood.planks(shot.rng, area, board=shot.uniform(0.085, 0.15), tone=wood.TONES[tone])
        colour = _stained(shot, made.colour)
        roughness = np.clip(made.roughness + shot.uniform(-0.08, 0.10), 0.15, 1)
        return _of(made, 0.004, colour=colour, roughness=roughness, specular=0.45)

    return build


def _some_wood(shot: Shot, area: Patch) -> Material:
    """Whichever wood suits this picture."""
    return _wood(shot.seeded_choice("oak", "walnut", "teak", "pine", "birch", "oak"))(shot, area)


def _floorboards(shot: Shot, area: Patch) -> Material:
    tone = wood.TONES[shot.turn("oak", "birch", "walnut")]
    made = wood.planks(shot.rng, area, board=0.12, tone=tone, butts=True)
    return _of(made, 0.004, colour=_stained(shot, made.colour))


def _stone(kind: stone.Stone) -> Make:
    def build(shot: Shot, area: Patch) -> Material:
        made = stone.slab(shot.rng, area, kind=kind)
        return _of(made, kind.relief, colour=_stained(shot, made.colour, darkest=BLACKEST))

    return build


def _gingham(shot: Shot, area: Patch) -> Material:
    """Bands of the wished colour over white, both ways: darkest where they cross."""
    made = cloth.weave(shot.rng, area, thread=0.0007, tint=WHITE)
    dye = _wish(shot, hexadecimal(shot.turn("#b3332c", "#33588a", "#3f6b4a", "#c08a2e")))
    rows, columns = made.colour.shape[:2]
    y, x = np.arange(rows) / rows * area.depth / CHECK, np.arange(columns) / columns * area.width / CHECK
    dyed = 0.1 + 0.45 * ((y % 1 < 0.5)[:, None].astype(np.float32) + (x % 1 < 0.5)[None])
    return _of(made, 0.003, colour=_printed(made.colour, dye, dyed))


def _striped(shot: Shot, area: Patch) -> Material:
    """Bands of the wished colour beside white ones, a narrow one between, on terry."""
    made = cloth.pile(shot.rng, area, tuft=0.003, tint=WHITE)
    dye = _wish(shot, hexadecimal(shot.turn("#2f5f8f", "#c8553f", "#2f7f7a", "#d99a3a")))
    columns = made.colour.shape[1]
    x = np.arange(columns) / columns * area.width / STRIPE % 1
    dyed = np.where((x < 0.52) | (np.abs(x - 0.76) < 0.05), 1.0, 0.0)[None]
    return _of(made, 0.006, colour=_printed(made.colour, dye, dyed))


def _printed(white: Texture, dye: Colour, share: Texture) -> Texture:
    """White cloth, of which a share (HxW) is dyed."""
    return np.clip(white * (1 - share[..., None] * (1 - np.asarray(dye, np.float32) / 0.85)), 0, 1)


def _tatami(shot: Shot, area: Patch) -> Material:
    """Mats of rush with a dark hem of cloth, whose seam lies beside the product, away from the light."""
    rows, columns = area.shape
    pitch = max(RUSH * area.density, 2.8)
    y, x = np.mgrid[:rows, :columns].astype(np.float32)
    stalks = spectral(shot.rng, (rows, columns), falloff=0.7, finest=1.5, stretch=(1, 24))
    ridge = np.cos(2 * np.pi * y / pitch) * np.sign(np.cos(np.pi * x / (2.4 * pitch)))
    tone = np.clip(0.94 + 0.06 * ridge + 0.05 * stalks, 0.4, 1.3)[..., None]
    seam = area.width * (0.5 - shot.order * shot.uniform(*SEAM))
    hem = np.abs(x / area.density - seam) < HEM
    rush, cloth_of_hem = np.asarray(_wish(shot, hexadecimal("#e3d3a0"))), np.asarray(hexadecimal("#2b3a34"))
    colour = np.where(hem[..., None], cloth_of_hem * (0.9 + 0.1 * ridge[..., None]), rush * tone)
    height = np.where(hem, 0.4, 0.5 + 0.2 * ridge)
    return Material(np.clip(colour, 0, 1).astype(np.float32), bump=height, bump_scale=0.003)


def _velvet(shot: Shot, area: Patch) -> Material:
    """Dense short pile: deep in colour, with a soft sheen where it is seen aslant, in patches as it was stroked."""
    made = cloth.pile(shot.rng, area, tuft=0.004, tint=_wish(shot, (0.14, 0.03, 0.06)))
    stroked = spectral(shot.rng, made.height.shape, falloff=1.9, coarsest=0.4)[..., None]
    colour = np.clip(made.colour * (0.5 + 0.05 * np.tanh(stroked)), 0, 1).astype(np.float32)
    return _of(made, 0.002, colour=colour, roughness=0.85, specular=0.15, sheen=VELVETY)


def _leather(shot: Shot, area: Patch) -> Material:
    """Grained leather with the soft shine of a used bag."""
    dye = hexadecimal(shot.seeded_choice("#6b4226", "#4a2d1d", "#8a5a33", "#2a2422"))
    made = cloth.grain(shot.rng, area, pebble=0.0032, tint=_wish(shot, dye))
    return _of(made, 0.003, roughness=0.62 - 0.24 * made.height)


def _paper(shot: Shot, area: Patch) -> Material:
    return _of(cloth.paper(shot.rng, area, tint=_wish(shot, shot.companion())))


def _terrazzo(shot: Shot, area: Patch) -> Material:
    chips = ((0.55, 0.25, 0.16), (0.12, 0.12, 0.13), (0.45, 0.42, 0.38), (0.30, 0.36, 0.30))
    return _of(cells.terrazzo(shot.rng, area, base=_wish(shot, (0.72, 0.70, 0.66)), chips=chips))


def _cork(shot: Shot, area: Patch) -> Material:
    """Pressed bark: grains that lie close, lighter and darker, some nearly black."""
    number, first, _ = cells.nearest(shot.rng, area.shape, max(GRAIN * area.density, 2.5))
    tones = np.where(shot.rng.random(number.max() + 1) < 0.07, 0.4, shot.rng.uniform(0.72, 1.22, number.max() + 1))
    colour = _wish(shot, hexadecimal("#b98d5e")) * (tones[number] * (1.08 - 0.3 * first))[..., None]
    return Material(np.clip(colour, 0, 1).astype(np.float32), roughness=0.95, bump=-first, bump_scale=0.001)


def _clay_tiles(shot: Shot, area: Patch) -> Material:
    """Unglazed tiles of burnt clay, mottled, with sandy joints."""
    tint = _wish(shot, hexadecimal("#a05f3f"))
    made = cells.tiles(shot.rng, area, size=(0.14, 0.14), tint=tint, grout=(0.19, 0.155, 0.12))
    burnt = spectral(shot.rng, made.height.shape, falloff=1.4, coarsest=0.3)[..., None]
    colour = np.clip(made.colour * (1 + 0.07 * burnt), 0, 1).astype(np.float32)
    return _of(made, 0.002, colour=colour, roughness=0.9, specular=0.3)


def _patterned_tiles(shot: Shot, area: Patch) -> Material:
    """Cement tiles with an ornament in the wished colour and white; in blue where that is too pale to be seen."""
    dye = _wish(shot, hexadecimal(shot.turn("#2f5d8c", "#b0603f", "#3f6f5e", "#3b3f45")))
    dye = dye if lightness(np.asarray(dye)) < FAINT else hexadecimal("#2f5d8c")
    painted = cells.ornament(shot.rng, area, side=TILE, dye=dye, white=hexadecimal("#ece6da"))
    made = cells.tiles(shot.rng, area, size=(TILE, TILE), tint=painted, grout=(0.5, 0.48, 0.44))
    return _of(made, 0.0012, roughness=0.5)


def _paving(shot: Shot, area: Patch) -> Material:
    """Large slabs of pale stone with open joints."""
    side = shot.uniform(0.3, 0.5)
    made = cells.tiles(shot.rng, area, size=(side, side), tint=(1, 1, 1), grout=(0.25, 0.24, 0.22))
    rock = stone.slab(shot.rng, area, kind=stone.KINDS[shot.choice("travertine", "concrete", "stone")])
    colour = _stained(shot, np.clip(rock.colour * made.colour, 0, 1))
    return Material(colour, roughness=0.75, bump=0.5 * made.height + rock.height, bump_scale=0.003)


def _mirror(shot: Shot, _: Patch) -> Material:
    return Material(_wish(shot, (0.92, 0.93, 0.94)), roughness=0.03, metallic=1.0)


def _lacquer(shot: Shot, _: Patch) -> Material:
    """Coloured acrylic, almost a mirror."""
    return Material(_wish(shot, shot.companion()), roughness=0.06, specular=0.7)


def _glass(shot: Shot, _: Patch) -> Material:
    """A thick pane over something pale: a tinge of green, and what stands on it mirrored."""
    return Material(_wish(shot, hexadecimal("#c9d8d2")), roughness=0.02, specular=0.9)


def _wet(shot: Shot, area: Patch) -> Material:
    """Wet asphalt: chippings of several greys in tar, drowned where puddles mirror."""
    pixels = 1400
    puddles = to_unit_range(spectral(shot.rng, (pixels, pixels), falloff=1.9, coarsest=0.3), 2.2)
    chips = spectral(shot.rng, (pixels, pixels), falloff=0.0, coarsest=0.006 / max(area.width, area.depth), finest=1)
    chips = np.tanh(1.4 * chips)
    dark = np.asarray(_wish(shot, (0.06, 0.06, 0.066)))
    colour = np.clip(dark * (1 + 0.75 * chips * (0.25 + 0.75 * puddles))[..., None], 0.004, 1)
    return Material(
        colour.astype(np.float32),
        roughness=0.04 + 0.24 * puddles,
        specular=0.7,
        bump=(chips * puddles).astype(np.float32),
        bump_scale=0.0022,
    )


SURFACES: dict[str, Make] = {
    "wood": _some_wood,
    **{tone: _wood(tone) for tone in wood.TONES},
    **{name: _stone(kind) for name, kind in stone.KINDS.items()},
    "floorboards": _floorboards,
    "linen": _usual(partial(cloth.weave, thread=0.0007), (0.62, 0.55, 0.44), 0.003),
    "cotton": _usual(partial(cloth.weave, thread=0.0005), (0.72, 0.71, 0.68), 0.003),
    "gingham": _gingham,
    "striped": _striped,
    "knit": _usual(partial(cloth.knit, stitch=0.011), hexadecimal("#ded3bf"), 0.012, sheen=0.3),
    "tatami": _tatami,
    "rattan": _usual(partial(cloth.plait, strand=0.009), hexadecimal("#cfa169"), 0.004, roughness=0.55, specular=0.3),
    "denim": _usual(partial(cloth.weave, thread=0.0008), (0.07, 0.12, 0.24), 0.003),
    "velvet": _velvet,
    "silk": _usual(cloth.paper, (0.72, 0.62, 0.52), roughness=0.4, specular=0.75, sheen=0.5, metallic=0.12),
    "leather": _leather,
    **dict.fromkeys(
        ("rug", "fur", "persian", "berber"), _usual(partial(cloth.pile, tuft=0.012), (0.66, 0.62, 0.55), 0.02)
    ),
    "paper": _paper,
    "cobbles": _usual(partial(cells.cobbles, size=0.11), (0.30, 0.28, 0.26), 0.02),
    "terrazzo": _terrazzo,
    "cork": _cork,
    "tiles": _usual(partial(cells.tiles, size=(0.1, 0.1), grout=(0.45, 0.44, 0.42)), GLAZE, 0.002),
    "mosaic": _usual(partial(cells.tiles, size=(0.023, 0.023), grout=(0.45, 0.44, 0.42)), GLAZE, 0.002),
    "clay tiles": _clay_tiles,
    "patterned tiles": _patterned_tiles,
    "paving": _paving,
    "brick": _usual(
        partial(cells.tiles, size=(0.21, 0.065), grout=(0.36, 0.33, 0.29)), (0.30, 0.12, 0.07), 0.006, roughness=1.0
    ),
    "mirror": _mirror,
    "steel": _usual(cloth.paper, (0.62, 0.62, 0.63), roughness=0.32, metallic=METALLIC),
    "brass": _usual(cloth.paper, (0.75, 0.52, 0.22), roughness=0.32, metallic=METALLIC),
    "acrylic": _lacquer,
    "glass": _glass,
    "wet": _wet,
}
WOODS, CLOTHS, METALS = vocabulary().woods, vocabulary().cloths, vocabulary().metals
"""Surfaces that come as boards, those that fall in folds, and those that come as trays."""

"""A lawn that is lived on: tufts of many heights and greens that lean their own ways, dry blades, clover, daisies.

Where the product stands the grass gives way: what grew there is pressed outwards, and what stands before it ends where
the product begins, so that its foot is among the blades.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.bodies.plants import blades, leaf, round_leaf, toned
from ecomgen.scenes.studio.grounds.relief import Land, covered, ending_below, land, scattered, sown, visible
from ecomgen.scenes.studio.primitives.noise import spectral, to_unit_range
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, joined
from ecomgen.scenes.studio.primitives.types import Material, Thing, Values
from ecomgen.scenes.studio.stage.shot import Shot

TUFTS, SPROUTS = 3_000, 12  # tufts, and blades in each
TALL, BROAD = 0.05, 0.0009  # metres
LOWEST, HIGHEST = 0.13, 0.24  # units, whatever the product's size
PRESSED = 0.09  # units round a foot, within which blades lie
GREENS = ((0.075, 0.135, 0.032), (0.14, 0.215, 0.045), (0.225, 0.295, 0.06), (0.36, 0.39, 0.10), (0.52, 0.43, 0.22))
"""From old, shaded grass to young, and at last dry blades."""
DRY = 0.92  # of the palette's columns are green
DAISIES, CLOVER = 26, 420
WITHOUT = frozenset({"flowers", "daisies", "plant"})


def grass(shot: Shot, drop: float, *, count: int = TUFTS) -> list[Thing]:
    """A lawn, trodden down where the product stands on it, or low under what is laid on it, `drop` units high."""
    area = land(shot)
    heights = 0.04 * area.noise(falloff=2, coarsest=2, finest=8) * area.calm() - 0.02 + area.rolling()
    soil = area.shape(heights, drop)
    rises = area.risen(soil)
    sward = grown(shot, area, rises, drop, *tufts(shot, count))
    return [
        Thing(soil, Material(_sod(shot, _palette(shot)))),
        sward,
        *_clover(shot, area, rises, drop),
        *_daisies(shot, area, rises, drop),
    ]


def height(shot: Shot) -> float:
    """How high grass usually is, in units."""
    return float(np.clip(TALL * shot.units_per_metre, LOWEST, HIGHEST))


def grown(shot: Shot, area: Land, rises: Values, drop: float, places: Values, leaning: Values) -> Thing:
    """The blades at the `places`, Nx3, `leaning` so, N radians: those that stand, and those that the product presses
    down."""
    places[:, 1] = area.under(rises, places)
    meadow = area.under(area.noise(falloff=1.3, coarsest=0.7, finest=6), places)
    usual = height(shot)
    own = shot.rng.gamma(9, 1 / 9, -(-len(places) // SPROUTS)).repeat(SPROUTS)[: len(places)]
    tall = usual * np.clip(1 + 0.3 * meadow, 0.45, 1.8) * own
    dx, dz = shot.from_foot(places[:, 0], places[:, 2])
    away = np.hypot(dx, dz)
    if drop > 0:
        tall, trodden = np.where(covered(shot, places), 0.6 * drop, tall), np.zeros(len(tall), bool)
    else:
        tall, trodden = np.minimum(tall, ending_below(shot, places)), (away < PRESSED) & (away > 0)
    broad = float(np.clip(BROAD * shot.units_per_metre, 0.0022, 0.006)) + visible(places) - 0.0025
    shade = _shade(shot, area, places)
    parts = []
    for some, heading, bend in (
        (~trodden & ((away > 0) | (drop > 0)), leaning, (0.1, 0.8)),
        (trodden, np.arctan2(dz, dx) + shot.rng.normal(0, 0.5, len(dx)), (0.7, 1.5)),
    ):
        stand = blades(shot.rng, places[some], height=tall[some], width=broad[some], heading=heading[some], bend=bend)
        parts.append(toned(stand, shade[some]))
    return Thing(joined(parts), Material(_palette(shot)))


def tufts(shot: Shot, count: int) -> tuple[Values, Values]:
    """Where blades stand, Nx3, and which way they lean, N radians: out of their tuft, and with the wind."""
    roots = sown(shot, count, together=1, apart=0)
    spread = shot.rng.normal(0, 1, (count * SPROUTS, 2)) * (0.03 + 0.02 * np.clip(-roots[:, 2:], 0, 6)).repeat(
        SPROUTS, 0
    )
    places = roots.repeat(SPROUTS, 0)
    places[:, [0, 2]] += spread
    wind = shot.uniform(0, 2 * np.pi)
    out = spread / (np.hypot(*spread.T)[:, None] + 1e-6) + 0.6 * np.array([np.cos(wind), np.sin(wind)])
    return places, np.arctan2(out[:, 1], out[:, 0]) + shot.rng.normal(0, 0.6, len(out))


def _shade(shot: Shot, area: Land, places: Values) -> Values:
    """Which of the palette's colours each blade has, N in [0, 1]: old and young grass in patches, some dry."""
    patches = area.under(area.noise(falloff=1.5, coarsest=1.6, finest=4), places)
    dry = shot.rng.random(len(places)) < np.clip(0.05 + 0.05 * patches, 0.01, 0.2)
    green = np.clip(0.5 + 0.17 * patches + shot.rng.normal(0, 0.15, len(places)), 0.01, 0.99) * DRY
    return np.where(dry, shot.rng.uniform(DRY + 0.02, 1, len(places)), green)


def _palette(shot: Shot) -> NDArray[np.float32]:
    """Blades' colours, 16x64x3: a column a shade, dark at the root, in the wished colour and of the season."""
    columns = np.append(np.linspace(0, DRY, len(GREENS) - 1), 1)
    tones = np.stack([np.interp(np.linspace(0, 1, 64), columns, part) for part in np.transpose(GREENS)], -1)
    if shot.wish.surface_colour is not None and shot.wish.surface == "grass":
        wished = np.asarray(hexadecimal(shot.wish.surface_colour)) + 0.02
        share = 0.2 if wished.argmax() == 1 else 0.7  # green grass is green already
        tones = tones * (wished / wished.mean()) ** share
    if "olives" in shot.wish.background:  # dry summers
        tones = tones * np.array([1.9, 1.35, 1.3])
    if shot.wish.season == "autumn":
        tones = tones * np.array([1.3, 0.85, 0.8])
    depth = np.linspace(0.6, 1.15, 16)[:, None, None]
    return np.clip(tones * depth, 0, 1).astype(np.float32)


def _sod(shot: Shot, palette: NDArray[np.float32]) -> NDArray[np.float32]:
    """What is seen between blades: earth, moss and the roots of grass, of the lawn's own colour."""
    tone = to_unit_range(spectral(shot.rng, (900, 900), falloff=0.9, coarsest=0.1), 2.0)[..., None]
    lawn = palette.reshape(-1, 3).mean(0)
    return np.clip(lawn * (0.2 + 0.45 * tone) + np.array([0.02, 0.012, 0.004]), 0, 1).astype(np.float32)


def _clover(shot: Shot, area: Land, rises: Values, drop: float) -> list[Thing]:
    """Clover in patches, as low as the grass."""
    three = joined([round_leaf(0.5).turned(x=72).turned(y=120 * k) for k in range(3)])
    grown = _planted(shot, area, rises, three, _clear(shot, CLOVER, drop), lambda patch: patch > 0.5)
    return [Thing(grown, Material((0.12, 0.22, 0.07)))] if grown is not None else []


def _daisies(shot: Shot, area: Land, rises: Values, drop: float) -> list[Thing]:
    """A few daisies, on some lawns."""
    if WITHOUT & {*shot.wish.without} or shot.wish.dressing == "none" or shot.rng.random() < 0.4:
        return []
    petals = joined([leaf(0.5, 0.16, curl=0.05, rows=5).turned(x=80).turned(y=360 / 15 * k) for k in range(15)])
    hearts = ball(0.15, rings=7).scaled(1, 0.5, 1).moved(0, -0.03)
    state = shot.rng.bit_generator.state
    found = []
    for part, colour in ((petals, (0.82, 0.82, 0.78)), (hearts, (0.75, 0.48, 0.03))):
        shot.rng.bit_generator.state = state  # both parts of a flower stand in one place
        grown = _planted(shot, area, rises, part, _clear(shot, DAISIES, drop), lambda patch: patch < 0.6)
        found += [Thing(grown, Material(colour))] if grown is not None else []
    return found


def _clear(shot: Shot, count: int, drop: float) -> Values:
    """Up to `count` places, Nx3, clear of the product and of what it stands on."""
    places = scattered(shot, count, far=-5.0, margin=0.2)
    clear = shot.away(places) > 0.25
    return places[clear & ~(covered(shot, places) & (drop > 0))]


def _planted(
    shot: Shot, area: Land, rises: Values, mould: Shape, places: Values, where: Callable[[Values], NDArray[np.bool_]]
) -> Shape | None:
    """The mould, one unit wide, among the grass at those `places` (Nx3) that lie in the patches that `where` tells."""
    patches = area.noise(falloff=1.6, coarsest=1.2, finest=4)
    size, high = 0.02 * shot.units_per_metre, float(np.clip(TALL * shot.units_per_metre, LOWEST, HIGHEST))
    places = places[where(area.under(patches, places))]
    lifted = area.under(rises, places) + high * shot.rng.uniform(0.3, 0.75, len(places))
    grown = [
        mould.turned(y=shot.uniform(0, 360))
        .turned(x=shot.uniform(-22, 22), z=shot.uniform(-22, 22))
        .scaled(float(np.clip(size, 0.045, 0.10)) * shot.uniform(0.7, 1.2))
        .moved(float(x), float(y), float(z))
        for (x, _, z), y in zip(places, lifted, strict=True)
    ]
    return joined(grown) if grown else None

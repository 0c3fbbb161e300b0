"""Towels, napkins, cushions."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import METRE, tint
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.palette import hexadecimal, lightened
from ecomgen.scenes.studio.primitives.shapes import Shape, block, disc, joined, sheet, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.textures import Patch, cloth

LAID = 0.7  # units: the side of the cloth's texture
COTTON = ("#f1eee8", "#ece7df", "#c9d2cb", "#d9c7b5")


@prop(
    "towel, bath towel, folded towel, towelling, bathrobe, hand towel, facecloth, laundry, linen towel, robe",
    "washcloth, dishcloth, wash cloth, face cloth",
    companion="rolled towels",
    tinted=True,
)
def towel(shot: Shot) -> list[Thing]:
    """Three towels, folded so that a thick round fold of terry faces the camera."""
    cotton = np.asarray(_cotton(shot))
    loops = spectral(shot.rng, (700, 700), falloff=0.35, finest=2.5)
    things, top = [], 0.0
    for _ in range(3):
        thick = shot.uniform(0.115, 0.135)
        fold = block(shot.uniform(0.66, 0.7), thick, shot.uniform(0.47, 0.52), 0.5 * thick)
        shape = fold.moved(shot.uniform(-0.012, 0.012), top, shot.uniform(-0.012, 0.012)).draped(0.42, 0.42)
        top += 0.93 * thick
        terry = np.clip(cotton * (1 + 0.1 * np.tanh(loops))[..., None] * shot.uniform(0.96, 1.04), 0, 0.95)
        material = Material(terry.astype(np.float32), sheen=0.3)
        things.append(Thing(shape.turned(y=shot.uniform(-4, 4)), material))
    return things


def _cotton(shot: Shot) -> Colour:
    """The wished colour of towels, or one that goes with a room whose colour was told."""
    if shot.wish.prop_colour or shot.wish.backdrop_colour is None:
        return tint(shot, *COTTON)
    return lightened(shot.wish.backdrop_colour, hexadecimal(COTTON[0]))


@prop("rolled towel, towel roll, spa towel, rolled up towel, gym towel, hot towel", tinted=True)
def rolled_towels(shot: Shot) -> list[Thing]:
    """Three towels, rolled, one lying on two, their ends towards the camera."""
    cotton = np.asarray(_cotton(shot))
    loops = np.tanh(spectral(shot.rng, (500, 500), falloff=0.35, finest=2.5))[..., None]
    terry = Material(np.clip(cotton * (1 + 0.1 * loops), 0, 0.95).astype(np.float32), sheen=0.3)
    places = [(x, y, shot.uniform(-4, 4)) for x, y in ((-0.108, 0.105), (0.108, 0.105), (0.0, 0.29))]
    roll = disc(0.105, 0.52, 0.03).turned(x=90).moved(0, 0, -0.26)
    end = disc(0.086, 0.002, 0.001).draped(0.172, 0.172).turned(x=90).moved(0, 0, 0.26)
    bodies, ends = (
        joined([part.turned(y=turn).moved(x, y, 0.02 * x) for x, y, turn in places]) for part in (roll, end)
    )
    rolled = Material((cotton * _spiral()[..., None]).astype(np.float32), sheen=0.3)
    return [Thing(bodies, terry), Thing(ends, rolled)]


def _spiral() -> np.ndarray:
    """How light the end of a rolled towel is, HxW: dark between its layers."""
    y, x = np.mgrid[-1:1:300j, -1:1:300j]
    layer = (4 * np.hypot(x, y) - np.arctan2(y, x) / (2 * np.pi)) % 1
    return 0.96 - 0.55 * np.exp(-(((layer - 0.5) / 0.12) ** 2))


@prop(
    "napkin, cloth napkin, tea towel, dish towel, folded cloth, handkerchief, linen napkin, kitchen towel, shirt",
    "clothing, t shirt, kitchen cloth, bib, polishing cloth, folded linen, clothes, garment, serviette",
    place="room",
    tinted=True,
    rank=1,
)
def folded_cloth(shot: Shot) -> list[Thing]:
    """A linen napkin, folded and slightly rumpled, two stripes woven in along its border."""
    layers = [_layer(shot, 0.62 - 0.012 * k, 0.46 - 0.008 * k).moved(0.01 * k, 0.009 * k) for k in range(4)]
    tone, side = tint(shot, "#e3dccd", "#c3cabd", "#d8c6ae"), LAID / METRE
    woven = cloth.weave(shot.rng, Patch(width=side, depth=side, density=3600), thread=0.0007, tint=tone)
    across = LAID * (np.arange(woven.colour.shape[1]) / woven.colour.shape[1] - 0.5)
    stripes = np.exp(-((np.abs(np.abs(np.abs(across) - 0.25) - 0.0135) / 0.006) ** 4))
    colour = np.clip(woven.colour * (1 - 0.55 * stripes)[None, :, None], 0, 1).astype(np.float32)
    made = joined(layers).turned(y=shot.uniform(-35, 35))
    return [Thing(made, Material(colour, bump=woven.height, bump_scale=0.002))]


@prop(
    "scarf, sweater, folded blanket, knitwear, shawl, cardigan, jumper, pullover, woollen scarf, wool scarf, scarves",
    "folded knit, knitted scarf, wool sweater, knitted sweater, folded sweater, wool jumper, winter scarf",
    place="room",
    tinted=True,
)
def folded_knit(shot: Shot) -> list[Thing]:
    """Knitted wool in three thick layers, their folds towards the camera."""
    wool = tint(shot, "#d8cbb6", "#8a4a3c", "#6f7f86", "#a9803f", "#5d6b58")
    patch = Patch(width=LAID / METRE, depth=LAID / METRE, density=3600)
    knitted = cloth.knit(shot.rng, patch, stitch=0.009, tint=wool)
    layers, top = [], 0.0
    for _ in range(3):
        thick = shot.uniform(0.1, 0.125)
        fold = block(shot.uniform(0.62, 0.68), thick, shot.uniform(0.46, 0.52), 0.5 * thick)
        fold = fold.moved(shot.uniform(-0.02, 0.02), top, shot.uniform(-0.02, 0.02)).turned(y=shot.uniform(-5, 5))
        layers.append(fold.draped(LAID, LAID))
        top += 0.9 * thick
    woollen = Material(knitted.colour, bump=knitted.height, bump_scale=0.03, sheen=0.4)
    return [Thing(joined(layers).turned(y=shot.uniform(-20, 20)), woollen)]


@prop(
    "cushion, pillow, throw pillow, pouf, pouffe, bean bag, meditation, seat pad",
    place="room",
    tinted=True,
    single=True,
)
def cushion(shot: Shot) -> list[Thing]:
    """A cushion, leaning back."""
    s, t = np.meshgrid(np.linspace(-1, 1, 60), np.linspace(-1, 1, 60))
    full = (np.clip(1 - s**4, 0, 1) * np.clip(1 - t**4, 0, 1)) ** 0.42
    pinch = 1 - 0.08 * (s**2 * (1 - t**2) + t**2 * (1 - s**2))
    front = xyz(0.45 * s * pinch, -0.45 * t * pinch, 0.17 * full)
    back = front[:, ::-1] * [1, 1, -1]
    grain = spectral(shot.rng, (200, 200), falloff=0.3, finest=1.2)
    cover = Material(tint(shot, "#c98f7d", "#8fa096", "#d9cbb4", "#43536b"), bump=grain, bump_scale=0.002)
    body = joined([sheet(front), sheet(back)]).turned(x=-14, y=shot.uniform(-20, 20)).moved(0, 0.42)
    return [Thing(body, cover)]


def _layer(shot: Shot, width: float, depth: float) -> Shape:
    """One layer of cloth whose edges roll down to the one below."""
    s, t = np.meshgrid(np.linspace(-1, 1, 60), np.linspace(-1, 1, 60))
    rim = np.clip((np.maximum(np.abs(s), np.abs(t)) - 0.95) / 0.05, 0, 1)
    wave = spectral(shot.rng, (60, 60), falloff=2.4, coarsest=0.7)
    y = 0.02 + 0.009 * wave - 0.02 * rim**2
    x, z = width / 2 * s * (1 + 0.02 * wave), depth / 2 * t * (1 - 0.02 * wave)
    return sheet(xyz(x, np.maximum(y, 0.001), z)).draped(LAID, LAID)

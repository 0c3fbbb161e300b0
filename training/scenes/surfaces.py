"""A bank of patterns, prints and blurred places from which every scene is coloured.

Patterns are HxW maps between two colours, prints HxW indices into a palette, places finished pictures. They are drawn
once for a bank, so that a scene costs a look-up and not a drawing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ecomgen.scenes.studio.primitives.noise import to_unit_range
from ecomgen.scenes.studio.textures.cells import nearest
from training.noise import spectral
from training.samples import surfaces as drawn

Map = NDArray[np.uint8]

SIDE = 256
PRINT_COLOURS = 8
WORDS = [
    "NOVA",
    "PURE",
    "Ember",
    "Lumo",
    "ORIGINAL",
    "fresh",
    "Kiko",
    "250",
    "ml",
    "N°7",
    "extra",
    "mild",
    "BIO",
    "Atelier",
    "since",
    "1924",
    "classic",
    "Rio",
    "MINT",
]


@dataclass(frozen=True, kw_only=True, eq=False)
class Bank:
    """Patterns Nx256x256 in [0, 255], prints Nx256x256 in [0, 7], places Nx128x256x3 sRGB."""

    patterns: Map
    kinds: NDArray[np.str_]  # what each pattern is
    prints: Map
    places: Map

    def save(self, file: Path) -> None:
        np.savez_compressed(file, patterns=self.patterns, kinds=self.kinds, prints=self.prints, places=self.places)


def load_bank(file: Path) -> Bank:
    """A bank that `Bank.save` wrote."""
    with np.load(file) as stored:
        return Bank(**{name: stored[name] for name in ("patterns", "kinds", "prints", "places")})


def make_bank(seed: int, *, each: int = 8, prints: int = 96, places: int = 96) -> Bank:
    """A bank with `each` patterns of every kind."""
    rng = np.random.default_rng(seed)
    made = [(kind, draw(rng)) for kind, draw in PATTERNS.items() for _ in range(each)]
    return Bank(
        patterns=np.stack([_bytes(field) for _, field in made]),
        kinds=np.array([kind for kind, _ in made]),
        prints=np.stack([_print(rng) for _ in range(prints)]),
        places=np.stack([_place(rng) for _ in range(places)]),
    )


def _bytes(field: NDArray[np.floating]) -> Map:
    field = np.asarray(field, dtype=np.float32)
    low, high = np.percentile(field, (0.5, 99.5))
    return (np.clip((field - low) / max(high - low, 1e-6), 0, 1) * 255).astype(np.uint8)


def _grey(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(cv2.resize(picture.mean(2), (SIDE, SIDE), interpolation=cv2.INTER_AREA))


def _seed(rng: Generator) -> int:
    return int(rng.integers(1 << 30))


def _wood(rng: Generator) -> NDArray:
    return _grey(drawn.wood(_seed(rng), "#FFFFFF", "#101010", size=512, planks=int(rng.integers(1, 7))))


def _cloth(rng: Generator) -> NDArray:
    return _grey(drawn.linen(_seed(rng), "#808080", size=512, threads=int(rng.integers(30, 150))))


def _stone(rng: Generator) -> NDArray:
    return _grey(drawn.stone(_seed(rng), "#303030", "#FFFFFF", size=512))


def _tiles(rng: Generator) -> NDArray:
    columns = int(rng.integers(2, 9))
    rows = columns * int(rng.integers(1, 4))
    return _grey(drawn.tiles(_seed(rng), "#D0D0D0", "#202020", columns=columns, rows=rows, size=512))


def _clouds(rng: Generator) -> NDArray:
    return spectral(rng, (SIDE, SIDE), falloff=float(rng.uniform(0.6, 2.2)))


def _speckles(rng: Generator) -> NDArray:
    field = spectral(rng, (SIDE, SIDE), falloff=0.4, finest=float(rng.uniform(1.5, 5)))
    return field > np.quantile(field, rng.uniform(0.7, 0.98))


def _blotches(rng: Generator) -> NDArray:
    field = spectral(rng, (SIDE, SIDE), falloff=1.6, coarsest=float(rng.uniform(0.1, 0.4)))
    return np.digitize(field, np.sort(rng.normal(0, 1, int(rng.integers(1, 4))))).astype(float)


def _stripes(rng: Generator) -> NDArray:
    y, x = np.indices((SIDE, SIDE)) / SIDE
    angle = rng.choice([0, np.pi / 2, rng.uniform(0, np.pi)])
    wave = (np.cos(angle) * x + np.sin(angle) * y) * rng.integers(2, 16)
    return (wave % 1 < rng.uniform(0.15, 0.6)).astype(float)


def _checks(rng: Generator) -> NDArray:
    y, x = np.indices((SIDE, SIDE)) / SIDE * int(rng.integers(2, 12))
    if rng.random() < 0.5:
        return (x % 1 < 0.5) * 0.5 + (y % 1 < 0.5) * 0.5
    return ((np.floor(x) + np.floor(y)) % 2).astype(float)


def _dots(rng: Generator) -> NDArray:
    y, x = np.indices((SIDE, SIDE)) / SIDE * int(rng.integers(3, 14))
    x = x + 0.5 * (np.floor(y) % 2)
    return (np.hypot(x % 1 - 0.5, y % 1 - 0.5) < rng.uniform(0.15, 0.42)).astype(float)


def _bricks(rng: Generator) -> NDArray:
    rows = int(rng.integers(4, 14))
    y, x = np.indices((SIDE, SIDE)) / SIDE
    y, x = y * rows, x * rows / 2.2
    x = x + 0.5 * (np.floor(y) % 2)
    shade = rng.normal(0.75, 0.12, (rows + 2, rows + 2))[np.floor(y).astype(int), np.floor(x).astype(int)]
    joint = (np.minimum(x % 1, 1 - x % 1) < 0.04) | (np.minimum(y % 1, 1 - y % 1) < 0.08)
    return np.where(joint, rng.uniform(0, 0.9), shade) + 0.06 * spectral(rng, (SIDE, SIDE), falloff=0.8)


def _pebbles(rng: Generator) -> NDArray:
    number, first, second = nearest(rng, (SIDE, SIDE), float(rng.uniform(6, 40)))
    shade = rng.uniform(0.4, 1, int(number.max()) + 1)[number]
    return shade * np.clip((second - first) * rng.uniform(2, 8), 0.1, 1)


def _grass(rng: Generator) -> NDArray:
    canvas = np.zeros((SIDE, SIDE), np.float32)
    for _ in range(int(rng.integers(500, 2500))):
        x, y = rng.uniform(0, SIDE, 2)
        dx, dy = rng.normal(0, 6), rng.normal(-12, 5)
        cv2.line(
            canvas, (int(x), int(y)), (int(x + dx), int(y + dy)), float(rng.uniform(0.2, 1)), int(rng.integers(1, 3))
        )
    return canvas


def _leaves(rng: Generator) -> NDArray:
    canvas = np.zeros((SIDE, SIDE), np.float32)
    for _ in range(int(rng.integers(120, 500))):
        x, y = rng.uniform(0, SIDE, 2)
        axes = int(rng.uniform(4, 22)), int(rng.uniform(2, 9))
        cv2.ellipse(canvas, (int(x), int(y)), axes, rng.uniform(0, 360), 0, 360, float(rng.uniform(0.1, 1)), -1)
    return canvas


def _gradient(rng: Generator) -> NDArray:
    y, x = np.indices((SIDE, SIDE)) / SIDE
    return x * rng.uniform(-0.5, 0.5) + y + 0.02 * rng.standard_normal((SIDE, SIDE))


def _tufts(rng: Generator) -> NDArray:
    return spectral(rng, (SIDE, SIDE), falloff=0.7, coarsest=0.06, stretch=(1, float(rng.uniform(0.4, 1))))


PATTERNS: dict[str, Callable[[Generator], NDArray]] = {
    "wood": _wood,
    "cloth": _cloth,
    "stone": _stone,
    "tiles": _tiles,
    "clouds": _clouds,
    "speckles": _speckles,
    "blotches": _blotches,
    "stripes": _stripes,
    "checks": _checks,
    "dots": _dots,
    "bricks": _bricks,
    "pebbles": _pebbles,
    "grass": _grass,
    "leaves": _leaves,
    "gradient": _gradient,
    "tufts": _tufts,
}


def _print(rng: Generator) -> Map:
    """A label: ground, bands, frames, discs, shapes, lines of small text, big words."""
    sheet = Image.new("L", (SIDE, SIDE), 0)
    draw = ImageDraw.Draw(sheet)
    for _ in range(int(rng.integers(1, 9))):
        PRINTED[int(rng.integers(len(PRINTED)))](draw, rng, int(rng.integers(1, PRINT_COLOURS)))
    return np.asarray(sheet).copy()


def _band(draw: ImageDraw.ImageDraw, rng: Generator, ink: int) -> None:
    y = rng.uniform(0, SIDE)
    draw.rectangle((0, y, SIDE, y + rng.uniform(4, 90)), ink)


def _disc(draw: ImageDraw.ImageDraw, rng: Generator, ink: int) -> None:
    x, y, r = rng.uniform(0, SIDE), rng.uniform(0, SIDE), rng.uniform(10, 90)
    draw.ellipse((x - r, y - r * rng.uniform(0.4, 1), x + r, y + r), ink)


def _shape(draw: ImageDraw.ImageDraw, rng: Generator, ink: int) -> None:
    angle = np.sort(rng.uniform(0, 2 * np.pi, int(rng.integers(3, 9))))
    radius = rng.uniform(15, 90, len(angle))
    x, y = rng.uniform(40, SIDE - 40, 2)
    draw.polygon([(x + r * np.cos(a), y + r * np.sin(a)) for a, r in zip(angle, radius, strict=True)], ink)


def _frame(draw: ImageDraw.ImageDraw, rng: Generator, ink: int) -> None:
    inset = rng.uniform(4, 60)
    draw.rectangle((inset, inset, SIDE - inset, SIDE - inset), None, ink, int(rng.integers(1, 8)))


def _word(draw: ImageDraw.ImageDraw, rng: Generator, ink: int) -> None:
    font = ImageFont.load_default(size=float(rng.uniform(18, 80)))
    draw.text((SIDE / 2, rng.uniform(20, SIDE - 20)), str(rng.choice(WORDS)), ink, font, anchor="mm")


def _lines(draw: ImageDraw.ImageDraw, rng: Generator, ink: int) -> None:
    font = ImageFont.load_default(size=float(rng.uniform(8, 16)))
    y = rng.uniform(20, SIDE - 60)
    for row in range(int(rng.integers(2, 6))):
        draw.text((SIDE / 2, y + 14 * row), " ".join(rng.choice(WORDS, 4)), ink, font, anchor="mm")


PRINTED = (_band, _disc, _shape, _frame, _word, _word, _lines)


def _place(rng: Generator) -> Map:
    """Somewhere out of focus: sky and land or wall and floor, then boxes, blobs, leaves, points of light."""
    height, width = 128, 256
    top, low = rng.uniform(0.05, 1, 3), rng.uniform(0.02, 0.8, 3)
    if rng.random() < 0.6:
        top, low = top.mean() + 0.2 * (top - top.mean()), low.mean() + 0.25 * (low - low.mean())
    line = rng.uniform(0.2, 0.9)
    edge = 1 / (1 + np.exp(-(np.linspace(0, 1, height) - line) * rng.choice([6, 20, 200])))
    canvas = np.broadcast_to((top + (low - top) * edge[:, None])[:, None], (height, width, 3)).astype(np.float32).copy()
    canvas *= (1 + 0.1 * to_unit_range(spectral(rng, (height, width)))[..., None]).astype(np.float32)
    for _ in range(int(rng.integers(0, 30))):
        _thing(canvas, rng)
    canvas = cv2.GaussianBlur(canvas, (0, 0), float(rng.choice([0.6, 1.5, 3.0, 6.0])))
    return (canvas.clip(0, 1) * 255).astype(np.uint8)


def _thing(canvas: NDArray[np.float32], rng: Generator) -> None:
    height, width = canvas.shape[:2]
    x, y = int(rng.uniform(0, width)), int(rng.uniform(0.1, 1) * height)
    tone = rng.uniform(0.02, 1, 3)
    colour = (tone.mean() + rng.uniform(0, 1) * (tone - tone.mean())).tolist()
    kind = rng.integers(3)
    if kind == 0:
        cv2.rectangle(canvas, (x, y), (x + int(rng.uniform(4, 70)), y - int(rng.uniform(5, 90))), colour, -1)
    elif kind == 1:
        cv2.ellipse(canvas, (x, y), (int(rng.uniform(2, 40)), int(rng.uniform(2, 30))), 0, 0, 360, colour, -1)
    else:
        for _ in range(int(rng.integers(10, 80))):
            spot = (x + int(rng.normal(0, 20)), y + int(rng.normal(0, 14)))
            cv2.circle(canvas, spot, int(rng.uniform(1, 5)), [float(c * rng.uniform(0.5, 1.3)) for c in colour], -1)

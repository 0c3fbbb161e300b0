"""What a part is made of, as data: colours in a pattern or print, how rough, whether metal or glass."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.random import Generator

from ecomgen.scenes.studio.primitives.shapes import Shape

Colour = tuple[float, float, float]  # sRGB in [0, 1]

SOFT = ("cloth", "clouds", "tufts", "stripes", "checks", "speckles", "blotches", "dots")
HARD = ("clouds", "speckles", "stone", "wood", "gradient", "blotches", "stripes")


@dataclass(frozen=True, kw_only=True)
class Finish:
    """`pattern` is plain, print or a kind of the bank; `colours` are the two ends of a pattern or a print's palette."""

    colours: tuple[Colour, ...]
    pattern: str = "plain"
    roughness: float = 0.5
    metal: float = 0.0
    glass: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """One mesh with its finish."""

    mesh: Shape
    finish: Finish


Parts = list[Part]


def part(mesh: Shape, finish: Finish) -> Part:
    """A part, said shortly."""
    return Part(mesh=mesh, finish=finish)


@dataclass(frozen=True, kw_only=True)
class Look:
    """The colours that the parts of one product share, chosen once so that they belong together."""

    rng: Generator = field(compare=False)
    main: Colour
    second: Colour
    accent: Colour
    shine: float  # how glossy the whole is, in [0, 1]

    def between(self, low: float, high: float) -> float:
        """A number of the range, all equally likely."""
        return float(self.rng.uniform(low, high))

    def odds(self, share: float) -> bool:
        """True in this share of cases."""
        return bool(self.rng.random() < share)

    def colour(self) -> Colour:
        """One of the product's colours."""
        shares = (0.6, 0.25, 0.15)
        return (self.main, self.second, self.accent)[int(self.rng.choice(3, p=shares))]

    def hard(self, colour: Colour | None = None) -> Finish:
        """Plastic, ceramic, lacquer: mostly plain, sometimes with a pattern."""
        first = colour or self.main
        plain = self.rng.random() < 0.65
        other = near(self.rng, first, 0.12) if self.rng.random() < 0.6 else self.second
        pattern = "plain" if plain else str(self.rng.choice(HARD))
        return Finish(colours=(first, other), pattern=pattern, roughness=self._roughness(), metal=0.0)

    def soft(self, colour: Colour | None = None) -> Finish:
        """Cloth, leather, plush: never glossy."""
        first = colour or self.main
        pattern = (
            str(self.rng.choice(SOFT))
            if self.rng.random() < 0.35
            else str(self.rng.choice(("cloth", "tufts", "clouds")))
        )
        other = self.second if pattern in ("stripes", "checks", "dots") else near(self.rng, first, 0.15)
        return Finish(colours=(first, other), pattern=pattern, roughness=float(self.rng.uniform(0.6, 1)))

    def printed(self, ground: Colour | None = None) -> Finish:
        """Printed paper, card or tin on a ground of the product's colour."""
        inks = [any_colour(self.rng) for _ in range(4)]
        palette = (ground or self.main, self.second, self.accent, *inks, (0.05, 0.05, 0.06))
        return Finish(colours=palette, pattern="print", roughness=float(self.rng.uniform(0.15, 0.7)))

    def metal(self) -> Finish:
        """Steel, brass, gold, lacquered metal."""
        tone = METALS[int(self.rng.integers(len(METALS)))] if self.rng.random() < 0.8 else self.main
        return Finish(colours=(tone, tone), roughness=float(self.rng.uniform(0.08, 0.45)), metal=1.0)

    def glass(self) -> Finish:
        """Clear or tinted glass."""
        tint = (0.97, 0.98, 0.98) if self.rng.random() < 0.5 else near(self.rng, (0.8, 0.85, 0.8), 0.2)
        return Finish(colours=(tint, tint), glass=True)

    def any_of(self, *names: str) -> Finish:
        """One of the named kinds of finish."""
        return getattr(self, str(self.rng.choice(names)))()

    def _roughness(self) -> float:
        return float(np.clip(0.65 - 0.6 * self.shine + self.rng.normal(0, 0.06), 0.06, 1))


METALS: tuple[Colour, ...] = (
    (0.85, 0.85, 0.86),
    (0.6, 0.6, 0.62),
    (0.86, 0.72, 0.45),
    (0.78, 0.52, 0.38),
    (0.2, 0.2, 0.22),
)


def make_look(rng: Generator, tone: Colour | None = None) -> Look:
    """A palette around `tone`, or around any colour."""
    main = tone or any_colour(rng)
    second = any_colour(rng) if rng.random() < 0.55 else near(rng, main, 0.3)
    return Look(rng=rng, main=main, second=second, accent=any_colour(rng), shine=float(rng.uniform(0, 1)))


def any_colour(rng: Generator) -> Colour:
    """What products are painted with: bright, muted, earthy, white, black, grey."""
    kind = rng.choice(5, p=(0.33, 0.25, 0.14, 0.16, 0.12))
    if kind == 0:
        return colorsys.hsv_to_rgb(rng.uniform(), rng.uniform(0.45, 0.92), rng.uniform(0.35, 0.98))
    if kind == 1:
        return colorsys.hsv_to_rgb(rng.uniform(), rng.uniform(0.12, 0.5), rng.uniform(0.35, 0.95))
    if kind == 2:
        return colorsys.hsv_to_rgb(rng.uniform(0.02, 0.14), rng.uniform(0.2, 0.75), rng.uniform(0.15, 0.8))
    if kind == 3:
        grey = rng.uniform(0.8, 0.96)
        return near(rng, (grey, grey, grey), 0.03)
    grey = rng.uniform(0.03, 0.35)
    return near(rng, (grey, grey, grey), 0.03)


def near(rng: Generator, colour: Colour, spread: float) -> Colour:
    """A colour near another."""
    moved = np.clip(np.array(colour) * (1 + rng.normal(0, spread)) + rng.normal(0, spread / 3, 3), 0.01, 0.98)
    return (float(moved[0]), float(moved[1]), float(moved[2]))


def recoloured(parts: Parts, rng: Generator, tone: Colour, spread: float = 0.06) -> Parts:
    """The same parts in shades of one colour: white on white, dark on dark."""
    return [
        replace(part, finish=replace(part.finish, colours=tuple(near(rng, tone, spread) for _ in part.finish.colours)))
        for part in parts
    ]


def moved(parts: Parts, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Parts:
    """The same parts elsewhere."""
    return [replace(one, mesh=one.mesh.moved(x, y, z)) for one in parts]


def turned(parts: Parts, degrees: float, axis: str = "z") -> Parts:
    """The same parts, turned about an axis through the origin."""
    return [replace(one, mesh=one.mesh.turned(**{axis: degrees})) for one in parts]

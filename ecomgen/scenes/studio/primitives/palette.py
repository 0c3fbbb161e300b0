"""Colours that go with a product: its own ones, and companions by hue (in Björn Ottosson's Oklab)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from ecomgen.color import to_bytes, to_linear, to_srgb
from ecomgen.scenes.studio.primitives.types import Colour, Values, triple
from ecomgen.types import Pixels

ONE_HUE, ONE_GREY = 28.0, 0.25  # degrees of hue, and lightness (Oklab), within which colours have one name
TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def to_oklab(linear: ArrayLike) -> Values:
    """Linear RGB, Nx3 or 3, to Oklab."""
    return np.cbrt(np.asarray(linear, dtype=np.float64) @ TO_LMS.T) @ TO_LAB.T


def lightness(colour: ArrayLike) -> float:
    """The lightness (Oklab) of a linear colour, in [0, 1]."""
    return float(to_oklab(colour)[0])


def from_oklab(lab: ArrayLike) -> Values:
    """Oklab, Nx3 or 3, to linear RGB, which may lie outside of [0, 1]."""
    return (np.asarray(lab, dtype=np.float64) @ np.linalg.inv(TO_LAB).T) ** 3 @ np.linalg.inv(TO_LMS).T


def from_oklch(lightness: float, chroma: float, hue: float) -> Colour:
    """Lightness in [0, 1], chroma (0.1 is lively), hue in degrees to linear RGB; chroma gives way where it must."""
    rgb = np.zeros(3)
    for share in np.linspace(1, 0, 21):
        a, b = chroma * share * np.cos(np.radians(hue)), chroma * share * np.sin(np.radians(hue))
        rgb = from_oklab([lightness, a, b])
        if rgb.min() >= -1e-4 and rgb.max() <= 1.0001:
            break
    return triple(np.clip(rgb, 0, 1))


def hexadecimal(text: str) -> Colour:
    """#rrggbb to linear RGB."""
    digits = text.removeprefix("#")
    return triple(to_linear([int(digits[k : k + 2], 16) / 255 for k in (0, 2, 4)]))


def as_hexadecimal(colour: Colour) -> str:
    """Linear RGB to #rrggbb."""
    return "#" + "".join(f"{value:02x}" for value in to_bytes(to_srgb(colour)))


def toned(colour: Colour, *, lightness: float | None = None, chroma: float = 1.0, hue: float = 0.0) -> Colour:
    """`colour` with another lightness, its chroma multiplied and its hue turned."""
    light, a, b = to_oklab(colour)
    return from_oklch(light if lightness is None else lightness, float(np.hypot(a, b)) * chroma, hue_of(colour) + hue)


def hue_of(colour: Colour) -> float:
    """Its hue in Oklab, in degrees."""
    _, a, b = to_oklab(colour)
    return float(np.degrees(np.arctan2(b, a)))


def has_one_name(colour: Colour, other: Colour) -> bool:
    """Whether two colours are called the same: they have one hue, or are both grey and about as light."""
    if is_grey(colour) or is_grey(other):
        return is_grey(colour) and is_grey(other) and abs(lightness(colour) - lightness(other)) < ONE_GREY
    return abs((hue_of(colour) - hue_of(other) + 180) % 360 - 180) < ONE_HUE


def lightened(colour: str | None, usual: Colour) -> Colour:
    """What is made of cloth in a room of a wished colour, half as far from white; the usual in any other."""
    if colour is None:
        return usual
    told = hexadecimal(colour)
    return toned(told, lightness=0.5 * (0.95 + lightness(told)), chroma=0.8)


SHADES = {"pale": (0.84, 0.1, 1.0), "airy": (0.8, 0.3, 0.5), "deep": (0.28, 0.3, 0.5)}
"""How light a middle companion is, by what others are nearer to it, and by what chroma is multiplied."""


BESIDE = {
    "same": (0, 0.02, 0.07),
    "neutral": (0, 0.01, 0.015),
    "next": (-28, 0.035, 0.055),
    "opposite": (180, 0.01, 0.025),
}
"""What goes with a colour that is told: its hue turned by degrees, and between which its chroma lies."""
HARMONY = {"own": 0.0, "contrast": 180.0}  # degrees from the product's hue
GREY, WARM = 0.02, 65.0  # chroma of what is grey, with which any colour goes; the hue that is beside it


def is_grey(colour: Colour) -> bool:
    return float(np.hypot(*to_oklab(colour)[1:])) < GREY


def beside(colour: Colour, kind: str, lightness: float) -> Colour:
    """A colour that goes with a told one, of a `kind` of `BESIDE`."""
    _, a, b = to_oklab(colour)
    turn, least, most = BESIDE[kind]
    hue = WARM if is_grey(colour) else hue_of(colour) + turn
    return from_oklch(lightness, float(np.clip(0.4 * np.hypot(a, b), least, most)), hue)


@dataclass(frozen=True, kw_only=True)
class Palette:
    """The product's leading hue, in degrees, how colourful it is (Oklab chroma) and how light ([0, 1])."""

    hue: float
    chroma: float
    lightness: float
    shade: str = ""  # of companions, whatever the product's own lightness: pale, deep
    colours: tuple[Colour, ...] = ()  # that are to be taken, where a picture gave them

    @property
    def relatives(self) -> tuple[float, ...]:
        """Hues that go with the product's, in degrees."""
        if self.chroma < 0.03:
            return 70, 40, 150, 250, 20, 300
        return tuple(self.hue + turn for turn in (0, 30, -35, 180, 160, 200, 110))

    @property
    def apart(self) -> tuple[float, float]:
        """Between which a backdrop's lightness lets the product stand out."""
        return (0.62, 0.9) if self.lightness < 0.75 else (0.4, 0.74)

    def companion(self, rng: Generator) -> Colour:
        """A backdrop's colour that lets the product stand out: a relative, the complement, or a warm neutral."""
        if self.colours:
            return self.colours[int(rng.integers(min(len(self.colours), 3)))]
        hue = float(rng.choice(self.relatives))
        lightness = float(rng.uniform(0.62, 0.86) if self.lightness < 0.75 else rng.uniform(0.5, 0.72))
        return from_oklch(*self.shaded(lightness, float(rng.choice([0.03, 0.05, 0.07]))), hue)

    def shaded(self, lightness: float, chroma: float) -> tuple[float, float]:
        """A companion's lightness and chroma, as pale or as deep as is asked."""
        middle, share, colourful = SHADES.get(self.shade, (0.5, 1.0, 1.0))
        return middle + share * (lightness - 0.5), colourful * chroma

    def in_harmony(self, kind: str) -> Colour:
        """A backdrop's colour of a `kind` of `HARMONY`, as light as lets the product stand out; with a grey product's
        own goes grey."""
        chroma = 0.006 if self.chroma < GREY and kind == "own" else float(np.clip(1.2 * self.chroma, 0.035, 0.1))
        return from_oklch(float(np.mean(self.apart)), chroma, self.hue + HARMONY[kind])

    def accent(self, rng: Generator) -> Colour:
        """A livelier colour for small things."""
        if self.colours:
            return max(self.colours, key=lambda colour: float(np.hypot(*to_oklab(colour)[1:])))
        return from_oklch(float(rng.uniform(0.5, 0.75)), 0.11, self.hue + float(rng.choice([0, 150, 180, 210, 40])))


NEUTRAL = Palette(hue=70.0, chroma=0.02, lightness=0.6)


def product_palette(product: Pixels) -> Palette:
    """The palette of a placed product (HxWx4): the hue in which most of its colour lies."""
    step = max(1, int(np.sqrt(product.shape[0] * product.shape[1] / 60_000)))
    small = product[::step, ::step]
    opaque = small[small[..., 3] > 200][:, :3]
    return leading_palette(opaque) if len(opaque) >= 16 else NEUTRAL


def leading_palette(colours: Pixels) -> Palette:
    """The palette of some pixels, Nx3: the hue in which most of their colour lies."""
    lab = to_oklab(to_linear(colours))
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    angle = np.arctan2(lab[:, 2], lab[:, 1])
    histogram, edges = np.histogram(angle, bins=24, range=(-np.pi, np.pi), weights=np.where(chroma > 0.03, chroma, 0))
    smooth = histogram + 0.5 * (np.roll(histogram, 1) + np.roll(histogram, -1))
    peak = int(np.argmax(smooth))
    hue = float(np.degrees((edges[peak] + edges[peak + 1]) / 2))
    return Palette(hue=hue, chroma=float(chroma.mean()), lightness=float(np.median(lab[:, 0])))

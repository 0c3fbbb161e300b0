"""The style of a picture, as a set can take it over: palette, warmth, contrast, and how soft its light is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from ecomgen.color import LUMA, to_linear
from ecomgen.scenes.studio.estimation.photo_light import colour_temperature
from ecomgen.scenes.studio.estimation.resampling import at_most
from ecomgen.scenes.studio.primitives.palette import (
    Palette,
    as_hexadecimal,
    from_oklab,
    hexadecimal,
    leading_palette,
    to_oklab,
)
from ecomgen.scenes.studio.primitives.types import Light
from ecomgen.types import Parameters, Pixels

SIDE = 384  # pixels of the picture's longer side at which it is read
COLOURS = 5  # of a palette
SHARE = 0.75  # of the way to the picture's warmth, contrast and colourfulness that a scene goes
STRONGEST = 1.6  # factor on contrast and colourfulness
BRIGHTER = 0.06  # Oklab lightness by which a scene may move: the product in it keeps the light of its photo
ALIKE = 0.05  # of a and b over lightness: so near in colour, what differs in lightness is lit differently
KEYS = {"dark": (0.0, 0.42), "bright": (0.82, 1.01)}  # the mean Oklab lightness of a picture in that mood
CALM, EVEN = 0.15, 0.75  # spread of log luminance within one colour under a clouded sky, and under a bare sun


class Tones(NamedTuple):
    """Of a picture, in Oklab: its mean lightness and cast, the spread of lightness, and how colourful it is about that
    cast."""

    lightness: float
    contrast: float
    a: float
    b: float
    chroma: float

    def on(self, light: Light) -> Light:
        """A picture's linear light brought near to these tones, the same change for every pixel."""
        lab = to_oklab(light.reshape(-1, 3))
        own = tones(lab)
        moved = float(np.clip(SHARE * (self.lightness - own.lightness), -BRIGHTER, BRIGHTER))
        cast = np.array([own.a, own.b])
        wanted = cast + SHARE * (np.array([self.a, self.b]) - cast)
        lightness = own.lightness + moved + (lab[:, :1] - own.lightness) * _factor(self.contrast, own.contrast)
        colour = wanted + (lab[:, 1:] - cast) * _factor(self.chroma, own.chroma)
        changed = from_oklab(np.concatenate([np.clip(lightness, 0, 1), colour], -1))
        return np.clip(changed, 0, None).reshape(light.shape).astype(np.float32)


@dataclass(frozen=True, kw_only=True)
class PictureStyle:
    """What a set takes from a picture besides the kelvin, softness and hue that stand among its own parameters."""

    tones: Tones
    colours: tuple[str, ...]  # #rrggbb, the most of the picture first

    @property
    def mood(self) -> str | None:
        """The key that the whole picture is in; None where it is neither low nor high."""
        return next((name for name, (low, high) in KEYS.items() if low <= self.tones.lightness < high), None)

    def parameters(self) -> dict[str, Any]:
        """As flat parameters."""
        return {"style_tones": list(self.tones), "style_colours": list(self.colours)}


@dataclass(frozen=True, kw_only=True)
class Measured:
    """All that is read of a picture."""

    style: PictureStyle
    palette: Palette
    kelvin: float
    softness: float


def measured(picture: Pixels) -> Measured:
    """Read a picture, HxWx3."""
    small = at_most(picture, SIDE)
    linear = to_linear(small.reshape(-1, 3))
    rounded = Tones(*(round(value, 4) for value in tones(to_oklab(linear))))
    return Measured(
        style=PictureStyle(tones=rounded, colours=_colours(small)),
        palette=leading_palette(small.reshape(-1, 3)),
        kelvin=round(colour_temperature(linear), -1),
        softness=round(_softness(linear, to_oklab(linear)), 2),
    )


def style_of(given: Parameters) -> PictureStyle | None:
    """As the parameters hold it; None where they hold none."""
    if not given.get("style_tones"):
        return None
    values = Tones(*map(float, given["style_tones"]))
    colours = tuple(str(colour) for colour in given.get("style_colours") or ())
    for colour in colours:
        hexadecimal(colour)
    return PictureStyle(tones=values, colours=colours)


def tones(lab: Light) -> Tones:
    """Of colours in Oklab, Nx3."""
    cast = lab[:, 1:].mean(0)
    return Tones(
        lightness=float(lab[:, 0].mean()),
        contrast=float(lab[:, 0].std()),
        a=float(cast[0]),
        b=float(cast[1]),
        chroma=float(np.hypot(*(lab[:, 1:] - cast).T).mean()),
    )


def _factor(wanted: float, own: float) -> float:
    return float(np.clip((max(wanted, 1e-3) / max(own, 1e-3)) ** SHARE, 1 / STRONGEST, STRONGEST))


def _colours(picture: Pixels) -> tuple[str, ...]:
    """Its main colours, by median cut."""
    from PIL import Image

    cut = Image.fromarray(picture).quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    palette = np.asarray(cut.getpalette() or [0, 0, 0], np.uint8).reshape(-1, 3)
    often = sorted(cut.getcolors() or [], reverse=True)
    return tuple(as_hexadecimal(tuple(to_linear(palette[int(str(index))]))) for _, index in often)


def _softness(linear: Light, lab: Light) -> float:
    """The less of it, the more places of one colour differ in lightness: hard light parts them into lit and shaded.

    0 hard to 1 soft; a rough estimate, since a picture tells little else of it without its things cut out.
    """
    tint = lab[:, 1:] / np.maximum(lab[:, :1], 0.15)
    _, kind, count = np.unique(np.round(tint / ALIKE).astype(int), axis=0, return_inverse=True, return_counts=True)
    kind, tone = kind.reshape(-1), np.log(linear @ LUMA + 0.01)
    mean = np.bincount(kind, tone) / count
    spread = float(np.sqrt(np.mean((tone - mean[kind]) ** 2)))
    return float(np.clip((EVEN - spread) / (EVEN - CALM), 0.1, 0.9))

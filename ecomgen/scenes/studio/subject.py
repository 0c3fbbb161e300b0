"""The product at the size at which its picture is rendered: its stand-in for light, what it hides, what is metered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import cv2
import numpy as np

from ecomgen.color import uncovered
from ecomgen.messages import Message
from ecomgen.scenes.studio.estimation.facts import Facts
from ecomgen.scenes.studio.estimation.products import USUAL_SIZE
from ecomgen.scenes.studio.primitives.types import Light, Thing
from ecomgen.scenes.studio.rendering import tone, translucent
from ecomgen.scenes.studio.rendering.allocation import plan_for
from ecomgen.scenes.studio.rendering.behind import grown_behind, hidden_by
from ecomgen.scenes.studio.rendering.contact import PROFILE, ContactShadowProfile, evened, occluded
from ecomgen.scenes.studio.rendering.proxy import stand_in
from ecomgen.scenes.studio.stage.frame import Frame
from ecomgen.types import BoolMask, Box, Pixels

ON_ITS_BACK = Message(
    "The product was photographed from the side, and lies on its back here. For a flat lay, lay it down and photograph "
    "it from straight above."
)
ASIDE = 40.0  # degrees up to which the camera's height is from the side
UNSURE = 8.0  # degrees of uncertainty, beyond which the camera's height is told to be a guess


@dataclass(frozen=True, kw_only=True, eq=False)
class Subject:
    """The product (RGBA, canvas size) and what is known of it; without one, the set alone is rendered."""

    product: Pixels | None
    box: Box
    width: int
    height: int
    facts: Facts
    parts: tuple[tuple[Pixels, Box], ...] = ()  # of several products, each by itself
    placed: tuple[Thing, ...] | None = None  # its stand-ins, where they were made for another view of it

    @property
    def each(self) -> tuple[tuple[Pixels, Box], ...]:
        """Every product by itself; none where the set alone is rendered."""
        return self.parts or (() if self.product is None else ((self.product, self.box),))

    @cached_property
    def passing(self) -> Light | None:
        """The share of light that passes through it, RGB; None where it is opaque."""
        return None if self.product is None else translucent.transmitted(self.product, self.box)

    @property
    def opacity(self) -> float:
        """The share of light that it takes away from its shadow."""
        return 1.0 if self.passing is None else float(1 - self.passing @ tone.LUMA)

    @cached_property
    def hidden(self) -> BoolMask:
        """Where nothing is seen of what is behind it, HxW."""
        return hidden_by(self._solid[..., 3])

    @property
    def _solid(self) -> Pixels:
        """Without the clearness of glass, as its stand-in is."""
        if self.product is None:
            return np.zeros((self.height, self.width, 4), np.uint8)
        return self.product if self.passing is None else translucent.solid(self.product)

    def stand_ins(self, frame: Frame) -> list[Thing]:
        """What takes its place in the set; nothing where nothing is opaque."""
        if self.placed is not None:
            return list(self.placed)
        return [thing for thing in self.stand_in_of_each(frame) if thing is not None]

    def stand_in_of_each(self, frame: Frame) -> tuple[Thing | None, ...]:
        """The same for each product, the main one first; None for one of which nothing is opaque."""
        return () if self.product is None else _stand_ins(self, frame)

    def touching(self, light: Light, frame: Frame, profile: ContactShadowProfile = PROFILE) -> Light:
        """The light with the dark line where the product touches what it stands on."""
        for product, _ in self.each:
            light = occluded(light, product[..., 3], frame, profile)
        return light

    def evened(self, light: Light, frame: Frame) -> Light:
        """The light with the first rows under the product alike along its contact."""
        for product, _ in self.each:
            light = evened(light, product[..., 3], frame)
        return light

    def behind(self, light: Light) -> Light:
        """The light without the stand-in at the product's rim, where it would shine through the soft edge."""
        return light if self.product is None else grown_behind(light, self.hidden)

    def behind_cover(self, share: Light) -> Subject:
        """The same without what is covered (HxW in [0, 1]) of the product."""
        assert self.product is not None
        parts = tuple((uncovered(product, share), box) for product, box in self.parts)
        return replace(self, product=uncovered(self.product, share), parts=parts)

    def meter(self, frame: Frame) -> BoolMask:
        """The ground round the product's foot, without the product, HxW."""
        rows, columns = np.arange(frame.height)[:, None], np.arange(frame.width)[None, :]
        reach = 0.35 / frame.unit
        near = (rows > frame.ground_row - 0.4 * reach) & (rows < frame.ground_row + reach)
        middle, half = frame.width / 2 + frame.product_x / frame.unit, 0.5 * frame.product_width / frame.unit
        near = near & (np.abs(columns - middle) < half + reach)
        return near if self.product is None else near & (self.product[..., 3] == 0)

    def over(self, pixels: Pixels) -> Pixels:
        """The product over a picture of its own size."""
        if self.product is None:
            return pixels
        alpha = self.product[..., 3:].astype(np.float32) / 255
        return np.round(pixels + alpha * (self.product[..., :3].astype(np.float32) - pixels)).astype(np.uint8)

    def shrunk(self, size: tuple[int, int]) -> Subject:
        """The same with the product resized to `size`, width and height."""
        return self if self.product is None else replace(self, product=shrunk(self.product, size))

    def notes(self, size: tuple[int, int], *, lying: bool) -> tuple[str, ...]:
        """What a picture of `size` owes to the photo's point of view, to guesses and to enlarging.

        In a flat lay the product is `lying`, and looks wrong there where it is seen from the side.
        """
        unsure = self.facts.spread > UNSURE
        seen_well = self.product is None or lying == unsure or (lying and self.facts.elevation > ASIDE)
        seen = () if seen_well else (ON_ITS_BACK if lying else _guessed(self.facts.elevation),)
        sized = () if self.product is None or self.facts.sized else (_of_unknown_size(),)
        return (*seen, *sized, *self.enlarging(size))

    def enlarging(self, size: tuple[int, int]) -> tuple[str, ...]:
        """What is said where the surroundings are rendered smaller than the picture."""
        if (self.width, self.height) == size:
            return ()
        return (
            Message(
                "The surroundings were rendered at {width}x{height} and enlarged; the product was not.",
                width=self.width,
                height=self.height,
            ),
        )


def _of_unknown_size() -> str:
    return Message(
        "How large the product is was not told: what stands beside it is sized for one of {guess}. Its name or "
        "{--height-cm} corrects that.",
        guess=f"{100 * USUAL_SIZE:.0f} cm",
    )


def _guessed(elevation: float) -> str:
    return Message(
        "The photos do not show how high the camera stood: {guess} is what is usual. Where "
        "the product seems to slide, {--camera-elevation} corrects it.",
        guess=f"{elevation:.0f}°",
    )


def subject_of(
    product: Pixels, box: Box, facts: Facts, variant: str, parts: Sequence[tuple[Pixels, Box]] = ()
) -> Subject:
    """The product (RGBA, canvas size) at rendering size, of several all of them, and what is known of it."""
    height, width = product.shape[:2]
    scale = min(1.0, plan_for(variant).largest / max(width, height))
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    (small, edges), *smaller = (
        (one if scale == 1 else shrunk(one, size), scaled(place, (scale, scale)))
        for one, place in ((product, box), *parts)
    )
    return Subject(product=small, box=edges, width=size[0], height=size[1], facts=facts, parts=tuple(smaller))


def scaled(edges: tuple[float, float, float, float], scale: tuple[float, float]) -> Box:
    """A box, x0, y0, x1, y1, scaled across and down; at least a pixel wide and high."""
    x0, y0, x1, y1 = (round(edge * scale[number % 2]) for number, edge in enumerate(edges))
    return Box(x0, y0, max(x1, x0 + 1), max(y1, y0 + 1))


@lru_cache(maxsize=1)
def _stand_ins(subject: Subject, frame: Frame) -> tuple[Thing | None, ...]:
    """The products' stand-ins, the same for all seeds of a request."""
    whole = subject.parts or ((subject._solid, subject.box),)
    return tuple(stand_in(product, box, frame) for product, box in whole)


def shrunk(product: Pixels, size: tuple[int, int]) -> Pixels:
    return weighted(product, lambda mixed: cv2.resize(mixed, size, interpolation=cv2.INTER_AREA))


def weighted(product: Pixels, change: Callable[[Light], Any]) -> Pixels:
    """The product (HxWx4) as `change` resamples it, its colours weighted by how opaque they are."""
    alpha = product[..., 3:].astype(np.float32) / 255
    made = np.asarray(change(np.concatenate([product[..., :3] * alpha, 255 * alpha], -1)))
    made[..., :3] /= np.maximum(made[..., 3:] / 255, 1e-3)
    return np.round(np.clip(made, 0, 255)).astype(np.uint8)

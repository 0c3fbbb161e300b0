"""The studio as a back end: from a request to one finished scene per seed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ecomgen.scenes.studio import places, tone, variants, white
from ecomgen.scenes.studio.behind import grown_behind, hidden_by
from ecomgen.scenes.studio.frame import Frame, frame_above, frame_for
from ecomgen.scenes.studio.mood import finished
from ecomgen.scenes.studio.product import USUAL_ELEVATION, Facts, facts
from ecomgen.scenes.studio.prompt import parse, wish_for
from ecomgen.scenes.studio.proxy import stand_in
from ecomgen.scenes.studio.render import Quality, render
from ecomgen.scenes.studio.shot import Shot
from ecomgen.types import Box, Progress, Scene

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from ecomgen.recipes import Recipe
    from ecomgen.scenes.studio.stage import Thing
    from ecomgen.scenes.studio.wish import Wish
    from ecomgen.types import ModelUsed, Parameters, Pixels, Placement, Report, SceneRequest, Understanding

LARGEST = {"scalar": 1536, "llvm": 2048, "cuda": 4096}  # pixels of the longer side that are rendered; beyond, enlarged
VIEWS = {"low": -6.0, "high": 9.0}


@dataclass(frozen=True, kw_only=True, eq=False)
class Subject:
    """The product at the size at which the scene is rendered."""

    product: Pixels | None
    box: Box
    ground_row: float
    width: int
    height: int
    facts: Facts


class StudioBackend:
    """Renders a set round the placed product with Mitsuba; no weights, no network."""

    modes = frozenset({"keep"})
    models: tuple[ModelUsed, ...] = ()
    _used: str | None = None

    def __init__(self, recipe: Recipe | None = None) -> None:
        wanted = None if recipe is None else recipe.defaults.get("variant")
        self._wanted = None if wanted is None else str(wanted)

    @cached_property
    def _best(self) -> str:
        return variants.usable(self._wanted)

    @property
    def device(self) -> str:
        return variants.DEVICES[self._used or self._best]

    def resolved(self) -> dict[str, Any]:
        """What a replay must know beyond the request."""
        return {"variant": self._used or self._best}

    def understand(self, prompt: str, product: str = "") -> Understanding:
        """The prompt's words, sorted into understood and ignored, and the scene they lead to."""
        return parse(prompt, product)

    def make(self, request: SceneRequest, report: Report) -> Iterator[Scene]:
        """One scene per seed, in order, each as soon as it is ready.

        Raises:
            Cancelled: `report` raised it; it is asked at least every two seconds.
        """
        asked = request.parameters.get("variant")
        self._used = variants.usable(asked) if asked else self._best
        quality = _quality(request.parameters, self._used)
        placement = request.placement
        subject = _subject(placement.product, placement.box, placement.contact_y, request.product, self._used)
        wish = wish_for(request.prompt, request.product)
        size = (placement.canvas.width, placement.canvas.height)
        for number, seed in enumerate(request.seeds):
            work = _Work(number=number, count=len(request.seeds), seed=seed, quality=quality, report=report)
            if placement.canvas.background is not None:
                yield _plain(subject, wish, size, placement.canvas.background, work)
            else:
                yield _scene(subject, wish, size, work)


def preview(prompt: str, *, seed: int, width: int, height: int, report: Report) -> Scene:
    """The set of a prompt without a product, on a canvas of `width` x `height`."""
    side = int(0.55 * min(width, height))
    x0, y1 = (width - side) // 2, int(0.5 * height + 0.5 * side)
    box = Box(x0, y1 - side, x0 + side, y1)
    variant = variants.best_variant()
    subject = _subject(np.zeros((height, width, 4), np.uint8), box, y1, "", variant)
    work = _Work(number=0, count=1, seed=seed, quality=Quality(variant=variant), report=report)
    return _scene(replace(subject, product=None), wish_for(prompt), (width, height), work)


def set_up(placement: Placement, wish: Wish, *, seed: int, variant: str, phrase: str = "") -> tuple[Shot, list[Thing]]:
    """The shot of one picture and the product's stand-in: what a set is built for and rendered with."""
    subject = _subject(placement.product, placement.box, placement.contact_y, phrase, variant)
    shot = _shot(subject, wish, seed)
    return shot, _stand_ins(subject, shot)


@dataclass(frozen=True, kw_only=True)
class _Work:
    """One picture of `count`, and how to tell of it."""

    number: int
    count: int
    seed: int
    quality: Quality
    report: Report

    def tick(self, start: float = 0.0, end: float = 1.0) -> Callable[[float], None]:
        """A listener for a stretch of this picture's work."""

        def told(share: float) -> None:
            done = int(1000 * (self.number + start + (end - start) * share))
            percent = round(100 * (start + (end - start) * share))
            message = f"Picture {self.number + 1} of {self.count}: {percent} % of the light"
            self.report(Progress(step="scene", done=done, total=1000 * self.count, message=message))

        return told


def _quality(parameters: Parameters, variant: str) -> Quality:
    usual = Quality(variant=variant)
    return Quality(
        variant=variant,
        integrator=str(parameters.get("integrator", usual.integrator)),
        samples_per_pixel=max(1, int(parameters.get("samples_per_pixel", usual.samples_per_pixel))),
        max_depth=max(2, int(parameters.get("max_depth", usual.max_depth))),
        denoise=bool(parameters.get("denoise", usual.denoise)),
    )


def _subject(product: Pixels, box: Box, contact_y: float, phrase: str, variant: str) -> Subject:
    """The product at rendering size, and what is known of it."""
    height, width = product.shape[:2]
    scale = min(1.0, LARGEST[variant.split("_")[0]] / max(width, height))
    small = product if scale == 1 else _shrunk(product, scale)
    edges = (
        round(box.x0 * scale),
        round(box.y0 * scale),
        max(round(box.x1 * scale), round(box.x0 * scale) + 1),
        round(box.y1 * scale),
    )
    return Subject(
        product=small,
        box=Box(*edges),
        ground_row=contact_y * scale,
        width=small.shape[1],
        height=small.shape[0],
        facts=facts(product, box, phrase),
    )


def _shrunk(product: Pixels, scale: float) -> Pixels:
    import cv2

    size = (max(round(product.shape[1] * scale), 1), max(round(product.shape[0] * scale), 1))
    alpha = product[..., 3:].astype(np.float32) / 255
    mixed = np.concatenate([product[..., :3] * alpha, 255 * alpha], -1)
    small = cv2.resize(mixed, size, interpolation=cv2.INTER_AREA)
    small[..., :3] /= np.maximum(small[..., 3:] / 255, 1e-3)
    return np.round(np.clip(small, 0, 255)).astype(np.uint8)


def _shot(subject: Subject, wish: Wish, seed: int) -> Shot:
    """The picture's set-up: chance moves camera height and light, never the product on the canvas."""
    rng = np.random.default_rng([seed & 0xFFFFFFFF, 20])
    known = subject.facts.elevation
    elevation = (known if known is not None else USUAL_ELEVATION) + float(
        rng.normal(0, 0.5 if known is not None else 1.5)
    )
    elevation = float(np.clip(elevation + VIEWS.get(wish.view or "", 0.0), 3.0, 32.0))
    if wish.place == "flatlay":
        frame = frame_above(subject.width, subject.height, subject.box)
    else:
        frame = frame_for(subject.width, subject.height, subject.box, subject.ground_row, elevation=elevation)
    chance = float(rng.choice([-1.0, 1.0]))
    wished = {"left": -1.0, "right": 1.0}.get(wish.side or "")
    side = wished if wished is not None else subject.facts.side or chance
    return Shot(
        wish=wish,
        frame=frame,
        rng=rng,
        side=side,
        seed=seed,
        metre=1 / subject.facts.metres,
        palette=subject.facts.palette,
    )


def _scene(subject: Subject, wish: Wish, size: tuple[int, int], work: _Work) -> Scene:
    shot = _shot(subject, wish, work.seed)
    stage = finished(places.build(shot), shot.wish)
    rendered = render(stage, shot.frame, _stand_ins(subject, shot), work.quality, seed=work.seed, tick=work.tick())
    measured = tone.metered(rendered.light, rendered.albedo, _meter(subject, shot.frame))
    usual = 1 / stage.brightness()
    light = rendered.light * (np.clip(measured, 0.8 * usual, 1.5 * usual) * 2**stage.exposure)
    light = _enlarged(_behind(light, subject), size)
    grain = np.random.default_rng([work.seed & 0xFFFFFFFF, 21])
    pixels = tone.developed(tone.bloomed(light), contrast=stage.contrast, saturation=stage.saturation, rng=grain)
    return Scene(
        seed=work.seed,
        pixels=pixels,
        steps=work.quality.samples_per_pixel,
        sampler=work.quality.integrator,
        notes=(*stage.notes, *_size_note(subject, size)),
    )


def _plain(subject: Subject, wish: Wish, size: tuple[int, int], colour: tuple[int, int, int], work: _Work) -> Scene:
    """The plain background a channel demands, with the product's shadow."""
    shot = _shot(subject, wish, work.seed)
    stage = white.stage(shot)
    ticks = work.tick(0, 0.5), work.tick(0.5, 1)
    quality = replace(work.quality, samples_per_pixel=max(1, work.quality.samples_per_pixel // 2), max_depth=3)
    both = [
        render(stage, shot.frame, extra, quality, seed=work.seed, tick=tick)
        for extra, tick in zip((_stand_ins(subject, shot), []), ticks, strict=True)
    ]
    taken = white.shadow(both[0].light, both[1].light, shot.frame)[..., None]
    taken = _enlarged(_behind(np.repeat(taken, 3, -1), subject), size)[..., 0]
    note = "The channel asks for a plain background, so the prompt's scene was replaced by it, with a rendered shadow."
    return Scene(
        seed=work.seed,
        pixels=white.picture(taken, colour),
        steps=work.quality.samples_per_pixel,
        sampler=work.quality.integrator,
        notes=(note, *_size_note(subject, size)),
    )


def _stand_ins(subject: Subject, shot: Shot) -> list[Thing]:
    thing = None if subject.product is None else stand_in(subject.product, subject.box, shot.frame)
    return [] if thing is None else [thing]


def _meter(subject: Subject, frame: Frame) -> NDArray[np.bool_]:
    """The ground round the product's foot, without the product."""
    rows, columns = np.arange(frame.height)[:, None], np.arange(frame.width)[None, :]
    reach = 0.35 / frame.unit
    near = (rows > frame.ground_row - 0.4 * reach) & (rows < frame.ground_row + reach)
    near = near & (columns > subject.box.x0 - reach) & (columns < subject.box.x1 + reach)
    return near if subject.product is None else near & (subject.product[..., 3] == 0)


def _behind(light: NDArray[np.floating[Any]], subject: Subject) -> NDArray[np.floating[Any]]:
    """The scene without the stand-in at the product's rim, where it would shine through the soft edge."""
    if subject.product is None:
        return light
    return grown_behind(light, hidden_by(subject.product[..., 3], 1))


def _enlarged(light: NDArray[np.floating[Any]], size: tuple[int, int]) -> NDArray[np.floating[Any]]:
    import cv2

    if (light.shape[1], light.shape[0]) == size:
        return light
    return np.maximum(cv2.resize(light, size, interpolation=cv2.INTER_CUBIC), 0)


def _size_note(subject: Subject, size: tuple[int, int]) -> tuple[str, ...]:
    if (subject.width, subject.height) == size:
        return ()
    return (f"The surroundings were rendered at {subject.width}x{subject.height} and enlarged; the product was not.",)


__all__ = ["StudioBackend", "preview", "set_up"]

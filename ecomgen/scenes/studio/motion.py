"""A finished picture in motion: the camera moves before the standing product, or its key light moves round it.

A few views are rendered; the pictures between them are seen by reprojection, or for a light mixed in linear light,
which is exact. The product is flat, so every move is small: each of its columns stays on the ground on which it stands,
and no camera is so far aside, and none so near, that the photo would show another side of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from ecomgen.errors import UsageError
from ecomgen.messages import Message
from ecomgen.scenes.studio.backend import asked_for
from ecomgen.scenes.studio.picture import Built, built_set, developed, exposed_light, exposure, rendered, shot_of
from ecomgen.scenes.studio.primitives.types import Lamp, Light, Stage, Sun, triple
from ecomgen.scenes.studio.props.gobos import is_card
from ecomgen.scenes.studio.rendering.behind import grown_behind
from ecomgen.scenes.studio.rendering.proxy import standing_depth
from ecomgen.scenes.studio.rendering.render import Quality, nearness, share_of
from ecomgen.scenes.studio.rendering.reprojection import Eye, RenderedView, between, carried, rimmed
from ecomgen.scenes.studio.rendering.variants import usable
from ecomgen.scenes.studio.stage.frame import Frame
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.subject import Subject, scaled, shrunk, weighted
from ecomgen.scenes.studio.work import Work
from ecomgen.types import Box, Move, Pixels, Progress, Report, SceneRequest

NEARER = 1.1  # how much larger the product becomes as the camera comes nearer
KEPT = 0.02  # of the picture's side, that the product keeps from its edges
ASIDE = 0.085  # of half the picture, by which the camera moves to a side: sets are hardly wider than that
TURNED = 3.0  # degrees from which a camera that moves aside looks at the product, at most
AROUND = 20.0  # degrees by which a soft key light moves to a side
STEP = 0.7  # widths of a lamp from one of its places to the next: shadows that lie so close are seen as one
LAMP_VIEWS, LAMP_SAMPLES = 11, 0.5  # at most; of the still's samples in those that are only passed through
VIEWS = {"dolly": (0.0, 0.5, 1.0), "orbit": (-1.0, 0.0, 1.0)}
ENDS = {"dolly": (0.0, 1.0), "orbit": (-1.0, 1.0)}
SLOPE = 0.04  # of the product's nearness: what is nearer by less lies on one surface
LOOKS = 9  # places of the move at which it is measured how near the set is
RENDERING = 0.75  # of the work
LEAST = 0.05  # of a pixel, that the stand-in fills where it is taken out of a view
NO_LAMP = Message("The light of this set comes from everywhere, so that none can move: choose dolly or orbit.")


@dataclass(frozen=True, kw_only=True)
class Travel:
    """How far a move goes: the product's size at its end over that at its start, and degrees to either side."""

    larger: float = 1.0
    degrees: float = 0.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Motion:
    """A picture about to be moved: its set, its set-up at the clip's size, and the product, RGBA of that size."""

    move: Move
    built: Built
    shot: Shot
    subject: Subject
    layer: Pixels
    quality: Quality
    report: Report

    @property
    def rest(self) -> Frame:
        return self.shot.frame

    @property
    def limits(self) -> Travel:
        if self.move == "dolly":
            return Travel(larger=round(self._larger, 3))
        if self.move == "orbit":
            return Travel(degrees=round(math.degrees(math.atan(self._aside / self.rest.distance)), 2))
        return Travel(degrees=round(_swing(self.built.stage)[0], 2))

    def frames(self, places: Sequence[float]) -> Iterator[tuple[Pixels, Pixels]]:
        """The scene (HxWx3) and the product (HxWx4) at each of the `places` of the move: 0 is the still, 1 an end.

        Raises:
            Cancelled: `report` raised it.
        """
        made = self._lit(places) if self.move == "light" else self._seen(places)
        for number, frame in enumerate(made, 1):
            yield frame
            share = RENDERING + (1 - RENDERING) * number / len(places)
            self._tell(share, Message("Frame {number} of {count}", number=number, count=len(places)))

    def _seen(self, places: Sequence[float]) -> Iterator[tuple[Pixels, Pixels]]:
        """As the moving camera sees it."""
        keys, looks = VIEWS[self.move], np.linspace(*ENDS[self.move], LOOKS)
        exposed, lights = self._rendered(keys)
        cameras = [self.frame(float(place)) for place in (*keys, *looks)]
        seen = nearness(self.built.stage, self.rest, cameras, self.quality.variant)
        near = [rimmed(one, SLOPE / self.rest.distance) for one in seen]
        views = [self._view(camera, *rest) for camera, *rest in zip(cameras, lights, near, strict=False)]
        depth, drawn = self._depth(), list(zip(cameras, near, strict=True))[len(keys) :]
        for place in places:
            camera = self.frame(place)
            eye = Eye.of(camera, self.rest)
            known, its = drawn[int(np.abs(looks - place).argmin())]
            first, share = _within(keys, place)
            light = between(views[first], views[first + 1], share, eye, carried(its, Eye.rendered(known), eye))
            light = light if place else views[keys.index(0)].light
            yield self._developed(light, exposed), self._carried(self.layer, camera, depth)

    def _lit(self, places: Sequence[float]) -> Iterator[tuple[Pixels, Pixels]]:
        """As the moving lamp lights it."""
        keys = np.linspace(-1, 1, _swing(self.built.stage)[1]).tolist()
        exposed, lights = self._rendered(keys)
        for place in places:
            yield self._developed(_smooth(lights, *_within(keys, place)), exposed), self.layer

    def _rendered(self, keys: Sequence[float]) -> tuple[float, list[Light]]:
        """The exposure of the still, and the light of each key, HxWx3, without the product."""
        exposed, lights = 1.0, {}
        for number, key in enumerate(sorted(keys, key=abs)):
            built, shot, subject = self._at(key)
            work = self._work(number, len(keys))
            if self.move == "light" and number:
                samples = math.ceil(LAMP_SAMPLES * self.quality.samples_per_pixel)
                work = replace(work, quality=replace(self.quality, samples_per_pixel=samples))
            seen = rendered(built, shot, subject, work, None)
            lights[key] = self._without(seen.light, shot.frame, subject, seen.cover is not None)
            if not number:
                exposed = exposure(seen, built.stage, shot.frame, subject)
        return exposed, [lights[key] for key in keys]

    def _at(self, key: float) -> tuple[Built, Shot, Subject]:
        """What is rendered of a key; of the still, the very same."""
        if not key:
            return self.built, self.shot, self.subject
        if self.move == "light":
            stage = _turned(self.built.stage, key * _swing(self.built.stage)[0])
            return replace(self.built, stage=stage, shared=None), self.shot, self.subject
        frame = self.frame(key)
        stage = _left_standing(self.built.stage, self.rest, frame)
        assert self.subject.product is not None
        product = self._carried(self.subject.product, frame, self._depth())
        placed = tuple(self.subject.stand_ins(self.rest))
        box = Box.of(product[..., 3] > 0)
        subject = replace(self.subject, product=product, box=box, placed=placed, parts=())
        return replace(self.built, stage=stage, shared=None), replace(self.shot, frame=frame), subject

    def _without(self, light: Light, frame: Frame, subject: Subject, covered: bool) -> Light:
        """Without what of the stand-in shows beside the product, which is seen from elsewhere."""
        if frame == self.rest or covered or subject.passing is not None:
            return light
        seen = share_of(subject.stand_ins(frame), [], frame, 0.0, self.quality.variant)
        return grown_behind(light, subject.hidden | (seen > LEAST))

    def _view(self, frame: Frame, light: Light, near: Light) -> RenderedView:
        product = self._carried(self.layer, frame, self._depth())
        return RenderedView(
            eye=Eye.rendered(frame), light=light, near=near, hidden=(product[..., 3] > 0).astype(np.float32)
        )

    def _depth(self) -> Light:
        assert self.subject.product is not None
        return standing_depth(self.subject.product, self.subject.box, self.rest)

    def _carried(self, layer: Pixels, frame: Frame, depth: Light) -> Pixels:
        """What stands at that `depth` (W) in the still (HxWx4), as it stands before another frame's camera."""
        if frame == self.rest:
            return layer
        still, eye = Eye.of(self.rest, self.rest), Eye.of(frame, self.rest)
        rows, columns = np.mgrid[0 : frame.height, 0 : frame.width].astype(np.float32)
        x, y, own = columns, rows, np.arange(frame.width)
        for _ in range(4):  # the depth is that of the column which is looked for
            near = 1 / (frame.distance - np.interp(x, own, depth))
            x, y = (np.asarray(one, np.float32) for one in eye.to(still, columns, rows, near))
        return weighted(layer, lambda mixed: cv2.remap(mixed, x, y, cv2.INTER_CUBIC))

    def _developed(self, light: Light, exposed: float) -> Pixels:
        stage = self.built.stage
        return developed(exposed_light(light, stage, exposed), stage, self.subject, self.shot.seed)

    def frame(self, place: float) -> Frame:
        """What the camera sees at a place of its move."""
        rest = self.rest
        if self.move == "orbit":
            return replace(rest, across=rest.across + place * self._aside)
        times, box = 1 + place * (self._larger - 1), self.subject.box
        middle = (box.y0 + box.y1) / 2
        return replace(
            rest,
            distance=rest.distance / times,
            unit=rest.unit / times,
            ground_row=middle
            + (rest.ground_row - rest.eye / rest.unit - middle) * times
            + rest.eye * times / rest.unit,
        )

    @property
    def _larger(self) -> float:
        """How much larger the product may become, so that the picture still holds it."""
        box, (width, height) = self.subject.box, (self.rest.width, self.rest.height)
        out = max(width / 2 - box.x0, box.x1 - width / 2) / (width * (0.5 - KEPT))
        middle = (box.y0 + box.y1) / 2
        high = box.height / 2 / (min(middle, height - middle) - KEPT * height)
        return float(np.clip(1 / max(out, high), 1 + (NEARER - 1) / 4, NEARER))

    @property
    def _aside(self) -> float:
        """Units by which the camera moves to a side."""
        return min(ASIDE * self.rest.right, self.rest.distance * math.tan(math.radians(TURNED)))

    def _work(self, number: int, count: int) -> Work:
        def told(progress: Progress) -> None:
            share = (number + progress.done / max(progress.total, 1)) / count
            percent = round(100 * progress.done / max(progress.total, 1))
            place = {"number": number + 1, "count": count, "percent": percent}
            self._tell(RENDERING * share, Message("View {number} of {count}: {percent} % of the light", **place))

        return Work(number=0, count=1, seed=self.shot.seed, quality=self.quality, report=told)

    def _tell(self, share: float, message: str) -> None:
        self.report(Progress(step="clip", done=round(1000 * share), total=1000, message=message))


def motion(request: SceneRequest, move: Move, size: tuple[int, int], layer: Pixels, report: Report) -> Motion:
    """The first picture of a request, about to be moved, `size` wide and high; `layer` is the product on it, RGBA.

    Raises:
        UsageError: nothing of the set could move.
        Cancelled: `report` raised it.
    """
    variant = usable(request.parameters.get("variant"))
    subject, wish, quality = asked_for(request, variant)
    quality = replace(quality, relight=False, depth=False)
    shot = shot_of(subject, wish, request.seeds[0])
    work = Work(number=0, count=1, seed=shot.seed, quality=quality, report=report)
    built = built_set(subject, wish, shot, work)
    if move == "light" and not built.stage.lamps:
        raise UsageError(NO_LAMP)
    if size != (subject.width, subject.height):
        built, subject = replace(built, shared=None), _smaller(subject, shot, size)
        shot = replace(shot, frame=shot.frame.resized(*size))
    layer = layer if layer.shape[1::-1] == size else shrunk(layer, size)
    return Motion(move=move, built=built, shot=shot, subject=subject, layer=layer, quality=quality, report=report)


def _within(keys: Sequence[float], place: float) -> tuple[int, float]:
    """The key before a place, and the share of the way to the next one at which it lies."""
    first = min(int(np.searchsorted(keys, place, side="right")) - 1, len(keys) - 2)
    return first, float((place - keys[first]) / (keys[first + 1] - keys[first]))


def _smooth(lights: Sequence[Light], first: int, share: float) -> Light:
    """Between four lights in a row (Catmull and Rom): edges of shadows stay as soft as in each of them."""
    if not share:
        return lights[first]
    last, t = len(lights) - 1, share
    weights = (
        (-t + 2 * t**2 - t**3) / 2,
        (2 - 5 * t**2 + 3 * t**3) / 2,
        (t + 4 * t**2 - 3 * t**3) / 2,
        (t**3 - t**2) / 2,
    )
    near = (lights[min(max(first + place, 0), last)] for place in range(-1, 3))
    mixed = sum((np.float32(weight) * light for weight, light in zip(weights, near, strict=True)), np.float32(0))
    return np.asarray(np.maximum(mixed, 0), np.float32)


def _smaller(subject: Subject, shot: Shot, size: tuple[int, int]) -> Subject:
    """The product at another size, for which light still falls on the same stand-ins."""
    shares = (size[0] / subject.width, size[1] / subject.height)
    small, placed = subject.shrunk(size), tuple(subject.stand_ins(shot.frame))
    return replace(small, box=scaled(subject.box, shares), width=size[0], height=size[1], placed=placed, parts=())


def _left_standing(stage: Stage, rest: Frame, frame: Frame) -> Stage:
    """The stage for another frame, its backdrop where `rest` has it."""
    backdrop = stage.backdrop
    if backdrop is None:
        return stage
    scale = rest.spread(-backdrop.depth) / frame.spread(-backdrop.depth)
    return replace(stage, backdrop=backdrop.scaled(scale, eye=frame.eye))


def _swing(stage: Stage) -> tuple[float, int]:
    """How far the key light moves to a side, in degrees, and how many of its places are rendered."""
    lamp = _key(stage)
    wide = (
        lamp.spread
        if isinstance(lamp, Sun)
        else math.degrees(math.atan(lamp.width / math.dist(lamp.position, (0, 0, 0))))
    )
    steps = min(math.ceil(AROUND / (STEP * wide)), LAMP_VIEWS // 2)
    return min(AROUND, steps * STEP * wide), 2 * steps + 1


def _key(stage: Stage) -> Lamp:
    """The lamp that gives the product most of its light."""
    return max(stage.lamps, key=lambda lamp: lamp.falling_on(stage.upward) + lamp.falling_on((0.0, 0.0, 1.0)))


def _turned(stage: Stage, degrees: float) -> Stage:
    """The stage with its key light, and the cards that are hung before it, turned about what the product stands on."""
    key, turn = _key(stage), _about(stage.upward, degrees)
    lamps = tuple(_carried_round(lamp, turn) if lamp is key else lamp for lamp in stage.lamps)
    things = tuple(
        replace(thing, shape=thing.shape.through(thing.shape.points @ turn.T)) if is_card(thing) else thing
        for thing in stage.things
    )
    return replace(stage, lamps=lamps, things=things)


def _carried_round(lamp: Lamp, turn: Light) -> Lamp:
    if isinstance(lamp, Sun):
        return replace(lamp, towards=triple(turn @ np.array(lamp.towards)))
    position, target = (triple(turn @ np.array(point)) for point in (lamp.position, lamp.target))
    return replace(lamp, position=position, target=target)


def _about(upward: tuple[float, float, float], degrees: float) -> Light:
    """A turn about an axis, 3x3 (Rodrigues)."""
    turn, _ = cv2.Rodrigues(math.radians(degrees) * np.array(upward) / math.hypot(*upward))
    return np.asarray(turn, np.float64)

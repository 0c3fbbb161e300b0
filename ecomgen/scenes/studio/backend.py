"""The studio as a back end: from a request to one finished scene per seed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from ecomgen.cancellation import attended
from ecomgen.messages import Message
from ecomgen.scenes.studio import white
from ecomgen.scenes.studio.building.frame import Frame, frame_above, frame_for
from ecomgen.scenes.studio.building.shot import Shot
from ecomgen.scenes.studio.matching import matched
from ecomgen.scenes.studio.prompt import parse, wish_for
from ecomgen.scenes.studio.prompt.nearest import substitutes_for
from ecomgen.scenes.studio.rendering import keeping, tone, translucent, variants
from ecomgen.scenes.studio.rendering.behind import grown_behind, hidden_by
from ecomgen.scenes.studio.rendering.contact import occluded
from ecomgen.scenes.studio.rendering.proxy import stand_in
from ecomgen.scenes.studio.rendering.render import Quality, Rendered, render, smaller
from ecomgen.scenes.studio.seen.facts import Facts, Standing, facts_of
from ecomgen.scenes.studio.seen.feet import feet
from ecomgen.scenes.studio.staging import staged
from ecomgen.types import Box, Progress, Scene, SceneRequest, drafts_wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from ecomgen.recipes import Recipe
    from ecomgen.scenes.studio.building.stage import Stage, Thing
    from ecomgen.scenes.studio.prompt.wish import Wish
    from ecomgen.types import BoolMask, ModelUsed, Parameters, Pixels, Placement, Report, Understanding

LARGEST = {"scalar": 1536, "llvm": 2048, "cuda": 4096}  # pixels of the longer side that are rendered; beyond, enlarged
VIEWS = {"low": -6.0, "high": 9.0}  # degrees by which the prompt's words move the camera
WHITE = (255, 255, 255)
CHANNEL_WINS = Message(
    "The channel asks for a plain background, so the prompt's scene was replaced by it, with a rendered shadow."
)
UNSURE = 8.0  # degrees of uncertainty, beyond which the camera's height is told to be a guess
LOWEST, HIGHEST = 2.0, 50.0  # degrees, whatever the prompt says


@dataclass(frozen=True, kw_only=True, eq=False)
class Subject:
    """The product at the size at which the scene is rendered."""

    product: Pixels | None
    box: Box
    width: int
    height: int
    facts: Facts


class StudioBackend:
    """Renders a set round the placed product with Mitsuba; no weights, no network."""

    modes = frozenset({"keep"})
    models: tuple[ModelUsed, ...] = ()
    _used: str | None = None
    _read_as: str = ""  # unknown words with the concepts they are read as, "chalet=cabin; …"

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
        return {"variant": self._used or self._best, "read_as": self._read_as}

    def settled(self, request: SceneRequest) -> dict[str, Any]:
        """What the product and its photos tell of camera, light and set, as parameters that a replay needs."""
        return facts_of(request).parameters()

    def understand(self, prompt: str, product: str = "") -> Understanding:
        """The prompt's words, sorted into understood and ignored, and the scene they lead to."""
        substitutes, self.models = substitutes_for(prompt, product)
        self._read_as = "; ".join(f"{word}={concept}" for word, concept in substitutes.items())
        return parse(prompt, product, substitutes)

    def make(self, request: SceneRequest, report: Report) -> Iterator[Scene]:
        """One scene per seed, in order, each as soon as it is ready.

        Raises:
            Cancelled: `report` raised it; it is asked at least every two seconds.
        """
        asked = request.parameters.get("variant")
        self._used = variants.usable(asked) if asked else self._best
        quality = _quality(request.parameters, self._used)
        placement = request.placement
        subject = _subject(placement.product, placement.box, facts_of(request), self._used)
        wish = wish_for(request.prompt, request.product, _substitutes(request.parameters))
        size = (placement.canvas.width, placement.canvas.height)
        for number, seed in enumerate(request.seeds):
            work = _Work(number=number, count=len(request.seeds), seed=seed, quality=quality, report=report)
            plain = placement.canvas.background or (WHITE if wish.pure_white else None)
            if plain is not None:
                said = (CHANNEL_WINS,) if placement.canvas.background else ()
                scene = _plain(subject, wish, size, plain, work)
                yield replace(scene, notes=(*said, *scene.notes))
            else:
                yield _scene(subject, wish, size, work)


def _substitutes(parameters: Parameters) -> dict[str, str]:
    """The words that were read as others, as the parameters keep them."""
    pairs = [pair.partition("=") for pair in str(parameters.get("read_as", "")).split("; ") if "=" in pair]
    return {word: concept for word, _, concept in pairs}


def preview(prompt: str, *, seed: int, width: int, height: int, report: Report) -> Scene:
    """The set of a prompt without a product, on a canvas of `width` x `height`."""
    substitutes, _ = substitutes_for(prompt)
    asked = parse(prompt, "", substitutes).composition
    side = int(0.55 * asked.size * min(width, height))
    x0 = int(np.clip(asked.across * width - side / 2, 0, width - side))
    y1 = int(0.5 * height + 0.5 * side)
    box = Box(x0, y1 - side, x0 + side, y1)
    variant = variants.best_variant()
    standing = Standing(
        x0=x0 / width, y0=(y1 - side) / height, x1=(x0 + side) / width, y1=y1 / height, ground=y1 / height
    )
    subject = _subject(np.zeros((height, width, 4), np.uint8), box, Facts(standing=standing), variant)
    work = _Work(number=0, count=1, seed=seed, quality=Quality(variant=variant), report=report)
    wish = wish_for(prompt, "", substitutes)
    return _scene(replace(subject, product=None), wish, (width, height), work)


def set_up(placement: Placement, wish: Wish, *, seed: int, variant: str, phrase: str = "") -> tuple[Shot, list[Thing]]:
    """The shot of one picture and the product's stand-in: what a set is built for and rendered with."""
    request = SceneRequest(prompt="", placement=placement, seeds=(seed,), parameters={}, product=phrase)
    subject = _subject(placement.product, placement.box, facts_of(request), variant)
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
            message = Message(
                "Picture {number} of {count}: {percent} % of the light",
                number=self.number + 1,
                count=self.count,
                percent=percent,
            )
            self.report(Progress(step="scene", done=done, total=1000 * self.count, message=message))

        return told

    def begun(self) -> Progress:
        """Nothing of this picture is made yet."""
        message = Message("Picture {number} of {count}: the set", number=self.number + 1, count=self.count)
        return Progress(step="scene", done=1000 * self.number, total=1000 * self.count, message=message)

    def drafted(self, picture: Pixels) -> None:
        """Hand over the picture's draft."""
        message = Message("Picture {number} of {count}: a draft", number=self.number + 1, count=self.count)
        self.report(
            Progress(step="scene", done=1000 * self.number, total=1000 * self.count, message=message, draft=picture)
        )


def _quality(parameters: Parameters, variant: str) -> Quality:
    usual = Quality(variant=variant)
    return Quality(
        variant=variant,
        integrator=str(parameters.get("integrator", usual.integrator)),
        samples_per_pixel=max(1, int(parameters.get("samples_per_pixel", usual.samples_per_pixel))),
        max_depth=max(2, int(parameters.get("max_depth", usual.max_depth))),
        denoise=bool(parameters.get("denoise", usual.denoise)),
    )


def _subject(product: Pixels, box: Box, facts: Facts, variant: str) -> Subject:
    """The product at rendering size, and what is known of it."""
    height, width = product.shape[:2]
    scale = min(1.0, LARGEST[variant.split("_")[0]] / max(width, height))
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    small = product if scale == 1 else _shrunk(product, size)
    edges = _scaled(box, (scale, scale))
    return Subject(product=small, box=edges, width=small.shape[1], height=small.shape[0], facts=facts)


def _scaled(edges: tuple[float, float, float, float], scale: tuple[float, float]) -> Box:
    x0, y0, x1, y1 = (round(edge * scale[number % 2]) for number, edge in enumerate(edges))
    return Box(x0, y0, max(x1, x0 + 1), max(y1, y0 + 1))


def _shrunk(product: Pixels, size: tuple[int, int]) -> Pixels:
    import cv2

    alpha = product[..., 3:].astype(np.float32) / 255
    mixed = np.concatenate([product[..., :3] * alpha, 255 * alpha], -1)
    small = cv2.resize(mixed, size, interpolation=cv2.INTER_AREA)
    small[..., :3] /= np.maximum(small[..., 3:] / 255, 1e-3)
    return np.round(np.clip(small, 0, 255)).astype(np.uint8)


def _shot(subject: Subject, wish: Wish, seed: int) -> Shot:
    """The picture's set-up: chance moves the light, never the product on the canvas nor the camera."""
    facts = subject.facts
    rng = np.random.default_rng([seed & 0xFFFFFFFF, 20])
    moved = VIEWS.get(wish.view or "", 0.0) if facts.spread else 0.0
    elevation = float(np.clip(facts.elevation + moved, LOWEST, HIGHEST))
    stands = facts.standing
    box = _scaled((stands.x0, stands.y0, stands.x1, stands.y1), (subject.width, subject.height))
    if wish.place == "flatlay":
        frame = frame_above(subject.width, subject.height, box)
    else:
        ground_row = stands.ground * subject.height
        frame = frame_for(subject.width, subject.height, box, ground_row, elevation=elevation)
    chance = float(rng.choice([-1.0, 1.0]))
    wished = {"left": -1.0, "right": 1.0}.get(wish.side or "")
    side = wished if wished is not None else facts.light.side or chance
    palette = replace(facts.palette, pale="pastel" in wish.mood)
    touching = () if subject.product is None or frame.lying else feet(subject.product[..., 3], frame)
    return Shot(
        wish=wish,
        frame=frame,
        rng=rng,
        side=side,
        seed=seed,
        metre=1 / facts.metres,
        palette=palette,
        feet=touching,
    )


def _scene(subject: Subject, wish: Wish, size: tuple[int, int], work: _Work) -> Scene:
    shot = _shot(subject, wish, work.seed)
    built = attended(lambda _: keeping.built(shot), work.report, work.begun())
    stage = staged(matched(built, shot.wish, subject.facts.light), shot)
    wanted = drafts_wanted(work.report)
    hand_over = (lambda rough: work.drafted(_draft(rough, stage, shot.frame, subject))) if wanted else None
    rendered = _rendered(stage, shot, subject, work, hand_over)
    light = _enlarged(_exposed(rendered, stage, shot.frame, subject), size)
    grain = np.random.default_rng([work.seed & 0xFFFFFFFF, 21])
    pixels = tone.developed(tone.bloomed(light), contrast=stage.contrast, saturation=stage.saturation, rng=grain)
    return Scene(
        seed=work.seed,
        pixels=pixels,
        steps=work.quality.samples_per_pixel,
        sampler=work.quality.integrator,
        notes=(*stage.notes, *_camera_note(subject), *_size_note(subject, size)),
    )


def _rendered(
    stage: Stage, shot: Shot, subject: Subject, work: _Work, draft: Callable[[Rendered], None] | None
) -> Rendered:
    """The set with the product's shadow and reflection; where the product is, what is behind it."""
    stand_ins = _stand_ins(subject, shot)
    share = None if subject.product is None else translucent.transmitted(subject.product, subject.box)
    if share is None:
        seen = render(stage, shot.frame, stand_ins, work.quality, seed=work.seed, tick=work.tick(), draft=draft)
        return replace(seen, light=_behind(_touched(seen.light, subject, shot), subject))
    ticks = work.tick(0, 0.5), work.tick(0.5, 1)
    shaded = render(stage, shot.frame, stand_ins, work.quality, seed=work.seed, tick=ticks[0], draft=draft)
    clear = render(stage, shot.frame, [], work.quality, seed=work.seed, tick=ticks[1])
    light = translucent.shone_through(shaded.light, clear.light, share)
    return replace(shaded, light=np.where(_hidden(subject)[..., None], clear.light, light))


def _touched(light: NDArray[np.floating[Any]], subject: Subject, shot: Shot) -> NDArray[np.floating[Any]]:
    """The dark line where the product touches what it stands on."""
    if subject.product is None or shot.wish.support == "midair":
        return light
    return occluded(light, subject.product[..., 3], shot.frame)


def _exposed(rendered: Rendered, stage: Stage, frame: Frame, subject: Subject) -> NDArray[np.floating[Any]]:
    """The light as the camera exposes it: metered round the product's foot, within a stop of what is usual."""
    measured = tone.metered(rendered.light, rendered.albedo, _meter(subject, frame))
    usual = 1 / stage.brightness()
    light = rendered.light * np.float32(np.clip(measured, 0.8 * usual, 1.5 * usual) * 2**stage.exposure)
    return light if stage.shafts is None else light + _enlarged(stage.shafts, (light.shape[1], light.shape[0]))


def _draft(rough: Rendered, stage: Stage, frame: Frame, subject: Subject) -> Pixels:
    """A rough view of the picture to come, with the product in it."""
    small = smaller(frame)
    if subject.product is not None:
        subject = replace(subject, product=_shrunk(subject.product, (small.width, small.height)))
    light = _exposed(rough, stage, small, subject)
    pixels = tone.developed(light, contrast=stage.contrast, saturation=stage.saturation, rng=None)
    if subject.product is None:
        return pixels
    alpha = subject.product[..., 3:].astype(np.float32) / 255
    return np.round(pixels + alpha * (subject.product[..., :3].astype(np.float32) - pixels)).astype(np.uint8)


def _plain(subject: Subject, wish: Wish, size: tuple[int, int], colour: tuple[int, int, int], work: _Work) -> Scene:
    """The plain background that a channel or the prompt demands, with the product's shadow."""
    shot = _shot(subject, wish, work.seed)
    stage = white.stage(shot)
    ticks = work.tick(0, 0.5), work.tick(0.5, 1)
    quality = replace(work.quality, samples_per_pixel=max(1, work.quality.samples_per_pixel // 2), max_depth=3)
    both = [
        render(stage, shot.frame, extra, quality, seed=work.seed, tick=tick)
        for extra, tick in zip((white.casting(_stand_ins(subject, shot)), []), ticks, strict=True)
    ]
    taken = white.shadow(both[0].light, both[1].light, shot.frame)
    taken = taken[..., None] if subject.product is None else white.cast(taken, subject.product[..., 3])[..., None]
    taken = _enlarged(_behind(np.repeat(taken, 3, -1), subject), size)[..., 0] * _opacity(subject)
    return Scene(
        seed=work.seed,
        pixels=white.picture(taken, colour),
        steps=work.quality.samples_per_pixel,
        sampler=work.quality.integrator,
        notes=_size_note(subject, size),
    )


def _stand_ins(subject: Subject, shot: Shot) -> list[Thing]:
    thing = _stand_in(subject, shot.frame)
    return [] if thing is None else [thing]


@lru_cache(maxsize=1)
def _stand_in(subject: Subject, frame: Frame) -> Thing | None:
    """The product's stand-in, the same for all seeds of a request."""
    return None if subject.product is None else stand_in(_solid(subject), subject.box, frame)


def _solid(subject: Subject) -> Pixels:
    """The product without the clearness of glass, as its stand-in is."""
    product = np.zeros((subject.height, subject.width, 4), np.uint8) if subject.product is None else subject.product
    return product if translucent.transmitted(product, subject.box) is None else translucent.solid(product)


def _opacity(subject: Subject) -> float:
    """The share of light that the product takes away from its shadow."""
    share = None if subject.product is None else translucent.transmitted(subject.product, subject.box)
    return 1.0 if share is None else float(1 - share @ tone.LUMA)


def _hidden(subject: Subject) -> BoolMask:
    return hidden_by(_solid(subject)[..., 3])


def _meter(subject: Subject, frame: Frame) -> NDArray[np.bool_]:
    """The ground round the product's foot, without the product."""
    rows, columns = np.arange(frame.height)[:, None], np.arange(frame.width)[None, :]
    reach = 0.35 / frame.unit
    near = (rows > frame.ground_row - 0.4 * reach) & (rows < frame.ground_row + reach)
    middle, half = frame.width / 2 + frame.product_x / frame.unit, 0.5 * frame.product_width / frame.unit
    near = near & (np.abs(columns - middle) < half + reach)
    return near if subject.product is None else near & (subject.product[..., 3] == 0)


def _behind(light: NDArray[np.floating[Any]], subject: Subject) -> NDArray[np.floating[Any]]:
    """The scene without the stand-in at the product's rim, where it would shine through the soft edge."""
    if subject.product is None:
        return light
    return grown_behind(light, _hidden(subject))


def _enlarged(light: NDArray[np.floating[Any]], size: tuple[int, int]) -> NDArray[np.floating[Any]]:
    import cv2

    if (light.shape[1], light.shape[0]) == size:
        return light
    return np.maximum(cv2.resize(light, size, interpolation=cv2.INTER_CUBIC), 0)


def _camera_note(subject: Subject) -> tuple[str, ...]:
    if subject.product is None or subject.facts.spread <= UNSURE:
        return ()
    guess = f"{subject.facts.elevation:.0f}°"
    return (
        Message(
            "The photos do not show how high the camera stood: {guess} is what is usual. Where "
            "the product seems to slide, --camera-elevation corrects it.",
            guess=guess,
        ),
    )


def _size_note(subject: Subject, size: tuple[int, int]) -> tuple[str, ...]:
    if (subject.width, subject.height) == size:
        return ()
    return (
        Message(
            "The surroundings were rendered at {width}x{height} and enlarged; the product was not.",
            width=subject.width,
            height=subject.height,
        ),
    )


__all__ = ["StudioBackend", "preview", "set_up"]

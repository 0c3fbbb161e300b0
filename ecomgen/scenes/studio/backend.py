"""The studio as a back end: from a request to one finished scene per seed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import cached_property
from typing import Any

import numpy as np

from ecomgen.messages import Message
from ecomgen.recipes import Recipe
from ecomgen.scenes.studio import own_backdrop
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.estimation import backdrop_photo
from ecomgen.scenes.studio.estimation.facts import Facts, Standing, facts_of
from ecomgen.scenes.studio.picture import PLANNED, plain, scene, shot_of
from ecomgen.scenes.studio.prompt import parse, wish_for
from ecomgen.scenes.studio.prompt.nearest_concept import substitutes_for
from ecomgen.scenes.studio.rendering import variants
from ecomgen.scenes.studio.rendering.render import Quality
from ecomgen.scenes.studio.stage.shot import Foot
from ecomgen.scenes.studio.subject import Subject, subject_of
from ecomgen.scenes.studio.work import Work
from ecomgen.types import Box, ModelUsed, Parameters, Report, Scene, SceneRequest, Understanding

WHITE = (255, 255, 255)
ARRANGED = "set_light_from"  # of a set whose light was turned: where it came from before; "" where nothing said that
SCENE = "set_scene"  # as the prompt was read, in JSON: later vocabularies know more words
CHANNEL_WINS = Message(
    "The channel asks for a plain background, so the prompt's scene was replaced by it, with a rendered shadow."
)


class StudioBackend:
    """Renders a set round the placed product with Mitsuba; no weights, no network."""

    models: tuple[ModelUsed, ...] = ()
    _used: str | None = None
    _scene: str = "{}"  # that the prompt was understood to ask for, in JSON
    _read_as: str = ""  # unknown words with the concepts they are read as, "chalet=cabin; …"

    def __init__(self, recipe: Recipe | None = None) -> None:
        self._recipe = recipe

    @cached_property
    def _best(self) -> str:
        wanted = self._recipe and self._recipe.defaults.get("variant")
        return variants.usable(str(wanted) if wanted else None)

    @property
    def device(self) -> str:
        return variants.DEVICES[self._used or self._best]

    def resolved(self) -> dict[str, Any]:
        """What a replay must know beyond the request."""
        return {"variant": self._used or self._best, "read_as": self._read_as, SCENE: self._scene, "set_ideas": PLANNED}

    def settled(self, request: SceneRequest) -> dict[str, Any]:
        """What the product and its photos tell of camera, light and set, as parameters that a replay needs."""
        facts = facts_of(request)
        if request.placement.backdrop is None:
            turned = {ARRANGED: request.parameters[ARRANGED]} if ARRANGED in request.parameters else {}
            return replace(facts, feet=self._feet(request, facts)).parameters() | turned
        photo = backdrop_photo.read(request.placement.backdrop, request.parameters)
        given = request.parameters.get("camera_elevation") not in (None, "auto")
        return (facts if given else photo.seen(facts, request.placement.canvas)).parameters() | photo.parameters()

    def _feet(self, request: SceneRequest, facts: Facts) -> tuple[Foot, ...]:
        """What of the product touches the ground, unless the set is that of another one."""
        placement = request.placement
        variant = str(request.parameters.get("variant") or self._best)
        usual = replace(facts, ideas=0)  # every seed has its own distance; feet are told once
        subject = subject_of(placement.product, placement.box, usual, variant)
        return shot_of(subject, _wished(request), seed=0).feet

    def understand(self, prompt: str, product: str = "") -> Understanding:
        """The prompt's words, sorted into understood and ignored, and the scene they lead to."""
        substitutes, self.models = substitutes_for(prompt, product)
        self._read_as = "; ".join(f"{word}={concept}" for word, concept in substitutes.items())
        understanding = parse(prompt, product, substitutes)
        self._scene = json.dumps(dict(understanding.scene))
        return understanding

    def make(self, request: SceneRequest, report: Report) -> Iterator[Scene]:
        """One scene per seed, in order, each as soon as it is ready.

        Raises:
            Cancelled: `report` raised it; it is asked at least every two seconds.
        """
        wanted = request.parameters.get("variant")
        self._used = variants.usable(wanted) if wanted else self._best
        subject, wish, quality = asked_for(request, self._used)
        placement, light_from = request.placement, request.parameters.get("light_from")
        demanded, size = placement.canvas.background, (placement.canvas.width, placement.canvas.height)
        colour = demanded or (WHITE if wish.pure_white else None)
        for number, seed in enumerate(request.seeds):
            work = Work(number=number, count=len(request.seeds), seed=seed, quality=quality, report=report)
            if placement.backdrop is not None:
                photo = backdrop_photo.read(placement.backdrop, request.parameters)
                yield own_backdrop.scene(subject, placement.backdrop.pixels, photo, light_from, work)
                continue
            if colour is None:
                yield scene(subject, wish, size, work)
                continue
            made = plain(subject, wish, size, colour, work)
            yield replace(made, notes=(CHANNEL_WINS, *made.notes)) if demanded else made


def asked_for(request: SceneRequest, variant: str) -> tuple[Subject, Wish, Quality]:
    """The product of a request, the set that it wishes for it, and how cleanly that is rendered."""
    placement = request.placement
    parts = [(part.product, part.box) for part in placement.parts]
    subject = subject_of(placement.product, placement.box, facts_of(request), variant, parts)
    return subject, _wished(request), _quality(request.parameters, variant)


def _wished(request: SceneRequest) -> Wish:
    """What the prompt asks for, lit from where the request says; of a logged run, what it asked for then."""
    then = json.loads(request.parameters.get(SCENE) or "{}")
    wish = Wish.of(then) if then else wish_for(request.prompt, request.product, _substitutes(request.parameters))
    arranged = request.parameters.get(ARRANGED)
    return replace(
        wish,
        side=request.parameters.get("light_from") or wish.side,
        arranged=None if arranged is None else arranged or wish.side or "",
    )


def _substitutes(parameters: Parameters) -> dict[str, str]:
    """The words that were read as others, as the parameters keep them."""
    pairs = [pair.partition("=") for pair in str(parameters.get("read_as", "")).split("; ") if "=" in pair]
    return {word: concept for word, _, concept in pairs}


def _quality(parameters: Parameters, variant: str) -> Quality:
    usual = Quality(variant=variant)
    told: dict[str, Any] = {name: type(one)(parameters.get(name, one)) for name, one in asdict(usual).items()}
    told["samples_per_pixel"], told["max_depth"] = max(1, told["samples_per_pixel"]), max(2, told["max_depth"])
    return replace(usual, **told | {"variant": variant})


def preview(prompt: str, *, seed: int, width: int, height: int, report: Report) -> Scene:
    """The set of a prompt without a product, on a canvas of `width` x `height`."""
    substitutes, _ = substitutes_for(prompt)
    wanted = parse(prompt, "", substitutes).composition
    side = int(0.55 * wanted.size * min(width, height))
    x0 = int(np.clip(wanted.across * width - side / 2, 0, width - side))
    y1 = int(0.5 * height + 0.5 * side)
    box = Box(x0, y1 - side, x0 + side, y1)
    variant = variants.best_variant()
    x1, ground = (x0 + side) / width, y1 / height
    standing = Standing(x0=x0 / width, y0=(y1 - side) / height, x1=x1, y1=ground, ground=ground)
    subject = subject_of(np.zeros((height, width, 4), np.uint8), box, Facts(standing=standing, ideas=PLANNED), variant)
    work = Work(number=0, count=1, seed=seed, quality=Quality(variant=variant), report=report)
    wish = wish_for(prompt, "", substitutes)
    return scene(replace(subject, product=None), wish, (width, height), work)


def without_product(request: SceneRequest, report: Report) -> Scene:
    """The set that is built round the product in the first of a request's pictures, before the product comes in.

    Its parameters must say everything that the photos would tell.
    """
    placed, parameters = request.placement, request.parameters
    variant = variants.usable(parameters.get("variant"))
    wish = _wished(request)
    size, colour = (placed.canvas.width, placed.canvas.height), placed.canvas.background
    if colour or wish.pure_white:
        even = np.full((*size[::-1], 3), colour or WHITE, np.uint8)
        return Scene(seed=request.seeds[0], pixels=even, steps=0, sampler="")
    subject = subject_of(placed.product, placed.box, facts_of(request), variant)
    quality = replace(_quality(parameters, variant), relight=False, depth=False)
    work = Work(number=0, count=1, seed=request.seeds[0], quality=quality, report=report)
    shot = shot_of(subject, wish, request.seeds[0])
    return scene(replace(subject, product=None), wish, size, work, shot)

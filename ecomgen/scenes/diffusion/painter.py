"""The pictures of some seeds painted side by side: window after window, then the product's border once more."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from PIL import Image

from ecomgen import models
from ecomgen.errors import BackendMissing
from ecomgen.messages import Message
from ecomgen.models.upscaler import Upscaler
from ecomgen.recipes import Followed, Recipe
from ecomgen.scenes.diffusion.call import takes
from ecomgen.scenes.diffusion.conditioning import control_picture, masked_picture, reference_pictures
from ecomgen.scenes.diffusion.first_image import Picture
from ecomgen.scenes.diffusion.frames import Enlarger, Ground, Sheet
from ecomgen.scenes.diffusion.loader import Loaded
from ecomgen.scenes.diffusion.prompt_embeddings import PromptWords, encode
from ecomgen.scenes.diffusion.regions import Softness, border, region
from ecomgen.scenes.diffusion.sampler import Caller, Draw, Guidance, Journey, Sampled, sample
from ecomgen.scenes.diffusion.settings import DiffusionSettings
from ecomgen.types import Box, SceneRequest

_OVERFLOW = Message('the model\'s arithmetic overflowed and parts are black: set dtype = "float32" in the recipe')


@dataclass(frozen=True, kw_only=True, eq=False)
class Work:
    """One request, ready for the pipeline."""

    loaded: Loaded
    recipe: Recipe
    settings: DiffusionSettings
    scheduler: str
    guidance: Guidance
    ground: Ground
    first: Picture
    contact: float  # the row of the frame's sheet on which the product stands
    finer: Ground | None = None  # the same at the canvas's own size, where that is larger
    upscaler: Upscaler | None = None  # that enlarges what is made, where the canvas is larger

    @property
    def enlarged(self) -> Enlarger | None:
        """What a picture is made larger by; interpolation where None."""
        return self.upscaler and self.upscaler.enlarged

    @property
    def is_whole(self) -> bool:
        """Whether the frame covers the canvas."""
        box = self.ground.frame.box
        return (box.height, box.width) == self.ground.base.shape[:2]

    @property
    def masked(self) -> bool:
        """Whether the model is told where to paint."""
        return takes(type(self.loaded.pipe), self.recipe, "mask_image")

    @property
    def coarse(self) -> Work:
        """The first pass: what goes over a border comes later where there is a finer one."""
        if not self.refines:
            return self
        return replace(self, settings=self.settings.model_copy(update={"border_strength": 0.0}))

    @property
    def refines(self) -> bool:
        """Whether the picture is gone over once more, in tiles at the canvas's size, at a low strength."""
        a_step = int(self.settings.refine_strength * self.settings.num_inference_steps) >= 1
        return self.finer is not None and a_step and takes(type(self.loaded.pipe), self.recipe, "strength")

    @property
    def fine(self) -> Work:
        """The pass over the tiles."""
        ground = self.finer or self.ground
        larger = ground.frame.size.height / self.ground.frame.size.height
        strength = {"strength": self.settings.refine_strength}
        return replace(
            self, ground=ground, contact=self.contact * larger, settings=self.settings.model_copy(update=strength)
        )


@dataclass(frozen=True, kw_only=True)
class Painted:
    """What there is to say of each picture."""

    withheld: tuple[bool, ...]
    notes: tuple[str, ...]

    def then(self, later: Painted) -> Painted:
        """What there is to say after a second pass."""
        withheld = tuple(first or second for first, second in zip(self.withheld, later.withheld, strict=True))
        return Painted(withheld=withheld, notes=tuple(dict.fromkeys([*self.notes, *later.notes])))


def guidance_of(loaded: Loaded, words: PromptWords, settings: DiffusionSettings, request: SceneRequest) -> Guidance:
    """Words, and photos or a style, as the networks read them, encoded once for all pictures of a request."""
    import torch

    with loaded.at_work():
        try:
            encoded = encode(loaded.pipe, words)
            if loaded.recipe.reference is None:
                return Guidance(words=encoded)
            guided = settings.guidance_scale > 1
            with torch.inference_mode():
                embedded = loaded.pipe.prepare_ip_adapter_image_embeds(
                    [_shown(request)], None, loaded.pipe._execution_device, 1, guided
                )
            return Guidance(words=encoded, references=embedded, styled=request.style is not None)
        finally:
            loaded.pipe.maybe_free_model_hooks()  # what came to the card for its work leaves it


def _shown(request: SceneRequest) -> list[Image.Image]:
    """What an adapter is shown: a picture for its style, or the product's photos."""
    if request.style is not None:
        return [Image.fromarray(request.style)]
    return reference_pictures(request.views) or [Image.new("RGB", (224, 224), "white")]  # it asks for one


def calls_for(work: Work) -> int:
    """How often the pipeline is called for each picture."""
    passes = (work.coarse, work.fine) if work.refines else (work,)
    return sum(len(one.ground.frame.windows) + len(_bands(one)) for one in passes)


def _bands(work: Work) -> list[tuple[Box, Image.Image]]:
    """The windows that the second pass repaints, each with its mask."""
    if not work.settings.border_strength:
        return []
    kept = work.ground.kept[..., 3]
    masks = [(one, border(kept[one.slices])) for one in work.ground.frame.windows]
    return [(window, mask) for window, mask in masks if mask is not None]


def paint(work: Work, sheets: Sequence[Sheet], seeds: Sequence[int], journey: Journey) -> Painted:
    """Fill the sheets. The pipeline is ours for so long, and no longer.

    Raises:
        Cancelled: from the journey's report.
        BackendMissing: torch.compile is asked for and does not work here.
    """
    import torch

    torch.set_num_threads(models.threads())  # whatever others set for their own threads
    generators = [torch.Generator("cpu").manual_seed(seed) for seed in seeds]
    loaded, compiled_before = work.loaded, "compiled" in work.loaded.__dict__
    results: list[Sampled] = []
    cost = ""
    with loaded.at_work(), _compiling(work.settings):
        for window in work.ground.frame.windows:
            results.append(_window(work, sheets, window, generators, journey))
            if work.settings.compile and not compiled_before and not cost:
                cost = _cost(journey.steps)
        for window, mask in _bands(work):
            results.append(_band(work, sheets, window, mask, generators, journey))
    notes = [_OVERFLOW] if any(one.overflowed for one in results) else []
    withheld = zip(*(one.withheld for one in results), strict=True)
    return Painted(withheld=tuple(any(flags) for flags in withheld), notes=(*notes, *filter(None, [cost])))


def _window(work: Work, sheets: Sequence[Sheet], window: Box, generators: Sequence[Any], journey: Journey) -> Sampled:
    known = [sheet.known(window) for sheet in sheets]
    softness = Softness(grow=work.settings.mask_grow, feather=work.settings.mask_feather)
    mask = region(known[0][..., 3], softness)
    draw = Draw(
        images=[sheet.image(window) for sheet in sheets],
        known=known,
        mask=mask if work.masked else None,
        controls=_controls(work, sheets, window, mask),
        strength=work.settings.strength,
    )
    sampled = _sampled(work, work.loaded.pipe, draw, generators, journey)
    for sheet, made in zip(sheets, sampled.pictures, strict=True):
        sheet.paste(window, made)
    return sampled


def _band(
    work: Work, sheets: Sequence[Sheet], window: Box, mask: Image.Image, generators: Sequence[Any], journey: Journey
) -> Sampled:
    """The cells round what is kept, painted once more with it in place, so that its edge and shadow meet the scene."""
    draw = Draw(
        images=[sheet.image(window) for sheet in sheets],
        known=[sheet.kept(window) for sheet in sheets],
        mask=mask,
        controls=_controls(work, sheets, window, mask),
        strength=work.settings.border_strength,
    )
    sampled = _sampled(work, work.loaded.inpainting, draw, generators, journey)
    for sheet, made in zip(sheets, sampled.pictures, strict=True):
        sheet.repaint(window, made, mask)
    return sampled


def _controls(work: Work, sheets: Sequence[Sheet], window: Box, mask: Image.Image) -> list[list[Any]]:
    """What each ControlNet follows in each picture."""
    return [[_followed(one.kind, work, sheet, window, mask) for sheet in sheets] for one in work.recipe.control]


def _followed(kind: Followed, work: Work, sheet: Sheet, window: Box, mask: Image.Image) -> Any:
    """The picture so far, the studio's own shapes where it tells them, or what the product tells."""
    if kind == "tile":
        return Image.fromarray(sheet.image(window))
    if kind == "inpaint":
        return masked_picture(sheet.image(window), mask)
    shape = sheet.shape(kind, window)
    if shape is not None:
        return Image.fromarray(np.ascontiguousarray(shape))
    return control_picture(kind, sheet.kept(window), work.contact - window.y0)


def _sampled(work: Work, pipe: Any, draw: Draw, generators: Sequence[Any], journey: Journey) -> Sampled:
    ready = work.loaded.prepared(pipe, work.scheduler, work.recipe, compiled=work.settings.compile)
    return sample(Caller(work.loaded, ready, work.recipe), work.guidance, work.settings, draw, generators, journey)


def _cost(steps: Sequence[float]) -> str:
    """What compiling has cost, from the times at which a call began and its steps ended."""
    taken = [after - before for before, after in pairwise(steps)]
    if not taken:
        return ""
    usual = statistics.median(taken[1:]) if len(taken) > 1 else 0.0
    then = Message("; a step then takes {seconds:.2f} s", seconds=usual) if usual else ""
    return Message(
        "torch.compile took {seconds:.0f} s before the first step{then}", seconds=taken[0] - usual, then=then
    )


@contextmanager
def _compiling(settings: DiffusionSettings) -> Iterator[None]:
    if not settings.compile:
        yield
        return
    from torch._dynamo.exc import TorchDynamoException

    try:
        yield
    except TorchDynamoException as error:
        why = str(error).split("\n", 1)[0][:160]
        raise BackendMissing(
            "torch.compile does not work on this machine ({why}): leave --compile out.", why=why
        ) from error

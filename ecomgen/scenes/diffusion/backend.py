"""The diffusion back end: recipe and request in, one scene per seed out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from ecomgen.cancellation import attended
from ecomgen.errors import BadRecipe
from ecomgen.messages import Message
from ecomgen.models import all_cards, device, locate_addition, used_by_recipe
from ecomgen.models.upscaler import opened
from ecomgen.recipes import SHAPES, Recipe
from ecomgen.scenes.diffusion import call
from ecomgen.scenes.diffusion import checkpoint as checkpoints
from ecomgen.scenes.diffusion import settings as settings_of
from ecomgen.scenes.diffusion.call import Task
from ecomgen.scenes.diffusion.checkpoint import Checkpoint
from ecomgen.scenes.diffusion.first_image import Studio, first_image
from ecomgen.scenes.diffusion.frames import Sheet, finer, frame_for, ground_of, is_smaller
from ecomgen.scenes.diffusion.loader import Loaded, dtype_of, load, too_little_memory
from ecomgen.scenes.diffusion.memory import MOST, attempt, batch_for
from ecomgen.scenes.diffusion.multi_gpu import crew_of
from ecomgen.scenes.diffusion.painter import Work, calls_for, guidance_of, paint
from ecomgen.scenes.diffusion.prompt_embeddings import PromptWords, words_of
from ecomgen.scenes.diffusion.regions import Size
from ecomgen.scenes.diffusion.sampler import Guidance, Journey
from ecomgen.scenes.diffusion.settings import FLOW, DiffusionSettings
from ecomgen.types import ModelUsed, Progress, Report, Scene, SceneRequest, Understanding


class DiffusionBackend:
    """Stable Diffusion 1.x, 2.x or XL, or FLUX.1 Fill, through diffusers, for one recipe.

    To inpaint, the background is generated around the kept product, or the masked region replaced: checkpoints with 9
    input channels, plain ones with 4, FLUX.1 Fill. Image to image, the whole picture is imagined anew at a strength;
    the product is put back, or asked to be redrawn: checkpoints with 4 input channels.
    """

    def __init__(self, recipe: Recipe) -> None:
        """Find the weights and check the recipe; nothing is loaded yet.

        Raises:
            BadRecipe, WeightsMissing, WeightsCorrupt: as `settings.of_recipe`, `checkpoint.of_recipe` and
                `models.locate_addition`.
        """
        self._recipe = recipe
        self._task: Task = "inpaint" if recipe.backend == "inpaint" else "img2img"
        self._defaults = settings_of.of_recipe(recipe, strength=1.0 if self._task == "inpaint" else 0.75)
        named = call.pipeline_class(recipe)
        if named is not None:
            call.require_call(named, recipe, self._task)
        self._checkpoint: Checkpoint = checkpoints.of_recipe(recipe)
        if self._defaults.clip_skip and (self._checkpoint.is_xl or self._checkpoint.has_transformer):
            raise call.wrong(recipe, "defaults.clip_skip", Message("it is for Stable Diffusion 1.x and 2.x"))
        call.require_scheduler_options(self._defaults.scheduler or self._checkpoint.scheduler, recipe)
        for addition in recipe.additions:
            locate_addition(addition, recipe)
        self.device = device()
        reads_lists = (
            not self._checkpoint.has_transformer or self._checkpoint.index["_class_name"] == "FluxFillPipeline"
        )
        self.batch = MOST if self.device != "cpu" and reads_lists and named is None else 1  # memory may allow less

    @cached_property
    def models(self) -> tuple[ModelUsed, ...]:
        """The weights, hashed at the first look."""
        return used_by_recipe(self._recipe)

    def understand(self, prompt: str, product: str = "") -> Understanding:
        """Nothing: a diffusion model takes the prompt as it is."""
        del prompt, product
        return Understanding()

    def resolved(self) -> dict[str, Any]:
        """Every setting that the recipe leaves to us, as this machine and the checkpoint decide it."""
        without = {"width", "height"} | (set() if self._defaults.init == "studio" else {"seeds_a_set"})
        without |= set() if self._defaults.clip_skip else {"clip_skip"}
        without |= set() if self._recipe.reference else {"reference_scale"}
        without |= set() if self._recipe.control else {"control_scale"}
        settings = self._defaults.model_dump(exclude=without)
        scheduler = self._defaults.scheduler or self._checkpoint.scheduler
        return {**settings, "scheduler": scheduler, "dtype": dtype_of(self._recipe)}

    def settled(self, request: SceneRequest) -> dict[str, Any]:
        """Nothing: what diffusion takes from the photos is not a parameter."""
        del request
        return {}

    def make(self, request: SceneRequest, report: Report) -> Iterator[Scene]:
        """One scene per seed, in order. A picture depends on its seed and the request, not on its neighbours.

        Where memory runs out, less is asked for at a time and the pictures in hand are made again.

        Raises:
            UsageError: a parameter does not fit.
            Cancelled: from `report`, between two steps; the pipeline stays fit for use.
            WeightsCorrupt, BackendMissing, BadRecipe: as `loading.load`.
        """
        cards = all_cards()
        if len(cards) > 1:  # a single seed, too: what a card's process has loaded is not loaded a second time here
            yield from crew_of(cards).make(self._recipe, request, report)
            return
        work = self._prepare(request, report)
        pending = list(request.seeds)
        while pending:
            seeds = pending[: self._batch(work, len(pending))]
            scenes = attempt(lambda now=seeds: self._make(work, request, now, report))
            if scenes is None:
                self._give_way(work.loaded, len(seeds))
                continue
            yield from scenes
            pending = pending[len(seeds) :]

    def _give_way(self, loaded: Loaded, batch: int) -> None:
        """Ask for less from now on, once nobody else is at work with the pipeline."""
        with loaded.lock:
            gave = loaded.economy.give_way(batch)
        if not gave:
            raise too_little_memory(self._recipe)

    def _batch(self, work: Work, pending: int) -> int:
        window = work.ground.frame.windows[0]
        full = dtype_of(self._recipe) == "float32"
        room = batch_for(Size(window.width, window.height), pending, full_precision=full)
        return max(1, min(self.batch, work.loaded.economy.most, room))

    def _prepare(self, request: SceneRequest, report: Report) -> Work:
        settings = settings_of.of_request(self._defaults, request.parameters)
        scheduler = self._scheduler(settings)
        native = Size(settings.width or self._checkpoint.native, settings.height or self._checkpoint.native)
        framing = settings.framing if self._task == "inpaint" else "whole"
        frame = frame_for(request.placement, native, framing, request.mode, cell=self._checkpoint.cell)
        followed = self._recipe.followed
        from_noise = self._task == "inpaint" and settings.strength == 1 and "tile" not in followed
        side, shapes = frame.canvas_side(request.placement.canvas), bool(SHAPES & followed)
        studio = Studio(side=side, seeds_a_set=settings.seeds_a_set, shapes=shapes)
        first = first_image(request, "auto" if from_noise else settings.init, studio)
        total = len(request.seeds)
        loading = Progress(
            step="scene", done=0, total=total, message=Message("Loading {recipe}", recipe=Message(self._recipe.title))
        )
        loaded = attended(lambda _: load(self._checkpoint, self._task, self._recipe), report, loading)
        report(Progress(step="scene", done=0, total=total, message="Sampling"))
        words = words_of(request, settings.negative_prompt, named=self._task == "img2img")
        return Work(
            loaded=loaded,
            recipe=self._recipe,
            settings=settings,
            scheduler=scheduler,
            guidance=self._guidance(loaded, words, settings, request),
            ground=ground_of(request.placement, frame),
            finer=(finest := finer(frame, native, self._checkpoint.cell)) and ground_of(request.placement, finest),
            first=first,
            upscaler=opened(name) if (name := request.parameters.get("upscale")) and is_smaller(frame) else None,
            contact=(request.placement.contact_y - frame.box.y0) * frame.size.height / frame.box.height,
        )

    def _guidance(
        self, loaded: Loaded, words: PromptWords, settings: DiffusionSettings, request: SceneRequest
    ) -> Guidance:
        while True:
            guidance = attempt(lambda: guidance_of(loaded, words, settings, request))
            if guidance is not None:
                return guidance
            self._give_way(loaded, 1)

    def _scheduler(self, settings: DiffusionSettings) -> str:
        name = settings.scheduler or self._checkpoint.scheduler
        if name != self._checkpoint.scheduler and FLOW in (name, self._checkpoint.scheduler):
            raise BadRecipe(
                "{recipe} cannot use the scheduler {scheduler}: name another, or leave it out.",
                recipe=self._recipe.name,
                scheduler=name,
            )
        return name

    def _make(self, work: Work, request: SceneRequest, seeds: Sequence[int], report: Report) -> list[Scene]:
        before = request.seeds.index(seeds[0])
        so_far = Progress(step="scene", done=before, total=len(request.seeds), message="Sampling")
        starts = [work.first(seed, lambda _: report(so_far)) for seed in seeds]
        sheets = [Sheet(work.ground, *start) for start in starts]
        journey = Journey(
            report=report, batch=len(seeds), before=before, pictures=len(request.seeds), calls=calls_for(work)
        )
        painted = paint(work.coarse, sheets, seeds, journey)
        if work.refines:
            made = zip(starts, sheets, strict=True)
            sheets = [Sheet(work.fine.ground, sheet.finished(work.enlarged), start.shapes) for start, sheet in made]
            painted = painted.then(paint(work.fine, sheets, seeds, journey))
        sizes = (*_resized(work), *_enlarged(work, request))
        return [
            Scene(
                seed=seed,
                pixels=sheet.finished(work.enlarged),
                steps=work.settings.num_inference_steps,
                sampler=work.scheduler,
                edited=not (work.masked or call.takes(type(work.loaded.pipe), self._recipe, "strength")),
                notes=(*work.loaded.economy.notes, *sizes, *painted.notes, *self._unheard(work)),
                withheld=Message("The checkpoint's safety checker withheld this scene: it is black") if flag else "",
            )
            for seed, sheet, flag in zip(seeds, sheets, painted.withheld, strict=True)
        ]

    def _unheard(self, work: Work) -> tuple[str, ...]:
        """What was asked otherwise than the recipe has it, and the pipeline has no argument for."""
        kind, asked = type(work.loaded.pipe), ("strength", "guidance_scale", "negative_prompt")
        unheard = [
            name
            for name in asked
            if getattr(work.settings, name) != getattr(self._defaults, name)
            and not call.takes(kind, self._recipe, name)
        ]
        options = set(self._recipe.scheduler) - set(call.scheduler_options(work.scheduler, self._recipe))
        flags = tuple(
            Message("{option} has no effect: the pipeline has no such argument", option=f"--{name.replace('_', '-')}")
            for name in unheard
        )
        left = Message("{scheduler} has no {options}", scheduler=work.scheduler, options=", ".join(sorted(options)))
        return (*flags, left) if options else flags


def _resized(work: Work) -> tuple[str, ...]:
    """What the reader must know of the size, where it is not the canvas's."""
    frame = work.ground.frame
    made, windows = frame.size, len(frame.windows)
    in_windows = Message(" in {windows} windows", windows=windows) if windows > 1 else ""
    if work.refines:
        sharpened = Message("and refined in {tiles} tiles at", tiles=len(work.fine.ground.frame.windows))
    else:
        sharpened = Message("resized to")
    if made == (frame.box.width, frame.box.height):
        return (Message("generated{in_windows}", in_windows=in_windows),) if in_windows else ()
    part = "" if work.is_whole else Message("the part around what is replaced was ")
    return (
        Message(
            "{part}generated at {made_width}x{made_height}{in_windows}, {sharpened} {width}x{height}",
            part=part,
            sharpened=sharpened,
            made_width=made.width,
            made_height=made.height,
            in_windows=in_windows,
            width=frame.box.width,
            height=frame.box.height,
        ),
    )


def _enlarged(work: Work, request: SceneRequest) -> tuple[str, ...]:
    """What a network for enlarging has done, where one was asked for."""
    if work.upscaler is None:
        unused = Message("{--upscale} leaves the scene as it is: it is made large enough")
        return (unused,) if request.parameters.get("upscale") else ()
    name, scale = work.upscaler.used.id, work.upscaler.scale
    return (Message("{--upscale} {name} enlarged the scene {scale} times", name=name, scale=scale),)

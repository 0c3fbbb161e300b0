"""What a user asks for: one frozen request, checked before anything is loaded."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ecomgen.captions import WordsRequest
from ecomgen.clicks import as_points, as_strokes
from ecomgen.errors import BadPhoto, BadPrompt, UsageError
from ecomgen.types import Box, Harmonise, MaskRequest, Mode, Point, Stroke

MAX_PHOTOS = 20
MAX_COUNT = 100
MAX_PROMPT = 4000  # characters
MAX_SEED = 2**32 - 1
INITS = ("auto", "studio", "photo", "blur", "noise")
FRAMINGS = ("auto", "whole", "crop", "windows")
HARMONISE = ("off", "scene", "product")
LEVELS = ("strict", "normal", "lenient")
DIFFUSION_FIELDS = (  # hyperparameters that diffusion alone has
    "init",
    "framing",
    "mask_grow",
    "mask_feather",
    "border_strength",
    "reference_scale",
    "control_scale",
    "compile",
)


@dataclass(frozen=True, kw_only=True)
class Request:
    """A run, as asked for. Names and meanings are the command line's; None takes the recipe's default.

    Raises, when made:
        BadPhoto: no photo, or more than 20.
        BadPrompt: the prompt is empty or longer than 4000 characters.
        UsageError: a number is out of range, or two options exclude each other.
    """

    photos: tuple[Path, ...]
    prompt: str = ""
    negative_prompt: str = ""
    pipeline: str = "auto"
    product: str = ""
    masker: str = "auto"
    box: Box | None = None
    mask: Path | None = None
    chosen: int = 0  # which of the mask candidates, 0 is the best
    points: tuple[Point, ...] = ()  # clicks on the first photo that correct its mask
    strokes: tuple[Stroke, ...] = ()
    mode: Mode = "keep"
    count: int = 4
    keep: int | None = None
    threshold: float | str = "normal"
    seed: int | None = None
    size: tuple[int, int] | None = None  # width, height
    channel: str | None = None
    steps: int | None = None
    guidance_scale: float | None = None
    strength: float | None = None
    init: str | None = None  # what diffusion starts from
    framing: str | None = None  # how a canvas is made that is not the model's size
    mask_grow: int | None = None  # latent cells
    mask_feather: int | None = None
    border_strength: float | None = None  # of a second pass over the product's border; 0 is none
    reference_scale: float | None = None  # of the photos beside the prompt
    control_scale: float | None = None  # of the product's outline
    compile: bool | None = None
    camera_elevation: float | None = None  # degrees; None reads it from the photos
    harmonise: Harmonise = "off"  # whose tone may be changed, so that product and scene stand in one light
    contact_shadow: bool = False  # whether a scene that lacks one gets a soft shadow under the product
    scene_from: str = ""  # the id or the folder of a run whose set, camera and light are kept
    words: WordsRequest | None = None  # None writes none
    out: Path | None = None
    held: Mapping[str, Any] = field(default_factory=dict)  # parameters of the set that `scene_from` named
    replayed: Mapping[str, Any] = field(default_factory=dict)  # parameters of the logged run that is made again

    def __post_init__(self) -> None:
        object.__setattr__(self, "photos", tuple(Path(photo) for photo in self.photos))
        object.__setattr__(self, "box", Box(*self.box) if self.box else None)
        object.__setattr__(self, "points", as_points(self.points))
        object.__setattr__(self, "strokes", as_strokes(self.strokes))
        if not self.photos:
            raise BadPhoto("There is no photo: give at least one photo of the product.")
        if len(self.photos) > MAX_PHOTOS:
            raise BadPhoto(f"{len(self.photos)} photos are too many for one product: give at most {MAX_PHOTOS}.")
        for text in (self.prompt, self.negative_prompt, self.product):
            check_legible(text)
        if self.prompt.strip() or not self.scene_from:
            check_prompt(self.prompt)
        if len(self.negative_prompt) > MAX_PROMPT:
            raise BadPrompt(f"The negative prompt is longer than {MAX_PROMPT} characters: shorten it.")
        self._check_numbers()

    def _check_numbers(self) -> None:
        within("--count", self.count, 1, MAX_COUNT)
        within("--keep", self.keep, 1, MAX_COUNT)
        within("--steps", self.steps, 1, 1000)
        within("--seed", self.seed, 0, MAX_SEED)
        within("--guidance-scale", self.guidance_scale, 0, 100)
        within("--strength", self.strength, 0.01, 1)
        self._check_diffusion()
        within("--camera-elevation", self.camera_elevation, 1, 45)
        if not isinstance(self.threshold, str):
            within("--threshold", self.threshold, 0, 1)
        elif self.threshold not in LEVELS:
            raise UsageError(f"--threshold {self.threshold!r} is neither a number nor one of {', '.join(LEVELS)}.")
        if self.keep is not None and self.keep > 3 * self.count:
            raise UsageError(f"--keep {self.keep} is more than three times --count {self.count}: raise --count.")

    def _check_diffusion(self) -> None:
        within("--mask-grow", self.mask_grow, 0, 16)
        within("--mask-feather", self.mask_feather, 0, 16)
        within("--border-strength", self.border_strength, 0, 1)
        within("--reference-scale", self.reference_scale, 0, 2)
        within("--control-scale", self.control_scale, 0, 2)
        one_of("--init", self.init, INITS)
        one_of("--harmonise", self.harmonise, HARMONISE)
        one_of("--framing", self.framing, FRAMINGS)

    @property
    def mask_request(self) -> MaskRequest:
        return MaskRequest(
            masker=self.masker,
            product=self.product,
            box=self.box,
            file=self.mask,
            chosen=self.chosen,
            points=self.points,
            strokes=self.strokes,
        )


def check_legible(text: str) -> None:
    """Raises BadPrompt for bytes that are no UTF-8, which Python passes on as lone surrogates and no file can hold."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadPrompt("The prompt or the product's name is not UTF-8 text: type it anew.") from error


def check_prompt(prompt: str) -> None:
    """Raises BadPrompt for an empty or overlong prompt."""
    if not prompt.strip():
        raise BadPrompt('The prompt is empty: describe the scene, for example "on a wooden table by a window".')
    if len(prompt) > MAX_PROMPT:
        raise BadPrompt(
            f"The prompt has {len(prompt.split())} words in {len(prompt)} characters; at most {MAX_PROMPT} characters "
            "are read. Shorten it to what the picture should show."
        )


def within(option: str, value: float | None, low: float, high: float) -> None:
    """Raises UsageError unless `value` is None or a number from `low` to `high`."""
    if value is None:
        return
    if isinstance(value, bool) or not math.isfinite(value) or not low <= value <= high:
        raise UsageError(f"{option} {value} is out of range: choose a number from {low} to {high}.")


def one_of(option: str, value: str | None, known: tuple[str, ...]) -> None:
    """Raises UsageError unless `value` is None or one of `known`."""
    if value is not None and value not in known:
        raise UsageError(f"{option} {value!r} is not known: choose one of {', '.join(known)}.")

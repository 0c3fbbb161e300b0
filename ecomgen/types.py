"""What travels from step to step, in the order in which a photo meets it.

Pictures are RGB, uint8, HWC, sRGB; alpha is straight (un-premultiplied). Masks are bool HxW, mattes float32 HxW in
[0, 1], boxes XYXY in pixels (x1 and y1 exclusive).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]  # HxWx3 or HxWx4
    BoolMask = NDArray[np.bool_]  # HxW
    Matte = NDArray[np.float32]  # HxW in [0, 1]
    Float = NDArray[Any]  # float32, the shape as the docstring says; OpenCV's own types say no more
    Transform = NDArray[Any]  # float64 2x3: a map of the plane, x and y in pixels
else:
    Pixels = BoolMask = Matte = Float = Transform = Any  # annotations only: numpy takes long to import

Level = Literal["ok", "warn", "fail"]
MARKS = {"ok": "✓", "warn": "!", "fail": "✗"}  # of levels
Masker = Literal["auto", "sam-clip", "sam2", "sam3", "grounded", "birefnet", "rembg", "lite", "grabcut", "alpha"]
Matting = Literal["auto", "colours", "vitmatte"]
Format = Literal["png", "jpeg", "webp", "avif", "tiff"]  # of a picture's file
FileKind = Literal[Format, "psd", "cutout"]  # what an export can be: a picture, layers, the product alone
SPELLINGS = {"jpg": "jpeg", "tif": "tiff"}  # of formats, as their files' names have them
Mode = Literal["keep", "replace", "redraw"]
Move = Literal["dolly", "orbit", "light"]  # of a clip: the camera nearer, the camera aside, the key light
Harmonise = Literal["off", "scene", "product"]  # whose tone may be changed
Status = Literal["kept", "filtered"]
Parameters = Mapping[str, Any]  # flat: the names of a recipe's [defaults]


class Box(NamedTuple):
    """XYXY in pixels; x1 and y1 are exclusive."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.y1 - self.y0

    @property
    def longest(self) -> int:
        """Its longer side."""
        return max(self.width, self.height)

    @property
    def slices(self) -> tuple[slice, slice]:
        """Its rows and columns."""
        return slice(self.y0, self.y1), slice(self.x0, self.x1)

    def grown(self, room: float, size: tuple[int, ...]) -> Box:
        """With `room` more on every side, within a picture of `size`, its rows and columns first."""
        x0, y0, x1, y1 = int(self.x0 - room), int(self.y0 - room), int(self.x1 + room), int(self.y1 + room)
        return Box(max(0, x0), max(0, y0), min(size[1], x1), min(size[0], y1))

    @classmethod
    def of(cls, mask: NDArray[Any]) -> Box:
        """The box that a mask, HxW and not empty, fills."""
        import numpy as np

        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        return cls(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)

    @classmethod
    def around(cls, boxes: Iterable[Box]) -> Box:
        """The smallest that holds all of them."""
        x0, y0, x1, y1 = zip(*boxes, strict=True)
        return cls(min(x0), min(y0), max(x1), max(y1))

    def scaled(self, across: float, down: float | None = None) -> Box:
        """On a copy so many times as wide, and as high, which is the same unless it is said."""
        high = across if down is None else down
        return Box(round(self.x0 * across), round(self.y0 * high), round(self.x1 * across), round(self.y1 * high))

    def within(self, around: Box) -> Box:
        """In the coordinates of a box that holds it."""
        return Box(self.x0 - around.x0, self.y0 - around.y0, self.x1 - around.x0, self.y1 - around.y0)

    def drawn(self, size: tuple[int, ...]) -> BoolMask:
        """HxW: true inside, in a picture of `size`, its rows and columns first."""
        import numpy as np

        mask = np.zeros(size[:2], bool)
        mask[max(0, self.y0) : max(0, self.y1), max(0, self.x0) : max(0, self.x1)] = True
        return mask

    def tiles(self, side: int) -> Iterator[Box]:
        """Row by row; those at the right and lower edge may be smaller."""
        for y in range(self.y0, self.y1, side):
            for x in range(self.x0, self.x1, side):
                yield Box(x, y, min(x + side, self.x1), min(y + side, self.y1))

    def including(self, points: Iterable[tuple[int, int]]) -> Box:
        """The smallest that also holds the pixels at these x and y."""
        across, down = zip((self.x0, self.y0), (self.x1 - 1, self.y1 - 1), *points, strict=True)
        return Box(min(across), min(down), max(across) + 1, max(down) + 1)

    def overlap(self, other: Box) -> float:
        """Intersection over union, of two boxes that are not empty."""
        across = max(0, min(self.x1, other.x1) - max(self.x0, other.x0))
        down = max(0, min(self.y1, other.y1) - max(self.y0, other.y0))
        return across * down / (self.width * self.height + other.width * other.height - across * down)


class Point(NamedTuple):
    """A click in the photo's pixels: on the product, or beside it."""

    x: int
    y: int
    inside: bool = True

    def scaled(self, across: float, down: float) -> Point:
        """The pixel that shows the middle of this one on a copy so many times as wide and as high."""
        return self._replace(x=int((self.x + 0.5) * across), y=int((self.y + 0.5) * down))

    def within(self, around: Box) -> Point:
        """In the coordinates of a box that holds it."""
        return self._replace(x=self.x - around.x0, y=self.y - around.y0)


class Place(NamedTuple):
    """Where a product stands: the middle of its base and its height unturned, shares of the canvas, y down.

    `turn` is in degrees, clockwise.
    """

    x: float
    y: float
    height: float
    turn: float = 0.0


class Stroke(NamedTuple):
    """A brush stroke in the photo's pixels: a line through `points`, `width` thick, that adds product or erases it."""

    points: tuple[tuple[int, int], ...]
    width: int
    inside: bool = True


class Companion(NamedTuple):
    """A further product of a picture: its photos, where it stands, None is by rule, and what was said of its cut-out.

    The latter is about its first photo, and means what it means in a request.
    """

    photos: tuple[Path, ...]
    place: Place | None = None
    masker: Masker | None = None  # None is the request's
    box: Box | None = None
    point: tuple[Point, ...] = ()
    stroke: tuple[Stroke, ...] = ()
    mask: Path | None = None
    mask_candidate: int = 0
    product: str = ""  # what it is, in words
    confirmed: bool = False
    first_photo: bool = False

    def mask_request(self, masker: str, matting: Matting = "auto") -> MaskRequest:
        """How it is found in a request with that masker and matting."""
        return MaskRequest.of(self, masker=self.masker or masker, matting=matting)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """One true report: `done` of `total` units of `step`, and of the unit in work its own report; `draft` is a rough
    small view of the picture to come."""

    step: str
    done: int = 0
    total: int = 1
    message: str = ""
    draft: Pixels | None = field(default=None, compare=False, repr=False)  # HxWx3
    unit: Progress | None = None


Report = Callable[[Progress], None]
"""Receives progress. It may raise `Cancelled`; every step lets that pass and leaves nothing half-written."""


def silent(_: Progress) -> None:
    """A `Report` for callers who do not want one."""


def drafts_wanted(report: Report) -> bool:
    """Whether anybody looks at drafts: a report that only stops the work says so by `drafts = False`."""
    return report is not silent and getattr(report, "drafts", True)


@dataclass(frozen=True, kw_only=True)
class Check:
    """One quality check of a reference photo. `value` is None where it cannot be computed; `advice` says why."""

    name: str
    value: float | None
    verdict: Level
    advice: str


@dataclass(frozen=True, kw_only=True, eq=False)
class ReferenceImage:
    """A photo of the product, upright, in sRGB."""

    path: Path  # absolute
    sha256: str  # of the file
    pixels: Pixels  # HxWx3
    alpha: Matte | None = None  # the photo's own transparency; None where every pixel is opaque
    notes: tuple[str, ...] = ()  # what was converted or downscaled, in words
    checks: tuple[Check, ...] = ()

    @property
    def with_transparency(self) -> Pixels:
        """HxWx4 where some of it is transparent, else HxWx3."""
        import numpy as np

        if self.alpha is None:
            return self.pixels
        return np.dstack([self.pixels, np.round(self.alpha * 255).astype(np.uint8)])

    @property
    def height(self) -> int:
        return self.pixels.shape[0]

    @property
    def width(self) -> int:
        return self.pixels.shape[1]


@dataclass(frozen=True, kw_only=True, eq=False)
class MaskCandidate:
    """One proposal for where the product is. Scores are None where the masker has no such notion."""

    pixels: BoolMask  # HxW, the photo's size
    clip_score: float | None = None
    predicted_iou: float | None = None
    stability_score: float | None = None
    marks: tuple[str, ...] = ()  # what makes it suspect, in words

    @property
    def area_fraction(self) -> float:
        return float(self.pixels.mean())


EXTENSION_HALVING = 0.1  # of a product's area added to it, at which the extension score has fallen to a half
DOUBTED = 0.5  # confidence in a cut-out, below which everything that rests on it says so
SURE = 0.75  # from which nothing in it is pointed out


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Where a mask may be wrong, and why, in one sentence."""

    kind: str
    box: Box  # in the photo's pixels
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Repair:
    """What of a photo is to go: the white of `mask`. `recipe` paints what takes its place; by default it is filled."""

    mask: Path
    recipe: str = ""
    settings: tuple[tuple[str, Any], ...] = ()  # of the recipe, as they were; by default as they are


@dataclass(frozen=True, kw_only=True)
class MaskRequest:
    """What the user says of the mask. `masker` is auto or one that `masking` knows; `chosen` a rank among the five."""

    masker: str = "auto"
    product: str = ""  # what it is, in words, for CLIP
    box: Box | None = None
    file: Path | None = None  # a mask made elsewhere; white is the product
    chosen: int = 0
    fill: bool = True  # pinholes and holes that are no openings
    points: tuple[Point, ...] = ()  # correct the chosen proposal
    strokes: tuple[Stroke, ...] = ()  # painted over it: what a brush has covered is certain
    confirmed: bool = False  # somebody has looked at what comes of all this, and found it right
    first_photo: bool = False  # of several it is the one to cut the product out of
    matting: Matting = "auto"  # by what its edge is softened
    repair: Repair | None = None  # of the first photo, before the product is looked for

    @classmethod
    def of(cls, said: Any, **more: Any) -> MaskRequest:
        """What a request or a further product says, by its names, of where the product is."""
        return cls(
            product=said.product,
            box=said.box,
            file=said.mask,
            chosen=said.mask_candidate,
            points=said.point,
            strokes=said.stroke,
            confirmed=said.confirmed,
            first_photo=said.first_photo,
            **more,
        )

    @property
    def steered(self) -> bool:
        """Whether clicks or a brush correct what was found."""
        return bool(self.points or self.strokes)


@dataclass(frozen=True, kw_only=True, eq=False)
class Mask:
    """Where the product is, with the up to five proposals it was chosen from, best first."""

    pixels: BoolMask  # HxW, filled and cleaned
    masker: str
    candidates: tuple[MaskCandidate, ...]
    chosen: int = 0
    filled: int = 0  # pixels added by closing pinholes and filling contours
    confidence: float = 1.0  # [0, 1], the probability of an IoU of at least 0.9 with the truth
    doubts: tuple[Doubt, ...] = ()
    warnings: tuple[str, ...] = ()
    models: tuple[ModelUsed, ...] = ()
    corrected: bool = False  # by clicks or a brush
    confirmed: bool = False  # somebody has looked at it, and found it right

    @property
    def doubted(self) -> bool:
        """Whether it may well be wrong, and nobody has said otherwise."""
        return self.confidence < DOUBTED and not self.confirmed

    @property
    def trust(self) -> float:
        """[0, 1]: 1 where somebody has found it right, else the confidence."""
        return 1.0 if self.confirmed else self.confidence


@dataclass(frozen=True, kw_only=True)
class Edge:
    """How a cut-out's edge is to be. `hardness` 0 keeps every hair, 1 is as sharp as the lens; None measures it.

    `matting`: by what a soft edge is solved. "colours" needs no weights; "auto" takes ViTMatte where it is here.
    """

    hardness: float | None = None
    shift: float = 0.0  # pixels outwards; inwards where negative
    matting: Matting = "auto"


@dataclass(frozen=True, kw_only=True)
class EdgeReport:
    """What became of a cut-out's edge."""

    band: int  # pixels across in which the edge was looked for
    width: float  # pixels over which it is soft, where colours tell
    hardness: float  # that it was given, 0 to 1
    matting: str = "colours"  # by what it was solved: "vitmatte" for a soft edge, where its weights are here


@dataclass(frozen=True, kw_only=True, eq=False)
class Cutout:
    """The product alone, at the photo's full size, colours free of the old background."""

    rgba: Pixels  # HxWx4, straight alpha
    box: Box  # of alpha > 0
    edge: EdgeReport | None = None  # None where the photo's own transparency was taken
    models: tuple[ModelUsed, ...] = ()  # that softened the edge


@dataclass(frozen=True, kw_only=True, eq=False)
class View:
    """One photo of the product with its surroundings, as it was taken, and where the product is in it."""

    pixels: Pixels  # HxWx3
    mask: BoolMask  # HxW


@dataclass(frozen=True, kw_only=True)
class Canvas:
    """The picture to be made. `fill` is the share of the limiting side that the product may take."""

    width: int
    height: int
    channel: str | None = None
    fill: float = 0.62
    background: tuple[int, int, int] | None = None  # a colour that the channel's rules demand
    safe_area: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)  # shares kept free: left, top, right, bottom


@dataclass(frozen=True, kw_only=True, eq=False)
class Backdrop:
    """A photo that takes the place of a scene, cut to the canvas."""

    pixels: Pixels  # HxWx3
    focal: float | None = None  # of the lens, in the canvas's longer sides; None where the file does not tell


@dataclass(frozen=True, kw_only=True, eq=False)
class Placement:
    """Where the product stands on the canvas.

    `product` is HxWx4, straight alpha: with mode "keep" the product, with "replace" the kept surroundings. Wherever
    its alpha is 255, a finished picture has exactly its RGB values.
    """

    canvas: Canvas
    product: Pixels
    box: Box  # of the product on the canvas
    scale: float  # canvas pixels per photo pixel
    contact_y: int  # the row on which the product stands
    place: Place | None = None  # that puts the product here again; None for surroundings
    notes: tuple[str, ...] = ()
    models: tuple[ModelUsed, ...] = ()  # that the product's pixels are of
    parts: tuple[Placement, ...] = ()  # of several products, each by itself and whole, the main one first
    backdrop: Backdrop | None = None  # the photo in which it stands instead of a scene
    sunk: bool = False  # whether what the scene shows covers its base


@dataclass(frozen=True, kw_only=True)
class Composition:
    """Where in the picture the product is asked to stand, and how large."""

    across: float = 0.5  # of the canvas's width: where its middle is
    size: float = 1.0  # a factor of its usual size
    widest: float = 1.0  # of the canvas's width, that it may take at most: what stands beside it has the rest
    centred: bool = False  # in height too
    base: float | None = None  # of the canvas's height: the row on which it stands, where that is not the usual one


@dataclass(frozen=True, kw_only=True)
class Approximation:
    """A word of the prompt that is shown as something near it: a waterfall as a lake."""

    word: str
    shown_as: str


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """What a back end made of the prompt: its own words, lower case, each in one list, and the scene they led to."""

    understood: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    approximated: tuple[Approximation, ...] = ()
    scene: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()  # words that were read as others
    composition: Composition = Composition()
    unread: bool = False  # it asks for something, and nothing of it was understood


@dataclass(frozen=True, kw_only=True, eq=False)
class SceneRequest:
    """Everything a back end needs to make surroundings, one picture per seed."""

    prompt: str
    placement: Placement
    seeds: tuple[int, ...]
    parameters: Parameters
    negative_prompt: str = ""
    product: str = ""
    mode: Mode = "keep"
    views: tuple[View, ...] = ()  # the product's photos, the one that was cut out first
    style: Pixels | None = None  # HxWx3: a picture that the scene is to look like


@dataclass(frozen=True, kw_only=True, eq=False)
class Scene:
    """A finished scene of the canvas's size. What stands under the product's opaque pixels does not matter, unless they
    are covered."""

    seed: int
    pixels: Pixels  # HxWx3
    steps: int  # diffusion steps, or samples per pixel
    sampler: str  # scheduler, or integrator
    notes: tuple[str, ...] = ()
    gains: tuple[Float, ...] = ()  # what its light makes of each product's linear values, RxCx3 over the product's box
    cover: Float | None = None  # HxW in [0, 1]: how much of the product stands behind what `pixels` shows there
    edited: bool = False  # by words from a picture of the product, which may stand elsewhere now
    withheld: str = ""  # why the scene must not be shown, where a safety checker says so
    depth: NDArray[np.floating[Any]] | None = None  # HxW: how far away what is seen is, where a renderer tells
    normals: NDArray[np.floating[Any]] | None = None  # HxWx3, to the right, up, to the camera; 0 where nothing is


@dataclass(frozen=True, kw_only=True)
class Covered:
    """What of a picture stands before the product: a coarse grid over a part of the picture."""

    within: tuple[float, float, float, float]  # x0, y0, x1, y1 of the grid, of the picture's width and height
    grid: tuple[tuple[int, ...], ...]  # rows of percent: 100 where nothing of the product is seen


@dataclass(frozen=True, kw_only=True)
class Relit:
    """How much the product was changed for the scene's light, and how much of it the scene's ground covers."""

    mean_delta_e: float = 0.0  # over its pixels, CIE 1976
    max_gain: float = 1.0  # the largest factor by which a channel was raised or lowered, in linear light
    covered_fraction: float = 0.0  # of its pixels
    covered: Covered | None = None
    apart: tuple[Relit, ...] = ()  # the same of each of several products, the main one first


@dataclass(frozen=True, kw_only=True, eq=False)
class Instance:
    """Where a product is seen in a picture: its `box`, and of several, how much of each pixel is this one."""

    box: Box
    share: Float | None = None  # HxW in [0, 1]


@dataclass(frozen=True, kw_only=True)
class ModelUsed:
    """A model that took part, precise enough to find the same one again."""

    id: str
    revision: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Where a picture differs from the product: a coarse grid over a part of the picture."""

    box: Box  # of the picture, that the grid covers
    grid: tuple[tuple[int, ...], ...]  # rows of percent: 0 as in the photo, 100 quite different; at most 32 a side
    aligned: bool  # laid over the photo, or matched patch by patch with another view


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Each in [0, 1], or None with the reason in `unavailable`. `parts` holds what identity is made of."""

    identity: float | None = None
    extension: float | None = None
    adherence: float | None = None
    quality: float | None = None
    overall: float | None = None
    character_error_rate: float | None = None  # of the text on the product; None where none was read
    unavailable: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, float] = field(default_factory=dict)
    composition: Mapping[str, float] = field(default_factory=dict)  # no score, but what decides between equals
    findings: tuple[str, ...] = ()  # what lowered a score, in words
    why: str = ""  # what lowered the identity, in one sentence; empty where nothing did
    difference: Difference | None = None  # None where there was nothing to compare

    @property
    def added(self) -> float | None:
        """E: what the scene added to the product, as a share of its area; None where it is not known."""
        return None if self.extension is None else -EXTENSION_HALVING * math.log2(max(self.extension, 1e-9))


@dataclass(frozen=True, kw_only=True, eq=False)
class Candidate:
    """A finished picture with its scores."""

    index: int
    seed: int
    pixels: Pixels  # HxWx3
    scores: Scores
    steps: int
    sampler: str
    notes: tuple[str, ...] = ()
    relit: Relit | None = None
    withheld: str = ""
    apart: tuple[Scores, ...] = ()  # of each of several products, the main one first


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the selection decided about one candidate; `rank` counts the kept from 1."""

    status: Status
    reasons: tuple[str, ...] = ()
    rank: int | None = None
    why_first: str = ""  # of the first of several

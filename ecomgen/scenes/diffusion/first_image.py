"""What the model starts from: a plain corner, the studio's render, the photo's own background, its blur, or noise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ecomgen import recipes
from ecomgen.color import to_bytes
from ecomgen.errors import UsageError
from ecomgen.options.declared import Init
from ecomgen.scenes.diffusion.regions import CELL, Size, over, resized, to_size
from ecomgen.types import Box, Canvas, Pixels, Placement, Report, Scene, SceneRequest, silent

_WALL, _FLOOR = 205, 178  # sRGB grey levels
_SHADOW = 0.35  # how much of the light the plain corner's contact shadow takes
_FADE = 0.12  # of the photo's shorter side, over which it fades into its blur


@dataclass(frozen=True, kw_only=True)
class Studio:
    """How the studio renders first images."""

    side: int = 768  # pixels of the longer side
    seeds_a_set: int = 1  # so many seeds that follow each other share a set, and its render
    shapes: bool = False  # whether a ControlNet follows the set's, whatever the first image is
    light: bool = True  # whether it is lit as well as may be; otherwise it is looked at for its shapes alone


class Start(NamedTuple):
    """What the model starts from, HxWx3 of the canvas's ratio, and the shapes of the studio's set."""

    pixels: Pixels
    shapes: Mapping[str, Pixels] = MappingProxyType({})  # "depth" and "normal", HxWx3 each, as ControlNets read them


Picture = Callable[..., Start]  # of a seed, and of a report that may stop it


def first_image(request: SceneRequest, init: Init, studio: Studio | None = None) -> Picture:
    """The surroundings that the model starts from, without what is kept: a picture of each seed, the whole canvas.

    `studio` says how it renders, where it does.

    Raises:
        UsageError: there is no photo to take the background from, or the studio cannot do the mode.
    """
    if init == "studio":
        return _studio(request, studio or Studio())
    picture = _same_for_all(request, init)
    shaped = _studio(request, replace(studio, light=False)) if studio and studio.shapes and _is_told(request) else None
    return lambda *of: Start(picture, shaped(*of).shapes if shaped else {})


def _is_told(request: SceneRequest) -> bool:
    """Whether the studio knows the set that a prompt means, so that its shapes need not be guessed."""
    from ecomgen.scenes import open_backend

    understood = open_backend(recipes.get("studio")).understand(request.prompt, request.product)
    return request.mode == "keep" and not understood.unread


def _same_for_all(request: SceneRequest, init: Init) -> Pixels:
    placement = request.placement
    if init == "noise":
        return _noise(placement.canvas)
    if init == "photo":
        return _photo(request)
    if init == "blur":
        return _blur(placement.product if request.mode == "replace" else _around(request))
    return _blur(placement.product) if request.mode == "replace" else corner(placement)


def corner(placement: Placement) -> Pixels:
    """A plain photographer's corner: a light grey wall, a slightly darker floor, a soft shadow at the contact.

    The floor begins above the row on which the product stands, so that it stands on it.
    """
    canvas = placement.canvas
    rows = np.arange(canvas.height, dtype=np.float32)
    horizon, blend = placement.contact_y - 0.08 * canvas.height, 0.06 * canvas.height
    floor = 1 / (1 + np.exp(-np.clip((rows - horizon) / blend * 4, -30, 30)))
    grey = _WALL + (_FLOOR - _WALL) * floor
    levels = grey[:, None] * (1 - _SHADOW * _contact_shadow(placement))
    return np.repeat(levels[..., None].round().astype(np.uint8), 3, axis=2)


def _contact_shadow(placement: Placement) -> NDArray[np.float32]:
    """HxW in [0, 1]: an ellipse as wide as the product, flat on the floor."""
    canvas, box = placement.canvas, placement.box
    radius = max(box.width * 0.5, 1.0)
    x = (np.arange(canvas.width, dtype=np.float32)[None, :] - (box.x0 + box.x1) / 2) / radius
    y = (np.arange(canvas.height, dtype=np.float32)[:, None] - placement.contact_y) / (radius * 0.25)
    return np.exp(-2 * (x**2 + y**2)).astype(np.float32)


def _noise(canvas: Canvas) -> Pixels:
    """Grey noise of the latents' grain, the same for every seed: the seed's own noise is laid over it anyway."""
    cells = max(1, canvas.height // CELL), max(1, canvas.width // CELL), 3
    noise = np.random.default_rng(0).normal(128, 48, cells).clip(0, 255).astype(np.uint8)
    return resized(noise, Size(canvas.width, canvas.height))


def _photo(request: SceneRequest) -> Pixels:
    """The first photo as it was taken, scaled and moved so that its product lies where the placed one stands.

    Towards its edge, and beyond, the photo fades into its background's blurred colours.
    """
    placement = request.placement
    if request.mode == "replace":  # the photo, cut to the canvas, is what was placed
        return placement.product[..., :3]
    if not request.views:
        raise UsageError("There is no photo whose background could be the first image: choose another {--init}.")
    view = request.views[0]
    own = Box.of(view.mask)
    scale = placement.box.width / own.width
    left, top = placement.box.x0 - round(scale * own.x0), placement.box.y0 - round(scale * own.y0)
    laid = _laid(view.pixels, scale, (left, top), placement.canvas)
    return over(laid, _blur(_without(placement.product[..., 3], laid)))


def _laid(pixels: Pixels, scale: float, place: tuple[int, int], canvas: Canvas) -> Pixels:
    """A picture at `scale`, its upper left at `place` of the canvas: HxWx4, with soft edges, transparent beyond."""
    height, width = pixels.shape[:2]
    scaled = resized(pixels, Size(max(round(width * scale), 1), max(round(height * scale), 1)))
    (x, y), layer = place, np.zeros((canvas.height, canvas.width, 4), np.uint8)
    soft = np.dstack([scaled, _soft_edges(scaled.shape[0], scaled.shape[1])])
    part = soft[max(-y, 0) : max(canvas.height - y, 0), max(-x, 0) : max(canvas.width - x, 0)]
    layer[max(y, 0) :, max(x, 0) :][: part.shape[0], : part.shape[1]] = part
    return layer


def _soft_edges(height: int, width: int) -> NDArray[np.uint8]:
    """HxW alpha that falls to nothing towards every edge."""
    reach = max(_FADE * min(height, width), 1.0)
    down, across = (np.minimum(np.arange(side), np.arange(side)[::-1]) + 0.5 for side in (height, width))
    return to_bytes(np.minimum(down[:, None], across[None, :]) / reach)


def _without(product: NDArray[np.uint8], layer: Pixels) -> Pixels:
    """The layer, HxWx4, transparent where the placed product covers it."""
    return np.dstack([layer[..., :3], np.minimum(layer[..., 3], 255 - product)])


def _around(request: SceneRequest) -> Pixels:
    """HxWx4: the photo's background where the placed product is not."""
    full = np.full(request.placement.product.shape[:2], 255, np.uint8)
    return _without(request.placement.product[..., 3], np.dstack([_photo(request), full]))


def _blur(known: Pixels) -> Pixels:
    """The opaque pixels' colours carried into the transparent ones by normalised blurring, one pixel a latent cell."""
    from scipy.ndimage import gaussian_filter

    size = Size(known.shape[1], known.shape[0])
    small = np.asarray(Image.fromarray(known).convert("RGBa").reduce(CELL), np.float32)
    weight = small[..., 3:] / 255
    cells = np.concatenate([small[..., :3], weight], axis=2)  # colours of RGBa are premultiplied
    sigma = max(max(cells.shape[:2]) / 16, 0.5)
    blurred = gaussian_filter(cells, sigma=(sigma, sigma, 0), mode="nearest")
    blurred += 1e-3 * cells.mean((0, 1))  # far from anything known, the mean
    colours = blurred[..., :3] / np.maximum(blurred[..., 3:], 1e-6)
    spread = Image.fromarray(colours.clip(0, 255).round().astype(np.uint8))
    return np.asarray(spread.resize(size, Image.Resampling.BICUBIC))


def _studio(request: SceneRequest, how: Studio) -> Picture:
    """The studio's render of each set: light, ground and contact shadow are right before diffusion starts."""
    from ecomgen.scenes import open_backend

    if request.mode != "keep":
        raise UsageError(
            "The studio sets a kept product only: choose another {--init} for {--mode} {mode}.", mode=request.mode
        )
    recipe = recipes.get("studio")
    studio = open_backend(recipe)
    studio.understand(request.prompt, request.product)
    small = replace(request, placement=_smaller(request.placement, how.side))
    parameters = {**recipe.defaults, **studio.resolved(), "depth": how.shapes, "set_ideas": 0}
    parameters |= {} if how.light else {"samples_per_pixel": 1, "denoise": False}
    settled = {**parameters, **studio.settled(replace(small, parameters=parameters))}
    latest: dict[int, Start] = {}

    def rendered(seed: int, report: Report = silent) -> Start:
        of_set = seed // how.seeds_a_set
        if of_set not in latest:
            made = next(studio.make(replace(small, seeds=(of_set,), parameters=settled), report))
            latest.clear()
            latest[of_set] = Start(made.pixels, _shapes(made))
        return latest[of_set]

    return rendered


def _shapes(made: Scene) -> dict[str, Pixels]:
    if made.depth is None or made.normals is None:
        return {}
    return {"depth": nearness(made.depth), "normal": turned(made.normals)}


def turned(normals: NDArray[np.floating[Any]]) -> Pixels:
    """HxWx3: red to the left, green up, blue to the camera, as normal ControlNets learnt from ScanNet."""
    facing = np.where(np.abs(normals).sum(-1, keepdims=True) > 0, normals, (0.0, 0.0, 1.0))
    return to_bytes((facing * (-1, 1, 1) + 1) / 2)


def nearness(depth: NDArray[np.floating[Any]]) -> Pixels:
    """HxWx3: one over the distance, black for the farthest, white for the nearest, as depth ControlNets learnt."""
    near = np.where(depth > 0, 1 / np.maximum(depth, 1e-3), 0.0)
    least, most = float(near.min()), float(near.max())
    levels = to_bytes((near - least) / max(most - least, 1e-9))
    return np.repeat(levels[..., None], 3, axis=2)


def _smaller(placement: Placement, side: int) -> Placement:
    """The same placement on a canvas that renders in seconds."""
    scale = min(1.0, side / max(placement.canvas.width, placement.canvas.height))
    size = Size(round(placement.canvas.width * scale), round(placement.canvas.height * scale))
    return replace(
        placement,
        canvas=replace(placement.canvas, width=size.width, height=size.height),
        product=np.asarray(to_size(placement.product, size)),
        box=placement.box.scaled(scale),
        scale=placement.scale * scale,
        contact_y=round(placement.contact_y * scale),
        parts=tuple(_smaller(part, side) for part in placement.parts),
    )

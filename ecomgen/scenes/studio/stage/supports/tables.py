"""What runs out of the picture: the top of a table, a floor, a sweep of paper."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.primitives.palette import from_oklch, hexadecimal, lightness, toned
from ecomgen.scenes.studio.primitives.shapes import Shape, block, ground, sheet, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Thing
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.surfaces import material

SPAN = 2.2  # times as broad as is seen of it is a roll of paper
RAINBOW, PASTEL, LIVELY = 330.0, 0.9, 0.075  # degrees of hue across the paper; lightness and chroma (Oklab)
DARKER = {"tone": 0.2, "shade": 0.1}  # by how much (Oklab) paper is darker above, where no second colour is told
DEEPER = 1.8  # by how much more chroma goes with that, so that pale pink turns rose, not grey


def table(shot: Shot, surface: str, *, far: float, near: float | None = None, thickness: float = 0.16) -> Thing:
    """A table top that ends `far` units behind (far < 0), runs out of the picture at the sides and ends at z = `near`,
    or runs out in front too."""
    near = max(shot.frame.nearest + 0.5, 0.8) if near is None else near
    width, depth = visible_patch(shot, far)
    half = shot.frame.half_width(far) * 1.6
    top = block(2 * half, thickness, near - far, 0.025 * min(shot.units_per_metre / 4.5, 1.5))
    top = top.moved(0, -thickness, (near + far) / 2)
    return Thing(laid(top, width, depth, far), material(shot, surface, width, depth))


def floor(shot: Shot, surface: str, *, far: float, drop: float = 0.0) -> Thing:
    """A floor without visible end, `drop` units below what the product stands on."""
    width, depth = visible_patch(shot, max(far, -4.0))
    half = shot.frame.half_width(far) * 1.5
    flat = ground(-half, half, shot.frame.nearest + 0.6, far).moved(0, -drop)
    return Thing(laid(flat, width, depth, max(far, -4.0)), material(shot, surface, width, depth))


def visible_patch(shot: Shot, far: float) -> tuple[float, float]:
    """Width and depth, in units, of the ground that is seen sharply, for a texture that need not repeat there."""
    width = 2 * shot.frame.right * 1.25
    return width, shot.frame.nearest - far + 0.3


def laid(shape: Shape, width: float, depth: float, far: float) -> Shape:
    """`shape` with a texture of width x depth units laid over it, the texture's top at z = far."""
    moved = shape.draped(width, depth)
    moved.uv[:, 1] -= 0.5 + far / depth
    return moved


def sweep(shot: Shot, colour: tuple[float, float, float], *, far: float, radius: float) -> Thing:
    """A seamless roll of paper: floor, bend and wall in one."""
    half = shot.frame.half_width(far - radius) * SPAN
    angle = np.linspace(0, np.pi / 2, 24)
    wall = np.linspace(radius, 14.0, 60)[1:]
    z = np.concatenate([[max(shot.frame.nearest, 1) + 1.5], far - radius * np.sin(angle), np.full(59, far - radius)])
    y = np.concatenate([[0.0], radius * (1 - np.cos(angle)), wall])
    z, y = z[::-1], y[::-1]
    x = np.linspace(-half, half, 2)
    grid = xyz(np.broadcast_to(x, (len(z), 2)), np.repeat(y[:, None], 2, 1), np.repeat(z[:, None], 2, 1))
    return Thing(sheet(grid), Material(_graded(shot, colour, z, y)))


def _graded(shot: Shot, colour: Colour, z: np.ndarray, y: np.ndarray) -> Colour | np.ndarray:
    """The paper's colour, turning to the wished second one from where the product stands to the picture's top; of a
    rainbow all colours, from side to side."""
    if shot.wish.gradient is None:
        return colour
    if shot.wish.gradient == "rainbow":
        across = np.clip(0.5 + 0.5 * SPAN * np.linspace(-1, 1, 512), 0, 1)  # of the picture
        hues = RAINBOW * (across if shot.side < 0 else 1 - across)
        return np.array([[from_oklch(PASTEL, LIVELY, float(hue)) for hue in hues]] * 4, np.float32)
    light = lightness(colour)
    darker = DARKER.get(shot.wish.gradient)
    second = (
        hexadecimal(shot.wish.gradient)
        if darker is None
        else toned(colour, lightness=light - darker, chroma=1 + DEEPER * darker)
    )
    seen = shot.frame.distance * (y - shot.frame.eye) / (shot.frame.distance - np.minimum(z, 0)) + shot.frame.eye
    rows = np.interp(np.linspace(0, len(z) - 1, 1024), np.arange(len(z)), seen)
    share = np.clip((rows - 0.2 * shot.frame.top) / (0.7 * shot.frame.top), 0, 1)[:, None, None]
    both = np.asarray(colour) * (1 - share) + np.asarray(second) * share
    return np.repeat(both, 4, axis=1).astype(np.float32)

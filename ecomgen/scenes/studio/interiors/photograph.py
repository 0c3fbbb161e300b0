"""A room as a camera sees it: rendered by itself through a pinhole, small, for it is out of focus afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.interiors.room import DISTANCE, WallView
from ecomgen.scenes.studio.primitives.shapes import Shape, block, joined
from ecomgen.scenes.studio.primitives.types import Material, Stage, Thing
from ecomgen.scenes.studio.rendering.render import Quality, light_on, set_up
from ecomgen.scenes.studio.rendering.variants import best_variant
from ecomgen.scenes.studio.stage.backdrop import Painting

Picture = NDArray[np.floating[Any]]

LONGEST = 256  # pixels of the picture's larger side at most
SAMPLES, BOUNCES = 44, 4
GREY = (0.8, 0.8, 0.8)
NEARLY_BLACK = 1e-3
SPECK = block(0.01, 0.01, 0.01, 0.001).moved(0, -9, 0)
"""What is out of sight."""


def photographed(picture: Painting, view: WallView, stage: Stage, seed: int) -> Picture:
    """The light of the room, HxWx3, as large as the `picture`, 1 as bright as white paper."""
    import cv2

    frame, eye, (rows, columns) = picture.frame, view.eye, picture.shape
    size = min(LONGEST, max(frame.width, frame.height)) / max(rows, columns)
    height, width = max(round(rows * size), 8), max(round(columns * size), 8)
    unit = 2 * view.right / width
    camera = replace(
        frame,
        width=width,
        height=height,
        unit=unit,
        ground_row=view.top / unit,
        distance=DISTANCE,
        eye=eye,
        across=0.0,
    )
    stage = replace(stage, things=gathered(stage.things))
    quality = Quality(variant=best_variant(), samples_per_pixel=SAMPLES, max_depth=BOUNCES, denoise=False)
    job = set_up(stage, camera, [], quality, seed & 0xFFFFFFFF)
    light = light_on(np.ones((height, width), bool), job, lambda _: None).reshape(height, width, 3)
    white = np.float32(1 / stage.brightness())
    return np.asarray(cv2.resize(light * white, (columns, rows)), np.float32)


def gathered(things: Sequence[Thing]) -> tuple[Thing, ...]:
    """The same few meshes for every room, what is plain, of metal, glowing, and a picture that glows: code compiled for
    one room then renders all."""
    pictures = [thing for thing in things if isinstance(thing.material.glow, np.ndarray)]
    glowing = [thing for thing in things if isinstance(thing.material.glow, tuple)]
    dark = [thing for thing in things if thing.material.glow is None]
    metal, plain = ([thing for thing in dark if bool(thing.material.metallic) == shiny] for shiny in (True, False))
    lit = _as_one([(thing.shape, thing.material.glow) for thing in glowing])
    (unseen,) = pictures or [Thing(SPECK, Material(GREY, glow=np.full((2, 2, 3), NEARLY_BLACK, np.float32)))]
    return (
        _thing(plain, roughness=0.55),
        _thing(metal, roughness=0.3, metallic=1.0),
        Thing(lit.shape, Material(GREY, glow=lit.material.colour)),
        unseen,
    )


def _thing(things: Sequence[Thing], **material: float) -> Thing:
    made = _as_one([(thing.shape, thing.material.colour) for thing in things])
    return replace(made, material=replace(made.material, **material))


def _as_one(parts: Sequence[tuple[Shape, Any]]) -> Thing:
    """Bodies, each in a colour or a row of colours, with one row of all their colours; a speck where there are none."""
    parts = parts or [(SPECK, (NEARLY_BLACK,) * 3)]
    rows = [_row(colour) for _, colour in parts]
    total, start, shapes = sum(map(len, rows)), 0, []
    for (shape, _), row in zip(parts, rows, strict=True):
        along = shape.uv[:, :1] if len(row) > 1 else np.full((len(shape.uv), 1), 0.5)
        uv = np.hstack([(start + along * len(row)) / total, np.full((len(shape.uv), 1), 0.5)])
        shapes.append(replace(shape, uv=uv.astype(np.float32)))
        start += len(row)
    palette = np.repeat(np.concatenate(rows)[None].astype(np.float32), 2, axis=0)
    return Thing(joined(shapes), Material(palette))


def _row(colour: Any) -> Picture:
    """One colour, or the colours of a texture that is a row of them, Nx3."""
    values = np.asarray(colour, np.float32)
    return np.reshape(values[0] if values.ndim == 3 else values, (-1, 3))

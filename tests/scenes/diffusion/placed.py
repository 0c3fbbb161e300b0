"""A red block on a canvas, as a request for any diffusion back end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from tiny_models import recipe

from ecomgen.scenes import open_backend
from ecomgen.types import Box, Canvas, Placement, Scene, SceneRequest, View, silent


def block(size: tuple[int, int] = (64, 64)) -> Placement:
    """The middle half of the canvas is opaque red."""
    width, height = size
    box = Box(width // 4, height // 4, width * 3 // 4, height * 3 // 4)
    rgba = np.zeros((height, width, 4), np.uint8)
    rgba[box.y0 : box.y1, box.x0 : box.x1] = (200, 30, 30, 255)
    return Placement(canvas=Canvas(width=width, height=height), product=rgba, box=box, scale=1.0, contact_y=box.y1)


MIDDLE = Box(16, 16, 32, 32)


def hole(size: tuple[int, int] = (64, 64), box: Box = MIDDLE) -> Placement:
    """Blue surroundings are kept, and `box` is to be replaced."""
    width, height = size
    rgba = np.full((height, width, 4), (40, 60, 200, 255), np.uint8)
    rgba[box.y0 : box.y1, box.x0 : box.x1] = (220, 180, 60, 0)
    return Placement(canvas=Canvas(width=width, height=height), product=rgba, box=box, scale=1.0, contact_y=box.y1)


def view() -> View:
    """A green square on a grey gradient."""
    pixels = np.repeat(np.linspace(60, 200, 48)[:, None, None], 48, axis=1).repeat(3, axis=2).astype(np.uint8)
    mask = np.pad(np.ones((24, 24), bool), 12)
    pixels[mask] = (30, 160, 60)
    return View(pixels=pixels, mask=mask)


def ask(*seeds: int, placement: Placement | None = None, **options: Any) -> SceneRequest:
    given = {"prompt": "on oak", "parameters": {}, **options}
    return SceneRequest(placement=placement or block(), seeds=seeds, **given)


def make(weights: Path, kind: str, request: SceneRequest, **options: Any) -> list[Scene]:
    return list(open_backend(recipe(weights, kind, **options)).make(request, silent))

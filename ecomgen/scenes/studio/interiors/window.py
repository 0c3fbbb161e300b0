"""A window in the far wall: panes that glow with what is outside, frames, a sill, a curtain."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.interiors.photograph import Picture
from ecomgen.scenes.studio.interiors.room import LAMPLIT, WallView
from ecomgen.scenes.studio.primitives.shapes import block, joined, sheet, wall, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.stage.backdrop import Painting
from ecomgen.scenes.studio.stage.shot import Shot

CURTAINED = 0.75  # how likely a curtain hangs beside a window
SILL = 0.98  # metres
LINEN, PALE = (0.26, 0.25, 0.22), 0.65  # the light through a pale curtain, and how likely one is pale
PANE, CLOTH, HEAVY = (0.02, 0.02, 0.02), (0.8, 0.8, 0.8), (0.34, 0.31, 0.27)
WHITE = (0.78, 0.76, 0.72)
FRAMES = {"white": WHITE, "iron": (0.045, 0.042, 0.04), "wood": (0.26, 0.15, 0.08)}


def window(shot: Shot, view: WallView, across: tuple[float, float], outside: Painting) -> list[Thing]:
    """Panes `across` the wall that show what is `outside`, first, their frames and the sill, a curtain beside them."""
    (x0, x1), y0 = across, 0.05 if across[1] - across[0] > 1.6 * view.right else SILL
    y1 = max(view.top + 0.3, y0 + 0.8)
    pane = wall(x0, x1, y0, y1, 0.02)
    seen = _cut_out(view, outside, (x0, y0, x1, y1))
    things = [Thing(pane, Material(PANE, glow=seen))]
    tint = shot.choice("white", "white", "iron", "wood")
    wide, count = shot.uniform(0.045, 0.085), int(shot.rng.integers(1, 4))
    bars = [block(wide, y1 - y0, 0.06, 0.008).moved(float(x), y0, 0.05) for x in np.linspace(x0, x1, count + 1)]
    bars += [block(x1 - x0, 0.7 * wide, 0.05, 0.008).moved((x0 + x1) / 2, y, 0.05) for y in (y0, y0 + 0.62 * (y1 - y0))]
    things.append(Thing(joined(bars), Material(FRAMES[tint])))
    if y0 == SILL:
        ledge = block(x1 - x0 + 0.16, 0.04, 0.22, 0.01).moved((x0 + x1) / 2, y0 - 0.04, 0.11)
        things.append(Thing(ledge, Material(WHITE)))
    if shot.rng.random() < CURTAINED:
        inner = x0 if sum(across) > 0 else x1
        things.append(_curtain(shot, inner - 0.3, inner + 0.22, y1))
    return things


def _cut_out(view: WallView, outside: Painting, rectangle: tuple[float, float, float, float]) -> Picture:
    """What of a picture of the view is seen in a `rectangle` of the far wall."""
    x0, y0, x1, y1 = rectangle
    rows, columns = outside.shape
    left, right = ((x / view.right + 1) / 2 * columns for x in (x0, x1))
    upper, lower = ((view.top - y) / (view.top - view.bottom) * rows for y in (y1, y0))
    y, x = np.linspace(upper, lower, 96), np.linspace(left, right, 96)
    seen = outside.light[np.clip(y, 0, rows - 1).astype(int)][:, np.clip(x, 0, columns - 1).astype(int)]
    return np.ascontiguousarray(seen, np.float32)


def _curtain(shot: Shot, x0: float, x1: float, y1: float) -> Thing:
    """A curtain in folds of uneven width; through pale linen comes some of the daylight."""
    x = np.linspace(x0, x1, 80)
    wander = 1.5 * np.sin(9 * x) + 0.8 * np.sin(23 * x + shot.uniform(0, 6))
    folds = 0.045 * np.sin(x * shot.uniform(34, 52) + wander)
    points = np.stack([xyz(x, y, 0.16 + folds) for y in (y1, 0.02)])
    pale = shot.rng.random() < PALE and shot.wish.time not in LAMPLIT
    material = Material(CLOTH, glow=LINEN) if pale else Material(HEAVY)
    return Thing(sheet(points), material)

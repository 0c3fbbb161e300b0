"""What lowered the identity, in a sentence: where it differs, and how the colour moved."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ecomgen.messages import Message
from ecomgen.scoring.identity.frames import Pair, extent
from ecomgen.scoring.identity.hues import Turn
from ecomgen.scoring.identity.patches import Cells, as_grid
from ecomgen.scoring.identity.registered import Deviations
from ecomgen.types import Float

LOW = 0.85  # a part below this is worth a sentence
LOWER = 0.6  # the same for the models of another view
PLACES = (  # the ninths, row by row
    (Message("upper left"), Message("upper centre"), Message("upper right")),
    (Message("middle left"), Message("centre"), Message("middle right")),
    (Message("lower left"), Message("lower centre"), Message("lower right")),
)
HUES = (  # every 45° of Lab hue from 20°
    Message("red"),
    Message("orange"),
    Message("yellow"),
    Message("green"),
    Message("green-blue"),
    Message("blue"),
    Message("violet"),
    Message("magenta"),
)
PATTERNED = 0.12  # share of fine contrast from which a surface counts as lettering or pattern


def of_comparison(pair: Pair, comparison: Deviations) -> tuple[str, ...]:
    """Sentences for the parts that are low, worst first."""
    told = {
        "structure": lambda: Message(
            "the {part} at the {place} differs", part=_surface(pair), place=_place(pair, comparison.structure)
        ),
        "detail": lambda: Message(
            "fine detail or lettering at the {place} is not as in the photo", place=_place(pair, comparison.detail)
        ),
        "colour": lambda: _colour(pair, comparison),
        "geometry": lambda: Message("the shape is bent or stretched"),
        "hue": lambda: Message("all hues are turned by about {degrees:.0f}°", degrees=comparison.badness["hue"]),
    }
    low = sorted((value, name) for name, value in comparison.parts.items() if value < LOW)
    return tuple(told[name]() for _, name in low)


def _colour(pair: Pair, comparison: Deviations) -> str:
    far = comparison.colour[pair.solid]
    typical = float(np.sort(far)[-max(len(far) // 5, 1) :].mean())
    return Message(
        "colour shifted by ΔE {distance:.0f} {direction} at the {place}",
        distance=typical,
        direction=direction(comparison.shift),
        place=_place(pair, comparison.colour),
    )


def of_likeness(met: Mapping[str, float], turn: Turn, cells: Cells, unlike: Float) -> tuple[str, ...]:
    """Sentences for the models of another view that are not met, worst first.

    Args:
        met: how far each is, from `View.met`.
        turn: how the hues lie to those of the best reference.
        cells: the picture's cells, and `unlike`, how little each has of a counterpart.
    """
    grid, there = as_grid(cells, unlike)
    told = {
        "same": lambda: Message(
            "the {place} has no counterpart in any reference", place=_fullest(grid[extent(there > 0).slices])
        ),
        "hue": lambda: Message("the hue is turned by about {degrees:.0f}°", degrees=abs(turn.degrees)),
        "form": lambda: Message("the outline is bent or dented"),
        "proportions": lambda: Message("it is wider or narrower than in any reference"),
        "clear": lambda: Message("fine detail or lettering is blurred away"),
    }
    low = sorted((value, name) for name, value in met.items() if value < LOWER)
    return tuple(told[name]() for _, name in low)


def direction(shift: NDArray[np.float64]) -> str:
    """A change (ΔL, Δa, Δb) in words: towards a hue, or lighter, or darker, or greyer."""
    lightness, chroma = float(shift[0]), float(np.hypot(shift[1], shift[2]))
    if chroma >= max(abs(lightness), 3.0):
        angle = np.rad2deg(np.arctan2(shift[2], shift[1]))
        return Message("towards {hue}", hue=HUES[round((angle - 20) / 45) % len(HUES)])
    return Message("to lighter") if lightness > 0 else Message("to darker")


def _place(pair: Pair, badness: Float) -> str:
    """Which ninth of the product is worst."""
    return _fullest(np.where(pair.solid, badness, 0)[extent(pair.alpha > 0.5).slices])


def _fullest(values: Float) -> str:
    """The ninth in which most of HxW lies."""
    totals = [
        [float(cell.sum()) for cell in np.array_split(row, 3, axis=1)] for row in np.array_split(values, 3, axis=0)
    ]
    row, column = divmod(int(np.argmax(totals)), 3)
    return PLACES[row][column]


def _surface(pair: Pair) -> str:
    """Lettering or pattern where the reference has much fine contrast; plain surface otherwise."""
    grey = pair.front.rgb.mean(axis=-1)
    steps = np.abs(np.diff(grey, axis=1))[pair.solid[:, 1:]]
    patterned = steps.size and float((steps > 0.08).mean()) > PATTERNED / 4
    return Message("label or pattern") if patterned else Message("surface")

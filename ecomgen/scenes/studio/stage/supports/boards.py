"""Boards, and the trays that they are with a rim."""

from __future__ import annotations

from ecomgen.scenes.studio.primitives.shapes import Shape, block, joined
from ecomgen.scenes.studio.primitives.types import Thing
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.surfaces import material

TRAY_RIM, TRAY_WALL = 0.075, 0.035  # units by which the rim of a tray of wood is raised, and how thick it is
BOARD, BOARD_END = 0.04, -1.1  # units: how thick a board in a room is; z where one ends on which more stands


def board(shot: Shot, surface: str, *, thickness: float) -> Thing:
    """A wooden board, or a tray, its ends seen or cut by the picture's edge."""
    half = 0.5 * shot.frame.product_width + shot.uniform(0.45, 0.8)
    usual = shot.uniform(0.95, 1.3)
    depth = max(usual, shot.reach + 0.6)
    place = shot.frame.product_x, -0.28 - 0.5 * (depth - usual)
    return _planed(shot, surface, (2 * half, thickness, depth), place, turn=shot.uniform(-7, 7))


def serving_board(shot: Shot, surface: str, *, thickness: float) -> Thing:
    """A board, or a tray, for the product and what stands beside it: as wide as the picture, its far edge seen."""
    half, near = 1.02 * shot.frame.half_width(0.5 * BOARD_END), 0.32
    size, middle = (2 * half, thickness, near - BOARD_END), 0.5 * (near + BOARD_END)
    return _planed(shot, surface, size, (0.0, middle), turn=shot.uniform(-2, 2))


def _planed(
    shot: Shot, surface: str, size: tuple[float, float, float], place: tuple[float, float], *, turn: float
) -> Thing:
    """A board of that width, height and depth with its middle at `place` (x, z), and the rim that makes it a tray."""
    width, thickness, depth = size
    parts = [block(width, thickness, depth, 0.02).moved(0, -thickness), *_rim(shot, width, depth, thickness)]
    shape = joined(parts).turned(y=turn).draped(1.1 * width, 1.4 * depth).moved(place[0], 0, place[1])
    return Thing(shape, material(shot, surface, 1.1 * width, 1.4 * depth))


def _rim(shot: Shot, width: float, depth: float, thickness: float) -> list[Shape]:
    """What stands up along the edges of a tray; nothing where a board was asked for."""
    if shot.wish.support != "tray":
        return []
    high = TRAY_RIM + thickness
    long = block(width, high, TRAY_WALL, 0.012).moved(0, -thickness)
    short = block(TRAY_WALL, high, depth, 0.012).moved(0, -thickness)
    return [edge for side in (-0.5, 0.5) for edge in (long.moved(z=side * depth), short.moved(side * width))]

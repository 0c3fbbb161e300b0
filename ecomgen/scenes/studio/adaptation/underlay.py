"""What lies between the product and the ground: a plate, a board, a mat, a cloth, books, towels, or nothing but air.

In the air it hovers, or hangs on a cord.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecomgen.scenes.studio.bodies import BARK
from ecomgen.scenes.studio.declarations.wish import BOARDS
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import block, joined, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Stage, Thing, points_of
from ecomgen.scenes.studio.props.arrangement import carried
from ecomgen.scenes.studio.props.families.household.linen import towel
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.supports import boards, crate, footprint, plates
from ecomgen.scenes.studio.stage.surfaces import CLOTHS, SURFACES, WOODS, material, paint

WHITE = "#f1eee8"  # of towels whose colour is not asked for
PRESSED, IN_FRONT = 0.012, 0.13  # units that the product sinks into a towel, and stands behind its front
BINDINGS = ("#33475b", "#4f6152", "#7b3b36", "#b58a4a", "#d8cdb8", "#5b5148", "#8c9aa0")  # cloths of books
GILT = (0.55, 0.4, 0.16)  # of the lines across a book's spine
PLATE = 0.04  # how thick what lies under the product is, in units
SLICED = 0.07  # and a slice of wood
FOLDS = 0.07  # units: how high cloth lies in folds, on which a board lies
GRASS = 0.13  # units: how high what grows holds a mat
HOVER, HANG = 0.42, 0.75  # how far above the ground a levitating product is, and one that hangs
CORD, BOUGH = 0.008, (0.02, 0.032)  # units: how thick a cord is, and a bough at its ends
SUNK, SHREDS = 0.3, 800  # units by which a crate goes down before the product; what fills it, a square unit
CARD = {"in box": ("#c9a27a", "#2b2d30", "#efe6da", "#7d2f3a", "#d8b4b0"), "in carton": ("#c39a6b", "#b98f66")}
"""Colours of the box that a gift is given in, and of the one that it is sent in."""
ROOM = 0.08  # units above the product, from which a bough is in the picture
HEMP = Material((0.30, 0.23, 0.14), roughness=0.9)


def under_product(stage: Stage, shot: Shot) -> Stage:
    """A plate, a board, a mat, a stack of books or of towels, or nothing but air between the product and the ground."""
    if shot.frame.lying:
        return stage
    added, height = _between(shot)
    if height == 0:
        return stage
    return replace(stage, things=(*(thing.moved(0, -height) for thing in stage.things), *added))


def _between(shot: Shot) -> tuple[list[Thing], float]:
    if shot.wish.support == "midair":
        return [], HOVER
    if shot.wish.support == "hung":
        return _hung(shot), HANG
    if shot.wish.support == "stack":
        return _books(shot)
    if shot.wish.support == "towels":
        return _towels(shot)
    if shot.wish.support in footprint.PACKED:
        return _packed(shot)
    if shot.wish.support in BOARDS and shot.indoors:
        told = shot.wish.surface if shot.wish.surface in WOODS else shot.wish.plate
        surface = told if told in SURFACES else shot.seeded_choice("oak", "walnut")
        plain = shot if surface == shot.wish.surface else shot.wishing(surface_colour=None)
        made = boards.serving_board if carried(shot) else boards.board
        below = boards.BOARD + (FOLDS if shot.wish.surface in CLOTHS else 0.0)
        return [made(plain, str(surface), thickness=boards.BOARD)], below
    return _plate(shot)


def _hung(shot: Shot) -> list[Thing]:
    """The cord on which the product hangs, out of the picture, or outdoors from a bough across it."""
    frame = shot.frame
    high = frame.top + 0.5
    cord = tube([(frame.product_x, 0.5 * frame.product_height, -0.02), (frame.product_x, high, -0.02)], [CORD] * 2)
    made = [Thing(cord, HEMP)]
    if shot.outdoors and frame.top - frame.product_height > ROOM:
        x = np.linspace(frame.left - 0.5, frame.right + 0.5, 40)
        y = frame.top - 0.4 * ROOM + 0.03 * np.sin(1.7 * x + shot.uniform(0, 6)) + shot.side * 0.03 * x
        radii = np.linspace(*BOUGH, 40)
        made.append(Thing(tube(xyz(x, y, -0.05), radii), BARK))
    return made


def _plate(shot: Shot) -> tuple[list[Thing], float]:
    """The thin layer that was asked for: a mat, a folded cloth, a plate or a tray."""
    if shot.wish.plate == footprint.MAT:
        return [plates.mat(shot)], plates.MAT_SIZE[1] * shot.units_per_metre + (GRASS if shot.outdoors else 0.0)
    if shot.wish.plate not in (*SURFACES, footprint.CHINA, plates.SLICE):
        return [], 0.0
    if shot.wish.plate in CLOTHS:
        return [_folded(shot, str(shot.wish.plate))], 0.5 * PLATE
    place = footprint.plate_footprint(shot)
    if place is None:
        return [], 0.0
    if shot.wish.plate == footprint.CHINA:
        return [plates.china(shot, place, height=PLATE)], PLATE
    if shot.wish.plate == plates.SLICE:
        return plates.wood_slice(shot, place, height=SLICED), SLICED
    plain = shot.wishing(surface_colour=None, finish=())
    made = plates.plate(plain, str(shot.wish.plate), radius=place.radius, height=PLATE)
    return [made.moved(z=place.z)], PLATE


def _folded(shot: Shot, cloth: str) -> Thing:
    """A folded cloth, square, under the product."""
    half = 0.5 * shot.frame.product_width + shot.uniform(0.25, 0.4)
    shape = block(2 * half, 0.5 * PLATE, 1.5 * half, 0.009).moved(0, -0.5 * PLATE).turned(y=shot.uniform(-14, 14))
    shape = shape.draped(2 * half, 2 * half).moved(shot.frame.product_x, 0, -0.1)
    plain = shot.wishing(surface_colour=None, finish=())
    return Thing(shape, material(plain, cloth, 2 * half, 2 * half), ground=cloth)


def _packed(shot: Shot) -> tuple[list[Thing], float]:
    """An open crate or box, filled up to the product's foot with straw, wood wool or shreds of tissue."""
    width, depth = footprint.box_size(shot)
    size = {"below": SUNK, "above": shot.uniform(0.2, 0.3)}
    if shot.wish.support == "in crate":
        wood = material(shot, str(shot.wish.surface if shot.wish.surface in WOODS else "weathered"), width, 1.0)
        made = Thing(crate.opened(width, depth, **size).draped(width, 1.0), wood)
        inside = _shreds(shot, width, depth, shot.turn("#c9a862", "#b8945a"))
    else:
        usual = shot.turn(*CARD[str(shot.wish.support)])
        card = Material(
            paint(shot.wish.colour_of("gifts") or shot.wish.surface_colour, hexadecimal(usual)), roughness=0.7
        )
        made = Thing(crate.box(width, depth, **size), card)
        inside = _shreds(shot, width, depth, shot.turn("#efe9de", "#d9c4a5", "#e9d5d2"))
    back = footprint.BOX_FRONT - 0.5 * depth
    return [thing.moved(shot.frame.product_x, 0, back) for thing in (made, *inside)], SUNK


def _shreds(shot: Shot, width: float, depth: float, colour: str) -> list[Thing]:
    """What a box of that size about the origin is filled with, up to y = 0."""
    filling = Material(hexadecimal(colour), roughness=0.9)
    level = block(width - 0.03, 0.05, depth - 0.03, 0.02).moved(0, -0.075)
    strands = []
    for _ in range(int(SHREDS * width * depth)):
        long = shot.uniform(0.07, 0.3)
        t = np.linspace(-0.5, 0.5, 7) * long
        bow = shot.uniform(-0.9, 0.9) * t**2 * 3 + 0.012 * np.sin(30 * t + shot.uniform(0, 6))
        strand = tube(xyz(t, 0.3 * np.abs(bow), bow), shot.uniform(0.0025, 0.0045), segments=5)
        x, z = (shot.uniform(-0.5, 0.5) * (side - 1.02 * long) for side in (width, depth))
        tilt = {"x": shot.uniform(-14, 14), "y": shot.uniform(0, 360)}
        strands.append(strand.turned(**tilt).moved(x, shot.uniform(-0.035, 0.012), z))
    return [Thing(level, filling), Thing(joined(strands), filling)]


def _books(shot: Shot) -> tuple[list[Thing], float]:
    """Three books under the product, the widest below; of the middle one the pages look to the front."""
    things, top, bindings = [], 0.0, shot.rng.permutation(BINDINGS)
    leaves = 1 + 0.1 * np.random.default_rng(shot.seed & 0xFFFFFFFF).standard_normal((220, 1))
    paper = np.clip(leaves[..., None] * np.array([0.72, 0.66, 0.54]), 0, 1).repeat(4, axis=1).astype(np.float32)
    for number in range(3):
        thick, half = shot.uniform(0.07, 0.11), 0.5 * shot.frame.product_width + 0.14 + 0.07 * number
        turn, x = shot.uniform(-9, 9), shot.frame.product_x
        boards = [block(2 * half, 0.012, 1.5 * half, 0.004).moved(0, y) for y in (-0.012, -thick)]
        front = -1 if number == 1 else 1
        spine = block(2 * half, thick, 0.03, 0.013).moved(0, -thick, front * (0.75 * half - 0.012))
        bands = [
            block(0.02, thick + 0.004, 0.034, 0.013).moved(side * share * half, -thick - 0.002, 0.75 * half - 0.011)
            for side in (-1, 1)
            for share in (0.62, 0.7)
        ]
        pages = block(1.96 * half, thick - 0.022, 1.46 * half, 0.002).moved(0, 0.011 - thick, -0.01 * front)
        pages = replace(pages, uv=np.column_stack([pages.uv[:, 0], pages.points[:, 1] / thick]).astype(np.float32))
        cover = paint(shot.wish.colour_of("books") or shot.wish.surface_colour, hexadecimal(bindings[number]))
        parts = [(joined([*boards, spine]), cover), (pages, paper)]
        parts += [(joined(bands), GILT)] if front > 0 else []
        for shape, bound in parts:
            placed = shape.turned(y=turn).moved(x, top, -0.1)
            things.append(Thing(placed, Material(bound, roughness=0.7)))
        top -= thick
    return things, -top


def _towels(shot: Shot) -> tuple[list[Thing], float]:
    """Folded towels under the product, somewhat wider than it."""
    colour = shot.wish.colour_of("towel") or shot.wish.surface_colour or WHITE
    made = towel.build(shot.wishing(prop_colour=colour))
    points = points_of(made)
    low, high = points.min(0), points.max(0)
    wide = (shot.frame.product_width + shot.uniform(0.16, 0.26)) / float(high[0] - low[0])
    deep = (0.6 * shot.frame.product_width + 0.5) / float(high[2] - low[2])
    tall, front = float(high[1]) - PRESSED, IN_FRONT - deep * float(high[2])
    placed = [
        replace(thing, shape=thing.shape.scaled(wide, 1, deep).moved(shot.frame.product_x, -tall, front))
        for thing in made
    ]
    return placed, tall

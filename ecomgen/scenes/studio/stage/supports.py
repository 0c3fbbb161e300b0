"""What the product stands on: its top is y = 0."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ecomgen.scenes.studio.prompt.wish import BOARDS
from ecomgen.scenes.studio.stage.bale import bale
from ecomgen.scenes.studio.stage.barrel import HEIGHT, RADIUS, barrel
from ecomgen.scenes.studio.stage.crate import upturned
from ecomgen.scenes.studio.stage.finishes import overgrown
from ecomgen.scenes.studio.stage.noise import ridges, smooth, spectral
from ecomgen.scenes.studio.stage.palette import hexadecimal, to_oklab, toned
from ecomgen.scenes.studio.stage.shapes import Shape, ball, block, disc, ground, joined, lathe, sheet, tube
from ecomgen.scenes.studio.stage.shot import Shot, share
from ecomgen.scenes.studio.stage.stump import stump
from ecomgen.scenes.studio.stage.surfaces import CLOTHS, METALS, WOODS, material, paint
from ecomgen.scenes.studio.stage.types import Colour, Material, Thing

DARKER = {"tone": 0.28, "shade": 0.12}  # by how much (Oklab) paper is darker above, where no second colour is told
RIM = 0.04  # units by which the rim of a round tray of metal is raised
TRAY_RIM, TRAY_WALL = 0.075, 0.035  # units by which that of other trays is, and how thick it is
BOARD, BOARD_END = 0.04, -1.1  # units: how thick a board in a room is; z where one ends on which more stands
SMOOTH = 0.5  # roughness below which cloth shines, and lies in full folds, as velvet does, instead of creases
QUARRIED = frozenset({"stone", "slate", "granite", "travertine"})
"""Stone whose blocks are rough; other blocks are sawn or cast."""
TILED, TILES_END = frozenset({"tiles", "mosaic", "clay tiles"}), -3.0  # surfaces that a floor has; z of its end
CHINA, GLAZE = "china", "#ece6da"  # a plate of glazed ware, and its usual colour
PACKED, BOX_FRONT = ("in crate", "in box", "in carton"), 0.24  # what the product is in; z of its front
SLICE = "wood slice"  # of a trunk, with its bark
MAT, FOAM = "yoga mat", ("#7c8f86", "#8a7fa8", "#c98f7d", "#4c6a7d")  # and the colours that it comes in
MAT_SIZE = 1.78, 0.006, 0.62  # metres: along, thick, across
BRIM = 0.2  # units, round the level middle of such a plate
HANGING = 3.0  # units of cloth that hang behind the product
BLANKET_END = -1.4  # z where a blanket ends that is spread on the ground
FRONT = 0.14  # z of the front edge of crates and steps on which the product stands
CRATE, CRATE_END = 0.5, -0.95  # units: how high a crate or a bale is; z where one ends on which more stands
BARREL, BALE = 0.8, (1.0, 0.5)  # units: how high a barrel is; metres: how wide and deep a bale is at least
REEF, LEVEL, WORN = 9, 0.8, 14  # rocks in water; how high one is cut level, 1 being round; how sharp edges are
STEP = 0.19  # units that each of the steps is high
CUSHION, DENT, PIPING = 0.34, 0.03, 0.011  # units: how thick a cushion is, how deep the product sinks in; its seam


def visible_patch(shot: Shot, far: float) -> tuple[float, float]:
    """Width and depth, in units, of the ground that is seen sharply, for a texture that need not repeat there."""
    width = 2 * shot.frame.right * 1.25
    return width, shot.frame.nearest - far + 0.3


def table(shot: Shot, surface: str, *, far: float, near: float | None = None, thickness: float = 0.16) -> Thing:
    """A table top that ends `far` units behind (far < 0), runs out of the picture at the sides and ends at z = `near`,
    or runs out in front too."""
    near = max(shot.frame.nearest + 0.5, 0.8) if near is None else near
    width, depth = visible_patch(shot, far)
    half = shot.frame.half_width(far) * 1.6
    top = block(2 * half, thickness, near - far, 0.025 * min(shot.metre / 4.5, 1.5))
    top = top.moved(0, -thickness, (near + far) / 2)
    return Thing(shape=_laid(top, width, depth, far), material=material(shot, surface, width, depth))


def floor(shot: Shot, surface: str, *, far: float, drop: float = 0.0) -> Thing:
    """A floor without visible end, `drop` units below what the product stands on."""
    width, depth = visible_patch(shot, max(far, -4.0))
    half = shot.frame.half_width(far) * 1.5
    flat = ground(-half, half, shot.frame.nearest + 0.6, far).moved(0, -drop)
    return Thing(shape=_laid(flat, width, depth, max(far, -4.0)), material=material(shot, surface, width, depth))


def _laid(shape: Shape, width: float, depth: float, far: float) -> Shape:
    """`shape` with a texture of width x depth units laid over it, the texture's top at z = far."""
    moved = shape.draped(width, depth)
    moved.uv[:, 1] -= 0.5 + far / depth
    return moved


def sweep(shot: Shot, colour: tuple[float, float, float], *, far: float, radius: float) -> Thing:
    """A seamless roll of paper: floor, bend and wall in one."""
    half = shot.frame.half_width(far - radius) * 2.2
    angle = np.linspace(0, np.pi / 2, 24)
    wall = np.linspace(radius, 14.0, 60)[1:]
    z = np.concatenate([[max(shot.frame.nearest, 1) + 1.5], far - radius * np.sin(angle), np.full(59, far - radius)])
    y = np.concatenate([[0.0], radius * (1 - np.cos(angle)), wall])
    z, y = z[::-1], y[::-1]
    x = np.linspace(-half, half, 2)
    grid = np.stack([np.broadcast_to(x, (len(z), 2)), np.repeat(y[:, None], 2, 1), np.repeat(z[:, None], 2, 1)], -1)
    return Thing(shape=sheet(grid), material=Material(colour=_graded(shot, colour, z, y)))


def _graded(shot: Shot, colour: Colour, z: np.ndarray, y: np.ndarray) -> Colour | np.ndarray:
    """The paper's colour, turning to the wished second one from where the product stands to the picture's top."""
    if shot.wish.gradient is None:
        return colour
    light = to_oklab(colour)[0]
    darker = DARKER.get(shot.wish.gradient)
    second = hexadecimal(shot.wish.gradient) if darker is None else toned(colour, lightness=light - darker)
    seen = shot.frame.distance * (y - shot.frame.eye) / (shot.frame.distance - np.minimum(z, 0)) + shot.frame.eye
    rows = np.interp(np.linspace(0, len(z) - 1, 1024), np.arange(len(z)), seen)
    share = np.clip((rows - 0.2 * shot.frame.top) / (0.7 * shot.frame.top), 0, 1)[:, None, None]
    both = np.asarray(colour) * (1 - share) + np.asarray(second) * share
    return np.repeat(both, 4, axis=1).astype(np.float32)


def slab(shot: Shot, surface: str, *, radius: float, thickness: float) -> Thing:
    """A rock, wider than the product, its top level where the product stands."""
    shape = boulder(shot, wide=1.3 * radius, high=0.5 * thickness + 0.1, deep=1.1 * radius)
    side = 2.6 * radius
    made = material(shot, surface, side, side)
    placed = shape.draped(side, side).moved(shot.frame.product_x)
    return Thing(shape=placed, material=overgrown(made, shot.rng) if shot.wish.ground == "moss" else made)


def reef(shot: Shot, surface: str, *, radius: float, drop: float) -> Thing:
    """Rocks that stand out of water, `drop` units below the product's foot, beside and behind a rock of that radius."""
    rocks = []
    for number in range(REEF):
        size, z = shot.between(0.3, 0.75), -shot.between(0.0, 2.8)
        side = 1 - 2 * (number % 2)
        edge = shot.frame.product_x + side * (1.2 * radius + 0.8 * size)
        x = edge + side * shot.between(0, 0.5) * shot.frame.half_width(z)
        high = size * shot.between(0.3, 0.5)
        rock = boulder(shot, wide=size, high=high, deep=size * shot.between(0.7, 1))
        risen = min(high * shot.between(0.3, 0.9), drop + 0.12)
        rocks.append(rock.turned(y=shot.between(0, 360), z=shot.between(-9, 9)).moved(x, risen - drop, z))
    return Thing(shape=joined(rocks).draped(2, 2), material=material(shot, surface, 2, 2))


def boulder(shot: Shot, *, wide: float, high: float, deep: float) -> Shape:
    """A rock about the y axis, half as wide, high and deep as told: broken faces with worn edges, its top y = 0."""
    mould = ball(1, rings=61)
    way = mould.points.astype(np.float64) - [0, 1, 0]
    faces = shot.rng.normal(size=(13, 3)) * [1, 0.45, 1]
    faces /= np.linalg.norm(faces, axis=1, keepdims=True) * shot.rng.uniform(0.78, 1.08, (13, 1))
    faces = np.vstack([faces, [0, 1 / LEVEL, 0], [0, -1, 0]])
    reach = (np.maximum(way @ faces.T, 0) ** WORN).sum(1) ** (-1 / WORN)
    waves = shot.rng.normal(size=(12, 3)) * np.geomspace(4, 34, 12)[:, None]
    lumps = np.sin(way @ waves.T + shot.rng.uniform(0, 6.3, 12)) @ np.geomspace(1, 0.2, 12)
    points = way * (np.minimum(reach, 1.3) * (1 + 0.018 * lumps))[:, None]
    points[:, 1] = np.minimum(points[:, 1] / (0.94 * LEVEL), 1) - 1
    return mould.through(points * [wide, high, deep])


def board(shot: Shot, surface: str, *, thickness: float) -> Thing:
    """A wooden board, or a tray, its ends seen or cut by the picture's edge."""
    half = 0.5 * shot.frame.product_width + shot.between(0.45, 0.8)
    usual = shot.between(0.95, 1.3)
    depth = max(usual, shot.reach + 0.6)
    place = shot.frame.product_x, -0.28 - 0.5 * (depth - usual)
    return _planed(shot, surface, (2 * half, thickness, depth), place, turn=shot.between(-7, 7))


def serving_board(shot: Shot, surface: str, *, thickness: float) -> Thing:
    """A board, or a tray, for the product and what stands beside it: as wide as the picture, its far edge seen."""
    half, near = 1.02 * shot.frame.half_width(0.5 * BOARD_END), 0.32
    size, middle = (2 * half, thickness, near - BOARD_END), 0.5 * (near + BOARD_END)
    return _planed(shot, surface, size, (0.0, middle), turn=shot.between(-2, 2))


def _planed(
    shot: Shot, surface: str, size: tuple[float, float, float], place: tuple[float, float], *, turn: float
) -> Thing:
    """A board of that width, height and depth with its middle at `place` (x, z), and the rim that makes it a tray."""
    width, thickness, depth = size
    parts = [block(width, thickness, depth, 0.02).moved(0, -thickness), *_rim(shot, width, depth, thickness)]
    shape = joined(parts).turned(y=turn).draped(1.1 * width, 1.4 * depth).moved(place[0], 0, place[1])
    return Thing(shape=shape, material=material(shot, surface, 1.1 * width, 1.4 * depth))


def _rim(shot: Shot, width: float, depth: float, thickness: float) -> list[Shape]:
    """What stands up along the edges of a tray; nothing where a board was asked for."""
    if shot.wish.support != "tray":
        return []
    high = TRAY_RIM + thickness
    long = block(width, high, TRAY_WALL, 0.012).moved(0, -thickness)
    short = block(TRAY_WALL, high, depth, 0.012).moved(0, -thickness)
    return [edge for side in (-0.5, 0.5) for edge in (long.moved(z=side * depth), short.moved(side * width))]


def cloth(shot: Shot, surface: str, *, far: float) -> Thing:
    """Cloth that lies creased, smooth under the product, rises in a bend and hangs behind it in long folds."""
    near, bend = shot.frame.nearest + 0.6, shot.between(0.5, 0.9)
    half = shot.frame.half_width(far) * 1.5
    flat = near - far - bend
    along, x = np.meshgrid(np.linspace(0, flat + bend + HANGING, 440), np.linspace(-half, half, 420), indexing="ij")
    turn = np.clip((along - flat) / bend, 0, np.pi / 2)
    above = np.maximum(along - flat - bend * np.pi / 2, 0)
    z = near - np.minimum(along, flat) - bend * np.sin(turn)
    y = bend * (1 - np.cos(turn)) + above
    hung = smooth((along - flat - 0.2 * bend) / (bend + 0.6))
    away = np.hypot((x - shot.frame.product_x) / (0.5 * shot.frame.product_width + 0.3), z / 0.55)
    calm = 1 - np.exp(-((away / 1.15) ** 4))
    width, depth = visible_patch(shot, far)
    cloth = material(shot, surface, width, depth)
    full = np.mean(cloth.roughness) < SMOOTH or cloth.sheen > 1
    low = 0.4 if shot.wish.props else 1.0  # or they would lie behind a fold
    lying = 0.15 * low * _swells(shot, x, z) if full else 0.07 * _creases(shot, x.shape)
    out = lying * (1 - hung) * calm + 0.17 * _falls(shot, x, along) * hung
    grid = np.stack([x, y + out * np.cos(turn), z + out * np.sin(turn)], -1)[::-1]
    return Thing(shape=_laid(sheet(grid), width, depth, far), material=cloth, ground=surface)


def curtain(shot: Shot, surface: str, *, far: float) -> Thing:
    """Cloth that hangs in long folds behind z = far, wider and higher than the picture, down to below the ground."""
    half, high = shot.frame.half_width(far) * 1.5, shot.frame.high(1.4 * shot.frame.top, far)
    low = -0.5
    y, x = np.meshgrid(np.linspace(low, high, 24), np.linspace(-half, half, 900), indexing="ij")
    slow = [spectral(shot.rng, x.shape, falloff=2.6, coarsest=0.8, finest=200, stretch=(9, 1)) for _ in range(2)]
    phase = 2 * np.pi * (x / shot.between(0.55, 0.8) + 0.45 * slow[0])
    z = far - 0.22 + (0.11 + 0.035 * slow[1]) * np.sin(phase + 0.3 * np.sin(phase))
    return Thing(shape=sheet(np.stack([x, y, z], -1)[::-1]), material=material(shot, surface, 2 * half, high - low))


def _swells(shot: Shot, x: np.ndarray, z: np.ndarray) -> np.ndarray:
    """Long, full folds that run aslant over smooth cloth that lies, meet and fade, in [0, 1]."""
    slow = [spectral(shot.rng, x.shape, falloff=2.8, coarsest=0.8, finest=30) for _ in range(3)]
    aslant = np.radians(shot.side * shot.between(20, 55))
    phase = 2 * np.pi * ((x * np.cos(aslant) + z * np.sin(aslant)) / shot.between(0.5, 0.75) + 0.35 * slow[0])
    finer = np.sin(1.7 * phase + 1.5 * slow[1]) * 0.25
    return np.clip(0.5 + 0.45 * np.sin(phase) + finer, 0, 1.2) ** 1.4 * np.clip(0.6 + 0.35 * slow[2], 0.1, 1)


def _falls(shot: Shot, x: np.ndarray, along: np.ndarray) -> np.ndarray:
    """Long rounded folds of uneven width that hang straight or are gathered to one side, in [0, 1]."""
    slow = [spectral(shot.rng, x.shape, falloff=2.6, coarsest=0.7, finest=20, stretch=(2.5, 1)) for _ in range(2)]
    slant = shot.between(-0.9, 0.9) * float(shot.rng.random() < 0.6)
    phase = 2 * np.pi * ((x + slant * along) / shot.between(0.5, 0.85) + 0.22 * slow[0])
    return (0.5 + 0.5 * np.sin(phase)) ** 1.25 * np.clip(0.72 + 0.25 * slow[1], 0.25, 1.1)


def _creases(shot: Shot, shape: tuple[int, int]) -> np.ndarray:
    """Soft ridges that wander and fade over cloth that lies, in [0, 1]."""
    ground = spectral(shot.rng, shape, falloff=2.5, coarsest=0.45, finest=8, stretch=(1.0, 1.8))
    presence = np.clip(0.5 + 0.5 * spectral(shot.rng, shape, falloff=2.4, coarsest=0.5, finest=16), 0, 1)
    return presence * ridges(ground, 0.42) + 0.25 * np.clip(0.5 + 0.3 * ground, 0, 1)


def _folds(shot: Shot, shape: tuple[int, int], *, stretch: tuple[float, float]) -> np.ndarray:
    """Rounded ridges with sharp valleys between them, in [0, 1]."""
    wave = spectral(shot.rng, shape, falloff=2.3, coarsest=0.35, finest=5, stretch=stretch)
    fine = spectral(shot.rng, shape, falloff=1.9, coarsest=0.1, finest=4, stretch=stretch)
    return np.abs(np.sin(1.15 * wave + 0.12 * fine)) ** 0.8


def stand(shot: Shot, surface: str, *, thickness: float = 0.14) -> list[Thing]:
    """Something made of `surface` to stand on outdoors, its top at y = 0."""
    wished = shot.wish.support
    if wished in ("pier", "table"):
        return [table(shot, surface, far=min(-shot.between(0.8, 1.3), -shot.reach - 0.2), thickness=0.08)]
    if (surface in WOODS and wished is None) or wished in BOARDS:
        return [board(shot, surface, thickness=thickness)]
    if surface in CLOTHS:
        return [blanket(shot, surface)]
    if wished == "stump":
        place = beneath(shot, 0.1)
        parts = stump(shot, surface, radius=place.radius, height=thickness)
        return [part.moved(shot.frame.product_x, 0, place.z) for part in parts]
    if wished in ("crate", "steps"):
        return [(crate if wished == "crate" else steps)(shot, surface)]
    if wished in ("barrel", "bale"):
        return on_barrel(shot) if wished == "barrel" else on_bale(shot)
    if surface in TILED and wished is None:
        return [table(shot, surface, far=TILES_END, thickness=thickness)]
    radius = max(0.7, 0.6 * shot.frame.product_width + shot.between(0.3, 0.5), shot.half_diagonal + 0.2)
    back = -0.5 * shot.reach
    if wished == "slab" or (wished is None and surface in QUARRIED):
        made = [slab(shot, surface, radius=radius, thickness=thickness + 0.12).moved(z=back)]
        return [*made, reef(shot, surface, radius=radius, drop=thickness)] if shot.wish.ground == "water" else made
    return [podium(shot, surface, radius=radius, height=thickness).moved(z=back)]


def crate(shot: Shot, surface: str) -> Thing:
    """An upturned crate, its slats seen: wider than the product, or as wide as the picture where more stands on it."""
    width = shot.frame.product_width + shot.between(0.5, 0.8)
    depth = shot.deep + 0.35
    if shot.wish.props:
        width, depth = 2 * shot.frame.half_width(CRATE_END), max(depth, FRONT - CRATE_END)
    turn = shot.between(2, 5) if shot.wish.props else shot.between(4, 16)
    shape = upturned(width, CRATE, depth).turned(y=shot.side * turn).draped(width, depth)
    place = 0.0 if shot.wish.props else shot.frame.product_x, 0.0, FRONT - 0.5 * depth
    return Thing(shape=shape.moved(*place), material=material(shot, surface, width, depth))


def on_barrel(shot: Shot) -> list[Thing]:
    """A barrel, wider than one is where the product needs it, or as wide as the picture where more stands on it."""
    place = beneath(shot, 0.25)
    radius = max(place.radius, RADIUS * shot.metre, shot.frame.half_width(CRATE_END) if shot.wish.props else 0)
    made = barrel(shot, radius=radius, height=max(HEIGHT * shot.metre, BARREL))
    back = min(place.z, FRONT + 0.5 - radius)  # seen up to its edge
    return [thing.moved(shot.frame.product_x, 0, back) for thing in made]


def on_bale(shot: Shot) -> list[Thing]:
    """A bale of straw, as large as one is or as the product needs."""
    width, depth = (part * shot.metre for part in BALE)
    width = max(width, shot.frame.product_width + 0.6, 2 * shot.frame.half_width(CRATE_END) if shot.wish.props else 0)
    depth = max(depth, FRONT - CRATE_END, shot.deep + 0.35)
    made = bale(shot, size=(width, CRATE, depth), metre=shot.metre)
    turn, front = shot.side * shot.between(2, 8), FRONT + shot.between(0.02, 0.12)
    return [thing.turned(y=turn).moved(shot.frame.product_x, 0, front - 0.5 * depth) for thing in made]


def steps(shot: Shot, surface: str) -> Thing:
    """Four steps that end beside the product and run out of the picture on the other side; it stands on the second."""
    tread = FRONT + shot.deep + 0.06
    back, side = FRONT - 3 * tread, shot.order
    end = shot.frame.product_x - side * (0.5 * shot.frame.product_width + shot.between(0.3, 0.5))
    width = 1.3 * shot.frame.half_width(back) - side * end
    made = []
    for number in range(4):
        near = FRONT + (1 - number) * tread
        step = block(width, (number + 1) * STEP, near - back, 0.012)
        made.append(step.moved(end + 0.5 * side * width, -2 * STEP, 0.5 * (near + back)))
    return Thing(shape=joined(made).draped(width, 4 * tread), material=material(shot, surface, width, 4 * tread))


def spread_out(shot: Shot) -> bool:
    """Whether the product stands on a cloth that is spread on the ground."""
    return shot.wish.surface in CLOTHS and shot.wish.support not in ("pier", "table", *BOARDS) and shot.outdoors


def blanket(shot: Shot, surface: str) -> Thing:
    """A cloth spread on the ground, its border rumpled; as wide as the picture where more lies on it."""
    half = 0.5 * shot.frame.product_width + shot.between(0.7, 1.0)
    if shot.wish.props:
        half = max(half, shot.frame.half_width(BLANKET_END))
    z, x = np.meshgrid(np.linspace(BLANKET_END - 0.1, 0.95, 260), np.linspace(-half, half, 300), indexing="ij")
    away = np.hypot(x / (0.5 * shot.frame.product_width + 0.3), (z + 0.1) / 0.55)
    folds = _folds(shot, x.shape, stretch=(1.0, 2.0)) * (1 - np.exp(-((away / 1.15) ** 4)))
    rim = np.maximum(np.abs(x) / half, np.abs(z + 0.28) / 1.22)
    edge = 1 + 0.03 * spectral(shot.rng, x.shape, falloff=2.2)
    y = 0.05 * folds - 0.03 * np.clip((rim - 0.93) / 0.07, 0, 1)
    shape = sheet(np.stack([x * edge + shot.frame.product_x, y, z * edge], -1)).draped(2 * half, 2.4)
    return Thing(shape=shape, material=material(shot, surface, 2 * half, 2.4), ground=surface)


def sofa(shot: Shot, surface: str) -> list[Thing]:
    """The seat of a sofa in a cloth, its top at y = 0, its back behind the product, both wider than the picture."""
    deep, wide = 0.8 + shot.reach, 4.2 * shot.frame.half_width(-1.5)
    seams = np.arange(-wide / 2, wide / 2, shot.between(1.5, 2.1)) + shot.between(0, 1)
    made, things = material(shot, surface, 2.4, 2.4), []
    for left, right in pairwise(seams.tolist()):
        seat = block(right - left - 0.02, 0.5, deep + 0.85, 0.11).moved(0, -0.5, 0.425 - 0.5 * deep)
        back = block(right - left - 0.02, 1.0, 0.42, 0.2).turned(x=-9).moved(0, -0.12, -deep - 0.12)
        for part in (seat, back):
            shape = part.moved(0.5 * (left + right)).draped(2.4, 2.4)
            things.append(Thing(shape=shape, material=made))
    return things


def cushion(shot: Shot, surface: str) -> Thing:
    """A square cushion in a cloth, plump round the product and pressed flat under it; it is `CUSHION` thick."""
    half = max(0.72, shot.half_diagonal + shot.between(0.3, 0.45))
    turn, back = shot.between(-24, 24), -0.5 * shot.reach
    s, t = np.meshgrid(np.linspace(-1, 1, 220), np.linspace(-1, 1, 220))
    full = (np.clip(1 - s**4, 0, 1) * np.clip(1 - t**4, 0, 1)) ** 0.5
    pinch = half * (1 - 0.07 * (s**2 * (1 - t**2) + t**2 * (1 - s**2)))
    x, z = pinch * s, pinch * t
    plump = CUSHION * 0.5 * (full - 1) + DENT + 0.018 * _creases(shot, x.shape) * full
    away = np.hypot(x, z) / (0.5 * np.hypot(shot.frame.product_width, shot.reach) + 0.06)
    top = sheet(np.stack([x, plump * smooth((away - 0.85) / 0.75), z], -1))
    under = sheet(np.stack([x, DENT - CUSHION * 0.5 * (1 + full**0.5), z], -1)[:, ::-1])
    rim = np.concatenate([one[:-1] for one in (x[0], x[:, -1], x[-1, ::-1], x[::-1, 0])])
    way = np.concatenate([one[:-1] for one in (z[0], z[:, -1], z[-1, ::-1], z[::-1, 0])])
    seam = np.stack([rim, np.full(rim.shape, DENT - 0.5 * CUSHION), way], -1)
    piping = tube(np.concatenate([seam, seam[:1]]), np.full(len(seam) + 1, PIPING))
    shape = joined([part.draped(2 * half, 2 * half) for part in (top, under, piping)]).turned(y=turn)
    made = material(shot, surface, 2 * half, 2 * half)
    return Thing(shape=shape.moved(shot.frame.product_x, 0, back), material=made, ground=surface)


def podium(shot: Shot, surface: str, *, radius: float, height: float) -> Thing:
    """A turned plinth with a rounded edge, or a block."""
    side = 2.4 * radius
    shape = _hewn(shot, surface, radius, height) if shot.wish.support == "block" else disc(radius, height, 0.03)
    shape = shape.draped(side, side).moved(shot.frame.product_x, -height)
    return Thing(shape=shape, material=material(shot, surface, side, side))


def _hewn(shot: Shot, surface: str, reach: float, height: float) -> Shape:
    """A block on y = 0, turned by chance, its sides `reach` from its middle: as the quarry left it, its edges chipped
    and its top level, or sawn."""
    rough = surface in QUARRIED
    half = np.array([reach, 0.5 * height, reach])
    u, v = np.meshgrid(np.linspace(-1, 1, 60), np.linspace(1, -1, 60))
    front = np.stack([u, v, np.ones_like(u)], -1)
    faces = [front, front[..., [2, 1, 0]] * [1, 1, -1], front * [-1, 1, -1], front[..., [2, 1, 0]] * [-1, 1, 1]]
    faces += [front[..., [0, 2, 1]] * [1, 1, -1], front[..., [0, 2, 1]] * [1, -1, 1]]
    points = np.stack(faces) * half
    waves = shot.rng.normal(size=(14, 3)) * np.geomspace(3, 40, 14)[:, None]
    lumps = np.sin(points @ waves.T + shot.rng.uniform(0, 6.3, 14)) @ np.geomspace(1, 0.15, 14)
    edge = np.clip(0.035 + 0.014 * lumps, 0.012, 0.09)[..., None] if rough else 0.015
    core = np.clip(points, edge - half, half - edge)
    out = (points - core) / np.maximum(np.linalg.norm(points - core, axis=-1, keepdims=True), 1e-9)
    relief = 0.008 * lumps[..., None] * (1 - np.abs(out[..., 1:2])) if rough else 0.0
    shape = joined([sheet(face) for face in core + (edge + relief) * out])
    return shape.turned(y=shot.side * shot.between(12, 34)).moved(0, 0.5 * height)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where something round lies under the product: the depth of its middle, its radius, in units."""

    z: float
    radius: float


def beneath(shot: Shot, least: float) -> Place:
    """Where something round lies that all of the product stands on, at least `least` units from its rim."""
    radius = 0.5 * float(np.hypot(shot.frame.product_width, shot.deep)) + least + 0.1 * share(shot.seed, "beneath")
    return Place(z=-0.5 * shot.deep, radius=radius)


def box_size(shot: Shot) -> tuple[float, float]:
    """Width and depth of a box or crate in which the product is."""
    return shot.frame.product_width + 0.5 + 0.3 * share(shot.seed, "box"), shot.deep + 0.75


def plate_place(shot: Shot) -> Place | None:
    """Where the plate that was asked for lies, or the box stands."""
    if shot.wish.support in PACKED and not shot.frame.lying:
        width, depth = box_size(shot)
        return Place(z=BOX_FRONT - 0.5 * depth, radius=0.5 * max(width, depth) + 0.08)
    if shot.wish.plate in (None, MAT, *CLOTHS) or shot.frame.lying:
        return None
    return beneath(shot, 0.1 + (BRIM if shot.wish.plate == CHINA else 0))


def china(shot: Shot, place: Place, *, height: float) -> Thing:
    """A glazed plate, level where the product stands, its brim raised."""
    well, outer = place.radius - BRIM, place.radius
    over = [(0, 0), (well, 0), (well + 0.03, 0.006), (well + 0.06, 0.03), (outer - 0.02, 0.055), (outer, 0.056)]
    under = [(outer, 0.046), (well + 0.07, 0.012), (well, -height + 0.012), (well, -height), (0, -height)]
    colour = shot.wish.prop_colour if shot.wish.coloured_prop == CHINA else None
    glaze = Material(colour=paint(colour, hexadecimal(GLAZE)), roughness=0.25)
    shape = lathe([*over, *under][::-1], segments=128)
    return Thing(shape=shape.moved(shot.frame.product_x, 0, place.z), material=glaze)


def wood_slice(shot: Shot, place: Place, *, height: float) -> list[Thing]:
    """A slice of a trunk, its bark round it."""
    wood = shot.wish.surface if shot.wish.surface in WOODS else "oak"
    parts = stump(
        shot.wishing(surface_colour=None, finish=()), str(wood), radius=place.radius, height=height, rooted=False
    )
    return [part.moved(shot.frame.product_x, 0, place.z) for part in parts]


def mat(shot: Shot) -> Thing:
    """A mat of foam to exercise on, unrolled across the picture, aslant, its top at y = 0."""
    along, thick, across = (shot.metre * size for size in MAT_SIZE)
    turn = shot.pick(-1.0, 1.0) * shot.between(8, 22)
    shape = block(along, thick, across, 0.3 * thick).moved(shot.between(-0.2, 0.2) * along, -thick).turned(y=turn)
    colour = shot.wish.prop_colour if shot.wish.coloured_prop == MAT else None
    foam = Material(colour=paint(colour, hexadecimal(shot.turn(*FOAM))), roughness=0.85)
    return Thing(shape=shape.moved(shot.frame.product_x, 0, -0.3 * across), material=foam)


def plate(shot: Shot, surface: str, *, radius: float, height: float) -> Thing:
    """A thin disc; of metal a tray, its rim raised."""
    if surface not in METALS:
        return podium(shot, surface, radius=radius, height=height)
    outer = radius + 0.5 * RIM
    profile = [(0.0, 0.0), (radius - RIM, 0.0), (radius, RIM), (outer, RIM), (outer, RIM - 0.012), (radius, -height)]
    shape = lathe([*profile, (0.0, -height)][::-1]).draped(2.4 * radius, 2.4 * radius).moved(shot.frame.product_x)
    return Thing(shape=shape, material=material(shot, surface, 2.4 * radius, 2.4 * radius))

"""What the prompt adds to any finished set: a wall, something under the product, another light, a calm side, a mood."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.adaptation.grade import finished
from ecomgen.scenes.studio.props.gobos import BLACK, pool_of_light
from ecomgen.scenes.studio.props.household import towels
from ecomgen.scenes.studio.stage import lights, supports
from ecomgen.scenes.studio.stage.backdrop import defocused
from ecomgen.scenes.studio.stage.palette import from_oklch, hexadecimal
from ecomgen.scenes.studio.stage.shapes import ball, block, joined, wall
from ecomgen.scenes.studio.stage.surfaces import CLOTHS, SURFACES, material, paint
from ecomgen.scenes.studio.stage.types import Material, Softbox, Stage, Sun, Thing

if TYPE_CHECKING:
    from ecomgen.scenes.studio.stage.frame import Frame
    from ecomgen.scenes.studio.stage.shot import Shot

WHITE = "#f1eee8"  # of towels whose colour is not asked for
PRESSED, IN_FRONT = 0.012, 0.13  # units that the product sinks into a towel, and stands behind its front
PLATE = 0.04  # how thick what lies under the product is, in units
GEL = 0.42  # of a coloured light's colour where it also falls round the product
HOVER = 0.42  # how far above the ground a levitating product is
SHAFTS, HAZE = 256, 0.55  # columns in which shafts of light are drawn; how bright they are, 1 is as white paper
BEHIND, CLOSE = -1.9, -1.3  # where a named wall stands, and where behind a shelf


def staged(stage: Stage, shot: Shot) -> Stage:
    """The stage as the rest of the wish would have it, in its moods and behind its lens."""
    for change in (_under_product, _before_wall, _with_snow, _lit, _tinted_light, _beams, _calm):
        stage = change(stage, shot)
    return _out_of_sight(finished(stage, shot.wish), shot)


def _out_of_sight(stage: Stage, shot: Shot) -> Stage:
    """Lamps that would hang into the picture are raised above it."""
    return replace(stage, lamps=tuple(_raised(lamp, shot.frame) for lamp in stage.lamps))


def _raised(lamp: Softbox | Sun, frame: Frame) -> Softbox | Sun:
    if isinstance(lamp, Sun) or frame.lying:
        return lamp
    x, y, z = lamp.position
    reach = 0.5 * math.hypot(lamp.width, lamp.height)
    if z - reach > frame.distance or abs(x) - reach > frame.half_width(z - reach):
        return lamp
    top = frame.eye + (frame.top - frame.eye) * frame.spread(z - reach)
    return replace(lamp, position=(x, max(y, top + reach), z))


def _under_product(stage: Stage, shot: Shot) -> Stage:
    """A plate, a stack of books or of towels, or nothing but air between the product and the ground."""
    if shot.frame.lying:
        return stage
    added, height = _between(shot)
    if height == 0:
        return stage
    return replace(stage, things=(*(thing.moved(0, -height) for thing in stage.things), *added))


def _between(shot: Shot) -> tuple[list[Thing], float]:
    if shot.wish.support == "midair":
        return [], HOVER
    if shot.wish.support == "stack":
        return _books(shot)
    if shot.wish.support == "towels":
        return _towels(shot)
    if shot.wish.plate not in SURFACES:
        return [], 0.0
    if shot.wish.plate in CLOTHS:
        return [_mat(shot, str(shot.wish.plate))], 0.5 * PLATE
    radius = 0.5 * shot.frame.product_width + shot.between(0.12, 0.25)
    plain = replace(shot, wish=replace(shot.wish, surface_colour=None, finish=()))
    return [supports.podium(plain, str(shot.wish.plate), radius=radius, height=PLATE)], PLATE


def _mat(shot: Shot, cloth: str) -> Thing:
    """A folded cloth, square, under the product."""
    half = 0.5 * shot.frame.product_width + shot.between(0.25, 0.4)
    shape = block(2 * half, 0.5 * PLATE, 1.5 * half, 0.009).moved(0, -0.5 * PLATE).turned(y=shot.between(-14, 14))
    shape = shape.draped(2 * half, 2 * half).moved(shot.frame.product_x, 0, -0.1)
    plain = replace(shot, wish=replace(shot.wish, surface_colour=None, finish=()))
    return Thing(shape=shape, material=material(plain, cloth, 2 * half, 2 * half))


def _books(shot: Shot) -> tuple[list[Thing], float]:
    """Three books under the product, the widest below."""
    things, top = [], 0.0
    for number in range(3):
        thick, half = shot.between(0.07, 0.11), 0.5 * shot.frame.product_width + 0.14 + 0.07 * number
        turn, x = shot.between(-9, 9), shot.frame.product_x
        boards = [block(2 * half, 0.012, 1.5 * half, 0.004).moved(0, y) for y in (-0.012, -thick)]
        spine = block(2 * half, thick, 0.014, 0.005).moved(0, -thick, 0.75 * half - 0.007)
        pages = block(1.96 * half, thick - 0.022, 1.46 * half, 0.002).moved(0, 0.011 - thick, -0.01)
        cover = paint(shot.wish.prop_colour, from_oklch(shot.between(0.35, 0.7), 0.07, shot.between(0, 360)))
        for shape, bound in ((joined([*boards, spine]), cover), (pages, (0.74, 0.70, 0.62))):
            placed = shape.turned(y=turn).moved(x, top, -0.1)
            things.append(Thing(shape=placed, material=Material(colour=bound, roughness=0.7)))
        top -= thick
    return things, -top


def _towels(shot: Shot) -> tuple[list[Thing], float]:
    """Folded towels under the product, somewhat wider than it."""
    colour = shot.wish.prop_colour or shot.wish.surface_colour or WHITE
    made = towels(replace(shot, wish=replace(shot.wish, prop_colour=colour)))
    points = np.concatenate([thing.shape.points for thing in made])
    low, high = points.min(0), points.max(0)
    wide = (shot.frame.product_width + shot.between(0.16, 0.26)) / float(high[0] - low[0])
    deep = (0.6 * shot.frame.product_width + 0.5) / float(high[2] - low[2])
    tall, front = float(high[1]) - PRESSED, IN_FRONT - deep * float(high[2])
    placed = [
        replace(thing, shape=thing.shape.scaled(wide, 1, deep).moved(shot.frame.product_x, -tall, front))
        for thing in made
    ]
    return placed, tall


def _before_wall(stage: Stage, shot: Shot) -> Stage:
    """A wall of the wished kind behind everything, lit from the room's side."""
    kind = shot.wish.wall
    if kind is None or shot.frame.lying:
        return stage
    if kind == "hanging":
        linen = supports.cloth(
            shot, str(shot.wish.surface if shot.wish.surface in CLOTHS else "linen"), far=_behind(shot) + 0.3
        )
        behind = Thing(shape=linen.shape.moved(0, -0.6, 0), material=linen.material)
    elif kind in ("paint", "greenery"):
        behind = _flat(shot, paint(shot.wish.backdrop_colour, (0.62, 0.60, 0.57)))
    else:
        behind = _textured(shot, {"wood": "wood", "stone": "stone"}.get(kind, kind))
    lamps = tuple(_before(lamp) for lamp in stage.lamps)
    return replace(stage, things=(*stage.things, behind, *_hedge(shot, kind)), lamps=lamps)


def _behind(shot: Shot) -> float:
    return CLOSE if shot.wish.place == "shelf" else BEHIND


def _flat(shot: Shot, colour: tuple[float, float, float]) -> Thing:
    half = shot.frame.half_width(_behind(shot)) * 1.5
    return Thing(shape=wall(-half, half, -6, 9, _behind(shot)), material=Material(colour=colour))


def _textured(shot: Shot, surface: str) -> Thing:
    """A wall of a surface that is known from the ground, standing."""
    half = shot.frame.half_width(_behind(shot)) * 1.25
    low = -0.4
    high = shot.frame.eye + (shot.frame.top - shot.frame.eye) * shot.frame.spread(_behind(shot)) + 0.4
    upright = replace(shot, wish=replace(shot.wish, surface_colour=shot.wish.backdrop_colour, finish=()))
    made = material(upright, surface, 2 * half, high - low)
    return Thing(shape=wall(-half, half, low, high, _behind(shot)), material=made)


def _hedge(shot: Shot, kind: str) -> list[Thing]:
    """Leaves all over a wall of plants."""
    if kind != "greenery":
        return []
    from ecomgen.scenes.studio.props.plants import leaf

    half = shot.frame.half_width(_behind(shot)) * 1.2
    high = shot.frame.eye + (shot.frame.top - shot.frame.eye) * shot.frame.spread(_behind(shot)) + 0.3
    moulds = [leaf(0.24, 0.12, curl=c).turned(x=t) for c, t in ((0.4, 12), (0.6, 30), (0.2, -6), (0.5, 45))]
    things = []
    for tone in (0.6, 1.0, 1.5):
        leaves = [
            moulds[int(shot.rng.integers(4))]
            .turned(z=180 + shot.between(-70, 70))
            .scaled(shot.between(0.7, 1.5))
            .moved(shot.between(-half, half), shot.between(-0.2, high), _behind(shot) + shot.between(0.0, 0.16))
            for _ in range(int(260 * half))
        ]
        green = Material(colour=(0.05 * tone, 0.13 * tone, 0.03 * tone), roughness=0.5)
        things.append(Thing(shape=joined(leaves), material=green))
    return things


def _before(lamp: Softbox | Sun) -> Softbox | Sun:
    """The lamp where a wall behind does not hide it."""
    if isinstance(lamp, Sun):
        x, y, z = lamp.towards
        return replace(lamp, towards=(x, y, max(z, 0.22)))
    x, y, z = lamp.position
    return replace(lamp, position=(x, y, max(z, -0.9)))


def _with_snow(stage: Stage, shot: Shot) -> Stage:
    """Flakes in the air."""
    if shot.wish.weather != "snowy" or shot.frame.lying:
        return stage
    flakes = []
    for _ in range(420):
        z = shot.between(-2.6, 1.2)
        x = shot.frame.at(shot.between(-1, 1) * shot.frame.right, z)
        y = shot.frame.eye + (shot.between(shot.frame.bottom, shot.frame.top) - shot.frame.eye) * shot.frame.spread(z)
        if y > 0.02 and not (abs(x - shot.frame.product_x) < 0.5 * shot.frame.product_width and z > -0.1):
            flakes.append(ball(shot.between(0.006, 0.016), rings=7).moved(x, y, z))
    return stage.adding(Thing(shape=joined(flakes), material=Material(colour=(0.92, 0.94, 0.97))))


def _unmasked(stage: Stage) -> Stage:
    """Without the cards that were hung before lamps which are now another way."""
    return replace(stage, things=tuple(thing for thing in stage.things if thing.material is not BLACK))


def _lit(stage: Stage, shot: Shot) -> Stage:
    """The lamps as the prompt places and shapes them."""
    if shot.wish.hardness in LIGHTS or shot.wish.side in SIDES:
        stage = _unmasked(stage)
    named = LIGHTS.get(shot.wish.hardness or "")
    stage = named(stage, shot) if named else stage
    turned = SIDES.get(shot.wish.side or "")
    return turned(stage, shot) if turned and not shot.frame.lying else stage


def _long_shadows(stage: Stage, shot: Shot) -> Stage:
    """A low, hard sun from the side."""
    height = shot.between(13, 18)
    sun = Sun(
        towards=lights.towards(shot.side, azimuth=shot.between(68, 88), height=height),
        spread=1.4,
        irradiance=lights.dimmed(lights.kelvin(4500), 3.2),
    )
    return _filled(replace(stage, lamps=(sun,)), 0.8)


def _spot(stage: Stage, shot: Shot) -> Stage:
    """One lamp that lights a pool round the product and leaves the rest dark."""
    direction = lights.towards(shot.side, azimuth=shot.between(15, 45), height=shot.between(48, 60))
    sun = Sun(towards=direction, spread=2.2, irradiance=lights.dimmed(lights.kelvin(4900), 3.4))
    return _filled(replace(stage, lamps=(sun,)), 0.4).adding(pool_of_light(shot, sun))


def _by_candle(stage: Stage, shot: Shot) -> Stage:
    """A small, warm, low lamp near by, and dusk for the rest."""
    glow = lights.softbox(
        lights.towards(shot.side, azimuth=shot.between(55, 85), height=18),
        size=0.5,
        strength=0.6,
        colour=lights.kelvin(2300),
        distance=2.2,
    )
    dimmed = tuple(_strength(lamp, 0.6) for lamp in stage.lamps)
    backdrop = stage.backdrop and replace(stage.backdrop, picture=stage.backdrop.picture * np.float32(0.55))
    return _filled(replace(stage, lamps=(*dimmed, glow), backdrop=backdrop, exposure=stage.exposure - 0.1), 0.4)


def _from_behind(stage: Stage, shot: Shot) -> Stage:
    """A strong lamp above and behind that rims the product; the key gives way."""
    return _filled(replace(stage, lamps=(*(_strength(lamp, 0.5) for lamp in stage.lamps), _rim(shot))), 0.8)


def _rim(shot: Shot) -> Softbox:
    x = shot.side * shot.between(0.5, 1.1)
    return Softbox(
        position=(x, 3.4, -1.7), target=(0, 0.3, 0), width=1.1, height=0.9, radiance=lights.dimmed((1, 1, 1), 42.0)
    )


def _from_above(stage: Stage, shot: Shot) -> Stage:
    return replace(
        stage, lamps=tuple(_aimed(lamp, lights.towards(shot.side, azimuth=40, height=78)) for lamp in stage.lamps[:1])
    )


def _from_side(stage: Stage, shot: Shot) -> Stage:
    """The key at a right angle to the view: half of everything lies in shade."""
    key = _aimed(stage.lamps[0], lights.towards(shot.side, azimuth=88, height=24))
    return _filled(replace(stage, lamps=(key,)), 0.6)


def _from_camera(stage: Stage, shot: Shot) -> Stage:
    """The key beside the lens: flat light, hardly a shadow."""
    key = _aimed(stage.lamps[0], lights.towards(shot.side, azimuth=12, height=26))
    return _filled(replace(stage, lamps=(key,)), 1.1)


def _aimed(lamp: Softbox | Sun, direction: lights.Direction) -> Softbox | Sun:
    if isinstance(lamp, Sun):
        return replace(lamp, towards=direction)
    far = float(np.linalg.norm(lamp.position))
    x, y, z = (far * part for part in direction)
    return replace(lamp, position=(x, y, z))


def _strength(lamp: Softbox | Sun, factor: float) -> Softbox | Sun:
    if isinstance(lamp, Sun):
        return replace(lamp, irradiance=lights.dimmed(lamp.irradiance, factor))
    return replace(lamp, radiance=lights.dimmed(lamp.radiance, factor))


def _filled(stage: Stage, factor: float) -> Stage:
    """The light in the shadows, `factor` times as strong."""
    dome = stage.dome
    parts = {name: lights.dimmed(getattr(dome, name), factor) for name in ("zenith", "horizon", "nadir")}
    return replace(stage, dome=replace(dome, **parts))


def _tinted_light(stage: Stage, shot: Shot) -> Stage:
    """Lamps in the wished colour, as pale gels make it, since the product keeps its own; half as strong in the fill.

    The photographer's own soft box stays as it is: the colour comes from behind.
    """
    if shot.wish.light_colour is None:
        return stage
    gel = np.asarray(hexadecimal(shot.wish.light_colour)) + 0.03
    gel = gel / float(gel @ [0.2126, 0.7152, 0.0722])
    pale = 1 + GEL * (np.minimum(gel, 3.5) - 1)
    full, half = (np.minimum(gel, 3.5) if stage.flashed else pale), np.sqrt(pale)
    own, others = (
        (stage.lamps[:1], (*stage.lamps[1:], _strength(_rim(shot), 0.4))) if stage.flashed else ((), stage.lamps)
    )
    lamps = (*own, *(_gelled(lamp, full) for lamp in others))
    dome = {name: _product(getattr(stage.dome, name), half) for name in ("zenith", "horizon", "nadir")}
    return replace(stage, lamps=lamps, dome=replace(stage.dome, **dome))


def _gelled(lamp: Softbox | Sun, gel: np.ndarray) -> Softbox | Sun:
    if isinstance(lamp, Sun):
        return replace(lamp, irradiance=_product(lamp.irradiance, gel))
    return replace(lamp, radiance=_product(lamp.radiance, gel))


def _product(colour: tuple[float, float, float], gel: np.ndarray) -> tuple[float, float, float]:
    red, green, blue = (float(value * factor) for value, factor in zip(colour, gel, strict=True))
    return red, green, blue


def _beams(stage: Stage, shot: Shot) -> Stage:
    """Shafts of light behind the product, from above on the key's side, soft-edged and of many widths."""
    if "beams" not in shot.wish.accents or shot.frame.lying:
        return stage
    rows, columns = round(SHAFTS * shot.frame.height / shot.frame.width), SHAFTS
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32) / columns
    source = np.array([0.5 + shot.side * shot.between(0.45, 0.8), -shot.between(0.3, 0.5)])
    away = np.hypot(x - source[0], y - source[1])
    fan = np.arctan2(y - source[1], x - source[0]) * 40 / np.pi
    waves = np.interp(fan, np.arange(-10, 51), shot.rng.random(61)) * np.interp(
        fan, np.arange(-10, 51, 0.7), shot.rng.random(88)
    )
    landing = 1 - 0.85 * np.clip(y * columns / rows / max(shot.frame.ground_row / shot.frame.height, 0.3), 0, 1) ** 2
    fan_out = np.clip((waves - 0.14) / 0.5, 0, 1) * np.exp(-1.1 * away) * landing
    shafts = defocused(fan_out[..., None], 0.02 * columns)
    return replace(stage, shafts=(HAZE * shafts * np.asarray(lights.kelvin(4700))).astype(np.float32))


def _calm(stage: Stage, shot: Shot) -> Stage:
    """The backdrop blurred and evened out where words are to stand."""
    sides = {"left": (-1.0, 0.15), "right": (1.0, 0.15), "side": (-1.0, 0.3), "around": (0.0, 0.0), "top": (0.0, 0.0)}
    if shot.wish.space not in sides or stage.backdrop is None:
        return stage
    side, start = sides[shot.wish.space]
    picture = stage.backdrop.picture
    soft = defocused(picture, (0.07 if "copy" in shot.wish.accents else 0.04) * picture.shape[1])
    across = np.linspace(-1, 1, picture.shape[1], dtype=np.float32)[None, :, None]
    share = np.clip((side * across - start) / 0.35 + 0.5, 0, 1) if side else np.ones_like(across)
    even = soft + (soft.mean(axis=(0, 1), keepdims=True) - soft) * (0.75 if "copy" in shot.wish.accents else 0.35)
    calm = (picture + (even - picture) * share).astype(np.float32)
    return replace(stage, backdrop=replace(stage.backdrop, picture=calm))


Change = Callable[[Stage, "Shot"], Stage]
LIGHTS: dict[str, Change] = {"long": _long_shadows, "spot": _spot, "candle": _by_candle}
SIDES: dict[str, Change] = {"back": _from_behind, "top": _from_above, "side": _from_side, "front": _from_camera}

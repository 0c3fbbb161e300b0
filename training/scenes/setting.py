"""A whole scene, drawn from one seed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from training.products import make_product, normalised
from training.products.finishes import Part, Parts, any_colour, moved, near, recoloured, turned
from training.scenes import camouflage, neighbours
from training.scenes.camera import Camera, Light, extent, make_camera, make_light
from training.scenes.clutter import near_things, other_things
from training.scenes.crowds import CROWDS, Crowd
from training.scenes.grounds import GROUNDS, OUTDOORS, ground_finish, make_walls
from training.scenes.supports import carried


@dataclass(frozen=True, kw_only=True, eq=False)
class Setting:
    """A whole scene. `ground` and `wall` repeat their texture; `wall` may be beyond sight."""

    family: str
    kind: str  # the ground's, with what is special about the scene
    product: Parts
    props: Parts
    ground: Part
    wall: Part
    camera: Camera
    light: Light


def make_setting(seed: int, crowd: Crowd = CROWDS["usual"]) -> Setting:
    """The scene of a seed."""
    rng = np.random.default_rng(seed)
    tone = any_colour(rng)
    alike = rng.random() < crowd.alike
    main = near(rng, tone, 0.1) if alike else None
    named = "assembled" if crowd.assembled and rng.random() < crowd.assembled else None
    family, raw = make_product(rng, tone=main, family=named, harder=crowd.families, held_out=crowd.held_out)
    product = normalised(raw)
    if alike and rng.random() < 0.5:
        product = recoloured(product, rng, tone)
    product = _posed(product, rng)
    top, support = carried(product, rng, tone if alike else any_colour(rng), crowd)
    product = moved(product, 0, 0, top)
    camera = make_camera(product, rng)
    kind = "plain" if alike and rng.random() < 0.6 else str(rng.choice(GROUNDS))
    if crowd.outdoors and rng.random() < crowd.outdoors:
        kind = str(rng.choice(OUTDOORS))
    props = support + other_things(product, rng, crowd) + near_things(product, camera, rng, kind)
    if crowd.lived and rng.random() < crowd.lived:
        low, high = extent(product)
        props += neighbours.surroundings(rng, float(high[0] - low[0]) / 2, float(high[1]))
    finish = ground_finish(rng, kind, tone if alike else any_colour(rng))
    wall, ground = make_walls(rng, finish)
    setting = Setting(
        family=family,
        kind=kind,
        product=product,
        props=props,
        ground=ground,
        wall=wall,
        camera=camera,
        light=make_light(rng),
    )
    return _harder(setting, len(support), rng, crowd)


def _harder(setting: Setting, under: int, rng: Generator, crowd: Crowd) -> Setting:
    """What a crowd does besides to a scene whose first `under` props carry the product."""
    if crowd.blended and rng.random() < crowd.blended:
        around = (setting.ground, setting.wall, *setting.props[: min(under, 1)])
        product, (ground, wall, *support) = camouflage.blended(setting.product, around, rng)
        props = [*support, *setting.props[len(support) :]]
        setting = replace(setting, product=product, ground=ground, wall=wall, props=props)
    if crowd.glossy and rng.random() < crowd.glossy:
        setting = replace(setting, ground=camouflage.polished(setting.ground, rng))
    if crowd.low_sun and rng.random() < crowd.low_sun:
        origin, strength, sky = camouflage.low_sun(rng)
        setting = replace(
            setting, light=replace(setting.light, origin=origin, size=0.25, strength=strength, around=sky)
        )
    if crowd.hidden and rng.random() < crowd.hidden:
        low, high = extent(setting.product)
        before = camouflage.occluders(low, high, np.array(setting.camera.origin), rng)
        setting = replace(setting, props=[*setting.props, *before])
    return setting


def elevation(setting: Setting) -> float:
    """How high above the product's foot the camera stands, in degrees."""
    low, high = extent(setting.product)
    foot = np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]])
    away = np.array(setting.camera.origin) - foot
    return float(np.degrees(np.arctan2(away[2], np.hypot(away[0], away[1]))))


def _posed(parts: Parts, rng: Generator) -> Parts:
    """Seen mostly from the front; sometimes lying on its side or back."""
    angle = rng.normal(0, 35) if rng.random() < 0.7 else rng.uniform(0, 360)
    posed = turned(parts, float(angle))
    if rng.random() < 0.1:
        posed = normalised(turned(posed, float(rng.choice([90, -90])), str(rng.choice(["x", "y"]))))
    return posed

"""What is served hot: pizza, a burger, pancakes."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import METRE, grained, rounded, turned_body
from ecomgen.scenes.studio.bodies.plants import leaf
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, block, disc, joined, lathe, sheet, xyz
from ecomgen.scenes.studio.primitives.types import Material, Texture, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.stage.shot import Shot

BAKED, BROWNED = (0.62, 0.36, 0.13), (0.36, 0.15, 0.04)
SAUCE, MOZZARELLA = (0.42, 0.07, 0.02), (0.84, 0.72, 0.45)
PIZZA = 0.12 * METRE  # its radius
SEEDS = 60  # of sesame, on a bun
BASIL = Material((0.05, 0.16, 0.03), roughness=0.45)


@prop("pizza, margherita, pizza slice, slice of pizza, pizzeria, calzone", place="kitchen", dished=True, single=True)
def pizza(shot: Shot) -> list[Thing]:
    """A pizza on a board: tomato, pools of mozzarella, leaves of basil."""
    board = Thing(disc(1.12 * PIZZA, 0.05, 0.012), Material((0.40, 0.25, 0.12), roughness=0.6))
    rim = 1 + 0.02 * np.sin(np.linspace(0, 2 * np.pi, 129) * 7 + shot.uniform(0, 6))
    profile = np.array([(0.0, 0.02), (0.8, 0.02), (0.85, 0.03), (0.9, 0.075), (0.95, 0.085), (1.0, 0.06), (0.99, 0.0)])
    across = np.interp(np.linspace(0, 6, 49), range(7), profile[:, 0])
    high = np.interp(np.linspace(0, 6, 49), range(7), profile[:, 1])
    turn = np.linspace(0, 2 * np.pi, 129)
    out = PIZZA * across[None, :] * rim[:, None]
    level = np.broadcast_to(high, out.shape)
    top = sheet(xyz(out * np.sin(turn)[:, None], level, out * np.cos(turn)[:, None])[:, ::-1])
    covered, relief = _topped(shot)
    top = top.draped(2.1 * PIZZA, 2.1 * PIZZA)
    made = Material(covered, roughness=0.45, specular=0.4, bump=relief, bump_scale=0.004)
    green = [
        leaf(0.16, 0.1, curl=0.25)
        .turned(x=78)
        .turned(y=72.0 * k + shot.uniform(-25, 25))
        .moved(0.24 * float(np.cos(1.26 * k)), 0.03, 0.24 * float(np.sin(1.26 * k)))
        for k in range(5)
    ]
    return [
        board,
        Thing(top.moved(0, 0.05), made),
        Thing(joined(green).moved(0, 0.055), BASIL),
    ]


def _topped(shot: Shot) -> tuple[Texture, np.ndarray]:
    """The colours of a pizza seen from above, and its relief."""
    y, x = np.mgrid[-1.05:1.05:512j, -1.05:1.05:512j]
    away = np.hypot(x, y)
    slow, fine = (spectral(shot.rng, x.shape, falloff=falloff, coarsest=0.14) for falloff in (1.6, 0.9))
    cheese = np.clip(2.2 * slow + 0.5, 0, 1)[..., None]
    inside = np.asarray(SAUCE) * (1 + 0.15 * fine[..., None])
    inside = inside + (np.asarray(MOZZARELLA) - inside) * cheese
    toasted = np.clip(0.9 * slow + 0.7 * fine - 1.0, 0, 0.7)[..., None]
    inside = inside + (np.asarray(BROWNED) - inside) * toasted
    spots = np.clip(0.4 + 0.35 * slow + 0.3 * fine, 0, 1)[..., None]
    crust = np.asarray(BAKED) + (np.asarray(BROWNED) - np.asarray(BAKED)) * spots
    edge = np.clip((away + 0.02 * fine - 0.83) / 0.03, 0, 1)[..., None]
    return np.clip(inside + (crust - inside) * edge, 0, 1).astype(np.float32), cheese[..., 0] + 0.5 * fine


@prop("burger, hamburger, cheeseburger, beef burger, burger bun, veggie burger", place="kitchen", single=True)
def burger(shot: Shot) -> list[Thing]:
    """A burger: bun with sesame, patty, cheese, tomato, lettuce."""
    crumb = Material(grained((0.56, 0.29, 0.09), spectral(shot.rng, (128, 128), falloff=1.5), 0.1), roughness=0.4)
    under = turned_body([(0, 0), (0.048, 0), (0.054, 0.006), (0.054, 0.014), (0.05, 0.018), (0, 0.018)])
    over = turned_body([(0, 0), (0.052, 0), (0.057, 0.008), (0.05, 0.026), (0.03, 0.038), (0, 0.041)])
    rough = spectral(shot.rng, (128, 128), falloff=0.7)
    meat = Material(grained((0.15, 0.065, 0.03), rough, 0.25), roughness=0.6, bump=rough, bump_scale=0.004)
    patty = turned_body([(0, 0), (0.053, 0), (0.056, 0.007), (0.053, 0.015), (0, 0.015)])
    cheese = block(0.098 * METRE, 0.012, 0.098 * METRE, 0.005).turned(y=shot.uniform(20, 60))
    tomato = disc(0.05 * METRE, 0.006 * METRE, 0.008)
    parts = [
        (under, 0.0, crumb),
        (_ruffled(shot), 0.017, Material((0.20, 0.34, 0.05), roughness=0.5)),
        (tomato, 0.021, Material((0.50, 0.05, 0.02), roughness=0.25)),
        (patty, 0.027, meat),
        (cheese, 0.041, Material((0.80, 0.42, 0.04), roughness=0.35)),
        (over, 0.044, crumb),
        (_seeds(shot), 0.044, Material((0.80, 0.70, 0.48), roughness=0.5)),
    ]
    return [Thing(shape.moved(0, METRE * high), material) for shape, high, material in parts]


def _ruffled(shot: Shot) -> Shape:
    """A leaf of lettuce, its border in waves."""
    share, turn = np.meshgrid(np.linspace(0, 1, 12), np.linspace(0, 2 * np.pi, 181), indexing="ij")
    wave = np.sin(13 * turn + shot.uniform(0, 6)) + 0.6 * np.sin(21 * turn + shot.uniform(0, 6))
    out = METRE * 0.06 * share * (1 + 0.05 * np.sin(4 * turn))
    return sheet(xyz(out * np.sin(turn), 0.03 * wave * share**3 - 0.02 * share**2, out * np.cos(turn)))


def _seeds(shot: Shot) -> Shape:
    """Sesame over the top of a bun."""
    grain, out = ball(0.011, rings=7).scaled(1, 0.45, 0.7), METRE * 0.045 * np.sqrt(shot.rng.uniform(0, 1, SEEDS))
    turn = shot.rng.uniform(0, 2 * np.pi, SEEDS)
    high = METRE * (0.041 - 0.0165 * (out / (METRE * 0.045)) ** 2.4)
    return joined(
        [
            grain.turned(y=float(shot.uniform(0, 360))).moved(
                float(o * np.sin(t)), float(h) - 0.004, float(o * np.cos(t))
            )
            for o, t, h in zip(out, turn, high, strict=True)
        ]
    )


@prop("pancake, pancakes, american pancake, stack of pancake, blini, flapjack", place="kitchen", dished=True)
def pancakes(shot: Shot) -> list[Thing]:
    """A stack of thick pancakes on a plate, syrup running down from a piece of butter."""
    plate = lathe(rounded([(0, 0), (0.3, 0), (0.34, 0.012), (0.46, 0.05), (0.45, 0.06), (0.33, 0.03), (0, 0.03)]))
    thick, cakes = 0.07, []
    count = shot.count(5)
    for number in range(count):
        cake = disc(shot.uniform(0.27, 0.3), thick, 0.032).draped(0.7, 0.7)
        cakes.append(cake.moved(shot.uniform(-0.02, 0.02), 0.03 + 0.066 * number, shot.uniform(-0.02, 0.02)))
    side = 256
    y, x = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    done = np.clip(1.6 - 2.0 * np.hypot(x, y) + 0.2 * spectral(shot.rng, (side, side), falloff=1.3), 0, 1)[..., None]
    pale, brown = np.array((0.74, 0.50, 0.22)), np.array((0.46, 0.21, 0.06))
    baked = Material((pale + (brown - pale) * done).astype(np.float32), roughness=0.7)
    top = 0.03 + 0.066 * count
    syrup = Material((0.20, 0.06, 0.008), roughness=0.06, specular=0.6)
    butter = block(0.13, 0.06, 0.12, 0.016).turned(y=shot.uniform(0, 60)).moved(0.0, top + 0.008, 0.0)
    return [
        Thing(plate, Material((0.80, 0.78, 0.74), roughness=0.25)),
        Thing(joined(cakes), baked),
        Thing(_run(shot, top), syrup),
        Thing(butter, Material((0.86, 0.70, 0.30), roughness=0.3)),
    ]


def _run(shot: Shot, top: float) -> Shape:
    """Syrup on the top of a stack at that height, running over the edge in a few tongues."""
    turn, share = np.meshgrid(np.linspace(0, 2 * np.pi, 145), np.linspace(0, 1, 40), indexing="ij")
    tongues = sum(np.exp(-(((turn - at) / 0.16) ** 2)) * shot.uniform(0.5, 1.0) for at in np.arange(0.5, 6.2, 0.95))
    long = 0.25 + 0.05 * np.sin(3 * turn) + 0.22 * np.asarray(tongues)
    along = share * long
    out = np.minimum(along, 0.262) + 0.05 * np.clip((along - 0.262) / 0.06, 0, 1)
    drop = np.maximum(along - 0.27, 0)
    high = top + 0.012 * (1 - share**6) - drop
    return sheet(xyz(out * np.sin(turn), high, out * np.cos(turn)))

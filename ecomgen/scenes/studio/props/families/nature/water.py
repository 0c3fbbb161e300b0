"""Drops, bubbles, foam."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.props.bodies import tint
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import around, cluster
from ecomgen.scenes.studio.stage.shapes import ball, joined, lathe, sheet, tube
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.types import Material, Thing

POINTS = 19  # of a splash's crown


@prop(
    "drop, water drop, droplet, water droplet, condensation, dew, raindrop, splash, dewdrop, water splash, wet drop",
    "mist drop, morning dew, splashing, splashed, rain drop, moisture, hydration, hydrating, drip, spray, spritzed",
    "juicy, splattering water, water jet, poured water",
    place="sweep",
    loose=True,
    strewn=True,
)
def drops(shot: Shot, count: int) -> list[Thing]:
    """Drops of water on the ground: flat-footed domes, clear and shining."""
    angle = np.linspace(0, np.pi / 2, 10)
    dome = lathe([(float(np.cos(a)), 0.55 * float(np.sin(a))) for a in angle], segments=20)
    sizes = shot.rng.gamma(1.4, 0.012, 6 * count) + 0.004
    places = around(shot, 6 * count, reach=0.9)
    lying = joined([dome.scaled(float(s)).moved(x, 0, z) for s, (x, z) in zip(sizes, places, strict=False)])
    water = Material(colour=(0.94, 0.95, 0.96), roughness=0.03, specular=0.9)
    clear = Material(colour=(1, 1, 1), transmission=1.0)
    rim = joined(
        [dome.scaled(0.5 * float(s)).moved(x + 0.2 * float(s), 0, z) for s, (x, z) in zip(sizes, places, strict=False)]
    )
    return [Thing(shape=lying, material=clear), Thing(shape=rim.scaled(1, 0.4, 1), material=water)]


@prop(
    "juice splash, splashing juice, splash of juice, splashing orange juice, orange juice splash",
    place="sweep",
    loose=True,
    framing=True,
    tinted=True,
)
def juice_splash(shot: Shot) -> list[Thing]:
    """Juice that splashes up round the product's foot."""
    return _crown(shot, Material(colour=tint(shot, "#f08c1a"), roughness=0.08, specular=0.6))


def _crown(shot: Shot, liquid: Material) -> list[Thing]:
    """A crown that rises round the product's foot, highest behind it, drops flying off its points; a puddle."""
    turn = np.linspace(-np.pi, np.pi, 721)
    behind = 0.5 - 0.5 * np.cos(turn)
    points = np.linspace(-np.pi, np.pi, POINTS, endpoint=False) + shot.rng.uniform(0.05, 0.3, POINTS)
    apart = (turn[:, None] - points + np.pi) % (2 * np.pi) - np.pi
    long = shot.rng.uniform(0.3, 1.0, POINTS)
    fingers = (long * np.exp(-((apart / shot.rng.uniform(0.05, 0.09, POINTS)) ** 2))).max(1)
    waves = np.sum([np.cos(k * turn + shot.between(0, 6.3)) / k for k in (2, 3, 5, 7)], axis=0)
    tall = shot.frame.product_height * (0.07 + 0.22 * behind)
    high = tall * (1 + 0.18 * waves + 1.1 * fingers)
    foot = 0.5 * shot.frame.product_width + 0.05
    t = np.linspace(0, 1, 48)[:, None]
    out = foot + 0.08 * t + (0.2 + 0.03 * waves + 0.1 * fingers) * t**1.8
    out = out + 0.012 * np.sin(9 * t + 3 * waves) * t
    level = high * np.sin(0.5 * np.pi * t**0.8)
    crown = np.stack([out * np.sin(turn), level, -out * np.cos(turn)], -1)
    rim = tube(crown[-1], 0.007 + 0.007 * fingers, segments=8)
    puddle = lathe([(0, 0.004), (foot + 0.22, 0.012), (foot + 0.3, 0.008), (foot + 0.32, 0)], segments=96)
    drops = [
        ball(1, rings=13).scaled(size, size * shot.between(1, 1.7), size).turned(z=shot.between(-40, 40)).moved(*place)
        for size, place in _thrown(shot, crown[-1], points)
    ]
    return [Thing(shape=joined([sheet(crown[::-1]), puddle, rim, *drops]), material=liquid)]


def _thrown(shot: Shot, rim: np.ndarray, points: np.ndarray) -> list[tuple[float, tuple[float, float, float]]]:
    """Size and place of the drops that fly off the crown's points, the farther the smaller."""
    found = []
    for point in points:
        x, y, z = rim[round((point + np.pi) / (2 * np.pi) * (len(rim) - 1))]
        for number in range(int(shot.rng.integers(1, 6))):
            on = 1 + 0.16 * (number + shot.between(0.2, 1.0))
            size = shot.between(0.012, 0.026) / on**2
            found.append((size, (float(x * on), float(y * on + 0.05 * (on - 1)), float(z * on))))
    return found


@prop(
    "bubble, soap bubble, fizz, fizzy, effervescent, air bubble, bubble bath, champagne bubble, carbonated, bubbly",
    "sparkling water, bubbling, fizzing, effervescence, fizziness",
    place="sweep",
    loose=True,
)
def bubbles(shot: Shot) -> list[Thing]:
    """Soap bubbles, floating; a few rest on the ground."""
    balls = []
    for k, (x, z) in enumerate(cluster(shot, shot.wish.count_of("bubbles", 13), 0.26)):
        size = shot.between(0.03, 0.105)
        y = 0.0 if k % 4 == 3 else 0.1 + 0.11 * ((5 * k) % 13)
        balls.append(ball(size, rings=25).moved(x, y, 0.6 * z))
    return [Thing(shape=joined(balls), material=Material(colour=(1, 1, 1), transmission=1.0))]


@prop(
    "foam, lather, suds, soap foam, whipped, soapy, shaving foam, shampoo, froth, bath foam, whipped cream",
    "meringue, foaming, foamy, lathered, lathering, frothy, sudsy, dollop",
    place="sweep",
    loose=True,
    companion="bubbles",
)
def foam(shot: Shot) -> list[Thing]:
    """A mound of white lather."""
    balls = []
    for number in range(1100):
        heaped = number < 250
        r, angle = (0.36 if heaped else 0.46) * shot.rng.random() ** 0.5, shot.between(0, 2 * np.pi)
        top = 0.2 * np.sqrt(max(1 - (r / 0.47) ** 2, 0)) * (1 + 0.18 * np.sin(7 * angle + 9 * r))
        size = shot.between(0.045, 0.085) if heaped else shot.between(0.008, 0.026)
        y = max(top * (0.55 if heaped else 1.0) - (size if heaped else 0.7 * size), -0.5 * size)
        balls.append(ball(size, rings=13 if heaped else 9).moved(r * np.cos(angle), y, r * np.sin(angle)))
    return [Thing(shape=joined(balls), material=Material(colour=(0.94, 0.95, 0.96), roughness=0.55, specular=0.3))]

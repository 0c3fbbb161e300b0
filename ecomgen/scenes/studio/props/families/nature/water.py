"""Drops, bubbles, foam."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.primitives.shapes import ball, joined, lathe
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import around
from ecomgen.scenes.studio.stage.shot import Shot

LATHER = Material((0.94, 0.95, 0.96), roughness=0.55, specular=0.3)


@prop(
    "drop, water drop, droplet, water droplet, condensation, dew, raindrop, dewdrop, wet drop",
    "mist drop, morning dew, rain drop, moisture, hydration, hydrating, drip, spray, spritzed",
    "juicy, water jet, poured water",
    place="sweep",
    loose=True,
    strewn=True,
)
def drops(shot: Shot, count: int) -> list[Thing]:
    """Drops of water on the ground: flat-footed domes, clear and shining."""
    angle = np.linspace(0, np.pi / 2, 10)
    dome = lathe(np.stack([np.cos(angle), 0.55 * np.sin(angle)], -1), segments=20)
    sizes = shot.rng.gamma(1.4, 0.012, 6 * count) + 0.004
    places = around(shot, 6 * count, reach=0.9)
    lying = joined([dome.scaled(float(s)).moved(x, 0, z) for s, (x, z) in zip(sizes, places, strict=False)])
    water = Material((0.94, 0.95, 0.96), roughness=0.03, specular=0.9)
    clear = Material((1, 1, 1), transmission=1.0)
    rim = joined(
        [dome.scaled(0.5 * float(s)).moved(x + 0.2 * float(s), 0, z) for s, (x, z) in zip(sizes, places, strict=False)]
    )
    return [Thing(lying, clear), Thing(rim.scaled(1, 0.4, 1), water)]


@prop(
    "bubble, soap bubble, fizz, fizzy, effervescent, air bubble, champagne bubble, carbonated, bubbly",
    "sparkling water, bubbling, fizzing, effervescence, fizziness",
    place="sweep",
    loose=True,
    framing=True,
)
def bubbles(shot: Shot) -> list[Thing]:
    """Soap bubbles that float behind the product, on both sides of it, the smaller the more of them."""
    balls, frame = [], shot.frame
    inner, outer = 0.5 * frame.product_width, frame.right
    for number in range(shot.count(22)):
        size = float(np.clip(0.05 * (1 + shot.rng.gamma(1.0, 0.9)), 0.05, 0.2)) * min(frame.right, 1.0)
        x = (-1) ** number * (inner + size + (outer - inner) * shot.rng.random() ** 1.3)
        y = frame.high(frame.bottom + (frame.top - frame.bottom) * shot.uniform(0.12, 1.0), 0.0)
        balls.append(ball(size, rings=33).moved(x, max(y, size), -0.5 * shot.rng.random()))
    return [Thing(joined(balls), Material((0.985, 0.97, 1.0), transmission=1.0))]


@prop(
    "foam, lather, suds, soap foam, whipped, soapy, shaving foam, shampoo, froth, bath foam, bubble bath",
    "whipped cream, meringue, foaming, foamy, lathered, lathering, frothy, sudsy, dollop",
    "in a bubble bath, in bubble bath, in the bubble bath",
    place="sweep",
    loose=True,
    companion="bubbles",
    around="drifting foam",
)
def foam(shot: Shot) -> list[Thing]:
    """A mound of white lather."""
    balls = []
    for number in range(1100):
        heaped = number < 250
        r, angle = (0.36 if heaped else 0.46) * shot.rng.random() ** 0.5, shot.uniform(0, 2 * np.pi)
        top = 0.2 * np.sqrt(max(1 - (r / 0.47) ** 2, 0)) * (1 + 0.18 * np.sin(7 * angle + 9 * r))
        size = shot.uniform(0.045, 0.085) if heaped else shot.uniform(0.008, 0.026)
        y = max(top * (0.55 if heaped else 1.0) - (size if heaped else 0.7 * size), -0.5 * size)
        balls.append(ball(size, rings=13 if heaped else 9).moved(r * np.cos(angle), y, r * np.sin(angle)))
    return [Thing(joined(balls), LATHER)]


@prop("drifting foam, floating foam, drifting suds, floating suds", place="lake", strewn=True, kind_of="foam")
def drifting_foam(shot: Shot, count: int) -> list[Thing]:
    """Islands of lather on the water, round what swims in it."""
    balls = []
    for x, z in around(shot, count // 2, reach=0.7):
        wide = shot.uniform(0.08, 0.2)
        for number in range(160):
            fine = number >= 60
            r, angle = (1.06 if fine else 0.9) * wide * shot.rng.random() ** 0.5, shot.uniform(0, 2 * np.pi)
            size = shot.uniform(0.004, 0.012) if fine else shot.uniform(0.14, 0.34) * wide
            body = ball(size, rings=7 if fine else 19).scaled(1, 1.0 if fine else 0.45, 1)
            balls.append(body.moved(x + r * np.cos(angle), 0.0, z + r * np.sin(angle)))
    return [Thing(joined(balls), LATHER)]

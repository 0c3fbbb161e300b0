"""What lies on a dressing table."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import BRASS, GLASS, METRE, assembled, grained, rounded, tint, turned_body
from ecomgen.scenes.studio.primitives.noise import spectral
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import ball, block, disc, joined, lathe, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import cluster
from ecomgen.scenes.studio.stage.lights import dimmed
from ecomgen.scenes.studio.stage.shot import Shot


@prop("brush, makeup brush, make up brush, makeup, make up, cosmetics", companion="lipsticks", tinted=True)
def brushes(shot: Shot) -> list[Thing]:
    """Make-up brushes standing in a beaker."""
    beaker = turned_body([(0, 0), (0.034, 0), (0.036, 0.004), (0.036, 0.085), (0.032, 0.085), (0.031, 0.01), (0, 0.01)])
    handles, ferrules, hair = [], [], []
    for k in range(4):
        lean = {"z": shot.uniform(-14, 14), "x": shot.uniform(-12, 6)}
        at = (0.05 * np.cos(1.6 * k), 0.06, 0.05 * np.sin(1.6 * k))
        handles.append(lathe(rounded([(0, 0), (0.02, 0.05), (0.024, 0.3), (0.016, 0.46)])).turned(**lean).moved(*at))
        ferrules.append(lathe([(0.02, 0.46), (0.026, 0.58)]).turned(**lean).moved(*at))
        hair.append(lathe(rounded([(0.024, 0.57), (0.055, 0.66), (0.05, 0.72), (0, 0.76)])).turned(**lean).moved(*at))
    return [
        Thing(beaker, Material(tint(shot, "#e9e0d6", "#e3c2bb"), roughness=0.35)),
        Thing(joined(handles), Material((0.03, 0.028, 0.03), roughness=0.2)),
        Thing(joined(ferrules), BRASS),
        Thing(joined(hair), Material((0.26, 0.15, 0.10), roughness=0.9)),
    ]


@prop("lipstick, lip gloss, lip balm, lip colour, lip tint, lipgloss, mascara, concealer", companion="brushes")
def lipsticks(shot: Shot) -> list[Thing]:
    """Lipsticks in cases of metal: two standing, one lying, its cap beside it."""
    case = turned_body([(0, 0), (0.0105, 0), (0.011, 0.002), (0.011, 0.034), (0, 0.034)])
    collar = turned_body([(0, 0.034), (0.0088, 0.034), (0.0088, 0.046), (0, 0.046)])
    cap = turned_body([(0, 0), (0.011, 0), (0.0115, 0.002), (0.0115, 0.042), (0.0105, 0.044), (0, 0.044)])
    stick = turned_body([(0, 0.046), (0.0066, 0.046), (0.0066, 0.066), (0.0058, 0.072), (0, 0.074)])
    points = stick.points.astype(np.float64)  # cut aslant
    points[:, 1] = np.minimum(points[:, 1], (0.0655 + 0.9 * points[:, 2] / METRE) * METRE)
    stick = stick.through(points)
    shell = Material(hexadecimal(shot.turn("#1c1a1b", "#c9a468", "#e9e2da")), roughness=0.22, specular=0.6)
    things = [Thing(cap.turned(z=90, y=shot.uniform(20, 60)).moved(0.3, 0.0115 * METRE, 0.24), shell)]
    dyes = ("#a3182b", "#c85a63", "#7a2233")
    for number, dye in enumerate(dyes[: shot.count(3)]):
        lying = number == 2
        aside = {"z": 90.0, "y": shot.uniform(-35, -10)} if lying else {"y": shot.uniform(-50, 50)}
        place = (0.16, 0.011 * METRE, 0.36) if lying else (0.16 * number - 0.1, 0.0, -0.13 * number)
        wax = Material(hexadecimal(shot.wish.prop_colour or dye), roughness=0.3, specular=0.5)
        for shape, material in ((case, shell), (collar, BRASS), (stick, wax)):
            things.append(Thing(shape.turned(**aside).moved(*place), material))
    return things


@prop("perfume bottle, perfume flacon, fragrance bottle, cologne, atomizer, atomiser", companion="petals")
def perfume(shot: Shot) -> list[Thing]:
    """Flacons of clear glass with caps of brass: a tall one, and one that is low and round."""
    scent = hexadecimal(shot.wish.prop_colour or shot.choice("#e9c08a", "#e8b4a8", "#d9c79a"))
    liquid = Material(scent, roughness=0.06, specular=0.6, glow=dimmed(scent, 0.2))
    tall = block(0.19, 0.34, 0.11, 0.02), block(0.15, 0.24, 0.075, 0.012).moved(0, 0.025), disc(0.04, 0.09, 0.006)
    low = (
        turned_body([(0, 0), (0.024, 0), (0.032, 0.012), (0.032, 0.026), (0.02, 0.045), (0.008, 0.05), (0, 0.05)]),
        turned_body([(0, 0.004), (0.022, 0.004), (0.028, 0.013), (0.0275, 0.026), (0, 0.03)]),
        ball(0.055).scaled(1, 0.9, 1),
    )
    things = []
    for number, (x, z) in enumerate(cluster(shot, shot.count(2), 0.34)):
        (glass, inside, cap), high = (tall, 0.34) if number % 2 == 0 else (low, 0.195)
        parts = (inside, liquid), (glass, GLASS), (cap.moved(0, high), BRASS)
        turn = shot.uniform(-30, 30)
        things += [Thing(shape.turned(y=turn).moved(x, 0, z), made) for shape, made in parts]
    return things


@prop("nail polish, nail varnish, nail lacquer, manicure, polish bottle, pedicure", companion="brushes")
def nail_polish(shot: Shot) -> list[Thing]:
    """Small bottles of nail polish with tall caps."""
    glass = turned_body(
        [(0, 0), (0.013, 0), (0.0155, 0.003), (0.0155, 0.024), (0.011, 0.031), (0.006, 0.034), (0, 0.034)]
    )
    cap = turned_body([(0, 0.034), (0.0075, 0.034), (0.007, 0.066), (0.0062, 0.068), (0, 0.068)])
    things = []
    for number, (x, z) in enumerate(cluster(shot, shot.count(4), 0.19)):
        dye = ("#b3203a", "#e9b9b4", "#6d2f45", "#d9714f")[number % 4]
        lacquer = Material(hexadecimal(shot.wish.prop_colour or dye), roughness=0.06, specular=0.6)
        things.append(Thing(glass.moved(x, 0, z), lacquer))
        things.append(Thing(cap.moved(x, 0, z), Material((0.03, 0.028, 0.03), roughness=0.2)))
    return things


@prop(
    "toothbrush, bamboo toothbrush, wooden toothbrush, electric toothbrush, toothbrush holder, toothbrush cup",
    place="bathroom",
)
def toothbrush(shot: Shot) -> list[Thing]:
    """Toothbrushes of bamboo standing in a beaker, their bristles seen from the side."""
    beaker = turned_body([(0, 0), (0.034, 0), (0.036, 0.004), (0.037, 0.1), (0.034, 0.1), (0.032, 0.01), (0, 0.01)])
    handle = tube(
        METRE * np.array([[0, 0, 0], [0, 0.06, 0], [0, 0.12, 0.002], [0, 0.15, 0.002], [0, 0.185, 0]]),
        METRE * np.array([0.005, 0.0065, 0.0045, 0.0065, 0.005]),
    ).scaled(1, 1, 0.55)
    tuft = block(0.045, 0.026 * METRE, 0.05, 0.008).moved(0, 0.154 * METRE, 0.034)
    handles, tufts = [], []
    for k in range(shot.count(2)):
        side = -1.0 if k % 2 else 1.0
        lean = side * shot.uniform(7, 11)
        turn = side * shot.uniform(50, 80)
        for parts, part in ((handles, handle), (tufts, tuft)):
            parts.append(part.turned(y=turn).turned(z=lean, x=shot.uniform(-4, 2)).moved(-0.05 * side, 0.05, 0.02 * k))
    return [
        Thing(beaker, Material(tint(shot, "#e9e0d6", "#c9cfc6", "#d8d2cb"), roughness=0.3)),
        Thing(joined(handles), Material((0.60, 0.42, 0.22), roughness=0.6)),
        Thing(joined(tufts), Material((0.82, 0.80, 0.74), roughness=0.9)),
    ]


@prop(
    "hair dryer, hairdryer, blow dryer, hair drier, hairdrier, blow drier", place="bathroom", tinted=True, single=True
)
def hair_dryer(shot: Shot) -> list[Thing]:
    """A hair dryer that lies on its side, its nozzle to one side, a ring of metal round its back."""
    barrel = rounded(
        [(0, -0.1), (0.028, -0.1), (0.041, -0.075), (0.043, 0.0), (0.031, 0.075), (0.027, 0.09), (0, 0.09)]
    )
    body = lathe(METRE * barrel).turned(z=90)
    grip = tube(
        METRE * np.array([[0.02, 0, 0.02], [0.015, 0, 0.08], [0.004, 0, 0.15], [-0.004, 0, 0.17]]),
        METRE * np.array([0.019, 0.0175, 0.0165, 0.012]),
    )
    nozzle = block(0.05 * METRE, 0.026 * METRE, 0.075 * METRE, 0.012 * METRE).moved(-0.108 * METRE, -0.013 * METRE)
    ring = lathe(METRE * np.array([(0.031, -0.098), (0.0365, -0.093), (0.0365, -0.083), (0.031, -0.083)])).turned(z=90)
    high = 0.043 * METRE
    return assembled(
        shot.choice(-1, 1) * shot.uniform(35, 60),
        (
            joined([body, grip]).moved(0, high),
            Material(tint(shot, "#e6ddd6", "#2a2a2d", "#c9a7a0"), roughness=0.35),
        ),
        (nozzle.moved(0, high), Material((0.04, 0.04, 0.043), roughness=0.4)),
        (ring.moved(0, high), BRASS),
    )


@prop("comb, hair comb, beard comb, wooden comb", place="bathroom", tinted=True, single=True)
def comb(shot: Shot) -> list[Thing]:
    """A comb of wood lying flat."""
    back = block(0.17 * METRE, 0.005 * METRE, 0.018 * METRE, 0.01).moved(0, 0, -0.012 * METRE)
    tooth = block(0.0022 * METRE, 0.004 * METRE, 0.034 * METRE, 0.003).moved(0, 0.001, 0.012 * METRE)
    ends = [
        block(0.008 * METRE, 0.005 * METRE, 0.036 * METRE, 0.01).moved(x * METRE, 0, 0.011 * METRE)
        for x in (-0.081, 0.081)
    ]
    teeth = [tooth.moved(x * METRE) for x in np.arange(-0.073, 0.074, 0.0042)]
    wood = Material(tint(shot, "#8a5a34", "#a8743f"), roughness=0.45)
    return assembled(shot.uniform(-30, 30), (joined([back, *ends, *teeth]), wood))


@prop(
    "jade roller, gua sha, roller, face roller, massage tool, facial tool, quartz roller, facial massage",
    companion="pebbles",
)
def roller(shot: Shot) -> list[Thing]:
    """A jade roller and a flat scraping stone, for the face."""
    jade = Material((0.20, 0.38, 0.27), roughness=0.16, specular=0.6)
    wheel = (
        lathe(rounded([(0, -0.09), (0.07, -0.08), (0.085, 0), (0.07, 0.08), (0, 0.09)]))
        .turned(z=90)
        .moved(0, 0.085, -0.26)
    )
    grip = (
        lathe(rounded([(0, -0.2), (0.03, -0.18), (0.045, 0), (0.03, 0.18), (0, 0.2)])).turned(x=90).moved(0, 0.05, 0.12)
    )
    fork = tube(
        np.array([[-0.1, 0.085, -0.26], [-0.1, 0.08, -0.14], [0, 0.06, -0.1], [0.1, 0.08, -0.14], [0.1, 0.085, -0.26]]),
        0.01,
    )
    turn = np.linspace(0, 2 * np.pi, 80)
    edge = 0.2 * (1 + 0.22 * np.cos(turn) - 0.2 * np.exp(-(((turn - np.pi) / 0.6) ** 2)))
    rim = xyz(edge * np.cos(turn), 0, 0.7 * edge * np.sin(turn))
    rows = [
        rim * [0, 1, 0],
        rim * [0.97, 1, 0.97],
        rim + np.array([0, 0.015, 0]),
        rim * [0.97, 1, 0.97] + [0, 0.03, 0],
        rim * [0, 1, 0] + [0, 0.03, 0],
    ]
    stone = sheet(np.stack(rows[::-1])).moved(0.36, 0, 0.1)
    spin = shot.uniform(-40, 40)
    return assembled(spin, (joined([wheel, grip, stone]), jade), (fork, BRASS))


@prop(
    "round mirror, hand mirror, vanity mirror, sunburst mirror, compact mirror, gold mirror, gold framed mirror, "
    "gilded mirror, gilt mirror, framed mirror, brass mirror, ornate mirror, antique mirror",
    single=True,
)
def round_mirror(_: Shot) -> list[Thing]:
    """A round mirror in a rim of brass, leaning."""
    glass = lathe([(0.0, 0.004), (0.5, 0.004)]).draped(1, 1)
    rim = lathe([(0.0, -0.012), (0.51, -0.012), (0.53, 0.0), (0.52, 0.016), (0.5, 0.016), (0.5, 0.0)][::-1])
    y, x = np.mgrid[0:1:64j, 0:1:64j]
    room = 0.5 + 0.35 * (1 - y) + 0.12 * np.exp(-(((x - y - 0.15) / 0.16) ** 2))  # which it shows, bright and blurred
    silver = Material(np.repeat(room[..., None], 3, -1).astype(np.float32), roughness=0.1, metallic=0.45)
    return [
        Thing(part.turned(x=74).moved(0, 0.53, -0.1), material) for part, material in ((glass, silver), (rim, BRASS))
    ]


@prop(
    "soap, bar of soap, soap bar, natural soap, handmade soap, olive soap, hand soap, savon, shampoo bar",
    place="bathroom",
    companion="lavender",
    single=True,
)
def soap(shot: Shot) -> list[Thing]:
    """Bars of soap with worn edges, two lying on each other and one that leans on them."""
    bar = block(0.085 * METRE, 0.026 * METRE, 0.056 * METRE, 0.007 * METRE).draped(0.4, 0.4)
    lying = bar.turned(y=shot.uniform(-25, 25)), bar.turned(y=shot.uniform(-40, 40)).moved(0.01, 0.026 * METRE)
    leaning = bar.turned(x=62).moved(0.03, 0.085, 0.19).turned(y=shot.uniform(-20, 20))
    clouds = spectral(shot.rng, (200, 200), falloff=1.6)
    dyes = ("#e9dcc0", "#c9cfb4", "#e7c6bd", "#d8cbe0")
    colours = [hexadecimal(shot.wish.prop_colour or dye) for dye in dyes[: len(lying) + 1]]
    return [
        Thing(shape, Material(grained(colour, clouds, 0.05), roughness=0.42, specular=0.4))
        for shape, colour in zip((*lying, leaning), colours, strict=True)
    ]


@prop(
    "cotton pad, cotton round, cotton wool, cotton ball, gauze pad, cotton disc, makeup remover pad", place="bathroom"
)
def cotton_pads(shot: Shot) -> list[Thing]:
    """A stack of round pads of cotton wool, and one that leans on it."""
    pad, places = disc(0.13, 0.026, 0.012).draped(0.26, 0.26), range(shot.count(7))
    stack = [pad.moved(shot.uniform(-0.012, 0.012), 0.024 * number, shot.uniform(-0.012, 0.012)) for number in places]
    leaning = pad.turned(z=-68).moved(0.165, 0.125, 0.03)
    fibres = spectral(shot.rng, (220, 220), falloff=0.8, finest=1.5)
    wool = Material(grained((0.86, 0.85, 0.83), fibres, 0.04), sheen=0.4, bump=fibres, bump_scale=0.0008)
    return [Thing(joined([*stack, leaning]).turned(y=shot.uniform(-40, 40)), wool)]

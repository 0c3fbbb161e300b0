"""What music is played on."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import BLACK, METRE, STEEL, assembled, circle, tint, turned
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import block, disc, joined, lathe, tube
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.stage.shot import Shot

RECORD = 0.15 * METRE  # its radius
LABELS = ("#c8502f", "#d9b44a", "#2f6f73", "#efe6d2")


@prop(
    "record player, turntable, vinyl player, vinyl record, gramophone, phonograph, lp, record collection",
    place="room",
)
def record_player(shot: Shot) -> list[Thing]:
    """A record player of wood with a record on it, a few sleeves leaning behind."""
    chassis = block(0.42 * METRE, 0.07 * METRE, 0.35 * METRE, 0.02)
    top = 0.07 * METRE
    grooves = np.linspace(0.36, 1, 240)
    shine = 0.012 + 0.01 * (np.sin(900 * grooves) > 0) + 0.02 * (np.abs(np.sin(9 * grooves)) < 0.06)
    ring = np.repeat(np.repeat(shine[:, None, None], 8, 1), 3, 2).astype(np.float32)
    platter = lathe([(RECORD * float(out), 0.02) for out in grooves[::-1]], segments=96)
    rim = lathe([(RECORD, 0.0), (RECORD, 0.02)], segments=96)
    label = disc(0.37 * RECORD, 0.024, 0.002)
    x = -0.045 * METRE
    pivot, needle = (0.15 * METRE, 0.12), (0.06, 0.17)
    arm = tube(
        [(pivot[0], 0.1, -0.12 * METRE), (pivot[0] + 0.02, 0.1, 0.0), (needle[0] + 0.12, 0.08, needle[1])], [0.012] * 3
    )
    base = lathe([(0.055, 0.0), (0.05, 0.09), (0.0, 0.09)]).moved(pivot[0], 0.0, -0.12 * METRE)
    knobs = [disc(0.03, 0.03, 0.008).moved(0.16 * METRE, 0.0, 0.13 * METRE - 0.11 * k) for k in range(2)]
    turn = shot.uniform(-22, 22)
    vinyl = Material(ring, roughness=0.18, specular=0.5)
    wood = Material(tint(shot, "#6b4024", "#8a5a34", "#3f2a1d"), roughness=0.4)
    paper = Material(hexadecimal(shot.turn(*LABELS)), roughness=0.6)
    parts = [(chassis, wood), (platter.moved(x, top), vinyl), (rim.moved(x, top), BLACK), (label.moved(x, top), paper)]
    parts += [(joined([arm, base, *knobs]).moved(0, top), STEEL)]
    sleeves = [
        (
            block(0.31 * METRE, 0.31 * METRE, 0.02, 0.004)
            .turned(x=-9)
            .moved(0.16 * k - 0.1, 0, -0.24 * METRE - 0.05 * k),
            dye,
        )
        for k, dye in enumerate((shot.turn(*LABELS[::-1]), shot.turn("#e2d3b6", "#31414d")))
    ]
    parts += [(shape, Material(hexadecimal(dye), roughness=0.6)) for shape, dye in sleeves]
    return assembled(turn, *parts)


@prop(
    "speaker, loudspeaker, bluetooth speaker, stereo, hifi, sound system, boombox, music system",
    place="room",
    tinted=True,
    single=True,
)
def loudspeaker(shot: Shot) -> list[Thing]:
    """A bookshelf loudspeaker: a cabinet with a tweeter above a cone."""
    case = block(0.19 * METRE, 0.31 * METRE, 0.22 * METRE, 0.03)
    front = 0.11 * METRE
    cone = [(0.0, -0.05), (0.03 * METRE, -0.02), (0.055 * METRE, -0.045), (0.07 * METRE, 0.0)]
    woofer = lathe(cone[::-1]).turned(x=90).moved(0, 0.12 * METRE, front + 0.052)
    tweeter = lathe([(0.03 * METRE, 0.0), (0.014 * METRE, -0.008), (0.011 * METRE, 0.012), (0.0, 0.022)]).turned(x=90)
    edges = [
        tube(circle(radius, 64) + np.array([0, y, front]), 0.016)
        for radius, y in ((0.073 * METRE, 0.12 * METRE), (0.032 * METRE, 0.245 * METRE))
    ]
    turn = shot.uniform(8, 26) * -shot.order
    parts = [
        (case, Material(tint(shot, "#7a4f30", "#26272a", "#d9d4ca"), roughness=0.4)),
        (
            joined([woofer, tweeter.moved(0, 0.245 * METRE, front + 0.03)]),
            Material((0.03, 0.03, 0.032), roughness=0.5),
        ),
        (joined(edges), STEEL),
    ]
    return assembled(turn, *parts)


@prop(
    "microphone, mic, podcast, podcast microphone, studio microphone, condenser microphone, vintage microphone",
    "podcasting, podcaster",
    place="desk",
    companion="headphones",
    single=True,
)
def microphone(shot: Shot) -> list[Thing]:
    """A studio microphone on a stand for the table, its head of steel mesh."""
    foot = disc(0.065 * METRE, 0.014 * METRE, 0.012)
    pole = lathe([(0.012, 0), (0.012, 0.22 * METRE), (0, 0.22 * METRE)])
    fork = tube(
        np.array([(-0.036, 0.27, 0), (-0.036, 0.215, 0), (0.036, 0.215, 0), (0.036, 0.27, 0)]) * METRE, [0.018] * 4
    )
    barrel = turned([(0, 0.22), (0.022, 0.222), (0.026, 0.235), (0.028, 0.29)])
    angle = np.linspace(0, np.pi / 2, 12)
    mesh = [(0.028, 0.292), (0.03, 0.3), (0.03, 0.345), *((0.03 * np.cos(a), 0.345 + 0.03 * np.sin(a)) for a in angle)]
    head = turned(mesh)
    v, u = np.mgrid[0:1:200j, 0:1:400j]
    wires = (0.5 + 0.5 * np.sin(180 * np.pi * u) * np.sin(90 * np.pi * v)).astype(np.float32)
    grey = np.repeat((0.18 + 0.5 * wires)[..., None], 3, 2)
    band = turned([(0.029, 0.288), (0.031, 0.292), (0.029, 0.297)])
    turn = shot.uniform(-30, 30)
    parts = [
        (joined([foot, pole, fork, barrel]), BLACK),
        (band, STEEL),
        (head, Material(grey, roughness=0.3, metallic=0.9, bump=wires, bump_scale=0.004)),
    ]
    return assembled(turn, *parts)

"""A laptop, a keyboard, a phone, headphones."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import BLACK, STEEL, assembled, circle, tint
from ecomgen.scenes.studio.primitives.palette import from_oklch
from ecomgen.scenes.studio.primitives.shapes import block, disc, joined, sheet, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Texture, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.stage.shot import Shot


@prop(
    "laptop, computer, notebook computer, macbook, screen, monitor, tablet, ipad, pc, desktop computer, coding",
    "programmer",
    place="room",
    single=True,
)
def laptop(shot: Shot) -> list[Thing]:
    """An open laptop, thin, soft hills on its screen."""
    base = block(1.25, 0.03, 0.86, 0.012).moved(0, 0.014, 0)
    lid = block(1.25, 0.82, 0.016, 0.008).turned(x=-18).moved(0, 0.034, -0.42)
    bezel = block(1.21, 0.78, 0.004, 0.001).turned(x=-18).moved(0, 0.05, -0.401)
    across, up = np.meshgrid([-0.585, 0.585], [0.755, 0.025])
    screen = sheet(xyz(across, up, 0.006)).turned(x=-18).moved(0, 0.05, -0.401)
    keys = [
        block(0.07, 0.008, 0.062, 0.003).moved(0.084 * (i - 6), 0.04, 0.075 * (j - 3.2))
        for i in range(13)
        for j in range(5)
    ]
    pad = block(0.36, 0.004, 0.22, 0.002).moved(0, 0.043, 0.28)
    alloy = Material((0.50, 0.51, 0.52), roughness=0.38, metallic=0.9)
    black = (0.012, 0.013, 0.016)
    turn = shot.uniform(-28, 28)
    return assembled(
        turn,
        (joined([base, lid]), alloy),
        (bezel, Material(black, roughness=0.12)),
        (screen, Material(black, roughness=0.12, glow=_wallpaper(shot))),
        (joined(keys), BLACK),
        (pad, Material((0.42, 0.43, 0.44), roughness=0.3)),
    )


def _wallpaper(shot: Shot) -> Texture:
    """Hills one behind the other, each of a deeper tone of one hue, under a pale sky, HxWx3."""
    across, down = np.meshgrid(np.linspace(0, 6, 320), np.linspace(0, 1, 200))
    hue = float(shot.turn("215", "25", "165", "285"))
    picture = np.full((*down.shape, 3), from_oklch(0.86, 0.04, hue))
    for level, lightness in ((0.38, 0.74), (0.55, 0.6), (0.72, 0.46), (0.88, 0.34)):
        crest = level + 0.07 * np.sin(across + 9 * level) + 0.03 * np.sin(2.3 * across + 20 * level)
        picture[down > crest] = from_oklch(lightness, 0.07, hue)
    return (0.7 * picture).astype(np.float32)


@prop("keyboard, mechanical keyboard, gaming keyboard, desk setup, gaming setup", place="room")
def keyboard(shot: Shot) -> list[Thing]:
    """A keyboard with round-edged keys; at night or in neon they glow."""
    base = block(1.3, 0.06, 0.46, 0.02)
    keys = [
        block(0.078, 0.055, 0.07, 0.014).moved(0.088 * (i - 6.5), 0.055, 0.082 * (j - 2))
        for i in range(14)
        for j in range(5)
    ]
    lit = shot.wish.place == "night" or shot.wish.time == "night"
    under = [(0.9, 0.1, 1.6), (0.1, 0.8, 1.6), (1.5, 0.2, 0.5)]
    turn = shot.uniform(-20, 20)
    things = [Thing(base.turned(y=turn), BLACK)]
    for k in range(3):
        part = joined(keys[k::3]).turned(y=turn)
        glow = under[k] if lit else None
        things.append(Thing(part, Material((0.07, 0.07, 0.075), roughness=0.5, glow=glow)))
    return things


@prop("phone, smartphone, iphone, cell phone, telephone, handset, mobile phone", place="room", single=True)
def phone(shot: Shot) -> list[Thing]:
    body = block(0.29, 0.032, 0.6, 0.015)
    glass = block(0.27, 0.003, 0.58, 0.0014).moved(0, 0.031)
    turn = shot.uniform(-40, 40)
    return assembled(turn, (body, STEEL), (glass, Material((0.012, 0.013, 0.017), roughness=0.04, specular=0.8)))


@prop("headphone, headset, music, audio, listening", place="room", tinted=True)
def headphones(shot: Shot) -> list[Thing]:
    """Headphones lying, their band standing up."""
    band_at = np.linspace(0.06, np.pi - 0.06, 40)
    band = tube(xyz(0.33 * np.cos(band_at), 0.14 + 0.42 * np.sin(band_at), 0), 0.026)
    cups, pads = [], []
    for side in (-1, 1):
        cups.append(disc(0.15, 0.09, 0.04).turned(z=90 * side).moved(side * 0.40, 0.16))
        pads.append(tube(circle(0.11), 0.045, segments=14).turned(y=90).moved(side * 0.28, 0.16))
    turn = shot.uniform(-50, 50)
    shell = Material(tint(shot, "#2a2b2e", "#d9d2c6", "#3d4a5c"), roughness=0.35)
    return assembled(
        turn, (joined([band, *cups]), shell), (joined(pads), Material((0.035, 0.033, 0.032), roughness=0.6))
    )

"""Plain bodies for podium sets."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import circle
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, block, disc, sheet, tube
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.stage.shot import Shot

POLISHED = Material((0.78, 0.56, 0.25), roughness=0.18, metallic=1.0)
PEARL = Material((0.76, 0.73, 0.68), roughness=0.3)


@prop(
    "sphere, ball, orb, round shape, bead, marbles, spherical, football, tennis ball",
    "basketball, bearings, spheroid, pompom, pom pom",
    tinted=True,
)
def spheres(shot: Shot) -> list[Thing]:
    """Two or three balls, one of them brass."""
    found = [Thing(ball(shot.uniform(0.11, 0.19)), PEARL if shot.wish.prop_colour is None else _tint(shot))]
    found.append(Thing(ball(shot.uniform(0.06, 0.10)).moved(shot.uniform(-0.3, -0.2), 0, 0.22), POLISHED))
    return found


@prop(
    "block, cube, cylinder, geometric shape, geometric form, geometrical, abstract shape, box shape, prism",
    "cuboid, geometric object, geometric block, block shape, sculptural form, triangle, hexagon",
    "hexagonal, faceted, geometric prop, geometric volume, geometric element",
    plurals="shapes",
    tinted=True,
)
def blocks(shot: Shot) -> list[Thing]:
    """A drum and a cube."""
    drum = disc(shot.uniform(0.16, 0.24), shot.uniform(0.2, 0.5), 0.02)
    side = shot.uniform(0.2, 0.34)
    cube = block(side, side, side, 0.015).turned(y=shot.uniform(10, 70)).moved(0.38, 0, -0.15)
    return [Thing(drum, _tint(shot)), Thing(cube, PEARL)]


@prop(
    "gold accent, golden accent, gold detail, golden detail, brass accent, brass detail, gold element, golden element",
    "metallic accent, gold decor, gold decoration",
)
def gold_accents(shot: Shot) -> list[Thing]:
    """A ring of brass that stands, and a ball before it."""
    wide, thick = shot.uniform(0.2, 0.26), shot.uniform(0.016, 0.024)
    standing = tube(circle(wide, 96), thick, segments=24).moved(0, wide + thick).turned(y=shot.uniform(-30, 30))
    small = ball(shot.uniform(0.06, 0.085)).moved(shot.order * shot.uniform(0.14, 0.22), 0, 0.2)
    return [Thing(shape, POLISHED) for shape in (standing, small)]


@prop(
    "arch, archway, arched, portal, arc, arches, doorway, gateway, colonnade, column arch",
    "semicircle, semi circle, half circle",
    tinted=True,
    framing=True,
)
def arch(shot: Shot) -> list[Thing]:
    """A thick arch standing upright, through which the product is seen."""
    wide, tall = shot.frame.product_width, shot.frame.product_height
    band, high = shot.uniform(0.16, 0.24), min(tall * shot.uniform(1.22, 1.34), 0.96 * shot.frame.top)
    opening = max(wide + shot.uniform(0.3, 0.5), 0.62 * tall)
    return [Thing(_arch(opening + 2 * band, high, band, 0.3), _tint(shot))]


def _tint(shot: Shot) -> Material:
    colour = hexadecimal(shot.wish.prop_colour) if shot.wish.prop_colour else shot.accent()
    return Material(colour, roughness=0.5)


def _arch(width: float, height: float, band: float, depth: float) -> Shape:
    """Two legs and a half circle, `band` thick, of square section."""
    radius = width / 2
    turn = np.linspace(0, np.pi, 40)
    outer = np.concatenate(
        [[[radius, 0]], np.stack([radius * np.cos(turn), height - radius + radius * np.sin(turn)], -1), [[-radius, 0]]]
    )
    r = radius - band
    inner = np.concatenate([[[r, 0]], np.stack([r * np.cos(turn), height - radius + r * np.sin(turn)], -1), [[-r, 0]]])
    ring = [(outer, depth / 2), (outer, -depth / 2), (inner, -depth / 2), (inner, depth / 2), (outer, depth / 2)]
    rows = [np.concatenate([line, np.full((len(line), 1), z)], -1) for line, z in ring]
    doubled = [row for row in rows for _ in (0, 1)][1:-1]
    return sheet(np.stack(doubled), smooth=False)

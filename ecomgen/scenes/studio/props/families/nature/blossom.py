"""Cherry in blossom: a branch in a vase, and the boughs of a tree that hang into the picture."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import BARK, NECK, bellied_vase, standing_in, tint
from ecomgen.scenes.studio.bodies.plants import arc, round_leaf
from ecomgen.scenes.studio.primitives.shapes import Shape, joined, tube, xyz
from ecomgen.scenes.studio.primitives.types import Material, Thing, Values
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.stage.shot import Shot

BOUGHS = (1.0, 1.0, 1.0, -1.0, -1.0)  # the corner of each: most are on the side of the first


@prop(
    "cherry blossom, cherry tree, cherry branch, cherry blossom branch, sakura, almond blossom, apple blossom",
    "plum blossom, blossoming branch, magnolia branch, spring blossom, spring branch, blooming branch",
    "flowering branch, flowering twig, flowering cherry",
    kind_of="flowers",
)
def cherry_branch(shot: Shot) -> list[Thing]:
    """A branch of cherry in blossom, in a vase."""
    paths = [arc(shot.uniform(0.7, 1.1), shot.uniform(0.35, 0.9), 2.2 * k + 0.5, 18) for k in range(4)]
    stems, blossoms = _in_blossom(shot, paths, 0.016)
    return standing_in(shot, bellied_vase(shot), NECK, (stems, BARK), (blossoms, _petals(shot)))


def cherry_boughs(shot: Shot) -> list[Thing]:
    """Boughs and their twigs in the upper corners of the picture, behind the product."""
    side, rise = -shot.order if shot.wish.space != "left" else 1.0, np.linspace(0, 1, 22)
    paths = []
    for number, corner in enumerate(BOUGHS):
        z, long = -shot.uniform(0.4, 1.3), shot.uniform(0.45, 0.75) * shot.frame.right
        x = shot.frame.at(side * corner * (shot.frame.right + 0.04), z)
        y = shot.frame.eye + (shot.frame.top - shot.frame.eye) * shot.frame.spread(z) - 0.09 * (number % 3)
        sag = shot.uniform(0.02, 0.22)
        bough = xyz(x - side * corner * long * rise, y - sag * rise**2 + 0.03 * np.sin(5 * rise + number), z)
        paths.append(bough)
        for start in (6, 11, 15):
            turned = (bough[start:] - bough[start]) * (0.6, 1.0, 1.0)
            turned[:, 1] -= shot.uniform(-0.5, 0.9) * np.abs(turned[:, 0])
            paths.append(bough[start] + turned)
    stems, blossoms = _in_blossom(shot, paths, 0.012)
    return [Thing(stems, BARK), Thing(blossoms, _petals(shot))]


def _in_blossom(shot: Shot, paths: list[Values], girth: float) -> tuple[Shape, Shape]:
    """Branches along the paths, Nx3, as thick as `girth` where they begin, and the flowers on them."""
    petal = round_leaf(0.02).turned(x=62)
    bloom = joined([petal.turned(y=72 * k) for k in range(5)])
    stems, blossoms = [], []
    for path in paths:
        path[1:] += shot.rng.normal(0, 0.008, (len(path) - 1, 3))
        stems.append(tube(path, np.linspace(girth, 0.3 * girth, len(path)), segments=7))
        for there in path[min(4, len(path) // 4) :].repeat(3, 0):
            turned = bloom.scaled(shot.uniform(0.8, 1.3)).turned(x=shot.uniform(-70, 70), y=shot.uniform(0, 360))
            blossoms.append(turned.moved(*(there + shot.rng.normal(0, 0.026, 3))))
    return joined(stems), joined(blossoms)


def _petals(shot: Shot) -> Material:
    return Material(tint(shot, "#f8d9e0"), roughness=0.8, translucency=0.3)

"""Where the products are photographed: a table, a wall, what stands about, and the window.

A room is data plus a function for its furniture. Light comes from a window with glazing bars and from the room
around it (a dim panorama that also gives glazes something to reflect).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mitsuba as mi
import numpy as np

from ecomgen.scenes.studio.primitives.shapes import joined
from training.samples import surfaces
from training.samples.products import Bsdf, Part, glossy, matt, metal, painted
from training.shapes import lathe, leaf, profile, rounded_box, sheet

Parts = tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Window:
    """A window as a light: where its centre is, its size, its colour and strength. It faces the product."""

    at: tuple[float, float, float]
    width: float = 7.0
    height: float = 9.0
    tone: str = "#FFF6EA"
    strength: float = 14.0


@dataclass(frozen=True, kw_only=True)
class Room:
    """A place. `walls` is the tone of the panorama that surrounds the set, `fill` its strength."""

    furniture: Callable[[], Parts]
    window: Window
    walls: str = "#D6D3CE"
    fill: float = 0.5


def kitchen() -> Parts:
    """An oak table before a tiled wall with a shelf of jars."""
    board = _oriented(rounded_box(2.5, 0.16, 3.4, 0.07), x=1.55, y=6.1, z=0.02, tilt=9)
    shelf = _oriented(rounded_box(15, 1.5, 0.22, 0.03), y=8.0, z=4.3)
    jars = [
        Part(mesh=_jar(0.62, 1.3 + 0.25 * (i % 2)).moved(-4.4 + 1.75 * i, 7.9, 4.52), bsdf=glossy(tone))
        for i, tone in enumerate(("#C9B48E", "#8C5A35", "#E6DCC8", "#9A9F6A", "#C7A05C"))
    ]
    return (
        _table(matt_or_varnished(surfaces.wood(21, "#CFAE82", "#8C673F"))),
        _wall(9.0, glossy(_repeated(surfaces.tiles(3, "#E9E6DC", "#B9B2A4"), 2), roughness=0.12)),
        *(Part(mesh=mesh, bsdf=matt(surfaces.wood(31, "#BCA283", "#8A6C4C", size=1024, planks=3))) for mesh in board),
        *(Part(mesh=mesh, bsdf=matt(surfaces.wood(33, "#B08C62", "#70502F", size=1024, planks=1))) for mesh in shelf),
        *jars,
        *_bowl_of_lemons(-2.15, 3.4),
        Part(mesh=_jar(0.8, 2.0).moved(-3.9, 6.4, 0), bsdf=glossy("#DDE3DD")),
    )


def desk() -> Parts:
    """A pale desk by a plain wall, with books and a plant."""
    tones = ("#A9624C", "#E4D8C2", "#41596B")
    books: list[Part] = []
    for level, tone in enumerate(tones):
        faces = rounded_box(2.5 - 0.2 * level, 1.75 - 0.1 * level, 0.27, 0.03)
        for name, mesh in faces.items():
            bsdf = matt("#EFE8D8") if name == "right" else matt(tone)
            books.append(Part(mesh=mesh.turned(z=12 - 9 * level).moved(-2.3, 3.1, 0.27 * level), bsdf=bsdf))
    return (
        _table(matt_or_varnished(surfaces.wood(41, "#E2C9A0", "#B98F5F", planks=3))),
        _wall(6.2, matt(surfaces.plaster(4, "#CBC6BC"))),
        *books,
        *_plant(2.35, 3.9),
    )


def linen() -> Parts:
    """A linen cloth before a plaster wall the colour of sand, with a stoneware vase."""
    vase = lathe(
        profile(
            (0.0, 0.0, 0.0), (0.5, 0.0, 0.1), (1.0, 1.1, 0.6), (0.35, 1.95, 0.4), (0.42, 2.3, 0.05), (0.3, 2.3, 0.0)
        )
    )
    twigs = [leaf(2.6, 0.05, 0.5 + 0.12 * i).turned(y=-66 + 4 * i).turned(z=50 * i) for i in range(7)]
    ears = [leaf(0.9, 0.2, 0.6).turned(y=-40).turned(z=50 * i).moved(*_tip(50 * i, i)) for i in range(7)]
    return (
        Part(mesh=_cloth(), bsdf=matt(_repeated(surfaces.linen(51, "#DCD2BF"), 1))),
        _wall(6.6, matt(surfaces.plaster(6, "#CDB59D", strength=0.06))),
        Part(mesh=vase.moved(1.95, 4.5, -0.05), bsdf=matt(surfaces.speckled(8, "#E2D6C3", (512, 1024)))),
        Part(mesh=joined(twigs + ears).moved(1.95, 4.5, 2.2), bsdf=matt("#A58A5A")),
        Part(mesh=_jar(0.45, 0.75).moved(-2.5, 4.4, -0.07), bsdf=matt(surfaces.speckled(13, "#8B5F49", (256, 512)))),
    )


def counter() -> Parts:
    """A dark stone counter before a green wall in the evening, with a brass pot and a board."""
    pot = lathe(profile((0.0, 0.0, 0.0), (0.8, 0.0, 0.12), (0.85, 1.25, 0.06), (0.9, 1.28, 0.01), (0.78, 1.28, 0.0)))
    board = _oriented(rounded_box(2.3, 0.18, 3.1, 0.08), x=2.3, y=4.3, z=0.02, tilt=10)
    return (
        _table(glossy(surfaces.stone(61, "#4B4A48", "#B8B0A4"), roughness=0.2)),
        _wall(6.0, matt(surfaces.plaster(9, "#54655A", strength=0.05))),
        *(Part(mesh=mesh, bsdf=matt(surfaces.wood(63, "#A88B68", "#75583A", size=1024, planks=3))) for mesh in board),
        Part(mesh=pot.moved(-2.5, 4.0, 0), bsdf=metal("#C98F5E", roughness=0.25)),
    )


ROOMS = {
    "kitchen": Room(furniture=kitchen, window=Window(at=(-7.5, -2.0, 6.0), tone="#FFFBF5", strength=17), fill=0.65),
    "desk": Room(
        furniture=desk, window=Window(at=(7.0, -2.5, 6.5), tone="#FAFBFF", strength=16), walls="#D4D3D0", fill=0.65
    ),
    "linen": Room(furniture=linen, window=Window(at=(-6.5, 3.2, 5.2), tone="#FFF7EC", strength=14), fill=0.8),
    "counter": Room(
        furniture=counter, window=Window(at=(5.8, -3.0, 6.2), tone="#FFEAD0", strength=17), walls="#BDB4A6", fill=0.6
    ),
}


def lights(room: Room) -> dict[str, Any]:
    """The window and the panorama, as Mitsuba's dictionaries."""
    window = room.window
    panes = surfaces.window_panes()[..., None] * surfaces.colour(window.tone) * window.strength
    place = mi.ScalarTransform4f().look_at(origin=window.at, target=(0, 0, 0.8), up=(0, 0, 1))
    shape = place @ mi.ScalarTransform4f().scale((window.width / 2, window.height / 2, 1))
    return {
        "window": {
            "type": "rectangle",
            "to_world": shape,
            "emitter": {"type": "area", "radiance": painted(panes.astype(np.float32))},
        },
        "room": {"type": "envmap", "bitmap": mi.Bitmap(_panorama(room)), "to_world": _upright()},
    }


def matt_or_varnished(picture: surfaces.Texture) -> Bsdf:
    """Oiled wood: mostly matt, with a faint sheen at grazing angles."""
    return glossy(picture, roughness=0.32)


def _panorama(room: Room) -> surfaces.Texture:
    """Bright ceiling, walls, darker floor, each fading into the next; 32x64."""
    height = np.linspace(1, -1, 32)[:, None, None]
    shade = 0.55 + 0.6 / (1 + np.exp(-6 * (height - 0.35))) - 0.3 / (1 + np.exp(6 * (height + 0.35)))
    side = 1 + 0.25 * np.cos(np.linspace(0, 4 * np.pi, 64))[None, :, None]
    return (shade * side * surfaces.colour(room.walls) * room.fill).astype(np.float32)


def _upright() -> Any:
    return mi.ScalarTransform4f().rotate((1, 0, 0), 90)


def _table(bsdf: Bsdf) -> Part:
    return Part(mesh=sheet(12, 12).moved(y=2.5), bsdf=bsdf)


def _wall(distance: float, bsdf: Bsdf) -> Part:
    return Part(mesh=sheet(26, 18).turned(x=90).moved(y=distance, z=3), bsdf=bsdf)


def _cloth() -> Any:
    """Soft folds that die away where the product stands."""
    shape = (300, 300)
    y, x = np.indices(shape) / 300 - 0.5
    calm = 1 - np.exp(-(((x**2 + (y - 0.2) ** 2) / 0.011) ** 2))
    folds = surfaces.noise(52, shape, (60, 95), 2.2) - 1.2
    return sheet(11, 11, heights=np.minimum(folds, 1.2) * calm, fold=0.05).moved(y=2.2)


def _jar(radius: float, height: float) -> Any:
    lid = height * 0.86
    return lathe(
        profile(
            (0.0, 0.0, 0.0), (radius, 0.0, 0.1), (radius, lid, 0.05), (radius * 0.9, lid, 0.02),
            (radius * 0.9, height, 0.05), (0.0, height, 0.0), step=0.03,
        ),
        segments=96,
    )  # fmt: skip


def _bowl_of_lemons(x: float, y: float) -> Parts:
    bowl = lathe(
        profile(
            (0.0, 0.05, 0.0), (0.4, 0.0, 0.05), (0.55, 0.12, 0.1), (1.05, 0.62, 0.3), (1.0, 0.64, 0.01), (0.3, 0.2, 0.2)
        ),
        segments=96,
    )
    t = np.linspace(0, np.pi, 40)
    body = np.stack([0.31 * np.sin(t) ** 0.9, 0.4 * (1 - np.cos(t)) - 0.4], 1) * (1, 1.05)
    lemon = lathe(body, segments=48).turned(x=80)
    spots = ((-0.42, 0.1, 0.58, 20), (0.3, -0.28, 0.58, 110), (0.28, 0.42, 0.6, 60), (0.0, 0.08, 0.98, 150))
    lemons = joined([lemon.turned(z=turn).moved(x + dx, y + dy, dz) for dx, dy, dz, turn in spots])
    return Part(mesh=bowl.moved(x, y), bsdf=glossy("#5F7C86")), Part(
        mesh=lemons, bsdf=glossy("#DDBB4E", roughness=0.25)
    )


def _plant(x: float, y: float) -> Parts:
    random = np.random.default_rng(12)
    pot = lathe(profile((0.0, 0.0, 0.0), (0.62, 0.0, 0.08), (0.75, 1.25, 0.05), (0.66, 1.25, 0.02), (0.62, 1.0, 0.0)))
    leaves = [
        leaf(random.uniform(1.4, 2.3), random.uniform(0.45, 0.7), random.uniform(0.5, 1.3))
        .turned(y=-random.uniform(25, 80))
        .turned(z=random.uniform(0, 360))
        for _ in range(30)
    ]
    return (
        Part(mesh=pot.moved(x, y), bsdf=matt(surfaces.speckled(17, "#B0714F", (256, 512)))),
        Part(mesh=joined(leaves).moved(x, y, 1.1), bsdf=matt("#5E7B50")),
    )


def _tip(degrees: float, row: int) -> tuple[float, float, float]:
    reach = 0.9 + 0.1 * row
    return reach * np.cos(np.radians(degrees)), reach * np.sin(np.radians(degrees)), 1.9 - 0.08 * row


def _oriented(faces: dict[str, Any], x: float = 0.0, y: float = 0.0, z: float = 0.0, tilt: float = 0.0) -> list[Any]:
    return [mesh.turned(x=-tilt).moved(x, y, z) for mesh in faces.values()]


def _repeated(picture: surfaces.Texture, times: int) -> surfaces.Texture:
    return np.tile(picture, (times, times, 1))

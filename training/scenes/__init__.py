"""What surrounds a product: ground, wall, support, clutter, hands, a camera and light, all drawn from one seed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ecomgen.scenes.studio.stage.noise import spectral
from ecomgen.scenes.studio.stage.shapes import Shape, joined
from training.bodies import blob, curve, sweep
from training.products import make_product, normalised
from training.products.finishes import Finish, Part, Parts, any_colour, make_look, moved, near, part, recoloured, turned
from training.products.vessels import turned_solid
from training.scenes import camouflage, neighbours
from training.shapes import box, grid, leaf, sheet

if TYPE_CHECKING:
    from numpy.random import Generator

    from training.products.finishes import Colour, Look

GROUNDS = (
    "wood",
    "cloth",
    "stone",
    "tiles",
    "clouds",
    "speckles",
    "bricks",
    "pebbles",
    "grass",
    "leaves",
    "plain",
    "tufts",
)
WALLS = ("wood", "clouds", "bricks", "tiles", "plain", "plain", "leaves", "gradient", "stripes", "cloth")


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """How often a product stands on something, and looks like what is round it; how many other things are about."""

    support: float = 0.28
    alike: float = 0.28
    clutter: tuple[float, float, float, float] = (0.35, 0.25, 0.25, 0.15)  # chances of 0, 1, 3 and 6 things
    furniture: float = 0.0  # share of the supports that are furniture, rocks and dishes
    worn: float = 0.0  # carried by somebody instead
    lived: float = 0.0  # people, plants, windows, streets behind it
    families: float = 0.0  # share of the harder families
    held_out: bool = False  # only the families held out
    blended: float = 0.0  # one material as what is around it, or the other way round
    outdoors: float = 0.0
    low_sun: float = 0.0
    glossy: float = 0.0  # the ground mirrors
    hidden: float = 0.0  # leaves, grass, hands before it


CROWDS = {
    "usual": Crowd(),
    "harder": Crowd(support=0.6, alike=0.45, clutter=(0.12, 0.28, 0.35, 0.25)),
    "lived": Crowd(support=0.6, clutter=(0.4, 0.25, 0.25, 0.1), furniture=0.7, worn=0.12, lived=0.75),
    "torn": Crowd(
        support=0.5,
        alike=0.12,
        clutter=(0.45, 0.25, 0.2, 0.1),
        furniture=0.6,
        lived=0.4,
        families=0.7,
        blended=0.65,
        outdoors=0.35,
        low_sun=0.25,
        glossy=0.2,
        hidden=0.25,
    ),
}
OUTDOORS = ("grass", "leaves", "pebbles", "stone", "bricks", "tufts", "clouds")


@dataclass(frozen=True, kw_only=True)
class Camera:
    """Where it stands, where it looks (units of the product's size), its lens."""

    origin: tuple[float, float, float]
    target: tuple[float, float, float]
    up: tuple[float, float, float]
    field: float  # degrees
    aperture: float
    focus: float


@dataclass(frozen=True, kw_only=True)
class Light:
    """One soft box, window or sun, and the place's own light from all sides."""

    origin: tuple[float, float, float]
    size: float
    strength: float
    colour: Colour
    around: float  # strength of the surroundings
    turn: float  # degrees, of the surroundings


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
    family, raw = make_product(rng, tone=main, harder=crowd.families, held_out=crowd.held_out)
    product = normalised(raw)
    if alike and rng.random() < 0.5:
        product = recoloured(product, rng, tone)
    product = _posed(product, rng)
    top, support = _carried(product, rng, tone if alike else any_colour(rng), crowd)
    product = moved(product, 0, 0, top)
    camera = _camera(product, rng)
    kind = "plain" if alike and rng.random() < 0.6 else str(rng.choice(GROUNDS))
    if crowd.outdoors and rng.random() < crowd.outdoors:
        kind = str(rng.choice(OUTDOORS))
    props = support + _clutter(product, rng, crowd) + _surroundings(product, camera, rng, kind)
    if crowd.lived and rng.random() < crowd.lived:
        low, high = _extent(product)
        props += neighbours.surroundings(rng, float(high[0] - low[0]) / 2, float(high[1]))
    finish = _ground_finish(rng, kind, tone if alike else any_colour(rng))
    wall, ground = _walls(rng, finish)
    setting = Setting(
        family=family,
        kind=kind,
        product=product,
        props=props,
        ground=ground,
        wall=wall,
        camera=camera,
        light=_light(rng),
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
        low, high = _extent(setting.product)
        before = camouflage.occluders(low, high, np.array(setting.camera.origin), rng)
        setting = replace(setting, props=[*setting.props, *before])
    return setting


def elevation(setting: Setting) -> float:
    """How high above the product's foot the camera stands, in degrees."""
    low, high = _extent(setting.product)
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


def _extent(parts: Parts) -> tuple[np.ndarray, np.ndarray]:
    points = np.concatenate([one.mesh.points for one in parts])
    return points.min(0), points.max(0)


def _carried(product: Parts, rng: Generator, tone: Colour, crowd: Crowd) -> tuple[float, Parts]:
    """What is under the product in some scenes, or who carries it; how high that lifts it first."""
    low, high = _extent(product)
    reach = float(max(high[0] - low[0], high[1] - low[1])) / 2
    if crowd.worn and rng.random() < crowd.worn:
        top = float(rng.uniform(0.8, 1.8))
        return top, moved(neighbours.wearer(make_look(rng), _triple(low), _triple(high)), 0, 0, top)
    if rng.random() > crowd.support:
        return 0.0, []
    look = make_look(rng, near(rng, product[0].finish.colours[0], 0.15) if rng.random() < 0.35 else tone)
    if crowd.furniture and rng.random() < crowd.furniture:
        return neighbours.SUPPORTS[int(rng.integers(len(neighbours.SUPPORTS)))](look, reach)
    return _support(rng, look, reach)


def _support(rng: Generator, look: Look, reach: float) -> tuple[float, Parts]:
    """Something to stand on: a block, a plinth, a plate, books, a cloth; its height first."""
    kind, height = int(rng.integers(5)), float(rng.uniform(0.03, 0.5))
    finish = look.any_of("hard", "hard", "soft", "metal")
    if kind == 0:
        return height, [
            part(box(reach * 2 * rng.uniform(0.9, 1.8), reach * 2 * rng.uniform(0.9, 1.6), height, 0.02), finish)
        ]
    if kind == 1:
        radius = reach * float(rng.uniform(1.0, 1.6))
        return height, [part(turned_solid([radius, radius], [0, height], rounding=0.01), finish)]
    if kind == 2:
        radius, height = reach * float(rng.uniform(1.1, 1.8)), 0.06
        return height * 0.6, [part(turned_solid([radius * 0.6, radius], [0, height], rounding=0.02), finish)]
    if kind == 3:
        books = [
            part(
                box(reach * 2.4, reach * 2, 0.1, 0.01).turned(z=float(rng.normal(0, 10))).moved(z=0.1 * row),
                make_look(rng).printed(),
            )
            for row in range(int(rng.integers(1, 4)))
        ]
        return 0.1 * len(books), books
    cloth = sheet(
        reach * float(rng.uniform(2.5, 5)),
        reach * float(rng.uniform(2.5, 4)),
        heights=spectral(rng, (40, 40), falloff=2).astype(np.float64),
        fold=0.008,
    )
    return 0.02, [part(cloth.turned(z=float(rng.uniform(0, 90))).moved(z=0.012), look.soft())]


def _camera(product: Parts, rng: Generator) -> Camera:
    """From eye level to straight down, near to far; the product fills a tenth to nearly all of the frame."""
    low, high = _extent(product)
    middle = (low + high) / 2
    rise = np.radians(rng.choice([rng.uniform(2, 20), rng.uniform(10, 45), rng.uniform(45, 88)], p=(0.42, 0.43, 0.15)))
    around = np.radians(rng.normal(0, 12))
    direction = np.array([np.sin(around) * np.cos(rise), -np.cos(around) * np.cos(rise), np.sin(rise)])
    field = float(rng.uniform(18, 55))
    radius = float(np.linalg.norm(high - low)) / 2
    filled = rng.choice([rng.uniform(0.35, 0.6), rng.uniform(0.6, 1.1), rng.uniform(1.1, 1.4)], p=(0.24, 0.6, 0.16))
    distance = radius / np.tan(np.radians(field) / 2) / float(filled)
    distance = max(distance, radius * 1.3)
    slack = max(1 - 0.85 * float(filled), 0.15) * radius / float(filled)
    sideways = np.array([np.cos(around), np.sin(around), 0])
    target = (
        middle
        + sideways * rng.uniform(-0.8, 0.8) * slack
        + np.cross(sideways, direction) * rng.uniform(-0.8, 0.8) * slack
    )
    origin = target + direction * distance
    origin[2] = max(origin[2], 0.05)
    roll = float(np.radians(rng.normal(0, 4)))
    up = np.array([np.sin(roll), 0, np.cos(roll)]) if rise < 1.4 else np.array([np.sin(roll), 1, 0])
    aperture = distance * float(rng.choice([0.001, 0.008, 0.025], p=(0.5, 0.3, 0.2)))
    return Camera(
        origin=_triple(origin),
        target=_triple(target),
        up=_triple(up),
        field=field,
        aperture=aperture,
        focus=distance * 0.97,
    )


def _triple(vector: np.ndarray) -> tuple[float, float, float]:
    return float(vector[0]), float(vector[1]), float(vector[2])


def _clutter(product: Parts, rng: Generator, crowd: Crowd) -> Parts:
    """Other things that are plainly not the subject: behind it, smaller beside it, or cut by the frame."""
    low, high = _extent(product)
    reach = float(max(high[0] - low[0], high[1] - low[1])) / 2
    count = int(rng.choice([0, 1, 3, 6], p=crowd.clutter))
    parts: Parts = []
    for _ in range(count):
        tone = product[0].finish.colours[0] if rng.random() < 0.2 else None
        size = float(rng.uniform(0.2, 0.6))
        behind = rng.random() < 0.7
        if behind and rng.random() < 0.4:
            size = float(rng.uniform(0.6, 1.6))
        _, other = make_product(rng, tone=tone)
        other = turned(normalised(other, size), float(rng.uniform(0, 360)))
        y = reach + size * rng.uniform(0.6, 1.2) + rng.exponential(0.8) if behind else rng.uniform(-0.3, 0.6) * reach
        x = rng.normal(0, 1.1) if behind else rng.choice([-1, 1]) * (reach + size * 0.6 + rng.exponential(0.25))
        parts += moved(other, float(x), float(y), 0.0)
    return parts


def _surroundings(product: Parts, camera: Camera, rng: Generator, kind: str) -> Parts:
    parts: Parts = []
    if kind == "grass" and rng.random() < 0.7:
        parts.append(_lawn(rng))
    if kind in ("pebbles", "leaves", "wood", "grass") and rng.random() < 0.35:
        parts.append(_scattered(product, rng))
    if rng.random() < 0.05:
        parts += _hand(product, rng)
    if rng.random() < 0.1:
        parts.append(_foreground(camera, rng))
    return parts


def _lawn(rng: Generator) -> Part:
    """Blades that hide the product's foot a little."""
    count, tall = 4000, float(rng.uniform(0.03, 0.12))
    at = rng.uniform(-1.6, 1.6, (count, 2))
    lean = rng.normal(0, 0.5, (count, 2)) * tall
    wide = rng.normal(0, 0.012, (count, 2))
    root = np.concatenate([at, np.zeros((count, 1))], 1)
    side = np.concatenate([wide, np.zeros((count, 1))], 1)
    tip = np.concatenate([at + lean, rng.uniform(0.4, 1.2, (count, 1)) * tall], 1)
    points = np.stack([root - side, root + side, tip], 1).reshape(-1, 3)
    normals = np.broadcast_to(np.array([0, -0.5, 0.87]), points.shape)
    uv = np.repeat(rng.uniform(0, 1, (count, 2)), 3, 0)
    faces = np.arange(3 * count, dtype=np.uint32).reshape(-1, 3)
    green = near(rng, (0.33, 0.45, 0.17), 0.3)
    finish = Finish(colours=(green, near(rng, green, 0.3)), pattern="speckles", roughness=0.8)
    return part(Shape(points=points, faces=faces, uv=uv, known_normals=normals.copy()), finish)


def _scattered(product: Parts, rng: Generator) -> Part:
    """Leaves, petals, pebbles, crumbs lying about."""
    low, high = _extent(product)
    reach = float(max(high[0] - low[0], high[1] - low[1])) / 2
    flat = rng.random() < 0.5
    pieces = []
    for _ in range(int(rng.integers(5, 40))):
        angle, out = rng.uniform(0, 2 * np.pi), reach + rng.exponential(0.4) + 0.05
        size = float(rng.uniform(0.03, 0.13))
        one = leaf(size * 2, size, 0.4) if flat else blob(size * rng.uniform(0.3, 0.8, 3), detail=8)
        pieces.append(one.turned(z=float(np.degrees(angle))).moved(out * np.cos(angle), out * np.sin(angle), 0.02))
    tone = any_colour(rng)
    return part(joined(pieces), Finish(colours=(tone, near(rng, tone, 0.2)), pattern="clouds", roughness=0.7))


def _hand(product: Parts, rng: Generator) -> Parts:
    """A forearm from the edge of the frame with fingers that reach the product."""
    low, high = _extent(product)
    side = float(rng.choice([-1, 1]))
    z = float(low[2] + rng.uniform(0.3, 1) * (high[2] - low[2]))
    edge = float(high[0] if side > 0 else low[0]) * float(rng.uniform(0.7, 1.0))
    thick = float(rng.uniform(0.07, 0.12))
    palm = np.array([edge + side * thick * 2.5, 0.05, z])
    elbow = palm + np.array([side * 0.8, rng.uniform(-0.3, 0.3), rng.uniform(-0.5, 0.3)])
    shoulder = palm + np.array([side * 2, 0.2, -0.6])
    arm = sweep(curve([palm, elbow, shoulder]), np.linspace(thick, thick * 1.4, 24))
    pieces = [arm, blob([thick * 1.8, thick * 0.9, thick * 1.7], detail=14).moved(*palm)]
    for row in np.linspace(-1, 1, 4):
        start = palm + np.array([-side * thick, 0, row * thick])
        end = np.array([edge - side * thick * rng.uniform(0.5, 2), -0.1, z + row * thick])
        pieces.append(sweep(curve([start, (start + end) / 2 - np.array([0, 0.1, 0]), end], 10), thick * 0.42))
    tone = near(rng, neighbours.SKIN[int(rng.integers(len(neighbours.SKIN)))], 0.08)
    return [part(joined(pieces), Finish(colours=(tone, near(rng, tone, 0.06)), pattern="clouds", roughness=0.6))]


def _foreground(camera: Camera, rng: Generator) -> Part:
    """Something close to the lens at a corner, out of focus."""
    origin, target = np.array(camera.origin), np.array(camera.target)
    ahead = (target - origin) * float(rng.uniform(0.25, 0.5))
    right = np.cross(target - origin, camera.up)
    right /= np.linalg.norm(right)
    upward = np.cross(right, ahead / np.linalg.norm(ahead))
    half = float(np.linalg.norm(ahead) * np.tan(np.radians(camera.field / 2)))
    at = (
        origin
        + ahead
        + right * rng.choice([-1, 1]) * half * rng.uniform(0.85, 1.2)
        + upward * rng.uniform(-1.1, 1) * half
    )
    mesh = blob(half * rng.uniform(0.15, 0.45, 3), detail=16).moved(*at)
    tone = any_colour(rng)
    return part(mesh, Finish(colours=(tone, near(rng, tone, 0.2)), pattern="clouds", roughness=0.7))


def _ground_finish(rng: Generator, kind: str, tone: Colour) -> Finish:
    natural = {
        "grass": (0.3, 0.42, 0.15),
        "wood": (0.6, 0.42, 0.26),
        "bricks": (0.6, 0.35, 0.27),
        "pebbles": (0.5, 0.48, 0.45),
    }
    first = near(rng, natural[kind], 0.3) if kind in natural and rng.random() < 0.7 else tone
    first = first if rng.random() < 0.4 else _muted(first, float(rng.uniform(0.4, 0.95)))
    glossy = rng.random() < 0.22
    contrast = float(rng.choice([0.05, 0.2, 0.5]))
    dark = near(rng, (first[0] * (1 - contrast), first[1] * (1 - contrast), first[2] * (1 - contrast)), 0.05)
    return Finish(
        colours=(dark, first), pattern=kind, roughness=float(rng.uniform(0.04, 0.25) if glossy else rng.uniform(0.4, 1))
    )


def _muted(colour: Colour, share: float) -> Colour:
    """Drawn towards grey by `share`."""
    grey = sum(colour) / 3
    return tuple(value + share * (grey - value) for value in colour)  # type: ignore[return-value]


def _walls(rng: Generator, finish: Finish) -> tuple[Part, Part]:
    """The wall and the ground: a sweep of paper, a table's edge before a room, a wall near by, or open land."""
    density = float(rng.uniform(0.15, 1.2))
    kind = rng.choice(["sweep", "edge", "wall", "open"], p=(0.24, 0.16, 0.32, 0.28))
    if kind == "sweep":
        far = Part(mesh=sheet(1, 1).moved(z=-50), finish=finish)
        return far, Part(mesh=_repeated(_sweep(rng), density), finish=finish)
    depth = float(rng.uniform(0.7, 2.5)) if kind == "edge" else 12.0
    relief = spectral(rng, (60, 60), falloff=float(rng.uniform(1, 2))).astype(np.float64)
    fold = 0.0 if finish.pattern in ("wood", "tiles", "plain", "stone") else float(rng.choice([0, 0.01, 0.04]))
    middle = np.hypot(*np.meshgrid(np.linspace(-12, 12, 60), np.linspace(-12, 12, 60)))
    calm = np.clip((middle - 0.6) / 2, 0, 1)
    plane = sheet(24, 24, heights=relief * calm, fold=fold).moved(y=depth - 12)
    ground = Part(
        mesh=_repeated(plane.turned(z=float(rng.uniform(0, 360)) if kind != "edge" else 0.0), density * 3),
        finish=finish,
    )
    if kind in ("open", "edge") and rng.random() < 0.6:
        return Part(mesh=sheet(1, 1).moved(z=-50), finish=finish), ground
    tone = finish.colours[1] if rng.random() < 0.3 else _muted(any_colour(rng), float(rng.uniform(0, 0.9)))
    pattern = str(rng.choice(WALLS))
    face = Finish(colours=(near(rng, tone, 0.2), tone), pattern=pattern, roughness=float(rng.uniform(0.4, 1)))
    away = float(rng.uniform(0.8, 3)) if kind == "wall" else float(rng.uniform(3, 9))
    plane = sheet(30, 20).turned(x=90).turned(z=float(rng.normal(0, 12))).moved(y=away, z=6)
    return Part(mesh=_repeated(plane, density * 3), finish=face), ground


def _sweep(rng: Generator) -> Shape:
    away, radius = float(rng.uniform(0.8, 2.5)), float(rng.uniform(0.2, 1.5))
    a = np.linspace(0, np.pi / 2, 20)
    y = np.concatenate([[-14], away + radius * np.sin(a), [away + radius]])
    z = np.concatenate([[0], radius * (1 - np.cos(a)), [14]])
    x = np.linspace(-16, 16, 4)
    points = np.stack(np.broadcast_arrays(x[None], y[:, None], z[:, None]), 2)
    mesh = grid(points[:, ::-1])
    along = np.concatenate([[0], np.cumsum(np.hypot(np.diff(y), np.diff(z)))]) / 30
    return replace(
        mesh,
        uv=np.stack(
            [np.broadcast_to(x[None] / 30, points.shape[:2]), np.broadcast_to(along[:, None], points.shape[:2])], 2
        ).reshape(-1, 2),
    )


def _repeated(mesh: Shape, times: float) -> Shape:
    return replace(mesh, uv=mesh.uv * 6 * times)


def _light(rng: Generator) -> Light:
    """Overcast, window, soft box, lamp or sun."""
    kind = rng.choice(["overcast", "window", "sun"], p=(0.3, 0.45, 0.25))
    rise, around = np.radians(rng.uniform(20, 80)), rng.uniform(0, 2 * np.pi)
    direction = np.array([np.cos(rise) * np.cos(around), np.cos(rise) * np.sin(around), np.sin(rise)])
    size, distance = {"overcast": (4.0, 6.0), "window": (float(rng.uniform(0.6, 2.5)), 3.5), "sun": (0.25, 8.0)}[
        str(kind)
    ]
    warm = float(rng.normal(0, 0.12))
    colour = (float(np.clip(1 + warm, 0.6, 1.4)), 1.0, float(np.clip(1 - warm, 0.6, 1.4)))
    wanted = {"overcast": rng.uniform(0.1, 0.6), "window": rng.uniform(0.5, 2.5), "sun": rng.uniform(1.5, 4)}[str(kind)]
    strength = float(wanted) * distance**2 / size**2
    around_light = float(rng.uniform(0.7, 1.3) if kind == "overcast" else rng.uniform(0.15, 0.8))
    return Light(
        origin=_triple(direction * distance),
        size=size,
        strength=strength,
        colour=colour,
        around=around_light,
        turn=float(rng.uniform(0, 360)),
    )

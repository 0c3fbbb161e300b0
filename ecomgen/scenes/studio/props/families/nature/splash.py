"""Liquid that splashes up round the product's foot."""

from __future__ import annotations

import numpy as np

from ecomgen.scenes.studio.bodies import tint
from ecomgen.scenes.studio.primitives.shapes import Shape, Values, blended, xyz
from ecomgen.scenes.studio.primitives.types import Colour, Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.stage.shot import Shot

JETS = 22
PARTICLES = 60_000  # of the crown's sheet
CELL = 0.008  # of the product's height: the grain of the liquid's surface
OUT, UP, GRAVITY = 0.32, 0.62, 0.42  # product heights a beat: how the liquid is thrown, and how it falls


@prop(
    "splash, water splash, splashing, splashed, splattering water, splash of water",
    place="sweep",
    loose=True,
    framing=True,
)
def splash(shot: Shot) -> list[Thing]:
    """Clear water."""
    return [Thing(_crown(shot), Material((1, 1, 1), transmission=1.0, solid=True))]


@prop(
    "oil splash, splash of oil, splashing oil, olive oil splash, splash of olive oil, splash of golden oil, golden oil",
    "golden olive oil, honey splash, splash of honey, serum splash",
    place="sweep",
    loose=True,
    framing=True,
)
def oil_splash(shot: Shot) -> list[Thing]:
    """Golden oil."""
    return [Thing(_crown(shot), Material((0.97, 0.86, 0.4), transmission=1.0, solid=True))]


@prop(
    "juice splash, splashing juice, splash of juice, splashing orange juice, orange juice splash, paint splash",
    "splash of paint",
    place="sweep",
    loose=True,
    framing=True,
    tinted=True,
)
def juice_splash(shot: Shot) -> list[Thing]:
    """Juice, of oranges where no colour is told."""
    return _opaque(shot, tint(shot, "#f08c1a"))


@prop(
    "milk splash, splash of milk, splashing milk, cream splash, splash of cream",
    place="sweep",
    loose=True,
    framing=True,
)
def milk_splash(shot: Shot) -> list[Thing]:
    """Milk or cream."""
    return _opaque(shot, tint(shot, "#f6f1e7"))


@prop(
    "coffee splash, splash of coffee, splashing coffee, chocolate splash, splash of chocolate",
    place="sweep",
    loose=True,
    framing=True,
)
def coffee_splash(shot: Shot) -> list[Thing]:
    """Coffee or chocolate."""
    return _opaque(shot, tint(shot, "#4a2a17"))


def _opaque(shot: Shot, colour: Colour) -> list[Thing]:
    return [Thing(_crown(shot), Material(colour, roughness=0.08, specular=0.6))]


def _crown(shot: Shot) -> Shape:
    """A crown, highest behind the product, whose rim draws into jets that end in drops."""
    jets = np.linspace(-np.pi, np.pi, JETS, endpoint=False) + shot.rng.uniform(-0.1, 0.1, JETS)
    reach = 0.05 + 0.5 * shot.rng.random(JETS) ** 1.5
    sheet = _sheet(shot, jets, reach)
    drops, sizes = _drops(shot, jets, reach)
    points = np.concatenate([sheet, drops])
    mass = np.concatenate([np.ones(len(sheet)), sizes])
    return blended(points, mass, cell=CELL).scaled(shot.frame.product_height)


def _sheet(shot: Shot, jets: Values, reach: Values) -> Values:
    """Particles of the sheet, Nx3: at each bearing those that left early are far, those that left late still low."""
    bearing = shot.rng.uniform(-np.pi, np.pi, PARTICLES)
    apart = (bearing[:, None] - jets + np.pi) % (2 * np.pi) - np.pi
    jet = (reach * np.exp(-((apart / shot.rng.uniform(0.025, 0.06, JETS)) ** 2))).max(1)
    waves = np.sum([np.cos(k * bearing + shot.uniform(0, 6.3)) / k for k in (2, 3, 5, 7)], axis=0)
    oldest = _rim(bearing) * (1 + 0.15 * waves) + jet
    age = shot.rng.random(PARTICLES) ** 0.8 * oldest
    drawn = np.clip((age / oldest - 0.45) / 0.55, 0, 1)  # towards the next jet, near the rim
    bearing = bearing - 0.5 * np.take_along_axis(apart, np.abs(apart).argmin(1)[:, None], 1)[:, 0] * drawn**2
    ripple = 0.012 * np.sin(14 * age + 3 * waves)
    return _flown(shot, bearing, age, OUT + 0.06 * waves, ripple) + shot.rng.normal(0, 0.003, (PARTICLES, 3))


def _drops(shot: Shot, jets: Values, reach: Values) -> tuple[Values, Values]:
    """The drops that have left the jets, Nx3, the farther the older, and their masses."""
    torn = shot.rng.integers(1, 6, JETS)
    bearing, farthest = np.repeat(jets, torn), np.repeat(_rim(jets) + reach, torn)
    number = np.concatenate([np.arange(count) for count in torn])
    age = farthest * (1.05 + 0.16 * (number + shot.rng.random(len(number))))
    stray = shot.rng.normal(0, 0.09, len(number))
    return _flown(shot, bearing + stray, age, OUT, 0.5 * stray), 2 + shot.rng.gamma(0.9, 4, len(number))


def _rim(bearing: Values) -> Values:
    """The age of the sheet's rim: behind the product it was thrown first."""
    return 0.45 + 0.15 * (1 - np.cos(bearing))


def _flown(shot: Shot, bearing: Values, age: Values, out: Values | float, aside: Values) -> Values:
    """Where what was thrown from round the product's foot is at its age, in product heights."""
    foot = 0.5 * shot.frame.product_width / shot.frame.product_height + 0.04
    far = foot + out * age + 0.05 * age**2 + aside
    return xyz(far * np.sin(bearing), UP * age - 0.5 * GRAVITY * age**2, -far * np.cos(bearing))

"""What soft ground does round a product that settles in it: a raised bank, loose bits on it, blades before its base.

Each is of the ground's own material. It follows the line in which the product's outline meets the ground, and is lower
here and higher there. What cloth and water do is told by `fabric` and `meniscus`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ecomgen.scenes.studio.bodies import pebble
from ecomgen.scenes.studio.bodies.plants import blades
from ecomgen.scenes.studio.grounds import fabric, meniscus
from ecomgen.scenes.studio.grounds.contact_line import BEHIND, cell_noise, length, patch, runs
from ecomgen.scenes.studio.grounds.relief import COLUMNS, ROWS, TEXTURE, Land
from ecomgen.scenes.studio.grounds.sand import strewn
from ecomgen.scenes.studio.primitives.noise import generator_for, smooth
from ecomgen.scenes.studio.primitives.shapes import Shape, sheet, xyz
from ecomgen.scenes.studio.primitives.types import Thing, Values
from ecomgen.scenes.studio.stage.shot import Shot


@dataclass(frozen=True, kw_only=True)
class Compliance:
    """How a ground gives way, in units of the product's larger side where nothing else is said."""

    deep: float  # metres that a product sinks into it
    bank: tuple[float, float] = (0.0, 0.0)  # how high the bank is, for the largest and for the smallest product
    slope: float = 2.5  # how far the bank runs out, in its heights
    rough: float = 0.35  # how uneven it is
    crumbs: float = 0.0  # how high its finest unevenness is
    bits: int = 0  # that lie on it, for each unit of the line
    large: float = 0.0  # how large they are
    tips: float = 0.0  # how far blades reach over the outline
    blades: int = 0  # for each unit of the line


COMPLIANCES = {
    "sand": Compliance(deep=0.014, bank=(0.03, 0.05), slope=3.0, rough=0.12, crumbs=0.0012),
    "soil": Compliance(deep=0.01, bank=(0.022, 0.04), slope=2.4, rough=0.25, crumbs=0.003, bits=160, large=0.022),
    "track": Compliance(deep=0.008, bank=(0.018, 0.03), slope=2.4, rough=0.25, crumbs=0.003, bits=120, large=0.02),
    "snow": Compliance(deep=0.022, bank=(0.035, 0.06), slope=2.2, rough=0.14, crumbs=0.002, bits=90, large=0.02),
    "moss": Compliance(deep=0.012, bank=(0.014, 0.024), slope=2.6, rough=0.15, crumbs=0.002, tips=0.028, blades=9000),
    "grass": Compliance(deep=0.03, tips=0.085, blades=1700),
    **dict.fromkeys(("flowers", "lavender", "poppies", "buttercups"), Compliance(deep=0.03, tips=0.09, blades=1400)),
    "undergrowth": Compliance(deep=0.03, tips=0.07, blades=900),
    "wheat": Compliance(deep=0.03, tips=0.08, blades=1100),
}
"""Grounds that are not here are firm."""
CELL = 0.004  # units between the points of a bank
PLATEAU = 0.012  # units before the product over which a bank keeps its height
BURIED = 0.006  # units by which its foot is below the ground
BUMP = 0.05  # units over which ground is pressed even where a bank is raised on it
LEVEL = 0.06  # units by which ground may lie above or below the base that stands on it
SPROUTS = 6  # blades in a tuft
AHEAD = 0.11  # units before the product in which the blades stand that reach over its base


@dataclass(frozen=True, kw_only=True, eq=False)
class DisplacedGround:
    """What is raised round a product's base.

    `heaped` where it leaves no gaps, as blades do; `along` the line, Nx2 (x, z), where it lies close against the
    product and takes on its colour.
    """

    things: tuple[Thing, ...]
    heaped: bool
    along: Values | None = None


@dataclass(frozen=True, kw_only=True)
class Load:
    """By what `share` of the most a product settles, in [0, 1]; its `weight` for its size, 1 as usual."""

    share: float
    weight: float = 1.0


def before_base(shot: Shot, things: Sequence[Thing], line: Values, load: Load) -> DisplacedGround | None:
    """What is raised round a product whose outline meets the ground along `line`, Nx2 (x, z).

    `things` are the set's. None where the ground is firm or the product does not stand on it.
    """
    number = next((number for number in reversed(range(len(things))) if things[number].ground), None)
    if number is None or len(line) < 2:
        return None
    ground, others = things[number], things[number + 1 :]
    work = _Work(shot=shot, ground=ground.shape, line=line, rng=generator_for("deformation", shot.seed))
    if ground.ground in fabric.CLOTHS or ground.ground in fabric.PILES:
        return _in_fabric(work, ground, others, load)
    compliance = COMPLIANCES.get(ground.ground)
    wet = ground.ground in meniscus.WATERS
    if not (compliance or wet) or abs(float(np.median(work.level(line[:, 0], line[:, 1])))) > LEVEL:
        return None
    if compliance is None:
        return _in_water(work, ground, load.share)
    return _heaped(work, compliance, things[number:], load)


def _in_fabric(work: _Work, ground: Thing, others: Sequence[Thing], load: Load) -> DisplacedGround | None:
    shot, name = work.shot, ground.ground
    lying, pressed = fabric.Lying(ground=ground.shape, line=work.line), load.share * load.weight
    if not abs(float(np.nanmedian(lying.at(*work.line.T)[:, 0]))) <= LEVEL:
        return None
    if name in fabric.PILES:
        tufts = fabric.yarns(shot, lying, pressed * fabric.PILES[name], work.rng)
        return DisplacedGround(things=(replace(others[0], shape=tufts),), heaped=False)
    cushioned = fabric.CUSHIONED if shot.wish.support in ("seat", "cushion") else 1.0
    rim = fabric.rim(shot, lying, fabric.CLOTHS[name], cushioned * pressed, work.rng)
    if rim is None:
        return None
    return DisplacedGround(things=(replace(ground, shape=rim, ground=""),), heaped=True, along=work.line)


def _in_water(work: _Work, ground: Thing, share: float) -> DisplacedGround | None:
    rim = meniscus.rim(work.shot, work.line, work.level, share)
    if rim is None:
        return None
    found = [Thing(rim, ground.material if ground.ground == "milk" else meniscus.SHINING)]
    if work.shot.wish.support != "afloat":  # about which rings run already
        found.append(replace(ground, shape=meniscus.rings(work.line, work.level, share, work.rng), ground=""))
    return DisplacedGround(things=tuple(found), heaped=True, along=work.line)


def _heaped(work: _Work, compliance: Compliance, things: Sequence[Thing], load: Load) -> DisplacedGround:
    """In loose ground, the first of the `things`, or among what grows on it, the second."""
    (ground, *others), share = things, load.share
    if not compliance.bank[1]:
        return DisplacedGround(things=(replace(others[0], shape=work.blades(compliance, share)),), heaped=False)
    bank = replace(work, line=np.concatenate(runs(work.line) or [work.line])).bank(compliance, share)
    found = [replace(ground, shape=bank.shape, ground="")]
    if compliance.bits:
        found.append(replace(others[0], shape=work.bits(compliance, bank.tops)))
    if compliance.blades:
        found.append(replace(others[0], shape=work.carpet(compliance, bank.tops, share)))
    along = None if compliance.blades else work.line
    return DisplacedGround(things=tuple(found), heaped=along is not None, along=along)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Bank:
    shape: Shape
    tops: Values  # Nx3, places on it


@dataclass(frozen=True, kw_only=True, eq=False)
class _Work:
    """Round one product, by chance of its own."""

    shot: Shot
    ground: Shape
    line: Values
    rng: np.random.Generator

    def level(self, x: Values, z: Values) -> Values:
        """The ground's height at places."""
        points = self.ground.points.reshape(ROWS, COLUMNS, 3)
        land = Land(shot=self.shot, x=points[..., 0], z=points[..., 2], away=points[..., 0])
        return land.at(points[..., 1], x, z)

    def bank(self, compliance: Compliance, share: float) -> _Bank:
        from scipy.spatial import KDTree

        high = share * float(np.clip(compliance.deep * self.shot.units_per_metre, *compliance.bank))
        wide = compliance.slope * high * 1.5 + PLATEAU
        x, z = patch(self.line, 1.2 * wide, CELL)
        away, nearest = KDTree(self.line).query(np.stack([x, z], -1))
        before = np.clip(1 + (z - self.line[nearest, 1]) / BEHIND, 0, 1)
        broad = cell_noise(self.rng, x.shape, CELL, coarsest=0.6, falloff=1.9, finest=3)
        tall = high * np.clip(1 + compliance.rough * broad, 0.35, 1.5) * before
        fine = share * compliance.crumbs * cell_noise(self.rng, x.shape, CELL, coarsest=0.03, falloff=1.0, finest=3)
        fallen = np.clip((away - PLATEAU) / (compliance.slope * np.maximum(tall, 1e-4)), 0, 1)
        risen = (tall + fine * before) * (1 - smooth(fallen)) - BURIED * np.maximum(fallen**4, 1 - before)
        y = self._pressed(x, z, fallen) + risen
        whole = sheet(xyz(x, y, z)).draped(TEXTURE, TEXTURE)
        own, first = self.ground.uv[0], self.ground.points[0]
        as_draped = np.array([first[0] / TEXTURE + 0.5, (first[2] - first[1]) / TEXTURE + 0.5])
        shape = replace(whole, uv=(whole.uv + (own - as_draped)).astype(np.float32))
        on = (fallen < 0.8) & (away > 0.5 * PLATEAU)
        return _Bank(shape=shape, tops=xyz(x[on], y[on], z[on]))

    def _pressed(self, x: Values, z: Values, apart: Values) -> Values:
        """The ground's height over a grid of cells, its bumps pressed flat where `apart` (in [0, 1]) is 0."""
        from scipy.ndimage import gaussian_filter

        level = self.level(x.ravel(), z.ravel()).reshape(x.shape)
        return level + (1 - apart) * (gaussian_filter(level, BUMP / CELL) - level)

    def bits(self, compliance: Compliance, tops: Values) -> Shape:
        """Crumbs, clods or stones that lie on the bank, half sunk."""
        shot, rng = replace(self.shot, rng=self.rng), self.rng
        moulds = [pebble(shot, 1.0, rings=9) for _ in range(5)]
        places = tops[rng.integers(len(tops), size=max(round(compliance.bits * length(self.line)), 1))]
        sizes = compliance.large * (0.2 + 0.8 * rng.random(len(places)) ** 2.5)
        return strewn(shot, moulds, places, sizes, sunk=0.3)

    def carpet(self, compliance: Compliance, tops: Values, share: float) -> Shape:
        """Short tips all over the bank, each as tall as it happens to be, a few twice as tall as the others."""
        rng, count = self.rng, max(round(compliance.blades * length(self.line)), 1)
        tall = compliance.tips * (0.4 + 0.6 * share) * np.clip(rng.gamma(4, 0.25, count), 0.35, 2.2)
        return blades(rng, tops[rng.integers(len(tops), size=count)], height=tall)

    def blades(self, compliance: Compliance, share: float) -> Shape:
        """Blades before the base, in tufts: their tips reach over the outline as far as the ground gives way."""
        rng, tufts = self.rng, max(round(compliance.blades * length(self.line) / SPROUTS * (0.4 + 0.6 * share)), 1)
        count = tufts * SPROUTS
        roots = self.line[rng.integers(len(self.line), size=tufts)].repeat(SPROUTS, 0)
        ahead = AHEAD * rng.random(tufts).repeat(SPROUTS) + 0.008 + 0.012 * np.abs(rng.normal(size=count))
        x, z = roots[:, 0] + rng.normal(0, 0.02, count), roots[:, 1] + ahead
        tall = rng.gamma(1.6, 0.5, tufts).repeat(SPROUTS) * rng.gamma(6, 1 / 6, count)
        over = share * compliance.tips * np.clip(tall, 0.15, 2.0)
        steep = self.shot.frame.eye / self.shot.frame.distance
        wide = float(np.clip(0.0009 * self.shot.units_per_metre, 0.0022, 0.006))
        places = xyz(x, self.level(x, z), z)
        return blades(rng, places, height=over + 1.2 * ahead * steep, width=wide, bend=(0.1, 0.7))

"""Renders unlike products, each in several views under several lamps: `python -m training.views --out FOLDER`.

For the identity network, and (from other seeds) to calibrate the identity score on. One file a product, `NNNN.npz`:
`views` (V x S x S x 4, uint8, straight alpha) and `family`; a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ecomgen.color import to_bytes, to_srgb
from ecomgen.errors import BackendMissing
from ecomgen.scenes.studio.rendering.variants import SAFE, best_variant, load_variant
from training.products import make_product, normalised
from training.products.finishes import Part, Parts
from training.render import Stage
from training.scenes import Camera, Crowd, Setting, make_setting
from training.scenes.surfaces import Bank, make_bank

ALONE = Crowd(support=0.0, alike=0.0, clutter=(1.0, 0.0, 0.0, 0.0))
FIRST = 2_000_000  # of the seeds, far from those of the other networks' renders
GREY = 0.7  # how far the colours of ground, wall and place are drawn towards grey, as rooms are


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How unlike the views of one product are."""

    turn: float  # degrees, standard deviation of the pose about the product's own axis
    most: float  # degrees that it is turned at most
    rise: tuple[float, float]  # degrees above the ground, of the camera
    field: tuple[float, float]  # degrees, of the lens: how strong the perspective is
    filled: float  # of the frame, by the sphere round the product
    balance: tuple[float, float]  # logarithms: how far cameras err in white balance, warm and green


SPREADS = {
    "usual": Spread(turn=32.0, most=80.0, rise=(4.0, 34.0), field=(32.0, 32.0), filled=0.8, balance=(0.07, 0.03)),
    "wide": Spread(turn=70.0, most=150.0, rise=(2.0, 52.0), field=(16.0, 52.0), filled=1.0, balance=(0.15, 0.05)),
}


class Views(Stage):
    """The training's stage, with one product that stays while all round it changes."""

    def __init__(
        self, bank: Bank, *, size: int, samples: int, first: int = FIRST, spread: Spread = SPREADS["usual"]
    ) -> None:
        super().__init__(_grey_places(bank), size=size, samples=samples)
        self._first, self._spread = first, spread

    def family(self, product: int) -> str:
        """The product's family."""
        return make_product(self._own(product))[0]

    def shown(self, product: int, number: int) -> NDArray[np.uint8]:
        """View `number` of a product, S x S x 4."""
        import mitsuba_oidn

        seed = self._first + 100 * product + number
        _, parts = make_product(self._own(product))
        self._arrange(_setting(parts, seed, self._spread), np.random.default_rng([self._first, product]))
        colour = self._layers(self._photo, 0, self._samples, seed)[..., :3].clip(0, 12)
        guides = self._layers(self._guides, 0, 4, seed)
        layers = (colour, guides[..., :3].clip(0, 1), guides[..., 3:6])
        linear = mitsuba_oidn.denoise(*map(np.ascontiguousarray, layers), hdr=True)
        return np.dstack([_exposed(np.asarray(linear, np.float32), seed, self._spread), self._mask(seed)])

    def _own(self, product: int) -> Generator:
        return np.random.default_rng([self._first, product, 3])


def _setting(parts: Parts, seed: int, spread: Spread) -> Setting:
    """Ground, wall and light of `seed`, with the product in another pose and nothing else about."""
    rng = np.random.default_rng([seed, 2])
    angle = float(np.clip(rng.normal(0, spread.turn), -spread.most, spread.most))
    turned = [replace(one, mesh=one.mesh.turned(z=angle)) for one in normalised(parts)]
    round_it = make_setting(seed, ALONE)
    return replace(
        round_it,
        product=turned,
        props=[],
        ground=_muted(round_it.ground),
        wall=_muted(round_it.wall),
        camera=_camera(turned, rng, spread),
    )


def _muted(one: Part) -> Part:
    """The surface with its colours drawn towards grey."""
    colours = np.array(one.finish.colours)
    drawn = colours + GREY * (colours.mean(axis=1, keepdims=True) - colours)
    return replace(one, finish=replace(one.finish, colours=tuple(map(tuple, drawn.tolist()))))


def _grey_places(bank: Bank) -> Bank:
    """The bank with its surroundings drawn towards grey."""
    places = bank.places.astype(np.float32)
    drawn = places + GREY * (places.mean(axis=-1, keepdims=True) - places)
    return replace(bank, places=drawn.round().astype(bank.places.dtype))


def _camera(product: Parts, rng: Generator, spread: Spread) -> Camera:
    """From a little above, the product whole in the frame."""
    points = np.concatenate([one.mesh.points for one in product])
    low, high = points.min(0), points.max(0)
    radius = float(np.linalg.norm(high - low)) / 2
    rise, around = np.radians(rng.uniform(*spread.rise)), np.radians(rng.normal(0, 4))
    towards = np.array([np.sin(around) * np.cos(rise), -np.cos(around) * np.cos(rise), np.sin(rise)])
    roll, field = np.radians(rng.normal(0, 3)), float(rng.uniform(*spread.field))
    distance = radius / np.tan(np.radians(field) / 2) / spread.filled
    middle = (low + high) / 2
    origin = middle + towards * distance
    return Camera(
        origin=(float(origin[0]), float(origin[1]), float(origin[2])),
        target=(float(middle[0]), float(middle[1]), float(middle[2])),
        up=(float(np.sin(roll)), 0.0, float(np.cos(roll))),
        field=field,
        aperture=distance * 0.001,
        focus=distance,
    )


def _exposed(linear: NDArray[np.float32], seed: int, spread: Spread) -> NDArray[np.uint8]:
    """A camera's exposure for the picture's middle, its white balance nearly right, its shoulder."""
    warm, green = np.random.default_rng([seed, 4]).normal(0, spread.balance)
    balanced = linear * np.exp([warm - green / 2, green, -warm - green / 2]).astype(np.float32)
    exposed = balanced * (0.22 / max(float(np.median(balanced)), 0.01)) ** 0.7
    shoulder = np.where(exposed < 0.6, exposed, 0.6 + 0.4 * np.tanh((exposed - 0.6) / 0.5))
    return to_bytes(to_srgb(shoulder.astype(np.float32)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--products", type=int, default=900)
    parser.add_argument("--views", type=int, default=4)
    parser.add_argument("--size", type=int, default=160)
    parser.add_argument("--samples", type=int, default=8)
    parser.add_argument("--first", type=int, default=FIRST, help="of the seeds: other products, other places")
    parser.add_argument("--spread", choices=SPREADS, default="usual", help="how unlike the views of one product are")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    variant = best_variant()
    if variant == SAFE:
        raise BackendMissing("Rendering for training needs LLVM or CUDA: install libllvm19, or use a GPU.")
    load_variant(variant)
    spread = SPREADS[options.spread]
    stage = Views(make_bank(0), size=options.size, samples=options.samples, first=options.first, spread=spread)
    for product in range(options.products):
        target = options.out / f"{product:04d}.npz"
        if target.is_file():
            continue
        views = np.stack([stage.shown(product, number) for number in range(options.views)])
        part = target.with_name(f".{target.name}")
        np.savez_compressed(part, views=views, family=np.array(stage.family(product)))
        part.replace(target)
        print(f"{target.name}: {stage.family(product)}", flush=True)


if __name__ == "__main__":
    main()

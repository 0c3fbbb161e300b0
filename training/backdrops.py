"""Renders empty places whose camera and light are known: `python -m training.backdrops --out FOLDER --count 2000`.

Half are sets of the studio, of the kinds on which `benchmarks/backdrop.py` tunes; half are grounds and walls with
things about, as the product finder learns from, seen by a tilted camera. Every picture follows from its seed; shards
are written whole, so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.backdrop import TUNING, key_side
from ecomgen.scenes.studio.adaptation import adapted
from ecomgen.scenes.studio.adaptation.light_match import matched
from ecomgen.scenes.studio.estimation.facts import Facts, Standing
from ecomgen.scenes.studio.estimation.photo_light import PhotoLight
from ecomgen.scenes.studio.picture import exposure, shot_of
from ecomgen.scenes.studio.prompt import wish_for
from ecomgen.scenes.studio.rendering import tone
from ecomgen.scenes.studio.rendering.render import Quality, render
from ecomgen.scenes.studio.rendering.variants import best_variant, load_variant
from ecomgen.scenes.studio.sets import build
from ecomgen.scenes.studio.stage.types import Sun
from ecomgen.scenes.studio.subject import subject_of
from ecomgen.types import Box
from training.render import Stage, _developed
from training.scenes import CROWDS, Camera, Setting, make_setting
from training.scenes.surfaces import Bank, make_bank

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from ecomgen.scenes.studio.stage.types import Stage as Set

SHARD = 20  # pictures
SIDE = 224
FIRST = 5_000_000  # of the seeds, far from those of the other networks' renders and the benchmark's
FOOT = 0.83
WORDS = ("", "", "", "with plants", "in the morning", "golden hour", "at noon", "bright and airy", "dark and moody", "")


@dataclass(frozen=True, kw_only=True)
class Empty:
    """A render without a product; `horizon` in shares of the height, `focal` in heights, `side` of the key -1, 0, 1."""

    pixels: NDArray[np.uint8]
    kind: str
    horizon: float
    focal: float
    side: float


def studio_set(seed: int) -> Empty:
    """A set of the studio, its camera and light by chance."""
    rng = np.random.default_rng([FIRST, seed])
    name = str(rng.choice(TUNING))
    elevation, side = float(rng.choice([rng.uniform(3, 32), rng.uniform(25, 55)], p=(0.8, 0.2))), rng.choice([-1, 1])
    foot, high, wide = rng.uniform(0.72, 0.92), rng.uniform(0.3, 0.62), rng.uniform(0.2, 0.55)
    middle = rng.uniform(0.4, 0.6)
    x0, x1, y0 = middle - wide / 2, middle + wide / 2, foot - high
    box = Box(*(int(share * SIDE) for share in (x0, y0, x1, foot)))
    light = PhotoLight(side=float(side), softness=float(rng.uniform(0.1, 0.9)))
    facts = Facts(standing=Standing(x0=x0, y0=y0, x1=x1, y1=foot, ground=foot), elevation=elevation, light=light)
    variant = best_variant()
    subject = replace(subject_of(np.zeros((SIDE, SIDE, 4), np.uint8), box, facts, variant), product=None)
    shot = shot_of(subject, wish_for(str(rng.choice(WORDS))).settled(name), FIRST + seed)
    stage = adapted(matched(build(shot), shot.wish, facts.light), shot)
    quality = Quality(variant=variant, samples_per_pixel=6)
    made = render(stage, shot.frame, [], quality, seed=seed, tick=lambda _: None)
    seen = made.light * np.float32(exposure(made, stage, shot.frame, subject))
    pixels = tone.developed(
        tone.bloomed(seen), contrast=stage.contrast, saturation=stage.saturation, rng=np.random.default_rng(seed)
    )
    frame = shot.frame
    focal = frame.distance / frame.unit / SIDE
    horizon = frame.ground_row / SIDE - focal * float(np.sin(np.radians(frame.elevation)))
    return Empty(pixels=pixels, kind=name, horizon=horizon, focal=focal, side=lit_side(stage))


def lit_side(stage: Set) -> float:
    """Where the sun stands, whose shadows are the sharpest, else the key."""
    suns = tuple(lamp for lamp in stage.lamps if isinstance(lamp, Sun))
    return key_side(replace(stage, lamps=suns or stage.lamps))


class Places(Stage):
    """The training's stage without a product, seen by a camera of a photographer who sets a table for one."""

    def __init__(self, bank: Bank) -> None:
        super().__init__(bank, size=SIDE, samples=8)

    def empty(self, seed: int) -> Empty:
        import mitsuba_oidn

        load_variant(self._variant)
        rng = np.random.default_rng([FIRST, seed, 1])
        crowd = CROWDS["usual" if rng.random() < 0.5 else "lived"]
        setting = make_setting(FIRST + seed, crowd)
        camera, horizon, focal = _camera(rng)
        setting = replace(setting, product=[], camera=camera)
        self._arrange(setting, rng)
        colour = self._layers(self._photo, 0, self._samples, seed)[..., :3].clip(0, 12)
        guides = self._layers(self._guides, 0, 4, seed)
        layers = (colour, guides[..., :3].clip(0, 1), guides[..., 3:6])
        linear = np.asarray(mitsuba_oidn.denoise(*map(np.ascontiguousarray, layers), hdr=True), np.float32)
        pixels = _developed(linear, rng)
        return Empty(pixels=pixels, kind="place", horizon=horizon, focal=focal, side=_lamp_side(setting))


def _camera(rng: Generator) -> tuple[Camera, float, float]:
    """A tilted camera; with the horizon of one that is not tilted and sees the ground at FOOT as steeply."""
    steep = float(rng.choice([rng.uniform(2, 32), rng.uniform(25, 60)], p=(0.75, 0.25)))
    focal = float(np.exp(rng.uniform(np.log(0.8), np.log(2.4))))  # in heights
    pitch = np.radians(steep) - np.arctan((FOOT - 0.5) / focal)
    around = np.radians(rng.normal(0, 15))
    distance = float(np.exp(rng.uniform(np.log(0.9), np.log(3.5)))) * focal / 1.35
    foot = np.array([rng.normal(0, 0.3), rng.normal(0, 0.3) - 0.2, 0.0])
    back = np.array([np.sin(around), -np.cos(around), 0.0])
    origin = foot + distance * (back * np.cos(np.radians(steep)) + np.array([0, 0, np.sin(np.radians(steep))]))
    target = origin - back * np.cos(pitch) - np.array([0, 0, np.sin(pitch)])
    roll = np.radians(rng.normal(0, 1.5))
    side = np.cross([0, 0, 1.0], back)
    up = np.array([0, 0, np.cos(roll)]) + side * np.sin(roll)
    camera = Camera(
        origin=tuple(origin.tolist()),
        target=tuple(target.tolist()),
        up=tuple(up.tolist()),
        field=float(np.degrees(2 * np.arctan(0.5 / focal))),
        aperture=distance * float(rng.choice([0.001, 0.008, 0.025], p=(0.5, 0.3, 0.2))),
        focus=distance,
    )
    return camera, FOOT - focal * float(np.sin(np.radians(steep))), focal


def _lamp_side(setting: Setting) -> float:
    """Where the lamp stands, as the camera sees it; 0 where the sky outshines it."""
    eye, light = np.array(setting.camera.origin), setting.light
    back = (eye - np.array(setting.camera.target))[:2]
    right = np.array([-back[1], back[0]]) / np.hypot(*back)
    x = float(np.array(light.origin)[:2] @ right)
    if light.size > 3 or abs(x) < 0.35 * np.hypot(*light.origin[:2]):
        return 0.0
    return float(np.sign(x))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=2000)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    load_variant(best_variant())
    places = Places(make_bank(0))
    for number in range(options.count // SHARD):
        file = options.out / f"shard-{number:04d}.npz"
        if file.exists():
            continue
        make = places.empty if number % 2 else studio_set
        made = [make(number * SHARD + one) for one in range(SHARD)]
        part = file.with_name(f".{file.name}")
        np.savez_compressed(
            part,
            pixels=np.stack([one.pixels for one in made]),
            kind=np.array([one.kind for one in made]),
            horizon=np.array([one.horizon for one in made]),
            focal=np.array([one.focal for one in made]),
            side=np.array([one.side for one in made]),
        )
        part.replace(file)
        print(file.name, flush=True)


if __name__ == "__main__":
    main()

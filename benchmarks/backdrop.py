"""Backdrops: how well camera and light are read from photos without a product, by our own renders.

    python benchmarks/backdrop.py [--tuning] [--keep FOLDER] [--each N]

Sets are rendered empty, from known elevations and with the key light on a known side. Asked: the camera's elevation
where a product would stand (with the lens known, as photos tell it in their EXIF, and without), and the light's side.
Sets were divided before anything was looked at; numbers in `backdrop_photo.py` may be chosen by `--tuning`'s only.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from ecomgen.scenes.studio.adaptation import adapted
from ecomgen.scenes.studio.adaptation.light_match import matched
from ecomgen.scenes.studio.declarations.sets import declared
from ecomgen.scenes.studio.estimation import backdrop_photo
from ecomgen.scenes.studio.estimation.facts import Facts, Standing
from ecomgen.scenes.studio.estimation.photo_light import PhotoLight
from ecomgen.scenes.studio.picture import exposure, shot_of
from ecomgen.scenes.studio.primitives.types import Stage, Sun
from ecomgen.scenes.studio.prompt import wish_for
from ecomgen.scenes.studio.rendering import tone, variants
from ecomgen.scenes.studio.rendering.render import Quality, render
from ecomgen.scenes.studio.sets import build
from ecomgen.scenes.studio.subject import subject_of
from ecomgen.types import Backdrop, Box

GROUNDLESS, NEWER = ("clouds", "flatlay"), ("stone",)  # without a ground; made after the others were divided
SETS = [name for name in sorted(declared()) if name not in (*GROUNDLESS, *NEWER)]
TUNING, HELD_OUT = SETS[0::2], SETS[1::2]
SIDE, FOOT = 320, 0.83
CLOSE, SIDEWAYS = 3.0, 0.35  # degrees; the least share of a key's direction that is a side


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A render; `side` is -1, 1 or 0 where the key is on none, `focal` in widths of the picture."""

    name: str
    pixels: np.ndarray
    elevation: float
    focal: float
    side: float


def rendered(name: str, seed: int) -> Sample:
    """A set without a product, its camera and light by chance."""
    rng = np.random.default_rng([seed, SETS.index(name)])
    elevation, side = float(rng.uniform(5, 30)), float(rng.choice([-1, 1]))
    box = Box(int(0.3 * SIDE), int(0.33 * SIDE), int(0.7 * SIDE), int(FOOT * SIDE))
    standing = Standing(x0=0.3, y0=0.33, x1=0.7, y1=FOOT, ground=FOOT)
    facts = Facts(standing=standing, elevation=elevation, light=PhotoLight(side=side))
    variant = variants.best_variant()
    subject = replace(subject_of(np.zeros((SIDE, SIDE, 4), np.uint8), box, facts, variant), product=None)
    shot = shot_of(subject, wish_for("").with_place(name), seed)
    stage = adapted(matched(build(shot), shot.wish, facts.light), shot)
    quality = Quality(variant=variant, samples_per_pixel=12)
    made = render(stage, shot.frame, [], quality, seed=seed, tick=lambda _: None)
    light = made.light * np.float32(exposure(made, stage, shot.frame, subject))
    grain = np.random.default_rng(seed)
    pixels = tone.developed(tone.bloomed(light), contrast=stage.contrast, saturation=stage.saturation, rng=grain)
    focal = shot.frame.distance / shot.frame.unit / SIDE
    return Sample(name=name, pixels=pixels, elevation=shot.frame.elevation, focal=focal, side=key_side(stage))


def key_side(stage: Stage) -> float:
    """Where the first lamp, the key, stands."""
    if not stage.lamps:
        return 0.0
    key = stage.lamps[0]
    x, _, z = key.towards if isinstance(key, Sun) else key.position
    return float(np.sign(x)) if abs(x) > SIDEWAYS * np.hypot(x, z) else 0.0


def measured(sample: Sample) -> dict[str, Any]:
    """What is read of it, beside the truth."""
    known = backdrop_photo.read(Backdrop(pixels=sample.pixels, focal=sample.focal), {})
    guessed = backdrop_photo.read(Backdrop(pixels=sample.pixels), {})
    size = (SIDE, SIDE)
    side = 0.0 if known.azimuth is None else float(np.sign(known.azimuth))
    return {
        "set": sample.name,
        "elevation": round(sample.elevation, 1),
        "read": round(known.elevation(FOOT, size), 1),
        "lens_guessed": round(guessed.elevation(FOOT, size), 1),
        "unsure": {"read": known.unsure, "lens_guessed": guessed.unsure},
        "side": sample.side,
        "side_read": side,
    }


def told(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures of a list of renders."""
    lit = [row for row in rows if row["side"]]
    sure = [row for row in lit if row["side_read"]]
    found: dict[str, Any] = {"renders": len(rows)}
    for kind in ("read", "lens_guessed"):
        away = np.array([abs(row[kind] - row["elevation"]) for row in rows])
        unsure = np.array([row["unsure"][kind] for row in rows])
        found[kind] = {
            "within 3 degrees": round(float((away <= CLOSE).mean()), 3),
            "median error": round(float(np.median(away)), 1),
            "told to be unsure": round(float(unsure.mean()), 3),
            "within 3 degrees of the sure, of the unsure": [
                round(float((away[part] <= CLOSE).mean()), 3) if part.any() else None for part in (~unsure, unsure)
            ],
        }
    right = sum(row["side_read"] == row["side"] for row in sure)
    found["side"] = {"told": f"{len(sure)} of {len(lit)}", "right where told": round(right / max(len(sure), 1), 3)}
    return found


def kept(folder: Path, name: str, seed: int) -> Sample:
    """A render of an earlier call, or a new one."""
    picture, truth = folder / f"{name}-{seed}.png", folder / f"{name}-{seed}.json"
    if truth.exists():
        with Image.open(picture) as opened:
            return Sample(name=name, pixels=np.asarray(opened), **json.loads(truth.read_text()))
    sample = rendered(name, seed)
    Image.fromarray(sample.pixels).save(picture)
    truth.write_text(json.dumps({part: getattr(sample, part) for part in ("elevation", "focal", "side")}))
    return sample


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tuning", action="store_true")
    parser.add_argument("--each", type=int, default=3)
    parser.add_argument("--keep", type=Path, default=Path("outputs/backdrop"))
    asked = parser.parse_args()
    asked.keep.mkdir(parents=True, exist_ok=True)
    names = TUNING if asked.tuning else HELD_OUT
    rows = [measured(kept(asked.keep, name, seed)) for name in names for seed in range(asked.each)]
    for row in rows:
        print(json.dumps(row))
    print(json.dumps(told(rows), indent=2))


if __name__ == "__main__":
    main()

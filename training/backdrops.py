"""Renders empty places whose camera and light are known: `python -m training.backdrops --out FOLDER --shards 120`.

Two shards in three are sets of the studio, of kinds that `benchmarks/backdrop.py` does not hold out, often with parts
that they usually do not have. Building a set takes longest, so that each is seen by several cameras; it is rendered
without LLVM, whose kernels are compiled anew for nearly every set. The third shard is grounds and walls with things
about, as the product finder learns from, seen by tilted cameras. Every picture follows from its seed; shards are
written whole, so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks.backdrop import NEWER, TUNING, key_side
from ecomgen.scenes.studio.adaptation import adapted
from ecomgen.scenes.studio.adaptation.light_match import matched
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.estimation.facts import Facts, Standing
from ecomgen.scenes.studio.estimation.photo_light import PhotoLight
from ecomgen.scenes.studio.picture import exposure, shot_of
from ecomgen.scenes.studio.primitives.types import Stage as Set
from ecomgen.scenes.studio.primitives.types import Sun
from ecomgen.scenes.studio.prompt import wish_for
from ecomgen.scenes.studio.rendering import tone
from ecomgen.scenes.studio.rendering.render import Quality, render
from ecomgen.scenes.studio.rendering.variants import SAFE, best_variant, load_variant
from ecomgen.scenes.studio.sets import build
from ecomgen.scenes.studio.stage.frame import Frame, frame_for
from ecomgen.scenes.studio.subject import Subject, subject_of
from ecomgen.types import Box
from training.render import Stage, _developed
from training.scenes import CROWDS, Camera, Setting, make_setting
from training.scenes.surfaces import Bank, make_bank

SETS, PLACES = 7, 10  # of a shard, which has either; no more sets than places, by which seeds are counted
SIDE = 224
FIRST = 5_000_000  # of the seeds, far from those of the other networks' renders and the benchmark's
FOOT = 0.83
VIEWS, STEEPER, TRIES = 3, 7.0, 20  # of every set; degrees by which they are from higher or lower; draws of each
PLACE_VIEWS, SAMPLES = 2, 6  # of a ground with a wall; a pixel
BEYOND = 0.4  # of a backdrop's sides: what is added for the other views
LEARNT = (*TUNING, *NEWER)
OTHERWISE = 0.6  # of the sets are not as they usually are; then each of a set's parts with CHANGED
CHANGED = 0.3
PARTS = {
    "surface": (
        *("oak", "walnut", "pine", "birch", "weathered", "white", "black", "marble", "travertine", "slate", "granite"),
        *("concrete", "stone", "plaster", "linen", "cotton", "gingham", "striped", "knit", "denim", "velvet", "paper"),
        *(
            "terrazzo",
            "tiles",
            "mosaic",
            "brick",
            "mirror",
            "steel",
            "acrylic",
            "wet",
            "sand",
            "soil",
            "moss",
            "leaves",
        ),
    ),
    "support": ("table", "podium", "steps", "slab", "block", "board", "crate", "stump", "cushion", "ground"),
    "wall": ("paint", "brick", "wood", "stone", "tiles", "concrete", "plaster", "hanging", "greenery", "marble"),
    "background": (
        *("dunes", "wheat", "sunflowers", "woods", "pines", "bamboo", "jungle", "lake", "sea", "mountains", "bokeh"),
        *("greenhouse", "tower", "tent", "olives", "vines", "clouds"),
    ),
    "furniture": ("shelves", "sofa", "sideboard", "plant", "washstand", "bar", "window"),
    "time": ("morning", "noon", "golden", "dusk", "night"),
    "weather": ("clear", "cloudy", "foggy", "overcast"),
    "hardness": ("soft", "hard", "dappled"),
}
"""What a set may have besides what it usually has; of no set on which the benchmark does not tune."""
COLOURED = "surface_colour", "backdrop_colour", "prop_colour"
SEVERAL = "background", "furniture"
WORDS = ("", "", "", "", "with plants", "bright and airy", "dark and moody", "minimalist", "rustic", "pastel", "cozy")


@dataclass(frozen=True, kw_only=True)
class Empty:
    """A render without a product; `horizon` in shares of the height, `focal` in heights, `side` of the key -1, 0, 1."""

    pixels: NDArray[np.uint8]
    kind: str
    horizon: float
    focal: float
    side: float


def studio_set(seed: int) -> list[Empty]:
    """A set of the studio, its light and the first of its cameras by chance; the others see the same set."""
    rng = np.random.default_rng([FIRST, seed])
    name = str(rng.choice(LEARNT))
    elevation, side = float(rng.choice([rng.uniform(3, 32), rng.uniform(25, 55)], p=(0.8, 0.2))), rng.choice([-1, 1])
    standing = _standing(rng)
    light = PhotoLight(side=float(side), softness=float(rng.uniform(0.1, 0.9)))
    facts = Facts(standing=standing, elevation=elevation, light=light)
    subject = replace(subject_of(np.zeros((SIDE, SIDE, 4), np.uint8), _box(standing), facts, SAFE), product=None)
    shot = shot_of(subject, _wish(rng).with_place(name), FIRST + seed)
    stage = adapted(matched(build(shot), shot.wish, facts.light), shot)
    frames = [shot.frame, *(_frame(shot.frame, rng) for _ in range(VIEWS - 1))]
    return [
        _taken(_seen_from(stage, shot.frame, frame), frame, subject, name, VIEWS * seed + number)
        for number, frame in enumerate(frames)
    ]


def _wish(rng: Generator) -> Wish:
    """Words, and often parts that the set does not usually have: kinds of sets are few."""
    wish = wish_for(str(rng.choice(WORDS)))
    if rng.random() > OTHERWISE:
        return wish
    parts = {name: str(rng.choice(choices)) for name, choices in PARTS.items() if rng.random() < CHANGED}
    colours = {name: f"#{rng.integers(1 << 24):06x}" for name in COLOURED if rng.random() < CHANGED}
    return replace(wish, **{name: (part,) if name in SEVERAL else part for name, part in parts.items()}, **colours)


def _standing(rng: Generator) -> Standing:
    """Where a product would stand."""
    foot, high, wide = rng.uniform(0.72, 0.92), rng.uniform(0.3, 0.62), rng.uniform(0.2, 0.55)
    middle = rng.uniform(0.4, 0.6)
    return Standing(x0=middle - wide / 2, y0=foot - high, x1=middle + wide / 2, y1=foot, ground=foot)


def _box(standing: Standing) -> Box:
    return Box(*(int(share * SIDE) for share in (standing.x0, standing.y0, standing.x1, standing.y1)))


def _frame(first: Frame, rng: Generator) -> Frame:
    """Another camera before the set that was built for the `first`, which does not look far beside it."""
    tries = [_frame_like(first, rng) for _ in range(TRIES)]
    return next((frame for frame in tries if _within(frame, first)), first)


def _frame_like(first: Frame, rng: Generator) -> Frame:
    standing, steep = _standing(rng), float(np.clip(first.elevation + rng.normal(0, STEEPER), 2, 55))
    return frame_for(SIDE, SIDE, _box(standing), standing.ground * SIDE, elevation=steep)


def _within(frame: Frame, first: Frame) -> bool:
    """Whether a camera sees little that the first does not see: beside it, above it and nearer to it."""
    aside, above = frame.right / frame.distance, (frame.top - frame.eye) / frame.distance
    usual, usual_above = first.right / first.distance, (first.top - first.eye) / first.distance
    return aside < 1.25 * usual and above < usual_above + 0.35 * usual and frame.nearest < 1.1 * first.nearest + 0.1


def _seen_from(stage: Set, first: Frame, frame: Frame) -> Set:
    """The stage; its backdrop, painted for the `first` frame, is as far off and has its horizon at this one's eye."""
    behind = stage.backdrop
    if behind is None:
        return stage
    more, aside = (int(BEYOND * side) for side in behind.picture.shape[:2])
    higher = np.pad(behind.picture, ((more, 0), (0, 0), (0, 0)), "edge")
    wide, high = BEYOND * (behind.right - behind.left), BEYOND * (behind.top - behind.bottom)
    scale = first.spread(-behind.depth) / frame.spread(-behind.depth)
    moved = replace(
        behind,
        picture=np.pad(higher, ((0, 0), (aside, aside), (0, 0)), "reflect"),
        left=scale * (behind.left - wide),
        right=scale * (behind.right + wide),
        bottom=frame.eye + scale * (behind.bottom - first.eye),
        top=frame.eye + scale * (behind.top + high - first.eye),
    )
    return replace(stage, backdrop=moved)


def _taken(stage: Set, frame: Frame, subject: Subject, kind: str, seed: int) -> Empty:
    """The picture of a frame."""
    import mitsuba_oidn

    quality = Quality(variant=SAFE, samples_per_pixel=SAMPLES, denoise=False)
    made = render(stage, frame, [], quality, seed=seed, tick=lambda _: None)
    layers = np.ascontiguousarray(made.light, np.float32), np.ascontiguousarray(made.albedo, np.float32)
    clean = np.asarray(mitsuba_oidn.denoise(*layers, hdr=True, quality=mitsuba_oidn.Quality.Fast), np.float32)
    seen = clean * np.float32(exposure(made, stage, frame, subject))
    pixels = tone.developed(
        tone.bloomed(seen), contrast=stage.contrast, saturation=stage.saturation, rng=np.random.default_rng(seed)
    )
    focal = frame.distance / frame.unit / SIDE
    horizon = frame.ground_row / SIDE - focal * float(np.sin(np.radians(frame.elevation)))
    return Empty(pixels=pixels, kind=kind, horizon=horizon, focal=focal, side=lit_side(stage))


def lit_side(stage: Set) -> float:
    """Where the sun stands, whose shadows are the sharpest, else the key."""
    suns = tuple(lamp for lamp in stage.lamps if isinstance(lamp, Sun))
    return key_side(replace(stage, lamps=suns or stage.lamps))


class Places(Stage):
    """The training's stage without a product, seen by cameras of photographers who set a table for one."""

    def __init__(self, bank: Bank) -> None:
        super().__init__(bank, size=SIDE, samples=8)

    def views(self, seed: int) -> list[Empty]:
        """One place, seen by several cameras."""
        load_variant(self._variant)
        rng = np.random.default_rng([FIRST, seed, 1])
        crowd = CROWDS["usual" if rng.random() < 0.5 else "lived"]
        setting = replace(make_setting(FIRST + seed, crowd), product=[])
        self._arrange(setting, rng)
        return [self._view(setting, PLACE_VIEWS * seed + number, rng) for number in range(PLACE_VIEWS)]

    def _view(self, setting: Setting, seed: int, rng: Generator) -> Empty:
        import mitsuba_oidn

        camera, horizon, focal = _camera(rng)
        self._put_camera(self._lenses[0], camera)
        colour = self._layers(self._photo, 0, self._samples, seed)[..., :3].clip(0, 12)
        guides = self._layers(self._guides, 0, 4, seed)
        layers = (colour, guides[..., :3].clip(0, 1), guides[..., 3:6])
        linear = np.asarray(mitsuba_oidn.denoise(*map(np.ascontiguousarray, layers), hdr=True), np.float32)
        side = _lamp_side(replace(setting, camera=camera))
        return Empty(pixels=_developed(linear, rng), kind="place", horizon=horizon, focal=focal, side=side)


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
    parser.add_argument("--shards", type=int, default=200)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    load_variant(best_variant())
    places = Places(make_bank(0))
    for number in range(options.shards):
        file = options.out / f"shard-{number:04d}.npz"
        if file.exists():
            continue
        views, count = (places.views, PLACES) if number % 3 == 2 else (studio_set, SETS)
        made = [one for seed in range(number * PLACES, number * PLACES + count) for one in views(seed)]
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

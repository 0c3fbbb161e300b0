"""Relighting: how near a product comes to what it would look like in the set, by rendered truth.

    python benchmarks/relight.py [--tuning | --earlier] [--keep FOLDER] [--out FILE.json]

Each product is rendered in a photographer's light, as its photo, and in each set, as the truth. What is asked: how far
is the photo's product from the truth when it is left alone, with `--harmonise product`, with `--relight`, and with the
latter where the photo's light is known instead of read? Errors are root mean squares of linear light over the product,
all of it and what is left when it is blurred; told is their ratio to leaving it alone: below 1 is better. Families and
sets were divided before anything was looked at; numbers in `relighting.py` may be chosen by `--tuning`'s, never by the
others. `--keep` keeps the renders for another try.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_linear
from ecomgen.compositing import tone as harmony
from ecomgen.scenes.studio import relighting, sets
from ecomgen.scenes.studio.adaptation import adapted
from ecomgen.scenes.studio.adaptation.light_match import matched
from ecomgen.scenes.studio.estimation.facts import facts_of
from ecomgen.scenes.studio.estimation.photo_light import PhotoLight
from ecomgen.scenes.studio.picture import exposure, shot_of
from ecomgen.scenes.studio.primitives import shapes
from ecomgen.scenes.studio.primitives.types import Dome, Material, Stage, Thing
from ecomgen.scenes.studio.prompt import wish_for
from ecomgen.scenes.studio.rendering import stage_cache, tone, variants
from ecomgen.scenes.studio.rendering.render import Quality, render
from ecomgen.scenes.studio.stage import lights
from ecomgen.scenes.studio.stage.frame import Frame, frame_for
from ecomgen.scenes.studio.subject import subject_of
from ecomgen.scenes.studio.work import Work
from ecomgen.types import Box, Canvas, Instance, Placement, SceneRequest, View, silent
from training.products import make_product
from training.products.finishes import Finish, Part

TUNING = (
    ("can", "backpack", "creature", "vase", "handbag", "lunchbox"),
    ("snow", "by a window on oak", "neon at night", "beach at golden hour", "pink podium", "moss forest"),
)
HELD_OUT = (
    ("jar", "hat", "kettle", "doll", "car", "radio"),
    (
        "white bathroom in daylight",
        "desk by a lamp in the evening",
        "mountain lake at dawn",
        "terrace at dusk",
        "red velvet",
        "pool at noon",
        "bookshelf in warm lamplight",
        "autumn forest at golden hour",
        "rainy city street at night",
        "sweep of white paper, soft light",
        "jungle in the afternoon",
        "birthday table with candles",
    ),
)
EARLIER = (
    ("bottle", "shoes", "teapot", "carton", "bird", "suitcase"),
    (
        "by candlelight on a wooden table",
        "night street with neon lights",
        "marble kitchen",
        "golden hour meadow",
        "winter forest in snow",
        "living room by a large window",
        "desert sand at noon",
        "blue podium with a spotlight",
        "lawn in the morning",
        "cafe table",
        "christmas",
        "sunset lake",
    ),
)
SIDE, SAMPLES, ELEVATION = 160, 32, 12.0
LOW = 0.06  # of the picture's side, that blurs detail away
WAYS = ("harmonise", "relight", "known")

Case = dict[str, Any]
Values = NDArray[np.floating[Any]]


def product(family: str, seed: int) -> list[Thing]:
    """One of a family as things of the studio: a unit large, its foot's front at the origin."""
    _, parts = make_product(np.random.default_rng([seed, 77]), family=family)
    points = np.concatenate([part.mesh.points for part in parts])
    low, high = points.min(0), points.max(0)
    factor = 1 / max(high[0] - low[0], high[2] - low[2])
    rng = np.random.default_rng(seed)
    return [_thing(part, factor, (low, high), rng) for part in parts]


def _thing(part: Part, factor: float, ends: tuple[Values, Values], rng: np.random.Generator) -> Thing:
    low, high = ends
    x, y, z = ((part.mesh.points - [(low[0] + high[0]) / 2, low[1], low[2]]) * factor).T
    mesh = part.mesh
    shape = shapes.Shape(
        points=np.stack([x, z, -y], -1).astype(np.float32), faces=mesh.faces, uv=mesh.uv, smooth=mesh.smooth
    )
    return Thing(shape, _material(part.finish, rng))


def _material(finish: Finish, rng: np.random.Generator) -> Material:
    colours = to_linear(np.asarray(finish.colours, np.float32)) * 0.95
    plain = finish.pattern == "plain"
    cells = np.zeros((12, 12), int) if plain else rng.integers(len(colours), size=(12, 12))
    texture = np.kron(colours[cells], np.ones((8, 8, 1))).astype(np.float32)
    return Material(texture, roughness=max(finish.roughness, 0.12), metallic=finish.metal)


def studio(seed: int) -> Stage:
    """A photographer's light, drawn by chance: one lamp from some side, more or less fill, grey ground and wall."""
    rng = np.random.default_rng([seed, 5])
    direction = lights.towards(float(rng.choice([-1, 1])), azimuth=rng.uniform(10, 75), height=rng.uniform(25, 65))
    colour, fill = lights.kelvin(rng.uniform(4300, 6800)), rng.uniform(0.2, 0.6)
    key = lights.softbox(direction, size=rng.uniform(0.5, 3), strength=np.pi * (1 - fill), colour=colour)
    dome = Dome(**{name: lights.dimmed(colour, fill * share) for name, share in ROUND.items()})
    grey = Material((rng.uniform(0.3, 0.85),) * 3)
    ground = Thing(shapes.ground(-6, 6, 3, -4), grey)
    wall = Thing(shapes.wall(-6, 6, 0, 6, -4), grey)
    return Stage(things=(ground, wall), lamps=(key,), dome=dome, aperture=0.0, exposure=rng.uniform(-0.35, 0.15))


ROUND = {"zenith": 1.1, "horizon": 0.9, "nadir": 0.6}


def shown(things: Sequence[Thing], frame: Frame, quality: Quality) -> NDArray[np.uint8]:
    """How much of each pixel the product covers, HxW."""
    white = [replace(one, material=Material((1, 1, 1))) for one in things]
    around = Dome(zenith=(1, 1, 1), horizon=(1, 1, 1), nadir=(1, 1, 1))
    covered = render(
        Stage(things=(), lamps=(), dome=around, aperture=0.0), frame, white, quality, seed=0, tick=_unheard
    ).albedo.mean(-1)
    return np.round(255 * np.clip(covered, 0, 1)).astype(np.uint8)


def _unheard(_: float) -> None:
    pass


def developing(stage: Stage) -> float:
    """What the photographer's camera makes of light: white, level ground is nearly white."""
    return float(0.85 * 2**stage.exposure / stage.brightness())


def photographed(family: str, seed: int, quality: Quality) -> tuple[list[Thing], Placement, View]:
    """The product, its photo placed on a canvas as it was taken, and the photo."""
    things = product(family, seed)
    box = Box(*(round(share * SIDE) for share in (0.2, 0.2, 0.8, 0.8)))
    frame = frame_for(SIDE, SIDE, box, box.y1, elevation=ELEVATION)
    alpha = shown(things, frame, quality)
    stage = studio(seed)
    light = render(stage, frame, things, quality, seed=seed, tick=_unheard).light
    photo = tone.developed(developing(stage) * light, rng=None)
    rows, columns = np.nonzero(alpha > 127)
    seen = Box(int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)
    placed = Placement(
        canvas=Canvas(width=SIDE, height=SIDE),
        product=np.dstack([photo, alpha]),
        box=seen,
        scale=1.0,
        contact_y=box.y1,
    )
    return things, placed, View(pixels=photo, mask=alpha > 127)


def case(family: str, prompt: str, seed: int, quality: Quality) -> Case:
    """What relighting is given, and the truth."""
    things, placed, view = photographed(family, seed, quality)
    given = {"camera_elevation": ELEVATION, "camera_elevation_spread": 0.0}
    asked = SceneRequest(prompt=prompt, placement=placed, seeds=(seed,), parameters=given, views=(view,))
    facts = facts_of(asked)
    subject = subject_of(placed.product, placed.box, facts, quality.variant)
    box = Box(*(round(share * SIDE) for share in (0.2, 0.2, 0.8, 0.8)))
    frame = frame_for(SIDE, SIDE, box, box.y1, elevation=ELEVATION)
    shot = replace(shot_of(subject, wish_for(prompt), seed), frame=frame)
    stage = adapted(matched(stage_cache.built(shot, sets.build), shot.wish, facts.light), shot)
    rendered = render(stage, frame, things, quality, seed=seed, tick=_unheard)
    gain = exposure(rendered, stage, frame, subject)
    truth = tone.developed(rendered.light * gain, contrast=stage.contrast, saturation=stage.saturation, rng=None)
    work = Work(number=0, count=1, seed=seed, quality=quality, report=silent)
    ball = gain * relighting.light_of(stage, frame, work)
    light, taken_in = facts.light, studio(seed)
    return {
        "product": placed.product,
        "truth": truth,
        "box": list(placed.box),
        "ball": ball,
        "known": developing(taken_in) * relighting.light_of(taken_in, frame, work),
        "light": [light.side, light.softness, light.kelvin, light.level],
        "tones": [stage.contrast, stage.saturation],
    }


def read(one: Case) -> Values:
    """The light that was read from the photo, 9x3."""
    side, softness, kelvin, level = (float(value) for value in one["light"])
    return relighting.assumed(PhotoLight(side=side, softness=softness, kelvin=kelvin, level=level))


def relit(one: Case, photo: Values) -> NDArray[np.uint8]:
    """The product of a `photo` in that light in the set's light, at full strength."""
    from ecomgen.compositing.relight import relight

    box, tones = Box(*(int(edge) for edge in one["box"])), tuple(float(value) for value in one["tones"])
    found = relighting.gains(one["product"], box, one["ball"], photo, tones)
    return relight(one["product"], (found,), (Instance(box=box),), 1.0)[0]


def harmonised(one: Case) -> NDArray[np.uint8]:
    change = harmony.inverse(harmony.between(one["product"], one["truth"]))
    return one["product"] if change.is_none else change.on(one["product"])


def errors(pixels: NDArray[np.uint8], one: Case) -> tuple[float, float]:
    """Root mean squares over the product, of low frequencies and of all."""
    import cv2

    inside = one["product"][..., 3] > 250
    apart = (to_linear(pixels[..., :3]) - to_linear(one["truth"])) * inside[..., None]
    weight = cv2.GaussianBlur(inside.astype(np.float32), (0, 0), LOW * SIDE)[..., None]
    low = cv2.GaussianBlur(apart, (0, 0), LOW * SIDE) / np.maximum(weight, 1e-3)
    return tuple(float(np.sqrt(np.square(part[inside]).mean())) for part in (low, apart))  # type: ignore[return-value]


def cases(families: Sequence[str], prompts: Sequence[str], keep: Path | None) -> list[tuple[str, str, Case]]:
    """Every product in every set, rendered or as they were kept."""
    quality = Quality(variant=variants.usable("scalar_rgb"), samples_per_pixel=SAMPLES)
    found = []
    for prompt in prompts:
        for number, family in enumerate(families):
            path = keep and keep / f"{family}-{prompt.replace(' ', '_')}.npz"
            if path and path.exists():
                one = dict(np.load(path))
            else:
                one = case(family, prompt, number + 1, quality)
                if path:
                    np.savez_compressed(path, **one)
            found.append((family, prompt, one))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--tuning", action="store_true", help="the products and sets by which numbers may be chosen")
    asked.add_argument("--earlier", action="store_true", help="those that were held out before")
    parser.add_argument("--keep", type=Path, help="a folder for the renders")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
    rows = []
    chosen = TUNING if arguments.tuning else EARLIER if arguments.earlier else HELD_OUT
    for family, prompt, one in cases(*chosen, arguments.keep):
        alone = errors(one["product"], one)
        ways = [errors(pixels, one) for pixels in (harmonised(one), relit(one, read(one)), relit(one, one["known"]))]
        rows.append({"family": family, "set": prompt, "untouched": alone, **dict(zip(WAYS, ways, strict=True))})
    table = {name: summary(rows, name) for name in WAYS}
    print(f"{'':34}{'low':>8}{'all':>8}{'worst':>8}{'worse':>8}")
    for name, told in table.items():
        print(f"{name:34}" + "".join(f"{value:8.2f}" for value in told.values()))
    for prompt in dict.fromkeys(row["set"] for row in rows):
        of = [row for row in rows if row["set"] == prompt]
        print(f"{prompt:34}" + "".join(f"{name} {summary(of, name)['low']:.2f}  " for name in WAYS))
    if arguments.out:
        arguments.out.write_text(json.dumps({"table": table, "rows": rows}, indent=1))


def summary(rows: Sequence[dict[str, Any]], name: str) -> dict[str, float]:
    """Summed errors as shares of leaving alone; the worst case's, and the share of cases worse by more than 5 %."""
    kept, alone = (np.array([row[key] for row in rows]) for key in (name, "untouched"))
    each = kept[:, 0] / alone[:, 0]
    low, whole = (float(kept[:, n].sum() / alone[:, n].sum()) for n in (0, 1))
    return {"low": low, "all": whole, "worst": float(each.max()), "worse": float((each > 1.05).mean())}


if __name__ == "__main__":
    main()

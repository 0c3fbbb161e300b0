"""The studio: what its scene step costs against a bare render, how clean its pictures are, how much it understands.

    python benchmarks/studio.py [--size 1024] [--clean 512] [--look 128] [--cpu] [--out FILE.json] [PROMPTS...]

PROMPTS are text files with one prompt a line. Always read are benchmarks/studio_prompts.txt, studio_trades.txt and
studio_product_prompts.txt, which begin with a product's name, for which words were added (before, 75 % of the second's
and 68 % of the third's changed the scene), and studio_held_out*.txt, for which no word was ever added: keep it so, or
write another. The product is a plain can, drawn here, so that nothing but the project is needed. Close other programs
first, or measure processor time (--cpu).
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio import sets
from ecomgen.scenes.studio.backend import StudioBackend
from ecomgen.scenes.studio.declarations.vocabulary import vocabulary
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.estimation.facts import facts_of
from ecomgen.scenes.studio.picture import shot_of
from ecomgen.scenes.studio.primitives.types import Thing
from ecomgen.scenes.studio.prompt import parse, wish_for
from ecomgen.scenes.studio.rendering import mitsuba_scene, variants
from ecomgen.scenes.studio.rendering.render import Quality, render
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.subject import subject_of
from ecomgen.types import Box, Canvas, Placement, SceneRequest, silent

SETS = ("window", "podium", "beach", "garden", "kitchen", "fabric", "lake", "night", "snow", "cafe")
FEW = ("window", "beach", "forest", "snow", "night")
RANGES, WIDTHS = ("window", "beach", "forest"), (0.44, 0.48, 0.52)
READ = sorted({*Path(__file__).parent.glob("studio_*.txt")} - {*Path(__file__).parent.glob("studio_held_out*.txt")})
HELD_OUT = sorted(Path(__file__).parent.glob("studio_held_out*.txt"))


def can(size: int) -> Placement:
    """A blue cylinder with a soft edge, standing in the middle of a square canvas."""
    y, x = (np.mgrid[:size, :size] + 0.5) / size
    foot = 0.80 + 0.03 * np.sqrt(np.clip(1 - ((x - 0.5) / 0.16) ** 2, 0, 1))
    inside = np.minimum.reduce([0.16 - np.abs(x - 0.5), y - 0.25, foot - y]) * size
    shade = 0.45 + 0.55 * np.sqrt(np.clip(1 - ((x - 0.5) / 0.16) ** 2, 0, 1))
    product = np.empty((size, size, 4), np.uint8)
    product[..., :3] = (shade[..., None] * (60, 140, 215)).astype(np.uint8)
    product[..., 3] = np.round(np.clip(inside + 0.5, 0, 1) * 255)
    box = Box(int(0.34 * size), int(0.25 * size), int(np.ceil(0.66 * size)), int(np.ceil(0.83 * size)))
    return Placement(canvas=Canvas(width=size, height=size), product=product, box=box, scale=1.0, contact_y=box.y1)


def picture(backend: StudioBackend, place: str, size: int, *, seed: int = 1, **parameters: object) -> NDArray[np.uint8]:
    asked = SceneRequest(
        prompt=WORDS.get(place, place), placement=can(size), seeds=(seed,), parameters=parameters, product="can"
    )
    (scene,) = backend.make(asked, silent)
    return scene.pixels


def set_up(placement: Placement, wish: Wish, *, variant: str) -> tuple[Shot, list[Thing]]:
    """The shot of a picture and the product's stand-in: what a set is built for and rendered with."""
    request = SceneRequest(prompt="", placement=placement, seeds=(1,), parameters={})
    subject = subject_of(placement.product, placement.box, facts_of(request), variant)
    shot = shot_of(subject, wish, 1)
    return shot, subject.stand_ins(shot.frame)


Clock = Callable[[], float]
WORDS = {"garden": "park", "lake": "pond", "night": "neon", "forest": "moss forest"}


def seconds(work: Callable[[], object], clock: Clock, repeats: int = 3) -> float:
    """The shortest time of a call, after a first one that warms up."""
    taken = [lasting(work, clock) for _ in range(repeats + 1)]
    return min(taken[1:])


def lasting(work: Callable[[], object], clock: Clock) -> float:
    """The time of one call."""
    start = clock()
    work()
    return clock() - start


def bare(place: str, size: int, variant: str, samples: int, clock: Clock) -> float:
    """The time of one `mi.render` with all samples and one denoising, of the scene already loaded.

    Plain Mitsuba: its path tracer, with the eight samples of the surfaces that a denoiser needs.
    """
    import mitsuba_oidn

    mi = variants.load_variant(variant)
    shot, extra = set_up(can(size), wish_for(WORDS.get(place, place)), variant=variant)
    stage = sets.build(shot)
    scene = mitsuba_scene.scene(mi, stage, shot.frame, extra)
    sensor = mitsuba_scene.sensor(mi, shot.frame, stage.aperture, Box(0, 0, size, size), samples)
    path = mi.load_dict({"type": "path", "max_depth": 5})
    surface = mitsuba_scene.surface_integrator(mi, "albedo")

    def work() -> None:
        light = np.asarray(mi.render(scene, sensor=sensor, integrator=path, spp=samples))
        guide = np.clip(np.asarray(mi.render(scene, sensor=sensor, integrator=surface, spp=8)), -1, 1)
        albedo, normal = np.ascontiguousarray(guide[..., :3]), np.ascontiguousarray(guide[..., 3:])
        mitsuba_oidn.denoise(np.ascontiguousarray(light), np.clip(albedo, 0, 1), normal, hdr=True)

    return seconds(work, clock)


def cost(backend: StudioBackend, size: int, samples: int, clock: Clock) -> dict[str, float]:
    """The scene step against the bare render, for a set made before and for a new one."""
    variant = str(backend.resolved()["variant"])
    seeds = itertools.count(2)
    again = seconds(lambda: picture(backend, "window", size, samples_per_pixel=samples), clock)
    anew = seconds(lambda: picture(backend, "window", size, seed=next(seeds), samples_per_pixel=samples), clock)
    least = bare("window", size, variant, samples, clock)
    return {"scene step / bare render": again / least, "the same, another seed": anew / least}


def bowl(size: int, width: float = 0.48) -> Placement:
    """A red bowl, `width` of the canvas wide, standing where the can stands."""
    y, x = (np.mgrid[:size, :size] + 0.5) / size
    half = 0.5 * width * (0.45 + 0.55 * np.sqrt(np.clip((0.81 - y) / 0.31, 0, 1)))
    foot = 0.81 + 0.02 * np.sqrt(np.clip(1 - ((x - 0.5) / (0.22 * width)) ** 2, 0, 1))
    inside = np.minimum.reduce([half - np.abs(x - 0.5), y - 0.5, foot - y]) * size
    product = np.full((size, size, 4), (200, 70, 50, 0), np.uint8)
    product[..., 3] = np.round(np.clip(inside + 0.5, 0, 1) * 255)
    rows, columns = (np.flatnonzero(product[..., 3].any(axis)) for axis in (1, 0))
    box = Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    return Placement(canvas=Canvas(width=size, height=size), product=product, box=box, scale=1.0, contact_y=box.y1)


@dataclass(frozen=True)
class Range:
    """Products in the set of the can: each as a whole render, or in the set that is rendered once for all of them."""

    backend: StudioBackend
    place: str
    size: int
    samples: int

    def first(self, seed: int) -> NDArray[np.uint8]:
        """The can, in a set of its own."""
        return picture(self.backend, self.place, self.size, seed=seed, samples_per_pixel=self.samples)

    def further(self, product: Placement, *, shared: bool, seed: int = 1) -> NDArray[np.uint8]:
        prompt, samples = WORDS.get(self.place, self.place), {"samples_per_pixel": self.samples}
        asked = SceneRequest(
            prompt=prompt, placement=can(self.size), seeds=(seed,), parameters=samples, product="product"
        )
        known = {**samples, **self.backend.settled(asked), "set_shared": shared}
        (scene,) = self.backend.make(replace(asked, placement=product, parameters=known), silent)
        return scene.pixels


def ranges(backend: StudioBackend, size: int, samples: int, clock: Clock) -> dict[str, float]:
    """What a further product in a locked set costs against the first of a set that is new."""
    found = {}
    for place in RANGES:
        one = Range(backend, place, size, samples)
        one.further(can(size), shared=True)  # compiles, and renders the empty set
        first = lasting(lambda one=one: one.first(seed=2), clock)
        more = [
            lasting(lambda one=one, wide=wide: one.further(bowl(size, wide), shared=True), clock) for wide in WIDTHS
        ]
        found[place] = float(np.median(more)) / first
    return found


def alikeness(backend: StudioBackend, size: int, samples: int) -> dict[str, float]:
    """PSNR in decibels of a further product's picture, beside the product, against a whole render of it."""
    found = {}
    for place in SETS:
        one, product = Range(backend, place, size, samples), bowl(size)
        whole, shared = (one.further(product, shared=once) / np.float32(255) for once in (False, True))
        seen = product.product[..., 3] < 255
        found[place] = decibels(whole[seen], shared[seen])
    return found


def drafting(backend: StudioBackend, size: int, samples: int, clock: Clock) -> dict[str, float]:
    """What a draft costs against the final picture, and after which share of the whole it is seen."""
    asked = SceneRequest(prompt="window", placement=can(size), seeds=(1,), parameters={"samples_per_pixel": samples})
    times: list[tuple[float, bool]] = []
    for _ in range(2):  # the first warms up
        times[:] = [(clock(), False)]
        list(backend.make(asked, lambda progress: times.append((clock(), progress.draft is not None))))
    start, begun, end = times[0][0], times[1][0], clock()
    seen = next(at for at, drafted in times if drafted)
    return {"draft / final": (seen - begun) / (end - seen), "draft seen after": (seen - start) / (end - start)}


def memory(size: int) -> dict[str, float]:
    """Of one picture in a process of its own: peak memory, and the longest time in which it cannot be stopped."""
    found = subprocess.run([sys.executable, __file__, "--alone", str(size)], capture_output=True, check=True).stdout
    return json.loads(found)


def alone(size: int) -> dict[str, float]:
    """One picture; see `memory`. The first request compiles, so the second one's silences are told."""
    backend = StudioBackend(None)
    asked = SceneRequest(prompt="window", placement=can(size), seeds=(1,), parameters={})
    times: list[float] = []
    for _ in range(2):
        times[:] = [time.perf_counter()]
        list(backend.make(asked, lambda _: times.append(time.perf_counter())))
        times.append(time.perf_counter())
    peak = peak_memory() / 2**20
    return {f"peak at {size}, GiB": peak, f"longest silence at {size}, s": float(np.diff(times).max())}


def peak_memory() -> int:
    """Of this process, KiB; where the system tells only of it and the one that started it, the larger of both."""
    try:
        told = Path("/proc/self/status").read_text("utf-8")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(told.partition("VmHWM:")[2].split()[0])


def photographer(place: str, size: int) -> Callable[[str, int, int], NDArray[np.floating]]:
    """Of a built set, takes a picture with a variant, samples a pixel and a seed: what is seen beside the product.

    Nx3 in [0, 1], as a screen shows it, denoised, before exposure and grain.
    """
    product = can(size)
    shot, extra = set_up(product, wish_for(WORDS.get(place, place)), variant=variants.SAFE)
    stage, seen = sets.build(shot), product.product[..., 3] == 0

    def taken(variant: str, samples: int, seed: int) -> NDArray[np.floating]:
        quality = Quality(variant=variant, samples_per_pixel=samples)
        light = render(stage, shot.frame, extra, quality, seed=seed, tick=lambda _: None, seen=seen).light
        return np.clip(light[seen] / stage.brightness(), 0, 1) ** (1 / 2.2)

    return taken


def decibels(one: NDArray[np.floating], other: NDArray[np.floating]) -> float:
    """PSNR of pictures in [0, 1]."""
    return float(-10 * np.log10(np.mean((one - other) ** 2)))


def cleanness(size: int, samples: int, *, reference: int = 512) -> dict[str, float]:
    """PSNR in decibels of a denoised render against a denoised one of `reference` samples with another seed."""
    variant, found = variants.best_variant(), {}
    for place in SETS:
        taken = photographer(place, size)
        found[place] = decibels(taken(variant, samples, samples), taken(variant, reference, reference))
    return found


def without_llvm(size: int, samples: int, clock: Clock, *, reference: int = 512) -> dict[str, float]:
    """Scalar against LLVM with the same samples asked for: how many times as long it renders, and how much cleaner.

    The time is that of the draft, the picture and denoising, without the set's building, which is the same.
    """
    found: dict[str, float] = {}
    for place in FEW if variants.works(variants.LLVM) else ():
        taken = photographer(place, size)
        truth = taken(variants.LLVM, reference, 1)
        taken(variants.LLVM, samples, 2)  # compiles
        times, noise = [], []
        for variant in (variants.SAFE, variants.LLVM):
            start = clock()
            noise.append(decibels(taken(variant, samples, 2), truth))
            times.append(clock() - start)
        found[f"{place}, times as long"] = times[0] / times[1]
        found[f"{place}, dB cleaner"] = noise[0] - noise[1]
    return found


def variety(backend: StudioBackend, size: int, seeds: int) -> dict[str, float]:
    """The mean distance between pictures of different seeds, in ΔE of small, blurred copies (10 is plain to see)."""
    import cv2

    found = {}
    for place in SETS:
        labs = []
        for seed in range(seeds):
            small = cv2.resize(
                picture(backend, place, size, seed=seed, samples_per_pixel=4), (24, 24), interpolation=cv2.INTER_AREA
            )
            labs.append(cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB))
        apart = [np.linalg.norm(a - b, axis=-1).mean() for i, a in enumerate(labs) for b in labs[:i]]
        found[place] = float(np.mean(apart))
    return found


def understood(files: Iterable[Path]) -> dict[str, float]:
    """The share of content words that change the scene, itself or something near it shown, for each file."""
    shares = {}
    for path in files:
        words = [parse(line, "product") for line in path.read_text("utf-8").splitlines() if line.strip()]
        known = sum(len(found.understood) + len(found.approximated) for found in words)
        ignored = sum(
            word != "product" and word not in vocabulary().function_words for found in words for word in found.ignored
        )
        shares[path.name] = known / max(known + ignored, 1)
    return shares


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the studio.")
    parser.add_argument("prompts", nargs="*", type=Path)
    parser.add_argument("--size", type=int, default=1024, help="side of the pictures whose cost is measured")
    parser.add_argument("--clean", type=int, default=512, help="side of the pictures whose noise is measured")
    parser.add_argument("--look", type=int, default=128, help="side of the pictures whose variety is measured")
    parser.add_argument("--samples", type=int, default=16)
    parser.add_argument("--cpu", action="store_true", help="processor time instead of the wall's")
    parser.add_argument(
        "--alone", type=int, help="render one picture of this side and tell of its memory, nothing else"
    )
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    if asked.alone:
        print(json.dumps(alone(asked.alone)))
        return
    clock = time.process_time if asked.cpu else time.perf_counter
    backend = StudioBackend(None)
    tables = {
        "words understood": understood([*READ, *HELD_OUT, *asked.prompts]),
        "cost (ratios)": cost(backend, asked.size, asked.samples, clock),
        "further product / first": ranges(backend, asked.size, asked.samples, clock),
        "further product as rendered whole (dB)": alikeness(backend, asked.clean, asked.samples),
        "draft (ratios)": drafting(backend, asked.size, asked.samples, clock),
        "memory and stopping": memory(asked.size) | memory(2 * asked.size),
        "cleanness (dB)": cleanness(asked.clean, asked.samples),
        "without LLVM": without_llvm(asked.clean, asked.samples, clock),
        "variety by seed (ΔE)": variety(backend, asked.look, 4),
    }
    print(f"{backend.device}, {asked.samples} samples a pixel")
    for title, rows in tables.items():
        print(f"\n{title}")
        for name, value in rows.items():
            print(f"  {name:32} {value:8.3f}")
    if asked.out:
        asked.out.write_text(json.dumps({"device": backend.device, **tables}, indent=1), "utf-8")


if __name__ == "__main__":
    main()

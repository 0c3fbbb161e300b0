"""Diffusion: its overhead, its speed beside plain scripts, and whether pictures depend on anything but their request.

    python benchmarks/diffusion.py [--width 8] [--size 128] [--steps 30] [--repeats 3] [--requests 200] [--out FILE]

A Stable Diffusion 1.5 inpainting pipeline is built at random weights, since speed does not depend on the values: of the
published depth and layout, its layers a WIDTH-th as wide (1 is the full size, for a graphics card). On a CPU processor
time is measured, which other programs disturb least, and pictures are compared bit for bit.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from ecomgen.compositing import composite
from ecomgen.errors import Cancelled
from ecomgen.models import device, resident
from ecomgen.recipes import ModelSource, Recipe
from ecomgen.scenes import open_backend
from ecomgen.scenes.diffusion import checkpoint, loader
from ecomgen.scenes.diffusion.loader import Loaded, load
from ecomgen.types import Box, Canvas, Pixels, Placement, Progress, Scene, SceneRequest, silent

PROMPT, NEGATIVE = "on a walnut table by a window, morning light", "blurry, low quality"
GPU_TOLERANCE = 8  # of 255: batched kernels round differently


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What is measured with: a pipeline's folder, and how many steps of which size."""

    folder: Path
    size: int
    steps: int

    def recipe(self, **defaults: Any) -> Recipe:
        settings = {
            "scheduler": "EulerAncestralDiscreteScheduler", "num_inference_steps": self.steps, "guidance_scale": 7.5,
            "width": self.size, "height": self.size, "negative_prompt": NEGATIVE, **defaults,
        }  # fmt: skip
        source = ModelSource(path=self.folder, dtype="float16")
        about = {"name": "bench", "title": "Bench", "backend": "inpaint", "licence": "none", "model": source}
        return Recipe.model_validate({**about, "defaults": settings})

    def request(self, *seeds: int, placement: Placement | None = None, **options: Any) -> SceneRequest:
        given = {"prompt": PROMPT, "parameters": {}, **options}
        return SceneRequest(placement=placement or block(self.size), seeds=seeds, **given)

    def make(self, *seeds: int, **defaults: Any) -> list[Scene]:
        return list(open_backend(self.recipe(**defaults)).make(self.request(*seeds), silent))

    def loaded(self) -> Loaded:
        mine = self.recipe()
        return load(checkpoint.of_recipe(mine), "inpaint", mine)


def block(size: int) -> Placement:
    """A red block in the middle of a square canvas."""
    box = Box(size // 4, size // 4, size * 3 // 4, size * 3 // 4)
    rgba = np.zeros((size, size, 4), np.uint8)
    rgba[box.y0 : box.y1, box.x0 : box.x1] = (200, 30, 30, 255)
    return Placement(canvas=Canvas(width=size, height=size), product=rgba, box=box, scale=1.0, contact_y=box.y1)


def build(folder: Path, width: int, *, shallow: bool = False) -> Path:
    """Stable Diffusion 1.5 inpainting at random weights, its layers a `width`-th as wide as published.

    A `shallow` one has the least of every layer: for what does not depend on speed.
    """
    import diffusers
    import torch
    import transformers

    torch.manual_seed(0)
    layout = checkpoint.published("sd15", 9)
    unet, vae, text = (
        json.loads((layout / part / "config.json").read_text()) for part in ("unet", "vae", "text_encoder")
    )
    if shallow:
        unet["layers_per_block"] = vae["layers_per_block"] = text["num_hidden_layers"] = 1
    hidden = max(768 // width // 12 * 12, 48)
    unet |= {"block_out_channels": [max(one // width // 32 * 32, 32) for one in unet["block_out_channels"]]}
    vae |= {"block_out_channels": [max(one // width // 32 * 32, 32) for one in vae["block_out_channels"]]}
    text |= {"hidden_size": hidden, "intermediate_size": 4 * hidden, "projection_dim": hidden}
    diffusers.StableDiffusionInpaintPipeline(
        unet=diffusers.UNet2DConditionModel.from_config({**unet, "cross_attention_dim": hidden}),
        vae=diffusers.AutoencoderKL.from_config(vae),
        text_encoder=transformers.CLIPTextModel(transformers.CLIPTextConfig(**text)),
        tokenizer=transformers.CLIPTokenizer.from_pretrained(layout / "tokenizer"),
        scheduler=diffusers.PNDMScheduler.from_pretrained(layout / "scheduler"),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    ).save_pretrained(folder)
    return folder


# What a step costs


def clock() -> float:
    """Processor seconds; on a graphics card seconds, after what was asked of it is done."""
    if device() == "cpu":
        return time.process_time()
    import torch

    torch.cuda.synchronize()
    return time.perf_counter()


def seconds(work: Callable[[], object]) -> float:
    start = clock()
    work()
    return clock() - start


@contextlib.contextmanager
def recorded(loaded: Loaded) -> Iterator[list[Callable[[], object]]]:
    """Every call of a network that is made meanwhile, to be made again with the same tensors."""
    pipe, calls = loaded.pipe, []
    networks = [pipe.unet, pipe.text_encoder, pipe.vae.encoder, pipe.vae.decoder]

    def remember(network: Any, args: tuple[Any, ...], options: dict[str, Any]) -> None:
        calls.append(lambda: network(*args, **options))

    hooks = [network.register_forward_pre_hook(remember, with_kwargs=True) for network in networks]
    try:
        yield calls
    finally:
        for hook in hooks:
            hook.remove()


def overhead(bench: Bench, repeats: int) -> dict[str, Any]:
    """The scene step over the sum of the bare network calls that it makes, measured in turn."""
    import torch

    bench.make(1)
    with recorded(bench.loaded()) as calls:
        bench.make(1)

    def bare() -> None:
        with torch.inference_mode():
            for call in calls:
                call()

    pairs = [(seconds(lambda: bench.make(1)), seconds(bare)) for _ in range(repeats)]
    ratios = sorted(ours / plain for ours, plain in pairs)
    least = min(ours for ours, _ in pairs) / min(plain for _, plain in pairs)
    return {"steps": bench.steps, "calls": len(calls), "ratio": least, "lowest": ratios[0], "highest": ratios[-1]}


# Beside plain scripts


def naive(bench: Bench, requests: Sequence[Sequence[int]]) -> None:
    """A straightforward script: load the pipeline for each request, in float32, one picture after the other."""
    import diffusers
    import torch

    for seeds in requests:
        pipe: Any = diffusers.StableDiffusionInpaintPipeline.from_pretrained(bench.folder, dtype=torch.float32)
        _loop(pipe.to(device()), bench, seeds)


def plain(bench: Bench, requests: Sequence[Sequence[int]]) -> None:
    """A pipeline that stays loaded, in half precision on a graphics card, called in a loop."""
    import diffusers
    import torch

    dtype = torch.float32 if device() == "cpu" else torch.float16
    pipe: Any = diffusers.StableDiffusionInpaintPipeline.from_pretrained(bench.folder, dtype=dtype)
    pipe.to(device())
    for seeds in requests:
        _loop(pipe, bench, seeds)


def _loop(pipe: Any, bench: Bench, seeds: Sequence[int]) -> None:
    import diffusers
    import torch
    from PIL import Image

    pipe.set_progress_bar_config(disable=True)
    pipe.scheduler = diffusers.EulerAncestralDiscreteScheduler.from_config(pipe.scheduler.config)
    product = block(bench.size).product
    image, mask = Image.fromarray(product[..., :3].copy()), Image.fromarray(255 - product[..., 3])
    for seed in seeds:
        pipe(
            prompt=PROMPT, negative_prompt=NEGATIVE, image=image, mask_image=mask, width=bench.size,
            height=bench.size, num_inference_steps=bench.steps, generator=torch.Generator("cpu").manual_seed(seed),
        )  # fmt: skip


def ours(bench: Bench, requests: Sequence[Sequence[int]]) -> None:
    for seeds in requests:
        bench.make(*seeds)


def beside(bench: Bench, requests: Sequence[Sequence[int]]) -> dict[str, Any]:
    """Pictures a second relative to ours, and peak memory, each in a process of its own that begins with nothing."""
    pictures = sum(len(seeds) for seeds in requests)
    rows = {work.__name__: _apart(work, bench, requests) for work in (naive, plain, ours)}
    mine = rows["ours"]["seconds"]
    return {
        name: {"pictures": pictures, "times_slower_than_ours": row["seconds"] / mine, "peak_gib": row["peak_gib"]}
        for name, row in rows.items()
    }


def _apart(work: Callable[..., None], bench: Bench, requests: Sequence[Sequence[int]]) -> dict[str, float]:
    context = multiprocessing.get_context("spawn")  # a fork would wait for the threads of torch, which are not copied
    answers = context.SimpleQueue()
    process = context.Process(target=_measured, args=(work, bench, requests, answers))
    process.start()
    process.join()
    return answers.get()


def _measured(work: Callable[..., None], bench: Bench, requests: Sequence[Sequence[int]], answers: Any) -> None:
    import torch
    from diffusers import StableDiffusionInpaintPipeline  # noqa: F401  # before the clock starts

    taken = seconds(lambda: work(bench, requests))
    peak = peak_memory()
    if device() != "cpu":
        peak = torch.cuda.max_memory_allocated()
    answers.put({"seconds": taken, "peak_gib": peak / 2**30})


def peak_memory() -> int:
    """This program's own, in bytes: `getrusage` would begin with that of the one that started it."""
    told = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    return int(told[1]) * 1024 if told else 0


def reloads(bench: Bench, requests: int) -> dict[str, Any]:
    """How often the base is loaded where neither it nor the scorer between two requests is within the budget."""
    import torch

    budget = {"ECOMGEN_MEMORY_GIB": "0.0001"}
    with patch.dict(os.environ, budget), patch.object(loader, "_load", wraps=loader._load) as loads:
        resident.forget()
        for seed in range(requests):
            bench.make(seed)
            resident.load_once("scorer", lambda: torch.nn.Linear(100, 100))
    return {"requests": requests, "reloads_per_request": (loads.call_count - 1) / requests}


# Whether a picture depends on anything but its request


def determinism(bench: Bench) -> dict[str, int]:
    """The largest difference, of 255, of seed 7's picture from the one it makes alone."""
    alone = bench.make(7)[0].pixels
    table = {"again": _apartness(alone, bench.make(7)[0])}
    for count in (2, 4, 8):
        seeds = [*range(20, 20 + count - 1), 7]
        table[f"last in a batch of {count}"] = _apartness(alone, bench.make(*seeds)[-1])
        table[f"first in a batch of {count}"] = _apartness(alone, bench.make(*seeds[::-1])[0])
    bench.make(7, guidance_scale=1.0, scheduler="DDIMScheduler", border_strength=0.9)
    table["after another request"] = _apartness(alone, bench.make(7)[0])
    with contextlib.suppress(Cancelled):
        list(open_backend(bench.recipe()).make(bench.request(1, 2), _cancel))
    table["after a cancelled request"] = _apartness(alone, bench.make(7)[0])
    table["under four requests at a time"] = max(_apartness(alone, scene) for scene in _together(bench, 4))
    return table


def _apartness(alone: Pixels, scene: Scene) -> int:
    return int(np.abs(alone.astype(int) - scene.pixels).max())


def _cancel(progress: Progress) -> None:
    if progress.done == 2:
        raise Cancelled("stopped")


def _together(bench: Bench, count: int) -> list[Scene]:
    made: list[Scene] = []
    threads = [threading.Thread(target=lambda: made.append(bench.make(7)[0])) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return made


def kept_pixels(bench: Bench, requests: int) -> dict[str, int]:
    """How many opaque pixels differ in finished pictures of random sizes, masks, modes and settings."""
    random = np.random.default_rng(0)
    opaque_pixels = changed = 0
    for _ in range(requests):
        placement = _random_layer(random)
        parameters = {
            "num_inference_steps": 2, "guidance_scale": 1.0, "mask_grow": int(random.integers(0, 3)),
            "mask_feather": int(random.integers(0, 3)), "border_strength": float(random.choice([0.0, 0.5])),
            "strength": float(random.choice([1.0, 0.6])), "init": str(random.choice(["auto", "noise"])),
        }  # fmt: skip
        mode = str(random.choice(["keep", "replace"]))
        request = bench.request(int(random.integers(2**31)), placement=placement, parameters=parameters, mode=mode)
        (scene,) = open_backend(bench.recipe(width=64, height=64)).make(request, silent)
        picture, product = composite(placement.product, scene.pixels), placement.product
        opaque = product[..., 3] == 255
        opaque_pixels += int(opaque.sum())
        changed += int((picture[opaque] != product[opaque, :3]).any(axis=1).sum())
    return {"requests": requests, "opaque_pixels": opaque_pixels, "changed": changed}


def _random_layer(random: np.random.Generator) -> Placement:
    """Random colours on a canvas of random size, opaque inside or outside a soft ellipse."""
    width, height = (int(side) for side in random.integers(40, 200, 2))
    y, x = np.mgrid[:height, :width]
    centre, radius = random.uniform(0.3, 0.7, 2), random.uniform(0.15, 0.45, 2)
    distance = np.hypot((x / width - centre[0]) / radius[0], (y / height - centre[1]) / radius[1])
    cover = np.clip((1 - distance) * 8, 0, 1)
    alpha = ((cover if random.random() < 0.5 else 1 - cover) * 255).round().astype(np.uint8)
    rows, columns = np.nonzero(alpha)
    box = Box(int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)
    product = np.dstack([random.integers(0, 256, (height, width, 3), np.uint8), alpha])
    return Placement(canvas=Canvas(width=width, height=height), product=product, box=box, scale=1.0, contact_y=box.y1)


# When memory runs out


def ladder(bench: Bench) -> dict[str, Any]:
    """Five pictures on a device that refuses more than one at a time, and the VAE unless in tiles."""
    import torch

    resident.forget()
    backend: Any = open_backend(bench.recipe())
    backend.batch = 4
    pipe, refused = bench.loaded().pipe, []

    def network(_: Any, args: tuple[Any, ...]) -> None:
        if args[0].shape[0] > 2:  # guidance doubles the batch
            refused.append(f"{args[0].shape[0] // 2} pictures at a time")
            raise torch.OutOfMemoryError("out of memory (injected)")

    def decoder(_: Any, args: tuple[Any, ...]) -> None:
        if not pipe.vae.use_tiling:
            refused.append(f"decoding {args[0].shape[-1] * 8} pixels at once")
            raise torch.OutOfMemoryError("out of memory (injected)")

    hooks = [pipe.unet.register_forward_pre_hook(network), pipe.vae.decoder.register_forward_pre_hook(decoder)]
    scenes = list(backend.make(bench.request(1, 2, 3, 4, 5), silent))
    for hook in hooks:
        hook.remove()
    resident.forget()
    return {"asked": 5, "delivered": len(scenes), "refused": refused, "said": list(scenes[-1].notes)}


def compiled(bench: Bench) -> dict[str, Any]:
    """A picture by the network compiled with torch.compile, beside the plain one's; and what it said of the cost."""
    resident.forget()
    (plain,), (quick,) = bench.make(5), bench.make(5, compile=True)
    resident.forget()
    apart = np.abs(plain.pixels.astype(int) - quick.pixels)
    return {"largest difference of 255": int(apart.max()), "said": [note for note in quick.notes if "compile" in note]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--width", type=int, default=8)
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(folder=build(Path(folder) / "deep", asked.width), size=asked.size, steps=asked.steps)
        few = Bench(folder=bench.folder, size=asked.size, steps=min(8, asked.steps))
        shallow = Bench(folder=build(Path(folder) / "shallow", 10, shallow=True), size=64, steps=3)
        sections: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
            "overhead": ("Scene step over the bare calls", lambda: overhead(bench, asked.repeats)),
            "beside": (f"Three requests of four pictures, {few.steps} steps", lambda: beside(few, [(1, 2, 3, 4)] * 3)),
            "reloads": ("Memory for neither base nor scorer", lambda: reloads(shallow, 5)),
            "determinism": (
                f"Largest difference of a seed's picture (allowed: {allowed()})",
                lambda: determinism(shallow),
            ),
            "out_of_memory": ("Memory refused", lambda: ladder(shallow)),
            "compiled": ("The network compiled", lambda: compiled(shallow)),
            "kept_pixels": ("Product pixels in random requests", lambda: kept_pixels(shallow, asked.requests)),
        }
        results: dict[str, Any] = {"device": device(), "settings": {**vars(asked), "out": None}}
        for name, (title, measure) in sections.items():
            results[name] = tell(title, measure())
            if asked.out:  # after each section: what is measured is kept, whatever becomes of the next
                asked.out.parent.mkdir(parents=True, exist_ok=True)
                asked.out.write_text(json.dumps(results, indent=1), "utf-8")


def allowed() -> int:
    return 0 if device() == "cpu" else GPU_TOLERANCE


def tell(title: str, table: dict[str, Any]) -> dict[str, Any]:
    print(title)
    for name, value in table.items():
        figure = f"{value:.3f}" if isinstance(value, float) else value
        print(f"  {name:32} {figure}")
    print(flush=True)
    return table


if __name__ == "__main__":
    main()

"""What masks cost, with small random-weight models in the real formats, in ratios within one run. See masks.py."""

from __future__ import annotations

import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from ecomgen.types import Pixels

SAM = {
    "encoder_embed_dim": 64,
    "encoder_depth": 2,
    "encoder_num_heads": 2,
    "encoder_global_attn_indexes": [1],
    "image_size": 256,
    "patch_size": 16,
    "window_size": 8,
    "prompt_embed_dim": 32,
    "decoder_mlp_dim": 64,
}
CLIP = {
    "embed_dim": 64,
    "vision_cfg": {"image_size": 224, "layers": 4, "width": 256, "patch_size": 32},
    "text_cfg": {"context_length": 77, "vocab_size": 49408, "width": 64, "heads": 2, "layers": 2},
}
points = 8  # a side, for both ways
twelve, sixty = (3000, 4000), (6708, 8944)  # rows, columns


def texts_and_size() -> dict[str, Any]:
    """The first and the second text on a 12-megapixel photo, and the naive way on the photo itself."""
    with tempfile.TemporaryDirectory() as folder:
        _put_weights(Path(folder))
        ours = _apart(_ours, Path(folder))
        naive = _apart(_naive, Path(folder))
    found = {
        "second text over first": ours["second"] / ours["first"],
        "click over first": ours["click"] / ours["first"],
        "naive over ours, time": naive["seconds"] / ours["first"],
        "ours over naive, memory": ours["memory"] / naive["memory"],
        "memory of ours, GiB": ours["memory"] / 2**30,
        "memory of naive, GiB": naive["memory"] / 2**30,
        "proposals of naive": naive["proposals"],
    }
    for name, value in found.items():
        print(f"{name:28}{value:10.3f}", flush=True)
    return found


def large() -> dict[str, Any]:
    """Peak memory of a 60-megapixel photo's way through `ecomgen cutout`."""
    with tempfile.TemporaryDirectory() as folder:
        found = _apart(_cut_large, Path(folder))
    print(f"60 megapixels: {found['memory'] / 2**30:.2f} GiB at most, with the {found['masker']} masker", flush=True)
    return {"megapixels": sixty[0] * sixty[1] / 1e6, "memory, GiB": found["memory"] / 2**30, "masker": found["masker"]}


def _apart(job: Callable[[Path], dict[str, Any]], folder: Path) -> dict[str, Any]:
    """What a job tells, run in a fresh process, with that process's peak memory over what it began with."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_watched, (job, folder))


def _watched(job: Callable[[Path], dict[str, Any]], folder: Path) -> dict[str, Any]:
    os.environ |= {"ECOMGEN_HOME": str(folder / "home"), "ECOMGEN_WEIGHTS": str(folder), "ECOMGEN_DEVICE": "cpu"}
    told = job(folder)
    return {"memory": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, **told}


def _ours(_: Path) -> dict[str, Any]:
    from ecomgen.masking import find_mask
    from ecomgen.masking.sam import segmenter
    from ecomgen.types import MaskRequest, Point, ReferenceImage

    photo = ReferenceImage(path=Path("/photo.png"), sha256="", pixels=_photo(*twelve))
    _warm()
    segmenter.MOST_POINTS = points
    times = []
    for request in (
        MaskRequest(masker="sam-clip", product="red mug"),
        MaskRequest(masker="sam-clip", product="grey stone"),
        MaskRequest(masker="sam-clip", product="grey stone", points=(Point(2000, 1500),)),
    ):
        start = time.perf_counter()
        find_mask(photo, request)
        times.append(time.perf_counter() - start)
    return dict(zip(("first", "second", "click"), times, strict=True))


def _naive(_: Path) -> dict[str, Any]:
    """The package's own generator on the photo itself, as many points, then CLIP one box crop after the other."""
    from segment_anything import SamAutomaticMaskGenerator

    from ecomgen.masking.sam import segmenter
    from ecomgen.models.clip import load_clip

    photo = _photo(*twelve)
    _warm()
    model, clip = segmenter.opened().model, load_clip("small-clip")
    start = time.perf_counter()
    generator = SamAutomaticMaskGenerator(
        model, points_per_side=points, pred_iou_thresh=0.0, stability_score_thresh=0.0, points_per_batch=64
    )
    found = generator.generate(photo)
    words = clip.of_texts(["a photo of a red mug."])
    for each in found:
        x, y, width, height = (int(value) for value in each["bbox"])
        clip.of_pictures([photo[y : y + max(height, 1), x : x + max(width, 1)]]) @ words.T
    return {"seconds": time.perf_counter() - start, "proposals": len(found)}


def _cut_large(folder: Path) -> dict[str, Any]:
    from PIL import Image

    from ecomgen.workflows.cutouts import cutout

    path = folder / "large.jpg"
    Image.fromarray(_photo(*sixty)).save(path, quality=90)
    made = cutout([path], folder / "out")
    return {"masker": made[0].masker}


def _photo(rows: int, columns: int) -> Pixels:
    """A red product on a grey ground, with the grain of a sensor in a part that repeats."""
    rng = np.random.default_rng(0)
    photo = np.full((rows, columns, 3), (128, 132, 136), np.uint8)
    photo[int(0.7 * rows) :] = (150, 140, 128)
    down, across = np.ogrid[:rows, :columns]
    inside = ((down / rows - 0.5) / 0.30) ** 2 + ((across / columns - 0.5) / 0.22) ** 2 < 1
    photo[inside] = (190, 40, 40)
    grain = rng.integers(-6, 7, (500, 500, 3), dtype=np.int16)
    for top in range(0, rows, 500):
        for left in range(0, columns, 500):
            part = photo[top : top + 500, left : left + 500]
            part[:] = np.clip(part + grain[: part.shape[0], : part.shape[1]], 0, 255)
    return photo


def _warm() -> None:
    """Models are loaded once a process: that is no part of either way."""
    from ecomgen.masking.sam import segmenter
    from ecomgen.models.clip import load_clip

    segmenter.opened()
    load_clip("small-clip").of_texts(["warm"])


def _put_weights(folder: Path) -> None:
    import open_clip
    import torch

    from ecomgen.masking.sam.segmenter import assemble

    torch.manual_seed(3)
    torch.save(assemble(SAM).state_dict(), folder / "sam.pth")
    torch.save(open_clip.create_model("ViT-B-32", **CLIP).state_dict(), folder / "clip.pt")
    lines = [
        *_entry("small-sam", "sam", "sam.pth", SAM),
        *_entry("small-clip", "clip", "clip.pt", {"model": "ViT-B-32"} | CLIP),
    ]
    (folder / "manifest.toml").write_text("\n".join(lines), "utf-8")


def _entry(name: str, kind: str, file: str, architecture: dict[str, Any]) -> list[str]:
    head = [f"[{name}]", f'kind = "{kind}"', f'title = "{name}"', 'licence = "none"', f'file = "{file}"']
    return [*head, f"[{name}.architecture]", *(f"{key} = {_toml(value)}" for key, value in architecture.items())]


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + " }"
    return f'"{value}"' if isinstance(value, str) else str(value)

"""Style: what `--style` takes over from a picture, beside a style transfer by Gram matrices over the same scene.

    python benchmarks/style.py MOOD... [--prompt TEXT] [--size 384] [--steps 120] [--sheets FOLDER] [--out FILE.json]

For each MOOD the studio's plain scene, its styled scene, and the plain scene transferred (Gatys et al., CVPR 2016) by
the photo encoder that ships: the scene alone is changed, the product is laid over it afterwards. Distances to the mood
(colours in Oklab as a sliced Wasserstein distance, Gram matrices) are shares of the plain scene's; `structure` is the
correlation of lightness gradients with the plain scene, blurred by a pixel, 1 where every edge stayed; `seconds` are
in plain scenes.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from studio import can
from torch import Tensor
from torch.nn import functional

from ecomgen import references
from ecomgen.color import to_linear
from ecomgen.compositing import compose
from ecomgen.export import save_picture
from ecomgen.masking.network.inference import load
from ecomgen.models.photo_encoder import PhotoEncoder
from ecomgen.scenes.studio.backend import StudioBackend
from ecomgen.scenes.studio.primitives.palette import to_oklab
from ecomgen.types import Pixels, SceneRequest, silent

STYLE, CONTENT, SMOOTH = 1.0, 0.02, 0.5  # weights of the three losses
NETWORK = "ecomgen-cutout"  # whose trunk has learnt from photos
DEVIATIONS = (10.0, 7.0, 3.0, 1.0)  # of the encoder's levels, on photos
DIRECTIONS = 64  # along which colours are compared


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("moods", nargs="+", type=Path, metavar="MOOD")
    parser.add_argument("--prompt", default="on a wooden table by a window")
    parser.add_argument("--size", type=int, default=384)
    parser.add_argument("--steps", type=int, default=120)
    parser.add_argument("--sheets", type=Path, help="where the pictures go, four beside each other")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    rows = [row(mood, given.prompt, given.size, given.steps, given.sheets) for mood in given.moods]
    print(f"{'mood':24}{'':12}{'colours':>9}{'gram':>9}{'structure':>11}{'seconds':>9}")
    for one in rows:
        for kind in ("studio", "transfer"):
            found = one[kind]
            print(
                f"{one['mood']:24}{kind:12}"
                + "{colours:9.2f}{gram:9.2f}{structure:11.2f}{seconds:9.1f}".format(**found)
            )
    if given.out:
        given.out.write_text(json.dumps(rows, indent=2), "utf-8")


def row(path: Path, prompt: str, size: int, steps: int, sheets: Path | None) -> dict[str, Any]:
    """One mood: each way's distances and cost."""
    mood = cv2.resize(references.load(path).pixels, (size, size), interpolation=cv2.INTER_AREA)
    plain, unit = timed(lambda: scene(prompt, size, None))
    made = {
        "studio": timed(lambda: scene(prompt, size, mood)),
        "transfer": timed(lambda: transferred(plain, mood, steps)),
    }
    if sheets:
        product = can(size).product
        finished = [compose(product, pixels).pixels for pixels in (plain, *(pixels for pixels, _ in made.values()))]
        save_picture(sheets / f"{path.stem}.png", np.hstack([mood, *finished]))
    before = distances(plain, mood)
    found: dict[str, Any] = {"mood": path.stem}
    for name, (pixels, seconds) in made.items():
        after = distances(pixels, mood)
        shares = {kind: after[kind] / before[kind] for kind in before}
        found[name] = {**shares, "structure": structure(plain, pixels), "seconds": seconds / unit}
    return found


def timed(make: Callable[[], Pixels]) -> tuple[Pixels, float]:
    """What is made, and the processor time that it took."""
    start = time.process_time()
    return make(), time.process_time() - start


def scene(prompt: str, size: int, style: Pixels | None) -> Pixels:
    """The studio's, round a can."""
    request = SceneRequest(prompt=prompt, placement=can(size), seeds=(1,), parameters={}, product="can", style=style)
    backend = StudioBackend()
    settled = replace(request, parameters=backend.settled(request))
    (made,) = backend.make(settled, silent)
    return made.pixels


def transferred(content: Pixels, style: Pixels, steps: int) -> Pixels:
    """The content with the Gram matrices of the style, and features near its own (Gatys et al., 2016)."""
    with torch.no_grad():
        grams, kept = [gram(level) for level in levels(tensor(style))], levels(tensor(content))[2]
    picture = tensor(content).requires_grad_()
    optimizer = torch.optim.Adam([picture], lr=0.03)
    for _ in range(steps):
        optimizer.zero_grad()
        seen = levels(picture)
        loss = STYLE * sum(functional.mse_loss(gram(level), wanted) for level, wanted in zip(seen, grams, strict=True))
        loss = loss + CONTENT * functional.mse_loss(seen[2], kept) + SMOOTH * variation(picture)
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            picture.clamp_(-1, 1)
    made = picture.detach()[0].permute(1, 2, 0).add(1).mul(127.5)
    return made.round().to(torch.uint8).numpy()


def levels(picture: Tensor) -> list[Tensor]:
    """What the photo encoder sees, each level of deviation 1."""
    return [level / deviation for level, deviation in zip(encoder()(picture), DEVIATIONS, strict=True)]


@cache
def encoder() -> PhotoEncoder:
    """The trunk of the cut-out network, as it learnt from photos."""
    return load(NETWORK).photo_encoder.requires_grad_(False)


def tensor(picture: Pixels) -> Tensor:
    return torch.from_numpy(picture.copy()).permute(2, 0, 1)[None].float() / 127.5 - 1


def gram(level: Tensor) -> Tensor:
    """Of one picture's features, CxC, by place."""
    flat = level[0].flatten(1)
    return flat @ flat.T / flat.shape[1]


def variation(picture: Tensor) -> Tensor:
    return picture.diff(dim=-1).square().mean() + picture.diff(dim=-2).square().mean()


def distances(picture: Pixels, mood: Pixels) -> dict[str, float]:
    """To the mood: of colours, and of Gram matrices."""
    directions = np.random.default_rng(0).normal(size=(3, DIRECTIONS))
    directions /= np.linalg.norm(directions, axis=0)
    one, other = (np.sort(to_oklab(to_linear(side.reshape(-1, 3))) @ directions, axis=0) for side in (picture, mood))
    with torch.no_grad():
        pairs = zip(levels(tensor(picture)), levels(tensor(mood)), strict=True)
        apart = sum(float((gram(a) - gram(b)).norm() / gram(b).norm()) for a, b in pairs)
    return {"colours": float(np.abs(one - other).mean()), "gram": apart}


def structure(plain: Pixels, changed: Pixels) -> float:
    """How far the edges are where they were, in [-1, 1]."""
    edges = []
    for side in (plain, changed):
        lightness = cv2.GaussianBlur(to_oklab(to_linear(side))[..., 0].astype(np.float32), (0, 0), 1)
        edges.append(np.hypot(cv2.Sobel(lightness, cv2.CV_32F, 1, 0), cv2.Sobel(lightness, cv2.CV_32F, 0, 1)).ravel())
    return float(np.corrcoef(edges)[0, 1])


if __name__ == "__main__":
    main()

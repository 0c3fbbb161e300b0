"""Renders the sample products: `python -m training.samples.render --out DIR`.

Needs Mitsuba 3 and its denoiser, both dependencies of ecomgen; a few minutes a picture on two CPU cores.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable

    from training.samples.views import View


def render(
    views: Iterable[View],
    out: Path,
    *,
    scale: float = 1.0,
    samples: int = 16,
    seed: int = 0,
    variant: str = "scalar_rgb",
) -> list[tuple[Path, Path]]:
    """Writes `PRODUCT/NN.jpg` and `PRODUCT/NN.matte.png` below `out` for each view and returns their paths."""
    import mitsuba as mi

    from training.samples import camera

    mi.set_variant(variant)

    written = []
    for view in views:
        photo, matte = out / f"{view.stem}.jpg", out / f"{view.stem}.matte.png"
        photo.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(camera.matte(view, scale=scale, seed=seed)).save(matte, optimize=True)
        pixels = camera.photograph(view, scale=scale, samples=samples, seed=seed)
        Image.fromarray(pixels).save(photo, quality=90, optimize=True)
        written.append((photo, matte))
        print(photo, file=sys.stderr)
    return written


def main() -> None:
    from training.samples.views import VIEWS

    parser = argparse.ArgumentParser(description="Renders the sample products and their mattes.")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write into")
    parser.add_argument("--only", default="", help="views whose name starts so: mug, or bottle/02")
    parser.add_argument("--scale", type=float, default=1.0, help="1 is 1024 pixels on the long side")
    parser.add_argument("--samples", type=int, default=16, help="paths per pixel")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--variant", default="scalar_rgb", help="llvm_ad_rgb is three times faster, and needs LLVM")
    options = parser.parse_args()
    views = [view for view in VIEWS if view.stem.startswith(options.only)]
    render(views, options.out, scale=options.scale, samples=options.samples, seed=options.seed, variant=options.variant)


if __name__ == "__main__":
    main()

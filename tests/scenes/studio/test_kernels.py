"""Compiled once: what differs between two pictures of a kind of set is data of the kernels, and not their code."""

from __future__ import annotations

import numpy as np
import pytest

from ecomgen.scenes.studio.primitives.shapes import Shape
from ecomgen.scenes.studio.primitives.types import Backdrop, Dome, Material, Softbox, Stage, Sun, Thing
from ecomgen.scenes.studio.rendering import variants
from ecomgen.scenes.studio.rendering.proxy import stand_in
from ecomgen.scenes.studio.rendering.render import Quality, render
from ecomgen.scenes.studio.stage.frame import Frame, frame_for
from ecomgen.types import Box

LLVM = "llvm_ad_rgb"


def ground(rng: np.random.Generator, size: float, texels: int, bump_scale: float) -> Thing:
    points = np.array([(-size, 0, size), (size, 0, size), (size, 0, -size), (-size, 0, -size)], np.float32)
    shape = Shape(
        points=points,
        faces=np.array([(0, 1, 2), (0, 2, 3)], np.uint32),
        uv=np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32),
    )
    made = rng.random((texels, texels + 40, 3), dtype=np.float32)
    return Thing(shape, Material(made, roughness=made[..., 0], bump=made[..., 1], bump_scale=bump_scale))


def view(width: int, height: int) -> tuple[Frame, Thing]:
    box = Box(width // 3, height // 4, 2 * width // 3, 3 * height // 4)
    product = np.zeros((height, width, 4), np.uint8)
    product[box.y0 : box.y1, box.x0 : box.x1] = (200, 90, 40, 255)
    frame = frame_for(width, height, box, 0.75 * height, elevation=width / 20)
    made = stand_in(product, box, frame)
    assert made is not None
    return frame, made


def stage(seed: int) -> Stage:
    rng = np.random.default_rng(seed)
    a, b, c = rng.uniform(0.5, 2, 3)
    return Stage(
        things=(ground(rng, 4 * a, 150 + 10 * seed, 0.001 * seed),),
        lamps=(
            Softbox(position=(a, 2 * b, c), target=(0, 0, 0), width=b, height=c, radiance=(a, b, c)),
            Sun(towards=(-a, b, c), spread=2 * b, irradiance=(c, b, a)),
        ),
        dome=Dome(zenith=(a, b, c), horizon=(b, c, a), nadir=(c, a, b)),
        backdrop=Backdrop(
            picture=rng.random((40, 60, 3), dtype=np.float32), depth=5 * a, left=-3, right=3, bottom=0, top=b + c
        ),
        aperture=0.05 * a,
    )


def kernels(seed: int, size: tuple[int, int]) -> set[str]:
    """The code that is run for a draft and a picture."""
    import drjit

    frame, product = view(*size)
    drjit.kernel_history_clear()
    with drjit.scoped_set_flag(drjit.JitFlag.KernelHistory):
        quality = Quality(variant=LLVM, samples_per_pixel=4, denoise=False)
        render(stage(seed), frame, [product], quality, seed=seed, tick=lambda _: None, draft=lambda _: None)
    found = [kernel for kernel in drjit.kernel_history() if kernel["type"] == drjit.KernelType.JIT]
    return {str(kernel["hash"]) for kernel in found if len(kernel["ir"].getvalue()) > 50_000}


def test_another_picture_of_the_same_kind_compiles_nothing() -> None:
    if not variants.works(LLVM):
        pytest.skip(f"{LLVM} does not work on this machine.")
    first = kernels(1, (96, 80))
    assert len(first) == 2, "a draft and its picture share those of light and of surfaces"
    assert kernels(2, (128, 112)) == first
    assert kernels(3, (112, 160)) == first

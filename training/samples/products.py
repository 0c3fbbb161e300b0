"""The three sample products, as meshes with their materials."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import mitsuba as mi
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ecomgen.color import to_linear
from ecomgen.scenes.studio.primitives.shapes import Shape
from ecomgen.scenes.studio.rendering.mitsuba_parts import rgb, texture
from training.samples import artwork, surfaces
from training.shapes import lathe, profile, rounded_box, tube

Bsdf = dict[str, Any]


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """One mesh and what it is made of: a BSDF as Mitsuba's dictionary."""

    mesh: Shape
    bsdf: Bsdf


def painted(picture: NDArray[np.float32] | str) -> dict[str, Any]:
    """A texture from linear RGB, or one colour from "#RRGGBB"."""
    return rgb(surfaces.colour(picture)) if isinstance(picture, str) else texture(mi, picture, wrap="repeat")


def glossy(picture: NDArray[np.float32] | str, *, roughness: float = 0.08) -> Bsdf:
    """Glaze, lacquer, varnish: a diffuse body below a clear coat."""
    coat = {"type": "roughplastic", "diffuse_reflectance": painted(picture), "alpha": roughness, "int_ior": 1.5}
    return {"type": "twosided", "bsdf": coat | {"nonlinear": True}}


def matt(picture: NDArray[np.float32] | str) -> Bsdf:
    """Paper, cloth, raw clay."""
    return {"type": "twosided", "bsdf": {"type": "diffuse", "reflectance": painted(picture)}}


def metal(tone: str, *, roughness: float = 0.22) -> Bsdf:
    """Lacquered metal of one colour."""
    conductor = {"type": "roughconductor", "material": "none", "specular_reflectance": painted(tone)}
    return {"type": "twosided", "bsdf": conductor | {"alpha": roughness, "distribution": "ggx"}}


def bottle() -> tuple[Part, ...]:
    """A bottle of olive oil in lacquered dark green glass, 2.7 dm high, with a paper label and a brass cap."""
    radius = 0.37
    glass = lathe(
        profile(
            (0.0, 0.03, 0.0), (0.24, 0.03, 0.02), (0.28, 0.0, 0.04), (radius, 0.0, 0.07), (radius, 1.62, 0.28),
            (0.135, 2.02, 0.26), (0.125, 2.34, 0.05), (0.16, 2.35, 0.015), (0.16, 2.41, 0.015), (0.13, 2.42, 0.01),
            (0.13, 2.50, 0.0),
        )
    )  # fmt: skip
    cap = lathe(
        profile(
            (0.148, 2.425, 0.0), (0.158, 2.425, 0.006), (0.158, 2.465, 0.006), (0.151, 2.472, 0.004),
            (0.151, 2.484, 0.004), (0.158, 2.491, 0.006), (0.158, 2.70, 0.022), (0.0, 2.70, 0.0), step=0.003,
        )
    )  # fmt: skip
    arc = float(np.degrees(0.95 / (radius + 0.003)))
    label = lathe(
        profile((radius + 0.003, 0.28, 0.0), (radius + 0.003, 0.9, 0.1), (radius + 0.003, 1.38, 0.0)), arc=arc
    )
    return (
        Part(mesh=glass, bsdf=glossy("#2A4E2E", roughness=0.06)),
        Part(mesh=cap, bsdf=metal("#D6BA86")),
        Part(mesh=label, bsdf=glossy(_print("bottle-label"), roughness=0.35)),
    )


def mug() -> tuple[Part, ...]:
    """A stoneware mug, 0.96 dm high: petrol glaze, raw clay foot, cream inside, an open handle on the right."""
    radius = 0.42
    foot = lathe(
        profile(
            (0.0, 0.02, 0.0), (0.27, 0.02, 0.01), (0.285, 0.0, 0.01), (0.33, 0.0, 0.015), (0.375, 0.045, 0.03),
            (radius - 0.012, 0.13, 0.03), (radius - 0.011, 0.17, 0.0), step=0.004,
        )
    )  # fmt: skip
    wall = lathe(
        profile(
            (radius - 0.012, 0.152, 0.0), (radius - 0.003, 0.162, 0.006), (radius, 0.20, 0.02), (radius, 0.93, 0.0)
        ),
        segments=320,
    )
    inside = lathe(
        profile(
            (radius, 0.93, 0.0), (radius, 0.96, 0.017), (radius - 0.036, 0.96, 0.017), (radius - 0.036, 0.07, 0.14),
            (0.0, 0.07, 0.0), step=0.006,
        )
    )  # fmt: skip
    glaze = "#2C5C66"
    return (
        Part(mesh=foot, bsdf=matt(surfaces.speckled(5, "#B98F68", (256, 1024), share=0.02))),
        Part(mesh=wall, bsdf=glossy(_mug_wall(glaze), roughness=0.09)),
        Part(mesh=_handle(radius), bsdf=glossy(surfaces.speckled(9, glaze, (256, 128)), roughness=0.09)),
        Part(mesh=inside, bsdf=glossy(surfaces.speckled(11, "#EDE3CF", (512, 1024), share=0.004), roughness=0.09)),
    )


def box() -> tuple[Part, ...]:
    """A carton of tea, 1.25 x 0.7 x 1.7 dm, printed on every side, with a slit below the lid."""
    size = (1.25, 0.7, 1.7)
    body = rounded_box(*size, radius=0.018)
    prints = {"front": "box-front", "back": "box-front", "left": "box-side", "right": "box-side", "top": "box-top"}
    faces = [Part(mesh=body[face], bsdf=glossy(_print(name), roughness=0.28)) for face, name in prints.items()]
    return (*faces, Part(mesh=body["bottom"], bsdf=matt("#24402F")))


PRODUCTS: Mapping[str, Callable[[], tuple[Part, ...]]] = {"bottle": bottle, "mug": mug, "box": box}


def _handle(radius: float) -> Shape:
    """A swept ear that starts and ends inside the wall, thicker where it joins, so that its opening is real."""
    t = np.linspace(0, np.pi, 90)
    x = radius - 0.022 + 0.34 * np.sin(t) ** 0.62
    z = 0.555 + 0.255 * np.cos(t) + 0.02 * np.sin(t)
    joint = np.exp(-np.sin(t) / 0.16)
    return tube(np.stack([x, 0 * t, z], 1), 0.062 + 0.03 * joint, 0.040 + 0.022 * joint)


def _mug_wall(glaze: str) -> NDArray[np.float32]:
    """The wrap around the wall, 2.64 x 0.78 dm, with the print centred on the front."""
    wrap = surfaces.speckled(7, glaze, (904, 3072))
    motif = np.asarray(
        Image.open(artwork.FOLDER / "mug-print.png").convert("RGBA").resize((740, 740), Image.Resampling.LANCZOS)
    )
    alpha = motif[..., 3:].astype(np.float32) / 255
    rows, columns = slice(60, 800), slice(1536 - 370, 1536 + 370)
    wrap[rows, columns] = wrap[rows, columns] * (1 - alpha) + to_linear(motif[..., :3]) * alpha
    return wrap


def _print(name: str) -> NDArray[np.float32]:
    return to_linear(np.asarray(Image.open(artwork.FOLDER / f"{name}.png").convert("RGBA"))[..., :3])

"""Takes a picture of a product in a room, and its exact matte."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import mitsuba as mi
import numpy as np
from numpy.typing import NDArray

from ecomgen.color import to_bytes, to_srgb
from ecomgen.scenes.studio.rendering.mitsuba_parts import mesh
from training.samples.products import PRODUCTS, Part
from training.samples.rooms import ROOMS, lights
from training.samples.views import View

MATTE_SAMPLES = 64
WHITE_BALANCE = 0.45  # how far towards grey the picture is pulled
DEPTH = 5  # bounces


def photograph(view: View, *, scale: float = 1.0, samples: int = 16, seed: int = 0) -> NDArray[np.uint8]:
    """The product in its room, HxWx3 sRGB, `scale` times the view's size.

    Needs a Mitsuba variant to be set. The same arguments and variant give the same bytes.
    """
    import mitsuba_oidn

    room = ROOMS[view.room]
    furniture = [Part(mesh=part.mesh.moved(*view.shift), bsdf=part.bsdf) for part in room.furniture()]
    path = {"type": "path", "max_depth": DEPTH}
    scene = mi.load_dict(
        {
            "type": "scene",
            "integrator": {"type": "aov", "aovs": "albedo:albedo,normal:sh_normal", "image": path},
            "sensor": _sensor(view, scale, samples),
            **lights(room),
            **_shapes((*_product(view), *furniture)),
        }
    )
    layers = np.array(mi.render(scene, seed=mi.UInt32(seed)), dtype=np.float32)
    colour, albedo, normal = (np.ascontiguousarray(layers[..., a : a + 3]) for a in (0, 4, 7))
    linear = np.asarray(mitsuba_oidn.denoise(colour, albedo.clip(0, 1), normal, hdr=True), dtype=np.float32)
    return _developed(linear * np.float32(2**view.exposure), seed)


def matte(view: View, *, scale: float = 1.0, seed: int = 0) -> NDArray[np.uint8]:
    """How much of every pixel the product covers, HxW, 0–255, through the same lens as `photograph`."""
    scene = mi.load_dict(
        {
            "type": "scene",
            "integrator": {"type": "depth"},
            "sensor": _sensor(view, scale, MATTE_SAMPLES),
            **_shapes(_product(view)),
        }
    )
    return to_bytes(np.array(mi.render(scene, seed=mi.UInt32(seed)))[..., -1])


@cache
def _built(name: str) -> tuple[Part, ...]:
    return PRODUCTS[name]()


def _product(view: View) -> tuple[Part, ...]:
    return tuple(Part(mesh=part.mesh.turned(z=view.turn), bsdf=part.bsdf) for part in _built(view.product))


def _shapes(parts: Iterable[Part]) -> dict[str, Any]:
    return {f"part{index}": _shape(part, f"part{index}") for index, part in enumerate(parts)}


def _shape(part: Part, name: str) -> Any:
    properties = mi.Properties()
    properties["surface"] = mi.load_dict(part.bsdf)
    return mesh(mi, part.mesh, properties, name=name)


def _sensor(view: View, scale: float, samples: int) -> dict[str, Any]:
    distance = float(np.linalg.norm(np.subtract(view.camera, view.target)))
    return {
        "type": "thinlens",
        "fov": view.field,
        "fov_axis": "x",
        "aperture_radius": view.aperture,
        "focus_distance": distance - 0.2,
        "to_world": mi.ScalarTransform4f().look_at(origin=view.camera, target=view.target, up=(0, 0, 1)),
        "film": {
            "type": "hdrfilm",
            "width": round(view.width * scale),
            "height": round(view.height * scale),
            "pixel_format": "rgba",
            "rfilter": {"type": "box"},
        },
        "sampler": {"type": "multijitter", "sample_count": samples},
    }


def _developed(linear: NDArray[np.float32], seed: int) -> NDArray[np.uint8]:
    """A camera's rendering: half a white balance, a shoulder for the lights, some contrast, a trace of sensor noise."""
    mean = linear.mean((0, 1))
    balanced = linear * (mean[1] / mean) ** WHITE_BALANCE
    shoulder = np.where(balanced < 0.6, balanced, 0.6 + 0.4 * np.tanh((balanced - 0.6) / 0.55))
    picture = to_srgb(shoulder)
    picture += 0.8 * (picture - 0.45) * picture * (1 - picture)
    noise = np.random.default_rng(seed).normal(0, 0.0035, picture.shape[:2])
    return to_bytes(picture + noise[..., None])

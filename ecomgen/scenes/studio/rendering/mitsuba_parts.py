"""What Mitsuba scenes are made of, the studio's, the samples' and the training's: colours, materials, meshes."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ecomgen.scenes.studio.primitives.shapes import Shape
from ecomgen.scenes.studio.primitives.types import Material

GLASS, WATER = 1.5, 1.33  # refractive indices
ALIGNMENT = 64  # bytes, of all vectors that the just-in-time variants read


def rgb(colour: Any) -> dict[str, Any]:
    """A linear colour."""
    return {"type": "rgb", "value": [float(c) for c in colour]}


def texture(mi: Any, values: Any, *, wrap: str = "mirror", filtering: str = "bilinear") -> Any:
    """Linear values: HxWx3 or HxW as a bitmap, a colour, or a number as it is."""
    if isinstance(values, np.ndarray):
        image = np.ascontiguousarray(values if values.ndim == 3 else values[..., None], dtype=np.float32)
        return {"type": "bitmap", "bitmap": mi.Bitmap(image), "raw": True, "wrap_mode": wrap, "filter_type": filtering}
    return values if np.isscalar(values) else rgb(values)


def bsdf(mi: Any, material: Material) -> dict[str, Any]:
    """A plain diffuse surface where nothing shines, else Disney's principled one."""
    if material.transmission > 0:
        clear = ("dielectric", WATER) if material.solid else ("thindielectric", GLASS)
        return {"type": clear[0], "int_ior": clear[1], "specular_transmittance": texture(mi, material.colour)}
    if material.translucency > 0:
        return {
            "type": "principledthin",
            "base_color": texture(mi, material.colour),
            "roughness": texture(mi, material.roughness),
            "diff_trans": 2 * material.translucency,
        }
    inner: dict[str, Any]
    if isinstance(material.roughness, float) and material.roughness >= 1 and material.metallic == 0:
        inner = {"type": "diffuse", "reflectance": texture(mi, material.colour)}
    else:
        inner = {
            "type": "principled",
            "base_color": texture(mi, material.colour),
            "roughness": texture(mi, material.roughness),
            "specular": material.specular,
            "metallic": material.metallic,
            "sheen": material.sheen,
        }
    if material.bump is not None:
        inner = {
            "type": "bumpmap",
            "arbitrary": texture(mi, material.bump_scale * _at_a_usual_size(material.bump)),
            "inner": inner,
        }
    return {"type": "twosided", "inner": inner}


def _at_a_usual_size(heights: NDArray[Any]) -> NDArray[Any]:
    """A little larger: a bump map's size is part of the kernel's code, so there are few."""
    rows, columns = (round(2 ** (np.ceil(2 * np.log2(side)) / 2)) for side in heights.shape[:2])
    return np.asarray(cv2.resize(heights, (columns, rows), interpolation=cv2.INTER_CUBIC))


def mesh(mi: Any, shape: Shape, properties: Any, *, name: str = "mesh") -> Any:
    """A mesh in memory, with what its `properties` hold: a BSDF, an emitter."""
    found = mi.Mesh(
        name,
        vertex_count=len(shape.points),
        face_count=len(shape.faces),
        has_vertex_normals=shape.smooth,
        has_vertex_texcoords=True,
        props=properties,
    )
    values = mi.traverse(found)
    values["vertex_positions"] = _aligned(shape.points)
    values["faces"] = _aligned(shape.faces)
    values["vertex_texcoords"] = _aligned(shape.uv)
    if shape.smooth:
        values["vertex_normals"] = _aligned(shape.normals())
    values.update()
    return found


def _aligned(values: NDArray[Any]) -> NDArray[Any]:
    """A flat copy, 32 bits a value, at an address that is a multiple of `ALIGNMENT`.

    How a kernel reads a vector depends on that, so otherwise chance would decide whether one is compiled anew.
    """
    kind = np.dtype(np.uint32 if values.dtype.kind == "u" else np.float32)
    room = np.empty(values.size * kind.itemsize + ALIGNMENT, np.uint8)
    start = -room.ctypes.data % ALIGNMENT
    copy = room[start : start + values.size * kind.itemsize].view(kind)
    copy[:] = values.ravel()
    return copy

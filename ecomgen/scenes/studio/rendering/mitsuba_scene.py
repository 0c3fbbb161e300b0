"""From a stage to a Mitsuba scene."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import numpy as np

from ecomgen.scenes.studio.primitives.types import Backdrop, Dome, Lamp, Softbox, Stage, Thing
from ecomgen.scenes.studio.rendering.mitsuba_parts import bsdf, mesh, rgb, texture
from ecomgen.scenes.studio.stage.frame import Frame
from ecomgen.types import Box

FAR = 60.0  # the distance of a sun, in units
FACING = (0.0, 0.0, 1.0)  # what the product's front faces
SIDEWAYS = 0.3  # what light on fronts counts against light on the ground
NEAREST = 0.05  # units before the camera, from where on anything is seen
BLOCK = 16  # pixels a side that a thread of the scalar variant takes; its chance begins anew with each
GLARING, CLOSE = 12.0, 1.0  # times as bright as paper; units from what glares to what it lights
FAINTEST = 0.02  # of all light: what is seen rather than lights, such as a backdrop


def scene(mi: Any, stage: Stage, frame: Frame, extra: Sequence[Thing]) -> Any:
    """The stage with `extra` things, ready to render."""
    with TemporaryDirectory(prefix="ecomgen-", ignore_cleanup_errors=True) as folder:
        # Merged meshes give lamps in any order, and chance picks by order; loaded in parallel, things are numbered in
        # any order, and each order is another kernel.
        return mi.load_dict(entries(mi, stage, frame, extra, Path(folder)), parallel=False, optimize=False)


def entries(mi: Any, stage: Stage, frame: Frame, extra: Sequence[Thing], folder: Path) -> dict[str, Any]:
    """The scene as Mitsuba's dictionary.

    For the scalar variant it holds no shape that Python made, which would take Python's lock at every ray that meets
    it: meshes are files in `folder`, which must be there until the dictionary is loaded.
    """
    found: dict[str, Any] = {"type": "scene"}
    brightness = stage.brightness()
    found["dome"] = _dome(mi, stage.dome) | _asked(stage.dome.falling() / brightness)
    for number, lamp in enumerate(stage.lamps):
        given = (lamp.falling_on(stage.upward) + SIDEWAYS * lamp.falling_on(FACING)) / np.pi
        found[f"lamp{number}"] = _placed(mi, _lamp(mi, lamp, _asked(given / brightness)))
    if stage.backdrop is not None:
        found["backdrop"] = _placed(mi, _backdrop(mi, stage.backdrop, frame, brightness))
    for number, thing in enumerate((*stage.things, *extra)):
        path = folder / f"thing{number}.ply"
        mesh = _mesh_file(mi, thing, brightness, path) if _is_scalar(mi) else _mesh(mi, thing, brightness)
        found[path.stem] = mesh
    return found


def _is_scalar(mi: Any) -> bool:
    return mi.variant().startswith("scalar")


def _placed(mi: Any, shape: dict[str, Any]) -> Any:
    """A lamp, with its place as data of the kernel and not as its code: one kernel serves wherever it stands."""
    if _is_scalar(mi):
        return shape
    import drjit as dr

    loaded = mi.load_dict(shape)
    values = mi.traverse(loaded)
    dr.make_opaque(values["to_world"])
    values.set_dirty("to_world")
    values.update()
    return loaded


def _asked(share: float = 0.0) -> dict[str, Any]:
    """How often a lamp that gives `share` of the light is asked for it: a little more evenly than it gives."""
    return {"sampling_weight": float(max(share, FAINTEST) ** 0.75)}


def sensor(mi: Any, frame: Frame, aperture: float, box: Box, samples: int) -> Any:
    """The shifted view camera, for the picture's part in `box`, with its sampler."""
    (left, width), (top, height) = _film(frame)
    aim = mi.ScalarTransform4f().look_at(
        [frame.across, frame.eye, frame.distance], [frame.across, frame.eye, 0], [0, 1, 0]
    )
    film = {
        "type": "hdrfilm",
        "width": width,
        "height": height,
        "crop_offset_x": left + box.x0,
        "crop_offset_y": top + box.y0,
        "crop_width": box.width,
        "crop_height": box.height,
        "rfilter": {"type": "box"},
        "pixel_format": "rgb",
        "component_format": "float32",
    }
    return mi.load_dict(
        {
            "type": "thinlens",
            "fov_axis": "x",
            "fov": float(np.degrees(2 * np.arctan(width * frame.unit / 2 / frame.distance))),
            "aperture_radius": max(aperture, 1e-4),
            "focus_distance": frame.distance,
            "near_clip": NEAREST,
            "far_clip": 500.0,
            "to_world": aim,
            "film": film,
            "sampler": {"type": "multijitter", "sample_count": samples},
        }
    )


def _film(frame: Frame) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where the picture begins on a film about the camera's axis, and the film's size: across, and down."""
    column, horizon = frame.width / 2 + frame.across / frame.unit, frame.ground_row - frame.eye / frame.unit
    half = int(np.ceil(max(horizon, frame.height - horizon, 1)))
    if not frame.across:
        return (0, frame.width), (round(half - horizon), 2 * half)
    wide = int(np.ceil(max(column, frame.width - column)))
    return (round(wide - column), 2 * wide), (round(half - horizon), 2 * half)


def axis(frame: Frame) -> tuple[float, float]:
    """The column and the row at which the camera looks, as it is rendered."""
    (left, width), (top, height) = _film(frame)
    return width / 2 - left, height / 2 - top


def light_integrator(mi: Any, kind: str, max_depth: int) -> Any:
    """Renders radiance, three channels. From the second bounce on, chance ends dark paths: the light is the same."""
    return mi.load_dict({"type": kind, "max_depth": max_depth, "rr_depth": 2, "block_size": BLOCK})


def surface_integrator(mi: Any, what: Literal["albedo", "depth"]) -> Any:
    """Renders what is seen without its light, since together they cost double: its reflectance (three channels), or how
    far away it is in units (one), then its shading normal (three)."""
    return mi.load_dict({"type": "aov", "aovs": f"{what}:{what},normal:sh_normal", "block_size": BLOCK})


def _mesh(mi: Any, thing: Thing, brightness: float) -> Any:
    """A mesh in memory."""
    properties = mi.Properties()
    properties["mesh_bsdf"] = mi.load_dict(bsdf(mi, thing.material))
    if thing.material.glow is not None:
        properties["mesh_emitter"] = mi.load_dict(_glow(mi, thing, brightness))
    return mesh(mi, thing.shape, properties)


def _mesh_file(mi: Any, thing: Thing, brightness: float, path: Path) -> dict[str, Any]:
    """A mesh in a file, to be read by Mitsuba."""
    mesh(mi, thing.shape, mi.Properties()).write_ply(str(path))
    found = {"type": "ply", "filename": str(path), "face_normals": not thing.shape.smooth}
    found["bsdf"] = bsdf(mi, thing.material)
    if thing.material.glow is not None:
        found["emitter"] = _glow(mi, thing, brightness)
    return found


def _glow(mi: Any, thing: Thing, brightness: float) -> dict[str, Any]:
    """A thing's own light; what glares, such as a flame, is asked for it as often as it gives light near by."""
    glow = np.asarray(thing.material.glow)
    glare = float(glow.max(-1).mean())
    share = min(glare * thing.shape.area() / (np.pi * CLOSE**2), 1.0) if glare > GLARING else 0.0
    radiance = glow * brightness
    return {"type": "area", "radiance": rgb(radiance) if glow.ndim == 1 else texture(mi, radiance)} | _asked(share)


def _lamp(mi: Any, lamp: Lamp, asked: dict[str, Any]) -> dict[str, Any]:
    place = mi.ScalarTransform4f()
    if isinstance(lamp, Softbox):
        aim = place.look_at(list(lamp.position), list(lamp.target), [0, 1, 0.01])
        shape, scale, radiance = "rectangle", [lamp.width / 2, lamp.height / 2, 1], rgb(lamp.radiance)
    else:
        direction = np.asarray(lamp.towards, dtype=np.float64)
        direction /= np.linalg.norm(direction)
        radius = FAR * np.tan(np.radians(lamp.spread / 2))
        aim = place.look_at(list(direction * FAR), [0, 0, 0], [0, 1, 0.01])
        solid_angle = np.pi * radius**2 / FAR**2
        shape, scale, radiance = "disk", [radius, radius, 1], rgb(np.asarray(lamp.irradiance) / solid_angle)
    emitter = {"type": "area", "radiance": radiance} | asked
    return {"type": shape, "to_world": aim @ place.scale(scale), "emitter": emitter}


def _dome(mi: Any, dome: Dome) -> dict[str, Any]:
    height = np.linspace(1, -1, 64)[:, None]
    zenith, horizon, nadir = (np.asarray(colour) for colour in (dome.zenith, dome.horizon, dome.nadir))
    above = horizon + (zenith - horizon) * np.clip(height, 0, 1) ** 0.6
    below = horizon + (nadir - horizon) * np.clip(-height * 4, 0, 1)
    rows = np.where(height >= 0, above, below)
    image = np.repeat(rows[:, None], 8, axis=1).astype(np.float32)
    return {"type": "envmap", "bitmap": mi.Bitmap(np.ascontiguousarray(image))}


def _backdrop(mi: Any, backdrop: Backdrop, frame: Frame, brightness: float) -> dict[str, Any]:
    seen = backdrop.scaled(frame.spread(-backdrop.depth), eye=frame.eye)
    (x0, x1), (y0, y1) = (seen.left, seen.right), (seen.bottom, seen.top)
    place = mi.ScalarTransform4f().translate([(x0 + x1) / 2, (y0 + y1) / 2, -backdrop.depth])
    radiance = texture(mi, backdrop.picture[::-1] * np.float32(brightness))
    return {
        "type": "rectangle",
        "to_world": place @ mi.ScalarTransform4f().scale([(x1 - x0) / 2, (y1 - y0) / 2, 1]),
        "bsdf": {"type": "diffuse", "reflectance": rgb((0, 0, 0))},
        "emitter": {"type": "area", "radiance": radiance} | _asked(),
    }

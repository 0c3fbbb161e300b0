"""Renders products in scenes with exact masks: `python -m training.render --out FOLDER --count 3000`.

Every picture follows from its seed. Shards of 50 pictures are written whole, so that a run that was stopped goes on
where it was; `manifest.json` names every shard with its SHA-256. All scenes have one structure (six meshes, five
materials, two lights, textures of constant size), so that Mitsuba's kernels are compiled once.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ecomgen.color import to_bytes, to_linear, to_srgb
from ecomgen.errors import BackendMissing
from ecomgen.scenes.studio.primitives.shapes import Shape, joined
from ecomgen.scenes.studio.rendering.mitsuba_parts import mesh, texture
from ecomgen.scenes.studio.rendering.variants import SAFE, best_variant, load_variant
from training.products.finishes import Finish, Part
from training.scenes import CROWDS, Camera, Crowd, Light, Setting, elevation, make_setting
from training.scenes.surfaces import PRINT_COLOURS, SIDE, Bank, load_bank, make_bank
from training.shapes import sheet

SHARD = 50  # pictures
COLUMNS, ROWS, TILE = 8, 6, 128  # of the atlas
SURFACE_SIDE = 512
MASK_SCALE = 4
DEPTH = 5  # bounces
BRIGHTEST = 12.0  # radiance, before denoising
HIDDEN = sheet(0.01, 0.01).moved(z=-60)


class Stage:
    """One Mitsuba scene that stays; every setting is put into its parameters, so that its kernels stay too."""

    def __init__(self, bank: Bank, *, size: int, samples: int, crowd: Crowd = CROWDS["usual"]) -> None:
        """Needs a Mitsuba variant to be set."""
        import mitsuba as mi

        self._mi, self._bank, self._size, self._samples, self._crowd = mi, bank, size, samples, crowd
        self._variant = str(mi.variant())
        self._scene = mi.load_dict(_structure(mi))
        self._parameters = mi.traverse(self._scene)
        self._sensors = mi.load_dict(_sensor(size)), mi.load_dict(_sensor(size * MASK_SCALE))
        self._lenses = [mi.traverse(sensor) for sensor in self._sensors]
        self._photo = mi.load_dict({"type": "path", "max_depth": DEPTH})
        self._guides = mi.load_dict({"type": "aov", "aovs": "albedo:albedo,normal:sh_normal"})
        self._index = mi.load_dict({"type": "aov", "aovs": "shape:shape_index"})

    def render(self, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8], Setting]:
        """The picture (size x size x 3, sRGB), its soft mask (size x size, 0-255) and what it shows."""
        import mitsuba_oidn

        load_variant(self._variant)  # others in this process may have set theirs
        setting = make_setting(seed, self._crowd)
        rng = np.random.default_rng([seed, 1])
        self._arrange(setting, rng)
        colour = self._layers(self._photo, 0, self._samples, seed)[..., :3].clip(0, BRIGHTEST)
        guides = self._layers(self._guides, 0, 4, seed)
        albedo, normal = guides[..., :3].clip(0, 1), guides[..., 3:6]
        linear = mitsuba_oidn.denoise(
            *map(np.ascontiguousarray, (colour, albedo, normal)), hdr=True, quality=mitsuba_oidn.Quality.Fast
        )
        return _developed(np.asarray(linear, dtype=np.float32), rng), self._mask(seed), setting

    def _mask(self, seed: int) -> NDArray[np.uint8]:
        """How much of every pixel shows the product, through the same lens at four times the resolution."""
        index = np.round(self._layers(self._index, 1, 1, seed)[..., -1]).astype(int)
        hit = np.isin(index, self._product_indices()).astype(np.float32)
        return to_bytes(cv2.resize(hit, (self._size, self._size), interpolation=cv2.INTER_AREA))

    def _product_indices(self) -> list[int]:
        import drjit as dr

        mi: Any = self._mi
        mine = [mi.ShapePtr(shape) for shape in self._scene.shapes() if shape.id().startswith("product")]
        return [int(np.array(dr.reinterpret_array(mi.UInt32, shape))[0]) for shape in mine]

    def _layers(self, integrator: Any, sensor: int, samples: int, seed: int) -> NDArray[np.float32]:
        picture = self._mi.render(
            self._scene, sensor=self._sensors[sensor], integrator=integrator, spp=samples, seed=self._mi.UInt32(seed)
        )
        return np.nan_to_num(np.array(picture, dtype=np.float32))

    def _arrange(self, setting: Setting, rng: Generator) -> None:
        atlas = _Atlas(self._bank, rng)
        for name, parts in (("product", setting.product), ("props", setting.props)):
            self._put_mesh(name, atlas.add([one for one in parts if not one.finish.glass]))
            self._put_mesh(f"{name}_glass", atlas.add([one for one in parts if one.finish.glass]))
        flat = np.ones((ROWS, COLUMNS, 1), np.float32)
        self._put_surface("product", atlas.colours, atlas.roughness, atlas.metal)
        self._put("product_glass.bsdf.specular_transmittance.data", atlas.colours)
        for name, one in (("ground", setting.ground), ("wall", setting.wall)):
            self._put_mesh(name, one.mesh)
            picture = painted(one.finish, self._bank, rng, SURFACE_SIDE, (1.0, 1.0))
            self._put_surface(name, picture, flat * one.finish.roughness, flat * 0)
        self._put_lights(setting.light, rng)
        self._parameters.update()
        for lens in self._lenses:
            self._put_camera(lens, setting.camera)

    def _put(self, name: str, value: NDArray) -> None:
        kind: Any = type(self._parameters[name])
        self._parameters[name] = kind(np.ascontiguousarray(value, dtype=np.float32))

    def _put_mesh(self, name: str, mesh: Shape) -> None:
        self._put(f"{name}.vertex_positions", mesh.points.ravel())
        self._put(f"{name}.vertex_normals", mesh.normals().ravel())
        self._put(f"{name}.vertex_texcoords", mesh.uv.ravel())
        self._parameters[f"{name}.faces"] = self._mi.UInt32(mesh.faces.astype(np.uint32).ravel())

    def _put_surface(self, name: str, colours: NDArray, roughness: NDArray, metal: NDArray) -> None:
        self._put(f"{name}.bsdf.brdf_0.base_color.data", colours.clip(0, 0.98))
        self._put(f"{name}.bsdf.brdf_0.roughness.data", roughness)
        self._put(f"{name}.bsdf.brdf_0.metallic.data", metal)

    def _put_lights(self, light: Light, rng: Generator) -> None:
        mi = self._mi
        place = to_linear(self._bank.places[int(rng.integers(len(self._bank.places)))])
        place = place * (light.around * 0.8 / max(float(place.mean()), 0.02))
        place = np.concatenate([place, place[:, :1]], 1)
        turned = mi.ScalarTransform4f().rotate((0, 0, 1), light.turn) @ mi.ScalarTransform4f().rotate((1, 0, 0), 90)
        facing = mi.ScalarTransform4f().look_at(origin=light.origin, target=(0, 0, 0.3), up=(0.1, 0.2, 1))
        glow = np.broadcast_to(np.array(light.colour, np.float32) * light.strength / np.pi, (2, 2, 3))
        self._put("place.data", place)
        self._parameters["place.to_world"] = self._transform(turned)
        shape = facing @ mi.ScalarTransform4f().scale((light.size, light.size, 1))
        self._parameters["lamp.to_world"] = self._transform(shape)
        self._put("lamp.emitter.radiance.data", glow)

    def _transform(self, placed: Any) -> Any:
        """As data, not as constants that the kernels would be compiled with."""
        import drjit

        transform = self._mi.AffineTransform4f(placed.matrix)
        drjit.make_opaque(transform)
        return transform

    def _put_camera(self, lens: Any, camera: Camera) -> None:
        import drjit

        mi = self._mi
        placed = mi.ScalarTransform4f().look_at(origin=camera.origin, target=camera.target, up=camera.up)
        lens["to_world"] = self._transform(placed)
        for name, value in (
            ("x_fov", camera.field),
            ("aperture_radius", camera.aperture),
            ("focus_distance", camera.focus),
        ):
            lens[name] = drjit.opaque(mi.Float, value)
        lens.update()


def _structure(mi: Any) -> dict[str, Any]:
    """Six meshes, three opaque materials and glass, a place around and a lamp; all values come later."""
    blank = np.full((ROWS * TILE, COLUMNS * TILE, 3), 0.5)
    cells = np.full((ROWS, COLUMNS, 1), 0.5)
    picture = np.full((SURFACE_SIDE, SURFACE_SIDE, 3), 0.5)
    opaque = mi.load_dict(_opaque(mi, blank, cells, "clamp"))
    glass = mi.load_dict(
        {"type": "dielectric", "int_ior": 1.45, "specular_transmittance": texture(mi, blank, wrap="clamp")}
    )
    surfaces = [mi.load_dict(_opaque(mi, picture, cells, "mirror")) for _ in range(2)]
    glow = mi.Bitmap(np.ones((2, 2, 3), np.float32))
    return {
        "type": "scene",
        "product": _shape(mi, "product", opaque),
        "product_glass": _shape(mi, "product_glass", glass),
        "props": _shape(mi, "props", opaque),
        "props_glass": _shape(mi, "props_glass", glass),
        "ground": _shape(mi, "ground", surfaces[0]),
        "wall": _shape(mi, "wall", surfaces[1]),
        "place": {"type": "envmap", "bitmap": mi.Bitmap(np.ones((128, 256, 3), np.float32))},
        "lamp": {
            "type": "rectangle",
            "emitter": {"type": "area", "radiance": {"type": "bitmap", "bitmap": glow, "raw": True}},
        },
    }


class _Atlas:
    """One picture with a tile for every part; meshes are moved onto their tiles as they are added."""

    def __init__(self, bank: Bank, rng: Generator) -> None:
        self.bank, self.rng, self.used = bank, rng, 0
        self.colours = np.full((ROWS * TILE, COLUMNS * TILE, 3), 0.5, np.float32)
        self.roughness = np.full((ROWS, COLUMNS, 1), 0.5, np.float32)
        self.metal = np.zeros((ROWS, COLUMNS, 1), np.float32)
        self.known: dict[Finish, int] = {}

    def add(self, parts: Sequence[Part]) -> Shape:
        return joined([self._placed(one) for one in parts]) if parts else HIDDEN

    def _placed(self, one: Part) -> Shape:
        if one.finish not in self.known:
            self.known[one.finish] = self._paint(one.finish)
        row, column = divmod(self.known[one.finish], COLUMNS)
        uv = (one.mesh.uv.clip(0, 1) * 0.94 + 0.03 + np.array([column, row])) / np.array([COLUMNS, ROWS])
        return replace(one.mesh, uv=uv)

    def _paint(self, finish: Finish) -> int:
        """The finish's tile; when all are taken, one that another finish has."""
        if self.used >= COLUMNS * ROWS:
            return int(self.rng.integers(COLUMNS * ROWS))
        number, self.used = self.used, self.used + 1
        row, column = divmod(number, COLUMNS)
        here = slice(row * TILE, (row + 1) * TILE), slice(column * TILE, (column + 1) * TILE)
        self.colours[here] = painted(finish, self.bank, self.rng, TILE)
        self.roughness[row, column], self.metal[row, column] = finish.roughness, finish.metal
        return number


def painted(
    finish: Finish, bank: Bank, rng: Generator, size: int, zoom: tuple[float, float] = (0.25, 1.0)
) -> NDArray[np.float32]:
    """A finish as a picture, size x size x 3, linear light."""
    ends = to_linear((np.array(finish.colours) * 255).round().astype(np.uint8))
    if finish.pattern == "plain":
        return np.broadcast_to(ends[-1] if len(ends) == 2 else ends[0], (size, size, 3)).astype(np.float32)
    if finish.pattern == "print":
        palette = np.resize(ends, (PRINT_COLOURS, 3))
        chosen = palette[bank.prints[int(rng.integers(len(bank.prints)))]]
        return np.asarray(cv2.resize(chosen, (size, size), interpolation=cv2.INTER_AREA), dtype=np.float32)
    choices = np.flatnonzero(bank.kinds == finish.pattern)
    pattern = bank.patterns[int(rng.choice(choices))]
    crop = int(SIDE * rng.uniform(*zoom))
    top, left = rng.integers(0, SIDE - crop + 1, 2)
    mix = cv2.resize(pattern[top : top + crop, left : left + crop], (size, size), interpolation=cv2.INTER_LINEAR)
    share = (mix.astype(np.float32) / 255)[..., None]
    return (ends[0] * (1 - share) + ends[1] * share).astype(np.float32)


def _opaque(mi: Any, colours: NDArray, cells: NDArray, wrap: str) -> dict[str, Any]:
    principled = {
        "type": "principled",
        "base_color": texture(mi, colours, wrap=wrap),
        "roughness": texture(mi, cells, wrap=wrap, filtering="nearest"),
        "metallic": texture(mi, cells, wrap=wrap, filtering="nearest"),
        "specular": 0.5,
    }
    return {"type": "twosided", "bsdf": principled}


def _shape(mi: Any, name: str, bsdf: Any) -> Any:
    """A mesh whose size is still open."""
    properties = mi.Properties()
    properties["surface"] = bsdf
    return mesh(mi, HIDDEN, properties, name=name)


def _sensor(size: int) -> dict[str, Any]:
    film = {"type": "hdrfilm", "width": size, "height": size, "pixel_format": "rgba", "rfilter": {"type": "box"}}
    lens = {"type": "thinlens", "fov": 30, "aperture_radius": 0.01, "focus_distance": 1.0}
    return lens | {"film": film, "sampler": {"type": "independent"}}


def _developed(linear: NDArray[np.float32], rng: Generator) -> NDArray[np.uint8]:
    """Exposed for the picture's brightness, half white-balanced, with a shoulder for the lights."""
    mean = linear.mean((0, 1)) + 1e-4
    balanced = linear * (mean[1] / mean) ** float(rng.uniform(0, 0.8))
    wanted = float(rng.choice([0.12, 0.22, 0.38], p=(0.25, 0.5, 0.25))) * float(np.exp(rng.normal(0, 0.2)))
    exposed = balanced * (wanted / max(float(np.median(balanced)), 0.01)) ** float(rng.uniform(0.4, 0.8))
    shoulder = np.where(exposed < 0.6, exposed, 0.6 + 0.4 * np.tanh((exposed - 0.6) / 0.5))
    return to_bytes(to_srgb(shoulder.astype(np.float32)))


def render_shard(folder: Path, number: int, stage: Stage, count: int = SHARD) -> None:
    """Render one shard's pictures into `shard-NNNN.npz`; scenes whose product is hardly seen are left out."""
    pictures, masks, families, elevations = [], [], [], []
    for seed in range(number * SHARD, number * SHARD + count):
        picture, mask, setting = stage.render(seed)
        if 0.008 < float((mask > 127).mean()) < 0.85:
            pictures.append(picture)
            masks.append(mask)
            families.append(f"{setting.family}:{setting.kind}:{seed}")
            elevations.append(elevation(setting))
    part = folder / f".shard-{number:04d}.npz"
    np.savez_compressed(
        part,
        pictures=np.stack(pictures),
        masks=np.stack(masks),
        families=np.array(families),
        elevations=np.array(elevations, np.float32),
    )
    part.replace(folder / f"shard-{number:04d}.npz")


def write_manifest(folder: Path) -> None:
    """`manifest.json`: every shard of the folder with its SHA-256."""
    shards = sorted(folder.glob("shard-*.npz"))
    known = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in shards}
    (folder / "manifest.json").write_text(json.dumps(known, indent=1), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Renders products in scenes with exact masks.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--samples", type=int, default=16)
    parser.add_argument("--first", type=int, default=0, help="the shard to begin with")
    parser.add_argument("--crowd", choices=CROWDS, default="usual", help="how much stands under and round products")
    parser.add_argument("--families", choices=("usual", "held-out"), default="usual", help="of what products")
    parser.add_argument("--worker", type=int, default=0, help="this worker's number")
    parser.add_argument("--workers", type=int, default=1, help="of how many, each taking every n-th shard")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    bank_file = arguments.out / "bank.npz"
    if not bank_file.is_file():
        make_bank(0).save(bank_file)
    bank = load_bank(bank_file)
    variant = best_variant()
    if variant == SAFE:
        raise BackendMissing("Rendering for training needs LLVM or CUDA: install libllvm19, or use a GPU.")
    load_variant(variant)
    crowd = replace(CROWDS[arguments.crowd], held_out=arguments.families == "held-out")
    stage = Stage(bank, size=arguments.size, samples=arguments.samples, crowd=crowd)
    last = arguments.first - (-arguments.count // SHARD)
    for number in range(arguments.first + arguments.worker, last, arguments.workers):
        if (arguments.out / f"shard-{number:04d}.npz").is_file():
            continue
        start = time.perf_counter()
        render_shard(arguments.out, number, stage)
        print(f"shard {number}: {(time.perf_counter() - start) / SHARD:.2f} s a picture", flush=True)
    write_manifest(arguments.out)


if __name__ == "__main__":
    main()

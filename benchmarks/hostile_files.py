"""Small picture files of every kind that is read, and the ways in which they go wrong.

All of it is drawn from a seed, so that a file which got through can be made again.
"""

from __future__ import annotations

import io
import json
import random
import re
import struct
import zlib
from collections.abc import Callable, Mapping

import numpy as np
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from ecomgen.export import Provenance, encode
from ecomgen.record import validated

SIZE = (48, 40)
EXTREMES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
"""Numbers at which a length, a size or an offset overflows."""

_BOXES = re.compile(b"ftyp|meta|iloc|iinf|infe|iprp|ipco|ispe|pixi|colr|av1C|hvcC|irot|mdat|pitm|auxC|ipma|iref")
_CHUNKS = re.compile(
    b"IHDR|PLTE|tRNS|iCCP|tEXt|zTXt|iTXt|eXIf|IDAT|IEND|acTL|fcTL|fdAT|VP8 |VP8L|VP8X|ALPH|ANIM|ANMF|ICCP|EXIF"
)


def whole_files() -> dict[str, bytes]:
    """The files before anything happens to them, by their kind."""
    return _still() | _deep() | _moving() | _telling()


def _still() -> dict[str, bytes]:
    rgb, rgba = _drawn(), _drawn("RGBA")
    exif, profile = _exif(), ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    files = {
        "jpeg": _saved(rgb, "JPEG", exif=exif, icc_profile=profile),
        "jpeg progressive": _saved(rgb, "JPEG", progressive=True, xmp=b"<x:xmpmeta/>"),
        "jpeg grey": _saved(rgb.convert("L"), "JPEG"),
        "jpeg cmyk": _saved(rgb.convert("CMYK"), "JPEG", icc_profile=profile),
        "png": _saved(rgb, "PNG", exif=exif, icc_profile=profile),
        "png alpha": _saved(rgba, "PNG", icc_profile=lab),
        "png palette": _saved(rgb.quantize(16), "PNG", transparency=3),
        "png grey": _saved(rgb.convert("L"), "PNG"),
        "png 1 bit": _saved(rgb.convert("1"), "PNG"),
        "webp": _saved(rgb, "WEBP", exif=exif, icc_profile=profile),
        "webp lossless": _saved(rgba, "WEBP", lossless=True),
        "bmp": _saved(rgb, "BMP"),
        "bmp palette": _saved(rgb.quantize(16), "BMP"),
        "gif": _saved(rgb.quantize(32), "GIF"),
        "ppm": _saved(rgb, "PPM"),
        "avif": _saved(rgb, "AVIF", exif=exif, icc_profile=profile),
        "avif alpha": _saved(rgba, "AVIF"),
    }
    for compression in (None, "packbits", "tiff_lzw", "tiff_adobe_deflate", "jpeg", "group4"):
        picture = rgb.convert("1") if compression == "group4" else rgb
        files[f"tiff {compression or 'plain'}"] = _saved(picture, "TIFF", compression=compression, icc_profile=profile)
    files["tiff cmyk"] = _saved(rgb.convert("CMYK"), "TIFF", compression="tiff_lzw")
    return files | _heic()


def _deep() -> dict[str, bytes]:
    import cv2

    deep = np.asarray(_drawn()).astype(np.uint16) * 257
    grey, real = Image.fromarray(deep[..., 0]), Image.fromarray(deep[..., 0].astype(np.float32) / 65535)
    files = {
        "png 16 bit": _saved(grey, "PNG"),
        "tiff 16 bit": _saved(grey, "TIFF", compression="tiff_lzw"),
        "tiff float": _saved(real, "TIFF"),
    }
    for kind, values in {"16 bit": deep, "float": deep.astype(np.float32) / 65535}.items():
        for compression in (1, 5):
            done, data = cv2.imencode(".tiff", values, [cv2.IMWRITE_TIFF_COMPRESSION, compression])
            assert done
            files[f"tiff {kind} colour {compression}"] = data.tobytes()
    return files


def _moving() -> dict[str, bytes]:
    frames = [_drawn(), _drawn(turned=True)]
    every = {"save_all": True, "append_images": frames[1:]}
    kinds = ("GIF", "PNG", "WEBP", "TIFF", "AVIF", "MPO")
    return {f"{kind.lower()} of two frames": _saved(frames[0], kind, **every) for kind in kinds}


def _telling() -> dict[str, bytes]:
    """Files that say how they were made: by this program, and by others."""
    parameters = {"width": 48, "height": 40, "count": 1, "threshold": 0.5, "seed": 43, "integrator": "path"}
    made = {"index": 0, "seed": 43, "path": "", "sha256": "", "status": "kept", "scores": {"identity": 0.9}}
    run = {
        "run_id": "a",
        "prompt": "on a wooden table, by a window",
        "negative_prompt": "people",
        "pipeline": "studio",
        "references": [{"path": "", "sha256": "0" * 64}],
        "versions": {"ecomgen": "0.2.0"},
        "parameters": parameters,
        "candidates": [made | {"steps": 32, "sampler": "path", "parameters": parameters}],
    }
    record = validated(run)
    told = Provenance(record=record, candidate=record.candidates[0])
    pixels = np.asarray(_drawn())
    files = {f"{kind} of a run": encode(pixels, kind, told) for kind in ("png", "jpeg", "webp", "tiff", "avif")}
    sampler = {"seed": 5, "steps": 20, "cfg": 8, "sampler_name": "euler", "model": ["2", 0], "positive": ["3", 0]}
    graph = {
        "1": {"class_type": "KSampler", "inputs": sampler | {"negative": ["3", 0], "latent_image": ["4", 0]}},
        "2": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "a.safetensors"}},
        "3": {"class_type": "CLIPTextEncode", "inputs": {"text": "a mug", "clip": ["2", 1]}},
        "4": {"class_type": "EmptyLatentImage", "inputs": {"width": 48, "height": 40}},
    }
    links = [[1, 2, 0, 1, 0, "MODEL"], [2, 3, 0, 1, 1, "CONDITIONING"], [3, 4, 0, 1, 3, "LATENT"]]
    for name, texts in {
        "png of A1111": {"parameters": "a mug\nNegative prompt: b\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 5"},
        "png of ComfyUI": {"prompt": json.dumps(graph), "workflow": json.dumps({"links": links})},
    }.items():
        info = PngInfo()
        for key, text in texts.items():
            info.add_text(key, text, zip=True) if key == "workflow" else info.add_text(key, text)
        files[name] = _saved(_drawn(), "PNG", pnginfo=info)
    return files


def _heic() -> dict[str, bytes]:
    """None where the extra `heic` is not installed."""
    try:
        import pillow_heif
    except ImportError:
        return {}
    buffer = io.BytesIO()
    pillow_heif.from_pillow(_drawn()).save(buffer, quality=80)
    return {"heic": buffer.getvalue()}


def _drawn(mode: str = "RGB", *, turned: bool = False) -> Image.Image:
    across, down = np.meshgrid(np.linspace(0, 255, SIZE[0]), np.linspace(0, 255, SIZE[1]))
    pixels = np.stack([across, down, 255 - across], axis=2).astype(np.uint8)
    pixels[12:28, 14:34] = (200, 30, 40)
    picture = Image.fromarray(pixels[::-1] if turned else pixels)
    if mode == "RGBA":
        picture.putalpha(Image.fromarray((down > 60).astype(np.uint8) * 255))
    return picture


def _exif() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "a picture"
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + "a mug\nSteps: 20, Seed: 5".encode("utf-16-be")
    return exif.tobytes()


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **{name: value for name, value in options.items() if value is not None})
    return buffer.getvalue()


def mutated(files: Mapping[str, bytes], chance: random.Random) -> tuple[str, bytes]:
    """One of the files, damaged in one to three ways: its kind, and its bytes."""
    kind = chance.choice(sorted(files))
    data = bytearray(files[kind])
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        data = chance.choice(WAYS)(data, chance)
    if chance.random() < 0.1:
        data = bytearray(_spliced(bytes(data), files[chance.choice(sorted(files))], chance))
    if data[:4] == b"\x89PNG" and chance.random() < 0.7:
        data = repaired(data)
    return kind, bytes(data)


def _spliced(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """The head of one file before the tail of another, or both one after the other."""
    if chance.random() < 0.3:
        return data + other
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other)) :]


def _flip_bits(data: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data


def _cut_short(data: bytearray, chance: random.Random) -> bytearray:
    return data[: chance.randrange(len(data) + 1)]


def _leave_out(data: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.choice((1, 2, 4, 16, 64, 512)) :]


def _repeat(data: bytearray, chance: random.Random) -> bytearray:
    start, length = chance.randrange(len(data) + 1), chance.choice((1, 4, 12, 64, 512))
    return data[: start + length] + data[start : start + length] * chance.choice((1, 2, 20)) + data[start + length :]


def _fill(data: bytearray, chance: random.Random) -> bytearray:
    start, length = chance.randrange(len(data) + 1), min(len(data), chance.choice((4, 16, 64, 256)))
    data[start : start + length] = bytes([chance.choice((0, 0xFF, 0x20, 0x80))]) * length
    return data


def _extreme_number(data: bytearray, chance: random.Random) -> bytearray:
    """A number of the head, or any, at the edge of its range."""
    end = min(len(data), chance.choice((32, 128, 1024, len(data)))) or 1
    return _put(data, chance.randrange(end), chance)


def _extreme_field(data: bytearray, chance: random.Random) -> bytearray:
    """A length beside the name of a chunk or a box, or what follows it."""
    names = [found.start() for found in (*_BOXES.finditer(data), *_CHUNKS.finditer(data))]
    if not names:
        return _extreme_segment(data, chance)
    return _put(data, max(0, chance.choice(names) + chance.choice((-4, 4, 8, 12, 16))), chance)


def _extreme_segment(data: bytearray, chance: random.Random) -> bytearray:
    """A length, a size or a count in a segment of a JPEG."""
    markers = [place for place in range(len(data) - 1) if data[place] == 0xFF and 0xC0 <= data[place + 1] <= 0xFE]
    if not markers:
        return _extreme_number(data, chance)
    return _put(data, chance.choice(markers) + chance.choice((2, 4, 5, 7, 9, 10)), chance)


def _extreme_tag(data: bytearray, chance: random.Random) -> bytearray:
    """One entry of a TIFF's or EXIF's directory: its tag, type, count or value; or one entry twice."""
    heads = [place for mark in (b"II*\0", b"MM\0*") if (place := data.find(mark)) >= 0]
    if not heads:
        return _extreme_field(data, chance)
    head = chance.choice(heads)
    order = "<" if data[head : head + 2] == b"II" else ">"
    try:
        (offset,) = struct.unpack_from(order + "I", data, head + 4)
        (count,) = struct.unpack_from(order + "H", data, head + offset)
        entry = head + offset + 2 + 12 * chance.randrange(max(1, min(count, 64)))
        return _changed_entry(data, entry, order, chance)
    except (struct.error, ValueError):
        return _flip_bits(data, chance)


def _changed_entry(data: bytearray, entry: int, order: str, chance: random.Random) -> bytearray:
    part = chance.choice(("tag", "type", "count", "value", "twice"))
    if part == "tag":
        struct.pack_into(
            order + "H", data, entry, chance.choice((256, 257, 258, 259, 262, 273, 274, 277, 278, 284, 320))
        )
    elif part == "type":
        struct.pack_into(order + "H", data, entry + 2, chance.randrange(20))
    elif part == "twice":
        data[entry + 12 : entry + 24] = data[entry : entry + 12]
    else:
        place = entry + (4 if part == "count" else 8)
        struct.pack_into(order + "I", data, place, chance.choice((*EXTREMES, chance.randrange(len(data)))))
    return data


def _put(data: bytearray, place: int, chance: random.Random) -> bytearray:
    length, value = chance.choice((1, 2, 4)), chance.choice((*EXTREMES, chance.randrange(1 << 16)))
    number = (value & ((1 << 8 * length) - 1)).to_bytes(length, chance.choice(("big", "little")))
    data[place : place + length] = number
    return data


def repaired(data: bytearray) -> bytearray:
    """A PNG whose checksums are right again, so that what stands in its chunks is read."""
    place = 8
    while place + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        end = place + 8 + length
        if end + 4 > len(data):
            break
        struct.pack_into(">I", data, end, zlib.crc32(data[place + 4 : end]))
        place = end + 4
    return data


WAYS: tuple[Callable[[bytearray, random.Random], bytearray], ...] = (
    _flip_bits,
    _flip_bits,
    _cut_short,
    _leave_out,
    _repeat,
    _fill,
    _extreme_number,
    _extreme_field,
    _extreme_segment,
    _extreme_tag,
    _extreme_tag,
)

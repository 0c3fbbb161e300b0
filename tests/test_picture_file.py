"""Whatever a picture file holds, what comes of it is a picture or one sentence, and nothing is printed."""

from __future__ import annotations

import ast
import io
import json
import math
import os
import random
import re
import struct
import subprocess
import sys
import threading
import time
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from benchmarks.hostile_files import EXTREMES, mutated, repaired, whole_files
from ecomgen import channels, picture_file, references
from ecomgen.errors import BadInput, BadPhoto, EcomgenError
from ecomgen.export import check_picture
from ecomgen.masking.maskers import mask_file
from ecomgen.types import MaskRequest, silent
from ecomgen.workflows.request_from_picture import reread

FILES = whole_files()
PACKAGE = Path(picture_file.__file__).parent
DOORS = {"imread", "imreadmulti", "imdecode", "imdecodemulti", "VideoCapture", "TiffFile", "register_heif_opener"}
LIBRARIES = {"tifffile", "imageio", "pillow_heif", "pyvips", "rawpy"}

Way = Callable[[Path], object]


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Way]:
    """All that is done with a picture file from outside."""
    photo = tmp_path_factory.mktemp("product") / "photo.png"
    photo.write_bytes(FILES["png"])
    reference, channel = references.load(photo), channels.get("shopify")
    return {
        "photo": references.load,
        "mask": lambda path: mask_file.propose(reference, MaskRequest(file=path), silent),
        "from": lambda path: reread(path, [photo]),
        "check": lambda path: check_picture(path, channel),
        "look": lambda path: picture_file.load(path, near=(8, 8)),
    }


WAYS = ("photo", "mask", "from", "check", "look")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture
def nothing_printed(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    yield
    assert "".join(capfd.readouterr()) == ""


def held(way: Way, data: bytes, folder: Path) -> str:
    """What is said of the file; "" where it could be read. Anything but a sentence is an error here."""
    path = folder / "picture"
    path.write_bytes(data)
    try:
        way(path)
    except EcomgenError as error:
        assert str(error) and "\n" not in str(error)
        return str(error)
    return ""


def test_no_other_module_opens_picture_files() -> None:
    found = []
    for file in PACKAGE.rglob("*.py"):
        if file == Path(picture_file.__file__):
            continue
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.Attribute):
                of_pillow = node.attr == "open" and ast.unparse(node.value).split(".")[-1] == "Image"
                names = {node.attr} & DOORS or ({"Image.open"} if of_pillow else set())
            elif isinstance(node, ast.Import):
                names = {alias.name.split(".")[0] for alias in node.names} & LIBRARIES
            elif isinstance(node, ast.ImportFrom):
                of_pillow = node.module == "PIL.Image" and any(alias.name == "open" for alias in node.names)
                names = {(node.module or "").split(".")[0]} & LIBRARIES or {alias.name for alias in node.names} & DOORS
                names |= {"Image.open"} if of_pillow else set()
            else:
                continue
            found += [f"{file.relative_to(PACKAGE)}:{node.lineno}: {name}" for name in names]
    assert found == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.usefixtures("nothing_printed")
def test_damaged_files_are_read_or_refused_in_one_sentence(way: str, ways: dict[str, Way], folder: Path) -> None:
    said = [held(ways[way], mutated(FILES, random.Random(f"{way} {number}"))[1], folder) for number in range(600)]
    assert any(said)
    assert way == "from" or not all(said)  # what is whole still comes in; almost nothing damaged tells how it was made


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.usefixtures("nothing_printed")
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from(sorted({data[:length] for data in FILES.values() for length in (4, 12, 32)})),
    rest=st.binary(max_size=300),
)
@example(head=b"", rest=b"\0")
def test_any_bytes_behind_the_mark_of_a_format(
    head: bytes, rest: bytes, way: str, ways: dict[str, Way], folder: Path
) -> None:
    held(ways[way], head + rest, folder)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.usefixtures("nothing_printed")
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(sorted(FILES)),
    fields=st.lists(
        st.tuples(
            st.integers(0, 400),
            st.sampled_from(EXTREMES),
            st.sampled_from((1, 2, 4)),
            st.sampled_from(("big", "little")),
        ),
        min_size=1,
        max_size=3,
    ),
)
def test_any_field_at_the_edge_of_its_range(
    kind: str, fields: list[tuple[int, int, int, str]], way: str, ways: dict[str, Way], folder: Path
) -> None:
    data = bytearray(FILES[kind])
    for place, value, length, order in fields:
        kept = value & ((1 << 8 * length) - 1)
        data[place : place + length] = kept.to_bytes(length, "big" if order == "big" else "little")
    held(ways[way], bytes(repaired(data) if kind.startswith("png") else data), folder)


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and holds one row's worth of nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(3000))), (b"IEND", b""))
    framed = b"".join(struct.pack(">I", len(body)) + kind + body + bytes(4) for kind, body in chunks)
    return bytes(repaired(bytearray(b"\x89PNG\r\n\x1a\n" + framed)))


def entry_of(tag: int, data: bytearray) -> int:
    """Where a TIFF's directory holds this tag."""
    (place,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, place)
    entries = range(place + 2, place + 2 + 12 * count, 12)
    return next(entry for entry in entries if struct.unpack_from("<H", data, entry) == (tag,))


def deep_tiff_of(width: int) -> bytes:
    """A colour TIFF of floats that names its width twice, once with this value."""
    data = bytearray(FILES["tiff float colour 1"])
    struct.pack_into("<HHII", data, entry_of(284, data), 256, 4, 1, width)  # where the planes' order stood
    return bytes(data)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "bomb", [png_of(11_000, 11_000), png_of(60_000, 60_000), deep_tiff_of(10_000_000)], ids=["121", "3600", "tiff"]
)
@pytest.mark.usefixtures("nothing_printed")
def test_what_is_too_large_is_refused_before_it_is_decoded(
    bomb: bytes, way: str, ways: dict[str, Way], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decoded(*_: object) -> None:
        pytest.fail("it was decoded")

    monkeypatch.setattr(Image.Image, "load", decoded)
    (tmp_path / "bomb").write_bytes(bomb)
    with pytest.raises(BadInput, match=r"megapixels|save it again"):
        ways[way](tmp_path / "bomb")


@pytest.fixture
def noisy(tmp_path: Path) -> list[Path]:
    """Files over which Pillow, its libtiff and OpenCV each have something to say."""
    deflated, colour, odd, many = (
        bytearray(FILES[f"tiff {name}"]) for name in ("tiff_adobe_deflate", "float colour 5", "plain", "packbits")
    )
    deflated[20:90] = colour[20:90] = bytes(70)
    struct.pack_into("<I", odd, entry_of(259, odd) + 4, 2)  # two compressions
    struct.pack_into("<I", many, entry_of(277, many) + 8, 2048)  # samples a pixel
    files = []
    for number, data in enumerate((deflated, colour, odd, many)):
        files.append(tmp_path / f"{number}.tiff")
        files[-1].write_bytes(data)
    return files


def test_decoders_are_silent_in_every_thread_and_can_be_heard_again(
    noisy: list[Path], capfd: pytest.CaptureFixture[str]
) -> None:
    def look() -> None:
        for file in noisy * 5:
            with suppress(BadPhoto):
                picture_file.pixels(file)

    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        before = list(warnings.filters)
        threads = [threading.Thread(target=look) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert list(warnings.filters) == before and heard == []
        assert "".join(capfd.readouterr()) == ""
        with suppress(OSError):
            Image.open(noisy[0]).load()
        assert "ZIPDecode" in capfd.readouterr().err


def test_nothing_is_printed_in_a_process_without_filters_and_log(noisy: list[Path]) -> None:
    look = """
import sys
from ecomgen import errors, picture_file
for file in sys.argv[1:]:
    try:
        picture_file.pixels(file)
    except errors.BadPhoto:
        pass
"""
    done = subprocess.run([sys.executable, "-c", look, *noisy], capture_output=True, check=True, cwd=PACKAGE.parent)
    assert done.stdout + done.stderr == b""


def test_what_is_raised_within_is_one_sentence_but_an_interruption_is_none(tmp_path: Path) -> None:
    for error in (MemoryError(), struct.error("short"), RecursionError(), EOFError(), KeyError("a")):
        with pytest.raises(BadPhoto, match=r"more memory|damaged"), picture_file.decoding(tmp_path / "a.png"):
            raise error
    with pytest.raises(KeyboardInterrupt), picture_file.decoding(tmp_path / "a.png"):
        raise KeyboardInterrupt
    with pytest.raises(BadInput, match="no product"), picture_file.decoding(tmp_path / "a.png"):
        raise BadInput("There is no product.")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_brought_upright_as_pillow_does(orientation: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    with Image.open(io.BytesIO(FILES["png grey"])) as drawn:
        drawn.save(tmp_path / "a.png", exif=exif)
    with Image.open(tmp_path / "a.png") as as_it_is:
        expected = ImageOps.exif_transpose(as_it_is)
    np.testing.assert_array_equal(picture_file.upright(picture_file.load(tmp_path / "a.png"), []), expected)


def test_long_metadata_takes_no_longer_than_its_length(ways: dict[str, Way], tmp_path: Path) -> None:
    tags = ImageFileDirectory_v2()
    tags[700] = b"<ecomgen:candidate>" * 100_000
    with Image.open(io.BytesIO(FILES["tiff plain"])) as drawn:
        drawn.save(tmp_path / "a.tiff", tiffinfo=tags)
    begun = time.process_time()
    with pytest.raises(BadInput, match="nothing of how it was made"):
        ways["from"](tmp_path / "a.tiff")
    assert time.process_time() - begun < 10


def texts_in(kind: str) -> dict[str, str]:
    with Image.open(io.BytesIO(FILES[kind])) as picture:
        return {str(name): str(text) for name, text in picture.info.items() if isinstance(text, str)}


LIES = st.sampled_from(
    (None, True, math.inf, math.nan, -1, 10**400, "", "1e999", "9" * 5000, "../*", [], [[]], {}, ["1", 0])
)
TELLING = {kind: texts_in(kind) for kind in ("png of a run", "png of A1111", "png of ComfyUI")}


Place = tuple[Any, ...]


def places(value: Any, place: Place = ()) -> Iterator[Place]:
    """The way to everything within a JSON value, and to the value itself."""
    yield place
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield from places(one, (*place, key))


def with_lie(value: Any, place: Place, lie: Any) -> Any:
    if not place:
        return lie
    copied = value.copy()
    copied[place[0]] = with_lie(value[place[0]], place[1:], lie)
    return copied


@st.composite
def told_wrongly(draw: st.DrawFn, kind: str) -> dict[str, str]:
    """What a picture says of how it was made, with another value in its JSON, or another piece in its text."""
    texts = dict(TELLING[kind])
    name = draw(st.sampled_from(sorted(set(texts) - {"XML:com.adobe.xmp"})))
    lie = draw(LIES)
    try:
        value = json.loads(texts[name])
    except ValueError:
        piece = draw(st.sampled_from(re.findall(r"[\w.]+", texts[name])))
        texts[name] = texts[name].replace(piece, str(lie))
    else:
        texts[name] = json.dumps(with_lie(value, draw(st.sampled_from(list(places(value)))), lie))
    return texts


@pytest.mark.parametrize("kind", TELLING)
@pytest.mark.usefixtures("nothing_printed")
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_a_picture_says_of_how_it_was_made(
    kind: str, data: st.DataObject, ways: dict[str, Way], folder: Path
) -> None:
    info = PngInfo()
    for name, text in data.draw(told_wrongly(kind)).items():
        info.add_itxt(name, text)
    buffer = io.BytesIO()
    with Image.open(io.BytesIO(FILES["png grey"])) as drawn:
        drawn.save(buffer, "PNG", pnginfo=info)
    held(ways["from"], buffer.getvalue(), folder)


def test_what_is_there_but_no_file_is_called_what_it_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place, said in {
        tmp_path / "pipe": "pipe is a pipe or a device: save the photo as a file",
        Path("/dev/null"): "null is a pipe or a device",
        Path("https://shop.example/mug.jpg"): "mug.jpg is named by an address: download it",
        Path("s3://bucket/mug.jpg").absolute(): "mug.jpg is named by an address",
        tmp_path / "a:b" / "mug.jpg": "mug.jpg does not exist",
    }.items():
        with pytest.raises(BadPhoto, match=said):
            picture_file.read(place)

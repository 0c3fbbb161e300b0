"""A manifest that C2PA's own reader accepts, until one pixel is changed."""

from __future__ import annotations

import hashlib
import io
import json
import zlib
from pathlib import Path

import numpy as np
import pytest
from content_credentials import read
from logged import entry, record
from PIL import Image

from ecomgen.errors import BadInput
from ecomgen.export import Provenance, encode
from ecomgen.export.credentials import own, self_made, sign
from ecomgen.types import Format

pytest.importorskip("c2pa", reason="needs the extra c2pa")
PIXELS = np.random.default_rng(3).integers(0, 256, (72, 64, 3), np.uint8)
RUN = record("r1", "on oak", negative_prompt="", versions={"ecomgen": "0.1.0"}, parameters={"integrator": "path"})
TOLD = Provenance(record=RUN, candidate=entry(0, seed=43, steps=4, sampler="path"))


@pytest.fixture(scope="module")
def credentials(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("credentials")
    self_made(folder)
    return folder


def signed(kind: Format, credentials: Path, photo: Path) -> bytes:
    data = encode(PIXELS, kind, TOLD)
    return sign(data, kind, TOLD, photos=[photo], title="a run", signing=self_made(credentials))


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "avif", "tiff"])
def test_its_own_reader_accepts_it(kind: Format, credentials: Path, photo: Path) -> None:
    said = read(signed(kind, credentials, photo), kind)
    assert said is not None and said["state"] == "Valid"
    manifest = said["manifests"][said["active_manifest"]]
    (ingredient,) = manifest["ingredients"]
    assert ingredient["instance_id"] == hashlib.sha256(photo.read_bytes()).hexdigest()
    assert ingredient["relationship"] == "inputTo" and "thumbnail" not in ingredient
    (actions,) = [one["data"]["actions"] for one in manifest["assertions"] if one["label"].startswith("c2pa.actions")]
    (action,) = actions
    assert action["digitalSourceType"] == TOLD.source_type and action["parameters"]["seed"] == 43
    assert photo.name not in json.dumps(said)
    assert read(encode(PIXELS, kind, TOLD), kind) is None


def test_one_changed_pixel_is_noticed(credentials: Path, photo: Path) -> None:
    data = bytearray(signed("tiff", credentials, photo))
    raw = encode(PIXELS, "tiff")
    strip = zlib.compress(PIXELS.tobytes())[2:40]
    at = bytes(data).find(strip)
    assert raw and at > 0
    data[at + 30] ^= 1
    said = read(bytes(data), "tiff")
    assert said is not None and said["state"] == "Invalid"


@pytest.mark.parametrize("kind", ["jpeg", "webp", "avif"])
def test_one_changed_place_of_a_lossy_picture_is_noticed(kind: Format, credentials: Path, photo: Path) -> None:
    good = signed(kind, credentials, photo)
    bare = encode(PIXELS, kind)
    middle = next(at for at in range(len(bare) // 2, len(bare)) if good.count(bare[at : at + 12]) == 1)
    data = bytearray(good)
    data[good.index(bare[middle : middle + 12]) + 6] ^= 1
    with Image.open(io.BytesIO(bytes(data))) as altered, Image.open(io.BytesIO(good)) as before:
        assert (np.asarray(altered.convert("RGB")) != np.asarray(before.convert("RGB"))).any()
    assert (read(bytes(data), kind) or {})["state"] == "Invalid"


def test_the_manifest_does_not_fit_another_picture(credentials: Path, photo: Path) -> None:
    """The manifest's chunk, moved to the same picture with one pixel changed."""
    good = signed("png", credentials, photo)
    start = good.index(b"caBX") - 4
    chunk = good[start : start + 12 + int.from_bytes(good[start : start + 4], "big")]
    altered = PIXELS.copy()
    altered[10, 10, 0] ^= 1
    forged = encode(altered, "png", TOLD)
    said = read(forged[:33] + chunk + forged[33:], "png")
    assert said is not None and said["state"] == "Invalid"


def test_a_self_made_certificate_is_made_once_and_its_key_is_private(credentials: Path) -> None:
    before = (credentials / "certificate.pem").read_bytes()
    assert self_made(credentials).chain == before and before.count(b"BEGIN CERTIFICATE") == 2
    assert (credentials / "key.pem").stat().st_mode & 0o077 == 0


def test_a_certificate_of_ones_own_signs_too(credentials: Path, photo: Path, tmp_path: Path) -> None:
    signing = own(credentials / "certificate.pem", credentials / "key.pem")
    data = sign(encode(PIXELS, "png", TOLD), "png", TOLD, photos=[photo], title="x", signing=signing)
    assert (read(data, "png") or {})["state"] == "Valid"
    (tmp_path / "junk.pem").write_text("junk")
    for certificate, key in (("junk.pem", "key.pem"), ("certificate.pem", "junk.pem"), ("none.pem", "key.pem")):
        paths = [tmp_path / name if name == "junk.pem" else credentials / name for name in (certificate, key)]
        with pytest.raises(BadInput):
            own(*paths)


def test_a_format_that_cannot_carry_one_is_refused(credentials: Path) -> None:
    with pytest.raises(BadInput, match="psd"):
        sign(b"", "psd", TOLD, photos=[], title="x", signing=self_made(credentials))

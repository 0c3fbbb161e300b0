"""BiRefNet and the networks of rembg, on small weights in ONNX that go through rembg's own sessions."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from masking.pictured import iou, photo_of
from masking.small_networks import save_onnx, save_rembg

from ecomgen import models
from ecomgen.errors import BackendMissing, NoProduct, UsageError, WeightsCorrupt, WeightsMissing
from ecomgen.masking import best_masker, cache, find_mask
from ecomgen.masking.maskers import rembg
from ecomgen.types import BoolMask, Box, MaskRequest, Pixels, Point

pytestmark = pytest.mark.skipif(not rembg.installed(), reason="the extra rembg is not installed")
BOX = Box(110, 80, 280, 230)


@pytest.fixture(autouse=True)
def fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where rembg keeps what it has fetched: an empty folder; and nothing may be fetched, or be remembered."""
    import pooch

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("something was to be fetched")

    monkeypatch.setenv("U2NET_HOME", str(tmp_path / "rembg"))
    monkeypatch.delenv("ECOMGEN_REMBG", raising=False)
    monkeypatch.setattr(pooch, "retrieve", refuse)
    cache.forget()
    return tmp_path / "rembg"


@pytest.mark.parametrize(("session", "side"), [("u2netp", 320), ("isnet-general-use", 1024), ("silueta", 320)])
def test_the_product_is_found(weights: Path, mug: tuple[Pixels, BoolMask], session: str, side: int) -> None:
    save_rembg(weights, session, side)
    mask = find_mask(photo_of(mug[0]), MaskRequest(masker="rembg"))
    assert iou(mask.pixels, mug[1]) > 0.97
    assert mask.masker == "rembg"
    assert 1 <= len(mask.candidates) <= 5
    assert [used.id for used in mask.models] == [f"small-{session}"]
    assert 0 < mask.confidence <= 1
    assert "rembg.bg" not in sys.modules, "the whole package compiles pymatting"


def test_birefnet_answers_in_logits(weights: Path, mug: tuple[Pixels, BoolMask]) -> None:
    save_rembg(weights, "birefnet-general", 1024, kind="birefnet")
    for masker in ("birefnet", "rembg"):
        mask = find_mask(photo_of(mug[0]), MaskRequest(masker=masker))
        assert iou(mask.pixels, mug[1]) > 0.95
        assert [used.id for used in mask.models] == ["small-birefnet-general"]


def test_a_box_says_where_and_clicks_correct(weights: Path, mug: tuple[Pixels, BoolMask]) -> None:
    save_rembg(weights)
    pair = np.hstack([mug[0], mug[0]])
    photo = photo_of(pair)
    both = find_mask(photo, MaskRequest(masker="rembg"))
    assert both.pixels[:, 360:].any()
    boxed = find_mask(photo, MaskRequest(masker="rembg", box=BOX))
    assert iou(boxed.pixels[:, :360], mug[1]) > 0.97
    assert not boxed.pixels[:, 360:].any()
    clicked = find_mask(photo, MaskRequest(masker="rembg", points=(Point(500, 150, inside=False),)))
    assert not clicked.pixels[150, 500]


def test_one_of_several_is_named(weights: Path, mug: tuple[Pixels, BoolMask], monkeypatch: pytest.MonkeyPatch) -> None:
    save_rembg(weights), save_rembg(weights, "silueta")
    photo = photo_of(mug[0])
    assert find_mask(photo, MaskRequest(masker="rembg")).models[0].id == "small-u2netp"
    monkeypatch.setenv("ECOMGEN_REMBG", "small-silueta")
    assert find_mask(photo, MaskRequest(masker="rembg")).models[0].id == "small-silueta"
    monkeypatch.setenv("ECOMGEN_REMBG", "sam-vit-b")
    with pytest.raises(UsageError, match="ECOMGEN_REMBG=sam-vit-b"):
        find_mask(photo, MaskRequest(masker="rembg"))


def test_what_is_missing_is_said(weights: Path, mug: tuple[Pixels, BoolMask], monkeypatch: pytest.MonkeyPatch) -> None:
    assert weights.is_dir()
    photo = photo_of(mug[0])
    with pytest.raises(WeightsMissing, match="ecomgen models pull isnet-general-use"):
        find_mask(photo, MaskRequest(masker="rembg"))
    with pytest.raises(WeightsMissing, match="ecomgen models pull birefnet-general"):
        find_mask(photo, MaskRequest(masker="birefnet"))
    monkeypatch.setenv("ECOMGEN_REMBG", "u2netp")
    with pytest.raises(WeightsMissing, match="ecomgen models pull u2netp"):
        find_mask(photo, MaskRequest(masker="rembg"))
    monkeypatch.delenv("ECOMGEN_REMBG")
    save_rembg(weights)
    monkeypatch.setattr(rembg, "installed", lambda: False)
    with pytest.raises(BackendMissing, match=r"pip install ecomgen\[rembg\]"):
        find_mask(photo, MaskRequest(masker="rembg"))


@pytest.mark.parametrize("place", ["models/u2netp/u2netp.onnx", "u2netp.onnx"])
def test_what_rembg_has_fetched_is_found_and_held_to_its_checksum(
    fetched: Path, mug: tuple[Pixels, BoolMask], place: str
) -> None:
    path = save_onnx(fetched / place, 320)
    assert models.first_here("rembg") == "u2netp"
    with pytest.raises(WeightsCorrupt, match="checksum"):
        find_mask(photo_of(mug[0]), MaskRequest(masker="rembg"))
    assert path.is_file()


def test_weights_alone_do_not_change_what_auto_means(weights: Path, mug: tuple[Pixels, BoolMask]) -> None:
    save_rembg(weights)
    assert best_masker(photo_of(mug[0]))[0] == "lite"


@pytest.mark.parametrize("session", ["withoutbg", "atlascloud", "sam", "no-such"])
def test_sessions_of_servers_and_unknown_ones_are_refused(
    weights: Path, mug: tuple[Pixels, BoolMask], session: str
) -> None:
    save_rembg(weights, session)
    with pytest.raises(UsageError, match=f"rembg has no session '{session}'"):
        find_mask(photo_of(mug[0]), MaskRequest(masker="rembg"))


@pytest.mark.parametrize("damage", ["truncated", "other size"])
def test_weights_that_do_not_fit_are_named(weights: Path, mug: tuple[Pixels, BoolMask], damage: str) -> None:
    path = save_rembg(weights)
    if damage == "truncated":
        path.write_bytes(path.read_bytes()[:60])
    else:
        shutil.copy(save_onnx(weights / "other.onnx", 64), path)
    with pytest.raises(WeightsCorrupt, match="small-u2netp"):
        find_mask(photo_of(mug[0]), MaskRequest(masker="rembg"))


def test_a_photo_without_a_product_is_refused(weights: Path) -> None:
    save_rembg(weights)
    with pytest.raises(NoProduct):
        find_mask(photo_of(np.full((300, 360, 3), 128, np.uint8)), MaskRequest(masker="rembg"))


def test_a_licence_that_forbids_business_is_said(weights: Path, mug: tuple[Pixels, BoolMask]) -> None:
    save_rembg(weights, licence="CC BY-NC 4.0: non-commercial")
    mask = find_mask(photo_of(mug[0]), MaskRequest(masker="rembg"))
    assert any("may not be used for business" in warning for warning in mask.warnings)

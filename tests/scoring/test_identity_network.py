"""The network that ships: the same answers everywhere, and the right way round on products it never saw."""

from __future__ import annotations

import hashlib
from pathlib import Path

import cv2
import distortions
import drawn
import numpy as np
import pytest

from ecomgen import models, samples
from ecomgen.errors import WeightsCorrupt
from ecomgen.scoring import judge, models_used
from ecomgen.scoring.calibration import calibration
from ecomgen.scoring.identity import embedding
from ecomgen.scoring.identity.frames import Frame, frame_of

WEIGHTS = Path(__file__).parents[2] / "weights" / "ecomgen-identity.safetensors"


@pytest.fixture(scope="module")
def views() -> dict[str, list[np.ndarray]]:
    """Two photos of every sample product, cut out, 384 pixels."""
    return {
        one.name: [_cutout(photo, matte) for photo, matte in zip(one.photos[:2], one.mattes[:2], strict=True)]
        for one in samples.every()
    }


def _cutout(photo: Path, matte: Path) -> np.ndarray:
    rgba = np.dstack([cv2.imread(str(photo))[..., ::-1], cv2.imread(str(matte), cv2.IMREAD_GRAYSCALE)])
    scale = 384 / max(rgba.shape[:2])
    return cv2.resize(rgba, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def seen(reference: Frame, picture: Frame) -> dict[str, float]:
    return dict(embedding.network(reference, picture))


def test_it_is_the_network_that_the_manifest_names_and_the_log_says_so() -> None:
    entry = models.entry("ecomgen-identity")
    assert entry.sha256 == hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()
    assert WEIGHTS.stat().st_size <= 8_000_000
    assert entry.licence == "Apache-2.0"
    assert ("ecomgen-identity", entry.sha256) in {(one.id, one.sha256) for one in models_used()}


def test_all_its_answers_are_shares_and_stay_the_same(views: dict[str, list[np.ndarray]]) -> None:
    one, other = (frame_of(view) for view in views["mug"])
    first, again = seen(one, other), seen(frame_of(views["mug"][0]), frame_of(views["mug"][1]))
    assert set(first) == {"network", *embedding.NETWORK.values()}
    assert all(0 <= value <= 1 for value in first.values())
    assert first == again


def test_another_view_is_surer_to_be_the_product_than_another_product(views: dict[str, list[np.ndarray]]) -> None:
    frames = {name: [frame_of(view) for view in shown] for name, shown in views.items()}
    same = [seen(one, other)["network"] for one, other in frames.values()]
    apart = [seen(frames[a][0], frames[b][1])["network"] for a in frames for b in frames if a != b]
    assert min(same) > max(apart)


def test_it_learns_nothing_from_a_mirrored_pair(views: dict[str, list[np.ndarray]]) -> None:
    one, other = views["shoe"] if "shoe" in views else next(iter(views.values()))
    mirrored = [np.ascontiguousarray(view[:, ::-1]) for view in (one, other)]
    plain, flipped = seen(frame_of(one), frame_of(other)), seen(*(frame_of(view) for view in mirrored))
    assert plain == pytest.approx(flipped, abs=0.03)


@pytest.mark.parametrize(
    ("kind", "strength", "fault"), [("warp", 0.08, "network_form"), ("aspect", 0.3, "network_proportions")]
)
def test_damage_makes_it_doubt_what_was_damaged(
    kind: str, strength: float, fault: str, views: dict[str, list[np.ndarray]]
) -> None:
    more = []
    for reference, view in views.values():
        bad = distortions.distorted(kind, view, strength, seed=3)
        honest, damaged = (seen(frame_of(reference), frame_of(shown))[fault] for shown in (view, bad))
        more.append(damaged - honest)
    assert np.mean(more) > 0


def test_a_stretch_of_a_seventh_is_doubted_in_another_view(views: dict[str, list[np.ndarray]]) -> None:
    more = []
    for reference, view in (pair for one, other in views.values() for pair in ((one, other), (other, one))):
        for strength in (0.15, 1 / 1.15 - 1):
            stretched = distortions.aspect(view, strength)
            honest, doubted = (
                seen(frame_of(reference), frame_of(shown))["network_proportions"] for shown in (view, stretched)
            )
            more.append(doubted - honest)
    assert np.mean(more) > 0.02


def test_a_broken_one_is_said_and_the_classical_measures_need_none(home: Path) -> None:
    named = {name for model in calibration().anywhere.view(learnt=False).models.values() for name in model.weights}
    assert not any(name.startswith("network") for name in named)
    folder = home / "weights"
    folder.mkdir()
    (folder / "ecomgen-identity.safetensors").write_bytes(b"not a network")
    picture = distortions.laid_over(drawn.mug(), distortions.backdrop(drawn.SIDE, drawn.SIDE, 4))
    with pytest.raises(WeightsCorrupt, match=r"\.$"):
        judge(picture, drawn.subject(drawn.bottle()))

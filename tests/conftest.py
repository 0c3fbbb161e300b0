"""What every test gets: a home of its own, no weights, no network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytest_plugins = ["commands", "tiny_models"]
SHARED = Path(__file__).parents[1].parent / "shared"


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh ECOMGEN_HOME and an empty weights folder."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("ECOMGEN_HOME", str(home))
    monkeypatch.setenv("ECOMGEN_WEIGHTS", str(home / "weights"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.delenv("ECOMGEN_PIPELINES", raising=False)
    monkeypatch.delenv("ECOMGEN_DEVICE", raising=False)
    return home


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A red bottle-like shape before a calm, slightly textured backdrop, 480×640."""
    return draw_photo(tmp_path / "bottle.png")


def draw_photo(path: Path, *, size: tuple[int, int] = (480, 640), seed: int = 0) -> Path:
    """Draw a product photo that GrabCut can solve."""
    import cv2

    width, height = size
    rng = np.random.default_rng(seed)
    rows = np.linspace(205, 175, height)[:, None, None]
    pixels = np.broadcast_to(rows, (height, width, 3)).copy() + rng.normal(0, 2, (height, width, 3))
    pixels = np.clip(pixels, 0, 255).astype(np.uint8)
    x0, x1 = int(width * 0.36), int(width * 0.64)
    cv2.rectangle(pixels, (x0, int(height * 0.35)), (x1, int(height * 0.85)), (176, 32, 40), -1, cv2.LINE_AA)
    cv2.rectangle(
        pixels, (int(width * 0.45), int(height * 0.18)), (int(width * 0.55), int(height * 0.36)), (150, 24, 34), -1
    )
    cv2.rectangle(pixels, (x0, int(height * 0.5)), (x1, int(height * 0.7)), (240, 232, 210), -1, cv2.LINE_AA)
    cv2.putText(
        pixels, "RUBY", (x0 + 8, int(height * 0.62)), cv2.FONT_HERSHEY_DUPLEX, width / 300, (40, 30, 90), 2, cv2.LINE_AA
    )
    Image.fromarray(pixels).save(path)
    return path


LONGEST = ("browser", "test_documentation.py", "catalogue", "end_to_end", "captions", "lab", "workflows", "cli")


def _turn(item: pytest.Item) -> int:
    """Files that take long begin first, so that both workers end together."""
    place = item.path.relative_to(Path(__file__).parent).parts[0]
    return LONGEST.index(place) if place in LONGEST else len(LONGEST)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order; and leave out what needs the shared photos where they are not there, and say so."""
    items.sort(key=_turn)
    if SHARED.is_dir():
        return
    missing = pytest.mark.skip(reason=f"needs the photos in {SHARED.name}/ beside the checkout")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(missing)

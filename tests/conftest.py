"""What every test gets: a home of its own, no weights, no network."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from drawn_photo import draw_can_and_bowl, draw_photo
from hypothesis import settings

pytest_plugins = ["commands", "in_process", "small_web", "tiny_models"]
SHARED = Path(__file__).parents[1].parent / "shared"
settings.register_profile(
    "untimed", deadline=None
)  # how long an example takes says more of the machine than of the code
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh ECOMGEN_HOME, and a weights folder in it that is not there yet."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("ECOMGEN_HOME", str(home))
    monkeypatch.setenv("ECOMGEN_WEIGHTS", str(home / "weights"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.delenv("ECOMGEN_PIPELINES", raising=False)
    monkeypatch.delenv("ECOMGEN_DEVICE", raising=False)
    return home


@pytest.fixture
def weights(home: Path) -> Path:
    """The weights folder, empty."""
    folder = home / "weights"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def little_garbage() -> Iterator[None]:
    """Where garbage is collected time and again, it is not looked for in all that other tests have left."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def nothing_loaded() -> Iterator[None]:
    """No model stays from another test, nor for the next."""
    from ecomgen.models import resident

    resident.forget()
    yield
    resident.forget()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A red bottle-like shape before a calm, slightly textured backdrop, 480×640."""
    return draw_photo(tmp_path / "bottle.png")


@pytest.fixture
def photos(tmp_path: Path) -> dict[str, Path]:
    """A blue can and a wide red bowl, already cut out."""
    return draw_can_and_bowl(tmp_path)


SECOND_TRY = pytest.mark.flaky(reruns=1, only_rerun=["TimeoutError", "Locator expected"])  # a busy machine's browser
LONGEST = ("browser", "test_documentation.py", "catalogue", "end_to_end", "captions", "lab", "workflows", "cli")


def _turn(item: pytest.Item) -> int:
    """Files that take long begin first, so that both workers end together."""
    place = item.path.relative_to(Path(__file__).parent).parts[0]
    return LONGEST.index(place) if place in LONGEST else len(LONGEST)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order, and second tries; leave out what needs the shared photos where they are not there, and say so."""
    items.sort(key=_turn)
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(SECOND_TRY)
    if SHARED.is_dir():
        return
    missing = pytest.mark.skip(reason=f"needs the photos in {SHARED.name}/ beside the checkout")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(missing)

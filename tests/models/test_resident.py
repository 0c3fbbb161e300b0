"""Models are loaded once, by one thread, and leave when memory is short."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import torch

from ecomgen import models
from ecomgen.errors import BackendMissing, UsageError, WeightsCorrupt
from ecomgen.models import checksums, resident

pytestmark = pytest.mark.usefixtures("little_garbage", "nothing_loaded")


def layer() -> torch.nn.Module:
    return torch.nn.Linear(1000, 1000, bias=False)  # 4 MB


def test_threads_that_ask_together_get_one_load() -> None:
    started, loads = threading.Barrier(4), []

    def ask(answers: list[object]) -> None:
        started.wait()
        answers.append(models.load_once("a", lambda: loads.append(1) or layer()))

    answers: list[object] = []
    threads = [threading.Thread(target=ask, args=(answers,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(loads) == 1
    assert all(answer is answers[0] for answer in answers)


def test_a_load_that_fails_is_tried_again() -> None:
    def fail() -> None:
        raise WeightsCorrupt("no")

    with pytest.raises(WeightsCorrupt):
        models.load_once("a", fail)
    assert models.load_once("a", lambda: 7) == 7


def test_the_least_recently_used_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resident, "total_memory", lambda: 20_000_000)  # holds two layers of 4 MB in its half
    first = models.load_once("a", layer)
    second = models.load_once("b", lambda: (layer(), "with company"))
    assert models.load_once("a", layer) is first
    models.load_once("c", layer)
    assert models.load_once("a", layer) is first
    assert models.load_once("b", layer) is not second


def test_a_scorer_does_not_make_the_base_model_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOMGEN_MEMORY_GIB", "0.01")  # the base model alone
    loads: list[str] = []

    def load(name: str, side: int) -> torch.nn.Module:
        loads.append(name)
        return torch.nn.Linear(side, side, bias=False)

    for _ in range(2):  # requests
        models.load_once("base", lambda: load("base", 1600), size=1600 * 1600 * 4)
        models.load_once("scorer", lambda: load("scorer", 500))
    assert loads == ["base", "scorer"]
    models.load_once("another base", lambda: load("another base", 1500), size=1500 * 1500 * 4)
    assert "base" not in resident._loaded


class Base:
    """A pipeline on a card, which for these tests is torch's "meta", that can wait in the machine's memory."""

    parks = True

    def __init__(self, side: int = 1600) -> None:
        self.side, self.at_work = side, False
        self.arrive()

    def arrive(self) -> None:
        self.components = {"unet": torch.nn.Linear(self.side, self.side, bias=False, device="meta")}

    def park(self) -> bool:
        if not self.at_work:
            self.components = {"unet": torch.nn.Linear(self.side, self.side, bias=False)}
        return not self.at_work

    @property
    def here(self) -> bool:
        return self.components["unet"].weight.is_meta


def test_a_model_waits_in_the_machines_memory_rather_than_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOMGEN_MEMORY_GIB", "0.01")  # one base model
    monkeypatch.setattr(resident, "device", lambda: "meta")
    first = models.load_once("a", Base, size=1600 * 1600 * 4)
    second = models.load_once("b", Base, size=1600 * 1600 * 4)
    assert (first.here, second.here) == (False, True)
    assert models.load_once("a", Base) is first and models.load_once("b", Base) is second
    first.arrive()
    first.at_work = True
    models.make_room(1600 * 1600 * 4)
    assert first.here and models.load_once("a", Base) is first  # at work, so it neither goes nor is forgotten
    assert not second.here


def test_what_the_machines_memory_does_not_hold_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOMGEN_MEMORY_GIB", "0.01")
    monkeypatch.setattr(resident, "device", lambda: "meta")
    monkeypatch.setattr(resident, "machine_memory", lambda: 12_000_000)
    first = models.load_once("a", Base, size=1600 * 1600 * 4)
    models.load_once("b", Base, size=1600 * 1600 * 4)
    assert models.load_once("a", Base) is not first


def test_a_file_is_hashed_once_until_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[Path] = []
    real = checksums.file_hash
    monkeypatch.setattr(checksums, "file_hash", lambda path, how: hashed.append(path) or real(path, how))
    file = tmp_path / "base.safetensors"
    file.write_bytes(b"one")
    assert checksums.digest(file) == checksums.digest(file)
    assert checksums.folder_digest(tmp_path) == checksums.folder_digest(tmp_path)
    assert len(hashed) == 1
    before = checksums.digest(file)
    file.write_bytes(b"another")
    assert checksums.digest(file) != before and len(hashed) == 2


def test_what_waits_in_the_machines_memory_takes_none_of_the_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOMGEN_MEMORY_GIB", "0.001")
    with torch.device("meta"):
        elsewhere = layer()
    parked = models.load_once("parked", lambda: elsewhere)
    models.load_once("a", layer)
    assert models.load_once("parked", layer) is parked


def test_the_device_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOMGEN_DEVICE", "cpu")
    assert models.device() == "cpu"


def test_a_device_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOMGEN_DEVICE", "abacus")
    with pytest.raises(UsageError, match="abacus"):
        models.device()


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a graphics card here")
def test_a_device_that_is_not_here_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOMGEN_DEVICE", "cuda")
    with pytest.raises(BackendMissing, match="cpu"):
        models.device()

"""Models are loaded once, by one thread, and leave when memory is short."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import torch

from ecomgen import models
from ecomgen.errors import BackendMissing, UsageError, WeightsCorrupt
from ecomgen.models import resident


@pytest.fixture(autouse=True)
def nothing_loaded() -> Iterator[None]:
    resident.forget()
    yield
    resident.forget()


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

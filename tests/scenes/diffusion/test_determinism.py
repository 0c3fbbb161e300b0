"""A seed's picture is the same bit for bit, whatever was asked for before, beside or around it."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from scenes.diffusion.placed import ask, make, view
from tiny_models import recipe, save_ip_adapter

from ecomgen.errors import Cancelled
from ecomgen.scenes import open_backend
from ecomgen.types import Pixels, Progress

ANCESTRAL = {"scheduler": "EulerAncestralDiscreteScheduler", "num_inference_steps": 3}  # noise in every step


@pytest.fixture(scope="module")
def alone(tiny_inpaint: Path) -> Pixels:
    return make(tiny_inpaint, "inpaint", ask(7), **ANCESTRAL)[0].pixels


@pytest.mark.parametrize("seeds", [(7, 8), (6, 7, 8, 9), (1, 2, 3, 4, 5, 6, 8, 7)])
def test_first_among_others_or_last(tiny_inpaint: Path, alone: Pixels, seeds: tuple[int, ...]) -> None:
    scenes = make(tiny_inpaint, "inpaint", ask(*seeds), **ANCESTRAL)
    assert [scene.seed for scene in scenes] == list(seeds)
    assert (scenes[seeds.index(7)].pixels == alone).all()


def test_after_other_requests_of_every_sort(tmp_path: Path, tiny_inpaint: Path, tiny_sd: Path, alone: Pixels) -> None:
    names = {"file": "models/adapter.safetensors", "image_encoder": "models/image_encoder"}
    adapter = {"reference": {"path": save_ip_adapter(tmp_path), **names}}
    make(tiny_inpaint, "inpaint", ask(7, prompt="in (snow:1.5)", negative_prompt="people"), guidance_scale=1.0)
    make(tiny_inpaint, "inpaint", ask(7), border_strength=0.9, scheduler="DDIMScheduler")
    make(tiny_sd, "img2img", ask(7, views=(view(),)), added=adapter)
    assert (make(tiny_inpaint, "inpaint", ask(7), **ANCESTRAL)[0].pixels == alone).all()


def test_after_a_cancelled_request_which_stops_within_one_step(tiny_inpaint: Path, alone: Pixels) -> None:
    seen: list[Progress] = []

    def stop(progress: Progress) -> None:
        seen.append(progress)
        if progress.done == 1:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        list(open_backend(recipe(tiny_inpaint, "inpaint", **ANCESTRAL)).make(ask(3, 4), stop))
    assert seen[-1].done == 1
    assert (make(tiny_inpaint, "inpaint", ask(7), **ANCESTRAL)[0].pixels == alone).all()


def test_under_four_requests_at_a_time(tiny_inpaint: Path, alone: Pixels) -> None:
    made: dict[int, Pixels] = {}

    def run(number: int) -> None:
        other = ask(number, 7, prompt="on oak" if number == 0 else f"on marble {number}")
        made[number] = make(tiny_inpaint, "inpaint", other, **ANCESTRAL)[1].pixels

    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (made[0] == alone).all()
    assert all((made[number] != alone).any() for number in (1, 2, 3))


def test_a_second_pass_repaints_the_border_and_nothing_far_from_it(tiny_inpaint: Path) -> None:
    once, twice = (make(tiny_inpaint, "inpaint", ask(1), border_strength=strength)[0] for strength in (0.0, 0.9))
    differs = np.argwhere((once.pixels != twice.pixels).any(axis=2))
    assert differs.size
    inside = ((differs >= 30) & (differs < 34)).all(axis=1)  # the middle of the product
    assert not inside.any()


def test_a_second_pass_serves_image_to_image_too(tiny_sd: Path) -> None:
    once, twice = (make(tiny_sd, "img2img", ask(1), border_strength=strength)[0] for strength in (0.0, 0.9))
    assert (once.pixels != twice.pixels).any()

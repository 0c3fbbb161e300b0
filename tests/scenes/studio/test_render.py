"""Exposure in bands, drafts, denoising that can be stopped, and sets that are kept."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecomgen.errors import Cancelled
from ecomgen.scenes.studio import sets
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.primitives.noise import quick, spectral
from ecomgen.scenes.studio.primitives.types import Dome, Softbox, Stage, Sun
from ecomgen.scenes.studio.rendering import exposure, stage_cache, variants
from ecomgen.scenes.studio.rendering.allocation import PLANS, Plan
from ecomgen.scenes.studio.rendering.denoising import denoised
from ecomgen.scenes.studio.rendering.exposure import ROUNDS, _work, rounds_of
from ecomgen.scenes.studio.rendering.mitsuba_scene import entries, scene
from ecomgen.scenes.studio.rendering.render import Quality, Rendered, render, smaller
from ecomgen.scenes.studio.stage.frame import Frame, frame_for
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.types import Box


def frame(width: int = 64, height: int = 64) -> Frame:
    box = Box(width // 3, height // 4, 2 * width // 3, 3 * height // 4)
    return frame_for(width, height, box, 0.75 * height, elevation=10)


def shot(place: str = "sweep", seed: int = 1) -> Shot:
    return Shot(wish=Wish(place=place), frame=frame(), rng=np.random.default_rng(seed), side=1.0, seed=seed)


def still(_: float) -> None:
    pass


@given(st.integers(1, 2000))
def test_samples_come_in_rounds_that_fill_a_grid(samples: int) -> None:
    rounds = rounds_of(samples)
    assert sum(rounds) == samples
    assert set(rounds) <= set(ROUNDS)


@pytest.mark.parametrize("variant", variants.DEVICES)
def test_more_samples_than_a_round_holds_are_clean(variant: str) -> None:
    if not variants.works(variant):
        pytest.skip(f"{variant} does not work on this machine.")
    stage = sets.build(shot())
    few, many, most = (
        render(
            stage, frame(24, 24), (), Quality(variant=variant, samples_per_pixel=n, denoise=False), seed=n, tick=still
        )
        for n in (4, 68, 132)
    )
    assert many.light.shape == (24, 24, 3)
    assert np.abs(many.light - most.light).mean() < 0.5 * np.abs(few.light - most.light).mean()
    assert many.light.mean() == pytest.approx(most.light.mean(), rel=0.01)


def test_a_draft_comes_first_and_changes_nothing() -> None:
    stage, quality = sets.build(shot()), Quality(variant="scalar_rgb", samples_per_pixel=2)
    order: list[Rendered | float] = []
    drafted = render(stage, frame(128, 96), (), quality, seed=3, tick=order.append, draft=order.append)
    plain = render(stage, frame(128, 96), (), quality, seed=3, tick=still)
    assert np.array_equal(drafted.light, plain.light)
    (draft,) = (entry for entry in order if isinstance(entry, Rendered))
    assert draft.light.shape == (24, 32, 3)
    told = order.index(draft)
    assert max(order[:told]) == 0 and order[told + 1] > 0  # type: ignore[type-var, operator]
    small = plain.light.reshape(24, 4, 32, 4, 3).mean((1, 3))
    assert np.abs(draft.light - small).mean() < 0.1 * small.mean()


def test_the_scalar_variant_gives_the_same_on_any_number_of_threads() -> None:
    import drjit

    stage, quality = sets.build(shot()), Quality(variant="scalar_rgb", samples_per_pixel=4)
    usual, pictures = drjit.thread_count(), []
    try:
        for threads in (1, 7):
            drjit.set_thread_count(threads)
            pictures.append(render(stage, frame(96, 80), (), quality, seed=3, tick=still).light)
    finally:
        drjit.set_thread_count(usual)
    assert np.array_equal(*pictures)


def test_only_what_is_seen_is_rendered_and_as_well() -> None:
    stage, view, quality = sets.build(shot()), frame(128, 128), Quality(variant="scalar_rgb", samples_per_pixel=4)
    seen = np.zeros((128, 128), bool)
    seen[:48] = True
    truth, whole, part = (
        render(stage, view, (), each, seed=each.samples_per_pixel, tick=still, seen=where, compared=True).light
        for each, where in ((replace(quality, samples_per_pixel=32), None), (quality, None), (quality, seen))
    )
    assert not part[80:].any()
    assert np.abs(part - truth)[seen].mean() < 1.2 * np.abs(whole - truth)[seen].mean()


def test_calm_parts_get_fewer_samples_and_the_picture_is_no_worse(monkeypatch: pytest.MonkeyPatch) -> None:
    stage, view, usual = sets.build(shot("window")), frame(128, 128), PLANS["scalar"]

    def taken(plan: Plan, samples: int) -> tuple[int, np.ndarray]:
        monkeypatch.setitem(PLANS, "scalar", plan)
        counted: list[int] = []
        monkeypatch.setattr(exposure, "_work", lambda patch: counted.append(_work(patch)) or _work(patch))
        quality = Quality(variant="scalar_rgb", samples_per_pixel=samples)
        light = render(stage, view, (), quality, seed=samples, tick=still).light / stage.brightness()
        return sum(counted), np.clip(light, 0, 1) ** (1 / 2.2)

    alike = replace(usual, light_steps=())
    _, truth = taken(alike, 64)
    (less, ours), (more, theirs) = taken(usual, 16), taken(alike, 16)
    assert less < 0.75 * more
    # noise is inverse to the work: there is less of it than so few samples, spread alike, would leave
    assert less * np.square(ours - truth).mean() < more * np.square(theirs - truth).mean()


def test_a_smaller_frame_shows_the_same() -> None:
    whole = frame(300, 200)
    part = smaller(whole)
    assert (part.width, part.height) == (75, 50)
    assert (part.left, part.right) == pytest.approx((whole.left, whole.right))
    assert (part.top, part.bottom) == pytest.approx((whole.top, whole.bottom))


def test_denoising_can_be_stopped() -> None:
    noise = np.random.default_rng(1).random((96, 96, 3), dtype=np.float32)
    clean = denoised(noise, np.full_like(noise, 0.5), np.zeros_like(noise), still)
    assert clean.std() < 0.5 * noise.std()

    def stop(_: float) -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled) as stopped:
        denoised(noise, np.full_like(noise, 0.5), np.zeros_like(noise), stop)
    held = [value for entry in stopped.traceback for value in entry.frame.f_locals.values()]
    assert not [value for value in held if type(value).__name__ == "Filter"], (
        "whoever lets go of a filter waits for the library, and may be a thread that it waits for"
    )


TWO_AT_ONCE = """
import threading
import numpy as np
from ecomgen.scenes.studio.rendering.denoising import denoised

noise = np.random.default_rng(1).random((256, 256, 3), dtype=np.float32)
threads = [
    threading.Thread(target=lambda: [denoised(noise, noise, noise, lambda _: None) for _ in range(4)], daemon=True)
    for _ in range(2)
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


def test_two_threads_may_denoise_at_once() -> None:
    # in a process of its own: threads that wait for each other for ever would hold this one, too
    subprocess.run([sys.executable, "-c", TWO_AT_ONCE], check=True, timeout=100)


def test_the_brightest_lamp_is_asked_most() -> None:
    key = Sun(towards=(1, 1, 1), spread=2, irradiance=(3, 3, 3))
    weak = Softbox(position=(-3, 2, 1), target=(0, 0, 0), width=1, height=1, radiance=(0.5, 0.5, 0.5))
    dark = Dome(zenith=(0.05, 0.05, 0.05), horizon=(0.05, 0.05, 0.05), nadir=(0, 0, 0))
    loaded = scene(variants.load_variant("scalar_rgb"), Stage(things=(), lamps=(weak, key), dome=dark), frame(), ())
    small, large = sorted(loaded.shapes(), key=lambda shape: float(np.asarray(shape.surface_area()).item()))
    assert large.emitter().sampling_weight() > 3 * small.emitter().sampling_weight() > 0


def test_no_ray_of_the_scalar_variant_waits_for_python(tmp_path: Path) -> None:
    """Shapes made by Python take its lock at every hit."""
    mi = variants.load_variant("scalar_rgb")
    night = shot("night")
    stage = sets.build(night)
    found = entries(mi, stage, night.frame, stage.things[:1], tmp_path)
    assert not any(isinstance(entry, mi.Object) for entry in found.values())
    loaded = mi.load_dict(found)
    assert len(loaded.shapes()) == len(stage.things) + 1 + len(stage.lamps) + (stage.backdrop is not None)


def test_a_kept_set_is_the_set_that_would_be_built(home: Path) -> None:
    first, again, plain = shot("podium"), shot("podium"), shot("podium")
    made, known, built = stage_cache.built(first, sets.build), stage_cache.built(again, sets.build), sets.build(plain)
    assert len(list((home / "cache" / "studio" / "sets").iterdir())) == 1
    for one in (made, known):
        assert one.lamps == built.lamps
        assert len(one.things) == len(built.things)
        assert all(
            np.array_equal(a.shape.points, b.shape.points) for a, b in zip(one.things, built.things, strict=True)
        )
    assert first.rng.random() == again.rng.random() == plain.rng.random()


def test_other_shots_are_other_sets(home: Path) -> None:
    for one in (
        shot(),
        shot(seed=2),
        replace(shot(), side=-1.0),
        replace(shot(), wish=Wish(place="sweep", time="dusk")),
    ):
        stage_cache.built(one, sets.build)
    assert len(list((home / "cache" / "studio" / "sets").iterdir())) == 4


def test_kept_sets_stay_within_their_bound(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stage_cache.built(shot(), sets.build)
    folder = home / "cache" / "studio" / "sets"
    (only,) = folder.iterdir()
    monkeypatch.setattr(stage_cache, "BOUND", int(1.5 * only.stat().st_size))
    for seed in range(2, 6):
        stage_cache.built(shot(seed=seed), sets.build)
    assert sum(path.stat().st_size for path in folder.iterdir()) <= stage_cache.BOUND
    assert not only.exists()


def test_a_spoilt_set_is_built_anew(home: Path) -> None:
    built = stage_cache.built(shot(), sets.build)
    (only,) = (home / "cache" / "studio" / "sets").iterdir()
    only.write_bytes(b"\x80nonsense")
    again = stage_cache.built(shot(), sets.build)
    assert np.array_equal(built.things[0].shape.points, again.things[0].shape.points)


@given(st.integers(1, 5000))
def test_quick_lengths_are_near(length: int) -> None:
    assert max(length, 16) <= quick(length) <= 1.2 * max(length, 16)


def test_noise_has_its_promised_statistics() -> None:
    field = spectral(np.random.default_rng(1), (90, 70), falloff=1.4, coarsest=0.4, finest=1.5, stretch=(1, 4))
    assert field.dtype == np.float32
    assert field.mean() == pytest.approx(0, abs=1e-5)
    assert field.std() == pytest.approx(1, abs=1e-4)
    along, across = np.abs(np.diff(field, axis=1)).mean(), np.abs(np.diff(field, axis=0)).mean()
    assert along < 0.6 * across


@pytest.mark.parametrize("variant", variants.DEVICES)
def test_lamps_always_come_in_one_order(variant: str) -> None:
    """Chance picks a lamp by its place in the list: another order is another picture."""
    if not variants.works(variant):
        pytest.skip(f"{variant} does not work on this machine.")
    mi = variants.load_variant(variant)
    night = shot("night", seed=777)
    stage = sets.build(night)
    orders = {
        tuple(float(lamp.sampling_weight()) for lamp in scene(mi, stage, night.frame, []).emitters()) for _ in range(20)
    }
    assert len(orders) == 1


def test_a_variant_is_tried_again_once_libraries_were_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    before = variants._key("llvm_ad_rgb")
    monkeypatch.setattr(variants, "_installed", lambda: "LLVM is there now")
    assert variants._key("llvm_ad_rgb") != before

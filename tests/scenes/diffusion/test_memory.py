"""When memory runs out: less at a time, then tiles, then each network for its work only; every picture is finished."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import torch
from scenes.diffusion.placed import ask, make
from tiny_models import recipe

from ecomgen.errors import BackendMissing, Cancelled
from ecomgen.models import resident
from ecomgen.scenes import open_backend
from ecomgen.scenes.diffusion import checkpoint, loader, memory
from ecomgen.scenes.diffusion.loader import Loaded, load
from ecomgen.scenes.diffusion.regions import Size
from ecomgen.types import Progress, silent


@pytest.fixture(autouse=True)
def nothing_loaded() -> Iterator[None]:
    resident.forget()
    yield
    resident.forget()


def loaded(folder: Path) -> Loaded:
    mine = recipe(folder, "inpaint")
    return load(checkpoint.of_recipe(mine), "inpaint", mine)


@contextmanager
def too_small(network: Any, refuses: Callable[[tuple[Any, ...]], bool]) -> Iterator[None]:
    """A device on which the network's call runs out of memory whenever its arguments are too much for it."""

    def allocate(_: Any, args: tuple[Any, ...]) -> None:
        if refuses(args):
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")

    hook = network.register_forward_pre_hook(allocate)
    try:
        yield
    finally:
        hook.remove()


def test_the_batch_halves_until_it_fits_and_all_pictures_are_made(tiny_inpaint: Path) -> None:
    alone = [make(tiny_inpaint, "inpaint", ask(seed))[0].pixels for seed in range(1, 6)]
    backend = open_backend(recipe(tiny_inpaint, "inpaint"))
    backend.batch = 4  # type: ignore[attr-defined] # as on a graphics card
    with too_small(loaded(tiny_inpaint).pipe.unet, lambda args: args[0].shape[0] > 2):  # guidance doubles a batch
        scenes = list(backend.make(ask(*range(1, 6)), silent))
    assert [scene.seed for scene in scenes] == [1, 2, 3, 4, 5]
    assert all("at most 1 at a time instead of 4" in scene.notes[0] for scene in scenes)
    assert all((scene.pixels == picture).all() for scene, picture in zip(scenes, alone, strict=True))
    assert "at most 1" in make(tiny_inpaint, "inpaint", ask(9))[0].notes[0]  # it stays so, and is said


def test_at_one_picture_the_vae_works_in_tiles(tiny_inpaint: Path) -> None:
    vae = loaded(tiny_inpaint).pipe.vae
    with too_small(vae.decoder, lambda _: not vae.use_tiling):
        (scene,) = make(tiny_inpaint, "inpaint", ask(1))
    assert "in tiles" in scene.notes[0] and scene.pixels.std() > 0


def test_in_the_end_each_network_comes_for_its_work_only(tiny_inpaint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = loaded(tiny_inpaint)
    before = make(tiny_inpaint, "inpaint", ask(1))[0].pixels
    monkeypatch.setattr(memory, "device", lambda: "cpu:0")  # a device of its own, as far as the ladder can tell
    assert mine.economy.give_way(1) and mine.economy.give_way(1)
    assert mine.economy.tiles and mine.economy.offloads == "model" and mine.pipe._all_hooks
    with monkeypatch.context() as patch:
        patch.undo()
        assert "each network was brought" in make(tiny_inpaint, "inpaint", ask(1))[0].notes[1]
    assert mine.economy.give_way(1)
    assert mine.economy.offloads == "group" and not mine.economy.give_way(1)
    monkeypatch.undo()
    (scene,) = make(tiny_inpaint, "inpaint", ask(1))
    assert (scene.pixels == before).all()  # a picture this small is one tile
    assert "each layer was brought" in scene.notes[1]


def test_a_stop_takes_what_came_for_its_work_off_the_device(
    tiny_inpaint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    freed: list[int] = []
    pipe = loaded(tiny_inpaint).pipe
    monkeypatch.setattr(pipe, "maybe_free_model_hooks", lambda: freed.append(1))

    def stop(progress: Progress) -> None:
        if progress.done:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        list(open_backend(recipe(tiny_inpaint, "inpaint")).make(ask(1), stop))
    assert freed


def test_bfloat16_is_used_where_the_card_computes_in_it(tiny_inpaint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = recipe(tiny_inpaint, "inpaint")
    mine = mine.model_copy(update={"model": mine.model and mine.model.model_copy(update={"dtype": "bfloat16"})})
    monkeypatch.setattr(loader, "device", lambda: "cuda")
    for capability, expected in (((7, 5), "float16"), ((8, 0), "bfloat16")):
        monkeypatch.setattr(torch.cuda, "get_device_capability", lambda _, found=capability: found)
        assert loader.dtype_of(mine) == expected


def test_where_nothing_helps_it_is_said(tiny_inpaint: Path) -> None:
    with (
        too_small(loaded(tiny_inpaint).pipe.unet, lambda _: True),
        pytest.raises(BackendMissing, match="does not fit into the memory of cpu"),
    ):
        make(tiny_inpaint, "inpaint", ask(1))
    assert make(tiny_inpaint, "inpaint", ask(1))[0].pixels.std() > 0


@pytest.mark.parametrize(
    ("error", "is_memory"),
    [
        (torch.OutOfMemoryError("CUDA out of memory"), True),
        (RuntimeError("MPS backend out of memory (MPS allocated: 8 GB)"), True),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"), True),
        (MemoryError(), True),
        (RuntimeError("mat1 and mat2 shapes cannot be multiplied"), False),
    ],
)
def test_every_device_has_its_own_way_to_say_so(error: Exception, is_memory: bool) -> None:
    assert memory.out_of_memory(error) == is_memory


def test_the_batch_follows_free_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    size = Size(512, 512)
    assert memory.batch_for(size, 8, full_precision=False) == 8  # a CPU's memory is not what limits it
    monkeypatch.setattr(memory, "device", lambda: "cuda")
    for gib, expected in ((0.5, 1), (4.5, 4), (100, 8)):
        monkeypatch.setattr(memory, "free_memory", lambda gib=gib: gib * 2**30)
        assert memory.batch_for(size, 8, full_precision=False) == expected
    assert memory.batch_for(size, 99, full_precision=False) == memory.MOST

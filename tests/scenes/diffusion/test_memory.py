"""When memory runs out: less at a time, then tiles, then each network for its work only; every picture is finished."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import pytest
import torch
from scenes.diffusion.placed import ask, make
from tiny_models import recipe

from ecomgen import models
from ecomgen.errors import BackendMissing, Cancelled
from ecomgen.scenes import open_backend
from ecomgen.scenes.diffusion import backend, checkpoint, loader, memory
from ecomgen.scenes.diffusion.loader import Loaded, load
from ecomgen.scenes.diffusion.preview import look_through
from ecomgen.scenes.diffusion.regions import Size
from ecomgen.types import Progress, silent

pytestmark = pytest.mark.usefixtures("little_garbage", "nothing_loaded")


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
    opened = open_backend(recipe(tiny_inpaint, "inpaint"))
    opened.batch = 4  # type: ignore[attr-defined] # as on a graphics card
    with too_small(loaded(tiny_inpaint).pipe.unet, lambda args: args[0].shape[0] > 2):  # guidance doubles a batch
        scenes = list(opened.make(ask(*range(1, 6)), silent))
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


@pytest.mark.parametrize("how", ["model", "group"])
def test_a_recipe_may_say_what_comes_for_its_work_only(
    tiny_inpaint: Path, monkeypatch: pytest.MonkeyPatch, how: Literal["model", "group"]
) -> None:
    before = make(tiny_inpaint, "inpaint", ask(1))[0].pixels
    mine = recipe(tiny_inpaint, "inpaint", added={"offload": how})
    with monkeypatch.context() as patch:
        patch.setattr(memory, "device", lambda: "cpu:0")
        economy = load(checkpoint.of_recipe(mine), "inpaint", mine).economy
    assert economy.offloads == how and bool(economy.pipe._all_hooks) == (how == "model")
    (scene,) = open_backend(mine).make(ask(1), silent)
    assert (scene.pixels == before).all()
    assert not scene.notes  # it is no surprise


class Card:
    """A pipeline of networks that take so many GiB, and a graphics card with so many free; it tells what is done."""

    def __init__(self, patch: pytest.MonkeyPatch, free: float, *networks: float, here: int = 0) -> None:
        self.done: list[Any] = []
        self.full = 0  # moves to the card that find it full
        parts = [torch.empty(round(size * 2**30), dtype=torch.uint8, device="meta") for size in networks]
        kinds = ["cuda"] * here + ["cpu"] * (len(parts) - here)
        tensors = [SimpleNamespace(nbytes=part.nbytes, device=torch.device(kind)) for part, kind in zip(parts, kinds)]  # noqa: B905
        self.components = {str(n): SimpleNamespace(parameters=lambda one=one: [one]) for n, one in enumerate(tensors)}
        patch.setattr(memory, "device", lambda: "cuda")
        patch.setattr(memory, "free_memory", lambda: free * 2**30)
        patch.setattr(memory, "make_room", lambda size: self.done.append(("room", size)))

    def to(self, where: str) -> None:
        self.done.append(where)
        if where == "cuda" and self.full:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")

    def enable_model_cpu_offload(self, device: str) -> None:
        self.done.append(("model", device))

    def enable_group_offload(self, device: torch.device, **options: Any) -> None:
        self.done.append(("group", str(device), options))

    def remove_all_hooks(self) -> None:
        self.done.append("no hooks")

    def arrived(self, **options: Any) -> Any:
        economy = memory.Economy(pipe=self, **options)
        economy.arrive()
        assert economy.arrived
        return economy.offloads

    @property
    def moves(self) -> list[Any]:
        return [one for one in self.done if one[0] != "room"]


LAYERS = ["no hooks", "cpu", ("group", "cuda", {"offload_type": "leaf_level", "use_stream": True})]


@pytest.mark.parametrize(
    ("free", "networks", "asked", "offloads", "moves"),
    [
        (12, (5, 0.5, 1), None, None, ["cuda"]),
        (12, (8, 2, 1), None, "model", [("model", "cuda")]),
        (12, (11, 2, 1), None, "group", LAYERS),
        (12, (5, 0.5, 1), "model", "model", [("model", "cuda")]),
        (80, (11, 2, 1), "group", "group", LAYERS),
    ],
)
def test_sizes_and_free_memory_say_what_lies_on_the_card(
    monkeypatch: pytest.MonkeyPatch, free: float, networks: tuple[float, ...], asked: Any, offloads: Any, moves: Any
) -> None:
    card = Card(monkeypatch, free, *networks)
    assert card.arrived(asked=asked) == offloads
    assert card.moves == moves
    rooms = [size for what, size in (one for one in card.done if one[0] == "room")]
    assert rooms[0] == sum(round(size * 2**30) for size in networks)
    assert (len(rooms) > 1) == (sum(networks) > 0.9 * free)  # everything else goes first


def test_a_card_that_is_fuller_than_it_said_gets_each_network_for_its_work(monkeypatch: pytest.MonkeyPatch) -> None:
    card = Card(monkeypatch, 12, 5, 1)
    card.full = 1
    assert card.arrived() == "model"
    assert card.moves == ["cuda", "cpu", ("model", "cuda")]


def test_what_is_fixed_is_neither_moved_nor_counted_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    card = Card(monkeypatch, 4, 7, 1, here=1)  # the first was loaded on to the card
    assert card.arrived(fixed=True) is None and card.done == [("room", 2**30), "cuda"]
    full = Card(monkeypatch, 4, 7, 1, here=1)
    full.full, full.vae = 1, SimpleNamespace()  # type: ignore[attr-defined]
    economy = memory.Economy(pipe=full, fixed=True)
    with pytest.raises(torch.OutOfMemoryError):
        economy.arrive()
    assert full.moves == ["cuda"] and not economy.give_way(1)


def test_flux_fill_finds_its_way_on_to_a_card_of_24_gib(monkeypatch: pytest.MonkeyPatch) -> None:
    import diffusers
    import transformers

    with torch.device("meta"):
        networks = (
            diffusers.FluxTransformer2DModel(in_channels=384, out_channels=64, guidance_embeds=True),
            transformers.T5EncoderModel(
                transformers.T5Config(
                    vocab_size=32128,
                    d_model=4096,
                    d_kv=64,
                    d_ff=10240,
                    num_layers=24,
                    num_heads=64,
                    feed_forward_proj="gated-gelu",
                )
            ),
        )
    transformer, text = (2 * sum(one.numel() for one in network.parameters()) / 2**30 for network in networks)
    assert 22 < transformer < 22.5 and 8.7 < text < 9  # in bfloat16
    sizes = (transformer, text, 0.23, 0.16)  # and CLIP's and the VAE's
    for free, offloads in ((39.0, None), (31.0, "model"), (23.5, "group"), (11.5, "group")):
        assert Card(monkeypatch, free, *sizes).arrived() == offloads


def test_words_that_fail_leave_nothing_on_the_device(tiny_inpaint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    freed: list[int] = []
    pipe = loaded(tiny_inpaint).pipe
    monkeypatch.setattr(pipe, "maybe_free_model_hooks", lambda: freed.append(1))

    def fail(*_: Any) -> None:
        raise ZeroDivisionError("a fault of the library's")

    hook = pipe.text_encoder.register_forward_pre_hook(fail)
    with pytest.raises(ZeroDivisionError):
        make(tiny_inpaint, "inpaint", ask(1))
    hook.remove()
    assert freed


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


def test_two_requests_load_the_base_once_though_nothing_else_fits(
    tiny_inpaint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ECOMGEN_MEMORY_GIB", "0.0001")
    loads: list[Any] = []
    real = loader._load
    monkeypatch.setattr(loader, "_load", lambda *given: loads.append(given) or real(*given))
    for _ in range(2):
        make(tiny_inpaint, "inpaint", ask(1))
        models.load_once("scorer", lambda: torch.nn.Linear(100, 100))
    assert len(loads) == 1


def test_a_generator_that_waits_holds_nothing_on_the_device_and_goes_on(
    tiny_inpaint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = [scene.pixels for scene in make(tiny_inpaint, "inpaint", ask(1, 2))]
    mine, moved = loaded(tiny_inpaint), []
    real = mine.pipe.to
    monkeypatch.setattr(mine.pipe, "to", lambda *where: moved.append(where) or real(*where))
    made = open_backend(recipe(tiny_inpaint, "inpaint")).make(ask(1, 2), silent)
    assert (next(made).pixels == alone[0]).all() and not moved
    assert mine.parks and mine.park()
    assert (next(made).pixels == alone[1]).all()
    assert moved == [("cpu",), ("cpu",)]  # off the device, and back on it
    with mine.at_work():
        assert not mine.park()


def test_with_several_cards_a_single_seed_is_their_processes_too(
    tiny_inpaint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, ...]] = []
    crew = SimpleNamespace(make=lambda _, request, __: iter([asked.append(request.seeds)]))
    monkeypatch.setattr(backend, "all_cards", lambda: ("cuda:0", "cuda:1"))
    monkeypatch.setattr(backend, "crew_of", lambda _: crew)
    monkeypatch.setattr(backend, "load", lambda *_: pytest.fail("loaded a second time"))
    for seeds in ((1,), (1, 2)):
        make(tiny_inpaint, "inpaint", ask(*seeds))
    assert asked == [(1,), (1, 2)]


def test_a_preview_leaves_the_network_at_work_where_it_is(tiny_inpaint: Path) -> None:
    from accelerate import cpu_offload_with_hook

    mine = loaded(tiny_inpaint)
    plain = look_through(mine.pipe, None)
    came: list[int] = []
    _, hook = cpu_offload_with_hook(mine.pipe.vae, "cpu")
    assert hook.hook is mine.pipe.vae._hf_hook
    pre_forward = hook.hook.pre_forward
    hook.hook.pre_forward = lambda *given, **named: came.append(1) or pre_forward(*given, **named)
    latents = torch.randn(4, 8, 8)
    assert (look_through(mine.pipe, None)(latents) == plain(latents)).all()
    assert not came
    mine.pipe.vae.encode(torch.zeros(1, 3, 64, 64))
    assert came


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

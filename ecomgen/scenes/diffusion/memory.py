"""How much a device is asked for at a time, and what gives way when it is too much.

The batch is chosen by free memory. Where memory still runs out, the batch halves; at one picture at a time the VAE
works in tiles; then only the network at work stays on the card. Every picture is finished, and says what was done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ecomgen.messages import Message
from ecomgen.models import device, free_memory, make_room, release
from ecomgen.recipes import Offload
from ecomgen.scenes.diffusion.regions import Size

T = TypeVar("T")

MOST = 16  # pictures side by side; more gains nothing on the cards there are
_BYTES_A_PIXEL = 4096  # of activations and the VAE's, in half precision, for each picture of a batch
_TILES = Message("the device was short of memory: the picture was encoded and decoded in tiles")
_OFFLOAD: dict[str, str] = {
    "model": Message(
        "the device was short of memory: each network was brought to it only for its work, which is slower"
    ),
    "group": Message("the device was short of memory: each layer was brought to it only for its work, which is slower"),
}


@dataclass(eq=False)
class Economy:
    """What one pipeline has had to give up so far; it stays so for as long as it is loaded."""

    pipe: Any
    asked: Offload | None = None  # by the recipe
    fixed: bool = False  # some of its networks stay where they were loaded, as those that bitsandbytes keeps
    arrived: bool = False  # on the device, as far as it is ever there
    most: int = MOST  # pictures at a time that were found to fit
    tiles: bool = False
    offloads: Offload | None = None
    _halved_from: int = field(default=0, init=False)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is different from a device with plenty of memory, in words."""
        halved = Message(
            "the device was short of memory: at most {most} at a time instead of {before}",
            most=self.most,
            before=self._halved_from,
        )
        states = {halved: self._halved_from > self.most, _TILES: self.tiles}
        slower = _OFFLOAD[self.offloads] if self.offloads and self.offloads != self.asked else None
        return (*(words for words, is_so in states.items() if is_so), *filter(None, [slower]))

    def give_way(self, batch: int) -> bool:
        """Ask for less than was asked for by the `batch` that did not fit. False where nothing is left to give up."""
        if batch > 1:
            self._halved_from = self._halved_from or batch
            self.most = batch // 2
        elif not self.tiles and hasattr(self.pipe.vae, "enable_tiling"):
            self.pipe.vae.enable_tiling()
            self.tiles = True
        elif self.offloads != "group" and device() != "cpu" and not self.fixed:
            self.offload("group" if self.offloads else "model")
        else:
            return False
        release()
        return True

    def arrive(self) -> None:
        """On the device as a whole where it fits, otherwise each network for its work only."""
        if self.arrived:
            return
        weights, coming = self._weights()
        make_room(coming)
        if not fits(coming):
            make_room(2**62)  # everything else goes before this one is slowed down
        how = self.asked if device() != "cpu" else None
        if how is None and not fits(coming) and not self.fixed:
            how = "model" if fits(max(weights)) else "group"
        try:
            self.offload(how) if how else self.pipe.to(device())
        except RuntimeError as error:
            if not out_of_memory(error) or device() == "cpu" or self.fixed:
                raise
            self.pipe.to("cpu")
            release()
            self.offload("model")
        self.arrived = True

    def _weights(self) -> tuple[list[int], int]:
        """Bytes of each network, and of all that is not on the device yet."""
        networks = [part for part in self.pipe.components.values() if hasattr(part, "parameters")]
        weights = [[(tensor.nbytes, tensor.device.type) for tensor in network.parameters()] for network in networks]
        here = device().partition(":")[0]
        coming = sum(size for network in weights for size, where in network if where != here)
        return [sum(size for size, _ in network) for network in weights], coming

    def park(self) -> None:
        """Off the device into the machine's memory, until it is needed again."""
        self.pipe.to("cpu")
        self.arrived = False
        release()

    def offload(self, how: Offload) -> None:
        """Keep the networks in the machine's memory, each one, or each layer, on the device only while it works."""
        import torch

        if how == "model":
            self.pipe.enable_model_cpu_offload(device=device())
        else:
            self.pipe.remove_all_hooks()
            self.pipe.to("cpu")
            streams = device().startswith("cuda")
            self.pipe.enable_group_offload(torch.device(device()), offload_type="leaf_level", use_stream=streams)
        self.offloads = how


def batch_for(size: Size, wanted: int, *, full_precision: bool) -> int:
    """How many of the `wanted` pictures of `size` fit side by side into what is free on a graphics card."""
    if device() == "cpu":
        return wanted
    each = size.width * size.height * _BYTES_A_PIXEL * (2 if full_precision else 1)
    return max(1, min(wanted, MOST, int(free_memory() // each)))


def fits(weights: int) -> bool:
    """Whether networks of so many bytes can lie on the device all at once, with room to work."""
    return device() == "cpu" or weights < 0.9 * free_memory()


def out_of_memory(error: BaseException) -> bool:
    """Whether a library says so; MPS and the CPU's allocator raise a RuntimeError of no own kind."""
    import torch

    if isinstance(error, (torch.OutOfMemoryError, MemoryError)):
        return True
    text = str(error).lower()
    return isinstance(error, RuntimeError) and ("out of memory" in text or "can't allocate memory" in text)


def attempt(work: Callable[[], T]) -> T | None:
    """What `work` returns; None where memory ran out. The error is let go: its frames hold what has no room."""
    try:
        return work()
    except (RuntimeError, MemoryError) as error:
        if not out_of_memory(error):
            raise
        return None

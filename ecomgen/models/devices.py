"""On which device models run."""

from __future__ import annotations

import os
from functools import lru_cache

from ecomgen.errors import BackendMissing, UsageError
from ecomgen.settings import settings


def device() -> str:
    """`ECOMGEN_DEVICE`, otherwise the best there is: cuda, mps, cpu.

    Raises:
        UsageError: `ECOMGEN_DEVICE` is no device.
        BackendMissing: that device is not on this machine.
    """
    requested = settings().device
    if requested is None:
        return _available()[0]
    kind = requested.partition(":")[0]
    if kind not in ("cuda", "mps", "cpu"):
        raise UsageError("ECOMGEN_DEVICE={device} is not a device. Choose cuda, cuda:1, mps or cpu.", device=requested)
    if kind not in _available():
        raise BackendMissing(
            "ECOMGEN_DEVICE={device} is not on this machine. Set it to one of: {known}.",
            device=requested,
            known=", ".join(_available()),
        )
    return requested


def all_cards() -> tuple[str, ...]:
    """Every CUDA device, where `device` is CUDA and no one of them was asked for; otherwise none."""
    if device() != "cuda":
        return ()
    import torch

    return tuple(f"cuda:{number}" for number in range(torch.cuda.device_count()))


@lru_cache
def threads() -> int:
    """How many threads PyTorch computes with on the CPU, as it was before anyone here asked for fewer."""
    import torch

    return torch.get_num_threads()


@lru_cache
def _available() -> tuple[str, ...]:
    """The kinds of device on this machine, fastest first."""
    import torch

    here = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    return tuple(kind for kind, there in here.items() if there)


def free_memory() -> int:
    """Bytes of the device's memory that a model could take now; on a CPU, the machine's."""
    import torch

    where = device()
    if where.startswith("cuda"):
        cached = torch.cuda.memory_reserved(where) - torch.cuda.memory_allocated(where)
        return torch.cuda.mem_get_info(where)[0] + cached
    if where == "mps":
        return torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory()
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_AVPHYS_PAGES")


def total_memory() -> int:
    """Bytes of the memory that models live in: the graphics card's, or the machine's."""
    import torch

    where = device()
    if where.startswith("cuda"):
        return torch.cuda.get_device_properties(where).total_memory
    if where == "mps":
        return torch.mps.recommended_max_memory()
    return machine_memory()


def machine_memory() -> int:
    """Bytes of the machine's own memory."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")

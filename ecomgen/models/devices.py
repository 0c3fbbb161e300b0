"""On which device models run."""

from __future__ import annotations

from functools import lru_cache

from ecomgen.errors import BackendMissing, UsageError
from ecomgen.settings import settings


def device() -> str:
    """`ECOMGEN_DEVICE`, otherwise the best there is: cuda, mps, cpu.

    Raises:
        UsageError: `ECOMGEN_DEVICE` is no device.
        BackendMissing: that device is not on this machine.
    """
    asked = settings().device
    if asked is None:
        return _available()[0]
    kind = asked.partition(":")[0]
    if kind not in ("cuda", "mps", "cpu"):
        raise UsageError(f"ECOMGEN_DEVICE={asked} is not a device. Choose cuda, cuda:1, mps or cpu.")
    if kind not in _available():
        raise BackendMissing(
            f"ECOMGEN_DEVICE={asked} is not on this machine. Set it to one of: {', '.join(_available())}."
        )
    return asked


@lru_cache
def _available() -> tuple[str, ...]:
    """The kinds of device on this machine, fastest first."""
    import torch

    here = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    return tuple(kind for kind, there in here.items() if there)

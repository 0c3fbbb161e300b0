"""What a pull needs: the network, and room on the disk."""

from __future__ import annotations

import shutil
from pathlib import Path

from ecomgen.errors import CannotWrite, WeightsMissing


def require_network(what: str) -> None:
    from huggingface_hub import is_offline_mode

    if is_offline_mode():
        raise WeightsMissing("{what} is not on this machine, and HF_HUB_OFFLINE is set. Unset it to pull.", what=what)


def require_space(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise CannotWrite(
            "{needed:.1f} GiB are needed in {folder} and {free:.1f} GiB are free. Make room, or set "
            "ECOMGEN_WEIGHTS to another folder.",
            needed=needed / 2**30,
            folder=folder,
            free=free / 2**30,
        )

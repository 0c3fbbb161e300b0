"""A run that many tests look at is made once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path


def laid_back(base: Path, name: str, home: Path, make: Callable[[Path], object]) -> Path:
    """The folder of a run that `make` wrote into it once for all tests, which find it, and `home`, as it left them."""
    out, kept = base / name, base / f"kept-{name}"
    if not kept.exists():
        make(out)
        shutil.copytree(home, kept / "home")
        shutil.copytree(out, kept / "out")
    for folder, saved in ((home, kept / "home"), (out, kept / "out")):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(saved, folder)
    return out

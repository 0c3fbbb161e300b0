"""The two functions of pymatting that matting needs, without the rest of it.

Importing the whole package compiles thirty kernels on a new machine, for half a minute; these are four.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any

from ecomgen.errors import BackendMissing


def _load(package: str, name: str) -> Any:
    """The module `pymatting.PACKAGE.NAME`, under its own name, with nothing imported round it."""
    whole = f"pymatting.{package}.{name}"
    if whole in sys.modules:
        return sys.modules[whole]
    found = find_spec("pymatting")
    folders = [str(Path(folder, package)) for folder in (found and found.submodule_search_locations) or ()]
    spec = PathFinder.find_spec(whole, folders)
    if spec is None or spec.loader is None:
        raise BackendMissing("Matting needs pymatting, which cannot be loaded: reinstall ecomgen.")
    module = sys.modules[whole] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cf_laplacian = _load("laplacian", "cf_laplacian").cf_laplacian
estimate_foreground_ml = _load("foreground", "estimate_foreground_ml").estimate_foreground_ml

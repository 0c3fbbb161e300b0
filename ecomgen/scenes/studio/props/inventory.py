"""All props by name: what the modules of `families` declare. Light to import, so that prompts are read by it."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ecomgen.scenes.studio.props import families
from ecomgen.scenes.studio.props.declaration import Prop


@cache
def props() -> dict[str, Prop]:
    """All props by name, family by family."""
    modules = [import_module(f"{families.__name__}.{found.name}") for found in iter_modules(families.__path__)]
    return {each.name: each for module in modules for each in vars(module).values() if isinstance(each, Prop)}

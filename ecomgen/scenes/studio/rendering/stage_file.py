"""A stage and its source of chance as one file of arrays and JSON: reading it runs nothing that stands in it."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecomgen import disk_cache
from ecomgen.scenes.studio.primitives.shapes import Shape
from ecomgen.scenes.studio.primitives.types import Backdrop, Dome, Material, Softbox, Stage, Sun, Thing

KINDS = {kind.__name__: kind for kind in (Stage, Thing, Shape, Material, Softbox, Sun, Dome, Backdrop)}
TREE = "tree"  # the array that holds the JSON


def packed(stage: Stage, chance: dict[str, Any]) -> bytes:
    """A stage, and the state of a bit generator; what several things share is written once."""
    writer = _Writer()
    tree = json.dumps({"stage": writer.value(stage), "chance": chance, "nodes": writer.nodes})
    arrays: dict[str, Any] = {f"a{number}": array for number, array in enumerate(writer.arrays)}
    return disk_cache.packed(arrays | {TREE: np.frombuffer(tree.encode(), np.uint8)}, compressed=False)


def unpacked(content: bytes) -> tuple[Stage, dict[str, Any]] | None:
    """What `packed` was given; None of anything else."""
    arrays = disk_cache.unpacked(content) or {}
    try:
        tree = json.loads(arrays.pop(TREE).tobytes())
        stage = _Reader(arrays, tree["nodes"]).value(tree["stage"])
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None
    return (stage, tree["chance"]) if isinstance(stage, Stage) else None


class _Writer:
    """Objects as nodes, {"kind": …, "fields": …}, arrays as {"array": number}, tuples as {"tuple": [...]}."""

    def __init__(self) -> None:
        self.nodes: list[dict[str, Any]] = []
        self.arrays: list[NDArray[Any]] = []
        self._known: dict[int, dict[str, int]] = {}  # by identity; all of them live as long as the stage

    def value(self, one: Any) -> Any:
        if one is None or type(one) in (bool, int, float, str):
            return one
        if isinstance(one, tuple):
            return {"tuple": [self.value(part) for part in one]}
        if isinstance(one, np.generic):
            self.arrays.append(np.asarray(one))
            return {"scalar": len(self.arrays) - 1}
        if id(one) not in self._known:
            self._known[id(one)] = self._new(one)
        return self._known[id(one)]

    def _new(self, one: Any) -> dict[str, int]:
        if isinstance(one, np.ndarray):
            self.arrays.append(one)
            return {"array": len(self.arrays) - 1}
        if not is_dataclass(one) or type(one).__name__ not in KINDS:
            raise TypeError(f"{type(one).__name__} is no part of a stage that can be kept")
        told = {entry.name: self.value(getattr(one, entry.name)) for entry in fields(one)}
        self.nodes.append({"kind": type(one).__name__, "fields": told})
        return {"node": len(self.nodes) - 1}


class _Reader:
    """The way back; a node comes after all that it is made of."""

    def __init__(self, arrays: dict[str, NDArray[Any]], nodes: list[dict[str, Any]]) -> None:
        self._arrays = arrays
        self._made: list[Any] = []
        for node in nodes:
            told = {name: self.value(one) for name, one in node["fields"].items()}
            self._made.append(KINDS[node["kind"]](**told))

    def value(self, one: Any) -> Any:
        if not isinstance(one, dict):
            return one
        ((kind, content),) = one.items()
        if kind == "tuple":
            return tuple(self.value(part) for part in content)
        if kind == "node":
            return self._made[content]
        array = self._arrays[f"a{content}"]
        return array[()] if kind == "scalar" else array

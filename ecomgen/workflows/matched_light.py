"""A finished picture in its set's light: its scene was kept beside it, and the product alone is laid on it anew.

Replays never read what was kept, since they would prove nothing by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ecomgen import disk_cache, picture_file
from ecomgen.atomic_file import write
from ecomgen.compositing import compose
from ecomgen.compositing.relight import in_scene
from ecomgen.generation import OnCandidate, Run, generate
from ecomgen.placement import instances
from ecomgen.record import CandidateEntry, Parameters, RunRecord
from ecomgen.request import Request
from ecomgen.scenes import Backend
from ecomgen.types import Box, Candidate, Instance, Pixels, Report, Scene, SceneRequest, silent
from ecomgen.workflows.replay import request_of

FOLDER = "scenes"  # of a run


@dataclass(frozen=True, kw_only=True, eq=False)
class KeptScene:
    """A scene, and the `instances` of the products that its light falls on."""

    scene: Scene
    instances: tuple[Instance, ...]

    def keep(self, picture: Path) -> None:
        """Beside its `picture`, unless it tells no light."""
        scene = self.scene
        if not scene.gains:
            return
        arrays = {"pixels": scene.pixels} | ({} if scene.cover is None else {"cover": scene.cover})
        for number, (gains, instance) in enumerate(zip(scene.gains, self.instances, strict=True)):
            arrays |= {f"gains{number}": gains, f"box{number}": np.array(instance.box)}
            arrays |= {} if instance.share is None else {f"share{number}": instance.share}
        with suppress(OSError):  # a full disk costs the choice of the light, not the run
            write(_file(picture), disk_cache.packed(arrays))


def generate_kept(request: Request, report: Report = silent, on_candidate: OnCandidate | None = None) -> Run:
    """`generate`, with each scene kept beside its picture, and what its light makes of the product."""
    last: list[KeptScene] = []

    def make(backend: Backend, asked: SceneRequest, alert: Report) -> Iterator[Scene]:
        told = replace(asked, parameters={**asked.parameters, "relight": 1.0})  # this changes none of its pixels
        for scene in backend.make(told, alert):
            last[:] = [KeptScene(scene=scene, instances=instances(asked.placement))]
            yield scene

    return generate(request, report, _keeping(lambda: last[0], on_candidate), make=make)


def is_kept(folder: Path, entry: CandidateEntry) -> bool:
    """Whether a picture's light can be matched without rendering its scene again."""
    return _file(folder / entry.path).exists()


def kept(folder: Path, entry: CandidateEntry) -> KeptScene | None:
    """The scene of a picture of the run in `folder`; None where it was not kept, or is damaged."""
    held = disk_cache.kept_arrays(_file(folder / entry.path)) or {}
    count = sum(name.startswith("gains") for name in held)
    if not count or not {"pixels", *(f"box{number}" for number in range(count))} <= set(held):
        return None
    scene = Scene(
        seed=entry.seed,
        pixels=held["pixels"],
        steps=entry.steps,
        sampler=entry.sampler,
        notes=entry.notes,
        gains=tuple(held[f"gains{number}"] for number in range(count)),
        cover=held.get("cover"),
    )
    where = tuple(
        Instance(box=Box(*map(int, held[f"box{number}"])), share=held.get(f"share{number}")) for number in range(count)
    )
    return KeptScene(scene=scene, instances=where)


def shown(record: RunRecord, folder: Path, one: KeptScene, share: float) -> Pixels:
    """The picture (HxWx3) as it is with that `share` of the light, in [0, 1].

    Raises:
        BadPhoto: the run's product is gone.
    """
    placed = picture_file.pixels(folder / "product.png", "RGBA")
    product, _ = in_scene(placed, one.instances, one.scene, share)
    return compose(product, one.scene.pixels, harmonise=record.parameters.harmonise).pixels


def relit(
    record: RunRecord,
    one: KeptScene,
    share: float,
    report: Report = silent,
    on_candidate: OnCandidate | None = None,
) -> Run:
    """A run of its own of the picture with that `share` of the light; its record says all that renders it.

    Raises:
        BadPhoto: a photo of the run is gone.
    """
    entry = record.of_seed(one.scene.seed)
    parameters = record.parameters.as_json() | {"seed": entry.seed, "relight": share}
    single = {"parameters": Parameters.model_validate(parameters), "candidates": (entry,)}
    request = request_of(record.model_copy(update=single))
    return generate(request, report, _keeping(lambda: one, on_candidate), make=lambda *_: iter([one.scene]))


def _keeping(scene: Callable[[], KeptScene], on_candidate: OnCandidate | None) -> OnCandidate:
    """A listener that keeps each picture's scene before the other one hears of the picture."""

    def heard(candidate: Candidate, path: Path) -> None:
        scene().keep(path)
        if on_candidate:
            on_candidate(candidate, path)

    return heard


def _file(picture: Path) -> Path:
    return picture.parents[1] / FOLDER / f"{picture.stem}.npz"

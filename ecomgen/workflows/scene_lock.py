"""The set of an earlier run for another product: camera, light, colours and arrangement, seed by seed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecomgen import recipes
from ecomgen.errors import UsageError
from ecomgen.record import NoRecord, read_file
from ecomgen.runlog import RunLog
from ecomgen.settings import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ecomgen.record import Parameters, RunRecord
    from ecomgen.request import Request

CAMERA = ("camera_elevation", "camera_elevation_spread")
LIGHT = ("light_side", "light_softness", "light_kelvin", "light_level")
SET = ("set_palette", "set_metres")
STANDING = ("set_standing",)  # shares of the canvas, so that it holds for this canvas only


def locked(request: Request) -> Request:
    """`request` in the set of the run that its `scene_from` names; without one, `request` itself.

    The earlier run's pipeline, prompt, seed, size, camera, light and colours are taken over unless given again.

    Raises:
        UsageError: there is no such run, it has no set that could be kept, or another pipeline is asked for.
    """
    if not request.scene_from:
        return request
    record = _record(request.scene_from)
    known = record.parameters.as_json()
    missing = [name for name in (*CAMERA, *LIGHT, *SET, *STANDING) if name not in known]
    if missing or recipes.get(record.pipeline).backend != "studio":
        raise UsageError(
            "The run {run} has no set that could be kept: choose one that this version's studio made.",
            run=record.run_id,
        )
    if request.pipeline not in ("auto", record.pipeline):
        raise UsageError(
            "{--scene-from} needs the pipeline {pipeline} of that run: leave {--pipeline} out.",
            pipeline=record.pipeline,
        )
    return replace(
        request,
        pipeline=record.pipeline,
        prompt=request.prompt.strip() or record.prompt,
        seed=record.parameters.seed if request.seed is None else request.seed,
        **_canvas(request, record.parameters),
        scene_from=record.run_id,
        held=_held(request, known),
    )


def _canvas(request: Request, parameters: Parameters) -> dict[str, Any]:
    if request.size or request.channel:
        return {}
    if parameters.channel is not None:
        return {"channel": parameters.channel}
    return {"size": parameters.size}


def _held(request: Request, parameters: Mapping[str, Any]) -> dict[str, Any]:
    names = [*LIGHT, *SET]
    if request.camera_elevation is None:
        names += CAMERA
    if not (request.size or request.channel):
        names += STANDING
    return {name: parameters[name] for name in names}


def _record(run: str) -> RunRecord:
    """run.json of a folder, or of a run in the log by the start of its id."""
    given = Path(run).expanduser()
    folder = given.parent if given.name == "run.json" else given
    if not (folder / "run.json").is_file():
        return RunLog(settings().database).show(run)[0]
    try:
        return read_file(folder)
    except NoRecord as error:
        raise UsageError(
            "{--scene-from} {run}: the folder's run.json is not that of a run. Choose another run.", run=run
        ) from error
    except (OSError, ValueError) as error:
        raise UsageError(
            "{--scene-from} {run}: the folder's run.json cannot be read. Choose another run.", run=run
        ) from error

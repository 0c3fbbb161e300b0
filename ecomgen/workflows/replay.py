"""A logged run made again, and compared pixel by pixel."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast, get_args

import numpy as np

from ecomgen import models, picture_file, recipes
from ecomgen.errors import UsageError, WeightsCorrupt
from ecomgen.export import picture_hash
from ecomgen.generation import Run, generate
from ecomgen.messages import Message
from ecomgen.options.reading import read_points, read_strokes
from ecomgen.record import CandidateEntry, Parameters, ProductEntry, RunRecord
from ecomgen.request import FILES, Request, requested
from ecomgen.runlog import originals, run_log
from ecomgen.types import (
    Box,
    Canvas,
    Companion,
    Masker,
    Matting,
    Pixels,
    Place,
    Placement,
    Report,
    SceneRequest,
    silent,
)
from ecomgen.workflows.recorder import library_versions
from ecomgen.workflows.scene_lock import STANDING

OF_CANVAS = ("canvas_", "backdrop_", *STANDING)  # how parameters begin that hold for one canvas only
TOLERANCE = {"cpu": 0, "gpu": 8}  # the largest difference of a channel, of 255, that still counts as the same picture


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One picture made again. Differences are of 255; None where the logged file is gone and the hash differs."""

    seed: int
    identical: bool
    max_difference: int | None
    mean_difference: float | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Replay:
    """A run made again: the new run, the comparison of each picture, and what is different on this machine."""

    run: Run
    pictures: tuple[Comparison, ...]
    differences: tuple[str, ...]
    tolerance: int

    @property
    def faithful(self) -> bool:
        """Whether every picture is identical, or within the tolerance stated for its device."""
        return all(
            picture.identical or (picture.max_difference is not None and picture.max_difference <= self.tolerance)
            for picture in self.pictures
        )


def replay(run_id: str, *, out: Path | None = None, report: Report = silent) -> Replay:
    """Make every picture of a logged run again.

    Args:
        run_id: the run, or the unambiguous start of its id.
        out: where to write them, as a new run; None makes them only to compare, and keeps nothing.

    Raises:
        UsageError: there is no such run.
        BadPhoto: a reference of the run is gone.
        WeightsCorrupt: a weight here is not the one in the log.
    """
    record, folder = run_log().show(run_id)
    if not record.candidates:
        raise UsageError("The run {run} made no picture, so there is nothing to make again.", run=record.run_id)
    refuse_other_weights(record)
    with tempfile.TemporaryDirectory(prefix="ecomgen-replay-") as scratch:
        target = out or Path(scratch)
        run = generate(request_of(record, target), report, logged=out is not None)
        pairs = zip(record.candidates, run.record.candidates, strict=True)
        pictures = tuple(_compare(old, folder, new, target) for old, new in pairs)
    return Replay(
        run=run,
        pictures=pictures,
        differences=tuple(_differences(record, run.record)),
        tolerance=TOLERANCE["cpu" if record.device.startswith("cpu") else "gpu"],
    )


def recompose(
    record: RunRecord, entry: CandidateEntry, channel: str, out: Path, report: Report = silent
) -> tuple[Run, Path]:
    """One picture of a run, made anew for a channel: the product placed on that canvas, the same scene round it.

    Where it was placed by hand, it stands as near to that place as the channel's rules allow; several stand in a row.

    Args:
        record: the run.
        entry: the picture, one of its candidates.
        channel: the channel's name.
        out: an empty folder for the new run, which is not logged: each file that it leads to says what made it.

    Returns:
        The new run of one picture, and the picture's file.

    Raises:
        BadPhoto: a photo of the run is gone.
        UsageError: there is no such channel.
    """
    parameters = {name: value for name, value in record.parameters.as_json().items() if not name.startswith(OF_CANVAS)}
    by_hand = parameters.get("place_asked")
    parameters |= {"channel": channel, "seed": entry.seed, "threshold": 0.0, "place_asked": None}
    single = {"parameters": Parameters.model_validate(parameters), "candidates": (entry,)}
    request = request_of(record.model_copy(update=single), out)
    if request.with_:
        request = replace(request, with_=tuple(one._replace(place=None) for one in request.with_))
    elif by_hand:
        request = replace(request, held={"place": Place(*by_hand)})
    run = generate(request, report, logged=False)
    return run, run.folder / run.record.candidates[0].path


def request_of(record: RunRecord, out: Path | None = None, photos: Sequence[Path] = ()) -> Request:
    """The request that makes the pictures of a run again, from its record alone.

    Args:
        photos: the photos, where they are known; else they are found by their hashes.

    Raises:
        BadPhoto: a photo or the mask file is gone.
    """
    parameters, known, masker = record.parameters, record.parameters.as_json(), record.mask.masker
    found = [originals().find(entry.sha256, entry.path) for entry in record.references if not photos]
    settled = {
        # what "auto" meant then; a mask file needs no masker
        "masker": masker if parameters.masker == "auto" and masker != "file" else parameters.masker,
        "matting": parameters.matting if parameters.matting != "auto" else _logged_matting(record),
        **{name: sha256 and originals().find(sha256) for name in FILES for sha256 in (getattr(parameters, name),)},
        "count": len(record.candidates),
        "keep": None,
        "threshold": parameters.threshold,
        "extension": parameters.extension,
        "seed": parameters.seed,
        "with_": tuple(_companion(entry) for entry in record.products[1:]),
        "size": None if parameters.channel else parameters.size,
        "channel": parameters.channel,
    }
    return Request(
        photos=(*photos, *found),
        prompt=record.prompt,
        negative_prompt=record.negative_prompt,
        pipeline=record.pipeline,
        out=out,
        replayed={"set_scene": json.dumps(dict(record.scene))} | known,
        **requested(known) | settled,
    )


def scene_request(record: RunRecord, seed: int, product: Pixels, box: Box) -> SceneRequest:
    """What a back end was told for one picture of a run, with this product (HxWx4, on the canvas) in that box."""
    parameters = record.parameters
    canvas = Canvas(width=parameters.width, height=parameters.height, background=parameters.canvas_background)
    return SceneRequest(
        prompt=record.prompt,
        product=parameters.product,
        placement=Placement(canvas=canvas, product=product, box=box, scale=1.0, contact_y=box.y1),
        seeds=(seed,),
        parameters=parameters.as_json(),
    )


def _companion(entry: ProductEntry) -> Companion:
    said = entry.correction
    return Companion(
        photos=tuple(originals().find(one.sha256, one.path) for one in entry.references),
        place=Place(*entry.place) if entry.place else None,
        masker=cast("Masker", entry.mask.masker) if entry.mask.masker in get_args(Masker) else None,
        box=Box(*said.box) if said.box else None,
        point=read_points(said.points),
        stroke=read_strokes(said.strokes),
        mask=originals().find(said.mask) if said.mask else None,
        mask_candidate=said.chosen,
        confirmed=said.confirmed,
        first_photo=said.first_photo,
        product=said.product,
    )


def _logged_matting(record: RunRecord) -> Matting:
    """What "auto" meant then: ViTMatte is named among the models where it softened the edge."""
    kinds = {one.id: one.kind for one in models.entries().values()}
    softened = any(one.role == "mask" and kinds.get(one.id) == "matting" for one in record.models)
    return "vitmatte" if softened else "colours"


def refuse_other_weights(record: RunRecord) -> None:
    """Raises WeightsCorrupt where a weight of this machine is not the one that a run was made with."""
    parameters = record.parameters
    taking_part = [recipes.with_lora(recipes.get(record.pipeline), parameters.lora)]
    taking_part += [recipes.get(parameters.repair_with)] if parameters.repair_with else []
    here = {model.id: model for one in taking_part if one.model for model in models.used_by_recipe(one)}
    for logged in (one for one in record.models if one.role not in ("score", "words")):  # these change no pixel
        name = logged.id
        found = models.used(name) if name in models.entries() else here.get(name)
        if found is None or found.sha256 != logged.sha256:
            other = found.sha256 if found else ", ".join(here) or "none"
            raise WeightsCorrupt(
                "The weights of {model} here ({here}) are not those of the run ({logged}): get "
                "revision {revision} to make it again.",
                model=name,
                here=other,
                logged=logged.sha256,
                revision=logged.revision,
            )


def _compare(old: CandidateEntry, old_folder: Path, new: CandidateEntry, new_folder: Path) -> Comparison:
    if old.sha256 == new.sha256:
        return Comparison(seed=old.seed, identical=True, max_difference=0, mean_difference=0.0)
    before = picture_file.pixels_if_there(old_folder / old.path)
    after = picture_file.pixels_if_there(new_folder / new.path)
    if before is None or after is None or before.shape != after.shape or picture_hash(before) != old.sha256:
        # the logged file is gone or was edited: it proves nothing
        return Comparison(seed=old.seed, identical=False, max_difference=None, mean_difference=None)
    difference = np.abs(before.astype(np.int16) - after)
    return Comparison(
        seed=old.seed,
        identical=False,
        max_difference=int(difference.max()),
        mean_difference=round(float(difference.mean()), 4),
    )


def _differences(old: RunRecord, new: RunRecord) -> list[str]:
    now, absent = library_versions(), Message("not installed")
    found: list[str] = [
        Message("{name} was {before}, is {now}", name=name, before=then, now=now.get(name, absent))
        for name, then in old.versions.items()
        if now.get(name) != then
    ]
    weights = {model.id: model.sha256 for model in new.models}
    found += [
        Message(
            "the weights of {model} were {before}, are {now}",
            model=model.id,
            before=model.sha256[:12],
            now=weights.get(model.id, "not used")[:12],
        )
        for model in old.models
        if model.role != "words"
        if weights.get(model.id) != model.sha256
    ]
    if old.device != new.device:
        found.append(Message("device was {before}, is {now}", before=old.device, now=new.device))
    return found

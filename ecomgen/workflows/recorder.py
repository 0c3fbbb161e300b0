"""A run while it is made: its folder, its record, and its lines in the log."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np

from ecomgen import scoring, selection
from ecomgen.errors import Cancelled
from ecomgen.export import Provenance, picture_hash, record
from ecomgen.export.run_folder import RunFolder
from ecomgen.export.thumbnails import show_in_lists
from ecomgen.runlog import Originals, RunLog
from ecomgen.settings import settings
from ecomgen.types import Candidate, ModelUsed, Placement, Understanding, Verdict

if TYPE_CHECKING:
    from ecomgen.recipes import Recipe
    from ecomgen.request import Request
    from ecomgen.scenes import Backend
    from ecomgen.workflows.preparation import Prepared

LIBRARIES = (
    "ecomgen",
    "numpy",
    "pillow",
    "opencv-python-headless",
    "mitsuba",
    "mitsuba-oidn",
    "pymatting",
    "torch",
    "diffusers",
    "transformers",
    "segment-anything",
    "open_clip_torch",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """A run that is about to be made: what was asked for, and what everything resolved to."""

    request: Request
    recipe: Recipe
    backend: Backend
    prepared: Prepared
    placed: Placement
    parameters: Mapping[str, Any]
    negative_prompt: str
    understanding: Understanding
    notes: tuple[str, ...] = ()


class Recording:
    """Writes a run as it goes. As a context manager it completes the record however the run ends.

    Nothing is written before the first picture, so a run that makes none leaves nothing behind; a run that is
    cancelled keeps what it has.

    Raises:
        CannotWrite: the folder or the log cannot be written.
    """

    def __init__(self, plan: Plan, *, logged: bool, timings: dict[str, float]) -> None:
        home = settings()
        created = datetime.now(UTC)
        self.plan = plan
        self.timings = timings
        self.run_id = f"{created:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
        self.candidates: list[Candidate] = []
        self.folder = RunFolder(plan.request.out or home.runs_folder / self.run_id)
        self.record = _first_record(plan, self.run_id, created)
        self._entries: list[dict[str, Any]] = []
        self._log = RunLog(home.database) if logged else None
        self._originals = Originals(home.home / "originals")

    def __enter__(self) -> Recording:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        cancelled = isinstance(error, (Cancelled, KeyboardInterrupt))
        self._finish("done" if error is None else "cancelled" if cancelled else "failed")
        return cancelled and bool(self.candidates)

    def add(self, candidate: Candidate) -> Path:
        """Write one picture; returns its file."""
        if not self.candidates:
            self._open()
        bare = record.candidate_entry(candidate, path="", sha256="", parameters=self.plan.parameters)
        path = self.folder.write_candidate(candidate, provenance_of(self.record, bare))
        entry = bare | {"path": path, "sha256": picture_hash(candidate.pixels)}
        self._entries.append(entry)
        self.candidates.append(candidate)
        if self._log:
            self._log.add_candidate(self.run_id, entry)
        return self.folder.folder / path

    @property
    def passed(self) -> int:
        """How many pictures the selection keeps so far."""
        return sum(verdict.status == "kept" for verdict in self._verdicts())

    def _verdicts(self) -> tuple[Verdict, ...]:
        threshold = self.plan.parameters["threshold"]
        return selection.select(self.candidates, threshold=threshold, keep=self.plan.request.keep)

    def _open(self) -> None:
        """The log hears of the run before its first file is written, so that it can clear up after a killed one, and
        before its photos are kept, so that nobody who deletes another run takes them for unused."""
        prepared = self.plan.prepared
        if self._log:
            self._log.begin(self.record, self.folder.folder)
            self._keep_photos()
        earlier = self.folder.make_room()
        if earlier:
            self.record["notes"].append(f"the earlier run in this folder was moved to {earlier[1]}")
        if earlier and self._log:
            self._log.moved(*earlier)
        mask = prepared.mask.pixels.astype(np.uint8) * 255
        self.folder.write_product(self.plan.placed.product, mask, prepared.cutout.rgba)

    def _keep_photos(self) -> None:
        for reference in self.plan.prepared.references:
            self._originals.keep(reference.path, reference.sha256, self.run_id)
        if self.plan.request.mask:
            self._originals.keep(self.plan.request.mask, self.plan.parameters["mask"], self.run_id)

    def _finish(self, status: str) -> None:
        if not self.candidates:
            self.folder.discard()
            if self._log:
                self._log.delete(self.run_id)
            return
        verdicts = self._verdicts()
        judged = [
            entry | {"status": verdict.status, "reasons": list(verdict.reasons)}
            for entry, verdict in zip(self._entries, verdicts, strict=True)
        ]
        self.record |= {"status": status, "candidates": judged, "timings": self.timings}
        self.folder.write_kept([entry["path"] for entry in judged], verdicts)
        self.folder.write_record(self.record)
        if self._log:
            self._log.finish(self.record, status)
            show_in_lists(self.folder.folder)


def provenance_of(run: Mapping[str, Any], candidate: Mapping[str, Any]) -> Provenance:
    """What is written into the file of one candidate, from run.json alone."""
    parameters = run["parameters"]
    return Provenance(
        prompt=run["prompt"],
        negative_prompt=run["negative_prompt"],
        candidate=candidate,
        steps=candidate["steps"],
        sampler=candidate["sampler"],
        guidance_scale=parameters.get("guidance_scale"),
        width=parameters["width"],
        height=parameters["height"],
        model=run["pipeline"],
        rendered="integrator" in parameters,
        version=run["versions"]["ecomgen"],
        words=record.words_of(run, candidate["index"]),
        run={
            **{name: run[name] for name in ("run_id", "created", "pipeline", "prompt", "negative_prompt")},
            **{name: run[name] for name in ("mask", "models", "versions", "device")},
            "references": [{"sha256": reference["sha256"]} for reference in run["references"]],
        },
    )


def library_versions() -> dict[str, str]:
    """The versions of everything that can change a pixel."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _models(role: str, models: Sequence[ModelUsed]) -> list[dict[str, str]]:
    return [{"id": one.id, "revision": one.revision, "sha256": one.sha256, "role": role} for one in models]


def _first_record(plan: Plan, run_id: str, created: datetime) -> dict[str, Any]:
    prepared = plan.prepared
    return {
        "run_id": run_id,
        "created": created.isoformat(timespec="seconds"),
        "status": "running",
        "pipeline": plan.recipe.name,
        "prompt": plan.request.prompt,
        "negative_prompt": plan.negative_prompt,
        "parameters": dict(plan.parameters),
        "references": [record.reference_entry(reference) for reference in prepared.references],
        "hero": prepared.hero_index,
        "mask": record.mask_entry(prepared.mask),
        "understood": list(plan.understanding.understood),
        "ignored": list(plan.understanding.ignored),
        "scene": dict(plan.understanding.scene),
        "candidates": [],
        "models": [
            *_models("scene", plan.backend.models),
            *_models("mask", prepared.mask.models),
            *_models("score", scoring.models_used()),
        ],
        "versions": library_versions(),
        "device": plan.backend.device,
        "timings": {},
        "notes": [*prepared.notes, *plan.placed.notes, *plan.notes],
    }

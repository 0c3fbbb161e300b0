"""A run while it is made: its folder, its record, and its lines in the log."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from ecomgen import scoring, selection
from ecomgen.errors import Cancelled
from ecomgen.export import Provenance, picture_hash
from ecomgen.export.run_folder import RunFolder, write_record
from ecomgen.export.thumbnails import show_in_lists
from ecomgen.messages import Message
from ecomgen.models.location import used
from ecomgen.recipes import Recipe
from ecomgen.record import VERSION, CandidateEntry, Parameters, RunRecord, RunStatus, entries, read_file
from ecomgen.record.run_record import ApproximationEntry, ProductEntry, RelitEntry
from ecomgen.request import FILES, Request, hash_of
from ecomgen.runlog import RunLog, originals, run_log
from ecomgen.scenes import Backend
from ecomgen.settings import settings
from ecomgen.types import BoolMask, Candidate, ModelUsed, Pixels, Placement, SceneRequest, Understanding, Verdict
from ecomgen.workflows.preparation import Prepared

LIBRARIES = (
    "ecomgen", "numpy", "pillow", "opencv-python-headless", "mitsuba", "mitsuba-oidn", "pymatting", "torch",
    "diffusers", "transformers", "segment-anything", "open_clip_torch",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """A run that is about to be made: what was asked for, and what everything resolved to."""

    request: Request
    recipe: Recipe
    backend: Backend
    prepared: Prepared
    placed: Placement
    understanding: Understanding
    parameters: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def negative_prompt(self) -> str:
        return str(self.parameters.get("negative_prompt", ""))

    @property
    def unread(self) -> bool:
        """Whether nothing says which scene is to be made: no word of the prompt, no set and no background."""
        bound = self.request.held or self.request.replayed or self.placed.canvas.background
        return self.understanding.unread and not bound

    @property
    def enlarging(self) -> tuple[ModelUsed, ...]:
        """The network by which a model's pictures may be made larger; the studio renders at any size."""
        asked = self.request.upscale and self.recipe.backend != "studio"
        return (used(self.request.upscale),) if asked else ()

    @property
    def remask(self) -> Callable[[Pixels], BoolMask | None] | None:
        """Finds the product in a finished picture, told where it was put, where a model may have painted on to it.

        One that is re-drawn is looked for by Segment Anything alone, and taken to have stayed where it was otherwise.
        """
        masker, mode = self.prepared.mask.masker, self.request.mode
        if self.recipe.backend == "studio" or mode == "replace":
            return None
        if mode == "redraw" and masker not in ("sam-clip", "sam2"):
            return None
        from ecomgen.masking.finished_picture import seen

        return partial(seen, placement=self.placed, masker=masker)

    def scene_request(self, seeds: Iterable[int]) -> SceneRequest:
        """What a back end is told, to make scenes or, without a seed, to settle its parameters."""
        return SceneRequest(
            prompt=self.request.prompt,
            negative_prompt=self.negative_prompt,
            product=self.request.product,
            placement=self.placed,
            seeds=tuple(seeds),
            mode=self.request.mode,
            parameters=self.parameters,
            views=self.prepared.views,
            style=self.prepared.style,
        )


class Recording:
    """Writes a run as it goes. As a context manager it completes the record however the run ends.

    Nothing is written before the first picture, so a run that makes none leaves nothing behind; a run that is
    cancelled keeps what it has. Ctrl-C goes on to the caller, who may be in the middle of more than this run.

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
        self._entries: list[CandidateEntry] = []
        self._log = run_log() if logged else None

    def __enter__(self) -> Recording:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        cancelled = isinstance(error, (Cancelled, KeyboardInterrupt))
        self._finish("done" if error is None else "cancelled" if cancelled else "failed")
        return isinstance(error, Cancelled) and bool(self.candidates)

    def add(self, candidate: Candidate) -> Path:
        """Write one picture; returns its file."""
        if not self.candidates:
            self._open()
        bare = entries.candidate_entry(candidate, self.record.parameters)
        path = self.folder.write_candidate(candidate, Provenance(record=self.record, candidate=bare))
        entry = bare.model_copy(update={"path": path, "sha256": picture_hash(candidate.pixels)})
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
        cutout = self.plan.prepared.least_sure
        return selection.select(
            self.candidates,
            threshold=self.record.parameters.threshold,
            extension=self.record.parameters.extension,
            keep=self.plan.request.keep,
            confidence=cutout.confidence,
            confirmed=cutout.confirmed,
            in_range=bool(self.record.parameters.look),
        )

    def _products(self) -> dict[str, Any]:
        """Of several products, how true each is in each picture, and how much the scene changed it."""
        scored = [entry.model_copy(update=self._in_each(number)) for number, entry in enumerate(self.record.products)]
        return {"products": tuple(scored)} if scored else {}

    def _in_each(self, number: int) -> dict[str, Any]:
        """What is said of the product with this number, an entry for each picture."""
        relit = tuple(RelitEntry.of(one.relit.apart[number]) if one.relit else None for one in self.candidates)
        scores = tuple(entries.scores_entry(one.apart[number]) for one in self.candidates)
        return {"scores": scores} | ({"relit": relit} if any(relit) else {})

    def _open(self) -> None:
        """The log hears of the run before its first file is written, so that it can clear up after a killed one, and
        before its photos are kept, so that nobody who deletes another run takes them for unused."""
        prepared = self.plan.prepared
        if self._log:
            self._log.begin(self.record, self.folder.folder)
            keep_photos(self.record, self.plan.request)
        earlier = self.folder.make_room()
        if earlier:
            note = Message("the earlier run in this folder was moved to {folder}", folder=earlier[1])
            self.record = self.record.model_copy(update={"notes": (*self.record.notes, note)})
        if earlier and self._log:
            self._log.moved(*earlier)
        mask = prepared.mask.pixels.astype(np.uint8) * 255
        self.folder.write_product(self.plan.placed.product, mask, prepared.cutout.rgba)
        if prepared.repair:
            self.folder.write_repair(prepared.repair.before, prepared.repair.photo.pixels)

    def _finish(self, status: RunStatus) -> None:
        if not self.candidates and status == "done":
            self._open()
        elif not self.candidates:
            self.folder.discard()
            if self._log:
                self._log.delete(self.run_id)
            return
        verdicts = self._verdicts()
        judged = tuple(entries.judged(entry, verdict) for entry, verdict in zip(self._entries, verdicts, strict=True))
        ended = {"status": status, "candidates": judged, "timings": dict(self.timings), **self._products()}
        self.record = self.record.model_copy(update=ended)
        self.folder.write_kept([entry.path for entry in judged], verdicts)
        write_record(self.folder.folder, self.record)
        if self._log:
            self._log.finish(self.record)
            show_in_lists(self.folder.folder)


def enter_finished(log: RunLog, folder: Path, request: Request, product: str = "") -> None:
    """Write down the run in a folder, which a worker, perhaps of another machine, has made of a request for a product:
    the log has one writer. Twice is as good as once.

    Raises:
        CannotWrite: the log cannot be written.
    """
    record = read_file(folder)
    log.enter(record, folder, product)
    keep_photos(record, request)
    show_in_lists(folder)


def keep_photos(record: RunRecord, request: Request) -> None:
    """Copies of a logged run's photos, and of the files, mask, backdrop and others, that it was given."""
    for reference in (*record.references, *(one for product in record.products for one in product.references)):
        if Path(reference.path).is_file():  # else another machine fetched it from where it lies
            originals().keep(Path(reference.path), reference.sha256, record.run_id)
    parameters = record.parameters
    for name in FILES:
        file, sha256 = getattr(request, name), getattr(parameters, name)
        if file and sha256:
            originals().keep(file, sha256, record.run_id)
    for one, product in zip(request.with_, record.products[1:], strict=True):
        if one.mask and product.correction.mask:
            originals().keep(one.mask, product.correction.mask, record.run_id)


def library_versions() -> dict[str, str]:
    """The versions of everything that can change a pixel."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _first_record(plan: Plan, run_id: str, created: datetime) -> RunRecord:
    prepared = plan.prepared
    return RunRecord(
        version=VERSION,
        run_id=run_id,
        created=created.isoformat(timespec="seconds"),
        status="running",
        pipeline=plan.recipe.name,
        prompt=plan.request.prompt,
        negative_prompt=plan.negative_prompt,
        parameters=Parameters.model_validate(plan.parameters),
        references=tuple(entries.reference_entry(reference) for reference in prepared.references),
        hero=prepared.hero_index,
        mask=entries.mask_entry(prepared.mask),
        understood=plan.understanding.understood,
        ignored=plan.understanding.ignored,
        approximated=tuple(ApproximationEntry.of(one) for one in plan.understanding.approximated),
        scene=dict(plan.understanding.scene),
        candidates=(),
        models=(
            *entries.model_entries("scene", (*plan.backend.models, *plan.enlarging)),
            *entries.model_entries("repair", prepared.repair.models if prepared.repair else ()),
            *entries.model_entries("mask", (*prepared.mask.models, *prepared.cutout.models)),
            *entries.model_entries("product", plan.placed.models),
            *entries.model_entries("score", scoring.models_used()),
        ),
        versions=library_versions(),
        device=plan.backend.device,
        timings={},
        notes=(*prepared.notes, *plan.placed.notes, *plan.notes),
        **_several(plan),
    )


def _several(plan: Plan) -> dict[str, Any]:
    """What the record says of each product, where there are several."""
    products = (plan.prepared, *plan.prepared.beside)
    if len(products) == 1:
        return {}
    made = []
    for one, part, wanted in zip(products, plan.placed.parts, plan.request.mask_requests, strict=True):
        correction = entries.correction_entry(wanted, hash_of(wanted.file))
        told: dict[str, Any] = {"correction": correction} if correction else {}
        entry = ProductEntry(
            name=(plan.request.product if one is plan.prepared else "") or one.references[0].path.stem,
            references=tuple(map(entries.reference_entry, one.references)),
            mask=entries.mask_entry(one.mask),
            place=part.place,
            scores=(),
            **told,
        )
        made.append(entry)
    return {"products": tuple(made)}

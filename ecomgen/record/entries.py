"""The parts of a run as entries of its record, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from ecomgen.record.parameters import Parameters
from ecomgen.record.run_record import (
    CandidateEntry,
    CorrectionEntry,
    DifferenceEntry,
    MaskCandidateEntry,
    MaskEntry,
    ModelEntry,
    ReferenceEntry,
    Role,
    RunRecord,
    ScoresEntry,
)
from ecomgen.types import (
    Box,
    Candidate,
    Difference,
    Mask,
    MaskRequest,
    ModelUsed,
    ReferenceImage,
    Scores,
    Verdict,
)

SCORES = ("identity", "extension", "adherence", "quality", "overall")


def without_paths(record: RunRecord) -> RunRecord:
    """The record as others may read it: photos are known by their names and hashes, not by where they lie."""
    photos = tuple(one.model_copy(update={"path": _name(one.path)}) for one in record.references)
    parameters = record.parameters
    if parameters.scene_from:
        parameters = parameters.model_copy(update={"scene_from": _name(parameters.scene_from)})
    products = tuple(
        entry.model_copy(
            update={"references": tuple(one.model_copy(update={"path": _name(one.path)}) for one in entry.references)}
        )
        for entry in record.products
    )
    told = {"references": photos, "parameters": parameters} | ({"products": products} if products else {})
    return record.model_copy(update=told)


def _name(path: str) -> str:
    return PureWindowsPath(path).name if "\\" in path else PurePosixPath(path).name


def checked(photo: ReferenceImage) -> dict[str, Any]:
    """What programs are told of a photo that was looked at and not used: its path and its checks."""
    return {"path": str(photo.path), "checks": [asdict(check) for check in photo.checks]}


def reference_entry(reference: ReferenceImage) -> ReferenceEntry:
    return ReferenceEntry.of(reference, path=str(reference.path))


def correction_entry(request: MaskRequest, mask_sha256: str | None) -> CorrectionEntry | None:
    """What somebody said of a cut-out; None where nobody did."""
    said: dict[str, Any] = {name: getattr(request, name, mask_sha256) for name in CorrectionEntry.model_fields}
    given = {name: value for name, value in said.items() if value}
    return CorrectionEntry(**given) if given else None


def mask_entry(mask: Mask) -> MaskEntry:
    candidates = tuple(
        MaskCandidateEntry.of(one, rank=rank, area_fraction=round(one.area_fraction, 6))
        for rank, one in enumerate(mask.candidates)
    )
    return MaskEntry.of(mask, candidates=candidates, confidence=round(mask.confidence, 4))


def scores_entry(scores: Scores) -> ScoresEntry:
    read = ("character_error_rate",) if scores.character_error_rate is not None else ()
    return ScoresEntry(**{name: _rounded(getattr(scores, name)) for name in (*SCORES, *read)})


def difference_of(entry: DifferenceEntry | None) -> Difference | None:
    """What a record holds of a difference; None stays None."""
    if entry is None:
        return None
    return Difference(box=Box(*entry.box), grid=entry.grid, aligned=entry.aligned)


def candidate_entry(candidate: Candidate, parameters: Parameters) -> CandidateEntry:
    """One candidate's entry before it is written; as long as it has not been judged, it counts as kept."""
    scores = candidate.scores
    return CandidateEntry.of(
        candidate,
        path="",
        sha256="",
        status="kept",
        reasons=(),
        scores=scores_entry(scores),
        unavailable=dict(scores.unavailable),
        parts={name: _rounded(value) for name, value in scores.parts.items()},
        composition={name: round(value, 4) for name, value in scores.composition.items()},
        findings=scores.findings,
        why=scores.why,
        difference=scores.difference,
        parameters=parameters,
    )


def judged(entry: CandidateEntry, verdict: Verdict) -> CandidateEntry:
    """The entry with what the selection decided."""
    return entry.model_copy(
        update={"status": verdict.status, "reasons": verdict.reasons, "why_first": verdict.why_first}
    )


def model_entries(role: Role, models: Sequence[ModelUsed]) -> tuple[ModelEntry, ...]:
    return tuple(ModelEntry.of(one, role=role) for one in models)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 4)

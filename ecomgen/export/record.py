"""run.json: the parts of a run as plain JSON values, with the names that others rely on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from ecomgen.types import Candidate, Check, Difference, Mask, ReferenceImage, Scores, Verdict, Words


def check_entries(checks: Sequence[Check]) -> list[dict[str, Any]]:
    return [asdict(check) for check in checks]


def reference_entry(reference: ReferenceImage) -> dict[str, Any]:
    return {
        "path": str(reference.path),
        "sha256": reference.sha256,
        "width": reference.width,
        "height": reference.height,
        "checks": check_entries(reference.checks),
        "notes": list(reference.notes),
    }


def mask_entry(mask: Mask) -> dict[str, Any]:
    return {
        "masker": mask.masker,
        "candidates": [
            {
                "rank": rank,
                "clip_score": candidate.clip_score,
                "predicted_iou": candidate.predicted_iou,
                "stability_score": candidate.stability_score,
                "area_fraction": round(candidate.area_fraction, 6),
                "marks": list(candidate.marks),
            }
            for rank, candidate in enumerate(mask.candidates)
        ],
        "chosen": mask.chosen,
        "filled": mask.filled,
        "confidence": round(mask.confidence, 4),
        "warnings": list(mask.warnings),
    }


def scores_entry(scores: Scores) -> dict[str, Any]:
    names = ("identity", "extension", "adherence", "quality", "overall")
    return {name: _rounded(getattr(scores, name)) for name in names}


def difference_entry(difference: Difference | None) -> dict[str, Any] | None:
    if difference is None:
        return None
    return {
        "box": list(difference.box),
        "grid": [list(row) for row in difference.grid],
        "aligned": difference.aligned,
    }


def candidate_entry(
    candidate: Candidate, *, path: str, sha256: str, parameters: Mapping[str, Any], verdict: Verdict | None = None
) -> dict[str, Any]:
    """One candidate's entry; without `verdict` it has not been judged yet and counts as kept."""
    return {
        "index": candidate.index,
        "seed": candidate.seed,
        "path": path,
        "sha256": sha256,
        "status": verdict.status if verdict else "kept",
        "reasons": list(verdict.reasons) if verdict else [],
        "scores": scores_entry(candidate.scores),
        "unavailable": dict(candidate.scores.unavailable),
        "parts": {name: _rounded(value) for name, value in candidate.scores.parts.items()},
        "findings": list(candidate.scores.findings),
        "why": candidate.scores.why,
        "difference": difference_entry(candidate.scores.difference),
        "steps": candidate.steps,
        "sampler": candidate.sampler,
        "notes": list(candidate.notes),
        "parameters": dict(parameters),
    }


def words_of(run: Mapping[str, Any], index: int) -> tuple[Words, ...]:
    """What run.json says of the candidate with this index, in each language that it was asked for."""
    return tuple(
        Words(
            language=entry["language"],
            alt_text=next((one["text"] for one in entry["alt_texts"] if one["index"] == index), ""),
            title=entry["title"],
            description=entry["description"],
        )
        for entry in run.get("words", ())
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 4)

"""Small records, as the run log keeps them."""

from __future__ import annotations

from typing import Any

from ecomgen.record import CandidateEntry, RunRecord, validated

SCORES = {"identity": 0.9, "extension": None, "adherence": None, "quality": 0.8, "overall": 0.85}
PARAMETERS = {"width": 64, "height": 48, "seed": 7, "count": 2, "threshold": 0.5}


def values(run_id: str, prompt: str = "on a table", sha256: str = "aa", **more: Any) -> dict[str, Any]:
    """A record's JSON as the first version wrote it."""
    return {
        "run_id": run_id,
        "created": f"2026-01-01T00:00:00+00:00-{run_id}",
        "pipeline": "studio",
        "prompt": prompt,
        "references": [{"path": "/photos/a.jpg", "sha256": sha256}],
        "candidates": [],
        **more,
        "parameters": PARAMETERS | more.get("parameters", {}),
    }


def record(run_id: str, prompt: str = "on a table", sha256: str = "aa", **more: Any) -> RunRecord:
    return validated(values(run_id, prompt, sha256, **more))


def entry_values(index: int, status: str = "kept", **more: Any) -> dict[str, Any]:
    return {
        "index": index,
        "seed": 7 + index,
        "path": f"candidates/{index:02d}-{7 + index}.png",
        "sha256": "00",
        "status": status,
        "reasons": [] if status == "kept" else ["too far"],
        "scores": SCORES,
        **more,
    }


def entry(index: int, status: str = "kept", **more: Any) -> CandidateEntry:
    return CandidateEntry.model_validate(entry_values(index, status, **more))

"""In which order pictures are shown, told and exported."""

from __future__ import annotations

from ecomgen.record.run_record import CandidateEntry


def test_the_one_that_the_selection_put_first_comes_before_a_hair_s_better_score() -> None:
    def entry(index: int, status: str, overall: float, why_first: str = "") -> CandidateEntry:
        return CandidateEntry.model_validate(
            {"index": index, "seed": 1, "path": f"{index}.png", "sha256": "", "status": status,
             "scores": {"overall": overall}, "why_first": why_first}
        )  # fmt: skip

    entries = [
        entry(0, "filtered", 1.0),
        entry(1, "kept", 1.0),
        entry(2, "kept", 0.999, "calmer"),
        entry(3, "kept", 0.9),
    ]
    assert [one.index for one in sorted(entries, key=lambda one: one.turn)] == [2, 1, 3, 0]

"""Records of earlier versions brought up to date: one numbered step after the other, on plain JSON values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Json = dict[str, Any]


def upgrade_1_to_2(record: Json) -> Json:
    """Version 1 wrote no version, and its first records did not have every part."""
    lacking = {
        "created": "",
        "status": "done",
        "negative_prompt": "",
        "references": [],
        "hero": 0,
        "mask": {"masker": "auto"},
        "understood": [],
        "ignored": [],
        "scene": {},
        "candidates": [],
        "models": [],
        "versions": {},
        "device": "",
        "timings": {},
        "notes": [],
    }
    return {"version": 2, **{name: record[name] for name in record if name != "version"}} | {
        name: value for name, value in lacking.items() if name not in record
    }


UPGRADES: tuple[Callable[[Json], Json], ...] = (upgrade_1_to_2,)
VERSION = len(UPGRADES) + 1  # of the records that this ecomgen writes


def upgraded(record: Mapping[str, Any]) -> Json:
    """A record as this version writes it; one of a newer version as it is."""
    current = dict(record)
    for step in UPGRADES[current.get("version", 1) - 1 :]:
        current = step(current)
    return current

"""What every part of a record is: frozen, checked, and patient with keys that it does not know."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Entry(BaseModel):
    """One object of run.json, and read as one too: `entry["scores"]`. Keys that this version does not know are kept."""

    model_config = ConfigDict(extra="allow", frozen=True)

    def as_json(self) -> dict[str, Any]:
        """As plain JSON values, with what was given and nothing else."""
        return self.model_dump(mode="json", exclude_unset=True)

    def __getitem__(self, name: str) -> Any:
        """A part by its key, as plain JSON values."""
        return self.as_json()[name]

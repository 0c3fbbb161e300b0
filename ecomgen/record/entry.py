"""What every part of a record is: frozen, checked, and patient with keys that it does not know."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, WrapValidator

from ecomgen.messages import Message

Text = Annotated[str, WrapValidator(lambda text, plain: text if isinstance(text, Message) else plain(text))]
"""A text for the user, which stays a message that can be told in another language."""


class Entry(BaseModel):
    """One object of run.json, and read as one too: `entry["scores"]`. Keys that this version does not know are kept."""

    model_config = ConfigDict(extra="allow", frozen=True)

    def as_json(self) -> dict[str, Any]:
        """As plain JSON values, with what was given and nothing else."""
        return self.model_dump(mode="json", exclude_unset=True)

    def __getitem__(self, name: str) -> Any:
        """A part by its key, as plain JSON values."""
        return self.as_json()[name]

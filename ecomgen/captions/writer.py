"""What every writer offers: a vision-language model that answers questions about a picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from ecomgen.types import ModelUsed, Pixels

ENDPOINT = "endpoint"
"""The name of the writer behind an address, `endpoint`; every other has its recipe's."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a model said; `cut` where it was stopped before its end."""

    text: str
    cut: bool = False


class Writer(Protocol):
    """A vision-language model that answers questions about a picture."""

    name: str

    @property
    def model(self) -> ModelUsed: ...

    @property
    def parameters(self) -> Mapping[str, Any]:
        """What the answers depend on besides question, picture and seed."""
        ...

    def answer(self, question: str, picture: Pixels, seed: int) -> Answer:
        """The model's answer to a question about HxWx3 pixels.

        Raises:
            Unavailable: it cannot answer.
        """
        ...

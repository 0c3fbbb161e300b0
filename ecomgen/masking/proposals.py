"""What every masker hands back."""

from __future__ import annotations

from dataclasses import dataclass

from ecomgen.types import MaskCandidate, ModelUsed

limit = 5  # proposals offered to the user


@dataclass(frozen=True, kw_only=True, eq=False)
class Proposals:
    """Where the product may be, best first, with how sure the masker is of the first."""

    candidates: tuple[MaskCandidate, ...]
    confidence: float = 1.0  # [0, 1]
    warnings: tuple[str, ...] = ()
    models: tuple[ModelUsed, ...] = ()
    drawn: bool = False  # made on purpose by a person or a tool: every part of it is meant

    @property
    def nbytes(self) -> int:
        """What its masks take in memory."""
        return sum(candidate.pixels.nbytes for candidate in self.candidates)

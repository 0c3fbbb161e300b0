"""What every masker hands back, and what is said of a mask that is doubtful."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ecomgen.messages import Message
from ecomgen.types import Mask, MaskCandidate, ModelUsed, Pixels

LIMIT = 5  # proposals offered to the user
UNCERTAIN = Message("The mask is uncertain: look at it, choose another candidate, or draw a box around the product.")


@dataclass(frozen=True, kw_only=True, eq=False)
class Proposals:
    """Where the product may be, best first."""

    candidates: tuple[MaskCandidate, ...]
    warnings: tuple[str, ...] = ()
    models: tuple[ModelUsed, ...] = ()
    copy: Pixels | None = None  # the smaller photo that they were made on, where it was not the photo itself
    drawn: bool = False  # made on purpose by a person or a tool: every part of it is meant

    @property
    def nbytes(self) -> int:
        """What its masks take in memory, with the copy that they were made on."""
        own = 0 if self.copy is None else self.copy.nbytes
        return own + sum(candidate.pixels.nbytes for candidate in self.candidates)


def warned(mask: Mask) -> Mask:
    """Of a doubtful mask that nobody has corrected it is said so, once."""
    known = not mask.doubted or mask.corrected or UNCERTAIN in mask.warnings
    return mask if known else replace(mask, warnings=(*mask.warnings, UNCERTAIN))

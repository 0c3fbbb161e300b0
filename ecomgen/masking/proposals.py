"""What every masker hands back, and what is said of a mask that is doubtful."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecomgen.messages import Message, collected, restored
from ecomgen.types import Mask, MaskCandidate, ModelUsed, Pixels, ReferenceImage

LIMIT = 5  # proposals offered to the user
UNCERTAIN = Message(
    "The cut-out is doubtful: look at it, choose another way to cut it out, or draw a box around the product."
)


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


def packed(proposals: Proposals) -> dict[str, NDArray[Any]]:
    """As arrays of a file. The copy is told by its size alone."""
    told = {
        "candidates": [{**vars(one), "pixels": None} for one in proposals.candidates],
        "models": [asdict(one) for one in proposals.models],
        "warnings": proposals.warnings,
        "copy": 0 if proposals.copy is None else max(proposals.copy.shape),
    }
    masks = np.array([one.pixels for one in proposals.candidates])
    text = json.dumps({**told, "messages": collected(told)})
    return {"masks": np.packbits(masks, axis=-1), "told": np.array(text)}


def unpacked(arrays: Mapping[str, NDArray[Any]], reference: ReferenceImage) -> Proposals:
    """What `packed` was given, of this photo."""
    from ecomgen.masking.cache import copy_of

    read = json.loads(str(arrays["told"]))
    told = restored(read, read.pop("messages"))
    masks = np.unpackbits(arrays["masks"], axis=-1, count=reference.width).astype(bool)
    return Proposals(
        candidates=tuple(
            MaskCandidate(**{**one, "pixels": pixels, "marks": tuple(one["marks"])})
            for pixels, one in zip(masks, told["candidates"], strict=True)
        ),
        warnings=tuple(told["warnings"]),
        models=tuple(ModelUsed(**one) for one in told["models"]),
        copy=copy_of(reference, told["copy"]) if told["copy"] else None,
    )


def warned(mask: Mask) -> Mask:
    """Of a doubtful mask that nobody has corrected it is said so, once."""
    known = not mask.doubted or mask.corrected or UNCERTAIN in mask.warnings
    return mask if known else replace(mask, warnings=(*mask.warnings, UNCERTAIN))

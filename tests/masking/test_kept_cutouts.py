"""What was cut out once is not cut out again, and is the same to the last bit."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from masking.pictured import photo_of

from ecomgen import masking
from ecomgen.masking import cache, proposals
from ecomgen.masking.maskers import lite
from ecomgen.masking.matting import matte, soft_edge
from ecomgen.messages import Message
from ecomgen.types import BoolMask, Edge, MaskRequest, Pixels, silent
from ecomgen.workflows import preparation
from ecomgen.workflows.preparation import prepare


def leaves(value: Any) -> list[Any]:
    """Everything that something holds, so that it can be compared; arrays by their content."""
    if isinstance(value, np.ndarray):
        return [value.dtype, value.shape, value.tobytes()]
    if is_dataclass(value):
        return [leaves(getattr(value, one.name)) for one in fields(value)]
    if isinstance(value, (list, tuple)):
        return [type(value), *map(leaves, value)]
    return [type(value), value, value.values if isinstance(value, Message) else None]


def looked_for(*_: object) -> None:
    pytest.fail("it is looked for")


def forget() -> None:
    """As a new process begins."""
    cache.forget()
    preparation._remembered.clear()


def test_a_product_is_taken_from_what_is_kept_as_it_was_found(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forget()
    found = prepare([photo], MaskRequest(product="tea box"))
    forget()
    with monkeypatch.context() as without:
        without.setattr(lite, "propose", looked_for)
        without.setattr(matte, "soften", None)
        again = prepare([photo], MaskRequest(product="tea box"))
    assert again is not found and leaves(again) == leaves(found)
    forget()
    monkeypatch.setattr(cache, "source", lambda: "of another version")
    monkeypatch.setattr(lite, "propose", looked_for)
    with pytest.raises(pytest.fail.Exception):
        prepare([photo], MaskRequest(product="tea box"))


@pytest.mark.parametrize("masker", ["lite", "grabcut"])
def test_what_is_kept_is_what_was_worked_out(masker: str, mug: tuple[Pixels, BoolMask]) -> None:
    reference = photo_of(mug[0])
    found = masking._module(masker).propose(reference, MaskRequest(), silent)
    assert leaves(proposals.unpacked(proposals.packed(found), reference)) == leaves(found)


def test_a_soft_edge_is_kept_with_its_colours_alone(mug: tuple[Pixels, BoolMask]) -> None:
    soft = matte.soften(*mug, Edge())
    kept = soft_edge.packed(soft)
    assert leaves(soft_edge.unpacked(kept, mug[0])) == leaves(soft)
    assert sum(array.nbytes for array in kept.values()) < mug[0].nbytes

"""BiRefNet (Zheng et al., arXiv 2401.03407), which cuts finest, from the ONNX files that rembg publishes.

transformers has no class for it, and code from the hub is never run.
"""

from __future__ import annotations

from ecomgen import models
from ecomgen.masking.maskers import rembg
from ecomgen.masking.proposals import Proposals
from ecomgen.messages import Message
from ecomgen.types import MaskRequest, ReferenceImage, Report

KIND = "birefnet"


def propose(reference: ReferenceImage, request: MaskRequest, report: Report) -> Proposals:
    """Up to five masks, best first. Raises what `rembg.propose` raises."""
    return rembg.propose_with(network(), reference, request, report)


def network() -> str:
    """The BiRefNet that `ECOMGEN_REMBG` names, otherwise the best that is here.

    Raises:
        WeightsMissing: there is none.
    """
    missing = Message(
        'BiRefNet is not on this machine: run "ecomgen models pull birefnet-general-lite" (or birefnet-general), or '
        "choose {--masker} lite."
    )
    name = rembg.named()
    return name if name and models.entry(name).kind == KIND else models.required(KIND, missing)

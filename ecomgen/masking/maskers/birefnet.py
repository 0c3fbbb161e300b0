"""BiRefNet (Zheng et al., arXiv 2401.03407), which cuts finest, from the ONNX files that rembg publishes.

transformers has no class for it, and code from the hub is never run.
"""

from __future__ import annotations

from ecomgen import models
from ecomgen.errors import WeightsMissing
from ecomgen.masking.maskers import rembg
from ecomgen.masking.proposals import Proposals
from ecomgen.types import MaskRequest, ReferenceImage, Report

KIND = "birefnet"


def propose(reference: ReferenceImage, request: MaskRequest, report: Report) -> Proposals:
    """Up to five masks, best first. Raises what `rembg.propose` raises."""
    return rembg.propose_with(weights()[0], reference, request, report)


def weights() -> tuple[str]:
    """The BiRefNet that `ECOMGEN_REMBG` names, otherwise the best that is here.

    Raises:
        WeightsMissing: there is none.
    """
    name = rembg.named()
    found = name if name and models.entry(name).kind == KIND else models.first_here(KIND)
    if found is None:
        raise WeightsMissing(
            'BiRefNet is not on this machine: run "ecomgen models pull birefnet-general-lite" (or birefnet-general), '
            "or choose {--masker} lite."
        )
    return (found,)

"""SAM 3 (Carion et al., 2025), which cuts out what words name, through transformers, where its weights are."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecomgen import models
from ecomgen.errors import NoProduct
from ecomgen.masking.cache import copy_of
from ecomgen.masking.checks import refuse_wordless
from ecomgen.masking.maskers.sam_clip import SIDE, as_candidate
from ecomgen.masking.proposals import LIMIT, Proposals
from ecomgen.masking.sam.segmenter import Proposal, distinct
from ecomgen.messages import Message
from ecomgen.types import MaskRequest, Pixels, Progress, ReferenceImage, Report

KIND = "sam3"
WEIGHTS = (KIND,)
LEAST_SCORE = 0.1  # of a mask; lower ones are guesses


def propose(reference: ReferenceImage, request: MaskRequest, report: Report) -> Proposals:
    """Up to five masks of what the words name, or of what is in the drawn box, the surest first.

    Raises:
        UsageError: neither words nor a box say what the product is.
        WeightsMissing, WeightsCorrupt: SAM 3's weights are not usable.
        NoProduct: nothing of that kind is in the photo.
    """
    refuse_wordless(request, "sam3")
    missing = Message(
        'SAM 3 is not on this machine: accept its licence on its page, then run "ecomgen models pull sam3", or choose '
        "{--masker} lite."
    )
    name = models.required(KIND, missing)
    report(Progress(step="mask", done=0, total=2, message=Message("Loading SAM 3")))
    model, processor = models.pretrained(name, "Sam3Model", "Sam3Processor")
    photo = copy_of(reference, SIDE)
    report(Progress(step="mask", done=1, total=2, message=Message("Looking for the words")))
    found = distinct(_seen(model, processor, photo, request, photo.shape[1] / reference.width))[:LIMIT]
    if not found:
        raise NoProduct("SAM 3 found nothing of that kind: use other words, or draw a box around it with {--box}.")
    candidates = tuple(as_candidate(reference, proposal) for proposal in found)
    return Proposals(candidates=candidates, models=(models.used(name),), copy=photo)


def _seen(model: Any, processor: Any, photo: Pixels, request: MaskRequest, scale: float) -> list[Proposal]:
    """Masks on the copy, with how sure each is; a box, which is an example of what is meant, is on the photo."""
    import torch

    told: dict[str, Any] = {"text": request.product.strip().lower()} if request.product else {}
    if request.box is not None:
        told |= {"input_boxes": [[[float(side) for side in request.box.scaled(scale)]]], "input_boxes_labels": [[1]]}
    inputs = processor(images=photo, return_tensors="pt", **told).to(model.device)
    with torch.inference_mode():
        outputs = model(**inputs)
    sizes = [photo.shape[:2]]
    found = processor.post_process_instance_segmentation(outputs, threshold=LEAST_SCORE, target_sizes=sizes)[0]
    masks, scores = found["masks"].cpu().numpy() > 0, np.nan_to_num(found["scores"].float().cpu().numpy())
    sure = sorted(zip(scores, masks, strict=True), key=lambda one: -one[0])
    return [Proposal(pixels=mask, predicted_iou=float(score), stability=1.0) for score, mask in sure if mask.any()]

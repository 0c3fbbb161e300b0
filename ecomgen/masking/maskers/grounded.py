"""Words find boxes (Grounding DINO or OWLv2, through transformers), and Segment Anything cuts out what is in them."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecomgen import models
from ecomgen.errors import NoProduct
from ecomgen.masking.cache import copy_of
from ecomgen.masking.checks import refuse_wordless
from ecomgen.masking.maskers.sam_clip import SIDE, answer, as_candidate
from ecomgen.masking.proposals import LIMIT, Proposals
from ecomgen.masking.sam import segmenter as sam_segmenter
from ecomgen.masking.signs import distinct
from ecomgen.messages import Message
from ecomgen.types import Box, MaskRequest, Pixels, Progress, ReferenceImage, Report

__all__ = ["answer", "propose"]

KIND = "detector"
WEIGHTS = (KIND, "sam")
LEAST_SCORE = 0.1  # of a box; lower ones are guesses
SAME_BOX = 0.8  # IoU from which two boxes are one


def propose(reference: ReferenceImage, request: MaskRequest, report: Report) -> Proposals:
    """Up to five masks, one for each box that the product's name was found in, or one for the box that was drawn.

    Raises:
        UsageError: neither words nor a box say what the product is.
        WeightsMissing, WeightsCorrupt: the detector's or SAM's weights are not usable.
        NoProduct: the words are nowhere in the photo.
    """
    refuse_wordless(request, "grounded")
    segmenter = sam_segmenter.opened()
    photo = copy_of(reference, SIDE)
    report(Progress(step="mask", done=1, total=3, message=Message("Looking for the words")))
    found, used = _boxes(photo, request, photo.shape[1] / reference.width)
    report(Progress(step="mask", done=2, total=3, message=Message("Cutting out what is in the boxes")))
    answers = [segmenter.prompted(photo, box=box) for box in found]
    candidates = tuple(as_candidate(reference, masks[0]) for masks in answers if masks)
    if not candidates:
        raise NoProduct("Segment Anything found nothing in the boxes: draw a box around the product with {--box}.")
    return Proposals(candidates=candidates, models=(*used, segmenter.used), copy=photo)


def _boxes(photo: Pixels, request: MaskRequest, scale: float) -> tuple[list[Box], tuple[Any, ...]]:
    if request.box is not None:
        return [request.box.scaled(scale)], ()
    missing = Message(
        'There is no detector for words on this machine: run "ecomgen models pull grounding-dino-tiny", or draw a box '
        "with {--box}."
    )
    detector_id = models.required(KIND, missing)
    found = distinct(detect(detector_id, photo, request.product), is_same)[:LIMIT]
    if not found:
        raise NoProduct(
            '"{words}" was not found in the photo: use other words, or draw a box with {--box}.', words=request.product
        )
    return found, (models.used(detector_id),)


def detect(detector_id: str, photo: Pixels, product: str) -> list[Box]:
    """The boxes in which a detector finds the words, the surest first."""
    import torch

    model, processor = models.pretrained(detector_id, "AutoModelForZeroShotObjectDetection", "AutoProcessor")
    inputs = processor(images=photo, text=_phrased(model, product), return_tensors="pt").to(model.device)
    with torch.inference_mode():
        outputs = model(**inputs)
    size = photo.shape[:2]
    result = processor.post_process_grounded_object_detection(outputs, threshold=LEAST_SCORE, target_sizes=[size])[0]
    boxes = (_within(box, size) for box in result["boxes"].float().cpu().numpy())
    scores = result["scores"].float().cpu().numpy()
    surest = sorted(zip(scores, boxes, strict=True), key=lambda pair: pair[0], reverse=True)
    return [box for _, box in surest if box.width >= 4 and box.height >= 4]


def is_same(one: Box, other: Box) -> bool:
    """Whether what is found in two boxes is one thing."""
    return one.overlap(other) >= SAME_BOX


def _phrased(model: Any, product: str) -> Any:
    """Grounding DINO was trained on lower-case phrases that end in a full stop, OWLv2 on captions of photos."""
    name = product.strip().lower()
    return f"{name}." if "grounding" in model.config.model_type else [[f"a photo of a {name}"]]


def _within(box: np.ndarray, size: tuple[int, ...]) -> Box:
    height, width = size
    return Box(*np.clip(np.nan_to_num(box), 0, (width, height) * 2).astype(int).tolist())

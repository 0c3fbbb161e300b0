"""Clicks and brush strokes correct what a masker found, in one way for all of them.

A masker may answer to clicks itself, by `answer(reference, mask, request)` in its module; for the others
`clicks` does. What a brush has covered, and the pixels that were clicked, are certain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import cv2
import numpy as np

from ecomgen.errors import WeightsMissing
from ecomgen.masking.cache import content_of, held, key_of
from ecomgen.masking.cleanup import Cleaned, clean
from ecomgen.masking.interactive.clicks import Network, correct, parts_at
from ecomgen.masking.proposals import Proposals
from ecomgen.types import BoolMask, MaskCandidate, MaskRequest, Point, ReferenceImage, Stroke

Answer = Callable[[ReferenceImage, MaskCandidate, MaskRequest], MaskCandidate]


def steered(
    reference: ReferenceImage, proposals: Proposals, request: MaskRequest, answer: Answer | None
) -> tuple[Proposals, int]:
    """The proposals with one of them corrected, and its rank.

    Corrected is the chosen one, so that nothing changes away from the click. A masker that answers itself draws the
    mask anew, and where nobody chose begins with the first of those that fit the most clicks.
    """
    candidates, rank = list(proposals.candidates), request.chosen
    if request.points and answer:
        rank = rank or max(range(len(candidates)), key=lambda each: fit(candidates[each].pixels, request.points))
        candidates[rank] = answer(reference, candidates[rank], request)
    elif request.points:
        others = [each.pixels for each in candidates if each is not candidates[rank]]
        candidates[rank] = piece_by_piece(reference, candidates[rank], request, others)
    return replace(proposals, candidates=tuple(candidates)), rank


def fit(pixels: BoolMask, points: Sequence[Point]) -> int:
    """At how many clicks a mask is right."""
    return sum(bool(pixels[point.y, point.x]) == point.inside for point in points)


def piece_by_piece(
    reference: ReferenceImage, candidate: MaskCandidate, request: MaskRequest, others: Sequence[BoolMask] = ()
) -> MaskCandidate:
    """Click by click, as they were made: each sees what the ones before have led to.

    `others` are masks that were proposed as well: the first that is right at every click is heard.

    Raises:
        WeightsMissing: the installation has lost the networks that answer clicks.
    """
    asked = request.masker, request.product, request.box, len(others)
    start = key_of("corrected", content_of(reference), candidate.pixels, asked)
    pixels = held(start, lambda: clean(candidate.pixels).pixels)
    before, network = pixels, shipped_network()
    if network is None:
        raise WeightsMissing(
            "The network that answers clicks is not in this installation: reinstall, or paint with the brush."
        )
    for count in range(1, len(request.points) + 1):
        given = request.points[:count]
        other = next((each for each in others if fit(each, given) == count), None)
        after = partial(
            correct, reference.pixels, pixels, given, network, box=request.box, start=before, proposal=other
        )
        pixels = held(key_of(start, given), after)
    return MaskCandidate(pixels=pixels)


def shipped_network() -> Network | None:
    """The shipped ones, whichever masker made the mask; None where the installation has lost one."""
    from ecomgen import models
    from ecomgen.masking.interactive.click_answers import KIND, answer

    eyes, clicks = models.first_here("lite"), models.first_here(KIND)
    return partial(answer, (eyes, clicks)) if eyes and clicks else None


def obeyed(cleaned: Cleaned, raw: BoolMask, points: Sequence[Point], strokes: Sequence[Stroke]) -> BoolMask:
    """A cleaned mask in which clicks and strokes count for more than tidiness.

    A part that was clicked stays however small, and a hole that was clicked stays open.
    """
    pixels = cleaned.pixels.copy()
    pixels |= parts_at(raw & ~pixels, [point for point in points if point.inside])
    pixels &= ~parts_at(pixels & ~raw, [point for point in points if not point.inside])
    for stroke in strokes:
        pixels[covered(stroke, pixels.shape)] = stroke.inside
    return pixels


def covered(stroke: Stroke, shape: tuple[int, ...]) -> BoolMask:
    """The pixels under a brush stroke, bool HxW; its ends are round."""
    canvas = np.zeros(shape[:2], np.uint8)
    line = np.array(stroke.points, np.int32).reshape(-1, 1, 2)
    radius = stroke.width / 2
    if len(line) > 1 and stroke.width > 1:
        cv2.polylines(canvas, [line], isClosed=False, color=1, thickness=stroke.width)
    for x, y in stroke.points:
        cv2.circle(canvas, (x, y), round(radius), 1, -1)
    return canvas > 0

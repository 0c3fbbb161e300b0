"""Placing by hand: a finished picture without its product, and how light and shadow fall where it stands then."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from ecomgen import picture_file
from ecomgen.errors import Cancelled
from ecomgen.generation import generate, prepared_of
from ecomgen.morphology import dilated
from ecomgen.record import RunRecord
from ecomgen.request import Request
from ecomgen.scenes.studio.estimation.resampling import at_most, squeezed
from ecomgen.types import BoolMask, Box, Cutout, Float, Pixels, Progress, Report, silent
from ecomgen.workflows import own_backdrop
from ecomgen.workflows.replay import request_of, scene_request

SIDE = 384  # pixels of the longer side of what is only guessed
RIM = 0.02  # of the picture's longer side: how far round the product its edge still shows
CHANGED = 12  # of 255, by which its shadow or reflection differs from the set
DARKEST, BRIGHTEST = 0.25, 1.6  # times the set's light


def draft(request: Request, report: Report = silent) -> Pixels:
    """The draft of a request's first picture, a quarter as wide; nothing of it is kept.

    On a backdrop of the user's own it is the picture itself, whose draft has no shadow.

    Raises:
        UsageError, BadInput, Unavailable: as when the pictures are made.
        Cancelled: `report` raised it.
    """
    with tempfile.TemporaryDirectory(prefix="ecomgen-draft-") as scratch:
        out = Path(scratch) / "run"
        one = replace(request, count=1, keep=None, threshold=0.0, out=out, words="", language=(), attribute=())

        def make(alert: Report) -> Pixels:
            run = generate(one, alert, logged=False)
            return picture_file.pixels(run.folder / run.record.candidates[0].path)

        return make(report) if request.backdrop else _first_draft(make, report)


def empty_set(record: RunRecord, folder: Path, seed: int, report: Report = silent) -> Pixels:
    """The draft of the studio's set of one of a run's pictures, or its backdrop, without the product.

    Raises:
        BadPhoto: the backdrop is gone.
        Cancelled: `report` raised it.
    """
    product = picture_file.pixels(folder / "product.png", "RGBA")
    request = scene_request(record, seed, product, Box.of(product[..., 3]))
    if (backdrop := request_of(record).backdrop) is not None:
        return own_backdrop.loaded(backdrop, request.placement.canvas).pixels
    from ecomgen.scenes.studio.backend import without_product

    return _first_draft(lambda alert: without_product(request, alert).pixels, report)


def cutouts(request: Request) -> list[Cutout]:
    """The products of a request, the main one first, each cut out.

    Raises:
        BadPhoto, NoProduct, BadInput: as when the pictures are made.
    """
    main = prepared_of(request)
    return [one.cutout for one in (main, *main.beside)]


def _first_draft(make: Callable[[Report], Pixels], report: Report) -> Pixels:
    """The first draft on the way to a picture; the picture itself, where it has none."""
    found: list[Any] = []

    def alert(progress: Progress) -> None:
        report(progress)
        if progress.draft is not None:
            found.append(progress.draft)
            raise Cancelled

    with suppress(Cancelled):
        return make(alert)
    if not found:
        raise Cancelled
    return found[0]


def painted_over(picture: Pixels, product: Pixels) -> Pixels:
    """A guess at what is behind the product (RGBA, the picture's size), from what is round it; small."""
    small = at_most(picture, SIDE)
    hidden = _grown(_covered(product, small.shape[1::-1])).astype(np.uint8)
    return np.asarray(cv2.inpaint(small, hidden, 5, cv2.INPAINT_TELEA), np.uint8)


def cleared(picture: Pixels, product: Pixels, behind: Pixels) -> Pixels:
    """The picture, with `behind` where the product (RGBA, the picture's size) is and where its shadow falls."""
    height, width = picture.shape[:2]
    size = behind.shape[1], behind.shape[0]
    small, near = squeezed(picture, size), _grown(_covered(product, size))
    share = _median(small, behind, ~near)
    behind = np.clip(behind * share, 0, 255).astype(np.uint8)
    apart = np.abs(cv2.GaussianBlur(small, (0, 0), 2).astype(int) - cv2.GaussianBlur(behind, (0, 0), 2)).max(-1)
    taken = cv2.GaussianBlur(_grown(near | (apart > CHANGED)).astype(np.float32), (0, 0), max(1.0, width / 400))
    share = cv2.resize(taken, (width, height))[..., None]
    large = cv2.resize(behind, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.round(picture * (1 - share) + large * share).astype(np.uint8)


def shaded(clear: Pixels, product: Pixels, rough: Pixels, empty: Pixels, strength: float = 1.0) -> Pixels:
    """The `clear` set as its light falls with the product (RGBA, the same size) in it.

    `rough` is the draft with the product, `empty` the same set without; `strength` is the shadow's.
    """
    size = rough.shape[1], rough.shape[0]
    empty, seen = squeezed(empty, size), ~_covered(product, size)
    share = (rough.astype(np.float32) + 4) / (empty.astype(np.float32) + 4)
    share /= _median(rough, empty, seen)
    weight = cv2.GaussianBlur(seen.astype(np.float32), (0, 0), 1)[..., None]
    share = cv2.GaussianBlur(share * seen[..., None], (0, 0), 1) / np.maximum(weight, 1e-3)
    share = np.where(weight > 0.02, np.clip(share, DARKEST, BRIGHTEST), 1.0).astype(np.float32)
    share = np.where(share < 1, share**strength, share)
    large = cv2.resize(share, clear.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return np.round(np.clip(clear * large, 0, 255)).astype(np.uint8)


def _median(picture: Pixels, other: Pixels, where: BoolMask) -> Float:
    """How much brighter the picture is where both show the same, channel by channel."""
    if not where.any():
        return np.ones(3, np.float32)
    ours, theirs = (np.median(one[where].astype(np.float32), axis=0) for one in (picture, other))
    return np.clip((ours + 1) / (theirs + 1), 0.8, 1.25)


def _covered(product: Pixels, size: tuple[int, int]) -> BoolMask:
    return squeezed(product[..., 3], size) > 8


def _grown(covered: BoolMask) -> BoolMask:
    return dilated(covered, max(1, round(RIM * max(covered.shape))))

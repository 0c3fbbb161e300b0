"""Is a photo good enough to sell from? Seven checks, each with a verdict and one sentence of advice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ecomgen.messages import Message
from ecomgen.types import BoolMask, Box, Check, Level, ReferenceImage

WORKING_SIDE = 1024
NO_MASK = Message("Not computed: the product was not found in this photo; give its place with {--box}.")


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """Where a figure begins to worry (`warn`) and where the photo should be taken again (`fail`)."""

    warn: float
    fail: float
    higher_is_worse: bool = True

    def grade(self, value: float) -> Level:
        sign = 1 if self.higher_is_worse else -1
        if sign * value >= sign * self.fail:
            return "fail"
        return "warn" if sign * value >= sign * self.warn else "ok"


LIMITS = {
    "dark": Thresholds(warn=50, fail=32, higher_is_worse=False),  # 95th percentile of L*, mean of product and photo
    "overexposed": Thresholds(warn=0.08, fail=0.25),  # share with all channels at 250 or more
    "blurred": Thresholds(warn=0.62, fail=0.75),  # 0 sharp, 1 blurred
    "too_small": Thresholds(warn=500, fail=160, higher_is_worse=False),  # the product's longer side, pixels
    "cropped": Thresholds(warn=0.002, fail=0.05),  # share of the outline that lies on the frame
    "occluded": Thresholds(warn=0.03, fail=0.25),  # share of the product cut off from its largest part
    "busy_background": Thresholds(warn=0.16, fail=0.30),  # share of background pixels on an edge
}

ADVICE = {
    "dark": (
        Message("The exposure is fine."),
        Message("The product is dark: add light from the front or brighten the photo."),
    ),
    "overexposed": (Message("The highlights are fine."), Message("Parts are blown out to white: lower the exposure.")),
    "blurred": (
        Message("The photo is sharp."),
        Message("The photo looks blurred: hold still, focus on the product and try again."),
    ),
    "too_small": (
        Message("The product is large enough."),
        Message("The product has few pixels: go closer or use a larger photo."),
    ),
    "cropped": (
        Message("The whole product is in the frame."),
        Message("The frame cuts the product: step back so that all of it shows."),
    ),
    "occluded": (
        Message("The product is in one piece; a thing that hides its edge would not be noticed."),
        Message("Something seems to stand in front of the product: take it away, or mark the product with a box."),
    ),
    "busy_background": (
        Message("The background is calm."),
        Message("The background is busy: a plain one gives a cleaner cut-out; check the mask."),
    ),
}


def check(reference: ReferenceImage, mask: BoolMask | None = None) -> tuple[Check, ...]:
    """Judge one photo, on the product's pixels where `mask` (bool HxW) says where they are.

    Without a mask light and sharpness are judged on the whole photo; what needs the product's place has no value,
    and says so. Blur is Crete et al., "The blur effect" (2007), as in scikit-image.
    """
    import cv2

    from ecomgen.morphology import stretched

    scale = min(1.0, WORKING_SIDE / max(reference.width, reference.height))
    size = (max(1, round(reference.width * scale)), max(1, round(reference.height * scale)))
    small = cv2.resize(reference.pixels, size, interpolation=cv2.INTER_AREA)
    where = None if mask is None else stretched(mask, size)
    if where is None or not where.any():
        return _measure(small, None, reference)
    return _measure(small, where, reference, longest_side=max(np.ptp(axis) + 1 for axis in np.nonzero(where)) / scale)


def hero(references: Sequence[ReferenceImage]) -> int:
    """The index of the reference to build the picture from: fewest failures, then fewest warnings, then the first."""

    def faults(reference: ReferenceImage) -> tuple[int, int]:
        verdicts = [check.verdict for check in reference.checks]
        return verdicts.count("fail"), verdicts.count("warn")

    return min(range(len(references)), key=lambda index: (*faults(references[index]), index))


def _measure(
    pixels: np.ndarray, where: np.ndarray | None, reference: ReferenceImage, longest_side: float | None = None
) -> tuple[Check, ...]:
    import cv2

    inside = np.ones(pixels.shape[:2], bool) if where is None else where
    lightness = cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB)[..., 0].astype(np.float32) / 2.55
    figures: dict[str, float | None] = {
        "dark": float(np.percentile(lightness[inside], 95) + np.percentile(lightness, 95)) / 2,
        "overexposed": float((pixels[inside].min(axis=1) >= 250).mean()),
        "blurred": _blur(pixels, inside),
        "too_small": float(longest_side or max(reference.width, reference.height)),
        "cropped": None if where is None else _on_frame(where),
        "occluded": None if where is None else _detached(where),
        "busy_background": None if where is None else _busy(pixels, where),
    }
    return tuple(_verdict(name, value) for name, value in figures.items())


def _verdict(name: str, value: float | None) -> Check:
    if value is None:
        return Check(name=name, value=None, verdict="ok", advice=NO_MASK)
    grade = LIMITS[name].grade(value)
    return Check(name=name, value=round(value, 4), verdict=grade, advice=ADVICE[name][grade != "ok"])


def _blur(pixels: np.ndarray, inside: np.ndarray) -> float:
    from skimage.measure import blur_effect

    crop = pixels[Box.of(inside).slices].mean(axis=2)
    if min(crop.shape) < 24 or crop.std() < 1:
        return 1.0  # nothing in it that could be sharp
    return float(np.nan_to_num(blur_effect(crop / 255), nan=1.0))


def _on_frame(mask: np.ndarray) -> float:
    import cv2

    from ecomgen.morphology import frame

    contours, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return int(frame(mask).sum()) / max(1, sum(len(contour) for contour in contours))


def _detached(mask: np.ndarray) -> float:
    from ecomgen.morphology import parts

    areas = parts(mask)[1]
    return float(1 - areas.max() / areas.sum())


def _busy(pixels: np.ndarray, mask: np.ndarray) -> float | None:
    import cv2

    from ecomgen.morphology import dilated

    background = ~dilated(mask, 4)
    if background.mean() < 0.02:
        return None
    edges = cv2.Canny(cv2.GaussianBlur(pixels, (0, 0), 1.2), 60, 140) > 0
    return float(edges[background].mean())

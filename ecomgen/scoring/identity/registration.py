"""Finds where the product stands in a picture, as a similarity (shift, turn, scale): features first, then flow.

Features are SIFT (Lowe 2004) with mutual matches under the ratio test and RANSAC; a plain product, which has none, is
laid by its mask's centre and area. Either is refined by fitting a similarity to the dense optical flow that is left.
Only a similarity is fitted: a stretched or bent product must not be straightened before it is judged.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from ecomgen.scoring.identity import light
from ecomgen.scoring.identity.features import Features, features_of, matched
from ecomgen.scoring.identity.frames import Frame, Pair, homogeneous, over, pair_by, shrunk
from ecomgen.scoring.identity.registered import flow_between, is_same_shot
from ecomgen.types import BoolMask, Float, Pixels, Transform

ROUNDS = 2
POINTS = 1500
EDGE_SIDE = 192  # of the grid, while edges are laid on each other
SEARCH_SIDE = 1024
RANSAC = 0.04  # of the matches' extent in the picture: how far a match may lie from where it should
LEAST_MATCHES = 5
LEAST_COVERED = 0.03  # of the product's area, by the hull of the matches
NUDGE = (0.12, 0.12, 0.1)  # turn in radians, log of scale, shift in sizes: how far a product may stray from its place


def nudged(pair: Pair, picture: Pixels) -> Iterator[Pair]:
    """`pair` after small turns, scalings and shifts that may fit better: by flow, then, for plain ones, by edges."""
    moved = _refined(pair, picture)
    if moved is not None and _is_small(pair, moved):
        yield moved
    turned = _turned(pair, picture)
    if turned is not None and _is_small(pair, turned):
        yield turned
        settled = _refined(turned, picture)
        if settled is not None and _is_small(pair, settled):
            yield settled


def _turned(pair: Pair, picture: Pixels) -> Pair | None:
    """`pair` shifted and turned so that the product's edges lie on the picture's (ECC, Evangelidis & Psarakis 2008)."""
    scale = min(EDGE_SIDE / max(pair.alpha.shape), 1.0)
    ground = pair.picture[pair.alpha < 0.5]
    flat = ground.mean(axis=0) if len(ground) else np.full(3, 0.5, np.float32)
    plain = over(pair.front, np.broadcast_to(flat, pair.picture.shape).astype(np.float32))
    expected, seen = (_edges(shrunk(side, scale)) for side in (plain, pair.picture))
    start, until = np.eye(2, 3, dtype=np.float32), (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 40, 1e-4)
    try:
        _, step = cv2.findTransformECC(expected, seen, start, cv2.MOTION_EUCLIDEAN, until)
    except cv2.error:  # it did not converge
        return None
    step = step.astype(np.float64)
    step[:, 2] /= scale
    return pair_by(picture, pair.front, pair.transform @ homogeneous(step))


def _edges(rgb: Float) -> Float:
    """The strength of HxWx3's edges, softened so that they attract each other from afar."""
    smooth = cv2.GaussianBlur(rgb, (0, 0), 1.5)
    dx, dy = (cv2.Sobel(smooth, cv2.CV_32F, *order) for order in ((1, 0), (0, 1)))
    return cv2.GaussianBlur(np.sqrt((dx**2 + dy**2).sum(axis=-1)), (0, 0), 2).astype(np.float32)


def _refined(pair: Pair, picture: Pixels) -> Pair | None:
    for _ in range(ROUNDS):
        step = _similarity_of_flow(pair)
        if step is None:
            return None
        pair = pair_by(picture, pair.front, pair.transform @ homogeneous(step))
    return pair


def _similarity_of_flow(pair: Pair) -> Transform | None:
    """The similarity of the grid that the flow from reference to picture amounts to, at textured places."""
    lamp = light.fit(pair.front.rgb, pair.picture, pair.solid)
    lit = Frame(rgb=lamp.on(pair.front.rgb), alpha=pair.alpha)
    expected = np.where(pair.alpha[..., None] > 0, lit.rgb, pair.picture)
    x, y = (cv2.cvtColor((p * 255).astype(np.uint8), cv2.COLOR_RGB2GRAY) for p in (expected, pair.picture))
    if min(x.shape) < 32:
        return None
    flow = flow_between(x, y)
    rows, columns = np.nonzero((cv2.morphologyEx(x, cv2.MORPH_GRADIENT, np.ones((3, 3))) > 12) & (pair.alpha > 0.5))
    if len(rows) < 30:
        return None
    pick = slice(None, None, max(len(rows) // POINTS, 1))
    source = np.column_stack([columns[pick], rows[pick]]).astype(np.float32)
    cv2.setRNGSeed(0)
    found, _ = cv2.estimateAffinePartial2D(source, source + flow[rows[pick], columns[pick]], ransacReprojThreshold=1.5)
    return found


def _is_small(before: Pair, after: Pair) -> bool:
    change = np.linalg.inv(homogeneous(before.transform)) @ homogeneous(after.transform)
    height, width = before.alpha.shape
    centre = np.array([width / 2, height / 2, 1])
    shift = np.linalg.norm((change @ centre - centre)[:2]) / before.size
    turn, grown = np.arctan2(change[1, 0], change[0, 0]), np.log(np.hypot(change[0, 0], change[1, 0]))
    return bool(np.all(np.abs([turn, grown, shift]) <= NUDGE))


def found(picture: Pixels, front: Frame, own: Features, shown: Features, mask: BoolMask | None) -> Pair | None:
    """The photo behind `front` wherever it stands in `picture`; None where it is not there.

    Args:
        picture: HxWx3.
        front: the reference's product.
        own: the features of `front`.
        shown: the features of the picture, from `features_in`.
        mask: HxW, where a product is or may be in the picture.
    """
    for begin in (lambda: _by_features(own, shown, front), lambda: _by_mask(front, mask)):
        start = begin()
        pair = None if start is None else _refined(pair_by(picture, front, start), picture)
        if pair is not None and is_same_shot(pair):
            return pair
    return None


def features_in(picture: Pixels, mask: BoolMask | None, side: int = SEARCH_SIDE) -> Features:
    """The features of HxWx3, in its own pixels, inside `mask` (HxW) if given; looked for at `side` pixels at most."""
    scale = min(side / max(picture.shape[:2]), 1.0)
    small = shrunk(picture.astype(np.float32) / 255, scale)
    area = None if mask is None else cv2.resize(mask.astype(np.uint8), small.shape[1::-1]) > 0
    features = features_of(small, area)
    ratio = np.array([picture.shape[1] / small.shape[1], picture.shape[0] / small.shape[0]], np.float32)
    return Features(points=features.points * ratio + (ratio - 1) / 2, vectors=features.vectors)


def _by_features(own: Features, shown: Features, front: Frame) -> Transform | None:
    """The similarity that most matches agree on, if they are many and spread over the product."""
    source, target = matched(own, shown)
    if len(source) < LEAST_MATCHES:
        return None
    reach = max(float(np.ptp(target, axis=0).max()), 64.0)
    cv2.setRNGSeed(0)
    transform, inliers = cv2.estimateAffinePartial2D(source, target, ransacReprojThreshold=RANSAC * reach)
    return transform if transform is not None and _is_spread(source[inliers.ravel() > 0], front) else None


def _is_spread(points: Float, front: Frame) -> bool:
    """Whether the points are enough and their hull covers a fair part of the product."""
    if len(points) < LEAST_MATCHES:
        return False
    return float(cv2.contourArea(cv2.convexHull(points))) >= LEAST_COVERED * float((front.alpha > 0.5).sum())


def _by_mask(front: Frame, mask: BoolMask | None) -> Transform | None:
    """The upright similarity that lays the product's centre and area on the mask's."""
    if mask is None or not mask.any():
        return None
    own, other = (cv2.moments(area.astype(np.uint8), binaryImage=True) for area in (front.alpha > 0.5, mask))
    if not own["m00"]:
        return None
    scale = float(np.sqrt(other["m00"] / own["m00"]))
    centre, target = (np.array([m["m10"], m["m01"]]) / m["m00"] for m in (own, other))
    return np.column_stack([np.eye(2) * scale, target - scale * centre])

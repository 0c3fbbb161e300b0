"""SIFT features (Lowe 2004) and their matches."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from ecomgen.types import BoolMask, Float

MOST = 1500
RATIO = 0.8


@dataclass(frozen=True, kw_only=True, eq=False)
class Features:
    """Points (Nx2, x and y in pixels) and their RootSIFT vectors (Nx128)."""

    points: Float
    vectors: Float


def features_of(rgb: Float, mask: BoolMask | None = None) -> Features:
    """The features of HxWx3 sRGB in [0, 1], at most `MOST`, inside `mask` where one is given."""
    grey = cv2.cvtColor((np.clip(rgb, 0, 1) * 255).astype(np.uint8), cv2.COLOR_RGB2GRAY)
    area = None if mask is None else mask.astype(np.uint8)
    points, vectors = cv2.SIFT.create(nfeatures=MOST, contrastThreshold=0.02).detectAndCompute(grey, area)
    if vectors is None or not len(points):
        return Features(points=np.zeros((0, 2), np.float32), vectors=np.zeros((0, 128), np.float32))
    shares = vectors / np.maximum(vectors.sum(axis=1, keepdims=True), 1e-6)
    return Features(points=np.array([p.pt for p in points], np.float32), vectors=np.sqrt(shares))


def matched(source: Features, target: Features) -> tuple[Float, Float]:
    """Points of both (Nx2 each) that choose each other and pass the ratio test."""
    if min(len(source.points), len(target.points)) < 2:
        return np.zeros((0, 2), np.float32), np.zeros((0, 2), np.float32)
    matcher = cv2.BFMatcher(cv2.NORM_L2)
    back = {match.queryIdx: match.trainIdx for match in matcher.match(target.vectors, source.vectors)}
    pairs = [
        (best.queryIdx, best.trainIdx)
        for best, second in matcher.knnMatch(source.vectors, target.vectors, k=2)
        if best.distance < RATIO * second.distance and back[best.trainIdx] == best.queryIdx
    ]
    index = np.array(pairs, int).reshape(-1, 2)
    return source.points[index[:, 0]], target.points[index[:, 1]]

"""Fits how answers are ranked, and how far a mask may be trusted:
`python -m training.calibrate ranking|confidence|corrected`.

`ranking --renders FOLDER` prints the constants for `ecomgen/masking/network/hypothesis_ranking.py`, from the shards
held out from training; `confidence --renders FOLDER` those for `ecomgen/masking/confidence.py`, from a folder of
families that were held out, and `corrected` how much more a mask is to be trusted that clicks have corrected. All say
how true they are on what they were not fitted on.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ecomgen.errors import NoProduct
from ecomgen.masking import find_mask
from ecomgen.masking.confidence import evidence_of, log_odds, signs
from ecomgen.masking.maskers import lite
from ecomgen.masking.network.hypothesis_ranking import SIGNS
from ecomgen.masking.signs import iou
from ecomgen.types import DOUBTED, BoolMask, Box, MaskRequest, ReferenceImage
from training.clicks import next_click
from training.data import Picture, Renders, around
from training.render import SHARD

FIRMNESS = 1.0  # of the ridge that keeps the weights small
GOOD = 0.9  # IoU from which a mask is good
TORN, EXCELLENT = 0.8, 0.95
CLICKS = 5  # at most, by somebody who stops when the mask is excellent


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One answer for one picture: its signs and its true IoU."""

    picture: int
    signs: tuple[float, ...]
    truth: float


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One finished mask: its product's family, its signs, and its true IoU."""

    family: str
    signs: dict[str, float]
    truth: float


def main() -> None:
    parser = argparse.ArgumentParser(description="Fits how far masks may be trusted, on held-out renders.")
    parser.add_argument("what", choices=tuple(FITS))
    parser.add_argument("--renders", type=Path, required=True)
    parser.add_argument("--count", type=int, default=200)
    arguments = parser.parse_args()
    FITS[arguments.what](arguments.renders, arguments.count)


def rank(renders: Path, count: int) -> None:
    """The expected IoU of each of `lite`'s answers."""
    held = Renders(renders, validation=True)
    alone: list[Tried] = []
    boxed: list[Tried] = []
    for number, (picture, soft) in enumerate(list(zip(held.pictures, held.masks, strict=True))[:count]):
        box = around(soft.astype(np.float32) / 255)
        for told, answers in ((None, alone), (box, boxed)):
            found = lite.hypotheses(picture, lite.networks(), told)
            answers += [
                Tried(picture=number, signs=tuple(one.signs[name] for name in SIGNS), truth=iou(one.mask, soft > 127))
                for one in found
            ]
    for name, answers in (("alone", alone), ("boxed", boxed)):
        _report(name, answers)


def trust(renders: Path, count: int) -> None:
    """The probability that a finished mask is good; each family's is told by what was fitted on the others."""
    masks = [one for one in _masks(renders, count) if one is not None]
    names = list(masks[0].signs)
    families = np.array([one.family for one in masks])
    columns = np.array([[1.0, *(one.signs[name] for name in names)] for one in masks])
    good = np.array([one.truth >= GOOD for one in masks])
    said = np.zeros(len(masks))
    for family in set(families):
        here = families == family
        said[here] = _logistic(columns[here], fitted_odds(columns[~here], good[~here]))
    _tell_trust(said, np.array([one.truth for one in masks]))
    weights = fitted_odds(columns, good).round(3).tolist()
    print(f"INTERCEPT = {weights[0]}\nWEIGHTS = {dict(zip(names, weights[1:], strict=True))}")


def trust_corrected(renders: Path, count: int) -> None:
    """By how much the odds of a good mask rise where somebody clicks; each family's by what the others show."""
    masks = [one for task in _tasks(renders, count) for one in _clicked(*task)]
    families, truths = np.array([one.family for one in masks]), np.array([one.truth for one in masks])
    odds, good = np.array([log_odds(one.signs) for one in masks]), truths >= GOOD
    said = np.zeros(len(masks))
    for family in set(families):
        here = families == family
        said[here] = _sigmoid(odds[here] + _rise(odds[~here], good[~here]))
    for name, probabilities in (("as if nobody had clicked", _sigmoid(odds)), ("risen", said)):
        print(name)
        _tell_trust(probabilities, truths)
    print(f"CORRECTED = {_rise(odds, good):.2f}")


def _rise(odds: np.ndarray, good: np.ndarray) -> float:
    """What added to all log-odds makes as many masks good as are: a logistic regression's intercept."""
    rise = 0.0
    for _ in range(30):
        said = _sigmoid(odds + rise)
        rise += float((good - said).sum() / (said * (1 - said)).sum())
    return rise


def _masks(renders: Path, count: int) -> Iterator[Judged | None]:
    for picture, truth, family, box in _tasks(renders, count):
        photo = ReferenceImage(path=Path(), sha256="", pixels=picture)
        try:
            mask = find_mask(photo, MaskRequest(masker="lite", box=box)).pixels
        except NoProduct:
            yield None
            continue
        yield _judged(picture, truth, family, mask)


def _tasks(renders: Path, count: int) -> Iterator[tuple[Picture, BoolMask, str, Box | None]]:
    """Each picture with its truth and its product's family, without and with a box."""
    for path in sorted(renders.glob("shard-*.npz"))[: -(-count // SHARD)]:
        with np.load(path) as stored:
            for picture, soft, family in zip(stored["pictures"], stored["masks"], stored["families"], strict=True):
                for box in (None, around(soft.astype(np.float32) / 255)):
                    yield picture, soft > 127, str(family).partition(":")[0], box


def _clicked(picture: Picture, truth: BoolMask, family: str, box: Box | None) -> Iterator[Judged]:
    """The mask after each click into the middle of what is most wrong."""
    photo, points = ReferenceImage(path=Path(), sha256="", pixels=picture), ()
    try:
        found = find_mask(photo, MaskRequest(masker="lite", box=box))
        before, mask = found.candidates[found.chosen].pixels, found.pixels
        while len(points) < CLICKS and (not points or iou(mask, truth) < EXCELLENT):
            points = (*points, next_click(mask, truth))
            mask = find_mask(photo, MaskRequest(masker="lite", box=box, points=points)).pixels
            if judged := _judged(picture, truth, family, mask, before):
                yield judged
    except NoProduct:
        return


def _judged(
    picture: Picture, truth: BoolMask, family: str, mask: BoolMask, before: BoolMask | None = None
) -> Judged | None:
    evidence = evidence_of(picture, mask, before)
    return evidence and Judged(family=family, signs=signs(evidence), truth=iou(mask, truth))


def _tell_trust(said: np.ndarray, truths: np.ndarray) -> None:
    for name, these in (("torn", truths < TORN), ("excellent", truths > EXCELLENT)):
        print(f"  doubted: {np.mean(said[these] < DOUBTED):.3f} of {these.sum()} {name} masks")
    for low, high in ((0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01)):
        these = (said >= low) & (said < high)
        if these.any():
            true = np.mean(truths[these] >= GOOD)
            print(f"  said {said[these].mean():.2f}, true {true:.2f}: {these.sum()} masks")


def _logistic(columns: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return _sigmoid(columns @ weights)


def _sigmoid(odds: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-odds))


def fitted_odds(columns: np.ndarray, good: np.ndarray, counts: np.ndarray | None = None) -> np.ndarray:
    """Logistic regression by Newton's method, with a ridge that leaves the intercept free; how much each row counts."""
    weights, counts = np.zeros(columns.shape[1]), np.ones(len(good)) if counts is None else counts
    ridge = FIRMNESS * np.eye(len(weights))
    ridge[0, 0] = 1e-6
    for _ in range(30):
        said = _logistic(columns, weights)
        slope = columns.T @ (counts * (good - said)) - ridge @ weights
        weights += np.linalg.solve(columns.T @ (columns * (counts * said * (1 - said))[:, None]) + ridge, slope)
    return weights


def _report(name: str, tried: list[Tried]) -> None:
    half = np.array([one.picture % 2 == 0 for one in tried])
    fitted = np.array(_fitted([one for one, mine in zip(tried, half, strict=True) if mine]))
    rest = [one for one, mine in zip(tried, half, strict=True) if not mine]
    expected = (_columns(rest) @ fitted).clip(0.02, 0.99)
    truths = np.array([one.truth for one in rest])
    pictures = sorted({one.picture for one in rest})
    mine = [[place for place, one in enumerate(rest) if one.picture == picture] for picture in pictures]
    chosen = np.mean([truths[places[int(np.argmax(expected[places]))]] for places in mine])
    best, first = np.mean([truths[places].max() for places in mine]), np.mean([truths[places[0]] for places in mine])
    print(f"{name}: mean error {np.abs(expected - truths).mean():.3f} on the other half, {len(mine)} pictures;")
    print(f"  IoU {first:.3f} by the constants in use, {chosen:.3f} by new ones, {best:.3f} by the best answer")
    for low, high in ((0, 0.5), (0.5, 0.75), (0.75, 0.9), (0.9, 1)):
        these = (expected >= low) & (expected < high)
        if these.any():
            print(f"  expected {low:.2f} to {high:.2f}: {these.sum():4} answers, true mean {truths[these].mean():.3f}")
    constants = _fitted(tried)
    print(f"intercept_{name} = {constants[0]}\nweights_{name} = {dict(zip(SIGNS, constants[1:], strict=True))}\n")


def _columns(tried: list[Tried]) -> np.ndarray:
    return np.array([[1.0, *one.signs] for one in tried])


def _fitted(tried: list[Tried]) -> list[float]:
    """Ridge regression of the true IoU on the signs, the intercept left free."""
    columns, truths = _columns(tried), np.array([one.truth for one in tried])
    ridge = FIRMNESS * np.eye(columns.shape[1])
    ridge[0, 0] = 0
    return np.linalg.solve(columns.T @ columns + ridge, columns.T @ truths).round(3).tolist()


FITS = {"ranking": rank, "confidence": trust, "corrected": trust_corrected}


if __name__ == "__main__":
    main()

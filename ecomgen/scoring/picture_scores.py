"""All scores of one picture, and what they weigh together."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from ecomgen import models
from ecomgen.messages import Message
from ecomgen.models.clip import load_clip
from ecomgen.scoring import composition, edge, extension, presence, quality
from ecomgen.scoring.identity import likeness
from ecomgen.scoring.subject import Subject, refuse_unfit
from ecomgen.types import DOUBTED, BoolMask, Float, Pixels, Placement, Scores

Remask = Callable[[Pixels], BoolMask | None]

QUALITY = {
    "sharpness": (1.0, Message("the picture is blurred")),
    "noise": (0.5, Message("the picture is noisy")),
    "clipping": (0.5, Message("highlights or shadows are clipped")),
    "banding": (0.5, Message("smooth areas show bands")),
    "seam": (1.0, Message("a halo shows along the product's edge")),
    "grounded": (0.5, Message("the product seems to float: there is no contact shadow under it")),
    "alone": (0.5, Message("a second product like it stands in the scene")),
    "whole": (0.5, Message("the product is cut off by the picture's edge")),
}  # the parts of the quality: what each weighs, and what is said where it is low
LOW = 0.5  # the quality, or a part of it, below which it is worth a sentence
WORST = 0.05  # a part of the quality counts for no less, so that one fault does not hide the rest
WEIGHTS = {"identity": 0.5, "quality": 0.2, "extension": 0.15, "adherence": 0.15}
FLOOR = 1e-3  # so that ranking still works among hopeless pictures
RANGE = (0.12, 0.34)  # cosines of unrelated and of well described pictures with ViT-B/32 and ViT-L/14 from LAION


def judge(
    picture: Pixels,
    subject: Subject,
    *,
    placement: Placement | None = None,
    remask: Remask | None = None,
    redrawn: bool = False,
    rendered: bool = False,
    cover: Float | None = None,
) -> Scores:
    """Score one picture, HxWx3 or HxWx4 (its alpha is then the product's mask). The same input gives the same scores.

    Args:
        picture: the finished picture, sRGB uint8, at least 16 pixels a side.
        subject: the product's references, and the prompt.
        placement: where the product was put; without it, it is looked for.
        redrawn: whether the product was painted anew round about its place, rather than put there.
        rendered: whether all that is seen beside the product was rendered or photographed apart from it, so that none
            of it was added to the product, whatever touches or mirrors it.
        cover: what is known to stand before the product where its place is not, HxW in [0, 1].
        remask: finds the product in HxWx3 and gives its mask HxW, or None; asked once at most.

    Raises:
        BadInput: the picture is of another kind, or no reference shows a product.
        WeightsCorrupt: a model that lies here is not what the manifest says.
    """
    refuse_unfit(picture, subject)
    rgb, mask = _flattened(picture, remask)
    same = (
        likeness.anywhere(rgb, subject, mask, cover)
        if placement is None
        else _identity(rgb, subject, placement, mask, redrawn)
    )
    grown = (extension.NOTHING if rendered else extension.extension(rgb, placement, mask)) if placement else None
    made = _quality(rgb, subject, placement, mask if picture.shape[2] == 3 else None)
    no_adherence = why_no_adherence(subject.prompt)
    scores = {
        "identity": same.score,
        "extension": grown.score if grown else None,
        "adherence": None if no_adherence else adherence(rgb, subject.prompt),
        "quality": _together(made),
    }
    unavailable = {"extension": None if grown else NO_PLACE, "adherence": no_adherence}
    return Scores(
        **scores,
        overall=overall(scores, subject.confidence),
        unavailable={name: reason for name, reason in unavailable.items() if reason},
        parts={**same.parts, **made},
        composition={} if placement is None or redrawn else _composition(rgb, placement),
        findings=(*same.findings, *_of_extension(grown), *_of_quality(made)),
        why=same.why,
        difference=same.difference,
    )


NO_PLACE = Message("It is not known where the product was put, so what was added to it cannot be measured.")


def _identity(
    rgb: Pixels, subject: Subject, placement: Placement, mask: BoolMask | None, redrawn: bool
) -> likeness.Identity:
    """At its place; where it was re-drawn, wherever it is seen now, or else round about its place."""
    if not redrawn:
        return likeness.at_place(rgb, placement)
    seen = mask is not None and mask.any()
    return likeness.anywhere(rgb, subject, mask if seen else placement.product[..., 3] > 127)


def _flattened(picture: Pixels, remask: Remask | None) -> tuple[Pixels, BoolMask | None]:
    """HxWx3 and the product's mask: the picture's own alpha where it has one, else what `remask` sees.

    A cut-out is laid on black or white, whichever is farther from it, so that a missing part shows.
    """
    rgb = np.ascontiguousarray(picture[..., :3])
    if picture.shape[2] == 3 or (picture[..., 3] == 255).all() or not (picture[..., 3] > 127).any():
        return rgb, remask(rgb) if remask else None
    mask = picture[..., 3] > 127
    ground = 255.0 if float(rgb[mask].mean()) < 128 else 0.0
    alpha = picture[..., 3:].astype(np.float32) / 255
    return np.round(rgb * alpha + ground * (1 - alpha)).astype(np.uint8), mask


def _quality(rgb: Pixels, subject: Subject, placement: Placement | None, mask: BoolMask | None) -> Mapping[str, float]:
    """The parts of the quality that can be told."""
    parts = dict(quality.technical(rgb))
    if placement is not None and placement.product.shape[:2] == rgb.shape[:2]:
        parts["seam"] = edge.seam(rgb, placement)
        contact = edge.grounded(rgb, placement)
        if contact is not None:
            parts["grounded"] = contact
        mask = placement.product[..., 3] > 127
    if mask is not None and mask.any() and not _surrounds(mask):
        parts["whole"] = presence.whole(mask)
        parts["alone"] = presence.alone(rgb, mask, likeness.references(subject)[0])
    return parts


def _composition(rgb: Pixels, placement: Placement) -> Mapping[str, float]:
    """Only of a product that was put into a scene."""
    fits = placement.product.shape[:2] == rgb.shape[:2]
    return composition.composed(rgb, placement) if fits and not _surrounds(placement.product[..., 3] > 127) else {}


def _surrounds(mask: BoolMask) -> bool:
    """Whether what is kept lies around, as the surroundings of a replaced product do, rather than in the picture."""
    return bool(mask[0, 0] and mask[0, -1] and mask[-1, 0] and mask[-1, -1])


def technical(picture: Pixels) -> tuple[float, tuple[str, ...]]:
    """The quality in [0, 1] of HxWx3 of which no product is known, and what is to be said of it."""
    parts = quality.technical(picture)
    return _together(parts), _of_quality(parts)


def _together(parts: Mapping[str, float]) -> float:
    """The weighted geometric mean."""
    total = sum(QUALITY[name][0] for name in parts)
    logs = sum(QUALITY[name][0] * np.log(max(value, WORST)) for name, value in parts.items())
    return float(np.exp(logs / total))


def _of_extension(grown: extension.Extension | None) -> tuple[str, ...]:
    if grown is None or not grown.told:
        return ()
    return (Message("the scene extends the product by about {ratio:.0%} of its area", ratio=grown.ratio),)


def _of_quality(parts: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(QUALITY[name][1] for name, value in parts.items() if value < LOW)


def overall(scores: Mapping[str, float | None], confidence: float = 1.0) -> float | None:
    """In [0, 1]; None where no score is there.

    `confidence` is that in the cut-out, in [0, 1]: a picture is no truer than what is taken for the product, so that
    below one half the number falls in proportion to it.
    """
    there = {name: value for name, value in scores.items() if value is not None}
    total = sum(WEIGHTS[name] for name in there)
    if not total:
        return None
    logs = sum(WEIGHTS[name] * math.log(max(value, FLOOR)) for name, value in there.items())
    return math.exp(logs / total) * min(1.0, confidence / DOUBTED)


def least(whole: Scores, products: Sequence[Scores], confidence: float) -> Scores:
    """The scores of a picture of several products: it is as true as the least true of them."""
    worst = min(products, key=lambda one: 0.0 if one.identity is None else one.identity)
    found = {name: getattr(whole, name) for name in WEIGHTS} | {"identity": worst.identity}
    return replace(
        whole,
        **found,
        overall=overall(found, confidence),
        parts={**whole.parts, **worst.parts, **{name: whole.parts[name] for name in QUALITY if name in whole.parts}},
        findings=tuple(dict.fromkeys([*whole.findings, *worst.findings])),
        why=worst.why,
        difference=worst.difference,
    )


def why_no_adherence(prompt: str) -> str | None:
    """Why there is no adherence; None where there is."""
    if not prompt.strip():
        return Message("There is no prompt to compare with.")
    if models.first_here("clip") is None:
        return Message('No CLIP weights are on this machine; run "ecomgen models pull clip-vit-b-32".')
    return None


def adherence(picture: Pixels, prompt: str) -> float:
    """In [0, 1], of HxWx3 and a prompt; ask `unavailable` first.

    Raises:
        WeightsMissing, WeightsCorrupt: as `models.locate`.
    """
    clip = load_clip(models.first_here("clip") or "")
    cosine = float((clip.of_pictures([np.ascontiguousarray(picture)]) @ clip.of_texts([prompt]).T).item())
    return float(np.clip((cosine - RANGE[0]) / (RANGE[1] - RANGE[0]), 0, 1))

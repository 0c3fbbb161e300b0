"""Proposals by Segment Anything (Kirillov et al., 2023), through the package `segment_anything` itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from pickle import PickleError
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from ecomgen import models
from ecomgen.errors import WeightsCorrupt
from ecomgen.masking import signs
from ecomgen.masking.cache import key_of, remembered
from ecomgen.messages import Message
from ecomgen.morphology import dilated, eroded
from ecomgen.types import BoolMask, Box, ModelUsed, Pixels, Point

if TYPE_CHECKING:
    from segment_anything import SamPredictor
    from segment_anything.modeling import Sam


MOST_AT_ONCE = 64  # points
MEMORY_SHARE = 0.25  # of what is free, for the masks of one batch of points
BYTES_PER_PIXEL = 3 * 9  # of a point's three masks: logits twice, and the mask
MOST_POINTS, POINT_DISTANCE = 24, 32  # points a side, and pixels from one to the next where that allows it
GOOD_IOU, GOOD_STABILITY = 0.80, 0.85  # what a proposal must reach, if any does
LEAST_AREA, MOST_AREA = 0.003, 0.9  # of the photo
SAME = 0.9  # IoU from which two proposals are one
KEPT_FOUND = 150  # the best of what SAM finds
PARTS_JOINED = 24  # the best proposals, of which touching ones are joined


@dataclass(frozen=True, kw_only=True, eq=False)
class Proposal:
    """One mask at the size of the copy that SAM saw, with SAM's own opinion of it."""

    pixels: BoolMask
    predicted_iou: float
    stability: float


@dataclass(frozen=True, kw_only=True, eq=False)
class SegmentAnything:
    """SAM with its weights; what it is shown are copies, uint8 HxWx3, of at most about 1024 pixels a side."""

    model: Sam
    used: ModelUsed

    def everything(self, photo: Pixels) -> list[Proposal]:
        """All that SAM sees: distinct, no slivers, and touching ones also joined. It is remembered."""
        numbers = points_a_side(photo), GOOD_IOU, GOOD_STABILITY, LEAST_AREA, MOST_AREA, SAME, KEPT_FOUND, PARTS_JOINED
        return kept(key_of("sam-everything", photo, self.used.sha256, numbers), lambda: self._everything(photo))

    def prompted(self, photo: Pixels, *, box: Box | None = None, points: Sequence[Point] = ()) -> list[Proposal]:
        """Its up to three answers to a box and clicks in the copy's pixels, best first, none of them empty."""
        import torch
        from segment_anything.utils.amg import calculate_stability_score

        predictor, threshold = predictor_of(self), self.model.mask_threshold
        predictor.set_image(photo)
        masks, scores, _ = predictor.predict(
            point_coords=np.array([point[:2] for point in points], dtype=np.float32) if points else None,
            point_labels=np.array([point.inside for point in points], dtype=np.int32) if points else None,
            box=None if box is None else np.array(box, dtype=np.float32),
            return_logits=True,
        )
        stable = calculate_stability_score(torch.from_numpy(masks), threshold, 1.0)
        answers = [
            Proposal(pixels=np.asarray(mask > threshold), predicted_iou=_number(score), stability=_number(steady))
            for mask, score, steady in zip(masks, scores, stable, strict=True)
        ]
        return distinct([answer for answer in answers if answer.pixels.any()])

    def _everything(self, photo: Pixels) -> list[Proposal]:
        return with_unions(self._generated(photo, GOOD_IOU, GOOD_STABILITY) or self._generated(photo, 0, 0))

    def _generated(self, photo: Pixels, least_iou: float, least_stability: float) -> list[Proposal]:
        from segment_anything import SamAutomaticMaskGenerator

        generator = SamAutomaticMaskGenerator(
            self.model,
            points_per_side=points_a_side(photo),
            points_per_batch=_at_once(photo),
            pred_iou_thresh=least_iou,
            stability_score_thresh=least_stability,
        )
        generator.predictor = predictor_of(self)
        found = [
            Proposal(
                pixels=each["segmentation"],
                predicted_iou=_number(each["predicted_iou"]),
                stability=_number(each["stability_score"]),
            )
            for each in generator.generate(photo)
        ]
        return [each for each in found if is_whole(each.pixels)]


def opened() -> SegmentAnything:
    """The best SAM on this machine, built once and kept.

    Raises:
        WeightsMissing, WeightsCorrupt: there is none, or it is not that of its architecture.
    """
    missing = Message(
        'SAM weights are not on this machine: run "ecomgen models pull sam-vit-b", or choose {--masker} grabcut.'
    )
    found = models.required("sam", missing)
    path = models.locate(found)
    model = models.load_once(f"sam:{path}", lambda: _build(path, models.entry(found).architecture))
    return SegmentAnything(model=model, used=models.used(found))


def predictor_of(sam: SegmentAnything) -> SamPredictor:
    """A `SamPredictor` whose embeddings are remembered, so that a click costs one pass of the small decoder."""
    import torch
    from segment_anything import SamPredictor

    class Remembering(SamPredictor):
        def set_image(self, image: Pixels, image_format: str = "RGB") -> None:
            def embed() -> dict[str, Any]:
                with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.device.type == "cuda"):
                    super(Remembering, self).set_image(image, image_format)
                return {"features": self.features.float().cpu().numpy()}

            features = remembered(key_of("sam-embedding", image, sam.used.sha256), embed)["features"]
            self.original_size = image.shape[:2]
            self.input_size = self.transform.get_preprocess_shape(
                image.shape[0], image.shape[1], self.transform.target_length
            )
            self.features = torch.from_numpy(features).to(self.device)
            self.is_image_set = True

    return Remembering(sam.model)


def distinct(proposals: list[Proposal]) -> list[Proposal]:
    """Without duplicates, best first by SAM's own opinion."""
    ordered = sorted(proposals, key=lambda each: each.predicted_iou + each.stability, reverse=True)
    overlaps = _overlaps([each.pixels for each in ordered])
    numbers = signs.distinct(range(len(ordered)), lambda one, other: overlaps[one, other] >= SAME)
    return [ordered[number] for number in numbers]


def _build(path: Path, architecture: Mapping[str, Any]) -> Sam:
    import torch

    sam = assemble(architecture)
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        sam.load_state_dict(state)
    except (RuntimeError, ValueError, EOFError, OSError, KeyError, AttributeError, TypeError, PickleError) as error:
        raise WeightsCorrupt(
            '{file} is not the SAM checkpoint that the manifest describes: run "ecomgen models verify".', file=path.name
        ) from error
    return sam.to(models.device()).eval()


def assemble(architecture: Mapping[str, Any]) -> Sam:
    """What `segment_anything.build_sam` builds, with every size taken from the manifest."""
    import torch
    from segment_anything.modeling import ImageEncoderViT, MaskDecoder, PromptEncoder, Sam, TwoWayTransformer

    image_size = architecture.get("image_size", 1024)
    patch_size = architecture.get("patch_size", 16)
    width = architecture.get("prompt_embed_dim", 256)
    grid = image_size // patch_size
    return Sam(
        image_encoder=ImageEncoderViT(
            depth=architecture["encoder_depth"],
            embed_dim=architecture["encoder_embed_dim"],
            img_size=image_size,
            mlp_ratio=4,
            norm_layer=partial(torch.nn.LayerNorm, eps=1e-6),  # pyright: ignore[reportArgumentType]
            num_heads=architecture["encoder_num_heads"],
            patch_size=patch_size,
            qkv_bias=True,
            use_rel_pos=True,
            global_attn_indexes=tuple(architecture["encoder_global_attn_indexes"]),
            window_size=architecture.get("window_size", 14),
            out_chans=width,
        ),
        prompt_encoder=PromptEncoder(
            embed_dim=width,
            image_embedding_size=(grid, grid),
            input_image_size=(image_size, image_size),
            mask_in_chans=16,
        ),
        mask_decoder=MaskDecoder(
            num_multimask_outputs=3,
            transformer=TwoWayTransformer(
                depth=2, embedding_dim=width, mlp_dim=architecture.get("decoder_mlp_dim", 2048), num_heads=8
            ),
            transformer_dim=width,
            iou_head_depth=3,
            iou_head_hidden_dim=width,
        ),
        pixel_mean=[123.675, 116.28, 103.53],
        pixel_std=[58.395, 57.12, 57.375],
    )


def points_a_side(photo: Pixels) -> int:
    """Fewer on a small copy: they need not lie closer than its details."""
    return int(np.clip(max(photo.shape) // POINT_DISTANCE, 8, MOST_POINTS))


def _at_once(photo: Pixels) -> int:
    """As many points as a share of the free memory has room for."""
    room = MEMORY_SHARE * models.free_memory() / (BYTES_PER_PIXEL * photo.shape[0] * photo.shape[1])
    return int(np.clip(room, 4, MOST_AT_ONCE))


def kept(key: str, make: Callable[[], list[Proposal]]) -> list[Proposal]:
    """The proposals that `make` gives, remembered under `key`."""
    return _unpacked(remembered(key, lambda: _packed(make())))


def _packed(proposals: list[Proposal]) -> dict[str, Any]:
    masks = np.array([each.pixels for each in proposals], dtype=bool)
    return {
        "masks": np.packbits(masks, axis=-1),
        "shape": np.array(masks.shape),
        "numbers": np.array([(each.predicted_iou, each.stability) for each in proposals]).reshape(-1, 2),
    }


def _unpacked(arrays: Mapping[str, Any]) -> list[Proposal]:
    if not len(arrays["numbers"]):
        return []
    masks = np.unpackbits(arrays["masks"], axis=-1, count=int(arrays["shape"][-1])).astype(bool)
    return [
        Proposal(pixels=mask, predicted_iou=float(own), stability=float(steady))
        for mask, (own, steady) in zip(masks, arrays["numbers"], strict=True)
    ]


def _number(value: Any) -> float:
    return float(np.nan_to_num(float(value), nan=0.0))


def is_whole(pixels: BoolMask) -> bool:
    """Neither a speck, nor the whole photo, nor a sliver that a thin brush would draw."""
    if not LEAST_AREA <= pixels.mean() <= MOST_AREA:
        return False
    width = max(1, round(0.004 * max(pixels.shape)))
    return bool(eroded(pixels, width).any())


def with_unions(found: list[Proposal]) -> list[Proposal]:
    """The best of what was found, none of it twice, with those that touch also as one."""
    parts = distinct(found)[:KEPT_FOUND]
    return distinct([*parts, *unions(parts[:PARTS_JOINED])])


def unions(parts: list[Proposal]) -> list[Proposal]:
    """Every two that touch but do not contain each other, as one: a bottle and its cap."""
    wide = [dilated(part.pixels, 2) for part in parts]
    return [
        _joined(first, second)
        for number, first in enumerate(parts)
        for other, second in enumerate(parts[:number])
        if _belong(first.pixels, second.pixels, wide[other])
    ]


def _belong(first: BoolMask, second: BoolMask, second_wide: BoolMask) -> bool:
    common = np.count_nonzero(first & second)
    smaller = min(np.count_nonzero(first), np.count_nonzero(second))
    touching = np.count_nonzero(first & second_wide) > 0.1 * smaller**0.5
    return bool(touching and common < 0.8 * smaller and (first | second).mean() < 0.6)


def _joined(first: Proposal, second: Proposal) -> Proposal:
    return Proposal(
        pixels=first.pixels | second.pixels,
        predicted_iou=min(first.predicted_iou, second.predicted_iou),
        stability=min(first.stability, second.stability),
    )


def _overlaps(masks: list[BoolMask]) -> np.ndarray:
    """IoU of every mask with every other, near enough on small copies."""
    if not masks:
        return np.zeros((0, 0))
    small = np.array([cv2.resize(mask.astype(np.float32), (96, 96), interpolation=cv2.INTER_AREA) for mask in masks])
    flat = small.reshape(len(masks), -1)
    common = flat @ flat.T
    sizes = (flat**2).sum(axis=1)
    return common / np.maximum(sizes[:, None] + sizes[None] - common, 1e-6)

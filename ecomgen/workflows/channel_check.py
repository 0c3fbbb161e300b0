"""A picture held against a channel's rules, with its product found where nothing tells where it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ecomgen import picture_file
from ecomgen.channels import Channel
from ecomgen.errors import BadInput, BadPhoto
from ecomgen.export import RuleResult, check_picture, picture_hash
from ecomgen.record import read_file
from ecomgen.types import BoolMask, MaskRequest, Pixels, ReferenceImage
from ecomgen.workflows.preparation import seen


def check_file(path: Path, channel: Channel, mask: Path | None = None) -> tuple[RuleResult, ...]:
    """Hold a picture against a channel's rules.

    Where the product is comes from `mask`, else from the run folder that the picture lies in, else from the picture.

    Raises:
        BadPhoto, BadInput: the picture or the mask cannot be read.
    """
    where = _read_mask(mask) if mask else _placed_product(path)
    return check_picture(path, channel, mask=where, finder=find_product)


def _read_mask(path: Path) -> BoolMask:
    try:
        return picture_file.pixels(path, "L") >= 128
    except BadPhoto as error:
        raise BadInput("The mask {file} cannot be opened: check {--mask}.", file=path.name) from error


def _placed_product(path: Path) -> BoolMask | None:
    """The product of the run folder that a candidate lies in; None where there is none of the picture's size."""
    folder = path.absolute().parent
    placed = folder.parent / "product.png"
    if folder.name not in ("candidates", "kept") or not placed.is_file():
        return None
    try:
        product = picture_file.load(placed)
        fits = product.size == picture_file.size(path) and product.mode == "RGBA" and not _replaced(folder.parent)
        return np.asarray(product)[..., 3] >= 128 if fits else None
    except BadPhoto:
        return None


def _replaced(folder: Path) -> bool:
    """Whether product.png of a run folder holds the kept surroundings instead of the product."""
    try:
        return read_file(folder).parameters.mode == "replace"
    except (OSError, ValueError):
        return False


def find_product(pixels: Pixels) -> BoolMask | None:
    """By the masker that this machine has; None where it finds nothing."""
    return seen(ReferenceImage(path=Path("picture"), sha256=picture_hash(pixels), pixels=pixels), MaskRequest())

"""A soft edge from a hard mask, with colours free of the old background, at the photo's full resolution.

Closed-form alpha (Levin, Lischinski, Weiss, 2008) and multi-level foreground colours (Germer et al., 2020), both from
pymatting, inside a band along the mask's edge only, tile by tile, so that memory does not grow with the photo. Both
work in linear light, in which an edge is mixed. A soft edge is ViTMatte's where its weights are here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ecomgen import models
from ecomgen.color import to_bytes, to_linear, to_srgb
from ecomgen.errors import NoProduct
from ecomgen.masking.cache import content_of, key_of, on_disk, source
from ecomgen.masking.checks import refuse_empty
from ecomgen.masking.matting import vitmatte
from ecomgen.masking.matting.base_line import calmed, foot_of, standing, without_gleams
from ecomgen.masking.matting.contour import likely_alpha, size_of, smoothed, unclear
from ecomgen.masking.matting.edge_sharpness import firmed, firmness, moved, ramp_of, width_of
from ecomgen.masking.matting.soft_edge import Soft, packed, unpacked
from ecomgen.masking.matting.trimap import widths
from ecomgen.masking.threads import in_pairs
from ecomgen.messages import Message
from ecomgen.morphology import grow, shrink, touching
from ecomgen.types import (
    BoolMask,
    Box,
    Cutout,
    Edge,
    EdgeReport,
    Mask,
    Matte,
    ModelUsed,
    Pixels,
    Progress,
    ReferenceImage,
    Report,
    silent,
)

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


TILE = 384  # pixels a side that one tile settles
WIDEST = 10  # pixels of band that are solved at once; wider ones first on a smaller copy
MARGIN = 3 * WIDEST + 8  # pixels around a tile that it sees
FUZZY_BELOW, WIDER = 0.5, 3  # firmness below which the band is so many times wider: hair reaches far
OVERSHOOT, BESIDE = 2, 5  # pixels: how far inside the edge sharpening reaches, and colours are looked for
LEEWAY = 8  # of 255, by which an edge's colour may differ from all of those
FILLED = 0.5  # share of the band that is soft, from which it is too narrow: an edge out of focus reaches beyond it
CERTAIN = 0.03  # alpha this near to 0 or 1 is 0 or 1
LOOSE, FIRM_HOLD, MOST_HOLD = 0.01, 0.05, 0.7  # square roots of how much the expected alpha weighs against colours


@dataclass(frozen=True, kw_only=True, eq=False)
class _Expected:
    """The alpha that the mask alone leads one to expect, and where it counts."""

    alpha: Matte  # HxW
    doubt: Pixels  # HxW, 0 to 255
    least: float  # how much it counts where there is no doubt

    def within(self, area: tuple[slice, slice]) -> _Expected:
        return _Expected(alpha=self.alpha[area], doubt=self.doubt[area], least=self.least)


def cut(reference: ReferenceImage, mask: Mask, edge: Edge | None = None, report: Report = silent) -> Cutout:
    """See `ecomgen.masking.cut_out`."""
    refuse_empty(mask.pixels)
    if mask.masker == "alpha" and reference.alpha is not None and not mask.corrected:
        return _assemble(reference.pixels, np.round(reference.alpha * 255).astype(np.uint8), None)
    surroundings = 4 * WIDER * band_width(mask.pixels) + 16  # that the matte needs
    area = Box.of(mask.pixels).grown(surroundings, mask.pixels.shape)
    alpha, colours = (np.zeros_like(reference.pixels[..., 0]), np.zeros_like(reference.pixels))
    here = area.slices
    soft = _softened(reference, mask, area, edge or Edge(), report)
    report(Progress(step="matte", done=1, total=1, message=Message("The product is cut out")))
    alpha[here], colours[here] = soft.alpha, soft.colours
    if reference.alpha is not None:
        alpha = np.minimum(alpha, np.round(reference.alpha * 255).astype(np.uint8))
    return replace(_assemble(colours, alpha, soft.report), models=soft.models)


def _softened(reference: ReferenceImage, mask: Mask, area: Box, edge: Edge, report: Report) -> Soft:
    """The soft edge of a photo's mask within an area, worked out once."""
    photo, here, drawn = reference.pixels[area.slices], mask.pixels[area.slices], mask.masker == "file"
    network = vitmatte.chosen(edge.matting)
    key = key_of(
        "soft-edge", source(), content_of(reference), area, here, edge, drawn, network and models.used(network)
    )
    return unpacked(on_disk(key, lambda: packed(soften(photo, here, edge, report, drawn=drawn))), photo)


def soften(photo: Pixels, mask: BoolMask, edge: Edge, report: Report = silent, *, drawn: bool = False) -> Soft:
    """The soft edge of a mask and the product's own colours in it.

    Args:
        photo: uint8 HxWx3, sRGB.
        mask: bool HxW, not empty.
        edge: how hard the edge is to be, and where.
        report: receives progress by tiles.
        drawn: the mask's contour is meant, and is not smoothed.

    Raises:
        WeightsMissing, WeightsCorrupt: ViTMatte was asked for and is not usable.
    """
    network = vitmatte.chosen(edge.matting)
    doubt = unclear(photo, mask)
    foot = foot_of(photo, mask)
    mask = mask if drawn else without_gleams(photo, mask, foot)
    settled = mask if drawn else smoothed(calmed(mask, foot), doubt)
    settled = settled if settled.any() else mask
    doubt = np.maximum(doubt, foot.shaded)
    band = band_width(mask)
    solved = _solved_alpha(photo, settled, doubt, band, report)
    firm, found = firmness(solved, settled, doubt), width_of(solved, settled, doubt, band)
    used: tuple[ModelUsed, ...] = ()
    if firm < FUZZY_BELOW or found > FILLED * 2 * band:
        band *= WIDER
        if network:
            solved, used = _seen_alpha(network, photo, settled, band, report)
        else:
            solved = _solved_alpha(photo, settled, doubt, band, report, found)
        found = width_of(solved, settled, doubt, band)
    hardness = (0.0 if drawn else firm) if edge.hardness is None else edge.hardness
    straps = edge.hardness is None
    line = firmed(solved, doubt, size_of(settled), ramp_of(found, firm), hardness, keep_straps=straps)
    alpha = moved(line if drawn else standing(line, foot, found), edge.shift)
    ground = (foot.shaded > 0) & ~mask
    alpha = np.where(ground, np.minimum(alpha, np.uint8(254)), alpha)
    colours = _clean_colours(photo, alpha, ground)
    told = EdgeReport(
        band=2 * band,
        width=round(found, 2),
        hardness=round(hardness, 3),
        matting="vitmatte" if used else "colours",
    )
    return Soft(alpha=alpha, colours=colours, report=told, models=used)


def _solved_alpha(
    photo: Pixels, mask: BoolMask, doubt: Pixels, width: int, report: Report, soft: float | None = None
) -> Pixels:
    """Alpha from colours in a band of `width` pixels to each side of the contour.

    `soft`: over how many pixels the edge is known to fade; None where it is not, and then the band is narrower wherever
    the contour lies right.
    """
    fitted = soft is None
    if width > WIDEST:
        inside, unknown = _narrowed(photo, mask, doubt, width, soft)
    else:
        inside, unknown = _band(mask, widths(photo, mask, width) if fitted else width)
    expected = _Expected(
        alpha=likely_alpha(mask, 1.0 if soft is None else max(1.0, soft / 2)),
        doubt=doubt,
        least=FIRM_HOLD if fitted else LOOSE,
    )
    alpha = np.where(inside, np.uint8(255), np.uint8(0))
    tiles = _tiles_of(unknown)
    settled = in_pairs(lambda core: _settle_alpha(photo, inside, unknown, core, expected, alpha), tiles)
    for number, _ in enumerate(settled, 1):
        report(Progress(step="matte", done=number, total=len(tiles), message=Message("Softening the edge")))
    _drop_islands(alpha, inside)
    return alpha


def _seen_alpha(
    name: str, photo: Pixels, mask: BoolMask, width: int, report: Report
) -> tuple[Pixels, tuple[ModelUsed, ...]]:
    """Alpha as ViTMatte sees it in the same band, and the model that it is."""
    network = vitmatte.opened(name)
    inside, unknown = _band(mask, width)
    trimap = vitmatte.trimap_of(inside, unknown)
    alpha = np.where(inside, np.uint8(255), np.uint8(0))
    tiles = _tiles_of(unknown, vitmatte.TILE)
    for number, core in enumerate(tiles):
        report(Progress(step="matte", done=number, total=len(tiles), message=Message("Softening the edge")))
        around, within = _with_margin(core, unknown.shape, vitmatte.MARGIN)
        seen = _snapped(network.alpha(photo[around], trimap[around]))[within]
        here = unknown[core.slices]
        alpha[core.slices][here] = np.round(seen * 255).astype(np.uint8)[here]
    _drop_islands(alpha, inside)
    return alpha, (network.used,)


def _clean_colours(photo: Pixels, alpha: Pixels, ground: BoolMask) -> Pixels:
    """The photo's own where alpha is 255, estimated where it is less, tile by tile; black far outside.

    `ground` is what alpha takes in and yet shows nothing of the product.
    """
    from ecomgen.masking.matting.kernels import estimate_foreground_ml

    shown = np.where(ground, np.uint8(0), alpha)
    soft = (alpha > 0) & (alpha < 255)
    colours = photo * (alpha > 0)[..., None]

    def clean(core: Box) -> None:
        around, within = _with_margin(core, alpha.shape)
        own = estimate_foreground_ml(to_linear(photo[around]).astype(np.float64), shown[around] / 255.0)
        here = soft[core.slices]
        calm = _without_overshoot(to_bytes(to_srgb(own)), photo[around], alpha[around])
        colours[core.slices][here] = calm[within][here]

    for _ in in_pairs(clean, _tiles_of(soft)):
        pass
    return colours


def _without_overshoot(colours: Pixels, photo: Pixels, alpha: Pixels) -> Pixels:
    """Colours hardly brighter and hardly darker than the product is beside them.

    A camera's sharpening draws a pale line along an edge against something dark, and a dark one against something pale.
    """
    deep = shrink(alpha == 255, OVERSHOOT)[..., None]
    reach = np.ones((2 * BESIDE + 1,) * 2, np.uint8)
    lightest, darkest = cv2.dilate(photo * deep, reach), cv2.erode(np.where(deep, photo, np.uint8(255)), reach)
    nothing = lightest < darkest
    some = np.full_like(colours, LEEWAY)
    return np.where(nothing, colours, np.clip(colours, cv2.subtract(darkest, some), cv2.add(lightest, some)))


def band_width(mask: BoolMask) -> int:
    """How far from the mask's edge, in pixels, the truth may lie: 1 % of the product's size, at least 3."""
    return max(3, round(0.010 * size_of(mask)))


def _band(mask: BoolMask, width: float | Matte) -> tuple[BoolMask, BoolMask]:
    """The certain inside, and the band in which alpha is unknown. The photo's frame is no edge of the product."""
    inside, within = shrink(mask, width), grow(mask, width)
    if not inside.any():
        inside = mask
    return inside, within & ~inside


def _narrowed(
    photo: Pixels, mask: BoolMask, doubt: Pixels, width: int, soft: float | None
) -> tuple[BoolMask, BoolMask]:
    """The same for a large photo: a copy is solved first, and only what is soft there is unknown here."""
    scale = WIDEST / width
    height, across = mask.shape
    size = max(1, round(across * scale)), max(1, round(height * scale))
    small = np.asarray(cv2.resize(photo, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    coarse = cv2.resize(mask.astype(np.uint8) * 255, size, interpolation=cv2.INTER_AREA) > 127
    if not coarse.any():
        return _band(mask, width)
    unsure = np.asarray(cv2.resize(doubt, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    solved = _solved_alpha(small, coarse, unsure, min(width, WIDEST), silent, soft and soft * scale)
    alpha = cv2.resize(solved, (across, height), interpolation=cv2.INTER_LINEAR)
    reach = 1 + 1 / scale
    inside = shrink(alpha > 250, reach)
    return (inside, grow(alpha > 5, reach) & ~inside) if inside.any() else _band(mask, width)


def _settle_alpha(
    photo: Pixels, inside: BoolMask, unknown: BoolMask, core: Box, expected: _Expected, alpha: Pixels
) -> None:
    """Write alpha of the unknown pixels of one tile; its margin lets it see known pixels around."""
    around, within = _with_margin(core, unknown.shape)
    image = to_linear(photo[around]).astype(np.float64)
    trimap = np.where(unknown[around], 0.5, inside[around].astype(np.float64))
    estimate = _closed_form(image, trimap, expected.within(around))
    here = unknown[core.slices]
    alpha[core.slices][here] = np.round(estimate[within] * 255).astype(np.uint8)[here]


def _with_margin(
    core: Box, shape: tuple[int, ...], margin: int = MARGIN
) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """A tile with what must be seen around it, and where the tile itself lies in that."""
    wide = core.grown(margin, shape)
    return wide.slices, core.within(wide).slices


def _closed_form(image: np.ndarray, trimap: np.ndarray, expected: _Expected) -> np.ndarray:
    """Alpha, float HxW; near 0 and near 1 snapped, so that the inside is opaque and the outside clean.

    The matting Laplacian is pymatting's; its system is solved directly, which is exact and cannot fail to converge.
    Where colours do not tell, alpha is held to what is expected of it.
    """
    from scipy.sparse import diags

    from ecomgen.masking.matting.kernels import cf_laplacian

    known = trimap.ravel() != 0.5
    if known.all() or trimap.max() < 1 or trimap.min() > 0:
        return cv2.GaussianBlur(trimap, (0, 0), 2)
    unknown, rest = np.flatnonzero(~known), np.flatnonzero(known)
    rows = cf_laplacian(image, epsilon=1e-6, is_known=known.reshape(trimap.shape)).tocsr()[unknown]
    alpha = trimap.ravel().copy()
    hold = (expected.least + MOST_HOLD * expected.doubt.ravel()[unknown].astype(np.float64) / 255) ** 2
    likely = expected.alpha.ravel()[unknown]
    system = rows[:, unknown] + diags(hold)
    alpha[unknown] = _solved(system, hold * likely - rows[:, rest] @ alpha[rest])
    return _snapped(alpha.reshape(trimap.shape))


def _snapped(alpha: np.ndarray) -> np.ndarray:
    return np.clip((alpha - CERTAIN) / (1 - 2 * CERTAIN), 0, 1)


def _solved(matrix: csr_matrix, right: np.ndarray) -> np.ndarray:
    """The solution of a sparse, symmetric, positive definite system."""
    from scipy.sparse import identity
    from scipy.sparse.linalg import splu

    system = (matrix + 1e-9 * identity(len(right))).tocsc()
    factors = splu(system, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})
    return factors.solve(right)


def _drop_islands(alpha: Pixels, inside: BoolMask) -> None:
    """Clear what is soft but hangs on nothing: remains of the old background."""
    seen = alpha > 8
    alpha[seen & ~touching(seen, inside)] = 0


def _assemble(colours: Pixels, alpha: Pixels, report: EdgeReport | None) -> Cutout:
    if not alpha.any():
        raise NoProduct("Nothing is left of the product after cutting it out: draw a box around it with {--box}.")
    return Cutout(rgba=np.dstack([colours, alpha]), box=Box.of(alpha > 0), edge=report)


def _tiles_of(wanted: BoolMask, side: int = TILE) -> list[Box]:
    """The tiles in which there is something to do."""
    if not wanted.any():
        return []
    return [core for core in Box.of(wanted).tiles(side) if wanted[core.slices].any()]

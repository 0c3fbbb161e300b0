"""Soft edges against exact mattes, and openings that must stay open. See masks.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import mask_drawn
import numpy as np
from mask_drawn import Drawn
from numpy.typing import NDArray
from PIL import Image
from skimage.color import deltaE_ciede2000, rgb2lab

from ecomgen import samples
from ecomgen.color import to_linear, to_srgb
from ecomgen.masking import cut_out, find_mask
from ecomgen.masking.cleanup import clean
from ecomgen.types import BoolMask, Box, Mask, MaskRequest, Matte, Pixels, ReferenceImage

blurs = (3, 5, 7)  # pixels across
grounds = {"white": (255, 255, 255), "black": (0, 0, 0), "magenta": (255, 0, 255), "green": (60, 160, 80)}
smoothing = 1.4  # pixels, of the gradient (Rhemann et al., 2009)
pinhole = 0.001  # of the product's area
measures = ("SAD", "MSE", "gradient")


def mattes(sheets: Path | None) -> dict[str, Any]:
    """SAD (thousands of pixels), MSE (thousandths, in the band) and gradient error; ΔE2000 in the band."""
    ways = ("matte", "binary", *(f"blur {size}" for size in blurs))
    print(f"{'':24}" + "".join(f"{way:>27}" for way in ways) + f"{'ΔE matte':>10}{'binary':>8}{'ratio':>7}")
    found: dict[str, Any] = {}
    for drawn in [*mask_drawn.edges(), *_samples()]:
        found[drawn.name] = _compared(drawn, sheets)
        print(_line(drawn.name, found[drawn.name], ways), flush=True)
    found["mean"] = _mean(list(found.values()), ways)
    print(_line("mean", found["mean"], ways))
    return found


def openings(masker: str) -> dict[str, Any]:
    """Openings of drawn and rendered products that were filled, and pinholes that were left."""
    found = {}
    for name, (drawn, holes) in mask_drawn.opened().items():
        solid = drawn.alpha > 0.5
        pricked, pins = _pricked(solid)
        cleaned = clean(pricked, drawn.photo).pixels
        masked = find_mask(_reference(drawn.photo), MaskRequest(masker=masker, box=_box(solid))).pixels
        found[name] = {
            "openings": len(holes),
            "filled by cleaning": _covered(cleaned, holes),
            f"filled by {masker}": _covered(masked, holes),
            "pinholes": len(pins),
            "pinholes left": len(pins) - _covered(cleaned, pins),
        }
        print(f"{name:10}" + "".join(f"  {key} {value}" for key, value in found[name].items()), flush=True)
    return found


def _compared(drawn: Drawn, sheets: Path | None) -> dict[str, Any]:
    mask = drawn.alpha > 0.5
    cutout = cut_out(_reference(drawn.photo), Mask(pixels=mask, masker="grabcut", candidates=()))
    ours = cutout.rgba[..., 3].astype(np.float32) / 255
    hard = mask.astype(np.float32)
    alphas = {"matte": ours, "binary": hard, **{f"blur {size}": cv2.blur(hard, (size, size)) for size in blurs}}
    band = _band(drawn.alpha)
    errors: dict[str, Any] = {way: _errors(alpha, drawn.alpha, band) for way, alpha in alphas.items()}
    errors["ΔE"] = {
        "matte": _difference(drawn, cutout.rgba[..., :3], ours, band),
        "binary": _difference(drawn, drawn.photo, hard, band),
    }
    if sheets:
        _draw(drawn, cutout.rgba, sheets)
    return errors


def _band(alpha: Matte) -> BoolMask:
    """Where anything is mixed, and the pixels beside it."""
    return cv2.dilate(((alpha > 0.02) & (alpha < 0.98)).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0


def _errors(alpha: Matte, truth: Matte, band: BoolMask) -> dict[str, float]:
    steep = [_gradient(each) for each in (alpha, truth)]
    return {
        "SAD": float(np.abs(alpha - truth).sum() / 1000),
        "MSE": float(1000 * ((alpha - truth)[band] ** 2).mean()),
        "gradient": float(((steep[0] - steep[1]) ** 2).sum() / 1000),
    }


def _gradient(alpha: Matte) -> Matte:
    soft = cv2.GaussianBlur(alpha, (0, 0), smoothing)
    return np.hypot(cv2.Sobel(soft, cv2.CV_32F, 1, 0) / 8, cv2.Sobel(soft, cv2.CV_32F, 0, 1) / 8)


def _difference(drawn: Drawn, colours: Pixels, alpha: Matte, band: BoolMask) -> float:
    """Mean ΔE2000 in the band over the four grounds."""
    found = []
    for ground in grounds.values():
        ours, truth = _over(colours, alpha, ground)[band], _over(drawn.colours, drawn.alpha, ground)[band]
        found.append(float(deltaE_ciede2000(rgb2lab(ours), rgb2lab(truth)).mean()))
    return float(np.mean(found))


def _over(colours: Pixels, alpha: Matte, ground: tuple[int, int, int]) -> NDArray[np.float32]:
    behind = to_linear(np.array(ground, np.uint8))
    return to_srgb(alpha[..., None] * to_linear(colours) + (1 - alpha[..., None]) * behind)


def _samples() -> list[Drawn]:
    """The first photo of each rendered sample; its product's colours are estimated from its exact matte."""
    from pymatting import estimate_foreground_ml

    found = []
    for one in samples.every():
        photo = np.asarray(Image.open(one.photos[0]).convert("RGB"))
        alpha = np.asarray(Image.open(one.mattes[0])).astype(np.float32) / 255
        light = np.asarray(estimate_foreground_ml(to_linear(photo).astype(np.float64), alpha.astype(np.float64)))
        colours = np.round(255 * to_srgb(np.clip(light, 0, 1))).astype(np.uint8)
        found.append(Drawn(name=f"{one.name}, rendered", photo=photo, colours=colours, alpha=alpha))
    return found


def _mean(rows: list[dict[str, Any]], ways: tuple[str, ...]) -> dict[str, Any]:
    means: dict[str, Any] = {
        way: {name: float(np.mean([row[way][name] for row in rows])) for name in measures} for way in ways
    }
    means["ΔE"] = {way: float(np.mean([row["ΔE"][way] for row in rows])) for way in ("matte", "binary")}
    return means


def _line(name: str, row: dict[str, Any], ways: tuple[str, ...]) -> str:
    figures = "".join("".join(f"{row[way][each]:9.2f}" for each in measures) for way in ways)
    ours, hard = row["ΔE"]["matte"], row["ΔE"]["binary"]
    return f"{name:24}{figures}{ours:10.2f}{hard:8.2f}{ours / hard:7.2f}"


def _pricked(solid: BoolMask) -> tuple[BoolMask, list[BoolMask]]:
    """The mask with up to six square pinholes, deep inside it."""
    width = max(1, int((pinhole * np.count_nonzero(solid)) ** 0.5))
    depth = cv2.distanceTransform(solid.astype(np.uint8), cv2.DIST_L2, 5)
    pricked, pins = solid.copy(), []
    for _ in range(6):
        y, x = np.unravel_index(int(depth.argmax()), depth.shape)
        if depth[y, x] < width:
            break
        pin = np.zeros_like(solid)
        pin[y - width // 2 : y - width // 2 + width, x - width // 2 : x - width // 2 + width] = True
        pricked &= ~pin
        pins.append(pin)
        depth[max(0, y - 4 * width) : y + 4 * width, max(0, x - 4 * width) : x + 4 * width] = 0
    return pricked, pins


def _covered(mask: BoolMask, places: list[BoolMask]) -> int:
    """Of how many places most is in the mask."""
    return sum(bool(mask[place].mean() > 0.5) for place in places)


def _box(mask: BoolMask) -> Box:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def _reference(photo: Pixels) -> ReferenceImage:
    return ReferenceImage(path=Path("drawn.png").absolute(), sha256="", pixels=photo)


def _draw(drawn: Drawn, rgba: Pixels, sheets: Path) -> None:
    """The photo, the true matte, ours, and the cut-out over magenta."""
    sheets.mkdir(parents=True, exist_ok=True)
    greys = [np.dstack([np.round(255 * each).astype(np.uint8)] * 3) for each in (drawn.alpha, rgba[..., 3] / 255)]
    over = 255 * _over(rgba[..., :3], rgba[..., 3].astype(np.float32) / 255, grounds["magenta"])
    Image.fromarray(np.hstack([drawn.photo, *greys, over.astype(np.uint8)])).save(sheets / f"{drawn.name}.png")

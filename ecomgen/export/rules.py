"""Does a picture meet a channel's rules? Each rule with its figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image

from ecomgen import picture_file
from ecomgen.channels import Channel
from ecomgen.errors import BadPhoto
from ecomgen.export.measured_placement import Standing, border, by_mask, on_plain, plain_background
from ecomgen.export.text_overlay import find_lettering
from ecomgen.messages import Message
from ecomgen.types import BoolMask, Box, Pixels

Finder = Callable[["Pixels"], "BoolMask | None"]
RATIO_SLACK = 0.01  # of the ratio: a pixel more or less is no other shape
PURE = 0.9995  # of the surroundings: a few pixels that JPEG has touched are no other background
LOSSY = ("jpeg", "webp", "avif")
STORED = 3  # levels, by which these hold even a flat colour that is not white
HALO = 0.012  # of the shorter side: JPEG and soft edges tint this much round the product
ROUNDING = 0.002  # of the side: a pixel or two are no intrusion
BY_MASK = Message("by its mask")
SURE = 0.55  # of lettering, from which on a picture fails


@dataclass(frozen=True, kw_only=True)
class RuleResult:
    """One rule: what was found, what is wanted, as messages. `value` is the figure, `required` false where it is only
    advice.

    `confidence` in [0, 1] is less than 1 where the finding rests on an estimate.
    """

    rule: str
    passed: bool
    found: str
    wanted: str
    value: float | None = None
    required: bool = True
    confidence: float = 1.0


@dataclass(frozen=True, kw_only=True, eq=False)
class _Picture:
    """A picture file, opened: its facts, its pixels over white or the channel's background, its product."""

    path: Path
    kind: str
    mode: str
    profile: str
    dpi: float | None
    pixels: Pixels
    standing: Standing

    @property
    def size(self) -> tuple[int, int]:
        return self.pixels.shape[1], self.pixels.shape[0]


def check_picture(
    path: Path, channel: Channel, *, mask: BoolMask | None = None, finder: Finder | None = None
) -> tuple[RuleResult, ...]:
    """Hold one picture file against a channel's rules.

    Args:
        mask: where the product is (bool HxW, the picture's size), if it is known.
        finder: finds the product in HxWx3 pixels where neither a mask nor an alpha channel nor a plain background shows
            it; None where it cannot.

    Raises:
        BadPhoto: the file cannot be read.
    """
    picture = _open(path, channel, mask, finder)
    rules: list[RuleResult] = [
        _size(picture, channel),
        _ratio(picture, channel),
        _format(picture, channel),
        _bytes(picture, channel),
        _colours(picture),
        *_resolution(picture, channel),
        *_background(picture, channel),
        *_product(picture, channel),
        *_text(picture, channel),
    ]
    return tuple(_advised(rule, channel) for rule in rules)


def _open(path: Path, channel: Channel, mask: BoolMask | None, finder: Finder | None) -> _Picture:
    picture = picture_file.load(path)
    with picture_file.decoding(path):
        kind, mode, profile = (picture.format or "?").lower(), picture.mode, picture_file.profile_of(picture)
        dpi = picture.info.get("dpi")
        resolution = float(dpi[0]) if dpi else None
        if mask is None and "A" in picture.getbands():
            mask = _solid(picture)
        pixels = _flat(picture, channel)
    if mask is not None and mask.shape != pixels.shape[:2]:
        raise BadPhoto(
            "The mask is {mask_width}×{mask_height} and {file} {width}×{height}: give one of the picture's size.",
            mask_width=mask.shape[1],
            mask_height=mask.shape[0],
            file=path.name,
            width=pixels.shape[1],
            height=pixels.shape[0],
        )
    return _Picture(
        path=path,
        kind={"mpo": "jpeg"}.get(kind, kind),
        mode=mode,
        profile=profile,
        dpi=resolution,
        pixels=pixels,
        standing=_standing(pixels, mask, finder),
    )


def _solid(picture: Image.Image) -> BoolMask | None:
    """Where a picture's own transparency shows the product; None where it is opaque all over."""
    alpha = np.asarray(picture.getchannel("A"))
    return alpha >= 128 if alpha.min() < 128 else None


def _flat(picture: Image.Image, channel: Channel) -> Pixels:
    """RGB as a shop shows it: transparency over the channel's background, or over white."""
    if picture.mode not in ("RGBA", "LA", "PA") and "transparency" not in picture.info:
        return np.asarray(picture.convert("RGB"))
    ground = Image.new("RGBA", picture.size, (*(channel.background or (255, 255, 255)), 255))
    return np.asarray(Image.alpha_composite(ground, picture.convert("RGBA")).convert("RGB"))


def _standing(pixels: Pixels, mask: BoolMask | None, finder: Finder | None) -> Standing:
    if mask is not None:
        return by_mask(pixels, mask, BY_MASK)
    background = plain_background(pixels)
    if background is not None:
        return on_plain(pixels, background)
    found = finder(pixels) if finder else None
    if found is None:
        return Standing(product=np.zeros(pixels.shape[:2], bool), shadow=np.zeros(pixels.shape[:2], bool), how="")
    return Standing(product=found, shadow=np.zeros_like(found), how=Message("by a masker's estimate"))


def _size(picture: _Picture, channel: Channel) -> RuleResult:
    width, height = picture.size
    low, high = (channel.min_width, channel.min_height), (channel.max_width, channel.max_height)
    least, most = (f"{side[0]}×{side[1]}" for side in (low, high))
    wanted = least if low == high else Message("{least} to {most}", least=least, most=most)
    if channel.ratio[0] == channel.ratio[1]:
        fits = low[0] <= width <= high[0] and low[1] <= height <= high[1]
    else:
        fits = max(low) <= max(width, height) <= max(high) and min(width, height) <= min(high)
        wanted = Message("{least} to {most} on the longer side", least=str(max(low)), most=str(max(high)))
    return RuleResult(rule="size", passed=fits, found=f"{width}×{height}", wanted=wanted, value=max(width, height))


def _ratio(picture: _Picture, channel: Channel) -> RuleResult:
    ratio = picture.size[0] / picture.size[1]
    low, high = channel.ratio
    return RuleResult(
        rule="ratio",
        passed=low * (1 - RATIO_SLACK) <= ratio <= high * (1 + RATIO_SLACK),
        found=Message("{ratio:.3f}", ratio=ratio),
        wanted=Message("{low:g}", low=low) if low == high else Message("{low:g} to {high:g}", low=low, high=high),
        value=round(ratio, 4),
    )


def _format(picture: _Picture, channel: Channel) -> RuleResult:
    wanted = " or ".join(channel.accepts)
    return RuleResult(rule="format", passed=picture.kind in channel.accepts, found=picture.kind, wanted=wanted)


def _bytes(picture: _Picture, channel: Channel) -> RuleResult:
    size = picture.path.stat().st_size
    return RuleResult(
        rule="file size",
        passed=size <= channel.max_bytes,
        found=Message("{size:.2f} MB", size=size / 1e6),
        wanted=Message("at most {size:g} MB", size=channel.max_bytes / 1e6),
        value=size,
    )


def _colours(picture: _Picture) -> RuleResult:
    """RGB in sRGB; a file that names no profile is read as sRGB everywhere."""
    rgb = picture.mode in ("RGB", "RGBA", "P", "L", "LA")
    named = picture.profile or "no profile, read as sRGB"
    return RuleResult(
        rule="colour profile",
        passed=rgb and (not picture.profile or "srgb" in picture.profile.lower()),
        found=f"{picture.mode}, {named}",
        wanted="RGB, sRGB",
    )


def _resolution(picture: _Picture, channel: Channel) -> Iterator[RuleResult]:
    if channel.dpi is not None:
        found = picture.dpi
        yield RuleResult(
            rule="resolution",
            passed=found is not None and abs(found - channel.dpi) < 1,
            found="not stated" if found is None else f"{found:.0f} dpi",
            wanted=f"{channel.dpi} dpi",
            value=found,
        )


def _background(picture: _Picture, channel: Channel) -> Iterator[RuleResult]:
    """The demanded colour, on every pixel of the border, and everywhere outside the product and its shadow."""
    if channel.background is None:
        return
    exact = picture.kind not in LOSSY or min(channel.background) == 255
    off = np.abs(picture.pixels.astype(np.int16) - channel.background).max(2)
    right = off <= (0 if exact else STORED)
    share = float(right[border(*right.shape)].mean())
    colour = f"({', '.join(str(value) for value in channel.background)})"
    kind = picture.kind
    held = Message("exactly {colour}", colour=colour)
    held = held if exact else Message("{colour}, as {kind} holds it", colour=colour, kind=kind)
    yield RuleResult(
        rule="background",
        passed=share == 1.0,
        found=Message("{share:.2f} % of the border is {colour}", share=_percent(share), colour=held),
        wanted=Message("all of it"),
        value=round(share, 6),
    )
    free = ~_grown(picture.standing.product | picture.standing.shadow)
    share = float(right[free].mean()) if free.any() else 0.0
    yield RuleResult(
        rule="surroundings",
        passed=share >= PURE,
        found=Message(
            "{share:.2f} % outside the product and its shadow is {colour}", share=_percent(share), colour=held
        ),
        wanted=Message("at least {share:.2%}", share=PURE),
        value=round(share, 6),
    )


def _product(picture: _Picture, channel: Channel) -> Iterator[RuleResult]:
    """How large the product is and how far from the edges; only what the channel asks for."""
    standing = picture.standing
    box = standing.box
    if channel.min_fill > 0 or channel.max_fill < 1:
        yield _measured(_fill(box, picture.size, channel), standing)
    if channel.margin > 0:
        yield _measured(_margin(box, picture.size, channel), standing)
    if any(channel.safe_area):
        yield _measured(_safe_area(box, picture.size, channel), standing)


def _measured(rule: RuleResult, standing: Standing) -> RuleResult:
    """The rule with how the product was found; a product that was not found meets no rule."""
    if standing.box is None:
        found = Message('no product was found: give its mask with "--mask"')
        return replace(rule, passed=False, found=found, confidence=0.0)
    sure = 1.0 if standing.how == BY_MASK else 0.8
    found = Message("{found} ({how})", found=rule.found, how=Message(standing.how))
    return replace(rule, found=found, confidence=sure)


def _fill(box: Box | None, size: tuple[int, int], channel: Channel) -> RuleResult:
    """The product's longer side, shadow left out, as a share of the canvas's side."""
    fill = max(box.width / size[0], box.height / size[1]) if box else 0.0
    return RuleResult(
        rule="fill",
        passed=channel.min_fill <= fill <= channel.max_fill,
        found=Message("{fill:.1%}", fill=fill),
        wanted=Message("{low:.0%} to {high:.0%}", low=channel.min_fill, high=channel.max_fill),
        value=round(fill, 4),
    )


def _margin(box: Box | None, size: tuple[int, int], channel: Channel) -> RuleResult:
    gap = min(_gaps(box, size))
    return RuleResult(
        rule="margin",
        passed=gap >= channel.margin,
        found=Message("{gap:.1%}", gap=gap),
        wanted=Message("at least {gap:.1%} on each side", gap=channel.margin),
        value=round(gap, 4),
    )


def _safe_area(box: Box | None, size: tuple[int, int], channel: Channel) -> RuleResult:
    """How far the product reaches under the network's own buttons."""
    over = max(0.0, *(wanted - gap for wanted, gap in zip(channel.safe_area, _gaps(box, size), strict=True)))
    left, top, right, bottom = channel.safe_area
    return RuleResult(
        rule="safe area",
        passed=over <= ROUNDING,
        found=Message("the product reaches {over:.1%} into it", over=over),
        wanted=Message(
            "free: {left:.0%} left, {top:.0%} top, {right:.0%} right, {bottom:.0%} bottom",
            left=left,
            top=top,
            right=right,
            bottom=bottom,
        ),
        value=round(over, 4),
    )


def _gaps(box: Box | None, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """From the product to each edge, as shares: left, top, right, bottom."""
    if box is None:
        return 0.0, 0.0, 0.0, 0.0
    return box.x0 / size[0], box.y0 / size[1], 1 - box.x1 / size[0], 1 - box.y1 / size[1]


def _text(picture: _Picture, channel: Channel) -> Iterator[RuleResult]:
    """Lettering beside the product; what is printed on the product is the product's own."""
    if channel.text:
        return
    rows = find_lettering(picture.pixels, _grown(picture.standing.hull))
    surest = rows[0].confidence if rows else 0.0
    found = Message("no lettering")
    if rows:
        found = Message(
            "{count} rows beside the product, the surest with confidence {surest:.2f}", count=len(rows), surest=surest
        )
    yield RuleResult(
        rule="text",
        passed=surest < SURE,
        found=found,
        wanted=Message("no lettering of confidence {sure:g} or more", sure=SURE),
        value=surest,
        confidence=max(surest, 1 - surest),
    )


def _advised(rule: RuleResult, channel: Channel) -> RuleResult:
    name = "background" if rule.rule == "surroundings" else rule.rule
    if name not in channel.recommended:
        return rule
    return replace(rule, required=False)


def _grown(mask: BoolMask) -> BoolMask:
    from ecomgen.morphology import dilated

    return dilated(mask, max(8, round(HALO * min(mask.shape))))


def _percent(share: float) -> float:
    """Never 100 for less than all."""
    return float(np.floor(share * 1e4) / 100)

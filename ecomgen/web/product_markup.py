"""Step 1 as HTML: the photos with their checks, the cut-out, and the other ways to cut it out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ecomgen.web import words
from ecomgen.web.markup import badge, esc, message
from ecomgen.web.pictures import cutout_uri, data_uri, suggestion_uri

if TYPE_CHECKING:
    from ecomgen.preparing import Prepared
    from ecomgen.types import Check, Progress, ReferenceImage

THUMB, STAGE, SUGGESTED = 200, 720, 144

CHECK_NAMES = {
    "dark": "Dark",
    "overexposed": "Too bright",
    "blurred": "Blurred",
    "too_small": "Small",
    "cropped": "Cut off",
    "occluded": "Hidden",
    "busy_background": "Busy background",
}


def sample_chips(names: Sequence[tuple[str, str]], current: str = "") -> str:
    """One button per sample product; `names` holds (name, what it is)."""
    chips = "".join(
        f'<button type="button" class="chip{" on" if name == current else ""}" data-trigger="sampled"'
        f' data-value="{esc(name)}">{esc(product[:1].upper() + product[1:])}</button>'
        for name, product in names
    )
    return f'<div class="chips"><span class="hint">{esc(words.SAMPLES)}</span>{chips}</div>'


def photo_strip(photos: Sequence[ReferenceImage], hero: int | None = None) -> str:
    """A card per photo; its badges appear once it has been checked."""
    if not photos:
        return message(words.NO_PHOTO, "plain")
    cards = "".join(_photo(number, photo, number == hero) for number, photo in enumerate(photos))
    return f'<ul class="photos">{cards}</ul>{_advice(photos)}'


def stage_waiting(photo: ReferenceImage, now: Progress | None = None) -> str:
    """The photo while its cut-out is being made."""
    empty = f'<div class="tile checker busy"><span class="hint">{esc(_doing(now))}</span></div>'
    return _stage(_tile(words.PHOTO_SIDE, _img(photo, "")), _tile(words.CUTOUT_SIDE, empty))


def _doing(now: Progress | None) -> str:
    if now is None:
        return words.LOOKING
    return words.CUTTING if now.step == "matte" else f"{now.message}…"


def stage(prepared: Prepared, boxed: bool) -> str:
    """The hero photo, on which a box can be drawn, beside the cut-out over a checkerboard."""
    alone = f'<img src="{cutout_uri(prepared.cutout, STAGE)}" alt="{esc(words.CUTOUT_SIDE)}">'
    cutout = f'<div class="tile checker">{alone}</div>'
    clear = (
        f'<button type="button" class="chip" data-trigger="cleared">{esc(words.CLEAR_BOX)}</button>' if boxed else ""
    )
    drawn = _tile(words.PHOTO_SIDE, _canvas(prepared.hero))
    return _stage(drawn, _tile(words.CUTOUT_SIDE, cutout)) + f'<p class="hint">{esc(words.DRAW_HINT)}{clear}</p>'


def stage_failed(photo: ReferenceImage, reason: str) -> str:
    """The photo, with a box to draw, and why nothing could be cut out."""
    nothing = f'<div class="tile checker"><span class="hint">{esc("–")}</span></div>'
    return message(reason, "fail") + _stage(_tile(words.PHOTO_SIDE, _canvas(photo)), _tile(words.CUTOUT_SIDE, nothing))


def suggestions(prepared: Prepared) -> str:
    """The mask candidates as thumbnails to pick from; nothing where there is only one."""
    mask = prepared.mask
    if len(mask.candidates) < 2:
        return ""
    buttons = "".join(
        f'<button type="button" class="suggestion" data-trigger="picked" data-value="{rank}"'
        f' aria-pressed="{"true" if rank == mask.chosen else "false"}"'
        f' aria-label="{esc(words.SUGGESTION.format(number=rank + 1))}">'
        f'<img src="{suggestion_uri(prepared.hero.pixels, candidate.pixels, SUGGESTED)}" alt=""></button>'
        for rank, candidate in enumerate(mask.candidates)
    )
    return f'<p class="label">{esc(words.SUGGESTIONS)}</p><div class="suggestions">{buttons}</div>'


def _photo(number: int, photo: ReferenceImage, is_hero: bool) -> str:
    name = Path(photo.path).name
    badges = "".join(badge(CHECK_NAMES.get(c.name, c.name), c.verdict, c.advice) for c in _concerns(photo.checks))
    if photo.checks and not badges:
        badges = badge(words.GOOD_PHOTO, "ok")
    hero = " hero" if is_hero else ""
    hover = f"{name}, {photo.width} × {photo.height}" + (f". {words.HERO}." if is_hero else "")
    return (
        f'<li class="photo{hero}" title="{esc(hover)}">'
        f'<img src="{data_uri(photo.pixels, THUMB)}" alt="{esc(name)}">'
        f'<button type="button" class="remove" data-trigger="removed" data-value="{number}"'
        f' aria-label="{esc(words.REMOVE_PHOTO.format(name=name))}">×</button>'
        f'<span class="badges">{badges}</span></li>'
    )


def _concerns(checks: Sequence[Check]) -> list[Check]:
    return [check for check in checks if check.verdict != "ok"]


def _advice(photos: Sequence[ReferenceImage]) -> str:
    """Each piece of advice once, the failures first."""
    concerns = [check for photo in photos for check in _concerns(photo.checks)]
    texts = dict.fromkeys(check.advice for check in sorted(concerns, key=lambda check: check.verdict != "fail"))
    return "".join(f'<p class="advice">{esc(text)}</p>' for text in texts)


def _stage(left: str, right: str) -> str:
    return f'<div class="stage">{left}{right}</div>'


def _tile(title: str, content: str) -> str:
    return f'<figure><figcaption class="label">{esc(title)}</figcaption>{content}</figure>'


def _canvas(photo: ReferenceImage) -> str:
    marks = f'data-draw data-width="{photo.width}" data-height="{photo.height}"'
    return _img(photo, f'{marks} class="canvas"', '<span class="drawing" hidden></span>')


def _img(photo: ReferenceImage, attributes: str, extra: str = "") -> str:
    picture = f'<img src="{data_uri(photo.pixels, STAGE)}" alt="{esc(words.PHOTO_SIDE)}" draggable="false">'
    return f'<div class="tile"><span {attributes}>{picture}{extra}</span></div>'

"""Step 1 as HTML: the photos with their checks, the cut-out, and the other ways to cut it out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ecomgen.masking.proposals import UNCERTAIN
from ecomgen.messages import Message
from ecomgen.types import SURE, Check, Doubt, Mask, Progress, ReferenceImage
from ecomgen.web import locale
from ecomgen.web.create.product.editor import opener
from ecomgen.web.create.product.marks import Aid
from ecomgen.web.markup import badge, chip, esc, hint, image, message
from ecomgen.web.pictures import cutout_uri, draft_uri, file_uri, photo_uri, suggestion_uris
from ecomgen.workflows.preparation import Prepared

SAID = ("place", "height", "product", "masker", "box")  # of a further product, in fields of its own
BY_CONTENT = re.compile(r"[0-9a-f]{64}")  # the name of a photo in the log
THUMB, STAGE, SUGGESTED = 200, 720, 144


def sample_chips(names: Sequence[tuple[str, str]], current: str = "", *, can_go_back: bool = False) -> str:
    """One button per sample product; `names` holds (name, what it is). One more brings back what was
    replaced."""
    chips = "".join(
        chip(product[:1].upper() + product[1:], "sampled", name, pressed=name == current) for name, product in names
    )
    back = chip(f"↶ {locale.SAMPLE_UNDO}", "unsampled") if can_go_back else ""  # first, where a phone shows it
    return f'<div class="chips">{back}{_camera()}<span class="hint">{esc(locale.SAMPLES)}</span>{chips}</div>'


def _camera() -> str:
    """A button that takes a photo, where there is a camera; the page's script does the rest."""
    texts = {"take": locale.CAMERA_TAKE, "close": locale.CAMERA_CLOSE, "failed": locale.CAMERA_FAILED}
    return chip(locale.CAMERA_OPEN, camera="", **texts)


def photo_strip(photos: Sequence[ReferenceImage], hero: int | None = None, doubted: int | None = None) -> str:
    """A card per photo; its badges appear once it has been checked. Of several the `hero` is the one that is cut out;
    `doubted` is the one whose cut-out is doubtful."""
    if not photos:
        return message(locale.NO_PHOTO, "plain")
    cards = "".join(_photo(number, photo, hero, is_doubted=number == doubted) for number, photo in enumerate(photos))
    return f'<ul class="photos">{cards}</ul>'


def others(products: Sequence[tuple[Mapping[str, Any], str]]) -> str:
    """Further products of the picture: what the form holds of each, and its cut-out; each can be placed, moved
    forward in their row, and removed."""
    items = "".join(_other(number, *one) for number, one in enumerate(products, 1))
    listed = f'<ul class="others">{items}</ul>' if items else ""
    return hint(locale.OTHERS_HINT) + listed


def _other(number: int, told: Mapping[str, Any], card: str) -> str:
    photos = told["photos"]
    name = name_of(photos, number + 1)
    maskers = {"": locale.OTHER_MASKER, **locale.MASKERS}
    standing = _typed("place", told, f'placeholder="{esc(locale.OTHER_EMPTY)}"', locale.OTHER_PLACE.format(name=name))
    standing += _typed(
        "height", told, f'placeholder="{esc(locale.OPTIONS["height_cm"])}"', locale.OTHER_HEIGHT.format(name=name)
    )
    title = esc(f"{number + 1} · {name}")
    forward = chip("↑", "forwarded", kind="remove", label=locale.OTHER_FORWARD.format(name=name)) if number > 1 else ""
    return (
        f'<li data-product="{number}"><div class="name"><span title="{title}">{title}</span>'
        f'{forward}{_removing(name, "parted")}</div><div class="name">{standing}</div>'
        f"{correcting(told, card, maskers)}</li>"
    )


def correcting(told: Mapping[str, Any], card: str, maskers: Mapping[str, str]) -> str:
    """The cut-out of a product as it was seen last, and what helps to find it, of which the form holds what is told."""
    return f"{card or _unseen(told['photos'])}{_more(told, maskers)}"


def _more(told: Mapping[str, Any], maskers: Mapping[str, str]) -> str:
    """What else helps to cut it out, as of the first product."""
    offered = "".join(
        f'<option value="{esc(name)}"{" selected" if name == (told.get("masker") or "") else ""}>{esc(title)}</option>'
        for name, title in maskers.items()
    )
    called = locale.OPTIONS
    fields = {
        called["product"]: _typed("product", told, f'placeholder="{esc(locale.HINTS["product"])}"'),
        called["masker"]: f'<select data-typed="said" data-value="masker">{offered}</select>',
        called["box"]: _typed("box", told, f'placeholder="120,80,900,1100" title="{esc(locale.HINTS["box"])}"'),
    }
    labels = "".join(f"<label><span>{esc(title)}</span>{field}</label>" for title, field in fields.items())
    labels += chip(locale.MASK_FILE, matte="")
    if mask := told.get("mask"):
        name = Path(mask).name
        labels += f'<p class="name"><span>{esc(name)}</span>{_removing(name, "said", "mask:")}</p>'
    return f'<details><summary>{esc(locale.ABOUT_PRODUCT)}</summary><div class="more">{labels}</div></details>'


def _removing(name: str, event: str, value: object = "") -> str:
    """Takes away what is called so."""
    return chip("×", event, value, kind="remove", label=locale.REMOVE_PHOTO.format(name=name))


def _typed(name: str, told: Mapping[str, Any], more: str, label: str = "") -> str:
    """A field of one line for what the form holds under `name`."""
    called = f' aria-label="{esc(label)}"' if label else ""
    value = esc(told.get(name) or "")
    return f'<input type="text" value="{value}" data-typed="said" data-value="{name}" {more}{called}>'


def _unseen(photos: Sequence[str]) -> str:
    """A product that nobody has looked at yet; photos that are gone are shown without a picture."""
    picture = image(file_uri(Path(photos[0]), THUMB))
    return f'<div class="stage"><figure><div class="tile busy">{picture}</div></figure></div>'


def name_of(photos: Sequence[str], number: int) -> str:
    """What a product is called: as its first photo, and how many there are more."""
    return _name(photos[0], number) + (f" +{len(photos) - 1}" if len(photos) > 1 else "")


def doubt_badge() -> str:
    """Says that a cut-out is doubtful."""
    return badge(locale.DOUBTFUL, "fail", locale.translated(UNCERTAIN))


def stage_waiting(photo: ReferenceImage, aid: Aid, now: Progress | None = None) -> str:
    """The photo, on which one may correct already, while its cut-out is being made."""
    empty = f'<div class="tile checker busy"><span class="hint">{esc(_doing(now))}</span></div>'
    return _stage(photo, aid, empty)


def stage_draft(photo: ReferenceImage, mask: Mask, aid: Aid) -> str:
    """The photo beside a cut-out whose edge is still hard."""
    alone = f'<img src="{draft_uri(photo.pixels, mask.pixels, STAGE)}" alt="{esc(locale.CUTOUT_SIDE)}">'
    return _stage(photo, aid, f'<div class="tile checker busy">{alone}</div>')


def _doing(now: Progress | None) -> str:
    if now and (now.step == "matte" or now.done):
        return locale.CUTTING
    if now and isinstance(now.message, Message):  # else it is a photo's name
        return f"{locale.translated(now.message)}…"
    return locale.LOOKING


def stage(prepared: Prepared, aid: Aid, beside: str = "", below: str = "") -> str:
    """The hero photo, which opens the editor, beside the cut-out over a checkerboard; `beside` its title and `below`
    both a button."""
    alone = f'<img src="{cutout_uri(prepared.cutout, STAGE)}" alt="{esc(locale.CUTOUT_SIDE)}">'
    told, doubts = doubt_of(prepared.mask), doubts_of(prepared.mask)
    shown = _stage(prepared.hero, aid, f'<div class="tile checker">{alone}</div>', beside, told, doubts)
    return shown + below + _advice(prepared.references)


def save_button() -> str:
    """Saves the cut-out."""
    return chip(locale.SAVE_CUTOUT, "saved", kind="plain-button", title=locale.SAVE_CUTOUT_HINT)


def confirming(mask: Mask) -> str:
    """Says of a cut-out in which something is doubtful that it is right, and takes that back."""
    hint = locale.CONFIRM_HINT
    if mask.confirmed:
        return chip(f"✓ {locale.CONFIRMED}", "confirmed", "", kind="chip confirm", title=hint, pressed=True)
    if not mask.doubted and not doubts_of(mask):
        return ""
    return chip(locale.CONFIRM, "confirmed", mask.chosen, kind="chip confirm", title=hint, pressed=False)


def stage_failed(photos: Sequence[ReferenceImage], aid: Aid, reason: str) -> str:
    """The first photo, which opens the editor, and why nothing could be cut out."""
    empty = _stage(photos[0], aid, '<div class="tile checker"><span class="hint">–</span></div>')
    return message(reason, "fail") + empty + _advice(photos)


def suggestions(prepared: Prepared) -> str:
    """The mask candidates as thumbnails to pick from; nothing where there is only one."""
    mask = prepared.mask
    if len(mask.candidates) < 2:
        return ""
    uris = suggestion_uris(prepared.hero.pixels, [one.pixels for one in mask.candidates], SUGGESTED)
    title = esc(locale.SUGGESTIONS)
    buttons = "".join(
        chip("", "picked", rank, kind="suggestion", sign=image(uri), label=label, pressed=rank == mask.chosen)
        for rank, uri in enumerate(uris)
        for label in (locale.SUGGESTION.format(number=rank + 1),)
    )
    return f'<p class="label">{title}</p><div class="suggestions" title="{title}">{buttons}</div>'


def _photo(number: int, photo: ReferenceImage, hero: int | None, *, is_doubted: bool) -> str:
    name = _name(photo.path, number + 1)
    badges = "".join(
        badge(locale.CHECKS.get(c.name, c.name), c.verdict, locale.translated(c.advice))
        for c in _concerns(photo.checks)
    )
    if is_doubted:
        badges = doubt_badge() + badges
    if photo.checks and not badges:
        badges = badge(locale.GOOD_PHOTO, "ok")
    is_hero = number == hero
    hover = f"{name}, {photo.width} × {photo.height}" + (f". {locale.HERO}." if is_hero else "")
    main = "" if hero is None else _main(number, name, is_hero=is_hero)
    return (
        f'<li class="photo{" hero" if is_hero else ""}" title="{esc(hover)}">'
        f"{image(photo_uri(photo, THUMB), name)}{_removing(name, 'removed', number)}"
        f'<span class="badges">{badges}</span>{main}</li>'
    )


def _main(number: int, name: str, *, is_hero: bool) -> str:
    """Says which of several photos is cut out, or makes it be this one."""
    if is_hero:
        return f'<span class="main">{esc(locale.MAIN_PHOTO)}</span>'
    label = locale.MAKE_MAIN_OF.format(name=name)
    return chip(locale.MAKE_MAIN, "mained", number, kind="main", label=label)


def _name(photo: Path | str, number: int) -> str:
    """What a photo is called; one that is kept by its content alone has a number."""
    path = Path(photo)
    return locale.PHOTO_NUMBER.format(number=number) if BY_CONTENT.fullmatch(path.stem) else path.name


def _concerns(checks: Sequence[Check]) -> list[Check]:
    return [check for check in checks if check.verdict != "ok"]


def _advice(photos: Sequence[ReferenceImage]) -> str:
    """Each piece of advice once, the failures first, with the photos that it is for, unless it is for all."""
    concerns = [(check, number) for number, photo in enumerate(photos) for check in _concerns(photo.checks)]
    texts: dict[str, dict[int, str]] = {}
    for check, number in sorted(concerns, key=lambda one: one[0].verdict != "fail"):
        texts.setdefault(locale.translated(check.advice), {})[number] = _name(photos[number].path, number + 1)
    return "".join(
        f'<p class="advice">{esc("" if len(names) == len(photos) else ", ".join(names.values()) + ": ")}{esc(text)}</p>'
        for text, names in texts.items()
    )


def doubts_of(mask: Mask) -> tuple[Doubt, ...]:
    """The places to outline, in a cut-out that is not sure, until somebody has looked after it."""
    return mask.doubts if mask.confidence < SURE and not _looked_after(mask) else ()


def doubt_of(mask: Mask) -> str:
    """What is to be said of a doubtful cut-out, and of the places outlined."""
    told = []
    if mask.doubted:
        still = locale.STILL_DOUBTFUL.format(confidence=locale.number(mask.confidence))
        told = [still if _looked_after(mask) else locale.translated(UNCERTAIN)]
    places: dict[str, list[str]] = {}
    for number, one in enumerate(doubts_of(mask), start=1):
        places.setdefault(locale.translated(one.sentence), []).append(str(number))
    return "\n".join([*told, *(f"{', '.join(numbers)}: {sentence}" for sentence, numbers in places.items())])


def _looked_after(mask: Mask) -> bool:
    return mask.corrected or mask.chosen > 0 or mask.confirmed


def _stage(
    photo: ReferenceImage, aid: Aid, cutout: str, beside: str = "", doubt: str = "", doubts: Sequence[Doubt] = ()
) -> str:
    hint = f'<p class="hint doubt">{esc(doubt)}</p>' if doubt else ""
    left = _tile(locale.PHOTO_SIDE, _photo_to_correct(photo, aid, doubts))
    return f'<div class="stage">{left}{_tile(locale.CUTOUT_SIDE, cutout, beside)}</div>{hint}'


def _tile(title: str, content: str, beside: str = "") -> str:
    return f'<figure><figcaption class="label"><span>{esc(title)}</span>{beside}</figcaption>{content}</figure>'


def _photo_to_correct(photo: ReferenceImage, aid: Aid, doubts: Sequence[Doubt]) -> str:
    """The photo as the button that opens the editor."""
    picture = f'<img src="{photo_uri(photo, STAGE)}" alt="" draggable="false">'
    shape = f"--photo-width: {photo.width}; --photo-height: {photo.height}"
    return (
        f'<button type="button" class="tile correct" aria-haspopup="dialog" aria-label="{esc(locale.TOOLS)}"'
        f' {opener(photo, aid)}><span class="canvas" style="{shape}">{picture}{_overlay(photo, aid, doubts)}</span>'
        f'<span class="chip" aria-hidden="true">{esc(locale.CORRECT)}</span></button>'
    )


def _overlay(photo: ReferenceImage, aid: Aid, doubts: Sequence[Doubt]) -> str:
    """The box that was drawn, and what is doubtful, in the photo's pixels."""
    unit = max(photo.width, photo.height) / 100
    boxes = [("doubt", one.box) for one in doubts] + ([("box", aid.box)] if aid.box else [])
    shapes = "".join(
        f'<rect class="{kind}" x="{box[0]}" y="{box[1]}" width="{box[2] - box[0]}" height="{box[3] - box[1]}"'
        f' stroke-width="{0.6 * unit:.1f}"/>'
        for kind, box in boxes
    )
    shapes += "".join(
        f'<text x="{one.box[0]}" y="{one.box[1] - unit:.1f}" font-size="{5 * unit:.1f}">{number}</text>'
        for number, one in enumerate(doubts, start=1)
    )
    return f'<svg class="marks" viewBox="0 0 {photo.width} {photo.height}" aria-hidden="true">{shapes}</svg>'

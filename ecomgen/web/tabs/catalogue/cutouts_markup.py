"""A catalogue's cut-outs as HTML: a page of small ones, what is doubtful first, and the one that is corrected."""

from __future__ import annotations

from pathlib import Path

from ecomgen.catalogue import Item
from ecomgen.catalogue.cutouts import CutOuts
from ecomgen.masking.proposals import UNCERTAIN
from ecomgen.web import locale
from ecomgen.web.create.product import markup
from ecomgen.web.create.product.companions import Fields
from ecomgen.web.markup import badge, chip, data, esc, file_url, hint, image

PAGE = 24  # cut-outs of a page


def every(cut: CutOuts, folder: Path, number: int, *, working: bool = False) -> str:
    """A page of what was cut out; nothing where nothing was. While it is `working` the first page grows."""
    tried = cut.tried
    if not tried:
        return ""
    number = max(0, min(number, (len(tried) - 1) // PAGE))
    first = number * PAGE
    cards = "".join(_card(item, cut, folder) for item in tried[first : first + PAGE])
    doubtful = sum(cut.is_doubtful(item.name) for item in tried)
    marked = sum(cut.is_marked(item.name) for item in tried)
    told = locale.CUTOUTS_MARKED.format(count=marked) if marked else locale.CUTOUTS_SURE
    told = locale.CUTOUTS_DOUBTFUL.format(count=doubtful) if doubtful else told
    pages = "" if working or len(tried) <= PAGE else _pages(number, len(tried))
    return f'<section class="cutouts"><h2>{esc(locale.CUTOUTS)}</h2>{hint(told)}<ul>{cards}</ul>{pages}</section>'


def _card(item: Item, cut: CutOuts, folder: Path) -> str:
    """A product, which opens where it is clicked."""
    from ecomgen.catalogue.cutouts import FOLDER

    outcome = cut.so_far[item.name]
    file = folder / FOLDER / f"{item.name}.webp"
    picture = f"{file_url(file)}?{file.stat().st_mtime_ns}" if outcome.pictures and file.exists() else ""
    told = f'<span class="hint">{esc(locale.translated(outcome.reason))}</span>' if outcome.reason else ""
    marked = badge(locale.DOUBTFUL, "warn", locale.translated(UNCERTAIN)) if cut.is_doubtful(item.name) else ""
    if cut.is_marked(item.name):
        marked = badge(locale.CUTOUT_MARKED, "warn")
    if outcome.status == "failed":
        marked = badge(locale.CUTOUT_NONE, "fail")
    elif item.name in cut.told:
        marked += badge(locale.CUTOUT_CORRECTED, "ok")
    seen = f'<span class="tile checker">{image(picture) or told}</span>'
    named = f'<span class="named" title="{esc(item.title)}">{esc(item.title)}</span>'
    shown = f"{seen}{named}<span class='badges'>{marked}</span>"
    return f"<li>{chip('', 'opened', item.name, kind='cutout', sign=shown)}{_fine(item, cut)}</li>"


def _fine(item: Item, cut: CutOuts) -> str:
    """Says of one that is worth a look that it is fine, and takes that back."""
    name, is_fine = item.name, cut.is_fine(item.name)
    if not is_fine and (cut.so_far[name].status == "failed" or not (cut.is_doubtful(name) or cut.is_marked(name))):
        return ""
    return chip(locale.CUTOUT_FINE, "fine", name, label=f"{locale.CUTOUT_FINE}: {item.title}", pressed=is_fine)


def _pages(number: int, total: int) -> str:
    """Where one is among all of them, and the way to the pages beside."""
    first, last = number * PAGE + 1, min(total, (number + 1) * PAGE)
    back = chip("‹", "turned", number - 1, label=locale.PAGE_BEFORE) if number else ""
    on = chip("›", "turned", number + 1, label=locale.PAGE_AFTER) if last < total else ""
    of = locale.PAGE_OF.format(first=first, last=last, total=total)
    return f'<p class="pages">{back}<span class="hint">{esc(of)}</span>{on}</p>'


def one(told: Fields, card: str, *, is_doubtful: bool = False) -> str:
    """The product that is looked at, to be corrected as a further product of a picture is, or found fine where it
    `is_doubtful`."""
    name = told["whose"]
    fine = chip(locale.CUTOUT_FINE, "fine") if is_doubtful else ""
    on = fine + chip(locale.CUTOUT_NEXT, "another") + chip(locale.DONE, "closed", kind="chip on")
    title = f'<div class="name"><h2 title="{esc(name)}">{esc(name)}</h2>{on}</div>'
    inside = markup.correcting(told, card, locale.MASKERS)
    return f'<ul class="others"><li{data({"product": 1, "whose": name})}>{title}{inside}</li></ul>'

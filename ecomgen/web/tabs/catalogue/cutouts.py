"""A catalogue's cut-outs before its pictures: all of them small, and one at a time to be corrected as in Create."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any

import gradio as gr
from cachetools import LRUCache, cached

from ecomgen.catalogue import Item, Outcome
from ecomgen.catalogue.cutouts import Correction, CutOuts
from ecomgen.catalogue.journal import Journal
from ecomgen.errors import UsageError
from ecomgen.options.reading import as_lists
from ecomgen.record import file_hash
from ecomgen.web import locale
from ecomgen.web.create.form import shown
from ecomgen.web.create.product import companions, editor, marks
from ecomgen.web.create.product.companions import BESIDE, IN_TURN, TOLD, Fields
from ecomgen.web.create.product.looking import overtake
from ecomgen.web.events import PRIVATE, SEARCH, SWIFT, hidden_button, scroll_to, then_saved
from ecomgen.web.markup import live
from ecomgen.web.messages import spoken
from ecomgen.web.people.access import person
from ecomgen.web.tabs.catalogue import cutouts_markup as markup
from ecomgen.web.tabs.catalogue.folder import folder_of, list_of, source_of

FILE = "catalogue-cutout-file"  # what is saved
MASKER = "auto"  # of products that name none
REMEMBERED = 4  # catalogues
Opened = tuple[Any, list[Fields], list[Fields]]  # an item, and what is said and seen of it
NONE: Opened = None, [], []
SAID = ("product", "masker", "box", "mask", "mask_candidate")  # what the page holds as a request does


# of a folder its products by name: what each is to be cut out of and its line in the journal, and what became of it
_known: LRUCache[Path, dict[str, tuple[object, Outcome | None]]] = LRUCache(REMEMBERED)
_lock = Lock()


class CutOutsStep:
    """The components: all cut-outs, and the one that is looked at. `item` is that product as its table says, `with_`
    what the form of one further product holds."""

    def __init__(self) -> None:
        self.page = gr.State(0)
        self.item = gr.State(None)
        self.with_ = gr.State([])
        self.cards = gr.State([])
        events = ("said", "picked", "saved", "fine", "another", "closed")
        self.one = live("", *events, script="others.js", elem_id="catalogue-product")
        self.mask = gr.File(file_types=["image"], visible="hidden", elem_id="catalogue-mask")
        self.all = live("", "opened", "fine", "turned", script="others.js", elem_id="catalogue-cutouts")
        self.editor = live(editor.editor(), "edited_beside", "opened", script="editor.js", elem_id="catalogue-editor")
        self.heard = live("", elem_id="catalogue-heard")
        self.sharp = live("", elem_id="catalogue-sharp")
        self.file = hidden_button(FILE)

    def wire(self, folder: gr.State, begins: gr.Button) -> Any:
        """Connect the events, of which the returned one may change what is to be made; a button `begins` it all."""
        one, held = [folder, self.item, self.with_, self.cards], [self.with_, self.cards]
        opened = [self.item, self.with_, self.cards]
        folder.change(shown_first, [folder], self._first(begins), **PRIVATE)
        self.all.turned(turn, [folder], [self.page, self.all], **PRIVATE)
        seen_at = scroll_to("#catalogue-product")
        self.all.opened(open_one, [folder], opened, **PRIVATE).then(None, None, None, js=seen_at, **PRIVATE)
        self.all.fine(find_fine, [folder, self.page], [self.all], **PRIVATE)
        self.one.fine(find_fine_and_go_on, [folder, self.item, self.page], [self.all, *opened], **PRIVATE)
        self.one.another(open_next, [folder, self.item], opened, **PRIVATE)
        self.one.said(companions.say, [self.with_], [self.with_], **TOLD)
        self.one.picked(companions.pick, held, [self.with_], **IN_TURN)
        self.mask.upload(give_mask, [*one[:3], self.mask], [self.with_, self.mask], **IN_TURN)
        then_saved(self.one.saved(companions.save_cutout, [self.with_], [self.file], **PRIVATE), FILE)
        self.editor.opened(companions.sharp, held, [self.sharp], **SWIFT)
        corrected = self.editor.edited_beside(
            companions.correct, held, [self.with_, self.heard], trigger_mode="multiple", **SWIFT
        )
        for kept in (self.with_.change(keep, one, [self.one], **SWIFT), corrected.then(keep, one, [self.one], **SWIFT)):
            kept.then(look, [*one, self.page], [self.one, self.cards, self.all], **SEARCH)
        return self.one.closed(lambda: NONE, None, opened, **PRIVATE)

    def shows_after(self, taken: Any, folder: gr.State, begins: gr.Button) -> None:
        """All of them, from the first page, once more products were taken in."""
        taken.success(shown_first, [folder], self._first(begins), **PRIVATE)

    def _first(self, begins: gr.Button) -> list[Any]:
        return [self.page, self.all, begins, self.item, self.with_, self.cards]


def _source(folder: Path) -> tuple[object, ...]:
    """Changes with a catalogue's source."""
    return folder, *((file.name, file.stat().st_mtime_ns) for file in (folder / "source", list_of(folder)))


@cached(LRUCache(REMEMBERED), _source, Lock())
def products(folder: Path) -> tuple[Item, ...]:
    """Each product of a catalogue as its source says that it is cut out; no scene is made."""
    from ecomgen.catalogue import cutouts

    return cutouts.products(source_of(folder, {"prompt": "any"}).items)


def seen(folder: Path) -> CutOuts:
    """The cut-outs of a catalogue as they are; only what has changed since the last time is looked at anew."""
    from ecomgen.catalogue.cutouts import FOLDER, CutOuts, corrected, corrections, fine
    from ecomgen.catalogue.journal import Journal

    told, journal = corrections(folder), Journal(folder / FOLDER)
    items = tuple(corrected(one, told.get(one.name)) for one in products(folder))
    found = CutOuts(items=items, so_far={}, told=told, fine=fine(folder))
    with _lock:
        before = _known.get(folder, {})
    known = {}
    for item in items:
        as_it_is = item.asked, journal.place_of(item.name)
        earlier = before.get(item.name)
        known[item.name] = earlier if earlier and earlier[0] == as_it_is else (as_it_is, _ended(item, journal))
        if outcome := known[item.name][1]:
            found.record(outcome)
    with _lock:
        _known[folder] = known
    return found


def _ended(item: Item, journal: Journal) -> Outcome | None:
    """What became of a product as it is to be cut out now."""
    outcome = journal.last(item.name)
    return outcome if outcome and (outcome.status == "failed" or journal.finished(item)) else None


@spoken
def shown_first(web: gr.Request, name: str) -> list[Any]:
    """The first page of a catalogue that was opened, and none of its products."""
    if not name:
        return [0, "", gr.skip(), *NONE]
    folder = folder_of(person(web), name)
    cut = seen(folder)
    return [0, markup.every(cut, folder, 0), gr.update(visible=not cut.is_whole), *NONE]


@spoken
def turn(web: gr.Request, name: str, evt: gr.EventData) -> tuple[int, str]:
    """The page that was asked for."""
    number, folder = int(evt.value), folder_of(person(web), name)
    return number, markup.every(seen(folder), folder, number)


@spoken
def open_one(web: gr.Request, name: str, evt: gr.EventData) -> Opened:
    """The product that was clicked, as it is corrected so far."""
    return _opened(folder_of(person(web), name), str(evt.value))


@spoken
def open_next(web: gr.Request, name: str, item: Any) -> Opened:
    """The one that comes after it; after the last the first."""
    folder = folder_of(person(web), name)
    names = [one.name for one in seen(folder).tried]
    at = names.index(item.name) + 1 if item.name in names else 0
    return _opened(folder, names[at % len(names)])


@spoken
def find_fine(web: gr.Request, name: str, page: int, evt: gr.EventData) -> str:
    """The doubtful one that was clicked is fine; clicked again, nobody has said so."""
    from ecomgen.catalogue import cutouts

    folder, clicked = folder_of(person(web), name), str(evt.value)
    cut = seen(folder)
    if clicked in cut.so_far:
        found = "" if cut.is_fine(clicked) else cut.so_far[clicked].fingerprint
        cutouts.find_fine(folder, clicked, found)
    return markup.every(replace(cut, fine=cutouts.fine(folder)), folder, page)


@spoken
def find_fine_and_go_on(web: gr.Request, name: str, item: Any, page: int) -> tuple[Any, ...]:
    """The one that is looked at is fine, and the next doubtful one is opened, if there is one."""
    from ecomgen.catalogue import cutouts

    folder = folder_of(person(web), name)
    cut = seen(folder)
    if item is None or item.name not in cut.so_far:
        return gr.skip(), *NONE
    cutouts.find_fine(folder, item.name, cut.so_far[item.name].fingerprint)
    cut = replace(cut, fine=cutouts.fine(folder))
    names = [one.name for one in cut.tried]
    at = names.index(item.name)
    left = [one for one in (*names[at:], *names[:at]) if cut.is_doubtful(one)]
    return markup.every(cut, folder, page), *(_opened(folder, left[0]) if left else NONE)


def _opened(folder: Path, name: str) -> Opened:
    from ecomgen.catalogue.cutouts import corrected, corrections

    item = next((one for one in products(folder) if one.name == name), None)
    if item is None:
        raise UsageError(locale.CATALOGUE_GONE)
    return item, [held(corrected(item, corrections(folder).get(name)))], []


def held(item: Item) -> Fields:
    """A product's cut-out as the form of a further product holds it; `whose` tells it from others of the same photo."""
    request = item.request
    if request is None:
        raise UsageError(item.problem)
    said = {name: shown(getattr(request, name)) for name in SAID}
    said |= {"mask_candidate": request.mask_candidate, "marks": marks.written(request.point, request.stroke)}
    return said | {"photos": [str(photo) for photo in request.photos], "whose": item.name}


def told(one: Fields) -> Correction:
    """The same as options, by their names."""
    points, strokes = marks.read(one["marks"])
    said = {name: one.get(name) or "" for name in SAID}
    return said | {"photo": one["photos"][0], "point": as_lists(points), "stroke": as_lists(strokes)}


@spoken
def give_mask(web: gr.Request, name: str, item: Any, with_: list[Fields], mask: str) -> tuple[list[Fields], None]:
    """A mask made elsewhere, kept with the catalogue under a name that changes with it."""
    from ecomgen.catalogue.cutouts import FOLDER

    given, place = Path(mask), folder_of(person(web), name) / FOLDER / "masks"
    place.mkdir(parents=True, exist_ok=True)
    digest = file_hash(given)[:8]
    return companions.give_mask(with_, "1", str(shutil.copy(given, place / f"{item.name}-{digest}{given.suffix}")))


@spoken
def keep(web: gr.Request, name: str, item: Any, with_: list[Fields], cards: list[Fields]) -> str:
    """Keep what is corrected, and show it as it was seen last; the look that is under way is of no use any more."""
    from ecomgen.catalogue.cutouts import correct

    overtake(BESIDE.format(web.session_hash))
    if not (item and with_):
        return ""
    now, before = told(with_[0]), told(held(item))
    is_same = all(now[option] == before[option] for option in now if option != "photo")
    correct(folder_of(person(web), name), item.name, None if is_same else now)
    return markup.one(with_[0], companions.seen_of(with_[0], cards).get("shown", ""))


@spoken
def look(web: gr.Request, name: str, item: Any, with_: list[Fields], cards: list[Fields], page: int) -> Iterator[Any]:
    """Show the cut-out as far as it has come, and at the end among all of them."""
    if not (item and with_):
        yield gr.skip()
        return
    card: Fields = {}
    before = companions.seen_of(with_[0], cards)
    for found in companions.looks(BESIDE.format(web.session_hash), with_[0], MASKER, before, confirmable=False):
        if found is None:
            yield gr.skip()
            return
        card = found
        yield markup.one(with_[0], card["shown"]), [card] if card["key"] else gr.skip(), gr.skip()
    folder = folder_of(person(web), name)
    _keep_picture(folder, item.name)
    cut = seen(folder)
    is_doubtful = card.get("doubted", False) and cut.is_doubtful(item.name)
    yield markup.one(with_[0], card["shown"], is_doubtful=is_doubtful), [card], markup.every(cut, folder, page)


def _keep_picture(folder: Path, name: str) -> None:
    """The small picture of a cut-out that was just looked at, which is not worked out once more."""
    from ecomgen.catalogue.cutouts import FOLDER, corrected, corrections, cut
    from ecomgen.catalogue.journal import Journal

    journal = Journal(folder / FOLDER)
    item = next(one for one in products(folder) if one.name == name)
    asked = corrected(item, corrections(folder).get(name))
    if journal.finished(asked) is None:
        journal.add(cut(asked, journal.place))

"""Further products in the picture, each with its photos, its cut-out and corrections and, if wanted, its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from ecomgen import references
from ecomgen.errors import EcomgenError
from ecomgen.options.reading import read_heights
from ecomgen.request import MAX_COMPANIONS
from ecomgen.web import controls, locale
from ecomgen.web.create.form import companion
from ecomgen.web.create.product import corrections, editor, marks, markup
from ecomgen.web.create.product.intake import PHOTO_LIMIT, readable
from ecomgen.web.create.product.looking import FILE, Looked, asked, followed, overtake, saved
from ecomgen.web.events import PRIVATE, SEARCH, SWIFT, then_saved
from ecomgen.web.markup import heard, live
from ecomgen.web.messages import spoken, wrong

Fields = dict[str, Any]
BESIDE = "{}/beside"  # of a browser
STANDING = ("place", "height")  # what its cut-out does not depend on
IN_TURN = PRIVATE | {"concurrency_id": "others", "concurrency_limit": 1}  # none undoes what another has just said
TOLD = IN_TURN | {"trigger_mode": "multiple"}  # what is typed next is not lost while this is being read
WHOSE_MASK = "(others, _, mask) => [others, document.querySelector('#other-mask').dataset.product, mask]"


class Companions:
    """The further products; `with_` holds them as `form.companion` reads them, `cards` what was seen of them."""

    def __init__(self) -> None:
        self.with_ = gr.State([])
        self.cards = gr.State([])
        self.fold = controls.folded(locale.OTHERS, "others", render=False)  # it stands among what a scene has
        with self.fold:
            events = ("parted", "forwarded", "said", "picked", "confirmed", "saved")
            self.others = live(markup.others([]), *events, script="others.js", elem_id="other-products")
            self.drop = controls.drop_photos(locale.OTHERS_DROP, "other-drop")
            self.masked = gr.Textbox(visible="hidden")  # whose mask is uploaded
            self.mask = gr.File(file_types=["image"], visible="hidden", elem_id="other-mask")

    def wire(self, step: Any) -> None:
        """Connect the events; the editor, the masker and the file that is saved are those of the first product."""
        held = [self.with_, self.cards]
        self.drop.upload(add, [self.drop, self.with_], [self.with_, self.drop], **IN_TURN)
        self.others.parted(part, [self.with_], [self.with_], **IN_TURN)
        self.others.forwarded(forward, [self.with_], [self.with_], **IN_TURN)
        self.others.said(say, [self.with_], [self.with_], **TOLD)
        self.mask.upload(
            give_mask, [self.with_, self.masked, self.mask], [self.with_, self.mask], js=WHOSE_MASK, **IN_TURN
        )
        self.others.picked(pick, held, [self.with_], **IN_TURN)
        self.others.confirmed(confirm, held, [self.with_], **IN_TURN)
        then_saved(self.others.saved(save_cutout, [self.with_, step.masker], [step.file], **PRIVATE), FILE)
        edited = [self.with_, step.heard]
        for change in (
            self.with_.change(listed, held, [self.others], **SWIFT),
            step.masker.input(listed, held, [self.others], **SWIFT),
            step.editor.edited_beside(correct, held, edited, trigger_mode="multiple", **SWIFT),
        ):
            change.then(look, [*held, step.masker], [self.others, self.cards], **SEARCH)


@spoken
def add(files: list[str] | None, others: list[Fields]) -> tuple[Any, ...]:
    """Files that were dropped together are photos of one further product."""
    good = readable(files)
    if not good:
        return gr.skip(), None
    if len(others) >= MAX_COMPANIONS:
        gr.Warning(locale.OTHERS_MANY.format(most=MAX_COMPANIONS))
        return gr.skip(), None
    return [*others, {"photos": good[:PHOTO_LIMIT], "place": ""}], None


def part(others: list[Fields], evt: gr.EventData) -> list[Fields]:
    """Take one further product out, with everything that was said of it."""
    at, _ = _told(evt)
    return [*others[:at], *others[at + 1 :]]


def forward(others: list[Fields], evt: gr.EventData) -> list[Fields]:
    """Let one come before the one that stands before it in the row."""
    at, _ = _told(evt)
    return [*others[: at - 1], others[at], others[at - 1], *others[at + 1 :]] if at > 0 else others


@spoken
def say(others: list[Fields], evt: gr.EventData) -> list[Fields]:
    """What is typed or chosen of one further product; what cannot be read is told, and not taken."""
    at, told = _told(evt)
    name, _, text = told.partition(":")
    given = {name: text} if name in markup.SAID else {"mask": None}
    companion((), given)
    read_heights(given.get("height"))
    return _changed(others, at, given | corrections.outdone(name))


def give_mask(others: list[Fields], product: str, mask: str) -> tuple[list[Fields], None]:
    """A mask made elsewhere, of one further product."""
    return _changed(others, int(product) - 1, {"mask": mask} | corrections.outdone("mask")), None


def pick(others: list[Fields], cards: list[Fields], evt: gr.EventData) -> list[Fields]:
    """The mask candidate that was clicked, of the photo on the screen."""
    at, rank = _told(evt)
    return _changed(others, at, corrections.picked(_photos(others[at], cards), int(rank)))


def confirm(others: list[Fields], cards: list[Fields], evt: gr.EventData) -> list[Fields]:
    """The cut-out of one is right, or that is taken back."""
    at, rank = _told(evt)
    return _changed(others, at, corrections.confirmed(_photos(others[at], cards), rank))


@spoken
def correct(web: gr.Request, others: list[Fields], cards: list[Fields], evt: gr.EventData) -> tuple[Any, ...]:
    """All that the editor holds of one."""
    edit = marks.edited(str(evt.value))
    overtake(BESIDE.format(web.session_hash))
    at = edit.product - 1
    if at >= len(others):
        return gr.skip(), heard({"number": edit.number})
    changed = corrections.edited(_photos(others[at], cards), edit, others[at].get("box"))
    return _changed(others, at, changed | {"edit": edit.number}), heard({"number": edit.number})


@spoken
def save_cutout(others: list[Fields], evt: gr.EventData, masker: str = "auto") -> str:
    """The cut-out of one, as `looking.saved` writes it."""
    at, _ = _told(evt)
    return saved(others[at]["photos"], asked(others[at], masker))


def sharp(others: list[Fields], cards: list[Fields], number: int = 1) -> str:
    """The photo of the product of that number, at more pixels."""
    return editor.sharp(references.load(_photos(others[number - 1], cards)[0]))


def listed(web: gr.Request, others: list[Fields], cards: list[Fields]) -> str:
    """The further products as they were seen last; the look that is under way is of no use any more."""
    overtake(BESIDE.format(web.session_hash))
    return _page(others, [seen_of(one, cards) for one in others])


@spoken
def look(web: gr.Request, others: list[Fields], cards: list[Fields], masker: str) -> Iterator[tuple[Any, Any]]:
    """Show each further product's cut-out as far as it has come; those that were seen as they are now are kept."""
    shown = [seen_of(one, cards) for one in others]
    for at, one in enumerate(others):
        if (shown[at].get("key"), shown[at].get("masker")) == (_key(one), masker):
            continue
        for card in looks(BESIDE.format(web.session_hash), one, masker, shown[at]):
            if card is None:
                yield gr.skip(), gr.skip()
                return
            shown[at] = card
            yield _page(others, shown), list(shown) if card["key"] else gr.skip()
    yield _page(others, shown), shown


def doubtful(others: Sequence[Fields], cards: Sequence[Fields]) -> list[str]:
    """The names of those whose cut-out is doubtful, and nobody saw to it."""
    return [
        markup.name_of(one["photos"], number)
        for number, one in enumerate(others, 2)
        if seen_of(one, cards).get("doubted")
    ]


def looks(owner: str, one: Fields, masker: str, before: Fields, *, confirmable: bool = True) -> Iterator[Fields | None]:
    """What is seen of one product as it is cut out, with its key at the end; None where another look took over.

    `confirmable` where the page hears that the cut-out is right."""
    card = {"photos": sorted(one["photos"]), "hero": one["photos"][0], "masker": masker, "key": ""}
    try:
        loaded, request = [references.load(one["photos"][0])], asked(one, masker)
    except EcomgenError as error:
        yield card | {"key": _key(one), "shown": wrong(error)}
        return
    aid = marks.Aid(box=request.box, marks=one.get("marks") or "")
    looked = Looked(loaded=loaded, aid=aid, edit=one.get("edit", 0), is_fresh=not before, confirmable=confirmable)
    for view in followed(owner, looked, [Path(photo) for photo in one["photos"]], request):
        if view is None:
            yield None
            return
        stage = looked.stage(view, markup.save_button())
        card["stage"] = stage if isinstance(stage, str) else card.get("stage") or before.get("stage", "")
        badge = markup.doubt_badge() if looked.doubted(view) else ""
        card["shown"] = badge + card["stage"] + looked.suggestions(view) + looked.answer(view)
        done = {"key": _key(one), "hero": one["photos"][looked.hero(view)], "doubted": looked.doubted(view)}
        yield card | (done if view.ended else {})


def _page(others: Sequence[Fields], cards: Sequence[Fields]) -> str:
    return markup.others([(one, card.get("shown", "")) for one, card in zip(others, cards, strict=True)])


def seen_of(one: Fields, cards: Sequence[Fields]) -> Fields:
    """What was seen of a product as it is, or before it was corrected."""
    photos, key = sorted(one["photos"]), _key(one)
    its = [card for card in cards if card["photos"] == photos]
    return next((card for card in its if card["key"] == key), its[0] if its else {})


def _photos(one: Fields, cards: Sequence[Fields]) -> list[str]:
    """Its photos, the one that is cut out first."""
    hero = seen_of(one, cards).get("hero")
    return corrections.with_first(one["photos"], hero)


def _key(one: Fields) -> str:
    """What of a product its cut-out depends on."""
    return repr(sorted((name, value) for name, value in one.items() if name not in STANDING))


def _changed(others: list[Fields], at: int, said: Fields) -> list[Fields]:
    return [one | said if place == at else one for place, one in enumerate(others)]


def _told(evt: gr.EventData) -> tuple[int, str]:
    """Which of the further products, and what is said of it."""
    number, _, said = str(evt.value).partition(":")
    return int(number) - 1, said

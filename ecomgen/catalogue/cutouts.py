"""The cut-outs of a catalogue alone, so that they are seen, and corrected, before its pictures are made."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Any

from ecomgen.atomic_file import write_atomically
from ecomgen.catalogue.item import Item, Outcome
from ecomgen.catalogue.journal import Journal
from ecomgen.catalogue.storage import Where
from ecomgen.catalogue.worker import attempted
from ecomgen.disk_cache import read_json
from ecomgen.options import of
from ecomgen.request import Request
from ecomgen.types import DOUBTED, Cutout, Report, silent
from ecomgen.workflows.preparation import Prepared, prepare

FOLDER = "cutouts"  # in a catalogue's folder
CORRECTIONS, FINE = "corrections.json", "fine.json"  # in that
FOUND_BY = tuple(name for name, one in of(Request).items() if one.option.scope == "cutout")
FILES = ("photo", "mask")  # what of a correction is a file; told relative to the catalogue's folder where it lies there
SIDE, AIR = 480, 0.06  # pixels of a picture's longer side, and the share of it that is around the product

# options by their names, empty where the table's own is taken back; `photo` is the first
Correction = Mapping[str, Any]
_lock = Lock()


@dataclass(frozen=True, kw_only=True)
class CutOuts:
    """The products of a catalogue as they are to be cut out, what became of them `so_far`, what was corrected, and what
    was found `fine`, by their names."""

    items: tuple[Item, ...]
    so_far: dict[str, Outcome]
    told: Mapping[str, Correction]
    fine: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left that can be cut out."""
        return all(item.name in self.so_far for item in self.items if item.asked)

    def is_doubtful(self, name: str) -> bool:
        """Whether one should look at it, and nobody has."""
        told = self.told.get(name, {})
        pointed = any(told.get(one) for one in ("point", "stroke", "mask_candidate"))
        return not (self._is_sure(name) or pointed or self.is_fine(name))

    def is_marked(self, name: str) -> bool:
        """Whether it is taken to be right as a whole, but for a place that is worth a look, and nobody has had one."""
        outcome = self.so_far[name]
        seen = name in self.told or self.is_fine(name) or self.is_doubtful(name)
        return outcome.cutout_doubts > 0 and not seen

    def is_fine(self, name: str) -> bool:
        """Whether somebody has said so of what it is now."""
        return self.fine.get(name, "") == self.so_far[name].fingerprint != ""

    def _is_sure(self, name: str) -> bool:
        confidence = self.so_far[name].cutout_confidence
        return confidence is not None and confidence >= DOUBTED

    @property
    def tried(self) -> list[Item]:
        """First those that are or were doubtful, then those with a place that is worth a look.

        Nothing moves when it is corrected or found fine.
        """
        found = [item for item in self.items if item.asked and item.name in self.so_far]
        return sorted(found, key=self._turn)

    def _turn(self, item: Item) -> int:
        if item.name in self.told or not self._is_sure(item.name):
            return 0
        return 1 if self.so_far[item.name].cutout_doubts else 2

    def record(self, outcome: Outcome) -> None:
        """One product is cut out."""
        self.so_far[outcome.name] = outcome


def products(items: Iterable[Item]) -> tuple[Item, ...]:
    """An item for each product, of which nothing is asked but its cut-out."""
    each: dict[str, Item] = {}
    for item in items:
        if item.product not in each:
            each[item.product] = replace(item, name=item.product, asked=_finding(item), note="")
    return tuple(each.values())


def _finding(item: Item) -> str | None:
    if not isinstance(item.asked, str):
        return None
    told = json.loads(item.asked)
    return json.dumps({name: told[name] for name in ("photos", *FOUND_BY) if name in told} | {"prompt": "any"})


def cut(item: Item, out: Where, report: Report = silent) -> Outcome:
    """Cut one product out, as `products` asks for it."""
    start = time.monotonic()

    def done() -> Outcome:
        request = item.at_hand()
        outcome = kept(prepare(request.photos, request.mask_request, report), item, out)
        return replace(outcome, seconds=round(time.monotonic() - start, 2))

    return attempted(item, done)


def kept(found: Prepared, item: Item, out: Where) -> Outcome:
    """Write a picture of a product's cut-out as NAME.webp, RGBA.

    Raises:
        CannotWrite: it cannot be written.
    """
    name = f"{item.name}.webp"
    write_atomically(out.local / name, _pictured(found.cutout))
    out.publish(name)
    return Outcome(
        name=item.name,
        status="done",
        made=1,
        cutout_confidence=found.mask.confidence,
        cutout_doubts=len(found.mask.doubts),
        pictures=(name,),
        fingerprint=item.fingerprint,
        cut_from={"photo": found.hero_index, "mask_candidate": found.mask.chosen},
    )


def _pictured(cutout: Cutout) -> bytes:
    """The product with a little air around it."""
    from PIL import Image

    from ecomgen.picture_file import small_webp

    x0, y0, x1, y1 = cutout.box
    air = round(AIR * max(x1 - x0, y1 - y0)) + 1
    picture = Image.fromarray(cutout.rgba).crop((x0 - air, y0 - air, x1 + air, y1 + air))
    return small_webp(picture, SIDE)


def corrections(folder: Path) -> dict[str, Correction]:
    """What was corrected in a catalogue's folder, by the product's name."""
    return {
        name: told | {each: str(folder / told[each]) for each in FILES if told[each]}
        for name, told in _kept(folder, CORRECTIONS).items()
    }


def correct(folder: Path, name: str, told: Correction | None) -> None:
    """Keep what was corrected of a product's cut-out; None takes it back.

    Raises:
        CannotWrite: it cannot be written.
    """
    with _lock:
        all_told = corrections(folder)
        all_told.pop(name, None)
        all_told |= {name: told} if told else {}
        short = {
            name: {**one, **{each: _inside(folder, one[each]) for each in FILES}} for name, one in all_told.items()
        }
        _keep(folder, CORRECTIONS, short)


def fine(folder: Path) -> dict[str, str]:
    """The cut-outs of a catalogue that somebody has found fine: by the product's name its fingerprint at that time."""
    return _kept(folder, FINE)


def find_fine(folder: Path, name: str, fingerprint: str) -> None:
    """Keep that a product's cut-out is fine, as long as nothing changes that it depends on; "" takes it back.

    Raises:
        CannotWrite: it cannot be written.
    """
    with _lock:
        others = {other: known for other, known in fine(folder).items() if other != name}
        _keep(folder, FINE, others | ({name: fingerprint} if fingerprint else {}))


def is_fine(item: Item, found: Mapping[str, str]) -> bool:
    """Whether the cut-out of an item's product is among those that were `found` fine, and still what it was."""
    return item.product in found and products([item])[0].fingerprint == found[item.product]


def confirmed(item: Item, found: Mapping[str, str], cut_outs: Journal) -> Item:
    """An item asks for just the cut-out that was `found` fine, where it was, and says that somebody has seen it."""
    outcome = cut_outs.last(item.product) if is_fine(item, found) else None
    photos = item.request.photos if outcome and item.request else ()
    cut_from = (outcome and outcome.cut_from) or ({"photo": 0} if len(photos) == 1 else {})
    if not cut_from:
        return item
    return corrected(item, {**cut_from, "photo": str(photos[cut_from["photo"]]), "confirmed": True})


def carry_over(known: CutOuts, items: Iterable[Item], folder: Path) -> None:
    """What is known of a catalogue's cut-outs is so of its copy's in `folder`, too, where its `items` lie elsewhere.

    Raises:
        CannotWrite: it cannot be written.
    """
    journal, found = Journal(folder / FOLDER), {}
    for item in items:
        if item.name in known.so_far:
            journal.add(replace(known.so_far[item.name], fingerprint=item.fingerprint))
            found |= {item.name: item.fingerprint} if known.is_fine(item.name) else {}
    _keep(folder, FINE, found)


def _kept(folder: Path, name: str) -> dict[str, Any]:
    return read_json(folder / FOLDER / name) or {}


def _keep(folder: Path, name: str, told: Mapping[str, Any]) -> None:
    (folder / FOLDER).mkdir(exist_ok=True)
    write_atomically(folder / FOLDER / name, json.dumps(told, ensure_ascii=False).encode())


def _inside(folder: Path, file: str | None) -> str | None:
    return str(Path(file).relative_to(folder)) if file and Path(file).is_relative_to(folder) else file


def corrected(item: Item, told: Correction | None) -> Item:
    """An item as its table and the correction of its product ask for it: the photo that was corrected goes first. One
    whose photo is not among the product's any more is left out."""
    if not (told and isinstance(item.asked, str)):
        return item
    options = json.loads(item.asked)
    if told["photo"] not in options["photos"]:
        return item
    said = {name: told[name] for name in FOUND_BY if told.get(name)}
    own = {name: value for name, value in options.items() if name not in told}
    photos = sorted(options["photos"], key=lambda photo: photo != told["photo"])
    return replace(item, asked=json.dumps({**own, **said, "photos": photos}))

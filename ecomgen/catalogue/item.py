"""One product for one channel, and what became of it."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from pydantic_core import from_json

from ecomgen import looks, references
from ecomgen.catalogue.storage import Where, brought, stand_in, version
from ecomgen.errors import EcomgenError
from ecomgen.request import FILES, Request
from ecomgen.workflows.resolution import accepted

ASKED_AT_ONCE = 16  # of a storage, which answers each question after a while
Result = Literal["done", "nothing-passed", "failed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A run to be made. `name` is unique in the catalogue and safe as a folder's name."""

    name: str
    source: str  # where it is from: "line 12" or a folder
    asked: Request | str | None  # what is to be made; of a table's line its options as JSON, which take little room
    problem: str = ""  # why nothing can be made
    note: str = ""  # what is made otherwise than it was asked for
    remote: tuple[str, ...] = ()  # the addresses of photos that lie elsewhere; in the request something stands in
    product: str = ""  # the name without that of the channel
    spelt: str = ""  # that name as the source has it

    @property
    def request(self) -> Request | None:
        """What is to be made; read anew each time, for a catalogue's requests would fill the memory."""
        if not isinstance(self.asked, str):
            return self.asked
        options = json.loads(self.asked)
        return Request(**options | {"photos": tuple(Path(photo) for photo in options["photos"])})

    @property
    def title(self) -> str:
        """The product as people call it: `name` and `product` are spelt for folders."""
        name = self.product or self.name
        words = json.loads(self.asked).get("product", "") if isinstance(self.asked, str) else ""
        return next((said for said in (words, self.spelt, Path(self.source).stem) if safe(said) == name), name)

    @property
    def away(self) -> dict[Path, str]:
        """The address of each photo that something stands in for."""
        return {stand_in(url): url for url in self.remote}

    @property
    def fingerprint(self) -> str:
        """Changes with anything that the pictures depend on; photos count by path, size and time of change."""
        request, away = self.request, self.away
        if request is None:
            return ""
        beside = [photo for one in request.with_ for photo in one.photos]
        given = [*(getattr(request, name) for name in FILES), *(one.mask for one in request.with_)]
        files = [*request.photos, *beside, *filter(None, given)]
        photos = [_facts(photo, away.get(photo)) for photo in files]
        look = looks.get(request.look).as_toml() if request.look and request.look in looks.paths() else ""
        confirmed = request.confirmed and len(request.photos) > 1  # of a single photo it changes no pixel
        asked = replace(request, out=None, confirmed=confirmed)
        return hashlib.sha256(repr((photos, look, asked)).encode()).hexdigest()

    def at_hand(self) -> Request:
        """Its request with every photo on this machine.

        Raises:
            BadInput: a photo cannot be had.
        """
        request, away = self.request, self.away
        if request is None:
            raise ValueError("an item without a request is not given to a worker")
        photos = tuple(brought(away[photo]) if photo in away else photo for photo in request.photos)
        return replace(request, photos=photos)


def safe(text: str) -> str:
    """A name that every file system takes."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"[^\w-]+", "-", plain).strip("-_")[:80] or "product"


def _facts(photo: Path, url: str | None) -> tuple[str, ...] | tuple[str, int, int]:
    """What tells a photo from a changed one: where it lies, its size and time, or what its storage says."""
    if url is not None:
        return url, version(url)
    try:
        facts = photo.stat()
    except OSError:  # why is said where it is opened
        return (str(photo),)
    return str(photo), facts.st_size, facts.st_mtime_ns


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of an item. `pictures` are the finished files, best first, relative to the catalogue's folder."""

    name: str
    status: Result
    reason: str = ""
    run_id: str = ""
    folder: str = ""
    made: int = 0
    pictures: tuple[str, ...] = ()
    seconds: float = 0.0
    cutout_confidence: float | None = None  # [0, 1]
    cutout_doubts: int = 0  # places in it that are worth a look
    fingerprint: str = ""
    retried: tuple[str, ...] = ()  # why it was begun again, once for each time
    range: str = ""  # the look that it shares with others, and its channel
    traits: Mapping[str, float] = field(default_factory=dict)  # in which the pictures of a range are alike
    cut_from: Mapping[str, Any] = field(default_factory=dict)  # of a cut-out alone: which photo and mask_candidate

    @property
    def entry(self) -> dict[str, Any]:
        """Its line in the journal."""
        return asdict(self)

    @property
    def reported(self) -> dict[str, Any]:
        """Its entry in report.json, which says nothing of what its pictures depend on."""
        return {name: value for name, value in self.entry.items() if name not in ("fingerprint", "cut_from")}

    @classmethod
    def read(cls, line: bytes) -> Outcome | None:
        """What a line of the journal tells of; None where a full disk or a kill has cut it."""
        try:
            outcome = cls(**from_json(line, cache_strings="keys"))
            return replace(outcome, pictures=tuple(outcome.pictures), retried=tuple(outcome.retried))
        except (ValueError, TypeError):
            return None


def looked_for(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items, of which those have a problem whose photos are not in storage, or are none by their headers, and those
    that no pipeline would take as they are asked for."""
    with ThreadPoolExecutor(ASKED_AT_ONCE) as threads:
        return tuple(threads.map(_looked_for, items))


def _looked_for(item: Item) -> Item:
    try:
        for url in item.remote:
            version(url)
        for photo in item.request.photos if item.request else ():
            if photo not in item.away:
                references.refuse_unusable(photo)
        if item.request:
            accepted(item.request)
    except EcomgenError as error:
        return replace(item, asked=None, problem=error.message)
    return item


def is_still_good(known: Outcome, item: Item, out: Where) -> bool:
    """Whether an earlier outcome of an item stands: nothing has changed, and its pictures are still there."""
    if known.status == "failed" or known.fingerprint != item.fingerprint:
        return False
    return all(out.exists(file) for file in (known.folder, *known.pictures))


def run_folder(out: Where, item: Item) -> Path:
    """Where an item's run is made."""
    return out.local / "runs" / item.name


@dataclass(frozen=True)
class Lost:
    """Instead of an outcome: the worker died, for this reason."""

    reason: str

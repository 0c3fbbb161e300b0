"""The finished pictures of a catalogue that was a shop's feed, as the feed is to name them."""

from __future__ import annotations

import csv
import io
import os
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pydantic_core import from_json

from ecomgen import shops
from ecomgen.catalogue.storage import Where, where
from ecomgen.errors import BadInput
from ecomgen.export.spreadsheet import harmless
from ecomgen.outbound import told
from ecomgen.shops.write_back import NewPicture, rewritten


@dataclass(frozen=True, kw_only=True)
class Rewritten:
    """A feed with new pictures. `left` are the products whose lines were not touched, each with its reason."""

    before: str
    after: str
    changed: Mapping[str, Sequence[NewPicture]]
    left: Mapping[str, str]


def rewrite(feed: Path, out: Path | str, target: Path, base_url: str = "") -> Rewritten:
    """A shop's feed with the pictures that a catalogue has made of it.

    Args:
        feed: the feed that was the catalogue's source.
        out: the catalogue's folder, or its address.
        target: the file that it will be, which pictures are named relative to.
        base_url: what stands before each picture's file name instead.

    Raises:
        BadInput: the feed cannot be read, or is no shop's, or there is no report of a catalogue in the folder.
    """
    place = where(out)
    items, alts = _reported(place), _alt_texts(place)
    known = Counter(product.key for product in shops.read(feed).products)
    if not shops.is_of_a_shop(feed):
        raise BadInput(
            "{file} is no shop's feed: give that of Shopify, WooCommerce or Google Merchant.",
            file=feed.name,
        )
    changed: dict[str, list[NewPicture]] = {}
    left: dict[str, str] = {}
    for key, count in known.items():
        made = [name for one in items[key] for name in one["pictures"]]
        if made and count == 1:
            changed[key] = [NewPicture(_named(name, place, target, base_url), alts.get(name, "")) for name in made]
        else:
            left[key] = _why(key, count, items[key])
    before = feed.read_bytes().decode("utf-8", "replace")  # XML may be in another encoding; it is written in this one
    return Rewritten(before=before, after=rewritten(feed, changed), changed=changed, left=left)


def _reported(place: Where) -> defaultdict[str, list[dict[str, Any]]]:
    """What a catalogue's report says of each product."""
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    try:
        for one in from_json(place.read("report.json") or b"")["items"]:
            found[one["source"]].append(one)
    except (ValueError, TypeError, KeyError) as error:
        raise BadInput(
            'There is no report of a catalogue in {folder}: name the folder that "ecomgen batch" wrote to.',
            folder=told(place.url) if place.url else place.local,
        ) from error
    return found


def _why(key: str, count: int, items: Sequence[Mapping[str, Any]]) -> str:
    if count > 1:
        return f"{key or 'no key'} stands there {count} times"
    return "; ".join(filter(None, (one["reason"] for one in items))) or "nothing was made of it"


def _named(name: str, place: Where, target: Path, base_url: str) -> str:
    if base_url:
        return f"{base_url.rstrip('/')}/{quote(Path(name).name)}"
    if place.url:
        return f"{place.url}/{name}"
    return Path(os.path.relpath(place.local.absolute() / name, target.absolute().parent)).as_posix()


def _alt_texts(place: Where) -> dict[str, str]:
    """The alt text of each picture, in the first language that was asked for."""
    data = place.read("words.csv")
    found: dict[str, str] = {}
    if data:
        for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")):
            found.setdefault(row["file"], harmless(row["alt_text"].removeprefix("'")))
    return found

"""The feeds that are known: which column of each holds what."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """One shop's feed. Columns are given as `plain` writes them; of several names the first that is there counts.

    A product is one row, or with `group` the rows in a row that have one value there.
    """

    name: str
    channel: str | None = None  # whose rules its pictures have to meet
    needs: tuple[tuple[str, ...], ...]  # a feed is of this shop where it has one column of each
    group: tuple[str, ...] = ()
    key: tuple[str, ...]
    gtin: tuple[str, ...] = ()
    title: tuple[str, ...]
    pictures: tuple[str, ...]
    more_pictures: tuple[str, ...] = ()
    alt: tuple[str, ...] = ()
    between: str | None = None  # what parts several pictures of one cell; None where a cell holds one


SHOPIFY = Dialect(
    name="Shopify",
    channel="shopify",
    needs=(("handle", "url handle"), ("image src", "product image url")),
    group=("handle", "url handle"),
    key=("variant sku", "sku"),
    gtin=("variant barcode", "barcode"),
    title=("title",),
    pictures=("image src", "product image url"),
    more_pictures=("variant image", "variant image url"),
    alt=("image alt text",),
)
GOOGLE = Dialect(
    name="Google Merchant",
    channel="google-merchant",
    needs=(("image link",), ("id",)),
    key=("id",),
    gtin=("gtin",),
    title=("title",),
    pictures=("image link",),
    more_pictures=("additional image link",),
    between=",",
)
WOOCOMMERCE = Dialect(
    name="WooCommerce",
    needs=(("images",), ("sku",), ("name",)),
    key=("sku",),
    gtin=("gtin, upc, ean, or isbn",),
    title=("name",),
    pictures=("images",),
    between=",",
)
PICTURES = ("picture", "pictures", "image", "images", "path", "file", "photo", "photos", "url")
PLAIN = Dialect(
    name="table",
    needs=(PICTURES,),
    key=("sku", "gtin", "id", "handle", "name", "product", "title"),
    title=("title", "product", "name"),
    pictures=PICTURES,
    alt=("alt", "alt text"),
    between=";",
)
DIALECTS = (SHOPIFY, GOOGLE, WOOCOMMERCE, PLAIN)


def plain(column: str) -> str:
    """A column's name without what differs from feed to feed: case, the namespace of XML, underscores."""
    return re.sub(r"[\s_]+", " ", column.strip().lower().removeprefix("g:"))


def of(columns: Collection[str]) -> Dialect | None:
    """The shop whose feed has these columns, as `plain` writes them."""
    return next((one for one in DIALECTS if all(any(name in columns for name in names) for names in one.needs)), None)


def cell(cells: Mapping[str, str], names: tuple[str, ...]) -> str:
    """The first of some columns that is not empty."""
    return next((text for name in names if (text := cells.get(name, "").strip())), "")

"""Catalogues: a table or a folder of products in, a run for each product and channel, resumable at any point."""

from ecomgen.catalogue.item import Item, Outcome
from ecomgen.catalogue.reading import Catalogue, read
from ecomgen.catalogue.running import run

__all__ = ["Catalogue", "Item", "Outcome", "read", "run"]

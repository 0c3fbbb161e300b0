"""Catalogues: a table or a folder of products in, a run for each product and channel, resumable at any point."""

from ecomgen.catalogue.archive import Limits
from ecomgen.catalogue.batch import Engine, run
from ecomgen.catalogue.item import Item, Outcome, looked_for
from ecomgen.catalogue.source import Catalogue, read
from ecomgen.catalogue.storage import where

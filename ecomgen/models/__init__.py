"""Weights: find them, verify them, load them once, pull them when asked.

`manifest` says which models there are, `location` where they lie on this machine, `checksums` that they are what they
should be, `resident` keeps them loaded, and `download` alone goes to the network.
"""

from ecomgen.models.devices import all_cards, device, free_memory, threads, total_memory
from ecomgen.models.download import pull, size_of
from ecomgen.models.licences import licences, non_commercial
from ecomgen.models.location import (
    addition_is_here,
    base_is_here,
    fetched,
    first_here,
    is_here,
    locate,
    locate_addition,
    locate_recipe,
    recipe_is_here,
    required,
    used,
    used_by_recipe,
    verify,
    way_out,
)
from ecomgen.models.manifest import entries, entry
from ecomgen.models.resident import another, load_once, make_room, pretrained, release

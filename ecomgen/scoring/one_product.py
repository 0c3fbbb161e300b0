"""Do several photos show one product? A seller may drop those of two by mistake.

Two photos are of different products where neither colours nor anything else that identity goes by is alike. The limits
were chosen on 54 photos of sixteen products: of their 117 pairs of one product one is called two, of the pairs of two
products two in three are. Products of like colours are not told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from ecomgen.scoring.identity.descriptor import Descriptor, colours
from ecomgen.scoring.identity.frames import frame_of
from ecomgen.scoring.identity.likeness import likeness_between
from ecomgen.types import Pixels

UNLIKE_COLOURS, UNLIKE = 0.5, 0.1  # likenesses in [0, 1], below both of which two photos are of different products


def strangers(photos: Sequence[Pixels]) -> set[int]:
    """The numbers of those photos, HxWx4 with the product's alpha, that show another product than most do: they are
    unlike half of the others at least. Where that are most, it is those that are unlike the first."""
    known = [Descriptor(frame_of(photo)) for photo in photos]
    unlike = {frozenset(pair) for pair in combinations(range(len(known)), 2) if _are_two(*(known[at] for at in pair))}
    apart = {
        number for number in range(len(known)) if 2 * sum(number in pair for pair in unlike) >= max(len(known) - 1, 1)
    }
    if 2 * len(apart) <= len(known) and 0 not in apart:
        return apart
    return {number for number in apart if frozenset((0, number)) in unlike}


def _are_two(one: Descriptor, other: Descriptor) -> bool:
    both = ((one, other), (other, one))
    return all(colours(*pair) < UNLIKE_COLOURS for pair in both) and all(
        likeness_between(*pair) < UNLIKE for pair in both
    )

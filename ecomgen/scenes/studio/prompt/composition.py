"""Where a wish wants the product in the picture: copy space moves it aside, a close-up enlarges it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.types import Composition

if TYPE_CHECKING:
    from ecomgen.scenes.studio.prompt.wish import Wish

ACROSS = {"left": 0.69, "right": 0.31, "side": 0.62}
OFF_CENTRE = 0.37
SIZES = {"close": 1.32, "wide": 0.72}
ROOMY = {"left": 0.92, "right": 0.92, "around": 0.72, "top": 0.8}


def composition(wish: Wish) -> Composition:
    """The place and the size of the product that the prompt asks for."""
    across = ACROSS.get(wish.space or "", OFF_CENTRE if wish.balance == "off centre" else 0.5)
    lots = 0.86 if wish.space and wish.amount else 1.0
    size = lots * SIZES.get(wish.framing or "", 1.0) * ROOMY.get(wish.space or "", 1.0)
    return Composition(across=across, size=size, centred=wish.balance in ("centred", "symmetrical"))

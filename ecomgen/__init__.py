"""ecomgen turns a few ordinary photos of a product and a prompt into catalogue-ready pictures of that very product.

from ecomgen import Request, generate

run = generate(Request(photos=("mug.jpg",), prompt="on a wooden table by a window", count=4))
print(run.kept)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ecomgen.cutouts import cutout
    from ecomgen.errors import EcomgenError
    from ecomgen.generation import Run, generate
    from ecomgen.judging import score
    from ecomgen.preparing import check
    from ecomgen.replaying import Replay, replay
    from ecomgen.request import Request
    from ecomgen.settings import Settings
    from ecomgen.types import Box, Edge, MaskRequest, Point, Progress, Stroke
    from ecomgen.wording import write_words
    from ecomgen.words import WordsRequest

__all__ = [
    "Box",
    "EcomgenError",
    "Edge",
    "MaskRequest",
    "Point",
    "Progress",
    "Replay",
    "Request",
    "Run",
    "Settings",
    "Stroke",
    "WordsRequest",
    "check",
    "cutout",
    "generate",
    "replay",
    "score",
    "write_words",
]

_homes = {
    "Box": "types",
    "EcomgenError": "errors",
    "Edge": "types",
    "MaskRequest": "types",
    "Point": "types",
    "Progress": "types",
    "Replay": "replaying",
    "Request": "request",
    "Run": "generation",
    "Settings": "settings",
    "Stroke": "types",
    "WordsRequest": "words",
    "check": "preparing",
    "cutout": "cutouts",
    "generate": "generation",
    "replay": "replaying",
    "score": "judging",
    "write_words": "wording",
}


def __getattr__(name: str) -> Any:
    """Import on first use, so that `import ecomgen` costs nothing."""
    if name not in _homes:
        raise AttributeError(f"module 'ecomgen' has no attribute {name!r}")
    return getattr(import_module(f"ecomgen.{_homes[name]}"), name)

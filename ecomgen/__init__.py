"""ecomgen turns a few ordinary photos of a product and a prompt into catalogue-ready pictures of that very product.

from ecomgen import Request, generate

run = generate(Request(photos=("mug.jpg",), prompt="on a wooden table by a window", count=4))
print(run.kept)
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ecomgen.captions.request import WordsRequest
    from ecomgen.errors import EcomgenError
    from ecomgen.generation import Run, generate
    from ecomgen.request import ClipOptions, CutoutRequest, Request, ScoreRequest
    from ecomgen.settings import Settings
    from ecomgen.types import Box, Edge, MaskRequest, Point, Progress, Stroke
    from ecomgen.workflows.captioned_run import write_words
    from ecomgen.workflows.clip import Clip, clip
    from ecomgen.workflows.cutouts import cutout
    from ecomgen.workflows.evaluation import score
    from ecomgen.workflows.preparation import check
    from ecomgen.workflows.replay import Replay, replay

__all__ = [
    "Box",
    "Clip",
    "ClipOptions",
    "CutoutRequest",
    "EcomgenError",
    "Edge",
    "MaskRequest",
    "Point",
    "Progress",
    "Replay",
    "Request",
    "Run",
    "ScoreRequest",
    "Settings",
    "Stroke",
    "WordsRequest",
    "check",
    "clip",
    "cutout",
    "generate",
    "replay",
    "score",
    "write_words",
]

os.environ |= {  # what libraries would tell of their users: set before any of them is imported
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
}
_MEMBERS = {
    "captions.request": ("WordsRequest",),
    "errors": ("EcomgenError",),
    "generation": ("Run", "generate"),
    "request": ("ClipOptions", "CutoutRequest", "Request", "ScoreRequest"),
    "settings": ("Settings",),
    "types": ("Box", "Edge", "MaskRequest", "Point", "Progress", "Stroke"),
    "workflows.captioned_run": ("write_words",),
    "workflows.clip": ("Clip", "clip"),
    "workflows.cutouts": ("cutout",),
    "workflows.evaluation": ("score",),
    "workflows.preparation": ("check",),
    "workflows.replay": ("Replay", "replay"),
}
_HOMES = {name: module for module, names in _MEMBERS.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import on first use, so that `import ecomgen` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'ecomgen' has no attribute {name!r}")
    return getattr(import_module(f"ecomgen.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """What completion offers, imported or not."""
    return sorted({*globals(), *__all__})

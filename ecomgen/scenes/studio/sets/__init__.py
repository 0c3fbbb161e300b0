"""The sets. In: a shot, whose wish names one. Out: its stage. Each is a TOML file here, some with a module beside it.

`declarations.sets` says what a file holds, and lists them; `indoors` and `outdoors` build most of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ecomgen.scenes.studio.declarations.sets import Room, changed, declared

if TYPE_CHECKING:
    from ecomgen.scenes.studio.primitives.types import Stage
    from ecomgen.scenes.studio.stage.shot import Shot


def build(shot: Shot) -> Stage:
    """The stage of the shot's set, as its wish and chance vary it."""
    known = declared()[str(shot.wish.place)]
    idea, plan = shot.idea, known.plan
    plan = plan if idea is None else changed(plan, idea.light | idea.change)
    for variant in known.variants:
        drawn = variant.chance is None or (idea is None and shot.span(repr(variant), 0, 1) < variant.chance)
        if drawn and variant.wished(shot.wish):
            plan = changed(plan, variant.change)
    builder = known.builder or ("indoors" if isinstance(plan, Room) else "outdoors")
    return import_module(f"{__name__}.{builder}").build(shot, plan)

"""What the wish and the photo change on a finished set. In: a stage and its shot. Out: the stage that is rendered.

`light_match` brings its light near to the photo's; `adapted` adds what the prompt asks of any set: a wall, something
under the product, another light, snow, room for words, a mood.
"""

from __future__ import annotations

from ecomgen.scenes.studio.adaptation.air import with_beams, with_snow
from ecomgen.scenes.studio.adaptation.grade import graded, tried
from ecomgen.scenes.studio.adaptation.lamps import coloured, out_of_sight, placed
from ecomgen.scenes.studio.adaptation.underlay import under_product
from ecomgen.scenes.studio.adaptation.wall import before_wall, behind_lens, calmed
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.types import Stage


def adapted(stage: Stage, shot: Shot) -> Stage:
    """The stage as the rest of the wish would have it, in its moods and behind its lens."""
    for change in (under_product, before_wall, with_snow, placed, coloured, with_beams, behind_lens, calmed):
        stage = change(stage, shot)
    return out_of_sight(graded(tried(stage, shot), shot.wish), shot)

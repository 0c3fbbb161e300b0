"""clip: a finished picture in motion."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ecomgen.cli.options import Json, Narrator, offering, tell
from ecomgen.cli.run_filter import RunId, latest
from ecomgen.request import ClipOptions


@offering(ClipOptions)
def clip(
    run: RunId = "",
    out: Annotated[Path | None, typer.Option(help="A folder for the files; by default one in the run's.")] = None,
    as_json: Json = False,
    **options: Any,
) -> None:
    """Move a finished studio picture: MP4, a looped WebP, and a record that makes them again.

    The product is flat, so moves are small: it grows by a tenth at most, a camera swings by 3 degrees to a side, a lamp
    by 20, or less where the picture, the set or hard light leaves less room. The record says how far.
    """
    from ecomgen.workflows.clip import clip as move

    with Narrator() as narrator:
        made = move(latest(run), ClipOptions(**options), out=out and out.absolute(), report=narrator)
    lines = (str(made.file), str(made.loop), *made.told)
    tell(made.record | {"file": str(made.file), "loop": str(made.loop)}, lines, as_json=as_json)

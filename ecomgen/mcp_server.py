"""For assistants: the commands as tools of the Model Context Protocol, over standard input and output.

The tools work on this machine's files, like the command line, and return what it prints with `--json`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecomgen.errors import BackendMissing, EcomgenError

if TYPE_CHECKING:
    from mcp.server import MCPServer

ABOUT = (
    "Makes catalogue-ready pictures of a product from a few ordinary photos of it. Check the photos, generate pictures "
    "in the scene that a prompt describes, look at their scores, then export the best. Paths are this machine's."
)


def check(photos: list[str], product: str = "") -> list[dict[str, Any]]:
    """Tell whether photos of a product are good enough: light, sharpness, size, framing, background.

    Args:
        photos: paths of the photos.
        product: what it is, in a few words.
    """
    from ecomgen.export.record import check_entries
    from ecomgen.types import MaskRequest
    from ecomgen.workflows.preparation import check as examine

    request = MaskRequest(product=product)
    checked = [examine(Path(photo), request) for photo in photos]
    return [{"path": str(one.path), "checks": check_entries(one.checks)} for one in checked]


def cutout(photos: list[str], out: str, product: str = "", background: str = "transparent") -> list[str]:
    """Cut the product out of photos, with a soft edge, at full size. Returns the paths of the files.

    Args:
        photos: paths of the photos.
        out: the folder to write to.
        product: what it is, in a few words.
        background: transparent, a colour's name or #RRGGBB.
    """
    from ecomgen.types import MaskRequest
    from ecomgen.workflows.cutouts import cutout as cut

    request = MaskRequest(product=product)
    made = cut([Path(photo) for photo in photos], Path(out), request=request, background=background)
    return [str(one.file) for one in made]


def generate(
    photos: list[str],
    prompt: str,
    product: str = "",
    count: int = 4,
    channel: str = "",
    size: list[int] | None = None,
    seed: int | None = None,
    steps: int | None = None,
    pipeline: str = "auto",
    threshold: str = "normal",
) -> dict[str, Any]:
    """Make pictures of a product in the scene that the prompt describes; returns the run with its pictures and scores.

    Args:
        photos: paths of up to ten photos of the same product.
        prompt: where the product stands and in what light.
        product: what it is, in a few words.
        count: how many pictures.
        channel: a shop or network whose format and rules they must meet, for example amazon-main.
        size: width and height in pixels, where there is no channel.
        seed: to make the same pictures again.
        steps: more is finer and slower.
        pipeline: auto, studio, or the name of a recipe whose weights are here.
        threshold: strict, normal or lenient: how true to the product a picture must be to be kept.
    """
    from ecomgen.generation import generate as make
    from ecomgen.request import Request

    request = Request(
        photos=tuple(Path(photo) for photo in photos),
        prompt=prompt,
        product=product,
        count=count,
        channel=channel or None,
        size=(size[0], size[1]) if size and len(size) == 2 else None,
        seed=seed,
        steps=steps,
        pipeline=pipeline,
        threshold=threshold,
    )
    run = make(request)
    return {"run_id": run.record["run_id"], "folder": str(run.folder), "candidates": run.record["candidates"]}


def score(pictures: list[str], reference: list[str], prompt: str = "", product: str = "") -> list[dict[str, Any]]:
    """Tell how true pictures are to the product in the reference photos, from 0 to 1, and what is wrong with them."""
    from ecomgen.workflows.evaluation import score as judge

    return judge([Path(one) for one in pictures], [Path(one) for one in reference], prompt=prompt, product=product)


def history(search: str = "", limit: int = 20) -> list[dict[str, Any]]:
    """List earlier runs, newest first."""
    from ecomgen.runlog import RunLog, Which
    from ecomgen.settings import settings

    return RunLog(settings().database).recent(limit=limit, which=Which(text=search))


def export(run: str, out: str, top: int | None = None, channels: list[str] | None = None) -> str:
    """Pack the best pictures of a run into a zip, for channels composed anew for each. Returns its path.

    Args:
        run: the run's id.
        out: the zip to write.
        top: how many pictures; all that were kept by default.
        channels: names of shops and networks.
    """
    from ecomgen.runlog import RunLog
    from ecomgen.settings import settings
    from ecomgen.workflows.channel_export import Wish, publish

    record, folder = RunLog(settings().database).show(run)
    publish(record, folder, Path(out), Wish(channels=tuple(channels or ()), top=top))
    return out


TOOLS = (check, cutout, generate, score, history, export)


def server() -> MCPServer:
    """The server with its tools.

    Raises:
        BackendMissing: the extra is not installed.
    """
    try:
        from mcp.server import MCPServer
    except ImportError as error:
        raise BackendMissing('Assistants need an extra: run "pip install ecomgen[mcp]".') from error
    made = MCPServer("ecomgen", instructions=ABOUT, version=version("ecomgen"), log_level="WARNING")
    for tool in TOOLS:
        made.add_tool(_told(tool))
    return made


def _told(tool: Callable[..., Any]) -> Callable[..., Any]:
    """The tool with its errors as one sentence each."""
    from mcp.server.mcpserver.exceptions import ToolError

    @functools.wraps(tool)
    def called(**given: Any) -> Any:
        try:
            return tool(**given)
        except EcomgenError as error:
            raise ToolError(str(error)) from error

    return called

"""For assistants: the commands as tools of the Model Context Protocol, over standard input and output.

The tools work on this machine's files, like the command line, and return what it prints with `--json`.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ValidationError

from ecomgen.errors import NO_PHOTO, BackendMissing, BadPhoto, EcomgenError, first_fault
from ecomgen.messages import field, flag, told
from ecomgen.options import Declared, given, on, taking
from ecomgen.options.reading import out_of_range, unknown_field
from ecomgen.record.entries import checked
from ecomgen.request import CheckRequest, ClipOptions, CutoutRequest, ExportOptions, Request, ScoreRequest
from ecomgen.types import Point, Progress, Report, silent

if TYPE_CHECKING:
    from mcp.server import MCPServer
    from mcp.server.mcpserver import Context

ABOUT = (
    "Makes catalogue-ready pictures of a product from a few ordinary photos of it. Check the photos, generate pictures "
    "in the scene that a prompt describes, look at their scores, then export the best, or move one as a short clip. "
    "Paths are this machine's."
)


def check(photos: list[str], **options: Any) -> list[dict[str, Any]]:
    """Tell whether photos of a product are good enough: light, sharpness, size, framing, background.

    Args:
        photos: paths of the photos.
    """
    from ecomgen.workflows.preparation import check as examine

    request = CheckRequest(**given(options)).mask_request
    _refuse_none(photos)
    return [checked(examine(Path(photo), request)) for photo in photos]


def cutout(photos: list[str], out: str, report: Report = silent, **options: Any) -> list[str]:
    """Cut the product out of photos, with a soft edge, at full size. Returns the paths of the files.

    Args:
        photos: paths of the photos.
        out: the folder to write to.
    """
    from ecomgen.workflows.cutouts import cutout as cut

    request = CutoutRequest(**given(options))
    _refuse_none(photos)
    made = cut([Path(photo) for photo in photos], Path(out), request, report=report)
    return [str(one.file) for one in made]


def generate(photos: list[str], prompt: str = "", report: Report = silent, **options: Any) -> dict[str, Any]:
    """Make pictures of a product in the scene that the prompt describes; returns the run, its pictures and scores.

    Args:
        photos: paths of photos of the same product.
        prompt: where the product stands and in what light; not needed with a look, a backdrop or a run's scene.
    """
    from ecomgen.generation import generate as make

    request = Request(photos=tuple(Path(photo) for photo in photos), prompt=prompt, **given(options))
    run = make(request, report)
    candidates = [entry.as_json() for entry in run.record.candidates]
    return {"run_id": run.run_id, "folder": str(run.folder), "notes": list(run.record.notes), "candidates": candidates}


def score(pictures: list[str], reference: list[str], **options: Any) -> list[dict[str, Any]]:
    """Tell how true pictures are to the product in the reference photos, from 0 to 1, and what is wrong with them.

    Args:
        pictures: paths of the pictures.
        reference: paths of photos of the product.
    """
    from ecomgen.workflows.evaluation import score as judge

    return judge([Path(one) for one in pictures], [Path(one) for one in reference], ScoreRequest(**given(options)))


def history(search: str = "", limit: int = 20) -> list[dict[str, Any]]:
    """List earlier runs, newest first."""
    from ecomgen.runlog import RunFilter, run_log

    if limit < 1:
        raise out_of_range(flag("limit"), limit, 1, None)
    return [asdict(run) for run in run_log().recent(limit=limit, which=RunFilter(text=search))]


def export(run: str, out: str, channels: list[str] | None = None, **options: Any) -> str:
    """Pack the best pictures of a run into a zip, for channels composed anew for each. Returns its path.

    Args:
        run: the run's id.
        out: the zip to write.
        channels: names of shops and networks.
    """
    from ecomgen.runlog import run_log
    from ecomgen.workflows.channel_export import Order, publish

    record, folder = run_log().show(run)
    wanted = ExportOptions(channel=tuple(channels or ()), format=None, **given(options))
    publish([Order(record=record, folder=folder, options=wanted)], Path(out))
    return out


def clip(run: str, out: str | None = None, **options: Any) -> dict[str, Any]:
    """Move a finished studio picture; returns what makes the clip again, and the paths of an MP4 and a looped WebP.

    Args:
        run: the run's id.
        out: the folder to write to; one in the run's by default.
    """
    from ecomgen.workflows.clip import clip as move

    made = move(run, ClipOptions(**given(options)), out=Path(out) if out else None)
    return made.record | {"file": str(made.file), "loop": str(made.loop), "told": list(made.told)}


def _refuse_none(photos: list[str]) -> None:
    if not photos:
        raise BadPhoto(NO_PHOTO)


MODELS = {
    check: CheckRequest,
    cutout: CutoutRequest,
    generate: Request,
    score: ScoreRequest,
    clip: ClipOptions,
    export: ExportOptions,
}
TOOLS = (check, cutout, generate, score, clip, history, export)


def server() -> MCPServer:
    """The server with its tools.

    Raises:
        BackendMissing: the extra is not installed.
    """
    try:
        from mcp.server import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
    except ImportError as error:
        raise BackendMissing('Assistants need an extra: run "pip install ecomgen[mcp]".') from error

    class Server(MCPServer):
        """Refuses arguments that no tool has, and says in one sentence what is wrong with the others."""

        async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
            offered = {tool.name: tool.input_schema["properties"] for tool in await self.list_tools()}
            unknown = [key for key in arguments if key not in offered.get(name, arguments)]
            if unknown:
                raise ToolError(f"{unknown_field(unknown[0], offered[name])}")
            try:
                return await super().call_tool(name, arguments, context)
            except ToolError as error:
                if not isinstance(error.__cause__, ValidationError):
                    raise
                wrong, reason = first_fault(error.__cause__)
                raise ToolError(f"`{wrong}` cannot be used ({reason}): correct it.") from error

    made = Server("ecomgen", instructions=ABOUT, version=version("ecomgen"), log_level="WARNING")
    for tool in TOOLS:
        made.add_tool(_explaining(_offered(tool)))
    return made


def _offered(tool: Callable[..., Any]) -> Callable[..., Any]:
    """The tool with the options that its request declares, each explained as in the command line's help."""
    if tool not in MODELS:
        return tool
    listed, own = on("mcp", MODELS[tool]), signature(tool).parameters
    offered = taking(tool, listed, _parameter)
    helps = "".join(f"        {name}: {one.option.help}\n" for name, one in listed.items() if name not in own)
    offered.__doc__ = f"{(tool.__doc__ or '').rstrip()}\n{helps}    "
    return offered


def _parameter(one: Declared) -> Parameter:
    kind: Any = one.base if one.base in (bool, int, float) else list[list[float]] if one.base is Point else str
    if one.choices:
        kind = Literal[one.choices]
    elif kind is str and one.option.metavar:  # a box, a size, a level: as text or as numbers
        kind = str | float | list[float]
    default = one.default if isinstance(one.default, (str, int, float)) else None
    annotation = kind if default is not None else kind | None
    return Parameter(one.name, Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=annotation)


def _explaining(tool: Callable[..., Any]) -> Callable[..., Any]:
    """The tool with its errors as one sentence each, and with its reports as notifications of progress."""
    from mcp.server.mcpserver import Context
    from mcp.server.mcpserver.exceptions import ToolError

    @functools.wraps(tool)
    def called(**given: Any) -> Any:
        if "report" in given:
            given["report"] = _notifying(given["report"])
        try:
            return tool(**given)
        except EcomgenError as error:
            raise ToolError(told(error.message, field)) from error

    if "report" in tool.__annotations__:
        called.__annotations__ = tool.__annotations__ | {"report": Context}  # by which the server knows to give it
    return called


def _notifying(context: Context) -> Report:
    """Tells the client of each step, in the server's loop; one that gave no token for it hears nothing."""
    from anyio import from_thread
    from anyio.lowlevel import current_token

    loop = from_thread.run_sync(current_token)  # reports come from threads of their own
    count, last = itertools.count(1), ""  # each notification has a higher number than the one before

    def report(progress: Progress) -> None:
        nonlocal last
        line = f"{progress.step} {progress.done}/{progress.total}"
        if line != last:
            last = line
            from_thread.run(context.report_progress, next(count), None, line, token=loop)

    return report

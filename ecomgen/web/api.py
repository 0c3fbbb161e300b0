"""The named endpoints: what the screen does, for gradio_client. Parameters are the command line's long options."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from inspect import Parameter, signature
from pathlib import Path
from typing import Any, get_type_hints

import gradio as gr
from gradio import FileData, processing_utils
from gradio.events import api as endpoint

from ecomgen.errors import BadPhoto, UsageError
from ecomgen.messages import flag
from ecomgen.options import Declared, given, on, taking
from ecomgen.options.reading import read_whole
from ecomgen.record.entries import checked
from ecomgen.request import (
    FILES,
    CheckRequest,
    ClipOptions,
    CutoutRequest,
    ExportOptions,
    Request,
    ScoreRequest,
    WordsOptions,
)
from ecomgen.runlog import RunFilter
from ecomgen.types import Companion, Point
from ecomgen.web.create.finished.filming import begin_filming
from ecomgen.web.create.form import companion, read_run
from ecomgen.web.create.results.export import begin_packing, order_of
from ecomgen.web.create.results.work import work_of
from ecomgen.web.files import fresh_folder, uploads, zipped
from ecomgen.web.jobs.scheduler import lane
from ecomgen.web.messages import as_message, spoken
from ecomgen.web.people.access import person, run_of, runs_of

Files = list[FileData]


@spoken
def check(photos: Files, **options: Any) -> dict:
    """Tell whether photos are good enough: light, sharpness, size, framing, background."""
    from ecomgen.workflows.preparation import check as examine

    request = CheckRequest(**received(options)).mask_request
    examined = [examine(photo, request) for photo in uploaded(photos)]
    return {"photos": [checked(one) for one in examined]}


@spoken
def cutout(photos: Files, **options: Any) -> FileData:
    """Cut the product out of a photo, with a soft edge, at full size; of several photos, into a zip."""
    from ecomgen.workflows.cutouts import cutout as cut

    request = CutoutRequest(**received(options))
    plain_background(request)
    out = fresh_folder("cutout")
    made = cut(uploaded(photos), out, request)
    if len(made) == 1:
        return FileData(path=str(made[0].file))
    return FileData(path=str(zipped("cutout", "cutouts.zip", {one.file.name: one.file for one in made})))


@spoken
def generate(web: gr.Request, photos: Files, prompt: str, **options: Any) -> dict:
    """Make pictures of a product in the scene that the prompt describes; returns run.json.

    Several languages are parted by semicolons, several attributes ("material: oak") by lines. A further product of
    `with_` is {"photos": [uploads], "place": "X,Y,HEIGHT"}, the place if it is not to stand in a row;
    "product", "masker", "box", "point" and "mask", an upload, help to find it.
    """
    values: dict[str, Any] = received(options) | {"scene_from": read_run(options["scene_from"])}
    values |= {"with_": _companions(options.get("with_"))}
    request = Request(photos=tuple(uploaded(photos)), prompt=prompt, **values)
    return lane.start(person(web).name, "api", work_of(request, person(web))).wait().record.as_json()


@spoken
def words(web: gr.Request, run: str, words: str = "auto", **options: Any) -> list[dict]:
    """Write alt texts, title and description for a run's kept pictures, in languages parted by semicolons."""
    from ecomgen.workflows.captioned_run import write_words

    record, _ = run_of(person(web), run)
    wanted = WordsOptions(words=words, **given(options)).words_request
    if wanted is None:
        raise UsageError("Nobody is to write: give words auto, endpoint or a name.")
    job = lane.start(person(web).name, "api", lambda report, _: write_words(record.run_id, wanted, report))
    return [entry.as_json() for entry in job.wait().words]


@spoken
def score(pictures: Files, reference: Files, **options: Any) -> dict:
    """Tell how true pictures are to the product in the reference photos."""
    from ecomgen.workflows.evaluation import score as judge

    entries = judge(uploaded(pictures), uploaded(reference), ScoreRequest(**received(options)))
    return {"pictures": entries}


@spoken
def history(web: gr.Request, search: str = "", limit: int = 50) -> list[dict[str, Any]]:
    """List the runs that are yours to see, newest first."""
    rows = runs_of(person(web), RunFilter(text=search), max(1, read_whole("limit", limit) or 0))
    return [asdict(row) for row in rows]


@spoken
def export(web: gr.Request, run: str, **options: Any) -> FileData:
    """Pack the best pictures of a run into a zip, each with its metadata; for channels (a;b) they are composed anew."""
    who = person(web)
    order = order_of(*run_of(who, run), ExportOptions(**given(options)))
    return FileData(path=str(begin_packing(who, [order]).wait().file))


@spoken
def clip(web: gr.Request, run: str, **options: Any) -> FileData:
    """Move a finished studio picture of a run, as an MP4."""
    who = person(web)
    job = begin_filming(who, *run_of(who, run), ClipOptions(**given(options)), fresh_folder("clip"))
    return FileData(path=str(job.wait().file))


def plain_background(request: CutoutRequest) -> None:
    """Raises UsageError for a background that is a file here: of the server's files none is for whoever asks."""
    if Path(request.background).exists():
        raise UsageError(
            "{--background} {background!r} is a file of the server: give transparent, a name or #RRGGBB.",
            background=request.background,
        )


def received(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options as a client sent them: an empty one is its default, a file is where it was uploaded."""
    sent = given(options)
    return sent | {name: uploaded([sent[name]])[0] for name in FILES if name in sent}


def _companions(sent: Any) -> tuple[Companion, ...]:
    """Further products, each with its uploaded photos.

    Raises:
        UsageError: what was sent is something else.
        BadPhoto: a photo is no upload.
    """
    products = sent or ()
    if not isinstance(products, Sequence) or not all(isinstance(one, dict) and one.get("photos") for one in products):
        raise UsageError(
            "{--with} is a list of products, each with photos, which are uploads, and a place: send it so."
        )
    return tuple(_companion(one) for one in products)


def _companion(sent: Mapping[str, Any]) -> Companion:
    """A further product; its mask is an upload, its box and clicks are about its first photo."""
    mask = uploaded([sent["mask"]])[0] if sent.get("mask") else None
    told = {name: sent.get(name) for name in ("place", "product", "masker", "box", "point")} | {"mask": mask}
    return companion(uploaded(sent["photos"]), told)


def uploaded(files: Files) -> list[Path]:
    """The files that a client uploaded, as paths in the app's own folder.

    Raises:
        BadPhoto: something else was sent, a path of the server for example.
    """
    home = uploads().resolve()
    paths = []
    for file in files if isinstance(files, list) else (None,):
        given = file.get("path") if isinstance(file, dict) else getattr(file, "path", "")
        path = Path(given).resolve() if isinstance(given, str) and given and "\0" not in given else None
        if path is None or not path.is_relative_to(home):
            raise _not_uploaded()
        paths.append(path)
    return paths


def take_uploads_only() -> None:
    """Have Gradio fetch no file that is given by its address: nothing leaves this machine unasked."""
    processing_utils.async_ssrf_protected_download = _not_fetched


async def _not_fetched(*_: Any, **__: Any) -> str:
    raise as_message(_not_uploaded())


def _not_uploaded() -> BadPhoto:
    return BadPhoto("The photos must be uploaded: wrap each path in gradio_client.handle_file.")


def endpoints() -> None:
    """Register all endpoints in the app that is being built."""
    heavy: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "api"}
    _register(check, CheckRequest, **heavy)
    _register(cutout, CutoutRequest, **heavy)
    _register(score, ScoreRequest, **heavy)
    _register(generate, Request, concurrency_limit=None)
    _register(words, WordsOptions, concurrency_limit=None)
    endpoint(_texts_checked(history), api_name="history")
    _register(export, ExportOptions)
    _register(clip, ClipOptions, concurrency_limit=None)


def _register(function: Callable[..., Any], model: type, **limits: Any) -> None:
    """The endpoint of a function whose `**options` are those that `model` declares."""
    offered = taking(function, on("api", model), _parameter)
    endpoint(_texts_checked(offered), api_name=function.__name__, **limits)


def _texts_checked(function: Callable[..., Any]) -> Callable[..., Any]:
    """The endpoint that takes only text for what is text; Gradio passes on whatever a client sends."""
    texts = [name for name, kind in get_type_hints(function).items() if kind is str and name != "return"]
    order = signature(function)

    @spoken
    @functools.wraps(function)
    def checked(*values: Any, **named: Any) -> Any:
        sent = order.bind(*values, **named)
        for name in texts:
            value = sent.arguments.get(name, "")
            if not isinstance(value, str | None):
                raise UsageError("{option} {value!r} is not a text: give one.", option=flag(name), value=value)
            if value is None:
                usual = order.parameters[name].default
                sent.arguments[name] = "" if usual is Parameter.empty else usual
        return function(*sent.args, **sent.kwargs)

    return checked


def _parameter(one: Declared) -> Parameter:
    kinds: dict[Any, Any] = {
        int: int,
        float: float,
        bool: bool,
        Path: FileData,
        Point: list[list[float]],
        Companion: list[dict[str, Any]],
    }
    kind = str | float if one.name == "threshold" else kinds.get(one.base, str)
    default = one.default if isinstance(one.default, (str, int, float)) else "" if kind is str else None
    annotation = kind if default is not None else kind | None
    return Parameter(one.name, Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=annotation)

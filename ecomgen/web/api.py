"""The named endpoints: what the screen does, for gradio_client. Parameters are the command line's long options."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import gradio as gr
from gradio import FileData
from gradio.events import api as endpoint

from ecomgen.captions import WordsRequest, read_attributes
from ecomgen.errors import BadPhoto, UsageError
from ecomgen.request import Request
from ecomgen.runlog import Which
from ecomgen.types import MaskRequest
from ecomgen.web.create.export import Parcel
from ecomgen.web.create.form import (
    read_box,
    read_points,
    read_run,
    read_size,
    read_threshold,
    read_whole,
    read_words,
)
from ecomgen.web.create.results import work_of
from ecomgen.web.downloads import fresh_folder, upload_folder
from ecomgen.web.jobs.scheduler import lane
from ecomgen.web.messages import spoken
from ecomgen.web.people.access import person, run_of, runs_of

Files = list[FileData]


@spoken
def check(photos: Files, product: str = "", masker: str = "auto", box: str = "") -> dict:
    """Tell whether photos are good enough: light, sharpness, size, framing, background."""
    from ecomgen.export.record import check_entries
    from ecomgen.workflows.preparation import check as examine

    request = MaskRequest(masker=masker, product=product, box=read_box(box))
    checked = [examine(photo, request) for photo in uploaded(photos)]
    return {"photos": [{"path": str(photo.path), "checks": check_entries(photo.checks)} for photo in checked]}


@spoken
def cutout(
    photos: Files, product: str = "", masker: str = "auto", box: str = "", background: str = "transparent"
) -> FileData:
    """Cut the product out of a photo, with a soft edge, at full size; of several photos, into a zip."""
    from ecomgen.workflows.cutouts import cutout as cut

    if Path(background).exists():
        raise UsageError(f"--background {background!r} is a file of the server: give transparent, a name or #RRGGBB.")
    out = fresh_folder("cutout")
    request = MaskRequest(masker=masker, product=product, box=read_box(box))
    made = cut(uploaded(photos), out, request=request, background=background)
    if len(made) == 1:
        return FileData(path=str(made[0].file))
    archive = out / "cutouts.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as pack:
        for one in made:
            pack.write(one.file, one.file.name)
    return FileData(path=str(archive))


@spoken
def generate(
    web: gr.Request,
    photos: Files,
    prompt: str,
    negative_prompt: str = "",
    pipeline: str = "auto",
    product: str = "",
    masker: str = "auto",
    box: str = "",
    mask: FileData | None = None,
    mask_candidate: int = 0,
    mode: str = "keep",
    count: int = 4,
    keep: int | None = None,
    threshold: str | float = "normal",
    seed: int | None = None,
    size: str = "",
    channel: str = "",
    steps: int | None = None,
    guidance_scale: float | None = None,
    strength: float | None = None,
    camera_elevation: float | None = None,
    scene_from: str = "",
    harmonise: str = "off",
    contact_shadow: bool = False,
    words: str = "",
    language: str = "en",
    attribute: str = "",
    points: list[list[float]] | None = None,
    init: str | None = None,
    framing: str | None = None,
    mask_grow: int | None = None,
    mask_feather: int | None = None,
    border_strength: float | None = None,
    reference_scale: float | None = None,
    control_scale: float | None = None,
) -> dict:
    """Make pictures of a product in the scene that the prompt describes; returns run.json.

    Several languages are parted by semicolons, several attributes ("material: oak") by lines.
    """
    request = Request(
        photos=tuple(uploaded(photos)),
        prompt=prompt,
        negative_prompt=negative_prompt,
        pipeline=pipeline,
        product=product,
        masker=masker,
        box=read_box(box),
        mask=uploaded([mask])[0] if mask else None,
        chosen=read_whole("mask-candidate", mask_candidate) or 0,
        mode=mode,  # type: ignore[arg-type]
        count=read_whole("count", count) or 0,
        keep=read_whole("keep", keep),
        threshold=read_threshold(threshold),
        seed=read_whole("seed", seed),
        size=read_size(size),
        channel=channel or None,
        steps=read_whole("steps", steps),
        guidance_scale=guidance_scale,
        strength=strength,
        camera_elevation=camera_elevation,
        scene_from=read_run(scene_from),
        harmonise=harmonise,  # type: ignore[arg-type]
        contact_shadow=contact_shadow,
        words=read_words(words, language.split(";"), attribute),
        points=read_points(points),
        init=init,
        framing=framing,
        mask_grow=read_whole("mask-grow", mask_grow),
        mask_feather=read_whole("mask-feather", mask_feather),
        border_strength=border_strength,
        reference_scale=reference_scale,
        control_scale=control_scale,
    )
    return lane.start(f"{person(web)}/api", work_of(request, person(web))).wait().record


@spoken
def words(web: gr.Request, run: str, words: str = "auto", language: str = "en", attribute: str = "") -> list[dict]:
    """Write alt texts, title and description for a run's kept pictures, in languages parted by semicolons."""
    from ecomgen.workflows.captioned_run import write_words

    record, _ = run_of(person(web), run)
    facts = read_attributes(attribute.splitlines())
    wanted = WordsRequest(writer=words, languages=tuple(language.split(";")), attributes=facts)
    job = lane.start(f"{person(web)}/api", lambda report, _: write_words(record["run_id"], wanted, report))
    return job.wait()["words"]


@spoken
def score(
    pictures: Files, reference: Files, prompt: str = "", product: str = "", threshold: str | float = "normal"
) -> dict:
    """Tell how true pictures are to the product in the reference photos."""
    from ecomgen.workflows.evaluation import score as judge

    entries = judge(
        uploaded(pictures),
        uploaded(reference),
        prompt=prompt,
        product=product,
        threshold=read_threshold(threshold),
    )
    return {"pictures": entries}


@spoken
def history(web: gr.Request, search: str = "", limit: int = 50) -> list[dict[str, Any]]:
    """List the runs that are yours to see, newest first."""
    return runs_of(person(web), Which(text=search), max(1, read_whole("limit", limit) or 0))


@spoken
def export(web: gr.Request, run: str, top: int | None = None, format: str = "png", channel: str = "") -> FileData:
    """Pack the best pictures of a run into a zip, each with its metadata; for channels (a;b) they are composed anew."""
    who = person(web)
    record, folder = run_of(who, run)
    wanted = tuple(filter(None, (name.strip() for name in channel.split(";"))))
    parcel = Parcel(record=record, folder=folder, top=read_whole("top", top), kind=format, wanted=wanted)
    return FileData(path=str(parcel.begin(who).wait()))


def uploaded(files: Files) -> list[Path]:
    """The files that a client uploaded, as paths in the app's own folder.

    Raises:
        BadPhoto: something else was sent, a path of the server for example.
    """
    home = upload_folder().resolve()
    paths = []
    for file in files:
        given = file.get("path", "") if isinstance(file, dict) else getattr(file, "path", "")
        path = Path(given).resolve()
        if not given or not path.is_relative_to(home):
            raise BadPhoto("The photos must be uploaded: wrap each path in gradio_client.handle_file.")
        paths.append(path)
    return paths


def endpoints() -> None:
    """Register all endpoints in the app that is being built."""
    heavy: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "api"}
    for function in (check, cutout, score):
        endpoint(function, api_name=function.__name__, **heavy)
    endpoint(generate, api_name="generate", concurrency_limit=None)
    endpoint(words, api_name="words", concurrency_limit=None)
    endpoint(history, api_name="history")
    endpoint(export, api_name="export")

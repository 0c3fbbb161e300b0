"""The routes for programs, in one FastAPI application that stands before Gradio's own routes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from ecomgen import references
from ecomgen import request as requests
from ecomgen.errors import BadPhoto, EcomgenError, in_a_sentence
from ecomgen.record.entries import checked
from ecomgen.runlog import run_log
from ecomgen.web.api import plain_background
from ecomgen.web.create.finished.filming import begin_filming
from ecomgen.web.create.form import read_run
from ecomgen.web.create.results.export import begin_packing, order_of
from ecomgen.web.files import fresh_folder, zipped
from ecomgen.web.jobs.scheduler import Job, TooManyJobs, View, lane
from ecomgen.web.messages import STATUSES, for_programs
from ecomgen.web.people.access import Person
from ecomgen.web.rest import forms, jobs, metrics, quotas, removebg, webhooks
from ecomgen.web.rest.jobs import orders

PHOTOS = {"photos": "Photos of one product."}
ORDERED = PHOTOS | {"with": "Photos of further products in the same picture, one of each."}
JUDGED = {"pictures": "The pictures to judge.", "reference": "Photos of the product."}
ITS_OWN = {jobs.Gone: 404, jobs.Conflict: 409, TooManyJobs: 429}  # statuses, before that of an error's kind
PATIENCE = 20.0  # seconds for which an export may keep its caller waiting; proxies wait for 60
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A request that is sent again with the same key is queued once.",
    "schema": {"type": "string", "maxLength": jobs.LONGEST_KEY},
}

WEBHOOK = {
    "name": "webhook",
    "in": "query",
    "required": False,
    "description": "An address that hears, signed, when the job has ended.",
    "schema": {"type": "string", "format": "uri"},
}
PROBLEMS = {
    400: "It cannot be read.",
    401: "There is no token, or one that is not known.",
    404: "There is no such job or picture.",
    409: "It cannot be had now, or not with this key.",
    413: "Too much was sent.",
    422: "Something of it is wrong; the sentence says what.",
    429: "There are too many jobs already, or the day's quota is used up; then Retry-After says when to ask again.",
    500: "Something went wrong that nobody foresaw.",
    503: "Weights or a back end are missing.",
}


def _problem(told: str) -> dict[str, Any]:
    """What is answered where something is wrong, as OpenAPI describes it."""
    sentence = {"type": "object", "required": ["detail"], "properties": {"detail": {"type": "string"}}}
    return {"description": told, "content": {"application/json": {"schema": sentence}}}


PACKING = {
    "description": "It is still being made; ask again after `Retry-After` seconds.",
    "headers": {"Retry-After": {"schema": {"type": "integer"}}},
    "content": {"application/json": {"schema": {"type": "object", "required": ["status", "ahead", "progress"]}}},
}


def routes() -> list[Mount | Route]:
    """Everything that programs may call."""
    return [
        Route("/healthz", lambda _: JSONResponse({"status": "ok"})),
        Route("/metrics", _metrics),
        Route("/v1.0/removebg", _remove_background, methods=["POST"]),
        Mount("/v1", _first_version()),
    ]


def _first_version() -> FastAPI:
    app = FastAPI(
        title="ecomgen",
        version=version("ecomgen"),
        docs_url=None,
        redoc_url=None,
        responses={status: _problem(told) for status, told in PROBLEMS.items()},
        servers=[{"url": "/v1"}],
        root_path_in_servers=False,
    )
    app.add_exception_handler(EcomgenError, _told)
    post: Callable[..., Any] = app.post
    post("/check", openapi_extra=forms.body(requests.CheckRequest, PHOTOS, PHOTOS))(check)
    cut = forms.body(requests.CutoutRequest, PHOTOS, PHOTOS)
    post("/cutout", openapi_extra=cut, response_class=FileResponse)(cutout)
    post("/score", openapi_extra=forms.body(requests.ScoreRequest, JUDGED, JUDGED))(score)
    order = forms.body(requests.Request, ORDERED, PHOTOS) | {"parameters": [KEY, WEBHOOK]}
    post("/jobs", openapi_extra=order, status_code=202)(begin)
    app.get("/jobs/{job}")(look)
    app.get("/jobs/{job}/events", response_class=StreamingResponse)(events)
    app.get("/jobs/{job}/pictures/{n}", response_class=FileResponse)(picture)
    packed, moved = ({"parameters": forms.in_address(one)} for one in (requests.ExportOptions, requests.ClipOptions))
    made_then: dict[str, Any] = {"response_class": FileResponse, "responses": {202: PACKING}}
    app.get("/jobs/{job}/export", **made_then, openapi_extra=packed)(export)
    app.get("/jobs/{job}/clip", **made_then, openapi_extra=moved)(clip)
    app.delete("/jobs/{job}", status_code=204)(delete)
    return app


async def _told(_: Request, error: Exception) -> Response:
    """An error as one sentence."""
    own = next((status for kind, status in ITS_OWN.items() if isinstance(error, kind)), None)
    code = error.exit_code if isinstance(error, EcomgenError) else 1
    return JSONResponse({"detail": for_programs(error)}, own or STATUSES.get(code, 500), quotas.headers(error))


def program(web: Request) -> Person:
    """Who asks, as the doors found out."""
    return web.state.program


async def _sent(web: Request, model: type, photos: dict[str, str]) -> forms.Sent:
    """What is sent, as a form or as JSON; what was fetched for it counts as if it had been uploaded."""
    if web.headers.get("content-type", "").partition(";")[0].strip() == forms.JSON:
        text = (await web.body()).decode("utf-8", "replace")
        sent = await forms.read([(forms.WHOLE, text)], model, photos)
    else:
        async with web.form(max_files=forms.MOST_FILES + 1) as form:
            sent = await forms.read(form.multi_items(), model, photos)
    web.state.fetched = sent.fetched
    return sent


async def _in_turn(who: Person, work: Callable[[Any], Any], pictures: int = 0) -> Any:
    """The result of short work, which waits for its turn beside the runs; `pictures` come of it."""
    with quotas.charged(who, pictures):
        job = lane.start(who.name, "rest", lambda report, _: work(report), is_short=True)
    return await jobs.ended(job)


async def check(web: Request) -> JSONResponse:
    """Tell whether photos are good enough: light, sharpness, size, framing, background."""
    from ecomgen.workflows.preparation import check as examine

    sent = await _sent(web, requests.CheckRequest, PHOTOS)
    photos, request = sent.named("photos"), requests.CheckRequest(**sent.options).mask_request
    examined = await _in_turn(program(web), lambda _: [examine(photo, request) for photo in photos])
    return JSONResponse({"photos": [checked(one) | {"path": one.path.name} for one in examined]})


async def cutout(web: Request) -> Response:
    """Cut the product out of a photo, with a soft edge, at full size; of several photos, into a zip with a report."""
    from ecomgen.workflows.cutouts import cutout as cut

    sent = await _sent(web, requests.CutoutRequest, PHOTOS)
    photos, request = sent.named("photos"), requests.CutoutRequest(**sent.options)
    plain_background(request)
    out = fresh_folder("cutout")
    made = await _in_turn(program(web), lambda report: cut(photos, out, request, report=report), len(photos))
    if len(made) == 1:
        one = made[0]
        return FileResponse(one.file, headers={"X-Masker": one.masker, "X-Confidence": f"{one.confidence:.4f}"})
    entries = [one.entry | {"path": one.photo.name} for one in made]
    report: dict[str, Any] = {"report.json": bytes(JSONResponse({"photos": entries}).body)}
    return FileResponse(zipped("cutout", "cutouts.zip", {one.file.name: one.file for one in made} | report))


async def score(web: Request) -> JSONResponse:
    """Tell how true pictures are to the product in the reference photos."""
    from ecomgen.workflows.evaluation import score as judge

    sent = await _sent(web, requests.ScoreRequest, JUDGED)
    pictures, reference = sent.named("pictures"), sent.named("reference")
    request = requests.ScoreRequest(**sent.options)
    entries = await _in_turn(program(web), lambda report: judge(pictures, reference, request, report=report))
    return JSONResponse({"pictures": [entry | {"path": Path(entry["path"]).name} for entry in entries]})


async def begin(web: Request) -> JSONResponse:
    """Queue a run: photos, and a request as "ecomgen schema request" says, as fields or as JSON in `request`."""
    forms.refuse_unknown(web.query_params, ("webhook",))
    sent = await _sent(web, requests.Request, ORDERED)
    options: dict[str, Any] = {name: value for name, value in sent.options.items() if name not in forms.OF_EACH}
    options |= {"scene_from": read_run(options.get("scene_from")), "with_": sent.companions}
    request = requests.Request(photos=sent.named("photos"), **options)
    await run_in_threadpool(lambda: [references.refuse_unusable(photo) for photo in request.photos])
    key, webhook = web.headers.get("idempotency-key", "").strip(), web.query_params.get("webhook", "")
    if webhook:
        await run_in_threadpool(webhooks.refuse_unreachable, webhook)
    asked = jobs.fingerprint(sent) + webhook
    order = await run_in_threadpool(lambda: orders.place(program(web), request, asked, key, webhook))
    return JSONResponse(jobs.told(order), 202, {"Location": f"/v1/jobs/{order.id}"})


def look(web: Request, job: str) -> JSONResponse:
    """A job as it stands; `run` is run.json once it has ended."""
    return JSONResponse(jobs.told(orders.find(program(web), job)))


async def events(web: Request, job: str) -> StreamingResponse:
    """Server-sent events until the job has ended."""
    told = jobs.events(orders.find(program(web), job))
    return StreamingResponse(told, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


def picture(web: Request, job: str, n: int) -> FileResponse:
    """A kept picture as PNG; 1 is the best."""
    return FileResponse(jobs.picture(orders.find(program(web), job), n))


async def export(web: Request, job: str) -> Response:
    """The best pictures as a zip; for channels (a;b) they are composed anew, and 202 tells how far that is."""
    options = forms.of_address(web.query_params, requests.ExportOptions)
    who = program(web)
    order = orders.find(who, job)
    run = order.run
    asked = order_of(run.record, run.folder, options)
    log = run_log()
    decided = log.approved(run.run_id), log.rejected(run.run_id)
    view = await order.packed((asked.options, decided), lambda: begin_packing(who, [asked]), PATIENCE)
    return _fetched(view, view.result and view.result.file, "export")


async def clip(web: Request, job: str, format: Literal["mp4", "webp"] = "mp4") -> Response:
    """A finished studio picture in motion, as MP4 or looped WebP; 202 tells how far it is."""
    options = forms.of_address(web.query_params, requests.ClipOptions, "format")
    who = program(web)
    order = orders.find(who, job)
    run = order.run

    def begin() -> Job:
        return begin_filming(who, run.record, run.folder, options, fresh_folder("clip"))

    view = await order.packed(options, begin, PATIENCE)
    return _fetched(view, view.result and (view.result.file if format == "mp4" else view.result.loop))


def _fetched(view: View, file: Path, step: str = "") -> Response:
    """A file that is made on demand, or how far it is: all of its making is one `step`, where one is given."""
    if not view.ended:
        return JSONResponse(jobs.standing(view, step), 202, {"Retry-After": "2"})
    return FileResponse(file)


async def delete(web: Request, job: str) -> Response:
    """Stop a job, and remove what it has made."""
    await jobs.delete(orders.find(program(web), job))
    return Response(status_code=204)


def _metrics(_: Request) -> PlainTextResponse:
    return PlainTextResponse(metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")


async def _remove_background(web: Request) -> Response:
    """remove.bg's endpoint."""
    try:
        answer = await _removed(web)
    except Exception as error:
        known = error if isinstance(error, EcomgenError) else in_a_sentence(error)
        title = for_programs(known or error)
        code = getattr(error, "code", "unknown_foreground" if isinstance(known, EcomgenError) else "internal_error")
        return JSONResponse({"errors": [{"title": title, "code": code}]}, _their_status(known), quotas.headers(error))
    if "application/json" in web.headers.get("accept", ""):
        return JSONResponse(answer.as_json, headers=answer.headers)
    return Response(answer.data, media_type=removebg.TYPES[answer.kind], headers=answer.headers)


def _their_status(error: EcomgenError | None) -> int:
    """What remove.bg answers to an error; one that nobody foresaw is ours."""
    if isinstance(error, TooManyJobs):
        return 429
    if error is None:
        return 500
    return 400 if error.exit_code in (2, 3) else 503


async def _removed(web: Request) -> removebg.Answer:
    from ecomgen.workflows.cutouts import cutout as cut

    folder = fresh_folder("removebg")
    async with web.form(max_files=3) as form:
        files = {}
        for name in removebg.FIELDS:
            value = form.get(name)
            if value is not None and not isinstance(value, str):
                files[name] = await forms.kept(value, folder, len(files))
        texts = {name: value for name, value in form.items() if isinstance(value, str) and name not in removebg.FIELDS}
    url = texts.pop("image_url", "").strip()
    if url and "image_file" in files:
        raise removebg.Twice("Give either image_file or image_url, not both.")
    wish = removebg.wish_of(texts, files.get("bg_image_file"))
    if url:
        try:
            files["image_file"] = await forms.fetched(url, folder, len(files))
        except BadPhoto as error:
            raise removebg.NotFetched(error.message) from error
        web.state.fetched = files["image_file"].stat().st_size
    if "image_file" not in files:
        raise removebg.Missing("There is no file in the field {name}: upload at least one.", name="image_file")
    work = partial(cut, [files["image_file"]], folder / "cut", wish.request)

    def made(report: Any) -> removebg.Answer:
        return removebg.finished(work(report=report)[0], wish)

    return await _in_turn(program(web), made, 1)

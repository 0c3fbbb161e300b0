"""Photos and a prompt in, ranked pictures out: the one place where the steps meet.

The references are loaded, masked and checked, and the best is cut out and placed on the canvas. A back end makes a
scene around it, the product's own pixels go back on top, every picture is scored, the best are kept, and all of it is
written down.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from ecomgen import placement, references, scenes, scoring
from ecomgen.cancellation import attended
from ecomgen.captions.choice import open_writer
from ecomgen.captions.writer import Writer
from ecomgen.compositing import Composed, compose, put_back
from ecomgen.compositing.relight import in_scene
from ecomgen.recipes import Recipe
from ecomgen.record import RunRecord
from ecomgen.request import Request
from ecomgen.scenes import Backend
from ecomgen.types import (
    Box,
    Candidate,
    Cutout,
    Pixels,
    Placement,
    Progress,
    Report,
    Scene,
    SceneRequest,
    Scores,
    silent,
)
from ecomgen.workflows import own_backdrop, position
from ecomgen.workflows.captioned_run import add_words_or_say_why
from ecomgen.workflows.preparation import Prepared, prepare
from ecomgen.workflows.recorder import Plan, Recording
from ecomgen.workflows.resolution import accepted, resolved

REROLL = 3  # an explicit --keep may make up to this many times --count
OnCandidate = Callable[[Candidate, Path], None]
Make = Callable[[Backend, SceneRequest, Report], Iterator[Scene]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Run:
    """A finished run: `record` is run.json (`record.as_json()` its values), `folder` where its files are."""

    record: RunRecord
    folder: Path

    @property
    def run_id(self) -> str:
        return self.record.run_id

    @property
    def kept(self) -> list[Path]:
        """The kept pictures' files, best first."""
        return sorted((self.folder / "kept").glob("*.png"))


def rendered(backend: Backend, request: SceneRequest, report: Report) -> Iterator[Scene]:
    """Scenes as they are usually made."""
    return backend.make(request, report)


def generate(
    request: Request,
    report: Report = silent,
    on_candidate: OnCandidate | None = None,
    *,
    logged: bool = True,
    make: Make = rendered,
) -> Run:
    """Make the pictures of one request.

    Args:
        request: what is asked for.
        report: receives progress; where it raises `Cancelled`, the run ends and keeps what is done.
        on_candidate: receives each picture as soon as it is scored and written, with its file.
        logged: whether the run log hears of it.
        make: has the back end make the scenes, or brings those that are kept.

    Raises:
        UsageError, BadInput, Unavailable: before anything is written.
        CannotWrite: the folder or the log cannot be written.
        Cancelled: before the first picture was done.
        KeyboardInterrupt: at any time; the run keeps what is done.
    """
    clock = _Stopwatch()
    plan, subject, writer = _begun(request, clock, report)
    request, seen = plan.request, placement.apart(plan.placed)

    with Recording(plan, logged=logged, timings=clock.seconds) as recording:
        for scene in _scenes(plan, make, recording, clock, report):
            with clock("composite"):
                composed = _composed(plan, scene)
            with clock("score"):
                scores = attended(
                    lambda _, composed=composed: _scored(plan, composed, subject, seen),
                    report,
                    _progress("score", len(recording.candidates), request),
                )
            candidate = _candidate(len(recording.candidates), scene, composed, scores)
            with clock("write"):
                path = recording.add(candidate)
            if on_candidate:
                on_candidate(candidate, path)
    record, folder = recording.record, recording.folder.folder
    if request.words_request and writer:
        record = add_words_or_say_why(record, folder, request.words_request, writer, report, logged=logged)
    return Run(record=record, folder=folder)


def planned(request: Request, report: Report = silent) -> Plan:
    """What a request comes to, before its first picture.

    Raises:
        UsageError, BadInput, Unavailable: as `generate`.
    """
    return _begun(request, _Stopwatch(), report)[0]


def _begun(request: Request, clock: _Stopwatch, report: Report) -> tuple[Plan, scoring.Subject, Writer | None]:
    """What a request comes to, what its pictures must stay true to, and who writes of them."""
    request, recipe = accepted(request)
    with clock("load"):
        backend = scenes.open_backend(recipe)
        writer = open_writer(request.words) if request.words else None
    with clock("mask"):
        prepared = attended(lambda alert: prepared_of(request, alert), report, Progress(step="load"))
    with clock("place"):
        laid_out = attended(lambda _: _laid_out(request, recipe, backend, prepared), report, Progress(step="place"))
    return *laid_out, writer


def _laid_out(request: Request, recipe: Recipe, backend: Backend, prepared: Prepared) -> tuple[Plan, scoring.Subject]:
    """The product placed and the prompt read: everything that is settled before the first picture."""
    understanding = own_backdrop.understanding(request, backend.understand(request.prompt, request.product))
    placed = position.placed(request, recipe, prepared, understanding.composition)
    subject = _subject(request, prepared, placed)
    threshold = scoring.threshold(request.threshold, subject, placed=request.mode != "redraw")
    plan = Plan(
        request=request,
        recipe=recipe,
        backend=backend,
        prepared=prepared,
        placed=placed,
        understanding=understanding,
        notes=understanding.notes,
    )
    return resolved(plan, threshold), subject


def prepared_of(request: Request, alert: Report = silent) -> Prepared:
    """The main product, with those beside it, each found by itself."""
    photos = (request.photos, *(one.photos for one in request.with_))
    style = _style(request)
    main, *beside = (prepare(*one, alert) for one in zip(photos, request.mask_requests, strict=True))
    notes = dict.fromkeys(note for one in (main, *beside) for note in one.told(among_several=bool(beside)))
    return replace(main, beside=tuple(beside), style=style, notes=tuple(notes))


def _style(request: Request) -> Pixels | None:
    """The picture whose style the scene is to take over, HxWx3. Raises BadPhoto where it cannot be read."""
    return None if request.style is None or request.backdrop else references.load(request.style).pixels


def _scored(plan: Plan, composed: Composed, subject: scoring.Subject, seen: Sequence[Placement]) -> tuple[Scores, ...]:
    """Of the picture; and of several products each by itself, the least true of which is the picture's identity."""
    redrawn, placed = plan.request.mode == "redraw", composed.shown(plan.placed)
    anew = redrawn and composed.onto is None  # otherwise its place is known, as if it had been put there
    judge = partial(scoring.judge, composed.pixels, rendered=plan.recipe.backend == "studio")
    whole = judge(subject, placement=placed, remask=plan.remask, redrawn=anew)
    if redrawn:
        whole = scoring.read_again(whole, composed.pixels, subject)
    if not seen:
        return (whole,)
    products = zip((plan.prepared, *plan.prepared.beside), map(composed.shown, seen), strict=True)
    found = [
        judge(replace(subject, cutouts=one.cutouts, confidence=one.mask.trust), placement=part)
        for one, part in products
    ]
    return scoring.least(whole, found, plan.prepared.least_sure.trust), *found


def _candidate(index: int, scene: Scene, composed: Composed, scores: tuple[Scores, ...]) -> Candidate:
    return Candidate(
        index=index,
        seed=scene.seed,
        pixels=composed.pixels,
        scores=scores[0],
        steps=scene.steps,
        sampler=scene.sampler,
        relit=composed.relit,
        notes=tuple(dict.fromkeys((*scene.notes, *composed.notes))),
        withheld=scene.withheld,
        apart=scores[1:],
    )


def _progress(step: str, done: int, request: Request) -> Progress:
    """Pictures that are done with, of those that are asked for."""
    return Progress(step=step, done=done, total=max(request.count, done))


def _composed(plan: Plan, scene: Scene) -> Composed:
    """The finished picture; what may be done for its light and shadow is done where the product alone is kept."""
    request, placed = plan.request, plan.placed
    if request.mode == "redraw":
        return _redrawn(plan, scene)
    if request.mode == "replace":
        return compose(placed.product, scene.pixels)
    wanted = plan.parameters["contact_shadow"] and scene.cover is None
    grounded = partial(scoring.grounded, placement=placed) if wanted else None
    product, relit = in_scene(placed.product, placement.instances(placed), scene, request.relight)
    composed = compose(product, scene.pixels, harmonise=request.harmonise, grounded=grounded)
    return replace(composed, relit=relit, cover=scene.cover)


def _redrawn(plan: Plan, scene: Scene) -> Composed:
    """As the model drew it; the true pixels go back where an edited picture shows the product as it is in its photo."""
    onto = scoring.refound(scene.pixels, plan.placed) if scene.edited else None
    return Composed(pixels=scene.pixels) if onto is None else put_back(plan.placed.product, scene.pixels, onto)


def _subject(request: Request, prepared: Prepared, placed: Placement) -> scoring.Subject:
    """What a picture must stay true to: the product, or with mode "replace" its surroundings."""
    cutouts = prepared.cutouts
    if request.mode == "replace":
        cutouts = (Cutout(rgba=placed.product, box=Box(0, 0, placed.canvas.width, placed.canvas.height)),)
    prompt = "" if placed.backdrop is not None else request.prompt
    return scoring.Subject(cutouts=cutouts, prompt=prompt, confidence=prepared.least_sure.trust)


def _scenes(plan: Plan, make: Make, recording: Recording, clock: _Stopwatch, report: Report) -> Iterator[Scene]:
    """One scene per seed, none of an unread prompt; an explicit --keep goes on while too few pass."""
    if plan.unread:
        return
    request, first = plan.request, recording.record.parameters.seed
    budget = request.count if request.keep is None else REROLL * request.count
    wanted = request.count
    while wanted > 0:
        start = first + len(recording.candidates)
        made = make(plan.backend, plan.scene_request(range(start, start + wanted)), report)
        for _ in range(wanted):
            with clock("scene"):
                scene = next(made)
            yield scene
            done = len(recording.candidates)
            report(_progress("picture", done, request))
        wanted = min((request.keep or 0) - recording.passed, budget - len(recording.candidates))


@dataclass(eq=False)
class _Stopwatch:
    """Seconds spent in each step."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[step] = round(self.seconds.get(step, 0.0) + time.perf_counter() - start, 4)

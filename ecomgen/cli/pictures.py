"""generate, cutout, check, score, clip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ecomgen.cli.captions import lines_of
from ecomgen.cli.options import Json, Narrator, PhotosApart, offering, print_json, tell, tell_if_slow, typed
from ecomgen.cli.run_filter import RunId, latest
from ecomgen.errors import BadInput, NothingPassed
from ecomgen.messages import legible
from ecomgen.request import CheckRequest, ClipOptions, CutoutRequest, Request, ScoreRequest
from ecomgen.types import DOUBTED, MARKS, SURE, Doubt, ReferenceImage

if TYPE_CHECKING:
    from ecomgen.record import RunRecord
    from ecomgen.record.run_record import DoubtEntry
    from ecomgen.workflows.cutouts import CutoutFile


@offering(Request)
def generate(
    context: typer.Context,
    photos: Annotated[
        list[Path], typer.Argument(metavar="PHOTO...", help="Photos of one product; with --from they may be left out.")
    ] = [],  # noqa: B006
    from_picture: Annotated[
        Path | None,
        typer.Option("--from", help="Make this finished picture again; options given besides replace its own."),
    ] = None,
    as_json: Json = False,
    **options: Any,
) -> None:
    """Make pictures of a product in the scene that the prompt describes."""
    from ecomgen.generation import generate as make

    named = typed(context, options)
    if not photos and not from_picture:
        raise typer.BadParameter("Give at least one photo of the product.", param_hint="PHOTO...")
    if not ("prompt" in named or from_picture or any(options[name] for name in ("scene_from", "look", "backdrop"))):
        raise typer.BadParameter(
            "Describe the scene, name a --look, a run with --scene-from, or a --backdrop.", param_hint="--prompt"
        )
    if from_picture:
        request = _reread(from_picture, photos, {name: options[name] for name in named})
    else:
        request = Request(photos=tuple(photos), **options)
        if named.isdisjoint(("count", "keep")):
            request = _one_where_all_are_alike(request)
    tell_if_slow(request.pipeline)
    finished: list[Path] = []
    try:
        with Narrator() as narrator:
            run = make(request, narrator, lambda _, file: finished.append(file))
    except KeyboardInterrupt:
        if finished:
            typer.echo(f"{len(finished)} of {request.count} pictures were made: {finished[0].parents[1]}", err=True)
        raise
    print_json(run.record.as_json()) if as_json else _tell(run.record, run.folder)
    if not run.record.candidates:
        typer.echo(f"Warning: {run.record.notes[-1]}", err=True)
    elif not run.kept:
        raise NothingPassed("No picture passed the filter: lower {--threshold}, or improve the photos or the mask.")


def _one_where_all_are_alike(request: Request) -> Request:
    """On a channel's plain ground one picture is enough, where nobody says how many."""
    from ecomgen import channels

    if not request.channel or not (rules := channels.get(request.channel)).is_same_for_all(request.mode):
        return request
    typer.echo(f"Note: {rules.one_picture}", err=True)
    return replace(request, count=1)


def _reread(picture: Path, photos: Sequence[Path], given: dict[str, Any]) -> Request:
    """The request that a picture came from; what of it has no counterpart here is said."""
    from ecomgen.workflows.request_from_picture import reread

    result = reread(picture, photos, given)
    for note in result.notes:
        typer.echo(f"Note: {note}", err=True)
    return result.request


def _tell(record: RunRecord, folder: Path) -> None:
    for note in dict.fromkeys((*record.notes, *(note for entry in record.candidates for note in entry.notes))):
        typer.echo(f"Note: {note}")
    if not record.mask.confirmed:
        tell_doubts(record.mask.confidence, record.mask.doubts)
    if record.approximated:
        near = ", ".join(f"{one.word} → {one.shown_as}" for one in record.approximated)
        typer.echo(f"Shown as something near: {near}")
    if record.ignored:
        typer.echo(f"Not understood: {', '.join(record.ignored)}")
    for entry in sorted(record.candidates, key=lambda entry: entry.turn):
        figures = "  ".join(f"{name} {value:.2f}" for name, value in entry.scores if value is not None)
        told = entry.reasons[0] if entry.reasons else entry.why_first
        reason = f"  ({told})" if told else ""
        place = next((one.relative_to(folder) for one in folder.glob(f"kept/*-{entry.seed}.png")), entry.path)
        typer.echo(f"{entry.status:8}  {place}  {figures}{reason}")
    for line in lines_of(record.words):
        typer.echo(line)
    typer.echo(f"{record.run_id}: {folder}")


@offering(CutoutRequest)
def cutout(
    photos: PhotosApart,
    out: Annotated[Path, typer.Option(help="The folder for the cut-outs.")],
    as_json: Json = False,
    **options: Any,
) -> None:
    """Cut the product out of each photo or folder of photos, with a soft edge, at full size."""
    from ecomgen.atomic_file import write_json
    from ecomgen.workflows.cutouts import cutout as cut

    failed = Failures()
    with Narrator() as narrator:
        made = cut(photos, out, CutoutRequest(**options), report=narrator, on_failure=failed.add)
    failed.raise_if_alone(made)
    report = {"photos": [one.entry for one in made], "failed": failed.entries}
    write_json(out / "report.json", report)
    print_json(report) if as_json else _tell_cutouts(made, failed)
    failed.raise_if_any("{failed} of {total} photos failed: report.json says why.", made)


def tell_doubts(confidence: float, doubts: Sequence[Doubt | DoubtEntry], photo: str = "") -> None:
    """On stderr, where a cut-out is doubtful: why, and where; of one that is not quite sure, the places to look at."""
    if confidence >= SURE or (confidence >= DOUBTED and not doubts):
        return
    where = f" of {photo}" if photo else ""
    if confidence < DOUBTED:
        typer.echo(f"Warning: the cut-out{where} is doubtful (confidence {confidence:.2f})", err=True)
    else:
        typer.echo(f"Look at the cut-out{where} (confidence {confidence:.2f})", err=True)
    for one in doubts:
        typer.echo(f"  {','.join(map(str, one.box))}: {one.sentence}", err=True)


class Failures:
    """Files of several that cannot be used, so that the others go on."""

    def __init__(self) -> None:
        self._found: list[tuple[Path, BadInput]] = []

    def add(self, file: Path, error: BadInput) -> None:
        self._found.append((file, error))

    @property
    def entries(self) -> list[dict[str, str]]:
        return [{"path": str(file.absolute()), "reason": str(error)} for file, error in self._found]

    @property
    def told(self) -> dict[str, Any]:
        """For JSON that holds nothing of failures where there are none."""
        return {"failed": self.entries} if self._found else {}

    @property
    def lines(self) -> Iterator[str]:
        return (f"✗ {legible(file.name)}: {error}" for file, error in self._found)

    def raise_if_alone(self, done: Sequence[Any]) -> None:
        """Raises the first of them where nothing else was given."""
        if self._found and not done:
            raise self._found[0][1]

    def raise_if_any(self, template: str, done: Sequence[Any]) -> None:
        """Raises BadInput of this template, after all was told."""
        if failed := len(self._found):
            raise BadInput(template, failed=failed, total=failed + len(done))


def _tell_cutouts(made: Sequence[CutoutFile], failed: Failures) -> None:
    """What several photos have in common, as which masker stands in here, is told once."""
    counts = Counter(warning for one in made for warning in one.warnings)
    for one in made:
        typer.echo(f"{legible(str(one.file))}  {one.masker}, confidence {one.confidence:.2f}")
        tell_doubts(one.confidence, one.doubts, legible(one.photo.name))
        for warning in one.warnings:
            if counts[warning] == 1:
                typer.echo(f"  {warning}")
    for warning, count in counts.items():
        if count > 1:
            typer.echo(f"Note, of {count} of {len(made)} photos: {warning}")
    for line in failed.lines:
        typer.echo(line)


@offering(CheckRequest)
def check(photos: PhotosApart, as_json: Json = False, **options: Any) -> None:
    """Tell whether photos are good enough: light, sharpness, size, framing, background."""
    from ecomgen.record.entries import checked
    from ecomgen.workflows.cutouts import files_of
    from ecomgen.workflows.preparation import check as examine

    request = CheckRequest(**options).mask_request
    entries, failed = [], Failures()
    for photo in files_of(photos):
        try:
            examined = examine(photo, request)
        except BadInput as error:
            failed.add(photo, error)
            continue
        entries.append(checked(examined))
        if not as_json:
            typer.echo("\n".join(_check_lines(examined)))
    failed.raise_if_alone(entries)
    tell({"photos": entries, **failed.told}, failed.lines, as_json=as_json)
    failed.raise_if_any("{failed} of {total} photos cannot be used: see the list.", entries)


def _check_lines(photo: ReferenceImage) -> Iterator[str]:
    yield f"{legible(photo.path.name)}  {photo.width}×{photo.height}"
    for result in photo.checks:
        figure = "" if result.value is None else f" ({result.value:g})"
        yield f"  {MARKS[result.verdict]} {result.advice}  [{result.name}{figure}]"


@offering(ScoreRequest)
def score(
    pictures: Annotated[list[Path], typer.Argument(metavar="PICTURE...", help="Finished pictures.")],
    reference: Annotated[list[Path], typer.Option(help="A photo of the product; repeat it for more.")],
    as_json: Json = False,
    **options: Any,
) -> None:
    """Tell whether pictures still show the product of the reference photos."""
    from ecomgen.workflows.evaluation import score as judge

    failed = Failures()
    with Narrator() as narrator:
        entries = judge(pictures, reference, ScoreRequest(**options), report=narrator, on_failure=failed.add)
    failed.raise_if_alone(entries)
    lines = chain(chain.from_iterable(map(_score_lines, entries)), failed.lines)
    tell({"pictures": entries, **failed.told}, lines, as_json=as_json)
    failed.raise_if_any("{failed} of {total} pictures cannot be read: see the list.", entries)


def _score_lines(entry: Mapping[str, Any]) -> Iterator[str]:
    from ecomgen.record.entries import SCORES

    figures = "  ".join(f"{name} {entry[name]:.2f}" for name in SCORES if entry[name] is not None)
    yield f"{legible(Path(entry['path']).name)}  {figures}"
    yield from (f"  {reason}" for reason in entry["reasons"])
    yield from (f"  {name}: {why}" for name, why in entry["unavailable"].items())


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

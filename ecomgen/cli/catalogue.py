"""batch, a whole catalogue, and lab, one product in every combination."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ecomgen.captions.request import words_request
from ecomgen.cli.options import Json, Narrator, Photos, counted, filling, offering, print_json, tell, tell_if_slow
from ecomgen.errors import BadInput, BadPrompt, NothingPassed, UsageError
from ecomgen.request import NO_PROMPT, Request

if TYPE_CHECKING:
    from ecomgen.catalogue import Engine, Item
    from ecomgen.catalogue.source import Catalogue
    from ecomgen.lab import Experiment

UNSAID = "for products that do not name their own"
ITS_OWN = ("prompt", "keep", "channel", "scene_from", "words", "language", "attribute", "out")  # or senseless here


Source = Annotated[
    str,
    typer.Argument(
        metavar="CATALOGUE",
        help="A CSV file (columns: photos, and any of name, product, prompt, channels and the options of "
        '"generate"), a folder with a folder of photos for each product, or a zip of one; or where one of '
        "these lies in storage, as s3://bucket/autumn.csv.",
    ),
]
Out = Annotated[
    str,
    typer.Option(help="The folder for runs, finished pictures and reports, or an address as s3://bucket/autumn."),
]
EngineName = Annotated[
    Literal["local", "ray"], typer.Option(help="Where it is made: on this machine, or on a Ray cluster.")
]
Address = Annotated[
    str,
    typer.Option(help="The Ray cluster's address; without it RAY_ADDRESS, or a cluster of its own on this machine."),
]
Workers = Annotated[
    int | None,
    typer.Option(
        min=1, max=1024, help="Workers side by side; by default one on this machine, as many as a cluster holds."
    ),
]
Channels = Annotated[str | None, typer.Option(help=f"Names of channels separated by ;, {UNSAID}.")]
Columns = Annotated[
    Path | None,
    typer.Option(help='Of a shop\'s feed: a TOML file of which column holds which option, as prompt = "Scene".'),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would be made, and what is wrong.")]
CutOutsOnly = Annotated[
    bool, typer.Option("--cutouts", help="Only cut each product out, into OUT/cutouts, to be looked at first.")
]
UnpackLimit = Annotated[
    float, typer.Option(metavar="GIB", min=0.001, help="How large a zip may be once it is unpacked.")
]


@filling(Request, UNSAID)
def batch(
    source: Source,
    out: Out,
    engine: EngineName = "local",
    address: Address = "",
    workers: Workers = None,
    channels: Channels = None,
    columns: Columns = None,
    dry_run: DryRun = False,
    cutouts: CutOutsOnly = False,
    unpack_limit: UnpackLimit = 20.0,
    as_json: Json = False,
    **options: Any,
) -> None:
    """Make the pictures of many products; run it again to go on where it stopped."""
    from ecomgen import catalogue

    if address and engine != "ray":
        raise UsageError("{--address} is that of a Ray cluster: give {--engine} ray as well.")
    defaults = ({"prompt": "any"} if cutouts else {}) | _defaults(options, channels)  # cut-outs need no scene
    limits = catalogue.Limits(unpacked=int(unpack_limit * 2**30))
    read = partial(
        catalogue.read, source, defaults=defaults, limits=limits, columns=_mapping(columns) if columns else {}
    )
    if dry_run:
        with TemporaryDirectory() as place:
            plan = _noted(read(Path(place)))
            _tell_plan(replace(plan, items=catalogue.looked_for(plan.items)), as_json, without_scene=cutouts)
        return
    if not out:
        raise UsageError("{option} is empty: name a file or a folder.", option="--out")
    wanted = _noted(read(catalogue.where(out).local / "photos"))
    where = catalogue.Engine(name=engine, workers=workers, address=address)
    if cutouts:
        _cut(wanted, f"{out.rstrip('/')}/cutouts", where, as_json)
    elif wanted.items and all(str(item.problem) == NO_PROMPT for item in wanted.items):
        raise BadPrompt(NO_PROMPT)
    else:
        tell_if_slow(options["pipeline"] or "auto")
        _make(wanted, out, where, as_json)


def _make(wanted: Catalogue, out: str, where: Engine, as_json: bool) -> None:
    """Each product's pictures, and what became of them."""
    from ecomgen import catalogue

    with Narrator() as narrator:
        outcomes = catalogue.run(wanted.items, out, engine=where, report=narrator)
    made = {"items": [outcome.entry for outcome in outcomes], "total": len(wanted.items)}
    tell(made, _lines(outcomes, out), as_json=as_json)
    _exit(outcomes)


def _cut(wanted: Catalogue, out: str, where: Engine, as_json: bool) -> None:
    """Each product's cut-out alone, and which of them one should look at."""
    from ecomgen import catalogue
    from ecomgen.catalogue.cutouts import cut, products
    from ecomgen.types import DOUBTED

    items = products(wanted.items)
    with Narrator() as narrator:
        outcomes = catalogue.run(items, out, engine=where, work=cut, report=narrator)
    if as_json:
        print_json({"items": [outcome.reported for outcome in outcomes], "total": len(items)})
    else:
        for one in outcomes:
            doubt = "doubtful" if (one.cutout_confidence or 0) < DOUBTED else "sure"
            typer.echo(_told_outcome(replace(one, reason=one.reason or doubt)))
        typer.echo(f"Cut-outs in {out}, report in {out}/report.csv")
    _exit(outcomes)


@filling(Request, UNSAID)
def watch(
    folder: Annotated[Path, typer.Argument(help="Loose photos are a product each, a folder of photos is one product.")],
    out: Annotated[Path, typer.Option(help="The folder for finished pictures, runs and reports; outside FOLDER.")],
    workers: Annotated[int, typer.Option(min=1, max=1024, help="Workers side by side.")] = 1,
    channels: Channels = None,
    as_json: Json = False,
    **options: Any,
) -> None:
    """Make pictures of whatever is dropped into a folder, until Ctrl-C."""
    from ecomgen.catalogue import Engine
    from ecomgen.catalogue.watch import watch as follow

    defaults = _defaults(options, channels)

    def told(outcome: Any) -> None:
        line = json.dumps(outcome.reported, ensure_ascii=False) if as_json else _told_outcome(outcome)
        typer.echo(line)

    follow(folder, out, defaults, engine=Engine(workers=workers), report=Narrator(), on_outcome=told)


def _defaults(options: Mapping[str, Any], channels: str | None) -> dict[str, str]:
    """What stands in where a catalogue's line says nothing.

    Raises:
        UsageError: words cannot be written as it is asked.
    """
    words_request(options["words"] or "", options["language"], options["attribute"])
    return {name: _cell(name, value) for name, value in {**options, "channels": channels}.items() if value}


def _mapping(file: Path) -> dict[str, str]:
    """Which column of a feed holds which column of a table."""
    from ecomgen.catalogue.table import COLUMN_OF, COLUMNS, ITS_OWN
    from ecomgen.toml_table import read, unreadable

    with unreadable(BadInput, file.name):
        found = read(file)
    known = (*COLUMNS, *COLUMN_OF, *ITS_OWN)
    wrong = [name for name, theirs in found.items() if name not in known or not isinstance(theirs, str)]
    if wrong:
        raise UsageError(
            "{file} maps {name}, which is no column of a catalogue: correct it.", file=file.name, name=wrong[0]
        )
    return found


def _noted(wanted: Catalogue) -> Catalogue:
    for note in wanted.notes:
        typer.echo(f"Note: {note}", err=True)
    return wanted


def _cell(name: str, value: Any) -> str:
    """As it would stand in a table; photos of further products are named from here."""
    between = "\n" if name == "with_" else "; "
    return between.join(value) if isinstance(value, list) else str(value)


def _tell_plan(wanted: Catalogue, as_json: bool, *, without_scene: bool) -> None:
    from ecomgen.catalogue.estimate import likely_seconds

    seconds = likely_seconds(item.request for item in wanted.items if item.request)
    planned = [_planned(item, without_scene) for item in wanted.items]
    if as_json:
        print_json({"items": planned, "seconds": seconds})
    else:
        for item, told in zip(wanted.items, planned, strict=True):
            request = item.request
            what = _told_request(request) if request else item.problem
            typer.echo(f"{'✓' if request else '✗'} {item.name} ({item.source}): {what}")
            if told["ignored"]:
                typer.echo(f"  Not understood: {', '.join(told['ignored'])}")
        typer.echo(f"{counted(wanted.pictures, 'picture')} in all")
        if seconds:
            minutes = counted(max(1, round(seconds / 60)), "minute")
            typer.echo(f"About {minutes} on this machine with one worker, by its earlier runs")
    if wanted.problems:
        raise BadInput(
            "{count} of {total} items cannot be made: see the list.",
            count=len(wanted.problems),
            total=len(wanted.items),
        )


def _told_request(request: Request) -> str:
    return f"{counted(len(request.photos), 'photo')}, {counted(request.count, 'picture')}, {request.prompt}"


def _unread(request: Request) -> list[str]:
    """The words of a prompt that would have no effect; none where a model takes it as it is."""
    from ecomgen.scenes.studio import understand
    from ecomgen.workflows import own_backdrop
    from ecomgen.workflows.resolution import accepted

    request, recipe = accepted(request)
    if recipe.backend != "studio":
        return []
    return list(own_backdrop.understanding(request, understand(request.prompt, request.product)).ignored)


def _planned(item: Item, without_scene: bool) -> dict[str, Any]:
    from ecomgen.outbound import told

    request = item.request
    addresses = {photo: told(url) for photo, url in item.away.items()}
    return {
        "name": item.name,
        "source": item.source,
        "photos": [addresses.get(photo, str(photo)) for photo in request.photos] if request else [],
        "prompt": request.prompt if request else "",
        "channel": request.channel if request else None,
        "count": request.count if request else 0,
        "problem": item.problem,
        "ignored": _unread(request) if request and not without_scene else [],
    }


def _lines(outcomes: Any, out: str) -> Iterator[str]:
    from ecomgen.catalogue.consistency import judged
    from ecomgen.outbound import is_address, told

    yield from map(_told_outcome, outcomes)
    yield from map(_told_range, judged(outcomes))
    folder = (told(out) if is_address(out) else out).rstrip("/")
    yield f"Pictures in {folder}/pictures, report in {folder}/report.csv"


def _told_range(one: dict[str, Any]) -> str:
    """Whether the products that share a look are alike, and which of them stand out."""
    unlike = [f"\n  ! {other['name']}: {'; '.join(other['reasons'])}" for other in one["stands_out"]]
    alike = one["products"] - len(unlike)
    return f"One range ({one['range']}): {alike} of {one['products']} alike in camera, place and light{''.join(unlike)}"


def _told_outcome(outcome: Any) -> str:
    mark = "✗" if outcome.status != "done" else "✓" if outcome.pictures else "!"
    return f"{mark} {outcome.name}: {outcome.reason or f'{len(outcome.pictures)} of {outcome.made} kept'}"


def _exit(outcomes: Any) -> None:
    counts = Counter(outcome.status for outcome in outcomes)
    if failed := counts["failed"]:
        raise BadInput(
            "{failed} of {total} items failed: report.csv says why, and a new start tries them again.",
            failed=failed,
            total=len(outcomes),
        )
    if not counts["done"]:
        raise NothingPassed("No picture passed the filter: lower the threshold, or improve the photos.")


@offering(Request, without=ITS_OWN, defaults={"count": 1, "seed": 0})
def lab(
    photos: Photos,
    prompt: Annotated[str, typer.Option(help='With alternatives: "on {oak|marble}", or __name__ for a list.')],
    out: Annotated[Path, typer.Option(help="The folder for the sheet, the tables and the runs.")],
    grid: Annotated[
        list[str] | None, typer.Option(metavar="NAME=V1,V2…", help="Vary a number: steps=8,16,32 or steps=8:32:8.")
    ] = None,
    lists: Annotated[
        Path | None, typer.Option(help="The folder of the lists: name.txt, an alternative a line.")
    ] = None,
    as_json: Json = False,
    **options: Any,
) -> None:
    """Make every combination of words and numbers, and one sheet that compares them; start again to go on."""
    from ecomgen import lab as laboratory

    wanted = laboratory.matrix(prompt, grid or (), lists)
    cells = wanted.cells
    request = Request(photos=tuple(photo.absolute() for photo in photos), prompt=cells[0].prompt, **options)
    tell_if_slow(request.pipeline)
    typer.echo(
        f"{counted(len(cells), 'combination')}, {counted(len(cells) * request.count, 'picture')} in all", err=True
    )
    with Narrator() as narrator:
        made = laboratory.run(wanted, request, out, narrator)
    if as_json:
        typer.echo((out / "lab.json").read_text("utf-8"))
    else:
        _tell_lab(made)
    if made.failed:
        raise BadInput(
            "{failed} of {total} combinations failed: see the list; a new start tries them again.",
            failed=made.failed,
            total=len(cells),
        )


def _tell_lab(made: Experiment) -> None:
    for one in made.fragments:
        name = one.value or "(nothing)"
        typer.echo(f"{one.axis:10} {name:28} {one.mean:.3f} ± {one.spread:.3f}  ({counted(one.pictures, 'picture')})")
    for problem in made.problems:
        typer.echo(f"✗ {problem}")
    typer.echo(f"{made.sheet}")

"""runs export: pictures for channels, the log as a table, or a training set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ecomgen.captions.request import WordsRequest
from ecomgen.cli.channels import verdict_line
from ecomgen.cli.options import Json, Narrator, counted, offering, print_json, tell, unfolding
from ecomgen.cli.run_filter import RunId, RunOptions, latest, named, run_log
from ecomgen.errors import BadInput, UsageError
from ecomgen.request import ExportOptions, WordsOptions
from ecomgen.types import Pixels

if TYPE_CHECKING:
    from ecomgen.export.credentials import Signing
    from ecomgen.runlog import RunFilter
    from ecomgen.workflows.channel_export import Published, Publishing

UNITS = {"": 1, "b": 1, "kb": 1000, "mb": 1_000_000, "kib": 1024, "mib": 1024**2}
FileKind = Literal[
    "png", "jpeg", "webp", "avif", "tiff", "psd", "cutout", "jpg", "tif", "jsonl", "csv", "parquet", "imagefolder"
]
OF_THE_LOG = ("jsonl", "csv", "parquet", "imagefolder")


@dataclass(frozen=True, kw_only=True)
class PictureOptions:
    """How pictures are exported."""

    channel: Annotated[
        list[str], typer.Option(help="Compose the pictures anew for this channel; repeat it for more.")
    ] = field(default_factory=list)
    top: Annotated[int | None, typer.Option(min=1, help="The best so many; by default all that were kept.")] = None
    name: Annotated[
        str,
        typer.Option(
            metavar="PATTERN",
            help="File names, with the fields {product}, {scene}, {channel}, {rank}, {seed}, {run}, {pipeline}, "
            "{prompt}, {width}, {height} and {date}.",
        ),
    ] = ""
    max_size: Annotated[str, typer.Option(metavar="SIZE", help="At most so many bytes a picture: 500kB, 2MB.")] = ""
    metadata: Annotated[bool, typer.Option(help="Whether files say how they were made.")] = True
    c2pa: Annotated[bool, typer.Option("--c2pa", help="Sign content credentials into each picture.")] = False
    certificate: Annotated[
        Path | None, typer.Option(help="Your certificate chain, PEM; without it a self-made one signs.")
    ] = None
    key: Annotated[Path | None, typer.Option(help="The private key of --certificate, PEM.")] = None

    @property
    def signed(self) -> bool:
        return bool(self.c2pa or self.certificate or self.key)

    def given(self) -> dict[str, Any]:
        """By option, what only pictures listen to."""
        told = {"--channel": self.channel, "--top": self.top, "--name": self.name, "--max-size": self.max_size}
        return told | {"--c2pa": self.signed, "--no-metadata": not self.metadata}

    def publishing(self, kind: FileKind | None, *, approved: bool) -> Publishing:
        """Raises UsageError where the size is none, or only one of a certificate and its key is given."""
        from ecomgen.workflows.channel_export import Publishing

        return Publishing(
            channels=tuple(self.channel),
            kind=kind,
            top=self.top,
            approved=approved,
            pattern=self.name or None,
            max_bytes=_bytes(self.max_size) if self.max_size else None,
            metadata=self.metadata,
            signing=_signing(self.certificate, self.key) if self.signed else None,
        )


@offering(ExportOptions, WordsOptions)
@unfolding
def export(
    run: RunId = "",
    *,
    out: Annotated[
        Path | None, typer.Option(help="A zip or a folder for pictures, a file for tables; by default ecomgen.…")
    ] = None,
    kind: Annotated[
        FileKind | None,
        typer.Option(
            "--format",
            help="Pictures: png, jpeg, webp, avif, tiff, psd (layers) or cutout (transparent); by default "
            "the channel's format or png. The log: jsonl, csv or parquet. A training set: imagefolder. These take all "
            "runs that the options describe, pictures are of the newest one.",
        ),
    ] = None,
    pictures: PictureOptions,
    keep_paths: Annotated[
        bool, typer.Option("--keep-paths", help="In tables, say where files lie on this machine, not only their names.")
    ] = False,
    which: RunOptions,
    as_json: Json = False,
    **options: Any,
) -> None:
    """Write a run's best pictures for their channels, the log as a table, or a training set."""
    approved = options.pop("approved")
    if kind in OF_THE_LOG:
        _refuse(kind, pictures.given() | {"--approved": approved, "--words": options["words"]})
        _of_the_log(which.filter(named(run) if run else ""), out, kind, keep_paths, as_json)
        return
    chosen, publishing = latest(run, which), pictures.publishing(kind, approved=approved)
    _pictures(chosen, out or Path("ecomgen.zip"), publishing, WordsOptions(**options).words_request, as_json)


def _refuse(kind: FileKind, for_pictures: Mapping[str, Any]) -> None:
    if given := [option for option, value in for_pictures.items() if value]:
        raise UsageError(
            "--format {kind} writes no pictures for {options}: leave that out.", kind=kind, options=", ".join(given)
        )


def _pictures(run: str, out: Path, publishing: Publishing, wanted: WordsRequest | None, as_json: bool) -> None:
    from ecomgen.workflows.captioned_run import write_words
    from ecomgen.workflows.channel_export import Order, publish

    with Narrator() as narrator:
        if wanted:
            write_words(run, wanted, narrator)
        record, folder = run_log().show(run)
        order = Order(record=record, folder=folder, publishing=publishing)
        published = publish([order], out.absolute(), narrator)
    for note in order.notes:
        typer.echo(f"Note: {note}.", err=True)
    path = str(out.absolute())
    tell({"path": path, "files": [asdict(one) for one in published]}, [*_lines(published), path], as_json=as_json)


def _lines(published: Sequence[Published]) -> Iterator[str]:
    for one in published:
        yield f"{one.name}  {one.bytes / 1000:.0f} kB"
        yield from (f"  {verdict_line(rule)}" for rule in one.failed)


def _of_the_log(which: RunFilter, out: Path | None, kind: FileKind, keep_paths: bool, as_json: bool) -> None:
    from ecomgen.export.log_tables import write_table

    if kind == "imagefolder":
        _training_set(which, out or Path("ecomgen-training"), as_json)
        return
    out = out or Path(f"ecomgen.{kind}")
    count = write_table(run_log().each(which), out.absolute(), kind, keep_paths=keep_paths)
    tell({"path": str(out.absolute()), "lines": count}, [f"{out}: {counted(count, 'line')}"], as_json=as_json)


def _training_set(which: RunFilter, out: Path, as_json: bool) -> None:
    from ecomgen.export.dataset import TrainingSet

    made = TrainingSet(out.absolute(), _photo_pixels)
    for record, folder in run_log().each(which):
        made.add(record, folder)
    path = made.close()
    if as_json:
        print_json({"path": str(path), "pictures": len(made), "skipped": made.skipped})
        return
    for skipped in made.skipped:
        typer.echo(f"Note: {skipped} is gone or does not fit its product.png, and was left out.", err=True)
    typer.echo(f"{path}: {counted(len(made), 'picture')}")


def _photo_pixels(sha256: str) -> Pixels | None:
    """The photo with this hash, upright and in sRGB; None where it is gone."""
    from ecomgen import references
    from ecomgen.runlog import originals

    try:
        return references.load(originals().find(sha256)).pixels
    except BadInput:
        return None


def _signing(certificate: Path | None, key: Path | None) -> Signing:
    from ecomgen.export.credentials import own, self_made
    from ecomgen.settings import settings

    if certificate and key:
        return own(certificate, key)
    if certificate or key:
        raise UsageError("A certificate signs with its key: give both --certificate and --key.")
    return self_made(settings().home / "credentials")


def _bytes(text: str) -> int:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-z]*)", text.strip().lower().replace(",", "."))
    if not found or found.group(2) not in UNITS or float(found.group(1)) <= 0:
        raise UsageError("--max-size {text!r} is not a size: give one like 500kB or 2MB.", text=text)
    return int(float(found.group(1)) * UNITS[found.group(2)])

"""A run's pictures made ready for their channels: composed anew for each, encoded, signed, checked, and named."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from ecomgen import channels, recipes, scenes
from ecomgen.atomic_file import as_json
from ecomgen.channels import Channel
from ecomgen.errors import UsageError
from ecomgen.export import (
    SUFFIXES,
    Provenance,
    RuleResult,
    best,
    check_picture,
    encode,
    file_name,
    names,
    taking,
    words_table,
)
from ecomgen.export.credentials import Signing, own, self_made, sign
from ecomgen.export.run_folder import refuse_unwritable
from ecomgen.export.spreadsheet import encoded
from ecomgen.messages import Message
from ecomgen.record import CandidateEntry, RunRecord
from ecomgen.record.entries import without_paths
from ecomgen.record.pace import seconds_of, times
from ecomgen.request import ExportOptions
from ecomgen.runlog import originals, run_log
from ecomgen.settings import settings
from ecomgen.types import Box, Pixels, Progress, Report, silent
from ecomgen.workflows.channel_check import find_product
from ecomgen.workflows.composed import Composed, ForChannel, as_made
from ecomgen.workflows.replay import scene_request

SIGNATURE = 40_000  # bytes that a manifest may add
ENCODING = 1.0  # seconds, about, in which a file is written and checked


@dataclass(frozen=True, kw_only=True)
class Published:
    """One exported file: `rules` is empty where no channel was asked for."""

    name: str
    channel: str | None
    seed: int
    bytes: int
    rules: tuple[RuleResult, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[RuleResult, ...]:
        return tuple(rule for rule in self.rules if not rule.passed)


@dataclass(frozen=True, kw_only=True)
class Order:
    """A run whose pictures are wanted; they go to the folder `inside` of the target.

    `chosen` are indices of candidates that are wanted instead of what was kept.

    Raises:
        UsageError: nothing of it was kept, or approved.
    """

    record: RunRecord
    folder: Path
    options: ExportOptions
    chosen: frozenset[int] | None = None
    inside: str = ""

    @cached_property
    def asked(self) -> list[tuple[Channel | None, int, CandidateEntry]]:
        """A channel, a rank and a candidate for each file."""
        return [
            (channel, rank, entry)
            for channel in self._channels or (None,)
            for rank, entry in enumerate(self._chosen[:1] if channel and self._alike(channel) else self._chosen, 1)
        ]

    @property
    def names(self) -> str:
        """The pattern of file names; with channels each name says which."""
        return self.options.name or (names.FOR_CHANNELS if self.options.channel else names.USUAL)

    @cached_property
    def signing(self) -> Signing | None:
        """What signs the pictures: the given certificate with its key, or else a self-made one.

        Raises:
            BadInput: the certificate and the key do not sign.
        """
        how = self.options
        if how.certificate and how.key:
            return own(how.certificate, how.key)
        return self_made(settings().home / "credentials") if how.c2pa else None

    @property
    def notes(self) -> tuple[Message, ...]:
        """For which channels one of several pictures is made, and why."""
        return tuple(one.one_picture for one in self._channels if self._alike(one) and len(self._chosen) > 1)

    @property
    def seconds(self) -> list[float]:
        """What each file is likely to take, judged by what the run's own pictures took and by its pixels; the product
        is prepared once, and what is kept already is only written."""
        parameters, (once, each) = self.record.parameters, seconds_of(self.record)
        own, found = parameters.width * parameters.height, []
        for channel, _, entry in self.asked:
            seconds = ENCODING
            if channel and self.is_composed(channel) and not self.for_channel(entry, channel).is_kept:
                seconds, once = seconds + once + each * times(channel.width * channel.height, own), 0.0
            found.append(seconds)
        return found

    def is_composed(self, channel: Channel) -> bool:
        """Whether its pictures are made anew for a channel."""
        made_for = self.record.parameters
        by_hand = bool(made_for.place_asked) and not made_for.place_by_height
        return channel.name != made_for.channel or by_hand

    def for_channel(self, entry: CandidateEntry, channel: Channel) -> ForChannel:
        """One of its pictures as a channel wants it."""
        return ForChannel(record=self.record, entry=entry, folder=self.folder, channel=channel)

    @property
    def _channels(self) -> tuple[Channel, ...]:
        return tuple(map(channels.get, self.options.channel))

    @cached_property
    def _chosen(self) -> list[CandidateEntry]:
        log, run = run_log(), self.record.run_id
        chosen = log.approved(run) if self.options.approved else self.chosen
        rejected = log.rejected(run) if chosen is None else frozenset()
        return best(self.record, self.options.top, chosen, rejected=rejected)

    def _alike(self, channel: Channel) -> bool:
        return channel.is_same_for_all(self.record.parameters.mode)


def publish(orders: Sequence[Order], target: Path, report: Report = silent) -> tuple[Published, ...]:
    """Write the best pictures of runs, for each channel composed anew, each run's into its folder of a folder or a zip.

    Beside them stand run.json and, with channels, export.json (each file with its rules, verdicts and figures), unless
    metadata is off; and words.csv, where words were written.

    Args:
        orders: the runs, and how their pictures are wanted.
        target: a folder, or a file that ends in .zip.

    Raises:
        UsageError: nothing was kept, or approved, or a name, format or size does not fit.
        BadPhoto: a photo or picture of a run is gone.
        CannotWrite: the target cannot be written.
    """
    refuse_unwritable(target.parent if target.suffix.lower() == ".zip" else target)
    published: list[Published] = []
    total = sum(len(order.asked) for order in orders)
    with taking(target) as put:
        for order in orders:
            files, told = _prepared(order, _after(len(published), total, report))
            for name, data in files.items():
                put(f"{order.inside}/{name}" if order.inside else name, data)
            published += told
    return tuple(published)


def _after(before: int, total: int, report: Report) -> Report:
    """Reports an order's pictures as some of all, after so many of earlier orders."""

    def hear(progress: Progress) -> None:
        ours = progress.step == "export"
        report(replace(progress, done=before + progress.done, total=total) if ours else progress)

    return hear


def _prepared(order: Order, report: Report) -> tuple[dict[str, bytes], list[Published]]:
    record, options, signing = order.record, order.options, order.signing
    files: dict[str, bytes] = {}
    taken: dict[str, int] = {}
    published: list[Published] = []
    captions: list[words_table.Row] = []
    for done, (channel, rank, entry) in enumerate(order.asked):
        report(Progress(step="export", done=done, total=len(order.asked), message=channel.name if channel else ""))
        with tempfile.TemporaryDirectory(prefix="ecomgen-export-") as scratch:
            made = _made(order, entry, channel, report)
            data, suffix = _file(made, channel, options, signing, report)
            size = made.record.parameters.size
            facts = names.facts(record, made.entry, rank, size, channel and channel.name)
            name = file_name(order.names, facts, suffix, taken)
            published.append(_judged(made, data, name, channel, Path(scratch)))
        files[name] = data
        captions += words_table.rows_of(made.record, made.entry.index, name, channel and channel.name)
    if captions:
        files["words.csv"] = encoded(words_table.COLUMNS, captions)
    if options.metadata:
        files["run.json"] = as_json(without_paths(record).as_json())
    if options.metadata and options.channel:
        files["export.json"] = as_json([asdict(one) for one in published])
    return files, published


def _made(order: Order, entry: CandidateEntry, channel: Channel | None, report: Report) -> Composed:
    if channel and order.is_composed(channel):
        return order.for_channel(entry, channel).made(report)
    return as_made(order.record, entry, order.folder)


def _file(
    made: Composed, channel: Channel | None, options: ExportOptions, signing: Signing | None, report: Report
) -> tuple[bytes, str]:
    """The file's bytes and ending."""
    kind = options.format or (channel.format if channel else "png")
    provenance = provenance_for(made.record, made.entry, channel) if options.metadata else None
    if kind == "psd":
        return _layered(made, provenance, report), SUFFIXES["psd"]
    pixels, kind = (made.product, "png") if kind == "cutout" else (made.pixels, kind)
    limits = [limit for limit in (options.max_size, channel and channel.max_bytes) if limit is not None]
    most = min(limits) - (SIGNATURE if signing else 0) if limits else None
    data = encode(pixels, kind, provenance, most, channel and channel.dpi)  # type: ignore[arg-type]
    if signing and provenance:
        data = _signed(data, kind, provenance, made, signing)
    return data, SUFFIXES[kind]


def _signed(data: bytes, kind: str, provenance: Provenance, made: Composed, signing: Signing) -> bytes:
    photos = [originals().find(one.sha256, one.path) for one in made.record.references]
    return sign(data, kind, provenance, photos=photos, title=made.record.run_id, signing=signing)


def provenance_for(record: RunRecord, entry: CandidateEntry, rules: Channel | None) -> Provenance:
    """What is written into a candidate's file, with the source type that its channel wants."""
    wanted = rules and rules.source_type
    source = wanted and (wanted.rendered if record.parameters.rendered else wanted.diffusion)
    return Provenance(record=record, candidate=entry, source=source)


def _layered(made: Composed, provenance: Provenance | None, report: Report) -> bytes:
    from ecomgen.export.layers import encode_psd, take_apart

    if made.record.parameters.mode != "keep":
        raise UsageError("Only pictures that keep the product have it as a layer: choose another format than psd.")
    return encode_psd(take_apart(made.pixels, made.product, _empty(made, report)), made.pixels, provenance)


def _empty(made: Composed, report: Report) -> Pixels | None:
    """The picture's scene without the product; None where the back end cannot make the same one again."""
    parameters = made.record.parameters
    if parameters.canvas_background:
        return np.full_like(made.pixels, np.array(parameters.canvas_background, np.uint8))
    recipe = recipes.get(made.record.pipeline)
    solid = made.product[..., 3] >= 128
    if recipe.backend != "studio" or not solid.any():
        return None
    request = scene_request(made.record, made.entry.seed, np.zeros_like(made.product), Box.of(solid))
    return next(scenes.open_backend(recipe).make(request, report)).pixels


def _judged(made: Composed, data: bytes, name: str, channel: Channel | None, scratch: Path) -> Published:
    notes = made.record.notes if channel else ()
    rules: tuple[RuleResult, ...] = ()
    if channel and not name.endswith(".psd"):
        file = scratch / name
        file.write_bytes(data)
        mask = made.product[..., 3] >= 128 if made.record.parameters.mode != "replace" else None
        rules = check_picture(file, channel, mask=mask, finder=find_product)
    return Published(
        name=name, channel=channel and channel.name, seed=made.entry.seed, bytes=len(data), rules=rules, notes=notes
    )

"""Words for a run's product: asked for after its pictures are made, and kept in its record and the log."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from ecomgen.captions import texts
from ecomgen.captions.choice import open_writer
from ecomgen.captions.request import WordsRequest
from ecomgen.captions.texts import Shown, Subject
from ecomgen.captions.writer import Writer
from ecomgen.errors import Cancelled, CannotWrite, EcomgenError, UsageError
from ecomgen.export import best, read_pixels
from ecomgen.export.run_folder import write_record
from ecomgen.messages import Message
from ecomgen.record import ModelEntry, RunRecord, WordsEntry
from ecomgen.runlog import RunLog, run_log
from ecomgen.types import Pixels, Report, silent

GROUND = 214  # the grey on which the product is shown alone: white ones stand out, dark ones too


def write_words(run: str, request: WordsRequest, report: Report = silent) -> RunRecord:
    """The record of a logged run with its words, as the log and its run.json now hold it; words that it had in the same
    languages are replaced. `run` is its id, or the unambiguous start of it.

    Raises:
        UsageError: there is no such run, it kept no picture, or there is no such writer.
        Unavailable: the writer is not here, or does not answer.
        BadPhoto: the run's pictures are gone.
        CannotWrite: the log or the folder cannot be written.
    """
    log = run_log()
    record, folder = log.show(run)
    best(record, None)
    for latest in _written(record, folder, request, open_writer(request.writer), report, log):
        record = latest
    return record


def _written(
    record: RunRecord, folder: Path, request: WordsRequest, writer: Writer, report: Report, log: RunLog | None
) -> Iterator[RunRecord]:
    """The record with its words, language by language; each is in the log and in run.json."""
    subject = _subject(record, folder, request)
    start, before = time.perf_counter(), record.timings.get("words", 0.0)
    for language in request.languages:
        entry = texts.write(writer, subject, language, report)
        words = (*(one for one in record.words if one.language != language), entry)
        timings = record.timings | {"words": round(before + time.perf_counter() - start, 4)}
        changed = {"words": words, "models": _models(record, words), "timings": timings}
        record = record.model_copy(update=changed)
        _keep(record, folder, log)
        yield record


def add_words_or_say_why(
    record: RunRecord,
    folder: Path,
    request: WordsRequest,
    writer: Writer,
    report: Report = silent,
    *,
    logged: bool,
) -> RunRecord:
    """The record of a run that has just been made, and may be `logged`, with its words. Whatever happens, its pictures
    stay, and its notes say why words are missing.

    Raises:
        CannotWrite: the log or the folder cannot be written.
    """
    log = run_log() if logged else None
    try:
        if record.status != "done":
            raise Cancelled
        if not record.kept:
            raise UsageError("No picture was kept.")
        for latest in _written(record, folder, request, writer, report, log):
            record = latest
    except CannotWrite:
        raise
    except (EcomgenError, KeyboardInterrupt) as error:
        stopped = isinstance(error, (Cancelled, KeyboardInterrupt))
        why = Message("the run was cancelled") if stopped else error
        note = Message("Not all words were written: {why}", why=why)
        record = record.model_copy(update={"notes": (*record.notes, note)})
        _keep(record, folder, log)
        if isinstance(error, KeyboardInterrupt):
            raise
    return record


def _subject(record: RunRecord, folder: Path, request: WordsRequest) -> Subject:
    parameters = record.parameters
    pictures = tuple(
        Shown(index=entry.index, seed=entry.seed, pixels=read_pixels(folder / entry.path))
        for entry in best(record, None)
    )
    alone = _alone(folder) if parameters.mode == "keep" else pictures[0].pixels
    return Subject(
        alone=alone,
        pictures=pictures,
        name=parameters.product,
        attributes=request.attributes,
        seed=parameters.seed,
    )


def _alone(folder: Path) -> Pixels:
    """The placed product on plain grey, with a little room round it."""
    product = read_pixels(folder / "product.png", "RGBA")
    rows, columns = np.nonzero(product[..., 3])
    if not rows.size:
        return product[..., :3]
    room = max(4, round(0.08 * max(np.ptp(rows), np.ptp(columns))))
    window = product[max(rows.min() - room, 0) : rows.max() + room, max(columns.min() - room, 0) : columns.max() + room]
    alpha = window[..., 3:].astype(np.float32) / 255
    return np.round(window[..., :3] * alpha + GROUND * (1 - alpha)).astype(np.uint8)


def _models(record: RunRecord, words: Sequence[WordsEntry]) -> tuple[ModelEntry, ...]:
    """The run's models, with those that wrote."""
    others = (one for one in record.models if one.role != "words")
    writers = {(one.model.id, one.model.revision, one.model.sha256): one.model for one in words}
    return (*others, *(ModelEntry(**model.as_json(), role="words") for model in writers.values()))


def _keep(record: RunRecord, folder: Path, log: RunLog | None) -> None:
    if log:
        log.amend(record)
    write_record(folder, record)

"""All texts of one product in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from ecomgen.cancellation import attended
from ecomgen.captions.cleanup import About, question, read
from ecomgen.captions.languages import name_of
from ecomgen.captions.writer import Writer
from ecomgen.record import AltTextEntry, QuestionEntry, WordsEntry, WriterEntry
from ecomgen.types import Pixels, Progress, Report, silent


@dataclass(frozen=True, kw_only=True, eq=False)
class Shown:
    """A finished picture, HxWx3, with its place and seed in the run."""

    index: int
    seed: int
    pixels: Pixels


@dataclass(frozen=True, kw_only=True, eq=False)
class Subject:
    """What is written about: the product alone (HxWx3, on a plain ground), its pictures, best first, and its facts.

    The title and the description are asked of the product alone, so that nothing of a scene is sold with it; each
    picture gets an alt text of its own.
    """

    alone: Pixels
    pictures: tuple[Shown, ...]
    name: str
    attributes: Mapping[str, str]
    seed: int


def write(writer: Writer, subject: Subject, language: str, report: Report = silent) -> WordsEntry:
    """The texts in one language (a tag) as an entry of a run's record.

    Raises:
        Unavailable: the writer cannot answer.
        Cancelled: from `report`.
    """
    requested: list[tuple[About, int | None, Pixels, int]] = [
        ("title", None, subject.alone, subject.seed),
        ("description", None, subject.alone, subject.seed),
        *(("alt_text", shown.index, shown.pixels, shown.seed) for shown in subject.pictures),
    ]
    facts = {"product": subject.name, **subject.attributes}
    questions, texts, doubts = [], {}, []
    for done, (about, index, pixels, seed) in enumerate(requested):
        message = f"{about.replace('_', ' ')}, {name_of(language)}"
        prompt = question(about, language, subject.name, subject.attributes)
        answer = attended(
            lambda _, asking=(prompt, pixels, seed): writer.answer(*asking),
            report,
            Progress(step="words", done=done, total=len(requested), message=message),
        )
        texts[about, index], found = read(answer.text, about, facts, cut=answer.cut)
        questions.append(QuestionEntry(about=about, index=index, seed=seed, prompt=prompt, answer=answer.text))
        doubts += found
    return WordsEntry(
        language=language,
        title=texts["title", None],
        description=texts["description", None],
        alt_texts=tuple(
            AltTextEntry(index=one.index, seed=one.seed, text=texts["alt_text", one.index]) for one in subject.pictures
        ),
        doubts=tuple(dict.fromkeys(doubts)),
        product=subject.name,
        attributes=dict(subject.attributes),
        writer=writer.name,
        model=WriterEntry.of(writer.model),
        parameters=dict(writer.parameters),
        seed=subject.seed,
        questions=tuple(questions),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )

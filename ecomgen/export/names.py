"""What exported files are called: by product, scene, picture and channel, and as no system stumbles over it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import PurePath
from string import Formatter

from ecomgen.errors import UsageError
from ecomgen.record import CandidateEntry, RunRecord

USUAL, FOR_CHANNELS = "{product}_{scene}_{rank}", "{product}_{scene}_{rank}_{channel}"
LONGEST = 120  # bytes, suffix left out: file systems allow 255, archives and shops less
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
WORDS, LETTERS = 4, 40  # of the product or the scene, at most
HASH = re.compile("[0-9a-f]{64}")  # what the log calls a photo
SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l"})
# words that say little, English, German and French
SMALL = frozenset(
    re.findall(
        r"\w+",
        """a an the on in at by of from with to into and its
        auf im an am bei beim mit vor von aus und der die das den dem des ein eine einen einem einer
        sur dans au aux de du la le les un une et avec devant pres d l""",
    )
)


def facts(
    record: RunRecord, entry: CandidateEntry, rank: int, size: tuple[int, int], channel: str | None = None
) -> dict[str, object]:
    """What the name of a run's picture may say, by the fields of a pattern; `size` is its own where a channel's."""
    parameters = record.parameters
    return {
        "product": _short(parameters.product) or _short(_photo(record)) or "product",
        "scene": _short(re.split(r"[,;.!?\n]", record.prompt.strip())[0]) or _short(parameters.look or "") or "scene",
        "channel": channel or parameters.channel or "picture",
        "rank": rank,
        "seed": entry.seed,
        "run": record.run_id,
        "pipeline": record.pipeline,
        "prompt": record.prompt[:60],
        "width": size[0],
        "height": size[1],
        "date": record.created[:10],
    }


def of_run(record: RunRecord, suffix: str) -> str:
    """The name of a file of all pictures of a run."""
    return file_name("{product}_{scene}", facts(record, record.candidates[0], 1, record.parameters.size), suffix)


def _photo(record: RunRecord) -> str:
    """The name of the photo that was cut out, where it is not the log's."""
    path = record.references[record.hero].path if record.references else ""
    stem = PurePath(path.replace("\\", "/")).stem
    return "" if HASH.fullmatch(stem) else stem


def _short(text: str) -> str:
    """The first words that say something, in small plain letters; those of other scripts as they are."""
    spelt = unicodedata.normalize("NFKD", text.casefold().translate(SPELT))
    plain = unicodedata.normalize("NFC", re.sub("[\u0300-\u036f]", "", spelt))
    words = [word for word in re.findall(r"[^\W_]+", plain) if word not in SMALL][:WORDS]
    while len(words) > 1 and len("-".join(words)) > LETTERS:
        words.pop()
    return "-".join(words)[:LETTERS]


def free_name(stem: str, taken: dict[str, int], suffix: str = "") -> str:
    """The name, or numbered: names that differ in case only would share a file on some systems.

    `taken` is empty at first and counts those that began alike.
    """
    free = base = f"{stem}{suffix}"
    while free.casefold() in taken:
        taken[base.casefold()] += 1
        free = f"{stem}-{taken[base.casefold()]}{suffix}"
    taken[free.casefold()] = 1
    return free


def file_name(pattern: str, facts: Mapping[str, object], suffix: str, taken: dict[str, int] | None = None) -> str:
    """The pattern with its fields filled in, without anything that a file system, a shell or a shop stumbles over.

    Args:
        pattern: text with fields in braces, for example "{product}-{channel}-{rank}".
        facts: the fields' values. A `rank` is written with two digits.
        suffix: the file's ending, with its dot.
        taken: as `free_name` has it, where the name is one of several.

    Raises:
        UsageError: the pattern has an unknown field or a single brace.
    """
    return free_name(_safe(_filled(pattern, facts)), {} if taken is None else taken, suffix)


def _filled(pattern: str, facts: Mapping[str, object]) -> str:
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        parts = [("", "", None, None)]
    known = ", ".join(f"{{{name}}}" for name in facts)
    for _, field, form, conversion in parts:
        if field is not None and (field not in facts or form or conversion):
            raise UsageError(
                "The file name pattern {pattern!r} cannot be read: its fields are {known}.",
                pattern=pattern,
                known=known,
            )
    words = {name: f"{value:02d}" if name == "rank" else _safe(str(value)) for name, value in facts.items()}
    return "".join(text + (words[field] if field is not None else "") for text, field, _, _ in parts)


def _safe(text: str) -> str:
    """Letters, digits, dots, dashes and underscores; never empty, hidden, reserved or too long."""
    plain = unicodedata.normalize("NFC", text)
    plain = re.sub(r"[^\w.\-]+", "-", plain)
    plain = re.sub(r"-{2,}", "-", re.sub(r"\.{2,}", ".", plain)).strip("-. ")
    plain = plain.encode("utf-8")[:LONGEST].decode("utf-8", "ignore").strip("-. ")
    if plain.split(".")[0].lower() in RESERVED:
        plain = f"_{plain}"
    return plain or "picture"

"""What names of exported files say: the product, the scene, which picture it is, and for which channel."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from ecomgen.export.archive import file_name
from ecomgen.record import CandidateEntry, RunRecord

USUAL, FOR_CHANNELS = "{product}_{scene}_{rank}", "{product}_{scene}_{rank}_{channel}"
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

"""The record of a run and its parts, with the names of run.json."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from ecomgen.errors import UsageError
from ecomgen.record.parameters import Entry, Number, Parameters, Text
from ecomgen.types import Level, Status

VERSION = 2  # of the records that this ecomgen writes; the first wrote none
RunStatus = Literal["running", "done", "cancelled", "failed"]
Role = Literal["scene", "repair", "mask", "product", "score", "words"]


class CheckEntry(Entry):
    """One quality check of a photo; `value` is None where it cannot be computed."""

    name: str
    value: float | None
    verdict: Level
    advice: Text


class ReferenceEntry(Entry):
    """A photo of the product. `path` is absolute, or empty where only the hash of the file is known."""

    path: str
    sha256: str
    width: int = 0  # pixels, upright
    height: int = 0
    checks: tuple[CheckEntry, ...] = ()
    notes: tuple[Text, ...] = ()


class MaskCandidateEntry(Entry):
    """A proposal for where the product is; `rank` 0 is the best."""

    rank: int
    clip_score: float | None = None
    predicted_iou: float | None = None
    stability_score: float | None = None
    area_fraction: float
    marks: tuple[Text, ...] = ()


class DoubtEntry(Entry):
    """Where a cut-out may be wrong, and why; `box` is XYXY in the photo's pixels."""

    kind: str
    box: tuple[int, int, int, int]
    sentence: Text


class MaskEntry(Entry):
    """Where the product was found, and by whom."""

    masker: str
    candidates: tuple[MaskCandidateEntry, ...] = ()
    chosen: int = 0
    filled: int = 0  # pixels
    confidence: float = 1.0  # [0, 1], the probability of an IoU of at least 0.9 with the truth
    confirmed: bool = False  # somebody has looked at it, and found it right
    doubts: tuple[DoubtEntry, ...] = ()
    warnings: tuple[Text, ...] = ()


class ScoresEntry(Entry):
    """Each in [0, 1]; None where it cannot be computed on this machine."""

    identity: float | None = None
    extension: float | None = None
    adherence: float | None = None
    quality: float | None = None
    overall: float | None = None
    character_error_rate: float | None = None  # of the text on the product; absent where none was read

    @property
    def print(self) -> float | None:
        """The share of the characters on the product that read as in the photo."""
        return None if self.character_error_rate is None else round(1 - self.character_error_rate, 4)


class DifferenceEntry(Entry):
    """Where a picture differs from the product: rows of percent over `box`, XYXY in pixels of the picture."""

    box: tuple[int, int, int, int]
    grid: tuple[tuple[int, ...], ...]
    aligned: bool


class CoveredEntry(Entry):
    """What of a picture stands before the product: rows of percent over `within`, x0, y0, x1, y1 of its sides."""

    within: tuple[Number, Number, Number, Number]
    grid: tuple[tuple[int, ...], ...]


class RelitEntry(Entry):
    """How much the product was changed for the scene's light, and how much of it the scene's ground covers."""

    mean_delta_e: float = 0.0  # CIE 1976
    max_gain: float = 1.0  # the largest factor by which a channel was raised or lowered, in linear light
    covered_fraction: float = 0.0  # of its pixels
    covered: CoveredEntry | None = None  # where; None where nothing is, and of what was made before this was told


class CandidateEntry(Entry):
    """One picture: where it is, how it was judged, and what it was made with. `path` is relative to the run's folder,
    `sha256` that of its decoded RGB."""

    index: int
    seed: int
    path: str
    sha256: str
    status: Status
    reasons: tuple[Text, ...] = ()
    scores: ScoresEntry
    unavailable: dict[str, Text] = Field(default_factory=dict)  # why a score is None
    parts: dict[str, float | None] = Field(default_factory=dict)  # what identity and quality are made of
    findings: tuple[Text, ...] = ()
    why: Text = ""
    why_first: Text = ""  # of the first of several that are kept
    composition: dict[str, Number] = Field(default_factory=dict)  # each in [0, 1]: decides between equals
    difference: DifferenceEntry | None = None
    steps: int = 0
    sampler: str = ""
    notes: tuple[Text, ...] = ()
    relit: RelitEntry | None = None  # None where the product is the photo's
    parameters: Parameters | None = None

    @property
    def kept(self) -> bool:
        return self.status == "kept"

    @property
    def turn(self) -> tuple[bool, bool, float]:
        """What sorts pictures: kept before filtered, the selection's first before all, then by score."""
        return not self.kept, not self.why_first, -(self.scores.overall or 0.0)


class WriterEntry(Entry):
    """The model that wrote."""

    id: str
    revision: str
    sha256: str


class ModelEntry(WriterEntry):
    """A model that took part."""

    role: Role = "scene"


class AltTextEntry(Entry):
    """The alt text of the candidate with this index and seed."""

    index: int
    seed: int = 0
    text: str


class QuestionEntry(Entry):
    """What a writer was asked and what it answered; `index` is None for what is about no single picture."""

    about: str
    index: int | None
    seed: int
    prompt: str
    answer: str


class WordsEntry(Entry):
    """What a shop says of the product, in one language (a BCP 47 tag)."""

    language: str
    title: str
    description: str
    alt_texts: tuple[AltTextEntry, ...]
    doubts: tuple[Text, ...] = ()
    product: str = ""
    attributes: dict[str, str] = Field(default_factory=dict)
    writer: str = ""
    model: WriterEntry
    parameters: dict[str, Any] = Field(default_factory=dict)
    seed: int = 0
    questions: tuple[QuestionEntry, ...] = ()
    created: str = ""

    def alt_of(self, index: int) -> str:
        """The alt text of the candidate with this index; "" where none was written."""
        return next((one.text for one in self.alt_texts if one.index == index), "")


class ApproximationEntry(Entry):
    """A word of the prompt that is shown as something near it."""

    word: str
    shown_as: str


class CorrectionEntry(Entry):
    """What was said of a product's cut-out on its first photo, in that photo's pixels; `mask` is the hash of a file."""

    product: str = ""  # in words
    box: tuple[int, int, int, int] | None = None
    points: tuple[tuple[int, int, bool], ...] = ()
    strokes: tuple[tuple[tuple[tuple[int, int], ...], int, bool], ...] = ()  # a line, its width, whether it adds
    mask: str | None = None
    chosen: int = 0  # of the candidates
    confirmed: bool = False
    first_photo: bool = False


class ProductEntry(Entry):
    """One of several products in the same pictures; `scores` has one entry for each candidate, in their order, and so
    has `relit` where the scene's light or ground changed the products."""

    name: str
    references: tuple[ReferenceEntry, ...]
    mask: MaskEntry
    correction: CorrectionEntry = CorrectionEntry()
    place: tuple[Number, Number, Number, Number] | None  # the middle of its base, height, turn
    scores: tuple[ScoresEntry, ...] = ()
    relit: tuple[RelitEntry | None, ...] = ()


class RunRecord(Entry):
    """A run: run.json is its `as_json()`."""

    version: int = VERSION  # of the record's own format
    run_id: str
    created: str  # ISO, UTC
    status: RunStatus
    pipeline: str
    prompt: str
    negative_prompt: str
    parameters: Parameters
    references: tuple[ReferenceEntry, ...]
    hero: int  # which photo was cut out
    mask: MaskEntry
    understood: tuple[str, ...]  # of the prompt, in its own words
    ignored: tuple[str, ...]
    approximated: tuple[ApproximationEntry, ...] = ()
    scene: dict[str, Any]
    candidates: tuple[CandidateEntry, ...]
    models: tuple[ModelEntry, ...]
    versions: dict[str, str]  # of libraries that can change a pixel
    device: str
    timings: dict[str, float]  # seconds
    notes: tuple[Text, ...]
    words: tuple[WordsEntry, ...] = ()
    products: tuple[ProductEntry, ...] = ()  # of a picture of several, the main one first

    @property
    def kept(self) -> tuple[CandidateEntry, ...]:
        """The pictures that the selection kept, as they were made."""
        return tuple(entry for entry in self.candidates if entry.kept)

    def of_seed(self, seed: int) -> CandidateEntry:
        """The picture that was made with this seed.

        Raises:
            UsageError: there is none.
        """
        found = next((entry for entry in self.candidates if entry.seed == seed), None)
        if found is None:
            known = ", ".join(str(entry.seed) for entry in self.candidates)
            raise UsageError("The run has no picture with seed {seed}: choose one of {known}.", seed=seed, known=known)
        return found

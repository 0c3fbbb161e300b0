"""How long a catalogue is likely to take on this machine, judged by the runs that it made before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from math import log
from pathlib import Path
from statistics import median

from ecomgen.errors import EcomgenError
from ecomgen.record import RunRecord
from ecomgen.record.pace import seconds_of, times
from ecomgen.request import Request
from ecomgen.runlog import RunFilter, run_log

LOOKED_AT = 60  # of the newest finished runs
ALIKE = 5  # of those, whose pictures are nearest in size
ASKED = (  # what may tell one request's job from another's
    "pipeline", "mode", "steps", "look", "scene_from", "place", "backdrop", "with_", "words", "lora",
    "channel", "size", "count", "keep",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class RunKind:
    """What lets two runs take equally long, beside how many pictures they make and how large these are."""

    pipeline: str
    steps: object
    shares_set: bool  # rendered once for a range
    is_plain: bool  # on the ground that a channel demands
    has_backdrop: bool
    writes: bool
    products: int


@dataclass(frozen=True, kw_only=True)
class Pace:
    """A finished run: its seconds, once and for each picture, and how many pixels a picture has."""

    kind: RunKind
    pixels: int
    once: float
    each: float

    @classmethod
    def of(cls, record: RunRecord) -> Pace:
        """As a run's record has it."""
        made = record.parameters
        kind = RunKind(
            pipeline=record.pipeline,
            steps=made.samples_per_pixel or made.num_inference_steps,
            shares_set=bool(made.as_json().get("set_shared")),
            is_plain=made.canvas_background is not None,
            has_backdrop=made.backdrop is not None,
            writes=bool(record.words),
            products=max(1, len(record.products)),
        )
        once, each = seconds_of(record)
        words = record.timings.get("words", 0.0)
        return cls(kind=kind, pixels=made.width * made.height, once=once + words, each=each)


@dataclass(frozen=True)
class Job:
    """A run that is asked for: its kind, and how many pictures of how many pixels."""

    kind: RunKind
    pixels: int
    pictures: int

    @classmethod
    def of(cls, request: Request) -> Job | None:
        """As it comes to; nothing where that depends on its photo.

        Raises:
            EcomgenError: it cannot be made.
        """
        from ecomgen.workflows.position import canvas_of
        from ecomgen.workflows.resolution import accepted

        if request.mode == "replace":
            return None
        request, recipe = accepted(request)
        canvas = canvas_of(request, recipe, (0, 0))
        kind = RunKind(
            pipeline=recipe.name,
            steps=request.steps
            or recipe.defaults.get("samples_per_pixel" if recipe.backend == "studio" else "num_inference_steps"),
            shares_set=bool(request.held.get("set_shared")),
            is_plain=canvas.background is not None,
            has_backdrop=request.backdrop is not None,
            writes=bool(request.words),
            products=1 + len(request.with_),
        )
        return cls(kind, canvas.width * canvas.height, max(request.count, request.keep or 0))

    def seconds(self, paces: Sequence[Pace]) -> float | None:
        """As the runs of its kind took, by pixels; nothing where there are none."""
        alike = sorted(
            (one for one in paces if one.kind == self.kind), key=lambda one: abs(log(times(self.pixels, one.pixels)))
        )
        took = [one.once + self.pictures * one.each * times(self.pixels, one.pixels) for one in alike[:ALIKE]]
        return median(took) if took else None


def likely_seconds(requests: Iterable[Request]) -> float | None:
    """What these runs are likely to take in all, one after the other; nothing where no earlier run of this machine is
    like one of them."""
    one_of, counts = dict[str, "Request"](), Counter[str]()  # all of them would fill the memory
    for request in requests:
        asked = repr([getattr(request, name) for name in ASKED])
        one_of.setdefault(asked, request)
        counts[asked] += 1
    newest, home = run_log().recent(limit=1, which=RunFilter(status="done")), run_log().path
    paces = _paces(home, newest[0].run_id) if newest else ()
    total = 0.0
    for asked, request in one_of.items():
        try:
            job = Job.of(request)
        except EcomgenError:  # told when it is made
            return None
        if job is None or (seconds := job.seconds(paces)) is None:
            return None
        total += counts[asked] * seconds
    return total or None


@lru_cache(maxsize=2)
def _paces(_home: Path, _newest: str) -> tuple[Pace, ...]:
    """The newest finished runs; read again when there is a newer one."""
    records = islice(run_log().each(RunFilter(status="done")), LOOKED_AT)
    return tuple(Pace.of(record) for record, _ in records if record.candidates)

"""A finished studio picture as a clip: its set rendered from a few views, the product's own pixels on every frame."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ecomgen import picture_file, placement, recipes
from ecomgen.atomic_file import write_atomically, write_json
from ecomgen.compositing import composite, tone
from ecomgen.compositing.composition import SHADOW_LAID, shaded
from ecomgen.compositing.relight import in_scene
from ecomgen.errors import UsageError
from ecomgen.export import Provenance, best, video
from ecomgen.export.run_folder import CLIPS, refuse_unwritable
from ecomgen.generation import planned
from ecomgen.messages import Message
from ecomgen.record import CandidateEntry, RunRecord
from ecomgen.request import ClipOptions
from ecomgen.runlog import run_log
from ecomgen.scenes import open_backend
from ecomgen.types import Box, Pixels, Progress, Report, SceneRequest, silent
from ecomgen.workflows.recorder import library_versions
from ecomgen.workflows.replay import request_of, scene_request

if TYPE_CHECKING:
    from ecomgen.scenes.studio.motion import Travel

ALIKE = 32.0  # dB: a picture that is rendered at another size is as near to itself
OTHERWISE = Message(
    "This version renders the set otherwise than the picture was: make the picture anew, then the clip."
)
NO_SET = Message("A plain background has no set that a camera could move in: choose a picture with a set.")
ENOUGH = 1e-6  # places that lie closer are one


@dataclass(frozen=True, kw_only=True)
class Clip:
    """A clip: `file` is the MP4, `loop` the looped WebP, `record` what makes it again, which lies beside them."""

    file: Path
    loop: Path
    record: dict[str, Any]

    @property
    def limits(self) -> Message:
        """How far the move goes, so that a flat product still holds."""
        found = self.record["limits"]
        if self.record["options"]["move"] == "dolly":
            return Message("The product becomes {share:.0%} larger.", share=found["larger"] - 1)
        if self.record["options"]["move"] == "orbit":
            return Message("The camera swings by {degrees:.1f}° to either side.", degrees=found["degrees"])
        return Message("The key light swings by {degrees:.1f}° to either side.", degrees=found["degrees"])

    @property
    def told(self) -> tuple[Message, ...]:
        """What a person should know of it."""
        near = self.record["first_frame_psnr"]
        return (self.limits,) if near is None or near > ALIKE else (self.limits, OTHERWISE)


def clip(run: str, options: ClipOptions | None = None, *, out: Path | None = None, report: Report = silent) -> Clip:
    """Move one picture of a logged run of the studio.

    Args:
        run: the run, or the unambiguous start of its id.
        options: what moves, how long, how large; a dolly of six seconds without.
        out: a folder for the files; that of the run's clips without.

    Raises:
        UsageError: there is no such run or picture, or it has no set that could move.
        BadPhoto: a picture of the run is gone.
        Unavailable: no encoder is here.
        CannotWrite: the folder cannot be written.
        Cancelled: `report` raised it; nothing is written then.
    """
    record, folder = run_log().show(run)
    return filmed(record, folder, options or ClipOptions(), out=out, report=report)


def filmed(
    record: RunRecord, folder: Path, options: ClipOptions, *, out: Path | None = None, report: Report = silent
) -> Clip:
    """The same of a run whose record and folder are known."""
    target, seed = out or folder / CLIPS, options.seed
    entry = best(record, 1)[0] if seed is None else record.of_seed(seed)
    if sentence := refusal(record):
        raise UsageError(sentence)
    video.encoder()
    refuse_unwritable(target)
    film = _Film(record=record, folder=folder, entry=entry, options=options)
    with tempfile.TemporaryDirectory(prefix="ecomgen-clip-", ignore_cleanup_errors=True) as scratch:
        frames = _Frames.of(film, Path(scratch), report)
        report(Progress(step="write", message=Message("The clip is encoded")))
        provenance = Provenance(record=record, candidate=entry)
        tags = {"title": record.prompt, "comment": f"{provenance.source} ecomgen {record.run_id} {entry.seed}"}
        moving = Path(scratch) / "clip.mp4"
        video.write_mp4(moving, frames, options.fps, tags)
        report(Progress(step="write", message=Message("The looped WebP is encoded")))
        loop = video.looped_webp(frames, options.fps)
        told, stem = _told(film, frames), f"{entry.seed}-{options.move}"
        made = Clip(file=target / f"{stem}.mp4", loop=target / f"{stem}.webp", record=told)
        write_atomically(made.loop, loop)
        write_json(target / f"{stem}.json", told)
        write_atomically(made.file, moving.read_bytes())
    return made


def refusal(record: RunRecord) -> str:
    """Why the pictures of a run cannot be moved; "" where they can."""
    parameters = record.parameters
    if recipes.get(record.pipeline).backend != "studio":
        return Message(
            "Only the studio's sets can be filmed, and this picture is by {pipeline}: choose {--pipeline} studio.",
            pipeline=record.pipeline,
        )
    if parameters.backdrop:
        return Message("A photo as backdrop is flat, so that no camera can move in it: choose a picture with a set.")
    return NO_SET if _is_plain(record) else ""


def _is_plain(record: RunRecord) -> bool:
    """Whether the picture has a plain background, as its channel or its prompt demands."""
    from ecomgen.scenes import studio
    from ecomgen.scenes.studio.declarations.wish import Wish

    parameters = record.parameters
    scene = record.scene or studio.parse(record.prompt, parameters.product).scene
    return bool(parameters.canvas_background) or Wish.of(scene).pure_white


@dataclass(frozen=True, kw_only=True, eq=False)
class _Film:
    """Which picture is moved, and how."""

    record: RunRecord
    folder: Path
    entry: CandidateEntry
    options: ClipOptions

    @property
    def size(self) -> tuple[int, int]:
        """The clip's, even as H.264 wants it."""
        width, height = self.record.parameters.size
        scale = min(1.0, self.options.side / max(width, height))
        return max(2 * round(width * scale / 2), 2), max(2 * round(height * scale / 2), 2)

    @property
    def places(self) -> list[float]:
        """Where the move is in each frame: eased, to and fro, and at the end one step before where it began."""
        turns = 2 * math.pi * np.arange(max(round(self.options.seconds * self.options.fps), 2))
        phase = turns / len(turns)
        swung = (1 - np.cos(phase)) / 2 if self.options.move == "dolly" else np.sin(phase)
        return [0.0 if abs(place) < ENOUGH else round(float(place), 6) for place in swung]

    def scene_request(self, report: Report) -> SceneRequest:
        """What the back end was told, with this picture alone."""
        if len(self.record.products) > 1:  # each is placed by itself
            return planned(request_of(self.record), report).scene_request((self.entry.seed,))
        product = picture_file.pixels(self.folder / "product.png", "RGBA")
        return scene_request(self.record, self.entry.seed, product, Box.of(product[..., 3]))

    def layer(self, request: SceneRequest, report: Report) -> Pixels:
        """The product as it is in the picture: relit, and without what is covered of it."""
        share, placed = self.record.parameters.relight, request.placement
        if not share and not self.record.parameters.settle:
            return placed.product
        scene = next(open_backend(recipes.get(self.record.pipeline)).make(request, report))
        return in_scene(placed.product, placement.instances(placed), scene, share)[0]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Frames:
    """The clip's frames, of which each place of the move is held once."""

    held: Pixels  # NxHxWx3, on disk
    order: list[int]
    limits: Travel

    @classmethod
    def of(cls, film: _Film, scratch: Path, report: Report) -> _Frames:
        from ecomgen.scenes.studio.motion import motion

        places, (width, height) = film.places, film.size
        once = sorted(set(places), key=abs)  # the still first
        held = np.lib.format.open_memmap(scratch / "frames.npy", "w+", np.uint8, (len(once), height, width, 3))
        request = film.scene_request(report)
        moving = motion(request, film.options.move, film.size, film.layer(request, report), report)
        finish = _Finish(film)
        for number, (scene, product) in enumerate(moving.frames(once)):
            held[number] = finish(product, scene)
        return cls(held=held, order=[once.index(place) for place in places], limits=moving.limits)

    def __iter__(self) -> Iterator[Pixels]:
        return (self.held[number] for number in self.order)


class _Finish:
    """Lays the product on its scene as the picture's own was laid, with the tone of the first frame for all."""

    def __init__(self, film: _Film) -> None:
        self._harmonise = film.record.parameters.harmonise
        self._laid = SHADOW_LAID in film.entry.notes
        self._tone: tone.Tone | None = None

    def __call__(self, product: Pixels, scene: Pixels) -> Pixels:
        if self._tone is None:
            self._tone = tone.Tone() if self._harmonise == "off" else tone.between(product, scene)
        if not self._tone.is_none:
            on_scene = self._harmonise == "scene"
            scene = self._tone.on(scene) if on_scene else scene
            product = product if on_scene else tone.inverse(self._tone).on(product)
        return composite(product, shaded(scene, product) if self._laid else scene)


def _told(film: _Film, frames: _Frames) -> dict[str, Any]:
    """What makes the clip again, what limited it, and how near its first frame is to the picture."""
    width, height = film.size
    return {
        "run_id": film.record.run_id,
        "seed": film.entry.seed,
        "picture": {"path": film.entry.path, "sha256": film.entry.sha256},
        "options": asdict(replace(film.options, seed=film.entry.seed)),
        "width": width,
        "height": height,
        "frames": len(frames.order),
        "limits": asdict(frames.limits),
        "first_frame_psnr": _psnr(film, frames.held[0]),
        "versions": library_versions() | {"encoder": video.encoder()},
    }


def _psnr(film: _Film, frame: Pixels) -> float | None:
    """Of the first frame before it is encoded, in dB beside the picture at its size; None where they are equal."""
    from PIL import Image

    still = picture_file.load(film.folder / film.entry.path).convert("RGB")
    small = np.asarray(still if still.size == film.size else still.resize(film.size, Image.Resampling.BOX))
    apart = float(np.mean((small.astype(np.float32) - frame) ** 2))
    return round(10 * math.log10(255**2 / apart), 2) if apart else None

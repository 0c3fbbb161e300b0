"""The networks of the rembg package (BiRefNet, IS-Net, U²-Net and others), by its own sessions on onnxruntime.

rembg scales the photo for each network and reads its answer. Where the weights lie and whether they are whole is
ecomgen's to say, so that nothing is ever fetched here. `ECOMGEN_REMBG` names one of several.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from typing import Any

import cv2
import numpy as np
from PIL import Image

from ecomgen import models
from ecomgen.errors import BackendMissing, UsageError, WeightsCorrupt
from ecomgen.masking.cache import copy_of
from ecomgen.masking.maskers.grabcut import helpful, nothing, require_contrast
from ecomgen.masking.proposals import LIMIT, Proposals
from ecomgen.masking.refinement import smaller
from ecomgen.masking.signs import distinct, iou
from ecomgen.messages import Message
from ecomgen.settings import settings
from ecomgen.types import BoolMask, Box, MaskCandidate, MaskRequest, Matte, Pixels, Progress, ReferenceImage, Report

KINDS = ("rembg", "birefnet")
SIDE = 1536  # pixels of the copy; most of the networks look at 1024 x 1024
CUTS = (0.5, 0.2, 0.8)  # likelihoods from which a pixel is product
SAME = 0.97  # IoU from which two answers are one
LEAST = 0.0008  # of the photo's area
ROOM, SLACK = 0.15, 0.02  # of a box's longer side: background seen around it, and by how much it may be too tight
CARD, PROCESSOR = "CUDAExecutionProvider", "CPUExecutionProvider"  # what onnxruntime computes on
WITH_PROMPTS = "sam"  # the session that must be told where to look


def propose(reference: ReferenceImage, request: MaskRequest, report: Report) -> Proposals:
    """Up to five masks, best first.

    Raises:
        BackendMissing: rembg is not installed.
        WeightsMissing, WeightsCorrupt: there are no weights for it, or they are not usable.
        NoProduct: the network sees nothing.
    """
    return propose_with(network(), reference, request, report)


def network() -> str:
    """The network that looks: the one that `ECOMGEN_REMBG` names, otherwise the best that is here.

    Raises:
        UsageError: the one that is named is none of rembg's.
        WeightsMissing: there is none.
    """
    missing = Message(
        'There are no weights for rembg on this machine: run "ecomgen models pull isnet-general-use", or choose '
        "{--masker} lite."
    )
    small, fine = KINDS
    return named() or models.first_here(small) or models.required(fine, missing)


def named() -> str | None:
    """The model of the manifest that `ECOMGEN_REMBG` names."""
    name = settings().rembg
    if name is not None and models.entry(name).kind not in KINDS:
        known = ", ".join(one.id for one in models.entries().values() if one.kind in KINDS)
        raise UsageError("ECOMGEN_REMBG={name} is no model of rembg. Choose one of: {known}.", name=name, known=known)
    return name


def propose_with(name: str, reference: ReferenceImage, request: MaskRequest, report: Report) -> Proposals:
    """What one network of the manifest sees in the photo, or in the box. Raises what `propose` raises."""
    report(Progress(step="mask", done=0, total=2, message=Message("Loading {model}", model=name)))
    session = opened(name)
    whole = Box(0, 0, reference.width, reference.height)
    box = helpful(request.box, whole)
    area = box.grown(ROOM * box.longest, reference.pixels.shape) if box else whole
    small = smaller(reference.pixels[area.slices], SIDE) if box else copy_of(reference, SIDE)
    require_contrast(small, box)
    report(Progress(step="mask", done=1, total=2, message=Message("Looking for the product")))
    answers = [_placed(soft, area, box, reference) for soft in looked(session, small, name)]
    masks = distinct(_cut(answers), lambda one, other: iou(one, other) >= SAME)[:LIMIT]
    if not masks:
        raise nothing(box)
    return Proposals(
        candidates=tuple(MaskCandidate(pixels=mask) for mask in masks),
        warnings=_licence(name),
        models=(models.used(name),),
        copy=copy_of(reference, SIDE),
    )


def opened(name: str) -> Any:
    """A session of rembg with the weights of a model of the manifest, loaded once.

    Raises:
        BackendMissing: rembg or onnxruntime is not installed.
        UsageError: rembg has no session for it that works on this machine.
        WeightsMissing, WeightsCorrupt: its weights are not here, or not whole.
    """
    path, device = models.locate(name), models.device()
    kind = _session_of(name)

    def build() -> Any:
        import onnxruntime

        class Local(kind):
            """The session, with a file that is here already."""

            @classmethod
            def download_models(cls, *_args: Any, **_options: Any) -> str:
                return str(path)

        told = onnxruntime.SessionOptions()
        told.intra_op_num_threads = models.threads()
        card = device.startswith("cuda") and CARD in onnxruntime.get_available_providers()
        providers = [CARD, PROCESSOR] if card else [PROCESSOR]
        try:
            return Local(kind.name(), told, providers=providers, model_path=str(path))
        except Exception as error:  # onnxruntime's own have no common root
            raise _unfit(name) from error

    return models.load_once(f"rembg:{path}:{device}", build, size=path.stat().st_size)


def looked(session: Any, photo: Pixels, name: str) -> list[Matte]:
    """The answers of a session, likelihoods in [0, 1] at the photo's size; most sessions give one."""
    try:
        with np.errstate(all="ignore"):  # an answer that is the same everywhere is divided by its range
            answers = session.predict(Image.fromarray(photo))
    except Exception as error:  # onnxruntime's own have no common root
        raise _unfit(name) from error
    return [(np.asarray(answer.convert("L")) / 255).astype(np.float32) for answer in answers]


def installed() -> bool:
    """Whether rembg and what it computes with are there."""
    return bool(find_spec("rembg") and find_spec("onnxruntime"))


@cache
def _sessions() -> dict[str, Any]:
    """rembg's sessions, without what rembg itself imports: it compiles pymatting, for a minute on a new machine."""
    spec = None if "rembg" in sys.modules else find_spec("rembg")
    if spec is None:
        return import_module("rembg.sessions").sessions
    sys.modules["rembg"] = module_from_spec(spec)  # the package's folder, and nothing of it run
    try:
        return import_module("rembg.sessions").sessions
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "rembg"]:
            del sys.modules[name]  # whoever imports rembg gets the whole of it


def _session_of(name: str) -> Any:
    """The class of the sessions for a model of the manifest; never one that sends photos elsewhere."""
    if not installed():
        raise BackendMissing('Masks by {name} need an extra: run "pip install ecomgen[rembg]".', name=name)
    try:
        import onnxruntime  # noqa: F401  # without it rembg ends the program

        sessions = _sessions()
    except ImportError as error:
        raise BackendMissing(
            'rembg cannot be loaded ({error}): run "pip install ecomgen[rembg]" again.', error=error
        ) from error
    wanted = models.entry(name).architecture.get("session", name)
    found: Any = sessions.get(wanted)
    if found is None or not found.is_local() or wanted == WITH_PROMPTS:
        raise UsageError(
            "rembg has no session {session!r} that works on this machine by itself: correct that of {name} in the "
            "manifest.",
            session=wanted,
            name=name,
        )
    return found


def _unfit(name: str) -> WeightsCorrupt:
    return WeightsCorrupt(
        '{path} is not a network that rembg can use as {name}: run "ecomgen models verify".',
        path=models.locate(name),
        name=name,
    )


def _placed(soft: Matte, area: Box, box: Box | None, reference: ReferenceImage) -> Matte:
    """An answer about a part of the photo, at the photo's size; nothing outside the box."""
    inner = cv2.resize(soft, (area.width, area.height), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    whole = np.zeros((reference.height, reference.width), np.float32)
    whole[area.slices] = inner
    if box is None:
        return whole
    allowed = box.grown(SLACK * box.longest + 1, whole.shape)
    return np.where(allowed.drawn(whole.shape), whole, np.float32(0))


def _cut(answers: Sequence[Matte]) -> Iterator[BoolMask]:
    """What each answer holds for likely, then what it holds for possible and for sure."""
    masks = (soft > likelihood for likelihood in CUTS for soft in answers)
    return (mask for mask in masks if mask.mean() >= LEAST and not mask.all())


def _licence(name: str) -> tuple[str, ...]:
    one = models.entry(name)
    if not models.non_commercial(one.licence):
        return ()
    return (Message("{model} may not be used for business ({licence}).", model=name, licence=one.licence),)

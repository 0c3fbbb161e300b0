"""Photos that come in: those that can be read, finished pictures of ours, and the sample products, of which one stands
there at the start, and what it took the place of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import gradio as gr

from ecomgen import references
from ecomgen.errors import EcomgenError
from ecomgen.record import RunRecord
from ecomgen.samples import Sample
from ecomgen.web import locale
from ecomgen.web.create.product import corrections, markup
from ecomgen.web.create.product.looking import OF_THE_FIRST
from ecomgen.web.markup import esc
from ecomgen.web.messages import sentence, spoken

PHOTO_LIMIT = 10
FRESH = ("photos", "sampled", *OF_THE_FIRST)  # what is said anew with other photos
UNCALLED = {"product": "", "height_cm": ""}
CALLED = tuple(UNCALLED)  # what is said of a product whatever its photos
REPLACED = (*FRESH, *CALLED, "prompt")  # by a sample


def readable(files: Sequence[str] | None) -> list[str]:
    """Those that are photos; what is none is said and left out."""
    good = []
    for file in files or []:
        try:
            references.load(file)
            good.append(file)
        except EcomgenError as error:
            gr.Warning(esc(sentence(error)))
    return good


def recalled(files: list[str] | None) -> RunRecord | None:
    """What a finished picture that is dropped alone says of its run."""
    from ecomgen.export.metadata import own_record

    if len(files or []) != 1:
        return None
    try:
        return own_record(Path((files or [""])[0]))
    except EcomgenError:
        return None


def samples() -> tuple[Sample, ...]:
    """The sample products, the first of which is loaded at the start."""
    from ecomgen.samples import every

    return tuple(every())


def sample_folders() -> list[str]:
    """Where the samples' files lie: the app must be allowed to show them."""
    return sorted({str(photo.parent) for sample in samples() for photo in sample.photos})


def name_for(sample: Sample) -> str:
    """What it is, in the page's language."""
    return locale.SAMPLE_NAMES.get(sample.name, sample.product)


def prompt_for(sample: Sample) -> str:
    """A good first description for it, in the page's language."""
    return locale.SAMPLE_PROMPTS.get(sample.name, sample.prompt)


def chips(
    current: str, before: Mapping[str, Any] = MappingProxyType({}), photos: Sequence[str] = (), prompt: str = ""
) -> str:
    """A button for each, and one that brings back what another product or other words took the place of."""
    names = [(one.name, name_for(one)) for one in samples()]
    is_other = bool(before) and (before["photos"], before["prompt"] or "") != ([*photos], prompt or "")
    return markup.sample_chips(names, current, can_go_back=is_other)


@spoken
def take_sample(evt: gr.EventData, *before: Any) -> tuple[Any, ...]:
    """Load a sample product: its first photo with the mask that comes with it, its words and its prompt.

    Last comes what the way back leads to, before and after: what was here last that was no sample as it is, but photos
    of one's own, or words that were typed.
    """
    from ecomgen.samples import get

    *here, kept = before
    was = dict(zip(REPLACED, here, strict=True))
    sample, usual = get(str(evt.value)), get(was["sampled"]) if was["sampled"] else None
    untouched = usual and (was["product"], was["prompt"], was["marks"]) == (name_for(usual), prompt_for(usual), "")
    kept = kept if untouched or not (was["photos"] or was["prompt"]) else was
    taken = corrections.UNMARKED | {"first_photo": False, "mask": str(sample.mattes[0]), "prompt": prompt_for(sample)}
    taken |= UNCALLED | {"photos": [str(sample.photos[0])], "sampled": sample.name, "product": name_for(sample)}
    return *(taken[name] for name in REPLACED), kept


def sample_of(photos: list[str]) -> str:
    """The name of the sample that these photos are of; nothing for photos of one's own."""
    return next((one.name for one in samples() if photos == [str(one.photos[0])]), "")

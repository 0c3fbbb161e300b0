"""Three products of our own making, photos with exact mattes: first-run pictures, and the tests' known truth."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ecomgen.errors import UsageError

_FOLDER = Path(__file__).parent
_PRODUCTS = {
    "bottle": ("olive oil bottle", "on a wooden table by a window, morning light"),
    "mug": ("mug", "on a linen cloth by a window, soft morning light"),
    "box": ("tea box", "on a marble counter, plants in the background"),
}


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A product in several photos. `mattes[i]` is an 8-bit PNG: how much of each pixel of `photos[i]` it covers."""

    name: str
    product: str  # what it is, in words
    prompt: str  # a good first one
    photos: tuple[Path, ...]
    mattes: tuple[Path, ...]


def every() -> tuple[Sample, ...]:
    """All samples, the best first one first."""
    return tuple(get(name) for name in _PRODUCTS)


def get(name: str) -> Sample:
    """One sample by its name. Raises `UsageError` for a name that is not among them."""
    if name not in _PRODUCTS:
        raise UsageError('There is no sample "{name}"; choose one of {known}.', name=name, known=", ".join(_PRODUCTS))
    product, prompt = _PRODUCTS[name]
    photos = tuple(sorted((_FOLDER / name).glob("*.jpg")))
    mattes = tuple(photo.with_suffix(".matte.png") for photo in photos)
    return Sample(name=name, product=product, prompt=prompt, photos=photos, mattes=mattes)

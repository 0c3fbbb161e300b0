"""One picture on the stage: where its products stand, what is seen of it, and drafts of it as they are moved."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from ecomgen import channels, picture_file, recipes
from ecomgen.errors import CannotWrite, EcomgenError
from ecomgen.export import write_atomically
from ecomgen.record import Parameters, RunRecord
from ecomgen.request import Request
from ecomgen.types import Pixels, Place
from ecomgen.web import locale
from ecomgen.web.pictures import data_uri
from ecomgen.workflows.replay import request_of
from ecomgen.workflows.scene_lock import arranged

LARGEST = 1200  # pixels of what the stage shows
EMPTY = "stage"  # the folder of a run with its sets without the product


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One picture of a run, where its products are to stand, and how light and shadow are to fall there."""

    record: RunRecord
    folder: Path
    seed: int
    key: str
    places: tuple[Place, ...] = ()  # of each product, the main one first
    light: str | None = None  # the side that it comes from
    shadow: float = 1.0

    @property
    def is_turned(self) -> bool:
        """Whether the light comes from another side than in the picture."""
        return self.light != self.record.parameters.as_json().get("light_from")

    @property
    def lit(self) -> RunRecord:
        """The run, had its light come from there."""
        known = self.record.parameters.as_json()
        turned = arranged(known) if self.is_turned else {}
        parameters = Parameters.model_validate(known | turned | {"light_from": self.light})
        return self.record.model_copy(update={"parameters": parameters})

    @property
    def bare(self) -> Path:
        """The file of its set without the product."""
        return self.folder / EMPTY / f"{self.seed}{f'-{self.light}' if self.is_turned else ''}.png"

    @property
    def empty(self) -> Pixels | None:
        """Its set without the product, or its backdrop; None where that is to be rendered first."""
        from ecomgen.workflows.placed_by_hand import empty_set

        if request_of(self.record).backdrop is None:
            return picture_file.pixels_if_there(self.bare)
        with suppress(EcomgenError):  # told once it is rendered
            return empty_set(self.record, self.folder, self.seed)
        return None

    @property
    def picture(self) -> Pixels:
        """As the screen shows it."""
        return _shown(picture_file.pixels(self.folder / self.record.of_seed(self.seed).path))

    @property
    def product(self) -> Pixels:
        """The placed product as the run has it, RGBA."""
        return _shown(picture_file.pixels(self.folder / "product.png", "RGBA"))

    def asked(self, request: Request) -> Request:
        """The request of its run with what is placed and lit otherwise."""
        main, *others = self.places
        beside = zip(request.with_, others, strict=True)
        return replace(
            request,
            seed=self.seed,
            place=main,
            with_=tuple(one._replace(place=place) for one, place in beside),
            light_from=self.light,
            shadow_strength=self.shadow,
        )

    @property
    def is_built(self) -> bool:
        """Whether there is a set that can be seen without the product."""
        return recipes.get(self.record.pipeline).backend == "studio"


def drafted(spot: Spot, report: Any) -> dict[str, str]:
    """The scene with the light and shadow of a draft, and in another light without them; the product is on the page."""
    from ecomgen import placement
    from ecomgen.workflows.placed_by_hand import cleared, cutouts, draft, empty_set, shaded

    request = spot.asked(request_of(spot.lit))
    if request.backdrop or spot.record.parameters.canvas_background:
        return {"picture": _sent(draft(request, report))}
    empty = spot.empty
    empty = keep(spot, empty_set(spot.lit, spot.folder, spot.seed, report)) if empty is None else empty
    rough, picture = draft(replace(request, shadow_strength=1.0), report), spot.picture
    if rough.shape != empty.shape:
        return {"picture": _sent(rough)}
    size = picture.shape[1], picture.shape[0]
    larger = np.asarray(Image.fromarray(empty).resize(size, Image.Resampling.BICUBIC))
    clear = larger if spot.is_turned else cleared(picture, spot.product, empty)
    canvas = placement.canvas_for(size, None, (1, 1))
    product = placement.place_together(cutouts(request), canvas, spot.places).product
    base = {"base": _sent(clear)} if spot.is_turned else {}
    return base | {"picture": _sent(shaded(clear, product, rough, empty, spot.shadow))}


def _sent(picture: Pixels) -> str:
    return data_uri(picture, LARGEST, 88)


def keep(spot: Spot, empty: Pixels) -> Pixels:
    """Beside the run's pictures, so that it is rendered once."""
    try:
        write_atomically(spot.bare, picture_file.encoded(Image.fromarray(empty), "PNG"))
    except CannotWrite:
        return empty
    return empty


def ground(record: RunRecord) -> float:
    """The line on which the product stood."""
    standing, place = record.parameters.as_json().get("set_standing"), record.parameters.place
    return float(standing[4] if standing else place[1] if place else 0.83)


def guides(names: Sequence[str], record: RunRecord) -> list[dict[str, Any]]:
    """What the chosen channels ask for, of those whose pictures have about this shape."""
    ratio, found = record.parameters.width / record.parameters.height, []
    for one in (channels.get(name) for name in names):
        if abs(one.width / one.height / ratio - 1) < 0.02:
            fact = {"safe": list(one.safe_area), "margin": one.margin, "fill": one.fill}
            found.append(fact | {"title": locale.translated(one.title), "least": one.min_fill, "most": one.max_fill})
    return found


def alone(spot: Spot) -> list[str]:
    """Each product cut out, without air round it."""
    from ecomgen.workflows.placed_by_hand import cutouts

    if spot.record.products:
        cuts = [one.rgba for one in cutouts(request_of(spot.record))]
    else:
        cuts = [picture_file.pixels(spot.folder / "cutout.png", "RGBA")]
    return [_tight(Image.fromarray(cut)) for cut in cuts]


def _tight(cut: Image.Image) -> str:
    return data_uri(np.asarray(cut.crop(cut.getchannel("A").getbbox())), LARGEST, 92)


def _shown(pixels: Pixels) -> Pixels:
    """At the size at which the screen shows it."""
    picture = Image.fromarray(pixels)
    picture.thumbnail((LARGEST, LARGEST))
    return np.asarray(picture)

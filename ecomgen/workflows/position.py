"""Where the products stand in a picture: as asked for, as a look or a set has it, or by rule."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ecomgen import placement
from ecomgen.messages import Message
from ecomgen.models.upscaler import opened
from ecomgen.recipes import Recipe
from ecomgen.request import Request
from ecomgen.types import Canvas, Composition, Cutout, Place, Placement
from ecomgen.workflows import own_backdrop
from ecomgen.workflows.preparation import Prepared

CANVAS = ("fill", "background", "safe_area")  # of a channel, as they were: its rules may change before a replay
SMALLEST = 0.4  # of what the rule gives: no smaller is a product, so that something is seen of it
UNTRUE = 0.03  # of a size, by which it may differ from what was asked for
SCALED = {"set_standing", "set_metres"}  # of a set that is kept: how large in it is how long in truth
TOO_SMALL = Message("the product is larger than {--height-cm} says: in its true size it would be too small to see")
NOT_WHOLE = Message("{--height-cm} changes nothing here: the photo's frame cuts the product off")
TOO_LARGE = Message("the product is smaller than {--height-cm} says: in its true size it would not fit")


def canvas_of(request: Request, recipe: Recipe, photo_size: tuple[int, int]) -> Canvas:
    """As asked for; else the recipe's size, or the photo's own where its surroundings are kept.

    Raises:
        UsageError: there is no such channel, or the size cannot be had.
    """
    native = int(recipe.defaults.get("width", 1024)), int(recipe.defaults.get("height", 1024))
    canvas = placement.canvas_for(request.size, request.channel, photo_size if request.mode == "replace" else native)
    then = {name: request.replayed[f"canvas_{name}"] for name in CANVAS if f"canvas_{name}" in request.replayed}
    return replace(canvas, **{name: tuple(fact) if isinstance(fact, list) else fact for name, fact in then.items()})


def placed(request: Request, recipe: Recipe, prepared: Prepared, composition: Composition) -> Placement:
    """The products on the canvas; with mode "replace" what is kept around one."""
    canvas = canvas_of(request, recipe, (prepared.hero.width, prepared.hero.height))
    if request.mode == "replace":
        return placement.place_surroundings(prepared.hero, prepared.mask.pixels, canvas)
    backdrop, composition = own_backdrop.standing(request, canvas, composition)
    found = _standing(request, prepared, canvas, composition)
    if request.upscale:
        found = _enlarged(found, request, prepared, composition)
    return replace(found, backdrop=backdrop)


def _enlarged(found: Placement, request: Request, prepared: Prepared, composition: Composition) -> Placement:
    """Placed again with larger cut-outs, where the photos have too few pixels."""
    upscaler = opened(request.upscale)
    if max(part.scale for part in (found, *found.parts)) <= 1:
        unused = Message("{--upscale} leaves the product as it is: its photo is large enough")
        return replace(found, notes=(*found.notes, unused))
    larger = _standing(request, prepared.enlarged(upscaler.cut_out), found.canvas, composition)
    scale, notes = larger.scale * upscaler.scale, (upscaler.note, *larger.notes)
    return replace(larger, scale=scale, models=(upscaler.used,), notes=notes)


def _standing(request: Request, prepared: Prepared, canvas: Canvas, composition: Composition) -> Placement:
    if prepared.beside:
        cutouts = [prepared.cutout, *(one.cutout for one in prepared.beside)]
        places = [request.place, *(one.place for one in request.with_)]
        heights = request.height_cm if len(request.height_cm) == len(cutouts) else ()
        return placement.place_together(cutouts, canvas, places, heights)
    found = placement.place_product(prepared.cutout, canvas, composition, _wished(request, prepared.cutout, canvas))
    return _in_true_size(found, prepared.cutout, _true_height(request, canvas))


def _true_height(request: Request, canvas: Canvas) -> float | None:
    """How high a product of known height is in the set of a look or of another run, whose scale is known, in shares of
    the canvas; None where it was placed by hand, or a channel demands a plain ground."""
    held = request.held
    if request.place or not request.height_cm or canvas.background is not None or not held.keys() >= SCALED:
        return None
    x0, y0, x1, y1, _ = held["set_standing"]
    longest = max((x1 - x0) * canvas.width, (y1 - y0) * canvas.height)
    return request.height_cm[0] / 100 / held["set_metres"] * longest / canvas.height


def _in_true_size(found: Placement, cutout: Cutout, height: float | None) -> Placement:
    """The same as high as that, as near as the canvas allows, and not so small that nothing is seen of it; what runs
    off the picture stays as it is."""
    if height is None or found.place is None:
        return found
    if placement.RUNS_OFF in found.notes:
        return replace(found, notes=(*found.notes, NOT_WHOLE))
    wished = found.place._replace(height=max(height, SMALLEST * found.place.height))
    stood = placement.place_product(cutout, found.canvas, place=placement.fitted(cutout, found.canvas, wished))
    larger = (stood.place or wished).height / height
    note = TOO_SMALL if larger > 1 + UNTRUE else TOO_LARGE if larger < 1 - UNTRUE else None
    return replace(stood, notes=(*stood.notes, note)) if note else stood


def _wished(request: Request, cutout: Cutout, canvas: Canvas) -> Place | None:
    """As asked for; else by a look's rule, or as near as may be to where it was put by hand on another canvas."""
    if request.place is None and (box := request.held.get("place_within")):
        return placement.within(cutout, canvas, box)
    if request.place is None and (wished := request.held.get("place")):
        return placement.fitted(cutout, canvas, wished)
    return request.place


def canvas_facts(canvas: Canvas) -> dict[str, Any]:
    """The canvas among a run's parameters, as JSON gives it back."""
    facts = {f"canvas_{name}": getattr(canvas, name) for name in CANVAS}
    plain = {name: list(fact) if isinstance(fact, tuple) else fact for name, fact in facts.items()}
    return {"width": canvas.width, "height": canvas.height, "channel": canvas.channel, **plain}


def size_facts(request: Request, found: Placement) -> dict[str, float]:
    """The true size of what stands in the set, where the main product's height is told."""
    place = (found.parts or (found,))[0].place
    if not request.height_cm or place is None:
        return {}
    larger, high = found.box.longest, place.height * found.canvas.height
    return {"set_metres": round(request.height_cm[0] / 100 * larger / high, 4)}


def place_facts(request: Request, found: Placement) -> dict[str, Any]:
    """Where the product stands, and that again where it is not there by the rule for every canvas.

    With a look, `place_given` tells a place of the request's own from the one by the look's rule; `place_by_height` one
    that is such only because its true height is known.
    """
    used, held = found.place and list(found.place), request.held
    given = request.place or held.get("place") or held.get("place_within") or request.with_
    scaled = _true_height(request, found.canvas) is not None and placement.RUNS_OFF not in found.notes
    own = request.replayed.get("place_given") or (request.look and request.place)
    by_height = request.replayed.get("place_by_height") or (scaled and not given)
    told = {"place_given": own, "place_by_height": by_height}
    asked = {"place": used, "place_asked": used if given or scaled else None}
    return asked | {name: True for name, is_so in told.items() if is_so}

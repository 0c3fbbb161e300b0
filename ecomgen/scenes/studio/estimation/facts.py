"""What is known of the product before a set is built: where it stands, how it was photographed, its colours, its size.

All of it can be written down as flat parameters and read back, so that a run can be made again without looking at the
photos, and another product can be put into the same set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from ecomgen.scenes.studio.estimation.photo_light import PhotoLight, photo_light
from ecomgen.scenes.studio.estimation.products import USUAL_SIZE, size_in_metres, weight_of
from ecomgen.scenes.studio.estimation.style import PictureStyle, measured, style_of
from ecomgen.scenes.studio.estimation.viewpoint import Viewpoint, viewpoint
from ecomgen.scenes.studio.primitives.palette import NEUTRAL, Palette, hexadecimal, product_palette
from ecomgen.scenes.studio.prompt import product_in
from ecomgen.scenes.studio.stage.shot import Foot
from ecomgen.types import Parameters, Pixels, Placement, SceneRequest

USUAL_ELEVATION, USUAL_SPREAD = 10.0, 9.0  # degrees


class Standing(NamedTuple):
    """The box round which a set is built and the row it stands on, as shares of the canvas."""

    x0: float
    y0: float
    x1: float
    y1: float
    ground: float


@dataclass(frozen=True, kw_only=True)
class Facts:
    """`elevation` is the camera's above the product's foot and `spread` its uncertainty, in degrees, 0 where the
    user gave it; `metres` the product's larger side."""

    standing: Standing
    elevation: float = USUAL_ELEVATION
    spread: float = USUAL_SPREAD
    light: PhotoLight = field(default_factory=PhotoLight)
    photographed: PhotoLight | None = None  # its own photo's; `light` may be that of another product's
    viewed: Viewpoint | None = None  # from where its own photo was taken, where it stands in a backdrop
    palette: Palette = NEUTRAL
    metres: float = USUAL_SIZE
    weight: float = 1.0  # of the product for its size, 1 as usual
    style: PictureStyle | None = None  # of the picture that the set is to look like
    feet: tuple[Foot, ...] | None = None  # for which the set is built; None: those of the product that is in it
    shared: bool = False  # whether the set is another product's or a look's, and is rendered once for all of them
    ideas: int = 0  # 0: each seed draws by itself; 1: they take turns in what decides a picture; 2: in whole ideas too
    idea_seed: int | None = None  # whose turn it is in every picture; None: each seed's own
    distance: float | None = None  # of the camera, from near, 0, to far, 1; None leaves it to the seed

    def parameters(self) -> dict[str, Any]:
        """The facts as flat parameters."""
        return {
            "camera_elevation": self.elevation,
            "camera_elevation_spread": self.spread,
            **{f"light_{name}": value for name, value in self.light._asdict().items()},
            **({"photo_light": list(self.photographed)} if self.photographed else {}),
            **({"photo_elevation": list(self.viewed)} if self.viewed else {}),
            "set_standing": list(self.standing),
            "set_palette": [self.palette.hue, self.palette.chroma, self.palette.lightness],
            "set_metres": self.metres,
            **({} if self.feet is None else {"set_feet": [[foot.left, foot.right, foot.z] for foot in self.feet]}),
            **({"set_shared": True} if self.shared else {}),
            **(self.style.parameters() if self.style else {}),
            **({} if self.idea_seed is None else {"set_idea_seed": self.idea_seed}),
            **({"camera_distance": self.distance} if self.distance is not None else {}),
        }

    @property
    def sized(self) -> bool:
        """Whether the size was told, or is known of such a product."""
        return self.metres != USUAL_SIZE

    @property
    def suited(self) -> Palette:
        """The palette that a set is built with: of the picture that it is to look like, else of the product."""
        if self.style is None:
            return self.palette
        return replace(self.palette, colours=tuple(hexadecimal(colour) for colour in self.style.colours))


def facts_of(request: SceneRequest) -> Facts:
    """What `request.parameters` say already, and the rest as the product, its photos and its name tell."""
    request = replace(request, product=product_in(request.prompt, request.product))
    given = _styled(request) | {
        name: value for name, value in request.parameters.items() if value not in (None, "auto")
    }
    own, viewed = _photographed(given, request), _viewed(given, request)
    camera = _camera(given, request, viewed)
    return Facts(
        standing=_standing(given, request.placement),
        elevation=camera.elevation,
        spread=camera.spread,
        light=_light(given, own),
        photographed=own,
        viewed=viewed,
        palette=_palette(given, request.placement),
        metres=float(given.get("set_metres", _metres(request))),
        weight=weight_of(request.product),
        style=style_of(given),
        feet=_feet(given),
        shared=bool(given.get("set_shared")),
        ideas=int(given.get("set_ideas", 0)),
        idea_seed=given.get("set_idea_seed"),
        distance=given.get("camera_distance"),
    )


def _styled(request: SceneRequest) -> dict[str, Any]:
    """What a picture to look like says in the place of product and photos."""
    if request.style is None:
        return {}
    read = measured(request.style)
    own = read.palette
    return {
        "set_palette": [round(own.hue, 4), round(own.chroma, 4), round(own.lightness, 4)],
        "light_softness": read.softness,
        "light_kelvin": read.kelvin,
        **read.style.parameters(),
    }


def _metres(request: SceneRequest) -> float:
    """The larger side of what stands in the set, of which the main product is one part."""
    known, parts = size_in_metres(request.product) or USUAL_SIZE, request.placement.parts
    if not parts:
        return known
    box, main = request.placement.box, parts[0].box
    return round(known * box.longest / main.longest, 4)


def _standing(given: Mapping[str, Any], placement: Placement) -> Standing:
    if "set_standing" in given:
        return Standing(*map(float, given["set_standing"]))
    (x0, y0, x1, y1), width, height = placement.box, placement.canvas.width, placement.canvas.height
    edges = (x0 / width, y0 / height, x1 / width, y1 / height, placement.contact_y / height)
    return Standing(*(round(edge, 6) for edge in edges))


def _feet(given: Mapping[str, Any]) -> tuple[Foot, ...] | None:
    told = given.get("set_feet")
    return None if told is None else tuple(Foot(left=left, right=right, z=z) for left, right, z in told)


def _viewed(given: Mapping[str, Any], request: SceneRequest) -> Viewpoint | None:
    """Of a product in a backdrop, which has a camera of its own; None where no photo tells it."""
    if "photo_elevation" in given:
        return Viewpoint(*map(float, given["photo_elevation"]))
    if request.placement.backdrop is None or not request.views:
        return None
    return viewpoint(request.views, request.product)


def _camera(given: Parameters, request: SceneRequest, viewed: Viewpoint | None) -> Viewpoint:
    if "camera_elevation" in given:
        spread = float(given.get("camera_elevation_spread", 0.0))
        return Viewpoint(elevation=float(given["camera_elevation"]), spread=spread)
    return viewed or viewpoint(request.views, request.product)


def _light(given: Parameters, own: PhotoLight) -> PhotoLight:
    return own._replace(**{name: float(given[f"light_{name}"]) for name in own._fields if f"light_{name}" in given})


def _photographed(given: Parameters, request: SceneRequest) -> PhotoLight:
    """The light that the product brings along, whatever look, picture or earlier run says of the set's."""
    if "photo_light" not in given:
        return photo_light(_crop(request.placement), request.views[0] if request.views else None)
    return PhotoLight(*map(float, given["photo_light"]))


def _palette(given: Parameters, placement: Placement) -> Palette:
    if "set_palette" in given:
        hue, chroma, lightness = (float(value) for value in given["set_palette"])
    else:
        own = product_palette(_crop(placement))
        hue, chroma, lightness = round(own.hue, 4), round(own.chroma, 4), round(own.lightness, 4)
    return Palette(hue=hue, chroma=chroma, lightness=lightness)


def _crop(placement: Placement) -> Pixels:
    box = placement.box
    return placement.product[box.slices]

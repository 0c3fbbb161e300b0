"""What everything in a run resolved to, flat: the request's options, the canvas, and the back end's own numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, WrapValidator

from ecomgen.messages import Message
from ecomgen.types import Harmonise, Matting, Mode

Number = int | float  # as it was given: a whole number stays one
Text = Annotated[str, WrapValidator(lambda text, plain: text if isinstance(text, Message) else plain(text))]
"""A text for the user, which stays a message that can be told in another language."""


class Entry(BaseModel):
    """One object of run.json, and read as one too: `entry["scores"]`. Keys that this version does not know are kept."""

    model_config = ConfigDict(extra="allow", frozen=True, from_attributes=True)

    @classmethod
    def of(cls, part: object, **more: Any) -> Self:
        """The entry of a part of a run, field by field of the same name, and what the part itself does not say so."""
        shared = {name: getattr(part, name) for name in cls.model_fields if hasattr(part, name)}
        return cls(**shared | more)

    def as_json(self) -> dict[str, Any]:
        """As plain JSON values, with what was given and nothing else."""
        return self.model_dump(mode="json", exclude_unset=True)

    def __getitem__(self, name: str) -> Any:
        """A part by its key, as plain JSON values."""
        return self.as_json()[name]


class Parameters(Entry):
    """The names that code reads; everything else that a back end or a recipe's [defaults] say is kept beside them.

    What does not apply to a run is absent from its JSON.
    """

    width: int  # pixels
    height: int
    seed: int  # of the first picture
    count: int
    threshold: Number  # of identity, [0, 1]
    threshold_level: str | None = None
    extension: Number | str | None = None  # of the product's area that may be painted on; "off" is no limit
    keep: int | None = None
    mode: Mode = "keep"
    product: str = ""
    channel: str | None = None
    canvas_fill: Number | None = None
    canvas_background: tuple[int, int, int] | None = None
    canvas_safe_area: tuple[Number, Number, Number, Number] | None = None
    place: tuple[Number, Number, Number, Number] | None = None  # where the product stands, given or not
    place_asked: tuple[Number, ...] | None = None  # as it was given
    place_given: bool = False  # with a look, whose rule else says it
    place_by_height: bool = False  # of the rule's own, but for the true height
    height_cm: tuple[Number, ...] = ()  # of each product, the main one first
    harmonise: Harmonise = "off"
    contact_shadow: bool | None = None
    shadow_strength: Number = 1.0  # [0, 2]
    ground_gloss: Number = 0.0  # [0, 1]
    relight: Number = 0.0  # [0, 1]
    settle: Number = 0.0  # [0, 1]
    scene_from: str | None = None  # a run's id or folder
    look: str | None = None
    backdrop: str | None = None  # the hash of its file
    repair: str | None = None  # the hash of its file
    repair_with: str = ""  # the recipe that painted what the mask hides
    repair_settings: Mapping[str, Any] | None = None  # of that recipe
    lora: str = ""  # what diffusion was taught
    upscale: str = ""  # the network that enlarged the product
    style: str | None = None  # the hash of its file
    masker: str = "auto"
    box: tuple[int, int, int, int] | None = None  # XYXY in pixels of the first photo
    mask: str | None = None  # the hash of its file
    chosen: int = 0
    confirmed: bool = False  # the cut-out, by somebody who has looked at it
    first_photo: bool = False  # whether the product had to be shown as it does
    points: tuple[Any, ...] = ()
    strokes: tuple[Any, ...] = ()
    matting: Matting = "auto"
    guidance_scale: Number | None = None
    strength: Number | None = None
    num_inference_steps: int | None = None  # diffusion's
    samples_per_pixel: int | None = None  # the studio's
    integrator: str | None = None
    camera_elevation: Number | None = None  # degrees
    camera_elevation_spread: Number | None = None  # 0 where the elevation was given

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the pictures."""
        return self.width, self.height

    @property
    def rendered(self) -> bool:
        """Whether the studio made the scene."""
        return self.integrator is not None

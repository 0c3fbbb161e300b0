"""What a user asks of a run: every option of `generate`, declared once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic.dataclasses import dataclass

from ecomgen.captions.request import WordsRequest, words_request
from ecomgen.errors import NO_PHOTO, BadPhoto, BadPrompt, UsageError
from ecomgen.messages import Message
from ecomgen.options import Number, Option, Share, Whole, declared, reading
from ecomgen.request.checked import MAX_PHOTOS, MAX_SEED, STRICT, Checked, Photos
from ecomgen.types import Companion, Harmonise, MaskRequest, Mode, Place, Repair, Stroke

MAX_COMPANIONS = 7
MAX_COUNT = 100
MAX_PROMPT = 4000  # characters
NO_PROMPT = Message(
    'The prompt is empty: describe the scene, for example "on a wooden table by a window", or choose {--look}.'
)


@dataclass(frozen=True, kw_only=True, slots=True, config=STRICT)
class Request(Checked):
    """A run, as asked for. Names and meanings are the command line's; None takes the recipe's default.

    Values may be text as people type it: "120,80,900,1100" for a box, "1080x1350" for a size.

    Raises, when made:
        BadPhoto: no photo, or more than 20.
        BadPrompt: the prompt is empty or longer than 4000 characters.
        UsageError: a value cannot be read or is out of range, or two options exclude each other.
    """

    photos: Photos
    prompt: Annotated[str, Option(help='The scene, for example "on a wooden table by a window".', section="Scene")] = ""
    negative_prompt: declared.NegativePrompt = ""
    pipeline: Annotated[str, Option(help='auto, or a name from "ecomgen pipelines list".', section="Scene")] = "auto"
    product: declared.Product = ""
    masker: declared.MaskerName = "auto"
    box: declared.ProductBox = None
    point: declared.Clicks = ()
    stroke: Annotated[
        tuple[Stroke, ...],
        BeforeValidator(reading.read_strokes),
        Option(
            help="Brush strokes that correct the mask.",
            scope="cutout",
            record="strokes",
            absent=("cli", "api", "rest", "catalogue", "mcp"),
        ),
    ] = ()
    mask: declared.MaskFile = None
    mask_candidate: Annotated[
        Whole,
        Option(help="Which of the mask candidates; 0 is the best.", scope="cutout", record="chosen"),
    ] = 0
    confirmed: Annotated[
        bool,
        Option(
            help="You have looked at the cut-out that comes of this, and it is right: it is not called doubtful.",
            scope="cutout",
            record="confirmed",
        ),
    ] = False
    first_photo: Annotated[
        bool,
        Option(
            help="Show the product as the first photo does; by default the best of the photos is taken.",
            scope="cutout",
            record="first_photo",
        ),
    ] = False
    repair: Annotated[
        Path | None,
        Option(
            help="A mask over the first photo; what is white in it, a tag, a string, a scratch, is filled from around "
            "it.",
            absent=("app", "mcp"),  # the app corrects cut-outs, not photos
            scope="cutout",
        ),
    ] = None
    repair_with: Annotated[
        str,
        Option(
            help="The recipe, one that inpaints, by which what --repair hides is painted; by default it is filled.",
            metavar="RECIPE",
            record="repair_with",
            absent=("app", "mcp"),
            scope="cutout",
        ),
    ] = ""
    upscale: Annotated[
        str,
        Option(
            help="Enlarge a product whose photo is too small, and a scene that diffusion makes smaller than the "
            "picture, with this network, one of the manifest of the kind upscale; the product's pixels are then the "
            "model's.",
            metavar="NAME",
            record="upscale",
            section="Product",
        ),
    ] = ""
    matting: declared.MattingName = "auto"
    mode: Annotated[
        Mode,
        Option(help="keep the product, replace it, or redraw the whole picture.", record="mode", section="Pictures"),
    ] = "keep"
    count: Annotated[
        Whole, Field(ge=1, le=MAX_COUNT), Option(help="How many pictures to make.", record="count", section="Pictures")
    ] = 4
    keep: Annotated[
        Whole | None,
        Field(ge=1, le=MAX_COUNT),
        Option(help="Keep this many; makes up to 3 × count to find them.", record="keep", section="Pictures"),
    ] = None
    threshold: declared.Threshold = "normal"
    extension: Annotated[
        float | str | None,
        BeforeValidator(reading.read_extension),
        Option(
            help="The most of its area that diffusion may paint on to the product; 0.1 if unsaid.",
            metavar="X|off",
            scope="diffusion",
        ),
    ] = None
    seed: Annotated[
        Whole | None,
        Field(ge=0, le=MAX_SEED),
        Option(help="The first picture's seed; the next has one more.", section="Pictures"),
    ] = None
    size: Annotated[
        tuple[int, int] | None,
        BeforeValidator(reading.read_size),
        Option(help="The picture's size; 64 to 8192 a side.", metavar="WxH", section="Pictures", in_look=True),
    ] = None
    channel: Annotated[
        str | None,
        # a catalogue has channels
        Option(help='A name from "ecomgen channels list".', absent=("catalogue",), section="Pictures", in_look=True),
    ] = None
    place: Annotated[
        Place | None,
        BeforeValidator(reading.read_place),
        Option(
            help="Where the product stands: the middle of its base and its height as shares of the canvas, and how "
            "many degrees it is turned clockwise.",
            metavar="X,Y,HEIGHT[,TURN]",
            scope="placed",
            record="place_asked",
        ),
    ] = None
    with_: Annotated[
        tuple[Companion, ...],
        BeforeValidator(reading.read_companions),
        Option(
            help="Photos of a further product in the same picture, what helps to find it, and where it stands; repeat "
            "it for more.",
            metavar="PHOTO[;PHOTO...][;product=T][;masker=M][;box=BOX][;point=POINT...][;mask=FILE][@X,Y,HEIGHT[,TURN]]",
            section="Placement",
        ),
    ] = ()
    height_cm: Annotated[
        tuple[float, ...],
        BeforeValidator(reading.read_heights),
        Option(
            help="How high the product is, in centimetres: what stands beside it is sized for that, and in a look or "
            "the set of another run it stands in its true size. With further products one height for each, the main "
            "one first, parted by semicolons: they then stand in a row in their true sizes.",
            metavar="CM[;CM...]",
            scope="placed",
            record="height_cm",
        ),
    ] = ()
    steps: declared.Steps | None = None
    guidance_scale: declared.GuidanceScale | None = None
    strength: declared.Strength | None = None
    init: declared.FirstImage | None = None
    framing: declared.CanvasFraming | None = None
    mask_grow: declared.MaskGrow | None = None
    mask_feather: declared.MaskFeather | None = None
    border_strength: declared.BorderStrength | None = None
    reference_scale: declared.ReferenceScale | None = None
    control_scale: declared.ControlScale | None = None
    lora: Annotated[
        str,
        Option(
            help='The product that "ecomgen teach" has taught under this name; name it in the prompt, too.',
            metavar="NAME",
            scope="diffusion",
            record="lora",
        ),
    ] = ""
    compile: declared.Compile | None = None
    camera_elevation: Annotated[
        Number | None,
        Field(ge=1, le=45),
        Option(
            help="How steeply the camera looks down, in degrees; by default read from the photos.",
            scope="studio",
            setting="camera_elevation",
            section="Scene",
        ),
    ] = None
    backdrop: Annotated[
        Path | None,
        Option(
            help="Your own photo in which the product stands, instead of a scene; its camera and light are read from "
            "it.",
            scope="studio",
            section="Scene",
        ),
    ] = None
    light_from: Annotated[
        Literal["left", "right", "front", "back"] | None,
        Option(
            help="Where the light comes from; by default as the prompt or the backdrop says.",
            scope="studio",
            setting="light_from",
            record="light_from",
        ),
    ] = None
    style: Annotated[
        Path | None,
        Option(
            help="A picture whose palette, warmth, contrast and softness of light the scene takes over; a recipe with "
            "an IP-Adapter paints in its style.",
            scope="style",
            section="Scene",
        ),
    ] = None
    harmonise: Annotated[
        Harmonise,
        Option(
            help="Bring the scene into the product's light, or (changing the product) the other way round.",
            scope="keep",
            record="harmonise",
            in_look=True,
        ),
    ] = "off"
    contact_shadow: Annotated[
        bool | None,
        Option(
            help="Lay a soft shadow under the product where the scene has none; by default with diffusion.",
            scope="keep",
            record="contact_shadow",
            in_look=True,
        ),
    ] = None
    shadow_strength: Annotated[
        Number,
        Field(ge=0, le=2),
        Option(
            help="How much of the light the product's rendered shadow takes: 0 none, 1 as it falls, 2 deeper.",
            scope="studio",
            record="shadow_strength",
            in_look=True,
        ),
    ] = 1.0
    ground_gloss: Annotated[
        Share,
        Option(
            help="How glossy the ground of your own backdrop is: 0 matt, 0.5 satin, 1 polished, which mirrors the "
            "product.",
            scope="studio",
            record="ground_gloss",
        ),
    ] = 0.0
    relight: Annotated[
        Share,
        Option(
            help="How much of the scene's light falls on the product, 0 to 1; above 0 its pixels change.",
            scope="studio",
            record="relight",
            in_look=True,
        ),
    ] = 0.0
    settle: Annotated[
        Share,
        Option(
            help="How far grass, sand, snow, cloth or water may cover the product's base, 0 to 1; above 0 it sinks in.",
            scope="studio",
            record="settle",
            in_look=True,
        ),
    ] = 0.0
    scene_from: Annotated[
        str,
        Option(
            help="Keep the set, camera and light of this run, its id or its folder, or of the one of its pictures "
            "with this seed.",
            metavar="RUN[:SEED]",
            section="Scene",
        ),
    ] = ""
    look: Annotated[
        str,
        Option(
            help='Set, camera, light and options of this look: a name from "ecomgen looks list".',
            metavar="NAME",
            section="Scene",
        ),
    ] = ""
    words: declared.Words = ""
    language: declared.Languages = ()
    attribute: declared.Attributes = ()
    out: Annotated[
        Path | None,
        Option(
            help="The run folder; by default one in ECOMGEN_HOME/runs.",
            absent=("api", "rest", "catalogue", "app", "mcp"),
        ),
    ] = None
    held: Mapping[str, Any] = field(default_factory=dict)  # parameters of the set that `scene_from` named
    replayed: Mapping[str, Any] = field(default_factory=dict)  # parameters of the logged run that is made again

    def __post_init__(self) -> None:
        if not self.photos:
            raise BadPhoto(NO_PHOTO)
        if len(self.photos) > MAX_PHOTOS:
            raise BadPhoto(
                "{count} photos are too many for one product: give at most {most}.",
                count=len(self.photos),
                most=MAX_PHOTOS,
            )
        for text in (self.prompt, self.negative_prompt, self.product):
            check_legible(text)
        check_companions(self.with_, self.mode)
        check_heights(self.height_cm, 1 + len(self.with_))
        if self.repair_with and not self.repair:
            raise UsageError("{--repair-with} paints what a mask hides: give {--repair} that mask as well.")
        if self.look and self.scene_from:
            raise UsageError("{--look} and {--scene-from} exclude each other: each brings a set. Give one of them.")
        if self.prompt.strip() or not (self.scene_from or self.look or self.backdrop):
            check_prompt(self.prompt, words=not self.replayed)  # earlier versions took signs alone
        if len(self.negative_prompt) > MAX_PROMPT:
            raise BadPrompt("The negative prompt is longer than {most} characters: shorten it.", most=MAX_PROMPT)
        if self.keep is not None and self.keep > 3 * self.count:
            raise UsageError(
                "{--keep} {keep} is more than three times {--count} {count}: raise {--count}.",
                keep=self.keep,
                count=self.count,
            )
        words_request(self.words, self.language, self.attribute)

    @property
    def mask_request(self) -> MaskRequest:
        return MaskRequest.of(self, masker=self.masker, matting=self.matting, repair=self._repair)

    @property
    def mask_requests(self) -> tuple[MaskRequest, ...]:
        """How each product is found, the main one first."""
        return self.mask_request, *(one.mask_request(self.masker, self.matting) for one in self.with_)

    @property
    def _repair(self) -> Repair | None:
        if self.repair is None:
            return None
        then = self.replayed.get("repair_settings") or {}
        return Repair(mask=self.repair, recipe=self.repair_with, settings=tuple(then.items()))

    @property
    def words_request(self) -> WordsRequest | None:
        """The words that are wanted; None where they are not."""
        return words_request(self.words, self.language, self.attribute)


def check_companions(companions: Sequence[Companion], mode: Mode) -> None:
    """Raises UsageError for too many further products, or for a mode that does not keep them."""
    if len(companions) > MAX_COMPANIONS or any(len(one.photos) > MAX_PHOTOS for one in companions):
        raise UsageError(
            "{--with} takes {most} further products of {photos} photos each at most.",
            most=MAX_COMPANIONS,
            photos=MAX_PHOTOS,
        )
    if companions and mode != "keep":
        raise UsageError("{--with} keeps products as they are: leave {--mode} at keep.")


def check_heights(heights: Sequence[float], products: int) -> None:
    """Raises UsageError where heights are given, but neither one for each product nor the main one's alone."""
    if len(heights) not in (0, 1, products):
        raise UsageError(
            "{--height-cm} is given for {count} of {products} products: give it for each, the main one first, or for "
            "that alone.",
            count=len(heights),
            products=products,
        )


def check_legible(text: str) -> None:
    """Raises BadPrompt for bytes that are no UTF-8, which Python passes on as lone surrogates and no file can hold."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadPrompt("The prompt or the product's name is not UTF-8 text: type it anew.") from error


def check_prompt(prompt: str, *, words: bool = True) -> None:
    """Raises BadPrompt for an empty prompt, an overlong one, or, where it must have words, one of signs alone."""
    if not prompt.strip():
        raise BadPrompt(NO_PROMPT)
    if words and not any(map(str.isalnum, prompt)):
        raise BadPrompt('The prompt holds no word: describe the scene, for example "on a wooden table by a window".')
    if len(prompt) > MAX_PROMPT:
        raise BadPrompt(
            "The prompt has {words} words in {characters} characters; at most {most} characters are "
            "read. Shorten it to what the picture should show.",
            words=len(prompt.split()),
            characters=len(prompt),
            most=MAX_PROMPT,
        )

"""What the commands besides `generate` are told, each a frozen request of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic.dataclasses import dataclass

from ecomgen.captions.request import WordsRequest, words_request
from ecomgen.errors import BadPhoto, UsageError
from ecomgen.options import Number, Option, Share, Surface, Whole, declared, reading
from ecomgen.request.checked import MAX_PHOTOS, MAX_SEED, STRICT, Checked, Photos
from ecomgen.types import Edge, FileKind, Format, MaskRequest, Move

PROGRAMS: tuple[Surface, ...] = ("api", "rest", "mcp")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class CheckRequest(Checked):
    """What `check` is told: how to find the product in a photo."""

    product: declared.Product = ""
    masker: declared.MaskerName = "auto"
    box: declared.ProductBox = None
    point: declared.Clicks = ()

    @property
    def mask_request(self) -> MaskRequest:
        return MaskRequest(masker=self.masker, product=self.product, box=self.box, points=self.point)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class CutoutRequest(CheckRequest):
    """What `cutout` is told: how to find the product, what lies behind it, and how its file is to be.

    Raises, when made:
        UsageError: a value cannot be read or is out of range, or the format cannot hold what is asked for.
    """

    mask: declared.MaskFile = None
    background: Annotated[
        str,
        Option(
            help="transparent, white, black, grey, studio, gradient, blue, sky, green, sage, pink-white, rose-white, "
            "peach, sand, lavender, terracotta, charcoal, #RRGGBB or an image file."
        ),
    ] = "transparent"
    shadow: Annotated[bool, Option(help="Lay a soft contact shadow under the product.")] = False
    fill: Annotated[bool, Option(help="Fill pinholes and holes that are no openings.")] = True
    edge_hardness: Annotated[
        Share | None,
        Option(help="0 keeps every hair, 1 is one sharp line; by default it is measured."),
    ] = None
    edge_shift: Annotated[
        Number, Field(ge=-50, le=50), Option(help="Grow the cut-out by so many pixels; shrink it where negative.")
    ] = 0.0
    matting: declared.MattingName = "auto"
    format: Annotated[
        Format, BeforeValidator(reading.read_format), Option(help="The kind of file; JPEG has no transparency.")
    ] = "png"

    def __post_init__(self) -> None:
        if self.format == "jpeg" and self.background == "transparent":
            raise UsageError("JPEG has no transparency: give a {--background}, or another {--format}.")

    @property
    def mask_request(self) -> MaskRequest:
        return replace(super().mask_request, file=self.mask, fill=self.fill)

    @property
    def edge(self) -> Edge:
        return Edge(hardness=self.edge_hardness, shift=self.edge_shift, matting=self.matting)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class TeachRequest(CheckRequest):
    """What `teach` is told: photos of a product, what it is to be called, and how it is taught."""

    photos: Photos
    name: Annotated[str, Option(help="What it is to be called: small letters, digits, - and _.", metavar="NAME")]
    pipeline: Annotated[
        str, Option(help="A recipe that imagines pictures anew with Stable Diffusion 1.x, 2.x or XL.")
    ] = "sd15-img2img"
    sets: Annotated[Whole, Field(ge=1, le=200), Option(help="In how many rendered sets the product is shown.")] = 12
    steps: Annotated[Whole, Field(ge=1, le=20_000), Option(help="Training steps.")] = 800
    rank: Annotated[Whole, Field(ge=1, le=256), Option(help="How much may change: the rank of the LoRA.")] = 8
    learning_rate: Annotated[Number, Field(ge=1e-8, le=0.1), Option(help="How fast it learns.")] = 1e-4
    prior: Annotated[
        Number, Field(ge=0, le=10), Option(help="How much pictures of its kind count, which are to stay as they are.")
    ] = 1.0
    priors: Annotated[Whole, Field(ge=0, le=500), Option(help="How many of them the model makes first.")] = 24
    resolution: Annotated[
        Whole | None, Field(ge=64, le=2048, multiple_of=8), Option(help="Pixels a side; the model's own by default.")
    ] = None
    seed: Annotated[Whole, Field(ge=0, le=MAX_SEED), Option(help="Of everything that chance decides.")] = 0
    every: Annotated[Whole, Field(ge=1), Option(help="Steps between two previews, at which it can also go on.")] = 100

    def __post_init__(self) -> None:
        if not 1 <= len(self.photos) <= MAX_PHOTOS:
            raise BadPhoto("Give 1 to {most} photos of the product.", most=MAX_PHOTOS)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ScoreRequest(Checked):
    """What `score` is told besides pictures and references."""

    prompt: Annotated[str, Option(help="The prompt, to score how well the picture follows it.")] = ""
    product: declared.Product = ""
    threshold: declared.Threshold = "normal"
    heat: Annotated[
        Path | None,
        Option(help="A folder for pictures of where each one differs.", absent=PROGRAMS),
    ] = None

    @property
    def mask_request(self) -> MaskRequest:
        return MaskRequest(product=self.product)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class WordsOptions(Checked):
    """Which words are wanted for pictures that are there already."""

    words: declared.Words = ""
    language: declared.Languages = ()
    attribute: declared.Attributes = ()

    @property
    def words_request(self) -> WordsRequest | None:
        """The words that are wanted; None where they are not."""
        return words_request(self.words, self.language, self.attribute)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ExportOptions(Checked):
    """Which pictures of a run are exported, and how their files are to be.

    `format` None is each channel's own, or PNG without a channel.

    Raises, when made:
        UsageError: a value cannot be read or is out of range, there is no such channel, or two options do not go
            together.
    """

    approved: Annotated[
        bool,
        Option(help="Only pictures that somebody approved, also where the selection filtered them.", absent=("mcp",)),
    ] = False
    top: Annotated[Whole | None, Field(ge=1), Option(help="The best so many; by default all that were kept.")] = None
    format: Annotated[
        FileKind | None,
        BeforeValidator(reading.read_format),
        Option(help="The kind of file; for channels each has its own.", absent=("cli", "mcp")),
    ] = "png"
    channel: Annotated[
        tuple[str, ...],
        BeforeValidator(reading.parted(";")),
        Option(help="Compose the pictures anew for this channel; repeat it for more.", absent=("mcp",)),
    ] = ()
    name: Annotated[
        str,
        Option(
            help="File names, with the fields {product}, {scene}, {channel}, {rank}, {seed}, {run}, {pipeline}, "
            "{prompt}, {width}, {height} and {date}.",
            metavar="PATTERN",
            absent=PROGRAMS,
        ),
    ] = ""
    max_size: Annotated[
        int | None,
        BeforeValidator(reading.read_bytes),
        Option(help="At most so many bytes a picture: 500kB, 2MB.", metavar="SIZE", absent=PROGRAMS),
    ] = None
    metadata: Annotated[bool, Option(help="Whether files say how they were made.", absent=PROGRAMS)] = True
    c2pa: Annotated[bool, Option(help="Sign content credentials into each picture.", absent=PROGRAMS)] = False
    certificate: Annotated[
        Path | None,
        Option(help="Your certificate chain, PEM; without it a self-made one signs.", absent=PROGRAMS),
    ] = None
    key: Annotated[Path | None, Option(help="The private key of --certificate, PEM.", absent=PROGRAMS)] = None

    def __post_init__(self) -> None:
        if bool(self.certificate) != bool(self.key):
            raise UsageError("A certificate signs with its key: give both --certificate and --key.")
        if (self.c2pa or self.certificate) and not self.metadata:
            raise UsageError("Content credentials are metadata: give either --c2pa or --no-metadata.")
        if self.channel:
            from ecomgen import channels

            for name in self.channel:
                channels.get(name)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ClipOptions(Checked):
    """How a finished picture is moved."""

    move: Annotated[
        Move,
        Option(
            help="What moves, a little and back again: the camera comes nearer (dolly) or goes to and fro round the "
            "product (orbit), or the key light goes round it (light)."
        ),
    ] = "dolly"
    seconds: Annotated[Number, Field(ge=2, le=20), Option(help="How long the clip is.")] = 6
    fps: Annotated[Whole, Field(ge=10, le=60), Option(help="Frames a second.")] = 25
    side: Annotated[
        Whole, Field(ge=64, le=1920), Option(help="Pixels of the longer side; at most the picture's own.")
    ] = 1080
    seed: Annotated[
        Whole | None, Field(ge=0), Option(help="Which picture of the run; by default the best that was kept.")
    ] = None

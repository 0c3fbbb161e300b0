"""The options that several commands or settings share: type, range and help, once each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from ecomgen.options import Number, Option, Share, Whole
from ecomgen.options.reading import parted, read_box, read_points, read_threshold
from ecomgen.types import Box, Masker, Matting, Point

Init = Literal["auto", "studio", "photo", "blur", "noise"]
Framing = Literal["auto", "whole", "crop", "windows"]
REPAINTED: Mapping[Init, float] = {"studio": 0.6, "photo": 0.7, "blur": 0.85, "noise": 1.0}
"""The strength that goes with a first image where none is given: what is asked for is to be seen."""

Product = Annotated[
    str,
    Option(help="What the product is, in words: helps the mask and the scores.", record="product", scope="cutout"),
]
MaskerName = Annotated[Masker, Option(help="How to find the product in the photo.", record="masker", scope="cutout")]
MattingName = Annotated[
    Matting,
    Option(
        help="How a soft edge is solved; auto is ViTMatte where its weights are here.",
        record="matting",
        absent=("app",),  # it goes by what is on the machine
        scope="cutout",
    ),
]
MaskFile = Annotated[
    Path | None, Option(help="A mask made elsewhere; white is the product.", absent=("mcp",), scope="cutout")
]
ProductBox = Annotated[
    Box | None,
    BeforeValidator(read_box),
    Option(help="Where the product is, in pixels.", metavar="X0,Y0,X1,Y1", record="box", scope="cutout"),
]
Clicks = Annotated[
    tuple[Point, ...],
    BeforeValidator(read_points),
    Option(
        help="A pixel of the product, or with ,- one beside it; corrects the mask. Repeat it for more.",
        metavar="X,Y[,-]",
        record="points",
        scope="cutout",
    ),
]
Threshold = Annotated[
    float | str,
    BeforeValidator(read_threshold),
    Option(
        help="The least identity of a picture that is kept; 0 filters nothing.",
        metavar="X|strict|normal|lenient",
        section="Pictures",
    ),
]
Words = Annotated[
    str,
    Option(
        help='Write alt texts, title and description too, with a writer of "ecomgen words list".',
        metavar="auto|endpoint|NAME",
        absent=("mcp",),
        section="Words",
    ),
]
Languages = Annotated[
    tuple[str, ...],
    BeforeValidator(parted(";")),
    Option(help="A language of the words, as de or German; repeat it for more.", absent=("mcp",), section="Words"),
]
Attributes = Annotated[
    tuple[str, ...],
    BeforeValidator(parted("\n")),
    Option(
        help="A fact that the words may use besides the picture, as material=oak; repeat it for more.",
        metavar="NAME=VALUE",
        absent=("mcp",),
        section="Words",
    ),
]
Steps = Annotated[
    Whole,
    Field(ge=1, le=1000),
    Option(
        help="Diffusion steps, or the studio's samples per pixel.",
        setting="num_inference_steps",
        section="Pictures",
        in_look=True,
    ),
]
GuidanceScale = Annotated[
    Number,
    Field(ge=0, le=100),
    Option(help="How closely diffusion follows the prompt.", scope="diffusion", setting="guidance_scale", in_look=True),
]
Strength = Annotated[
    Number,
    Field(ge=0.01, le=1),
    Option(
        help="How much of the first image diffusion repaints; without it, what suits --init.",
        scope="diffusion",
        setting="strength",
        in_look=True,
    ),
]
NegativePrompt = Annotated[
    str,
    Option(
        help="What must not be in the picture (diffusion only).",
        scope="diffusion",
        setting="negative_prompt",
        in_look=True,
    ),
]
FirstImage = Annotated[
    Init,
    Option(help="What diffusion starts from; auto is a plain corner.", scope="diffusion", setting="init", in_look=True),
]
CanvasFraming = Annotated[
    Framing,
    Option(
        help="How diffusion makes a canvas of another size: whole, the missing part only, or in windows.",
        scope="inpaint",
        setting="framing",
        in_look=True,
    ),
]
MaskGrow = Annotated[
    Whole,
    Field(ge=0, le=16),
    Option(
        help="Latent cells by which the painted region reaches into what is kept.",
        scope="diffusion",
        setting="mask_grow",
        in_look=True,
    ),
]
MaskFeather = Annotated[
    Whole,
    Field(ge=0, le=16),
    Option(
        help="Latent cells over which painted fades into kept.", scope="diffusion", setting="mask_feather", in_look=True
    ),
]
BorderStrength = Annotated[
    Share,
    Option(
        help="A second pass over the product's border, at this strength; 0 is none.",
        scope="diffusion",
        setting="border_strength",
        in_look=True,
    ),
]
ReferenceScale = Annotated[
    Number,
    Field(ge=0, le=2),
    Option(
        help="How much the photos count beside the prompt (recipes with an IP-Adapter).",
        scope="reference",
        setting="reference_scale",
        in_look=True,
    ),
]
ControlScale = Annotated[
    Number,
    Field(ge=0, le=2),
    Option(
        help="How closely the product's outline is followed (recipes with a ControlNet).",
        scope="control",
        setting="control_scale",
        in_look=True,
    ),
]
Compile = Annotated[
    bool,
    Option(help="Compile the network first: minutes once, then faster steps.", scope="diffusion", setting="compile"),
]

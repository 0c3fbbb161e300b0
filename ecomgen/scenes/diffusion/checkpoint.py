"""A checkpoint on disk: a folder in diffusers format, or a single .safetensors file with the layout it needs.

A single file holds tensors only. Its layout (each part's configuration) is a folder of the same name without
.safetensors beside it where there is one; otherwise it is the published one of Stable Diffusion 1.x, 2.x or XL, told
apart by the shapes of tensors, with the CLIP vocabulary that open_clip brings. What it predicts no shape tells: that
is in the header, in a tensor without a value, or for Stable Diffusion 2 in the file's name. Nothing is asked of the
network.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from safetensors import safe_open

from ecomgen.errors import BadRecipe, WeightsCorrupt
from ecomgen.models import locate_recipe
from ecomgen.recipes import Recipe
from ecomgen.scenes.diffusion.regions import CELL
from ecomgen.settings import settings

_LAYOUTS = Path(__file__).parent / "layouts"
_ENTRANCE = "model.diffusion_model.input_blocks.0.0.weight"  # the UNet's first convolution
_SECOND_TEXT = "conditioner.embedders.1.model.positional_embedding"  # SDXL only
_BASE = re.compile(r"512|base", re.IGNORECASE)  # in the names of Stable Diffusion 2 for 512 pixels, and of none for 768
# 768 wide in Stable Diffusion 1.x, 1024 in 2.x
_CROSS = "model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight"


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """`weights` is a folder or a file; `layout` the folder with its configuration, which for a folder is itself."""

    weights: Path
    layout: Path

    @property
    def is_single_file(self) -> bool:
        return self.weights.is_file()

    @cached_property
    def index(self) -> dict[str, Any]:
        return _read(self.layout / "model_index.json")

    @cached_property
    def unet(self) -> dict[str, Any]:
        return _read(self.layout / "unet" / "config.json")

    @property
    def has_transformer(self) -> bool:
        """A transformer instead of a UNet: FLUX, Stable Diffusion 3, and most that came after."""
        return "transformer" in self.index

    @property
    def cell(self) -> int:
        """Pixels a side, of which sizes are whole multiples: a latent, or a transformer's patch of 2x2 latents."""
        return 16 if self.has_transformer else 8

    @property
    def is_xl(self) -> bool:
        return "text_encoder_2" in self.index

    @property
    def channels(self) -> int:
        """What the UNet takes in: 4, or more where it was trained to inpaint."""
        return int(self.unet.get("in_channels", 4))

    @property
    def scheduler(self) -> str:
        return str(self.index.get("scheduler", [None, "PNDMScheduler"])[1])

    @property
    def native(self) -> int:
        """The side, in pixels, of the square pictures that the model was trained on."""
        if self.has_transformer:
            return 1024
        stages = len(_read(self.layout / "vae" / "config.json").get("block_out_channels", [0] * 4))
        size = self.unet.get("sample_size") or 64
        return int(size) * 2 ** (stages - 1)


def of_recipe(recipe: Recipe) -> Checkpoint:
    """The recipe's checkpoint on this machine.

    Raises:
        WeightsMissing, WeightsCorrupt, BadRecipe: as `models.locate_recipe`; also where it is no Stable Diffusion.
    """
    path = locate_recipe(recipe)
    return Checkpoint(weights=path, layout=_layout(path) if path.is_file() else path)


def _layout(file: Path) -> Path:
    beside = file.with_suffix("")
    if (beside / "model_index.json").is_file():
        return beside
    shapes, about = _header(file)
    if _ENTRANCE not in shapes:
        raise BadRecipe("{file} is not a Stable Diffusion checkpoint. Name one of SD 1.x, 2.x or XL.", file=file)
    family = _family(shapes)
    return published(family, shapes[_ENTRANCE][1], _training(file, family, shapes, about))


@dataclass(frozen=True, kw_only=True)
class Training:
    """How a checkpoint was trained, where that differs from its family's published one."""

    predicts: str = ""  # "epsilon", the noise, or "v_prediction"
    zero_snr: bool = False  # whether its noisiest step is noise alone
    side: int = 0  # pixels


def _training(file: Path, family: str, shapes: dict[str, list[int]], about: dict[str, str]) -> Training:
    """From what trainers write: modelspec's or kohya's metadata, the tensors `v_pred` and `ztsnr`, names of SD 2."""
    told = {"v": "v_prediction", "v_prediction": "v_prediction", "epsilon": "epsilon", "eps": "epsilon"}
    predicts = told.get(about.get("modelspec.prediction_type", "").lower(), "")
    if "v_pred" in shapes or about.get("ss_v_parameterization") == "True":
        predicts = "v_prediction"
    side = about.get("modelspec.resolution", "").partition("x")[0]
    small = side == "512" or (not side and bool(_BASE.search(file.stem)))
    if family == "sd2" and (small or shapes[_ENTRANCE][1] == 9):  # what inpaints goes back to 2.0 base
        return Training(predicts=predicts or "epsilon", side=512, zero_snr="ztsnr" in shapes)
    return Training(predicts=predicts, zero_snr="ztsnr" in shapes)


def _family(shapes: dict[str, list[int]]) -> str:
    if _SECOND_TEXT in shapes:
        return "sdxl"
    return "sd2" if shapes.get(_CROSS, [0])[-1] == 1024 else "sd15"


def published(family: str, channels: int, training: Training | None = None) -> Path:
    """The family's layout as a folder, unpacked into the cache once."""
    trained = training or Training()
    marks = [trained.predicts, str(trained.side or ""), "zero" if trained.zero_snr else ""]
    folder = settings().cache / "layouts" / "-".join([family, str(channels), *filter(None, marks)])
    if folder.is_dir():
        return folder
    part = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    files = json.loads((_LAYOUTS / f"{family}.json").read_text("utf-8"))
    files["unet/config.json"]["in_channels"] = channels
    if trained.side:
        files["unet/config.json"]["sample_size"] = trained.side // CELL
    scheduler = files["scheduler/scheduler_config.json"]
    scheduler |= {"prediction_type": trained.predicts} if trained.predicts else {}
    scheduler |= {"rescale_betas_zero_snr": True, "timestep_spacing": "trailing"} if trained.zero_snr else {}
    for name, content in files.items():
        (part / name).parent.mkdir(parents=True, exist_ok=True)
        (part / name).write_text(json.dumps(content, indent=1), "utf-8")
        if name.startswith("tokenizer"):
            _write_vocabulary((part / name).parent)
    try:
        part.replace(folder)
    except OSError:  # another process was faster
        shutil.rmtree(part)
    return folder


def _write_vocabulary(folder: Path) -> None:
    """CLIP's byte-pair vocabulary (Radford et al. 2021) in the form that transformers reads."""
    spec = find_spec("open_clip")
    source = Path((spec and spec.origin) or "").parent / "bpe_simple_vocab_16e6.txt.gz"
    merges = gzip.decompress(source.read_bytes()).decode("utf-8").split("\n")[1 : 49152 - 256 - 2 + 1]
    letters = _byte_letters()
    words = [*letters, *(letter + "</w>" for letter in letters), *("".join(pair.split()) for pair in merges)]
    words += ["<|startoftext|>", "<|endoftext|>"]
    vocabulary = {word: number for number, word in enumerate(words)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), "utf-8")
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *merges, ""]), "utf-8")


def _byte_letters() -> list[str]:
    """A printable character for each byte, in the vocabulary's order: the printable ones stand for themselves."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = 256 - len(printable)
    return [chr(code) for code in printable] + [chr(256 + number) for number in range(others)]


def _header(file: Path) -> tuple[dict[str, list[int]], dict[str, str]]:
    """The shape of each tensor, and what the file says of itself."""
    with safe_open(file, "numpy") as weights:
        return {name: weights.get_slice(name).get_shape() for name in weights.offset_keys()}, weights.metadata() or {}


def _read(path: Path) -> dict[str, Any]:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise WeightsCorrupt(
            "{path} cannot be read ({error}). Fetch or copy the model again.", path=path, error=error
        ) from error

"""Recipes: one TOML file each says which back end makes the scene, with which model and which defaults."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from ecomgen.errors import BadRecipe, UsageError
from ecomgen.messages import Message
from ecomgen.settings import settings, shipped
from ecomgen.toml_table import Table, read, unreadable, wrong

Value = str | int | float | bool
Constant = Value | tuple[Value, ...]
Offload = Literal["model", "group"]
TAUGHT = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
WORDS = "words"  # the back end, and the folder, of recipes that write


class ModelSource(Table):
    """Where the weights come from: a hub `repo` at `revision`, or a local `path` (folder or .safetensors).

    `pipeline` is the diffusers class that calls them; without it the model and the back end tell.
    """

    repo: str | None = None
    path: Path | None = None
    revision: str = "main"
    variant: str | None = None
    dtype: Literal["float32", "float16", "bfloat16"] = "float16"
    pipeline: str | None = None

    @model_validator(mode="after")
    def _one_source(self) -> ModelSource:
        if (self.repo is None) == (self.path is None):
            raise ValueError("[model] needs either repo or path")
        return self


class Addition(Table):
    """What joins the base model: `model`, an id of the weights manifest, or a local `path` (folder or file)."""

    model: str | None = None
    path: Path | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Addition:
        if (self.model is None) == (self.path is None):
            raise ValueError("it needs either model (an id of the manifest) or path")
        return self


Followed = Literal["canny", "depth", "inpaint", "mask", "normal", "tile"]
SHAPES = frozenset({"depth", "normal"})  # what a ControlNet can be shown of a set's shape


class Control(Addition):
    """A ControlNet. `kind` is the picture that it was trained to follow: of the product, the set or the first image."""

    kind: Followed
    subfolder: str = ""
    scale: float = Field(default=1.0, ge=0, le=2)  # of control_scale, beside others
    start: float = Field(default=0.0, ge=0, le=1)  # the share of the steps from which, and up to which, it is heard
    end: float = Field(default=1.0, ge=0, le=1)

    @model_validator(mode="after")
    def _starts_first(self) -> Control:
        if self.start >= self.end:
            raise ValueError("start must be less than end")
        return self


class Reference(Addition):
    """An IP-Adapter: the product's photos speak beside the prompt. Both names are inside the folder."""

    file: str
    image_encoder: str


class Lora(Addition):
    """A low-rank change of the networks' weights, merged at `scale`."""

    file: str | None = None
    scale: float = Field(default=1.0, ge=0, le=2)


class Memory(Table):
    vram_gib: float | None = None
    ram_gib: float | None = None


class Recipe(Table):
    """One way to make a scene, or with the backend "words" to write. `name` is the file's name without .toml."""

    name: str
    title: str
    backend: Literal["studio", "inpaint", "img2img", "words"]
    licence: str
    model: ModelSource | None = None
    control: tuple[Control, ...] = ()  # one table, or several
    reference: Reference | None = None
    lora: Lora | None = None
    vae: Addition | None = None  # instead of the base model's own
    preview: Addition | None = None  # a small VAE for live previews; used where it is here, never required
    call: Mapping[str, Constant] = Field(default_factory=dict)  # the pipeline's names for our arguments, and constants
    scheduler: Mapping[str, Constant] = Field(default_factory=dict)  # options of the scheduler
    transformer: Addition | None = None  # a .gguf file instead of the base model's, with quantize = "gguf"
    quantize: Literal["torchao-int8", "bitsandbytes-4bit", "bitsandbytes-8bit", "gguf"] | None = None
    offload: Offload | None = None  # each network, or each layer, on the card only for its work; otherwise by memory
    defaults: Mapping[str, Value] = Field(default_factory=dict)
    memory: Memory = Memory()

    @field_validator("control", mode="before")
    @classmethod
    def _one_or_several(cls, given: Any) -> Any:
        return given if isinstance(given, list | tuple) else (given,)

    @model_validator(mode="after")
    def _model_where_needed(self) -> Recipe:
        if self.backend != "studio" and self.model is None:
            raise ValueError("[model] with repo or path is missing")
        diffuses = self.backend in ("inpaint", "img2img")
        if not diffuses and (self.call or self.scheduler or self.quantize or self.offload):
            raise ValueError("call, scheduler, quantize and offload are for inpaint and img2img")
        if (self.quantize == "gguf") != (self.transformer is not None):
            raise ValueError('quantize = "gguf" and [transformer] go together')
        return self

    @property
    def additions(self) -> tuple[Addition, ...]:
        """What must be here besides the base model."""
        others = (one for one in (self.reference, self.lora, self.vae, self.transformer) if one is not None)
        return (*self.control, *others)

    @property
    def followed(self) -> frozenset[str]:
        """What its ControlNets follow."""
        return frozenset(one.kind for one in self.control)

    def follows(self, init: str | None) -> bool:
        """Whether a ControlNet is shown the first image at any strength, or of the studio's its shape."""
        return "tile" in self.followed or (init == "studio" and bool(SHAPES & self.followed))


def load(path: Path) -> Recipe:
    """Read one recipe.

    Raises:
        BadRecipe: the file is not TOML, or a key is missing, unknown or of the wrong kind.
    """
    with unreadable(BadRecipe, path), wrong(BadRecipe, path):
        recipe = Recipe(name=path.stem, **read(path))
    if (recipe.backend == WORDS) != (path.parent.name == WORDS):
        raise BadRecipe(
            "The recipe {recipe} has the backend {backend}: those that write lie in a folder words.",
            recipe=path,
            backend=recipe.backend,
        )
    return recipe


def paths(shelf: str = "") -> dict[str, Path]:
    """Every recipe of a shelf, by name: "" has those that make scenes, "words" those that write. A user's own replaces
    a shipped one of the same name."""
    folders = [shipped("pipelines"), settings().pipelines]
    return {path.stem: path for folder in folders if folder for path in sorted((folder / shelf).glob("*.toml"))}


def get(name: str, shelf: str = "") -> Recipe:
    """The recipe called `name`.

    Raises:
        UsageError: there is none of that name.
        BadRecipe: its file is wrong.
    """
    known = paths(shelf)
    if name not in known:
        what = Message("writer") if shelf == WORDS else Message("pipeline")
        raise UsageError(
            "There is no {what} called {name!r}. Choose one of: auto, {known}.",
            what=what,
            name=name,
            known=", ".join(known),
        )
    return load(known[name])


def on_any_shelf(name: str) -> Recipe | None:
    """The recipe called `name`, of those that make scenes or that write; None where there is none of that name."""
    shelf = next((shelf for shelf in ("", WORDS) if name in paths(shelf)), None)
    return None if shelf is None else get(name, shelf)


def taught() -> list[str]:
    """The names of the products that diffusion was taught."""
    return sorted(
        file.stem for file in (settings().home / "loras").glob("*/*.safetensors") if file.stem == file.parent.name
    )


def taught_file(name: str) -> Path:
    """Where the LoRA of a product lies that diffusion was taught under this name.

    Raises:
        UsageError: it cannot be a name.
    """
    if not TAUGHT.fullmatch(name):
        raise UsageError("{name!r} is no name for this: use small letters, digits, - and _, 63 at most.", name=name)
    return settings().home / "loras" / name / f"{name}.safetensors"


def with_lora(recipe: Recipe, name: str | None) -> Recipe:
    """The recipe with what `ecomgen teach` has made under this name; without a name, or without a model, itself.

    Raises:
        UsageError: nothing of that name was taught, or the recipe has a LoRA of its own.
    """
    if not name or recipe.model is None:
        return recipe
    file = taught_file(name)
    if not file.is_file():
        raise UsageError(
            'Nothing called {name!r} has been taught: run "ecomgen teach PHOTO... --name {name}".', name=name
        )
    if recipe.lora is not None:
        raise UsageError("{recipe} has a LoRA of its own: choose a {--pipeline} without.", recipe=recipe.name)
    return recipe.model_copy(update={"lora": Lora(path=file)})


def readable(shelf: str = "", on_failure: Callable[[str, BadRecipe], None] | None = None) -> list[Recipe]:
    """All recipes of a shelf without a mistake; `on_failure` hears of each other one, and what is wrong with it."""
    found = []
    for name, path in paths(shelf).items():
        try:
            found.append(load(path))
        except BadRecipe as error:
            if on_failure:
                on_failure(name, error)
    return found

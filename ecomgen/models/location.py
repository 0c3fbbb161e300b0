"""Where a model lies on this machine. Nothing here goes to the network."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ecomgen import recipes
from ecomgen.disk_cache import read_json
from ecomgen.errors import BadRecipe, WeightsCorrupt, WeightsMissing
from ecomgen.messages import Message
from ecomgen.models.checksums import digest, folder_digest, require_whole, weight_files
from ecomgen.models.manifest import ModelEntry, entries, entry
from ecomgen.recipes import WORDS, Addition, ModelSource, Recipe
from ecomgen.settings import settings, shipped
from ecomgen.types import ModelUsed

RECORD = "pulled.json"  # beside what was pulled: repository, commit, and each file's size and SHA-256
INDEX = "model_index.json"  # what makes a folder one in diffusers format
_PICKLED = frozenset({".ckpt", ".pt", ".pth", ".bin"})
_CONVERTED = (
    'python -c "import torch; from safetensors.torch import save_file; w = torch.load({0!r}, weights_only=True); '
    "save_file({{k: t.contiguous() for k, t in w.get('state_dict', w).items() if hasattr(t, 'contiguous')}}, {1!r})\""
)
_MARKERS = (INDEX, "open_clip_config.json", "config.json")  # one of which every folder of weights has
REMBG = frozenset({"rembg", "birefnet"})  # kinds of which rembg publishes the files
_OTHERWISE: dict[str, str] = dict.fromkeys(("sam", "clip", "lite"), Message(", or choose {--masker} grabcut"))


def is_here(name: str) -> bool:
    """Whether the model lies on this machine, by a look at the disk only; `locate` also verifies it."""
    return _place(entry(name)) is not None


def recipe_is_here(recipe: Recipe) -> bool:
    """The same for a recipe's weights and what it adds to them; True for one that needs none."""
    return base_is_here(recipe) and all(addition_is_here(one) for one in recipe.additions)


def base_is_here(recipe: Recipe) -> bool:
    """The same for a recipe's base model alone."""
    return recipe.model is None or _recipe_place(recipe.name, recipe.model) is not None


def addition_is_here(addition: Addition) -> bool:
    """The same for what a recipe adds to its base model."""
    return is_here(addition.model) if addition.model else bool(addition.path and addition.path.expanduser().exists())


def first_here(kind: str) -> str | None:
    """The best model of a kind (sam, clip, dino) on this machine, by the manifest's order."""
    return next((one.id for one in entries().values() if one.kind == kind and _place(one) is not None), None)


def required(kind: str, missing: Message) -> str:
    """The same; raises `WeightsMissing`, which says `missing`, where there is none."""
    name = first_here(kind)
    if name is None:
        raise WeightsMissing(missing)
    return name


def locate(name: str) -> Path:
    """The model's file or folder, verified; a file's checksum is computed once and remembered.

    Raises:
        UsageError: the manifest has no such model.
        WeightsMissing: it is not on this machine.
        WeightsCorrupt: it is truncated, or not what the manifest says.
    """
    one = entry(name)
    path = _place(one)
    if path is None:
        advice = Message(
            'Run "ecomgen models pull {name}"{otherwise}.', name=one.id, otherwise=_OTHERWISE.get(one.kind, "")
        )
        raise WeightsMissing("{title} is not on this machine. {advice}", title=Message(one.title), advice=advice)
    _check(path, one.title, one.id, one)
    return path


def locate_recipe(recipe: Recipe) -> Path:
    """The recipe's folder in diffusers format, or its single .safetensors file, verified by structure.

    Raises:
        WeightsMissing: it is not on this machine.
        WeightsCorrupt: a part of it is absent or truncated.
        BadRecipe: its path is neither of the two, or it has no weights at all.
    """
    if recipe.model is None:
        raise BadRecipe("The recipe {recipe} names no model. Add [model] with repo or path.", recipe=recipe.name)
    path = _recipe_place(recipe.name, recipe.model)
    if path is None:
        server, studio = Message("set ECOMGEN_LLM_URL to a server"), Message("choose {--pipeline} studio")
        raise WeightsMissing(
            "{title} is not on this machine. {way}, or {other_way}.",
            title=Message(recipe.title),
            way=way_out(recipe.name, recipe.model),
            other_way=server if recipe.backend == WORDS else studio,
        )
    if path.is_file():
        _require_no_pickle(path)
        if path.suffix != ".safetensors":
            raise BadRecipe(
                "The recipe {recipe} names {path}. Give a .safetensors file or a diffusers folder.",
                recipe=recipe.name,
                path=path,
            )
        require_whole(path, recipe.title, _pull_again(recipe.name, recipe.model.repo))
    else:
        _check(path, recipe.title, recipe.name, recipe)
    return path


def _require_no_pickle(path: Path) -> None:
    if path.suffix in _PICKLED:
        raise BadRecipe(
            "{path} is a pickle, which can run any program as it is read: make a .safetensors file of it with "
            "'{command}', and name that in the recipe.",
            path=path,
            command=_CONVERTED.format(path.name, path.with_suffix(".safetensors").name),
        )


def locate_addition(addition: Addition, recipe: Recipe) -> Path:
    """What `recipe` adds to its base model: a folder, or a file.

    Raises:
        BadRecipe: it is a pickle.
        WeightsMissing: it is not on this machine.
        WeightsCorrupt: it is truncated, or not what the manifest says.
        UsageError: the manifest has no such model.
    """
    path = locate(addition.model) if addition.model else _added_path(addition, recipe)
    file = getattr(addition, "file", None) if path.is_dir() else None
    _require_no_pickle(path / file if file else path)
    return path


def _added_path(addition: Addition, recipe: Recipe) -> Path:
    path = (addition.path or Path()).expanduser().resolve()
    if not path.exists():
        raise WeightsMissing(
            "{recipe} adds what lies at {path}, and nothing does: correct the path in it.",
            recipe=Message(recipe.title),
            path=path,
        )
    if path.suffix not in _PICKLED:
        for file in [path] if path.is_file() else weight_files(path):
            require_whole(
                file, Message("What {recipe} adds", recipe=Message(recipe.title)), Message("Copy it here again.")
            )
    return path


def used(name: str) -> ModelUsed:
    """The model as the run log names it. Raises what `locate` raises."""
    one, path = entry(name), locate(name)
    return ModelUsed(id=one.id, revision=_revision(path, one.revision), sha256=_digest(path))


def used_by_recipe(recipe: Recipe) -> tuple[ModelUsed, ...]:
    """The recipe's weights as the run log names them. Raises what `locate_recipe` raises."""
    if recipe.model is None:
        return ()
    path = locate_recipe(recipe)
    name = recipe.model.repo or path.name
    revision = _revision(path, recipe.model.revision if recipe.model.repo else "local")
    base = ModelUsed(id=name, revision=revision, sha256=_digest(path))
    return (base, *(_used_addition(one, recipe) for one in recipe.additions))


def _used_addition(addition: Addition, recipe: Recipe) -> ModelUsed:
    path = locate_addition(addition, recipe)
    if addition.model:
        return used(addition.model)
    return ModelUsed(id=path.name, revision="local", sha256=_digest(path))


def fetched(what: str | Recipe) -> str | None:
    """The commit that a model of the manifest, or a recipe's base model, was pulled at; None where it was not."""
    if isinstance(what, str):
        path = _place(entry(what))
    else:
        path = _recipe_place(what.name, what.model) if what.model else None
    return pull_record(path).get("commit") if path else None


def verify(name: str) -> ModelUsed:
    """Read a model of the manifest, or a recipe's base model, through again and compare it with what is known of it.

    That is what the manifest says, and what its pull recorded.

    Raises:
        UsageError, WeightsMissing, WeightsCorrupt: as `locate`.
    """
    recipe = None if name in entries() else recipes.on_any_shelf(name)
    path = locate_recipe(recipe) if recipe else locate(name)
    for relative, known in pull_record(path).get("files", {}).items():
        if digest(path / relative, again=True) != known["sha256"]:
            raise WeightsCorrupt(
                "{path} has changed since it was pulled. {advice}", path=path / relative, advice=_pull_again(name, name)
            )
    _digest(path, again=True)
    return used_by_recipe(recipe)[0] if recipe else used(name)


def _place(one: ModelEntry) -> Path | None:
    if one.file:
        places = settings().weights_folder / one.file, shipped("weights") / one.file
        others = _kept_by_rembg(one.file) if one.kind in REMBG else ()
        return next((path for path in (*places, *others) if path.is_file()), None)
    return _repo_place(one.id, one.repo or "", one.revision)


def _kept_by_rembg(file: str) -> tuple[Path, ...]:
    """Where rembg keeps what it has fetched: a folder for each model, and formerly one for all."""
    data, chosen = os.getenv("XDG_DATA_HOME"), os.getenv("U2NET_HOME")
    home = chosen or os.getenv("REMBG_HOME") or (f"{data}/rembg" if data else "~/.rembg")
    former = chosen or f"{data or '~'}/.u2net"
    return Path(home).expanduser() / "models" / Path(file).stem / file, Path(former).expanduser() / file


def _recipe_place(name: str, model: ModelSource) -> Path | None:
    if model.path is None:
        repo = model.repo or ""
        return _repo_place(name, repo, model.revision) or _fetched_for_another(repo, model.revision, model.variant)
    path = model.path.expanduser()
    return path.resolve() if path.exists() else None


def _fetched_for_another(repo: str, revision: str, variant: str | None) -> Path | None:
    """The folder of another recipe with the same base model, so that it is fetched and kept once."""
    wanted = {"repo": repo, "variant": variant}
    for folder in sorted(settings().weights_folder.glob("*/")):
        record = pull_record(folder)
        requested = revision in (record.get("revision"), record.get("commit"))
        if requested and wanted == {key: record.get(key) for key in wanted}:
            return folder
    return None


def _repo_place(name: str, repo: str, revision: str) -> Path | None:
    """The weights folder's `name`, otherwise the hub's own cache."""
    folder = settings().weights_folder / name
    if folder.is_dir():
        return folder
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    try:
        cached = [try_to_load_from_cache(repo, marker, revision=revision) for marker in _MARKERS]
    except HFValidationError:  # no name that a repository can have; `pull` says so
        return None
    return next((Path(found).parent for found in cached if isinstance(found, str)), None)


def way_out(name: str, model: ModelSource) -> str:
    """How a recipe's weights come to this machine."""
    if model.path is not None:
        return Message("Nothing lies at {path}: correct the path in the recipe", path=model.path)
    return Message('Run "ecomgen models pull {name}"', name=name)


def _pull_again(name: str, from_where: str | None) -> str:
    if from_where:
        return Message('Run "ecomgen models pull {name}" to fetch it again.', name=name)
    return Message("Copy it here again.")


def _check(path: Path, title: str, name: str, source: ModelEntry | Recipe) -> None:
    """Every weight file whole, every part there, and the manifest's checksum met."""
    is_entry = isinstance(source, ModelEntry)
    advice = _pull_again(name, (source.url or source.repo) if is_entry else source.model and source.model.repo)
    files = [path] if path.is_file() else weight_files(path)
    absent = None if path.is_file() else _absent_part(path)
    if not files or absent:
        raise WeightsCorrupt(
            "{title} is incomplete at {path}: {missing} missing. {advice}",
            title=title,
            path=path,
            missing=absent or Message("weights"),
            advice=advice,
        )
    for file in files:
        require_whole(file, title, advice)
    if is_entry and not _meets(source, path):
        raise WeightsCorrupt(
            "{title} at {path} is not what the manifest says (its checksum differs). {advice}",
            title=title,
            path=path,
            advice=advice,
        )


def _meets(one: ModelEntry, path: Path) -> bool:
    if one.sha256 and _digest(path) != one.sha256.lower():
        return False
    return not one.md5 or digest(path, "md5") == one.md5.lower()


def _absent_part(folder: Path) -> str | None:
    """The first thing that a folder promises, in its record of the pull or its index, and does not hold."""
    for relative, known in pull_record(folder).get("files", {}).items():
        file = folder / relative
        if not file.is_file() or file.stat().st_size != known["size"]:
            return relative
    index = folder / INDEX
    if not index.is_file():
        described = bool(pull_record(folder)) or any((folder / marker).is_file() for marker in _MARKERS)
        return None if described else INDEX
    parts = read_json(index)
    if parts is None:
        return INDEX
    return next((part for part in component_names(parts) if not _part_is_there(folder / part)), None)


def component_names(index: dict[str, Any]) -> list[str]:
    """The sub-folders that a model_index.json names."""
    named = {key: value for key, value in index.items() if not key.startswith("_")}
    return [key for key, value in named.items() if isinstance(value, list) and len(value) == 2 and value[0]]


def _part_is_there(folder: Path) -> bool:
    """A part has its configuration, and weights where it is a network (only networks have a config.json)."""
    if not any(folder.glob("*.json")):
        return False
    return not (folder / "config.json").is_file() or bool(weight_files(folder))


def _digest(path: Path, *, again: bool = False) -> str:
    return digest(path, again=again) if path.is_file() else folder_digest(path, again=again)


def _revision(path: Path, requested: str) -> str:
    """The commit where it is recorded: by our own pull, or by the hub's cache in the folder's name."""
    if path.parent.name == "snapshots":
        return path.name
    return pull_record(path).get("commit", requested)


def pull_record(path: Path) -> dict[str, Any]:
    """What a pull wrote of the folder that it fetched: repository, commit, and each file; nothing of another."""
    return (read_json(path / RECORD) if path.is_dir() else None) or {}

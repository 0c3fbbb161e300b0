"""Fetch weights: the only part of ecomgen that goes to the network, and only when asked."""

from __future__ import annotations

import fnmatch
import json
import re
import shutil
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from http.client import HTTPException, HTTPResponse
from pathlib import Path, PurePosixPath
from typing import Any

from ecomgen import recipes
from ecomgen.errors import CannotWrite, UsageError, WeightsCorrupt, WeightsMissing
from ecomgen.messages import Message
from ecomgen.models.checksums import WEIGHTS, digest
from ecomgen.models.location import (
    INDEX,
    RECORD,
    base_is_here,
    component_names,
    is_here,
    locate,
    locate_recipe,
    pull_record,
)
from ecomgen.models.manifest import ModelEntry, entries, entry
from ecomgen.recipes import ModelSource, Recipe
from ecomgen.settings import settings
from ecomgen.types import Progress, Report, silent

_ATTEMPTS = 3  # each goes on where the one before was cut
_CHUNK = 1 << 20
_TIMEOUT = 30  # seconds without a byte
_TEXT = (".json", ".txt", ".model", ".jinja")
_TRANSFORMERS = tuple(f"*{suffix}" for suffix in (*_TEXT, ".safetensors"))  # what its `from_pretrained` reads
Choose = Callable[[list[str], Callable[[str], Path]], list[str]]


@dataclass(frozen=True, kw_only=True)
class Repository:
    """One on the hub, at a revision, and the folder's name that it gets here."""

    name: str
    repo: str
    revision: str
    variant: str | None = None


def pull(name: str, report: Report = silent) -> Path:
    """Fetch the model or the recipe's weights called `name` into the weights folder; what is there already is kept.

    A pull that was cut goes on where it stopped. Files are verified before they take their final name.

    Args:
        name: an id of the manifest, or a recipe's name.
        report: receives bytes done and in total; it may raise `Cancelled`.

    Raises:
        UsageError: there is no such model, or nothing to fetch.
        WeightsMissing: it cannot be fetched: offline, not found, gated, cut.
        WeightsCorrupt: what came is not what was promised; it is not kept.
        CannotWrite: the disk is too full, or the weights folder cannot be written.
    """
    known = entries()
    try:
        if name in known:
            return _pull_entry(known[name], report)
        if recipe := recipes.on_any_shelf(name):
            return _pull_recipe(recipe, report)
    except PermissionError as error:
        raise CannotWrite(
            "The weights folder cannot be written: {error}. Set ECOMGEN_WEIGHTS to another.", error=error
        ) from error
    names = ", ".join([*known, *recipes.paths(), *recipes.paths(recipes.WORDS)])
    raise UsageError("There is nothing called {name!r} to pull. Choose one of: {known}.", name=name, known=names)


def _pull_entry(one: ModelEntry, report: Report) -> Path:
    here = _already(lambda: locate(one.id))
    if here:
        return here
    if one.repo:
        source = Repository(name=one.id, repo=one.repo, revision=one.revision)
        _pull_repo(source, lambda names, _: _promised(source, _matching(names, one.files)), report)
    elif one.url:
        _pull_file(one, settings().weights_folder / (one.file or ""), report)
    else:
        raise UsageError(
            "{title} has no url in the manifest. Copy it to {folder}.",
            title=Message(one.title),
            folder=settings().weights_folder / (one.file or ""),
        )
    return locate(one.id)


def _promised(source: Repository, chosen: list[str]) -> list[str]:
    """The files, of which there must be some with weights."""
    if not any(PurePosixPath(name).suffix in WEIGHTS for name in chosen):
        raise WeightsMissing(
            "{repo} has none of the files that the manifest names. Correct its `files`.", repo=source.repo
        )
    return chosen


def _pull_recipe(recipe: Recipe, report: Report) -> Path:
    """The base model, and from the manifest what the recipe adds to it."""
    model = recipe.model
    added = [one.model for one in (*recipe.additions, recipe.preview) if one is not None and one.model]
    if model is None or (model.repo is None and not added):
        where = (
            Message("needs no weights") if model is None else Message("reads its weights from {path}", path=model.path)
        )
        raise UsageError("There is nothing to pull: the pipeline {recipe} {where}.", recipe=recipe.name, where=where)
    base = _pull_base(recipe, model, report) if model.repo else None
    for name in added:
        _pull_entry(entry(name), report)
    return base or locate_recipe(recipe)


def _pull_base(recipe: Recipe, model: ModelSource, report: Report) -> Path:
    here = _already(lambda: locate_recipe(recipe))
    if here:
        return here
    _pull_repo(_repository(recipe, model), _chooser(recipe, model), report)
    return locate_recipe(recipe)


def _repository(recipe: Recipe, model: ModelSource) -> Repository:
    return Repository(name=recipe.name, repo=model.repo or "", revision=model.revision, variant=model.variant)


def _chooser(recipe: Recipe, model: ModelSource) -> Choose:
    """Which of a repository's files the recipe needs."""

    def choose(names: list[str], fetch: Callable[[str], Path]) -> list[str]:
        if recipe.backend == recipes.WORDS:
            return _matching([name for name in names if "/" not in name], _TRANSFORMERS)
        if INDEX not in names:
            raise WeightsMissing(
                "{repo} is not in diffusers format. Name another repository in the recipe.", repo=model.repo
            )
        index = json.loads(fetch(INDEX).read_text("utf-8"))
        return [INDEX, *_pipeline_files(names, component_names(index), model.variant)]

    return choose


def size_of(recipe: Recipe) -> int:
    """Bytes that `pull` would fetch for the recipe: the base model's as the hub tells, what is added as the manifest.

    Raises:
        WeightsMissing: the hub cannot be asked, or does not have it.
    """
    model = recipe.model
    added = {one.model for one in recipe.additions if one.model and not is_here(one.model)}
    total = int(sum(entry(name).size_gib for name in added) * 2**30)
    if model is None or model.repo is None or base_is_here(recipe):
        return total
    source = _repository(recipe, model)
    with _answered(source), tempfile.TemporaryDirectory() as folder:
        known, commit = _listed(source)
        fetch = partial(_fetch, source.repo, commit=commit, folder=Path(folder), reported=lambda _: None)
        return total + sum(known[name].size or 0 for name in _chooser(recipe, model)(sorted(known), fetch))


def _already(find: Callable[[], Path]) -> Path | None:
    try:
        return find()
    except (WeightsMissing, WeightsCorrupt):
        return None


# A single file, over plain HTTP


def _pull_file(one: ModelEntry, target: Path, report: Report) -> None:
    _require_network(one.title)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    _fetch_all(one, part, report)
    algorithm, promised = ("sha256", one.sha256) if one.sha256 else ("md5", one.md5)
    if digest(part, algorithm, again=True) != (promised or "").lower():
        part.unlink()
        raise WeightsCorrupt(
            "What {url} sent is not {title} (its {algorithm} differs). Try again later.",
            url=one.url,
            title=Message(one.title),
            algorithm=algorithm,
        )
    part.replace(target)


def _fetch_all(one: ModelEntry, part: Path, report: Report) -> None:
    """Until `part` is complete, in at most a few attempts."""
    reason: object = Message("the connection was cut")
    for _ in range(_ATTEMPTS):
        try:
            if _fetch_rest(one, part, report):
                return
        except urllib.error.HTTPError as error:
            raise WeightsMissing(
                "{url} answers {code} {reason}. Check the url in the manifest.",
                url=one.url,
                code=error.code,
                reason=error.reason,
            ) from error
        except (urllib.error.URLError, HTTPException, ConnectionError, TimeoutError) as error:
            reason = getattr(error, "reason", error)
    again = Message('Run "ecomgen models pull {name}" again; it goes on where it stopped.', name=one.id)
    raise WeightsMissing(
        "{title} did not arrive whole: {reason}. {again}", title=Message(one.title), reason=reason, again=again
    )


def _fetch_rest(one: ModelEntry, part: Path, report: Report) -> bool:
    """One request for what `part` does not hold yet; True when it is complete."""
    start = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(one.url or "", headers={"Range": f"bytes={start}-"} if start else {})
    try:
        answer: HTTPResponse = urllib.request.urlopen(request, timeout=_TIMEOUT)
    except urllib.error.HTTPError as error:
        if error.code == 416 and start:  # nothing is left to send
            return True
        raise
    with answer:
        if answer.status != 206:  # the server sends all of it again
            start = 0
        total = start + int(answer.headers.get("Content-Length", 0))
        _require_space(part.parent, total - start)
        with part.open("r+b" if start else "wb") as stream:
            stream.seek(start)
            done = start
            while chunk := answer.read(_CHUNK):
                stream.write(chunk)
                done += len(chunk)
                report(Progress(step="pull", done=done, total=max(total, done), message=one.title))
    return done >= total


# A repository of the hub


@contextmanager
def _answered(source: Repository) -> Iterator[None]:
    """What the hub's library raises becomes WeightsMissing."""
    from huggingface_hub.errors import (
        EntryNotFoundError,
        GatedRepoError,
        HFValidationError,
        HTTPError,  # pyright: ignore[reportPrivateImportUsage] # its HTTP library's own
    )

    repo = source.repo
    _require_network(repo)
    try:
        yield
    except GatedRepoError as error:
        way = Message('Accept its licence at https://huggingface.co/{repo}, then run "hf auth login".', repo=repo)
        raise WeightsMissing("{repo} is gated. {way}", repo=repo, way=way) from error
    except PermissionError:
        raise
    except (OSError, HTTPError, EntryNotFoundError, HFValidationError) as error:
        why = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
        raise WeightsMissing(
            '{repo} cannot be fetched: {why}. Run "ecomgen models pull {name}" again.',
            repo=repo,
            why=why,
            name=source.name,
        ) from error


def _pull_repo(source: Repository, choose: Choose, report: Report) -> None:
    """Fetch the chosen files at one commit into `name` of the weights folder, all or nothing."""
    with _answered(source):
        repo = source.repo
        folder = settings().weights_folder / source.name
        about = {"repo": repo, "revision": source.revision, "variant": source.variant}
        known, commit = _listed(replace(source, revision=_commit_kept(folder, about) or source.revision))
        part = _part_folder(source.name, commit)
        chosen = choose(sorted(known), lambda file: _fetch(repo, file, commit, part, lambda _: None))
        total = sum(known[file].size or 0 for file in chosen)
        _require_space(part.parent, total)
        recorded, done = {}, 0
        for file in chosen:
            reported = _reporting(report, repo, done, total)
            path = _fetch(repo, file, commit, part, reported)
            lfs = known[file].lfs
            recorded[file] = _verified(path, lfs.sha256 if lfs else None)
            done += recorded[file]["size"]
            report(Progress(step="pull", done=done, total=max(total, done), message=repo))
        _finish(part, folder, {**about, "commit": commit, "files": recorded})


def _commit_kept(folder: Path, about: Mapping[str, Any]) -> str | None:
    """The commit of what is mended: a branch may have moved since, and other weights make other pictures."""
    record = pull_record(folder)
    return record.get("commit") if all(record.get(key) == value for key, value in about.items()) else None


def _listed(source: Repository) -> tuple[dict[str, Any], str]:
    """The repository's files with their sizes, and the commit that they are of."""
    from huggingface_hub import HfApi

    info = HfApi().model_info(source.repo, revision=source.revision, files_metadata=True)
    return {file.rfilename: file for file in info.siblings or []}, info.sha or source.revision


def _part_folder(name: str, commit: str) -> Path:
    """Where a pull grows. What is left of a pull of another commit goes, for commits must not mix."""
    folder = settings().weights_folder
    part = folder / f"{name}.{commit[:12]}.part"
    for other in folder.glob(f"{name}.*.part"):
        if other != part and other.is_dir():
            shutil.rmtree(other)
    part.mkdir(parents=True, exist_ok=True)
    return part


def _fetch(repo: str, file: str, commit: str, folder: Path, reported: Callable[[int], None]) -> Path:
    from huggingface_hub import hf_hub_download

    return Path(hf_hub_download(repo, file, revision=commit, local_dir=folder, tqdm_class=_bar(reported)))


def _reporting(report: Report, repo: str, before: int, total: int) -> Callable[[int], None]:
    def reported(done: int) -> None:
        report(Progress(step="pull", done=min(before + done, total), total=total, message=repo))

    return reported


def _bar(reported: Callable[[int], None]) -> Any:
    """A tqdm class that draws nothing and tells how many bytes of the file are there."""
    from tqdm import tqdm

    class Bar(tqdm):
        def __init__(self, *args: Any, **options: Any) -> None:
            options.pop("name", None)
            self._there = int(options.get("initial") or 0)
            super().__init__(*args, **{**options, "disable": True})

        def update(self, n: float | None = 1) -> bool | None:
            self._there += int(n or 0)
            reported(self._there)
            return None

    return Bar


def _verified(path: Path, promised: str | None) -> dict[str, Any]:
    found = digest(path, again=True)
    if promised and found != promised:
        path.unlink()
        raise WeightsCorrupt(
            "{file} arrived damaged (its sha256 differs) and was not kept. Pull it again.", file=path.name
        )
    return {"size": path.stat().st_size, "sha256": found}


def _finish(part: Path, folder: Path, record: Mapping[str, Any]) -> None:
    shutil.rmtree(part / ".cache", ignore_errors=True)
    (part / RECORD).write_text(json.dumps(record, indent=1), "utf-8")
    if folder.exists():  # only what `locate` found to be corrupt is still there
        shutil.rmtree(folder)
    part.replace(folder)


# Which files of a repository


def _matching(names: Iterable[str], patterns: tuple[str, ...]) -> list[str]:
    """The names that match, weights in one format only."""
    wanted = [name for name in names if not patterns or any(fnmatch.fnmatchcase(name, one) for one in patterns)]
    return _one_format([name for name in wanted if not name.startswith(".")])


def _pipeline_files(names: Iterable[str], parts: list[str], variant: str | None) -> list[str]:
    """What `from_pretrained` reads: each part's configuration, and its weights in one variant and one format."""
    mine = [name for name in names if len(PurePosixPath(name).parts) == 2 and name.split("/")[0] in parts]
    texts = [name for name in mine if name.endswith(_TEXT)]
    weights = _one_format([name for name in mine if PurePosixPath(name).suffix in (".safetensors", ".bin")])
    requested = [name for name in weights if _variant(name) == variant]
    plain = [name for name in weights if _variant(name) is None]
    have = {name.split("/")[0] for name in requested}
    return texts + requested + [name for name in plain if name.split("/")[0] not in have]


def _one_format(names: list[str]) -> list[str]:
    """Without pickled weights where their folder also has safetensors."""
    safe = {str(PurePosixPath(name).parent) for name in names if name.endswith(".safetensors")}
    pickled = WEIGHTS - {".safetensors"}
    return [
        name
        for name in names
        if not (PurePosixPath(name).suffix in pickled and str(PurePosixPath(name).parent) in safe)
    ]


def _variant(name: str) -> str | None:
    """`fp16` of model.fp16.safetensors and of model.fp16-00001-of-00002.safetensors; None of model.safetensors."""
    middle = PurePosixPath(name).stem.partition(".")[2]
    return re.sub(r"-\d+-of-\d+$", "", middle) or None


# The machine


def _require_network(what: str) -> None:
    from huggingface_hub import is_offline_mode

    if is_offline_mode():
        raise WeightsMissing("{what} is not on this machine, and HF_HUB_OFFLINE is set. Unset it to pull.", what=what)


def _require_space(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise CannotWrite(
            "{needed:.1f} GiB are needed in {folder} and {free:.1f} GiB are free. Make room, or set "
            "ECOMGEN_WEIGHTS to another folder.",
            needed=needed / 2**30,
            folder=folder,
            free=free / 2**30,
        )

"""A repository of the hub: its files at one commit, all or nothing."""

from __future__ import annotations

import fnmatch
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from ecomgen.errors import WeightsCorrupt, WeightsMissing
from ecomgen.messages import Message
from ecomgen.models.checksums import WEIGHTS, digest
from ecomgen.models.location import RECORD, pull_record
from ecomgen.models.preconditions import require_network, require_space
from ecomgen.settings import settings
from ecomgen.types import Progress, Report

TEXTS = (".json", ".txt", ".model", ".jinja")
Choose = Callable[[list[str], Callable[[str], Path]], list[str]]


@dataclass(frozen=True, kw_only=True)
class Repository:
    """One on the hub, at a revision, and the folder's name that it gets here."""

    name: str
    repo: str
    revision: str
    variant: str | None = None


@contextmanager
def answered(source: Repository) -> Iterator[None]:
    """What the hub's library raises becomes WeightsMissing."""
    from huggingface_hub.errors import (
        EntryNotFoundError,
        GatedRepoError,
        HFValidationError,
        HTTPError,  # pyright: ignore[reportPrivateImportUsage] # its HTTP library's own
    )

    repo = source.repo
    require_network(repo)
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


def pull_repository(source: Repository, choose: Choose, report: Report) -> None:
    """Fetch the chosen files at one commit into `name` of the weights folder, all or nothing."""
    with answered(source):
        repo = source.repo
        folder = settings().weights_folder / source.name
        about = {"repo": repo, "revision": source.revision, "variant": source.variant}
        known, commit = listed(replace(source, revision=_commit_kept(folder, about) or source.revision))
        part = _part_folder(source.name, commit)
        chosen = choose(sorted(known), lambda file: fetch_file(repo, file, commit, part, lambda _: None))
        total = sum(known[file].size or 0 for file in chosen)
        require_space(part.parent, total)
        recorded, done = {}, 0
        for file in chosen:
            reported = _reporting(report, repo, done, total)
            path = fetch_file(repo, file, commit, part, reported)
            lfs = known[file].lfs
            recorded[file] = _verified(path, lfs.sha256 if lfs else None)
            done += recorded[file]["size"]
            report(Progress(step="pull", done=done, total=max(total, done), message=repo))
        _finish(part, folder, {**about, "commit": commit, "files": recorded})


def _commit_kept(folder: Path, about: Mapping[str, Any]) -> str | None:
    """The commit of what is mended: a branch may have moved since, and other weights make other pictures."""
    record = pull_record(folder)
    return record.get("commit") if all(record.get(key) == value for key, value in about.items()) else None


def listed(source: Repository) -> tuple[dict[str, Any], str]:
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


def fetch_file(repo: str, file: str, commit: str, folder: Path, reported: Callable[[int], None]) -> Path:
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


def matching(names: Iterable[str], patterns: tuple[str, ...]) -> list[str]:
    """The names that match, weights in one format only."""
    wanted = [name for name in names if not patterns or any(fnmatch.fnmatchcase(name, one) for one in patterns)]
    return _one_format([name for name in wanted if not name.startswith(".")])


def pipeline_files(names: Iterable[str], parts: list[str], variant: str | None) -> list[str]:
    """What `from_pretrained` reads: each part's configuration, and its weights in one variant and one format."""
    mine = [name for name in names if len(PurePosixPath(name).parts) == 2 and name.split("/")[0] in parts]
    texts = [name for name in mine if name.endswith(TEXTS)]
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

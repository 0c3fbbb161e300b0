"""A catalogue's folder, which may lie in object storage: s3://, gs://, sftp:// and whatever else fsspec opens.

Everything is made in a local folder, exactly as it is without storage. What is finished is written as whole objects of
the same names, `outcome.json` last; nothing is ever appended to one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from ecomgen.atomic_file import whole
from ecomgen.errors import BackendMissing, BadInput, CannotWrite, EcomgenError, UsageError
from ecomgen.messages import Message
from ecomgen.outbound import cached_picture, is_address, leave_room, told
from ecomgen.settings import settings

NOT_ATOMIC = ("sftp", "ssh", "ftp", "smb")  # on which a file is seen while it is written
WEB = ("http", "https")


class Missing(BadInput):
    """There is no such object."""


@dataclass(frozen=True)
class Where:
    """A catalogue's folder: `local`, in which it is made, and the address to which what is finished goes, if any."""

    local: Path
    url: str = ""

    def exists(self, name: str) -> bool:
        """Whether a file or folder is there, where finished things go."""
        if not self.url:
            return (self.local / name).exists()
        with _storage(self.url) as (files, root):
            return files.exists(f"{root}/{name}")

    def read(self, name: str) -> bytes | None:
        """A finished file's content; None where there is none."""
        try:
            if not self.url:
                return (self.local / name).read_bytes()
            with _storage(self.url) as (files, root):
                return files.cat_file(f"{root}/{name}")
        except (OSError, Missing):
            return None

    def bring(self, name: str) -> Path:
        """A finished file in the local folder, as it is now where finished things go; nothing where there is none."""
        file = self.local / name
        if self.url and (data := self.read(name)) is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return file

    def publish(self, *names: str) -> None:
        """Write local files to where they go, each whole; those that are not there are left out.

        Raises:
            CannotWrite: it cannot be written there.
        """
        for name in names:
            if self.url and (self.local / name).is_file():
                with _storage(self.url) as (files, root):
                    _put(self.local / name, files, root, name)

    @contextmanager
    def shown(self, name: str) -> Iterator[None]:
        """A local file also where finished things go, for as long as it is needed there.

        Raises:
            CannotWrite: it cannot be written there.
        """
        self.publish(name)
        try:
            yield
        finally:
            if self.url:
                self.remove(name)

    def publish_all(self, folder: str, but: str) -> None:
        """Write a local folder's files, and remove what else lies there; `but` is left alone."""
        if not self.url:
            return
        files = {file.relative_to(self.local).as_posix() for file in (self.local / folder).rglob("*") if file.is_file()}
        wanted = {name for name in files if PurePosixPath(name).name != but}
        self.publish(*sorted(wanted))
        self.remove(*(name for name in self.inside(folder) if name not in wanted and not name.endswith(f"/{but}")))

    def inside(self, folder: str) -> list[str]:
        """The files in and below a folder where finished things go."""
        with _storage(self.url) as (files, root):
            found = files.find(f"{root}/{folder}") if files.exists(f"{root}/{folder}") else []
            return [str(name).removeprefix(f"{root}/") for name in found]

    def remove(self, *names: str) -> None:
        """Remove finished files that are there."""
        if not self.url:
            for name in names:
                (self.local / name).unlink(missing_ok=True)
            return
        with _storage(self.url) as (files, root):
            for name in names:
                if files.exists(f"{root}/{name}"):
                    files.rm_file(f"{root}/{name}")


def where(out: Path | str | Where) -> Where:
    """The folder that a path or an address means; of an address, made in a folder of the home.

    Raises:
        UsageError: it is the address of no storage.
    """
    if isinstance(out, Where):
        return out
    if not (isinstance(out, str) and is_address(out)):
        return Where(Path(out))
    parts = urlsplit(out)
    if parts.scheme == "file":
        return Where(Path(unquote(parts.path)))
    if parts.scheme in WEB:
        raise UsageError(
            "{url} is no storage that can be written: give s3://, gs://, sftp:// or a folder.", url=told(out)
        )
    url = out.rstrip("/")
    with _storage(url):  # whether it can be opened
        pass
    return Where(settings().cache / "catalogues" / _short(url), url)


def brought(url: str) -> Path:
    """A photo by its address, in a local folder of its own; asked for again only where it has changed.

    Raises:
        CannotWrite, BadPhoto: it cannot be had.
    """
    if urlsplit(url).scheme in WEB:
        return cached_picture(url)
    name = PurePosixPath(urlsplit(url).path).name or "photo"
    with _storage(url) as (files, path):
        folder = settings().cache / "photos"
        file = folder / _short(url + version(url)) / name
        try:
            os.utime(file)
        except FileNotFoundError:
            with whole(file) as part:
                files.get_file(path, str(part))
            leave_room(folder)
    return file


def stand_in(url: str) -> Path:
    """What stands for a photo until a worker fetches it; the same on every machine."""
    return Path("/", "elsewhere", _short(url), PurePosixPath(urlsplit(url).path).name)


def version(url: str) -> str:
    """What changes with a file's content; nothing for one of the web, which is not asked."""
    if urlsplit(url).scheme in WEB:
        return ""
    with _storage(url) as (files, path):
        facts = files.info(path)
    known = (facts.get(name) for name in ("ETag", "etag", "md5Hash", "mtime", "LastModified", "size"))
    return repr([str(one) for one in known if one is not None])


def listed(url: str) -> list[str]:
    """The addresses of all files in and below a folder."""
    with _storage(url) as (files, root):
        return [files.unstrip_protocol(str(name)) for name in sorted(files.find(root))]


@lru_cache(maxsize=64)
def _opened(url: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    files, root = url_to_fs(url)
    files.dircache.use_listings_cache = False  # others write there, too; SFTP does not take it as an argument
    return files, root.rstrip("/")


@contextmanager
def _storage(url: str) -> Iterator[tuple[Any, str]]:
    """The file system of an address, and the path on it; whatever its library raises is one sentence."""
    try:
        yield _opened(url)
    except FileNotFoundError as error:
        raise Missing(Message("There is no {source}: check the name and the folder.", source=told(url))) from error
    except EcomgenError:
        raise
    except ImportError as error:
        raise BackendMissing(
            '{url} needs a library ({reason}); that of s3:// comes with pip install "ecomgen[storage]".',
            url=told(url),
            reason=str(error).rstrip("."),
        ) from error
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise CannotWrite(
            "{url} cannot be used ({reason}): check the address, and your rights there.", url=told(url), reason=reason
        ) from error


def _put(file: Path, files: Any, root: str, name: str) -> None:
    target = f"{root}/{name}"
    protocols = (files.protocol,) if isinstance(files.protocol, str) else files.protocol
    if not any(one in NOT_ATOMIC for one in protocols):
        files.put_file(str(file), target)
        return
    files.makedirs(target.rpartition("/")[0], exist_ok=True)
    files.put_file(str(file), f"{target}.part")
    files.mv(f"{target}.part", target)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]

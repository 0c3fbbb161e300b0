"""What a program sends: files and options in a form; every option is one that a request declares."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json
from starlette.concurrency import run_in_threadpool

from ecomgen.errors import UsageError
from ecomgen.options import Declared, given, on, schema
from ecomgen.outbound import get, is_address, keep_picture
from ecomgen.web.create.form import companion
from ecomgen.web.events import fresh_folder

if TYPE_CHECKING:
    from starlette.datastructures import UploadFile

    from ecomgen.types import Companion

MOST_FILES = 40
JSON = "application/json"
WHOLE = "request"  # a field with a whole request as JSON
A_FILE = "The field {name} is a file: upload it in a form."
WITH_PLACE = "with_place"  # where further products stand, as their photos are files of their own


@dataclass(frozen=True, kw_only=True)
class Sent:
    """Files by field, and options by name."""

    files: Mapping[str, tuple[Path, ...]]
    options: Mapping[str, Any] = field(default_factory=dict)
    fetched: int = 0  # bytes of files that were given by their address

    def named(self, name: str) -> tuple[Path, ...]:
        """The files of a field that must be there.

        Raises:
            UsageError: there is none.
        """
        if not self.files.get(name):
            raise UsageError("There is no file in the field {name}: upload at least one.", name=name)
        return self.files[name]

    @property
    def companions(self) -> tuple[Companion, ...]:
        """The further products, a photo each; one whose place is empty stands by rule.

        Raises:
            UsageError: a place cannot be read, or there are more places than products.
        """
        photos: tuple[Path, ...] = self.files.get("with", ())
        places = self.options.get(WITH_PLACE, ())
        if not isinstance(places, list | tuple) or len(places) > len(photos):
            raise UsageError(
                "Give {places} as a list, a place for each file in {files}.", places=WITH_PLACE, files="with"
            )
        told = [*places, *[None] * (len(photos) - len(places))]
        return tuple(companion([photo], {"place": place}) for photo, place in zip(photos, told, strict=True))


async def read(pairs: Iterable[tuple[str, Any]], model: type, photos: Collection[str]) -> Sent:
    """A form's files, kept in a folder of their own or fetched into it, and its options.

    Raises:
        UsageError: a field is none that is known, or one that holds a file where text belongs, or the other way round.
    """
    listed, folder = _fields(model), fresh_folder("rest")
    files: dict[str, list[Path]] = {}
    options: dict[str, Any] = {}
    came = 0
    for name, value in _items(pairs, photos):
        is_file = name in photos or (name in listed and listed[name].base is Path)
        if name == WHOLE and isinstance(value, dict):
            options |= _known(value, listed)
        elif name in photos and isinstance(value, str) and is_address(value):
            file = await fetched(value, folder, sum(map(len, files.values())))
            files.setdefault(name, []).append(file)
            came += file.stat().st_size
        elif not is_file and name not in listed:
            raise UsageError(
                "There is no field {name!r}: the fields are {known}.", name=name, known=", ".join([*photos, *listed])
            )
        elif name in photos and isinstance(value, str):
            raise UsageError(
                "The field {name} is a file or its address: upload it in a form, or give one that begins with https://.",
                name=name,
            )
        elif is_file and isinstance(value, str):
            raise UsageError(A_FILE, name=name)
        elif not is_file and not isinstance(value, str):
            raise UsageError("The field {name} is text, not a file: send it so.", name=name)
        elif not isinstance(value, str):
            files.setdefault(name, []).append(await kept(value, folder, sum(map(len, files.values()))))
        else:
            options[name] = [*options.get(name, ()), value] if listed[name].repeated else value
    uploaded = {name: tuple(paths) for name, paths in files.items()}
    options |= {name: uploaded[name][0] for name in uploaded if name in listed}
    return Sent(files=uploaded, options=given(options), fetched=came)


def _fields(model: type) -> dict[str, Declared]:
    """The options that are fields; further products are photos, of which only the places are told in words."""
    listed = on("rest", model)
    if listed.pop("with_", None):
        listed[WITH_PLACE] = replace(listed["place"], name=WITH_PLACE, repeated=True)
    return listed


def _items(pairs: Iterable[tuple[str, Any]], photos: Collection[str]) -> Iterator[tuple[str, Any]]:
    """The fields one by one; addresses of photos in a whole request are fields of their own."""
    for name, value in pairs:
        if name != WHOLE or not isinstance(value, str):
            yield name, value
            continue
        whole = _whole(value)
        for kind in photos:
            urls = whole.pop(kind, [])
            yield from (
                (kind, url if isinstance(url, str) else "") for url in (urls if isinstance(urls, list) else [urls])
            )
        yield WHOLE, whole


def _whole(text: str) -> dict[str, Any]:
    try:
        found = from_json(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise UsageError("The {name} is no JSON object: see ecomgen schema request.", name=WHOLE)
    return found


def _known(found: dict[str, Any], listed: Mapping[str, Any]) -> dict[str, Any]:
    """A whole request, each field of which is an option."""
    unknown = [name for name in found if name not in listed]
    if unknown:
        raise UsageError(
            "There is no field {name!r}: the fields are {known}.", name=unknown[0], known=", ".join(listed)
        )
    wrong = [name for name in found if listed[name].base is Path]
    if wrong:
        raise UsageError(A_FILE, name=wrong[0])
    return found


async def kept(file: UploadFile, folder: Path, number: int) -> Path:
    """An uploaded file in a folder of its own, by its own name."""
    _refuse_many(number)
    name = Path((file.filename or "").replace("\\", "/").replace("\0", "")).name[-100:] or "photo"
    place = folder / f"{number:02d}" / name
    place.parent.mkdir()
    with place.open("wb") as target:
        while part := await file.read(2**20):
            target.write(part)
    return place


async def fetched(url: str, folder: Path, number: int) -> Path:
    """A picture by its address, in a folder of its own."""
    _refuse_many(number)
    return await run_in_threadpool(lambda: keep_picture(url, get(url), folder / f"{number:02d}"))


def _refuse_many(number: int) -> None:
    if number >= MOST_FILES:
        raise UsageError("That are more than {most} files: send fewer.", most=MOST_FILES)


def body(model: type, photos: Mapping[str, str], required: Collection[str]) -> dict[str, Any]:
    """The body of an endpoint, as OpenAPI describes it."""
    whole, listed = schema(model)["properties"], _fields(model)
    texts = {"type": "array", "items": {"type": "string"}}
    whole[WITH_PLACE] = texts | {"description": "X,Y,HEIGHT[,TURN] of each file in with; an empty one stands by rule."}
    files = {"type": "array", "items": {"type": "string", "format": "binary"}}
    properties: dict[str, Any] = {
        name: files | {"description": f"{text} Files, or addresses as text."} for name, text in photos.items()
    }
    for name, one in listed.items():
        entry = {key: value for key, value in whole[name].items() if key != "x-surfaces"}
        properties[name] = (
            {"type": "string", "format": "binary", "description": one.option.help} if one.base is Path else entry
        )
    form = {"schema": {"type": "object", "properties": properties, "required": sorted(required)}}
    return {
        "requestBody": {"required": True, "content": {"multipart/form-data": form, JSON: _by_address(form, photos)}}
    }


def _by_address(form: dict[str, Any], photos: Collection[str]) -> dict[str, Any]:
    """The same as JSON: files are addresses, and options that are files cannot be given."""
    schema = form["schema"]
    addresses = {"type": "array", "items": {"type": "string", "format": "uri"}}
    options = {name: one for name, one in schema["properties"].items() if one.get("format") != "binary"}
    return {"schema": schema | {"properties": options | dict.fromkeys(photos, addresses)}}

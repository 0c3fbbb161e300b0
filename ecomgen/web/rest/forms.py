"""What a program sends: files and options in a form; every option is one that a request declares."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic_core import from_json
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams, UploadFile

from ecomgen.errors import UsageError
from ecomgen.messages import Message
from ecomgen.options import Declared, given, on, schema
from ecomgen.options.reading import unknown_field
from ecomgen.outbound import get, is_address, keep_picture
from ecomgen.types import Companion
from ecomgen.web.create.form import companion
from ecomgen.web.files import fresh_folder

MOST_FILES = 40
JSON = "application/json"
WHOLE = "request"  # a field with a whole request as JSON
A_FILE = Message("The field {name} is a file: upload it in a form.")
AN_ADDRESS = Message(
    "The field {name} is a file or its address: upload it in a form, or give one that begins with https://."
)
A_TEXT = Message("The field {name} is text, not a file: send it so.")
OF_EACH = {  # what is said of each further product, a field of its own as the photos are files
    "with_place": "X,Y,HEIGHT[,TURN] of each file in with; an empty one stands by rule.",
    "with_product": "What is in each file in with, in words; empty for none.",
    "with_masker": "How the product is found in each file in with; empty as in photos.",
    "with_box": "X0,Y0,X1,Y1 in each file in with, in pixels; empty for none.",
    "with_point": "X,Y[,-] in each file in with, several parted by semicolons; empty for none.",
    "with_mask": "A mask made elsewhere of each file in with; empty for none.",
}


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
        """The further products, a photo each, with what is said of each.

        Raises:
            UsageError: a place, box or point cannot be read, or there are more of them, or of masks, than products.
        """
        photos: tuple[Path, ...] = self.files.get("with", ())
        columns = {name.removeprefix("with_"): self._of_each(name, len(photos)) for name in OF_EACH}
        rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        return tuple(_companion(number, *one) for number, one in enumerate(zip(photos, rows, strict=True), 1))

    def _of_each(self, name: str, count: int) -> list[Any]:
        said = self.options.get(name, [])
        if not isinstance(said, list) or len(said) > count:
            raise UsageError("Give {field} as a list, one for each file in {files}.", field=name, files="with")
        return [*said, *[None] * (count - len(said))]


def _companion(number: int, photo: Path, told: Mapping[str, Any]) -> Companion:
    try:
        return companion([photo], told)
    except UsageError as error:
        raise UsageError("Further product {number}: {reason}", number=number, reason=error) from None


async def read(pairs: Iterable[tuple[str, Any]], model: type, photos: Collection[str]) -> Sent:
    """A form's files, kept in a folder of their own or fetched into it, and its options.

    Raises:
        UsageError: a field is none that is known, or one that holds a file where text belongs, or the other way round.
    """
    listed, folder = _fields(model), fresh_folder("rest")
    files: dict[str, list[Path]] = {}
    options: dict[str, Any] = {}
    came, numbers = 0, itertools.count()
    for name, value in _items(pairs, photos):
        is_file = name in photos or (name in listed and listed[name].base is Path)
        if name == WHOLE and isinstance(value, dict):
            options |= _known(value, listed)
        elif name in photos and isinstance(value, str) and is_address(value):
            file = await fetched(value, folder, next(numbers))
            files.setdefault(name, []).append(file)
            came += file.stat().st_size
        elif not is_file and name not in listed:
            raise unknown_field(name, [*photos, *listed])
        elif name in OF_EACH and not (value if isinstance(value, str) else value.filename):
            options[name] = [*options.get(name, ()), None]
        elif is_file == isinstance(value, str):
            raise UsageError(AN_ADDRESS if name in photos else A_FILE if is_file else A_TEXT, name=name)
        else:
            said = value if isinstance(value, str) else await kept(value, folder, next(numbers))
            if isinstance(said, Path) and name in photos:
                files.setdefault(name, []).append(said)
            else:
                options[name] = [*options.get(name, ()), said] if listed[name].repeated else said
    uploaded = {name: tuple(paths) for name, paths in files.items()}
    return Sent(files=uploaded, options=given(options), fetched=came)


def _fields(model: type) -> dict[str, Declared]:
    """The options that are fields; further products are photos, and what is said of each has fields of its own."""
    listed = on("rest", model)
    if listed.pop("with_", None):
        listed |= {name: replace(listed[name.removeprefix("with_")], name=name, repeated=True) for name in OF_EACH}
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
        raise unknown_field(unknown[0], listed)
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
    file = {"type": "string", "format": "binary"}
    properties: dict[str, Any] = {
        name: _several(file) | {"description": f"{text} Files, or addresses as text."} for name, text in photos.items()
    }
    for name, one in listed.items():
        if name in OF_EACH:
            kind = file if one.base is Path else {"type": "string"}
            properties[name] = _several(kind) | {"description": OF_EACH[name]}
        elif one.base is Path:
            properties[name] = file | {"description": one.option.help}
        else:
            properties[name] = _plain(whole[name])
    form = {"schema": {"type": "object", "properties": properties, "required": sorted(required)}}
    return {
        "requestBody": {"required": True, "content": {"multipart/form-data": form, JSON: _by_address(form, photos)}}
    }


def in_address(model: type) -> list[dict[str, Any]]:
    """Options as parameters of an address, as OpenAPI describes them."""
    whole = schema(model)["properties"]
    return [
        {"name": name, "in": "query", "description": one.option.help, "schema": _plain(whole[name])}
        for name, one in on("rest", model).items()
    ]


def refuse_unknown(query: Iterable[str], known: Collection[str]) -> None:
    """Raises UsageError where an address has an option that is none of those that are known."""
    for name in query:
        if name not in known:
            raise unknown_field(name, known)


def of_address(query: QueryParams, model: type, *others: str) -> Any:
    """The options that an address has, besides what is read elsewhere; several values can stand in one, parted by
    semicolons.

    Raises:
        UsageError: one is not known, cannot be read, or is out of range.
    """
    listed = on("rest", model)
    refuse_unknown(query, (*others, *listed))
    said = {name: ";".join(query.getlist(name)) if one.repeated else query.get(name) for name, one in listed.items()}
    return model(**given(said))


def _plain(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key != "x-surfaces"}


def _several(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _by_address(form: dict[str, Any], photos: Collection[str]) -> dict[str, Any]:
    """The same as JSON: files are addresses, and options that are files cannot be given."""
    schema = form["schema"]
    addresses = _several({"type": "string", "format": "uri"})
    options = {name: one for name, one in schema["properties"].items() if "binary" not in str(one)}
    return {"schema": schema | {"properties": options | dict.fromkeys(photos, addresses)}}

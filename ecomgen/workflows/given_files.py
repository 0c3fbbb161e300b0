"""The files that a request names beside its photos, looked at before any work is begun."""

from __future__ import annotations

from ecomgen import picture_file, references
from ecomgen.request import Request


def refuse_unreadable(request: Request) -> None:
    """Of pictures the header is read, masks are read whole.

    Raises:
        BadPhoto: a further product's photo, the backdrop or the picture of a style is missing or no usable picture.
        BadInput: a mask is missing or cannot be read.
    """
    for picture in (*(photo for one in request.with_ for photo in one.photos), request.backdrop, request.style):
        if picture is not None:
            references.refuse_unusable(picture)
    for mask in (request.mask, request.repair, *(one.mask for one in request.with_)):
        if mask is not None:
            picture_file.mask(mask)

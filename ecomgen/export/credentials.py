"""Content credentials: a C2PA manifest in a picture's file, signed, with the reference photos as its ingredients.

c2pa-python (MIT or Apache-2.0), the Content Authenticity Initiative's own library, writes and reads it. Nothing is sent
anywhere: there is no time stamp, since that would need a server.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecomgen.errors import BackendMissing, BadInput
from ecomgen.export.certificate import MISSING, Signing

if TYPE_CHECKING:
    from ecomgen.export.metadata import Provenance

TYPES = {
    "png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp", "avif": "image/avif", "tiff": "image/tiff"
}  # fmt: skip
PHOTO_TYPES = {f".{kind}": mime for kind, mime in TYPES.items()} | {
    ".jpg": "image/jpeg", ".tif": "image/tiff", ".heic": "image/heic", ".heif": "image/heif", ".gif": "image/gif"
}  # fmt: skip
SETTINGS = {"builder": {"thumbnail": {"enabled": False}}, "verify": {"remote_manifest_fetch": False}}


def sign(
    data: bytes, kind: str, provenance: Provenance, *, photos: Sequence[Path], title: str, signing: Signing
) -> bytes:
    """The file with a manifest inside: what made it, of which kind it is, and from which photos.

    Args:
        data: a finished PNG, JPEG, WebP, AVIF or TIFF file.
        kind: its format.
        photos: the reference photos; they are named "photo 1" and so on, and go in by their hash, without thumbnail. A
            photo of a format that C2PA does not know is left out.

    Raises:
        BackendMissing: the extra is not installed.
        BadInput: the format cannot carry a manifest, or the certificate is not fit to sign.
    """
    try:
        import c2pa
    except ImportError as error:
        raise BackendMissing(MISSING) from error
    if kind not in TYPES:
        raise BadInput("A {kind} file cannot carry content credentials: choose --format png or jpeg.", kind=kind)
    info = c2pa.C2paSignerInfo(getattr(c2pa.C2paSigningAlg, signing.algorithm), signing.chain, signing.key, None)
    output = io.BytesIO()
    try:
        context = c2pa.Context(c2pa.Settings.from_dict(SETTINGS))
        with c2pa.Signer.from_info(info) as signer, c2pa.Builder(_manifest(provenance, title), context) as builder:
            for number, photo in enumerate(photos, start=1):
                _add_ingredient(builder, photo, f"photo {number}")
            builder.sign(signer, TYPES[kind], io.BytesIO(data), output)
    except c2pa.C2paError as error:
        raise BadInput("The picture cannot be signed ({error}): check --certificate and --key.", error=error) from error
    return output.getvalue()


def read(data: bytes, kind: str) -> dict[str, Any] | None:
    """What a file's manifest says, as C2PA's own reader reports it; None where it has none.

    The state is "Valid" or "Trusted" where picture and signature belong together, "Invalid" where something was
    changed.

    Raises:
        BackendMissing: the extra is not installed.
        BadInput: the manifest is damaged.
    """
    try:
        import c2pa
    except ImportError as error:
        raise BackendMissing(MISSING) from error
    try:
        with c2pa.Reader(TYPES[kind], io.BytesIO(data)) as reader:
            return {"state": reader.get_validation_state(), **json.loads(reader.json())}
    except c2pa.C2paError as error:
        if "ManifestNotFound" in str(error) or "no JUMBF" in str(error):
            return None
        raise BadInput("The content credentials cannot be read ({error}).", error=error) from error


def _manifest(provenance: Provenance, title: str) -> dict[str, Any]:
    agent = {"name": "ecomgen", "version": provenance.version}
    created = {
        "action": "c2pa.created",
        "softwareAgent": agent,
        "digitalSourceType": provenance.source_type,
        "parameters": {"prompt": provenance.prompt, "seed": provenance.candidate["seed"], "model": provenance.model},
    }
    return {
        "claim_generator_info": [agent],
        "title": title,
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [created]}}],
    }


def _add_ingredient(builder: Any, photo: Path, title: str) -> None:
    """A photo as an ingredient; its own manifest, if it has one, comes along."""
    mime = PHOTO_TYPES.get(photo.suffix.lower())
    if mime is None:
        return
    facts = {"title": title, "relationship": "inputTo", "instance_id": hashlib.sha256(photo.read_bytes()).hexdigest()}
    with photo.open("rb") as file:
        builder.add_ingredient(json.dumps(facts), mime, file)

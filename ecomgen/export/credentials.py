"""Content credentials: a C2PA manifest in a picture's file, signed, with the reference photos as its ingredients.

c2pa-python (MIT or Apache-2.0), the Content Authenticity Initiative's own library, writes and reads it. Nothing is sent
anywhere: there is no time stamp, since that would need a server.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from ecomgen.atomic_file import write
from ecomgen.errors import BackendMissing, BadInput, CannotWrite
from ecomgen.export.metadata import Provenance
from ecomgen.options.reading import read_format
from ecomgen.record import file_hash
from ecomgen.types import Format

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

TAKEN = ("heic", "heif", "gif")  # formats of photos that C2PA knows, besides those that are written
SETTINGS = {"builder": {"thumbnail": {"enabled": False}}, "verify": {"remote_manifest_fetch": False}}
YEARS = 5
MISSING = 'Content credentials need an extra: run "pip install ecomgen[c2pa]".'


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
    if kind not in get_args(Format):
        raise BadInput("A {kind} file cannot carry content credentials: choose --format png or jpeg.", kind=kind)
    info = c2pa.C2paSignerInfo(getattr(c2pa.C2paSigningAlg, signing.algorithm), signing.chain, signing.key, None)
    output = io.BytesIO()
    try:
        context = c2pa.Context(c2pa.Settings.from_dict(SETTINGS))
        with c2pa.Signer.from_info(info) as signer, c2pa.Builder(_manifest(provenance, title), context) as builder:
            for number, photo in enumerate(photos, start=1):
                _add_ingredient(builder, photo, f"photo {number}")
            builder.sign(signer, f"image/{kind}", io.BytesIO(data), output)
    except c2pa.C2paError as error:
        raise BadInput("The picture cannot be signed ({error}): check --certificate and --key.", error=error) from error
    return output.getvalue()


def _manifest(provenance: Provenance, title: str) -> dict[str, Any]:
    agent = {"name": "ecomgen", "version": provenance.version}
    created = {
        "action": "c2pa.created",
        "softwareAgent": agent,
        "digitalSourceType": provenance.source_type,
        "parameters": {
            "prompt": provenance.record.prompt,
            "seed": provenance.candidate.seed,
            "model": provenance.record.pipeline,
        },
    }
    return {
        "claim_generator_info": [agent],
        "title": title,
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [created]}}],
    }


def _add_ingredient(builder: Any, photo: Path, title: str) -> None:
    """A photo as an ingredient; its own manifest, if it has one, comes along."""
    kind = read_format(photo.suffix.lower().removeprefix("."))
    if kind not in (*get_args(Format), *TAKEN):
        return
    facts = {"title": title, "relationship": "inputTo", "instance_id": file_hash(photo)}
    with photo.open("rb") as file:
        builder.add_ingredient(json.dumps(facts), f"image/{kind}", file)


@dataclass(frozen=True, kw_only=True)
class Signing:
    """A certificate chain, the signer's own first, and its private key, both PEM; and the algorithm that fits."""

    chain: bytes
    key: bytes
    algorithm: str  # a name of c2pa.C2paSigningAlg


def own(certificate: Path, key: Path) -> Signing:
    """The user's certificate chain and private key, PEM files.

    Raises:
        BackendMissing: the extra is not installed.
        BadInput: a file cannot be read, is no PEM, or holds a kind of key that C2PA does not know.
    """
    try:
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    except ImportError as error:
        raise BackendMissing(MISSING) from error
    try:
        chain, secret = certificate.read_bytes(), key.read_bytes()
        algorithm = _algorithm(load_pem_private_key(secret, password=None))
    except (OSError, ValueError, TypeError) as error:
        raise BadInput(
            "{certificate} and {key} do not sign: give a PEM chain and its plain key.",
            certificate=certificate.name,
            key=key.name,
        ) from error
    if b"BEGIN CERTIFICATE" not in chain:
        raise BadInput("{certificate} holds no certificate: give a PEM file.", certificate=certificate.name)
    return Signing(chain=chain, key=secret, algorithm=algorithm)


def self_made(folder: Path) -> Signing:
    """A certificate of this machine's own, made on first use and kept in `folder`, its key readable by its owner only.

    Raises:
        BackendMissing: the extra is not installed.
        CannotWrite: the folder cannot be written.
    """
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    try:
        if not (certificate.is_file() and key.is_file()):
            chain, secret = _make()
            folder.mkdir(parents=True, exist_ok=True)
            write(key, secret, private=True)
            certificate.write_bytes(chain)
    except ImportError as error:
        raise BackendMissing(MISSING) from error
    except OSError as error:
        raise CannotWrite(
            "{folder} cannot be written ({reason}): set ECOMGEN_HOME.", folder=folder, reason=error.strerror
        ) from error
    return own(certificate, key)


def _make() -> tuple[bytes, bytes]:
    """A chain of two (C2PA refuses a signer that vouches for itself), and the signer's key. The root's key is not kept:
    nothing else is ever to be signed with it."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate("ecomgen, self-made root", root_key, None, root_key)
    leaf = _certificate("ecomgen, self-made", key, root, root_key)
    chain = leaf.public_bytes(Encoding.PEM) + root.public_bytes(Encoding.PEM)
    return chain, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _certificate(
    name: str, key: EllipticCurvePrivateKey, issuer: x509.Certificate | None, signer: EllipticCurvePrivateKey
) -> x509.Certificate:
    """A root where there is no issuer, else a signer's certificate as the C2PA specification wants it (14.5.1)."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    subject = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "ecomgen"), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )
    now, is_root = datetime.now(UTC), issuer is None
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=is_root), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if not is_root:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(signer, hashes.SHA256())


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _algorithm(key: object) -> str:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    if isinstance(key, ec.EllipticCurvePrivateKey):
        return {256: "ES256", 384: "ES384", 521: "ES512"}[key.curve.key_size]
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ED25519"
    if isinstance(key, rsa.RSAPrivateKey):
        return "PS256"
    raise ValueError("another kind of key")

"""What C2PA's own reader says of a file."""

from __future__ import annotations

import io
import json
from typing import Any

from ecomgen.errors import BadInput


def read(data: bytes, kind: str) -> dict[str, Any] | None:
    """The manifest and its state: "Valid" or "Trusted" where picture and signature belong together, "Invalid" where
    something was changed; None where there is no manifest."""
    import c2pa

    try:
        with c2pa.Reader(f"image/{kind}", io.BytesIO(data)) as reader:
            return {"state": reader.get_validation_state(), **json.loads(reader.json())}
    except c2pa.C2paError as error:
        if "ManifestNotFound" in str(error) or "no JUMBF" in str(error):
            return None
        raise BadInput("The content credentials cannot be read ({error}).", error=error) from error

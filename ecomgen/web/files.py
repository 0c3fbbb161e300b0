"""Where the app keeps the files that come in and go out; they are cleaned away by their age."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from ecomgen.settings import settings

VARIABLE = "GRADIO_TEMP_DIR"  # in which Gradio looks for it


def uploads() -> Path:
    """The folder, which need not be there yet."""
    return Path(os.environ.get(VARIABLE, settings().cache / "uploads"))


def fresh_folder(kind: str) -> Path:
    """A folder of its own for one download."""
    uploads().mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f"{kind}-", dir=uploads()))


def zipped(kind: str, name: str, files: Mapping[str, Path | bytes]) -> Path:
    """Files by their names in a zip, in a folder of its own."""
    target = fresh_folder(kind) / name
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for inside, file in files.items():
            archive.writestr(inside, file) if isinstance(file, bytes) else archive.write(file, inside)
    return target

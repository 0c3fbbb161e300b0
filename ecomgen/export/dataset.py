"""Kept pictures as a training set, in the "imagefolder" layout that Hugging Face's datasets library reads.

DIR/train/metadata.jsonl     one line a picture: file_name, mask_file_name, reference_file_name, text, …
DIR/train/images/…png        the picture, without metadata
DIR/train/masks/…png         white where the product is
DIR/train/references/…png    the photo, upright, sRGB, without EXIF, once for all pictures made from it
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from ecomgen import picture_file
from ecomgen.atomic_file import write_atomically
from ecomgen.errors import BadInput
from ecomgen.export.files import encode
from ecomgen.record import CandidateEntry, RunRecord
from ecomgen.types import Pixels


class TrainingSet:
    """Adds runs to a training set; `close` writes its metadata.

    Args:
        folder: where to write.
        reference: the pixels (HxWx3) of the photo with a hash, or None where it is gone.
    """

    def __init__(self, folder: Path, reference: Callable[[str], Pixels | None]) -> None:
        self._folder = folder / "train"
        self._reference = reference
        self._lines: list[dict[str, Any]] = []
        self.skipped: list[str] = []  # pictures whose files are gone

    def __len__(self) -> int:
        return len(self._lines)

    def add(self, record: RunRecord, folder: Path) -> None:
        """The kept pictures of a run, each with its product's mask, its photo and what it was made with."""
        product = picture_file.pixels_if_there(folder / "product.png", "RGBA") if record.kept else None
        for entry in record.kept:
            picture = picture_file.pixels_if_there(folder / entry.path)
            if picture is None or product is None or product.shape[:2] != picture.shape[:2]:
                self.skipped.append(str(folder / entry.path))
                continue
            self._put(record, entry, picture, product)

    def close(self) -> Path:
        """Write metadata.jsonl; returns its path.

        Raises:
            BadInput: no picture was added.
        """
        if not self._lines:
            raise BadInput("No picture of these runs was kept, so there is nothing to train on: choose other runs.")
        target = self._folder / "metadata.jsonl"
        lines = [json.dumps(line, ensure_ascii=False) for line in self._lines]
        write_atomically(target, ("\n".join(lines) + "\n").encode("utf-8"))
        return target

    def _put(self, record: RunRecord, entry: CandidateEntry, picture: Pixels, product: Pixels) -> None:
        name = f"{record.run_id}-{entry.seed}.png"
        kept = product[..., 3] >= 128
        shown = ~kept if record.parameters.mode == "replace" else kept  # there the surroundings are kept
        mask = shown.astype(np.uint8) * 255
        write_atomically(self._folder / "images" / name, encode(picture, "png"))
        write_atomically(self._folder / "masks" / name, encode(mask, "png"))
        self._lines.append(
            {
                "file_name": f"images/{name}",
                "mask_file_name": f"masks/{name}",
                "reference_file_name": self._photo(record.references[record.hero].sha256),
                "text": caption(record),
                "run_id": record.run_id,
                "pipeline": record.pipeline,
                "seed": entry.seed,
                "identity": entry.scores.identity,
                "overall": entry.scores.overall,
                "parameters": json.dumps(record.parameters.as_json(), ensure_ascii=False),
            }
        )

    def _photo(self, sha256: str) -> str | None:
        name = f"references/{sha256[:32]}.png"
        if not (self._folder / name).exists():
            pixels = self._reference(sha256)
            if pixels is None:
                return None
            write_atomically(self._folder / name, encode(pixels, "png"))
        return name


def caption(record: RunRecord) -> str:
    """What the picture shows, in words: the product, where it was named, and the prompt."""
    product = record.parameters.product.strip()
    prompt = " ".join(record.prompt.split())
    return prompt if not product or product.lower() in prompt.lower() else f"{product} {prompt}"

"""The maskers, one file each: a photo and what is known of it come in, `Proposals` go out.

Each has `propose(reference, request, report)`. A new masker is a new file here and its name in `Masker`.
"""

from __future__ import annotations

from typing import get_args

from ecomgen.types import Masker

MASKERS: tuple[str, ...] = tuple(name for name in get_args(Masker) if name != "auto")

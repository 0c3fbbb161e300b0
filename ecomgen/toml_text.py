"""Values as TOML writes them, for files that people may go on to write themselves; Python reads TOML only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def written(value: Any) -> str:
    """A value as it stands behind a key; a mapping is a table on one line."""
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{name} = {written(one)}' for name, one in value.items())} }}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(written, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")  # of these values TOML writes as JSON does

"""Calls programs' routes through the doors, as from this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.testclient import TestClient

from ecomgen.web.rest.app import routes
from ecomgen.web.security.doors import around

HERE = ("127.0.0.1", 50000)
QUICK = {"prompt": "on marble", "size": "64x64", "count": "2", "seed": "3", "threshold": "0", "steps": "1"}


@contextmanager
def calling(address: tuple[str, int] = HERE, **headers: str) -> Iterator[TestClient]:
    """Programs' routes behind the doors, called from an address."""
    app = Starlette(lifespan=around("127.0.0.1", routes()))
    app.cookie_id, app.tokens = "x", {}  # type: ignore[attr-defined]
    with TestClient(app, base_url="http://127.0.0.1", client=address, headers=headers) as client:
        yield client


def files(photo: Path, name: str = "photos") -> list[tuple[str, Any]]:
    return [(name, (photo.name, photo.read_bytes(), "image/png"))]

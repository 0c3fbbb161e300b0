"""How events of the screen are connected: nothing of them is part of the public API, nothing covers what is shown."""

from __future__ import annotations

from typing import Any

PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
SWIFT: dict[str, Any] = PRIVATE | {"queue": False}  # answered at once, also while others wait


def scroll_to(place: str) -> str:
    """A script for an event: where the page is one column, bring `place` into view; beside others, show its top."""
    return (
        f"() => {{ const place = document.querySelector('{place}');"
        " if (innerWidth < 1000) place.scrollIntoView({behavior: 'smooth'}); else place.scrollTop = 0; }"
    )

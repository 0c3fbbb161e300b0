"""How much may come in: a visitor's uploads in the time that they are kept, those of all, and wrong passwords."""

from __future__ import annotations

import time
from collections import deque
from ipaddress import ip_address, ip_network

from cachetools import TTLCache

from ecomgen import disk_cache
from ecomgen.settings import settings
from ecomgen.web.files import uploads

GIB = 2**30
SPARE = GIB  # bytes of the disk that are left to the rest of the machine
LOOK = 20  # seconds between two looks at the folder
TRIES = 10  # wrong ones in a row, from one address
REST = 300  # seconds without a try, after which all is forgotten
ADDRESSES = 100_000  # that are remembered at a time


class Budget:
    """What came in from whom."""

    def __init__(self) -> None:
        self._came: dict[str, deque[tuple[float, int]]] = {}
        self._looked, self._held = 0.0, 0

    def left(self, who: str) -> int:
        """Bytes that may still come from somebody."""
        kept = settings()
        own = kept.uploads_gib_per_person * GIB - sum(size for _, size in self._recent(who))
        spare = disk_cache.free_beside(uploads()) - SPARE
        return int(max(0, min(own, kept.uploads_gib * GIB - self._on_disk(), spare)))

    def add(self, who: str, size: int) -> None:
        """Note that so many bytes came in."""
        self._came.setdefault(who, deque()).append((time.monotonic(), size))
        self._held += size

    def _recent(self, who: str) -> deque[tuple[float, int]]:
        began = time.monotonic() - settings().uploads_hours * 3600
        for one in [one for one, came in self._came.items() if not came or came[-1][0] < began]:
            del self._came[one]
        came = self._came.get(who, deque())
        while came and came[0][0] < began:
            came.popleft()
        return came

    def _on_disk(self) -> int:
        if time.monotonic() - self._looked > LOOK:
            self._looked, self._held = time.monotonic(), disk_cache.size_of(uploads())
        return self._held


class Attempts:
    """Counts wrong passwords by the address that they come from; one that is being checked counts as wrong so far."""

    def __init__(self) -> None:
        self._wrong = TTLCache[str, int, float](maxsize=ADDRESSES, ttl=REST)

    def begin(self, address: str) -> bool:
        """Whether a password from there is looked at."""
        tried = self._wrong.get(network(address), 0)
        if tried >= TRIES:
            return False
        self._wrong[network(address)] = tried + 1
        return True

    def succeed(self, address: str) -> None:
        """It was the right one; wrong ones before it stay counted, for they may have been for somebody else's name."""
        self._wrong[network(address)] = max(0, self._wrong.get(network(address), 1) - 1)


def network(address: str) -> str:
    """Whom an address belongs to: itself, or of IPv6 the network, for a household has 2⁶⁴ of those."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else address

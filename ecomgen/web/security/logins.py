"""How often somebody may try a password."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from cachetools import TTLCache

TRIES = 10  # wrong ones in a row, from one address
REST = 300  # seconds without a try, after which all is forgotten
ADDRESSES = 100_000  # that are remembered at a time


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

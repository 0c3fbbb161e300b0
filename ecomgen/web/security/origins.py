"""Who asks: by which name the app was called, and which requests another website sent.

A website whose name was pointed at this machine (DNS rebinding) is none of its names. A browser tells where each
request comes from, and programs do not pretend.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ecomgen.outbound import fits
from ecomgen.settings import settings

if TYPE_CHECKING:
    from starlette.datastructures import Headers


OURS = ("same-origin", "none")  # of Sec-Fetch-Site: the app's own page, or somebody who typed the address
EVERY_ADDRESS = ("0.0.0.0", "::", "")


def is_foreign(method: str, headers: Headers, hosts: Hosts) -> bool:
    """Whether another website asks in somebody's name, other than by a link that they followed."""
    site = headers.get("sec-fetch-site")
    if site is None:
        return not _from_here(headers, hosts)
    return site not in OURS and not _is_link(method, headers)


def _is_link(method: str, headers: Headers) -> bool:
    """Whether a page is opened, in a window of its own or in one that may hold the app."""
    windows = ("document", "iframe") if settings().frame_ancestors else ("document",)
    opened = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") in windows
    return opened and method in ("GET", "HEAD")


def _from_here(headers: Headers, hosts: Hosts) -> bool:
    """What a browser says that does not tell the site, or a program: no origin, ours, or the name of our proxy."""
    origin = headers.get("origin")
    if origin is None:
        return True
    ours = (headers.get("host", ""), headers.get("x-forwarded-host", "").split(",")[0].strip())
    return origin.partition("://")[2].lower() in [one.lower() for one in ours if one] or hosts.chosen(host_name(origin))


@dataclass(frozen=True)
class Hosts:
    """The names of an app that listens on `bound`."""

    bound: str

    def answers_to(self, host: str) -> bool:
        """Whether the value of a Host header, a name or an address with or without a port, is one of the app's."""
        name = host_name(host)
        address = _address(name)
        if is_loopback(name) or self.chosen(name):
            return True
        if not name or is_loopback(self.bound):
            return False
        if self.bound in EVERY_ADDRESS:  # a browser that was given an address came for that machine, by whatever way
            return address is not None or name in _own_names()
        return name == host_name(_in_header(self.bound)) or name in _own_names()

    def chosen(self, name: str) -> bool:
        """Whether somebody allowed the name on purpose: by `ECOMGEN_ALLOWED_HOSTS`, or by the app's public address."""
        public = urlsplit(os.environ.get("GRADIO_ROOT_PATH", "")).hostname
        allowed = (*settings().allowed_hosts, public)
        return bool(name) and any(one and fits(name, one.lower()) for one in allowed)


def host_name(host: str) -> str:
    """The name or address of a Host header or an origin, in lower case; nothing where it is none."""
    try:
        return (urlsplit(host if "://" in host else f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_loopback(name: str) -> bool:
    """Whether a name or an address is this machine, for this machine only."""
    address = _address(name)
    return name == "localhost" or (address is not None and address.is_loopback)


def _own_names() -> frozenset[str]:
    name = socket.gethostname().lower()
    return frozenset((name, f"{name}.local", name.partition(".")[0]))


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None


def _in_header(name: str) -> str:
    return f"[{name}]" if ":" in name else name

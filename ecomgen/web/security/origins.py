"""Which requests another website sent: a browser tells where each comes from, and programs do not pretend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.settings import settings
from ecomgen.web.security.hosts import Hosts, host_name

if TYPE_CHECKING:
    from starlette.datastructures import Headers

OURS = ("same-origin", "none")  # of Sec-Fetch-Site: the app's own page, or somebody who typed the address


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

"""The one way out to addresses that somebody else has named: pictures of a feed or a request, and webhooks.

A host has to be allowed by its name. The name is looked up once, every address that it has is judged, and the
connection goes to one that was judged, so that no second answer of a name server leads elsewhere. A redirect is a new
address.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit

from ecomgen import disk_cache, picture_file
from ecomgen.atomic_file import write
from ecomgen.errors import BadPhoto
from ecomgen.messages import Message
from ecomgen.settings import settings

if TYPE_CHECKING:
    import httpcore

MIB = 2**20
REDIRECTS = 5
CONNECT, READ, WHOLE = 10.0, 15.0, 90.0  # seconds to connect, for the next bytes, for the whole answer
PORTS = {"https": 443, "http": 80}
MOVED = (301, 302, 303, 307, 308)
AGENT = b"ecomgen"
SIGNS = "/%:@!$&'()*+,;=~"  # that stand for themselves in an address
IN_WORK = 900.0  # seconds after its last use for which a fetched picture stays, whatever the limit
TUNNELS = tuple(  # IPv6 that may lead to an IPv4 of any network, or is a site's own
    ip_network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "fec0::/10")
)
RESERVED = ip_network("192.0.0.0/24")


class Refused(BadPhoto):
    """An address that nothing may be sent to."""


@dataclass(frozen=True)
class Url:
    """An address, taken apart; `target` is path and query as they are sent."""

    scheme: str
    host: str
    port: int
    target: str

    def __str__(self) -> str:
        """As it may be told: a query can hold a secret."""
        return f"{self.scheme}://{_authority(self)}{self.target.partition('?')[0]}"


@dataclass(frozen=True)
class Answer:
    """What a server said; headers in lower case."""

    status: int
    headers: Mapping[str, str]
    data: bytes


def is_address(text: str) -> bool:
    """Whether a text is an address rather than a file's name."""
    return "://" in text[:12]


def told(url: str) -> str:
    """An address as it may be shown: without a name, a password or a signature."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def fits(name: str, allowed: str) -> bool:
    """Whether a host's name is one that was allowed: itself, `*.example.com` for all below, `*` for every."""
    return allowed in ("*", name) or (allowed.startswith("*.") and name.endswith(allowed[1:]))


def cached_picture(url: str) -> Path:
    """A picture by its address, as a file named by its content; it is asked for again only where it has changed.

    Raises:
        BadPhoto: it may not or cannot be fetched, or is no picture.
    """
    folder = settings().cache / "fetched"
    index = folder / f"{hashlib.sha256(url.encode()).hexdigest()}.json"
    known = _known(index)
    validators = {"etag": "if-none-match", "last-modified": "if-modified-since"}
    ask = {header: known[name] for name, header in validators.items() if name in known}
    answer = get(url, ask)
    if answer.status == 304:
        for used in (index, folder / known["file"]):
            os.utime(used)
        return folder / known["file"]
    file = keep_picture(url, answer, folder)
    facts = {name: answer.headers[name] for name in validators if name in answer.headers} | {"file": file.name}
    os.utime(file)
    index.write_text(json.dumps(facts), "utf-8")
    leave_room(folder)
    return file


def leave_room(folder: Path) -> None:
    """Keep what was fetched into a folder within its bound."""
    disk_cache.leave_room(folder, settings().fetch_cache_gib * 1024 * MIB, IN_WORK)


def keep_picture(url: str, answer: Answer, folder: Path) -> Path:
    """Put a picture that was fetched into a folder.

    Raises:
        BadPhoto: it is no picture.
    """
    name = Path(urlsplit(url).path).name or "picture"
    kind = (picture_file.opened(answer.data, name).format or "").lower()
    file = folder / f"{hashlib.sha256(answer.data).hexdigest()}.{ {'jpeg': 'jpg', 'mpo': 'jpg'}.get(kind, kind) }"
    if not file.exists():
        write(file, answer.data)
    return file


def get(url: str, headers: Mapping[str, str] | None = None) -> Answer:
    """What is at an address; redirects are followed, each judged as if it had been given.

    Raises:
        BadPhoto: it may not be fetched, is too large, or the server does not answer with 200, or with 304 if asked to.
    """
    place, allowed = placed(url), settings().fetch_hosts
    for _ in range(REDIRECTS + 1):
        answer = _exchanged("GET", place, headers or {}, b"", allowed)
        if answer.status == 200 or (answer.status == 304 and headers):
            return answer
        if answer.status not in MOVED or "location" not in answer.headers:
            raise _unfetched(place, Message("status {status}", status=answer.status))
        place = placed(urljoin(f"{place.scheme}://{_authority(place)}{place.target}", answer.headers["location"]))
    raise _unfetched(place, Message("too many redirects"))


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Send something to an address; returns the status. Redirects are not followed.

    Raises:
        BadPhoto: it may not be sent there, or the server does not answer.
    """
    return _exchanged("POST", placed(url), headers, body, settings().webhook_hosts).status


def placed(url: str) -> Url:
    """An address, taken apart.

    Raises:
        Refused: it is none, or not http or https, or holds a name and password.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii")
        port = parts.port or PORTS.get(parts.scheme, 0)
    except (ValueError, UnicodeError):
        parts, host, port = urlsplit(""), "", 0
    if parts.scheme not in PORTS or not host or "@" in parts.netloc:
        raise Refused(Message("{url} is no address that can be fetched: give one that begins with https://.", url=url))
    target = quote(parts.path or "/", safe=SIGNS) + (f"?{quote(parts.query, safe=SIGNS + '?')}" if parts.query else "")
    return Url(parts.scheme, host, port, target)


def judged(place: Url, allowed: tuple[str, ...]) -> str:
    """The address that a place's name stands for now.

    Raises:
        Refused: the name is not allowed, or leads into a private network.
        BadPhoto: the name is not known.
    """
    if not any(fits(place.host, one.lower()) for one in allowed):
        raise Refused(
            Message(
                "{host} is not among the hosts that are allowed: add it to ECOMGEN_FETCH_HOSTS for pictures, or to "
                "ECOMGEN_WEBHOOK_HOSTS for webhooks.",
                host=place.host,
            )
        )
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _unfetched(place, error) from error
    addresses = [str(one[4][0]).partition("%")[0] for one in found]
    if not addresses or not all(is_public(ip_address(one)) for one in addresses):
        raise Refused(Message("{host} is in a private network, into which nothing is sent.", host=place.host))
    return addresses[0]


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the Internet; the loopback counts where a setting says so, for tests."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if any(address in one for one in TUNNELS):
            return False
    if address.is_loopback:
        return settings().fetch_loopback
    return address.is_global and not address.is_multicast and not (address.version == 4 and address in RESERVED)


def _exchanged(method: str, place: Url, headers: Mapping[str, str], body: bytes, allowed: tuple[str, ...]) -> Answer:
    """One request, and its whole answer."""
    import httpcore

    address, until = judged(place, allowed), time.monotonic() + WHOLE
    sent = [(b"host", _authority(place).encode()), (b"user-agent", AGENT), (b"accept-encoding", b"identity")]
    sent += [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]
    if body:
        sent.append((b"content-length", str(len(body)).encode()))
    timeouts = {"connect": CONNECT, "read": READ, "write": READ, "pool": CONNECT}
    url = httpcore.URL(scheme=place.scheme, host=place.host, port=place.port, target=place.target)
    with _told(place), httpcore.ConnectionPool(network_backend=_backend(address, until)) as pool:
        with pool.stream(method, url, headers=sent, content=body or None, extensions={"timeout": timeouts}) as answer:
            found = {name.decode("latin-1").lower(): text.decode("latin-1") for name, text in answer.headers}
            wanted = method == "GET" and answer.status == 200
            data = _within(place, answer.iter_stream(), found) if wanted else b""
        return Answer(status=answer.status, headers=found, data=data)


def _within(place: Url, parts: Any, headers: Mapping[str, str]) -> bytes:
    """The body, as long as it is no larger than it may be, whatever the server says of it."""
    most = int(settings().fetch_mib * MIB)
    told, data = headers.get("content-length", ""), bytearray()
    too_large = told.isdecimal() and int(told[:18]) > most
    for part in () if too_large else parts:
        data += part
        too_large = len(data) > most
        if too_large:
            break
    if too_large:
        raise BadPhoto(
            "{url} is larger than {most} MiB: give a smaller picture, or raise ECOMGEN_FETCH_MIB.",
            url=place,
            most=settings().fetch_mib,
        )
    return bytes(data)


@contextmanager
def _told(place: Url) -> Iterator[None]:
    """Whatever goes wrong on the line is one sentence."""
    import httpcore

    kinds = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError)
    try:
        yield
    except kinds as error:
        raise _unfetched(place, str(error) or type(error).__name__) from error


def _backend(address: str, until: float) -> httpcore.NetworkBackend:
    """Connects to one address only, whatever the name says by now, and has no more time than until then."""
    import httpcore

    class Stream(httpcore.NetworkStream):
        def __init__(self, inner: httpcore.NetworkStream) -> None:
            self._inner = inner

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            return self._inner.read(max_bytes, _left(until, timeout))

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            self._inner.write(buffer, _left(until, timeout))

        def close(self) -> None:
            self._inner.close()

        def start_tls(self, *args: Any, **options: Any) -> httpcore.NetworkStream:
            return Stream(self._inner.start_tls(*args, **options))

        def get_extra_info(self, info: str) -> Any:
            return self._inner.get_extra_info(info)

    class Backend(httpcore.SyncBackend):
        def connect_tcp(self, host: str, *args: Any, **options: Any) -> httpcore.NetworkStream:  # noqa: ARG002
            return Stream(super().connect_tcp(address, *args, **options))

    return Backend()


def _left(until: float, timeout: float | None) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return min(left, timeout or left)


def _authority(place: Url) -> str:
    name = f"[{place.host}]" if ":" in place.host else place.host
    return name if place.port == PORTS[place.scheme] else f"{name}:{place.port}"


def _unfetched(place: Url, reason: object) -> BadPhoto:
    return BadPhoto("{url} cannot be fetched ({reason}): check the address.", url=place, reason=reason)


def _known(index: Path) -> dict[str, str]:
    """What is known of an address, where its file is still there."""
    facts = disk_cache.read_json(index) or {}
    return facts if (index.parent / str(facts.get("file"))).is_file() else {}

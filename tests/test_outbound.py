"""What goes out to addresses that somebody else has named: where it may go, and what may come back."""

from __future__ import annotations

import os
import socket
import time
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from small_web import Web, picture_bytes

from ecomgen import outbound
from ecomgen.errors import BadPhoto
from ecomgen.settings import settings


def kept_bytes() -> int:
    return sum(file.stat().st_size for file in (settings().cache / "fetched").iterdir())


def test_a_picture_is_kept_by_its_content_and_asked_for_only_where_it_changed(web: Web) -> None:
    url = web.serve("/a.png", picture_bytes(), etag='"1"')
    file = outbound.cached_picture(url)
    assert file.read_bytes() == picture_bytes() and file.suffix == ".png"

    def unchanged(handler: Any) -> None:
        assert handler.headers["if-none-match"] == '"1"'
        handler.send_response(304)
        handler.end_headers()

    web.pages["/a.png"] = unchanged
    assert outbound.cached_picture(url) == file and len(web.seen) == 2
    web.serve("/a.png", picture_bytes("blue"), etag='"2"')
    assert outbound.cached_picture(url) != file
    assert outbound.cached_picture(web.serve("/same.png", picture_bytes())) == file


def test_a_server_that_says_unchanged_of_what_nobody_has_is_told(web: Web) -> None:
    def unchanged(handler: Any) -> None:
        handler.send_response(304)
        handler.end_headers()

    url = web.serve("/new.png", picture_bytes())
    web.pages["/new.png"] = unchanged
    with pytest.raises(BadPhoto, match="status 304"):
        outbound.cached_picture(url)


def test_pictures_used_longest_ago_leave_room(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    def used(file: Path, hours: float) -> Path:
        os.utime(file, (time.time() - 3600 * hours,) * 2)
        return file

    colours = ("red", "green", "blue", "yellow")
    oldest, used_again, recent, last = (
        web.serve(f"/{name}.png", picture_bytes(name, 700), etag=name) for name in colours
    )
    first, second = used(outbound.cached_picture(oldest), 9), used(outbound.cached_picture(used_again), 8)

    def unchanged(handler: Any) -> None:
        handler.send_response(304)
        handler.end_headers()

    web.pages["/green.png"] = unchanged
    assert outbound.cached_picture(used_again) == second
    third = used(outbound.cached_picture(recent), 7)
    whole = kept_bytes()
    monkeypatch.setenv("ECOMGEN_FETCH_CACHE_GIB", str((whole + 1000) / 2**30))
    outbound.cached_picture(last)
    assert [file.exists() for file in (first, second, third)] == [False, True, True]
    assert kept_bytes() <= whole + 1000
    assert outbound.cached_picture(oldest) == first, "it is fetched again"


def test_this_machine_is_not_asked_unless_a_setting_says_so(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ECOMGEN_FETCH_LOOPBACK")
    monkeypatch.setenv("ECOMGEN_FETCH_HOSTS", "*")
    web.serve("/a.png", picture_bytes())
    for host in (
        "127.0.0.1",
        "localhost",
        "127.1",
        "0x7f000001",
        "2130706433",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
    ):
        with pytest.raises(BadPhoto, match=r"private network|cannot be fetched"):
            outbound.get(web.at("/a.png", host))
    assert not web.seen


@pytest.mark.parametrize("allowed", ["", "example.com", "*.example.com", "127.0.0.2"])
def test_a_host_that_nobody_allowed_is_not_asked(web: Web, monkeypatch: pytest.MonkeyPatch, allowed: str) -> None:
    monkeypatch.setenv("ECOMGEN_FETCH_HOSTS", allowed)
    with pytest.raises(BadPhoto, match="ECOMGEN_FETCH_HOSTS"):
        outbound.get(web.serve("/a.png", picture_bytes()))
    assert not web.seen


@pytest.mark.parametrize(
    "address",
    [
        *(
            "10.0.0.1",
            "172.16.3.4",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "192.0.0.8",
            "224.0.0.1",
        ),
        *("240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "::ffff:10.0.0.1"),
        *("64:ff9b::a9fe:a9fe", "2002:7f00:1::", "::ffff:169.254.169.254"),
    ],
)
def test_addresses_of_private_networks(address: str) -> None:
    assert not outbound.is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_of_the_internet(address: str) -> None:
    assert outbound.is_public(ip_address(address))


def answering(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let a name server give these answers, one after the other; returns the names that it is asked for."""
    asked: list[str] = []
    left = list(answers)

    real = socket.getaddrinfo

    def lookup(name: str, port: int, *rest: Any, **options: Any) -> list[Any]:
        if name.replace(".", "").isdecimal():  # an address, which is looked up nowhere
            return real(name, port, *rest, **options)
        asked.append(name)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in left.pop(0)]

    monkeypatch.setattr(outbound.socket, "getaddrinfo", lookup)
    return asked


def test_a_name_that_leads_into_a_private_network_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOMGEN_FETCH_HOSTS", "*.shop.example")
    for answer in (["10.0.0.7"], ["93.184.215.14", "169.254.169.254"], []):
        answering(monkeypatch, answer)
        with pytest.raises(BadPhoto, match="private network"):
            outbound.get("http://cdn.shop.example/a.png")


def test_the_connection_goes_to_the_address_that_was_judged(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOMGEN_FETCH_HOSTS", "cdn.shop.example")
    web.serve("/a.png", picture_bytes())
    asked = answering(monkeypatch, ["127.0.0.1"])
    assert outbound.get(web.at("/a.png", "cdn.shop.example")).status == 200
    assert asked == ["cdn.shop.example"] and web.seen == [("/a.png", f"cdn.shop.example:{web.port}")]


def test_a_redirect_is_judged_as_if_it_had_been_given(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    web.serve("/a.png", picture_bytes())
    assert outbound.get(web.serve("/there", b"", 302, location="/a.png")).data == picture_bytes()
    for place in ("http://169.254.169.254/latest", "file:///etc/passwd", web.at("/a.png", "localhost"), "gopher://x/"):
        with pytest.raises(outbound.Refused):
            outbound.get(web.serve("/away", b"", 302, location=place))
    monkeypatch.setenv("ECOMGEN_FETCH_HOSTS", "*")
    with pytest.raises(outbound.Refused, match="private network"):
        outbound.get(web.serve("/away", b"", 307, location="http://10.0.0.1/"))
    with pytest.raises(BadPhoto, match="too many redirects"):
        outbound.get(web.serve("/loop", b"", 301, location="/loop"))


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "ftp://127.0.0.1/a.png", "http://", "http:///a.png", "http://a:b@127.0.0.1/a.png"),
        *("http://[::1", "http://127.0.0.1:99999/a.png", "data:image/png;base64,AA", "//127.0.0.1/a.png"),
    ],
)
def test_what_is_no_address_of_the_web(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("ECOMGEN_FETCH_HOSTS", "*")
    with pytest.raises(outbound.Refused, match="https://"):
        outbound.get(url)


def test_a_large_answer_is_left(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOMGEN_FETCH_MIB", "0.1")
    with pytest.raises(BadPhoto, match="larger than"):
        outbound.get(web.serve("/told", b"x" * 300_000))

    sent = []

    def endless(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            sent.append(handler.wfile.write(b"x" * 65536))

    web.pages["/untold"] = endless
    with pytest.raises(BadPhoto, match="larger than"):
        outbound.get(web.at("/untold"))
    assert len(sent) < 1000


def test_a_slow_answer_is_left(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "WHOLE", 0.6)
    sent = []

    def trickling(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("content-length", "1000")
        handler.end_headers()
        for _ in range(1000):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            sent.append(b"x")
            time.sleep(0.1)

    web.pages["/slow"] = trickling
    with pytest.raises(BadPhoto, match="cannot be fetched"):
        outbound.get(web.at("/slow"))
    assert len(sent) < 500


def test_what_is_no_picture_or_not_there_is_a_sentence_without_the_query(web: Web) -> None:
    with pytest.raises(BadPhoto, match="not a photo"):
        outbound.cached_picture(web.serve("/page.png", b"<html>"))
    with pytest.raises(BadPhoto, match="404") as told:
        outbound.get(web.serve("/gone", b"", 404) + "?signature=secret")
    assert "secret" not in str(told.value)
    with pytest.raises(BadPhoto, match="cannot be fetched"):
        outbound.get("http://127.0.0.1:1/a.png")

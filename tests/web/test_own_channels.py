"""Channels of one's own are saved in Setup, in the file that the command line reads; what else it says stays."""

from __future__ import annotations

from typing import Any

import pytest

from ecomgen import channels
from ecomgen.errors import BadInput
from ecomgen.web import locale
from ecomgen.web.people import access
from ecomgen.web.people.access import Person
from ecomgen.web.tabs import own_channels

ME, STRANGER = (Person(name="visitor:me", private_machine=private) for private in (True, False))
BY_HAND = '# ours\n[stamp]\nwidth = 96\nheight = 128 # tall\naccepts = ["png"]\n\n[story]\nmax_bytes = 4_000_000\n'


@pytest.fixture(autouse=True)
def me(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "person", lambda _: ME)


def keep(name: str = "", **told: Any) -> Any:
    said = {"title": "Our shop", "size": "1200x1600", "kind": "webp", "fill": 0.8, "ground": "#F5F5F5"} | told
    return own_channels.keep(None, name, *said.values())  # type: ignore[arg-type]


def written(text: str) -> None:
    channels.own_file().parent.mkdir(parents=True, exist_ok=True)
    channels.own_file().write_text(text, "utf-8")


def test_what_is_saved_is_a_channel_and_comes_back_into_the_form() -> None:
    chosen = keep()[0]
    assert chosen["value"] == "our-shop" and ("Our shop", "our-shop") in chosen["choices"]
    ours = channels.get("our-shop")
    assert (ours.width, ours.height, ours.format, ours.fill) == (1200, 1600, "webp", 0.8)
    assert ours.accepts == ("webp",) and ours.background == (245, 245, 245)
    assert own_channels.held_of("our-shop")[:5] == ["Our shop", "1200x1600", "webp", 0.8, "#F5F5F5"]


def test_what_else_the_file_says_stays_as_it_is_written() -> None:
    written(BY_HAND)
    keep()
    assert channels.own_file().read_text("utf-8").startswith(BY_HAND.rstrip())
    keep("stamp", title="Stamps", size="96x128", kind="jpeg", ground="")
    assert channels.get("stamp").title == "Stamps" and channels.get("stamp").background is None
    assert channels.get("stamp").accepts == ("jpeg",), "it accepts the format that is made for it"
    assert channels.get("story").max_bytes == 4_000_000 and channels.get("our-shop").width == 1200
    own_channels.remove(None, "our-shop")  # type: ignore[arg-type]
    assert [one.name for one in channels.own()] == ["stamp"] and channels.get("story").max_bytes == 4_000_000


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"size": ""}, locale.OWN_CHANNEL_SIZELESS),
        ({"size": "20x1600"}, "from 64 to 8192"),
        ({"size": "large"}, "is not a size"),
        ({"ground": "white"}, "is not a colour"),
        ({"title": "!"}, locale.LOOK_NAMELESS),
        ({"title": "Story"}, "another name"),
        ({"fill": 7}, "fill"),
    ],
)
def test_what_is_wrong_is_told_and_not_saved(told: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Exception) as raised:
        keep(**told)
    assert sentence in str(raised.value)
    assert not channels.own_file().exists()


def test_a_table_that_is_written_otherwise_is_left_alone() -> None:
    written("stamp.width = 96\nstamp.height = 128\n")
    with pytest.raises(BadInput, match="another way"):
        channels.own_text("stamp", None)


def test_a_stranger_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "person", lambda _: STRANGER)
    with pytest.raises(Exception, match="after a login"):
        keep()
    assert not channels.own_file().exists()

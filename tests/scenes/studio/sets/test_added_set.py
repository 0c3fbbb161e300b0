"""A set is added by one file: its words, what it suits and how it is built are all told there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError
from shots import shot

from ecomgen.scenes.studio import sets
from ecomgen.scenes.studio.adaptation import adapted
from ecomgen.scenes.studio.declarations.sets import FOLDERS, declared
from ecomgen.scenes.studio.prompt import meanings, parse, parser, tokens, wish_for

VINERY = """
title = "A vinery: tiles, lemons, trees behind."
words = ["vinery", "winter garden"]
mood = "fresh"
rank = 3
second = { background = "trees" }

[suits]
weather = ["foggy"]

[landscape]
grounds = ["paving"]
layers = ["hedge", { chance = 0.5, of = ["palms", "trees"] }]
props = [["lemons", "oranges"]]

[[variants]]
when = { season = "autumn" }
change = { grounds = ["leaves"] }
"""


READ = (declared, meanings.meanings, tokens._known, tokens._single_words, tokens._mended, parser._wish)


@pytest.fixture
def add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], Path]]:
    """Adds a set by its name and text; it is gone after the test."""

    def added(name: str, text: str) -> Path:
        path = tmp_path / f"{name}.toml"
        path.write_text(text)
        _read_anew()
        return path

    monkeypatch.setattr("ecomgen.scenes.studio.declarations.sets.FOLDERS", [*FOLDERS, tmp_path])
    yield added
    _read_anew()


def _read_anew() -> None:
    for each in READ:
        each.cache_clear()


def test_one_file_adds_a_set(add: Callable[[str, str], Path]) -> None:
    assert "vinery" in parse("in a vinery").ignored
    add("vinery", VINERY)
    read = parse("in a vinery, soft light")
    assert (read.understood, read.scene["place"]) == (("vinery", "soft", "light"), "vinery")
    assert parse("vinery mood").scene["mood"] == ["fresh"]
    assert parse("on oak in a vinery in a kitchen").scene["place"] == "vinery"
    assert (parse("in a fog").scene["place"], parse("in the rain").scene["place"]) == ("vinery", "garden")
    taken = shot(wish_for("in a vinery"))
    stage = adapted(sets.build(taken), taken)
    assert stage.backdrop is not None and len(stage.things) > 1
    autumn = shot(wish_for("in a vinery in autumn"))
    assert len(sets.build(autumn).things) != len(stage.things)


@pytest.mark.parametrize(
    "text",
    [
        'title = "Nothing"\nwords = []',
        'title = "No module"\nwords = []\n[studio]',
        'title = "Unknown"\nwords = []\n[room]\nsurfaces = []\nwallpaper = "roses"',
        'title = "Odd variant"\nwords = []\n[room]\nsurfaces = []\n[[variants]]\nchange = { grounds = ["sand"] }',
    ],
)
def test_a_file_that_is_no_set_is_told(add: Callable[[str, str], Path], text: str) -> None:
    path = add("odd", text)
    with pytest.raises(ValidationError) as raised:
        declared()
    assert str(path) in "".join(raised.value.__notes__)

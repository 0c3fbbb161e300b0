"""Props as they are declared: all that one says of itself is so, and a new one needs nothing but its declaration."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from shots import shot

from ecomgen.scenes.studio import sets
from ecomgen.scenes.studio.declarations.sets import declared
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.prompt import meanings, parse, parser, tokens, wish_for
from ecomgen.scenes.studio.props import declaration, families
from ecomgen.scenes.studio.props.arrangement import chosen_props
from ecomgen.scenes.studio.props.declaration import props

SAMOVAR = """
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.primitives.shapes import ball
from ecomgen.scenes.studio.primitives.types import Material, Thing


@prop("samovar, tea urn", place="kitchen", companion="teapot", kind_of="cup", tinted=True)
def samovar(shot):
    return [Thing(ball(0.2), Material((0.7, 0.5, 0.2), metallic=1.0))]
"""
READ = (declaration.props, meanings.meanings, tokens._known, tokens._single_words, tokens._mended, parser._wish)


def test_what_props_name_is_there() -> None:
    for prop in props().values():
        assert prop.words, prop.name
        assert {*prop.kind_of, *filter(None, [prop.companion])} <= set(props()), prop.name
        assert prop.place in (*declared(), ""), prop.name
    ranks = sorted(prop.rank for prop in props().values() if prop.rank)
    assert ranks == list(range(1, len(ranks) + 1))


def test_a_phrase_means_one_prop() -> None:
    phrases = Counter(phrase for prop in props().values() for phrase in (*prop.words, *prop.plurals))
    assert [phrase for phrase, count in phrases.items() if count > 1] == []


@pytest.mark.parametrize("name", [name for name, prop in props().items() if prop.tinted])
def test_props_that_take_a_colour_take_it(name: str) -> None:
    made = props()[name].build(shot(Wish(prop_colour="#00ff00")))
    means = [np.reshape(thing.material.colour, (-1, 3)).mean(0) for thing in made]
    assert any(green > 0.5 and max(red, blue) < 0.1 for red, green, blue in means)


@pytest.fixture
def samovar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A prop more, declared in a file of a temporary folder."""
    (tmp_path / "samovars.py").write_text(SAMOVAR, "utf-8")
    monkeypatch.setattr(families, "__path__", [*families.__path__, str(tmp_path)])
    _read_anew()
    yield
    sys.modules.pop(f"{families.__name__}.samovars", None)
    monkeypatch.undo()
    _read_anew()


def _read_anew() -> None:
    for each in READ:
        each.cache_clear()


@pytest.mark.usefixtures("samovar")
def test_a_new_prop_is_one_file() -> None:
    understood = parse("a walnut tea urn")
    assert understood.scene == {
        "place": "kitchen",
        "painted": {"samovar": "#5f3f28"},
        "props": ["samovar"],
    }
    assert not understood.ignored
    assert wish_for("a samovar, a tea urn").props == ("samovar", "teapot")
    assert [prop.name for prop in chosen_props(wish_for("on oak, no cups"), ("samovar", "bowl"))] == ["bowl"]
    bare, dressed = (sets.build(shot(Wish(place="paper", props=wished))) for wished in ((), ("samovar",)))
    assert len(dressed.things) == len(bare.things) + 1


def test_a_prop_that_is_gone_is_unknown_again() -> None:
    assert "samovar" not in props()
    assert parse("a samovar").ignored == ("samovar",)


def test_prompts_are_read_without_a_renderer() -> None:
    code = (
        "import sys; from ecomgen.scenes.studio.prompt import parse; parse('lemons on oak');"
        "print({'mitsuba', 'cv2', 'scipy', 'torch'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"

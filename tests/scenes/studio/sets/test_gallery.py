"""The documentation's gallery shows every set, with the prompts that lead to it."""

from __future__ import annotations

import importlib.util
import itertools
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ecomgen.scenes.studio.declarations.sets import declared
from ecomgen.scenes.studio.prompt import parse, wish_for

DOCS = Path(__file__).parents[4] / "docs"


@pytest.fixture(scope="module")
def gallery() -> ModuleType:
    spec = importlib.util.spec_from_file_location("studio_gallery", DOCS / "studio_gallery.py")
    assert spec and spec.loader
    module = sys.modules["studio_gallery"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_prompts_shown_lead_to_their_sets(gallery: ModuleType) -> None:
    shown = [picture for chapter in gallery.SETS for picture in gallery.pictures()[chapter]]
    assert {picture.name for picture in shown} <= set(declared())
    assert [picture.prompt for picture in shown if wish_for(picture.prompt).place != picture.name] == []


def test_all_that_may_be_asked_for_is_understood(gallery: ModuleType) -> None:
    assert {prompt: parse(prompt).ignored for prompt in gallery.ASKED.values() if parse(prompt).ignored} == {}
    assert not set(gallery.ASKED) & set(declared())


def test_the_page_is_up_to_date_and_small(gallery: ModuleType) -> None:
    assert (DOCS / "studio.md").read_text("utf-8") == gallery.page(), "run: python docs/studio_gallery.py"
    files = [picture.file for picture in itertools.chain.from_iterable(gallery.pictures().values())]
    assert all(file.exists() for file in files)
    assert sum(file.stat().st_size for file in files) < 3_000_000

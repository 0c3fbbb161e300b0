"""The manifest: what ships, and what a user's own adds."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecomgen import models
from ecomgen.errors import BadInput, UsageError


def test_every_shipped_model_can_be_fetched_and_checked() -> None:
    known = models.entries()
    assert {"sam-vit-b", "sam-vit-l", "sam-vit-h", "clip-vit-b-32", "clip-vit-l-14", "dinov2-small"} <= known.keys()
    for one in known.values():
        assert one.licence and one.size_gib > 0
        assert one.repo or (one.url and (one.md5 or one.sha256)) or (one.sha256 and models.is_here(one.id))


def test_the_best_of_a_kind_comes_first_and_what_is_not_for_business_last() -> None:
    kinds: dict[str, list[float]] = {}
    refused: set[str] = set()
    for one in models.entries().values():
        if "non-commercial" in one.licence:
            refused.add(one.kind)
        else:
            assert one.kind not in refused
            kinds.setdefault(one.kind, []).append(one.size_gib)
    assert all(sizes == sorted(sizes, reverse=True) for sizes in kinds.values())


def test_a_users_manifest_adds_a_model(weights: Path) -> None:
    about = '[mine]\nkind = "sam"\ntitle = "Mine"\nlicence = "none"\nfile = "mine.pth"\n'
    (weights / "manifest.toml").write_text(about + "[mine.architecture]\nencoder_depth = 2\n")
    assert models.entry("mine").architecture == {"encoder_depth": 2}
    assert "sam-vit-b" in models.entries()


def test_a_users_manifest_changes_single_keys(weights: Path) -> None:
    (weights / "manifest.toml").write_text('[sam-vit-b]\ntitle = "Ours"\n')
    changed = models.entry("sam-vit-b")
    assert changed.title == "Ours"
    assert changed.md5 == "01ec64d29a2fca3f0661936605ae66f8"


def test_another_file_is_not_held_to_the_old_checksum(weights: Path) -> None:
    (weights / "manifest.toml").write_text('[sam-vit-b]\nfile = "tiny.pth"\n')
    changed = models.entry("sam-vit-b")
    assert (changed.file, changed.md5, changed.url) == ("tiny.pth", None, None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[mine\n", "cannot be read"),
        ('[mine]\nkind = "sam"\n', "mine.title"),
        ('[mine]\nkind = "sam"\ntitle = "M"\nlicence = "x"\n', "file or repo"),
        ('[mine]\nkind = "sam"\ntitle = "M"\nlicence = "x"\nfile = "a"\ncolour = "red"\n', "mine.colour"),
        ('[mine]\nkind = "sam"\ntitle = "M"\nlicence = "x"\nfile = "a"\nurl = "http://x"\n', "md5 or sha256"),
        ("mine = 3\n", "mine"),
    ],
)
def test_a_wrong_manifest_says_where(weights: Path, text: str, says: str) -> None:
    (weights / "manifest.toml").write_text(text)
    with pytest.raises(BadInput, match=says):
        models.entries()


def test_an_unknown_model_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="sam-vit-b"):
        models.entry("sam-vit-x")

"""A picture in its set's light, from the scene that was kept beside it: the same as if it were rendered anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from commands import Run as Command

from ecomgen import picture_file, samples
from ecomgen.export.run_folder import remove
from ecomgen.generation import Run, generate
from ecomgen.request import Request
from ecomgen.settings import settings
from ecomgen.workflows import matched_light


@pytest.fixture
def asked(tmp_path: Path) -> Request:
    photo = samples.get("bottle").photos[0]
    words = {"prompt": "neon at night", "count": 2, "seed": 3, "size": (96, 96), "steps": 2, "threshold": 0.0}
    return Request(photos=(photo,), pipeline="studio", masker="grabcut", out=tmp_path / "o", **words)


def hashes(run: Run) -> list[str]:
    return [entry.sha256 for entry in run.record.candidates]


def test_a_picture_is_relit_as_it_would_be_rendered_and_a_replay_renders_it(
    asked: Request, run: Command, tmp_path: Path
) -> None:
    second = replace(asked, seed=4, count=1)
    usual = generate(replace(second, out=tmp_path / "usual"), logged=False)
    rendered = generate(replace(second, out=tmp_path / "lit", relight=0.6), logged=False)
    kept_run = matched_light.generate_kept(asked)
    assert hashes(kept_run)[1:] == hashes(usual), "that its scenes are kept changes nothing of it"

    record, entry = kept_run.record, kept_run.record.candidates[1]
    one = matched_light.kept(kept_run.folder, entry)
    assert one is not None
    plain, lit = (matched_light.shown(record, kept_run.folder, one, share) for share in (0.0, 0.6))
    assert (plain == picture_file.pixels(kept_run.folder / entry.path)).all()
    own = matched_light.relit(record, one, 0.6)
    assert hashes(own) == hashes(rendered) != hashes(usual)
    assert (lit == picture_file.pixels(own.folder / own.record.candidates[0].path)).all()
    assert (
        own.record.parameters.relight == 0.6 and own.record.candidates[0].relit == rendered.record.candidates[0].relit
    )

    for file in settings().home.rglob("*.npz"):
        file.unlink()
    again = run("runs", "replay", own.run_id, "--verify", "--json")
    assert again.code == 0 and again.json["pictures"][0]["identical"], again.err


def test_what_is_kept_goes_with_its_run_and_damage_is_no_error(asked: Request) -> None:
    kept_run = matched_light.generate_kept(asked)
    first, second = kept_run.record.candidates
    (kept_run.folder / "scenes" / f"{Path(first.path).stem}.npz").write_bytes(b"half a file")
    assert matched_light.kept(kept_run.folder, first) is None
    assert matched_light.kept(kept_run.folder, second) is not None
    remove(kept_run.folder, kept_run.run_id)
    assert not kept_run.folder.exists()


def test_a_scene_without_light_of_its_own_is_not_kept(asked: Request) -> None:
    kept_run = matched_light.generate_kept(replace(asked, prompt="pure white background", count=1))
    assert not matched_light.is_kept(kept_run.folder, kept_run.record.candidates[0])
    assert np.all(picture_file.pixels(kept_run.folder / kept_run.record.candidates[0].path)[0, 0] == 255)

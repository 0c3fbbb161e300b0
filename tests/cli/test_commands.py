"""The commands that tell: lists, facts, and help that is fast."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import get_args

import pytest
from commands import Run
from PIL import Image

from ecomgen.cli import options
from ecomgen.cli.options import Narrator
from ecomgen.cli.pictures import tell_doubts
from ecomgen.options import Section
from ecomgen.scenes.studio import backend
from ecomgen.types import Box, Doubt, Progress


@pytest.mark.parametrize("words", [("channels", "list"), ("pipelines", "list"), ("models", "list"), ("runs", "list")])
def test_lists_print_objects(run: Run, words: tuple[str, ...]) -> None:
    answer = run(*words, "--json")
    assert answer.code == 0 and isinstance(answer.json, list)
    assert run(*words).out.strip()


def test_the_version_is_that_of_the_package(run: Run) -> None:
    answer = run("--version")
    assert answer.code == 0 and answer.out.split() == ["ecomgen", version("ecomgen")]


def test_channels_have_what_sellers_need(run: Run) -> None:
    sizes = {row["name"]: (row["width"], row["height"]) for row in run("channels", "list", "--json").json}
    assert sizes["amazon-main"] == (2000, 2000) and sizes["instagram-portrait"] == (1080, 1350)
    assert sizes["story"] == (1080, 1920) and sizes["banner"] == (1920, 1080) and sizes["shopify"] == (2048, 2048)


def test_a_channel_shows_its_units_and_nothing_of_python(run: Run) -> None:
    shown = dict(line.split(maxsplit=1) for line in run("channels", "show", "amazon-main").out.splitlines())
    assert shown["width"] == "2000  # pixels" and shown["background"].startswith("[255, 255, 255]  #")
    assert shown["dpi"] == shown["source_type"] == "-" and shown["text"] == "false"


def test_a_doubtful_cutout_is_told_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    doubt = Doubt(kind="left-out", box=Box(10, 20, 30, 40), sentence="This part may belong to the product.")
    tell_doubts(0.8, [doubt], "mug.jpg")
    tell_doubts(0.6, [], "mug.jpg")
    assert capsys.readouterr() == ("", "")
    tell_doubts(0.6, [doubt], "mug.jpg")
    told = capsys.readouterr()
    assert not told.out
    assert told.err.startswith("Look at the cut-out of mug.jpg (confidence 0.60)\n")
    assert "10,20,30,40: This part may belong to the product." in told.err
    tell_doubts(0.2, [doubt], "mug.jpg")
    told = capsys.readouterr()
    assert not told.out
    assert "mug.jpg is doubtful (confidence 0.20)" in told.err
    assert "10,20,30,40: This part may belong to the product." in told.err


def test_help_of_a_group_says_whole_sentences(run: Run) -> None:
    for group in ("runs", "words", "studio", "looks", "channels", "pipelines", "models", "schema"):
        assert "...\n" not in run(group, "--help").out.split("Options:")[1], group


def test_progress_fills_no_log(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter(range(1000))
    monkeypatch.setattr(options.time, "monotonic", lambda: next(seconds) / 10)
    with Narrator() as narrator:
        for done in range(200):
            narrator(Progress(step="scene", done=done, total=200))
        narrator(Progress(step="score"))
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "scene 0/200" and lines[-1] == "score" and 4 < len(lines) < 20


def test_a_broken_recipe_of_ones_own_hides_no_other(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.toml").write_text("title = 1")
    monkeypatch.setenv("ECOMGEN_PIPELINES", str(tmp_path))
    answer = run("pipelines", "list")
    assert answer.code == 0 and "sd15-inpaint" in answer.out
    (line,) = answer.err.splitlines()
    assert line.startswith("✗ broken") and "is wrong at title" in line
    assert len(run("pipelines", "list", "--json").json) > 20 and run("models", "verify").code == 0
    refused = run("generate", "gone.jpg", "--prompt", "on oak", "--mode", "redraw", "--pipeline", "studio")
    assert refused.code == 2 and "cannot do --mode redraw" in refused.err


def test_pipelines_show(run: Run) -> None:
    assert run("pipelines", "show", "sd15-inpaint", "--json").json["model"]["repo"]
    assert "[model]" in run("pipelines", "show", "sd15-inpaint").out
    shown = run("pipelines", "show", "sd2-background").out
    for said in ("control-background", "Apache-2.0", "mask_feather = 1", "keep, replace", "models pull sd2-background"):
        assert said in shown
    assert "Non-Commercial" in run("pipelines", "show", "flux-fill").out
    assert run("pipelines", "show", "none").code == 2
    for name in ("sd15-canny", "sdxl-lcm", "sd15-reference"):
        answer = run("pipelines", "show", name, "--json")
        assert answer.code == 0 and len(answer.json["needs"]) > 1


def test_models_that_are_missing_say_what_to_type(run: Run) -> None:
    answer = run("models", "verify", "sam-vit-b")
    assert answer.code == 4 and "ecomgen models pull sam-vit-b" in answer.err


def test_doctor_knows_this_machine(run: Run) -> None:
    answer = run("doctor", "--json")
    findings = {row["name"]: row for row in answer.json}
    assert answer.code == 0 and {"device", "studio", "masks", "home"} <= set(findings)
    assert "models pull" in findings["masks"]["advice"]
    told = run("doctor").out
    assert "studio" in told and "without weights here" in told and len(told.splitlines()) < 40


def test_doctor_tells_what_each_cache_takes_and_may_take(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOMGEN_FETCH_CACHE_GIB", "2.5")
    for part in ("fetched", "masks", "layouts"):
        (home / "cache" / part).mkdir(parents=True)
    (home / "cache" / "masks" / "a").write_bytes(bytes(11 * 2**20))
    (told,) = [row["found"] for row in run("doctor", "--json").json if row["name"] == "cache"]
    assert all(part in told for part in ("fetched pictures 0.00/2.7", "masks 0.01/1.1", "layouts 0.00,"))


def test_check_prints_the_contracts_names(run: Run, photo: Path) -> None:
    (entry,) = run("check", photo, "--json").json["photos"]
    assert entry["path"] == str(photo)
    assert {"name", "value", "verdict", "advice"} == set(entry["checks"][0])


def test_studio_parse_prints_words(run: Run) -> None:
    parsed = run("studio", "parse", "on a wooden table by a window, xyzzy", "--json").json
    assert {"wooden", "table", "window"} <= set(parsed["understood"]) and "xyzzy" in parsed["ignored"]
    assert parsed["scene"]


def test_studio_parse_prints_what_is_shown_as_something_near(run: Run) -> None:
    parsed = run("studio", "parse", "by a waterfall", "--json").json
    assert parsed["approximated"] == [{"word": "waterfall", "shown_as": "lake"}]
    assert "waterfall → lake" in run("studio", "parse", "by a waterfall").out


def test_what_has_no_effect_on_a_picture_is_told(run: Run, photo: Path, tmp_path: Path) -> None:
    small = ("--count", "1", "--size", "64x64", "--steps", "1", "--out", tmp_path)
    answer = run("generate", photo, "--prompt", "on gravel", "--settle", "0.5", *small)
    assert "Note: --settle has no effect here" in answer.out


def test_a_plain_ground_gets_one_picture_unless_more_are_asked_for(
    run: Run, photo: Path, home: Path, tmp_path: Path
) -> None:
    home.mkdir(exist_ok=True)
    plain = "[plain]\ntitle = 'Plain'\nwidth = 64\nheight = 64\nbackground = [255, 255, 255]\n"
    (home / "channels.toml").write_text(plain, "utf-8")
    white = ("generate", photo, "--prompt", "white", "--channel", "plain", "--steps", "1", "--json")
    one = run(*white, "--out", tmp_path / "one")
    assert len(one.json["candidates"]) == 1 and "Plain: one picture" in one.err
    assert len(run(*white, "--count", "2", "--out", tmp_path / "two").json["candidates"]) == 2


def test_help_stands_in_sections(run: Run) -> None:
    overview, options = run("--help").out, run("generate", "--help").out
    assert "\nA whole shop:\n  batch" in overview and "full size." in " ".join(overview.split())
    headings = [line[:-1] for line in options.splitlines() if line.endswith(":") and not line.startswith(" ")]
    assert headings == ["Arguments", *get_args(Section), "Options"]
    assert options.index("\nDiffusion:") < options.index("--guidance-scale") < options.index("\nWords:")


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys; sys.argv = ['ecomgen', '--help']\n"
        "from ecomgen.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "import json; print('LOADED', json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    loaded = set(json.loads(out.split("LOADED")[1]))
    heavy = {"torch", "cv2", "mitsuba", "gradio", "diffusers", "transformers", "numpy", "pymatting"}
    assert not loaded & (heavy | {"pydantic_settings", "asyncio"})


@pytest.mark.parametrize(("given", "size"), [((), (768, 768)), (("--size", "96x64"), (96, 64))])
def test_studio_preview_needs_no_more_than_a_prompt(
    run: Run, tmp_path: Path, given: tuple[str, ...], size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend, "Quality", partial(backend.Quality, samples_per_pixel=1))  # rough, but soon there
    out = tmp_path / "set.png"
    answer = run("studio", "preview", "on grey paper", *given, "--out", out)
    assert answer.code == 0 and answer.out.strip() == str(out)
    with Image.open(out) as picture:
        assert picture.size == size


def test_one_thing_is_told_of_as_one(run: Run, tmp_path: Path, photo: Path) -> None:
    small = ("--size", "64x64", "--steps", "1", "--count", "1", "--threshold", "0")
    assert run("generate", photo, "--prompt", "on oak", *small).code == 0
    assert run("runs", "prune", "--keep-last", "1", "--dry-run").out == "0 runs would be deleted.\n"
    assert run("runs", "prune", "--older-than", "0d", "--dry-run").out.endswith("1 run would be deleted.\n")
    assert run("runs", "export", "--format", "jsonl", "--out", tmp_path / "log.jsonl").out.endswith(": 1 line\n")

"""Whatever is wrong with the input: one sentence, the right exit code, no traceback, nothing half-written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from commands import Run
from PIL import Image

PROMPT = ("--prompt", "on a wooden table")


def one_sentence(text: str) -> bool:
    last = text.strip().splitlines()[-1]
    return "Traceback" not in text and last.rstrip("│╯ ").endswith((".", ".'"))


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--count", "0"), 2),
        (("--count", "-3"), 2),
        (("--count", "1000000"), 2),
        (("--count", "nan"), 2),
        (("--keep", "0"), 2),
        (("--count", "1", "--keep", "9"), 2),
        (("--threshold", "nan"), 2),
        (("--threshold", "-0.1"), 2),
        (("--threshold", "high"), 2),
        (("--guidance-scale", "nan"), 2),
        (("--guidance-scale", "-1"), 2),
        (("--strength", "inf"), 2),
        (("--strength", "0"), 2),
        (("--steps", "0"), 2),
        (("--seed", "-1"), 2),
        (("--size", "10x10"), 2),
        (("--size", "9000x64"), 2),
        (("--size", "huge"), 2),
        (("--size", "512x512", "--channel", "story"), 2),
        (("--channel", "nowhere"), 2),
        (("--pipeline", "nothing"), 2),
        (("--masker", "magic"), 2),
        (("--mode", "dance"), 2),
        (("--mode", "redraw", "--pipeline", "studio"), 2),
        (("--box", "1,2,3"), 2),
        (("--box", "50,50,10,10"), 2),
        (("--mask-candidate", "99"), 2),
        (("--mask", "nowhere.png"), 3),
        (("--box", "5000,5000,6000,6000"), 3),
        (("--point", "12"), 2),
        (("--point", "9000,10,-"), 3),
        (("--masker", "alpha"), 3),
        (("--masker", "sam-clip"), 4),
        (("--pipeline", "sd15-inpaint"), 4),
    ],
)
def test_options(run: Run, photo: Path, tmp_path: Path, options: tuple[str, ...], code: int) -> None:
    out = tmp_path / "out"
    answer = run("generate", photo, *PROMPT, "--out", out, *options)
    assert answer.code == code, answer.err
    assert one_sentence(answer.err), answer.err
    assert answer.out == "" and not out.exists()


@pytest.mark.parametrize("option", ["--style", "--backdrop", "--with", "--mask", "--repair", "--with photo;mask="])
@pytest.mark.parametrize("kind", ["missing", "text"])
def test_files_beside_the_photos_are_looked_at_before_any_work(
    run: Run, photo: Path, tmp_path: Path, option: str, kind: str
) -> None:
    file = tmp_path / "beside.png"
    if kind == "text":
        file.write_text("no picture")
    flag, _, value = option.partition(" ")
    answer = run("generate", photo, *PROMPT, flag, f"{value.replace('photo', str(photo))}{file}")
    assert answer.code == 3 and one_sentence(answer.err) and "beside.png" in answer.err
    assert "mask:" not in answer.err and "matte" not in answer.err


def test_what_is_wrong_with_a_part_of_a_further_product_names_it(run: Run, photo: Path) -> None:
    for part, named in (("@3", "'3' is no place"), (";box=1,2", "'1,2' is not a box")):
        answer = run("generate", photo, *PROMPT, "--with", f"can.png{part}")
        assert answer.code == 2 and one_sentence(answer.err)
        assert f"--with 'can.png{part}'" in answer.err and named in answer.err


def test_weights_that_are_missing_are_all_that_is_told(photo: Path) -> None:
    program = "import sys; from ecomgen.cli import main; sys.argv[0] = 'ecomgen'; main()"
    asked = ("generate", photo, *PROMPT, "--pipeline", "sd15-inpaint")
    answer = subprocess.run([sys.executable, "-c", program, *asked], capture_output=True, text=True, check=False)
    assert answer.returncode == 4 and len(answer.stderr.strip().splitlines()) == 1, answer.stderr


@pytest.mark.parametrize("prompt", ["", "   \n", "word " * 10_000, "☕🎄 …"])
def test_prompts(run: Run, photo: Path, tmp_path: Path, prompt: str) -> None:
    answer = run("generate", photo, "--prompt", prompt, "--out", tmp_path / "out")
    assert answer.code == 3 and one_sentence(answer.err) and len(answer.err) < 400


def save(path: Path, pixels: np.ndarray) -> Path:
    Image.fromarray(pixels).save(path)
    return path


@pytest.mark.parametrize("command", ["generate", "cutout", "check"])
@pytest.mark.parametrize("kind", ["missing", "empty", "text", "tiny", "clear", "folder"])
def test_photos(run: Run, tmp_path: Path, command: str, kind: str) -> None:
    path = tmp_path / "photo.png"
    if kind == "empty":
        path.touch()
    elif kind == "text":
        path.write_text("no picture")
    elif kind == "tiny":
        save(path, np.full((8, 8, 3), 90, np.uint8))
    elif kind == "clear":
        save(path, np.zeros((90, 90, 4), np.uint8))
    elif kind == "folder":
        path.mkdir()
    out = tmp_path / "out"
    extra = {"generate": (*PROMPT, "--out", out), "cutout": ("--out", out), "check": ()}[command]
    answer = run(command, path, *extra)
    assert answer.code == 3 and one_sentence(answer.err) and "photo.png" in answer.err
    assert not out.exists()


@pytest.mark.parametrize("command", ["check", "score"])
def test_one_bad_file_does_not_cost_the_others(run: Run, photo: Path, tmp_path: Path, command: str) -> None:
    (tmp_path / "text.jpg").write_text("no picture")
    words = {"check": (command, tmp_path), "score": (command, photo, tmp_path / "text.jpg", "--reference", photo)}
    answer = run(*words[command])
    assert answer.code == 3 and "1 of 2" in answer.err and one_sentence(answer.err)
    assert answer.out.startswith("bottle.png  ") and "✗ text.jpg: " in answer.out
    told = run(*words[command], "--json").json
    assert len(told.popitem()[1]) == len(told.popitem()[1]) == 1


def test_a_photo_without_a_product(run: Run, tmp_path: Path) -> None:
    flat = save(tmp_path / "wall.png", np.full((300, 300, 3), 180, np.uint8))
    answer = run("generate", flat, *PROMPT, "--out", tmp_path / "out")
    assert answer.code == 3 and "--box" in answer.err and not (tmp_path / "out").exists()


def test_an_empty_mask(run: Run, photo: Path, tmp_path: Path) -> None:
    mask = save(tmp_path / "mask.png", np.zeros((640, 480), np.uint8))
    answer = run("generate", photo, *PROMPT, "--mask", mask, "--out", tmp_path / "out")
    assert answer.code == 3 and one_sentence(answer.err)


def test_a_folder_that_cannot_be_written(run: Run, photo: Path, tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("mine")
    for command in (("generate", photo, *PROMPT), ("cutout", photo)):
        answer = run(*command, "--out", blocker / "out")
        assert answer.code == 3 and one_sentence(answer.err)
    assert blocker.read_text() == "mine"


def test_a_home_that_cannot_be_written(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocker = tmp_path / "file"
    blocker.touch()
    monkeypatch.setenv("ECOMGEN_HOME", str(blocker / "home"))
    answer = run("runs", "list")
    assert answer.code == 3 and "ECOMGEN_HOME" in answer.err


def test_a_recipe_with_a_wrong_key(run: Run, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.toml").write_text('title = "Mine"\nbackend = "inpaint"\nlicense = "MIT"\n')
    monkeypatch.setenv("ECOMGEN_PIPELINES", str(tmp_path))
    answer = run("generate", photo, *PROMPT, "--pipeline", "mine")
    assert answer.code == 3 and "mine.toml" in answer.err and one_sentence(answer.err)


def test_unknown_runs(run: Run) -> None:
    for words in (("show", "zzz"), ("replay", "zzz"), ("export", "zzz"), ("delete", "zzz", "--yes"), ("show",)):
        answer = run("runs", *words)
        assert answer.code == 2 and one_sentence(answer.err)


def test_nothing_at_all(run: Run) -> None:
    assert run("generate").code == 2
    assert run("nonsense").code == 2


def test_a_folder_of_photos_without_a_prompt_is_told_once_before_any_work(
    run: Run, photo: Path, tmp_path: Path
) -> None:
    photos, out = tmp_path / "photos", tmp_path / "out"
    (photos / "mug").mkdir(parents=True)
    (photos / "mug" / "01.jpg").write_bytes(photo.read_bytes())
    answer = run("batch", photos, "--out", out)
    assert answer.code == 3 and one_sentence(answer.err) and "prompt is empty" in answer.err
    assert not (out / "report.csv").exists()

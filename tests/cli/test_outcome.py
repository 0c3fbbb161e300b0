"""How commands end: whatever the streams, the names and the numbers are, one sentence and a documented exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import Run
from PIL import Image, ImageDraw

from ecomgen.cli.options import Narrator
from ecomgen.errors import BackendMissing, BadInput, UsageError, in_a_sentence
from ecomgen.messages import Message, legible
from ecomgen.types import Progress

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from hostile_commands import outcomes

MAIN = "from ecomgen.cli import main; main()"
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has other streams.")


def shell(line: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A line of the shell, in which "$@" is ecomgen with these words."""
    command = ["bash", "-c", line, "bash", sys.executable, "-c", MAIN, *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


@posix
@pytest.mark.parametrize(
    ("line", "code", "sentence"),
    [
        ('"$@" >/dev/full', 3, "(No space left on device)"),
        ('"$@" >/dev/full 2>/dev/full', 3, ""),
        ('"$@" >/dev/full 2>&-', 3, ""),
        ('"$@" >&-', 0, ""),
        ('"$@" >&- 2>&- <&-', 0, ""),
        ('"$@" | :; exit ${PIPESTATUS[0]}', 0, ""),
    ],
)
def test_streams_that_are_full_closed_or_left(line: str, code: int, sentence: str) -> None:
    done = shell(line, "channels", "list", "--json")
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr and "Unexpected" not in done.stderr and "ignored" not in done.stderr
    assert sentence in done.stderr and len(done.stderr.splitlines()) == bool(sentence)


@posix
def test_a_file_never_gets_the_number_of_a_closed_stream(home: Path) -> None:
    done = shell('"$@" >&- 2>&-', "runs", "list")
    assert done.returncode == 0
    assert (home / "runs.sqlite").read_bytes()[:15] == b"SQLite format 3"
    words = "import os; from ecomgen.cli.outcome import _open_closed_streams as o; o(); os._exit(os.dup(0) < 3)"
    line = f'"{sys.executable}" -c "{words}" >&- 2>&- <&-'
    assert subprocess.run(["bash", "-c", line], timeout=300).returncode == 0


@posix
def test_ctrl_c_says_that_it_was_cancelled() -> None:
    wait = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "  # a shell may have ignored it
    wait += "import ecomgen.cli.machine as m, time; m.schema = lambda *_: (print('on', flush=True), time.sleep(60)); "
    with subprocess.Popen(
        [sys.executable, "-c", wait + MAIN, "schema", "request"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout and process.stderr
        assert process.stdout.readline() == "on\n"
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        assert process.wait(120) == 130
        assert process.stderr.read() == "Cancelled.\n"


def test_ctrl_c_keeps_the_pictures_that_are_made_and_says_where(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: Narrator, progress: Progress) -> None:
        if progress.step == "picture":
            raise KeyboardInterrupt

    monkeypatch.setattr(Narrator, "__call__", stop)
    photo, out = tmp_path / "disc.png", tmp_path / "out"
    product = Image.new("RGBA", (200, 200))
    ImageDraw.Draw(product).ellipse((40, 40, 160, 160), (200, 80, 60, 255))
    product.save(photo)
    answer = run("generate", photo, "--prompt", "on oak", "--count", 2, "--size", "64x64", "--steps", 1, "--out", out)
    assert answer.code == 130 and answer.err.endswith("Cancelled.\n")
    assert f"1 of 2 pictures were made: {out}" in answer.err
    assert json.loads((out / "run.json").read_text("utf-8"))["status"] == "cancelled"
    assert len(list(out.glob("kept/*"))) == 1


@posix
def test_ctrl_c_does_not_wait_for_work_that_is_left_nor_crash_under_it() -> None:
    wait = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    wait += "import atexit, ecomgen.diagnosis as d, time, ecomgen.cancellation as c; "
    wait += "atexit.register(print, 'taken apart'); "
    wait += "work = lambda _: time.sleep(60); begun = lambda _: print('on', flush=True); "
    wait += "d.diagnose = lambda: c.attended(work, begun, None); "
    with subprocess.Popen([sys.executable, "-c", wait + MAIN, "doctor"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "on\n"
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert "taken apart" not in process.stdout.read()


@pytest.mark.parametrize(("reason", "code"), [(KeyboardInterrupt(), 130), (OSError("no library"), 4)])
def test_ctrl_c_in_the_middle_of_an_import_is_no_missing_library(
    run: Run, monkeypatch: pytest.MonkeyPatch, reason: BaseException, code: int
) -> None:
    half_imported = NameError("name '_ext' is not defined")
    half_imported.__context__ = reason

    def diagnose() -> None:
        raise BackendMissing("It cannot be loaded: reinstall it.") from half_imported

    monkeypatch.setattr("ecomgen.diagnosis.diagnose", diagnose)
    assert run("doctor").code == code


HOSTILE = "\x1b[31mred\x07\u202egnp.exe\u2066\udcff"


@pytest.mark.parametrize(
    "words",
    [
        ("channels", "show", HOSTILE),
        ("check", f"{HOSTILE}.png"),
        ("runs", "show", HOSTILE),
        ("runs", "list", f"--{HOSTILE}"),
        ("generate", "a.png", "--prompt", "oak", "--masker", HOSTILE),
        (HOSTILE,),
    ],
)
def test_what_was_typed_cannot_control_the_terminal(run: Run, words: tuple[str, ...]) -> None:
    answer = run(*words)
    assert answer.code in (2, 3) and len(answer.err.splitlines()) == 1
    assert not set(answer.err[:-1]) & set("\x1b\x07\u202e\u2066\udcff\n"), ascii(answer.err)


def test_ranges_and_choices_are_told_in_plain_words(run: Run) -> None:
    told = run("generate", "a.png", "--prompt", "oak", "--seed", -1).err
    assert "choose a number from 0 to 4294967295." in told
    assert "choose a number of 1 or more." in run("teach", "a.png", "--name", "x", "--every", 0).err
    for value in (0, 5):
        assert "choose a number from" in run("teach", "a.png", "--name", "x", "--learning-rate", value).err
    assert run("runs", "export", "--format", "gif").err.startswith(
        "UsageError: Invalid value for '--format': 'gif' is not"
    )


@pytest.mark.parametrize("option", ["relight", "guidance-scale", "threshold", "extension", "settle"])
def test_numbers_may_have_a_comma(run: Run, option: str) -> None:
    for number in ("0,5", "0.5"):
        answer = run("generate", "gone.jpg", "--prompt", "oak", f"--{option}", number)
        assert "gone.jpg does not exist" in answer.err, answer.err
    refused = run("generate", "gone.jpg", "--prompt", "oak", f"--{option}", "half").err
    assert refused.startswith(f"UsageError: --{option} 'half' is n")


def test_what_was_typed_is_shortened(run: Run) -> None:
    for words in (("channels", "show", "x" * 9000), ("runs", "list", "--" + "x" * 9000), ("check", "x" * 9000)):
        answer = run(*words)
        assert answer.code in (2, 3) and len(answer.err) < 1600 and "…" in answer.err, words[:2]


@pytest.mark.parametrize(
    "words",
    [
        ("studio", "preview", "oak", "--out", ""),
        ("studio", "preview", "oak", "--out="),
        ("cutout", "a.png", "--out", ""),
        ("batch", "a.csv", "--out", ""),
        ("check", "a.png", "--mask", ""),
    ],
)
def test_a_place_without_a_name_is_not_the_folder_one_stands_in(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = run(*words)
    assert answer.code == 2 and "is empty: name a file or a folder." in answer.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("limit", ["99999999999999999999999", "9" * 5000, "inf"])
def test_numbers_beyond_what_a_machine_counts(run: Run, limit: str) -> None:
    answer = run("runs", "list", "--limit", limit)
    assert answer.code == 2 and len(answer.err.splitlines()) == 1 and "Unexpected" not in answer.err


def test_a_home_that_is_a_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").touch()
    monkeypatch.setenv("ECOMGEN_HOME", str(tmp_path / "home"))
    for words in (("runs", "list"), ("doctor",), ("models", "list"), ("words", "list"), ("runs", "show", "x")):
        answer = run(*words)
        assert answer.code in (0, 3) and "Unexpected" not in answer.err, (words, answer.err)


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 20_000, "a = " + "9" * 5000, "a = 1e999", 'title = "\\ud800"', "a = inf", "\0"]
)
def test_recipes_and_manifests_nobody_would_write(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    (tmp_path / "weights").mkdir()
    for file in ("mine.toml", "weights/manifest.toml"):
        (tmp_path / file).write_text(text)
    monkeypatch.setenv("ECOMGEN_PIPELINES", str(tmp_path))
    monkeypatch.setenv("ECOMGEN_WEIGHTS", str(tmp_path / "weights"))
    for words in (("pipelines", "list"), ("pipelines", "show", "mine"), ("models", "list")):
        answer = run(*words)
        assert answer.code == (0 if "list" in words and "pipelines" in words else 3)
        assert len(answer.err.splitlines()) == 1 and len(answer.err) < 1600, answer.err


def test_a_table_whose_first_line_is_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "wide.csv").write_text("x" * 200_000)
    answer = run("batch", tmp_path / "wide.csv", "--out", tmp_path / "out")
    assert answer.code == 3 and "is not a CSV table" in answer.err and len(answer.err.splitlines()) == 1


def test_python_s_own_errors_are_told_by_whose_fault_they_are() -> None:
    assert isinstance(in_a_sentence(FileNotFoundError(2, "gone", "/tmp/x\x1b.png")), BadInput)
    assert "\x1b" not in str(in_a_sentence(FileNotFoundError(2, "gone", "/tmp/x\x1b.png")))
    assert isinstance(in_a_sentence(OverflowError("int too large")), UsageError)
    assert isinstance(in_a_sentence(RecursionError()), BadInput)
    assert isinstance(in_a_sentence(ValueError("embedded null byte")), BadInput)
    assert in_a_sentence(ValueError("something of ours")) is None
    own = Path(__file__).parents[2] / "ecomgen" / "channels.toml"
    assert in_a_sentence(FileNotFoundError(2, "gone", str(own))) is None


def test_legible() -> None:
    assert legible("Ünï 🫖\n„x“\t") == "Ünï 🫖 „x“ "
    assert legible("a\x00b\x9bc\u202ed\ud800") == "a\ufffdb\ufffdc\ufffdd\ufffd"
    assert len(legible("x" * 10_000)) < 410 and legible("x" * 9_000 + "z").endswith("xz")
    assert legible(legible("x" * 10_000)) == legible("x" * 10_000)
    made = Message("{value!r} of {file} {number}", value="\x1b" + "x" * 999, file=Path("a\nb"), number=10**5000)
    assert "\x1b" not in made and "\n" not in made and len(made) < 1300


@posix
def test_a_few_hostile_command_lines() -> None:
    assert [one for one in outcomes(seed=8, count=3) if one.through] == []


@posix
def test_a_file_s_name_cannot_control_the_terminal(run: Run, photo: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "a\x1b[31m\nb.jpg"
    hostile.write_bytes(photo.read_bytes())
    for words in (("check", hostile), ("score", hostile, "--reference", photo)):
        answer = run(*words)
        assert answer.code == 0 and answer.out.startswith("a\ufffd[31m b.jpg"), answer.out
        assert "\x1b" not in answer.out + answer.err


@posix
@pytest.mark.parametrize("words", [("looks", "save", "RUN"), ("serve", "--port", "7996"), ("generate",)])
def test_a_home_that_cannot_be_written_is_told_with_the_way_out(
    run: Run, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ECOMGEN_HOME", str(tmp_path / "file" / "home"))
    more = {"looks": ("--name", "x"), "generate": (photo, "--prompt", "oak", "--out", tmp_path / "out")}
    answer = run(*words, *more.get(words[0], ()))
    assert answer.code == 3 and "set ECOMGEN_HOME to a folder that can be written" in answer.err, answer.err

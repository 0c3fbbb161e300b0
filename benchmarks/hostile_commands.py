"""Hostile command lines: how many end in anything but one sentence and a documented exit code.

    python benchmarks/hostile_commands.py [--seed S] [--count N] [--out FILE.json]

Commands and options are those that the command line declares; their values, the environment and the streams are drawn
from what nobody should give. Each command line is a process of its own, in a folder and with a home of its own; it is
given no path outside of that folder but /dev/full and /dev/zero, and those for reading only. A command line got
through where it left a traceback or called something unexpected, an exit code that is not documented, more than a few
lines on stderr, characters that control a terminal, or no answer within two minutes.
"""

from __future__ import annotations

import os
import random
import re
import shlex
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from hostile_drawn import MAIN, UNSEEN, main
from PIL import Image

PATIENCE = 120  # seconds
MEMORY = 12 * 2**20  # KiB of addresses: whoever reads /dev/zero to its end must not take the machine along
LINES = 12  # on stderr, besides progress and help
ROOT = Path(__file__).parents[1]
CODES = {0, 1, 2, 3, 4, 5, 130}
LEFT_OUT = {"serve", "pull"}  # one does not end, the other fetches
PROGRESS = re.compile(r"^(\w[\w -]*( \d+/\d+)?(: .*)?|Note: .*|Warning: .*|  .*)$")
TEXTS = (
    *("", " ", "-", "--", "nan", "inf", "-inf", "1e400", "-1", "0", "9" * 30, "9" * 5000, "0x10", "1_000", "٣"),
    *(
        "\x1b[31mred\x07",
        "\u202egnp.exe",
        "\udcff\udcfe",
        "a\nb\nc\nd",
        "\r\x1b[2K",
        "x" * 300,
        "x" * 9000,
        "%s%n{0}{a}",
    ),
    *(
        "{",
        "[[[[",
        '{"a":' * 300,
        "=1+1",
        "auto",
        "1,1",
        "1,1,9999999999999999999999,2",
        "64x64",
        "999999999x9",
        "🫖" * 200,
    ),
    *("null", "True", "__import__('os')", "on oak", "--help", "2026-01-31", "a;b;;c", "\x01"),
)
PLACES = (
    *("nowhere", "empty", "folder", "text.txt", "photo.png", "nested.json", "deep.toml", "odd.csv", "pipe.csv"),
    *("lzma.zip", "empty.zip", "locked.zip", "cut.zip", "text.txt/below", "n" * 255, "n" * 300, "a/" * 2000 + "b"),
    *("odd\udcff.png", "red\x1b[31m.png", "", ".", "loop", "record", "photo.png/", " "),
)
READ_ONLY = ("/dev/full", "/dev/zero")
ENVIRONMENT: tuple[tuple[str, str], ...] = (
    *(("ECOMGEN_HOME", place) for place in ("text.txt", "text.txt/below", "n" * 300, "loop", "odd\udcff", "a\x1b[31m")),
    *(("ECOMGEN_PIPELINES", place) for place in ("recipes", "text.txt", "nowhere", "n" * 300)),
    *(("ECOMGEN_WEIGHTS", place) for place in ("recipes", "text.txt", "text.txt/below", "odd\udcff")),
    *(("ECOMGEN_MEMORY_GIB", number) for number in ("inf", "nan", "-1", "9" * 5000, "\x1b[31m")),
    *(("ECOMGEN_UPLOADS_HOURS", number) for number in ("inf", "nan", "0", "soon", "1e400")),
    *(("ECOMGEN_RUNS_PER_PERSON", number) for number in ("inf", "1.5", "9" * 400, "\u202e")),
    *(("ECOMGEN_DEVICE", "\x1b[31m"), ("ECOMGEN_REMBG", "../x"), ("ECOMGEN_SHARED_LOG", "perhaps")),
    *(
        ("ECOMGEN_LLM_URL", "http://127.0.0.1:9/"),
        ("ECOMGEN_LLM_URL", "x"),
        ("ECOMGEN_LLM_URL", "file:///x"),
    ),
    *(("ECOMGEN_AUTH_FILE", "folder"), ("ECOMGEN_AUTH_FILE", "text.txt/below"), ("ECOMGEN_AUTH_FILE", "odd\udcff")),
    *(("PYTHONIOENCODING", "ascii"), ("LC_ALL", "C"), ("COLUMNS", "0"), ("COLUMNS", "-5"), ("TERM", "\x1b")),
)
STREAMS = (*[""] * 8, ">/dev/full", "2>/dev/full", ">&-", "2>&-", ">&- 2>&- <&-", ">/dev/full 2>&1", "| :")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One command line, with what surrounds it."""

    words: tuple[str, ...]
    environment: dict[str, str]
    streams: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of it; `through` says why it should not have come, or nothing."""

    number: int
    line: str
    code: int
    stderr: str
    through: str


def commands() -> list[tuple[tuple[str, ...], list[Any]]]:
    """Every command by its words, with the parameters that it declares."""
    import typer

    from ecomgen.cli import app

    def below(command: Any, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[Any]]]:
        inner = getattr(command, "commands", None)
        if inner is None:
            yield words, command.params
        for name, one in (inner or {}).items():
            yield from below(one, (*words, name))

    found = below(typer.main.get_command(app), ())
    return [(words, parameters) for words, parameters in found if not set(words) & LEFT_OUT]


def drawn(known: list[tuple[tuple[str, ...], list[Any]]], chance: random.Random) -> Line:
    """A command line nobody should type."""
    words, parameters = chance.choice(known)
    required = [one for one in parameters if one.required and chance.random() < 0.9]
    others = [one for one in parameters if not one.required]
    given = [*required, *chance.sample(others, min(len(others), chance.choice((0, 1, 1, 2, 3))))]
    chosen = [part for one in given for part in _given(one, chance)]
    if chance.random() < 0.1:
        chosen.insert(chance.randrange(len(chosen) + 1), chance.choice(TEXTS))
    environment = dict(chance.sample(ENVIRONMENT, chance.choice((0, 0, 0, 1, 2))))
    return Line(words=(*words, *chosen), environment=environment, streams=chance.choice(STREAMS))


def _given(one: Any, chance: random.Random) -> tuple[str, ...]:
    if one.type_descriptor.is_path:
        value = chance.choice((*PLACES, *(() if one.name in ("out", "heat") else READ_ONLY)))
    else:
        value = chance.choice((*TEXTS, *(getattr(one.type_descriptor, "choices", None) or ())[:20]))
    if one.param_type_name == "argument":
        return (str(value),)
    flag = chance.choice(one.opts)
    if getattr(one, "is_flag", False):
        return (flag,)
    return (f"{flag}={value}",) if chance.random() < 0.3 else (flag, str(value))


def furnish(folder: Path) -> None:
    """The files that a command line may name."""
    (folder / "folder").mkdir()
    (folder / "recipes").mkdir()
    (folder / "record").mkdir()
    (folder / "empty").touch()
    (folder / "text.txt").write_text("no picture")
    pixels = np.full((96, 96, 3), 215, np.uint8)
    pixels[24:80, 34:62] = (160, 30, 30)
    Image.fromarray(pixels).save(folder / "photo.png")
    for name in (b"odd\xff.png", b"red\x1b[31m.png"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes((folder / "photo.png").read_bytes())
    nested = '{"a":' * 50_000
    for name in ("nested.json", "record/run.json"):
        (folder / name).write_text(nested)
    for name in ("deep.toml", "recipes/deep.toml", "recipes/manifest.toml"):
        (folder / name).write_text("a = " + "[" * 50_000)
    (folder / "odd.csv").write_text(
        'photos,prompt,count,nothing\nphoto.png,"\x1b[31m",1e400,\nodd,,,\n"' + "x" * 200_000
    )
    (folder / "loop").symlink_to("loop")
    os.mkfifo(folder / "pipe.csv")
    for name, packing in (("lzma", zipfile.ZIP_LZMA), ("empty", zipfile.ZIP_STORED), ("locked", zipfile.ZIP_STORED)):
        with zipfile.ZipFile(folder / f"{name}.zip", "w", packing) as archive:
            if name != "empty":
                archive.writestr("mug/photo.png", (folder / "photo.png").read_bytes())
    locked = bytearray((folder / "locked.zip").read_bytes())
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1  # encrypted, says the directory as well
    (folder / "locked.zip").write_bytes(locked)
    whole = (folder / "lzma.zip").read_bytes()
    (folder / "cut.zip").write_bytes(whole[:40] + bytes(20) + whole[60:])


def run(number: int, line: Line) -> Outcome:
    """Run one command line in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as place:
        folder = Path(place)
        furnish(folder)
        own = {
            "ECOMGEN_HOME": str(folder / "home"),
            "HF_HUB_OFFLINE": "1",
            "PYTHONPATH": str(Path(__file__).parents[1]),
        }
        told = {"TMPDIR": place, **own, **{name: _inside(folder, name, one) for name, one in line.environment.items()}}
        shell = f'ulimit -v {MEMORY}; "$@" {line.streams}' + ("; exit ${PIPESTATUS[0]}" if "|" in line.streams else "")
        command = ["bash", "-c", shell, "bash", sys.executable, "-c", MAIN, *line.words]
        shown = " ".join(f"{name}={value!r}" for name, value in line.environment.items())
        typed = f"{shown} ecomgen {shlex.join(word[:60] for word in line.words)} {line.streams}".strip()
        try:
            done = subprocess.run(
                [os.fsencode(part) for part in command],
                cwd=folder,
                env={os.fsencode(name): os.fsencode(value) for name, value in {**_calm(), **told}.items()},
                stdin=None if "<" in line.streams else subprocess.DEVNULL,
                capture_output=True,
                timeout=PATIENCE,
            )
        except subprocess.TimeoutExpired:
            return Outcome(number=number, line=typed, code=-1, stderr="", through=f"no answer in {PATIENCE} s")
        out, err = (stream.decode("utf-8", "surrogateescape") for stream in (done.stdout, done.stderr))
        found = judged(done.returncode, out, err, deaf="2>" in line.streams)
        return Outcome(number=number, line=typed, code=done.returncode, stderr=err[-1500:], through=found)


def _calm() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PATH", "LANG", "DRJIT_LIBLLVM_PATH") if name in os.environ}


def _inside(folder: Path, name: str, value: str) -> str:
    places = ("ECOMGEN_HOME", "ECOMGEN_PIPELINES", "ECOMGEN_WEIGHTS", "ECOMGEN_AUTH_FILE")
    return f"{folder}/{value}" if name in places else value


def judged(code: int, out: str, err: str, *, deaf: bool) -> str:
    """What is wrong with an end; nothing where all is well. `deaf`: nothing could be said on stderr."""
    lines = [one for one in err.splitlines() if not PROGRESS.match(one)]
    if "Traceback" in err or "Exception ignored" in err:
        return "traceback"
    if "Unexpected" in err:
        return "called unexpected"
    if code not in CODES or (code == 1 and not deaf and "Cancelled." not in err):
        return f"exit code {code}"
    if found := UNSEEN.search(err) or UNSEEN.search(out):
        return f"control character {found[0]!a}"
    if (len(lines) > LINES and "Usage:" not in err) or max(map(len, lines), default=0) > 2000:
        return "more than a sentence"
    return ""


def outcomes(seed: int, count: int) -> Iterator[Outcome]:
    """Draw and run so many command lines."""
    chance, known = random.Random(seed), commands()
    for number in range(count):
        yield run(number, drawn(known, chance))


if __name__ == "__main__":
    main(__doc__, outcomes, 150, lambda one: f"{one.line!a}\n    {one.stderr.strip()[-300:]!a}")

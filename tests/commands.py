"""Runs the command line inside the test's process, as a user would type it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image


@dataclass(frozen=True)
class Answer:
    """What a command left: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Answer]


def making(*usual: object) -> Callable[..., Any]:
    """`make(run, out, photo, …)`: makes pictures with these options, which must succeed; returns run.json."""

    def make(run: Run, out: Path, photo: Path, *options: object) -> Any:
        answer = run("generate", photo, "--out", out, *usual, *options)
        assert answer.code == 0, answer.err
        return answer.json

    return make


def pixels(path: Path) -> np.ndarray:
    """A picture's file as it is, in its own mode."""
    with Image.open(path) as picture:
        return np.asarray(picture)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("generate", photo, "--prompt", "…")`; every value is turned into a string."""
    from ecomgen.cli import main

    def run(*words: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["ecomgen", *(str(word) for word in words)])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(bool(end.code))
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return run

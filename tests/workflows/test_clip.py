"""A finished studio picture as a clip: the files play, begin as the picture is, and say what makes them again."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from commands import Run
from PIL import Image

from ecomgen import ClipOptions, clip, picture_file, samples
from ecomgen.errors import Cancelled
from ecomgen.record import read_file
from ecomgen.types import Progress
from ecomgen.web.create.finished.filming import opener

av = pytest.importorskip("av")
SIDE = 96


@pytest.fixture
def made(run: Run, tmp_path: Path) -> Path:
    return studio_run(run, tmp_path / "run")


def studio_run(run: Run, folder: Path, *more: object) -> Path:
    photo = samples.get("bottle").photos[0]
    words = ("--prompt", "on marble by a window", "--count", 1, "--seed", 3, "--size", f"{SIDE}x{SIDE}", "--steps", 2)
    answer = run("generate", photo, *words, "--threshold", 0, "--pipeline", "studio", "--out", folder, *more)
    assert answer.code == 0, answer.err
    return folder


def frames_of(file: Path) -> list[np.ndarray]:
    with av.open(str(file)) as opened:
        return [frame.to_ndarray(format="rgb24") for frame in opened.decode(video=0)]


@pytest.mark.parametrize("move", ["dolly", "orbit", "light"])
def test_a_clip_plays_loops_and_begins_as_its_picture_is(run: Run, made: Path, move: str) -> None:
    answer = run("clip", "--move", move, "--seconds", 2, "--fps", 12, "--json")
    assert answer.code == 0, answer.err
    told = answer.json
    with av.open(told["file"]) as opened:
        stream = opened.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (stream.width, stream.height, stream.average_rate) == (SIDE, SIDE, 12)
        assert (int(stream.codec_context.color_primaries), int(stream.codec_context.colorspace)) == (1, 1)
    frames = frames_of(Path(told["file"]))
    assert len(frames) == told["frames"] == 24
    still = picture_file.pixels(made / told["picture"]["path"]).astype(float)
    assert told["first_frame_psnr"] is None or told["first_frame_psnr"] > 40  # None: the very same
    moved = [float(np.abs(frame - still).mean()) for frame in frames]
    assert moved[0] < 4  # what H.264 makes of it
    steps = [float(np.abs(a.astype(float) - b).mean()) for a, b in zip(frames, [*frames[1:], frames[0]], strict=True)]
    assert max(moved) > moved[0] + 1 and steps[-1] <= 2 * max(steps[:-1])
    with Image.open(told["loop"]) as loop:
        assert getattr(loop, "n_frames", 1) > 4 and loop.info["loop"] == 0


def test_the_record_makes_the_clip_again(run: Run, made: Path, tmp_path: Path) -> None:
    first = clip(read_file(made).run_id, ClipOptions(move="orbit", seconds=2, fps=10))
    told = json.loads(first.file.with_suffix(".json").read_text("utf-8"))
    assert told == first.record and 0 < told["limits"]["degrees"] <= 3
    again = clip(told["run_id"], ClipOptions(**told["options"]), out=tmp_path / "again")
    assert again.loop.read_bytes() == first.loop.read_bytes()  # x264 does not promise the same bytes
    answer = run("runs", "delete", told["run_id"], "--files", "--yes")
    assert answer.code == 0 and not made.exists()


def test_a_stopped_clip_leaves_nothing(made: Path) -> None:
    def report(progress: Progress) -> None:
        if progress.step == "clip" and progress.done > 100:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        clip(read_file(made).run_id, ClipOptions(seconds=2, fps=10), report=report)
    assert not (made / "clips").exists()


def test_what_cannot_be_moved_is_said_in_one_sentence(
    run: Run, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = run("clip", "--seed", 99)
    assert unknown.code == 2 and "choose one of 3" in unknown.err
    photo = samples.get("bottle").photos[0]
    studio_run(run, tmp_path / "backdrop", "--backdrop", photo)
    flat = run("clip")
    assert flat.code == 2 and "backdrop is flat" in flat.err
    white = tmp_path / "white"
    words = ("--prompt", "pure white", "--count", 1, "--size", "64x64", "--steps", 2)
    assert run("generate", photo, *words, "--out", white).code == 0
    plain = run("clip")
    assert plain.code == 2 and "plain background" in plain.err
    record = read_file(white)
    assert opener(record, record.candidates[0]) == "", "the app does not offer it"
    for module in ("av", "av.codec"):
        monkeypatch.setitem(sys.modules, module, None)
    missing = run("clip", read_file(made).run_id)
    assert missing.code == 4 and "ecomgen[clip]" in missing.err


def test_a_clip_that_begins_otherwise_than_its_picture_says_so(run: Run, made: Path) -> None:
    picture = next(made.glob("candidates/*.png"))
    Image.fromarray(255 - picture_file.pixels(picture)).save(picture)
    answer = run("clip", "--seconds", 2, "--fps", 10)
    assert answer.code == 0 and "renders the set otherwise" in answer.out

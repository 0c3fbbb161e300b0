"""Damaged picture files: how many of them get through to the user as more than one sentence.

    python benchmarks/hostile.py [--seed S] [--count N] [--out FILE.json]

Small files of every kind that is read (`hostile_files.py`) are damaged, and each is given to one of the program's own
ways in: as a photo, as a mask, as `--from`, as a picture held against a channel's rules, and one of 200 as a picture to
score. A file got through where anything but the program's own error came out: another exception, anything printed on
stdout or stderr (warnings too), more than 30 seconds of the processor, more than 2 GiB, or the end of the process. The
files are read by a child process; where it dies or hangs, its file is counted and another goes on with the next.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import resource
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from hostile_files import mutated, whole_files

WAYS_IN = ("photo", "mask", "from", "check")
SCORED = 200  # one file of so many is scored, which takes a hundred times as long as reading it
LONGEST = 30.0  # seconds of the processor for one file
PATIENCE = 300.0  # seconds after which a child that says nothing hangs
MOST = 2 << 20  # KiB that one file may add to the process


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one file: "read", "refused", or what got through."""

    number: int
    kind: str
    way: str
    said: str = ""

    @property
    def format(self) -> str:
        return self.kind.split()[0]

    @property
    def through(self) -> bool:
        return self.said not in ("read", "refused")


def way_of(number: int) -> str:
    return "score" if number % SCORED == SCORED - 1 else WAYS_IN[number % len(WAYS_IN)]


def file_of(files: dict[str, bytes], seed: int, number: int) -> tuple[str, bytes]:
    """The file of this number: its kind, and its bytes."""
    return mutated(files, random.Random(f"{seed} {number}"))


def ways_in(folder: Path) -> dict[str, Callable[[Path], object]]:
    """What is called with a file, by the name of the way."""
    from ecomgen import channels, references
    from ecomgen.export import check_picture
    from ecomgen.masking.maskers import mask_file
    from ecomgen.request import ScoreRequest
    from ecomgen.types import MaskRequest, silent
    from ecomgen.workflows.evaluation import score
    from ecomgen.workflows.request_from_picture import reread

    photo, product = folder / "photo.png", folder / "product.png"
    photo.write_bytes(whole_files()["png"])
    product.write_bytes(whole_files()["png alpha"])
    reference, channel = references.load(photo), channels.get("shopify")
    return {
        "photo": references.load,
        "mask": lambda path: mask_file.propose(reference, MaskRequest(file=path), silent),
        "from": lambda path: reread(path, [photo]),
        "check": lambda path: check_picture(path, channel),
        "score": lambda path: score([path], [product], ScoreRequest()),
    }


def outcome_of(read: Callable[[Path], object], path: Path, printed: int) -> str:
    """What came of reading one file, while file descriptors 1 and 2 lead to the open file `printed`."""
    from ecomgen.errors import EcomgenError

    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    said = "read"
    try:
        read(path)
    except EcomgenError as error:
        said = "refused" if error.message and "\n" not in str(error).strip() else f"not one sentence: {error!s}"
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
    sys.stdout.flush()
    sys.stderr.flush()
    if os.fstat(printed).st_size:
        text = os.pread(printed, 300, 0).decode("utf-8", "replace")
        os.ftruncate(printed, 0)
        os.lseek(printed, 0, os.SEEK_SET)
        said = f"printed: {text}" if said in ("read", "refused") else said
    if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before > MOST:
        said = f"took more than {MOST >> 20} GiB"
    if time.process_time() - begun > LONGEST:
        said = f"took more than {LONGEST:.0f} seconds"
    return said


def read_files(pipe: Connection, seed: int, numbers: range, home: str) -> None:
    """The child: reads the files of these numbers, and tells of each."""
    os.environ["ECOMGEN_HOME"] = home
    folder = Path(home)
    printed = os.open(folder / "printed", os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    for standard in (1, 2):
        os.dup2(printed, standard)
    warnings.simplefilter("always")
    files, ways = whole_files(), ways_in(folder)
    ways["score"](folder / "photo.png")  # what is loaded once is no file's doing
    os.ftruncate(printed, 0)
    os.lseek(printed, 0, os.SEEK_SET)
    path = folder / "picture"
    for number in numbers:
        _, data = file_of(files, seed, number)
        path.write_bytes(data)
        pipe.send((number, outcome_of(ways[way_of(number)], path, printed)))
    pipe.send(None)


def outcomes(seed: int, count: int) -> Iterator[Outcome]:
    """What came of each of `count` files, in their order."""
    files, number = whole_files(), 0
    while number < count:
        with tempfile.TemporaryDirectory(prefix="hostile-") as home:
            for told, said in _child(seed, range(number, count), home):
                kind, _ = file_of(files, seed, told)
                yield Outcome(number=told, kind=kind, way=way_of(told), said=said)
                number = told + 1


def _child(seed: int, numbers: range, home: str) -> Iterator[tuple[int, str]]:
    """What one child tells, until it is through, dies or hangs."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=read_files, args=(theirs, seed, numbers, home), daemon=True)
    child.start()
    theirs.close()
    number = numbers.start
    try:
        while ours.poll(PATIENCE):
            told = ours.recv()
            if told is None:
                return
            yield told
            number = told[0] + 1
        yield number, f"nothing came for {PATIENCE:.0f} seconds"
    except EOFError:
        child.join()
        yield number, f"the process ended ({child.exitcode})"
    finally:
        child.kill()
        child.join()


def table(all_of_them: list[Outcome]) -> str:
    """How many files got through of how many, for each format and way in."""
    columns = (*WAYS_IN, "score")
    tried = Counter((one.format, one.way) for one in all_of_them)
    through = Counter((one.format, one.way) for one in all_of_them if one.through)
    lines = [f"{'format':8}" + "".join(f"{way:>14}" for way in columns)]
    for name in sorted({one.format for one in all_of_them}):
        cells = (f"{through[name, way]} of {tried[name, way]}" for way in columns)
        lines.append(f"{name:8}" + "".join(f"{cell:>14}" for cell in cells))
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    begun, made = time.monotonic(), []
    for one in outcomes(asked.seed, asked.count):
        made.append(one)
        if one.through:
            print(
                f"{one.number} {one.kind}, {one.way}: {' '.join(one.said.split())[:200]}", file=sys.stderr, flush=True
            )
        if one.number % 1000 == 999:
            print(f"{one.number + 1} of {asked.count}", file=sys.stderr, flush=True)
    through = [one for one in made if one.through]
    read = sum(one.said == "read" for one in made)
    print(table(made))
    print(
        f"\n{len(through)} of {len(made)} got through; {read} could be read, {len(made) - len(through) - read} refused"
    )
    print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr)
    if asked.out:
        facts = {"seed": asked.seed, "files": len(made), "read": read, "through": [asdict(one) for one in through]}
        asked.out.write_text(json.dumps(facts, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()

"""What hostile command lines and hostile requests share: their own command line, and what they look for."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

MAIN = "from ecomgen.cli import main; main()"
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def main(
    doc: str | None, outcomes: Callable[[int, int], Iterator[Any]], count: int, told: Callable[[Any], str]
) -> None:
    """Draw outcomes, `count` unless told otherwise, and tell of those that got through; end with 1 where any did."""
    parser = argparse.ArgumentParser(description=doc.partition("\n")[0] if doc else "")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=count)
    parser.add_argument("--out", type=Path)
    wanted = parser.parse_args()
    through = []
    for one in outcomes(wanted.seed, wanted.count):
        if one.through:
            through.append(one)
            print(f"{one.number}: {one.through}: {told(one)}", flush=True)
    print(f"{len(through)} of {wanted.count} got through (seed {wanted.seed})")
    if wanted.out:
        wanted.out.write_text(json.dumps([asdict(one) for one in through], indent=1), "utf-8")
    sys.exit(bool(through))

"""Pure white, proven: products on a channel that demands it, each picture checked against every rule of the channel.

    python benchmarks/white.py [--channel amazon-main] [--out FILE.json] [PHOTO[=MASK]...]

Without photos the project's own samples are used, with their exact mattes.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from ecomgen import Request, channels, generate, samples
from ecomgen.workflows.channel_check import check_file


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", nargs="*")
    parser.add_argument("--channel", default="amazon-main")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    given = [(Path(photo), Path(mask) if mask else None) for photo, _, mask in (p.partition("=") for p in asked.photos)]
    pairs = given or [(sample.photos[0], sample.mattes[0]) for sample in samples.every()]
    channel, rows = channels.get(asked.channel), []
    for photo, mask in pairs:
        with tempfile.TemporaryDirectory() as folder:
            run = generate(
                Request(photos=(photo,), mask=mask, prompt="on white", channel=channel.name, count=1, seed=1,
                        threshold=0, out=Path(folder)),
                logged=False,
            )  # fmt: skip
            results = check_file(run.kept[0], channel)
        failed = [f"{result.rule}: {result.found}" for result in results if not result.passed]
        rows.append({"photo": f"{photo.parent.name}/{photo.name}", "passed": not failed, "failed": failed})
        print(f"{'passed' if not failed else 'FAILED':7} {rows[-1]['photo']}  {'; '.join(failed)}", flush=True)
    print(f"{sum(row['passed'] for row in rows)} of {len(rows)} meet every rule of {channel.name}")
    if asked.out:
        asked.out.write_text(json.dumps(rows, indent=2), "utf-8")


if __name__ == "__main__":
    main()

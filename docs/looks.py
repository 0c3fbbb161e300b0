"""Makes the thumbnails of the app's settings and shipped looks: `python docs/looks.py [TITLE or NAME...]`."""

from __future__ import annotations

import itertools
import sys
import tempfile
from pathlib import Path

from PIL import Image

from ecomgen import Request, generate, looks, samples
from ecomgen.web.create.setting.presets import look_picture
from ecomgen.web.locale import english

RENDERED, SHOWN = 416, 208  # pixels: rendered larger than shown, so that fine things stay crisp
SEED = 4


def main() -> None:
    products = itertools.cycle(samples.every())
    settings = [(title, {"prompt": prompt, "seed": SEED}) for prompt, title in english.LOOKS.items()]
    shipped = [(look.name, {"look": look.name}) for look in looks.every() if look.shipped]
    for (title, asked), sample in zip([*settings, *shipped], products, strict=False):
        if sys.argv[1:] and title not in sys.argv[1:]:
            continue
        with tempfile.TemporaryDirectory() as folder:
            run = generate(
                Request(
                    photos=(sample.photos[0],),
                    mask=sample.mattes[0],
                    product=sample.product,
                    count=1,
                    size=(RENDERED, RENDERED),
                    threshold=0,
                    out=Path(folder),
                    **asked,
                ),
                logged=False,
            )
            target = look_picture(title)
            target.parent.mkdir(exist_ok=True)
            with Image.open(run.kept[0]) as picture:
                picture.resize((SHOWN, SHOWN), Image.Resampling.LANCZOS).save(target, "WEBP", quality=80, method=6)
        print(f"{title}: {target.stat().st_size // 1024} KiB", flush=True)


if __name__ == "__main__":
    main()

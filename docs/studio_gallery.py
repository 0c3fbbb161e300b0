"""Makes the gallery of the studio's sets, pictures and page: `python docs/studio_gallery.py [SET or PICTURE...]`.

Every set is shown once or twice, with the sample products and their exact mattes, and the prompt under each picture.
What is not named on the command line (`night`, `night-2`) is kept as it is. `sheet` is a contact sheet of all sample
products before the same prompts.
"""

from __future__ import annotations

import itertools
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

from ecomgen import masking, placement, recipes, references, samples, scenes
from ecomgen.compositing import composite
from ecomgen.scenes.studio.picture import PLANNED
from ecomgen.types import MaskRequest, Pixels, Placement, SceneRequest, View, silent

HERE = Path(__file__).parent
RENDERED, SHOWN = 640, 512  # pixels: rendered larger than shown, so that fine things stay crisp
SAMPLES = 12  # a pixel; shrinking the picture makes up for the rest
COLUMNS = 3
SHEET = HERE / "pictures" / "studio" / "sheet.webp"
SHEET_PHOTOS, SHEET_CELL, SHEET_SEED = (0, 1), 240, 4000  # of each product; pixels; of the first picture
SHEET_PROMPTS = (
    "on a walnut table by a window, morning light",
    "on a marble podium, pastel colours, soft shadows",
    "on a sandy beach at golden hour",
    "on a kitchen counter, bright morning",
    "on moss in a forest, sunbeams",
    "in the snow with pine branches, winter light",
    "on a festive christmas table with candles and gold baubles",
    "on wet asphalt at night, neon lights",
)
HEAD = """# Studio gallery

What the built-in studio makes: no weights, no GPU, no network. Each picture was made of one photo of a sample product
by `ecomgen generate PHOTO --prompt "…"`, with the prompt below it. The product's own pixels are never re-drawn: set,
light and shadow are rendered around them.

One `--seed` is one photograph: on another canvas, or larger, the same set is framed otherwise. Another seed is another
photographer: arrangement, light, colours and background change. Seeds that follow each
other, as those of one run, take turns in whole ideas: an airy morning before a pale wall, a dark table in low light,
hard sun, leaf shadows on a deep colour; outdoors a low sun from behind, clouds, noon, dusk. The camera stands near by
and far off. What the prompt says of light, tone or background is left as it says in all of them, and a mood has only
the ideas that suit it: at a sunset that was asked for the light comes from behind, low across, veiled, or with the
camera; evening in a room is lamplight before blue windows; paper of a colour is lit softly, has a wooden disc in a
low sun, the shadow of leaves, or turns darker above. A mood that is told alone has walls and plinths of its own:
luxury is marble and brass before deep or quiet colours, romance blush. "Tone on tone" and "matching the product" take
the backdrop's colour from the product, "contrasting background" the opposite one. A
colour that was asked for is seen in white light, so that white is white, and one that is told for a place colours what
is large in it: wall, bed and sofa, the top of a desk. The product stands where it stood and is seen as its photo shows
it.
`ecomgen studio parse "PROMPT"` tells which words were
understood, shown as something near, or ignored, and which were taken for the product's name ("coffee mug on a
windowsill", "show our trainers on a track"), for which nothing is set up; `ecomgen studio preview "PROMPT"` shows a set
without a product. A name of a surface, a colour, a time of day, a mood or a prop in the prompt bends every set. Prompts
are read in English, German, French and Spanish. What must not be seen can be said ("no flowers", "nothing red"), and so
can room that is to stay free ("space for text at the top") and how many of a thing there are, up to four ("two cups").

The product keeps the light of its photo. At night, before neon and on a festive table, a soft box of the same side,
softness and warmth therefore lights it and the ground round it, as a photographer would; what glows is behind, and
lies in wet ground with the product's own reflection.

This page and its pictures are made by `docs/studio_gallery.py`.
"""
SETS: dict[str, dict[str, tuple[str, ...]]] = {
    "Studio": {
        "sweep": ("on a seamless terracotta background, soft light", "sage green seamless backdrop with leaf shadows"),
        "podium": ("on a marble podium with a vase", "on a travertine pedestal, sunlight through a window"),
        "stone": ("on a slab of slate", "on wet black slate with water drops, dramatic light"),
        "paper": ("in front of layered coloured paper",),
        "fabric": ("on draped silk", "on linen drapery"),
        "flatlay": ("flat lay on marble with eucalyptus",),
        "night": ("at night with neon lights on wet asphalt", "neon city night, magenta glow"),
    },
    "Rooms": {
        "window": ("on a wooden table by a window, morning light", "by a sunny window with a plant"),
        "room": ("on a walnut table in a cosy living room",),
        "kitchen": ("on a kitchen worktop with lemons", "in a bright kitchen with fresh herbs"),
        "bathroom": ("in a bathroom with towels",),
        "desk": ("on a desk with a notebook",),
        "cafe": ("on a café table with a cup of coffee", "in a cosy café, warm lamps"),
        "festive": ("christmas table with presents", "by the Christmas tree, candles"),
        "floor": ("on wooden floorboards by a plant", "on a fluffy rug on the floor by a fireplace"),
        "shelf": ("on a shelf with books",),
    },
    "Outdoors": {
        "garden": ("in a garden on a stone", "on a wooden board in a summer garden"),
        "beach": ("on the beach, golden hour", "on rippled sand by the sea"),
        "desert": ("on sand dunes in the desert",),
        "forest": ("on moss in a forest",),
        "jungle": ("on a rock in the jungle",),
        "snow": ("in fresh snow",),
        "mountains": ("on a rock in the mountains",),
        "lake": ("on a stone in a lake, calm water",),
        "pool": ("by the pool in summer", "floating in a swimming pool"),
        "field": ("in a wheat field at golden hour",),
        "terrace": ("on a terrace at sunset",),
        "street": ("on a cobbled street",),
        "city": ("before a city skyline at dusk",),
        "clouds": ("on a cloud, pink sky",),
    },
}
MORE = "Things to ask for"
ASKED = {
    "lawn": "on a lawn with daisies, sunny afternoon",
    "sunbeams": "on moss in a forest, sunbeams",
    "firs": "in the snow with pine branches, winter light",
    "table": "on a white marble table, morning light",
    "towels": "on a stack of towels",
    "bench": "on a workbench with tools",
    "bamboo": "on a stone in a bamboo grove",
    "sunflowers": "in a field of sunflowers",
    "palms": "palm leaf shadows on a beige wall",
    "market": "on a wooden table at a farmers market",
    "evening": "by the window in the evening, candles",
    "surf": "on rocks by the sea, waves, golden hour",
    "bistro": "on a bistro table in Paris with croissants",
    "steps": "on pastel blue steps, soft shadows",
    "storm": "on a rock above a stormy sea",
    "courtyard": "in a Mediterranean courtyard with a lemon tree",
    "tatami": "Japanese interior, tatami and paper screens",
    "tray": "on a breakfast tray in bed",
    "bokeh": "on a dark table, warm bokeh lights, candles",
    "blinds": "sunlight through window blinds on a terracotta wall",
    "reflection": "black background with reflection",
    "luxury": "something elegant and expensive",
    "harmony": "tone on tone with the product",
    "duo": "sage green and beige, soft light",
}
"""What else words bring into the sets, by a name for the picture."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One picture of the gallery, of a set or of what was asked for: its name and which of that name it is.

    `seed` differs from picture to picture, so that no two share their chance.
    """

    name: str
    number: int
    prompt: str
    sample: samples.Sample
    photo: int
    seed: int

    @property
    def file(self) -> Path:
        return HERE / "pictures" / "studio" / f"{self.name}-{self.number}.webp"


def pictures() -> dict[str, list[Picture]]:
    """The gallery's pictures by chapter, that of things to ask for last; the sample products take turns."""
    turns = itertools.cycle((sample, photo) for photo in (0, 1) for sample in samples.every())
    seeds = itertools.count(1)
    chapters = SETS | {MORE: {name: (prompt,) for name, prompt in ASKED.items()}}
    return {
        chapter: [
            Picture(name=name, number=number, prompt=prompt, sample=sample, photo=photo, seed=next(seeds))
            for name, prompts in shown.items()
            for number, prompt in enumerate(prompts, start=1)
            for sample, photo in [next(turns)]
        ]
        for chapter, shown in chapters.items()
    }


def page() -> str:
    """The page in Markdown: a table of pictures a chapter, the prompt under each."""
    chapters = "".join(f"\n## {chapter}\n\n{_table(shown)}" for chapter, shown in pictures().items())
    rows = "".join(f"{number}. {prompt}\n" for number, prompt in enumerate(SHEET_PROMPTS, start=1))
    sheet = f"![Contact sheet]({SHEET.relative_to(HERE).as_posix()})\n"
    return f"{HEAD}{chapters}\n## One range before eight prompts\n\nEvery row is one prompt:\n\n{rows}\n{sheet}"


def _table(shown: list[Picture]) -> str:
    rows = ["|" + " |" * COLUMNS, "|" + ":-:|" * COLUMNS]
    for row in (shown[k : k + COLUMNS] for k in range(0, len(shown), COLUMNS)):
        cells = [f"![{each.name}]({each.file.relative_to(HERE).as_posix()})<br>{each.prompt}" for each in row]
        rows.append("| " + " | ".join(cells + [""] * (COLUMNS - len(cells))) + " |")
    return "\n".join(rows) + "\n"


@cache
def placed(sample: samples.Sample, photo: int, side: int) -> tuple[Placement, View]:
    """A sample product on the canvas, cut out along its exact matte, and the photo that it was cut from."""
    reference = references.load(sample.photos[photo])
    mask = masking.find_mask(reference, MaskRequest(product=sample.product, file=sample.mattes[photo]))
    canvas = placement.canvas_for((side, side), None, (side, side))
    view = View(pixels=reference.pixels, mask=mask.pixels)
    return placement.place_product(masking.cut_out(reference, mask), canvas), view


def rendered(sample: samples.Sample, photo: int, prompt: str, seed: int, *, side: int = RENDERED) -> Pixels:
    """One finished picture, `side` pixels square."""
    product, view = placed(sample, photo, side)
    request = SceneRequest(
        prompt=prompt,
        placement=product,
        seeds=(seed,),
        parameters={"samples_per_pixel": SAMPLES, "set_ideas": PLANNED},
        product=sample.product,
        views=(view,),
    )
    (scene,) = scenes.open_backend(recipes.get("studio")).make(request, silent)
    return composite(product.product, scene.pixels)


def make(picture: Picture) -> None:
    """Render one picture and write it small."""
    picture.file.parent.mkdir(parents=True, exist_ok=True)
    made = Image.fromarray(rendered(picture.sample, picture.photo, picture.prompt, picture.seed))
    made.resize((SHOWN, SHOWN), Image.Resampling.LANCZOS).save(picture.file, "WEBP", quality=84, method=6)


def make_sheet() -> None:
    """A row for every prompt, a column for every photo."""
    shown = [(sample, photo) for sample in samples.every() for photo in SHEET_PHOTOS]
    sheet = Image.new("RGB", (SHEET_CELL * len(shown), SHEET_CELL * len(SHEET_PROMPTS)))
    for row, prompt in enumerate(SHEET_PROMPTS):
        for column, (sample, photo) in enumerate(shown):
            seed = SHEET_SEED + row * len(shown) + column
            made = Image.fromarray(rendered(sample, photo, prompt, seed, side=2 * SHEET_CELL))
            small = made.resize((SHEET_CELL, SHEET_CELL), Image.Resampling.LANCZOS)
            sheet.paste(small, (SHEET_CELL * column, SHEET_CELL * row))
    sheet.save(SHEET, "WEBP", quality=84, method=6)


def main() -> None:
    (HERE / "studio.md").write_text(page(), "utf-8")
    wanted = set(sys.argv[1:])
    for picture in itertools.chain.from_iterable(pictures().values()):
        if not wanted or wanted & {picture.name, picture.file.stem}:
            make(picture)
            print(f"{picture.file.name}: {picture.file.stat().st_size // 1024} KiB", flush=True)
    if not wanted or "sheet" in wanted:
        make_sheet()


if __name__ == "__main__":
    main()

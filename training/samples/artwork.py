"""Draws what is printed on the samples: `python -m training.samples.artwork --fonts /usr/share/fonts`.

The drawings are kept in `prints/`, so rendering needs no fonts; drawing them again needs EB
Garamond, Lato and Dancing Script (SIL Open Font Licence; Debian's fonts-ebgaramond, fonts-lato, fonts-dancingscript).
The brands are invented.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

FOLDER = Path(__file__).with_name("prints")
OVERSAMPLING = 2

CREAM, INK, GOLD, OLIVE = "#F3EBD8", "#22301F", "#A9812F", "#69763B"
SAGE, FOREST, CLAY, BUTTER = "#A9B79A", "#24402F", "#BF5B3A", "#F2E6C6"

GARAMOND, GARAMOND_BOLD, GARAMOND_ITALIC = (
    "EBGaramond12-Regular.otf",
    "EBGaramond12-Bold.otf",
    "EBGaramond12-Italic.otf",
)
LATO, LATO_BOLD, SCRIPT = "Lato-Regular.ttf", "Lato-Bold.ttf", "DancingScript-Bold.otf"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A drawing surface measured in final pixels, drawn larger and reduced at the end."""

    image: Image.Image
    draw: ImageDraw.ImageDraw
    fonts: dict[str, Path]

    def text(self, x: float, y: float, words: str, font: str, size: float, fill: str, spacing: float = 0.0) -> None:
        """Words centred on (x, y), `spacing` final pixels added after every letter."""
        face = ImageFont.truetype(self.fonts[font], round(size * OVERSAMPLING))
        gap = spacing * OVERSAMPLING
        left = x * OVERSAMPLING - (face.getlength(words) + gap * (len(words) - 1)) / 2
        if not spacing:
            self.draw.text((left, y * OVERSAMPLING), words, fill, face, anchor="lm")
            return
        for at, letter in enumerate(words):
            self.draw.text(
                (left + face.getlength(words[:at]) + gap * at, y * OVERSAMPLING), letter, fill, face, anchor="lm"
            )

    def line(self, points: list[tuple[float, float]], fill: str, width: float) -> None:
        at = [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points]
        self.draw.line(at, fill, round(width * OVERSAMPLING), joint="curve")

    def frame(self, box: tuple[float, float, float, float], colour: str, width: float, radius: float = 0.0) -> None:
        at = tuple(v * OVERSAMPLING for v in box)
        self.draw.rounded_rectangle(at, radius * OVERSAMPLING, outline=colour, width=round(width * OVERSAMPLING))

    def block(self, box: tuple[float, float, float, float], fill: str, radius: float = 0.0) -> None:
        self.draw.rounded_rectangle(tuple(v * OVERSAMPLING for v in box), radius * OVERSAMPLING, fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        self.draw.ellipse([v * OVERSAMPLING for v in (x - radius, y - radius, x + radius, y + radius)], fill=fill)

    def blade(self, x: float, y: float, angle: float, length: float, width: float, fill: str, vein: str = "") -> None:
        """A pointed leaf from (x, y) at `angle` degrees (0 right, 90 up), with a midrib in the colour `vein`."""
        t = np.linspace(0, 1, 40)
        half = width / 2 * np.sin(np.pi * t**0.85)
        along, across = np.r_[t, t[::-1]] * length, np.r_[half, -half[::-1]]
        c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        outline = np.stack([x + c * along - s * across, y - s * along - c * across], 1) * OVERSAMPLING
        self.draw.polygon([tuple(p) for p in outline], fill=fill)
        if vein:
            self.line([(x, y), (x + c * length * 0.86, y - s * length * 0.86)], vein, max(1.0, width / 14))


def bottle_label(fonts: dict[str, Path]) -> Image.Image:
    """950x1100: the front of a bottle of olive oil."""
    sheet = _sheet(950, 1100, CREAM, fonts)
    sheet.frame((28, 28, 922, 1072), GOLD, 5)
    sheet.frame((40, 40, 910, 1060), GOLD, 1.5)
    _olive_branch(sheet, 475, 222)
    sheet.text(475, 440, "OLMARINO", GARAMOND_BOLD, 118, INK, 8)
    _ornament(sheet, 475, 548, 300, GOLD)
    sheet.text(475, 630, "Extra Virgin Olive Oil", GARAMOND_ITALIC, 74, INK)
    sheet.text(475, 738, "FIRST HARVEST · COLD PRESSED", LATO_BOLD, 30, OLIVE, 4)
    sheet.block((41, 800, 909, 918), OLIVE)
    sheet.text(475, 858, "Grove No. 7 · Hand picked", GARAMOND, 60, CREAM)
    sheet.text(475, 968, "500 ml  ℮  16.9 fl oz", LATO, 40, INK, 2)
    sheet.text(475, 1022, "PRODUCE OF THE OLMARINO ESTATE", LATO, 23, INK, 4)
    return _finished(sheet)


def mug_print(fonts: dict[str, Path]) -> Image.Image:
    """900x900 on clear: a sun over hills and the words below, in one colour."""
    sheet = _sheet(900, 900, "#F1E7D300", fonts)
    cream = "#F1E7D3"
    for angle in np.linspace(12, 168, 13):
        c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        far = 262 if round((angle - 12) / 13) % 2 == 0 else 226
        sheet.line([(450 + 178 * c, 372 - 178 * s), (450 + far * c, 372 - far * s)], cream, 11)
    sheet.draw.pieslice([v * OVERSAMPLING for v in (302, 224, 598, 520)], 180, 360, fill=cream)
    for row, (rise, width) in enumerate(((26, 330), (22, 270), (17, 200))):
        x = np.linspace(-width, width, 80)
        y = 410 + 40 * row - rise * np.cos(x / width * np.pi * 1.5 + row) * (1 - (x / width) ** 2)
        sheet.line(list(zip(450 + x, y, strict=True)), cream, 10)
    sheet.text(450, 640, "slow mornings", SCRIPT, 150, cream)
    sheet.text(450, 780, "TARN & BIRCH", LATO_BOLD, 38, cream, 12)
    return _finished(sheet)


def box_front(fonts: dict[str, Path]) -> Image.Image:
    """875x1190: the front of a carton of tea."""
    sheet = _sheet(875, 1190, SAGE, fonts)
    sheet.block((0, 800, 875, 1190), FOREST)
    for angle, length, x in ((158, 190, 250), (22, 190, 625), (140, 230, 275), (40, 230, 600)):
        _sprig(sheet, x, 800, angle, length * 1.55)
    for x, y, size in ((110, 690, 62), (765, 690, 62), (84, 530, 40), (791, 530, 40)):
        _chamomile(sheet, x, y, size)
    sheet.block((175, 110, 700, 905), BUTTER, 262)
    sheet.frame((191, 126, 684, 889), CLAY, 3.5, 247)
    _sprig(sheet, 437, 345, 90, 175)
    _chamomile(sheet, 392, 352, 36)
    _chamomile(sheet, 484, 352, 36)
    sheet.text(437, 462, "HOLLOW", GARAMOND_BOLD, 88, FOREST, 6)
    sheet.text(437, 560, "FERN", GARAMOND_BOLD, 88, FOREST, 22)
    _ornament(sheet, 437, 638, 170, CLAY)
    sheet.text(437, 700, "Chamomile &", GARAMOND_ITALIC, 66, CLAY)
    sheet.text(437, 768, "Lemon Balm", GARAMOND_ITALIC, 66, CLAY)
    sheet.text(437, 835, "HERBAL TEA", LATO_BOLD, 29, FOREST, 8)
    sheet.text(437, 985, "20 TEA BAGS", LATO_BOLD, 46, BUTTER, 9)
    sheet.text(437, 1050, "naturally free of caffeine", GARAMOND_ITALIC, 46, BUTTER)
    sheet.text(437, 1118, "30 g  ℮  1.05 oz", LATO, 31, BUTTER, 3)
    return _finished(sheet)


def box_side(fonts: dict[str, Path]) -> Image.Image:
    """490x1190: how to brew, what is inside, and a bar code."""
    sheet = _sheet(490, 1190, SAGE, fonts)
    sheet.block((0, 800, 490, 1190), FOREST)
    sheet.text(245, 120, "A quiet cup", GARAMOND_ITALIC, 68, FOREST)
    _ornament(sheet, 245, 182, 110, CLAY)
    story = ("Whole flowers and soft", "leaves, dried slowly in the", "shade and packed by hand", "in small batches.")
    steps = ("One bag", "250 ml at 95 °C", "Five minutes, covered")
    for row, words in enumerate(story):
        sheet.text(245, 250 + 48 * row, words, GARAMOND, 38, FOREST)
    for row, words in enumerate(steps):
        sheet.disc(92, 528 + 82 * row, 25, CLAY)
        sheet.text(92, 527 + 82 * row, str(row + 1), LATO_BOLD, 30, BUTTER)
        sheet.text(290, 527 + 82 * row, words, GARAMOND, 35, FOREST)
    sheet.text(245, 855, "INGREDIENTS", LATO_BOLD, 27, BUTTER, 5)
    for row, words in enumerate(("Chamomile flowers (62 %),", "lemon balm (30 %), lemon peel.")):
        sheet.text(245, 900 + 36 * row, words, LATO, 25, BUTTER)
    _bar_code(sheet, (115, 985, 375, 1135))
    return _finished(sheet)


def box_top(fonts: dict[str, Path]) -> Image.Image:
    """875x490: the lid, with the slit of its tuck flap along the front."""
    sheet = _sheet(875, 490, FOREST, fonts)
    sheet.text(437, 200, "HOLLOWFERN", GARAMOND_BOLD, 88, BUTTER, 12)
    _ornament(sheet, 437, 272, 180, CLAY)
    sheet.text(437, 332, "Chamomile & Lemon Balm", GARAMOND_ITALIC, 48, BUTTER)
    sheet.line([(0, 476), (875, 476)], "#15281D", 3)
    return _finished(sheet)


DRAWINGS = {
    "bottle-label": bottle_label,
    "mug-print": mug_print,
    "box-front": box_front,
    "box-side": box_side,
    "box-top": box_top,
}


def draw_all(fonts: Path, folder: Path = FOLDER) -> None:
    """Writes every drawing as a palette PNG into `folder`, with the fonts found anywhere below `fonts`."""
    found = {path.name: path for path in sorted(fonts.rglob("*.[ot]tf"))}
    folder.mkdir(parents=True, exist_ok=True)
    for name, drawing in DRAWINGS.items():
        drawing(found).quantize(64, Image.Quantize.FASTOCTREE).save(folder / f"{name}.png", optimize=True)


def _sheet(width: int, height: int, ground: str, fonts: dict[str, Path]) -> Sheet:
    image = Image.new("RGBA", (width * OVERSAMPLING, height * OVERSAMPLING), ground)
    return Sheet(image=image, draw=ImageDraw.Draw(image), fonts=fonts)


def _finished(sheet: Sheet) -> Image.Image:
    return sheet.image.reduce(OVERSAMPLING)


def _ornament(sheet: Sheet, x: float, y: float, half: float, colour: str) -> None:
    sheet.line([(x - half, y), (x - 26, y)], colour, 2.5)
    sheet.line([(x + 26, y), (x + half, y)], colour, 2.5)
    for angle in (0, 90, 180, 270):
        sheet.blade(x, y, angle, 19, 10, colour)


def _olive_branch(sheet: Sheet, x: float, y: float) -> None:
    t = np.linspace(-1, 1, 9)
    stem = [(x + 270 * k, y + 62 * k * k - 30) for k in np.linspace(-1, 1, 60)]
    sheet.line(stem, OLIVE, 6)
    for row, k in enumerate(t):
        at_x, at_y, slope = x + 270 * k, y + 62 * k * k - 30, -np.degrees(np.arctan(124 * k / 270))
        lean = 48 if k >= 0 else 132
        sheet.blade(at_x, at_y, lean + slope, 132 - 14 * abs(k), 38, OLIVE, CREAM)
        sheet.blade(at_x, at_y, -lean + slope, 118 - 14 * abs(k), 36, INK if row % 2 else OLIVE, CREAM)
    for dx, dy in ((-118, 62), (-30, 50), (62, 54), (150, 74)):
        sheet.line([(x + dx, y + dy - 62), (x + dx, y + dy)], OLIVE, 4)
        sheet.draw.ellipse(
            [v * OVERSAMPLING for v in (x + dx - 25, y + dy - 12, x + dx + 25, y + dy + 54)],
            fill=INK,
            outline=CREAM,
            width=5,
        )
        sheet.draw.arc(
            [v * OVERSAMPLING for v in (x + dx - 16, y + dy - 3, x + dx + 16, y + dy + 44)], 185, 260, CREAM, 7
        )


def _sprig(sheet: Sheet, x: float, y: float, angle: float, length: float) -> None:
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    sheet.line([(x, y), (x + c * length, y - s * length)], FOREST, 5)
    for k in np.linspace(0.16, 0.95, 9):
        size = length * 0.34 * (1.12 - k)
        for side in (-1, 1):
            sheet.blade(x + c * length * k, y - s * length * k, angle + side * 48, size, size * 0.3, FOREST)
    sheet.blade(x + c * length * 0.95, y - s * length * 0.95, angle, length * 0.12, length * 0.05, FOREST)


def _chamomile(sheet: Sheet, x: float, y: float, radius: float) -> None:
    for angle in np.arange(0, 360, 360 / 14):
        sheet.blade(x, y, angle, radius, radius * 0.36, "#FFFDF4", "#D9D2B8")
    sheet.disc(x, y, radius * 0.34, "#E0A526")
    sheet.disc(x - radius * 0.06, y - radius * 0.06, radius * 0.2, "#EFC04C")


def _bar_code(sheet: Sheet, box: tuple[float, float, float, float]) -> None:
    x0, y0, x1, y1 = box
    sheet.block(box, "#FFFDF6", 6)
    widths = np.random.default_rng(7).integers(1, 4, 61)
    edges = x0 + 18 + np.r_[0, np.cumsum(widths)] * (x1 - x0 - 36) / widths.sum()
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        sheet.block((left, y0 + 14, right, y1 - 38), "#111111")
    sheet.text((x0 + x1) / 2, y1 - 20, "0 000007 312849", LATO, 24, "#111111", 1)


def main() -> None:
    parser = argparse.ArgumentParser(description="Draws what is printed on the sample products.")
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts"))
    draw_all(parser.parse_args().fonts)


if __name__ == "__main__":
    main()

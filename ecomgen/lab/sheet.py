"""The contact sheet: pictures in rows and columns, with what varies written beside them."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from ecomgen import picture_file
from ecomgen.atomic_file import write_atomically
from ecomgen.lab.matrix import Matrix, Result, titled

Font = ImageFont.ImageFont | ImageFont.FreeTypeFont
Key = tuple[str, ...]  # the values that place a picture in its row or column
SIDE, SMALLEST, LARGEST_SHEET = 320, 96, 8000  # pixels
GAP, MARGIN, LABEL = 14, 28, 200
PAPER, INK, FAINT = (250, 249, 247), (34, 32, 30), (120, 116, 110)


def contact_sheet(matrix: Matrix, results: Sequence[Result], folder: Path, target: Path) -> None:
    """Write the sheet as PNG. The results' paths are relative to `folder`.

    Raises:
        CannotWrite: the folder cannot be written.
    """
    rows, columns, cells = placed(matrix, results)
    write_atomically(target, picture_file.encoded(_drawn(rows, columns, cells, folder), "PNG"))


def placed(matrix: Matrix, results: Sequence[Result]) -> tuple[list[Key], list[Key], Mapping[tuple[Key, Key], Result]]:
    """Rows, columns, and what stands where: the last axis and the seeds run across, the others down; of one axis with
    several seeds only these run across."""
    is_across = len(matrix.axes) > 1 or len({one.seed for one in results}) == 1
    split = max(0, len(matrix.axes) - is_across)
    cells: dict[tuple[Key, Key], Result] = {}
    for one in results:
        values = tuple(titled(axis.name, value) for axis, value in zip(matrix.axes, one.cell.values, strict=True))
        cells[values[:split], (*values[split:], f"seed {one.seed}")] = one
    rows, columns = (list(dict.fromkeys(keys)) for keys in zip(*cells, strict=True))
    return rows, columns, cells


def _drawn(
    rows: Sequence[Key], columns: Sequence[Key], cells: Mapping[tuple[Key, Key], Result], folder: Path
) -> Image.Image:
    side = _side(rows, columns)
    letters = max(11, side // 20)
    font, line = ImageFont.load_default(letters), 1.35 * letters
    head, step_x, step_y = int(MARGIN + 3 * line), side + GAP, int(side + GAP + 1.4 * line)
    size = (MARGIN + LABEL + step_x * len(columns) + MARGIN, head + step_y * len(rows) + MARGIN)
    sheet = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(sheet)
    for number, column in enumerate(columns):
        _write(draw, (MARGIN + LABEL + number * step_x, MARGIN), column, font, side / letters)
    for number, row in enumerate(rows):
        _write(draw, (MARGIN, head + number * step_y), row, font, (LABEL - GAP) / letters)
    for (row, column), result in cells.items():
        x, y = MARGIN + LABEL + columns.index(column) * step_x, head + rows.index(row) * step_y
        small = ImageOps.contain(Image.fromarray(picture_file.pixels(folder / result.path)), (side, side))
        sheet.paste(small, (x + (side - small.width) // 2, y + (side - small.height) // 2))
        draw.text((x, y + side + 0.2 * line), _caption(result), FAINT, font)
    return sheet


def _side(rows: Sequence[Key], columns: Sequence[Key]) -> int:
    """Smaller pictures for larger sheets, so that a sheet can still be opened."""
    most = max(len(rows), len(columns))
    return max(SMALLEST, min(SIDE, (LARGEST_SHEET - LABEL - 2 * MARGIN) // most - 2 * GAP))


def _write(draw: ImageDraw.ImageDraw, place: tuple[int, int], words: Key, font: Font, room: float) -> None:
    """Each of the words on lines of its own, within `room` times the height of a letter."""
    lines = [line for word in words for line in (textwrap.wrap(word, max(4, int(room / 0.52))) or ["–"])]
    draw.multiline_text(place, "\n".join(lines), INK, font, spacing=4)


def _caption(result: Result) -> str:
    overall = result.scores.overall
    return " ".join(part for part in (f"{overall:.2f}" if overall is not None else "", result.status) if part)

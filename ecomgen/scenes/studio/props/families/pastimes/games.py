"""What is played at a table."""

from __future__ import annotations

from ecomgen.scenes.studio.bodies import METRE, turned_body
from ecomgen.scenes.studio.primitives.palette import hexadecimal
from ecomgen.scenes.studio.primitives.shapes import Shape, ball, block, joined
from ecomgen.scenes.studio.primitives.types import Material, Thing
from ecomgen.scenes.studio.props.declaration import prop
from ecomgen.scenes.studio.props.scatter import cluster
from ecomgen.scenes.studio.stage.shot import Shot

EBONY, BOXWOOD = "#2a1d17", "#d6b27a"
SQUARE = 0.045 * METRE  # of a board
FOOT = [(0, 0), (0.014, 0), (0.0145, 0.005), (0.011, 0.009)]  # of every piece, in metres
PAWN = [*FOOT, (0.006, 0.02), (0.005, 0.028), (0.009, 0.03), (0.009, 0.032), (0.005, 0.033)]
KING = [
    *FOOT,
    (0.008, 0.02),
    (0.0055, 0.048),
    (0.011, 0.052),
    (0.011, 0.055),
    (0.007, 0.058),
    (0.0105, 0.073),
    (0, 0.077),
]
PIPS = {1: [(0, 0)], 2: [(-1, -1), (1, 1)], 3: [(-1, -1), (0, 0), (1, 1)]}
DIE = 0.018 * METRE


@prop("chess, chess board, chessboard, chess piece, chess set, chess figure, checkers, draughts", place="window")
def chess(shot: Shot) -> list[Thing]:
    """A corner of a chessboard with a few pieces on it, one of them lying."""
    squares: dict[str, list[Shape]] = {EBONY: [], BOXWOOD: []}
    for i in range(5):
        for j in range(4):
            square = block(SQUARE, 0.03, SQUARE, 0.001).moved(SQUARE * (i - 2), 0.0, SQUARE * (j - 1.5))
            squares[EBONY if (i + j) % 2 else BOXWOOD].append(square)
    pieces: dict[str, list[Shape]] = {EBONY: [_king()], BOXWOOD: [_pawn(), _pawn(), _king()]}
    places = {EBONY: [(1, 0)], BOXWOOD: [(-1, 1), (0, 0), (-2, 0)]}
    for colour, made in pieces.items():
        for piece, (i, j) in zip(made, places[colour], strict=True):
            squares[colour].append(piece.moved(SQUARE * i, 0.03, SQUARE * (j - 0.5)))
    fallen = _pawn().turned(z=97, y=shot.uniform(0, 90)).moved(1.4 * SQUARE, 0.03 + 0.0145 * METRE, 1.2 * SQUARE)
    squares[EBONY].append(fallen)
    turn = shot.uniform(-28, 28)
    return [
        Thing(joined(shapes).turned(y=turn), Material(hexadecimal(dye), roughness=0.3))
        for dye, shapes in squares.items()
    ]


def _pawn() -> Shape:
    return joined([turned_body(PAWN), ball(0.0085 * METRE, rings=21).moved(0, 0.031 * METRE)])


def _king() -> Shape:
    cross = [block(0.014, 0.05, 0.014, 0.003), block(0.04, 0.014, 0.014, 0.003).moved(0, 0.02)]
    return joined([turned_body(KING), *(part.moved(0, 0.076 * METRE) for part in cross)])


@prop("dice, pair of dice, board game, backgammon, parlour game, tabletop game", place="window")
def dice(shot: Shot) -> list[Thing]:
    """A few dice, one, two or three up."""
    bodies, dots = [], []
    for number, (x, z) in enumerate(cluster(shot, shot.count(3), 0.16)):
        turn = shot.uniform(0, 90)
        bodies.append(block(DIE, DIE, DIE, 0.012).turned(y=turn).moved(x, 0, z))
        for way in range(3):  # seen: above, and two of the sides
            pip = ball(0.0085, rings=9).scaled(1, 0.3, 1)
            face = [pip.moved(0.27 * DIE * a, 0, 0.27 * DIE * b) for a, b in PIPS[1 + (number + way) % 3]]
            lid = joined(face).moved(0, 0.5 * DIE)
            side = lid if way == 0 else lid.turned(x=90).turned(y=90.0 * (way - 1))
            dots.append(side.moved(0, 0.5 * DIE).turned(y=turn).moved(x, 0, z))
    ivory = Material(hexadecimal(shot.wish.prop_colour or "#efe8da"), roughness=0.25)
    return [
        Thing(joined(bodies), ivory),
        Thing(joined(dots), Material((0.02, 0.02, 0.022), roughness=0.4)),
    ]

"""What a set's builder is told: the wish, the frame, the footprint, colours that suit, and a source of chance."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
from numpy.random import Generator

from ecomgen.scenes.studio.declarations.sets import Idea, Set, Tone, Trait, declared
from ecomgen.scenes.studio.declarations.vocabulary import vocabulary
from ecomgen.scenes.studio.declarations.wish import Wish
from ecomgen.scenes.studio.primitives.noise import generator_for, spawn
from ecomgen.scenes.studio.primitives.palette import (
    BESIDE,
    NEUTRAL,
    Palette,
    beside,
    from_oklch,
    has_one_name,
    hexadecimal,
    is_grey,
    lightness,
    toned,
)
from ecomgen.scenes.studio.primitives.types import Colour, Values
from ecomgen.scenes.studio.stage.frame import Frame

Choice = TypeVar("Choice")
ALIKE = 0.18  # in lightness (Oklab): a wall so near to the product's is lost behind it
LIT = 0.55  # of a coloured light's chroma, that has what it lights behind
BESIDE_TOLD = 0.09  # in lightness (Oklab): by what small things differ from a told colour
DARK = 0.4  # products below this lightness (Oklab) are lost on dark ground
DARK_WALL = 0.5  # lightness (Oklab) of a background that is to be dark, at most
PALE, DARKER = 0.8, 0.1  # a told colour lighter than that has a wall that is darker by at most so much (Oklab)
DEEPEST = 0.5  # units
TRIES = 4  # pictures of seeds that follow each other, which share neither light nor camera
COLOURFUL, QUIET = ("0.03", "0.05", "0.08"), ("0.006", "0.012", "0.022")
"""The chroma of a wall of which nothing is told, and of one behind white, grey or black."""
PLAIN = ("same", "neutral")
"""Of what goes with a told colour, what leaves a picture minimal."""
WARM = (55, 72, 38, 85)  # hues, in degrees, that are warm and those of autumn
AWAY = (1, 3, 0, 2)  # in which quarter, from near to far, the camera stands, try by try
HIGH = (0, 3, 2, 1)  # in which quarter of its span a lamp stands, try by try: sides take turns, so none comes again
LOWER, HIGHER = 13.0, 15.0  # degrees by which a lamp's span is stretched where seeds take turns


@dataclass(frozen=True, kw_only=True)
class Shot:
    """The set-up of one picture: scene description, camera frame, random generator and palette.

    `side` is -1 where the key light comes from the left, 1 from the right.
    """

    wish: Wish
    frame: Frame
    rng: Generator
    side: float
    seed: int = 0
    ideas: int = 0  # not 0: seeds that follow each other take turns in what decides a picture; 0: each draws by itself
    idea_seed: int | None = None  # whose turn it is; None: its own
    idea: Idea | None = None  # what this picture is to be, as far as the prompt leaves it open
    units_per_metre: float = 4.5  # units in a metre: 1 over the product's larger side in metres
    palette: Palette = field(default=NEUTRAL)
    arranged: float | None = None  # the side that it was set up for, where only the light was turned since
    feet: tuple[Foot, ...] = ()  # what of the product touches the ground; where it is not known, all of its width
    prop: str = ""  # the one that is being built

    @property
    def turning(self) -> int:
        """The seed whose turn it is in what decides a picture."""
        return self.seed if self.idea_seed is None else self.idea_seed

    @property
    def order(self) -> float:
        """The side by which things are arranged: the key light's when the set was first lit."""
        return self.side if self.arranged is None else self.arranged

    @property
    def reach(self) -> float:
        """How far behind its foremost foot the product still stands, in units: a long sole seen from above goes far."""
        return max((-foot.z for foot in self.feet), default=0.0)

    @property
    def deep(self) -> float:
        """How far back from its foremost foot the product probably goes, in units."""
        return self.reach + min(0.8 * self.frame.product_width, DEEPEST)

    @property
    def half_diagonal(self) -> float:
        """Half of what the product stands on from corner to corner, in units."""
        return 0.5 * float(np.hypot(self.frame.product_width, self.reach))

    @property
    def built(self) -> Set | None:
        """The set that is built, as its file declares it."""
        return declared().get(self.wish.place or "")

    def has(self, trait: Trait) -> bool:
        """Whether the set that is built is of this kind."""
        return self.built is not None and trait in self.built.traits

    @property
    def outdoors(self) -> bool:
        """Whether the set is a landscape."""
        return self.built is not None and self.built.landscape is not None

    @property
    def indoors(self) -> bool:
        """Whether the set is a room."""
        return self.built is not None and self.built.room is not None

    @property
    def wintry(self) -> bool:
        """Whether snow lies on what is seen behind."""
        return self.wish.season == "winter" or self.has("winter")

    @property
    def stormy(self) -> bool:
        """Whether the sea, where there is one, is high and grey."""
        return self.wish.weather in ("rainy", "stormy")

    def wishing(self, **changes: Any) -> Shot:
        """The same shot, wished otherwise."""
        return replace(self, wish=replace(self.wish, **changes))

    def count(self, usual: int) -> int:
        """How many are asked for of the prop that is being built, else the `usual` number."""
        return self.wish.count_of(self.prop, usual)

    def seeded_choice(self, *choices: str) -> str:
        """One of the choices: always the same for this picture, whoever asks."""
        if self.ideas:
            return self.turn(*choices)
        left = self.permitted(choices)
        return left[int(generator_for("seeded choice", self.seed).integers(len(left)))]

    def turn(self, *choices: str) -> str:
        """One of the choices that decide a picture: each once, before one comes again."""
        if not self.ideas:
            return self.choice(*choices)
        known = tuple(dict.fromkeys(self.permitted(choices)))
        key = _key(self.wish.place, known)
        slow = 1 + key % 2 if len(known) == 2 else 1  # pairs of two choices each are to come in all four ways
        order = np.random.default_rng(key).permutation(len(known))
        return known[int(order[self.turning // slow % len(known)])]

    def span(self, name: str, low: float, high: float, *, wider: float = 0.0) -> float:
        """A number that decides a picture: of four seeds that follow each other one is in each quarter of the span.

        Seeds that take turns may stray further, at either end.
        """
        if not self.ideas:
            return self.uniform(low, high)
        return low - wider + (high - low + 2 * wider) * share(self.turning, self.wish.place, name)

    def height(self, low: float, high: float) -> float:
        """How high a lamp stands, in degrees."""
        if not self.ideas:
            return self.uniform(low, high)
        low, high = low - LOWER, high + HIGHER
        return low + (high - low) * (HIGH[self.turning % TRIES] + _inner(self.turning, "height")) / TRIES

    def companion(self) -> Colour:
        """A backdrop's colour that lets the product stand out, and goes with the one that the prompt tells.

        In coloured light it is of that colour, dark beside what is dark. Beside a pale colour it is pale, unless
        the mood is dark. Where a dark background or dramatic light was asked for it is dark, whatever it is beside.
        """
        colour, wish = self._beside_told(), self.wish
        dark = "dark" in wish.mood and "background" in wish.accents
        dark = dark or ("dramatic" in wish.mood and ("light" in wish.accents or wish.side is not None))
        return toned(colour, lightness=min(lightness(colour), DARK_WALL)) if dark else colour

    def _beside_told(self) -> Colour:
        palette, told = self.palette, self.wish.surface_colour or self.wish.backdrop_colour
        if self.wish.light_colour and not palette.colours:
            most = 0.75 if told is None else float(np.clip(lightness(hexadecimal(told)) + 0.2, 0.4, 0.75))
            light = min(self.behind or self.span("lightness", *palette.apart), most)
            return toned(hexadecimal(self.wish.light_colour), lightness=light, chroma=LIT)
        if told is not None and not palette.colours and not is_grey(hexadecimal(told)):
            light = self.behind or self.span("lightness", *palette.apart)
            own = lightness(hexadecimal(told))
            if own > PALE and not {"dark", "dramatic"} & {*self.wish.mood}:
                light = max(light, own - DARKER)
            return beside(hexadecimal(told), self.turn(*(PLAIN if "minimal" in self.wish.style else BESIDE)), light)
        if not self.ideas or palette.colours:
            return palette.companion(self.rng)
        implied = self._implied() if told is None else None
        if implied is not None:
            return implied
        warm = self.wish.season == "autumn" or "warm" in self.wish.mood
        hue = float(self.turn(*map(str, WARM if warm else palette.relatives)))
        light = self.span("lightness", *palette.apart)
        light = light if self.behind is None or palette.shade else self.behind
        chroma = self.turn(*(COLOURFUL if told is None and "minimal" not in self.wish.style else QUIET))
        return from_oklch(*palette.shaded(light, float(chroma)), hue)

    def _implied(self) -> Colour | None:
        """What goes with the wall that is told, else a colour of the mood; None where neither tells of any."""
        wall = vocabulary().surface.get(self.wish.wall or "")
        if wall is not None and wall.tint is not None:
            tint = hexadecimal(wall.tint)
            return toned(tint, lightness=lightness(tint) - DARKER, chroma=0.5)
        colours = self.walls_of_mood()
        return hexadecimal(self.turn(*colours)) if colours else None

    def walls_of_mood(self) -> tuple[str, ...]:
        """The walls' colours that the mood brings, #rrggbb; none where it brings none, or all is to be plain."""
        moods = () if "minimal" in self.wish.style else self.wish.mood
        return next((walls for name in moods if (walls := vocabulary().mood[name].walls)), ())

    def accent(self) -> Colour:
        """A colour for small things: lighter or darker than what the prompt tells of the set, else a livelier one."""
        told = self.wish.backdrop_colour or self.wish.surface_colour
        if told is None or self.palette.colours or is_grey(hexadecimal(told)):
            return self.palette.accent(self.rng)
        own = lightness(hexadecimal(told))
        return toned(hexadecimal(told), lightness=own + (BESIDE_TOLD if own < 0.65 else -BESIDE_TOLD))

    @property
    def tone(self) -> Tone | None:
        """In which tone comes what the product stands on, as the picture's idea has it: dark products not on dark."""
        told = self.idea and self.idea.tone
        return None if told == "dark" and self.palette.lightness < DARK else told

    @property
    def behind(self) -> float | None:
        """How light (Oklab) the picture's idea has a plain wall; None where it says nothing."""
        told, own = self.idea and self.idea.behind, self.palette.lightness
        if told is None or abs(told - own) >= ALIKE:
            return told
        return own + (ALIKE if own < 0.6 or told > own else -ALIKE)

    def choice(self, *choices: Choice) -> Choice:
        """One of the choices, by chance."""
        left = self.permitted(choices)
        return left[int(self.rng.integers(len(left)))]

    def permitted(self, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """The choices without those colours (#rrggbb) that must not be seen, where there are others."""
        forbidden = [hexadecimal(one) for one in self.wish.without if one.startswith("#")]
        left = tuple(
            one
            for one in choices
            if not (isinstance(one, str) and one.startswith("#"))
            or not any(has_one_name(hexadecimal(one), other) for other in forbidden)
        )
        return left or choices

    def uniform(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def spawn(self) -> Shot:
        """With a source of chance of its own: however much a part of the set uses up, which the canvas decides, the
        rest of it stays as it is."""
        return replace(self, rng=spawn(self.rng))

    def clear_of_product(self, margin: float) -> tuple[float, float]:
        """The x of the product's left and right edges in the picture, with a margin."""
        half = self.frame.product_width / 2 + margin
        return self.frame.product_x - half, self.frame.product_x + half

    def beside_product(self, side: float, margin: float) -> float:
        """How far to that side (-1 or 1) of x = 0 the product's edge is in the picture, with a margin."""
        left, right = self.clear_of_product(margin)
        return right if side > 0 else -left

    def from_foot(self, x: Values, z: Values) -> tuple[Values, Values]:
        """The way (dx, dz) to places on the ground from where the product stands next to them; 0 under it."""
        left, right = self.clear_of_product(0.0)
        return way_from(self.feet or (Foot(left=left, right=right, z=0.0),), x, z)

    def away(self, places: Values) -> Values:
        """How far `places` (Nx3) on the ground are from where the product stands, N."""
        return np.hypot(*self.from_foot(places[:, 0], places[:, 2]))


@dataclass(frozen=True, kw_only=True)
class Foot:
    """A part of a product that touches the ground: from `left` to `right`, its front at depth `z`, in units."""

    left: float
    right: float
    z: float

    @property
    def deep(self) -> float:
        """How far it probably reaches back: feet are about as deep as wide, long bodies less."""
        return min(0.8 * (self.right - self.left), DEEPEST)

    def way_to(self, x: Values, z: Values) -> tuple[Values, Values]:
        """The shortest way (dx, dz) from the foot, an ellipse, to places on the ground; both 0 within it."""
        half, back = 0.5 * (self.right - self.left) + 1e-6, 0.5 * self.deep + 1e-6
        dx, dz = x - 0.5 * (self.left + self.right), z - (self.z - back)
        outside = np.clip(1 - 1 / np.maximum(np.hypot(dx / half, dz / back), 1e-6), 0, None)
        return dx * outside, dz * outside


def way_from(feet: Sequence[Foot], x: Values, z: Values) -> tuple[Values, Values]:
    """The way (dx, dz) to places on the ground from the nearest of the `feet`, in units."""
    ways = np.stack([np.stack(foot.way_to(x, z)) for foot in feet])
    nearest = np.argmin(np.hypot(ways[:, 0], ways[:, 1]), axis=0)[None]
    dx, dz = (np.take_along_axis(ways[:, part], nearest, axis=0)[0] for part in (0, 1))
    return dx, dz


def sided(seed: int) -> float:
    """The side of the key light: they take turns."""
    return -1.0 if seed % 2 else 1.0


def camera_distance(seed: int) -> float:
    """How far off the camera stands, from 0 to 1."""
    return (AWAY[seed % TRIES] + 0.3 * _inner(seed, "away")) / (TRIES - 0.7)


def share(seed: int, *name: str | None) -> float:
    """In [0, 1): of four seeds that follow each other one is in each quarter."""
    order = np.random.default_rng(_key(*name)).permutation(TRIES)
    return (int(order[seed % TRIES]) + _inner(seed, *name)) / TRIES


def _inner(seed: int, *name: str | None) -> float:
    """By chance in [0, 1), always the same."""
    return float(np.random.default_rng([seed & 0xFFFFFFFF, _key(*name)]).random())


def _key(*parts: object) -> int:
    return zlib.crc32(repr(parts).encode())

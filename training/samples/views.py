"""The twelve pictures, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class View:
    """One picture: what, where, from where and how large.

    `turn` rotates the product (degrees, counter-clockwise from above), `camera` and `target` are points in
    decimetres, `field` is the horizontal field of view in degrees, `aperture` the lens's radius, `exposure` in stops.
    """

    product: str
    number: int
    room: str
    turn: float
    camera: tuple[float, float, float]
    target: tuple[float, float, float]
    field: float
    width: int
    height: int
    aperture: float = 0.05
    exposure: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)  # moves the room beneath the product

    @property
    def stem(self) -> str:
        return f"{self.product}/{self.number:02d}"


VIEWS = (
    View(product="bottle", number=1, room="kitchen", turn=-4, camera=(0.2, -7.6, 2.2), target=(0.04, 0, 1.33),
         field=18, width=768, height=1024, exposure=0.2),
    View(product="bottle", number=2, room="desk", turn=20, camera=(-1.2, -7.2, 2.9), target=(0.04, 0, 1.3),
         field=20, width=820, height=1024),
    View(product="bottle", number=3, room="linen", turn=0, camera=(1.1, -7.4, 1.8), target=(0.1, 0, 1.36),
         field=23.5, width=1024, height=1024, exposure=0.1),
    View(product="bottle", number=4, room="counter", turn=9, camera=(-0.5, -7.8, 2.0), target=(0.08, 0, 1.34),
         field=17.5, width=768, height=1024, exposure=0.5),
    View(product="mug", number=1, room="desk", turn=0, camera=(0.1, -5.6, 1.65), target=(0.12, 0, 0.47),
         field=18.5, width=1024, height=768, aperture=0.03),
    View(product="mug", number=2, room="linen", turn=-28, camera=(0.6, -5.2, 2.5), target=(0.1, 0, 0.46),
         field=19, width=1024, height=820, exposure=0.1, aperture=0.03),
    View(product="mug", number=3, room="counter", turn=14, camera=(-0.7, -5.6, 1.5), target=(0.14, 0, 0.47),
         field=18, width=1024, height=1024, exposure=0.5, aperture=0.03),
    View(product="mug", number=4, room="kitchen", turn=-12, camera=(0.5, -5.6, 1.7), target=(0.12, 0, 0.53),
         field=15.5, width=820, height=1024, aperture=0.03),
    View(product="box", number=1, room="linen", turn=-8, camera=(0.2, -7.2, 1.7), target=(0.0, 0, 0.85),
         field=17.5, width=820, height=1024, exposure=0.1),
    View(product="box", number=2, room="kitchen", turn=-36, camera=(0.3, -6.8, 2.7), target=(0.0, 0, 0.82),
         field=21, width=1024, height=1024),
    View(product="box", number=3, room="desk", turn=30, camera=(-0.4, -7.0, 2.9), target=(0.0, 0, 0.82),
         field=24, width=1024, height=820),
    View(product="box", number=4, room="counter", turn=16, camera=(0.1, -7.4, 1.5), target=(0.0, 0, 0.84),
         field=18, width=820, height=1024, exposure=0.4, shift=(-0.6, 0.0)),
)  # fmt: skip

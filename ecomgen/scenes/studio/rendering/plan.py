"""What a variant's pace allows: the one place where size, draft and samples of its pictures are decided."""

from __future__ import annotations

from dataclasses import dataclass

DRAFT_SCALE = 4  # the picture's width over its draft's
DRAFT_SHARE = 0.5  # of the samples a pixel that were asked for
SURFACE_SAMPLES = 16  # a pixel, at most: enough for reflectance and normals to guide the denoiser


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How a variant goes about a picture.

    One with steps takes few samples where the draft is calm, none where nothing is seen, and lets the denoiser clean
    its guides first: the picture is as clean as with the samples asked for everywhere, for a part of the work.
    """

    largest: int  # pixels of the longer side that are rendered; beyond, the picture is enlarged
    samples_at_once: int  # below about a second of work
    light_steps: tuple[float, ...] = ()  # of the samples asked for, that a tile may get; none: the same everywhere
    surface_steps: tuple[float, ...] = ()
    target: float = 1.0  # of the samples asked for: what the mean noise before denoising is to be like

    @property
    def adaptive(self) -> bool:
        """Whether samples follow the draft."""
        return bool(self.light_steps)


PLANS = {
    "scalar": Plan(
        largest=1536,
        samples_at_once=300_000,
        light_steps=(0.25, 0.5, 1.0, 2.0),
        surface_steps=(0.25, 0.5, 1.0),
        target=0.75,
    ),
    "llvm": Plan(largest=2048, samples_at_once=1_500_000),
    "cuda": Plan(largest=4096, samples_at_once=64_000_000),
}


def plan_for(variant: str) -> Plan:
    """The plan of one of Mitsuba's variants, by its full name."""
    return PLANS[variant.partition("_")[0]]

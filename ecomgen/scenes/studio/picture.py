"""One picture: the set is built and lit, rendered with the product's stand-in, exposed and developed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.random import Generator

from ecomgen.cancellation import attended
from ecomgen.scenes.studio import sets, settling, white_background
from ecomgen.scenes.studio.adaptation import adapted
from ecomgen.scenes.studio.adaptation.light_match import matched
from ecomgen.scenes.studio.declarations.sets import declared
from ecomgen.scenes.studio.declarations.wish import ALOFT, Wish
from ecomgen.scenes.studio.estimation.contact_points import feet
from ecomgen.scenes.studio.estimation.style import KEYS, PictureStyle
from ecomgen.scenes.studio.grounds.deformation import DisplacedGround
from ecomgen.scenes.studio.primitives.noise import generator_for
from ecomgen.scenes.studio.primitives.palette import Palette, as_hexadecimal
from ecomgen.scenes.studio.primitives.types import Stage, Thing
from ecomgen.scenes.studio.relighting import on_each
from ecomgen.scenes.studio.rendering import stage_cache, tone
from ecomgen.scenes.studio.rendering.contact import PROFILE, UNDER_CLOUDS
from ecomgen.scenes.studio.rendering.denoising import Tick
from ecomgen.scenes.studio.rendering.render import OnDraft, Rendered, render, shape_of, smaller
from ecomgen.scenes.studio.rendering.shared_set import Products, SharedSet
from ecomgen.scenes.studio.sets.ideas import idea_for, imagined
from ecomgen.scenes.studio.stage.frame import Frame, frame_above, frame_for
from ecomgen.scenes.studio.stage.shot import Foot, Shot, camera_distance, sided
from ecomgen.scenes.studio.subject import Light, Subject, scaled
from ecomgen.scenes.studio.work import Work
from ecomgen.types import Pixels, Scene, drafts_wanted

PLANNED = 2  # from which `ideas` on seeds take turns in whole ideas, beside what they take turns in each by itself
DULLEST = -0.1  # stops: of a darker photo the set is no darker than this
SIDES = {"left": -1.0, "right": 1.0}
SHADE_OF = {"pastel": "pale", "bright": "airy", "dark": "deep", "spring": "airy"}
"""Of what goes with the product, by mood, else by season."""
VIEWS = {"low": -6.0, "high": 9.0}  # degrees by which the prompt's words move the camera
USUAL_FOOT = 0.3  # units that a product stands on which is not known yet: narrow, so that no bare ground is seen
HORIZON = 0.68  # of the picture's height above the ground, at most, where the prompt tells what is seen behind
LOWEST, HIGHEST = 2.0, 50.0  # degrees, whatever the prompt says


def shot_of(subject: Subject, wish: Wish, seed: int) -> Shot:
    """The picture's set-up: chance moves the light and how far off the camera is, never the product on the canvas."""
    facts, wish = subject.facts, _in_the_key(_in_harmony(wish, subject.facts.suited), subject.facts.style)
    turning = seed if facts.idea_seed is None else facts.idea_seed
    frame = _frame(subject, wish, turning)
    rng = generator_for("set", seed)
    chance = float(rng.choice([-1.0, 1.0]))
    usual = float(np.sign(facts.light.side)) or (sided(turning) if facts.ideas else chance)
    planned = facts.ideas >= PLANNED and facts.style is None
    idea = idea_for(wish, turning, sided=bool(facts.light.side)) if planned else None
    return Shot(
        wish=imagined(wish, idea) if idea else wish,
        idea=idea,
        frame=frame,
        rng=rng,
        side=SIDES.get(wish.side or "", usual),
        arranged=None if wish.arranged is None else SIDES.get(wish.arranged, usual),
        seed=seed,
        ideas=facts.ideas,
        idea_seed=facts.idea_seed,
        units_per_metre=1 / facts.metres,
        palette=replace(facts.suited, shade=_shade(wish)),
        feet=_feet(subject, frame),
    )


def _in_harmony(wish: Wish, palette: Palette) -> Wish:
    """The wish with a backdrop in the product's colour, or the opposite one, where it asks for that and tells none."""
    if wish.harmony is None or wish.backdrop_colour or wish.surface_colour:
        return wish
    return replace(wish, backdrop_colour=as_hexadecimal(palette.in_harmony(wish.harmony)))


def _in_the_key(wish: Wish, style: PictureStyle | None) -> Wish:
    """The wish in the low or high key of the picture that the set is to look like, where it tells of none itself."""
    mood = style.mood if style else None
    return wish if mood is None or KEYS.keys() & {*wish.mood} else replace(wish, mood=(*wish.mood, mood))


def _shade(wish: Wish) -> str:
    return next((SHADE_OF[told] for told in (*wish.mood, wish.season) if told in SHADE_OF), "")


def _feet(subject: Subject, frame: Frame) -> tuple[Foot, ...]:
    """What the set is built to be stood on by: the product, or where a range shares it, what was told or is usual."""
    if frame.lying:
        return ()
    if subject.facts.feet is not None:
        return subject.facts.feet
    if subject.facts.shared:
        left, right = frame.product_x - 0.5 * USUAL_FOOT, frame.product_x + 0.5 * USUAL_FOOT
        return (Foot(left=left, right=right, z=0.0),)
    return () if subject.product is None else feet(subject.product[..., 3], frame)


def _frame(subject: Subject, wish: Wish, seed: int) -> Frame:
    facts, stands, size = subject.facts, subject.facts.standing, (subject.width, subject.height)
    box = scaled((stands.x0, stands.y0, stands.x1, stands.y1), size)
    if declared()[str(wish.place)].camera == "above":
        return frame_above(*size, box)
    moved = VIEWS.get(wish.view or "", 0.0) if facts.spread else 0.0
    elevation = float(np.clip(facts.elevation + moved, LOWEST, HIGHEST))
    far = camera_distance(seed) if facts.ideas and facts.distance is None else facts.distance
    horizon = HORIZON if wish.background else math.inf
    return frame_for(*size, box, stands.ground * subject.height, elevation=elevation, away=far, horizon=horizon)


def scene(subject: Subject, wish: Wish, size: tuple[int, int], work: Work, shot: Shot | None = None) -> Scene:
    """The wished set round the product, `size` pixels wide and high; `shot` is its set-up, where it is known.

    Raises:
        Cancelled: the work's report raised it.
    """
    shot = shot or shot_of(subject, wish, work.seed)
    built = built_set(subject, wish, shot, work)
    stage = built.stage
    wanted = drafts_wanted(work.report)
    hand_over = (lambda rough: work.drafted(_draft(rough, stage, shot.frame, subject))) if wanted else None
    seen = rendered(built, shot, subject, work, hand_over)
    exposed = exposure(seen, stage, shot.frame, subject)
    light = enlarged(exposed_light(seen.light, stage, exposed), size)
    pixels = developed(light, stage, subject, work.seed)
    cover = None if seen.cover is None else np.clip(enlarged(seen.cover, size), 0, 1)
    made = finished(pixels, work, (*stage.notes, *subject.notes(size, lying=shot.frame.lying)), cover)
    if work.quality.relight:
        made = replace(made, gains=on_each(stage, shot.frame, subject, exposed, work))
    if not work.quality.depth:
        return made
    depth, normals = shape_of(stage, shot.frame, subject.stand_ins(shot.frame), work.quality.variant)
    return replace(made, depth=enlarged(depth, size), normals=enlarged(normals + 1, size) - 1)


def built_set(subject: Subject, wish: Wish, shot: Shot, work: Work) -> Built:
    """The wished set of a shot, lit and ready for the camera."""
    name = f"{stage_cache.name_of(shot)} {subject.facts.light}" if subject.facts.shared else ""
    built = attended(lambda _: stage_cache.built(shot, sets.build), work.report, work.begun())
    photo = subject.facts.light
    photo = photo._replace(level=max(photo.level, DULLEST)) if shot.idea else photo
    stage = adapted(matched(built, _hourly(wish, shot), photo), shot)
    shared = SharedSet(stage=stage, name=name) if name else None
    raised = settling.before_base(stage, shot, subject, work.quality.settle)
    return Built(stage=stage.adding(*(raised.things if raised else ())), shared=shared, raised=raised)


def _hourly(wish: Wish, shot: Shot) -> Wish:
    """The wish with the hour that the picture's idea has, where that is dusk: it is blue whatever the photo's light."""
    dusky = shot.idea is not None and shot.idea.light.get("hours") == ["dusk"] and wish.time is None
    return replace(wish, time="dusk") if dusky else wish


def plain(subject: Subject, wish: Wish, size: tuple[int, int], colour: tuple[int, int, int], work: Work) -> Scene:
    """The plain background that a channel or the prompt demands, with the product's shadow.

    Raises:
        Cancelled: the work's report raised it.
    """
    shot = shot_of(replace(subject, facts=replace(subject.facts, ideas=0)), wish, work.seed)
    stage = white_background.stage(shot)
    quality = replace(work.quality, samples_per_pixel=max(1, work.quality.samples_per_pixel // 2), max_depth=3)
    seen = ~subject.hidden & (white_background.fade(shot.frame) > 0)
    shaded, clear = white_background.with_and_without(stage, shot.frame, subject, quality, work, seen)
    taken = white_background.shadow(shaded, clear, shot.frame)
    taken = taken if subject.product is None else white_background.cast(taken, subject.product[..., 3])
    taken = white_background.strengthened(taken, work.quality.shadow_strength)
    grown = subject.behind(np.repeat(taken[..., None], 3, -1))
    taken = enlarged(grown, size)[..., 0] * subject.opacity
    return finished(white_background.picture(taken, colour), work, subject.enlarging(size))


def finished(pixels: Pixels, work: Work, notes: tuple[str, ...], cover: Light | None = None) -> Scene:
    """The scene of these `pixels`; it says so where nothing was to `cover` the product though it was asked for."""
    quality = work.quality
    firm = (settling.NONE,) if quality.settle and cover is None else ()
    return Scene(
        seed=work.seed,
        pixels=pixels,
        steps=quality.samples_per_pixel,
        sampler=quality.integrator,
        notes=(*firm, *notes),
        cover=cover,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Built:
    """The `stage` to be rendered, with what is `raised` in it; `shared` is the set without that, where it is one."""

    stage: Stage
    shared: SharedSet | None
    raised: DisplacedGround | None

    def empty(self, frame: Frame, stand_ins: Sequence[Thing], work: Work, tick: Tick) -> Light:
        """The light without the product."""
        if self.shared is None or self.raised:
            alike = work.quality.shadow_strength != 1
            return render(self.stage, frame, [], work.quality, seed=work.seed, tick=tick, compared=alike).light
        return self.shared.empty(frame, stand_ins, work.quality, seed=work.seed, tick=tick).light.astype(np.float32)

    def lit(self, frame: Frame, subject: Subject, work: Work, tick: Tick, draft: OnDraft | None) -> Rendered:
        """The light with the product."""
        stand_ins, quality, seed = subject.stand_ins(frame), work.quality, work.seed
        if self.shared is None or not stand_ins:
            seen, alike = ~subject.hidden, quality.shadow_strength != 1
            return render(
                self.stage, frame, stand_ins, quality, seed=seed, tick=tick, draft=draft, seen=seen, compared=alike
            )
        raised = self.raised.things if self.raised else ()
        products = Products(things=stand_ins, raised=raised, hidden=subject.hidden)
        return self.shared.with_products(frame, products, quality, seed=seed, tick=tick, draft=draft)


def rendered(set_: Built, shot: Shot, subject: Subject, work: Work, draft: OnDraft | None) -> Rendered:
    """The set with the product's shadow and reflection; where the product is, what is behind it or stands before it."""
    whole, raised = _lit(set_, shot.frame, subject, work, draft), set_.raised
    cover = raised and settling.cover(set_.stage, raised, shot.frame, subject, work)
    profile = UNDER_CLOUDS if set_.stage.overcast else PROFILE
    if cover is not None:
        light = settling.laid(whole.light, cover, shot.frame, subject, work.quality.settle, profile)
        return replace(whole, light=light, cover=cover.share)
    if subject.passing is not None:
        return whole
    if shot.wish.support in ALOFT:
        return replace(whole, light=subject.behind(whole.light))
    touching = subject.touching(whole.light, shot.frame, profile)
    return replace(whole, light=subject.evened(subject.behind(touching), shot.frame))


def _lit(set_: Built, frame: Frame, subject: Subject, work: Work, draft: OnDraft | None) -> Rendered:
    """The set as the product changes its light, as far as is asked; behind clear ones, what is seen through them."""
    share, strength = subject.passing, work.quality.shadow_strength
    if share is None and strength == 1:
        return set_.lit(frame, subject, work, work.tick(), draft)
    ticks = work.tick(0, 0.5), work.tick(0.5, 1)
    shaded = set_.lit(frame, subject, work, ticks[0], draft)
    clear = set_.empty(frame, subject.stand_ins(frame), work, ticks[1])
    if strength != 1:
        shaded = replace(shaded, light=_shadowed(shaded.light, clear, strength), metered=shaded.light)
    if share is None:
        return shaded
    light = shaded.light + share * (clear - shaded.light)
    return replace(shaded, light=np.where(subject.hidden[..., None], clear, light))


def _shadowed(light: Light, clear: Light, strength: float) -> Light:
    """What is darker with the product than without it, as dark as a shadow of this strength makes it."""
    taken = np.clip(1 - light / np.maximum(clear, 1e-6), 0, 1)
    return light + clear * (taken - white_background.strengthened(taken, strength))


def exposed_light(light: Light, stage: Stage, exposed: float) -> Light:
    """The light as the camera exposes it."""
    light = light * np.float32(exposed)
    return light if stage.shafts is None else light + enlarged(stage.shafts, (light.shape[1], light.shape[0]))


def exposure(rendered: Rendered, stage: Stage, frame: Frame, subject: Subject) -> float:
    """The camera's: metered round the product's foot, within a stop of what is usual."""
    light = rendered.light if rendered.metered is None else rendered.metered
    measured = tone.metered(light, rendered.albedo, subject.meter(frame))
    usual = 1 / stage.brightness()
    return float(np.clip(measured, 0.8 * usual, 1.5 * usual) * 2**stage.exposure)


def _draft(rough: Rendered, stage: Stage, frame: Frame, subject: Subject) -> Pixels:
    """A rough view of the picture to come, with the product in it."""
    small = smaller(frame)
    subject = subject.shrunk((small.width, small.height))
    light = exposed_light(rough.light, stage, exposure(rough, stage, small, subject))
    return subject.over(_in_tones(light, stage, subject, None))


def developed(light: Light, stage: Stage, subject: Subject, seed: int) -> Pixels:
    """Exposed light as a picture, with the bloom of what is brighter than paper and the grain of this seed."""
    grain = generator_for("grain", seed)
    return _in_tones(tone.bloomed(light), stage, subject, grain)


def _in_tones(light: Light, stage: Stage, subject: Subject, grain: Generator | None) -> Pixels:
    """In the set's own tones, or in those of the picture that it is to look like."""
    style = subject.facts.style
    look = style.tones.on if style else None
    return tone.developed(light, contrast=stage.contrast, saturation=stage.saturation, rng=grain, look=look)


def enlarged(light: Light, size: tuple[int, int]) -> Light:
    if (light.shape[1], light.shape[0]) == size:
        return light
    return np.maximum(cv2.resize(light, size, interpolation=cv2.INTER_CUBIC), 0)

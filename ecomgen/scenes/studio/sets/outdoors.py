"""How sets under the open sky are put together: ground, something to stand on, sun or clouds, a landscape behind."""

from __future__ import annotations

from dataclasses import replace

from ecomgen.scenes.studio.backdrops import landscape
from ecomgen.scenes.studio.declarations.sets import Landscape
from ecomgen.scenes.studio.declarations.wish import BOARDS, STRUNG
from ecomgen.scenes.studio.grounds import GROUNDS, laid, lawn, underfoot
from ecomgen.scenes.studio.grounds.carpet import PILES, carpet, thickness
from ecomgen.scenes.studio.grounds.plants import moss_on
from ecomgen.scenes.studio.primitives.types import Lamp, Stage, Sun, Thing, far_end
from ecomgen.scenes.studio.props.arrangement import arrange_props
from ecomgen.scenes.studio.props.declaration import props as named
from ecomgen.scenes.studio.props.families.nature.blossom import cherry_boughs
from ecomgen.scenes.studio.props.families.nature.stones import strewn
from ecomgen.scenes.studio.props.gobos import canopy, leaves
from ecomgen.scenes.studio.props.vegetation import (
    broad_leaves,
    foreground_leaves,
    grove,
    olives,
    trunks,
    undergrowth,
    vines,
)
from ecomgen.scenes.studio.sets.chance import names
from ecomgen.scenes.studio.stage import lights, supports
from ecomgen.scenes.studio.stage.finishes import finished_ground
from ecomgen.scenes.studio.stage.lights import CLOUDED, OVERCAST, PLANNED, Daylight
from ecomgen.scenes.studio.stage.shot import Shot
from ecomgen.scenes.studio.stage.surfaces import CLOTHS, SURFACES, WOODS

MADE_OF = {
    "table": ("weathered", "teak", "oak"),
    "pier": ("weathered", "teak"),
    "bench": ("weathered", "teak", "pine"),
    **dict.fromkeys(BOARDS, ("oak", "weathered")),
    "stump": ("oak", "pine", "teak"),
    "crate": ("weathered", "pine"),
    "barrel": ("oak",),
    "bale": ("straw",),
    "steps": ("stone", "concrete"),
    "slab": ("stone", "granite"),
    "podium": ("stone", "plaster"),
}
"""What a thing to stand on is made of outdoors where the prompt does not say it."""
DROPS = {"table": 0.7, "bench": 0.7, "stump": 0.36, **supports.HEIGHTS}  # units: how far below its top the ground lies
WASHED = "#7a736a"  # of rock that water has washed, before it is wet
LOW = 22  # degrees below which the sun is low
RAKING = 4200.0, 1.4  # kelvin of a low sun that is told, and how much stronger it is
SCENIC = 0.6  # of the aperture, where the background itself is asked for
BARE, LAID = frozenset({"sand", "soil", "track", "cracked earth", "lunar", "gravel", "pebbles", "snow"}), 0.022
"""Ground on which a cloth lies flat, and how far below the cloth's top it is."""
GRASSY, LYING = frozenset({"grass", "flowers", "lavender", "poppies", "buttercups"}), 0.5
"""Ground on whose blades things lie, and at how much of their height; what stands reaches through them."""
NEARBY = {
    "stones": lambda shot: (
        ()
        if shot.wish.surface in SURFACES or shot.wish.support in DROPS
        else strewn(shot, count=int(shot.rng.integers(2, 9)))
    ),
    "bamboo": grove,
    "ferns": undergrowth,
    "broad leaves": broad_leaves,
    "trunks": trunks,
    "vines": vines,
    "olives": olives,
}
"""What may be round the product besides its props."""
MOSS = "moss"
CHERRY = "cherry branch"  # of a tree whose boughs are seen
LIGHTS = "fairy lights"  # a prop that hangs where lights are strung behind
DARKER = -0.75  # stops, of a dusk that is told: the product, lit by day, stands out of it
SHADING = 4.2, 2.6  # units from the product to leaves that shade it, and to those that are told
DULL = ("cloudy", "overcast", "foggy", "rainy", "snowy", "stormy")


def build(shot: Shot, plan: Landscape) -> Stage:
    """A set in such a landscape, as the wish bends it."""
    tame = tuple(name for name in shot.wish.props if name not in plan.wild)
    shot = _strung_with_lights(_in_blossom(shot.wishing(props=tame)), plan)
    deeper = DROPS.get(shot.wish.support or "", plan.drop) - plan.drop
    plan = plan.model_copy(update={"drop": plan.drop + deeper})
    stage = _built(shot, plan)
    for name in plan.nearby:
        stage = stage.adding(*(thing.moved(0, -deeper) for thing in NEARBY[name](shot.spawn())))
    return stage.adding(*cherry_boughs(shot)) if CHERRY in shot.wish.props else stage


def _in_blossom(shot: Shot) -> Shot:
    """With no branch of cherry in a vase where the trees are in blossom."""
    return shot.wishing(without=(*shot.wish.without, CHERRY)) if CHERRY in shot.wish.props else shot


def _strung_with_lights(shot: Shot, plan: Landscape) -> Shot:
    """With the fairy lights that are told hung up behind; where the product stands on the ground, none lies in it."""
    wish = shot.wish
    if LIGHTS not in wish.props:
        return shot
    lying = wish.props if _stand(shot, plan) else tuple(name for name in wish.props if name != LIGHTS)
    return shot.wishing(props=lying, background=tuple(dict.fromkeys((*wish.background, STRUNG))))


def _built(shot: Shot, plan: Landscape) -> Stage:
    layers, props = names(shot, plan.layers), names(shot, plan.props)
    hour = lights.daylight(shot, *plan.hours, noon=True)
    shot = _rained_on(_clouded(shot, plan))
    things = _standing(shot, plan)
    floor = 0.0 if _stand(shot, plan) in ("", *PILES) else -plan.drop
    tiled = shot.wish.support is None and _stand(shot, plan) in supports.TILED
    if (tiled or shot.wish.support in ("table", "pier", "bench")) and len(things) > 1:
        things += arrange_props(shot, props, far=far_end(things[-1:]))
    else:
        ground = things[0]
        floor += LYING * lawn.height(shot) if ground.ground in GRASSY else 0.0
        things += arrange_props(shot, props, floor=floor, far=far_end(things[:1]), ground=ground.shape)
    night = shot.wish.time == "night"
    lamps = (lights.flash(shot),) if night else _lamps(shot, hour, plan.veil)
    dappled = shot.span("dapple", 0, 1) < plan.dapple and shot.wish.hardness != "hard"
    if isinstance(lamps[0], Sun) and (dappled or shot.wish.hardness == "dappled"):
        things.append(_shade(shot, lamps[0], plan))
    if shot.span("overhang", 0, 1) < plan.overhang and not {"plant", "green leaves"} & {*shot.wish.without}:
        things += foreground_leaves(shot)
    behind = landscape(shot, hour, layers, blur=shot.uniform(*plan.blur))
    clouded = CLOUDED if shot.idea else OVERCAST
    dome = clouded if shot.wish.weather in DULL else lights.greyed(hour.sky, plan.white_sky)
    return Stage(
        things=tuple(things),
        lamps=lamps,
        dome=dome,
        backdrop=behind.backdrop(plan.depth),
        aperture=plan.aperture * (SCENIC if shot.wish.lens == "scenic" else 1.0),
        flashed=night,
        overcast=shot.idea is not None and (shot.wish.weather in DULL or hour is PLANNED["dusk"]),
        contrast=1.06,
        exposure=plan.exposure
        + (DARKER if shot.wish.time == "dusk" else 0.0)
        + (0.15 if hour.height < LOW else 0.0)  # a low sun leaves the ground dull
        + (0.2 if shot.wish.weather == "clear" else 0.0),  # who asks for sun wants it bright
    )


def _clouded(shot: Shot, plan: Landscape) -> Shot:
    """Now and then under clouds, where seeds take turns and the prompt says nothing of light."""
    wish = shot.wish
    if not shot.ideas or wish.weather or wish.time or wish.hardness or shot.span("cloudy", 0, 1) >= plan.cloudy:
        return shot
    return shot.wishing(weather="cloudy")


def _rained_on(shot: Shot) -> Shot:
    """With the ground as rain leaves it, where it rains or wet ground was asked for."""
    wish = shot.wish
    if wish.weather != "rainy" and wish.surface != "wet":
        return shot
    surface = None if wish.surface == "wet" else wish.surface
    return shot.wishing(surface=surface, finish=tuple(dict.fromkeys((*wish.finish, "wet"))))


def _stand(shot: Shot, plan: Landscape) -> str:
    """What the product stands on, "" for the ground; a wished surface that is a ground leaves nothing between."""
    wished, support = shot.wish.surface, shot.wish.support or ""
    if wished in GROUNDS and wished in SURFACES and support not in MADE_OF:
        return ""
    if wished in SURFACES and not (shot.wish.ground == "deck" and wished in WOODS):
        return str(wished)
    if support in MADE_OF:
        return shot.turn(*MADE_OF[support])
    if wished in GROUNDS or wished in SURFACES:
        return ""
    beside = any(not named()[name].strewn for name in shot.wish.props)  # on the same ground, and as sharp
    on_ground = beside or support in ("ground", "afloat", "hung") or "ground" in shot.wish.accents
    return "" if on_ground else shot.turn(*plan.stands)


def _standing(shot: Shot, plan: Landscape) -> list[Thing]:
    stand = _stand(shot, plan)
    usual = shot.turn(*plan.grounds)
    told = [str(name) for name in (shot.wish.ground, shot.wish.surface) if name in GROUNDS]
    ground = min(told, key=MOSS.__eq__, default=usual)  # moss grows between stones, and does not hide them
    if usual == "water" and stand and ground == MOSS:  # which grows on the stone in it
        return [*laid(usual, _uncoloured(shot), plan.drop), *supports.stand(shot, stand, thickness=plan.drop)]
    if not stand:
        return finished_ground(underfoot(str(ground), shot), shot)
    plain = shot if shot.wish.ground or ground == shot.wish.surface else _uncoloured(shot)
    if stand in PILES:
        return [*laid(str(ground), plain, thickness(stand)), *carpet(shot, stand)]
    if stand in CLOTHS and ground in BARE:
        return [*laid(str(ground), plain, LAID), *supports.stand(shot, stand)]
    made = supports.stand(_washed(shot) if ground == "water" else shot, stand, thickness=plan.drop)
    if shot.wish.support == "stump" and MOSS in (shot.wish.surface, shot.wish.ground):
        made.append(moss_on(shot, made))
    return [*laid(str(ground), plain, plan.drop), *made]


def _washed(shot: Shot) -> Shot:
    """The shot as a rock in water has it: wet, and dark where no colour is told."""
    if shot.wish.support not in (None, "slab"):
        return shot
    finish = tuple(dict.fromkeys((*shot.wish.finish, "wet")))
    return shot.wishing(ground="water", finish=finish, surface_colour=shot.wish.surface_colour or WASHED)


def _uncoloured(shot: Shot) -> Shot:
    """The shot as the ground has it where the told colour is that of what stands on it."""
    return shot.wishing(surface_colour=None)


def _shade(shot: Shot, sun: Sun, plan: Landscape) -> Thing:
    """Leaves that shade the place: trees' crowns, or twigs and fronds, near enough to be known where they are told."""
    return canopy(shot, sun) if plan.canopy else leaves(shot, sun, distance=SHADING[shot.wish.cast is not None])


def _lamps(shot: Shot, hour: Daylight, veil: float) -> tuple[Lamp, ...]:
    """The sun, or a wide bright patch of cloud."""
    if shot.wish.weather in DULL or shot.wish.hardness == "soft":
        direction = lights.towards(shot.side, azimuth=shot.span("azimuth", 50, 100), height=55)
        size, strength = (2.6, 1.7) if shot.idea else (3.6, 1.3)
        colour = lights.kelvin(hour.kelvin + 500)
        return (lights.softbox(direction, size=size, strength=strength, colour=colour, distance=5),)
    if shot.wish.weather == "clear" and hour.height < LOW:
        hour = replace(hour, kelvin=RAKING[0], sun=RAKING[1] * hour.sun)
    azimuth = {"back": 150.0, "front": 20.0}.get(shot.wish.side or "", shot.span("azimuth", 62, 108, wider=10))
    sun = lights.sun_from(shot, hour, azimuth=azimuth, height=min(hour.height, 50))
    return (replace(sun, spread=veil * sun.spread),)

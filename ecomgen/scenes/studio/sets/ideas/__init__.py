"""Which of its set's ideas a picture has, as far as the prompt leaves it open.

In: a wish and a seed. Out: an idea without what the prompt tells itself; the wish with what the idea adds.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from ecomgen.scenes.studio.declarations.sets import Idea, Tones, declared
from ecomgen.scenes.studio.declarations.vocabulary import Grade, vocabulary
from ecomgen.scenes.studio.declarations.wish import Wish

LIGHT = ("time", "weather", "hardness", "light_colour", "second_light", "mood", "style")
"""Fields of the wish that say what the light is like: where one is told, an idea's light is not taken."""
TONE = ("finish", "surface_colour", "mood", "style")
BEHIND = ("backdrop_colour", "gradient", "mood", "style")
LIT = frozenset({"hardness", "side", "weather"})  # of what an idea wishes, what is light
WHITE = 5600.0  # kelvin


def idea_for(wish: Wish, seed: int, *, sided: bool) -> Idea:
    """The idea whose turn it is, of those that suit the prompt's moods: of what the prompt tells nothing is left in it.

    `sided`: the product's own light comes from one side, so that the picture's does.
    """
    built = declared()[str(wish.place)]
    known = built.planned(wish)
    suiting = [idea for idea in known if _suits(idea, wish)]
    moody = bool(wish.mood) and len(suiting) > 1
    idea = suiting[seed % len(suiting)] if moody else known[seed % len(known)]
    told = {*idea.when, *(("mood",) if moody else ()), *(("weather",) if built.studio else ())}
    sunny = ("weather",) if wish.weather == "clear" and "time" in idea.when else ()  # the sun of that hour
    lit, toned, walled = (_open(wish, fields, told) for fields in (LIGHT, TONE, BEHIND))
    closed = {*(() if lit else LIT), *(("side",) if sided else ())}
    stood_on = wish.surface or wish.ground or "ground" in wish.accents or wish.cast  # whose shadow the ground shows
    closed |= {"support", "plate"} if stood_on else set()
    wished = {name: value for name, value in idea.wish.items() if not getattr(wish, name) and name not in closed}
    tones = _beside(idea.tones) if moody or not wish.mood else None
    if _open(wish, LIGHT, {*told, *sunny}) and not moody:
        tones = idea.tones
    return idea.model_copy(
        update={
            "wish": wished,
            "light": idea.light if lit else {},
            "tones": tones,
            "tone": idea.tone if toned else None,
            "behind": idea.behind if walled else None,
        }
    )


def imagined(wish: Wish, idea: Idea) -> Wish:
    """The wish with what the idea adds."""
    return replace(wish, **idea.wish)


def _open(wish: Wish, fields: Sequence[str], told: Container[str]) -> bool:
    """Whether the prompt says nothing in the fields but what was `told` to the idea."""
    return not any(getattr(wish, field) for field in fields if field not in told)


def _suits(idea: Idea, wish: Wish) -> bool:
    """Whether no mood makes darker or warmer what the idea makes brighter or cooler."""
    moods = (vocabulary().mood[name].grade for name in wish.mood)
    return idea.tones is None or not any(_against(idea.tones, grade) for grade in moods)


def _against(tones: Tones, grade: Grade) -> bool:
    brighter, cooler = tones.exposure * grade.exposure, (tones.temperature - WHITE) * (grade.temperature - WHITE)
    return brighter < 0 or cooler < 0


def _beside(tones: Tones | None) -> Tones | None:
    """What a mood or a told light leaves of them: that says how bright and how warm the picture is."""
    return tones and tones.model_copy(update={"exposure": 0.0, "temperature": WHITE})

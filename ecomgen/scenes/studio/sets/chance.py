"""What chance makes of the names and numbers that a set's file leaves open."""

from __future__ import annotations

from ecomgen.scenes.studio.declarations.sets import Chance, Choices, Odds, Span
from ecomgen.scenes.studio.stage.shot import Shot


def names(shot: Shot, choices: Choices) -> tuple[str, ...]:
    """One name for each choice; none for a chance that does not come."""
    found = (_name(shot, choice) for choice in choices)
    return tuple(name for name in found if name is not None)


def _name(shot: Shot, choice: str | tuple[str, ...] | Chance) -> str | None:
    if isinstance(choice, Chance):
        return _name(shot, choice.of) if shot.span(repr(choice), 0, 1) < choice.chance else choice.otherwise
    return choice if isinstance(choice, str) else shot.turn(*choice)


def number(shot: Shot, value: float | tuple[float, ...] | Span | Odds) -> float:
    """The number itself, one of several, any between two, or at times 0."""
    if isinstance(value, Span):
        return shot.span(repr(value), *value.between)
    if isinstance(value, Odds):
        return float(shot.span(repr(value), 0, 1) < value.chance) * value.of
    return _one_of(shot, value) if isinstance(value, tuple) else value


def _one_of(shot: Shot, values: tuple[float, ...]) -> float:
    return float(shot.turn(*map(str, values)) if shot.ideas else shot.rng.choice(values))

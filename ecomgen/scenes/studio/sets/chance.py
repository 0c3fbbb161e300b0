"""What chance makes of a declaration: names and numbers, drawn in the order in which they stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.sets.declaration import Chance, Odds, Span

if TYPE_CHECKING:
    from ecomgen.scenes.studio.sets.declaration import Choices
    from ecomgen.scenes.studio.stage.shot import Shot


def names(shot: Shot, choices: Choices) -> tuple[str, ...]:
    """One name for each choice; none for a chance that does not come."""
    found = (_name(shot, choice) for choice in choices)
    return tuple(name for name in found if name is not None)


def _name(shot: Shot, choice: str | tuple[str, ...] | Chance) -> str | None:
    if isinstance(choice, Chance):
        return _name(shot, choice.of) if shot.rng.random() < choice.chance else choice.otherwise
    return choice if isinstance(choice, str) else shot.pick(*choice)


def number(shot: Shot, value: float | tuple[float, ...] | Span | Odds) -> float:
    """The number itself, one of several, any between two, or at times 0."""
    if isinstance(value, Span):
        return shot.between(*value.between)
    if isinstance(value, Odds):
        return float(shot.rng.random() < value.chance) * value.of
    return float(shot.rng.choice(value)) if isinstance(value, tuple) else value

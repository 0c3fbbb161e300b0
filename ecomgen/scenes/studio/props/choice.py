"""Which props a set has: the wished ones, else its usual ones, without what is not wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomgen.scenes.studio.props.inventory import props

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecomgen.scenes.studio.prompt.wish import Wish
    from ecomgen.scenes.studio.props.declaration import Prop


def chosen_props(wish: Wish, usual: Sequence[str]) -> list[Prop]:
    """The wished props in order, else the `usual` ones; none, one more or two of each where the prompt says so."""
    usual = () if wish.dressing == "none" or (wish.props and wish.dressing != "rich") else usual
    added = usual[:1] if wish.props else usual
    if wish.dressing == "rich":
        added = (*added, _besides({*wish.props, *added}))
    wanted = (*wish.props, *(name for name in added if name not in wish.props))
    chosen = [prop for prop in (props()[name] for name in wanted) if not {prop.name, *prop.kind_of} & {*wish.without}]
    return [prop for prop in chosen for _ in range(2 if wish.amount and not prop.strewn else 1)]


def _besides(there: set[str]) -> str:
    """What a richly dressed scene has besides what is there."""
    ranked = sorted((prop for prop in props().values() if prop.rank), key=lambda prop: prop.rank)
    return next(prop.name for prop in ranked if prop.name not in there)

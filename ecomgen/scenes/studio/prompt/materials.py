"""Families of surfaces, by name; light to import, so that prompts are read without a renderer."""

WOODS = frozenset(("wood", "oak", "walnut", "pine", "birch", "teak", "weathered", "white", "black"))
"""Surfaces that come as boards."""
CLOTHS = frozenset(("linen", "cotton", "denim", "velvet", "silk"))
"""Surfaces that fall in folds."""
GROUNDS = frozenset(
    (
        *("sand", "soil", "track", "gravel", "snow", "ice", "grass", "flowers", "moss", "leaves", "wheat", "water"),
        *("milk", "cobbles", "asphalt", "deck"),
    )
)
"""What lies outdoors and goes on to the horizon."""

"""Families of surfaces, by name; light to import, so that prompts are read without a renderer."""

WOODS = frozenset(("wood", "oak", "walnut", "pine", "birch", "teak", "weathered", "white", "black"))
"""Surfaces that come as boards."""
CLOTHS = frozenset(("linen", "cotton", "denim", "velvet", "silk"))
"""Surfaces that fall in folds."""
GROUNDS = frozenset(
    (
        *("sand", "soil", "track", "gravel", "snow", "ice", "grass", "flowers", "moss", "leaves", "wheat", "water"),
        *("milk", "cobbles", "asphalt", "deck", "lavender", "poppies", "buttercups", "pool", "pool edge"),
    )
)
"""What lies outdoors and goes on to the horizon."""
TINTS = {
    **dict.fromkeys(("wood", "oak", "teak"), "#a5754a"),
    **dict.fromkeys(("pine", "birch"), "#d3b187"),
    "walnut": "#5f3f28",
    "weathered": "#8d857a",
    "white": "#ebe7df",
    "black": "#1d1b1a",
    "marble": "#e9e8e4",
    "black marble": "#18181a",
    "green marble": "#2c5a48",
    "travertine": "#d2bd9d",
    "slate": "#3b4045",
    "granite": "#85858a",
    "concrete": "#9c9b97",
    "stone": "#8f8b84",
    "plaster": "#e8e3da",
    "terrazzo": "#d9d5cc",
    "brass": "#c49a45",
    "steel": "#b4b7ba",
    "acrylic": "#dfe7ea",
    "mirror": "#cfd4d6",
    "linen": "#cdbfa6",
    "cotton": "#e4e1da",
    "denim": "#3f5673",
    "velvet": "#5c2335",
    "silk": "#d8c3ad",
    "paper": "#cdb592",
    "brick": "#9c4f38",
    "tiles": "#dcdcd6",
    "mosaic": "#7fb0b4",
    "rug": "#cbbfab",
    "fur": "#ece7dd",
}
"""The colour of a thing that is made of such a material."""
TINTED = frozenset(
    (
        *("cup", "bowl", "bottle", "candle", "books", "notebook", "towel", "rolled towels", "gifts", "baubles"),
        *("spheres", "blocks", "arch", "teapot", "cutlery", "folded cloth", "cushion", "headphones", "eyeglasses"),
        *("pens", "brushes", "yoga mat", "dumbbells", "ribbon", "balloons", "jar"),
    )
)
"""Props that take a colour."""

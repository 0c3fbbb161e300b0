"""Props whose colour the prompt may name; light to import, so that prompts are read without a renderer."""

from __future__ import annotations

TINTED = frozenset(
    (
        *("cup", "bowl", "bottle", "candle", "books", "notebook", "towel", "rolled towels", "gifts", "baubles"),
        *("spheres", "blocks", "arch", "teapot", "cutlery", "folded cloth", "cushion", "headphones", "eyeglasses"),
        *("pens", "brushes", "yoga mat", "dumbbells", "ribbon", "balloons", "jar"),
    )
)
"""Props that take a colour."""

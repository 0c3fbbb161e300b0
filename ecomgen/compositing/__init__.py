"""Compositing: the product's own pixels go back on the scene, exact where opaque, without a halo where soft."""

from ecomgen.compositing.paste import composite

__all__ = ["composite"]

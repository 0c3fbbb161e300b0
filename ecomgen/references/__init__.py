"""References: photos are loaded upright and in sRGB, and checked before anything is made of them."""

from ecomgen.references.loading import load, printable
from ecomgen.references.quality import check, hero

__all__ = ["check", "hero", "load", "printable"]

"""Compositing: the product's own pixels go back on the scene, exact where opaque, without a halo where soft."""

from ecomgen.compositing.backgrounds import PRESETS, background
from ecomgen.compositing.composition import Composed, compose, composite, contact_shadow, put_back

"""Placement: where the product stands on the canvas, one place for all candidates of a run."""

from ecomgen.placement.canvas import GROUND, MAX_SIDE, MIN_SIDE, canvas_for
from ecomgen.placement.group import apart, instances, place_together
from ecomgen.placement.product import RUNS_OFF, fitted, place_product, within
from ecomgen.placement.surroundings import place_surroundings

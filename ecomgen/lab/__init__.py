"""The prompt lab: every combination of words and numbers with the same seeds, compared on one sheet."""

from ecomgen.lab.experiment import Experiment, run
from ecomgen.lab.matrix import Axis, Cell, Matrix, Result, matrix

__all__ = ["Axis", "Cell", "Experiment", "Matrix", "Result", "matrix", "run"]

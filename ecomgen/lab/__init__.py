"""The prompt lab: every combination of words and numbers with the same seeds, compared on one sheet."""

from ecomgen.lab.experiment import Experiment, run
from ecomgen.lab.matrix import Matrix, Result, matrix

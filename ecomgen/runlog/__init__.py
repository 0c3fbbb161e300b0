"""The run log: every run and every candidate in SQLite, and every reference kept once by its content."""

from ecomgen.runlog.database import RunLog, RunSummary
from ecomgen.runlog.originals import Originals
from ecomgen.runlog.run_filter import Places, Which
from ecomgen.runlog.run_locks import clean

__all__ = ["Originals", "Places", "RunLog", "RunSummary", "Which", "clean"]

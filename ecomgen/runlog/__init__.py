"""The run log: every run and every candidate in SQLite, and every reference kept once by its content."""

from ecomgen.runlog.database import RunLog, RunSummary
from ecomgen.runlog.decisions import Decision, Judged, Said
from ecomgen.runlog.interrupted import clean
from ecomgen.runlog.originals import Originals
from ecomgen.runlog.run_filter import Places, RunFilter
from ecomgen.settings import settings


def run_log() -> RunLog:
    """The log of this machine's runs."""
    return RunLog(settings().database)


def originals() -> Originals:
    """The photos of this machine's runs."""
    return Originals(settings().home / "originals")

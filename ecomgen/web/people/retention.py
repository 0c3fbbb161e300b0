"""What is left behind is removed in time: uploads and downloads always, runs where a time is set for them."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from ecomgen import samples
from ecomgen.errors import EcomgenError
from ecomgen.export import run_folder
from ecomgen.runlog import run_log
from ecomgen.settings import settings
from ecomgen.web.files import uploads
from ecomgen.web.jobs import backlog

EVERY = 1800  # seconds
TOLD = 30 * 24 * 3600  # seconds, for which what a restart left over is told
log = logging.getLogger("ecomgen.web")


def begin() -> None:
    """Clean now and from time to time, in the background, as long as the process lives."""
    threading.Thread(target=_on_and_on, name="ecomgen-cleaning", daemon=True).start()


def clean() -> None:
    """Remove what has outlived its time."""
    home = settings()
    clean_uploads(uploads(), home.uploads_hours * 3600)
    clean_uploads(backlog.folder(), TOLD)
    if home.results_days is None:
        return
    for run in run_log().expired(older_than=timedelta(days=home.results_days), keep_last=None):
        forget(run)
    for folder in (*home.catalogues_folder.glob("*"), *home.labs_folder.glob("*")):
        if time.time() - max(_touched(file) for file in (folder, *folder.rglob("*"))) > home.results_days * 24 * 3600:
            shutil.rmtree(folder, ignore_errors=True)


def clean_uploads(folder: Path, seconds: float) -> None:
    """Remove files that came so long ago, but for the samples' masks, and folders that became empty."""
    if not folder.is_dir():
        return
    spared = {matte.name for sample in samples.every() for matte in sample.mattes}
    now = time.time()
    for place in sorted(folder.rglob("*"), reverse=True):
        with suppress(OSError):
            if now - _touched(place) <= seconds or place.name in spared:
                continue
            if place.is_dir():
                place.rmdir()  # refuses where something is left
            else:
                place.unlink()


def _touched(place: Path) -> float:
    """When something was last written there; a copy may have the date of what it was made from."""
    facts = place.stat()
    return max(facts.st_mtime, facts.st_ctime)


def forget(run: str) -> None:
    """Delete a run: its log, its photos that no other run uses, and its folder if that is one of ours."""
    home = settings()
    found = run_log().find(run)
    folder = Path(found.folder)
    run_log().delete(found.run_id)
    if any(folder.is_relative_to(ours) for ours in (home.runs_folder, home.labs_folder, home.catalogues_folder)):
        run_folder.remove(folder, found.run_id)


def _on_and_on() -> None:
    while True:
        try:
            clean()
        except (EcomgenError, OSError) as error:
            log.warning("Cleaning failed: %s", error)
        time.sleep(EVERY)

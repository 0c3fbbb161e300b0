"""Which runs are being made: each holds a lock that the system lets go when its process ends, however it ends.

What a killed process leaves in its run's folder is cleared away.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from ecomgen.atomic_file import as_json, write
from ecomgen.record import RunRecord, read_file

STALE = 60  # seconds, within which a run that has its lock is in the log
FINISHED = ("done", "cancelled", "failed")
BEFORE_THE_FIRST_PICTURE = ("product.png", "mask.png", "cutout.png")


class Running:
    """Locks in a folder, one file for each run that goes on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._held: dict[str, FileLock] = {}

    @contextmanager
    def starting(self, run_id: str) -> Iterator[None]:
        """Hold the lock of a run from now on, unless what is done inside fails."""
        lock = self._try(run_id)
        if lock:
            self._held[run_id] = lock
        try:
            yield
        except BaseException:
            self.stop(run_id)
            raise

    def stop(self, run_id: str) -> None:
        """Let it go."""
        lock = self._held.pop(run_id, None)
        if lock:
            self._forget(lock)

    def is_ours(self, run_id: str) -> bool:
        """Whether it is being made through this very object."""
        return run_id in self._held

    def is_dead(self, run_id: str) -> bool:
        """Whether nobody makes this run any more."""
        if run_id in self._held:
            return False
        lock = self._try(run_id)
        if lock is None:
            return False
        self._forget(lock)
        return True

    def clear(self, running: Collection[str]) -> None:
        """Remove the locks of processes that were killed before the log had heard of their runs."""
        for file in self.folder.glob("*.lock"):
            with suppress(OSError):
                if file.stem not in running and time.time() - file.stat().st_mtime > STALE:
                    self.is_dead(file.stem)

    def _try(self, run_id: str) -> FileLock | None:
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / f"{run_id}.lock", timeout=0, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            return None
        return lock

    @staticmethod
    def _forget(lock: FileLock) -> None:
        lock.release()
        with suppress(OSError):
            Path(lock.lock_file).unlink(missing_ok=True)


def clean(folder: Path, logged: Collection[str]) -> None:
    """Remove half-written files, half-filled folders, and pictures that the log did not come to hear of; of a run that
    made no other picture, everything that it wrote.

    Args:
        logged: the run's pictures, by their paths in the folder.
    """
    with suppress(OSError):
        for part in (*folder.glob(".*.part"), *folder.glob("*/.*.part")):
            part.unlink(missing_ok=True)
        if (folder / "run.json").exists():
            return
        shutil.rmtree(folder / "kept", ignore_errors=True)
        for picture in folder.glob("candidates/*.png"):
            if f"candidates/{picture.name}" not in logged:
                picture.unlink(missing_ok=True)
        if not logged:
            _clear(folder)


def _clear(folder: Path) -> None:
    for name in BEFORE_THE_FIRST_PICTURE:
        (folder / name).unlink(missing_ok=True)
    for place in (folder / "candidates", folder):
        if place.is_dir():
            place.rmdir()  # refuses where something of the user's is left


def read_record(folder: Path, begun: RunRecord) -> RunRecord | None:
    """The run.json of a run that ended after it had written it; None where there is none, or another's.

    Args:
        begun: the run's record as far as the log has it; on a full disk it can lack the last pictures.
    """
    try:
        whole = read_file(folder)
    except (OSError, ValueError):
        return None
    made, logged = ([one.sha256 for one in record.candidates] for record in (whole, begun))
    is_its_own = whole.run_id == begun.run_id and whole.status in FINISHED and made[: len(logged)] == logged
    return whole if is_its_own else None


def write_record(folder: Path, record: RunRecord) -> None:
    """Write the run.json that an interrupted run did not come to write; where its folder is gone there is none."""
    target = folder / "run.json"
    if target.exists() or not folder.is_dir():
        return
    with suppress(OSError):
        write(target, as_json(record.as_json()))

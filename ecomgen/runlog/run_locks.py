"""Which runs are being made: each holds a lock that the system lets go when its process ends, however it ends."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

STALE = 60  # seconds, within which a run that has its lock is in the log


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

"""Which runs are being made: each holds a lock that the system lets go when its process ends, however it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout


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

    def is_dead(self, run_id: str) -> bool:
        """Whether nobody makes this run any more."""
        if run_id in self._held:
            return False
        lock = self._try(run_id)
        if lock is None:
            return False
        self._forget(lock)
        return True

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

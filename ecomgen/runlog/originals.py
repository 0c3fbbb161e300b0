"""The references of logged runs, kept once each under the hash of their content."""

from __future__ import annotations

import shutil
from pathlib import Path

from ecomgen.errors import BadPhoto, CannotWrite
from ecomgen.record import file_hash
from ecomgen.settings import touch

LONGEST_SUFFIX = 16  # characters: what follows a dot in a file name can be anything


class Originals:
    """A folder of photos named by SHA-256, so that a run can be made again after its photos were moved or edited."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, photo: Path, sha256: str, run_id: str) -> Path:
        """Store a copy of `photo`, unless its content is there already, for a run that the log knows."""
        target = self.folder / f"{sha256}{photo.suffix.lower()[:LONGEST_SUFFIX]}"
        if target.is_file():
            return target
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f"{target.name}.{run_id}.part")
            shutil.copyfile(photo, touch(part))
            part.replace(target)
        except OSError as error:
            raise CannotWrite(
                "{folder} cannot be written ({error}): free some space or set ECOMGEN_HOME.",
                folder=self.folder,
                error=error,
            ) from error
        return target

    def drop_parts(self, run_id: str) -> None:
        """Remove the half copies of a run that was killed."""
        for part in self.folder.glob(f"*.{run_id}.part"):
            part.unlink(missing_ok=True)

    def find(self, sha256: str, path: str = "") -> Path:
        """The photo with this hash: our copy, or the file at `path` if it is unchanged.

        Raises:
            BadPhoto: neither is there.
        """
        known = self.folder.glob(f"{sha256}*") if sha256.isalnum() else ()  # it can come out of anybody's picture
        copies = [copy for copy in known if not copy.name.endswith(".part")]
        for photo in [*copies, Path(path)]:
            if photo.is_file() and file_hash(photo) == sha256:
                return photo
        raise BadPhoto(
            "The photo {file} of this run is gone or was changed: put the original back.", file=Path(path).name
        )

    def forget(self, sha256: str) -> None:
        """Remove the copy of a photo that no run uses any more."""
        for copy in self.folder.glob(f"{sha256}*"):
            copy.unlink(missing_ok=True)

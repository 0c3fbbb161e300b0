"""Every error a user can meet. Each message is one sentence that says what to do.

EcomgenError                 1
├── UsageError               2   the request contradicts itself or names something unknown
├── BadInput                 3
│   ├── BadPhoto                 a reference cannot be read or used
│   ├── BadPrompt                the prompt is empty or far too long
│   ├── BadRecipe                a pipeline file has a wrong or missing key
│   ├── NoProduct                the mask is empty, or is the whole photo
│   └── CannotWrite              the output folder cannot be written
├── Unavailable              4
│   ├── WeightsMissing           weights are not on this machine
│   ├── WeightsCorrupt           weights are there, but are not what the manifest says
│   └── BackendMissing           a library or device that the back end needs is not here
├── NothingPassed            5   every picture was filtered out
└── Cancelled                1   the user stopped the run

The number is the command line's exit code; Ctrl-C gives 130. An error's text is a `Message`, a template and its
values, so that the app can tell it in another language: `BadPhoto("{file} is empty.", file=name)`.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecomgen.messages import Message

if TYPE_CHECKING:
    from pydantic import ValidationError


class EcomgenError(Exception):
    """The root of the tree. `message` is what to tell the user."""

    exit_code = 1

    def __init__(self, template: str = "", /, **values: Any) -> None:
        self.message = Message(template, **values)
        super().__init__(self.message)


class UsageError(EcomgenError):
    exit_code = 2


class BadInput(EcomgenError):
    exit_code = 3


class BadPhoto(BadInput):
    pass


class BadPrompt(BadInput):
    pass


class BadRecipe(BadInput):
    pass


class NoProduct(BadInput):
    pass


class CannotWrite(BadInput):
    pass


class Unavailable(EcomgenError):
    exit_code = 4


class WeightsMissing(Unavailable):
    pass


class WeightsCorrupt(Unavailable):
    pass


class BackendMissing(Unavailable):
    pass


class NothingPassed(EcomgenError):
    exit_code = 5


class Cancelled(EcomgenError):
    pass


NO_PHOTO = Message("There is no photo: give at least one photo of the product.")
NO_FILE = Message("{file} does not exist: check the name and the folder.")
IN_HOME = Message("{folder} cannot be written ({reason}): set ECOMGEN_HOME to a folder that can be written.")


def first_fault(error: ValidationError) -> tuple[str, str]:
    """The key at which a file's settings are wrong first, with dots between tables, and why."""
    first = error.errors()[0]
    return ".".join(str(part) for part in first["loc"]), first["msg"]


REFUSALS = (
    *("EACCES", "EDQUOT", "EFBIG", "EIO", "ELOOP", "EMFILE", "ENAMETOOLONG", "ENFILE", "ENOMEM", "ENOSPC", "EPERM"),
    *("EROFS", "ESTALE"),
)
OF_THE_MACHINE = frozenset(getattr(errno, name) for name in REFUSALS if hasattr(errno, name))


def is_of_the_machine(error: BaseException) -> bool:
    """Whether a system said no for a reason of its own: a full disk, a name that is too long."""
    return isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in OF_THE_MACHINE)


def in_a_sentence(error: BaseException) -> EcomgenError | None:
    """What the input or the machine is to blame for among Python's own errors; None for a fault of ours.

    It is for the borders, where an error has come past everybody who could have said more.
    """
    if isinstance(error, MemoryError):
        return EcomgenError("This machine has too little memory for that: choose a smaller size or smaller photos.")
    if isinstance(error, OSError):
        return _refused(error)
    if isinstance(error, RecursionError):
        return BadInput("What was given is nested too deeply to be read: make it flatter.")
    if isinstance(error, UnicodeEncodeError):
        return BadInput("{text!r} is not UTF-8 text: type it anew, or rename the file.", text=error.object)
    if isinstance(error, OverflowError):
        return UsageError("A number is out of range ({reason}): choose a smaller one.", reason=error)
    if isinstance(error, ValueError) and "embedded null" in str(error):
        return BadInput("The name of a file holds a null character: leave that out.")
    return None


def _refused(error: OSError) -> EcomgenError | None:
    reason = error.strerror or str(error) or type(error).__name__
    if error.filename is None:
        return BadInput("The system refused a file, a stream or a connection ({reason}).", reason=reason)
    file = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes, os.PathLike)) else str(error.filename)
    if Path(__file__).parent in Path(file).parents:
        return None
    return BadInput("{file} cannot be used ({reason}).", file=file, reason=reason)

"""How a command ends: every error is one sentence and an exit code, whatever becomes of the streams."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import typer
from typer.exceptions import TyperException

from ecomgen.errors import IN_HOME, BackendMissing, CannotWrite, EcomgenError, in_a_sentence, is_of_the_machine
from ecomgen.messages import legible

INTERRUPTED = 130  # Ctrl-C, as shells count it
OF_IMPORTS = (BackendMissing, ImportError, NameError, SystemError)
UNWRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR)
LONGEST = 1500  # characters of a sentence


def ended(command: Callable[[], int | None]) -> int:
    """Run a command to its end, say what went wrong, and return the exit code."""
    _open_closed_streams()
    try:
        code = command() or 0
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        if code == INTERRUPTED:
            raise KeyboardInterrupt
    except SystemExit as end:  # typer's answer to a reader that has gone
        _fall_silent()
        code = 0 if isinstance(end.__context__, BrokenPipeError) else int(end.code or 0)
    except BrokenPipeError:
        _fall_silent()
        code = 0
    except BaseException as error:
        sentence, code = _told(error)
        _say(sentence)
    return code


def _told(error: BaseException) -> tuple[str, int]:
    """The sentence for an error, and its exit code."""
    if isinstance(error, TyperException):
        return _usage(error), error.exit_code
    if _is_interruption(error):
        return "Cancelled.", INTERRUPTED
    if isinstance(error, typer.Abort):
        return "Cancelled.", 1
    if isinstance(error, EcomgenError):
        return f"{type(error).__name__}: {error}", error.exit_code
    known = _of_the_home(error) or in_a_sentence(error)
    if known is None:
        return unexpected(error), 1
    details = "" if is_of_the_machine(error) else _kept(error)
    return f"{type(known).__name__}: {known}" + (f" See {details}." if details else ""), known.exit_code


def _of_the_home(error: BaseException) -> EcomgenError | None:
    """What is told where ECOMGEN_HOME cannot be written."""
    from ecomgen.settings import settings

    if not (
        isinstance(error, OSError) and error.errno in UNWRITABLE and isinstance(error.filename, (str, os.PathLike))
    ):
        return None
    with suppress(EcomgenError):
        if settings().home.absolute() in (file := Path(error.filename).absolute(), *file.parents):
            return CannotWrite(IN_HOME, folder=file, reason=error.strerror)
    return None


def _is_interruption(error: BaseException | None) -> bool:
    """Whether it is Ctrl-C, also in the middle of an import, of which libraries make errors of their own."""
    if isinstance(error, OF_IMPORTS):
        return _is_interruption(error.__cause__ or error.__context__)
    return isinstance(error, KeyboardInterrupt)


def _usage(error: TyperException) -> str:
    """Help where a command was given nothing, else one sentence that names the option and where to read on."""
    message = error.format_message().replace("Value error, ", "").replace("Input should be", "it must be")
    message = message.partition(", unable to parse")[0]
    if message.startswith("Usage:"):
        return message
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "ecomgen"
    return f'UsageError: {legible(message).rstrip(".")}: see "{command} --help".'


def unexpected(error: BaseException) -> str:
    """One sentence; the traceback goes into a file that can be sent to us."""
    file = _kept(error)
    return f"Unexpected {type(error).__name__}: {legible(str(error))}. Please report this" + (
        f", with {file}." if file else "."
    )


def _kept(error: BaseException) -> str:
    """The file that now holds the traceback; nothing where none can be written."""
    from ecomgen.settings import settings

    text = "".join(traceback.format_exception(error))
    with suppress(OSError, ValueError, EcomgenError):
        file = settings().home / "errors" / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", errors="backslashreplace")
        return str(file)
    return ""


def _say(text: str) -> None:
    """On stderr, if anybody can hear it there. A usage keeps its lines."""
    lines = text if text.startswith("Usage:") else legible(" ".join(text.split()), LONGEST)
    with suppress(OSError, ValueError):
        typer.echo(lines, err=True)
    _fall_silent()


def _open_closed_streams() -> None:
    """Give each standard stream that is closed somewhere to go, so that no file opened later gets its number; and write
    what an encoding does not hold as an escape."""
    while (number := os.open(os.devnull, os.O_RDWR)) < 3:
        os.set_inheritable(number, True)
    os.close(number)
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def _fall_silent() -> None:
    """What is still in a stream that cannot be written must not be tried again when Python ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)

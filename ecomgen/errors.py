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

The number is the command line's exit code. An error's text is a `Message`, a template and its values, so that the app
can tell it in another language: `BadPhoto("{file} is empty.", file=name)`.
"""

from __future__ import annotations

from typing import Any

from ecomgen.messages import Message


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

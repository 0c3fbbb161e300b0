"""What every request has in common: it is frozen, and read and checked when it is made."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, ValidationError, ValidatorFunctionWrapHandler, model_validator
from pydantic.dataclasses import dataclass

from ecomgen.options import reading, refusal

STRICT = ConfigDict(extra="forbid")
MAX_PHOTOS = 20
MAX_SEED = 2**32 - 1
Photos = Annotated[tuple[Path, ...], BeforeValidator(reading.several)]


@dataclass(frozen=True, kw_only=True, slots=True, config=STRICT)
class Checked:
    """A request whose values are read and checked when it is made; what is wrong is one sentence."""

    @model_validator(mode="wrap")
    @classmethod
    def _in_a_sentence(cls, data: Any, handler: ValidatorFunctionWrapHandler) -> Any:
        try:
            return handler(data)
        except ValidationError as error:
            first = error.errors()[0]
            if first["type"] == "unexpected_keyword_argument":
                raise TypeError(f"{cls.__name__} has no option {first['loc'][0]!r}") from None
            raise refusal(error, cls) from None

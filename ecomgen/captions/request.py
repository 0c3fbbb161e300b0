"""Which words are wanted for a product."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ecomgen.captions.languages import read_language
from ecomgen.errors import UsageError

MAX_ATTRIBUTES = 50
MAX_LENGTH = 500  # characters of one attribute


@dataclass(frozen=True, kw_only=True)
class WordsRequest:
    """The words that are wanted, and the facts that they may use besides the picture.

    `writer` is "auto", "endpoint" or the name of a words recipe; `languages` are tags or English names, and become
    tags; `attributes` are facts of the product by their names.

    Raises, when made:
        UsageError: a language is not known, none is given, or there are too many or too long attributes.
    """

    writer: str = "auto"
    languages: tuple[str, ...] = ("en",)
    attributes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        tags = tuple(dict.fromkeys(read_language(language) for language in self.languages))
        object.__setattr__(self, "languages", tags)
        object.__setattr__(self, "attributes", dict(self.attributes))
        if not tags:
            raise UsageError("No language is given for the words: name one, for example en.")
        if len(self.attributes) > MAX_ATTRIBUTES:
            raise UsageError(
                "{count} attributes are too many: give at most {most}.", count=len(self.attributes), most=MAX_ATTRIBUTES
            )
        for name, value in self.attributes.items():
            if len(name) + len(value) > MAX_LENGTH:
                raise UsageError(
                    "The attribute {name!r} is longer than {most} characters: shorten it.",
                    name=name[:40],
                    most=MAX_LENGTH,
                )
            if any("\ud800" <= sign <= "\udfff" for sign in name + value):
                raise UsageError("The attribute {name!r} is not UTF-8 text: type it anew.", name=name[:40])


def words_request(writer: str, languages: Sequence[str], attributes: Sequence[str]) -> WordsRequest | None:
    """What is asked for in words; None where they are not wanted.

    Raises:
        UsageError: a language or attribute cannot be read, or either is given without --words.
    """
    if not writer:
        if languages or attributes:
            raise UsageError("--language and --attribute are for words: give {--words} auto as well.")
        return None
    return WordsRequest(writer=writer, languages=tuple(languages) or ("en",), attributes=read_attributes(attributes))


def read_attributes(lines: Iterable[str]) -> dict[str, str]:
    """Facts from lines such as "material=stoneware" or "size: 30 cm".

    Raises:
        UsageError: a line has no name or no value.
    """
    found = {}
    for line in (one.strip() for one in lines):
        at = min((line.index(sign) for sign in "=:" if sign in line), default=0)
        name, value = line[:at].strip(), line[at + 1 :].strip()
        if line and not (name and value):
            raise UsageError(
                "The attribute {line!r} cannot be read: write its name and value, as in material=oak.", line=line
            )
        if line:
            found[name] = value
    return found

"""Brings the catalogues of translations up to date with the texts in the code: `make messages`.

New texts come in without a translation, texts that are gone leave. `ecomgen/locale/LANG/LC_MESSAGES/ecomgen.po` may be
edited with any gettext tool; a new language is an empty file of that name, to begin with.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from ecomgen import channels, errors, looks, models, recipes
from ecomgen.captions.languages import LANGUAGES
from ecomgen.scenes.studio.declarations.vocabulary import vocabulary
from ecomgen.web.locale import catalogue, english
from ecomgen.web.locale.catalogue import Plural

PACKAGE = Path(errors.__file__).parent
ERRORS = [name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, Exception)]
KEYWORDS = dict.fromkeys([*ERRORS, "Message"])  # the first argument of each is a text


def texts() -> Catalog:
    """Every text that can be on the screen, with the files where it stands."""
    found = Catalog(project="ecomgen", fuzzy=False)
    for place, text in [*_of_screen(), *_of_core(), *_titles()]:
        if isinstance(text, Plural):
            found.add((text.one, text.more), locations=[(place, None)])  # type: ignore[list-item]
        elif any(sign.isalpha() for sign in text):
            found.add(text, locations=[(place, None)])  # type: ignore[list-item]
    return found


def _of_screen() -> Iterator[tuple[str, str | Plural]]:
    for name, value in vars(english).items():
        if name.isupper():
            yield from (("ecomgen/web/locale/english.py", text) for text in _leaves(value))


def _leaves(value: object) -> Iterator[str | Plural]:
    """Every text of a table; keys are never shown."""
    if isinstance(value, (str, Plural)):
        yield value
    elif isinstance(value, (dict, tuple)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _leaves(one)


def _of_core() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE.parent).as_posix()
        yield from ((place, str(text)) for _, text, _, _ in extract_from_file("python", path, KEYWORDS) if text)


def _titles() -> Iterator[tuple[str, str]]:
    """What recipes, models, channels, languages, looks and what the studio shows are called, what looks say, and
    licences that say more than a name."""
    written = [recipes.load(path) for shelf in ("", recipes.WORDS) for path in recipes.paths(shelf).values()]
    weighed = [*written, *models.entries().values()]
    yield from (("pipelines, weights", one.title) for one in weighed)
    yield from (("pipelines, weights", one.licence) for one in weighed if ":" in one.licence)
    yield from (("ecomgen/channels.toml", one.title) for one in channels.every())
    yield from (("ecomgen/captions/languages.py", name) for name in LANGUAGES.values())
    yield from (
        ("ecomgen/looks/shipped", text) for one in looks.every() if one.shipped for text in (one.title, one.prompt)
    )
    yield from (("ecomgen/web/locale/english.py", prompt) for prompt in english.LOOKS)
    yield from (
        ("ecomgen/scenes/studio/declarations/vocabulary/approximated.toml", name) for name in vocabulary().approximated
    )


def updated(path: Path, template: Catalog) -> bytes:
    """The catalogue's file as it should be: the template's texts, with the translations that it has."""
    with path.open("rb") as file:
        theirs = read_po(file, locale=path.parts[-3])
    said = {one.id: one.string for one in theirs if one.id}
    new = Catalog(locale=path.parts[-3], project="ecomgen", fuzzy=False)
    for one in template:
        if one.id:
            new.add(one.id, said.get(one.id, ""), locations=one.locations)
    written = BytesIO()
    write_po(written, new, width=120, sort_output=False, omit_header=True, include_lineno=False)
    return HEADER.format(code=path.parts[-3]).encode() + written.getvalue()


HEADER = """\
msgid ""
msgstr ""
"Language: {code}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def main() -> None:
    template = texts()
    for path in sorted(catalogue.FOLDER.glob("*/LC_MESSAGES/ecomgen.po")):
        if path.parts[-3] != catalogue.SOURCE:
            path.write_bytes(updated(path, template))
            left = sum(not one.string for one in read_po(BytesIO(path.read_bytes())) if one.id)
            print(f"{path}: {left} texts without a translation", file=sys.stderr)


if __name__ == "__main__":
    main()

"""Languages that words can be asked for: BCP 47 tags with the English names that models know them by."""

from __future__ import annotations

import re

from ecomgen.errors import UsageError

LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "pl": "Polish",
    "sv": "Swedish",
    "da": "Danish",
    "nb": "Norwegian",
    "fi": "Finnish",
    "is": "Icelandic",
    "et": "Estonian",
    "lv": "Latvian",
    "lt": "Lithuanian",
    "cs": "Czech",
    "sk": "Slovak",
    "sl": "Slovenian",
    "hr": "Croatian",
    "sr": "Serbian",
    "bs": "Bosnian",
    "mk": "Macedonian",
    "sq": "Albanian",
    "bg": "Bulgarian",
    "ro": "Romanian",
    "hu": "Hungarian",
    "el": "Greek",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ru": "Russian",
    "ga": "Irish",
    "mt": "Maltese",
    "ca": "Catalan",
    "eu": "Basque",
    "gl": "Galician",
    "ar": "Arabic",
    "he": "Hebrew",
    "fa": "Persian",
    "hi": "Hindi",
    "bn": "Bengali",
    "ur": "Urdu",
    "th": "Thai",
    "vi": "Vietnamese",
    "id": "Indonesian",
    "ms": "Malay",
    "zh": "Chinese",
    "ja": "Japanese",
    "ko": "Korean",
}
_TAGS = {name.lower(): tag for tag, name in LANGUAGES.items()}
_REGION = re.compile(r"(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?")  # a script, a country


def read_language(text: str) -> str:
    """The tag of a language that is given by its tag ("de", "pt-BR") or its English name ("German").

    Raises:
        UsageError: there is no such language here.
    """
    plain = text.strip().replace("_", "-")
    base, rest = plain[:2].lower(), plain[2:]
    tag = _TAGS.get(plain.lower()) or (base if base in LANGUAGES and _REGION.fullmatch(rest) else None)
    if tag is None:
        known = ", ".join(f"{tag} ({name})" for tag, name in LANGUAGES.items())
        raise UsageError("The language {language!r} is not known. Choose one of: {known}.", language=text, known=known)
    return tag if plain.lower() in _TAGS else base + _cased(rest)


def name_of(tag: str) -> str:
    """How a model is told of a language: "German", "Portuguese (pt-BR)"."""
    name = LANGUAGES[tag[:2]]
    return name if len(tag) == 2 else f"{name} ({tag})"


def _cased(rest: str) -> str:
    """Scripts as Latn, countries as BR."""
    parts = rest.split("-")[1:]
    return "".join(f"-{part.title() if len(part) == 4 else part.upper()}" for part in parts)

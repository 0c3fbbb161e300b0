"""From a prompt's words to a wish. Light to import: no renderer, no network."""

from ecomgen.scenes.studio.prompt.reading import parse, wish_for, words_of

__all__ = ["parse", "wish_for", "words_of"]

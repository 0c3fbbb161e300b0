"""From a prompt's words to a wish. Light to import: no renderer, no network."""

from ecomgen.scenes.studio.prompt.parser import parse, unknown_words, wish_for, words_of

__all__ = ["parse", "unknown_words", "wish_for", "words_of"]

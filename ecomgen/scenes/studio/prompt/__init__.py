"""From a prompt to a wish. In: the prompt, the product's name. Out: a `Wish`, and which of the words led to it.

Words become phrases (`tokens`), of which some carry the product (`carrying`), phrases a draft (`grammar`), the draft a
wish with its set (`parser`); what words mean (`meanings`) is data. Light to import: no renderer, no network.
"""

from ecomgen.scenes.studio.prompt.parser import parse, product_in, unknown_words, wish_for, words_of
from ecomgen.scenes.studio.prompt.translation import completions

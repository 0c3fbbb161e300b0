"""From a prompt to a wish. In: the prompt, the product's name. Out: a `Wish`, and which of the words led to it.

Words become phrases (`tokens`), of which some carry the product (`carrying`), phrases a draft (`grammar`), which finds
its set (`place`) and is completed there (`completing`); `parser` goes through all of it, and tells of which words the
scene has what they ask for (`had`). What words mean (`meanings`) is data. Light to import: no renderer, no network.
"""

from ecomgen.scenes.studio.prompt.parser import parse, product_in, unknown_words, wish_for, words_of
from ecomgen.scenes.studio.prompt.translation import completions

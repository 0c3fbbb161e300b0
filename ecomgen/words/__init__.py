"""Words: alt text, title and selling description, by a vision-language model that sees the picture and the given facts.

`request` says what is wanted, `asking` how a model is asked, `writer` who can be asked (`local` on this machine,
`endpoint` anywhere), `cleaning` what becomes of an answer, and `writing` asks for all texts of a product.
"""

from ecomgen.words.choosing import WriterInfo, open_writer, writers
from ecomgen.words.request import WordsRequest, read_attributes
from ecomgen.words.writer import Writer
from ecomgen.words.writing import Subject, write

__all__ = [
    "Subject",
    "WordsRequest",
    "Writer",
    "WriterInfo",
    "open_writer",
    "read_attributes",
    "write",
    "writers",
]

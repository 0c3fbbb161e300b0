"""Words: alt text, title and selling description, by a vision-language model that sees the picture and the given facts.

`request` says what is wanted, `asking` how a model is asked, `writer` who can be asked (`local` on this machine,
`endpoint` anywhere), `cleaning` what becomes of an answer, and `writing` asks for all texts of a product.
"""

from ecomgen.captions.request import WordsRequest, read_attributes
from ecomgen.captions.texts import Subject, write
from ecomgen.captions.writer import Writer
from ecomgen.captions.writers import WriterInfo, open_writer, writers

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

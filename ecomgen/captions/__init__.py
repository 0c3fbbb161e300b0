"""Words: alt text, title and selling description, by a vision-language model that sees the picture and the given facts.

`request` says what is wanted, `writer` who can be asked (`local` on this machine, `endpoint` anywhere), `languages` in
which language, `cleanup` what becomes of an answer, and `texts` asks for all texts of a product.
"""

from ecomgen.captions.request import WordsRequest, read_attributes
from ecomgen.captions.texts import Subject, write
from ecomgen.captions.writer import Writer, WriterInfo, open_writer, writers

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

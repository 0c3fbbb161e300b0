"""Export: pictures as files with everything needed to make them again, for the channel they are meant for."""

from ecomgen.exporting.archive import best, read_pixels, write_files
from ecomgen.exporting.files import SUFFIXES, encode, picture_hash, save_picture, write_atomically
from ecomgen.exporting.metadata import Provenance
from ecomgen.exporting.names import file_name
from ecomgen.exporting.rules import RuleResult, check_picture

__all__ = [
    "SUFFIXES",
    "Provenance",
    "RuleResult",
    "best",
    "check_picture",
    "encode",
    "file_name",
    "picture_hash",
    "read_pixels",
    "save_picture",
    "write_atomically",
    "write_files",
]

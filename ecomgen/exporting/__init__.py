"""Export: pictures as files with everything needed to make them again, for the channel they are meant for."""

from ecomgen.exporting.archive import export_run
from ecomgen.exporting.files import encode, picture_hash, save_picture, write_atomically
from ecomgen.exporting.metadata import Provenance
from ecomgen.exporting.rules import RuleResult, check_picture

__all__ = [
    "Provenance",
    "RuleResult",
    "check_picture",
    "encode",
    "export_run",
    "picture_hash",
    "save_picture",
    "write_atomically",
]

"""Export: pictures as files with everything needed to make them again, for the channel they are meant for."""

from ecomgen.export.archive import best, read_pixels, taking
from ecomgen.export.files import SUFFIXES, encode, picture_hash, save_picture, write_atomically
from ecomgen.export.metadata import Provenance
from ecomgen.export.names import file_name, free_name
from ecomgen.export.rules import RuleResult, check_picture

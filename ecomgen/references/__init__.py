"""References: photos are loaded upright and in sRGB, and checked before anything is made of them."""

from ecomgen.picture_file import printable
from ecomgen.references.loader import SUFFIXES, load, photos_in, refuse_unusable
from ecomgen.references.quality import check, hero

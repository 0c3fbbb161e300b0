"""Audit: the pictures that a shop has already, held against channels' rules, for quality and for their products."""

from ecomgen.audit.journey import Audited, Wanted, audit
from ecomgen.audit.report import entry, write_report

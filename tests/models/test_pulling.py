"""Pulls, from a real server on this machine: whole, cut and resumed, wrong, offline, stopped."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tiny_models import save_sd

from ecomgen import models
from ecomgen.errors import Cancelled, UsageError, WeightsCorrupt, WeightsMissing
from ecomgen.types import Progress

if TYPE_CHECKING:
    from stand_in import StandIn

CONTENT = bytes(range(256)) * 20_000  # 5 MB: several chunks


def _module(name: str):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec and spec.loader
    return importlib.util.module_from_spec(spec)

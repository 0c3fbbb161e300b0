"""The soft edge of a mask: what matting hands back, and how it is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecomgen.types import EdgeReport, ModelUsed, Pixels


@dataclass(frozen=True, kw_only=True, eq=False)
class Soft:
    """Alpha, uint8 HxW, and colours, uint8 HxWx3: the photo's own wherever alpha is 255, black where it is 0."""

    alpha: Pixels
    colours: Pixels
    report: EdgeReport
    models: tuple[ModelUsed, ...] = ()


def packed(soft: Soft) -> dict[str, NDArray[Any]]:
    """As arrays of a file, which has the colours of the edge alone."""
    told = {"report": asdict(soft.report), "models": [asdict(one) for one in soft.models]}
    colours = soft.colours[_edge(soft.alpha)]
    return {"alpha": soft.alpha, "colours": colours, "told": np.array(json.dumps(told))}


def unpacked(arrays: Mapping[str, NDArray[Any]], photo: Pixels) -> Soft:
    """What `packed` was given, of this photo, uint8 HxWx3."""
    alpha, told = arrays["alpha"], json.loads(str(arrays["told"]))
    colours = photo * (alpha > 0)[..., None]
    colours[_edge(alpha)] = arrays["colours"]
    models = tuple(ModelUsed(**one) for one in told["models"])
    return Soft(alpha=alpha, colours=colours, report=EdgeReport(**told["report"]), models=models)


def _edge(alpha: Pixels) -> NDArray[np.bool_]:
    return (alpha > 0) & (alpha < 255)

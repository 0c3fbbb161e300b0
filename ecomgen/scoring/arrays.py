"""Names for arrays inside this step; OpenCV's own types do not say more than a number's kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Float = NDArray[Any]  # float32, the shape as the docstring says
    Transform = NDArray[Any]  # float64 2x3: a map of the plane, x and y in pixels

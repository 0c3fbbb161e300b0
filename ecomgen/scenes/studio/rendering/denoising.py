"""Intel's Open Image Denoise, guided by the surfaces; it can be stopped, and gives its memory back."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Mapping
from functools import cache
from threading import Lock
from typing import Any

import cv2
import numpy as np

from ecomgen.scenes.studio.primitives.types import Values

Tick = Callable[[float], None]
"""Hears the share of some work that is done, and may raise to stop it."""

MEMORY = 1024  # MiB; larger pictures are filtered in overlapping tiles
_ALONE = Lock()
"""For whoever uses the library. It holds a lock of its own while it waits for Python's, to tell how far it is; a thread
that has Python's would wait for that one, if only to let go of a filter, and both for ever."""


def denoised(light: Values, albedo: Values, normal: Values, tick: Tick) -> Values:
    """`light` without noise; all HxWx3, `light` linear, `albedo` in [0, 1], `normal` in [-1, 1].

    Reflectance and normals lose their own noise first, or it would stay in the light where a lens blurs them. `tick`
    hears the share done. Whatever it raises stops the work and is raised here.
    """
    import mitsuba_oidn

    inputs = {"color": _fireflies_tamed(light), "albedo": albedo, "normal": normal}
    images = {name: np.ascontiguousarray(image, dtype=np.float32) for name, image in inputs.items()}
    with _ALONE:
        if not _device().can_share(images["color"]):  # a GPU: done in a moment
            clean: Any = mitsuba_oidn.denoise(images["color"], images["albedo"], images["normal"], hdr=True)
            return np.asarray(clean)
        fast = mitsuba_oidn.Quality.Fast  # guides without noise, in half the time that light takes
        for name in ("albedo", "normal"):
            images[name] = _filtered({name: images[name]}, lambda _: tick(0.0), quality=fast)
        return _filtered(images, tick, hdr=True, clean_aux=True, input_scale=_exposure(images["color"]))


def _filtered(images: Mapping[str, Values], tick: Tick, **settings: Any) -> Values:
    """What a filter with such `settings` makes of `images`, its inputs by name, HxWx3 float32."""
    import mitsuba_oidn

    output = np.empty_like(next(iter(images.values())))
    refusal: list[BaseException] = []

    def go_on(share: float) -> bool:
        try:
            tick(share)
        except BaseException as error:  # it is raised below: the library's own threads must not see it
            refusal.append(error)
        return not refusal

    work = _device().new_filter("RT")
    try:
        for name, value in (settings | {"max_memory_mb": MEMORY}).items():
            setattr(work, name, value)
        for name, image in {**images, "output": output}.items():
            work.set_image(name, image)
        work.set_progress_monitor(go_on)
        work.execute()
    except mitsuba_oidn.Error:
        if not refusal:
            raise
    finally:
        work.set_progress_monitor(None)  # or filter and refusal would hold each other for ever
        del work  # here, and not by whoever lets go of what is raised
    if refusal:
        raise refusal[0]
    return output


def _exposure(light: Values) -> float:
    """What brings the mean of the light, as an eye sees it, to middle grey, whatever is black left aside.

    The library would find it by itself, but with another rounding for each number of threads.
    """
    height, width = light.shape[:2]
    small = cv2.resize(light.mean(-1), (-(-width // 16), -(-height // 16)), interpolation=cv2.INTER_AREA)
    lit = small[small > 1e-8]
    return float(0.18 / np.exp(np.log(lit).mean())) if lit.size else 1.0


@cache
def _device() -> Any:
    import mitsuba_oidn

    device = mitsuba_oidn.Device(mitsuba_oidn.DeviceType.Default)
    device.commit()
    atexit.register(_closed)
    return device


def _closed() -> None:
    """Let go of the device, before the library itself goes."""
    with _ALONE:
        _device.cache_clear()


def _fireflies_tamed(light: Values) -> Values:
    """Single pixels far above all their neighbours are pulled down to the brightest of them."""
    ring = np.ones((3, 3), np.uint8)
    ring[1, 1] = 0
    return np.minimum(light, 3 * cv2.dilate(light, ring) + 0.05)

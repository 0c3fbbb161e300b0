"""The sRGB profile that every picture carries, and the name of the one that a file carries."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageCms


@lru_cache
def srgb() -> bytes:
    """An ICC profile for sRGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def profile_of(picture: Image.Image) -> str:
    """The embedded profile's own description, "" where there is none, "unreadable profile" where it is damaged."""
    data = picture.info.get("icc_profile")
    if not data:
        return ""
    try:
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(data))).strip()
    except (OSError, ImageCms.PyCMSError):
        return "unreadable profile"

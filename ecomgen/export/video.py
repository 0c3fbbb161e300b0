"""Pictures in motion as files: H.264 in MP4, which every browser and shop plays, and a looped WebP.

PyAV (BSD) encodes, with the FFmpeg of its wheels. The encoder is x264, the only one for H.264 in them that needs no
special hardware; where a system's own FFmpeg has none, OpenH264 takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from PIL import Image

from ecomgen.errors import BackendMissing, Unavailable
from ecomgen.picture_file import encoded
from ecomgen.types import Pixels

ENCODERS = {"libx264": {"crf": "17", "preset": "medium"}, "libopenh264": {"b": "12M"}}
BT709, LIMITED = 1, 1  # FFmpeg's numbers: primaries, transfer and matrix of HDTV; luma from 16 to 235
LOOP_SIDE, LOOP_RATE = 640, 15  # the looped WebP's longer side at most, and its frames a second
LOOP_QUALITY = 80


def encoder() -> str:
    """The encoder for H.264 that is here.

    Raises:
        BackendMissing: PyAV is not installed.
        Unavailable: its FFmpeg encodes no H.264.
    """
    try:
        from av.codec import codecs_available
    except ImportError as error:
        raise BackendMissing('A clip needs PyAV: run "pip install ecomgen[clip]".') from error
    found = next((name for name in ENCODERS if name in codecs_available), None)
    if found is None:
        raise Unavailable('The FFmpeg of this PyAV encodes no H.264: run "pip install --force-reinstall av".')
    return found


def write_mp4(file: Path, frames: Iterable[Pixels], rate: int, told: dict[str, str]) -> None:
    """H.264 of `frames` (HxWx3, even sizes), `rate` a second, playable before it is loaded whole.

    Args:
        told: the file's tags, such as title and comment.
    """
    import av

    name, stream = encoder(), None
    with av.open(str(file), "w", format="mp4", options={"movflags": "+faststart"}) as film:
        film.metadata.update(told)
        for number, picture in enumerate(frames):
            stream = stream or _stream(film, name, rate, picture.shape)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            yuv = frame.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")
            yuv.pts, yuv.time_base = number, Fraction(1, rate)
            film.mux(stream.encode(yuv))
        if stream is not None:
            film.mux(stream.encode(None))


def _stream(film: Any, name: str, rate: int, shape: tuple[int, ...]) -> Any:
    stream = film.add_stream(name, rate=Fraction(rate), options=ENCODERS[name])
    stream.height, stream.width = shape[:2]
    stream.pix_fmt = "yuv420p"
    context = stream.codec_context
    context.color_primaries = context.color_trc = context.colorspace = BT709
    context.color_range = LIMITED
    return stream


def looped_webp(frames: Iterable[Pixels], rate: int) -> bytes:
    """An animated WebP that begins anew for ever, smaller and with fewer frames than the clip."""
    step = max(round(rate / LOOP_RATE), 1)
    pictures = _small(frame for number, frame in enumerate(frames) if number % step == 0)
    timing: dict[str, Any] = {"append_images": pictures, "duration": round(1000 * step / rate), "loop": 0}
    return encoded(next(pictures), "WEBP", save_all=True, quality=LOOP_QUALITY, method=4, **timing)


def _small(frames: Iterable[Pixels]) -> Iterator[Image.Image]:
    for pixels in frames:
        picture = Image.fromarray(pixels)
        picture.thumbnail((LOOP_SIDE, LOOP_SIDE), Image.Resampling.LANCZOS)
        yield picture

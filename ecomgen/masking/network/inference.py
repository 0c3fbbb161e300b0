"""Looks at a photo through the small network: windows of it, with or without help, mirrored and averaged."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import NamedTuple

import cv2
import numpy as np
import torch

from ecomgen import models
from ecomgen.masking.network.architecture import BOTH, PHOTOS, RENDERS, STRIDE, CutoutNetwork
from ecomgen.masking.threads import one_for_torch
from ecomgen.models.encoder import Network, folded
from ecomgen.types import Box, Matte, Pixels

NEAR_SIDE = 288  # pixels of a closer look, as the network sees it
NEAR_MARGIN = 0.25  # of the product's size, left around it in a closer look
BRIGHT, BRIGHTEST = 0.98, 235.0  # the share of a photo that is darker than its lights, and where those are brought
LEAST_GAIN, MOST_GAIN = 0.8, 3.0
ALIKE = 0.9  # IoU of two boxes from which a look at one is a look at the other


class Opinions(NamedTuple):
    """How likely every pixel is product, each HxW in [0, 1]: by both encoders, and by either alone."""

    both: Matte
    renders: Matte
    photos: Matte

    def mean(self, *others: Opinions) -> Opinions:
        """Opinion by opinion."""
        answers = zip(self, *others, strict=True)
        return Opinions(*(np.stack(each).mean(0).astype(np.float32) for each in answers))


class Looker:
    """The network with one photo before it."""

    def __init__(self, network: CutoutNetwork, photo: Pixels) -> None:
        """`photo` is uint8 HxWx3, at the size on which masks are wanted."""
        self.network, self.photo = network, exposed(photo)

    @property
    def whole(self) -> Box:
        return Box(0, 0, self.photo.shape[1], self.photo.shape[0])

    def look(self, window: Box, side: int, *, box: Box | None = None) -> Opinions:
        """How likely every pixel of the photo is product; 0 outside the window.

        Args:
            window: what is looked at.
            side: the longer side of what the network sees, in pixels.
            box: the product's, in the photo's pixels; nothing is said of it where None.
        """
        rows, columns = window.slices
        shape = shape_of(window, side)
        scale = shape[1] / window.width, shape[0] / window.height
        nothing = np.zeros(shape, np.float32)
        planes = [
            as_planes(sized(self.photo[rows, columns], shape)),
            (draw_box(box.within(window).scaled(*scale), shape) if box else nothing)[None],
            nothing[None],
        ]
        return Opinions(*(self._placed(soft, window) for soft in _average(self.network, np.concatenate(planes))))

    def _placed(self, soft: Matte, window: Box) -> Matte:
        whole = np.zeros(self.photo.shape[:2], np.float32)
        whole[window.slices] = cv2.resize(soft, (window.width, window.height), interpolation=cv2.INTER_LINEAR)
        return whole


def exposed(photo: Pixels) -> Pixels:
    """A photo whose lights are as bright as those of most, so that exposure does not change what is seen in it."""
    lights = float(np.quantile(photo.max(axis=2), BRIGHT))
    gain = float(np.clip(BRIGHTEST / max(lights, 1.0), LEAST_GAIN, MOST_GAIN))
    return cv2.convertScaleAbs(photo, alpha=gain).astype(np.uint8)


class Looks:
    """Looks that run beside one another; a closer look at nearly the same box is not taken twice."""

    def __init__(self, looker: Looker, pool: Executor) -> None:
        self.whole = looker.whole
        self._looker, self._pool = looker, pool
        self._closer: list[tuple[Box, bool, Future[Opinions]]] = []

    def far(self, window: Box, side: int, *, box: Box | None = None) -> Future[Opinions]:
        """A look at a window, of which the network sees `side` pixels."""
        return self._pool.submit(self._looker.look, window, side, box=box)

    def near(self, box: Box, *, told: bool = True) -> Future[Opinions]:
        """A closer look at a box with some room around it; the network is told of the box, or not."""
        for known, as_told, answer in self._closer:
            if as_told == told and box.overlap(known) > ALIKE:
                return answer
        answer = self.far(around(box, self.whole), NEAR_SIDE, box=box if told else None)
        self._closer.append((box, told, answer))
        return answer


def around(box: Box, whole: Box) -> Box:
    """A window with some room around a box."""
    return box.grown(round(NEAR_MARGIN * box.longest) + 4, (whole.height, whole.width))


def draw_box(box: Box, shape: tuple[int, ...]) -> Matte:
    """1 inside the box, 0 outside; `shape` is (rows, columns)."""
    return box.drawn(shape).astype(np.float32)


def load(name: str, kind: Callable[[], Network] = CutoutNetwork) -> Network:
    """A network of a kind with its weights, kept loaded.

    Raises:
        WeightsMissing, WeightsCorrupt: they are not on this machine or not what the manifest says.
    """
    path, device = models.locate(name), models.device()
    return models.load_once(f"{path}|{device}", lambda: _loaded(path.as_posix(), kind, device))


def _loaded(path: str, kind: Callable[[], Network], device: str) -> Network:
    from safetensors.torch import load_file

    with torch.device("meta"):
        network = kind()
    state = {key: value.float() for key, value in load_file(path).items()}
    network.load_state_dict(state, strict=True, assign=True)
    ready = folded(network.eval())
    return ready.to(device, memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]


def shape_of(window: Box, side: int) -> tuple[int, int]:
    """(rows, columns) that keep the window's proportions as far as the network's stride allows."""
    scale = side / window.longest
    rows, columns = (max(2, round(length * scale / STRIDE)) * STRIDE for length in (window.height, window.width))
    return rows, columns


def sized(photo: Pixels, shape: tuple[int, int]) -> Pixels:
    """A photo, uint8 HxWx3, at (rows, columns)."""
    smaller = shape[0] < photo.shape[0] or shape[1] < photo.shape[1]
    interpolation = cv2.INTER_AREA if smaller else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(photo, shape[::-1], interpolation=interpolation), dtype=np.uint8)


def as_planes(photo: Pixels) -> Matte:
    """A photo as networks read it: 3xHxW in [-1, 1]."""
    return photo.transpose(2, 0, 1).astype(np.float32) / 127.5 - 1


def with_mirror(planes: Matte, network: torch.nn.Module) -> torch.Tensor:
    """Planes, PxHxW, and their mirror image, where the network is."""
    both = torch.from_numpy(np.stack([planes, planes[..., ::-1]]))
    return both.to(next(network.parameters()).device, memory_format=torch.channels_last)


def _average(network: CutoutNetwork, planes: Matte) -> list[Matte]:
    """Every opinion's mean of what it sees and of what it sees in a mirror."""
    with torch.inference_mode(), one_for_torch:
        seen = network.seen(with_mirror(planes, network))
        answers = [network.answer(seen, planes.shape[1:], torch.tensor([each] * 2)) for each in (BOTH, RENDERS, PHOTOS)]
        chances = [torch.sigmoid(answer).float().cpu().numpy()[:, 0] for answer in answers]
    return [(plain + mirrored[:, ::-1]) / 2 for plain, mirrored in chances]

"""Enlarging by a network of one's own, through spandrel: the pixels that come out are the network's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any

import numpy as np

from ecomgen.errors import BackendMissing, UsageError
from ecomgen.messages import Message
from ecomgen.models.devices import device
from ecomgen.models.location import locate, used
from ecomgen.models.manifest import entries
from ecomgen.models.resident import another, load_once
from ecomgen.types import Box, Cutout, ModelUsed, Pixels

KIND = "upscale"
TILE, MARGIN = 256, 16  # pixels a side that one look enlarges, and around it that it sees
ROOM = 16  # pixels round a product that go with it, so that its edge has something behind it
SIDE = 16384  # pixels of the longer side that are made at most


@dataclass(frozen=True, kw_only=True, eq=False)
class Upscaler:
    """A network that enlarges `scale` times."""

    network: Any  # spandrel's ImageModelDescriptor
    scale: int
    used: ModelUsed

    def enlarged(self, picture: Pixels) -> Pixels:
        """HxWx3, by tiles whose margins are cut away, so that no seam is seen."""
        import torch

        height, width = picture.shape[:2]
        whole = np.empty((height * self.scale, width * self.scale, 3), np.uint8)
        for tile in Box(0, 0, width, height).tiles(TILE):
            seen = tile.grown(MARGIN, (height, width))
            asked = torch.from_numpy(np.ascontiguousarray(picture[seen.slices])).permute(2, 0, 1)[None]
            with torch.inference_mode():
                made = self.network(asked.float().div(255).to(self.network.device))[0].permute(1, 2, 0)
            pixels = np.nan_to_num(made.float().cpu().numpy()).clip(0, 1)
            inner = tile.within(seen).scaled(self.scale)
            whole[tile.scaled(self.scale).slices] = np.round(pixels[inner.slices] * 255).astype(np.uint8)
        return whole

    def cut_out(self, cutout: Cutout) -> Cutout:
        """The product alone, enlarged; its edge by interpolation.

        Raises:
            UsageError: it would be larger than anybody can use.
        """
        import cv2

        from ecomgen.morphology import filled

        around = cutout.box.grown(ROOM, cutout.rgba.shape)
        if around.longest * self.scale > SIDE:
            raise UsageError("The product is large enough in its photo to be used as it is: leave {--upscale} out.")
        part = cutout.rgba[around.slices]
        carried = filled(part[..., :3], part[..., 3] == 0)  # outwards, so that nothing else bleeds into the edge
        colours = self.enlarged(np.ascontiguousarray(carried))
        alpha = cv2.resize(part[..., 3], colours.shape[1::-1], interpolation=cv2.INTER_CUBIC)
        box = cutout.box.within(around).scaled(self.scale)
        return replace(cutout, rgba=np.dstack([colours, alpha]), box=box)

    @property
    def note(self) -> str:
        """What the product is now."""
        return Message(
            "{--upscale} {name} enlarged the product {scale} times: its pixels are the model's, not the photo's",
            name=self.used.id,
            scale=self.scale,
        )


def names() -> list[str]:
    """Those in the manifest."""
    return [one.id for one in entries().values() if one.kind == KIND]


def opened(name: str) -> Upscaler:
    """The upscaler of that name in the manifest, loaded once.

    Raises:
        UsageError: there is none of that name.
        BackendMissing: spandrel is not here.
        WeightsMissing, WeightsCorrupt: its file is not here, or no network that enlarges.
    """
    known = names()
    if name not in known:
        raise UsageError(
            "There is no upscaler called {name!r} (known: {known}): enter its file in manifest.toml of the weights "
            'folder, with kind = "upscale".',
            name=name,
            known=", ".join(known) or "-",
        )
    if find_spec("spandrel") is None:
        raise BackendMissing("{--upscale} needs spandrel: run \"pip install 'ecomgen[upscale]'\".")
    path, where = locate(name), device()

    def build() -> Any:
        from spandrel import ImageModelDescriptor, ModelLoader

        try:
            network: Any = ModelLoader().load_from_file(path)
        except Exception as error:  # whatever a broken file brings about in spandrel or torch
            raise another(name, path) from error
        if not isinstance(network, ImageModelDescriptor) or network.input_channels != 3 or network.scale < 2:
            raise another(name, path)
        return network.to(where).eval()

    network = load_once(f"upscale:{path}:{where}", build)
    return Upscaler(network=network, scale=network.scale, used=used(name))

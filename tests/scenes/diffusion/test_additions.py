"""What recipes add to a base model: each changes the picture, by its scale, and is found, hashed and named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scenes.diffusion.placed import ask, make, view
from tiny_models import recipe, save_control, save_ip_adapter, save_lora, save_small_vae

from ecomgen import models
from ecomgen.errors import BadRecipe, WeightsMissing
from ecomgen.scenes import open_backend
from ecomgen.scenes.diffusion import checkpoint
from ecomgen.scenes.diffusion.additions import style_layers
from ecomgen.scenes.diffusion.conditioning import reference_pictures
from ecomgen.scenes.diffusion.loader import load
from ecomgen.types import Progress, SceneRequest


@pytest.fixture(scope="module")
def adapter(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = save_ip_adapter(tmp_path_factory.mktemp("adapter"))
    names = {"file": "models/adapter.safetensors", "image_encoder": "models/image_encoder"}
    return {"reference": {"path": folder, **names}}


def moved(weights: Path, kind: str, request: SceneRequest, plain: np.ndarray, **options: Any) -> float:
    """How far the picture is from `plain`, in levels of 255 on average."""
    (scene,) = make(weights, kind, request, **options)
    return float(np.abs(scene.pixels.astype(int) - plain).mean())


@pytest.mark.parametrize(("kind", "control"), [("inpaint", "canny"), ("img2img", "depth")])
def test_a_controlnet_follows_the_product_by_its_scale(tmp_path: Path, tiny_sd: Path, kind: str, control: str) -> None:
    (plain,) = make(tiny_sd, kind, ask(1))
    added = {"control": {"path": save_control(tmp_path / "control"), "kind": control}}
    none, much = (moved(tiny_sd, kind, ask(1), plain.pixels, added=added, control_scale=scale) for scale in (0.0, 1.0))
    assert none == 0 and much > 0


def test_a_controlnet_grown_from_an_inpainting_network_sees_the_mask(tmp_path: Path, tiny_inpaint: Path) -> None:
    (plain,) = make(tiny_inpaint, "inpaint", ask(1))
    added = {"control": {"path": save_control(tmp_path / "control", channels=9), "kind": "mask"}}
    assert moved(tiny_inpaint, "inpaint", ask(1), plain.pixels, added=added, control_scale=1.0) > 0


def test_reference_photos_count_by_their_scale(tiny_sd: Path, adapter: dict[str, Any]) -> None:
    (plain,) = make(tiny_sd, "img2img", ask(1))
    asked = ask(1, views=(view(),))
    none, some = (
        moved(tiny_sd, "img2img", asked, plain.pixels, added=adapter, reference_scale=scale) for scale in (0.0, 1.0)
    )
    assert none == 0 and some > 0


def test_what_the_photos_show_matters(tiny_sd: Path, adapter: dict[str, Any]) -> None:
    one = view()
    other = type(one)(pixels=255 - one.pixels, mask=one.mask)
    options = {"added": adapter, "reference_scale": 1.0}
    first, second, both = (
        make(tiny_sd, "img2img", ask(1, views=views), **options)[0].pixels for views in ((one,), (other,), (one, other))
    )
    assert (first != second).any() and (both != first).any()


def test_a_lora_is_merged_at_its_scale(tmp_path: Path, tiny_sd: Path) -> None:
    (plain,) = make(tiny_sd, "inpaint", ask(1))
    folder = save_lora(tmp_path / "lora")
    for scale, changes in ((0.0, False), (1.0, True)):
        added = {"lora": {"path": folder, "file": "pytorch_lora_weights.safetensors", "scale": scale}}
        assert (moved(tiny_sd, "inpaint", ask(1), plain.pixels, added=added) > 0.5) == changes


def test_the_log_names_what_was_added_and_replays_ask_for_it(tmp_path: Path, tiny_sd: Path) -> None:
    control = save_control(tmp_path / "outline")
    mine = recipe(tiny_sd, "inpaint", added={"control": {"path": control, "kind": "canny"}})
    base, added = models.used_by_recipe(mine)
    assert (base.id, added.id) == (tiny_sd.name, "outline") and len(added.sha256) == 64
    assert "control_scale" in open_backend(mine).resolved()
    assert "control_scale" not in open_backend(recipe(tiny_sd, "inpaint")).resolved()


def test_what_is_not_here_is_said_before_anything_is_loaded(tmp_path: Path, tiny_sd: Path) -> None:
    mine = recipe(tiny_sd, "inpaint", added={"control": {"path": tmp_path / "gone", "kind": "canny"}})
    assert not models.recipe_is_here(mine)
    with pytest.raises(WeightsMissing, match="gone"):
        open_backend(mine)


def test_flux_fills_and_takes_no_other_scheduler(tiny_flux: Path) -> None:
    first, again = (make(tiny_flux, "inpaint", ask(1, prompt="on (oak:1.2)"))[0].pixels for _ in range(2))
    assert first.std() > 0 and (first == again).all()
    with pytest.raises(BadRecipe, match="EulerDiscreteScheduler"):
        make(tiny_flux, "inpaint", ask(1), scheduler="EulerDiscreteScheduler")
    with pytest.raises(BadRecipe, match="inpaint"):
        make(tiny_flux, "img2img", ask(1))


@pytest.mark.parametrize("small", [False, True])
def test_drafts_are_shown_while_it_samples(tmp_path: Path, tiny_sd: Path, small: bool) -> None:
    added = {"preview": {"path": save_small_vae(tmp_path / "small")}} if small else {}
    seen: list[Progress] = []
    mine = recipe(tiny_sd, "inpaint", added=added, num_inference_steps=6, scheduler="DDIMScheduler")
    list(open_backend(mine).make(ask(1), seen.append))
    drafts = [progress.draft for progress in seen if progress.draft is not None]
    assert 2 <= len(drafts) <= 6
    assert all(draft.shape == (64, 64, 3) and (draft[32, 32] == (200, 30, 30)).all() for draft in drafts)


def test_a_style_is_heard_in_the_style_layers_alone(tiny_sd: Path, adapter: dict[str, Any]) -> None:
    (shown,) = reference_pictures((view(),))
    style = np.asarray(shown)
    asked, styled, other = ask(1, views=(view(),)), ask(1, style=style), ask(1, style=255 - style)
    options = {"added": adapter, "reference_scale": 1.0}

    def made(request: SceneRequest) -> np.ndarray:
        return make(tiny_sd, "img2img", request, **options)[0].pixels

    of_photo, of_style = made(asked), made(styled)
    assert (of_style != of_photo).any()  # the adapter saw the same picture
    assert (of_style != made(other)).any() and (of_style != make(tiny_sd, "img2img", ask(1))[0].pixels).any()
    mine = recipe(tiny_sd, "img2img", **options)
    unet = load(checkpoint.of_recipe(mine), "img2img", mine).pipe.unet
    heard = {
        name.partition(".attentions")[0]: one.scale for name, one in unet.attn_processors.items() if "attn2" in name
    }
    loud = {"down_blocks.0", "down_blocks.1", "up_blocks.2", "up_blocks.3"}
    assert heard == {name: [1.0 if name in loud else 0.0] for name in heard} and loud < heard.keys()
    assert (made(asked) == of_photo).all()  # and nothing of it stays


@pytest.mark.parametrize(
    ("xl", "down", "up"), [(False, {"block_0", "block_1"}, {"block_2", "block_3"}), (True, set(), {"block_0"})]
)
def test_style_layers_of_the_published_shapes(xl: bool, down: set[str], up: set[str]) -> None:
    import diffusers
    import torch

    across, plain = ["CrossAttn{}Block2D"], ["{}Block2D"]
    kinds = [*plain, *across * 2] if xl else [*across * 3, *plain]
    more: dict[str, Any] = (
        {"addition_embed_type": "text_time", "addition_time_embed_dim": 8, "projection_class_embeddings_input_dim": 64}
        if xl
        else {}
    )
    with torch.device("meta"):
        unet = diffusers.UNet2DConditionModel(
            block_out_channels=(32,) * len(kinds),
            down_block_types=[kind.format("Down") for kind in kinds],
            up_block_types=[kind.format("Up") for kind in reversed(kinds)],
            cross_attention_dim=8,
            **more,
        )
    layers = style_layers(unet, 0.8)
    assert (set(layers.get("down", {})), set(layers["up"])) == (down, up)
    assert not xl or layers["up"]["block_0"] == [0.0, 0.8, 0.0]

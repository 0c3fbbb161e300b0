"""What came after Stable Diffusion is one TOML file each: shipped ones, on miniatures of the models that they name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scenes.diffusion.placed import ask
from tiny_flow_models import SAVE
from tiny_models import recipe

from ecomgen import recipes
from ecomgen.errors import BackendMissing, BadRecipe
from ecomgen.models import resident
from ecomgen.recipes import Recipe
from ecomgen.scenes import open_backend
from ecomgen.scenes.diffusion import additions, call, checkpoint
from ecomgen.scenes.diffusion.loader import load, quiet
from ecomgen.types import Scene, silent

SMALL: dict[str, dict[str, Any]] = {  # what only a miniature needs
    "flux-kontext": {"max_area": 64 * 64, "_auto_resize": False},
    "flux2-klein": {"text_encoder_out_layers": (0, 1, 2)},
    "flux2-klein-edit": {"text_encoder_out_layers": (0, 1, 2)},
}


@pytest.fixture(autouse=True)
def a_small_picture_to_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Qwen-Image-Edit makes every picture a million pixels first."""
    from diffusers.pipelines.qwenimage import pipeline_qwenimage_edit

    monkeypatch.setattr(pipeline_qwenimage_edit, "calculate_dimensions", lambda *_: (64, 64, None))


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder, made = tmp_path_factory.mktemp("flow"), {}

    def save(name: str) -> Path:
        if name not in made:
            with quiet():
                made[name] = SAVE[name](folder / name)
        return made[name]

    return save


def small(name: str, weights: Path, **changed: Any) -> Recipe:
    """The shipped recipe with the miniature's weights and size."""
    shipped = recipes.get(name)
    assert shipped.model is not None
    model = shipped.model.model_copy(update={"repo": None, "path": weights, "dtype": "float32"})
    defaults = {**shipped.defaults, "num_inference_steps": 2, "width": 64, "height": 64}
    added = {"model": model, "call": {**shipped.call, **SMALL.get(name, {})}, "defaults": defaults}
    return shipped.model_copy(update={**added, **changed})


def make(mine: Recipe, *seeds: int, **parameters: Any) -> list[Scene]:
    return list(open_backend(mine).make(ask(*seeds, parameters=parameters), silent))


@pytest.mark.parametrize("name", SAVE)
def test_a_shipped_recipe_paints_by_its_seed(saved: Any, name: str) -> None:
    mine = small(name, saved(name))
    first, second = make(mine, 1, 2)
    (again,) = make(mine, 2)
    assert first.pixels.shape == (64, 64, 3) and first.pixels.std() > 0
    assert (second.pixels == again.pixels).all() and (first.pixels != second.pixels).any()


@pytest.mark.parametrize("name", [name for name in SAVE if recipes.get(name).backend == "inpaint"])
def test_one_that_inpaints_keeps_what_is_kept(saved: Any, name: str) -> None:
    kind, seen = call.pipeline_class(recipes.get(name)), {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kind, "__call__", _listening(kind.__call__, seen))
        make(small(name, saved(name)), 1)
    mask = np.asarray(seen["mask_image"])
    assert mask[32, 32] == 0 and mask[2, 2] == 255
    assert np.asarray(seen["image"])[32, 32].tolist() == [200, 30, 30]


def _listening(real: Any, seen: dict[str, Any]) -> Any:
    import functools

    @functools.wraps(real)
    def listen(self: Any, **options: Any) -> Any:
        seen.update(options)
        return real(self, **options)

    return listen


def test_ours_go_by_the_pipelines_names_and_constants_beside_them(tiny_sd: Path) -> None:
    from diffusers import QwenImageEditPipeline

    mine = recipe(tiny_sd, "img2img", added={"call": {"guidance_scale": "true_cfg_scale", "max_sequence_length": 9}})
    ours = {"guidance_scale": 3.0, "strength": 0.5, "image": 1}
    told = call.arguments(QwenImageEditPipeline, mine, ours)
    assert told == {"true_cfg_scale": 3.0, "image": 1, "max_sequence_length": 9}


def test_constants_and_scheduler_options_change_the_picture(tiny_sd: Path) -> None:
    named = {"scheduler": "DPMSolverMultistepScheduler", "num_inference_steps": 4}
    plain = make(recipe(tiny_sd, "inpaint", **named), 1)[0]
    karras = recipe(tiny_sd, "inpaint", added={"scheduler": {"use_karras_sigmas": True}}, **named)
    assert (make(karras, 1)[0].pixels != plain.pixels).any()
    assert (make(recipe(tiny_sd, "inpaint", **named), 1)[0].pixels == plain.pixels).all()  # of one loaded model
    other = make(karras, 1, scheduler="DDIMScheduler")[0]
    assert "DDIMScheduler has no use_karras_sigmas" in other.notes
    eta = recipe(tiny_sd, "inpaint", added={"call": {"eta": 1.0}}, scheduler="DDIMScheduler", num_inference_steps=4)
    assert (make(eta, 1)[0].pixels != other.pixels).any()


@pytest.mark.parametrize("option", [{"timestep_spacing": "trailing"}, {"rescale_betas_zero_snr": True}])
def test_options_of_the_noise_reach_the_scheduler(tiny_sd: Path, option: dict[str, Any]) -> None:
    named = {"scheduler": "DDIMScheduler", "num_inference_steps": 4}
    mine, plain = recipe(tiny_sd, "inpaint", added={"scheduler": option}, **named), recipe(tiny_sd, "inpaint", **named)
    assert (make(mine, 1)[0].pixels != make(plain, 1)[0].pixels).any()
    for one, reached in ((mine, True), (plain, False)):
        make(one, 1)
        config = load(checkpoint.of_recipe(one), "inpaint", one).pipe.scheduler.config
        assert (option.items() <= dict(config).items()) == reached


def test_guidance_is_rescaled_where_the_pipeline_can(tiny_xl: Path, tiny_sd: Path) -> None:
    added = {"call": {"guidance_rescale": 0.7}}
    for backend in ("inpaint", "img2img"):
        plain, rescaled = (make(recipe(tiny_xl, backend, added=one), 1)[0].pixels for one in ({}, added))
        assert (plain != rescaled).any()
    says = r"tiny\.toml.*call\.guidance_rescale: StableDiffusionInpaintPipeline takes no argument 'guidance_rescale'"
    with pytest.raises(BadRecipe, match=says):
        make(recipe(tiny_sd, "inpaint", added=added), 1)


def test_constants_are_for_the_pipeline_that_has_them(tiny_sd: Path) -> None:
    import diffusers

    mine = recipe(tiny_sd, "img2img", added={"call": {"guidance_rescale": 0.7, "eta": 1.0}})
    assert call.arguments(diffusers.StableDiffusionXLImg2ImgPipeline, mine, {}) == {"guidance_rescale": 0.7, "eta": 1.0}
    assert call.arguments(diffusers.StableDiffusionInpaintPipeline, mine, {}) == {"eta": 1.0}


def test_what_the_pipeline_does_not_hear_is_said(saved: Any) -> None:
    (scene,) = make(small("qwen-image-edit", saved("qwen-image-edit")), 1, strength=0.5)
    assert scene.edited
    assert any("--strength has no effect" in note for note in scene.notes)


@pytest.mark.parametrize(
    ("added", "says"),
    [
        ({"pipeline": "NoSuchPipeline"}, r"tiny\.toml.*model\.pipeline.*NoSuchPipeline"),
        ({"pipeline": "FluxPipeline"}, r"tiny\.toml.*model\.pipeline.*takes no image"),
        ({"pipeline": "FluxInpaintPipeline", "call": {"nonsense": 1}}, r"tiny\.toml.*call\.nonsense"),
        ({"pipeline": "FluxInpaintPipeline", "call": {"image": "picture"}}, r"tiny\.toml.*call\.image.*picture"),
        ({"call": {"nonsense": 1}}, r"tiny\.toml.*call\.nonsense"),
        ({"call": {"generator": 1}}, r"tiny\.toml.*call\.generator"),
        ({"scheduler": {"use_karras": True}}, r"tiny\.toml.*scheduler\.use_karras"),
    ],
)
def test_a_wrong_key_is_named_with_its_file(tiny_sd: Path, added: dict[str, Any], says: str) -> None:
    pipeline = added.pop("pipeline", None)
    mine = recipe(tiny_sd, "inpaint", added=added)
    mine = mine.model_copy(update={"model": mine.model and mine.model.model_copy(update={"pipeline": pipeline})})
    with pytest.raises(BadRecipe, match=says):
        make(mine, 1)


def test_large_networks_are_kept_coarsely(saved: Any) -> None:
    pytest.importorskip("torchao")
    mine = small("chroma-img2img", saved("chroma-img2img"))
    (exact,) = make(mine, 1)
    (coarse,) = make(mine.model_copy(update={"quantize": "torchao-int8"}), 1)
    assert (coarse.pixels != exact.pixels).any()
    assert np.abs(coarse.pixels.astype(int) - exact.pixels).mean() < 30


def save_gguf(file: Path, folder: Path) -> Path:
    """The transformer of a pipeline in eight bits a weight where its rows are long enough, as llama.cpp's files are."""
    import gguf
    from safetensors.torch import load_file

    (source,) = (folder / "transformer").glob("*.safetensors")
    writer = gguf.GGUFWriter(file, "flux")
    for name, tensor in load_file(source).items():
        values = tensor.float().numpy()
        coarse = values.ndim == 2 and values.shape[1] % 32 == 0
        kind = gguf.GGMLQuantizationType.Q8_0
        writer.add_tensor(
            name, gguf.quants.quantize(values, kind) if coarse else values, raw_dtype=kind if coarse else None
        )
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return file


def test_a_gguf_file_takes_the_place_of_the_large_network(saved: Any, tmp_path: Path) -> None:
    pytest.importorskip("gguf")
    folder = saved("flux-inpaint")
    mine = small("flux-inpaint", folder)
    (exact,) = make(mine, 1)
    file = save_gguf(tmp_path / "transformer-q8.gguf", folder)
    coarse = Recipe.model_validate(mine.model_dump() | {"quantize": "gguf", "transformer": {"path": file}})
    (made,) = make(coarse, 1)
    assert (made.pixels != exact.pixels).any()
    assert np.abs(made.pixels.astype(int) - exact.pixels).mean() < 30
    assert any(one.id == file.name for one in open_backend(coarse).models)
    with pytest.raises(ValueError, match="go together"):
        Recipe.model_validate(mine.model_dump() | {"quantize": "gguf"})


def test_a_gguf_file_is_for_models_with_a_transformer(tiny_sd: Path, tmp_path: Path) -> None:
    (tmp_path / "any.gguf").write_bytes(b"GGUF" + bytes(64))
    added = {"quantize": "gguf", "transformer": {"path": tmp_path / "any.gguf"}}
    with pytest.raises(BadRecipe, match=r"transformer"):
        make(recipe(tiny_sd, "inpaint", added=added), 1)


@pytest.mark.parametrize("how", ["torchao-int8", "bitsandbytes-4bit"])
def test_a_library_that_is_not_here_is_named(saved: Any, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    monkeypatch.setattr(additions, "find_spec", lambda _: None)
    mine = small("chroma-img2img", saved("chroma-img2img"), quantize=how)
    resident.forget()
    with pytest.raises(BackendMissing, match=rf"pip install 'ecomgen\[{how.partition('-')[0]}\]'"):
        make(mine, 1)

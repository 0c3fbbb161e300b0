"""A LoRA of a product: what a UNet is taught of pictures, beside pictures of its kind that it is to keep (DreamBooth).

Every step draws its noise from the seed and its own number, so that a lesson that was stopped goes on as if it had not
been, and a lesson that is given again ends in the same weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from ecomgen.atomic_file import whole
from ecomgen.color import to_bytes
from ecomgen.errors import UsageError, WeightsCorrupt, WeightsMissing
from ecomgen.messages import Message
from ecomgen.models import device, recipe_is_here, way_out
from ecomgen.recipes import Recipe
from ecomgen.scenes.diffusion import checkpoint as checkpoints
from ecomgen.scenes.diffusion.loader import assembled, dtype_of, quiet
from ecomgen.scenes.diffusion.prompt_embeddings import PromptWords, encode
from ecomgen.types import Pixels, Progress, Report

LAYERS = ["to_k", "to_q", "to_v", "to_out.0"]
STEEPEST = 1.0  # gradients are cut to this length
PROBES = 8  # fixed draws of noise by which the loss before and after is compared
STATE = "state.pt"


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """What is taught: pictures of `shown`, and that pictures of `kind` stay as they are."""

    shown: str
    kind: str
    pictures: tuple[Pixels, ...] = field(repr=False)
    steps: int
    rank: int
    rate: float
    prior: float  # how much pictures of the kind count; 0 takes none
    priors: int  # how many of them
    seed: int
    every: int  # steps between two states and previews


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """How it went: `before` and `after` are the mean loss over the same draws of noise."""

    losses: tuple[float, ...]
    before: float
    after: float


def check(recipe: Recipe) -> None:
    """See that a recipe's model can be taught.

    Raises:
        UsageError: it is no Stable Diffusion 1.x, 2.x or XL without additions.
        WeightsMissing, WeightsCorrupt, BadRecipe: as `checkpoint.of_recipe`.
    """
    plain = recipe.backend == "img2img" and not recipe.additions and not recipe.quantize
    if plain and recipe.model and not recipe_is_here(recipe):
        raise WeightsMissing(
            "{title} is not on this machine, and only a model that is here can be taught. {way}.",
            title=Message(recipe.title),
            way=way_out(recipe.name, recipe.model),
        )
    if not plain or checkpoints.of_recipe(recipe).has_transformer:
        raise UsageError(
            "{recipe} cannot be taught: choose {--pipeline} sd15-img2img or sdxl-img2img, or one of your own with such "
            "a model and nothing added.",
            recipe=recipe.name,
        )


def teach(recipe: Recipe, lesson: Lesson, folder: Path, file: str, report: Report) -> Learnt:
    """Write `file`, a LoRA in the form of diffusers, into the folder; previews and what it needs to go on beside it.

    Raises:
        Cancelled: from `report`; the last state stays, and the next call goes on from there.
        WeightsCorrupt, BadRecipe: the model cannot be loaded, or the state is of another lesson.
    """
    with quiet():
        room = _Classroom(recipe=recipe, lesson=lesson, folder=folder, report=report)
        learnt = room.taught()
        room.write(file)
    return learnt


@dataclass(frozen=True, kw_only=True, eq=False)
class _Classroom:
    """One lesson at work."""

    recipe: Recipe
    lesson: Lesson
    folder: Path
    report: Report

    @cached_property
    def pipe(self) -> Any:
        """A pipeline of its own: what is taught must not change one that others use."""
        from diffusers.pipelines.auto_pipeline import AutoPipelineForText2Image

        checkpoint = checkpoints.of_recipe(self.recipe)
        pipe = AutoPipelineForText2Image.from_pipe(assembled(checkpoint, "img2img", self.recipe, dtype_of(self.recipe)))
        pipe.set_progress_bar_config(disable=True)
        for network in (pipe.unet, pipe.vae, pipe.text_encoder, getattr(pipe, "text_encoder_2", None)):
            if network is not None:
                network.requires_grad_(False)
        return pipe.to(device())

    @cached_property
    def noising(self) -> Any:
        from diffusers.schedulers.scheduling_ddpm import DDPMScheduler

        return DDPMScheduler.from_config(self.pipe.scheduler.config)

    @cached_property
    def sides(self) -> list[tuple[dict[str, Any], list[Any], float]]:
        """What is learnt and what is kept: words, latents, and how much it counts."""
        lesson = self.lesson
        kept = self._priors() if lesson.prior and lesson.priors else []
        told = ((lesson.shown, lesson.pictures, 1.0), (lesson.kind, kept, lesson.prior))
        return [
            (self._words(words, pictures), self._latents(pictures), share)
            for words, pictures, share in told
            if pictures
        ]

    def taught(self) -> Learnt:
        import torch
        from diffusers.training_utils import cast_training_params
        from peft import LoraConfig

        sides, lesson = self.sides, self.lesson
        with torch.random.fork_rng():
            torch.manual_seed(lesson.seed)
            config = LoraConfig(
                r=lesson.rank, lora_alpha=lesson.rank, init_lora_weights="gaussian", target_modules=LAYERS
            )
            self.pipe.unet.add_adapter(config)
        cast_training_params([self.pipe.unet], dtype=torch.float32)
        weights = [one for one in self.pipe.unet.parameters() if one.requires_grad]
        optimizer = torch.optim.AdamW(weights, lr=lesson.rate)
        before = self._probed()
        losses = self._resumed(optimizer)
        for step in range(len(losses), lesson.steps):
            loss: Any = sum(share * self._loss(step, words, latents) for words, latents, share in sides)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(weights, STEEPEST)
            optimizer.step()
            optimizer.zero_grad()
            losses.append(round(float(loss.detach()), 6))
            if (step + 1) % lesson.every == 0 or step + 1 == lesson.steps:
                self._keep(optimizer, losses)
            said = Message("loss {loss:.4f}", loss=losses[-1])
            self.report(Progress(step="teach", done=step + 1, total=lesson.steps, message=said))
        return Learnt(losses=tuple(losses), before=round(before, 6), after=round(self._probed(), 6))

    def write(self, file: str) -> None:
        from peft.utils import get_peft_model_state_dict

        layers: Any = get_peft_model_state_dict(self.pipe.unet)
        self.pipe.save_lora_weights(self.folder, unet_lora_layers=layers, weight_name=file)

    def _loss(self, step: int, words: dict[str, Any], latents: list[Any]) -> Any:
        """How far the network's guess of the noise is from it, at a time and noise that the step's number draws."""
        import torch

        chance = torch.Generator("cpu").manual_seed(self.lesson.seed * 1_000_003 + step)
        latent = latents[int(torch.randint(len(latents), (1,), generator=chance))]
        times = self.noising.config.num_train_timesteps
        time = torch.randint(times, (1,), generator=chance).to(latent.device)
        noise = torch.randn(latent.shape, generator=chance).to(latent)
        noisy = self.noising.add_noise(latent, noise, time)
        half = latent.dtype if latent.dtype != torch.float32 else torch.bfloat16
        with torch.autocast(latent.device.type, half, enabled=latent.dtype != torch.float32):
            guess = self.pipe.unet(noisy, time, **words).sample
        predicts = self.noising.config.prediction_type
        wanted = self.noising.get_velocity(latent, noise, time) if predicts == "v_prediction" else noise
        return torch.nn.functional.mse_loss(guess.float(), wanted.float())

    def _probed(self) -> float:
        """The mean loss of what is learnt over draws that no step makes."""
        import torch

        words, latents, _ = self.sides[0]
        with torch.no_grad():
            return float(np.mean([float(self._loss(-1 - probe, words, latents)) for probe in range(PROBES)]))

    def _words(self, text: str, pictures: Sequence[Pixels]) -> dict[str, Any]:
        """As the UNet reads them."""
        import torch

        told = encode(self.pipe, PromptWords(prompt=text, negative=""))
        read = {"encoder_hidden_states": told["prompt_embeds"].clone()}
        if "pooled_prompt_embeds" in told:
            height, width = pictures[0].shape[:2]
            sizes = torch.tensor([[height, width, 0, 0, height, width]]).to(told["prompt_embeds"])
            added = {"text_embeds": told["pooled_prompt_embeds"].clone(), "time_ids": sizes}
            return {**read, "added_cond_kwargs": added}
        return read

    def _latents(self, pictures: Sequence[Pixels]) -> list[Any]:
        """In full precision, which the VAE of XL needs."""
        import torch

        vae, found = self.pipe.vae, []
        own = vae.dtype
        vae.to(torch.float32)
        for picture in pictures:
            values = torch.tensor(picture).permute(2, 0, 1)[None].float() / 127.5 - 1
            with torch.no_grad():
                mean = vae.encode(values.to(vae.device)).latent_dist.mean
            found.append(((mean - (vae.config.shift_factor or 0.0)) * vae.config.scaling_factor).to(own))
        vae.to(own)
        return found

    def _priors(self) -> list[Pixels]:
        """What the model itself makes of the kind, before it is taught."""
        side = self.lesson.pictures[0].shape[0]
        return [self._seen(self.lesson.kind, self.lesson.seed + number, side) for number in range(self.lesson.priors)]

    def _seen(self, words: str, seed: int, side: int) -> Pixels:
        import torch

        self.report(Progress(step="teach", message=Message("Looking at {words}", words=words)))
        chance = torch.Generator("cpu").manual_seed(seed)
        steps = int(self.recipe.defaults.get("num_inference_steps", 30))
        made = self.pipe(words, height=side, width=side, generator=chance, num_inference_steps=steps, output_type="np")
        return to_bytes(np.nan_to_num(made.images[0]))

    def _keep(self, optimizer: Any, losses: Sequence[float]) -> None:
        """A state to go on from, and a preview of what has been learnt."""
        import torch
        from peft.utils import get_peft_model_state_dict
        from PIL import Image

        seen = self._seen(self.lesson.shown, self.lesson.seed, self.lesson.pictures[0].shape[0])
        previews = self.folder / "previews"
        previews.mkdir(exist_ok=True)
        Image.fromarray(seen).save(previews / f"{len(losses):05d}.png")
        state = {
            "lora": get_peft_model_state_dict(self.pipe.unet),
            "optimizer": optimizer.state_dict(),
            "losses": list(losses),
        }
        with whole(self.folder / STATE) as part:
            torch.save(state, part)

    def _resumed(self, optimizer: Any) -> list[float]:
        import torch
        from peft.utils import set_peft_model_state_dict

        path = self.folder / STATE
        if not path.is_file():
            return []
        try:
            state = torch.load(path, weights_only=True, map_location=device())
            set_peft_model_state_dict(self.pipe.unet, state["lora"])
            optimizer.load_state_dict(state["optimizer"])
            return [float(loss) for loss in state["losses"]]
        except (RuntimeError, ValueError, KeyError, EOFError, OSError) as error:
            raise WeightsCorrupt("{path} cannot be read: delete it to begin anew.", path=path) from error

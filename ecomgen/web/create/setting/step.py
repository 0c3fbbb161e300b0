"""Step 2: the setting, the format and the number of pictures, and everything else under Advanced."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

import gradio as gr

from ecomgen import channels, recipes
from ecomgen.captions.choice import writers
from ecomgen.captions.languages import LANGUAGES
from ecomgen.captions.writer import ENDPOINT
from ecomgen.models import upscaler
from ecomgen.recipes import Recipe
from ecomgen.web import controls, locale
from ecomgen.web.controls import NUMBER
from ecomgen.web.create.form import OWN, SCENE_FIELDS, STANDARD
from ecomgen.web.create.setting import presets
from ecomgen.web.create.setting.backdrop import OwnBackdrop
from ecomgen.web.create.setting.meaning import completed, completions, keeps_scene, meaning
from ecomgen.web.create.setting.own_looks import OwnLooks
from ecomgen.web.events import PRIVATE, SWIFT
from ecomgen.web.markup import chip, esc, heading, hint, live, message
from ecomgen.web.messages import spoken
from ecomgen.web.people.access import person, run_of

DIFFUSION_NUMBERS = (  # side by side on the screen
    ("guidance_scale", "strength"),
    ("mask_grow", "mask_feather"),
    ("border_strength", "reference_scale"),
    ("control_scale", "extension"),
)
HELD: dict[str, Any] = {
    "place": "",
    "light_from": "",
    "shadow_strength": 1,
    "relight": 0,
    "settle": 0,
    "scene_from": "",
    "seed": "",
}
"""What earlier pictures fill in, and what stands there where nothing is held."""


class SceneStep:
    """The components of step 2; `fields` are those of the form, `others` is where further products are given."""

    def __init__(self, prompt: str, others: gr.Accordion) -> None:
        controls.markup(heading(2, locale.PROMPT))
        own: dict[str, Any] = {"value": prompt, "placeholder": locale.PROMPT_PLACEHOLDER, "show_label": False}
        self.prompt = controls.text(locale.PROMPT, None, "prompt", lines=2, max_lines=6, **own)
        self.completions = live("", "completed", elem_id="completions")
        self.meaning = controls.markup(name="meaning")
        self.held = live("", "released", elem_id="held")
        self.looks = live(presets.strip(), "exampled", elem_id="looks")
        self.own_backdrop = OwnBackdrop()
        self.backdrop, self.ground_gloss = self.own_backdrop.file, self.own_backdrop.gloss
        self.style = controls.drop(locale.OPTIONS["style"], "style")
        self.count = controls.slider((1, 12, 1), *controls.option("count"), value=4)
        self.shape = controls.one_of(shapes("studio"), *controls.option("channel", "shape"))
        self.own_size = controls.text(*controls.option("size", "own-size"), value="", visible=False)
        self.also = controls.several_of(channel_choices(), locale.CHANNELS, locale.ALSO_HINT, "also")
        self.pipeline = controls.one_of(_pipelines(), *controls.option("pipeline"))
        self.about = controls.markup(name="about-pipeline")
        self.own_looks = OwnLooks()
        self.look = self.own_looks.look
        others.render()
        with controls.folded(locale.ADVANCED, "advanced"):
            self._advanced()

    def _advanced(self) -> None:
        modes = [(title, name) for name, title in locale.MODES.items()]
        self.mode = gr.Radio(modes, value="keep", label=locale.OPTIONS["mode"], elem_id="mode")
        with gr.Row(elem_classes=["fields", "seeding"]):
            self.seed = controls.text(*controls.option("seed"), **NUMBER)
            self.dice = gr.Button(locale.DICE, size="sm", min_width=90, scale=0, elem_id="dice")
            self.lock = gr.Checkbox(label=locale.LOCK, min_width=90, scale=0, elem_id="lock")
        with gr.Row(elem_classes=["fields"]):
            own: dict[str, Any] = {"value": "normal", "allow_custom_value": True, "min_width": 140}
            self.threshold = controls.one_of(locale.LEVELS, *controls.option("threshold", "level"), **own)
            self.keep = controls.text(*controls.option("keep"), **NUMBER)
        self._light()
        self.upscale = _listed(upscaler.names(), "upscale")
        self.steps = controls.text(*controls.option("steps"), **NUMBER)
        with controls.folded(locale.DIFFUSION, "diffusion"):
            self.diffusion = self._diffusion()
        with controls.folded(locale.WORDS, "texts"):
            self._words()

    def _light(self) -> None:
        """The camera, the set, and how product and scene come together."""
        self.camera_elevation = controls.slider((0, 45, 0.5), *controls.option("camera_elevation"))
        self.light_from = controls.one_of(locale.LIGHT_FROM, *controls.option("light_from"))
        line: dict[str, Any] = {"max_lines": 1, "min_width": 140}
        self.place = controls.text(*controls.option("place"), **line)
        self.scene_from = controls.text(*controls.option("scene_from"), **line)
        self.harmonise = controls.one_of(locale.HARMONISE, *controls.option("harmonise"))
        self.relight = controls.slider_of("relight", 0.1)
        self.settle = controls.slider_of("settle", 0.1)
        self.shadow_strength = controls.slider_of("shadow_strength", 0.1)
        self.contact_shadow = controls.check(*controls.option("contact_shadow"))

    def _words(self) -> None:
        """Alt text, title and description, written once the pictures are made."""
        self.words = controls.one_of(_writers(), *controls.option("words"))
        tongues = [(f"{locale.translated(name)} ({tag})", tag) for tag, name in LANGUAGES.items()]
        self.language = controls.several_of(tongues, *controls.option("language"), value=[locale.language()])
        self.attribute = controls.text(*controls.option("attribute"), placeholder=locale.ATTRIBUTES_EXAMPLE, lines=2)

    def _diffusion(self) -> dict[str, Any]:
        """The settings that only diffusion has, by name."""
        made: dict[str, Any] = {"negative_prompt": controls.text(*controls.option("negative_prompt"))}
        with gr.Row(elem_classes=["fields"]):
            for name, choices in locale.DIFFUSION_CHOICES.items():
                made[name] = controls.one_of({"": locale.AS_USUAL, **choices}, *controls.option(name), min_width=140)
        for pair in DIFFUSION_NUMBERS:
            with gr.Row(elem_classes=["fields"]):
                made |= {name: controls.text(*controls.option(name), **NUMBER) for name in pair}
        made["lora"] = _listed(recipes.taught(), "lora")
        return made | {"compile": controls.check(*controls.option("compile"))}

    @property
    def fields(self) -> dict[str, Any]:
        return {name: self.diffusion[name] if name in self.diffusion else getattr(self, name) for name in SCENE_FIELDS}

    def wire(self, app: gr.Blocks, product: gr.Textbox, run: gr.State) -> None:
        """Connect the events; the words for the product help to understand the prompt, `run` is the one shown."""
        self.dice.click(roll, None, [self.seed], **SWIFT)
        self.lock.input(hold, [self.lock, run], [self.seed], **SWIFT)
        self.seed.change(lambda seed: bool((seed or "").strip()), [self.seed], [self.lock], **SWIFT)
        self.looks.exampled(example, None, [self.prompt], **SWIFT)
        self.own_looks.wire(app, self.prompt, run)
        self.prompt.input(completions, [self.prompt], [self.completions], trigger_mode="always_last", **SWIFT)
        self.completions.completed(completed, None, [self.prompt, self.completions], **SWIFT)
        self.shape.change(lambda shape: gr.update(visible=shape == OWN), [self.shape], [self.own_size], **SWIFT)
        self.pipeline.change(about, [self.pipeline], [self.about], **SWIFT)
        self.pipeline.input(leave_set, [self.pipeline, self.scene_from], [self.scene_from], **SWIFT)
        kept = [getattr(self, name) for name in HELD]
        told = [*kept, self.prompt]
        gr.on([one.change for one in told], held, told, [self.held], trigger_mode="always_last", **SWIFT)
        self.held.released(released, kept, kept, **SWIFT)
        for other in (self.own_looks.look, self.backdrop):
            other.change(lambda chosen: "" if chosen else gr.skip(), [other], [self.scene_from], **SWIFT)
        parsed = [self.prompt.change, self.pipeline.change, product.change, self.backdrop.change]
        requested = [self.prompt, product, self.pipeline, self.backdrop]
        # one, so that none overtakes
        gr.on(parsed, meaning, requested, [self.meaning], trigger_mode="always_last", **SWIFT)


def keep_up(events: Sequence[Any], scene: SceneStep, others: Sequence[gr.Dropdown]) -> None:
    """After each of these events the page offers the channels of now, and not those of the app's start; and the usual
    size of what makes the pictures."""

    @spoken
    def offered_now(pipeline: str) -> list[Any]:
        return [gr.update(choices=shapes(pipeline)), *[gr.update(choices=channel_choices())] * len(others)]

    for event in (*events, scene.pipeline.change):
        event(offered_now, [scene.pipeline], [scene.shape, *others], **PRIVATE)


def leave_place(photos: list[str]) -> Any:
    """Where a product stands goes with the last of its photos."""
    return gr.skip() if len(photos) > 1 else ""


@spoken
def leave_set(pipeline: str, scene_from: str) -> Any:
    """A set that was filled in, by *Move* too, is left by who chooses a way to make pictures that cannot keep it."""
    if not scene_from or pipeline == "auto" or recipes.get(pipeline).backend == "studio":
        return gr.skip()
    gr.Info(locale.SET_LEFT)
    return ""


@spoken
def held(web: gr.Request, *told: Any) -> str:
    """What the next pictures keep of earlier ones, far below; a click lets go of it."""
    *values, prompt = told
    kept = {name: value for name, value in zip(HELD, values, strict=True) if value not in (None, HELD[name])}
    called = locale.OPTIONS
    titles = {name: f"{called[name]}: {value}" for name, value in kept.items()} | {"place": called["place"]}
    lit = kept.get("light_from", "")
    titles["light_from"] = f"{called['light_from']}: {locale.LIGHT_FROM.get(lit, lit)}"
    is_whole = "scene_from" in kept and keeps_scene(web, kept["scene_from"], prompt or "")
    titles["scene_from"] = called["scene_from"] if is_whole else locale.SAME_LIGHT
    chips = "".join(chip(f"{titles[name]} ×", "released", name) for name in kept)
    return f'<div class="chips"><span class="hint">{esc(locale.HELD)}</span>{chips}</div>' if chips else ""


def released(evt: gr.EventData, *values: Any) -> tuple[Any, ...]:
    """What is held without the one that was clicked."""
    return tuple(
        usual if evt.value == name else value for (name, usual), value in zip(HELD.items(), values, strict=True)
    )


def roll() -> str:
    """A seed by chance."""
    return str(secrets.randbelow(2**31))


def hold(locked: bool, run: str, web: gr.Request) -> str:
    """Locked, the seed of the run that is shown, so that the next one begins alike; else none."""
    if not locked:
        return ""
    return str(run_of(person(web), run)[0].parameters.seed) if run else roll()


def example(evt: gr.EventData) -> str:
    """The words of the look that was clicked."""
    return str(evt.value)


def channel_choices() -> list[tuple[str, str]]:
    """Every shop and network, by its title."""
    return [(locale.translated(one.title), one.name) for one in channels.every()]


def shapes(pipeline: str) -> list[tuple[str, str]]:
    """The usual size of what makes the pictures, every channel, and one's own size, each with its pixels."""
    from ecomgen.workflows.resolution import choose_recipe

    usual = choose_recipe(pipeline).defaults
    own = f"{locale.STANDARD} · {usual.get('width', 1024)} × {usual.get('height', 1024)}"
    known = [(f"{locale.translated(one.title)} · {one.width} × {one.height}", one.name) for one in channels.every()]
    return [(own, STANDARD), *known, (locale.OWN_SIZE, OWN)]


def _pipelines() -> list[tuple[str, str]]:
    """Every recipe that can be read; one that cannot is told of on the machine tab."""
    from ecomgen.models import recipe_is_here

    choices = [(locale.AUTOMATIC, "auto")]
    for recipe in readable_recipes():
        here = recipe_is_here(recipe)
        title = locale.translated(recipe.title)
        choices.append((title if here else locale.WEIGHTS_SHORT.format(title=title), recipe.name))
    return choices


def _listed(names: Sequence[str], option: str) -> gr.Dropdown:
    """None or one of these, where there are any on this machine."""
    choices = {"": locale.AS_USUAL} | {one: one for one in names}
    return controls.one_of(choices, *controls.option(option), visible=bool(names), allow_custom_value=True)


def _writers() -> list[tuple[str, str]]:
    """Who can write words, after nobody and whoever is there."""
    known = [
        (title if one.here else locale.WEIGHTS_SHORT.format(title=title), one.name)
        for one in writers()
        for title in [locale.translated(one.title)]
    ]
    return [(locale.NOBODY, ""), (locale.AUTOMATIC, "auto"), *(one for one in known if one[1] != ENDPOINT)]


def readable_recipes() -> list[Recipe]:
    """All recipes without a mistake, those that a smaller machine can make first."""
    return sorted(recipes.readable(), key=lambda recipe: (recipe.memory.vram_gib or 0.0, recipe.name))


@spoken
def about(pipeline: str) -> str:
    """What a recipe needs and under which licence, in a line; and whether it is slow on this machine."""
    from ecomgen.models import recipe_is_here
    from ecomgen.scenes.studio import slowness
    from ecomgen.workflows.resolution import choose_recipe

    recipe = choose_recipe(pipeline)
    facts = [locale.translated(recipe.title), locale.LICENCE.format(licence=locale.translated(recipe.licence))]
    if recipe.model is None:
        facts[0] = locale.NO_WEIGHTS_NEEDED
    elif recipe.memory.vram_gib:
        facts.append(locale.NEEDS_MEMORY.format(gib=locale.number(recipe.memory.vram_gib)))
    line = hint(" · ".join(facts))
    if recipe.backend == "studio":
        slow = slowness()
        return line + (message(locale.translated(slow), "warn") if slow else "")
    missing = "" if recipe_is_here(recipe) else message(locale.WEIGHTS_MISSING.format(name=recipe.name), "warn")
    return line + missing

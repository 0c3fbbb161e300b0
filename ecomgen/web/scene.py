"""Step 2: the setting, the format and the number of pictures, and everything else under Advanced."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr

from ecomgen import channels, recipes
from ecomgen.errors import EcomgenError
from ecomgen.request import DIFFUSION_FIELDS
from ecomgen.web import looks, words
from ecomgen.web.access import person, run_of
from ecomgen.web.form import OWN, SCENE_FIELDS, STANDARD
from ecomgen.web.markup import badge, esc, heading, live, message
from ecomgen.web.saying import sentence, spoken, told
from ecomgen.web.wiring import SWIFT
from ecomgen.words import writers
from ecomgen.words.languages import LANGUAGES
from ecomgen.words.writer import ENDPOINT

if TYPE_CHECKING:
    from ecomgen.recipes import Recipe

NUMBER: dict[str, Any] = {"value": "", "max_lines": 1, "min_width": 140}  # text, since an empty gr.Number arrives as 0
SMALL: dict[str, Any] = NUMBER | {"min_width": 100}
MOST_HEARD = 40  # words that are shown of what the studio took from a prompt


class SceneStep:
    """The components of step 2; `fields` are those of the form."""

    def __init__(self, prompt: str) -> None:
        gr.HTML(heading(2, words.SCENE, words.SCENE_HINT), apply_default_css=False)
        self.prompt = gr.Textbox(
            prompt, label=words.PROMPT, placeholder=words.PROMPT_PLACEHOLDER, lines=2, max_lines=6, elem_id="prompt"
        )
        self.meaning = gr.HTML("", apply_default_css=False, elem_id="meaning")
        self.looks = live(looks.strip(), "exampled", elem_id="looks")
        self.count = gr.Slider(1, 12, value=4, step=1, label=words.COUNT, elem_id="count", buttons=[])
        self.shape = gr.Dropdown(_shapes(), value=STANDARD, label=words.SHAPE, elem_id="shape")
        self.own_size = gr.Textbox("", label=words.SIZE, info=words.SIZE_HINT, visible=False, elem_id="own-size")
        self.also = gr.Dropdown(
            channel_choices(),
            label=words.CHANNELS,
            info=words.ALSO_HINT,
            multiselect=True,
            elem_id="also",
        )
        self.pipeline = gr.Dropdown(_pipelines(), value="auto", label=words.PIPELINE, elem_id="pipeline")
        self.about = gr.HTML("", apply_default_css=False, elem_id="about-pipeline")
        with gr.Accordion(words.ADVANCED, open=False, elem_classes=["quiet"], elem_id="advanced"):
            self._advanced()

    def _advanced(self) -> None:
        self.mode = gr.Radio(
            [(title, name) for name, title in words.MODES.items()], value="keep", label=words.MODE, elem_id="mode"
        )
        self.negative_prompt = gr.Textbox(label=words.NEGATIVE, info=words.NEGATIVE_HINT, elem_id="negative-prompt")
        with gr.Row(elem_classes=["fields", "seeding"]):
            self.seed = gr.Textbox(label=words.SEED, info=words.SEED_HINT, elem_id="seed", **NUMBER)
            self.dice = gr.Button(words.DICE, size="sm", min_width=90, scale=0, elem_id="dice")
            self.lock = gr.Checkbox(label=words.LOCK, min_width=90, scale=0, elem_id="lock")
        with gr.Row(elem_classes=["fields"]):
            self.threshold = gr.Dropdown(
                [(title, name) for name, title in words.LEVELS.items()],
                value="normal",
                label=words.LEVEL,
                info=words.LEVEL_HINT,
                allow_custom_value=True,
                min_width=140,
            )
            self.keep = gr.Textbox(label=words.KEEP, info=words.KEEP_HINT, **NUMBER)
        self._light()
        with gr.Row(elem_classes=["fields"]):
            self.steps = gr.Textbox(label=words.STEPS, info=words.OWN_DEFAULT, elem_id="steps", **SMALL)
            self.guidance_scale = gr.Textbox(label=words.GUIDANCE, info=words.OWN_DEFAULT, **SMALL)
            self.strength = gr.Textbox(label=words.STRENGTH, info=words.OWN_DEFAULT, **SMALL)
        with gr.Accordion(words.DIFFUSION, open=False, elem_classes=["quiet"], elem_id="diffusion"):
            self._diffusion()
        with gr.Accordion(words.WORDS, open=False, elem_classes=["quiet"], elem_id="words"):
            self._words()

    def _light(self) -> None:
        """The camera, the set, and how product and scene come together."""
        self.camera_elevation = gr.Slider(
            0, 45, value=0, step=1, label=words.CAMERA, info=words.CAMERA_HINT, buttons=[], elem_id="camera-elevation"
        )
        self.scene_from = gr.Textbox(
            label=words.SAME_SET, info=words.SAME_SET_HINT, max_lines=1, min_width=140, elem_id="scene-from"
        )
        self.harmonise = gr.Dropdown(
            [(title, name) for name, title in words.HARMONISE.items()],
            value="off",
            label=words.HARMONISE_LABEL,
            elem_id="harmonise",
        )
        self.contact_shadow = gr.Checkbox(label=words.CONTACT_SHADOW, value=False, elem_id="contact-shadow")

    def _words(self) -> None:
        """Alt text, title and description, written once the pictures are made."""
        self.writer = gr.Dropdown(_writers(), value="", label=words.WRITER, info=words.WRITER_HINT, elem_id="writer")
        self.languages = gr.Dropdown(
            [(f"{told(name)} ({tag})", tag) for tag, name in LANGUAGES.items()],
            value=[words.language()],
            multiselect=True,
            label=words.WRITTEN_IN,
            elem_id="languages",
        )
        self.attributes = gr.Textbox(
            label=words.ATTRIBUTES,
            info=words.ATTRIBUTES_HINT,
            placeholder=words.ATTRIBUTES_EXAMPLE,
            lines=2,
            elem_id="attributes",
        )

    def _diffusion(self) -> None:
        with gr.Row(elem_classes=["fields"]):
            for name in ("init", "framing"):
                title, choices = words.DIFFUSION_CHOICES[name]
                options = [(words.OWN_DEFAULT, ""), *((told, value) for value, told in choices.items())]
                setattr(self, name, gr.Dropdown(options, value="", label=title, min_width=140))
        numbers = list(words.DIFFUSION_NUMBERS.items())
        for pair in (numbers[:2], numbers[2:4], numbers[4:]):
            with gr.Row(elem_classes=["fields"]):
                for name, (title, hint) in pair:
                    setattr(self, name, gr.Textbox(label=title, info=hint, **NUMBER))
        self.compile = gr.Checkbox(label=words.COMPILE, value=False)

    @property
    def fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in (*SCENE_FIELDS, *DIFFUSION_FIELDS)}

    def wire(self, product: gr.Textbox, run: gr.State) -> None:
        """Connect the events; the words for the product help to understand the prompt, `run` is the one shown."""
        self.dice.click(roll, None, [self.seed], **SWIFT)
        self.lock.input(hold, [self.lock, run], [self.seed], **SWIFT)
        self.seed.change(lambda seed: bool((seed or "").strip()), [self.seed], [self.lock], **SWIFT)
        self.looks.exampled(example, None, [self.prompt], **SWIFT)
        self.shape.change(lambda shape: gr.update(visible=shape == OWN), [self.shape], [self.own_size], **SWIFT)
        self.pipeline.change(about, [self.pipeline], [self.about], **SWIFT)
        heard = [self.prompt.change, self.pipeline.change, product.change]
        asked = [self.prompt, product, self.pipeline]
        gr.on(heard, meaning, asked, [self.meaning], trigger_mode="always_last", **SWIFT)  # one, so that none overtakes


def roll() -> str:
    """A seed by chance."""
    return str(secrets.randbelow(2**31))


def hold(locked: bool, run: str, web: gr.Request) -> str:
    """Locked, the seed of the run that is shown, so that the next one begins alike; else none."""
    if not locked:
        return ""
    return str(run_of(person(web), run)[0]["parameters"]["seed"]) if run else roll()


def example(evt: gr.EventData) -> str:
    """The words of the look that was clicked."""
    return str(evt.value)


def channel_choices() -> list[tuple[str, str]]:
    """Every shop and network, by its title."""
    return [(told(one.title), one.name) for one in channels.every()]


def _shapes() -> list[tuple[str, str]]:
    known = [(f"{told(one.title)} · {one.width} × {one.height}", one.name) for one in channels.every()]
    return [(words.STANDARD, STANDARD), *known, (words.OWN_SIZE, OWN)]


def _pipelines() -> list[tuple[str, str]]:
    """Every recipe that can be read; one that cannot is told of on the machine tab."""
    from ecomgen.models import recipe_is_here

    choices = [(words.AUTOMATIC, "auto")]
    for recipe in readable_recipes():
        here = recipe_is_here(recipe)
        title = told(recipe.title)
        choices.append((title if here else words.WEIGHTS_SHORT.format(title=title), recipe.name))
    return choices


def _writers() -> list[tuple[str, str]]:
    """Who can write words, after nobody and whoever is there."""
    known = [
        (told(one.title) if one.here else words.WEIGHTS_SHORT.format(title=told(one.title)), one.name)
        for one in writers()
    ]
    return [(words.NOBODY, ""), (words.AUTOMATIC, "auto"), *(one for one in known if one[1] != ENDPOINT)]


def readable_recipes() -> list[Recipe]:
    """All recipes without a mistake, those that a smaller machine can make first."""
    found = []
    for path in recipes.paths().values():
        try:
            found.append(recipes.load(path))
        except EcomgenError:
            continue
    return sorted(found, key=lambda recipe: (recipe.memory.vram_gib or 0.0, recipe.name))


@spoken
def about(pipeline: str) -> str:
    """What a recipe needs and under which licence, in a line."""
    from ecomgen.generation import choose_recipe
    from ecomgen.models import recipe_is_here

    recipe = choose_recipe(pipeline)
    facts = [told(recipe.title), words.LICENCE.format(licence=told(recipe.licence))]
    if recipe.model is None:
        facts[0] = words.NO_WEIGHTS_NEEDED
    elif recipe.memory.vram_gib:
        facts.append(words.NEEDS_MEMORY.format(gib=recipe.memory.vram_gib))
    line = f'<p class="hint">{esc(" · ".join(facts))}</p>'
    missing = "" if recipe_is_here(recipe) else message(words.WEIGHTS_MISSING.format(name=recipe.name), "warn")
    return line + missing


def _chips(heard: Sequence[str], tone: str) -> str:
    """A badge per word; of a long text the first ones, and how many more there are."""
    more = len(heard) - MOST_HEARD
    rest = f'<span class="hint">{esc(words.MORE_WORDS.format(count=more))}</span>' if more > 0 else ""
    return "".join(badge(word, tone) for word in heard[:MOST_HEARD]) + rest


def meaning(prompt: str, product: str, pipeline: str) -> str:
    """What the studio takes from the prompt, word by word, while it is typed."""
    from ecomgen.generation import choose_recipe
    from ecomgen.scenes import studio

    try:
        if not (prompt or "").strip() or choose_recipe(pipeline).backend != "studio":
            return ""
        heard = studio.parse(prompt, product or "")
    except EcomgenError as error:
        return message(sentence(error), "fail")
    groups = [
        (words.UNDERSTOOD, _chips(heard.understood, "ok")),
        (words.IGNORED, _chips(heard.ignored, "plain struck")),
    ]
    return (
        '<div class="meaning">'
        + "".join(
            f'<span class="group"><span class="hint">{esc(title)}</span>{chips}</span>'
            for title, chips in groups
            if chips
        )
        + "</div>"
    )

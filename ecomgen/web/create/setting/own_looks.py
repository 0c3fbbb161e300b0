"""Looks that ship, as pictures, and one's own: kept from a run, sent as a file, taken from one, deleted."""

from __future__ import annotations

import base64
import re
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import Any

import gradio as gr

from ecomgen import looks
from ecomgen.errors import BadInput, CannotWrite, UsageError
from ecomgen.export import write_atomically
from ecomgen.export.thumbnails import SIDE, thumbnails
from ecomgen.settings import settings
from ecomgen.web import controls, locale
from ecomgen.web.create.setting.presets import look_picture, tile, tiled
from ecomgen.web.events import PRIVATE, SWIFT
from ecomgen.web.markup import chip, esc, file_url, image, live, unfolding
from ecomgen.web.messages import spoken
from ecomgen.web.people.access import Person, person, run_of, trusted
from ecomgen.web.pictures import file_uri
from ecomgen.workflows.scene_lock import look_of, picture_of


class OwnLooks:
    """The list of looks, pictures of those that ship, the cards of one's own, and what keeps another."""

    def __init__(self) -> None:
        with controls.folded(locale.LOOKS_RANGE, "keep-look") as self.fold:
            self.look = controls.one_of(choices(), locale.LOOK, locale.LOOK_HINT, "look")
            self.cards = live("", "looked", "unlooked", elem_id="own-looks")
            line: dict[str, Any] = {"placeholder": locale.LOOK_NAME, "max_lines": 1, "max_length": 60}
            self.title = controls.text(locale.LOOK_KEEP, locale.LOOK_NAME_HINT, "look-name", **line)
            with gr.Row():
                self.save = gr.Button(locale.LOOK_SAVE, size="sm", elem_id="look-save")
                self.file = gr.UploadButton(locale.LOOK_IMPORT, file_types=[".toml"], size="sm", elem_id="look-import")

    def wire(self, app: gr.Blocks, prompt: gr.Textbox, run: gr.State) -> None:
        """Connect the events; `run` is the one that is shown."""
        changed = [self.look, self.cards]
        self.look.input(words_of, [self.look, prompt], [prompt], **SWIFT)
        self.look.change(cards, [self.look], [self.cards], **PRIVATE)
        self.look.change(unfolded, [self.look], [self.fold], **SWIFT)
        self.cards.looked(take, [self.look, prompt], [self.look, prompt], **PRIVATE)
        self.cards.unlooked(remove, [self.look], changed, **PRIVATE)
        self.save.click(keep, [self.title, self.look, run], [*changed, self.title], **PRIVATE)
        self.file.upload(receive, [self.file, self.look], changed, **PRIVATE)
        app.load(listed, [self.look], changed, **PRIVATE)


def titles() -> dict[str, str]:
    """What every look is called, by its name, one's own first."""
    known = sorted(looks.every(), key=lambda look: (look.shipped, look.pack, look.title or look.name))
    return {look.name: _title(look) for look in known}


def choices() -> list[tuple[str, str]]:
    """Every look by its title, after none."""
    return [(locale.NO_LOOK, ""), *((title, name) for name, title in titles().items())]


def _title(look: looks.Look) -> str:
    return locale.translated(look.title) if look.shipped else look.title or look.name


def _prompt(look: looks.Look) -> str:
    return locale.translated(look.prompt) if look.shipped else look.prompt


def words_of(name: str, prompt: str) -> str:
    """What a look says of the scene, so that it can be read and changed."""
    return _prompt(looks.get(name)) if name else prompt


def unfolded(chosen: str) -> Any:
    """A look that is chosen, by *Use these settings* too, is seen."""
    return gr.update(open=True) if chosen else gr.skip()


@spoken
def cards(web: gr.Request, chosen: str) -> str:
    """One's own looks, and the one that is chosen."""
    return _cards(person(web), chosen)


@spoken
def listed(web: gr.Request, chosen: str) -> tuple[Any, str]:
    """The list and the cards as they are now."""
    return gr.update(choices=choices()), _cards(person(web), chosen)


@spoken
def take(chosen: str, prompt: str, evt: gr.EventData) -> tuple[str, str]:
    """The look that was clicked; clicked again, none."""
    name = str(evt.value)
    return ("", prompt) if name == chosen else (name, words_of(name, prompt))


@spoken
def remove(web: gr.Request, chosen: str, evt: gr.EventData) -> tuple[Any, str]:
    """One of one's own looks is no more."""
    who, name = trusted(web, locale.LOOK_FORBIDDEN), str(evt.value)
    looks.delete(name)
    with suppress(OSError):
        _picture(name).unlink(missing_ok=True)
    left = "" if name == chosen else chosen
    return gr.update(choices=choices(), value=left), _cards(who, left)


@spoken
def keep(web: gr.Request, title: str, chosen: str, run: str) -> tuple[Any, str, str]:
    """The set of the run that is shown as a look: of the picture that was starred or approved, else of the best."""
    who, title = trusted(web, locale.LOOK_FORBIDDEN), (title or "").strip()
    if not run:
        raise UsageError(locale.LOOK_NO_RUN)
    record, folder = run_of(who, run)
    picture = picture_of(record)
    look = look_of(f"{record.run_id}:{picture.seed}", named(title), title)
    looks.keep(look)
    with suppress(OSError, BadInput, CannotWrite):  # a look needs no picture
        write_atomically(_picture(look.name), thumbnails().of(folder / picture.path, SIDE))
    gr.Info(locale.LOOK_SAVED)
    return gr.update(choices=choices()), _cards(who, chosen), ""


@spoken
def receive(web: gr.Request, file: str, chosen: str) -> tuple[Any, str]:
    """A look from a file."""
    who = trusted(web, locale.LOOK_FORBIDDEN)
    looks.keep(looks.load(Path(file), named(Path(file).stem)))
    return gr.update(choices=choices()), _cards(who, chosen)


def named(title: str) -> str:
    """The name of a look's file.

    Raises:
        UsageError: nothing of the title can be in a name.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]
    if not name:
        raise UsageError(locale.LOOK_NAMELESS)
    return name


def _picture(name: str) -> Path:
    return settings().home / "looks" / f"{name}.webp"


def shipped(chosen: str) -> str:
    """Pictures of the looks that ship, to be taken at a click."""
    known = sorted((look for look in looks.every() if look.shipped), key=lambda look: look.pack)
    tiles = "".join(_tile(look, chosen) for look in known)
    return tiled(locale.LOOKS_SHIPPED, tiles)


def _tile(look: looks.Look, chosen: str) -> str:
    picture = file_url(look_picture(look.name))
    return tile(picture, _title(look), look.name, "looked", _prompt(look), pressed=look.name == chosen)


def _cards(who: Person, chosen: str) -> str:
    known = [look for look in looks.every() if look.name == chosen or (who.may_pull and not look.shipped)]
    items = "".join(_card(look, chosen=look.name == chosen) for look in known)
    return shipped(chosen) + (f'<ul class="own-looks">{items}</ul>' if items else "")


def _card(look: looks.Look, *, chosen: bool) -> str:
    title, name = _title(look), look.name
    picture = image(file_uri(_picture(name), SIDE))
    file = base64.b64encode(look.as_toml().encode()).decode()
    save, away = esc(f"{locale.LOOK_EXPORT}: {title}"), f"{locale.DELETE}: {title}"
    ends = (
        f'<a class="chip" href="data:application/toml;base64,{file}" download="{esc(name)}.toml" title="{save}"'
        f' aria-label="{save}">↓</a>'
    )
    if not look.shipped:
        ends += unfolding(
            "delete", "×", chip(locale.DELETE_SURE, "unlooked", name), away, title=away, **{"aria-label": away}
        )
    return f"<li>{picture}{chip(title, 'looked', name, pressed=chosen)}{ends}</li>"

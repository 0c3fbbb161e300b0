"""What runs and catalogues are called on the screen."""

from __future__ import annotations

from pathlib import Path

from ecomgen import channels
from ecomgen.disk_cache import read_json
from ecomgen.settings import settings
from ecomgen.web import locale
from ecomgen.web.people.access import place_of

FORM = "form.json"  # in a catalogue's folder: what was dropped and chosen
STAMP = len("20260131-235959-000000-")  # with which the name of its folder begins


def of_catalogue(folder: Path) -> str:
    """The file that was dropped, or what its folder is called."""
    return (read_json(folder / FORM) or {}).get("file") or folder.name[STAMP:] or folder.name


def of_run(prompt: str, product: str, folder: Path) -> tuple[str, str]:
    """A run's title and what stands below it: one of a catalogue goes by its product, any other by its prompt, which
    only those on a backdrop can lack."""
    kind, _, name = place_of(folder).partition("/")
    if kind != "catalogues":
        return locale.translated(prompt) or locale.BACKDROP, ""
    run = folder.parents[1] if folder.parent.name == "earlier" else folder
    return product or run.name.replace("-", " "), of_catalogue(settings().catalogues_folder / name)


def of_channel(name: str) -> str:
    """What a channel is called; one that is not known any more is called by its name."""
    known = {one.name: one.title for one in channels.every()}
    return locale.translated(known.get(name, name))

"""What this machine can do, and what to type for more."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass

from ecomgen import disk_cache, models, recipes
from ecomgen.errors import EcomgenError
from ecomgen.export import thumbnails
from ecomgen.messages import Message
from ecomgen.settings import settings

GIB, GB = 2**30, 10**9  # bytes
NO_WEIGHTS = "weights not here"
RENDERERS = {  # by the first part of a variant's name
    "cuda": Message("on the graphics card"),
    "llvm": Message("on all cores of the processor"),
    "scalar": Message("on the processor, without LLVM"),
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One fact. `ok` is false where something is missing that would make pictures better or faster."""

    name: str
    ok: bool
    found: str
    advice: str = ""


def diagnose() -> list[Finding]:
    """All findings, the most important first."""
    found = [_device(), _studio(), _masking(), _networks(), _edges(), _identity(), *_pipelines()]
    return [*found, _words(), _home(), _cache(), _space(), _python()]


def _device() -> Finding:
    device = models.device()
    slow = Message("Stable Diffusion takes minutes per picture on a CPU; the studio does not need a GPU.")
    return Finding(name=Message("device"), ok=device != "cpu", found=device, advice=slow if device == "cpu" else "")


def _studio() -> Finding:
    from ecomgen.scenes.studio import capability

    variant, advice = capability()
    by = RENDERERS[variant.partition("_")[0]]
    return Finding(name="studio", ok=not advice, found=Message("ready, rendering {by}", by=by), advice=advice)


def _masking() -> Finding:
    missing = [kind for kind in ("sam", "clip") if models.first_here(kind) is None]
    if not missing:
        return Finding(name=Message("masks"), ok=True, found=Message("Segment Anything proposes, CLIP ranks"))
    names = " ".join(_smallest(kind) for kind in missing)
    return Finding(
        name=Message("masks"),
        ok=False,
        found=Message("ecomgen's own small network") if models.first_here("lite") else Message("GrabCut, the fallback"),
        advice=Message('For better masks: "ecomgen models pull {names}".', names=names),
    )


def _networks() -> Finding:
    """What `--masker birefnet` and `--masker rembg` have."""
    from ecomgen.masking.maskers import rembg

    here = [one.id for one in models.entries().values() if one.kind in rembg.KINDS and models.is_here(one.id)]
    found = Message("here: {names}", names=", ".join(here)) if here else Message("no weights of BiRefNet or rembg")
    advice = "" if here else Message('For further maskers: "ecomgen models pull {name}".', name="birefnet-general-lite")
    if not rembg.installed():
        advice = Message("For further maskers: {command}", command='pip install "ecomgen[rembg]"')
    return Finding(name=Message("further maskers"), ok=not advice, found=found, advice=advice)


def _edges() -> Finding:
    here, advised = models.first_here("matting"), _smallest("matting")
    return Finding(
        name=Message("soft edges"),
        ok=here is not None,
        found=Message("hair and fur by {network}", network=here) if here else Message("hair and fur by their colours"),
        advice="" if here else Message('For finer hair and fur: "ecomgen models pull {name}".', name=advised),
    )


def _identity() -> Finding:
    if here := models.first_here("dino"):
        found = Message("structure, colour and {network}", network=here)
        return Finding(name=Message("identity"), ok=True, found=found)
    found, name = Message("structure, colour and ecomgen's own small network"), _smallest("dino")
    advice = Message('For pictures in which the product is re-drawn: "ecomgen models pull {name}".', name=name)
    return Finding(name=Message("identity"), ok=False, found=found, advice=advice)


def _pipelines() -> list[Finding]:
    findings, broken = [], Message("cannot be used")
    for name, path in recipes.paths().items():
        try:
            recipe = recipes.load(path)
        except EcomgenError as error:
            findings.append(Finding(name=f"pipeline {name}", ok=False, found=broken, advice=error.message))
            continue
        if recipe.model is None:
            continue
        here = models.recipe_is_here(recipe)
        advice = "" if here else f'"ecomgen models pull {name}" ({recipe.licence})'
        found = "ready" if here else NO_WEIGHTS
        findings.append(Finding(name=f"pipeline {name}", ok=here, found=found, advice=advice))
    return findings


def _words() -> Finding:
    from ecomgen.captions.choice import writers

    known = writers()
    if here := [one.name for one in known if one.here]:
        return Finding(name=Message("words"), ok=True, found=Message("written by {writer}", writer=here[0]))
    name, licence = known[1].name, known[1].licence
    advice = Message('Set ECOMGEN_LLM_URL, or "ecomgen models pull {name}" ({licence}).', name=name, licence=licence)
    found = Message("nobody to write alt text, title and description")
    return Finding(name=Message("words"), ok=False, found=found, advice=advice)


def _home() -> Finding:
    home = settings().home
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    writable = os.access(there, os.W_OK)
    advice = "" if writable else Message("Set ECOMGEN_HOME to a folder that can be written.")
    return Finding(name=Message("home"), ok=writable, found=str(home), advice=advice)


def _cache() -> Finding:
    """What is kept of earlier work: sets, masks, thumbnails, pictures that were fetched."""
    folder, most = settings().cache, _most()
    parts = {each.name: disk_cache.size_of(each) / GB for each in sorted(folder.glob("*/"))}
    told = {f"part{number}": _part(name, size, most.get(name)) for number, (name, size) in enumerate(parts.items())}
    found = Message(
        "{taken:.2f} GB in {folder}; each part, and the most that it takes: {parts}",
        taken=sum(parts.values()),
        folder=folder,
        parts=Message(", ".join(f"{{{name}}}" for name in told) or "-", **told),
    )
    return Finding(name=Message("cache"), ok=True, found=found)


def _part(folder: str, size: float, most: float | None) -> Message:
    known = {
        "masks": Message("masks"),
        "studio": Message("studio sets"),
        "thumbnails": Message("thumbnails"),
        "uploads": Message("uploads"),
        "fetched": Message("fetched pictures"),
        "photos": Message("fetched photos"),
    }
    name = known.get(folder, folder)
    if most is None:
        return Message("{name} {size:.2f}", name=name, size=size)
    return Message("{name} {size:.2f}/{most:.2g}", name=name, size=size, most=most)


def _most() -> dict[str, float]:
    """GB that the parts of the cache that grow may take."""
    from ecomgen.masking.cache import DISK_BOUND
    from ecomgen.scenes.studio.rendering import stage_cache

    known = settings()
    told = {"masks": DISK_BOUND, "studio": stage_cache.BOUND, "thumbnails": thumbnails.BOUND}
    told |= dict.fromkeys(("fetched", "photos"), known.fetch_cache_gib * GIB) | {"uploads": known.uploads_gib * GIB}
    return {name: size / GB for name, size in told.items()}


def _space() -> Finding:
    free = disk_cache.free_beside(settings().home) / GB
    advice = "" if free > 5 else Message("Free some space: a Stable Diffusion checkpoint takes 2 to 7 GB.")
    return Finding(name=Message("free space"), ok=free > 5, found=Message("{free:.0f} GB", free=free), advice=advice)


def _python() -> Finding:
    from ecomgen.workflows.recorder import library_versions

    found = ", ".join(f"{name} {version}" for name, version in library_versions().items())
    return Finding(name=Message("versions"), ok=True, found=f"Python {platform.python_version()}, {found}")


def _smallest(kind: str) -> str:
    return min((one for one in models.entries().values() if one.kind == kind), key=lambda one: one.size_gib).id

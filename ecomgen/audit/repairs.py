"""What mends a picture: commands that can be typed as they stand, the one that mends most first."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ecomgen.audit.sources import Picture
from ecomgen.channels import Channel

LAID_ON_COLOUR = frozenset({"background", "surroundings", "format", "colour profile", "text"})
OF_THE_FILE = frozenset({"file size", "resolution"})  # which an export meets, rather than a run's PNG
OF_THE_PHOTO = frozenset({"quality", "identity"})  # which the same photo does not mend
SCENE = "on light grey paper, soft light"


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """A command, what it does in a sentence, and the rules and scores that it mends."""

    command: str
    does: str
    mends: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Missed:
    """What a picture misses: the rules and scores that are `wrong`, and whether each is required.

    It lies at `file`, and has to meet the rules of `channel`; what commands make goes into the folder `place`.
    """

    picture: Picture
    file: Path
    channel: Channel | None
    wrong: Mapping[str, bool]
    place: Path

    def among(self, names: Collection[str]) -> tuple[str, ...]:
        """What of these it misses."""
        return tuple(name for name in self.wrong if name in names)


def repairs_of(missed: Missed) -> tuple[Remedy, ...]:
    """The repairs of a picture, ranked."""
    useful = [one for one in (*_laid_on_colour(missed), *_made_anew(missed)) if one.mends]
    ranked = sorted(useful, key=lambda one: -_weight(one, missed.wrong))  # of equals the one that changes less
    if "quality" in missed.wrong and not missed.picture.references:
        command = shlex.join(("ecomgen", "check", str(missed.file)))
        does = "Tells what a new photo has to do better; no command mends it."
        ranked.append(Remedy(command=command, does=does, mends=()))
    return tuple(ranked)


def _weight(repair: Remedy, wrong: Mapping[str, bool]) -> int:
    """What is required counts more than anything that is recommended."""
    return sum(100 if wrong[name] else 1 for name in repair.mends)


def _laid_on_colour(missed: Missed) -> Iterator[Remedy]:
    """The product where it stands, on the colour that the channel demands."""
    channel, place = missed.channel, str(missed.place)
    if channel is None or channel.background is None or "jpeg" not in channel.accepts or "identity" in missed.wrong:
        return
    colour = "#{:02x}{:02x}{:02x}".format(*channel.background)
    words = ("ecomgen", "cutout", str(missed.file), "--background", colour, "--format", "jpeg", "--out", place)
    does = "Lays the product on the colour that the channel asks for; size and place stay."
    yield Remedy(command=shlex.join(words), does=does, mends=missed.among(LAID_ON_COLOUR))


def _made_anew(missed: Missed) -> Iterator[Remedy]:
    """The product placed anew: from its photos where they are known, else from the picture itself."""
    picture, channel, wrong = missed.picture, missed.channel, missed.wrong
    photos = [str(photo) for photo in picture.references] or [str(missed.file)]
    if not picture.references and (channel is None or "identity" in wrong):
        return
    beyond = frozenset() if picture.references else OF_THE_PHOTO
    folder = missed.place / channel.name if channel else missed.place
    words = ["ecomgen", "generate", *photos, "--prompt", "white" if channel and channel.background else SCENE]
    words += ["--product", picture.title] if picture.title else []
    words += ["--channel", channel.name] if channel else []
    command = shlex.join([*words, "--count", "1", "--out", str(folder)])
    if channel and missed.among(OF_THE_FILE):
        export = ("ecomgen", "runs", "export", "--channel", channel.name, "--out", str(folder / channel.name))
        command += f" && {shlex.join(export)}"
    made = "its photos" if picture.references else "the picture"
    does = f"Makes the picture anew from {made}" + (f", as {channel.title} wants it." if channel else ".")
    yield Remedy(command=command, does=does, mends=missed.among(wrong.keys() - beyond))

"""What a style brings along where the prompt leaves it open. Its grading of light and colour is in `mood`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Style:
    """`place` and `surface` to stand on, a #rrggbb behind, and things beside."""

    place: str = "podium"
    surface: str | None = None
    backdrop: str | None = None
    props: tuple[str, ...] = ()


STYLES = {
    "scandinavian": Style(place="room", surface="pine", backdrop="#e6e3dc", props=("eucalyptus",)),
    "japanese": Style(place="room", surface="linen", backdrop="#ddd6c6", props=("cherry branch",)),
    "industrial": Style(place="shelf", surface="concrete", backdrop="#77797a"),
    "boho": Style(place="room", surface="linen", backdrop="#dcc3a4", props=("pampas",)),
    "farmhouse": Style(place="kitchen", surface="weathered", backdrop="#e4ddcd", props=("jar",)),
    "mediterranean": Style(place="terrace", surface="travertine", backdrop="#eee7da", props=("olive branch",)),
    "art deco": Style(place="podium", surface="black marble", backdrop="#1f3a3a", props=("tray",)),
    "mid century": Style(place="room", surface="teak", backdrop="#c98a3c", props=("vase",)),
    "coastal": Style(place="beach", surface=None, backdrop="#d7e3e6", props=("shells",)),
    "minimal": Style(place="sweep"),
    "memphis": Style(place="paper", backdrop="#f0b429", props=("spheres",)),
    "rustic": Style(place="room", surface="weathered"),
    "gothic": Style(place="night", surface="black", backdrop="#241b2b", props=("candle",)),
    "festive": Style(place="festive"),
    "cyberpunk": Style(place="night"),
    "tropical": Style(place="jungle", props=("palm",)),
    "academia": Style(place="desk", surface="walnut", backdrop="#3a2d20", props=("books",)),
    "spa": Style(place="bathroom", surface="travertine", props=("rolled towels",)),
}

"""What a picture says of itself: A1111's `parameters`, ecomgen's own JSON, and XMP with the IPTC source type.

With the sRGB profile that every picture carries, and the name of the one that a file carries.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from PIL import ImageCms

from ecomgen import picture_file
from ecomgen.errors import BadInput
from ecomgen.record import CandidateEntry, RunRecord, in_picture, read_picture

SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
NAMESPACE = "https://ecomgen.example/xmp/1.0/"
NEGATIVE = "Negative prompt:"
RUN = "ecomgen-run"  # the text chunk that holds what else it takes to make a picture again
ICC_DATE = slice(24, 36)  # of an ICC profile's header: year, month, day, hour, minute, second (ICC.1:2022, 7.2)
PRIVATE = ("path", "sha256", "status", "reasons")
WORD_FIELDS = {
    "alt_text": "Iptc4xmpCore:AltTextAccessibility",
    "title": "dc:title",
    "description": "dc:description",
}
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What is written into the picture of `candidate`, from the `record` of its run alone.

    `source` is another DigitalSourceType than the usual one.
    """

    record: RunRecord
    candidate: CandidateEntry
    source: str | None = None

    @property
    def version(self) -> str:
        return self.record.versions["ecomgen"]

    @property
    def parameters(self) -> str:
        """The text that A1111 writes and that sd-parsers, Civitai and others read.

        They take it apart at line ends and at A1111's own mark, so that neither may stand in a prompt. Our own texts
        hold the prompt word for word.
        """
        run, made = self.record, self.candidate
        lines = [_on_its_line(run.prompt)]
        if run.negative_prompt:
            lines.append(f"{NEGATIVE} {_on_its_line(run.negative_prompt)}")
        settings = {
            "Steps": made.steps,
            "Sampler": made.sampler,
            "CFG scale": run.parameters.guidance_scale,
            "Seed": made.seed,
            "Size": f"{run.parameters.width}x{run.parameters.height}",
            "Model": json.dumps(run.pipeline) if "," in run.pipeline else run.pipeline,
            "Version": f"ecomgen {self.version}",
        }
        lines.append(", ".join(f"{name}: {value}" for name, value in settings.items() if value is not None))
        return "\n".join(lines)

    def _candidate(self, *, ensure_ascii: bool) -> str:
        """The candidate's JSON, without what changes when the file is moved or filtered anew."""
        public = {key: value for key, value in self.candidate.as_json().items() if key not in PRIVATE}
        return json.dumps(public, ensure_ascii=ensure_ascii)

    @cached_property
    def _run(self) -> dict[str, Any]:
        return in_picture(self.record)

    @property
    def source_type(self) -> str:
        """The full URI of IPTC's DigitalSourceType."""
        usual = "compositeSynthetic" if self.record.parameters.rendered else "compositeWithTrainedAlgorithmicMedia"
        return SOURCE_TYPES + (self.source or usual)

    def texts(self) -> dict[str, str]:
        """The texts by the names under which a PNG carries them."""
        told = {"parameters": self.parameters, "ecomgen": self._candidate(ensure_ascii=True)}
        return told | {RUN: json.dumps(self._run)}

    def xmp(self, *, with_texts: bool, most: int | None = None) -> str:
        """An XMP packet.

        Args:
            with_texts: whether it carries the texts too, for formats that have no text chunks of their own.
            most: bytes that it may have. Where it does not fit, first the selling text goes, then all texts: with
                prompts so long, the file alone no longer leads back to its photos.
        """
        worded = "".join(self._worded(field) for field in WORD_FIELDS)
        brief = "".join(self._worded(field) for field in WORD_FIELDS if field != "description")
        texts = self._in_xml() if with_texts else ""
        for inside in (worded + texts, brief + texts, brief):
            packet = self._packet(inside)
            if most is None or len(packet.encode("utf-8")) <= most:
                return packet
        return self._packet("")

    def _in_xml(self) -> str:
        public = json.dumps(self._run, ensure_ascii=False)
        named = {"parameters": self.parameters, "candidate": self._candidate(ensure_ascii=False), "run": public}
        return "".join(f"<ecomgen:{name}>{_xml(text)}</ecomgen:{name}>" for name, text in named.items())

    def _packet(self, inside: str) -> str:
        return (
            '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
            '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            '<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
            f' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:ecomgen="{NAMESPACE}"'
            ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<Iptc4xmpExt:DigitalSourceType>{self.source_type}</Iptc4xmpExt:DigitalSourceType>"
            f"<xmp:CreatorTool>ecomgen {escape(self.version)}</xmp:CreatorTool>{inside}"
            '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
        )

    def _worded(self, field: str) -> str:
        """One of the words in the field that IPTC's photo metadata standard has for it, in all languages."""
        index = self.candidate.index
        texts = ((one, one.alt_of(index) if field == "alt_text" else getattr(one, field)) for one in self.record.words)
        return _in_languages(WORD_FIELDS[field], [(words.language, text) for words, text in texts])


def _in_languages(name: str, texts: Sequence[tuple[str, str]]) -> str:
    """An XMP property with a text for each language; the first is also the one for readers of any other."""
    texts = [(language, text) for language, text in texts if text]
    if not texts:
        return ""
    alternatives = [("x-default", texts[0][1]), *texts]
    lines = "".join(f'<rdf:li xml:lang="{language}">{_xml(text)}</rdf:li>' for language, text in alternatives)
    return f"<{name}><rdf:Alt>{lines}</rdf:Alt></{name}>"


def _xml(text: str) -> str:
    """Escaped, without the control characters that no XML may hold."""
    return escape(_FORBIDDEN.sub("", text))


def _on_its_line(text: str) -> str:
    return " ".join(text.split()).replace(NEGATIVE, NEGATIVE.replace(":", " :"))


@lru_cache
def srgb() -> bytes:
    """An ICC profile for sRGB. Its header holds a date; today's would make each file of one picture another."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made[: ICC_DATE.start] + struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + made[ICC_DATE.stop :]


def own_record(picture: Path) -> RunRecord | None:
    """What ecomgen wrote into the file, as the record of a run of one picture; None where it wrote nothing."""
    image = picture_file.opened(picture_file.read(picture), picture)
    with picture_file.decoding(picture):
        texts = {name: image.info.get(name) for name in ("ecomgen", RUN)}
        packet = image.info.get("xmp") or image.getexif().get(700) or b""
    xmp = packet.decode("utf-8", "replace") if isinstance(packet, bytes) else str(packet)
    candidate = texts["ecomgen"] or _element(xmp, "candidate")
    run = texts[RUN] or _element(xmp, "run")
    if not candidate or not run:
        return None
    try:
        return read_picture(candidate, run)
    except ValueError as error:
        raise damaged(picture) from error


def damaged(picture: Path) -> BadInput:
    """The error of a picture whose record cannot be read."""
    return BadInput("What {picture} says of how it was made is damaged: use another copy.", picture=picture.name)


def _element(xmp: str, name: str) -> str:
    _, _, rest = xmp.partition(f"<ecomgen:{name}>")
    text, end, _ = rest.partition(f"</ecomgen:{name}>")
    return unescape(text) if end else ""

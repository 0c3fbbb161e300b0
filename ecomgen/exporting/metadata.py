"""What a picture says of itself: A1111's `parameters`, ecomgen's own JSON, and XMP with the IPTC source type."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
NAMESPACE = "https://ecomgen.example/xmp/1.0/"
RUN = "ecomgen-run"  # the text chunk that holds what else it takes to make a picture again
PRIVATE = ("path", "sha256", "status", "reasons")


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What is written into a picture.

    `candidate` is its entry in run.json, `run` what else it takes to make it again (photos by the hash of their
    content, never by path), `rendered` is true for the studio, `source` another DigitalSourceType than the usual one.
    """

    prompt: str
    negative_prompt: str
    candidate: Mapping[str, Any]
    steps: int
    sampler: str
    guidance_scale: float | None
    width: int
    height: int
    model: str
    rendered: bool
    version: str
    run: Mapping[str, Any] = field(default_factory=dict)
    source: str | None = None

    @property
    def parameters(self) -> str:
        """The text that A1111 writes and that sd-parsers, Civitai and others read."""
        lines = [_one_line(self.prompt)]
        if self.negative_prompt:
            lines.append(f"Negative prompt: {_one_line(self.negative_prompt)}")
        settings = {
            "Steps": self.steps,
            "Sampler": self.sampler,
            "CFG scale": self.guidance_scale,
            "Seed": self.candidate["seed"],
            "Size": f"{self.width}x{self.height}",
            "Model": json.dumps(self.model) if "," in self.model else self.model,
            "Version": f"ecomgen {self.version}",
        }
        lines.append(", ".join(f"{name}: {value}" for name, value in settings.items() if value is not None))
        return "\n".join(lines)

    @property
    def ecomgen(self) -> str:
        """The candidate's JSON, without what changes when the file is moved or filtered anew."""
        return json.dumps({key: value for key, value in self.candidate.items() if key not in PRIVATE})

    @property
    def source_type(self) -> str:
        """The full URI of IPTC's DigitalSourceType."""
        usual = "compositeSynthetic" if self.rendered else "compositeWithTrainedAlgorithmicMedia"
        return SOURCE_TYPES + (self.source or usual)

    def texts(self) -> dict[str, str]:
        """The texts by the names under which a PNG carries them."""
        texts = {"parameters": self.parameters, "ecomgen": self.ecomgen}
        return texts | ({RUN: json.dumps(self.run)} if self.run else {})

    def xmp(self, *, with_texts: bool) -> str:
        """An XMP packet; `with_texts` carries the texts too, for formats that have no text chunks of their own."""
        named = {"parameters": self.parameters, "candidate": self.ecomgen, "run": json.dumps(self.run)}
        texts = "".join(f"<ecomgen:{name}>{escape(text)}</ecomgen:{name}>" for name, text in named.items())
        texts = texts if with_texts else ""
        return (
            '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
            '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            '<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
            f' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:ecomgen="{NAMESPACE}">'
            f"<Iptc4xmpExt:DigitalSourceType>{self.source_type}</Iptc4xmpExt:DigitalSourceType>"
            f"<xmp:CreatorTool>ecomgen {escape(self.version)}</xmp:CreatorTool>{texts}"
            '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
        )


def _one_line(text: str) -> str:
    return " ".join(text.split())

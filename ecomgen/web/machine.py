"""What this machine can do, and what to type for more."""

from __future__ import annotations

import gradio as gr

from ecomgen.web import words
from ecomgen.web.markup import badge, esc
from ecomgen.web.saying import spoken
from ecomgen.web.wiring import PRIVATE


class MachineTab:
    """The findings, gathered when the tab is opened."""

    def __init__(self) -> None:
        gr.HTML(f'<p class="hint intro">{esc(words.MACHINE_HINT)}</p>', apply_default_css=False)
        self.findings = gr.HTML(
            f'<p class="hint">{esc(words.MACHINE_LOADING)}</p>', apply_default_css=False, elem_id="findings"
        )

    def wire(self, tab: gr.Tab) -> None:
        tab.select(look_around, None, [self.findings], **PRIVATE)


@spoken
def look_around() -> str:
    """A row per finding."""
    from ecomgen.diagnosis import Finding, diagnose

    def row(finding: Finding) -> str:
        mark = badge(words.READY, "ok") if finding.ok else badge(words.CAN_BE_BETTER, "plain")
        name = finding.name[:1].upper() + finding.name[1:]
        advice = f'<p class="hint">{esc(finding.advice)}</p>' if finding.advice else ""
        return f"<li><div><strong>{esc(name)}</strong><p>{esc(finding.found)}</p>{advice}</div>{mark}</li>"

    return f'<ul class="findings">{"".join(row(finding) for finding in diagnose())}</ul>'

"""The form of the first tab as a whole: what reads it, and what fills it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import gradio as gr

from ecomgen.web.create.form import FIELDS
from ecomgen.web.create.product.step import ProductStep
from ecomgen.web.events import PRIVATE


@dataclass(frozen=True, kw_only=True, eq=False)
class Form:
    """Its components by field, the step that looks at its photos, and the tabs in which it stands."""

    fields: Mapping[str, Any]
    product: ProductStep
    tabs: gr.Tabs

    @property
    def inputs(self) -> list[Any]:
        """The components in the order of `FIELDS`."""
        return [self.fields[name] for name in FIELDS]

    def fills(self, event: Any, handler: Callable[..., Any], asked: list[Any] | None = None) -> Any:
        """At an event `handler` fills the form as `reuse.filled_form` does, then its photos are looked at."""
        filled = event(handler, asked, [self.tabs, self.product.sampled, *self.inputs], **PRIVATE)
        self.product.then_look(filled)
        return filled

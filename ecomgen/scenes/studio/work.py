"""Which of the pictures is in work, how cleanly it is rendered, and who hears how far it is."""

from __future__ import annotations

from dataclasses import dataclass

from ecomgen.messages import Message
from ecomgen.scenes.studio.rendering.denoising import Tick
from ecomgen.scenes.studio.rendering.render import Quality
from ecomgen.types import Pixels, Progress, Report


@dataclass(frozen=True, kw_only=True)
class Work:
    """Picture `number` of `count`."""

    number: int
    count: int
    seed: int
    quality: Quality
    report: Report

    def tick(self, start: float = 0.0, end: float = 1.0) -> Tick:
        """A listener for a stretch of this picture's work."""

        def ticked(share: float) -> None:
            done = start + (end - start) * share
            percent = round(100 * done)
            self.report(
                self._progress(
                    Message("Picture {number} of {count}: {percent} % of the light", percent=percent, **self._place),
                    done,
                )
            )

        return ticked

    def begun(self) -> Progress:
        """Nothing of this picture is made yet."""
        return self._progress(Message("Picture {number} of {count}: the set", **self._place))

    def drafted(self, picture: Pixels) -> None:
        """Hand over the picture's draft."""
        self.report(self._progress(Message("Picture {number} of {count}: a draft", **self._place), draft=picture))

    @property
    def _place(self) -> dict[str, int]:
        return {"number": self.number + 1, "count": self.count}

    def _progress(self, message: Message, done: float = 0.0, *, draft: Pixels | None = None) -> Progress:
        steps = int(1000 * (self.number + done))
        return Progress(step="scene", done=steps, total=1000 * self.count, message=message, draft=draft)

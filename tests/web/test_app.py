"""Starting the app: what it loads, and a port that is taken."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from typing import Any

import pytest

from ecomgen.errors import UsageError
from ecomgen.web import locale
from ecomgen.web.app import launch
from ecomgen.web.create.setting.step import shapes

HEAVY = ("torch", "cv2", "mitsuba", "pymatting", "diffusers", "transformers", "skimage")


def test_a_port_that_is_taken_is_told_before_anything_is_built() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"Port {port}"):
            launch(port=port)


def test_a_port_in_the_environment_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADIO_SERVER_PORT", "here")
    with pytest.raises(UsageError, match="here"):
        launch()


PAGE = """
import json, sys
from ecomgen.web import locale
from ecomgen.web.create.setting.step import shapes
from ecomgen.web.app import build

app = build()
heavy = [name for name in sys.argv[1:] if name in sys.modules]
shown = {}
for code in locale.LANGUAGES:
    locale.spoken_here.set(code)
    parts = app.config["components"]
    shown[code] = {"ids": [part["id"] for part in parts], "texts": [str(part["props"].get("value")) for part in parts]}
queue = app._queue
queue.events_recorded = 10_000
counted = queue.compute_analytics_summary([{"function": "generate", "status": "success", "process_time": 1.0}])
print(json.dumps({"heavy": heavy, "shown": shown, "counted": counted}))
"""


@pytest.fixture(scope="module")
def built() -> dict[str, Any]:
    """The page in every language, built in a process of its own."""
    done = subprocess.run([sys.executable, "-c", PAGE, *HEAVY], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_the_page_is_built_without_the_heavy_libraries(built: dict[str, Any]) -> None:
    assert built["heavy"] == []


def test_what_is_asked_is_not_summed_up_after_each_event(built: dict[str, Any]) -> None:
    assert built["counted"] == {"functions": {}}


def test_one_page_in_every_language(built: dict[str, Any]) -> None:
    shown = built["shown"]
    said = {code: locale.text("GENERATE", code) for code in locale.LANGUAGES}
    for code in locale.LANGUAGES:
        assert shown[code]["ids"] == shown[locale.USUAL]["ids"]
        assert said[code] in shown[code]["texts"]
        others = {text for other, text in said.items() if other != code}
        assert not others & set(shown[code]["texts"])


@pytest.mark.parametrize(("pipeline", "size"), [("studio", "1024 × 1024"), ("sd15-inpaint", "512 × 512")])
def test_the_usual_size_is_that_of_what_makes_the_pictures_in_pixels(pipeline: str, size: str) -> None:
    assert shapes(pipeline)[0] == (f"Usual size · {size}", "standard")

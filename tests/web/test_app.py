"""Starting the app: what it loads, and a port that is taken."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from ecomgen.errors import UsageError
from ecomgen.web.app import launch

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


def test_the_page_is_built_without_the_heavy_libraries() -> None:
    code = f"import sys; from ecomgen.web.app import build; build(); print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

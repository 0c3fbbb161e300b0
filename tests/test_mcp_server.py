"""Assistants: the tools of the Model Context Protocol, called by its own client."""

from __future__ import annotations

import asyncio
import json
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from ecomgen import samples

pytest.importorskip("mcp")


def alone(ask: Callable[[], Any]) -> Any:
    """What a coroutine returns, in a thread of its own: Playwright may hold this one's event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(ask())).result()


def calls(*wanted: tuple[str, dict[str, Any]]) -> list[Any]:
    """What the server answers, call by call."""
    from mcp import Client

    from ecomgen.mcp_server import server

    async def ask() -> list[Any]:
        async with Client(server()) as client:
            return [await client.call_tool(name, given) for name, given in wanted]

    return alone(ask)


def told(answer: Any) -> str:
    return "\n".join(part.text for part in answer.content)


def test_every_tool_says_what_it_does_and_what_it_takes() -> None:
    from mcp import Client

    from ecomgen.mcp_server import TOOLS, server

    async def ask() -> Any:
        async with Client(server()) as client:
            return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in alone(ask)}
    assert list(tools) == [tool.__name__ for tool in TOOLS]
    assert all(tool.description for tool in tools.values())
    assert tools["generate"].input_schema["required"] == ["photos"], "a look needs no prompt"


def test_from_photo_to_zip(home: Path, tmp_path: Path) -> None:
    photo = str(samples.get("mug").photos[0])
    small = {"photos": [photo], "prompt": "on oak", "count": 1, "size": [64, 64], "steps": 1, "seed": 3}
    made, listed = calls(("generate", small), ("history", {}))
    run = json.loads(told(made))
    assert [one["seed"] for one in run["candidates"]] == [3]
    assert isinstance(run["notes"], list)
    assert run["run_id"] in told(listed)
    assert Path(run["folder"]).is_relative_to(home)
    out = tmp_path / "best.zip"
    (packed,) = calls(("export", {"run": run["run_id"], "out": str(out)}))
    assert told(packed) == str(out) and zipfile.is_zipfile(out)
    short = {"run": run["run_id"], "move": "orbit", "seconds": 2, "fps": 10}
    moved, refused = calls(("clip", short), ("clip", short | {"seconds": 99}))
    clip = json.loads(told(moved))
    assert clip["seed"] == 3 and Path(clip["file"]).is_file() and Path(clip["loop"]).suffix == ".webp"
    assert refused.is_error and "`seconds`" in told(refused)


def test_progress_is_told_while_pictures_are_made() -> None:
    from mcp import Client

    from ecomgen.mcp_server import server

    heard: list[tuple[float, str | None]] = []

    async def hear(progress: float, total: float | None, message: str | None) -> None:  # noqa: ARG001
        heard.append((progress, message))

    small = {"prompt": "on oak", "count": 2, "size": [64, 64], "steps": 1, "seed": 3}

    async def ask() -> Any:
        async with Client(server()) as client:
            given = {"photos": [str(samples.get("mug").photos[0])], **small}
            return await client.call_tool("generate", given, progress_callback=hear)

    assert not alone(ask).is_error
    numbers, told_of = zip(*heard, strict=True)
    assert list(numbers) == sorted(set(numbers))
    assert "picture 1/2" in told_of and "picture 2/2" in told_of and str(told_of[0]).startswith("load")


def test_a_mistake_is_one_sentence() -> None:
    photo = str(samples.get("mug").photos[0])
    answers = calls(("check", {"photos": ["/nowhere/mug.jpg"]}), ("check", {"photos": [photo], "box": [9, 9, 1, 1]}))
    assert all(answer.is_error and "Traceback" not in told(answer) for answer in answers)
    assert "mug.jpg does not exist: check the name" in told(answers[0])
    assert told(answers[1]).count("`box`") == 1 and "is empty" in told(answers[1])


def test_arguments_that_do_not_fit_are_one_sentence() -> None:
    photo = str(samples.get("mug").photos[0])
    oak = {"photos": [photo], "prompt": "on oak"}
    answers = calls(
        ("generate", oak | {"colour": "red"}),
        ("generate", oak | {"count": "many"}),
        ("generate", {"photos": [photo], "look": "nowhere"}),
        ("check", {}),
        ("check", {"photos": []}),
        ("history", {"limit": 0}),
    )
    sentences = [told(answer) for answer in answers]
    assert all(answer.is_error for answer in answers) and not any("\n" in one or "https" in one for one in sentences)
    wanted = ("no field 'colour'", "`count` cannot be used", "no look called", "`photos` cannot", "photo:", "`limit` 0")
    assert [words in one for words, one in zip(wanted, sentences, strict=True)] == [True] * 6

"""Work grows with a catalogue's lines, not with their square: counted in calls, for a busy machine is slow anyhow."""

from __future__ import annotations

import gc
import json
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ecomgen.catalogue import Catalogue, Engine, Item, Outcome, read, run
from ecomgen.web.tabs.catalogue import markup


def calls(work: Callable[[], object]) -> int:
    """How many functions are called, and how many elements their loops take."""
    count = 0

    def hear(*_: Any) -> None:
        nonlocal count
        count += 1

    sys.setprofile(hear)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def lines(photo: Path, count: int) -> Catalogue:
    """So many lines, all of one name."""
    file = photo.parent / f"{count}.csv"
    rows = (f"thing,{photo.name},on oak {number},2,64x64\n" for number in range(count))
    file.write_text("".join(["name,photos,prompt,count,size\n", *rows]), "utf-8")
    return read(file, photo.parent / "unpacked", {}, enclosed=True)


class AtOnce:
    """In place of worker processes: whatever is begun is done, or fails, at once."""

    def __init__(self) -> None:
        self._begun: list[Item] = []
        self._count = 0

    def has_room(self) -> bool:
        return not self._begun

    def begin(self, item: Item) -> None:
        self._begun.append(item)

    def heard(self, _: float) -> list[tuple[Item, Outcome]]:
        item = self._begun.pop()
        self._count += 1
        return [(item, self.outcome(item, "done" if (self._count - 1) % 7 else "failed"))]

    def outcome(self, item: Item, status: Any) -> Outcome:
        return Outcome(name=item.name, status=status)

    def close(self) -> None: ...


def test_reading_twice_the_lines_takes_twice_the_work(photo: Path) -> None:
    lines(photo, 10)
    once, twice = (calls(lambda count=count: lines(photo, count)) for count in (500, 1000))
    assert twice < 2.1 * once


def test_three_hundred_products_are_looked_at_a_few_times_each(
    photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = 0

    class Seen(Outcome):
        def __getattribute__(self, name: str) -> Any:
            nonlocal looked
            looked += name == "status"
            return super().__getattribute__(name)

    class Watched(AtOnce):
        def outcome(self, item: Item, status: Any) -> Outcome:
            return Seen(name=item.name, status=status)

    monkeypatch.setattr(Engine, "open", lambda *_: Watched())
    heard = []
    outcomes = run(lines(photo, 300).items, tmp_path / "out", report=heard.append)
    assert len(outcomes) == 300 and str(heard[-1].message).startswith("43 ")
    assert looked <= 900


def test_a_thousand_products_take_less_than_a_megabyte(
    photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read and made, of which nothing is held but a line each and where its outcome stands."""

    class Real(AtOnce):
        def outcome(self, item: Item, status: Any) -> Outcome:
            pictures = tuple(f"pictures/{item.name}-{rank}.png" for rank in (1, 2))
            return Outcome(name=item.name, status=status, run_id=f"run-{item.name}", pictures=pictures, seconds=1.5)

    monkeypatch.setattr(Engine, "open", lambda *_: Real())
    run(lines(photo, 10).items, tmp_path / "few")
    tracemalloc.start()
    try:
        items = lines(photo, 300).items
        gc.collect()
        read_in, _ = tracemalloc.get_traced_memory()
        outcomes = run(items, tmp_path / "out")
        gc.collect()
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert outcomes[299].pictures == ("pictures/thing-300-1.png", "pictures/thing-300-2.png")
    assert read_in < 300 * 700 and held - read_in < 300 * 300


def test_the_report_is_one_json_of_as_many_products_as_are_done(
    photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Engine, "open", lambda *_: AtOnce())
    for count in (0, 1, 3):
        outcomes = run(lines(photo, 3).items[:count], tmp_path / str(count))
        text = (tmp_path / str(count) / "report.json").read_text("utf-8")
        report = json.loads(text)
        assert [one["name"] for one in report["items"]] == [one.name for one in outcomes] and report["total"] == count
        assert text == json.dumps(report, indent=2, ensure_ascii=False)


def test_what_an_earlier_start_made_is_no_part_of_the_pace(
    photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(AtOnce):
        def outcome(self, item: Item, status: Any) -> Outcome:
            return replace(super().outcome(item, status), status="done", seconds=60, fingerprint=item.fingerprint)

    monkeypatch.setattr(Engine, "open", lambda *_: Slow())
    items, heard = lines(photo, 4).items, []
    run(items[:3], tmp_path / "out")
    run(items, tmp_path / "out", report=heard.append)
    assert (heard[0].done, heard[0].message) == (3, "")


def test_a_finished_product_is_shown_with_as_much_work_among_many_as_among_few() -> None:
    looked = 0

    class Seen(Item):
        def __getattribute__(self, name: str) -> Any:
            nonlocal looked
            looked += name in ("request", "asked")
            return super().__getattribute__(name)

    shown = []
    for count in (400, 4000):
        catalogue = Catalogue(items=tuple(Seen(name=str(one), source="", asked=None) for one in range(count)))
        markup.plan(catalogue, Path(), {}, {})
        looked = 0
        markup.plan(catalogue, Path(), {"1": Outcome(name="1", status="done")}, {})
        shown.append(looked)
    assert shown[0] == shown[1] > 0

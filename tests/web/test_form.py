"""The form: what is typed becomes a request, and a logged run becomes what was typed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from logged import entry_values

from ecomgen.errors import BadPhoto, BadPrompt, EcomgenError, UsageError
from ecomgen.options.reading import read_box, read_size, read_whole
from ecomgen.record import validated
from ecomgen.types import Box, Companion, Place, Stroke
from ecomgen.web.create.form import FIELDS, request_from, values_of

FILLED: dict[str, Any] = {
    "photos": ["mug.jpg"],
    "mask_candidate": 0,
    "product": "mug",
    "masker": "auto",
    "box": "",
    "mask": None,
    "marks": "",
    "confirmed": False,
    "first_photo": False,
    "with_": [],
    "height_cm": "",
    "prompt": "on white",
    "shape": "standard",
    "own_size": "",
    "count": 2,
    "pipeline": "studio",
    "negative_prompt": "",
    "seed": "",
    "steps": "",
    "guidance_scale": "",
    "strength": "",
    "camera_elevation": 0,
    "light_from": "",
    "backdrop": None,
    "style": None,
    "place": "",
    "look": "",
    "scene_from": "",
    "threshold": "normal",
    "keep": "",
    "mode": "keep",
    "harmonise": "off",
    "contact_shadow": False,
    "relight": 0,
    "shadow_strength": 1,
    "ground_gloss": 0,
    "settle": 0,
    "upscale": "",
    "lora": "",
    "words": "",
    "language": ["en"],
    "attribute": "",
    "init": "",
    "framing": "",
    "mask_grow": "",
    "mask_feather": "",
    "border_strength": "",
    "extension": "",
    "reference_scale": "",
    "control_scale": "",
    "compile": False,
}


def test_an_untouched_form_leaves_everything_to_the_recipe() -> None:
    request = request_from(FILLED)
    assert (request.seed, request.steps, request.size, request.channel, request.keep) == (None,) * 5
    assert sorted(FILLED) == sorted(FIELDS)


def test_what_is_typed_arrives() -> None:
    typed = {"box": "1, 2, 30, 40", "shape": "own", "own_size": "640×480", "seed": "7", "strength": "0,5", "keep": "3"}
    request = request_from(FILLED | typed | {"threshold": "0.7"})
    assert request.box == Box(1, 2, 30, 40)
    assert (request.size, request.seed, request.strength, request.keep) == ((640, 480), 7, 0.5, 3)
    assert request.camera_elevation is None
    assert request.threshold == 0.7
    painted = request_from(FILLED | {"init": "blur", "mask_grow": "2", "border_strength": "0,4", "compile": True})
    assert (painted.init, painted.framing, painted.mask_grow, painted.border_strength) == ("blur", None, 2, 0.4)
    assert painted.compile is True and request.compile is None
    assert request_from(FILLED | {"shape": "story", "own_size": "1x1"}).channel == "story"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ({"photos": []}, BadPhoto),
        ({"prompt": " "}, BadPrompt),
        ({"prompt": "word " * 10_000}, BadPrompt),
        ({"seed": "1.5"}, UsageError),
        ({"seed": "soon"}, UsageError),
        ({"steps": "nan"}, UsageError),
        ({"strength": "nan"}, UsageError),
        ({"camera_elevation": 80}, UsageError),
        ({"scene_from": "../elsewhere"}, UsageError),
        ({"guidance_scale": "-1"}, UsageError),
        ({"threshold": "nan"}, UsageError),
        ({"count": 0}, UsageError),
        ({"box": "1,2,3"}, UsageError),
        ({"mask_grow": "1.5"}, UsageError),
        ({"box": "5,5,5,9"}, UsageError),
        ({"shape": "own", "own_size": "wide"}, UsageError),
    ],
)
def test_a_mistake_is_told_by_its_kind(typed: dict[str, Any], kind: type[EcomgenError]) -> None:
    with pytest.raises(kind):
        request_from(FILLED | typed)


def test_further_products_are_kept_with_their_places() -> None:
    held = [{"photos": ["bowl.jpg", "side.jpg"], "place": "0.6,0.9,0.3"}, {"photos": ["box.jpg"], "place": ""}]
    bowl, box = request_from(FILLED | {"with_": held}).with_
    assert bowl == Companion((Path("bowl.jpg"), Path("side.jpg")), Place(0.6, 0.9, 0.3))
    assert box == Companion((Path("box.jpg"),))
    heights = [one | {"height": height} for one, height in zip(held, ("9,5", "12"), strict=True)]
    assert request_from(FILLED | {"with_": heights, "height_cm": "24"}).height_cm == (24, 9.5, 12)
    with pytest.raises(UsageError):
        request_from(FILLED | {"with_": [{"photos": ["box.jpg"], "place": "left"}]})
    assert request_from(FILLED | {"with_": held, "height_cm": None}).height_cm == (), (
        "as the page holds what nobody touched"
    )
    assert request_from(FILLED | {"with_": held, "height_cm": "24"}).height_cm == (24,), "the main one's alone"
    with pytest.raises(UsageError, match="main product's height"):
        request_from(FILLED | {"with_": heights, "height_cm": ""})
    with pytest.raises(UsageError, match="2 of 3 products"):
        request_from(FILLED | {"with_": [held[0], heights[1]], "height_cm": "24"})


def test_a_further_product_is_cut_out_as_was_said_of_it() -> None:
    stroke = {"stroke": [[[1, 2], [3, 4]], 9, False]}
    held = {"photos": ["bowl.jpg"], "box": "1,2,30,40", "marks": json.dumps([stroke]), "mask_candidate": 0, "edit": 3}
    request = request_from(FILLED | {"masker": "grabcut", "with_": [held, {"photos": ["box.jpg"], "masker": "lite"}]})
    main, bowl, box = request.mask_requests
    assert (main.box, main.strokes, main.product) == (None, (), "mug")
    assert (bowl.masker, bowl.box) == ("grabcut", Box(1, 2, 30, 40))
    assert bowl.strokes == (Stroke(((1, 2), (3, 4)), 9, False),)
    assert (box.masker, box.box, box.strokes) == ("lite", None, ())


def test_a_dropped_backdrop_needs_no_words() -> None:
    request = request_from(FILLED | {"backdrop": "table.jpg", "light_from": "left", "prompt": ""})
    assert (request.backdrop, request.light_from) == (Path("table.jpg"), "left")
    assert request_from(FILLED).light_from is None


def test_nothing_typed_means_nothing() -> None:
    assert (read_box(" "), read_size(""), read_whole("seed", None)) == (None, None, None)


def test_a_logged_run_fills_the_form_with_what_makes_it_again(tmp_path: Path) -> None:
    photo = tmp_path / "mug.jpg"
    photo.write_bytes(b"a photo")
    values = {
        "run_id": "r",
        "pipeline": "studio",
        "prompt": "on white",
        "negative_prompt": "",
        "references": [{"path": str(photo), "sha256": hashlib.sha256(b"a photo").hexdigest()}],
        "mask": {"masker": "grabcut"},
        "candidates": [entry_values(0), entry_values(1)],
        "parameters": {
            "samples_per_pixel": 16,
            "width": 320,
            "height": 200,
            "channel": None,
            "seed": 41,
            "count": 2,
            "keep": None,
            "threshold": 0.61,
            "threshold_level": "strict",
            "mode": "keep",
            "product": "mug",
            "masker": "auto",
            "box": [1, 2, 30, 40],
            "mask": None,
            "chosen": 1,
        },
    }
    values = values_of(validated(values))
    assert (values["relight"], values["settle"]) == (0.0, 0.0), "a slider holds no text"
    assert tuple(sorted(values)) == tuple(sorted(FIELDS))
    request = request_from(values)
    assert request.photos == (photo,)
    assert (request.seed, request.steps, request.size, request.mask_candidate) == (41, 16, (320, 200), 1)
    assert (request.threshold, request.masker, request.box) == ("strict", "auto", Box(1, 2, 30, 40))


def logged_run(photo: Path, **parameters: Any) -> Any:
    """The record of a run of one picture."""
    photo.write_bytes(b"a photo")
    usual = {"width": 320, "height": 200, "seed": 41, "count": 1, "threshold": 0.6, "place": [0.3, 0.9, 0.5, 0]}
    return validated(
        {
            "run_id": "r",
            "pipeline": "studio",
            "prompt": "on white",
            "negative_prompt": "",
            "references": [{"path": str(photo), "sha256": hashlib.sha256(b"a photo").hexdigest()}],
            "mask": {"masker": "grabcut"},
            "candidates": [entry_values(0)],
            "parameters": usual | {"place_asked": usual["place"], **parameters},
        }
    )


def test_a_place_given_by_hand_comes_back_also_where_a_look_has_a_rule_for_it(tmp_path: Path) -> None:
    photo = tmp_path / "mug.jpg"
    assert values_of(logged_run(photo, look="summer-beach"))["place"] == ""
    assert values_of(logged_run(photo, look="summer-beach", place_given=True))["place"] == "0.3,0.9,0.5"
    assert values_of(logged_run(photo, place_asked=[0.3, 0.9, 0.5, 10]))["place"] == "0.3,0.9,0.5,10"


def test_the_usual_size_comes_back_as_such(tmp_path: Path) -> None:
    photo = tmp_path / "mug.jpg"
    assert values_of(logged_run(photo, width=1024, height=1024))["shape"] == "standard"
    own = values_of(logged_run(photo))
    assert (own["shape"], own["own_size"]) == ("own", "320x200")


def test_files_of_a_logged_run_come_back_under_names_that_can_be_read(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "uploads"))
    kept = {}
    for name in ("mask", "backdrop", "style"):
        kept[name] = hashlib.sha256(name.encode()).hexdigest()
        (home / "originals").mkdir(exist_ok=True)
        (home / "originals" / f"{kept[name]}.png").write_bytes(name.encode())
    run = logged_run(tmp_path / "mug.jpg", **kept)
    photo = run.references[0].sha256
    (tmp_path / "mug.jpg").rename(home / "originals" / f"{photo}.jpg")  # the upload is gone
    values = values_of(run)
    assert [Path(one).name for one in values["photos"]] == ["mug.jpg"], "by which its pictures are called, too"
    assert {name: Path(values[name]).name for name in kept} == {
        "mask": "Mask.png",
        "backdrop": "Your own backdrop.png",
        "style": "Look like this picture.png",
    }
    assert Path(values["style"]).read_bytes() == b"style"

"""What programs may call, through the doors: real photos, real pictures, on the loopback."""

from __future__ import annotations

import io
import json
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from channel_sizes import make_small
from PIL import Image
from rest_calls import HERE, QUICK, calling, files
from small_web import Web
from starlette.testclient import TestClient

from ecomgen import options
from ecomgen.request import CheckRequest, ClipOptions, CutoutRequest, ExportOptions, Request, ScoreRequest
from ecomgen.settings import settings
from ecomgen.web.rest import tokens
from ecomgen.web.rest.forms import OF_EACH

MODELS = {"/check": CheckRequest, "/cutout": CutoutRequest, "/score": ScoreRequest, "/jobs": Request}


@pytest.fixture(autouse=True)
def uploads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "uploads"))


@pytest.fixture
def client() -> Iterator[TestClient]:
    with calling() as client:
        yield client


def test_a_job_is_queued_once_watched_fetched_and_deleted(client: TestClient, photo: Path, home: Path) -> None:
    key = {"Idempotency-Key": "order-7"}
    begun = client.post("/v1/jobs", files=files(photo), data=QUICK, headers=key)
    assert begun.status_code == 202, begun.text
    place = begun.headers["location"]
    again = client.post("/v1/jobs", files=files(photo), data=QUICK, headers=key)
    assert again.json()["id"] == begun.json()["id"]
    other = client.post("/v1/jobs", files=files(photo), data=QUICK | {"prompt": "on oak"}, headers=key)
    assert other.status_code == 409 and "order-7" in other.json()["detail"]

    said = client.get(f"{place}/events")
    assert said.headers["content-type"].startswith("text/event-stream")
    *_, last = [json.loads(line[6:]) for line in said.text.splitlines() if line.startswith("data: ")]
    assert "event: end" in said.text and last["status"] == "done" and len(last["pictures"]) == 2

    run = client.get(place).json()["run"]
    assert run["parameters"]["seed"] == 3 and run["prompt"] == "on marble"
    best = client.get(last["pictures"][0])
    with Image.open(io.BytesIO(best.content)) as picture:
        assert picture.size == (64, 64) and "ecomgen" in picture.info
    assert client.get(f"{place}/pictures/3").status_code == 404
    pack = zipfile.ZipFile(io.BytesIO(client.get(f"{place}/export", params={"top": 1}).content))
    assert sum(name.endswith(".png") for name in pack.namelist()) == 1
    for several in (["etsy;zzz", "story"], ["story", "etsy; zzz"]):
        refused = client.get(f"{place}/export", params={"channel": several})
        assert refused.status_code == 422 and "'zzz'" in refused.json()["detail"]
    for asked in (f"{place}/export?formt=jpeg", f"{place}/clip?movement=orbit"):
        refused = client.get(asked)
        assert refused.status_code == 422 and "There is no field" in refused.json()["detail"]

    figures = client.get("/metrics").text
    assert 'ecomgen_pictures_total{verdict="kept"}' in figures and "process_resident_memory_bytes" in figures
    assert any((home / "runs").iterdir())
    assert client.delete(place).status_code == 204 and client.get(place).status_code == 404
    assert not any((home / "runs").iterdir())


def test_an_export_that_takes_long_says_how_far_it_is(
    client: TestClient, photo: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for channel in ("shopify", "etsy"):
        make_small(monkeypatch, channel, 64, 64)
    monkeypatch.setattr("ecomgen.web.rest.app.PATIENCE", 0.0)
    place = client.post("/v1/jobs", files=files(photo), data=QUICK | {"count": "1"}).headers["location"]
    assert "event: end" in client.get(f"{place}/events").text
    asked = f"{place}/export?channel=shopify"
    said = []
    while (answer := client.get(asked)).status_code == 202:
        assert answer.headers["retry-after"] == "2" and answer.json()["status"] in ("queued", "running")
        said.append(answer.json()["progress"])
        time.sleep(0.05)
    assert any(one and one["step"] == "export" for one in said)
    pack = zipfile.ZipFile(io.BytesIO(answer.content))
    assert json.loads(pack.read("export.json"))[0]["channel"] == "shopify"
    assert client.get(asked).content == answer.content, "it is not made again"

    for folder in (home / "originals", tmp_path / "uploads"):
        shutil.rmtree(folder)
    assert client.get(asked).status_code in (200, 202), "what was made is kept"
    while (refused := client.get(asked.replace("shopify", "etsy"))).status_code == 202:
        time.sleep(0.05)
    assert refused.status_code == 422 and photo.name in refused.json()["detail"]


def test_a_clip_of_a_finished_picture(client: TestClient, photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("av")
    monkeypatch.setattr("ecomgen.web.rest.app.PATIENCE", 0.0)
    place = client.post("/v1/jobs", files=files(photo), data=QUICK | {"count": "1"}).headers["location"]
    assert "event: end" in client.get(f"{place}/events").text
    asked = {"move": "orbit", "seconds": "2", "fps": "10"}
    said = []
    while (answer := client.get(f"{place}/clip", params=asked)).status_code == 202:
        said.append(answer.json()["progress"])
        time.sleep(0.05)
    assert said and answer.headers["content-type"] == "video/mp4" and b"ftyp" in answer.content[:16]
    loop = client.get(f"{place}/clip", params=asked | {"format": "webp"})
    assert loop.headers["content-type"] == "image/webp", "it is not made again"
    refused = client.get(f"{place}/clip", params={"move": "orbit", "seconds": "99"})
    assert refused.status_code == 422 and "`seconds`" in refused.json()["detail"]


def test_check_cutout_and_score(client: TestClient, photo: Path) -> None:
    checked = client.post("/v1/check", files=files(photo)).json()["photos"]
    assert checked[0]["path"] == photo.name and {"name", "value", "verdict", "advice"} <= checked[0]["checks"][0].keys()
    cut = client.post("/v1/cutout", files=files(photo), data={"background": "#00ff00", "format": "webp"})
    assert cut.headers["content-type"] == "image/webp" and 0 <= float(cut.headers["x-confidence"]) <= 1
    with Image.open(io.BytesIO(cut.content)) as picture:
        assert picture.size == (480, 640) and picture.getpixel((2, 2))[:3] == pytest.approx((0, 255, 0), abs=12)  # type: ignore[index]
    flat = client.post("/v1/cutout", files=files(photo), data={"background": "white", "format": "jpg"})
    assert flat.headers["content-type"] == "image/jpeg"
    two = client.post("/v1/cutout", files=files(photo) * 2)
    assert "report.json" in zipfile.ZipFile(io.BytesIO(two.content)).namelist()
    judged = client.post("/v1/score", files=files(photo, "pictures") + files(photo, "reference")).json()["pictures"]
    assert judged[0]["path"] == photo.name and judged[0]["identity"] > 0.9


@pytest.mark.parametrize(
    ("path", "data", "named"),
    [
        ("/v1/jobs", {"prompt": ""}, "prompt"),
        ("/v1/jobs", QUICK | {"size": "large"}, "`size`"),
        ("/v1/jobs", QUICK | {"guidance_scale": "x"}, "`guidance_scale`"),
        ("/v1/jobs", QUICK | {"out": "/etc"}, "'out'"),
        ("/v1/jobs", {"request": '{"prompt": "x", "out": "/etc"}'}, "'out'"),
        ("/v1/jobs", QUICK | {"mask": "/etc/passwd"}, "mask"),
        ("/v1/jobs", {"request": '{"prompt": "x", "photos": "mug.jpg"}'}, "photos is a file or its address"),
        ("/v1/jobs", QUICK | {"scene_from": "/etc"}, "/etc"),
        ("/v1/jobs", QUICK | {"with_": "/etc/mug.jpg"}, "'with_'"),
        ("/v1/jobs", QUICK | {"look": "../../etc/x"}, "look"),
        ("/v1/cutout", {"background": "/etc/hostname"}, "`background`"),
    ],
)
def test_what_is_wrong_is_a_sentence(client: TestClient, photo: Path, path: str, data: Any, named: str) -> None:
    answer = client.post(path, files=files(photo), data=data)
    assert answer.status_code == 422 and named in answer.json()["detail"]


@pytest.mark.parametrize("field", ["photos", "backdrop", "with", "mask"])
def test_what_is_no_photo_is_refused_at_once(client: TestClient, photo: Path, tmp_path: Path, field: str) -> None:
    (tmp_path / "text.jpg").write_text("no picture")
    answer = client.post("/v1/jobs", files=files(photo) + files(tmp_path / "text.jpg", field), data=QUICK)
    assert answer.status_code == 422 and "text.jpg" in answer.json()["detail"]


def test_a_backdrop_is_uploaded_with_the_job(client: TestClient, photo: Path, tmp_path: Path) -> None:
    Image.effect_noise((96, 80), 40).convert("RGB").save(tmp_path / "table.png")
    sent = files(photo) + files(tmp_path / "table.png", "backdrop")
    asked = {"size": "64x64", "steps": "2", "count": "1", "seed": "3", "light_from": "left"}
    place = client.post("/v1/jobs", files=sent, data=asked).headers["location"]
    assert "event: end" in client.get(f"{place}/events").text
    run = client.get(place).json()["run"]
    assert run["parameters"]["backdrop"] and run["parameters"]["light_from"] == "left"


def test_further_products_are_uploaded_with_the_job(client: TestClient, photo: Path, tmp_path: Path) -> None:
    for name in ("box.png", "jar.png"):
        (tmp_path / name).write_bytes(photo.read_bytes())
    sent = files(photo) + files(tmp_path / "box.png", "with") + files(tmp_path / "jar.png", "with")
    asked = {**QUICK, "count": "1", "with_place": ["", "0.8,0.9,0.3"]}
    begun = client.post("/v1/jobs", files=sent, data=asked)
    assert begun.status_code == 202, begun.text
    assert "event: end" in client.get(f"{begun.headers['location']}/events").text
    products = client.get(begun.headers["location"]).json()["run"]["products"]
    assert len(products) == 3 and products[2]["place"][:3] == pytest.approx([0.8, 0.9, 0.3], abs=0.02)


def test_what_is_said_of_a_further_product_s_cut_out_reaches_it(
    client: TestClient, photo: Path, tmp_path: Path
) -> None:
    Image.new("L", (480, 640)).save(tmp_path / "mask.png")
    with Image.open(tmp_path / "mask.png") as mask:
        mask.paste(255, (160, 160, 320, 600))
        mask.save(tmp_path / "mask.png")
    none: list[tuple[str, Any]] = [("with_mask", (None, ""))]
    sent = files(photo) + files(photo, "with") * 2 + none + files(tmp_path / "mask.png", "with_mask")
    asked = {**QUICK, "count": "1", "with_box": ["150,60,330,620", ""], "with_point": "240,400;20,20,-"}
    asked |= {"with_product": "red bottle", "with_masker": "grabcut"}
    begun = client.post("/v1/jobs", files=sent, data=asked)
    assert begun.status_code == 202, begun.text
    assert "event: end" in client.get(f"{begun.headers['location']}/events").text
    _, first, second = client.get(begun.headers["location"]).json()["run"]["products"]
    assert first["correction"]["box"] == [150, 60, 330, 620]
    assert first["correction"]["product"] == "red bottle" and first["mask"]["masker"] == "grabcut"
    assert first["correction"]["points"] == [[240, 400, True], [20, 20, False]]
    assert not first["correction"].get("mask") and second["mask"]["masker"] == "file"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"with_box": "10,10,5,20"}, "Further product 1: `box` '10,10,5,20' is empty"),
        ({"with_masker": "magic"}, "Further product 1: `masker` 'magic' is not known"),
        ({"with_point": "left"}, "Further product 1: `point` 'left' is not a point"),
        ({"with_box": ["", "1,2,30,40"]}, "Give with_box as a list, one for each file in with."),
        ({"with_mask": "/etc/passwd"}, "The field with_mask is a file"),
    ],
)
def test_what_is_wrong_with_a_further_product_is_a_sentence(
    client: TestClient, photo: Path, data: dict[str, Any], told: str
) -> None:
    refused = client.post("/v1/jobs", files=files(photo) + files(photo, "with"), data=QUICK | data)
    assert refused.status_code == 422 and refused.json()["detail"].startswith(told)
    whole = {"request": json.dumps(QUICK | data)}
    again = client.post("/v1/jobs", files=files(photo) + files(photo, "with"), data=whole)
    assert again.status_code == 422 and "with_" in again.json()["detail"]


@pytest.mark.parametrize(
    "data", [{"with": "/etc/passwd"}, {"with_": "/etc/passwd"}, {"with_place": "0.8,0.9,0.3"}, {"with_place": ["left"]}]
)
def test_a_further_product_is_no_file_of_the_server(client: TestClient, photo: Path, data: dict[str, Any]) -> None:
    refused = client.post("/v1/jobs", files=files(photo), data=QUICK | data)
    assert refused.status_code == 422 and "with" in refused.json()["detail"]
    whole = client.post("/v1/jobs", files=files(photo), data={"request": json.dumps(QUICK | data)})
    assert whole.status_code == 422


def test_a_whole_request_as_json(client: TestClient, photo: Path) -> None:
    whole = json.dumps({**QUICK, "size": [64, 64], "count": 1, "seed": 5})
    place = client.post("/v1/jobs", files=files(photo), data={"request": whole}).headers["location"]
    assert "event: end" in client.get(f"{place}/events").text
    assert client.get(place).json()["run"]["parameters"]["seed"] == 5


def test_photos_may_be_given_by_their_address(client: TestClient, photo: Path, web: Web) -> None:
    url = web.serve("/bottle.png", photo.read_bytes())
    ways: list[dict[str, Any]] = [
        {"data": {"photos": url}},
        {"data": {"request": json.dumps({"photos": [url]})}},
        {"json": {"photos": [url]}},
    ]
    for way in ways:
        checked = client.post("/v1/check", **way)
        assert checked.status_code == 200, checked.text
        assert checked.json()["photos"][0]["checks"]
    begun = client.post("/v1/jobs", json={"photos": [url], **QUICK, "count": 1})
    assert begun.status_code == 202 and client.delete(begun.headers["location"]).status_code == 204
    for wrong in (
        web.at("/bottle.png", "localhost"),
        "http://169.254.169.254/",
        "file:///etc/passwd",
        "/etc/passwd",
        7,
    ):
        refused = client.post("/v1/jobs", json={"photos": [wrong], **QUICK})
        assert refused.status_code in (400, 422), refused.text
    assert all(host.startswith("127.0.0.1") for _, host in web.seen)


def test_who_is_let_in(photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for address, headers in ((("192.0.2.7", 1), {}), (HERE, {"X-Forwarded-For": "192.0.2.7"})):
        with calling(address, **headers) as client:
            refused = client.get("/v1/jobs/x")
            assert refused.status_code == 401 and "token" in refused.json()["detail"]
            assert client.get("/metrics").status_code == 401 and client.get("/healthz").json() == {"status": "ok"}
    with monkeypatch.context() as logins, calling() as client:
        logins.setenv("ECOMGEN_AUTH_FILE", str(tmp_path / "users"))
        assert client.get("/v1/jobs/x").status_code == 401, "who has to log in cannot go round it"
    file = tmp_path / "tokens"
    monkeypatch.setenv("ECOMGEN_TOKENS_FILE", str(file))
    shop, other = tokens.add(file, "shop"), tokens.add(file, "other")
    assert shop not in file.read_text() and file.stat().st_mode & 0o077 == 0
    with calling(("192.0.2.7", 1), Authorization=f"Bearer {shop}") as client:
        place = client.post("/v1/jobs", files=files(photo), data=QUICK | {"count": "1"}).headers["location"]
        assert client.get(place, headers={"Authorization": f"Bearer {other}"}).status_code == 404, "it is the shop's"
        assert client.get(place, headers={"Authorization": "Bearer nobody's"}).status_code == 401
        assert client.get(place).status_code == 200
        assert client.delete(place).status_code == 204
    with calling() as client:
        assert client.get(place).status_code == 401, "with tokens, also on this machine"


def test_a_token_has_so_much_a_day(photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "tokens"
    monkeypatch.setenv("ECOMGEN_TOKENS_FILE", str(file))
    monkeypatch.setenv("ECOMGEN_JOBS_PER_DAY", "3")
    monkeypatch.setenv("ECOMGEN_PICTURES_PER_DAY", "2")
    shop, other = tokens.add(file, "shop"), tokens.add(file, "other")
    with calling(("192.0.2.7", 1), Authorization=f"Bearer {shop}") as client:
        order = QUICK | {"count": "2"}
        key = {"Idempotency-Key": "one"}
        assert client.post("/v1/jobs", files=files(photo), data=order, headers=key).status_code == 202
        assert client.post("/v1/jobs", files=files(photo), data=order, headers=key).status_code == 202, "the same job"
        refused = client.post("/v1/cutout", files=files(photo))
        assert refused.status_code == 429 and "quota of 2 pictures" in refused.json()["detail"]
        assert 0 < int(refused.headers["retry-after"]) <= 86400
        removed = client.post("/v1.0/removebg", files=files(photo, "image_file"))
        assert removed.status_code == 429 and removed.json()["errors"][0]["code"] == "rate_limit_exceeded"
        assert removed.headers["retry-after"]
        assert [client.post("/v1/check", files=files(photo)).status_code for _ in range(3)] == [200, 200, 429]
        theirs = client.post("/v1/check", files=files(photo), headers={"Authorization": f"Bearer {other}"})
        assert theirs.status_code == 200, "each token has its own"
    told = json.loads((settings().home / "quotas.json").read_text())
    assert told["used"]["program:shop"] == {"jobs": 3, "pictures": 2}, "a restart forgives nothing"
    (settings().home / "quotas.json").write_text(json.dumps(told | {"day": "2020-01-01"}))
    with calling(("192.0.2.7", 1), Authorization=f"Bearer {shop}") as client:
        assert client.post("/v1/check", files=files(photo)).status_code == 200, "a new day"


def test_remove_bg_takes_a_photo_by_its_address(client: TestClient, photo: Path, web: Web) -> None:
    def ask(url: str, **sent: Any) -> Any:
        return client.post("/v1.0/removebg", data={"image_url": url, "format": "png"}, **sent)

    made = ask(web.serve("/mug.png", photo.read_bytes()))
    assert made.status_code == 200 and made.headers["content-type"] == "image/png"
    both = ask(web.at("/mug.png"), files=files(photo, "image_file"))
    assert both.status_code == 400 and both.json()["errors"][0]["code"] == "multiple_sources"
    elsewhere = ask("http://10.0.0.1/mug.png")
    assert elsewhere.status_code == 400 and len(web.seen) == 1
    assert elsewhere.json()["errors"][0]["code"] == "invalid_image_url"


def test_the_description_has_the_options_that_are_declared(client: TestClient) -> None:
    described = client.get("/v1/openapi.json").json()
    assert described["servers"] == [{"url": "/v1"}]
    for path, model in MODELS.items():
        form = described["paths"][path]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
        declared = {name.rstrip("_") for name in options.on("rest", model)}
        assert set(form["properties"]) - {"photos", "pictures", "reference", *OF_EACH} == declared
    assert {"get", "delete"} <= described["paths"]["/jobs/{job}"].keys()
    asked = {one["name"] for one in described["paths"]["/jobs/{job}/clip"]["get"]["parameters"]}
    assert asked == {"job", "format", *options.on("rest", ClipOptions)}
    asked = {one["name"] for one in described["paths"]["/jobs/{job}/export"]["get"]["parameters"]}
    assert asked == {"job", *options.on("rest", ExportOptions)}


def test_remove_bg_s_clients_need_only_another_address(client: TestClient, photo: Path) -> None:
    def ask(**data: str) -> Any:
        return client.post("/v1.0/removebg", files=files(photo, "image_file"), data=data, headers={"X-Api-Key": "any"})

    plain = ask(size="auto")
    assert plain.status_code == 200 and plain.headers["content-type"] == "image/png"
    assert (plain.headers["x-width"], plain.headers["x-height"]) == (
        "480",
        "640",
    ) and "x-credits-charged" in plain.headers
    with Image.open(io.BytesIO(plain.content)) as picture:
        assert picture.mode == "RGBA" and picture.getpixel((2, 2))[3] == 0  # type: ignore[index]
    small = ask()
    assert int(small.headers["x-width"]) * int(small.headers["x-height"]) <= 250_000
    green = ask(size="auto", format="jpg", bg_color="0f0", crop="true", crop_margin="10px")
    with Image.open(io.BytesIO(green.content)) as picture:
        assert picture.format == "JPEG" and picture.width < 480
        assert picture.getpixel((2, 2)) == pytest.approx((0, 255, 0), abs=12)
    for data, code in (
        ({"image_file_b64": "aGVsbG8="}, "unsupported_parameter"),
        ({"size": "huge"}, "invalid_parameter"),
        ({"bg_color": "no such"}, "invalid_parameter"),
        ({"crop": "true", "crop_margin": "wide"}, "invalid_parameter"),
    ):
        refused = ask(**data)
        assert refused.status_code == 400 and refused.json()["errors"][0]["code"] == code, refused.text
        assert refused.json()["errors"][0]["title"]
    assert client.post("/v1.0/removebg", data={"size": "auto"}).json()["errors"][0]["code"] == "missing_source"

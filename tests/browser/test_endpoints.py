"""The named endpoints through gradio_client, as another program would use them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path
from typing import Any

import pytest
from browser.serving import Served
from commands import pixels
from PIL import Image

pytestmark = pytest.mark.browser
NAMES = {"/check", "/cutout", "/generate", "/words", "/score", "/history", "/export", "/clip"}


@pytest.fixture(scope="module")
def client(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of gradio_client's own imports
        from gradio_client import Client
    return Client(served.url, verbose=False, download_files=tmp_path_factory.mktemp("downloads"))


@pytest.fixture(scope="module")
def run(client: Any, cut_photo: Path) -> dict[str, Any]:
    return client.predict(
        photos=[handled(cut_photo)],
        prompt="on blue paper",
        product="mug",
        count=2,
        size="192x160",
        steps=4,
        seed=7,
        threshold=0,
        api_name="/generate",
    )


def handled(path: Path) -> Any:
    from gradio_client import handle_file

    return handle_file(str(path))


def test_only_what_is_named_is_public(client: Any) -> None:
    assert set(client.view_api(return_format="dict", print_info=False)["named_endpoints"]) == NAMES


def test_generate_returns_the_record_of_the_run(run: dict[str, Any], served: Served) -> None:
    assert [entry["seed"] for entry in run["candidates"]] == [7, 8]
    assert (run["parameters"]["width"], run["parameters"]["height"]) == (192, 160)
    folder = served.home / "runs" / run["run_id"]
    product = pixels(folder / "product.png")
    opaque = product[..., 3] == 255
    assert opaque.any()
    for entry in run["candidates"]:
        assert (pixels(folder / entry["path"])[opaque] == product[opaque][:, :3]).all()


def test_history_lists_it_and_finds_it(client: Any, run: dict[str, Any]) -> None:
    assert run["run_id"] in [row["run_id"] for row in client.predict(api_name="/history")]
    assert client.predict(search="no such words", api_name="/history") == []


def test_export_packs_the_best(client: Any, run: dict[str, Any]) -> None:
    file = client.predict(run=run["run_id"], top=1, format="webp", api_name="/export")
    with zipfile.ZipFile(file) as archive:
        assert sorted(Path(name).suffix for name in archive.namelist()) == [".json", ".webp"]


def test_clip_moves_a_picture(client: Any, run: dict[str, Any]) -> None:
    pytest.importorskip("av")
    file = client.predict(run=run["run_id"], move="orbit", seconds=2, fps=10, api_name="/clip")
    assert Path(file).name.endswith("-orbit.mp4") and b"ftyp" in Path(file).read_bytes()[:16]


def test_export_for_a_channel_composes_anew(client: Any, run: dict[str, Any]) -> None:
    file = client.predict(run=run["run_id"], top=1, channel="stamp", api_name="/export")
    with zipfile.ZipFile(file) as archive:
        (picture,) = (name for name in archive.namelist() if name.endswith(".jpg"))
        with archive.open(picture) as opened, Image.open(opened) as exported:
            assert exported.size == (96, 128)
        assert "export.json" in archive.namelist()


def test_score_knows_the_run_s_pictures(client: Any, run: dict[str, Any], served: Served, cut_photo: Path) -> None:
    picture = served.home / "runs" / run["run_id"] / run["candidates"][0]["path"]
    result = client.predict(pictures=[handled(picture)], reference=[handled(cut_photo)], api_name="/score")
    assert 0 <= result["pictures"][0]["identity"] <= 1


def test_check_and_cutout(client: Any, cut_photo: Path) -> None:
    (entry,) = client.predict(photos=[handled(cut_photo)], api_name="/check")["photos"]
    assert {check["name"] for check in entry["checks"]} >= {"dark", "blurred", "cropped"}
    file = client.predict(photos=[handled(cut_photo)], api_name="/cutout")
    with Image.open(file) as cut, Image.open(cut_photo) as photo:
        assert (cut.mode, cut.size) == ("RGBA", photo.size)


def test_several_photos_come_back_as_one_zip(client: Any, cut_photo: Path) -> None:
    file = client.predict(photos=[handled(cut_photo)] * 2, background="white", api_name="/cutout")
    with zipfile.ZipFile(file) as archive:
        assert len(archive.namelist()) == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"prompt": " "}, "prompt"),
        ({"count": 0}, "out of range"),
        ({"size": "9x9x9"}, "size"),
        ({"size": "10000000x3"}, "another size"),
        ({"threshold": "sometimes"}, "strict"),
        ({"pipeline": "no-such"}, "no pipeline"),
        ({"mask_candidate": 9}, "mask candidate"),
    ],
)
def test_a_mistake_is_a_sentence(client: Any, cut_photo: Path, wrong: dict[str, Any], said: str) -> None:
    from gradio_client.exceptions import AppError

    request = {"photos": [handled(cut_photo)], "prompt": "on white", "count": 1} | wrong
    with pytest.raises(AppError, match=said) as caught:
        client.predict(**request, api_name="/generate")
    assert "Traceback" not in str(caught.value)


def test_a_sentence_for_programs_holds_no_signs_of_a_page(client: Any) -> None:
    from gradio_client.exceptions import AppError

    with pytest.raises(AppError, match=r"""No run begins with "<a&b>'x'": "ecomgen runs list" shows them\."""):
        client.predict(run="<a&b>'x'", api_name="/export")


@pytest.mark.parametrize("path", ["/etc/hostname", "../../etc/hostname"])
def test_a_path_of_the_server_is_refused(client: Any, path: str) -> None:
    from gradio_client.exceptions import AppError

    for photo in (path, {"path": path, "meta": {"_type": "gradio.FileData"}}):
        with pytest.raises((AppError, FileNotFoundError)):
            client.predict(photos=[photo], api_name="/check")


def example(name: str) -> str:
    """An example of the documentation, as it stands there."""
    page = (Path(__file__).parents[2] / "docs" / "app.md").read_text("utf-8")
    return page.split(f"<!-- example: {name} -->")[1].split("```")[1].partition("\n")[2]


@pytest.mark.parametrize(
    ("name", "command", "said"),
    [
        ("gradio_client", [sys.executable, "-c"], ".zip"),
        ("http", ["bash", "-euc"], "event: complete"),
    ],
)
def test_the_examples_of_the_documentation_run(
    served: Served, cut_photo: Path, tmp_path: Path, name: str, command: list[str], said: str
) -> None:
    if name == "http" and not shutil.which("curl"):
        pytest.skip("there is no curl on this machine")
    shutil.copy(cut_photo, tmp_path / "mug.png")
    text = example(name).replace("http://127.0.0.1:7860", served.url.rstrip("/"))
    done = subprocess.run([*command, text], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout

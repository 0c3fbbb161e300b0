"""The pictures of a shop: each with its rules, scores and repairs, from a folder or a feed."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from channel_sizes import make_small
from commands import Run
from PIL import Image, ImageDraw
from small_web import Web

from ecomgen import audit, channels, samples
from ecomgen.audit.repairs import Missed, repairs_of
from ecomgen.audit.sources import Picture, found_in
from ecomgen.errors import BadInput, UsageError

SIDE = 320
GOOGLE_XML = """<?xml version="1.0"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>
<item><g:id>MUG-1</g:id><title>Blue mug</title><g:gtin>4006381333931</g:gtin><g:image_link>good.png</g:image_link>
<g:additional_image_link>grey.png</g:additional_image_link><g:additional_image_link>side.png</g:additional_image_link>
</item></channel></rss>"""


@pytest.fixture(autouse=True)
def small_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    make_small(monkeypatch, "amazon-main", SIDE, SIDE)


def draw(path: Path, ground: str = "white") -> Path:
    """A bottle that fills 88 % of a square, sharp enough."""
    picture = Image.new("RGB", (SIDE, SIDE), ground)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((110, 18, 210, 300), fill=(30, 80, 150))
    for row in range(40, 290, 12):
        pen.line((112, row, 208, row), fill=(240, 220, 120), width=3)
    picture.save(path)
    return path


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    draw(tmp_path / "good.png")
    draw(tmp_path / "grey.png", "#dddddd")
    (tmp_path / "broken.png").write_bytes((tmp_path / "good.png").read_bytes()[:200])
    return tmp_path


def test_each_picture_has_exactly_its_entry_and_a_repair_that_works(shop: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    answer = run("audit", shop, "--channel", "amazon-main", "--out", out, "--json")
    assert answer.code == 5
    entries = {Path(one["path"]).name: one for one in answer.json["pictures"]}
    assert (
        all(set(one) == {"path", "channel", "rules", "identity", "quality", "repairs"} for one in entries.values())
        and json.loads((out / "audit.json").read_text("utf-8")) == answer.json
    )
    good, grey, broken = (entries[name] for name in ("good.png", "grey.png", "broken.png"))
    assert {rule["verdict"] for rule in good["rules"]} == {"ok"} and good["repairs"] == []
    assert good["identity"] is None and good["quality"] > 0.5 and good["channel"] == "amazon-main"
    figures = {rule["name"]: (rule["verdict"], rule["figure"]) for rule in grey["rules"]}
    assert figures["background"] == ("fail", 0.0) and figures["ratio"] == ("ok", 1.0)
    assert [rule["verdict"] for rule in broken["rules"]] == ["fail"] and broken["quality"] is None
    best = grey["repairs"][0]
    assert set(best["mends"]) == {"background", "surroundings"} and best["rank"] == 1
    words = shlex.split(best["command"])
    assert words[0] == "ecomgen" and run(*words[1:]).code == 0
    mended = run("audit", out / "repaired", "--channel", "amazon-main", "--json")
    assert mended.code == 0 and len(mended.json["pictures"]) == 1


def test_the_page_escapes_what_a_feed_says_and_shows_the_worst_first(shop: Path, run: Run, tmp_path: Path) -> None:
    feed = shop / "feed.csv"
    feed.write_text(
        'Handle,Title,Variant SKU,Image Src\na,fine,A,good.png\nb,<script>alert(1)</script>,"<b>",grey.png\n', "utf-8"
    )
    out = tmp_path / "out"
    assert run("audit", feed, "--channel", "amazon-main", "--out", out).code == 5
    page = (out / "report.html").read_text("utf-8")
    assert "<script" not in page and "&lt;script&gt;alert(1)" in page and "&lt;b&gt;" in page
    assert page.index("alert(1)") < page.index("fine") and len(list((out / "thumbnails").iterdir())) == 2


def test_identity_is_told_where_a_feed_names_the_true_product(run: Run, tmp_path: Path) -> None:
    for name in ("mug", "box"):
        photo = Image.open(samples.get(name).photos[0]).convert("RGB")
        photo.putalpha(Image.open(samples.get(name).mattes[0]).convert("L"))
        photo.thumbnail((200, 200))
        photo.save(tmp_path / f"{name}.png")
    feed = tmp_path / "feed.csv"
    feed.write_text("sku,title,pictures,true one\nM,Mug,mug.png,mug.png\nB,Box,box.png,mug.png\n", "utf-8")
    answer = run("audit", feed, "--reference-column", "True One", "--json")
    same, other = answer.json["pictures"]
    assert answer.code == 5 and same["identity"] > 0.9 and same["repairs"] == [] and other["identity"] < 0.5
    assert (
        other["repairs"][0]["mends"] == ["identity"] and f" {tmp_path / 'mug.png'} " in other["repairs"][0]["command"]
    )
    assert run("audit", feed, "--reference-column", "photos", "--json").code == 2

    (tmp_path / "broken.png").write_bytes((tmp_path / "mug.png").read_bytes()[:200])
    feed.write_text("sku,pictures,true one\nM,mug.png,broken.png\n", "utf-8")
    (judged,) = audit.audit(feed, audit.Wanted(reference_column="true one"))
    assert judged.rules == () and judged.judged.quality is not None and "broken.png" in judged.judged.reasons[0]


def test_a_feed_names_pictures_by_their_address(
    web: Web, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where repairs go unless told otherwise
    url = web.serve("/shop/grey.png", draw(tmp_path / "grey.png", "#dddddd").read_bytes())
    feed = tmp_path / "woo.csv"
    feed.write_text(f'SKU,Name,Images\nA,Bottle,"{url}, {web.at("/gone.png", "localhost")}, none.png"\n', "utf-8")
    answer = run("audit", feed, "--channel", "amazon-main", "--json")
    here, refused, none = answer.json["pictures"]
    assert none["rules"][0]["figure"] == f"There is no {tmp_path / 'none.png'}: check the name and the folder."
    assert answer.code == 5 and here["path"] == url and len(here["rules"]) > 5 and here["quality"] is not None
    assert refused["rules"][0]["name"] == "readable" and "ECOMGEN_FETCH_HOSTS" in refused["rules"][0]["figure"]
    mending = next(one for one in here["repairs"] if "cutout" in one["command"])
    assert run(*shlex.split(mending["command"])[1:]).code == 0


def test_photos_of_a_picture_in_a_run_folder_are_known_and_only_kept_ones_count(tmp_path: Path) -> None:
    example = next(file for file in (Path(__file__).parent / "record" / "examples").glob("*.json"))
    record = json.loads(example.read_text("utf-8"))
    photo = draw(tmp_path / "photo.png")
    for one in record["references"]:
        one["path"] = str(photo)
    for place in ("kept", "candidates"):
        (tmp_path / "run" / place).mkdir(parents=True)
        draw(tmp_path / "run" / place / "a.png")
    draw(tmp_path / "run" / "mask.png")
    (tmp_path / "run" / "run.json").write_text(json.dumps(record), "utf-8")
    (found,) = found_in(tmp_path / "run").pictures
    assert found.place == str(tmp_path / "run" / "kept" / "a.png") and set(found.references) == {photo}


@pytest.mark.parametrize(
    ("name", "text", "channel", "places"),
    [
        (
            "shopify.csv",
            "Handle,Title,Variant SKU,Image Src,Image Position,Variant Image\n"
            "mug,Mug,M-1,a.png,1,\nmug,,M-2,b.png,2,a.png\ncan,Can,C,c.png,1,\n",
            "shopify",
            ["a.png", "b.png", "c.png"],
        ),
        ("new.csv", "Title,URL handle,SKU,Product image URL\nMug,mug,M,a.png\n", "shopify", ["a.png"]),
        ("woo.csv", 'ID,Type,SKU,Name,Images\n7,simple,M,Mug,"a.png, b.png"\n', None, ["a.png", "b.png"]),
        (
            "google.tsv",
            "id\ttitle\timage link\tadditional_image_link\nM\tMug\ta.png\tb.png,c.png\n",
            "google-merchant",
            ["a.png", "b.png", "c.png"],
        ),
        ("google.xml", GOOGLE_XML, "google-merchant", ["good.png", "grey.png", "side.png"]),
    ],
)  # fmt: skip
def test_feeds_of_shops_name_their_pictures(
    tmp_path: Path, name: str, text: str, channel: str | None, places: list[str]
) -> None:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    found = found_in(file)
    assert [Path(one.place).name for one in found.pictures] == places and found.channel == channel
    assert all(Path(one.place).parent == tmp_path for one in found.pictures)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><item><g>&x;</g></item></rss>',
        "<rss><item>",
        "sku,price\nA,3\n",
        "",
    ],
)
def test_a_feed_that_cannot_be_used_is_told_so(tmp_path: Path, text: str) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(text, "utf-8")
    with pytest.raises(BadInput, match=r"feed\.xml"):
        found_in(file)


def test_a_folder_has_no_columns(shop: Path) -> None:
    with pytest.raises(UsageError, match="reference-column"):
        audit.audit(shop, audit.Wanted(reference_column="photos"))


def test_what_mends_more_comes_first_and_names_are_quoted() -> None:
    channel, file = channels.get("amazon-main"), Path("/a/it's.png")
    missed = Missed(
        picture=Picture(place=""), file=file, channel=channel, wrong={"background": True, "fill": True}, place=Path()
    )
    placed = repairs_of(missed)
    assert [one.mends for one in placed] == [("background", "fill"), ("background",)]
    assert shlex.split(placed[0].command)[:3] == ["ecomgen", "generate", "/a/it's.png"]
    exported = repairs_of(replace(missed, wrong={"file size": True}))
    assert "ecomgen runs export" in exported[0].command
    assert repairs_of(replace(missed, wrong={"quality": True}, channel=None))[0].command.startswith("ecomgen check")


def test_every_channel_takes_what_repairs_make() -> None:
    assert all({"png", "jpeg"} <= set(one.accepts) for one in channels.every())

"""Shops' feeds go in and come out: their documented columns, written by us."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from commands import Run

from ecomgen import catalogue, shops
from ecomgen.catalogue.feed_pictures import rewrite
from ecomgen.catalogue.storage import where
from ecomgen.errors import BadInput
from ecomgen.shops.write_back import NewPicture, rewritten

SHOPIFY = (
    "Handle,Title,Body (HTML),Vendor,Variant SKU,Variant Price,Variant Barcode,Image Src,Image Position,Image Alt Text,"
    "Scene\r\n"
    'mug,Blue mug,"<p>Holds,\r\n""tea""</p>",Me,MUG-1,9.90,4006381333931,bottle.png,1,An old text,on marble\r\n'
    "mug,,,,,,,old-2.png,2,,\r\n"
    "mug,,,,MUG-1-L,11.90,,old-3.png,3,,\r\n"
    'box , "Tea box" ,,Me,BOX-1,4.50,,gone.png,1,,on oak\r\n'
)
WOO = (
    'ID,Type,SKU,Name,Regular price,Images\n7,simple,MUG-1,Blue mug,9,"bottle.png, b.png"\n8,simple,BOX-1,Box,4,x.png\n'
)
GOOGLE = (
    "id\ttitle\tprice\timage_link\tadditional_image_link\n"
    "MUG-1\tBlue mug\t9 EUR\tbottle.png\t\nBOX-1\tBox\t4 EUR\tx.png\ty.png\n"
)
XML = """<?xml version="1.0" encoding="utf-8"?>
<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0">
  <channel>
    <!-- the shop -->
    <item>
      <g:id>MUG-1</g:id>
      <title>Blue &amp; white mug</title>
      <g:image_link>bottle.png</g:image_link>
      <g:additional_image_link>b.png</g:additional_image_link>
      <g:price>9 EUR</g:price>
    </item>
    <item>
      <g:id>BOX-1</g:id>
      <g:image_link>x.png</g:image_link>
    </item>
  </channel>
</rss>
"""
TWO = {"MUG-1": [NewPicture("new/1.jpg", 'A "blue" mug'), NewPicture("new/2.jpg")]}


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_bytes(text.encode("utf-8"))
    return folder / name


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.usefixtures("in_process")
def test_a_shop_s_products_are_made_and_come_back(photo: Path, run: Run, tmp_path: Path) -> None:
    assert photo.parent == tmp_path
    feed = write(
        tmp_path, "products.csv", SHOPIFY.replace("old-2.png", "bottle.png").replace("old-3.png", "bottle.png")
    )
    columns = write(tmp_path, "columns.toml", 'prompt = "Scene"\n')
    options = ("--count", 2, "--keep", 2, "--size", "64x64", "--seed", 3, "--threshold", 0, "--steps", 1)
    plan = run("batch", feed, "--out", tmp_path / "out", "--columns", columns, "--dry-run", "--json")
    mug, box = plan.json["items"]
    assert (mug["name"], mug["source"], mug["prompt"]) == ("MUG-1", "MUG-1", "on marble") and "gone.png" in box[
        "problem"
    ]
    made = run("batch", feed, "--out", tmp_path / "out", "--columns", columns, *options)
    assert made.code == 3 and len(list((tmp_path / "out" / "pictures").iterdir())) == 2, made.err

    new = tmp_path / "new" / "products.csv"
    shown = run("feed", feed, tmp_path / "out", "--to", new, "--dry-run")
    assert (
        shown.code == 0
        and not new.exists()
        and "+mug,,,,,,,../out/pictures/MUG-1-2.png,2,," in shown.out
        and "gone.png" in shown.err
    )
    assert run("feed", feed, tmp_path / "out", "--to", new).code == 0
    lines = rows(new.read_bytes().decode())
    assert [line["Image Src"] for line in lines[:2]] == ["../out/pictures/MUG-1-1.png", "../out/pictures/MUG-1-2.png"]
    assert (new.parent / lines[0]["Image Src"]).resolve().is_file()
    assert new.read_bytes().endswith(SHOPIFY.encode().splitlines(keepends=True)[-1]), (
        "what failed is left to the letter"
    )
    urls = run(
        "feed", feed, tmp_path / "out", "--to", new, "--images-base-url", "https://cdn.shop.example/a/", "--json"
    )
    assert urls.json["changed"][0]["pictures"][0] == "https://cdn.shop.example/a/MUG-1-1.png"
    assert [one["key"] for one in urls.json["left"]] == ["BOX-1"]
    assert run("feed", feed, tmp_path / "out", "--to", feed).code == 2
    nowhere = run("feed", feed, tmp_path / "out", "--to", new, "--images-base-url", "cdn.shop.example")
    assert nowhere.code == 2 and "--images-base-url 'cdn.shop.example' is no address" in nowhere.err


@pytest.mark.usefixtures("in_process")
def test_what_columns_or_feed_do_not_fit_is_told(photo: Path, run: Run, tmp_path: Path) -> None:
    feed, out = write(tmp_path, "products.csv", SHOPIFY), tmp_path / "out"
    absent = write(tmp_path, "columns.toml", 'prompt = "Scen"\n')
    asked = ("batch", feed, "--out", out, "--prompt", "on oak", "--dry-run", "--columns")
    assert "products.csv has no column Scen" in run(*asked, absent).err
    assert "nowhere.toml does not exist" in run(*asked, tmp_path / "nowhere.toml").err
    table = write(tmp_path, "table.csv", f"photos,prompt\n{photo.name},on oak\n")
    assert run("batch", table, "--out", out, "--count", "1", "--size", "64x64", "--steps", "1").code in (0, 5)
    refused = run("feed", table, out, "--to", tmp_path / "new.csv")
    assert refused.code == 3 and "table.csv is no shop's feed" in refused.err


def test_shopify_s_lines(tmp_path: Path) -> None:
    feed = write(tmp_path, "a.csv", SHOPIFY)
    same = rewritten(feed, {})
    assert same == SHOPIFY
    two = rows(rewritten(feed, TWO))
    assert [(one["Image Src"], one["Image Position"]) for one in two[:3]] == [
        ("new/1.jpg", "1"),
        ("new/2.jpg", "2"),
        ("", ""),
    ]
    assert two[0]["Image Alt Text"] == 'A "blue" mug' and two[0]["Body (HTML)"] == '<p>Holds,\r\n"tea"</p>'
    assert two[2]["Variant SKU"] == "MUG-1-L" and two[3]["Variant SKU"] == "BOX-1"
    one = rows(rewritten(feed, {"MUG-1": TWO["MUG-1"][:1]}))
    assert len(one) == 3, "a line that held a picture only is gone with it"
    four = rows(rewritten(feed, {"BOX-1": [NewPicture(f"{n}.jpg") for n in range(3)]}))
    assert [(line["Handle"].strip(), line["Image Src"]) for line in four[3:]] == [("box", f"{n}.jpg") for n in range(3)]


def test_woocommerce_s_and_google_s_lines(tmp_path: Path) -> None:
    excel = "sep=,\r\n" + SHOPIFY
    marked = write(tmp_path, "e.csv", excel)
    assert shops.is_of_a_shop(marked) and rewritten(marked, {}) == excel
    assert rewritten(marked, TWO) == "sep=,\r\n" + rewritten(write(tmp_path, "a.csv", SHOPIFY), TWO)

    woo = rewritten(write(tmp_path, "w.csv", WOO), TWO)
    assert rows(woo)[0]["Images"] == "new/1.jpg, new/2.jpg" and woo.splitlines()[-1] == WOO.splitlines()[-1]
    google = rewritten(write(tmp_path, "g.tsv", GOOGLE), TWO).splitlines()
    assert google[1] == "MUG-1\tBlue mug\t9 EUR\tnew/1.jpg\tnew/2.jpg" and google[2] == GOOGLE.splitlines()[2]


def test_google_s_xml(tmp_path: Path) -> None:
    new = rewritten(write(tmp_path, "g.xml", XML), TWO)
    (tmp_path / "new.xml").write_text(new, "utf-8")
    mug, box = shops.read(tmp_path / "new.xml").products
    assert [one.place for one in mug.pictures] == ["new/1.jpg", "new/2.jpg"] and box.pictures[0].place == "x.png"
    assert mug.title == "Blue & white mug" and "<!-- the shop -->" in new and 'xmlns:g="http://base' in new
    assert [line for line in new.splitlines() if "BOX-1" in line or "price" in line] == [
        line for line in XML.splitlines() if "BOX-1" in line or "price" in line
    ]


def test_xml_in_another_encoding_of_a_product_without_a_first_picture(tmp_path: Path) -> None:
    text = (
        XML.replace('"utf-8"', '"iso-8859-1"')
        .replace("Blue", "Süße")
        .replace("      <g:image_link>bottle.png</g:image_link>\n", "")
    )
    feed, out = tmp_path / "g.xml", tmp_path / "out"
    feed.write_bytes(text.encode("iso-8859-1"))
    out.mkdir()
    items = [{"source": "MUG-1", "pictures": ["1.png", "2.png"], "reason": ""}]
    write(out, "report.json", json.dumps({"items": items}))
    new = rewrite(feed, out, tmp_path / "new.xml")
    mug, _ = shops.read(write(tmp_path, "new.xml", new.after)).products
    assert [(one.place, one.column) for one in mug.pictures] == [
        ("out/1.png", "image link"),
        ("out/2.png", "additional image link"),
    ]
    assert mug.title == "Süße & white mug"


@pytest.mark.parametrize("report", [None, "{", "[]", '{"photos": []}', '{"items": [{}]}'])
def test_a_folder_without_a_catalogue_s_report(tmp_path: Path, report: str | None) -> None:
    if report is not None:
        write(tmp_path, "report.json", report)
    with pytest.raises(BadInput, match="no report of a catalogue"):
        rewrite(write(tmp_path, "a.csv", SHOPIFY), tmp_path, tmp_path / "b.csv")


def test_alt_texts_and_keys_that_stand_twice(tmp_path: Path) -> None:
    feed = write(tmp_path, "a.csv", SHOPIFY + "can,Can,,Me,TWICE,1,,a.png,1,,\r\ntin,Tin,,Me,TWICE,1,,b.png,1,,\r\n")
    out = tmp_path / "out"
    out.mkdir()
    items = [{"source": key, "pictures": [f"pictures/{key}-1.png"], "reason": ""} for key in ("MUG-1", "TWICE")]
    write(out, "report.json", json.dumps({"items": items}))
    write(
        out,
        "words.csv",
        "file,language,alt_text\npictures/MUG-1-1.png,en,=HYPERLINK(1)\npictures/MUG-1-1.png,de,Tasse\n",
    )
    new = rewrite(feed, out, tmp_path / "b.csv")
    assert rows(new.after)[0]["Image Alt Text"] == "'=HYPERLINK(1)"
    assert set(new.left) == {"BOX-1", "TWICE"} and "2 times" in new.left["TWICE"] and list(new.changed) == ["MUG-1"]
    assert where(out).url == ""


@pytest.mark.parametrize("name", ["w.csv", "g.tsv", "g.xml"])
def test_every_shop_s_feed_is_a_source(tmp_path: Path, photo: Path, name: str) -> None:
    text = {"w.csv": WOO.replace(", b.png", ""), "g.tsv": GOOGLE, "g.xml": XML.replace(">b.png", ">bottle.png")}[name]
    items = catalogue.read(write(tmp_path, name, text), tmp_path, {"prompt": "on oak"}).items
    assert items[0].request and items[0].request.photos == (photo,) and items[0].name == "MUG-1"
    assert items[1].problem

"""Tables, folders and zips of products, also as people really make them."""

from __future__ import annotations

import os
import shutil
import socket
import time
import zipfile
from pathlib import Path

import pytest

from ecomgen import shops
from ecomgen.catalogue import Catalogue, read
from ecomgen.errors import BadInput, UsageError
from ecomgen.types import Box, Place, Point


def table(folder: Path, text: str, encoding: str = "utf-8") -> Catalogue:
    file = folder / "catalogue.csv"
    file.write_bytes(text.encode(encoding))
    return read(file, folder / "unpacked", {"prompt": "on a shelf"})


def test_a_line_becomes_an_item_for_each_channel(photo: Path, tmp_path: Path) -> None:
    lines = f"product,photos,prompt,channels,count\nTea box,{photo},on marble,instagram-portrait; shopify,2\n"
    catalogue = table(tmp_path, lines)
    assert [item.name for item in catalogue.items] == ["Tea-box-instagram-portrait", "Tea-box-shopify"]
    assert [item.title for item in catalogue.items] == ["Tea box"] * 2, "as people call it"
    first = catalogue.items[0].request
    assert first and first.product == "Tea box" and first.count == 2 and first.channel == "instagram-portrait"
    assert not catalogue.problems and not catalogue.notes


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Photos;Prompt\r\n{photo};on marble\r\n", "utf-8-sig"),
        ("photos\tprompt\n{photo}\ton marble\n", "utf-8"),
        ('photos,prompt\n{photo},"on marble,\nby a window"\n', "utf-8"),
        ("sep=;\r\nphotos;prompt\r\n{photo};on marble\r\n", "utf-8-sig"),
        ('"sep=,"\r\nphotos,prompt\r\n{photo},on marble\r\n', "utf-8"),
        ("SEP=|\nphotos|prompt\n{photo}|on marble\n", "utf-8"),
        ("name;photos;prompt\r\nThéière;{photo};on marble\r\n", "cp1252"),
        ("name\tphotos\tprompt\r\nŻubrówka\t{photo}\ton marble\r\n", "utf-16"),
    ],
)
def test_tables_as_spreadsheets_write_them(photo: Path, tmp_path: Path, text: str, encoding: str) -> None:
    found = table(tmp_path, text.format(photo=photo), encoding)
    (item,) = found.items
    assert item.request and item.request.prompt.startswith("on marble")
    assert item.title in ("Théière", "Żubrówka") or "name" not in text
    assert any("Western Europe" in note for note in found.notes) == (encoding == "cp1252")


def test_lines_are_counted_from_excels_own(photo: Path, tmp_path: Path) -> None:
    first, second = table(tmp_path, f"sep=;\nphotos;prompt\n{photo};on oak\ngone.jpg;on oak\n").items
    assert (first.source, second.source) == ("line 3", "line 4") and second.problem
    with pytest.raises(BadInput, match="quotation mark in line 4 that is not closed"):
        table(tmp_path, f'sep=;\nphotos;prompt\n{photo};on oak\n{photo};"on marble\n{photo};on slate\n')


@pytest.mark.parametrize("name", ["stock.xlsx", "renamed.csv", "old.xls", "old.csv"])
def test_a_workbook_is_called_what_it_is(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    if name.startswith("old"):
        file.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    else:
        with zipfile.ZipFile(file, "w") as parts:
            parts.writestr("xl/workbook.xml", "<workbook/>")
    for read_it in (lambda: read(file, tmp_path / "unpacked", {}), lambda: shops.read(file)):
        with pytest.raises(BadInput, match="workbook, as of Excel: save its sheet as CSV"):
            read_it()
    assert not (tmp_path / "unpacked").exists()


def test_a_workbook_among_photos_is_told(photo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "products"
    folder.mkdir()
    shutil.copy(photo, folder / "mug.jpg")
    (folder / "stock.xlsx").write_bytes(b"")
    catalogue = read(folder, tmp_path / "unpacked", {"prompt": "on oak"})
    assert len(catalogue.items) == 1 and "stock.xlsx is a spreadsheet's workbook" in catalogue.notes[0]


def test_photos_may_be_folders_and_are_relative_to_the_table(photo: Path, tmp_path: Path) -> None:
    (tmp_path / "mug").mkdir()
    for name in ("b.jpg", "a.jpg"):
        shutil.copy(photo, tmp_path / "mug" / name)
    (item,) = table(tmp_path, "name,photos\nMug,mug\n").items
    assert item.request and [path.name for path in item.request.photos] == ["a.jpg", "b.jpg"]
    assert item.request.prompt == "on a shelf"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("gone.jpg,,", "no photo gone.jpg"),
        (",,", "no photo"),
        ("{photo},many,", "--count many is not a whole number"),
        ("{photo},1000,", "--count 1000 is out of range"),
        ("{photo},,atlantis", "'atlantis' is not known"),
    ],
)
def test_what_is_wrong_with_one_product_does_not_stop_the_others(
    photo: Path, tmp_path: Path, line: str, problem: str
) -> None:
    catalogue = table(tmp_path, f"photos,count,channels\n{line.format(photo=photo)}\n{photo},,\n")
    assert problem in catalogue.items[0].problem
    assert catalogue.items[1].request and len(catalogue.problems) == 1


def test_all_that_is_wrong_with_a_product_is_told_at_once(photo: Path, tmp_path: Path) -> None:
    lines = f"gone.jpg,many,9x9,nowhere\n{photo},6,,\n{photo},,,,beyond\n"
    wrong, sound, surplus = table(tmp_path, f"photos,count,size,look\n{lines}").items
    faults = ("no photo gone.jpg", "--count many", "side of 9×9", "'nowhere'")
    assert [wrong.problem.count(fault) for fault in faults] == [1, 1, 1, 1], wrong.problem
    assert sound.request and surplus.problem.count("beyond") == 2, "once as it is spelt, once in what it says"
    unsaid = read(tmp_path / "catalogue.csv", tmp_path, {}).items[0].problem
    assert "The prompt is empty" in unsaid and "side of 9×9" in unsaid


def test_a_plain_ground_has_one_picture_however_many_are_asked_for(photo: Path, tmp_path: Path) -> None:
    lines = f"a,{photo},amazon-main;shopify,3,2,keep\nb,{photo},amazon-main,2,,redraw\n"
    catalogue = table(tmp_path, f"name,photos,channels,count,keep,mode\n{lines}")
    requests = [item.request for item in catalogue.items]
    assert [(one.count, one.keep) for one in requests if one] == [(1, None), (3, 2), (2, None)]
    assert catalogue.pictures == 6
    assert catalogue.notes == ("Amazon, main picture: one picture, since on its plain ground all would look the same",)


def test_a_line_s_own_channel_or_size_stands_against_that_of_all(photo: Path, tmp_path: Path) -> None:
    lines = f"photos,prompt,channels,size\n{photo},x,story,\n{photo},x,,\n{photo},x,story,99x99\n{photo},x,,99x99\n"
    file = tmp_path / "sizes.csv"
    file.write_text(lines)
    catalogue = read(file, tmp_path, {"size": "80x80"})
    asked = [(one.channel, one.size) for item in catalogue.items if (one := item.request)]
    assert asked == [("story", None), (None, (80, 80)), (None, (99, 99))]
    assert ["--size" in item.problem for item in catalogue.items] == [False, False, True, False]
    assert not read(file, tmp_path, {"channels": "story"}).items[3].problem
    with pytest.raises(UsageError, match="--size and --channel exclude each other"):
        read(file, tmp_path, {"size": "80x80", "channels": "story"})


def test_names_are_unique_and_safe(photo: Path, tmp_path: Path) -> None:
    lines = "\n".join(f"{name},{photo}" for name in ("../../etc", "Mug", "mug", "Café Crème", "///", "CON" * 60))
    catalogue = table(tmp_path, f"name,photos\n{lines}\n")
    names = [item.name for item in catalogue.items]
    assert names[:5] == ["etc", "Mug", "mug-2", "Café-Crème", "product"] and len(names[5]) == 80
    assert catalogue.notes == ("some products share a name and are told apart by a number, as mug-2",)


def test_columns_that_are_not_used_are_named(photo: Path, tmp_path: Path) -> None:
    assert table(tmp_path, f"sku,photos\n12,{photo}\n").notes == ("the columns sku are not used",)


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "photos\n"])
def test_a_table_without_products_says_what_to_do(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput, match="photos"):
        table(tmp_path, text)


def test_a_binary_file_is_not_a_table(photo: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="CSV"):
        read(photo, tmp_path, {})


@pytest.mark.parametrize("zipped", [False, True])
def test_a_folder_of_folders(photo: Path, tmp_path: Path, zipped: bool) -> None:
    folder = tmp_path / "products"
    for name in ("mug", "bowl"):
        (folder / name).mkdir(parents=True)
        shutil.copy(photo, folder / name / "one.jpg")
    (folder / "mug" / "prompt.txt").write_text("on a desk\n", "utf-8")
    shutil.copy(photo, folder / "vase.jpg")
    source = folder
    if zipped:
        source = tmp_path / "products.zip"
        with zipfile.ZipFile(source, "w") as archive:
            for file in folder.rglob("*.*"):
                archive.write(file, file.relative_to(tmp_path))
    items = read(source, tmp_path / "unpacked", {"prompt": "on a shelf"}).items
    prompts = {item.name: item.request.prompt for item in items if item.request}
    assert prompts == {"bowl": "on a shelf", "mug": "on a desk", "vase": "on a shelf"}


def test_a_zip_cannot_write_outside(photo: Path, tmp_path: Path) -> None:
    source = tmp_path / "evil.zip"
    with zipfile.ZipFile(source, "w") as archive:
        archive.write(photo, "../../evil/one.jpg")
    read(source, tmp_path / "a" / "unpacked", {"prompt": "x"})
    assert not (tmp_path.parent / "evil").exists() and not (tmp_path / "evil").exists()


def test_a_mask_is_relative_to_the_table(photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    shutil.copy(photo, tmp_path / "mask.png")
    (item,) = table(tmp_path, f"photos,mask\n{photo},mask.png\n").items
    assert item.request and item.request.mask == tmp_path / "mask.png"


def test_a_backdrop_is_relative_to_the_table_and_a_strangers_lies_beside_it(photo: Path, tmp_path: Path) -> None:
    shutil.copy(photo, tmp_path / "table.png")
    (item,) = table(tmp_path, f"photos,backdrop,light_from\n{photo},table.png,left\n").items
    assert item.request and (item.request.backdrop, item.request.light_from) == (tmp_path / "table.png", "left")
    (tmp_path / "catalogue.csv").write_text("photos,backdrop\ntable.png,/etc/secret.png\n")
    (other,) = read(tmp_path / "catalogue.csv", tmp_path / "u", {"prompt": "x"}, enclosed=True).items
    assert other.request and other.request.backdrop == tmp_path / "secret.png"


def test_a_photo_is_no_catalogue(photo: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a photo: give a CSV file, a folder or a zip"):
        read(photo, tmp_path / "unpacked", {})


def test_what_is_neither_file_nor_folder_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind(str(tmp_path / "socket"))
        strange = {"pipe": tmp_path / "pipe", "socket": tmp_path / "socket", "device": Path("/dev/zero")}
        for kind, source in strange.items():
            with pytest.raises(BadInput, match=f"is a {kind}"):
                read(source, tmp_path / "unpacked", {})
    for gone in ("gone.csv", "n\0l", "x" * 300):
        with pytest.raises(BadInput, match="There is no"):
            read(tmp_path / gone, tmp_path / "unpacked", {})


def test_ten_thousand_lines_of_one_name_take_no_longer_than_of_many(photo: Path, tmp_path: Path) -> None:
    def seconds(names: list[str]) -> float:
        began = time.process_time()
        items = table(tmp_path, "name,photos\n" + "".join(f"{name},{photo}\n" for name in names)).items
        assert len({item.name for item in items}) == len(names)
        return time.process_time() - began

    many = seconds([f"mug {number}" for number in range(10_000)])
    assert seconds(["mug"] * 10_000) < 10 * many, "each line counts from the first number again"


def test_a_line_may_hold_further_products_beside_its_own(photo: Path, tmp_path: Path) -> None:
    for name in ("can.jpg", "bowl.jpg", "bowl@2x.jpg"):
        shutil.copy(photo, tmp_path / name)
    said = "can.jpg;product=a can;masker=lite;box=1,2,30,40;point=5,6,-;mask=bowl.jpg@0.3,0.9,0.4"
    lines = f'photos,with\ncan.jpg,"bowl.jpg;bowl@2x.jpg | {said}"\ncan.jpg,gone.jpg\ncan.jpg,can.jpg;mask=no.png\n'
    item, missing, unmasked = table(tmp_path, lines).items
    assert item.request
    bowl, can = item.request.with_
    assert [path.name for path in bowl.photos] == ["bowl.jpg", "bowl@2x.jpg"] and bowl.place is None
    assert can.photos == (tmp_path / "can.jpg",) and can.place == Place(0.3, 0.9, 0.4)
    assert (can.product, can.masker) == ("a can", "lite")
    assert (can.box, can.point, can.mask) == (Box(1, 2, 30, 40), (Point(5, 6, False),), tmp_path / "bowl.jpg")
    assert "gone.jpg" in missing.problem and "no.png" in unmasked.problem
    before = item.fingerprint
    (tmp_path / "bowl.jpg").write_bytes(b"another")
    assert item.fingerprint != before


def test_a_stranger_s_table_names_no_further_product_elsewhere(photo: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    shutil.copy(photo, tmp_path / "own" / "can.jpg")
    shutil.copy(photo, tmp_path / "secret.jpg")
    file = tmp_path / "own" / "catalogue.csv"
    file.write_text(f"photos,with\ncan.jpg,../secret.jpg\ncan.jpg,{tmp_path / 'secret.jpg'}\n")
    items = read(file, tmp_path / "unpacked", {"prompt": "on oak"}, enclosed=True).items
    assert all("no photo secret.jpg" in item.problem for item in items)


def test_a_look_that_was_changed_is_another_catalogue(photo: Path, tmp_path: Path, home: Path) -> None:
    (home / "looks").mkdir(parents=True)
    (home / "looks" / "house.toml").write_text('prompt = "on oak"')
    (item,) = table(tmp_path, f"photos,look\n{photo},house\n").items
    before = item.fingerprint
    (home / "looks" / "house.toml").write_text('prompt = "on marble"')
    assert item.fingerprint != before


def test_a_comma_without_quotation_marks_loses_no_words(photo: Path, tmp_path: Path) -> None:
    catalogue = table(tmp_path, f"photos,prompt\n{photo},on oak, morning light\n{photo},on oak,,\n")
    unquoted, empty = catalogue.items
    assert "'morning light' stands beyond the last column" in str(unquoted.problem)
    assert empty.request and empty.request.prompt == "on oak"


def test_a_quotation_mark_that_is_not_closed_swallows_no_products(photo: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="quotation mark in line 3 that is not closed"):
        table(tmp_path, f'photos,prompt\n{photo},on oak\n{photo},"on marble\n{photo},on slate\n{photo},on linen\n')
    catalogue = table(tmp_path, f'photos,prompt\n{photo},"on oak,\nat dusk"\n\n{photo},a 5" pipe\n\n\n')
    assert [item.request.prompt for item in catalogue.items if item.request] == ["on oak,\nat dusk", 'a 5" pipe']

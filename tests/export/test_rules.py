"""A picture is held against a channel's rules, figure by figure; one wrong thing fails one rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageDraw, ImageFont

from ecomgen.channels import Channel, every, get
from ecomgen.errors import BadPhoto
from ecomgen.export import RuleResult, check_picture

SIDE = 640
SMALL = {"min_width": 600, "min_height": 600}  # so that the pictures of these tests are quick to look at


def picture(*, side: int = SIDE, height: int = 0, background: int = 255, fill: float = 0.88) -> Image.Image:
    """A blue product with a soft grey shadow on a plain ground."""
    import cv2

    width, height = side, height or side
    pixels = np.full((height, width, 3), background, np.uint8)
    tall = int(fill * height)
    x0, y0 = int(width * 0.3), (height - tall) // 2
    shadow = np.zeros((height, width), np.float32)
    cv2.ellipse(shadow, (int(width * 0.55), y0 + tall - 12), (int(width * 0.3), 16), 0, 0, 360, 60.0, -1)
    grey = cv2.GaussianBlur(shadow, (0, 0), width / 120)
    pixels = np.clip(pixels - np.where(grey > 1, grey, 0)[..., None], 0, 255).astype(np.uint8)
    pixels[y0 : y0 + tall, x0 : int(width * 0.7)] = (30, 80, 150)
    return Image.fromarray(pixels)


def rules(image: Image.Image, path: Path, channel: str = "amazon-main", **how: Any) -> dict[str, RuleResult]:
    image.save(path, **({"quality": 95} if path.suffix == ".jpg" else {}) | how)
    wanted = get(channel)
    wanted = wanted if wanted.width != wanted.height else wanted.model_copy(update=SMALL)
    return {result.rule: result for result in check_picture(path, wanted)}


def failed(results: dict[str, RuleResult]) -> set[str]:
    return {name for name, result in results.items() if not result.passed}


def lettered(image: Image.Image, text: str = "FREE SHIPPING") -> Image.Image:
    font = ImageFont.load_default(size=SIDE // 26)
    ImageDraw.Draw(image).text((SIDE * 0.03, SIDE * 0.03), text, font=font, fill=(200, 20, 20))
    return image


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_a_good_picture_passes_and_every_rule_has_its_figure(tmp_path: Path, suffix: str) -> None:
    results = rules(picture(), tmp_path / f"a{suffix}")
    assert failed(results) == set()
    assert set(results) == {
        "size", "ratio", "format", "file size", "colour profile", "background", "surroundings", "fill", "margin", "text"
    }  # fmt: skip
    assert results["fill"].value == pytest.approx(0.88, abs=0.008)
    assert results["background"].value == 1.0
    assert all(result.found and result.wanted for result in results.values())


def test_size_and_ratio(tmp_path: Path) -> None:
    assert failed(rules(picture(side=500), tmp_path / "a.png")) == {"size"}
    assert failed(rules(picture(height=900), tmp_path / "b.png")) == {"ratio"}


def test_format_and_file_size(tmp_path: Path) -> None:
    assert failed(rules(picture(), tmp_path / "a.webp", lossless=True)) == {"format"}
    heavy = tmp_path / "b.png"
    picture().save(heavy)
    with heavy.open("ab") as file:
        file.truncate(10_500_000)
    wanted = get("amazon-main").model_copy(update=SMALL)
    assert failed({one.rule: one for one in check_picture(heavy, wanted)}) == {"file size"}


def test_colour_profile(tmp_path: Path) -> None:
    assert "colour profile" in failed(rules(picture().convert("CMYK"), tmp_path / "a.jpg"))
    other = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert failed(rules(picture(), tmp_path / "b.png", icc_profile=other)) == {"colour profile"}
    assert failed(rules(picture(), tmp_path / "c.png", icc_profile=b"damaged")) == {"colour profile"}


def test_a_white_that_is_not_pure(tmp_path: Path) -> None:
    results = rules(picture(background=254), tmp_path / "a.png")
    assert {"background", "surroundings"} <= failed(results) and results["background"].value == 0.0
    stained = picture()
    stained.paste((252, 252, 250), (30, 120, 80, 180))
    results = rules(stained, tmp_path / "b.png")
    assert failed(results) == {"surroundings"} and results["surroundings"].value < 0.995
    speck = picture()
    speck.putpixel((3, 3), (255, 255, 254))
    found = rules(speck, tmp_path / "c.png")["background"]
    assert not found.passed and "100" not in found.found


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "avif"])
def test_a_grey_ground_is_right_as_far_as_a_format_can_hold_it(kind: str, tmp_path: Path) -> None:
    ours = get("amazon-main").model_copy(
        update=SMALL | {"background": (245, 245, 245), "format": kind, "accepts": (kind,)}
    )
    for ground, wrong in ((245, set()), (249, {"background", "surroundings"})):
        picture(background=ground).save(tmp_path / "a", kind, quality=95)
        found = {result.rule: result for result in check_picture(tmp_path / "a", ours)}
        assert failed(found) == wrong, ground


def test_a_product_too_small_too_large_or_cut_off(tmp_path: Path) -> None:
    small = rules(picture(fill=0.6), tmp_path / "a.png")
    assert failed(small) == {"fill"} and small["fill"].value == pytest.approx(0.6, abs=0.008)
    assert "fill" in failed(rules(picture(fill=0.95), tmp_path / "b.png", "google-merchant"))
    assert {"margin"} <= failed(rules(picture(fill=1.0), tmp_path / "c.png"))


def test_a_pale_part_of_the_product_is_no_stain(tmp_path: Path) -> None:
    """As the cream inside of a blue cup is, behind a rim that is nearly white."""
    cup = picture()
    cup.paste((236, 232, 226), (192, 50, 448, 110))
    cup.paste((214, 196, 160), (260, 62, 420, 96))
    results = rules(cup, tmp_path / "a.png")
    assert failed(results) == set() and results["surroundings"].value == 1.0
    apart = picture()
    apart.paste((214, 196, 160), (20, 62, 120, 96))
    assert "surroundings" in failed(rules(apart, tmp_path / "b.png"))


def test_lettering_beside_the_product_but_not_on_it(tmp_path: Path) -> None:
    results = rules(lettered(picture()), tmp_path / "a.png")
    assert "text" in failed(results) and results["text"].value > 0.55
    labelled = picture()
    ImageDraw.Draw(labelled).text(
        (SIDE * 0.35, SIDE * 0.5), "OLIVE OIL", font=ImageFont.load_default(size=28), fill=(240, 240, 230)
    )
    assert failed(rules(labelled, tmp_path / "b.png")) == set()
    assert "text" not in rules(lettered(picture()), tmp_path / "c.png", "amazon-secondary")


def test_the_safe_area_of_a_story(tmp_path: Path) -> None:
    def story(top: int, bottom: int) -> set[str]:
        image = Image.new("RGB", (1080, 1920), (225, 220, 210))
        image.paste((20, 90, 60), (300, top, 780, bottom))
        return failed(rules(image, tmp_path / "a.jpg", "story"))

    assert story(400, 1500) == set()
    assert story(100, 1500) == {"safe area"} and story(400, 1700) == {"safe area"}


def test_print_wants_its_resolution_said(tmp_path: Path) -> None:
    page = Image.new("RGB", (2480, 3508), (240, 240, 240))
    page.paste((20, 90, 60), (700, 700, 1800, 2900))
    assert failed(rules(page, tmp_path / "a.tif", "a4-print")) == {"resolution"}
    assert failed(rules(page, tmp_path / "b.tif", "a4-print", dpi=(300, 300), compression="tiff_lzw")) == set()


def test_the_product_is_known_by_its_alpha_its_mask_or_a_finder(tmp_path: Path) -> None:
    cut = picture().convert("RGBA")
    blue = np.asarray(picture())[..., 0] == 30
    cut.putalpha(Image.fromarray(blue.astype(np.uint8) * 255))
    alpha = rules(cut, tmp_path / "a.png")
    assert failed(alpha) == set() and "by its mask" in alpha["fill"].found and alpha["fill"].confidence == 1.0

    busy = Image.effect_noise((1080, 1920), 90).convert("RGB")
    busy.save(tmp_path / "b.png")
    mask = np.zeros((1920, 1080), bool)
    mask[600:1400, 300:800] = True
    known = {one.rule: one for one in check_picture(tmp_path / "b.png", get("story"), mask=mask)}
    assert known["safe area"].passed
    found = {one.rule: one for one in check_picture(tmp_path / "b.png", get("story"), finder=lambda _: mask)}
    assert found["safe area"].passed and found["safe area"].confidence < 1
    lost = {one.rule: one for one in check_picture(tmp_path / "b.png", get("story"))}
    assert not lost["safe area"].passed and "--mask" in lost["safe area"].found
    with pytest.raises(BadPhoto, match="mask is"):
        check_picture(tmp_path / "b.png", get("story"), mask=mask[:100])


@pytest.mark.parametrize("size", [(1, 3000), (3000, 1), (1, 1)])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_picture_of_one_pixel_across(size: tuple[int, int], mode: str, tmp_path: Path) -> None:
    Image.new(mode, size).save(tmp_path / "a.png")
    for channel in ("amazon-main", "story"):
        assert not all(rule.passed for rule in check_picture(tmp_path / "a.png", get(channel)))


def test_an_unreadable_picture(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"no")
    with pytest.raises(BadPhoto):
        check_picture(tmp_path / "a.png", get("story"))


@pytest.mark.parametrize("channel", every(), ids=lambda channel: channel.name)
def test_what_ecomgen_makes_for_a_channel_is_what_the_channel_accepts(channel: Channel) -> None:
    low, high = channel.ratio
    assert channel.min_width <= channel.width <= channel.max_width
    assert channel.min_height <= channel.height <= channel.max_height
    assert low * 0.99 <= channel.width / channel.height <= high * 1.01
    assert channel.format in channel.accepts and channel.min_fill <= channel.fill <= channel.max_fill
    assert len(channel.source) > 20 and channel.checked
    assert set(channel.recommended) <= {"size", "ratio", "background", "fill", "margin"}


def test_the_channels_that_sellers_ask_for_are_there() -> None:
    names = {channel.name for channel in every()}
    assert len(names) >= 15
    assert {"amazon-main", "amazon-secondary", "google-merchant", "shopify", "etsy", "ebay", "walmart"} <= names
    assert {"instagram-square", "instagram-portrait", "story", "facebook-feed", "pinterest", "tiktok"} <= names
    assert {"banner", "a4-print"} <= names

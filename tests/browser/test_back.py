"""A sample's click can be taken back, and the last photo takes the product's name with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browser.steps import field, fill_in, upload
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_what_was_replaced_comes_back_and_a_finished_picture_brings_its_settings(
    open_page: Any, cut_photo: Path, tmp_path: Path
) -> None:
    page = open_page()
    a_sample_gives_back(page, cut_photo)
    picture = finished_picture(page, cut_photo, tmp_path)
    replaced_by_a_run(page)
    brings_back(page, picture)
    not_for_others(open_page(), picture)


def a_sample_gives_back(page: Any, cut_photo: Path) -> None:
    """What a sample replaced comes back, and the last photo takes the product's name with it."""
    upload(page, cut_photo)
    page.fill("#prompt textarea", "on slate, hard light")
    page.locator("#samples [data-value=mug]").click()
    expect(page.locator("#samples .on")).to_have_count(1)
    expect(field(page, "#prompt")).not_to_have_value("on slate, hard light")
    page.locator("#samples [data-value=bottle]").click()  # one more leads back to one's own, too
    expect(page.locator("#samples .on[data-value=bottle]")).to_have_count(1)
    page.locator("#samples [data-trigger=unsampled]").click()
    expect(field(page, "#prompt")).to_have_value("on slate, hard light")
    page.wait_for_selector(f"#photos .photo:only-child[title^='{cut_photo.name[:3]}'] .badge")
    expect(page.locator("#samples .on, #samples [data-trigger=unsampled]")).to_have_count(0)

    field(page, "#product").fill("mug")
    page.locator("#photos .remove").click()
    expect(field(page, "#product"), "it was the name of what is gone").to_have_value("")


def finished_picture(page: Any, cut_photo: Path, folder: Path) -> Path:
    """A picture, made and downloaded."""
    fill_in(page, cut_photo, prompt="on slate, hard light", count=1, size="72x64")
    page.click("#generate")
    page.wait_for_selector("#export", state="visible")
    with page.expect_download() as sent:
        page.locator("#grid .save").click()
    picture = folder / sent.value.suggested_filename
    sent.value.save_as(picture)
    return picture


def brings_back(page: Any, picture: Path) -> None:
    """Dropped as a photo, a finished picture fills the form as it was made."""
    page.locator("#samples [data-value=mug]").click()
    expect(field(page, "#prompt")).not_to_have_value("on slate, hard light")
    page.set_input_files("#drop input[type=file]", picture)
    expect(field(page, "#prompt")).to_have_value("on slate, hard light")
    expect(field(page, "#own-size")).to_have_value("72x64")
    expect(field(page, "#seed")).not_to_have_value("")
    page.wait_for_selector("#photos .photo:only-child .badge")
    expect(page.locator("#samples .on"), "the photos are those of the picture").to_have_count(0)


def replaced_by_a_run(page: Any) -> None:
    """What a finished picture's settings replaced comes back, too."""
    page.locator("#samples [data-value=mug]").click()
    page.fill("#prompt textarea", "on red brick")
    expect(page.locator("#meaning")).to_contain_text("brick")
    page.locator("#grid .more summary").first.click()
    page.locator("#grid [data-trigger=scened]").first.click()
    expect(field(page, "#prompt")).to_have_value("on slate, hard light")
    expect(page.locator("#photos .photo")).to_have_count(0)
    page.locator("#samples [data-trigger=unsampled]").click()
    expect(field(page, "#prompt")).to_have_value("on red brick")
    expect(page.locator("#samples .on[data-value=mug]")).to_have_count(1)
    expect(page.locator("#samples [data-trigger=unsampled]")).to_have_count(0)


def not_for_others(other: Any, picture: Path) -> None:
    """To somebody else it brings the settings, and not the photos."""
    other.wait_for_selector("#stage .checker:not(.busy) img")
    other.set_input_files("#drop input[type=file]", picture)
    expect(field(other, "#prompt")).to_have_value("on slate, hard light")
    expect(other.locator("#samples .on"), "nobody else's photos").to_have_count(1)

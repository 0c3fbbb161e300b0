"""A product in a photo of the user's: what is changed in it, what is recorded, and that it is made again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from channel_sizes import make_small
from commands import Run, making, pixels
from drawn_photo import draw_can
from PIL import Image, ImageFilter, ImageOps

from ecomgen.record import read_file
from ecomgen.workflows.placed_by_hand import empty_set

SMALL = ("--steps", "8", "--count", "1", "--threshold", "0", "--seed", "5", "--json")
make = making(*SMALL)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return draw_can(tmp_path / "can.png")


@pytest.fixture
def backdrop(tmp_path: Path) -> Path:
    """Grey sky over brown ground, with the grain of a camera."""
    pixels = np.zeros((300, 400, 3), np.float32)
    pixels[:120], pixels[120:] = (190, 200, 215), (150, 120, 90)
    pixels += np.random.default_rng(1).normal(0, 5, pixels.shape)
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(tmp_path / "table.png")
    return tmp_path / "table.png"


@pytest.fixture
def little(tmp_path: Path, backdrop: Path) -> Path:
    """A cutting of it that is as large as the picture: no pixel of it needs to change."""
    with Image.open(backdrop) as whole:
        whole.crop((100, 60, 300, 210)).save(tmp_path / "little.png")
    return tmp_path / "little.png"


def picture(out: Path) -> np.ndarray:
    return pixels(next((out / "candidates").iterdir()))


@pytest.mark.parametrize("size", [(400, 300), (240, 240)])
def test_nothing_but_product_and_shadow_changes_the_backdrop(
    run: Run, tmp_path: Path, photo: Path, backdrop: Path, size: tuple[int, int]
) -> None:
    out = tmp_path / "out"
    record = make(run, out, photo, "--backdrop", backdrop, "--size", f"{size[0]}x{size[1]}", "--light-from", "left")
    made, product = picture(out), pixels(out / "product.png")
    with Image.open(backdrop) as own:
        given = np.asarray(ImageOps.fit(own, size, Image.Resampling.LANCZOS))
    opaque, seen = product[..., 3] == 255, product[..., 3] > 0
    assert (made[opaque] == product[opaque, :3]).all() and opaque.sum() > 1000
    changed = (made != given).any(-1) & ~seen
    horizon = round(record["parameters"]["backdrop_ground"] * size[1])
    assert not changed[:horizon].any() and 0.005 < changed.mean() < 0.35
    assert (made[changed].astype(int) <= given[changed]).all(), "a shadow only darkens"
    middle = round(record["parameters"]["place"][0] * size[0])
    darker = np.where(changed, (given.astype(int) - made).sum(-1), 0)
    assert darker[:, middle:].sum() > 2 * darker[:, :middle].sum(), "light from the left, shadow to the right"


@pytest.mark.parametrize("light", [(), ("--light-from", "left"), ("--light-from", "front"), ("--light-from", "back")])
def test_a_dark_line_lies_under_the_base_in_every_light(
    run: Run, tmp_path: Path, photo: Path, backdrop: Path, light: tuple[str, ...]
) -> None:
    record = make(run, tmp_path / "a", photo, "--backdrop", backdrop, "--size", "200x150", *light)
    x, base = record["parameters"]["place"][0] * 200, round(record["parameters"]["place"][1] * 150)
    with Image.open(backdrop) as own:
        given = np.asarray(own.resize((200, 150), Image.Resampling.LANCZOS)).astype(float).mean(-1)
    left = (picture(tmp_path / "a").astype(float).mean(-1) / given)[:, round(x) - 12 : round(x) + 12].mean(-1)
    assert left[base] < 0.65 and left[base] < left[base + 3] < left[base + 9]
    assert left[base + 16] > 0.9, "no smear before the product"


def test_a_shadow_is_no_darker_than_a_misty_backdrop(run: Run, tmp_path: Path, photo: Path) -> None:
    mist = np.full((150, 200, 3), 210, np.uint8)
    mist[90:] = 190
    mist[60:66, 20:26] = 64
    Image.fromarray(mist).save(tmp_path / "mist.png")
    make(run, tmp_path / "a", photo, "--backdrop", tmp_path / "mist.png", "--size", "200x150", "--shadow-strength", "2")
    around = pixels(tmp_path / "a" / "product.png")[..., 3] == 0
    assert 60 <= picture(tmp_path / "a")[around].min() < 120


def test_glossy_ground_mirrors_the_product_and_nothing_else_changes(
    run: Run, tmp_path: Path, photo: Path, backdrop: Path
) -> None:
    small = ("--backdrop", backdrop, "--size", "160x120", "--light-from", "back")
    matt = make(run, tmp_path / "matt", photo, *small)["parameters"]
    glossy = make(run, tmp_path / "glossy", photo, *small, "--ground-gloss", "0.9")
    assert matt["ground_gloss"] == 0 and glossy["parameters"]["ground_gloss"] == 0.9
    bare = make(run, tmp_path / "bare", photo, *small, "--shadow-strength", "0")["parameters"]
    dull, mirrored, given = (picture(tmp_path / name).astype(int) for name in ("matt", "glossy", "bare"))
    alpha = pixels(tmp_path / "glossy" / "product.png")[..., 3]
    x, base = round(bare["place"][0] * 160), round(bare["place"][1] * 120)
    before = np.s_[base + 1 : base + 9, x - 8 : x + 8]
    bluer = [(one[before][..., 2] - one[before][..., 0]).mean() for one in (dull, mirrored)]
    assert bluer[1] > bluer[0] + 5, "a blue can in brown ground"
    changed = (mirrored != given).any(-1) & (alpha == 0)
    horizon = round(bare["backdrop_ground"] * 120)
    assert not changed[:horizon].any() and 0.005 < changed.mean() < 0.4
    assert run("runs", "replay", glossy["run_id"], "--verify").code == 0
    whole = pixels(backdrop).copy()
    whole[round((base + 5) / 120 * 300) :] = (235, 235, 225)
    Image.fromarray(whole).save(tmp_path / "cloth.png")
    on_cloth = ("--backdrop", tmp_path / "cloth.png", *small[2:], "--shadow-strength", "0")
    make(run, tmp_path / "cut", photo, *on_cloth, "--ground-gloss", "0.9")
    make(run, tmp_path / "uncut", photo, *on_cloth)
    differs = (picture(tmp_path / "cut") != picture(tmp_path / "uncut")).any(-1)
    assert differs[base + 1 : base + 4].any() and not differs[base + 8 :].any(), "a cloth that lies before it is matt"
    plain = make(run, tmp_path / "plain", photo, "--prompt", "on oak", "--size", "96x96", "--ground-gloss", "1")
    assert any("--ground-gloss" in note for note in plain["notes"])


def test_the_backdrop_is_kept_with_the_run_and_replayed_without_its_file(
    run: Run, tmp_path: Path, photo: Path, backdrop: Path
) -> None:
    record = make(run, tmp_path / "a", photo, "--backdrop", backdrop, "--size", "200x150", "--relight", "0.5")
    assert len(record["parameters"]["backdrop"]) == 64 and record["prompt"] == ""
    assert record["candidates"][0]["relit"]["max_gain"] > 1
    opaque = pixels(tmp_path / "a" / "product.png")[..., 3] == 255
    before, relit = pixels(tmp_path / "a" / "product.png")[opaque, :3].mean(), picture(tmp_path / "a")[opaque].mean()
    assert relit > 0.95 * before, "light from above, whose side is not told, does not leave its front dark"
    backdrop.unlink()
    assert run("runs", "replay", record["run_id"], "--verify").code == 0
    again = make(run, tmp_path / "b", photo, "--scene-from", record["run_id"], "--place", "0.3,0.95,0.5")
    assert again["parameters"]["backdrop"] == record["parameters"]["backdrop"]
    assert (picture(tmp_path / "a")[:25] == picture(tmp_path / "b")[:25]).all()


def test_without_a_shadow_the_backdrop_is_whole_and_a_replay_says_so(
    run: Run, tmp_path: Path, photo: Path, little: Path
) -> None:
    out = tmp_path / "a"
    record = make(run, out, photo, "--backdrop", little, "--size", "200x150", "--shadow-strength", "0")
    outside = pixels(out / "product.png")[..., 3] == 0
    assert record["parameters"]["shadow_strength"] == 0
    assert (picture(out)[outside] == pixels(little)[outside]).all()
    assert run("runs", "replay", record["run_id"], "--verify").code == 0


def test_an_export_keeps_the_backdrop_where_the_channel_lets_it(
    run: Run, tmp_path: Path, photo: Path, backdrop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_small(monkeypatch, "instagram-square", 160, 160)
    make_small(monkeypatch, "amazon-main", 160, 160)
    record = make(run, tmp_path / "a", photo, "--backdrop", backdrop, "--size", "200x150")
    for channel, corner in (("instagram-square", (190, 200, 215)), ("amazon-main", (255, 255, 255))):
        out = tmp_path / channel
        answer = run("runs", "export", record["run_id"], "--channel", channel, "--out", out, "--json")
        assert answer.code == 0, answer.err
        (file,) = (one for one in out.rglob("*") if one.suffix in (".jpg", ".png"))
        assert pixels(file)[:12, :12, :3].mean((0, 1)) == pytest.approx(corner, abs=6)
    assert run("looks", "save", record["run_id"], "--name", "mine").code == 2


def test_placing_it_by_hand_begins_with_the_bare_backdrop(run: Run, tmp_path: Path, photo: Path, little: Path) -> None:
    make(run, tmp_path / "a", photo, "--backdrop", little, "--size", "200x150")
    assert (empty_set(read_file(tmp_path / "a"), tmp_path / "a", 5) == pixels(little)).all()


def test_camera_and_place_are_corrected_by_hand(run: Run, tmp_path: Path, photo: Path, backdrop: Path) -> None:
    small = ("--backdrop", backdrop, "--size", "200x150")
    low = make(run, tmp_path / "low", photo, *small, "--place", "0.3,0.6,0.3")["parameters"]
    near = make(run, tmp_path / "near", photo, *small, "--place", "0.3,0.95,0.3")["parameters"]
    assert low["camera_elevation"] < near["camera_elevation"], "ground that is nearer is seen more steeply"
    told = make(run, tmp_path / "told", photo, *small, "--camera-elevation", "30", "--prompt", "on oak")
    assert told["parameters"]["camera_elevation"] == 30
    assert any("--prompt" in note for note in told["notes"]) and told["understood"] == []
    toned = run("generate", photo, "--out", tmp_path / "toned", *SMALL, *small, "--harmonise", "scene")
    assert toned.code == 2 and "left as it is" in toned.err


def test_a_product_and_a_backdrop_that_are_seen_from_unlike_heights_are_told(
    run: Run, tmp_path: Path, photo: Path, backdrop: Path
) -> None:
    def notes(elevation: str) -> str:
        record = make(run, tmp_path / elevation, photo, *small, "--camera-elevation", elevation)
        assert record["parameters"]["photo_elevation"][0] < 25
        return " ".join(record["candidates"][0]["notes"])

    small = ("--backdrop", backdrop, "--size", "96x72")
    assert "looks wrong together" in notes("44") and "looks wrong together" not in notes("15")


def test_on_ground_out_of_focus_the_shadow_is_blurred_and_a_better_row_is_told(run: Run, tmp_path: Path) -> None:
    rng, tiles = np.random.default_rng(3), (24, 32, 3)
    printed = np.dstack([np.kron(rng.uniform(40, 220, (30, 30, 3)), np.ones((8, 8, 1))), np.full((240, 240), 255)])
    Image.fromarray(np.pad(printed.astype(np.uint8)[40:200, 90:160], ((40, 40), (90, 80), (0, 0)))).save(
        tmp_path / "printed.png"
    )
    floor = Image.fromarray(rng.uniform(80, 180, tiles).astype(np.uint8)).resize((400, 300), Image.Resampling.NEAREST)
    blurred = floor.filter(ImageFilter.GaussianBlur(4))
    blurred.paste(floor.crop((0, 0, 400, 200)))
    told, steepest = [], []
    for name, ground in (("sharp", floor), ("blurred", blurred)):
        ground.save(tmp_path / f"{name}.png")
        given = ("--backdrop", tmp_path / f"{name}.png", "--size", "400x300", "--place", "0.5,0.92,0.5")
        record = make(run, tmp_path / name, tmp_path / "printed.png", *given, "--light-from", "left")
        told.append([note for note in record["candidates"][0]["notes"] if "in focus at Y" in note])
        before, after = pixels(tmp_path / f"{name}.png") + 1.0, picture(tmp_path / name) + 1.0
        share = (after / before).mean(-1)[260:272, 250:330]
        steepest.append(abs(np.diff(share, axis=1)).max())
    assert not told[0] and told[1] and steepest[1] < 0.8 * steepest[0]


def test_what_cannot_be_a_backdrop_is_told_in_a_sentence(run: Run, tmp_path: Path, photo: Path) -> None:
    def told(name: str, *options: object) -> str:
        answer = run("generate", photo, "--out", tmp_path / "x", "--backdrop", tmp_path / name, *SMALL, *options)
        assert answer.code in (2, 3) and not (tmp_path / "x").exists()
        return answer.err

    (tmp_path / "text.png").write_text("no picture")
    Image.new("RGB", (50, 40), "white").save(tmp_path / "small.png")
    Image.new("RGB", (400, 300), (9, 6, 4)).save(tmp_path / "dark.png")
    assert "not a photo" in told("text.png") and "does not exist" in told("none.png")
    assert "too few" in told("small.png") and "too dark" in told("dark.png", "--size", "200x150")
    assert "paint over" in told("dark.png", "--pipeline", "sd15-inpaint")
    assert "--look" in told("dark.png", "--look", "spring-blossom")

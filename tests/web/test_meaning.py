"""What the studio took from the prompt, as badges; of a long text not all of them."""

from __future__ import annotations

from ecomgen.web import locale
from ecomgen.web.create.setting.meaning import MOST_WORDS, is_unread, meaning
from ecomgen.web.create.setting.step import HELD, held, readable_recipes


def test_words_say_nothing_beside_a_backdrop_of_ones_own() -> None:
    assert locale.BACKDROP_INSTEAD in meaning("on oak", "", "studio", "table.jpg")
    assert meaning("", "", "studio", "table.jpg") == ""


def test_all_that_the_next_pictures_keep_of_earlier_ones_is_told_as_the_light_on_the_product() -> None:
    kept = HELD | {"relight": 0.6, "shadow_strength": 0.5, "seed": "7"}
    told = held(None, *kept.values(), "on oak")  # type: ignore[arg-type]
    assert all(f"{line} ×" in told for line in ("Match the light: 0.6", "Strength of the shadow: 0.5", "Seed: 7"))
    assert told.count("<button") == 3 and held(None, *HELD.values(), "on oak") == ""  # type: ignore[arg-type]


def test_a_long_prompt_does_not_fill_the_page() -> None:
    shown = meaning(" ".join(f"wrd{number}" for number in range(500)), "", "studio")
    assert shown.count('class="badge') == MOST_WORDS
    assert f"and {500 - MOST_WORDS} more" in shown


def test_what_a_small_machine_can_make_is_offered_first() -> None:
    offered = [recipe.name for recipe in readable_recipes()]
    assert offered[0] == "studio"
    needed = [recipe.memory.vram_gib or 0 for recipe in readable_recipes() if recipe.backend != "studio"]
    assert needed == sorted(needed)


def test_it_is_asked_where_nothing_is_understood() -> None:
    assert is_unread("blorb, the xyzzy", "", "studio")
    assert not is_unread("blorb on oak", "", "studio") and not is_unread("by a waterfall", "", "studio")
    assert not is_unread("blue mug", "blue mug", "studio"), "the product alone asks for no scene"


def test_what_is_shown_as_something_near_has_a_colour_of_its_own() -> None:
    assert '<span class="badge warn">waterfall → lake</span>' in meaning("by a waterfall", "", "studio")


def test_words_stand_as_they_were_typed_and_what_is_shown_is_named_in_the_page_s_language() -> None:
    page = locale.spoken_here.set("de")
    try:
        shown = meaning("am Wasserfall mit Moos, Zorbulon", "", "studio")
    finally:
        locale.spoken_here.reset(page)
    assert ">Wasserfall → See<" in shown and ">Moos<" in shown and ">Zorbulon<" in shown

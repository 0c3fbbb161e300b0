"""What is said of a product's cut-out, and what goes because it would outdo that."""

from __future__ import annotations

import pytest

from ecomgen.web.create.product import corrections
from ecomgen.web.create.product.marks import Edit


def edit(box: str = "", marks: str = "") -> Edit:
    return Edit(product=0, number=1, box=box, marks=marks)


@pytest.mark.parametrize(
    ("field", "gone"),
    [
        ("product", {"mask_candidate": 0, "confirmed": False}),
        ("mask", {"mask_candidate": 0, "confirmed": False}),
        ("masker", {"mask_candidate": 0, "confirmed": False, "mask": None}),
        ("box", {"mask_candidate": 0, "confirmed": False, "mask": None}),
        ("place", {}),
    ],
)
def test_what_is_said_later_is_not_outdone_by_what_was_chosen_before(field: str, gone: dict[str, object]) -> None:
    assert corrections.outdone(field) == gone


def test_a_box_outdoes_a_candidate_and_a_mask_only_when_it_is_drawn_anew() -> None:
    drawn = corrections.edited(["a"], edit("1,2,3,4"), "")
    assert drawn == {
        "photos": ["a"],
        "box": "1,2,3,4",
        "marks": "",
        "mask_candidate": 0,
        "mask": None,
        "confirmed": False,
    }
    assert "mask_candidate" not in corrections.edited(["a"], edit("1,2,3,4", "[]"), "1,2,3,4")
    assert "mask_candidate" not in corrections.edited(["a"], edit(""), "1,2,3,4")


def test_the_photo_on_the_screen_goes_first_and_the_others_stay_in_their_order() -> None:
    assert corrections.with_first(["a", "b", "c"], "b") == ["b", "a", "c"]
    assert corrections.with_first(["a", "b"], None) == ["a", "b"]
    assert corrections.picked(["b", "a"], 2) == {
        "photos": ["b", "a"],
        "mask_candidate": 2,
        "marks": "",
        "confirmed": False,
    }


def test_the_main_photo_goes_first_and_nothing_that_was_said_of_another_one_stays() -> None:
    said = corrections.main(["a", "b", "c"], 1)
    assert said["photos"] == ["b", "a", "c"] and said["first_photo"] is True
    assert not any(said[name] for name in said if name not in ("photos", "first_photo"))


def test_what_is_found_right_stays_so_until_it_is_taken_back_or_changed() -> None:
    assert corrections.confirmed(["b"], "1") == {"photos": ["b"], "mask_candidate": 1, "confirmed": True}
    assert corrections.confirmed(["b"], "") == {"photos": ["b"], "confirmed": False}
    assert corrections.edited(["b"], edit(marks="[]"), "")["confirmed"] is False

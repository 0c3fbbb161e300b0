"""What the core says is told in the language of the screen."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecomgen.diagnosis import diagnose
from ecomgen.errors import BadPhoto, EcomgenError, NoProduct, UsageError
from ecomgen.messages import Message, collected, restored
from ecomgen.request import Request
from ecomgen.web import locale
from ecomgen.web.messages import sentence


@pytest.fixture
def in_german() -> Iterator[None]:
    token = locale.spoken_here.set("de")
    yield
    locale.spoken_here.reset(token)


EMPTY = BadPhoto("{file} is empty (0 bytes): copy or download it again.", file="b.jpg")


@pytest.mark.usefixtures("in_german")
def test_an_error_is_told_in_german_with_the_labels_of_the_form() -> None:
    with pytest.raises(BadPhoto) as caught:
        Request(photos=(), prompt="on oak")
    assert sentence(caught.value) == "Es fehlt ein Foto: Geben Sie mindestens ein Foto des Produkts."
    assert sentence(NoProduct("Draw it with {--box}.")) == "Draw it with „Korrigieren“."
    assert sentence(UsageError("{--box} or {--look}")) == "„Rahmen“ or „Ein Stil für eine ganze Reihe“"
    spoken = locale.translated(Message("{file} was left out: {error}", file="mug.jpg", error=EMPTY))
    assert spoken == (
        "mug.jpg wurde weggelassen: b.jpg ist leer (0 Byte): Kopieren oder laden Sie die Datei noch einmal."
    )
    assert sentence(BadPhoto("The mask {file} cannot be opened: check {--mask}.", file="m")).endswith(
        f"Prüfen Sie „{locale.MASK_FILE}“."
    )
    assert locale.translated(Message("Something new.")) == locale.translated("Something new.") == "Something new."


@pytest.mark.usefixtures("in_german")
def test_what_is_filled_in_is_told_too_unless_it_is_somebody_s_own_words() -> None:
    place = Message("upper left")
    finding = Message("the {part} at the {place} differs", part=Message("label or pattern"), place=place)
    why = Message(
        "Identity {identity:.2f} is below the threshold {threshold:.2f}: {finding}",
        identity=0.612,
        threshold=0.8,
        finding=finding,
    )
    assert why == "Identity 0.61 is below the threshold 0.80: the label or pattern at the upper left differs"
    assert locale.translated(why) == (
        "Die Treue 0,61 liegt unter der Schwelle 0,80: Schrift oder Muster oben links weicht ab"
    )
    read = Message('"{word}" was read as "{read_as}"', word="crimson", read_as="red")
    assert locale.translated(read) == "„crimson“ wurde als „red“ gelesen"


def test_english_stays_as_it_is_but_for_the_words_of_the_screen() -> None:
    low = Message("Identity {identity:.2f} is below the threshold {threshold:.2f}", identity=0.61, threshold=0.8)
    assert locale.translated(low).startswith(f"{locale.SCORES['identity'][0]} only 0.61")
    assert locale.translated("Something {odd} happened.") == "Something {odd} happened."


@pytest.mark.parametrize("carried", [copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))])
def test_an_error_keeps_its_template_between_processes(carried: object) -> None:
    error: EcomgenError = carried(EMPTY)  # type: ignore[operator]
    assert type(error) is BadPhoto
    assert str(error) == "b.jpg is empty (0 bytes): copy or download it again."
    assert (error.message.template, error.message.values) == (EMPTY.message.template, {"file": "b.jpg"})


def test_a_message_is_plain_text_to_everybody_else() -> None:
    named = Message("{name} was {before}, is {now}", name="{odd}", before=1, now=None)
    assert json.loads(json.dumps({named: named})) == {"{odd} was 1, is None": "{odd} was 1, is None"}
    assert Message("left {as} it is") == "left {as} it is"
    assert Message(named) is named


def test_a_record_gets_its_messages_back() -> None:
    finding = Message("the {part} at the {place} differs", part=Message("surface"), place=Message("upper left"))
    why = Message("Identity {identity:.2f} is below the threshold {threshold:.2f}: {finding}", identity=0.612,
                  threshold=0.8, finding=finding)  # fmt: skip
    record = {"notes": ["plain", Message("It is dark.")], "candidates": [{"reasons": [why], "findings": (finding,)}]}
    packed = json.loads(json.dumps(collected(record)))
    assert set(packed) == {why, finding}
    again = restored(json.loads(json.dumps(record)), packed)
    assert again == json.loads(json.dumps(record))
    (reason,) = again["candidates"][0]["reasons"]
    assert (reason.template, reason.values) == (why.template, why.values)
    assert isinstance(reason.values["finding"].values["place"], Message)


@pytest.mark.usefixtures("in_german")
def test_figures_have_the_signs_of_the_language() -> None:
    added = Message("the scene extends the product by about {ratio:.0%} of its area", ratio=0.05)
    assert locale.translated(added) == "die Szene erweitert das Produkt um etwa 5\xa0% seiner Fläche"
    assert locale.translated(str(added)) == locale.translated(added), "a stored text as well"
    dropped = Message("Stray parts of {pixels:,} pixels were left out of the mask.", pixels=1504)
    assert "1.504" in locale.translated(dropped) and "1.504" in locale.translated(str(dropped))
    assert f"{locale.number(0.5):.2f}" == "0,50"
    assert locale.KEPT_DAYS.format(count=1.5).endswith("nach 1,5 Tagen entfernt.")


@pytest.mark.usefixtures("in_german")
def test_what_the_cache_holds_is_told_part_by_part(home: Path) -> None:
    (home / "cache" / "masks").mkdir(parents=True)
    cache = next(one for one in diagnose() if one.name == "cache")
    assert "Masken 0,00/" in locale.translated(cache.found) and "masks 0.00/" in cache.found

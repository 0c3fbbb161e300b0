"""Options are declared once: every surface has what the declaration says it has, and nothing else."""

from __future__ import annotations

import inspect
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ecomgen
from ecomgen import mcp_server, options
from ecomgen.catalogue.table import COLUMNS
from ecomgen.cli import app
from ecomgen.errors import UsageError
from ecomgen.options import Declared
from ecomgen.request import (
    CheckRequest,
    ClipOptions,
    CutoutRequest,
    ExportOptions,
    Request,
    ScoreRequest,
    recorded,
    requested,
)
from ecomgen.web import api
from ecomgen.web.create.form import FIELDS, MARKED, SHAPED

MODELS = {"generate": Request, "cutout": CutoutRequest, "check": CheckRequest, "score": ScoreRequest}
OF_A_RUN = {"export": ExportOptions, "clip": ClipOptions}
GIVEN_APART = {"prompt"}  # by programs as a parameter of its own
PHOTOS = (Path("mug.jpg"),)


def named(function: Any) -> set[str]:
    return set(inspect.signature(function).parameters)


@pytest.mark.parametrize(("command", "model"), MODELS.items())
def test_the_command_line_has_what_is_declared_for_it(command: str, model: type) -> None:
    known: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    flags = {flag for parameter in known[command].params for flag in parameter.opts}
    for name, one in options.of(model).items():
        assert (one.flag in flags) == ("cli" in one.surfaces), name


@pytest.mark.parametrize(("endpoint", "model"), [*MODELS.items(), *OF_A_RUN.items()])
def test_endpoints_have_what_is_declared_for_them(endpoint: str, model: type) -> None:
    function = options.taking(getattr(api, endpoint), options.on("api", model), api._parameter)
    assert named(function) - {"web", "photos", "pictures", "reference", "run"} == set(options.on("api", model))


@pytest.mark.parametrize("tool", mcp_server.MODELS)
def test_assistants_have_what_is_declared_for_them(tool: Any) -> None:
    offered = mcp_server._offered(tool)
    declared = set(options.on("mcp", mcp_server.MODELS[tool]))
    assert named(offered) - {"photos", "pictures", "reference", "run", "out", "channels", "report"} == declared
    assert all(f"{name}: " in (offered.__doc__ or "") for name in declared)


def test_a_catalogue_and_the_form_have_what_is_declared_for_them() -> None:
    assert set(COLUMNS) == set(options.on("catalogue", Request))
    elsewhere = {*MARKED, *SHAPED}
    assert set(options.on("app", Request)) - elsewhere == set(FIELDS) - {"photos", "marks", *SHAPED.values()}


def test_the_schema_says_which_surfaces_have_an_option() -> None:
    schema = options.schema(Request)
    assert set(schema["properties"]) == {"photos", *(name.rstrip("_") for name in options.of(Request))}
    for name, one in options.of(Request).items():
        assert tuple(schema["properties"][name.rstrip("_")]["x-surfaces"]) == one.surfaces


def values_of(one: Declared) -> st.SearchStrategy[Any]:
    if one.choices:
        return st.sampled_from(one.choices)
    if one.base is bool:
        return st.booleans()
    whole = one.base is int
    return st.integers(int(one.low or 0), int(one.high or 9)) if whole else st.floats(one.low, one.high)


NUMBERS = {
    name: one
    for name, one in options.of(Request).items()
    if one.choices or one.base is bool or (one.base in (int, float) and one.low is not None)
}


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries({}, optional={name: values_of(one) for name, one in NUMBERS.items() if name != "keep"}))
def test_text_reads_like_the_value_itself(values: dict[str, Any]) -> None:
    plain = Request(photos=PHOTOS, prompt="on oak", **values)
    typed = Request(photos=PHOTOS, prompt="on oak", **{name: str(value) for name, value in values.items()})
    assert typed == plain == replace(plain)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries({}, optional={name: values_of(one) for name, one in NUMBERS.items() if one.option.record}))
def test_what_is_recorded_asks_for_the_same_again(values: dict[str, Any]) -> None:
    values = {name: value for name, value in values.items() if name != "keep"}
    request = Request(photos=PHOTOS, prompt="on oak", box="1,2,30,40", point="5,6;7,8,-", **values)
    again = Request(photos=PHOTOS, prompt="on oak", **requested(recorded(request)))
    assert recorded(again) == recorded(request)
    assert (again.box, again.point) == (request.box, request.point)


@pytest.mark.parametrize(("name", "one"), [pair for pair in NUMBERS.items() if pair[1].high is not None])
def test_what_is_out_of_range_is_refused_in_a_sentence(name: str, one: Declared) -> None:
    for value in (one.high + 1, one.low - 1, float("nan"), True, "soon"):  # type: ignore[operator]
        with pytest.raises(UsageError, match=f"^{one.flag} "):
            Request(photos=PHOTOS, prompt="on oak", **{name: value})


@pytest.mark.parametrize(
    ("name", "value"), [("threshold", True), ("extension", True), ("extension", 10**400), ("with_", 3)]
)
def test_what_programs_send_in_another_type_is_refused_in_a_sentence(name: str, value: Any) -> None:
    with pytest.raises(UsageError, match=f"^--{name.rstrip('_')} "):
        Request(photos=PHOTOS, prompt="on oak", **{name: value})


def test_one_photo_may_stand_for_itself() -> None:
    assert (
        Request(photos="mug.jpg", prompt="on oak").photos == Request(photos=PHOTOS[0], prompt="on oak").photos == PHOTOS
    )


def test_completion_offers_what_the_package_has() -> None:
    assert set(ecomgen.__all__) <= set(dir(ecomgen)) and all(hasattr(ecomgen, name) for name in ecomgen.__all__)

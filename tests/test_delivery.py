"""What is handed over: the wheel, the container's description, and the services around it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def steps() -> list[tuple[str, str]]:
    loader = SourceFileLoader("container", str(ROOT / ".ci/container"))
    spec = spec_from_loader("container", loader)
    assert spec
    container = module_from_spec(spec)
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    loader.exec_module(container)
    sys.dont_write_bytecode = before
    return container.instructions(ROOT / "Dockerfile")


def test_the_wheel_holds_what_runs_and_nothing_else(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "uv", "build", "--wheel", "--offline", "--no-build-isolation", "--quiet"]
    made = subprocess.run([*words, "--out-dir", tmp_path, ROOT], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = {Path(name) for name in zipfile.ZipFile(wheel).namelist()}
    assert {name.parts[0].partition("-")[0] for name in names} == {"ecomgen"}, "no tests, benchmarks or training"
    for needed in (
        "pipelines/sdxl-inpaint.toml",
        "weights/ecomgen-cutout.safetensors",
        "locale/de/LC_MESSAGES/ecomgen.po",
    ):
        assert Path("ecomgen", needed) in names
    assert wheel.stat().st_size < 30 * 2**20


def test_the_container_does_not_run_as_root_and_says_whether_it_is_well(steps: list[tuple[str, str]]) -> None:
    last = steps[max(n for n, (name, _) in enumerate(steps) if name == "FROM") :]
    said = dict(last)
    assert " HOME=/tmp " in f" {said['ENV']} ", "kernels are kept there, whoever runs it on a read-only root"
    assert int(said["USER"].partition(":")[0]) > 0
    assert "/healthz" in said["HEALTHCHECK"]
    assert all(folder in said["VOLUME"] for folder in ("/data", "/weights"))


def test_what_the_container_copies_is_not_kept_from_it(steps: list[tuple[str, str]]) -> None:
    """The package cannot be built where .dockerignore leaves out what pyproject.toml names."""
    assert ("COPY", ". .") in steps
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    assert {"ecomgen", "pipelines", "pyproject.toml", "constraints.txt", "README.md", "LICENSE", "NOTICE"} <= kept
    assert "*" in (ROOT / ".dockerignore").read_text("utf-8").splitlines(), "nothing else, no secret, no weights"


def test_only_the_proxy_is_reached_from_outside(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    for name, service in services.items():
        assert name == "proxy" or (
            service["read_only"] and service["cap_drop"] == ["ALL"] and "/tmp" in service["tmpfs"]
        )
    app = services["app"]
    assert app["environment"]["ECOMGEN_AUTH_FILE"], "people log in"
    subnet = compose["networks"]["front"]["ipam"]["config"][0]["subnet"]
    assert ip_network(app["environment"]["FORWARDED_ALLOW_IPS"]) == ip_network(subnet), (
        "the proxy says whom it calls for"
    )
    assert compose["networks"]["cluster"]["internal"], "whoever reaches a Ray cluster can run programs on it"


@pytest.mark.parametrize("wrong", ["1.2", "v1.2.3", "1.2.3; true"])
def test_a_release_of_no_version_changes_nothing(wrong: str, tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/release", tmp_path / ".ci")
    (tmp_path / "CHANGELOG.md").write_text("## [Unreleased]\n")
    made = subprocess.run([tmp_path / ".ci/release", wrong], capture_output=True, text=True, check=False)
    assert made.returncode == 2 and "no version" in made.stderr
    assert (tmp_path / "CHANGELOG.md").read_text() == "## [Unreleased]\n"

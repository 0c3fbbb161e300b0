"""What is looked for on the system, and the line that installs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ecomgen import system

FILES = (
    "lib/x86_64-linux-gnu/libLLVM-14.so.1",
    "lib/x86_64-linux-gnu/libLLVM-15.so.1",
    "lib/x86_64-linux-gnu/libLLVM.so.19.1",
    "lib/x86_64-linux-gnu/libLLVM.so.22.1",
    "lib/x86_64-linux-gnu/libLLVMSPIRVLib.so.18",
    "lib/llvm-18/lib/libLLVM.so.1",
    "lib/llvm-18/lib/libLLVMCore.a",
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system's folders with nothing in them."""
    monkeypatch.setitem(system.ROOTS, sys.platform, (tmp_path, ("lib/*-linux-gnu", "lib/llvm-*/lib", "opt/llvm*/lib")))
    monkeypatch.delenv("DRJIT_LIBLLVM_PATH", raising=False)
    return tmp_path


def put(root: Path, *files: str) -> None:
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).touch()


def test_the_likeliest_library_comes_first_and_each_once(root: Path) -> None:
    assert system.llvm_libraries() == [] and system.missing(["llvm"]) == ["llvm"]
    put(root, *FILES)
    (root / "lib/x86_64-linux-gnu/libLLVM-19.so").symlink_to(root / FILES[2])
    found = [str(file.relative_to(root)) for file in system.llvm_libraries()]
    assert found == [FILES[2], FILES[3], FILES[5], FILES[1]]
    assert system.missing(["llvm"]) == []


def test_a_library_that_aborts_on_some_machines_is_not_enough(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root, FILES[1])
    assert len(system.llvm_libraries()) == 1 and system.missing(["llvm"]) == ["llvm"]
    monkeypatch.setenv("DRJIT_LIBLLVM_PATH", "/mine/libLLVM.so")
    assert system.missing(["llvm"]) == []


def test_homebrew_names_the_version_in_the_folder(root: Path) -> None:
    put(root, "opt/llvm@18/lib/libLLVM.dylib", "opt/llvm@19/lib/libLLVM.dylib")
    assert [file.parts[-3] for file in system.llvm_libraries()] == ["llvm@19", "llvm@18"]


def test_a_library_that_cannot_be_loaded_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system, "_loads", lambda _: False)
    assert system.missing(["atomic"]) == ["atomic"]
    monkeypatch.setattr(sys, "platform", "darwin")
    assert system.missing(["atomic"]) == []


@pytest.mark.parametrize(
    ("manager", "root", "line"),
    [
        ("apt-get", False, "sudo apt-get install libllvm19 chromium-headless-shell"),
        ("apt-get", True, "apt-get install libllvm19 chromium-headless-shell"),
        ("dnf", False, "sudo dnf install llvm-libs chromium"),
        ("winget", False, "winget install LLVM.LLVM"),
        ("", False, ""),
    ],
)
def test_the_line_is_the_machines_own(monkeypatch: pytest.MonkeyPatch, manager: str, root: bool, line: str) -> None:
    monkeypatch.setattr(system, "_manager", lambda: manager)
    monkeypatch.setattr(system, "_is_root", lambda: root)
    assert system.line("llvm", *(["chromium"] if "chromium" in line else [])) == line


@pytest.mark.parametrize(
    ("manager", "names"),
    [
        ("apt-get", ("atomic", "llvm", "chromium")),
        ("dnf", ("atomic", "llvm", "chromium")),
        ("pacman", ("llvm", "chromium")),
        ("brew", ("llvm", "chromium")),
        ("winget", ("llvm",)),
    ],
)
def test_the_readme_says_the_same(monkeypatch: pytest.MonkeyPatch, manager: str, names: tuple[str, ...]) -> None:
    monkeypatch.setattr(system, "_manager", lambda: manager)
    monkeypatch.setattr(system, "_is_root", lambda: False)
    readme = Path(system.__file__).parents[1] / "README.md"
    assert f"`{system.line(*names)}`" in readme.read_text("utf-8")


def test_without_rights_the_line_is_printed_and_nothing_fails(root: Path) -> None:
    """It runs by itself, with the standard library alone, where nothing is installed yet."""
    file = Path(system.__file__)
    hidden = {"PATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-I", file, "chromium"], env=hidden, capture_output=True, text=True, check=True
    )
    assert "the browser tests are left out" in done.stderr


@pytest.mark.parametrize(
    ("listed", "package"),
    [("libllvm14\nlibllvm19\nlibllvm22", "libllvm19"), ("libllvm14\nlibllvm17t64", "libllvm17t64"), ("", "libllvm19")],
)
def test_debian_installs_the_trusted_version_or_its_newest(
    monkeypatch: pytest.MonkeyPatch, listed: str, package: str
) -> None:
    answer = subprocess.CompletedProcess([], 0, stdout=listed)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: answer)
    assert system._package("llvm") == package and system._package("chromium") == "chromium-headless-shell"

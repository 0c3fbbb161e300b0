"""What ecomgen wants of the system besides Python packages: two libraries, and Chromium for the browser tests.

`make setup` and `make test` run this file by itself (`python -I ecomgen/system.py atomic llvm`), before anything is
installed: it imports nothing but the standard library. As root on Debian or Ubuntu it installs what is missing;
elsewhere it prints the line to type.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOTS = {
    "linux": (Path("/usr"), ("lib/*-linux-gnu", "lib/llvm-*/lib", "lib64", "lib64/llvm*/lib*", "lib")),
    "darwin": (Path("/"), ("opt/homebrew/opt/llvm*/lib", "usr/local/opt/llvm*/lib", "opt/local/libexec/llvm-*/lib")),
    "win32": (Path(os.environ.get("PROGRAMFILES", "C:/Program Files")), ("LLVM/bin",)),
}  # where packages of LLVM put the library
FILE = re.compile(r"libLLVM(-\d+)?(\.so(\.\d+)*|\.dylib)|LLVM-C\.dll")
VERSION = re.compile(r"LLVM-(\d+)|\.so\.(\d+)|llvm[@-](\d+)|llvm/(\d+)")
OLDEST, DOUBTFUL, TRUSTED = 15, 16, 19  # 14 lacks what Dr.Jit calls; 15 and 16 abort on some processors
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")  # the lightest first
LOSSES = {
    "atomic": "Without libatomic nothing can be rendered.",
    "llvm": "Without LLVM pictures render slowly.",
    "chromium": "Without Chromium the browser tests are left out.",
}
DEBIAN = {"atomic": "libatomic1", "llvm": "libllvm19", "chromium": "chromium-headless-shell"}
LINES = {
    "apt-get": ("apt-get install", DEBIAN),
    "dnf": ("dnf install", {"atomic": "libatomic", "llvm": "llvm-libs", "chromium": "chromium"}),
    "pacman": ("pacman -S", {"atomic": "gcc-libs", "llvm": "llvm-libs", "chromium": "chromium"}),
    "zypper": ("zypper install", {"atomic": "libatomic1", "llvm": "libLLVM19", "chromium": "chromium"}),
    "brew": ("brew install", {"llvm": "llvm", "chromium": "chromium"}),
    "winget": ("winget install", {"llvm": "LLVM.LLVM", "chromium": "Google.Chrome"}),
}  # by the package manager: how it is asked, and its names


def llvm_libraries() -> list[Path]:
    """Files of LLVM's library that Dr.Jit may load, the likeliest to work first."""
    root, patterns = ROOTS.get(sys.platform, (Path("/"), ()))
    files = (file for pattern in patterns for file in root.glob(f"{pattern}/*LLVM*"))
    found = {file.resolve() for file in files if FILE.fullmatch(file.name)}
    return sorted((file for file in found if _version(file) >= OLDEST), key=_rank)


def _rank(file: Path) -> tuple[bool, int, str]:
    version = _version(file)
    return version != TRUSTED, -version, str(file)


def _version(file: Path) -> int:
    """LLVM's version as the path names it; where it names none, the one that is trusted."""
    found = VERSION.search(file.as_posix())
    return int(next(filter(None, found.groups()))) if found else TRUSTED


def line(*names: str) -> str:
    """What to type to install the named ones here, as in `LOSSES`; empty where nobody knows."""
    manager = _manager()
    if not manager:
        return ""
    words, packages = LINES[manager]
    typed = " ".join([words, *(packages[name] for name in names)])
    return typed if manager in ("brew", "winget") or _is_root() else f"sudo {typed}"


def missing(names: list[str]) -> list[str]:
    """Those of `names`, as in `LOSSES`, that are not on this machine."""
    return [name for name in names if not _is_here(name)]


def _is_here(name: str) -> bool:
    if name == "chromium":
        return any(map(shutil.which, CHROMIUM))
    if name == "atomic":
        return sys.platform != "linux" or _loads("libatomic.so.1")
    named = os.environ.get("DRJIT_LIBLLVM_PATH")
    return bool(named) or any(_version(file) > DOUBTFUL for file in llvm_libraries())


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _manager() -> str:
    return next((manager for manager in LINES if shutil.which(manager)), "")


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _install(names: list[str]) -> None:
    """Install by apt; what cannot be installed is told by the caller."""
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    for name in names:
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", _package(name)]
        subprocess.run(command, check=False, **quiet)


def _package(name: str) -> str:
    """Debian's package; where there is no libllvm19, the newest."""
    wanted = DEBIAN[name]
    if name != "llvm":
        return wanted
    listed = subprocess.run(["apt-cache", "pkgnames", "libllvm"], capture_output=True, text=True, check=False).stdout
    known = {one: int(found[1]) for one in listed.split() if (found := re.fullmatch(r"libllvm(\d+)(?:t64)?", one))}
    return wanted if wanted in known or not known else max(known, key=lambda one: known[one])


def main(names: list[str]) -> None:
    """Install what is missing of `names`, or say how."""
    wanted = missing(names)
    if wanted and _manager() == "apt-get" and _is_root():
        _install(wanted)
        wanted = missing(wanted)
    if wanted:
        way = f"To install it, type: {line(*wanted)}" if line(*wanted) else ""
        print(*(LOSSES[name] for name in wanted), way, file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])

"""Sets up .venv beside this file: pip, ecomgen and its development tools; and what they want of the system.

uv installs what constraints.txt names, in a tenth of pip's time, from where pip is configured to look; pip does it
where uv cannot.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PACKAGES = ("--constraint", "constraints.txt", "--editable", ".[dev]")
KERNELS = "import ecomgen.masking.matting.kernels"  # compiles them, once
AS_PIP = {
    "index-url": "--default-index",
    "extra-index-url": "--index",
    "find-links": "--find-links",
    "trusted-host": "--allow-insecure-host",
}  # pip's settings, and uv's options for the same
HARMLESS = {
    "cert",
    "timeout",
    "default-timeout",
    "retries",
    "disable-pip-version-check",
    "root-user-action",
    "no-input",
}
PIP = ("-m", "pip", "install", "--disable-pip-version-check")
SILENT = () if sys.stderr.isatty() else ("--quiet",)  # who looks on sees what is fetched


def main() -> None:
    """Everything, the system's part while the packages come."""
    if not (3, 11) <= sys.version_info < (3, 13):
        sys.exit("ecomgen needs Python 3.11 or 3.12: make PYTHON=/path/to/python3.11")
    print("Setting up .venv; the first time it fetches about 3 GB, which takes some minutes.", flush=True)
    system = subprocess.Popen([sys.executable, "-I", "ecomgen/system.py", "atomic", "llvm"], cwd=ROOT)
    venv.create(ENVIRONMENT, with_pip=True, symlinks=os.name != "nt", clear=True)
    if not _installed_by_uv():
        _run(*PIP, *SILENT, *PACKAGES)
    _run("-W", "ignore", "-c", KERNELS)
    system.wait()
    (ENVIRONMENT / ".ready").touch()


def _installed_by_uv() -> bool:
    """Whether uv could install everything; it is not tried where pip has settings that it does not know."""
    settings = _settings_of_pip()
    if settings.keys() - AS_PIP.keys() - HARMLESS or _run(*PIP, "--quiet", *PACKAGES[:2], "uv", check=False).returncode:
        return False
    options = [part for name, option in AS_PIP.items() for value in settings.get(name, ()) for part in (option, value)]
    environment = {"UV_INDEX_STRATEGY": "unsafe-best-match", **os.environ}  # as pip chooses among several indexes
    if "cert" in settings:
        environment.setdefault("SSL_CERT_FILE", settings["cert"][0])
    command = (
        "-m",
        "uv",
        "pip",
        "install",
        *SILENT,
        "--compile-bytecode",
        "--python",
        str(PYTHON),
        *options,
        *PACKAGES,
    )
    return _run(*command, check=False, env=environment).returncode == 0


def _settings_of_pip() -> dict[str, list[str]]:
    """What pip is told by its files and the environment: the values of each setting."""
    listed = _run("-m", "pip", "config", "list", capture_output=True, text=True).stdout
    found: dict[str, list[str]] = {}
    for line in listed.splitlines():
        name, _, value = line.partition("=")
        found.setdefault(name.rsplit(".", 1)[-1], []).extend(str(ast.literal_eval(value)).split())
    return found


def _run(*words: str, check: bool = True, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(PYTHON), *words], cwd=ROOT, check=check, **options)  # type: ignore[call-overload]


if __name__ == "__main__":
    main()

"""Which of Mitsuba's variants works here. LLVM can abort the process, so it is tried once in another one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ecomgen import disk_cache, system
from ecomgen.atomic_file import write
from ecomgen.errors import BackendMissing
from ecomgen.messages import Message
from ecomgen.settings import settings

SAFE, LLVM, CUDA = "scalar_rgb", "llvm_ad_rgb", "cuda_ad_rgb"
FASTER = (CUDA, LLVM)
LIBRARY = "DRJIT_LIBLLVM_PATH"  # the environment's word for LLVM's library
DEVICES = {SAFE: f"cpu ({SAFE})", LLVM: f"cpu ({LLVM})", CUDA: "cuda"}
PROBE = """
import sys, numpy, mitsuba
mitsuba.set_variant(sys.argv[1])
light = numpy.array(mitsuba.render(mitsuba.load_dict(mitsuba.cornell_box()), spp=1))
sys.exit(0 if numpy.isfinite(light).all() and light.mean() > 0 else 1)
"""
PATIENCE = 120  # seconds


def best_variant() -> str:
    """The fastest variant that works on this machine; probed once and remembered in the cache."""
    on_cpu = (settings().device or "").lower() == "cpu"
    return next((variant for variant in FASTER if not (on_cpu and variant == CUDA) and works(variant)), SAFE)


def usable(variant: str | None) -> str:
    """`variant` where it is one of ours and works here, else the best one."""
    return variant if variant in DEVICES and works(variant) else best_variant()


def works(variant: str) -> bool:
    """Whether `variant` renders here; the answer is remembered for this version, library and machine."""
    if variant == SAFE:
        return True
    return _llvm() is not None if variant == LLVM else _renders(variant)


def _llvm() -> str | None:
    """LLVM's library that renders here, the environment's own before all; "" is what Dr.Jit finds by itself."""
    named = os.environ.get(LIBRARY)
    found = [named] if named else [str(file) for file in system.llvm_libraries()] or [""]
    return next((library for library in found if _renders(LLVM, library)), None)


def _renders(variant: str, library: str = "") -> bool:
    file = settings().cache / "studio" / "variants.json"
    known = disk_cache.read_json(file) or {}
    key = _key(variant, library)
    if key not in known:
        known[key] = _probe(variant, library)
        with suppress(OSError):  # a cache that cannot be written costs the next run a second, so it is no error
            write(file, json.dumps(known).encode())
    return known[key]


def _key(variant: str, library: str = "") -> str:
    machine = os.uname().nodename if hasattr(os, "uname") else ""
    return "|".join((variant, version("mitsuba"), library, machine, _installed()))


def _installed() -> str:
    """Changes when a library is installed: LLVM or a driver may be there now."""
    try:
        return str(Path("/etc/ld.so.cache").stat().st_mtime_ns)
    except OSError:
        return ""


@cache
def _probe(variant: str, library: str) -> bool:
    command = [sys.executable, "-c", PROBE, variant]
    told = {**os.environ, LIBRARY: library} if library else None
    try:
        return subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False, env=told).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def load_variant(variant: str) -> Any:
    """The mitsuba module, set to `variant` for this thread."""
    try:
        import mitsuba
    except (ImportError, NameError) as error:  # a NameError where a library of the system is missing
        raise BackendMissing("The studio needs Mitsuba, which cannot be loaded: reinstall ecomgen.") from error
    if variant == LLVM and (library := _llvm()):
        os.environ[LIBRARY] = library  # for this process and those that it starts
    mitsuba.set_variant(variant)
    if variant == SAFE:
        mitsuba.set_log_level(mitsuba.LogLevel.Error)
    return mitsuba


def release_memory(variant: str) -> None:
    """Give back what the just-in-time variants keep for the next picture: it may be a larger one."""
    if variant != SAFE:
        import drjit

        drjit.flush_malloc_cache()


def slowness() -> str:
    """One sentence where rendering is slow on this machine, with the way out; empty where it is fast."""
    if best_variant() != SAFE:
        return ""
    line = system.line("llvm")
    if line:
        return Message(
            'Rendering is slow on this machine, for want of LLVM: "{line}" makes it several times faster.', line=line
        )
    return Message(
        "Rendering is slow on this machine, for want of LLVM: install LLVM 17 or later, and set DRJIT_LIBLLVM_PATH to "
        "its library."
    )


def capability() -> tuple[str, str]:
    """The variant in use, and one sentence on what would make it faster."""
    variant = best_variant()
    advice = {
        CUDA: Message("The studio renders on the GPU; nothing is missing."),
        LLVM: Message("The studio renders on all CPU cores with LLVM; an NVIDIA GPU would be faster still."),
    }
    return variant, advice.get(variant) or slowness()

"""Workers that are actors of a Ray cluster. Each keeps its models loaded, and reads and writes where it is.

The photos and the catalogue's folder must be the same path on every machine, as on NFS, or in storage.
"""

from __future__ import annotations

import logging
import os
import socket
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ecomgen.catalogue.item import Item, Lost, Outcome
from ecomgen.catalogue.lock import HOLDER
from ecomgen.catalogue.storage import Where
from ecomgen.catalogue.worker import REFRESH, Work
from ecomgen.errors import BackendMissing, BadInput, EcomgenError
from ecomgen.messages import Message
from ecomgen.types import silent

OURS = version("ecomgen")
LOOPBACK = "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"  # 0: no machine but this one; Ray reads it when it is imported
CORES = 4  # of a studio worker: more of them serve two workers better than one
ROOM = 1.2  # of a graphics card's memory, over what a recipe says that it takes
AUTH = "RAY_AUTH_MODE"  # disabled or token; must be that of the cluster
ANSWERS = 10.0  # seconds in which a cluster's address must take a connection
ATTEMPTS = 5  # actors that may die in a row before one of them is ready


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one worker takes of a cluster, and how many workers there are."""

    workers: int
    cpus: int
    gpus: float


class Worker:
    """The actor. It must be the driver's ecomgen, and see the driver's folder."""

    def __init__(self, out: Where, theirs: str, holder: bytes, work: Work) -> None:
        self._out = out
        self._work = work
        self._problem = _problem(out, theirs, holder)

    def ready(self) -> EcomgenError | None:
        return self._problem

    def make(self, item: Item) -> Outcome:
        return self._work(item, self._out, silent)


def _problem(out: Where, theirs: str, holder: bytes) -> EcomgenError | None:
    """Why a worker on this machine cannot help."""
    if theirs != OURS:
        return BackendMissing(
            "A worker has ecomgen {theirs}, and this is {ours}: install the same version on every machine.",
            theirs=OURS,
            ours=theirs,
        )
    try:
        same = out.read(HOLDER) == holder
    except OSError:
        same = False
    if same:
        return None
    return BadInput(
        "A worker on {machine} does not see {out}: name a folder that every machine shares, at the same path.",
        machine=os.uname().nodename,
        out=out.url or out.local,
    )


class _Actor:
    """A worker as the driver knows it: `answer` is what it works at, first of all at getting ready."""

    def __init__(self, kind: Any, arguments: Sequence[Any]) -> None:
        self.handle = kind.remote(*arguments)
        self.answer = self.handle.ready.remote()
        self.item: Item | None = None
        self.given = 0

    def give(self, item: Item) -> None:
        self.item, self.given = item, self.given + 1
        self.answer = self.handle.make.remote(item)


class RayPool:
    """The actors of one catalogue, on a cluster at `address` or, without any, on one of its own on the loopback.

    Raises:
        BackendMissing: Ray is not installed, or nothing answers at the address.
    """

    def __init__(self, items: Sequence[Item], out: Where, workers: int | None, address: str, work: Work) -> None:
        self._ray = _connected(address)
        try:
            share = shared(self._ray.nodes(), workers, _gpus(self._ray, items))
            kind = self._ray.remote(num_cpus=share.cpus, num_gpus=share.gpus, max_restarts=0)(Worker)
            self._new = lambda: _Actor(kind, (out, OURS, (out.local / HOLDER).read_bytes(), work))
            self._idle: deque[_Actor] = deque()
            self._busy = {actor.answer: actor for actor in (self._new() for _ in range(share.workers))}
        except BaseException:
            self._ray.shutdown()
            raise
        self._never_ready = 0

    def has_room(self) -> bool:
        return bool(self._idle)

    def begin(self, item: Item) -> None:
        actor = self._idle.popleft()
        actor.give(item)
        self._busy[actor.answer] = actor

    def heard(self, seconds: float) -> list[tuple[Item, Outcome | Lost]]:
        done, _ = self._ray.wait(list(self._busy), num_returns=1, timeout=seconds)
        answers = [(self._busy.pop(one), one) for one in done]
        heard = [(actor.item, self._heard(actor, answer)) for actor, answer in answers]
        return [(item, result) for item, result in heard if item and result]

    def close(self) -> None:
        for actor in (*self._idle, *self._busy.values()):
            self._ray.kill(actor.handle)
        self._ray.shutdown()

    def _heard(self, actor: _Actor, answer: Any) -> Outcome | Lost | None:
        """What an actor says; one that died, or has made enough, has another in its place."""
        try:
            result = self._ray.get(answer)
        except self._ray.exceptions.RayError as error:
            self._replace(actor)
            return self._died(actor, error)
        if isinstance(result, EcomgenError):
            raise result
        self._never_ready = 0
        if actor.given >= REFRESH:
            self._replace(actor)
        else:
            actor.item = None
            self._idle.append(actor)
        return result

    def _died(self, actor: _Actor, error: Exception) -> Lost | None:
        reason = " ".join(str(error).split())
        if actor.item:
            return Lost(Message("its worker died ({reason})", reason=reason))
        self._never_ready += 1
        if self._never_ready >= ATTEMPTS:
            raise BackendMissing("No Ray worker could be started ({reason}): see the cluster's logs.", reason=reason)
        return None

    def _replace(self, actor: _Actor) -> None:
        with suppress(self._ray.exceptions.RayError):
            self._ray.kill(actor.handle)
        new = self._new()
        self._busy[new.answer] = new


def _connected(address: str) -> Any:
    """Ray, which listens on the loopback where the cluster is its own."""
    address = address or os.environ.get("RAY_ADDRESS") or "local"
    if address == "local":
        os.environ[LOOPBACK] = "0"
    else:
        os.environ.setdefault(AUTH, "token" if _has_token() else "disabled")
        _refuse_silent(address)
    try:
        import ray
    except ImportError as error:
        raise BackendMissing('{--engine} ray needs Ray: pip install "ecomgen[ray]".') from error
    own: dict[str, Any] = {"include_dashboard": False} if address == "local" else {}
    try:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, **own)
    except (ConnectionError, RuntimeError, ValueError, OSError) as error:
        raise BackendMissing(
            "The Ray cluster at {address} cannot be joined ({reason}): start it with the same version of Ray and the "
            "same token, see docs/scale.md.",
            address=address,
            reason=" ".join(str(error).split()),
        ) from error
    return ray


def _has_token() -> bool:
    """Whether `ray start` on this machine would begin a cluster that asks for a token."""
    given = os.environ.get("RAY_AUTH_TOKEN") or os.environ.get("RAY_AUTH_TOKEN_PATH")
    return bool(given) or (Path.home() / ".ray" / "auth_token").is_file()


def _refuse_silent(address: str) -> None:
    """Raises BackendMissing at once where nobody listens at an address; Ray would try for minutes."""
    host, _, port = address.rpartition(":")
    if not (host and port.isdecimal()) or "://" in address:
        return
    try:
        socket.create_connection((host, int(port)), ANSWERS).close()
    except (OSError, OverflowError) as error:
        raise BackendMissing(
            "No Ray cluster answers at {address} ({reason}): correct {--address}.", address=address, reason=error
        ) from error


def shared(nodes: Iterable[Mapping[str, Any]], workers: int | None, gpus: float) -> Share:
    """What each worker takes of a cluster's `nodes`, as Ray lists them, so that `workers` fit or the cluster is full.

    Args:
        gpus: of a worker; 0 for the studio, which is shared out by cores.
    """
    there = [node["Resources"] for node in nodes if node["Alive"]]
    cores = [int(node.get("CPU", 0)) for node in there]
    if gpus:
        fitting = sum(int(node.get("GPU", 0) / gpus + 1e-6) for node in there)
        return Share(workers=workers or max(1, fitting), cpus=1, gpus=gpus)
    if workers is None:
        cpus = max(1, min(CORES, max(cores, default=1)))
        return Share(workers=max(1, sum(count // cpus for count in cores)), cpus=cpus, gpus=0)
    fits = (cpus for cpus in range(max(cores, default=1), 1, -1) if sum(count // cpus for count in cores) >= workers)
    return Share(workers=workers, cpus=next(fits, 1), gpus=0)


def _gpus(ray: Any, items: Iterable[Item]) -> float:
    """How much of a graphics card a worker takes: none for the studio, else by the memory that its recipes name."""
    if not ray.cluster_resources().get("GPU"):
        return 0
    from ecomgen import recipes

    names = {item.request.pipeline for item in items if item.request}
    needed = [_memory(recipes.get(name)) for name in (names - {"auto", "studio"}) & set(recipes.paths())]
    if not needed and "auto" not in names:
        return 0
    if "auto" in names or None in needed:
        return 1
    card = ray.get(ray.remote(num_gpus=0.001, num_cpus=0)(card_memory).remote())
    return fraction(max(one for one in needed if one), card)


def _memory(recipe: Any) -> float | None:
    return 0.001 if recipe.backend == "studio" else recipe.memory.vram_gib


def fraction(needed: float, card: float) -> float:
    """The part of a card of so many GiB for a worker that needs so many: a whole one, or one of several alike."""
    return 1 / max(1, int(card / (needed * ROOM))) if card else 1


def card_memory() -> float:
    """GiB of the first graphics card that a worker has; 0 where it has none."""
    import torch

    return torch.cuda.get_device_properties(0).total_memory / 2**30 if torch.cuda.is_available() else 0.0

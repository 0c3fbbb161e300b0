"""A vision-language model behind any server that speaks OpenAI's chat completions: vLLM, llama.cpp, Ollama, LM Studio,
`transformers serve`, or a paid one. The picture leaves this machine, for the address that the user has set."""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from pydantic_core import from_json

from ecomgen import picture_file
from ecomgen.captions.writer import ENDPOINT, Answer
from ecomgen.errors import BackendMissing, UsageError
from ecomgen.messages import Message
from ecomgen.settings import settings
from ecomgen.types import ModelUsed, Pixels

CHAT = "/chat/completions"
TIMEOUT = 180  # seconds for an answer
GREETING = 10  # seconds to say which models there are
LONGEST = 896  # pixels of the picture that is sent
UNTOLD = "not told"  # a server says nothing of its weights
OPTIONS: Mapping[str, Any] = {"temperature": 0.0, "max_tokens": 400}


class Endpoint:
    """One model of one server."""

    name = ENDPOINT

    def __init__(self, url: str, *, model: str = "", key: str = "") -> None:
        """Ask the server for its models.

        Args:
            url: the server's address, as http://127.0.0.1:8000/v1; what is missing of it is added.
            model: its model; by default the first that it names.
            key: sent as a bearer token; without it a name and password in the address are sent.

        Raises:
            UsageError: the address is none.
            BackendMissing: nobody answers there, or no model is named.
        """
        self._base = _base(url)
        self._headers = {"Content-Type": "application/json"} | _authority(url, key)
        self._refused: set[str] = set()
        listed = self._listed()
        self._model = model or next(iter(listed), "")
        if not self._model:
            raise BackendMissing(
                "{address} names no model: set ECOMGEN_LLM_MODEL to the one that is to write.", address=self._base
            )
        self._fingerprint = UNTOLD

    @classmethod
    def from_settings(cls) -> Endpoint:
        """As ECOMGEN_LLM_URL, ECOMGEN_LLM_MODEL and ECOMGEN_LLM_KEY say.

        Raises:
            UsageError: ECOMGEN_LLM_URL is not set, or no address.
            BackendMissing: nobody answers there.
        """
        home = settings()
        if not home.llm_url:
            raise UsageError(
                "ECOMGEN_LLM_URL is not set: set it to the address of a server, as http://127.0.0.1:8000/v1."
            )
        return cls(
            home.llm_url, model=home.llm_model or "", key=home.llm_key.get_secret_value() if home.llm_key else ""
        )

    @property
    def model(self) -> ModelUsed:
        return ModelUsed(id=self._model, revision=self._fingerprint, sha256=UNTOLD)

    @property
    def parameters(self) -> Mapping[str, Any]:
        taken = {name: value for name, value in OPTIONS.items() if name not in self._refused}
        refused = {"not_taken": sorted(self._refused)} if self._refused else {}
        return {**taken, "longest_side": LONGEST, "url": self._base, **refused}

    def answer(self, question: str, picture: Pixels, seed: int) -> Answer:
        """Ask; a parameter that the server does not take is left out and asked again without it."""
        content = [
            {"type": "image_url", "image_url": {"url": _as_data(picture)}},
            {"type": "text", "text": question},
        ]
        requested = {"model": self._model, "messages": [{"role": "user", "content": content}], "seed": seed}
        reply = self._answer(requested)
        try:
            choice = reply["choices"][0]
            text = choice["message"]["content"] or ""
        except (KeyError, IndexError, TypeError) as error:
            raise BackendMissing(
                "{address} does not answer as OpenAI's servers do: check ECOMGEN_LLM_URL.", address=self._base
            ) from error
        self._fingerprint = str(reply.get("system_fingerprint") or UNTOLD)
        whole = str(text).encode("utf-8", "replace").decode("utf-8")  # JSON can hold halves of a letter, no file can
        return Answer(text=whole, cut=choice.get("finish_reason") == "length")

    def _answer(self, requested: dict[str, Any]) -> dict[str, Any]:
        while True:
            body = {name: value for name, value in {**requested, **OPTIONS}.items() if name not in self._refused}
            try:
                return self._sent(CHAT, body, TIMEOUT)
            except urllib.error.HTTPError as error:
                why = _reason(error)
                named = {name for name in ("seed", *OPTIONS) if name in why} - self._refused
                if error.code != 400 or not named:
                    raise BackendMissing(self._refusal(error.code, why)) from error
                self._refused |= named

    def _listed(self) -> list[str]:
        """The server's models; some servers do not tell."""
        try:
            data = self._sent("/models", None, GREETING).get("data")
        except urllib.error.HTTPError as error:
            if error.code in (401, 403):
                raise BackendMissing(self._refusal(error.code, _reason(error))) from error
            return []
        listed = data if isinstance(data, list) else []
        return [str(one["id"]) for one in listed if isinstance(one, dict) and one.get("id")]

    def _sent(self, path: str, body: dict[str, Any] | None, timeout: float) -> dict[str, Any]:
        """One request; errors that the server words itself are left to the caller."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, data=data, headers=self._headers)
        try:
            with _opener(self._base).open(request, timeout=timeout) as answer:
                reply = from_json(answer.read())
        except urllib.error.HTTPError:
            raise
        except (OSError, HTTPException) as error:  # URLError and timeouts are OSErrors
            why = getattr(error, "reason", error)
            raise BackendMissing(
                "{address} does not answer ({why}): start it, or correct ECOMGEN_LLM_URL.", address=self._base, why=why
            ) from error
        except ValueError as error:
            raise BackendMissing(
                "{address} does not answer in JSON: check ECOMGEN_LLM_URL.", address=self._base
            ) from error
        return reply if isinstance(reply, dict) else {}

    def _refusal(self, code: int, why: str) -> str:
        way = Message("set ECOMGEN_LLM_MODEL to a model of it that sees pictures")
        if code in (401, 403):
            way = Message("set ECOMGEN_LLM_KEY")
        elif code == 429 or code >= 500:
            way = Message("try again later")
        return Message(
            "{address} refuses ({code}: {why}): {way}.",
            address=self._base,
            code=code,
            why=why or Message("no reason given"),
            way=way,
        )


def _base(url: str) -> str:
    """The address up to where /chat/completions is added, without a name or password in it."""
    parts = urlsplit(url.strip())
    try:
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        fits = False
    if not fits:
        raise UsageError("ECOMGEN_LLM_URL {url!r} is no address: give one like http://127.0.0.1:8000/v1.", url=url)
    path = parts.path.rstrip("/").removesuffix(CHAT) or "/v1"
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], path, "", ""))


def _authority(url: str, key: str) -> dict[str, str]:
    """The header that lets us in."""
    pair = urlsplit(url.strip()).netloc.rpartition("@")[0]
    if key:
        return {"Authorization": f"Bearer {key}"}
    return {"Authorization": f"Basic {base64.b64encode(unquote(pair).encode()).decode()}"} if pair else {}


def _opener(url: str) -> urllib.request.OpenerDirector:
    """This machine is never asked through a proxy."""
    near = urlsplit(url).hostname in ("localhost", "127.0.0.1", "::1")
    return urllib.request.build_opener(*([urllib.request.ProxyHandler({})] if near else []))


def _as_data(picture: Pixels) -> str:
    """HxWx3 pixels as the address of a JPEG that holds itself."""
    from PIL import Image

    image = Image.fromarray(picture)
    image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    return f"data:image/jpeg;base64,{base64.b64encode(picture_file.encoded(image, 'JPEG', quality=92)).decode()}"


def _reason(error: urllib.error.HTTPError) -> str:
    """What the server says is wrong, in one short line."""
    try:
        text = error.read(4000).decode("utf-8", "replace")
    except OSError:
        return str(error.reason)
    try:
        reply = from_json(text)
        reply = reply.get("error", reply.get("detail", reply)) if isinstance(reply, dict) else reply
        text = str(reply.get("message", reply)) if isinstance(reply, dict) else str(reply)
    except ValueError:
        pass
    return " ".join(text.split())[:200].rstrip(".")

"""Where ecomgen keeps its things: read from the environment once, at the edge."""

from __future__ import annotations

import getpass
import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from ecomgen.errors import UsageError, first_fault


def _by_commas(text: object) -> object:
    return tuple(filter(None, (one.strip() for one in text.split(",")))) if isinstance(text, str) else text


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_by_commas)]


class Settings(BaseSettings):
    """`ECOMGEN_HOME`, `…_WEIGHTS`, `…_PIPELINES`, `…_DEVICE`, `…_LLM_URL` and so on; the rest is for the app."""

    model_config = SettingsConfigDict(env_prefix="ECOMGEN_", env_ignore_empty=True, extra="ignore")

    home: Path = Field(default_factory=lambda: user_data_path("ecomgen"))
    weights: Path | None = None
    pipelines: Path | None = None
    device: str | None = None
    memory_gib: float | None = Field(default=None, gt=0)  # that loaded models may take; None: half of the device's
    rembg: str | None = None  # the model of the manifest that the rembg masker uses; None: the best that is here
    llm_url: str | None = None  # a server that writes words, in OpenAI's manner
    llm_model: str | None = None
    llm_key: SecretStr | None = None
    auth_file: Path | None = None  # who may log in; without it nobody needs to
    tokens_file: Path | None = None  # which programs are let in; without it those of this machine
    allowed_hosts: Names = ()  # further names that the app answers to, parted by commas; *.example.com for all below
    fetch_hosts: Names = ()  # from which pictures may be fetched by their address, named as allowed_hosts
    fetch_mib: float = Field(default=64, gt=0)  # of a picture that is fetched
    fetch_cache_gib: float = Field(default=4, gt=0)  # of pictures that were fetched and may be needed again
    fetch_loopback: bool = False  # whether this machine's own servers may be asked, as tests do
    webhook_secret: SecretStr | None = None  # signs webhooks; without it none are sent
    webhook_hosts: Names = ()  # to which webhooks may be sent, named as allowed_hosts
    review_secret: SecretStr | None = Field(default=None, min_length=16)  # signs links for reviewers; without it none
    review_days: float = Field(default=7, gt=0, le=90)  # for which such a link is open
    frame_ancestors: str = ""  # the sites that may show the app in a frame, as a Content-Security-Policy names them
    log: Literal["plain", "json"] = "plain"  # how the app's server logs; as JSON every request, too
    shared_log: bool = False  # whether everybody sees everybody's runs
    jobs_per_day: int | None = Field(default=None, ge=1)  # of one token; None is no quota
    pictures_per_day: int | None = Field(default=None, ge=1)  # that one token may ask for; None is no quota
    runs_per_person: int = Field(default=25, ge=1)  # in work and waiting
    uploads_hours: float = Field(default=24, gt=0)  # after which uploads and downloads are removed
    uploads_gib_per_person: float = Field(default=8, gt=0)  # within that time
    uploads_gib: float = Field(default=32, gt=0)  # of everybody, with what is made for downloads
    results_days: float | None = Field(default=None, gt=0)  # after which runs are removed; None keeps them

    @property
    def database(self) -> Path:
        return self.home / "runs.sqlite"

    @property
    def runs_folder(self) -> Path:
        return self.home / "runs"

    @property
    def catalogues_folder(self) -> Path:
        return self.home / "catalogues"

    @property
    def labs_folder(self) -> Path:
        return self.home / "labs"

    @property
    def cache(self) -> Path:
        return self.home / "cache"

    @property
    def weights_folder(self) -> Path:
        return self.weights or self.home / "weights"


def settings() -> Settings:
    """The settings of this process, from the environment as it is now.

    Raises:
        UsageError: a variable has a value that it cannot have.
    """
    return _settings_in(frozenset(os.environ.items()))


@lru_cache(maxsize=4)
def _settings_in(_environment: frozenset[tuple[str, str]]) -> Settings:
    """Read once for each environment: reading takes milliseconds, and lists ask for every line."""
    try:
        return Settings()
    except ValidationError as error:
        key, reason = first_fault(error)
        name = f"ECOMGEN_{key.upper()}"
        raise UsageError("{name} cannot be used ({reason}): correct it.", name=name, reason=reason) from error


def account() -> str:
    """The name of the account that this process runs under."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container can run under a number that has no name
        return "local"


def open_home(home: Path | None = None) -> Path:
    """The home folder, made if need be, with everything in it for its owner only.

    One whose group may write there is shared on purpose, and left as it is.

    Raises:
        OSError: it cannot be made.
    """
    home = home or settings().home
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    mode = home.stat().st_mode
    if mode & 0o077 and not mode & 0o020:
        with suppress(OSError):  # somebody else's
            home.chmod(0o700)
    return home


def is_private(path: Path) -> bool:
    """Whether a file of that name is its owner's only: inside a home that is."""
    home = settings().home.absolute()
    try:
        return path.absolute().is_relative_to(home) and not home.stat().st_mode & 0o077
    except OSError:
        return False


def touch(file: Path) -> Path:
    """A file that is there, for its owner only where its folder is; what SQLite puts beside it has the same mode."""
    if not file.exists():
        file.touch(0o600 if is_private(file) else 0o666)
    return file


@lru_cache
def shipped(name: str) -> Path:
    """The folder `name` (pipelines, weights) as shipped: inside the wheel, or beside the package in a checkout."""
    package = Path(__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name

"""Settings from the environment (prefix BOGOBOT_) and from a file `.env`."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.clock import SEOUL

_SHORTEST_KEY = 32


class Settings(BaseSettings):
    """Where the city's data is, and how the bot is reached."""

    model_config = SettingsConfigDict(env_prefix="BOGOBOT_", env_file=".env", extra="ignore")

    data_dir: Path = Path("data")
    database_url: str = ""
    """SQLite in `data_dir` where empty; `postgresql+psycopg://…` for PostgreSQL."""
    timezone: str = "Asia/Seoul"
    locale: str = "ko"
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: str = ""
    """The address people reach the web messenger at; from host and port where empty."""
    secret_key: SecretStr = SecretStr("")
    """Signs logins and file links; made once and kept in `data_dir` where empty."""
    chat_mode: Literal["full", "notices"] = "full"
    """`notices`: Slack and Telegram only say that there is something to read in the web messenger."""
    telegram_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_url: str = ""
    """Where Telegram is to bring updates; they are fetched by long polling where empty."""
    telegram_webhook_secret: SecretStr = SecretStr("")
    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    """For Socket Mode."""
    slack_signing_secret: SecretStr = SecretStr("")
    """For HTTP at `/slack/events`."""
    slack_api_url: str = "https://slack.com/api/"
    slack_link_by_email: bool = False
    """Whether somebody of the workspace is linked by their verified e-mail, without a code."""

    @field_validator("timezone")
    @classmethod
    def _korean_zone(cls, value: str) -> str:
        # Deadlines and working days are Korea's; another zone would only shift them by mistake.
        if value != SEOUL.key:
            raise ValueError(f"only {SEOUL.key} is known, in which Korean offices keep their hours")
        return value

    @field_validator("locale")
    @classmethod
    def _known_locale(cls, value: str) -> str:
        if value not in ("ko", "en"):
            raise ValueError("ko or en")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("begins with sqlite:/// or postgresql+psycopg://")
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < _SHORTEST_KEY:
            raise ValueError(f"at least {_SHORTEST_KEY} characters, for example from `openssl rand -hex 32`")
        return value

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _secret_as_telegram_takes_it(cls, value: SecretStr) -> SecretStr:
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", value.get_secret_value()):
            raise ValueError("at most 256 of A-Z, a-z, 0-9, _ and -, for example from `openssl rand -hex 32`")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_a_slash(cls, value: str) -> str:
        return value.rstrip("/") + "/"

    @model_validator(mode="after")
    def _complete(self) -> Settings:
        if self.telegram_webhook_url and not self.telegram_webhook_secret.get_secret_value():
            raise ValueError("BOGOBOT_TELEGRAM_WEBHOOK_SECRET is missing: a webhook needs one")
        has_way_in = self.slack_app_token.get_secret_value() or self.slack_signing_secret.get_secret_value()
        if self.slack_bot_token.get_secret_value() and not has_way_in:
            raise ValueError(
                "BOGOBOT_SLACK_APP_TOKEN (Socket Mode) or BOGOBOT_SLACK_SIGNING_SECRET (HTTP) is missing"
            )
        return self

    @property
    def database(self) -> str:
        """The address of the database."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'bogobot.db'}"

    @property
    def evidence_dir(self) -> Path:
        return self.data_dir / "evidence"

    @property
    def address(self) -> str:
        """The address of the web messenger, without a slash at its end."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    def make_data_dir(self) -> None:
        """Makes the folder of the data, or raises a SettingsError that says why it cannot be."""
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(
                f"BOGOBOT_DATA_DIR: {self.data_dir} cannot be made ({error.strerror}). "
                "Name a folder that can be written."
            ) from None

    def signing_key(self) -> str:
        """The secret key; one is made on first use and kept, readable by the bot's own user alone."""
        if given := self.secret_key.get_secret_value():
            return given
        path = self.data_dir / "secret.key"
        if not path.exists():
            self.make_data_dir()
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(_SHORTEST_KEY))
        return path.read_text()


class SettingsError(Exception):
    """A setting that is missing or wrong, named in one sentence."""


def load_settings(**overrides: object) -> Settings:
    """The settings, or a SettingsError that names the first that is wrong and says what would be right."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        told = first["msg"].removeprefix("Value error, ")
        if not first["loc"]:
            raise SettingsError(f"{told}.") from None
        name = "BOGOBOT_" + str(first["loc"][0]).upper()
        raise SettingsError(f"{name} is wrong: {told}.") from None

"""The only reader of the environment: one table, read once into frozen settings.

The same table writes `.env.example`, the settings section of the README and what `passalong doctor` says.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from dotenv import dotenv_values


class BadSetting(ValueError):
    """A setting that cannot be read; the message names it and says what to write instead."""


@dataclass(frozen=True)
class Variable:
    """One line of the table: what it is called, what it means, what it is when nobody says."""

    name: str
    meaning: str
    default: str = ""
    read: Callable[[str], Any] = str
    secret: bool = False
    example: str = ""

    @staticmethod
    def show(value: Any) -> str:
        """A value as a person would write it in the environment."""
        match value:
            case bool():
                return "on" if value else "off"
            case (str() as host, int() as port):
                return f"{host}:{port}"
            case tuple():
                return ", ".join(value) or "none"
        return str(value) if value else "none"


@dataclass(frozen=True)
class Settings:
    """Everything the environment says. Tokens are left out of `repr`, so they never reach a log by accident."""

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    slack_api_url: str = "https://slack.com/api/"
    database_url: str = field(default="sqlite:///passalong.db", repr=False)
    admins: tuple[str, ...] = ()
    content_dir: Path | None = None
    crisis_dir: Path | None = None
    linkedin_composer: bool = True
    fetch_allow: tuple[str, ...] = ()
    public_url: str = ""
    public_bind: tuple[str, int] = ("127.0.0.1", 8080)
    forwarded_allow_ips: tuple[str, ...] = ()
    office_networks: tuple[str, ...] = ()
    visitor_salt: str = "daily"
    admin_bind: tuple[str, int] = ("127.0.0.1", 9090)
    log_format: str = "text"
    log_level: str = "INFO"


def _token(text: str) -> str:
    if not text.isascii() or any(character.isspace() for character in text):
        raise ValueError("this is not a token; copy it whole, as Slack shows it")
    return text


def _database(text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise ValueError("write sqlite:///file.db, or postgresql://user:password@host/name")
    if text.startswith("postgres") and not _has_host(text):
        raise ValueError(
            "write postgresql://user:password@host/name, and in the password %40 for @, %2F for /, %3A for :, %23 for "
            "#, %3F for ?"
        )
    return text.replace("postgres://", "postgresql://", 1)


def _has_host(address: str) -> bool:
    """A password with signs of its own makes another address of it, parts of the password where the host should be."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    return parts.netloc.count("@") <= 1 and "@" not in parts.path and "#" not in address


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _members(text: str) -> tuple[str, ...]:
    names = _names(text)
    if not all(re.fullmatch(r"[UW][A-Z0-9]{2,}", name) for name in names):
        raise ValueError("write Slack member ids such as U012AB3CD, separated by commas, not names")
    return names


def _switch(text: str) -> bool:
    if text.lower() not in {"on", "off"}:
        raise ValueError("write on or off")
    return text.lower() == "on"


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"write one of {', '.join(allowed)}")
        return text

    return read


def _bind(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise ValueError("write an address and a port, such as 127.0.0.1:9090")
    return host.strip("[]"), int(port)


def _networks(text: str) -> tuple[str, ...]:
    try:
        return tuple(str(ip_network(part, strict=False)) for part in _names(text))
    except ValueError as error:
        raise ValueError("write networks such as 10.1.0.0/16, separated by commas") from error


def _public_url(text: str) -> str:
    """Without a slash at its end. Links begin with it, so nothing may stand behind the host but a path."""
    try:
        parts = urlsplit(text)
        is_whole = parts.scheme in ("https", "http") and bool(parts.hostname) and "@" not in parts.netloc
        _ = parts.port
    except ValueError:
        is_whole = False
    if text and (not is_whole or parts.query or parts.fragment or not text.isascii() or len(text) > 200):
        raise ValueError("write the address that people see, such as https://go.example.com, with nothing behind it")
    return text.rstrip("/")


def _folder(text: str) -> Path | None:
    if text and not Path(text).is_dir():
        raise ValueError("write a folder that exists, or nothing for the stories that ship inside")
    return Path(text) if text else None


def _web_folder(text: str) -> Path | None:
    if text and not Path(text).is_dir():
        raise ValueError("write a folder that exists and that a web server serves, or nothing")
    return Path(text) if text else None


def _api_url(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        raise ValueError("write an address that begins with https://")
    return text if text.endswith("/") else text + "/"


VARIABLES: Mapping[str, Variable] = {
    "bot_token": Variable(
        "SLACK_BOT_TOKEN", "The bot's token, from *OAuth & Permissions*.", "", _token, secret=True, example="xoxb-…"
    ),
    "app_token": Variable(
        "SLACK_APP_TOKEN",
        "The app-level token with `connections:write`, for Socket Mode.",
        "",
        _token,
        secret=True,
        example="xapp-…",
    ),
    "slack_api_url": Variable("SLACK_API_URL", "Where Slack's Web API is.", "https://slack.com/api/", _api_url),
    "database_url": Variable(
        "PASSALONG_DATABASE_URL",
        "Where everything is remembered: an SQLite file, or PostgreSQL (`postgresql://user:password@host/name`).",
        "sqlite:///passalong.db",
        _database,
        secret=True,
    ),
    "admins": Variable(
        "PASSALONG_ADMINS",
        "Slack user ids of the admins, separated by commas; they do the set-up.",
        "",
        _members,
        example="U012AB3CD",
    ),
    "content_dir": Variable(
        "PASSALONG_CONTENT_DIR", "A folder of your own with stories, words and guidelines.", "", _folder
    ),
    "crisis_dir": Variable(
        "PASSALONG_CRISIS_DIR",
        "A folder that a web server serves: the public page of a crisis is written there too, and stays while the bot "
        "is down.",
        "",
        _web_folder,
    ),
    "linkedin_composer": Variable(
        "PASSALONG_LINKEDIN_COMPOSER",
        "`on` opens LinkedIn's composer with the text; `off` its official page, which takes the link only.",
        "on",
        _switch,
    ),
    "fetch_allow": Variable(
        "PASSALONG_FETCH_ALLOW",
        "Private networks whose pages may be read for a preview (an intranet), separated by commas. None by default.",
        "",
        _networks,
        example="10.1.0.0/16",
    ),
    "public_url": Variable(
        "PASSALONG_PUBLIC_URL",
        "Where personal links lead, short and on https, with a host of its own. Without it links are not personal, and "
        "readers are not counted.",
        "",
        _public_url,
        example="https://go.example.com",
    ),
    "public_bind": Variable(
        "PASSALONG_PUBLIC_BIND",
        "Address and port where personal links are served, for the proxy that has the certificate.",
        "127.0.0.1:8080",
        _bind,
    ),
    "forwarded_allow_ips": Variable(
        "PASSALONG_FORWARDED_ALLOW_IPS",
        "The proxy's address or network: only its `X-Forwarded-For` is believed. None by default.",
        "",
        _networks,
        example="127.0.0.1, 10.0.0.0/24",
    ),
    "office_networks": Variable(
        "PASSALONG_OFFICE_NETWORKS",
        "Networks of your offices, as the internet sees them: who comes from there is a colleague, not a reader.",
        "",
        _networks,
        example="203.0.113.0/24, 2001:db8::/32",
    ),
    "visitor_salt": Variable(
        "PASSALONG_VISITOR_SALT",
        "How long a visitor is known again: `daily` (a reader of a link counts once a day) or `monthly` (a reader of a "
        "colleague counts once a month). What tells visitors apart is thrown away after that.",
        "daily",
        _one_of("daily", "monthly"),
    ),
    "admin_bind": Variable(
        "PASSALONG_ADMIN_BIND",
        "Address and port of `/healthz`, `/readyz` and `/metrics`. Keep it private.",
        "127.0.0.1:9090",
        _bind,
    ),
    "log_format": Variable(
        "PASSALONG_LOG_FORMAT", "`text` for people, `json` for machines.", "text", _one_of("text", "json")
    ),
    "log_level": Variable(
        "PASSALONG_LOG_LEVEL", "How much is logged.", "INFO", _one_of("DEBUG", "INFO", "WARNING", "ERROR")
    ),
}


def secrets_in(environ: Mapping[str, str]) -> tuple[str, ...]:
    """What must never be printed: the secret settings as they are written there, and the passwords in them."""
    said = [environ.get(variable.name, "").strip() for variable in VARIABLES.values() if variable.secret]
    passwords = [found for text in said for found in re.findall(r"://[^/?#:]*:(.*)@", text)]
    return tuple(dict.fromkeys(filter(None, (*said, *passwords, *map(unquote, passwords)))))


def environment() -> dict[str, str]:
    """The environment, with a `.env` file in the current folder underneath it."""
    below = {name: value for name, value in dotenv_values(Path.cwd() / ".env").items() if value is not None}
    return {**below, **os.environ}


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from these variables.

    Raises:
        BadSetting: naming the first variable that cannot be read, and what to write.
    """
    return Settings(**{name: _read(variable, environ) for name, variable in VARIABLES.items()})


def _read(variable: Variable, environ: Mapping[str, str]) -> Any:
    text = environ.get(variable.name, "").strip() or variable.default
    try:
        return variable.read(text)
    except ValueError as error:
        raise BadSetting(f"{variable.name}: {error}") from error


def env_example() -> str:
    """The text of `.env.example`."""
    lines = ["# Copy to .env and fill in. Everything else is set in Slack, in the app's Home.", ""]
    for variable in VARIABLES.values():
        lines += [f"# {variable.meaning}", f"# {variable.name}={variable.example or variable.default}", ""]
    return "\n".join(lines)


def settings_table() -> str:
    """The settings section of the README, as a Markdown table."""
    rows = [f"| `{v.name}` | {v.meaning} | {f'`{v.default}`' if v.default else ''} |" for v in VARIABLES.values()]
    return "\n".join(["| variable | what it means | default |", "| --- | --- | --- |", *rows])

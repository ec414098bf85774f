"""Links that the Bot API takes, under buttons and in text."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

HOST = re.compile(r"(?:[A-Za-z0-9._!$,~*'();&+=-]|[^\x00-\x7f]|%[0-9A-Fa-f]{2})+")
OWN_SCHEMES = ("tg", "ton", "tonsite")


class WrongLink(Exception):
    """Why a link is not taken, in the server's words."""


def check_link(link: str) -> str:
    """The link as the server keeps it: http where no protocol is given, and a path.

    A host needs a dot in its name, so `localhost` is refused and 127.0.0.1 is not.

    Raises:
        WrongLink: the server would not take it.
    """
    scheme, separator, rest = link.partition(":")
    if separator and scheme.lower() in OWN_SCHEMES:
        return _check_own(scheme.lower(), rest.removeprefix("//"))
    protocol, separator, rest = link.partition("://")
    if not separator:
        protocol, rest = "http", link
    if protocol.lower() not in ("http", "https"):
        raise WrongLink("Unsupported URL protocol")
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    host, is_ipv6 = _check_authority(authority)
    if "." not in host and not is_ipv6:
        raise WrongLink("Wrong HTTP URL")
    tail = rest[len(authority) :].rstrip() or "/"
    return f"{protocol.lower()}://{authority}{tail if tail.startswith('/') else '/' + tail}"


def checked_link(link: str) -> str | None:
    """The link as the server keeps it, or None where it leaves it out."""
    try:
        return check_link(link)
    except WrongLink:
        return None


def _check_own(scheme: str, rest: str) -> str:
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if not host:
        raise WrongLink("URL host is empty")
    if not re.fullmatch(r"[A-Za-z0-9_.-]+" if scheme == "tonsite" else r"[A-Za-z0-9_-]+", host):
        raise WrongLink("Unallowed characters in URL host")
    return f"{scheme}://{rest}"


def _check_authority(authority: str) -> tuple[str, bool]:
    try:
        parts = urlsplit(f"http://{authority}")
        port = parts.port
    except ValueError:
        raise WrongLink("Wrong port number specified in the URL") from None
    host = authority.rpartition("@")[2]
    is_ipv6 = host.startswith("[")
    if port is not None and not 0 < port <= 65535:
        raise WrongLink("Wrong port number specified in the URL")
    host = host if is_ipv6 else host.partition(":")[0]
    if not host:
        raise WrongLink("URL host is empty")
    if host == ".":
        raise WrongLink("Host is invalid")
    if not is_ipv6 and not HOST.fullmatch(host):
        raise WrongLink("Disallowed character in URL host")
    return host, is_ipv6

"""Which addresses are Slack's own: no token and no word goes anywhere else."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

_SLACK = "slack.com"


class Hosts:
    """Slack's hosts, and the server that `api_url` names."""

    def __init__(self, api_url: str) -> None:
        self._api = _place(urlsplit(api_url))

    def are_slacks(self, url: str) -> bool:
        """Whether an address leads to Slack, over https or to exactly the server we were told to call."""
        if any(sign <= " " or sign == "\\" for sign in url):
            return False  # what one reader takes for a part of the host and another does not
        try:
            parts = urlsplit(url)
            scheme, host, port = place = _place(parts)
        except ValueError:
            return False
        if parts.username is not None or parts.password is not None or not host:
            return False
        is_public = scheme == "https" and port == 443 and (host == _SLACK or host.endswith("." + _SLACK))
        return is_public or place == self._api


def _place(parts: SplitResult) -> tuple[str, str, int | None]:
    standard = {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname or "", parts.port or standard

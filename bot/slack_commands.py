"""The commands `bogobot slack …`."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from bot.settings import SettingsError, load_settings

slack = typer.Typer(help="Set Slack up.", no_args_is_help=True)


@slack.command()
def manifest(
    http: Annotated[
        bool, typer.Option(help="For requests over HTTP, at the public address, instead of Socket Mode.")
    ] = False,
) -> None:
    """Prints the manifest of the Slack app, to be pasted under “From a manifest” at api.slack.com/apps."""
    from bot.slack.manifest import manifest as made

    settings = load_settings()
    if http and not settings.address.startswith("https://"):
        raise SettingsError(
            "BOGOBOT_PUBLIC_URL does not begin with https://: Slack calls no other address. Set it, "
            "or leave --http out and use Socket Mode."
        )
    drawn = made(
        settings.address, not http, locale=settings.locale, link_by_email=settings.slack_link_by_email
    )
    typer.echo(json.dumps(drawn, ensure_ascii=False, indent=2))

"""`helder schema`: the JSON Schema of case.toml."""

from __future__ import annotations

import click

from helder.cli.command import Command
from helder.cli.say import Say
from helder.cli.screen import Screen, as_json


def command(say: Say) -> click.Command:
    """The command in the user's language."""
    return Command(
        "schema",
        say,
        _schema,
        help=say(
            "Toon het JSON-schema van case.toml.\n\nEen editor die het schema kent, controleert terwijl u typt.",
            "Show the JSON Schema of case.toml.\n\nAn editor that knows the schema checks while you type.",
        ),
        examples=[
            (
                "helder schema > case.schema.json",
                say("Bewaar het schema voor uw editor.", "Keep the schema for your editor."),
            )
        ],
        gives={
            "$schema": say("het JSON-schema zelf", "the JSON Schema itself"),
        },
    )


def _schema(screen: Screen) -> None:
    from helder.case import CaseFile

    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **CaseFile.model_json_schema(),
    }
    screen.show(document, lambda console: click.echo(as_json(document)))

"""`traboule generate`: a made-up programme as files for `traboule match`."""

import typer


def register(app: typer.Typer) -> None:
    del app

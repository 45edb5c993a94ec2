"""Words that need the application (Django): handed on to its management commands when they run."""

import os
import sys
from typing import Final

import typer

from traboule.cli import demo, init, worker

_PASS_ON: Final = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}
APPLICATION: Final = "The application"


def register(app: typer.Typer) -> None:
    app.command(name="init", epilog=init.EPILOG, rich_help_panel=APPLICATION)(init.init)
    app.command(name="demo", rich_help_panel=APPLICATION)(demo.demo)
    app.command(name="worker", epilog=worker.EPILOG, rich_help_panel=APPLICATION)(worker.worker)
    app.command(name="manage", context_settings=_PASS_ON, rich_help_panel=APPLICATION)(manage)


def manage(context: typer.Context) -> None:
    """Any management command of the application: migrate, runserver, check…"""
    _hand_on(context.args)


def _hand_on(words: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traboule.config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line([f"{sys.argv[0]}", *words])

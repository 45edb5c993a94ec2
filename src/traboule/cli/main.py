"""The command `traboule` and its words. Each word imports what it needs when it runs: help is quick."""

import sys

import typer

from traboule.cli import django_words, evaluate, generate, indigo, match, rtof, table
from traboule.cli.exits import EXIT_CODES, Exit

app = typer.Typer(
    name="traboule",
    help="Traboule joins two lives: mentors over 50 and young newcomers who look for work.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog=EXIT_CODES,
)
match.register(app)
evaluate.register(app)
generate.register(app)
rtof.register(app)
indigo.register(app)
table.register(app)
django_words.register(app)


def main() -> None:
    """Run the command line; an unexpected error ends with a sentence and code 1, not a traceback."""
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone; nothing is left to say
        sys.exit(Exit.UNEXPECTED)
    except Exception as error:
        sys.stderr.write(f"traboule: unexpected error: {type(error).__name__}: {error}\n")
        sys.exit(Exit.UNEXPECTED)


if __name__ == "__main__":
    main()

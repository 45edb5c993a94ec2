"""`traboule init`: a real association starts here."""

import sys
from datetime import datetime
from typing import Annotated

import typer

from traboule.cli._django import migrate, wake
from traboule.cli.exits import Exit

EPILOG = """
[bold]Example[/bold]

  traboule init --organisation "Deux rives" --branch Lyon --postcode 69009
  --admin-name "Anne Martin" --admin-email anne@example.org

What is not given is asked. DATABASE_URL names the database, EMAIL_URL the mail server for sign-in codes.
"""


def init(
    organisation: Annotated[str, typer.Option(help="Name of the association.", show_default=False)] = "",
    branch: Annotated[str, typer.Option(help="Name of the first branch.", show_default=False)] = "",
    postcode: Annotated[str, typer.Option(help="Postcode of the branch.", show_default=False)] = "",
    country: Annotated[str, typer.Option(help="FR or BE.")] = "FR",
    admin_name: Annotated[str, typer.Option(help="First administrator.", show_default=False)] = "",
    admin_email: Annotated[str, typer.Option(help="Address for sign-in codes.", show_default=False)] = "",
    locale: Annotated[str, typer.Option(help="Language of the administrator.")] = "fr",
) -> None:
    """Set up a new association: organisation, first branch, first administrator."""
    given = {
        "organisation": organisation or _asked("Name of the association", "--organisation"),
        "branch": branch or _asked("Name of the first branch", "--branch"),
        "admin_name": admin_name or _asked("Name of the first administrator", "--admin-name"),
        "admin_email": admin_email or _asked("E-mail of the first administrator", "--admin-email"),
    }
    wake()
    migrate()
    from django.utils import timezone

    code, message = run_init(**given, postcode=postcode, country=country, locale=locale, now=timezone.now())
    (sys.stdout if code is Exit.DONE else sys.stderr).write(f"{message}\n")
    raise typer.Exit(int(code))


def run_init(
    *,
    organisation: str,
    branch: str,
    admin_name: str,
    admin_email: str,
    now: datetime,
    postcode: str = "",
    country: str = "FR",
    locale: str = "fr",
) -> tuple[Exit, str]:
    """Found the association in the database at hand; return the exit code and what to tell the operator.

    Refuses, and changes nothing, when there is an association already or a value is impossible.
    """
    from traboule.apps.branches.actions import AlreadyFounded, BranchNameTaken
    from traboule.apps.people.actions.beginnings import begin
    from traboule.core.actors import system

    problem = _problem(admin_email, postcode, country, locale)
    if problem:
        return Exit.BAD_INPUT, problem
    values = {"organisation": organisation, "branch": branch, "postcode": postcode, "country": country}
    values |= {"admin_name": admin_name, "admin_email": admin_email, "locale": locale}
    try:
        made = begin(**values, by=system("init"), now=now)
    except AlreadyFounded:
        found = "there is an association in this database already; nothing was changed"
        return Exit.BAD_INPUT, f"traboule: {found}"
    except BranchNameTaken:
        return Exit.BAD_INPUT, f"traboule: {branch}: a name with letters or digits was expected"
    return Exit.DONE, (
        f"{made.organisation} is founded, with the branch {made.branch} (/b/{made.branch.slug}/today/).\n"
        f"{made.administrator.name} signs in with {made.administrator.email}: a code is sent there."
    )


def _problem(admin_email: str, postcode: str, country: str, locale: str) -> str:
    """What is impossible among the values, or nothing."""
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from traboule.core.languages import STAFF
    from traboule.reference import places

    try:
        validate_email(admin_email)
    except ValidationError:
        return f"traboule: {admin_email}: an e-mail address was expected"
    if postcode and places.by_postcode(postcode, country) is None:
        return f"traboule: {postcode}: a postcode that exists in {country} was expected"
    if locale not in STAFF:
        return f"traboule: {locale}: one of {', '.join(STAFF)} was expected"
    return ""


def _asked(question: str, option: str) -> str:
    if not sys.stdin.isatty():
        sys.stderr.write(f"traboule: {option} is missing\n")
        raise typer.Exit(int(Exit.WRONG_COMMAND_LINE))
    answer: str = typer.prompt(question)
    return answer

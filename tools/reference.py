"""Writes docs/reference from the code: permissions, commands, … `--check` asks if it is fresh."""

import argparse
import ast
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "traboule"
FOLDER = ROOT / "docs" / "reference"
MADE = "<!-- Made by `make reference`; edit the code instead. -->\n"

# What each variable of the environment is for. One that the code reads and that is not here fails a test.
SETTINGS = {
    "ALLOWED_HOSTS": "Names of the site, separated by commas. Required in production.",
    "CACHE_URL": "Where short-lived counters live, as a URL.",
    "CSRF_TRUSTED_ORIGINS": "Addresses, with https://, that forms may come from behind a proxy.",
    "DATABASE_CONN_MAX_AGE": "Seconds that a connection to PostgreSQL is kept.",
    "DATABASE_URL": "The database, as a URL: postgres://… ; SQLite in the state folder by default.",
    "DEFAULT_FROM_EMAIL": "The sender of every mail.",
    "DJANGO_SETTINGS_MODULE": "Which place runs: traboule.config.settings.prod, dev, demo or test.",
    "EMAIL_URL": "The mail server, as a URL: smtp+tls://user:password@host:587.",
    "SECRET_KEY": "The secret that signs sessions and codes. Required in production, at least 50 characters.",
    "DEBUG": "true shows errors with their code; development only.",
    "SECURE_HSTS_SECONDS": "How long browsers insist on https, in seconds.",
    "SECURE_SSL_REDIRECT": "false leaves http as it is, for a first trial on an inner network.",
    "TRABOULE_BEHIND_PROXY": "true trusts the proxy that says who asks, and whether it came over https.",
    "TRABOULE_LOG_FORMAT": "console for people, json for machines.",
    "TRABOULE_LOG_LEVEL": "The least important log line that is kept: DEBUG, INFO, WARNING or ERROR.",
    "TRABOULE_STAFF_IDLE_SECONDS": "After how many idle seconds the team signs in again.",
    "TRABOULE_ADDRESS": "Where people reach this installation; links in messages begin with it.",
    "TRABOULE_STOP_MAIL": "Address for unsubscriptions by e-mail (List-Unsubscribe); empty: by click only.",
    "TRABOULE_SMS_PROVIDER": "Who sends text messages: http, twilio, or file in development; empty: nobody.",
    "TRABOULE_SMS_ADDRESS": "http: where a text is POSTed as JSON with to, text, from. twilio: empty.",
    "TRABOULE_SMS_ACCOUNT": "twilio: the Account SID (AC…).",
    "TRABOULE_SMS_KEY": "http: the key, sent as a bearer. twilio: the Auth Token. Secret.",
    "TRABOULE_SMS_SENDER": "The sender that phones show: a number, at most 11 letters, or Twilio’s MG….",
    "TRABOULE_HOOK_SECRET": "Signs what providers tell us (STOP, arrived, came back); empty: refused.",
    "TRABOULE_VAR": "The state folder: database, mails of the demo, uploads.",
}
FOR_TESTS = {
    "CI": "true: nothing may be left out but tests on data outside the repository.",
    "TRABOULE_TEST_FIGURES": "Folder in which the tests of every page write down what they counted.",
    "TRABOULE_TEST_DATA": "Folder of test data outside the repository; ../shared/data by default.",
    "TRABOULE_TEST_POSTGRES": "A PostgreSQL server on which the tests may create databases, as a URL.",
    "TRABOULE_TEST_SITE": "A demo that runs already, for the browser tests; only while writing them.",
    "TRABOULE_TEST_WORKERS": "How many tests run at once; by default two more than cores, at most 8.",
}


def set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traboule.config.settings.test")
    import django

    django.setup()


def permissions() -> str:
    """Which role holds which permission, as one table."""
    from traboule.apps.people.enums import Permission, Role
    from traboule.apps.people.rules import ROLES

    roles = list(Role)
    lines = ["# Who may do what", "", "A role is given in one branch, or in all of them.", ""]
    lines += [
        "| permission | " + " | ".join(role.value for role in roles) + " |",
        "|---|" + ":-:|" * len(roles),
    ]
    for permission in Permission:
        held = ["yes" if permission in ROLES[role] else "" for role in roles]
        lines.append(f"| `{permission.value}` | " + " | ".join(held) + " |")
    return "\n".join(lines) + "\n"


def commands() -> str:
    """The help of every command, as `traboule … --help` prints it."""
    import typer

    from traboule.cli.main import app

    root = typer.main.get_command(app)
    parts = ["# The command `traboule`\n"]
    for name, command in walk("traboule", root):
        context = command.make_context(name, [], resilient_parsing=True)
        context.terminal_width = 100
        context.max_content_width = 100
        parts.append(f"## `{name}`\n\n{plain_help(command, context)}\n")
    return "\n".join(parts)


def walk(name: str, command: object) -> Iterator[tuple[str, object]]:
    yield name, command
    for child, inner in sorted(getattr(command, "commands", {}).items()):
        if not getattr(inner, "hidden", False):
            yield from walk(f"{name} {child}", inner)


def plain_help(command: object, context: object) -> str:
    """What it does, then its arguments and options as a list (no boxes of a terminal)."""
    lines = [str(getattr(command, "help", "") or "").strip(), ""]
    for parameter in getattr(command, "params", []):
        record = parameter.get_help_record(context)
        if record and "--help" not in record[0]:
            lines.append(f"- `{record[0].strip()}`: {' '.join(record[1].split())}")
    return re.sub(r"\[/?[a-z ]+\]", "", "\n".join(lines)).replace("\f", "").strip() + "\n"


def read_by_code() -> dict[str, str]:
    """Variables of the environment that the package reads, with their default as written."""
    found: dict[str, str] = {"DJANGO_SETTINGS_MODULE": ""}
    pattern = re.compile(
        r"""(?:env\.\w+|environ\.get|getenv)\(\s*["']([A-Z_]+)["'](?:,\s*(?:default=)?([^)\n]*))?"""
    )
    for path in sorted(PACKAGE.rglob("*.py")):
        for name, default in pattern.findall(path.read_text("utf-8")):
            found[name] = found.get(name) or default.strip()
    return found


def settings() -> str:
    """Every variable of the environment that the code reads."""
    lines = ["# Settings", "", "Traboule reads its settings from the environment.", ""]
    lines += ["| variable | what it is for |", "|---|---|"]
    lines += [
        f"| `{name}` | {SETTINGS.get(name, '')} |" for name in sorted(set(read_by_code()) - set(FOR_TESTS))
    ]
    lines += ["", "## For the tests", "", "| variable | what it is for |", "|---|---|"]
    lines += [f"| `{name}` | {said} |" for name, said in sorted(FOR_TESTS.items())]
    return "\n".join(lines) + "\n"


def lifecycles() -> str:
    """States and moves as the kernel has them, and what the random lives in the tests hold true."""
    from traboule.kernel.lifecycle import LIFECYCLES

    parts = ["# Lifecycles", "", "What may follow what. A move that is not in a table is refused by name."]
    for table in LIFECYCLES.values():
        parts += ["", f"## {table.name.replace('_', ' ').capitalize()}", "", f"Begins `{table.first}`."]
        parts += [f"Ends: {', '.join(f'`{state}`' for state in table.ended) or 'never'}.", ""]
        parts += ["| move | from | to |", "|---|---|---|"]
        for move, ways in table.moves.items():
            parts += [f"| `{move}` | `{start}` | `{end}` |" for start, end in ways.items()]
    parts += ["", "## What is always true", ""]
    parts += ["Looked up after each step of random lives (`tests/apps/lifecycles`), on both databases:", ""]
    numbered = enumerate(invariants(), 1)
    parts += [f"{number}. {name.replace('_', ' ').capitalize()} (`{name}`)." for number, name in numbered]
    return "\n".join([*parts, ""])


def invariants() -> list[str]:
    """Names of the checks of the random lives, read without importing the tests."""
    tree = ast.parse((ROOT / "tests/apps/lifecycles/invariants.py").read_text("utf-8"))
    marked = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.decorator_list]
    return [node.name for node in marked]


def indicators() -> str:
    """The shipped definitions, word for word as the figures use them."""
    from traboule.kernel.indicators import SHIPPED
    from traboule.kernel.indicators.groups import REFUSED, Group

    lines = ["# Indicators", "", "The definitions that come with the house. Staff add versions; these stay."]
    lines += ["Every figure carries name, version, clock, window, n, what is missing, interval and day.", ""]
    lines += ["| name | what | among | clock | months | kinds, at least | grade | slack | held against |"]
    lines += ["|---|---|---|---|--:|---|---|--:|---|"]
    lines += [definition_row(one) for one in SHIPPED.values()]
    floors = sorted({one.floor for one in SHIPPED.values()})
    lines += ["", f"Fewer people than {', '.join(map(str, floors))} are not shown."]
    lines += ["", "## Fingerprints", "", "Another wording is another SHA-256.", ""]
    lines += [f"- `{one.name}` v{one.version}: `{one.fingerprint}`" for one in SHIPPED.values()]
    groups, refused = (", ".join(f"`{name}`" for name in names) for names in (Group, REFUSED))
    lines += [
        "",
        "## Groups",
        "",
        f"Figures may be told apart by: {groups}.",
        "",
        f"Refused by name: {refused}.",
    ]
    return "\n".join(lines) + "\n"


def definition_row(one: Any) -> str:
    """One definition as a row of the table."""
    least = f"{one.min_days} days" if one.min_days else ""
    least = f"{one.min_months} months" if one.min_months else least
    cells = [f"`{one.name}` v{one.version}", f"{one.measure} of `{one.what}`", one.among, one.clock]
    cells += [one.months, ", ".join(part for part in (*one.kinds, least) if part), one.grade, one.slack_days]
    cells.append(" ".join(str(part) for part in (one.against, one.source) if part not in (None, "")))
    return f"| {' | '.join(map(str, cells))} |"


def api() -> str:
    """The interface for programs, as its OpenAPI document has it, and what each purpose may read of it."""
    from traboule.api.reading import operations, shapes
    from traboule.apps.access.enums import Purpose, Resource
    from traboule.apps.access.rules import ROWS_NEED, fields_of

    lines = ["# API v1", "", "Read-only JSON with a token; the same as OpenAPI: `/api/v1/openapi.json`.", ""]
    lines += ["## What each purpose may read", "", "| purpose | resource | fields |", "|---|---|---|"]
    for purpose in Purpose:
        for resource in Resource:
            names = ", ".join(f"`{name}`" for name in fields_of(purpose, resource))
            lines += [f"| `{purpose.value}` | `{resource}` | {names} |"] * bool(names)
    needed = ", ".join(f"`{purpose}` the consent `{need}`" for purpose, need in ROWS_NEED.items())
    lines += ["", f"Rows need a consent in force: for {needed}.", "", "## Addresses"]
    for one in operations():
        lines += [
            "",
            f"### `GET {one.path}`",
            "",
            one.about,
            "",
            "| filter | holds | about |",
            "|---|---|---|",
        ]
        lines += [f"| `{line.name}` | {_cell(line.holds)} | {line.says} |" for line in one.filters]
        lines = lines if one.filters else lines[:-3]
    lines += ["", "## What stands in an answer"]
    for name, about, entries in shapes():
        lines += ["", f"### {name}", "", about, "", "| field | holds | about |", "|---|---|---|"]
        lines += [f"| `{line.name}` | {_cell(line.holds)} | {line.says} |" for line in entries]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "or")


PAGES: dict[str, Callable[[], str]] = {
    "permissions": permissions,
    "commands": commands,
    "settings": settings,
    "lifecycles": lifecycles,
    "indicators": indicators,
    "api": api,
}


def page(name: str) -> str:
    title, _, rest = PAGES[name]().partition("\n")
    return f"{title}\n{MADE}{rest}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    set_up()
    stale = []
    for name in PAGES:
        path = FOLDER / f"{name}.md"
        if not path.exists() or path.read_text("utf-8") != page(name):
            stale.append(name)
            if not check:
                FOLDER.mkdir(parents=True, exist_ok=True)
                path.write_text(page(name), "utf-8")
    print(f"docs/reference: {', '.join(stale) or 'nothing'} {'is stale' if check else 'rewritten'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())

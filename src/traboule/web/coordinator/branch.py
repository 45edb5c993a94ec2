"""One page that leads to everything a branch sets up: team, partners, public pages, messages …"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from traboule.apps.people.enums import Permission
from traboule.web.access import Here, branch_page
from traboule.web.site import url_or_none

# Name of the address, words, what for, who may.
ROOMS: tuple[tuple[str, Promise, Promise, Permission], ...] = (
    ("team", _("Team"), _("Who works here, and who may do what."), Permission.TEAM_SEE),
    (
        "info_sessions",
        _("Information sessions"),
        _("Dates, places, who comes, who came."),
        Permission.SESSIONS_SEE,
    ),
    ("partners", _("Partners"), _("Associations and advisers who send people."), Permission.PARTNERS_SEE),
    (
        "referrals",
        _("People I sent"),
        _("You read only what each person agreed to."),
        Permission.REFERRALS_MAKE,
    ),
    ("site_texts", _("Public pages"), _("What visitors read about this branch."), Permission.SITE_WRITE),
    ("messages", _("Messages"), _("What was sent, what arrived, what did not."), Permission.MESSAGES_SEE),
    (
        "message_templates",
        _("Texts of messages"),
        _("What people read, per language."),
        Permission.MESSAGES_SEE,
    ),
    ("talks", _("Talks"), _("Who comes when, and how well two views agree."), Permission.TALKS_SEE),
    ("eligibility_rules", _("Eligibility"), _("What each funder asks for."), Permission.ELIGIBILITY_SEE),
    (
        "venues",
        pgettext_lazy("where we meet", "Places"),
        _("Rooms, how many fit in, how to get there."),
        Permission.TRAINING_SEE,
    ),
    (
        "exchange",
        _("Exchange of practice"),
        _("Groups of mentors, and when they meet."),
        Permission.EXCHANGE_SEE,
    ),
    ("expenses", _("Expenses"), _("What volunteers spent and get back."), Permission.EXPENSES_SEE),
    ("outcomes", _("Outcomes"), _("What became of mentees, and what proves it."), Permission.OUTCOMES_SEE),
    (
        "follow_ups",
        _("Follow-up"),
        _("Who is asked after the end, who answered, whom to call."),
        Permission.OUTCOMES_SEE,
    ),
    ("support", _("Support of duos"), _("Check-ins, who is away, calls to make."), Permission.DUOS_SEE),
    ("again", _("Again"), _("Who starts again, who rests, what it brought, alumni."), Permission.DUOS_SEE),
    ("duplicates", _("Duplicates"), _("People who may be here twice."), Permission.PEOPLE_MERGE),
    (
        "dashboard",
        _("Dashboard"),
        _("From the first contact to a result; all branches; fairness of the path."),
        Permission.FIGURES_SEE,
    ),
    (
        "funnel",
        _("The path in figures"),
        _("How many are at each step, and for how long."),
        Permission.FIGURES_SEE,
    ),
    (
        "figures",
        _("Figures"),
        _("What came of it, counted in one way, with all that is not known."),
        Permission.FIGURES_SEE,
    ),
    (
        "reports",
        _("Reports"),
        _("For board, funder and collective: issued once, and what changed since."),
        Permission.FIGURES_SEE,
    ),
    (
        "impact",
        _("Evaluation"),
        _("What changes for those who take part, said so that a sceptic can check it."),
        Permission.EVALUATIONS_SEE,
    ),
    (
        "funder_tables",
        _("Tables for those who pay"),
        _("Indicators by group, with small numbers hidden, as CSV, Excel or PDF."),
        Permission.TABLES_SEE,
    ),
    ("plan_templates", _("Goals of mentees"), _("What a plan may begin with."), Permission.TEMPLATES_SET),
    (
        "agreement_template",
        _("Words of the agreement"),
        _("What your branch adds to what a duo signs."),
        Permission.TEMPLATES_SET,
    ),
    (
        "api_tokens",
        _("Access for programs"),
        _("Which dashboards of others read what of ours."),
        Permission.API_SEE,
    ),
    ("rights", _("Rights over data"), _("Requests to see or to erase."), Permission.RIGHTS_SEE),
    (
        "branch_closing",
        _("Close this branch"),
        _("From a day on nobody comes in; who is here is not left alone."),
        Permission.BRANCHES_CLOSE,
    ),
)


@dataclass(frozen=True, slots=True)
class Room:
    """One door of the page."""

    href: str
    name: str
    what: str


@require_safe
@branch_page(Permission.TEAM_SEE)
def branch_home(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the doors that the reader may open."""
    rooms = [
        Room(href, str(words), str(what))
        for name, words, what, permission in ROOMS
        if here.may(permission) and (href := url_or_none(name, here.branch.slug))
    ]
    return render(request, "coordinator/branch.html", {"here": here, "rooms": rooms})

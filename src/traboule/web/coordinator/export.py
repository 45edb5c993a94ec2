"""Taking out the list of people as it is filtered, as CSV that a spreadsheet cannot run."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from traboule.apps.people import queries
from traboule.apps.people.enums import Level, Permission
from traboule.kernel.matching.profiles import DAYS, PARTS
from traboule.web.access import Here, branch_page
from traboule.web.coordinator.downloads import csv_download
from traboule.web.coordinator.people import filter_form

COLUMNS = (
    *("id", "first_name", "last_name", "side", "state", "birth_date", "phone", "email", "channel"),
    *("contact_language", "country", "postcode", "commune", "languages", "availability", "occupations"),
    *("waiting_since", "can_wait_until", "capacity"),
)
"""Names of the file contract where it has them, so that an exported list can be brought in again."""
SLOTS = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)


def _row(person: Any) -> list[Any]:
    mentor, mentee = getattr(person, "mentor", None), getattr(person, "mentee", None)
    profile = mentor or mentee
    until = next((row.can_wait_until for row in (mentee, mentor) if row), None)
    spoken = sorted(person.languages.all(), key=lambda row: (-row.level, row.code))
    return [
        person.external_id or str(person.pk),
        person.first_name,
        person.last_name,
        " ".join(name for name, held in (("mentor", mentor), ("mentee", mentee)) if held),
        profile.state if profile else "",
        person.birth_date.isoformat() if person.birth_date else "",
        person.phone,
        person.email,
        person.channel,
        person.contact_language,
        person.country,
        person.postcode,
        person.commune_name,
        " ".join(f"{row.code}:{Level(row.level).label}" for row in spoken),
        " ".join(name for bit, name in enumerate(SLOTS) if person.slots >> bit & 1),
        " ".join(profile.occupations) if profile else "",
        mentee.waiting_since.isoformat() if mentee and mentee.waiting_since else "",
        until.isoformat() if until else "",
        mentor.capacity if mentor else "",
    ]


def _rows(people: Any) -> Iterator[list[Any]]:
    for person in people:
        yield _row(person)


@require_safe
@branch_page(Permission.PEOPLE_EXPORT)
def people_export(request: HttpRequest, here: Here) -> HttpResponse:
    """Send the filtered list as a CSV file."""
    chosen = filter_form(request, here).filters()
    people = queries.people_list(actor=here.actor, branch=here.branch, **chosen)
    name = f"traboule-{here.branch.slug}-{here.today:%Y-%m-%d}.csv"
    return csv_download(name, COLUMNS, _rows(people))

"""Named reads of this app."""

from traboule.apps.people.queries._drafts import clean_phone, is_landline
from traboule.apps.people.queries.days import DaySummary, Step, day_summary, today
from traboule.apps.people.queries.documents import documents_of, find_document
from traboule.apps.people.queries.files import ImportPreview, PreviewRow, find_import, import_preview
from traboule.apps.people.queries.logins import (
    actor_by_email,
    actor_of,
    demo_logins,
    demo_people,
    find_grant,
    grantable_roles,
    grants_of,
    login_of,
    outsiders_of,
    roles_of,
    staff_of,
)
from traboule.apps.people.queries.persons import (
    PersonPage,
    communes_of,
    counts,
    find_note,
    find_person,
    languages_of,
    people_list,
    person_page,
)

__all__ = [
    "DaySummary",
    "ImportPreview",
    "PersonPage",
    "PreviewRow",
    "Step",
    "actor_by_email",
    "actor_of",
    "clean_phone",
    "communes_of",
    "counts",
    "day_summary",
    "demo_logins",
    "demo_people",
    "documents_of",
    "find_document",
    "find_grant",
    "find_import",
    "find_note",
    "find_person",
    "grantable_roles",
    "grants_of",
    "import_preview",
    "is_landline",
    "languages_of",
    "login_of",
    "outsiders_of",
    "people_list",
    "person_page",
    "roles_of",
    "staff_of",
    "today",
]

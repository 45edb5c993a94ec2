"""The tables of this app."""

from traboule.apps.people.models.documents import PersonDocument
from traboule.apps.people.models.files import ImportRun
from traboule.apps.people.models.logins import Login, RoleGrant
from traboule.apps.people.models.merges import NotSamePerson, PersonMerge
from traboule.apps.people.models.notes import Consent, Note
from traboule.apps.people.models.persons import Avoid, Person, SpokenLanguage
from traboule.apps.people.models.profiles import MenteeProfile, MentorProfile
from traboule.apps.people.models.wishes import NotToMeet

__all__ = [
    "Avoid",
    "Consent",
    "ImportRun",
    "Login",
    "MenteeProfile",
    "MentorProfile",
    "NotSamePerson",
    "NotToMeet",
    "Note",
    "Person",
    "PersonDocument",
    "PersonMerge",
    "RoleGrant",
    "SpokenLanguage",
]

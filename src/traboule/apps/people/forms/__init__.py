"""Turning what somebody typed into clean values for the actions."""

from traboule.apps.people.forms.documents import DocumentForm
from traboule.apps.people.forms.imports import ImportFileForm, MappingForm
from traboule.apps.people.forms.lists import PeopleFilterForm
from traboule.apps.people.forms.notes import NoteForm, PauseForm
from traboule.apps.people.forms.persons import MenteeForm, MentorForm, PersonForm, form_for
from traboule.apps.people.forms.team import InviteForm, RoleForm

__all__ = [
    "DocumentForm",
    "ImportFileForm",
    "InviteForm",
    "MappingForm",
    "MenteeForm",
    "MentorForm",
    "NoteForm",
    "PauseForm",
    "PeopleFilterForm",
    "PersonForm",
    "RoleForm",
    "form_for",
]

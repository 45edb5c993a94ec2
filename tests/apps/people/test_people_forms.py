"""What people type, and what becomes of it."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from tests.factories.people import NOW, TODAY, branch, coordinator, mentee, mentor
from traboule.apps.people.actions import add_person, correct_person
from traboule.apps.people.enums import Role, Side
from traboule.apps.people.forms import InviteForm, MenteeForm, MentorForm, NoteForm, PeopleFilterForm
from traboule.apps.people.models import MenteeProfile

SELAM: dict[str, Any] = {
    "first_name": "Selam",
    "last_name": "Haile",
    "birth_date": "04/05/2003",
    "phone": "06 12 34 56 78",
    "email": "",
    "channel": "sms",
    "contact_language": "ti",
    "postcode": "69 009",
    "languages": "Tigrinya C2, French A2",
    "occupations": "",
    "slots": ["0", "4"],
    "consent": "on",
}


def sent(values: dict[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def filled(form: Any = MenteeForm, **changes: Any) -> Any:
    return form(sent({**SELAM, **changes}), today=TODAY)


def test_twelve_essentials_are_enough() -> None:
    form = filled()
    assert form.is_valid(), form.errors
    assert len(form.essential_fields()) == 12
    fields = form.cleaned_fields()
    assert fields["phone"] == "+33612345678"
    assert fields["birth_date"] == date(2003, 5, 4)
    assert fields["languages"] == [("ti", 6), ("fr", 2)]
    assert fields["slots"] == 0b10001
    assert fields["waiting_since"] == TODAY


@pytest.mark.django_db
def test_what_the_form_gives_is_what_the_action_takes() -> None:
    here = branch()
    form = filled()
    assert form.is_valid()
    person = add_person(
        branch=here, side=Side.MENTEE, fields=form.cleaned_fields(), by=coordinator(here), now=NOW
    )
    assert person.commune_code == "69389"
    assert person.postcode == "69009"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Villeurbanne", "69266"), ("saint etienne", "42218"), ("Lyon 9e", "69389"), ("1000", "01")],
)
def test_a_place_may_be_a_commune_a_postcode_or_one_that_lost_its_zero(typed: str, code: str) -> None:
    form = filled(postcode=typed)
    assert form.is_valid(), form.errors
    found = form.cleaned_data
    assert found["commune_code"] == code or found["postcode"].startswith(code)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("postcode", "00000"),
        ("postcode", "Xyzzyville"),
        ("phone", "12"),
        ("languages", "Klingonesque B1"),
        ("languages", "French"),
        ("occupations", "qwxzk"),
        ("birth_date", "2031-01-01"),
        ("birth_date", "31/02/2001"),
        ("slots", []),
        ("consent", ""),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(name: str, typed: Any) -> None:
    form = filled(**{name: typed})
    assert not form.is_valid()
    assert name in form.errors


def test_somebody_must_be_reachable_the_way_they_chose() -> None:
    assert "phone" in filled(phone="", email="").errors
    assert "channel" in filled(channel="email", email="").errors


@pytest.mark.parametrize("typed", ["M1805", "m 1805", "développeur informatique", "M1805, G1602"])
def test_an_occupation_may_be_a_code_or_a_word(typed: str) -> None:
    form = filled(occupations=typed)
    assert form.is_valid(), form.errors
    assert "M1805" in form.cleaned_data["occupations"]


@pytest.mark.parametrize("typed", ["fr:B1 ti:C2", "français B1, tigrigna C2", "French B1; Tigrinya C2"])
def test_languages_may_be_written_with_codes_or_names(typed: str) -> None:
    form = filled(languages=typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["languages"] == [("ti", 6), ("fr", 3)]


def test_an_unusual_age_is_a_warning_that_the_branch_decides() -> None:
    form = filled(birth_date="1980-01-01")
    assert form.is_valid()
    assert len(form.warnings) == 1
    young = filled(MentorForm, birth_date="1990-01-01", generalist="on")
    assert young.is_valid()
    assert len(young.warnings) == 1


def test_a_mentor_without_occupation_is_a_generalist() -> None:
    assert "occupations" in filled(MentorForm, birth_date="1960-01-01").errors
    assert filled(MentorForm, birth_date="1960-01-01", generalist="on").is_valid()


def test_dates_stand_in_order() -> None:
    form = filled(waiting_since="2026-02-01", can_wait_until="2026-01-01")
    assert "can_wait_until" in form.errors


@pytest.mark.django_db
@pytest.mark.parametrize("make", [mentee, mentor])
def test_a_form_that_is_sent_back_unchanged_changes_nothing(make: Any) -> None:
    here = branch()
    person = make(here)
    form_class = MenteeForm if make is mentee else MentorForm
    blank = form_class(today=TODAY, person=person)
    data = {name: blank[name].value() if blank[name].value() is not None else "" for name in blank.fields}
    data = {name: value for name, value in data.items() if value is not False}
    form = form_class(sent(data), today=TODAY, person=person)
    assert form.is_valid(), form.errors
    before = (person.commune_name, person.latitude, person.slots)
    after = correct_person(person=person, fields=form.cleaned_fields(), by=coordinator(here), now=NOW)
    assert (after.commune_name, after.latitude, after.slots) == before


@pytest.mark.django_db
def test_a_mentee_may_be_corrected_by_form() -> None:
    here = branch()
    person = mentee(here, waiting_since=date(2026, 1, 5))
    form = MenteeForm(sent({**SELAM, "needs": ["cv"]}), today=TODAY, person=person)
    assert form.is_valid(), form.errors
    correct_person(person=person, fields=form.cleaned_fields(), by=coordinator(here), now=NOW)
    profile = MenteeProfile.everywhere.get(person=person)
    assert (profile.needs, profile.waiting_since) == (["cv"], date(2026, 1, 5))


def test_a_next_step_and_its_date_come_together() -> None:
    base = {"readers": "staff", "kind": "call", "text": "…"}
    assert NoteForm(base).is_valid()
    assert "next_step_on" in NoteForm({**base, "next_step": "Call"}).errors
    assert "next_step" in NoteForm({**base, "next_step_on": "2026-03-03"}).errors


def test_a_wrong_filter_is_left_out() -> None:
    form = PeopleFilterForm({"kind": "dragon", "text": "ana"}, communes=[], spoken=["fr"])
    assert form.filters() == {"text": "ana"}


def test_only_grantable_roles_are_offered() -> None:
    form = InviteForm(roles=[Role.COORDINATOR])
    assert [value for value, _label in form.fields["role"].choices] == ["coordinator"]
    assert list(form.fields) == ["name", "email", "locale", "role"]

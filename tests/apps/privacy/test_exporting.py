"""Access: one archive, for people and for machines, in the person's language, and nobody else in it."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.privacy.test_erasing import application, ended_duo
from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.branches.models import Branch
from traboule.apps.pairing.models import Proposal
from traboule.apps.people import actions as people
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Avoid, Login, Note, Person
from traboule.apps.privacy.actions import export_person
from traboule.core.actors import Actor
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


@pytest.fixture
def officer(lyon: Branch) -> Actor:
    return make.actor(Role.DPO, lyon, name="Odile Officer")


def files_of(person: Person, by: Actor) -> dict[str, str]:
    content = export_person(person=person, by=by, now=LATER)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def data_of(person: Person, by: Actor) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files_of(person, by)["data.json"])
    return found


def test_it_says_everything_that_is_held_in_the_language_of_the_person(lyon: Branch, officer: Actor) -> None:
    person = make.mentee(lyon, first_name="Selam", contact_language="fr")
    application(person, answers={"why": "Je cherche un métier."})
    people.log_note(person=person, text="Veut réparer des vélos.", by=make.coordinator(lyon), now=NOW)
    files = files_of(person, officer)
    assert set(files) == {"index.html", "data.json"}
    for said in ("Selam", person.email, "réparer des vélos", "Je cherche un métier."):
        assert said in files["index.html"], said
        assert said in files["data.json"], said
    assert '<html lang="fr" dir="ltr">' in files["index.html"]
    assert json.loads(files["data.json"])["language"] == "fr"


def test_nobody_else_is_in_it(lyon: Branch, officer: Actor) -> None:
    by = make.coordinator(lyon, name="Claire Kanarina", email="claire.kanarina@example.org")
    mentor = make.mentor(
        lyon,
        first_name="Wolfram",
        last_name="Kanarienmann",
        email="wolfram@example.org",
        phone="+33655555555",
    )
    person = make.mentee(lyon, first_name="Selam")
    enemy = make.mentee(lyon, first_name="Feindina", last_name="Fremd")
    Avoid.everywhere.create(person=enemy, other=person)
    duo = ended_duo(person, mentor, by)
    Proposal.everywhere.filter(duo=duo).update(
        reason="Wolfram repairs bikes; KANARIENMANN likes Selam, +33655555555."
    )
    people.log_note(person=person, text="Claire Kanarina called with wolfram.", by=by, now=NOW)
    said = " ".join(files_of(person, officer).values())
    for hidden in ("wolfram", "kanarienmann", "kanarina", "+33655555555", "feindina", "fremd", "odile"):
        assert hidden not in said.casefold(), hidden
    assert "Selam" in said
    assert "une autre personne" in said or "another person" in said


def test_rows_of_other_people_are_not_in_it(lyon: Branch, officer: Actor) -> None:
    person, other = make.mentee(lyon), make.mentee(lyon)
    people.log_note(person=other, text="Only about somebody else.", by=make.coordinator(lyon), now=NOW)
    people.log_note(person=person, text="About this person.", by=make.coordinator(lyon), now=NOW)
    said = files_of(person, officer)["data.json"]
    assert "About this person." in said
    assert "Only about somebody else." not in said


def test_no_key_and_no_secret_is_in_it(lyon: Branch, officer: Actor) -> None:
    person = make.mentee(lyon)
    make.login(Role.MENTEE, lyon, person=person, email="selam@example.org", password="argon2$secret")
    said = files_of(person, officer)
    assert "selam@example.org" in said["data.json"]
    assert "argon2$secret" not in " ".join(said.values())


def test_a_text_cannot_run_in_the_readable_page(lyon: Branch, officer: Actor) -> None:
    person = make.mentee(lyon, first_name="<script>alert(1)</script>")
    assert "<script" not in files_of(person, officer)["index.html"]


def test_it_costs_as_many_queries_with_1000_rows_as_with_one(lyon: Branch, officer: Actor) -> None:
    person, author = make.mentee(lyon), make.login(Role.COORDINATOR, lyon)
    note = Note(person=person, author=author, text="t", happened_at=NOW)
    note.save()
    data_of(person, officer)  # the chain of the branch has its first entry
    with CaptureQueriesContext(connection) as few:
        data_of(person, officer)
    Note.everywhere.bulk_create(
        Note(person=person, author=author, text="t", happened_at=NOW) for _ in range(999)
    )
    with CaptureQueriesContext(connection) as many:
        found = data_of(person, officer)
    notes = next(section for section in found["sections"] if section["model"] == "people.Note")
    assert len(notes["rows"]) == 1_000
    assert len(many) == len(few)


def test_taking_it_out_is_written_down_and_only_for_who_answers_requests(
    lyon: Branch, officer: Actor
) -> None:
    person = make.mentee(lyon)
    with pytest.raises(NotAllowed):
        export_person(person=person, by=make.coordinator(lyon), now=LATER)
    export_person(person=person, by=officer, now=LATER)
    entry = AuditEntry.objects.get(verb="person.exported")
    assert (entry.subject_id, entry.actor_id) == (str(person.pk), officer.id)
    assert Login.objects.filter(pk=officer.id).exists()

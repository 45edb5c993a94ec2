"""Tell us what you found, by link in a few taps; the desk of the team; the second person; the budgets."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import outcomes as tell
from tests.factories import people as make
from tests.factories import support as app
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.outcomes.actions.decisions import verify_outcome
from traboule.apps.outcomes.enums import ToldBy
from traboule.apps.outcomes.models import Evidence, NoOutcome, Outcome
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person

pytestmark = pytest.mark.django_db
BUDGET = 15


def door(person: Person) -> str:
    return "/" + my_place_address(person=person, now=timezone.now()).split("/", 3)[3]


def a_duo(lyon: Branch, **names: str) -> Duo:
    return app.duo(lyon, started_on=timezone.localdate() - timedelta(days=100), **names)


def told(person: Person, **fields: Any) -> Outcome:
    """A job since today, told now."""
    now = timezone.now()
    return tell.told(person, **{"now": now, "starts_on": timezone.localdate(now), **fields})


def job(**fields: Any) -> dict[str, Any]:
    day = timezone.localdate().isoformat()
    return {"act": "found", "contract": "permanent", "starts_on": day, **fields}


def photo(content: bytes = b"", name: str = "IMG_1.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or tell.picture())


def test_a_mentee_tells_of_a_job_in_four_taps_and_reads_why_we_ask(lyon: Branch, client: Client) -> None:
    mentee = a_duo(lyon).mentee
    where = door(mentee)
    assert "?show=found" in client.get(where).content.decode()
    choices = client.get(f"{where}?show=found").content.decode()
    assert "?show=found&amp;what=job" in choices
    assert "It changes nothing for you." in choices
    form = client.get(f"{where}?show=found&what=job").content.decode()
    assert f'value="{timezone.localdate().isoformat()}"' in form  # the first day needs no typing
    page = client.post(f"{where}?show=found&what=job", job(), follow=True).content.decode()
    assert "Thank you! That is good news." in page
    row = Outcome.everywhere.get()
    assert (row.person, row.kind, row.contract, row.told_by) == (mentee, "job", "permanent", "mentee")
    assert "to verify" not in page  # a state of the team is nothing for her


def test_a_wrong_file_and_wrong_days_are_said_beside_the_field_and_nothing_is_half_written(
    lyon: Branch, client: Client
) -> None:
    where = f"{door(a_duo(lyon).mentee)}?show=found&what=job"
    today = timezone.localdate()
    wrong_file = client.post(where, job(employer="Garage", file=photo(b"no picture")))
    assert wrong_file.status_code == 422
    assert "The ending of the name does not fit" in wrong_file.content.decode()
    assert 'value="Garage"' in wrong_file.content.decode()
    exe = client.post(where, job(file=photo(name="contract.exe")))
    assert "Choose a PDF, a text file" in exe.content.decode()
    backwards = client.post(where, job(ends_on=(today - timedelta(1)).isoformat()))
    assert "The last day is before the first day." in backwards.content.decode()
    early = client.post(where, job(starts_on=(today - timedelta(200)).isoformat()))
    assert (early.status_code, "before the duo began" in early.content.decode()) == (422, True)
    assert not Outcome.everywhere.exists()
    assert not Evidence.everywhere.exists()


def test_nothing_yet_and_rather_not_say_are_one_or_two_taps_and_blame_nobody(
    lyon: Branch, client: Client
) -> None:
    mentee = a_duo(lyon).mentee
    where = door(mentee)
    assert "It is not your fault." in client.get(f"{where}?show=nothing").content.decode()
    client.post(where, {"act": "nothing", "whys": ["language", "no_offers"]})
    assert NoOutcome.everywhere.get().whys == ["language", "no_offers"]
    said = client.post(where, {"act": "rather-not"}, follow=True).content.decode()
    assert "That is fine. Nothing changes for you." in said
    assert NoOutcome.everywhere.get().answer == "rather_not"


def test_a_photo_comes_later_and_what_was_told_is_taken_back(lyon: Branch, client: Client) -> None:
    mentee = a_duo(lyon).mentee
    where, row = door(mentee), told(mentee)
    paper = f"{where}?show=found-paper&outcome={row.pk}"
    assert client.get(paper).status_code == 200
    assert client.post(paper, {"act": "found-paper", "file": photo()}).status_code == 302
    row.refresh_from_db()
    assert row.grade == "documented"
    client.post(where, {"act": "found-back", "outcome": row.pk})
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert client.get(paper).status_code == 404


def test_nobody_opens_the_outcome_of_somebody_else(lyon: Branch, client: Client) -> None:
    duo, other = a_duo(lyon), told(a_duo(lyon).mentee)
    for person in (duo.mentee, duo.mentor):
        where = door(person)
        assert client.get(f"{where}?show=found-paper&outcome={other.pk}").status_code == 404
        assert client.post(where, {"act": "found-back", "outcome": other.pk}).status_code == 404
    assert client.get(f"{door(make.mentor(lyon))}?show=found").status_code == 404


def test_a_mentor_of_two_says_of_whom_and_sees_nothing_of_what_others_told(
    lyon: Branch, client: Client
) -> None:
    duo = a_duo(lyon, mentee="Selam")
    told(duo.mentee, employer="Only hers to show")
    second = make.mentee(lyon, first_name="Amina")
    Duo.everywhere.filter(pk=duo.pk).update(
        place=None,
        state="closed",
        closed_on=timezone.localdate(),
        closed_by=duo.started_by,
        close_reason="completed",
    )
    other = a_duo(lyon)
    Duo.everywhere.filter(pk=other.pk).update(mentor=duo.mentor, mentee=second)
    where = door(duo.mentor)
    choices = client.get(f"{where}?show=found").content.decode()
    assert "Selam" in choices
    assert "Amina" in choices
    page = client.get(f"{where}?show=found&whom={duo.mentee_id}").content.decode()
    assert "Only hers to show" not in page
    client.post(f"{where}?show=found&what=job&whom={duo.mentee_id}", job(employer="only hers to show"))
    row = Outcome.everywhere.get(told_by=ToldBy.MENTOR)
    hers = client.get(f"{door(duo.mentee)}?show=found").content.decode()
    assert "told by your mentor" in hers  # what others tell of her is not hidden from her
    assert (row.person, row.maybe_same_as is not None) == (duo.mentee, True)


def test_the_list_shows_what_waits_first_and_one_told_twice_by_name(lyon: Branch, sign_in: SignIn) -> None:
    duo = a_duo(lyon)
    told(duo.mentee)
    told(duo.mentee, told_by=ToldBy.MENTOR, teller=duo.mentor, employer="GARAGE du pont")
    client = sign_in(Role.COORDINATOR, lyon)
    page = client.get(reverse("outcomes", args=["lyon"])).content.decode()
    assert "To verify (2)" in page.replace("À vérifier", "To verify")
    assert client.get(reverse("outcomes", args=["lyon"]) + "?show=twins").context["page"].paginator.count == 1


def test_a_second_person_sees_the_paper_beside_and_verifies(lyon: Branch, sign_in: SignIn) -> None:
    row = told(a_duo(lyon).mentee, paper=tell.paper())
    client = sign_in(Role.COORDINATOR, lyon)
    where = reverse("outcome", args=["lyon", row.pk])
    picture = reverse("outcome_paper", args=["lyon", row.papers.get().pk])
    assert f'src="{picture}"' in client.get(where).content.decode()
    assert client.get(picture).headers["Content-Type"] == "image/png"
    assert client.post(where, {"act": "doubt", "reason": ""}).status_code == 422
    client.post(where, {"act": "verify"})
    row.refresh_from_db()
    assert row.state == "verified"


def test_the_author_is_told_that_somebody_else_verifies(lyon: Branch, sign_in: SignIn) -> None:
    mentee = a_duo(lyon).mentee
    client = sign_in(Role.COORDINATOR, lyon, locale="en")
    new = reverse("outcome_new", args=["lyon", mentee.pk])
    day = timezone.localdate()
    early = (day - timedelta(200)).isoformat()
    form = {"kind": "job", "told_by": "mentee", "contract": "fixed", "starts_on": early}
    refused = client.post(new, form)
    assert (refused.status_code, Outcome.everywhere.count()) == (422, 0)
    done = client.post(new, form | {"starts_on": day.isoformat(), "weekly_hours": "27.5"}, follow=True)
    row = Outcome.everywhere.get()
    assert 'value="verify"' not in done.content.decode()
    client.post(reverse("outcome", args=["lyon", row.pk]), {"act": "verify"})
    row.refresh_from_db()
    assert (row.state, str(row.weekly_hours)) == ("told", "27.5")


def test_two_tellings_are_joined_or_said_to_be_two(lyon: Branch, sign_in: SignIn) -> None:
    duo = a_duo(lyon)
    first = told(duo.mentee)
    second = told(duo.mentee, told_by=ToldBy.MENTOR, teller=duo.mentor)
    client = sign_in(Role.COORDINATOR, lyon)
    where = reverse("outcome", args=["lyon", second.pk])
    client.post(where, {"act": "verify"})
    second.refresh_from_db()
    assert second.state == "told"  # first say whether it is one
    client.post(where, {"act": "join", "keep": first.pk})
    second.refresh_from_db()
    assert second.joined_to == first
    client.post(where, {"act": "part"})
    client.post(where, {"act": "two"})
    second.refresh_from_db()
    assert (second.state, second.maybe_same_as, second.apart_from) == ("told", None, [first.pk])


def test_an_answer_and_a_correction_are_written_by_the_team(lyon: Branch, sign_in: SignIn) -> None:
    duo = a_duo(lyon)
    client = sign_in(Role.COORDINATOR, lyon)
    none = reverse("no_outcome", args=["lyon", duo.mentee_id])
    day = timezone.localdate().isoformat()
    both = client.post(none, {"answer": "not_reached", "asked_on": day, "whys": ["language"]})
    assert (both.status_code, NoOutcome.everywhere.count()) == (422, 0)
    client.post(none, {"answer": "not_reached", "asked_on": day})
    assert NoOutcome.everywhere.get().told_by == "team"
    row = told(duo.mentee)
    edit = reverse("outcome_edit", args=["lyon", row.pk])
    client.post(edit, {"kind": "job", "contract": "permanent", "starts_on": day, "occupation": "D1102"})
    row.refresh_from_db()
    assert (row.contract, row.occupation, row.employer) == ("permanent", "D1102", "")


def test_pages_cost_the_same_at_1_and_at_30_outcomes(lyon: Branch, sign_in: SignIn) -> None:
    client, by = sign_in(Role.COORDINATOR, lyon), make.coordinator(lyon)
    duo = a_duo(lyon)
    first = told(duo.mentee, paper=tell.paper())
    names = ("outcomes", "person_outcomes", "outcome", "duo")
    of = {"outcomes": [], "person_outcomes": [duo.mentee_id], "outcome": [first.pk], "duo": [duo.pk]}
    pages = [reverse(name, args=["lyon", *of[name]]) for name in names]
    pages += [f"{pages[0]}?show=all", f"{pages[0]}?show=twins"]
    told(duo.mentee, told_by=ToldBy.MENTOR, teller=duo.mentor)  # told twice: each list holds a row
    few = {where: _queries(client, where) for where in pages for _warm in range(2)}
    for number in range(30):
        day = timezone.localdate() - timedelta(days=3 * number)
        row = told(
            duo.mentee,
            employer=f"Firm {chr(65 + number % 26)}{number}",
            starts_on=day,
            paper=tell.paper(number),
        )
        if row.maybe_same_as is None and number % 2:
            verify_outcome(outcome=row, by=by, now=timezone.now())
    assert {where: _queries(client, where) for where in pages} == few
    assert max(few.values()) <= BUDGET


def test_the_place_stays_in_its_budget(lyon: Branch, client: Client) -> None:
    duo = a_duo(lyon)
    told(duo.mentee)
    for person in (duo.mentee, duo.mentor):
        where = door(person)
        _queries(client, where)
        assert _queries(client, where) <= BUDGET
        assert _queries(client, f"{where}?show=found") <= BUDGET


def _queries(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(where).status_code == 200
    return len(seen)

"""The pages that join two records of one person, and separate them again."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import people as make
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from traboule.apps.applications.models import Application
from traboule.apps.branches.models import Branch
from traboule.apps.people.actions import add_person, merge_people
from traboule.apps.people.enums import Role, Side
from traboule.apps.people.models import Note, Person, PersonMerge

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    found = BeautifulSoup(response.content, "html.parser").main
    assert found is not None
    return " ".join(found.get_text(" ").split())


@pytest.fixture
def client(lyon: Branch, sign_in: SignIn) -> Client:
    return sign_in(at=lyon, name="Claire")


@pytest.fixture
def pair(lyon: Branch) -> tuple[Person, Person]:
    by = make.coordinator(lyon)
    born = {"birth_date": date(1999, 3, 20)}
    one = {"first_name": "Mohammed", "last_name": "Ahmed", "phone": "+33612345678", **born}
    two = {"first_name": "Ahmed", "last_name": "Mohamad", "email": "m@example.org", **born}
    return (
        add_person(branch=lyon, side=Side.MENTEE, fields=one, by=by, now=NOW),
        add_person(branch=lyon, side=Side.MENTEE, fields=two, by=by, now=NOW),
    )


def test_the_list_says_why_two_may_be_one(client: Client, pair: tuple[Person, Person]) -> None:
    page = text(client.get("/b/lyon/duplicates/"))
    assert "very likely the same person" in page
    assert "the same name, spelled otherwise · the same birth date" in page


def test_the_page_of_a_person_and_of_an_application_warn_discreetly(
    client: Client, pair: tuple[Person, Person], lyon: Branch
) -> None:
    assert "Here twice?" in text(client.get(f"/b/lyon/people/{pair[0].pk}/"))
    from traboule.web.coordinator.duplicates import duplicates_panel

    application = Application(branch=lyon, person=pair[0])
    here = client.get("/b/lyon/duplicates/").context["here"]
    panel = duplicates_panel(here, application)
    assert panel is not None
    assert [line.second for line in panel.context["twins"]] == [pair[1]]


def test_what_was_chosen_stays_and_can_be_separated_again(
    client: Client, pair: tuple[Person, Person]
) -> None:
    kept, dropped = pair
    where = f"/b/lyon/duplicates/{kept.pk}/{dropped.pk}/"
    assert "One person or two?" in text(client.get(where))
    joined = client.post(where, {"last_name": "dropped", "first_name": "kept"}, follow=True)
    kept.refresh_from_db()
    assert (kept.first_name, kept.last_name, kept.email) == ("Mohammed", "Mohamad", "m@example.org")
    assert "Two records were joined here" in text(joined)
    assert "joined to another one" in text(client.get(f"/b/lyon/people/{dropped.pk}/"))
    merge = PersonMerge.everywhere.get()
    client.post(f"/b/lyon/duplicates/joined/{merge.pk}/undo/")
    kept.refresh_from_db()
    assert (kept.last_name, kept.email) == ("Ahmed", "")


def test_reading_changes_nothing(client: Client, pair: tuple[Person, Person]) -> None:
    client.get(f"/b/lyon/duplicates/{pair[0].pk}/{pair[1].pk}/")
    assert not PersonMerge.everywhere.exists()


def test_two_people_are_not_shown_together_again(client: Client, pair: tuple[Person, Person]) -> None:
    client.post(f"/b/lyon/duplicates/{pair[1].pk}/{pair[0].pk}/two/")
    assert "Nobody seems to be here twice." in text(client.get("/b/lyon/duplicates/"))


def test_the_slower_of_two_reads_who_was_faster(
    client: Client, pair: tuple[Person, Person], lyon: Branch
) -> None:
    merge_people(kept=pair[0], dropped=pair[1], choices={}, by=make.coordinator(lyon, name="Mehdi"), now=NOW)
    late = client.post(f"/b/lyon/duplicates/{pair[1].pk}/{pair[0].pk}/", follow=True)
    assert "Mehdi was faster and joined them" in text(late)


def test_what_stands_in_the_way_of_separating_is_named(
    client: Client, pair: tuple[Person, Person], lyon: Branch
) -> None:
    note = Note.everywhere.create(person=pair[1], author=make.login(), text="x", happened_at=NOW)
    merge = merge_people(kept=pair[0], dropped=pair[1], choices={}, by=make.coordinator(lyon), now=NOW)
    note.delete()
    answer = client.post(f"/b/lyon/duplicates/joined/{merge.pk}/undo/", follow=True)
    assert "This was taken away or replaced since: note." in text(answer)


def test_an_adviser_has_no_business_here(lyon: Branch, sign_in: SignIn, pair: tuple[Person, Person]) -> None:
    assert sign_in(Role.REFERRER, lyon).get("/b/lyon/duplicates/").status_code == 403

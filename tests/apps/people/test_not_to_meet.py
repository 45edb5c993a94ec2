"""Whom somebody would rather not meet: a full name is avoided at once, other words wait for the team."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories import judging as app
from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.applications.actions import talk_notes
from traboule.apps.applications.actions.wishes import NOT_TO_MEET, name_wish, say_whom_not_to_meet
from traboule.apps.branches.models import Branch
from traboule.apps.people import actions
from traboule.apps.people.actions import avoiding
from traboule.apps.people.models import Avoid, NotToMeet, Person
from traboule.apps.people.queries.wishes import named_by, not_to_meet, people_called
from traboule.apps.privacy.actions.exporting import BELONGS_TO_OTHERS
from traboule.apps.steps.models import OpenStep
from traboule.core.actors import Actor, system
from traboule.core.erasing import erase_subject
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed

pytestmark = pytest.mark.django_db
LINK = system("my.place")


@pytest.fixture
def lyon() -> Branch:
    return make.branch(name="Lyon")


@pytest.fixture
def claire(lyon: Branch) -> Actor:
    return make.coordinator(lyon, name="Claire")


@pytest.fixture
def selam(lyon: Branch) -> Person:
    return make.mentee(lyon, first_name="Selam", last_name="Tesfay")


@pytest.fixture
def karim(lyon: Branch) -> Person:
    return make.mentor(lyon, first_name="Karim", last_name="Haddad")


def avoided(person: Person) -> set[int]:
    return set(Avoid.everywhere.filter(person=person).values_list("other_id", flat=True))


@pytest.mark.parametrize("said", ["Karim Haddad", "haddad KARIM", "  Kárim   Haddad "])
def test_a_full_name_of_the_branch_is_avoided_at_once(said: str, selam: Person, karim: Person) -> None:
    wish = say_whom_not_to_meet(person=selam, words=said, by=LINK, now=NOW)
    assert (wish.other_id, avoided(selam)) == (karim.pk, {karim.pk})
    assert OpenStep.everywhere.get(kind=NOT_TO_MEET).person_id == selam.pk


@pytest.mark.parametrize("said", ["Karim", "Haddad", "my uncle", "Karim Haddad the baker"])
def test_words_that_are_no_full_name_are_kept_for_the_team(said: str, selam: Person, karim: Person) -> None:
    wish = say_whom_not_to_meet(person=selam, words=said, by=LINK, now=NOW)
    assert (wish.words, wish.other_id, avoided(selam)) == (said, None, set())


def test_two_people_of_one_name_are_left_to_the_team(lyon: Branch, selam: Person, karim: Person) -> None:
    make.mentor(lyon, first_name="Karim", last_name="Haddad")
    assert named_by(selam, "Karim Haddad") is None


def test_a_name_of_another_branch_is_nobody_here(selam: Person) -> None:
    make.mentor(make.branch(), first_name="Anne", last_name="Roux")
    assert named_by(selam, "Anne Roux") is None


def test_saying_the_same_twice_is_once(selam: Person, karim: Person) -> None:
    for _ in range(2):
        say_whom_not_to_meet(person=selam, words="Karim Haddad", by=LINK, now=NOW)
    assert NotToMeet.everywhere.count() == 1


def test_a_list_that_grows_without_end_is_refused(selam: Person) -> None:
    for number in range(avoiding.MOST_WISHES):
        say_whom_not_to_meet(person=selam, words=f"Somebody {number}", by=LINK, now=NOW)
    with pytest.raises(avoiding.TooManyWishes):
        say_whom_not_to_meet(person=selam, words="One more", by=LINK, now=NOW)
    with pytest.raises(avoiding.NothingSaid):
        say_whom_not_to_meet(person=selam, words="   ", by=LINK, now=NOW)


def test_the_team_says_who_is_meant_and_the_step_is_done(selam: Person, karim: Person, claire: Actor) -> None:
    wish = say_whom_not_to_meet(person=selam, words="my uncle", by=LINK, now=NOW)
    name_wish(wish=wish, other=karim, by=claire, now=NOW)
    assert avoided(selam) == {karim.pk}
    assert OpenStep.everywhere.get(kind=NOT_TO_MEET).closed_at == NOW


def test_choosing_somebody_else_lets_the_first_one_go(
    lyon: Branch, selam: Person, karim: Person, claire: Actor
) -> None:
    other = make.mentor(lyon)
    wish = say_whom_not_to_meet(person=selam, words="Karim Haddad", by=LINK, now=NOW)
    avoiding.name_the_other(wish=wish, other=other, by=claire, now=NOW)
    assert avoided(selam) == {other.pk}


def test_taking_back_ends_the_pair_unless_another_wish_names_the_same(
    selam: Person, karim: Person, claire: Actor
) -> None:
    first = say_whom_not_to_meet(person=selam, words="Karim Haddad", by=LINK, now=NOW)
    second = avoiding.say_not_to_meet(person=selam, words="my uncle", other=karim, by=claire, now=NOW)
    avoiding.take_own_back(wish=first, by=LINK, now=NOW)
    assert avoided(selam) == {karim.pk}
    avoiding.take_back(wish=second, by=claire, now=NOW)
    assert avoided(selam) == set()


def test_a_pair_without_words_can_be_ended(selam: Person, karim: Person, claire: Actor) -> None:
    actions.correct_person(person=selam, fields={"avoid": [karim.pk]}, by=claire, now=NOW)
    assert [row.pk for row in not_to_meet(actor=claire, person=selam).without_words] == [karim.pk]
    avoiding.stop_avoiding(person=selam, other=karim, by=claire, now=NOW)
    assert avoided(selam) == set()


def test_a_file_that_names_nobody_does_not_undo_what_was_said(
    selam: Person, karim: Person, claire: Actor
) -> None:
    say_whom_not_to_meet(person=selam, words="Karim Haddad", by=LINK, now=NOW)
    actions.correct_person(person=selam, fields={"avoid": []}, by=claire, now=NOW)
    assert avoided(selam) == {karim.pk}


def test_somebody_of_another_branch_can_never_be_chosen(selam: Person, claire: Actor) -> None:
    stranger = make.mentor(make.branch())
    with pytest.raises(ValueError, match="same branch"):
        avoiding.say_not_to_meet(person=selam, words="x", other=stranger, by=claire, now=NOW)
    assert people_called(actor=claire, person=selam, text=stranger.first_name) == []


def test_nobody_else_writes_a_persons_own_wish(selam: Person, claire: Actor) -> None:
    with pytest.raises(NotAllowed):
        say_whom_not_to_meet(person=selam, words="Karim", by=claire, now=NOW)


def test_nobody_is_named_in_the_log(selam: Person, karim: Person) -> None:
    say_whom_not_to_meet(person=selam, words="Karim Haddad", by=LINK, now=NOW)
    entry = AuditEntry.objects.get(verb="person.avoided_said")
    assert "Haddad" not in str(entry.facts)
    assert entry.facts["found"] is True


def test_the_words_of_a_talk_become_a_wish(lyon: Branch, karim: Person, claire: Actor) -> None:
    of = app.application(lyon)
    notes = app.notes(app.talk(of, claire), claire, would_not_meet="Karim Haddad")
    talk_notes.finish_notes(notes=notes, by=claire, now=NOW)
    assert avoided(of.person) == {karim.pk}
    assert not OpenStep.everywhere.filter(kind=NOT_TO_MEET).exists()


def test_words_of_a_talk_that_name_nobody_open_a_step(lyon: Branch, claire: Actor) -> None:
    notes = app.notes(app.talk(app.application(lyon), claire), claire, would_not_meet="her uncle")
    talk_notes.finish_notes(notes=notes, by=claire, now=NOW)
    assert OpenStep.everywhere.filter(kind=NOT_TO_MEET, closed_at=None).count() == 1


def test_erasing_the_one_who_is_named_takes_the_words_away(selam: Person, karim: Person) -> None:
    say_whom_not_to_meet(person=selam, words="Karim Haddad", by=LINK, now=NOW)
    erase_subject(Person, karim.pk, lambda: 0)
    assert not NotToMeet.everywhere.exists()


def test_a_copy_for_the_one_who_is_named_says_nothing() -> None:
    assert ("people.NotToMeet", "other") in BELONGS_TO_OTHERS


def test_a_merge_takes_the_wishes_along_and_back(lyon: Branch, selam: Person, karim: Person) -> None:
    boss = make.coordinator(lyon)
    twin = make.mentee(lyon, first_name="Selam", last_name="Tesfai")
    say_whom_not_to_meet(person=twin, words="Karim Haddad", by=LINK, now=NOW)
    merge = actions.merge_people(kept=selam, dropped=twin, choices={}, by=boss, now=NOW)
    assert avoided(selam) == {karim.pk}
    assert NotToMeet.everywhere.get().person_id == selam.pk
    actions.unmerge(merge=merge, by=boss, now=NOW)
    assert NotToMeet.everywhere.get().person_id == twin.pk


def test_the_table_refuses_a_wish_about_oneself(selam: Person) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        NotToMeet.everywhere.create(person=selam, other=selam, words="me", said_at=NOW)


def test_a_pair_that_a_file_brought_outlives_the_wish(selam: Person, karim: Person, claire: Actor) -> None:
    actions.correct_person(person=selam, fields={"avoid": {karim.pk}}, by=claire, now=NOW)
    wish = say_whom_not_to_meet(person=selam, words="Karim Haddad", by=LINK, now=NOW)
    avoiding.take_back(wish=wish, by=claire, now=NOW)
    assert avoided(selam) == {karim.pk}
    avoiding.stop_avoiding(person=selam, other=karim, by=claire, now=NOW)
    wish = say_whom_not_to_meet(person=selam, words="Karim Haddad", by=LINK, now=NOW)
    avoiding.take_back(wish=wish, by=claire, now=NOW)
    assert avoided(selam) == set()

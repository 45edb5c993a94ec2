"""Two records become one and two again: every row as it was; what stands in the way is named."""

import random
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import pairing as pair
from tests.factories import people as make
from tests.factories.people import NOW
from tests.factories.twins import checksum, scene
from traboule.apps.branches.models import Branch
from traboule.apps.people.actions import (
    add_person,
    bring_back_person,
    correct_person,
    merge_people,
    say_not_same,
    unmerge,
)
from traboule.apps.people.actions.merging import AlreadyMerged, CannotMerge, CannotUnmerge
from traboule.apps.people.actions.states import MoveNotAllowed
from traboule.apps.people.enums import Role, Side
from traboule.apps.people.models import MenteeProfile, Note, Person, PersonMerge, SpokenLanguage
from traboule.apps.people.queries import people_list
from traboule.apps.people.queries.duplicates import twin_pairs, twins_of
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.links import LinkUnknown, make_link, open_link
from traboule.core.permissions import NotAllowed
from traboule.core.registry import ON_ERASE
from traboule.kernel.likeness import Reason, Verdict

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


@pytest.fixture
def by(lyon: Branch) -> Actor:
    return make.coordinator(lyon)


def join(kept: Person, dropped: Person, by: Actor, **choices: str) -> PersonMerge:
    return merge_people(kept=kept, dropped=dropped, choices=choices, by=by, now=LATER)


@settings(max_examples=40)
@given(
    seed=st.integers(0, 2**32),
    takes=st.sets(st.sampled_from(["first_name", "place", "external_id", "slots"])),
)
def test_merge_then_unmerge_restores_every_row(seed: int, takes: set[str]) -> None:
    with transaction.atomic():
        branch = make.branch()
        login = make.login(Role.COORDINATOR, branch)
        by = make.coordinator(branch)
        kept, dropped = scene(branch, login, random.Random(seed))
        before = checksum()
        merge = merge_people(
            kept=kept, dropped=dropped, choices=dict.fromkeys(takes, "dropped"), by=by, now=LATER
        )
        assert checksum() != before
        unmerge(merge=PersonMerge.everywhere.get(pk=merge.pk), by=by, now=LATER)
        assert checksum() == before
        transaction.set_rollback(True)


def test_everything_hangs_on_the_kept_record_and_the_other_is_hidden(lyon: Branch, by: Actor) -> None:
    kept, dropped = make.mentee(lyon, first_name="Selam"), make.mentee(lyon, first_name="Sélam")
    make.speak(dropped, {"ti": 6})
    Note.everywhere.create(person=dropped, author=make.login(), text="Called.", happened_at=NOW)
    join(kept, dropped, by)
    dropped.refresh_from_db()
    assert (dropped.merged_into, dropped.is_archived) == (kept, True)
    assert Note.everywhere.get().person == kept
    assert set(SpokenLanguage.everywhere.filter(person=kept).values_list("code", flat=True)) == {"fr", "ti"}
    assert not MenteeProfile.everywhere.filter(person=dropped).exists()
    for archived in (False, True):
        assert dropped not in people_list(actor=by, branch=lyon, archived=archived)


def test_the_chosen_value_stays_and_what_is_empty_is_filled(lyon: Branch, by: Actor) -> None:
    kept = make.mentee(lyon, phone="", email="old@example.org", waiting_since=date(2026, 2, 1))
    dropped = make.mentee(lyon, phone="+33611", email="new@example.org", waiting_since=date(2026, 1, 1))
    join(kept, dropped, by, email="dropped")
    kept.refresh_from_db()
    assert (kept.phone, kept.email) == ("+33611", "new@example.org")
    assert kept.same_email == "new@example.org"
    assert "new@example.org" in kept.search_key
    # Whoever came first keeps the place in the line.
    assert MenteeProfile.everywhere.get(person=kept).waiting_since == date(2026, 1, 1)


def test_an_id_in_the_files_can_change_hands(lyon: Branch, by: Actor) -> None:
    kept, dropped = make.mentee(lyon, external_id="A"), make.mentee(lyon, external_id="B")
    merge = join(kept, dropped, by, external_id="dropped")
    kept.refresh_from_db()
    assert kept.external_id == "B"
    unmerge(merge=merge, by=by, now=LATER)
    assert {p.external_id for p in Person.everywhere.filter(pk__in=(kept.pk, dropped.pk))} == {"A", "B"}


def test_whoever_is_in_a_duo_stays_in_it(lyon: Branch, by: Actor) -> None:
    kept, dropped = make.mentee(lyon), make.mentee(lyon)
    duo = pair.duo(dropped, make.mentor(lyon), by)
    merge = join(kept, dropped, by)
    duo.refresh_from_db()
    assert (duo.mentee, MenteeProfile.everywhere.get(person=kept).state) == (kept, "matched")
    unmerge(merge=merge, by=by, now=LATER)
    duo.refresh_from_db()
    assert duo.mentee == dropped
    assert MenteeProfile.everywhere.get(person=kept).state == "pool"


def test_two_in_open_duos_are_not_joined(lyon: Branch, by: Actor) -> None:
    kept, dropped = make.mentee(lyon), make.mentee(lyon)
    pair.duo(kept, make.mentor(lyon), by)
    pair.duo(dropped, make.mentor(lyon), by)
    with pytest.raises(CannotMerge, match="both_engaged"):
        join(kept, dropped, by)


def test_two_who_were_a_duo_are_not_joined(lyon: Branch, by: Actor) -> None:
    mentee, mentor = make.mentee(lyon), make.mentor(lyon)
    pair.proposal(mentee, mentor, by)
    with pytest.raises(CannotMerge):
        join(mentee, mentor, by)
    assert not PersonMerge.everywhere.exists()


def test_people_of_two_branches_and_one_record_twice_are_not_joined(lyon: Branch) -> None:
    by = make.actor(Role.ADMINISTRATOR)
    kept, stranger = make.mentee(lyon), make.mentee(make.branch())
    with pytest.raises(CannotMerge, match="other_branch"):
        join(kept, stranger, by)
    with pytest.raises(CannotMerge, match="same_record"):
        join(kept, kept, by)


def test_only_who_may_merge_merges_and_only_at_home(lyon: Branch) -> None:
    kept, dropped = make.mentee(lyon), make.mentee(lyon)
    with pytest.raises(NotAllowed):
        join(kept, dropped, make.actor(Role.REFERRER, lyon))
    with pytest.raises(Http404):
        join(kept, dropped, make.coordinator(make.branch()))


def test_the_second_of_two_coordinators_reads_who_was_faster(lyon: Branch, by: Actor) -> None:
    kept, dropped = make.mentee(lyon), make.mentee(lyon)
    first = join(kept, dropped, by)
    for pair_of in ((kept, dropped), (dropped, kept)):
        with pytest.raises(AlreadyMerged) as refused:
            join(*pair_of, make.coordinator(lyon))
        assert refused.value.merge == first


def test_links_to_the_hidden_record_open_nothing_until_it_is_back(lyon: Branch, by: Actor) -> None:
    kept, dropped = make.mentee(lyon), make.mentee(lyon)
    secret = make_link(
        right="x", subject_type="person", subject_id=dropped.pk, scope=lyon.pk, now=NOW, ends_at=LATER
    )
    merge = join(kept, dropped, by)
    with pytest.raises(LinkUnknown):
        open_link(secret=secret, now=NOW)
    unmerge(merge=merge, by=by, now=LATER)
    assert open_link(secret=secret, now=NOW).subject_id == str(dropped.pk)


def test_separating_names_what_changed_since(lyon: Branch, by: Actor) -> None:
    kept, dropped = make.mentee(lyon, phone=""), make.mentee(lyon, phone="+33611")
    note = Note.everywhere.create(person=dropped, author=make.login(), text="x", happened_at=NOW)
    merge = join(kept, dropped, by)
    correct_person(person=kept, fields={"phone": "+33699"}, by=by, now=LATER)
    with pytest.raises(CannotUnmerge) as refused:
        unmerge(merge=merge, by=by, now=LATER)
    assert (refused.value.model, refused.value.field) == ("people.Person", "phone")
    correct_person(person=kept, fields={"phone": "+33611"}, by=by, now=LATER)
    note.delete()
    with pytest.raises(CannotUnmerge) as refused:
        unmerge(merge=merge, by=by, now=LATER)
    assert refused.value.model == "people.Note"
    assert PersonMerge.everywhere.get().undone_at is None


def test_what_was_added_since_stays_and_the_search_key_follows(lyon: Branch, by: Actor) -> None:
    kept, dropped = make.mentee(lyon, email=""), make.mentee(lyon, email="x@example.org")
    merge = join(kept, dropped, by)
    correct_person(person=kept, fields={"first_name": "Rahel"}, by=by, now=LATER)
    Note.everywhere.create(person=kept, author=make.login(), text="new", happened_at=NOW)
    unmerge(merge=merge, by=by, now=LATER)
    kept.refresh_from_db()
    assert (kept.first_name, kept.email, kept.same_email) == ("Rahel", "", "")
    assert Note.everywhere.get().person == kept


def test_a_chain_is_separated_from_its_end(lyon: Branch, by: Actor) -> None:
    a, b, c = make.mentee(lyon), make.mentee(lyon), make.mentee(lyon)
    before = checksum()
    first, second = join(b, a, by), join(c, b, by)
    with pytest.raises(CannotUnmerge):
        unmerge(merge=first, by=by, now=LATER)
    unmerge(merge=second, by=by, now=LATER)
    unmerge(merge=first, by=by, now=LATER)
    assert checksum() == before


def test_a_hidden_record_is_not_brought_back_by_itself(lyon: Branch, by: Actor) -> None:
    kept, dropped = make.mentee(lyon), make.mentee(lyon)
    join(kept, dropped, by)
    with pytest.raises(MoveNotAllowed):
        bring_back_person(person=dropped, by=by, now=LATER)


def test_joining_and_separating_stand_in_the_log_without_names(lyon: Branch, by: Actor) -> None:
    kept, dropped = make.mentee(lyon), make.mentee(lyon)
    unmerge(merge=join(kept, dropped, by), by=by, now=LATER)
    said = [(e.verb, e.facts["other"]) for e in audit.entries(lyon.pk).filter(subject_id=str(kept.pk))]
    assert said == [("person.unmerged", dropped.pk), ("person.merged", dropped.pk)]
    assert audit.check_chain(lyon.pk) is None


def test_erasing_a_person_forgets_what_was_kept_for_separating(lyon: Branch, by: Actor) -> None:
    kept, dropped = make.mentee(lyon, first_name="Canary"), make.mentee(lyon)
    join(kept, dropped, by)
    for erase in ON_ERASE:
        erase(dropped.pk, LATER)
    assert not PersonMerge.everywhere.exists()


# --- who may be the same ----------------------------------------------------------------------------------


def add(lyon: Branch, by: Actor, **fields: object) -> Person:
    said = {"birth_date": date(1999, 3, 20), "phone": "+33612345678", **fields}
    return add_person(branch=lyon, side=Side.MENTEE, fields=said, by=by, now=NOW)


def test_a_second_record_is_found_with_its_reasons(lyon: Branch, by: Actor) -> None:
    one = add(lyon, by, first_name="Mohammed", last_name="Ahmed")
    two = add(lyon, by, first_name="أحمد", last_name="محمد", phone="")
    add(lyon, by, first_name="Rahel", last_name="Kidane", phone="+33699999999")
    (twin,) = twins_of(actor=by, branch=lyon, person=one)
    assert (twin.person, twin.likeness.verdict) == (two, Verdict.LIKELY)
    assert Reason.BIRTH_SAME in twin.likeness.reasons
    assert [(p.first_id, p.second_id) for p in twin_pairs(actor=by, branch=lyon)] == [(one.pk, two.pk)]


def test_a_corrected_name_is_looked_up_by_its_new_form(lyon: Branch, by: Actor) -> None:
    one = add(lyon, by, first_name="Rahel", last_name="Kidane")
    two = add(lyon, by, first_name="Someone", last_name="Else", phone="", birth_date=None)
    correct_person(person=two, fields={"first_name": "Rahel", "last_name": "Kidané"}, by=by, now=NOW)
    assert [twin.person for twin in twins_of(actor=by, branch=lyon, person=one)] == [two]


def test_what_was_said_to_be_two_people_is_remembered(lyon: Branch, by: Actor) -> None:
    one, two = (add(lyon, by, first_name="Ali", last_name="Rahimi") for _ in range(2))
    for _ in range(2):
        say_not_same(first=two, second=one, by=by, now=NOW)
    assert twins_of(actor=by, branch=lyon, person=one) == []
    assert twin_pairs(actor=by, branch=lyon) == []


def test_another_branch_is_never_looked_into(lyon: Branch, by: Actor) -> None:
    one = add(lyon, by, first_name="Ali", last_name="Rahimi")
    lille = make.branch()
    add(lille, make.coordinator(lille), first_name="Ali", last_name="Rahimi")
    assert twins_of(actor=by, branch=lyon, person=one) == []


def test_looking_for_a_second_record_takes_one_query(
    lyon: Branch, by: Actor, django_assert_max_num_queries: object
) -> None:
    one = add(lyon, by, first_name="Ali", last_name="Rahimi")
    add(lyon, by, first_name="Ali", last_name="Rahimi")
    assert callable(django_assert_max_num_queries)
    with django_assert_max_num_queries(1):
        assert len(twins_of(actor=by, branch=lyon, person=one)) == 1

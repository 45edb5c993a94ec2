"""The life of the demo:

duos at every stage that the kernel itself would have proposed, and people who wait.
"""

from collections import Counter
from datetime import timedelta

import pytest

from tests.kernel.generator.world import SECTORS, TODAY, WORLD
from traboule.kernel.generator import Programme, programme
from traboule.kernel.matching.eligibility import why_not
from traboule.kernel.matching.rules import DEFAULT_RULES


@pytest.fixture(scope="module")
def story() -> Programme:
    return programme(seed=4, sectors=SECTORS, **WORLD)


def test_there_are_about_400_a_side_in_four_branches(story: Programme):
    assert len(story.people.mentors) == len(story.people.mentees) == 400
    assert len(story.branches) == len({duo.branch for duo in story.duos}) == 4


def test_duos_are_at_different_stages(story: Programme):
    states = Counter(duo.state for duo in story.duos)
    assert states["active"] > states["closed"] > states["paused"] > 0
    weeks = {duo.weeks for duo in story.duos if duo.state == "active"}
    assert len(weeks) > 15
    assert weeks <= set(range(1, 27))
    assert {duo.result for duo in story.duos if duo.state == "closed"} >= {"job", "none"}


def test_lyon_has_had_38_duos(story: Programme):
    assert sum(duo.branch == "lyon" for duo in story.duos) == 38


def test_dates_of_a_duo_agree(story: Programme):
    came = {person.id: person.waiting_since for person in story.people.mentees}
    for duo in story.duos:
        assert came[duo.mentee] < duo.started_on < TODAY
        if duo.state == "closed":
            assert duo.ends_on < TODAY
            assert duo.ends_on - duo.started_on == timedelta(weeks=duo.weeks)
            assert duo.result is not None
            assert (duo.ended_early is None) == (duo.weeks == 26)
        else:
            assert duo.ends_on > TODAY
            assert duo.result is None
            assert (TODAY - duo.started_on).days // 7 == duo.weeks


def test_nobody_is_in_two_stories(story: Programme):
    taken = [duo.mentee for duo in story.duos] + [proposal.mentee for proposal in story.proposals]
    assert len(taken) == len(set(taken))
    assert not set(taken) & set(story.waiting)
    assert len(taken) + len(story.waiting) == 400


def test_no_mentor_has_more_than_their_places(story: Programme):
    held = Counter(duo.mentor for duo in story.duos if duo.state != "closed")
    held.update(proposal.mentor for proposal in story.proposals)
    places = {person.id: person.capacity for person in story.people.mentors}
    assert all(count <= places[mentor] for mentor, count in held.items())


def test_every_pair_passes_the_hard_limits(story: Programme):
    mentors = {person.id: person.profile() for person in story.people.mentors}
    mentees = {person.id: person.profile() for person in story.people.mentees}
    for pair in (*story.duos, *story.proposals):
        assert why_not(mentees[pair.mentee], mentors[pair.mentor], DEFAULT_RULES, TODAY) == ()


def test_some_wait_past_14_and_30_days_longest_first(story: Programme):
    came = {person.id: person.waiting_since for person in story.people.mentees}
    waits = [(TODAY - came[name]).days for name in story.waiting]
    assert waits == sorted(waits, reverse=True)
    assert sum(days >= 14 for days in waits) > 20
    assert sum(days >= 30 for days in waits) > 5


def test_open_proposals_wait_for_somebody(story: Programme):
    assert {proposal.state for proposal in story.proposals} == {"proposed", "mentee_said_yes"}
    came = {person.id: person.waiting_since for person in story.people.mentees}
    for proposal in story.proposals:
        assert came[proposal.mentee] < proposal.proposed_on < TODAY
        assert (proposal.answered_on is not None) == (proposal.state == "mentee_said_yes")
        assert proposal.answered_on is None or proposal.proposed_on < proposal.answered_on <= TODAY


def test_resting_mentors_are_free(story: Programme):
    busy = {duo.mentor for duo in story.duos if duo.state != "closed"}
    assert story.rests
    assert not busy & {rest.mentor for rest in story.rests}
    assert all(rest.since < TODAY < rest.until for rest in story.rests)


def test_the_same_seed_tells_the_same_story(story: Programme):
    assert programme(seed=4, sectors=SECTORS, **WORLD) == story


@pytest.mark.parametrize(("mentors", "mentees"), [(0, 0), (0, 8), (8, 0), (1, 1)])
def test_a_tiny_programme_is_fine(mentors: int, mentees: int):
    found = programme(mentors=mentors, mentees=mentees, seed=1, sectors=SECTORS, **WORLD)
    assert len(found.waiting) + len(found.duos) + len(found.proposals) == mentees

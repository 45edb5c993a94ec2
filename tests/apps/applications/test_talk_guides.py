"""The questions of a talk: versions that are never lost, and what a talk says otherwise than the profile."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from tests.factories import judging as app
from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.applications.actions import talk_notes
from traboule.apps.applications.actions.guides import GuideChanged, write_guide
from traboule.apps.applications.actions.talk_profile import take_over
from traboule.apps.applications.guide_rows import GuideBroken, new_code, row_of
from traboule.apps.applications.models import BranchGuide
from traboule.apps.applications.queries.guides import guide_for, guide_of_notes
from traboule.apps.applications.queries.talk_profile import differences
from traboule.apps.applications.talk_guide import MENTEE, SHIPPED
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Role, Side
from traboule.apps.people.models import Login
from traboule.core.actors import Actor
from traboule.core.models import AuditEntry
from traboule.core.permissions import NotAllowed

pytestmark = pytest.mark.django_db
OWN: list[dict[str, Any]] = [
    {"code": "path", "section": "background", "shipped": True},
    {"code": "own_1", "section": "wishes", "text": {"fr": "Que dessines-tu ?", "en": "What do you draw?"}},
]


@pytest.fixture
def lyon() -> Branch:
    return make.branch(name="Lyon")


@pytest.fixture
def boss(lyon: Branch) -> Actor:
    return make.actor(Role.DIRECTOR, lyon)


@pytest.fixture
def claire(lyon: Branch) -> Actor:
    return make.coordinator(lyon, name="Claire")


def write(
    at: Branch, by: Actor, questions: list[dict[str, Any]] = OWN, base: int = 0, days: int = 0
) -> BranchGuide:
    now = NOW + timedelta(days=days)
    return write_guide(branch=at, side=Side.MENTEE, questions=questions, base=base, by=by, now=now)


def test_a_branch_writes_its_own_questions_and_another_branch_keeps_the_shipped_ones(
    lyon: Branch, boss: Actor
) -> None:
    write(lyon, boss)
    assert [row.code for row in guide_for(lyon, Side.MENTEE)] == ["path", "own_1"]
    assert guide_for(make.branch(), Side.MENTEE) == SHIPPED[Side.MENTEE]


def test_a_question_is_said_in_the_language_of_the_reader_else_in_french(lyon: Branch, boss: Actor) -> None:
    write(lyon, boss)
    question = guide_for(lyon, Side.MENTEE)[1]
    for language, said in (
        ("en", "What do you draw?"),
        ("fr", "Que dessines-tu ?"),
        ("nl", "Que dessines-tu ?"),
    ):
        with override(language):
            assert str(question.text) == said


def test_a_shipped_question_left_as_it_is_keeps_all_its_languages() -> None:
    question = MENTEE[0]
    words = {}
    hints = {}
    for language in ("fr", "en", "nl"):
        with override(language):
            words[language], hints[language] = str(question.text), str(question.hint)
    assert row_of("path", "background", words, hints, Side.MENTEE) == OWN[0]
    assert (
        row_of("path", "background", words | {"fr": "Autre ?"}, hints, Side.MENTEE)["text"]["fr"] == "Autre ?"
    )


def test_every_version_is_kept_and_a_page_opened_before_overwrites_nothing(lyon: Branch, boss: Actor) -> None:
    write(lyon, boss)
    write(lyon, boss, OWN[:1], base=1)
    with pytest.raises(GuideChanged):
        write(lyon, boss, OWN[1:], base=1)
    assert [row.number for row in BranchGuide.everywhere.filter(branch=lyon)] == [2, 1]
    assert write(lyon, boss, OWN[:1], base=0).number == 2  # the same again is no new version
    assert AuditEntry.objects.filter(verb="talk_guide.written").count() == 2


def test_only_who_may_set_them_writes_questions(lyon: Branch, claire: Actor, boss: Actor) -> None:
    with pytest.raises(NotAllowed):
        write(lyon, claire)
    with pytest.raises(GuideBroken):
        write(lyon, boss, [])
    with pytest.raises(GuideBroken):
        write(lyon, boss, [OWN[1], OWN[1]])


def test_the_table_keeps_one_row_a_number(lyon: Branch, boss: Actor) -> None:
    write(lyon, boss)
    with pytest.raises(IntegrityError), transaction.atomic():
        BranchGuide.everywhere.create(branch=lyon, side="mentee", number=1, questions=OWN, made_at=NOW)


def test_an_answer_keeps_its_question_when_the_question_is_taken_out(
    lyon: Branch, claire: Actor, boss: Actor
) -> None:
    write(lyon, boss)
    notes = app.notes(app.talk(app.application(lyon), claire), claire, answers={"own_1": "Houses"})
    write(lyon, boss, OWN[:1], base=1)
    assert [row.code for row in guide_of_notes(notes)] == ["path", "own_1"]
    saved = talk_notes.save_notes(
        notes=notes, fields={"answers": {"own_1": "Boats"}}, revision=notes.revision, by=claire, now=NOW
    )
    assert saved.answers["own_1"] == "Boats"


def test_finished_notes_keep_the_words_of_their_day(lyon: Branch, claire: Actor, boss: Actor) -> None:
    write(lyon, boss)
    notes = app.notes(app.talk(app.application(lyon), claire), claire, answers={"own_1": "Houses"})
    notes = talk_notes.finish_notes(notes=notes, by=claire, now=NOW)
    other = [OWN[0], {**OWN[1], "text": "What do you sing?"}]
    write(lyon, boss, other, base=1, days=1)
    with override("en"):
        assert str(guide_of_notes(notes)[1].text) == "What do you draw?"


def test_a_code_is_never_given_twice() -> None:
    assert new_code({"own_1", "own_3"}) == "own_2"


# --- what the talk says otherwise ---------------------------------------------------------------------------


def finished(at: Branch, by: Actor, **fields: Any) -> Any:
    of = app.application(at)
    of.person.interests = ["football"]
    of.person.save()
    notes = app.notes(app.talk(of, by), by, **fields)
    return talk_notes.finish_notes(notes=notes, by=by, now=NOW)


def test_what_the_talk_says_otherwise_is_offered_and_only_what_was_ticked_goes_over(
    lyon: Branch, claire: Actor
) -> None:
    said = {"needs": ["cv", "french"], "languages": [("ti", 6), ("fr", 2)], "slots": 0b111, "interests": []}
    notes = finished(lyon, claire, profile=said)
    assert [row.name for row in differences(notes)] == ["needs", "languages"]  # the rest is as in the profile
    assert take_over(notes=notes, names=["needs", "nonsense"], by=claire, now=NOW) == ["needs"]
    person = notes.talk.application.person
    person.mentee.refresh_from_db()
    assert (person.mentee.needs, person.languages.count()) == (["cv", "french"], 1)
    assert [row.name for row in differences(type(notes).everywhere.get(pk=notes.pk))] == ["languages"]
    assert take_over(notes=notes, names=["needs"], by=claire, now=NOW) == []
    entry = AuditEntry.objects.get(verb="talk.taken_over")
    assert entry.facts["fields"] == ["needs"]


def test_languages_of_a_talk_replace_those_of_the_profile_once_ticked(lyon: Branch, claire: Actor) -> None:
    notes = finished(lyon, claire, profile={"languages": [("ti", 6), ("fr", 2)]})
    take_over(notes=notes, names=["languages"], by=claire, now=NOW)
    person = notes.talk.application.person
    assert sorted(person.languages.values_list("code", "level")) == [("fr", 2), ("ti", 6)]


def test_a_scale_that_was_known_is_offered_and_one_that_was_not_is_written(
    lyon: Branch, claire: Actor
) -> None:
    of = app.application(lyon)
    of.person.way_pace = 2
    of.person.save()
    notes = app.notes(app.talk(of, claire), claire, way_pace=5, way_humour=4)
    notes = talk_notes.finish_notes(notes=notes, by=claire, now=NOW)
    of.person.refresh_from_db()
    assert (of.person.way_pace, of.person.way_humour) == (2, 4)
    assert [(row.name, row.held, row.said) for row in differences(notes)] == [("way_pace", 2, 5)]
    take_over(notes=notes, names=["way_pace"], by=claire, now=NOW)
    of.person.refresh_from_db()
    assert of.person.way_pace == 5


def test_two_views_offer_no_scale_before_both_agree(lyon: Branch, claire: Actor) -> None:
    second = Login.objects.get(pk=make.coordinator(lyon).id)
    talk = app.talk(app.application(lyon), claire, second=second)
    notes = talk_notes.finish_notes(notes=app.notes(talk, claire, way_pace=5), by=claire, now=NOW)
    assert differences(notes) == []


def test_a_draft_offers_nothing(lyon: Branch, claire: Actor) -> None:
    notes = app.notes(app.talk(app.application(lyon), claire), claire, profile={"needs": ["cv"]})
    assert (notes.profile, differences(notes)) == ({"needs": ["cv"]}, [])

"""A file comes in: staged, mapped, previewed, applied whole or not at all, and again without doubles."""

from datetime import date, timedelta

import pytest

from tests.factories.people import NOW, TODAY, actor, branch, coordinator, mentee
from traboule.apps.branches.models import Branch
from traboule.apps.people.actions import (
    apply_import,
    correct_person,
    discard_import,
    map_columns,
    merge_people,
    stage_import,
)
from traboule.apps.people.actions.files import BadMapping, ImportClosed, ImportHasErrors
from traboule.apps.people.enums import ImportState, MentorState, Role, Side
from traboule.apps.people.models import Avoid, ImportRun, MenteeProfile, MentorProfile, Person
from traboule.apps.people.queries import find_import, import_preview
from traboule.core.actors import Actor
from traboule.core.audit import entries
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.tables.errors import TableError

pytestmark = pytest.mark.django_db

MENTEES = """id;first_name;last_name;postcode;languages;availability;phone;can_wait_until;avoid;group_school
e1;Selam;Haile;69009;fr:A2 ti:C2;mon-am;06 12 34 56 78;;;none
e2;Ana;Ruiz;69100;fr:B1 es:C2;tue-pm wed-eve;;2026-05-01;e1;master
"""
MENTORS = """id,prenom,nom,code_postal,langues,disponibilites,metiers,capacite,trained
m1,Paul,Roux,69003,fr:C2,mon-am,M1101,2,oui
m2,Zoé,Petit,69001,fr:C2 en:B2,tue-pm,M1805,1,non
"""


def staged(here: Branch, by: Actor, text: str = MENTEES, side: Side = Side.MENTEE) -> ImportRun:
    return stage_import(
        branch=here, side=side, content=text.encode(), file_name="C:\\Users\\a\\people.csv", by=by, now=NOW
    )


def test_a_file_is_applied_with_places_languages_groups_and_people_to_avoid() -> None:
    here = branch()
    anne = coordinator(here)
    run = apply_import(run=staged(here, anne), by=anne, now=NOW)
    assert run.counts == {"new": 2, "changed": 0, "unchanged": 0}
    assert (run.state, run.rows, run.file_name) == (ImportState.APPLIED, [], "people.csv")
    selam, ana = Person.everywhere.order_by("external_id")
    assert (selam.commune_code, selam.phone, selam.channel) == ("69389", "+33612345678", "sms")
    assert sorted(selam.languages.values_list("code", "level")) == [("fr", 2), ("ti", 6)]
    assert list(Avoid.everywhere.values_list("person__external_id", "other__external_id")) == [("e2", "e1")]
    profiles = dict(MenteeProfile.everywhere.values_list("person__external_id", "groups"))
    assert profiles == {"e1": {"group_school": "none"}, "e2": {"group_school": "master"}}
    assert ana.mentee.can_wait_until == date(2026, 5, 1)
    assert ana.mentee.waiting_since == TODAY


def test_a_file_says_until_when_a_mentor_can_wait() -> None:
    here = branch()
    anne = coordinator(here)
    text = "id;first_name;last_name;postcode;languages;availability;occupations;can_wait_until\n"
    rows = "m1;Paul;Roux;69003;fr:C2;mon-am;M1101;2026-07-01\n"
    apply_import(run=staged(here, anne, text + rows, Side.MENTOR), by=anne, now=NOW)
    assert Person.everywhere.get().mentor.can_wait_until == date(2026, 7, 1)


def test_french_headers_are_guessed_and_an_untrained_mentor_is_not_ready() -> None:
    here = branch()
    anne = coordinator(here)
    run = staged(here, anne, MENTORS, Side.MENTOR)
    assert run.mapping["code_postal"] == "postcode"
    apply_import(run=run, by=anne, now=NOW)
    states = dict(MentorProfile.everywhere.values_list("person__external_id", "state"))
    assert states == {"m1": MentorState.POOL, "m2": MentorState.NEW}
    assert MentorProfile.everywhere.get(person__external_id="m1").capacity == 2


def test_the_same_file_twice_makes_no_doubles_and_changes_nothing() -> None:
    here = branch()
    anne = coordinator(here)
    for text, side in ((MENTEES, Side.MENTEE), (MENTORS, Side.MENTOR)):
        apply_import(run=staged(here, anne, text, side), by=anne, now=NOW)
        again = apply_import(run=staged(here, anne, text, side), by=anne, now=NOW + timedelta(days=40))
        assert again.counts == {"new": 0, "changed": 0, "unchanged": 2}
    assert Person.everywhere.count() == 4


def test_a_changed_row_changes_its_person_and_names_the_fields() -> None:
    here = branch()
    anne = coordinator(here)
    apply_import(run=staged(here, anne), by=anne, now=NOW)
    changed = MENTEES.replace("mon-am", "sun-eve").replace("ti:C2", "ti:C2 en:B1")
    run = staged(here, anne, changed)
    preview = import_preview(actor=anne, run=run, today=TODAY)
    assert [(row.status, sorted(row.fields)) for row in preview.rows] == [
        ("changed", ["languages", "slots"]),
        ("unchanged", []),
    ]
    apply_import(run=run, by=anne, now=NOW)
    selam = Person.everywhere.get(external_id="e1")
    assert selam.slots == 1 << 20
    assert selam.languages.filter(code="en", level=3).exists()


def test_an_empty_cell_never_overwrites_what_somebody_typed() -> None:
    here = branch()
    anne = coordinator(here)
    apply_import(run=staged(here, anne), by=anne, now=NOW)
    ana = Person.everywhere.get(external_id="e2")
    correct_person(person=ana, fields={"phone": "+33687654321", "max_km": 30.0}, by=anne, now=NOW)
    run = apply_import(run=staged(here, anne), by=anne, now=NOW)
    ana.refresh_from_db()
    assert run.counts["unchanged"] == 2
    assert (ana.phone, ana.max_km) == ("+33687654321", 30.0)


def test_one_wrong_row_and_nothing_is_written_but_every_error_is_named() -> None:
    here = branch()
    anne = coordinator(here)
    wrong = MENTEES.replace("69100", "99999").replace("mon-am", "").replace("06 12 34 56 78", "12")
    run = staged(here, anne, wrong)
    preview = import_preview(actor=anne, run=run, today=TODAY)
    found = {(problem.line, problem.column) for row in preview.rows for problem in row.problems}
    assert {(2, "availability"), (3, "postcode")} <= found
    assert not preview.can_apply
    with pytest.raises(ImportHasErrors):
        apply_import(run=run, by=anne, now=NOW)
    assert not Person.everywhere.exists()
    run.refresh_from_db()
    assert run.state == ImportState.STAGED


@pytest.mark.parametrize(
    ("before", "after", "column"),
    [
        ("06 12 34 56 78", "12", "phone"),
        (";avoid;", ";branch;", "avoid"),
    ],
)
def test_the_import_checks_more_than_the_file_format(before: str, after: str, column: str) -> None:
    here = branch()
    anne = coordinator(here)
    run = staged(here, anne, MENTEES.replace(before, after))
    preview = import_preview(actor=anne, run=run, today=TODAY)
    assert preview.counts["error"] == 1
    assert not preview.can_apply


def test_a_capacity_beyond_reason_is_an_error_not_a_crash() -> None:
    here = branch()
    anne = coordinator(here)
    run = staged(here, anne, MENTORS.replace("M1101,2", "M1101,900"), Side.MENTOR)
    preview = import_preview(actor=anne, run=run, today=TODAY)
    assert [row.status for row in preview.rows] == ["error", "new"]


def test_an_id_of_the_other_side_is_an_error() -> None:
    here = branch()
    anne = coordinator(here)
    apply_import(run=staged(here, anne), by=anne, now=NOW)
    run = staged(here, anne, MENTORS.replace("m1", "e1"), Side.MENTOR)
    assert import_preview(actor=anne, run=run, today=TODAY).counts["error"] == 1


def test_a_probable_twin_is_a_warning() -> None:
    here = branch()
    anne = coordinator(here)
    mentee(here, external_id="", first_name="Selam", last_name="Haile", email="selam@example.org")
    text = MENTEES.replace("phone", "email").replace("06 12 34 56 78", "Selam@example.org")
    preview = import_preview(actor=anne, run=staged(here, anne, text), today=TODAY)
    assert preview.can_apply
    assert [problem.is_warning for problem in preview.rows[0].problems] == [True]


def test_dates_that_would_contradict_what_is_known_are_an_error() -> None:
    here = branch()
    anne = coordinator(here)
    apply_import(run=staged(here, anne), by=anne, now=NOW)
    text = MENTEES.replace("2026-05-01", "2026-01-01")
    assert import_preview(actor=anne, run=staged(here, anne, text), today=TODAY).counts["error"] == 1


def test_somebody_who_cannot_wait_any_more_may_still_come_in() -> None:
    here = branch()
    anne = coordinator(here)
    apply_import(run=staged(here, anne, MENTEES.replace("2026-05-01", "2026-01-01")), by=anne, now=NOW)
    assert MenteeProfile.everywhere.get(person__external_id="e2").waiting_since == date(2026, 1, 1)


def test_columns_may_be_mapped_by_hand() -> None:
    here = branch()
    anne = coordinator(here)
    run = staged(here, anne, MENTEES.replace("postcode", "where"))
    assert run.mapping["where"] == ""
    assert not import_preview(actor=anne, run=run, today=TODAY).can_apply
    run = map_columns(run=run, mapping={**run.mapping, "where": "postcode"}, by=anne, now=NOW)
    assert import_preview(actor=anne, run=run, today=TODAY).can_apply


@pytest.mark.parametrize(
    "mapping", [{"nowhere": "id"}, {"id": "dragon"}, {"id": "first_name", "first_name": "first_name"}]
)
def test_a_mapping_of_unknown_or_doubled_columns_is_refused(mapping: dict[str, str]) -> None:
    here = branch()
    anne = coordinator(here)
    with pytest.raises(BadMapping):
        map_columns(run=staged(here, anne), mapping=mapping, by=anne, now=NOW)


def test_an_applied_import_is_closed_and_a_discarded_one_forgets_its_rows() -> None:
    here = branch()
    anne = coordinator(here)
    applied = apply_import(run=staged(here, anne), by=anne, now=NOW)
    with pytest.raises(ImportClosed):
        apply_import(run=applied, by=anne, now=NOW)
    discarded = discard_import(run=staged(here, anne), by=anne, now=NOW)
    assert discarded.rows == []


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 \x00", b"PK\x03\x04broken"])
def test_what_is_no_table_is_refused_before_anything_is_kept(content: bytes) -> None:
    here = branch()
    with pytest.raises(TableError):
        stage_import(
            branch=here, side=Side.MENTEE, content=content, file_name="x", by=coordinator(here), now=NOW
        )
    assert not ImportRun.everywhere.exists()


def test_an_import_of_another_branch_does_not_exist() -> None:
    here, elsewhere = branch(), branch()
    run = staged(here, coordinator(here))
    with pytest.raises(NotVisible):
        find_import(actor=coordinator(elsewhere), branch=elsewhere, pk=run.pk)
    with pytest.raises(NotVisible):
        apply_import(run=run, by=coordinator(elsewhere), now=NOW)
    with pytest.raises(NotAllowed):
        find_import(actor=actor(Role.DPO, here), branch=here, pk=run.pk)


def test_the_audit_names_ids_and_counts_but_nobody() -> None:
    here = branch()
    anne = coordinator(here)
    apply_import(run=staged(here, anne), by=anne, now=NOW)
    entry = entries(here.pk).get(verb="people.imported")
    assert len(entry.facts["new"]) == 2
    assert "Selam" not in str(list(entries(here.pk).values()))


def test_the_id_of_a_record_that_was_merged_away_updates_the_kept_one() -> None:
    here = branch()
    anne = coordinator(here)
    apply_import(run=staged(here, anne), by=anne, now=NOW)
    kept, dropped = (Person.everywhere.get(external_id=name) for name in ("e1", "e2"))
    merge_people(kept=kept, dropped=dropped, choices={}, by=anne, now=NOW)
    header, _first, second = MENTEES.splitlines()
    text = f"{header}\n{second.replace('Ana', 'Anna').replace(';e1;', ';;')}\n"
    run = apply_import(run=staged(here, anne, text), by=anne, now=NOW)
    assert run.counts == {"new": 0, "changed": 1, "unchanged": 0}
    kept.refresh_from_db()
    assert (kept.first_name, kept.external_id) == ("Anna", "e1")
    assert Person.everywhere.get(pk=dropped.pk).first_name == "Ana"
    again = apply_import(run=staged(here, anne, text), by=anne, now=NOW)
    assert again.counts == {"new": 0, "changed": 0, "unchanged": 1}


def test_a_merged_record_is_avoided_as_the_kept_one_and_named_once_in_a_file() -> None:
    here = branch()
    anne = coordinator(here)
    apply_import(run=staged(here, anne), by=anne, now=NOW)
    kept, other = mentee(here, external_id="e7"), Person.everywhere.get(external_id="e1")
    merge_people(kept=kept, dropped=other, choices={}, by=anne, now=NOW)
    preview = import_preview(actor=anne, run=staged(here, anne), today=TODAY)
    assert [row.status for row in preview.rows] == ["changed", "unchanged"]
    apply_import(run=staged(here, anne), by=anne, now=NOW)
    assert list(Avoid.everywhere.values_list("person__external_id", "other__external_id")) == [("e2", "e7")]
    twice = MENTEES.replace("e2;", "e7;")
    assert not import_preview(actor=anne, run=staged(here, anne, twice), today=TODAY).can_apply

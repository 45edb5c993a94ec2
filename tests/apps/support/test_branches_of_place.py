"""Where the own page of a person looks whether something was written: all their duos, found by index."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import people as make
from tests.factories import support as app
from tests.factories.people import TODAY
from traboule.apps.people.models import Person
from traboule.apps.support.queries.absences import branches_of_place

pytestmark = pytest.mark.django_db


def elsewhere(person: Person) -> int:
    """The person moves to a branch of their own; its id."""
    person.branch = make.branch(name=f"Away {person.pk}", slug=f"away-{person.pk}")
    Person.everywhere.filter(pk=person.pk).update(branch=person.branch)
    return person.branch_id


def test_each_of_the_two_is_told_of_by_the_branch_of_the_duo_and_of_both() -> None:
    duo, _other = app.duo(), app.duo(make.branch(name="Paris", slug="paris"))
    where = {duo.branch_id, elsewhere(duo.mentee), elsewhere(duo.mentor)}
    assert len(where) == 3
    assert branches_of_place(duo.mentee, TODAY) == where
    assert branches_of_place(duo.mentor, TODAY) == where


def test_who_stands_in_is_told_of_by_the_duo_on_these_days_only() -> None:
    duo = app.duo()
    row = app.substitution(duo)
    own = elsewhere(row.substitute)
    assert branches_of_place(row.substitute, row.from_on) == {own, duo.branch_id}
    assert branches_of_place(row.substitute, TODAY.replace(year=TODAY.year - 1)) == {own}


def test_one_read_that_finds_every_row_by_an_index() -> None:
    duo = app.duo()
    with CaptureQueriesContext(connection) as queries:
        branches_of_place(duo.mentee, TODAY)
    assert len(queries) == 1
    assert read_through(queries[0]["sql"]) == 0


def read_through(sql: str) -> int:
    """How many tables or indexes the database reads from end to end for this.

    PostgreSQL prefers whole tables as long as they are short: it is asked what it does when it avoids that.
    """
    if connection.vendor == "sqlite":
        return sum("SCAN " in line for line in explained(f"EXPLAIN QUERY PLAN {sql}"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    lines = explained(f"EXPLAIN {sql}")
    scans = sum(" Scan " in line and "Bitmap Heap" not in line for line in lines)
    return scans - sum("Index Cond" in line for line in lines)


def explained(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [str(row[-1]) for row in cursor.fetchall()]

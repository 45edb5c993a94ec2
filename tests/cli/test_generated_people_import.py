"""The files that one command makes up are files that the pages take in."""

from datetime import date
from pathlib import Path

import pytest

from tests.factories.people import NOW, branch, coordinator
from traboule.apps.people.actions import apply_import, map_columns, stage_import
from traboule.apps.people.enums import Side
from traboule.apps.people.models import Person
from traboule.cli.generate import generate

pytestmark = pytest.mark.django_db


def test_generated_people_are_imported_as_they_are(tmp_path: Path) -> None:
    generate(mentors=40, mentees=40, seed=3, out=tmp_path, as_of=date(2026, 11, 23))
    here = branch()
    anne = coordinator(here)
    for side, name in ((Side.MENTOR, "mentors.csv"), (Side.MENTEE, "mentees.csv")):
        content = (tmp_path / name).read_bytes()
        run = stage_import(branch=here, side=side, content=content, file_name=name, by=anne, now=NOW)
        # A file of several branches comes into this one when its column is left out, as the page offers.
        columns = {header: "" if field == "branch" else field for header, field in run.mapping.items()}
        run = map_columns(run=run, mapping=columns, by=anne, now=NOW)
        run = apply_import(run=run, by=anne, now=NOW)
        assert run.counts == {"new": 40, "changed": 0, "unchanged": 0}
    people = Person.everywhere.filter(branch=here)
    assert people.count() == 80
    assert not people.filter(phone="", email="").exists()
    assert people.filter(phone__startswith="+3363998").count() == people.exclude(phone="").count() > 0

"""`traboule generate`: files for `traboule match`, the same for the same seed."""

from tests.cli.checker import rows_of

DAY = ("--as-of", "2026-11-23")


def generate(traboule, out, seed=1, mentors=40, mentees=50):
    result = traboule(
        "generate", "--mentors", mentors, "--mentees", mentees, "--seed", seed, "--out", out, *DAY
    )
    assert (result.exit_code, result.stderr) == (0, "")
    return result


def test_people_are_written_as_files_that_match_reads_without_a_word(traboule, folder):
    result = generate(traboule, "people")
    assert "40 mentors and 50 mentees, seed 1, as of 2026-11-23" in result.stdout
    assert {path.name for path in (folder / "people").iterdir()} == {
        "mentors.csv",
        "mentees.csv",
        "assumptions.csv",
    }
    matched = traboule("match", "people/mentors.csv", "people/mentees.csv", *DAY, "--out", "o.csv")
    assert (matched.exit_code, matched.stderr) == (0, "")
    assert len(rows_of(folder / "o.csv")) == 50


def test_the_same_seed_gives_the_same_bytes_and_another_gives_others(traboule, folder):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        generate(traboule, name, seed)
    for file in ("mentors.csv", "mentees.csv", "assumptions.csv"):
        assert (folder / "a" / file).read_bytes() == (folder / "b" / file).read_bytes()
    assert (folder / "a" / "mentees.csv").read_bytes() != (folder / "c" / "mentees.csv").read_bytes()


def test_what_is_read_back_is_what_was_generated(traboule, folder):
    from datetime import date

    from traboule.kernel import generator
    from traboule.reference import occupations, places
    from traboule.reference.lookups import ReferenceLookups
    from traboule.tables.people import read_mentees, read_mentors
    from traboule.tables.reading import read_table

    generate(traboule, ".")
    day = date(2026, 11, 23)
    made = generator.generate(
        mentors=40,
        mentees=50,
        seed=1,
        as_of=day,
        places=places.communes("FR"),
        occupations=occupations.codes(),
    )
    givers = read_mentors(read_table(folder / "mentors.csv"), ReferenceLookups(), as_of=day).rows
    takers = read_mentees(read_table(folder / "mentees.csv"), ReferenceLookups(), as_of=day).rows
    fields = [
        "id",
        "languages",
        "slots",
        "occupations",
        "branch",
        "max_km",
        "online",
        "way",
        "gender",
        "gender_wish",
        "avoid",
    ]
    fields += ["lat", "lon", "birth_date", "first_name", "phone"]
    both = [*zip(givers, made.mentors, strict=True), *zip(takers, made.mentees, strict=True)]
    for row, record in both:
        assert [getattr(row, name) for name in fields] == [getattr(record, name) for name in fields]
        assert len(row.interests) == len(record.interests)
    for row, record in zip(givers, made.mentors, strict=True):
        assert (row.capacity, row.generalist, row.trained) == (
            record.capacity,
            record.generalist,
            record.trained,
        )
        assert (row.available_from, row.available_until) == (record.available_from, record.available_until)


def test_nobody_is_a_programme_too(traboule, folder):
    generate(traboule, ".", mentors=0, mentees=0)
    result = traboule("match", "mentors.csv", "mentees.csv", *DAY)
    assert (result.exit_code, len(result.stderr.splitlines())) == (0, 1)


def test_every_assumption_is_listed_with_its_source_or_as_such(traboule, folder):
    generate(traboule, ".")
    rows = rows_of(folder / "assumptions.csv")
    assert {row["source"] == "assumption" for row in rows} == {True, False}
    assert all(row["meaning"] and row["value"] for row in rows)

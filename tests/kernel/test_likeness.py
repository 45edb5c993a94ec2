"""How alike two people are: properties, and how often the verdict is right on pairs labelled by hand."""

import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.likeness import Identity, Reason, Verdict, email_key, keys_of, likeness, phone_key

NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéèêçñüABCXYZ -'مدحربиоалкድሰም", max_size=20)
PEOPLE = st.builds(
    Identity,
    first_name=NAMES,
    last_name=NAMES,
    birth_date=st.none() | st.dates(date(1940, 1, 1), date(2012, 12, 31)),
    phone=st.sampled_from(["", "+33612345678", "06 12 34 56 78", "+32470123456"]),
    email=st.sampled_from(["", "a.b@example.org", "A.B@example.org", "c@example.org"]),
)


def turned(who: Identity) -> Identity:
    return Identity(who.last_name, who.first_name, who.birth_date, who.phone, who.email)


@given(PEOPLE, PEOPLE)
def test_it_does_not_matter_who_is_named_first(one: Identity, other: Identity) -> None:
    assert likeness(one, other) == likeness(other, one)


@given(PEOPLE, PEOPLE)
def test_the_order_of_names_does_not_matter(one: Identity, other: Identity) -> None:
    straight, crossed = likeness(one, other), likeness(turned(one), other)
    assert (straight.points, straight.verdict) == (crossed.points, crossed.verdict)


@given(PEOPLE)
def test_accents_and_case_never_matter(one: Identity) -> None:
    def bare(name: str) -> str:
        parts = unicodedata.normalize("NFKD", name)
        return "".join(sign for sign in parts if not unicodedata.combining(sign)).upper()

    other = Identity(bare(one.first_name), bare(one.last_name), one.birth_date, one.phone, one.email)
    assert keys_of(one) == keys_of(other)
    assert set(likeness(one, other).reasons) <= {
        *(Reason.NAME_SAME, Reason.BIRTH_SAME, Reason.BIRTH_PLACEHOLDER, Reason.PHONE_SAME, Reason.EMAIL_SAME)
    }


def test_a_number_is_the_same_with_and_without_its_country() -> None:
    assert phone_key("06 12 34 56 78") == phone_key("+33 (0)6.12.34.56.78") == "612345678"
    assert phone_key("3631") == ""


def test_dots_in_an_address_count_except_where_the_provider_drops_them() -> None:
    assert email_key("A.B@Example.org") != email_key("ab@example.org")
    assert email_key("a.b+work@gmail.com") == email_key("AB@googlemail.com")
    assert email_key("nonsense") == ""


def test_a_placeholder_birthday_weighs_little_and_a_swapped_one_much() -> None:
    def points(one: date, other: date) -> int:
        return likeness(Identity(birth_date=one), Identity(birth_date=other)).points

    assert 0 < points(date(1999, 1, 1), date(1999, 1, 1)) < points(date(1999, 2, 3), date(1999, 3, 2))


def test_twins_with_one_phone_are_never_more_than_possible() -> None:
    born = date(2001, 5, 9)
    one = Identity("Hassan", "Karimi", born, "+33612345678", "family@example.org")
    other = Identity("Zahra", "Karimi", born, "+33612345678", "family@example.org")
    assert likeness(one, other).verdict is Verdict.POSSIBLE


def test_nothing_known_says_nothing() -> None:
    assert likeness(Identity(), Identity()) == likeness(Identity(), Identity("Anne", "D"))
    assert likeness(Identity(), Identity()).reasons == ()


# --- the labelled pairs -----------------------------------------------------------------------------------


def split(name: str) -> tuple[str, str]:
    first, _, last = name.strip().rpartition(" ")
    return first, last


def labelled() -> Iterator[tuple[str, bool, Identity, Identity]]:
    births = {
        "=": (date(1999, 3, 20), date(1999, 3, 20)),
        "-": (date(1999, 3, 20), date(1987, 11, 5)),
        "?": (date(1999, 3, 20), None),
        "~": (date(1999, 3, 8), date(1999, 8, 3)),
        "1": (date(1999, 1, 1), date(1999, 1, 1)),
        "c": (date(1999, 3, 20), date(1999, 3, 21)),
    }
    phones = {
        "=": ("+33612345678", "06 12 34 56 78"),
        "-": ("+33612345678", "+33698765432"),
        "?": ("", "+33698765432"),
    }
    emails = {
        "=": ("x@example.org", "X@example.org"),
        "-": ("x@example.org", "y@example.org"),
        "?": ("", "y@example.org"),
    }
    for line in (Path(__file__).parent / "likeness_pairs.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        one, other, known = line[2:].split("|")
        birth, phone, email = known.split()
        yield (
            line,
            line[0] == "+",
            Identity(*split(one), births[birth[1]][0], phones[phone[1]][0], emails[email[1]][0]),
            Identity(*split(other), births[birth[1]][1], phones[phone[1]][1], emails[email[1]][1]),
        )


def test_the_verdict_is_right_on_the_labelled_pairs(
    capsys: pytest.CaptureFixture[str], record_testsuite_property: object
) -> None:
    pairs = list(labelled())
    said = [(line, same, likeness(one, other).verdict) for line, same, one, other in pairs]
    ones = [row for row in said if row[1]]
    flagged = [row for row in said if row[2] is not Verdict.NO]
    likely = [row for row in said if row[2] is Verdict.LIKELY]
    recall = sum(row[2] is not Verdict.NO for row in ones) / len(ones)
    precision = sum(row[1] for row in flagged) / len(flagged)
    sure = sum(row[1] for row in likely) / len(likely)
    with capsys.disabled():
        print(  # noqa: T201 -- the figures are what this test is for
            f"\n{len(pairs)} labelled pairs: recall {recall:.3f}, precision {precision:.3f}; "
            f"{len(likely)} likely, right in {sure:.3f}"
        )
    assert len(pairs) >= 120
    assert sure == 1.0, [row[0] for row in likely if not row[1]]
    assert recall >= 0.97, [row[0] for row in ones if row[2] is Verdict.NO]
    assert precision >= 0.9, [row[0] for row in flagged if not row[1]]


def test_pairs_that_are_one_person_share_a_key() -> None:
    apart = []
    for line, same, one, other in labelled():
        mine, theirs = keys_of(one), keys_of(other)
        met = any(
            getattr(mine, key) and getattr(mine, key) == getattr(theirs, key)
            for key in ("name", "birth", "phone", "email")
        )
        if same and not met:
            apart.append(line)
    assert apart == []

"""Rules of funders: one proof is enough, more proof never lowers a verdict, a suggestion answers nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.funding import (
    Answer,
    Facts,
    Hint,
    Rule,
    RuleKind,
    RulesBroken,
    Standing,
    Verdict,
    age_on,
    parse_rules,
    plain_rules,
    standing,
    suggest,
    verdict,
)

ORDER = [Verdict.NOT_ASKED, Verdict.NOT_MET, Verdict.PROOF_MISSING, Verdict.MET]
BEST = [Standing.DOES_NOT_COUNT, Standing.QUESTIONS_OPEN, Standing.PROOF_OPEN, Standing.COUNTS]
proofs = st.sets(st.sampled_from(["id", "lease", "letter", "card"]))
answers = st.sampled_from(list(Answer))
verdicts = st.lists(st.sampled_from(list(Verdict)), min_size=1, max_size=6)
DAY = date(2026, 3, 2)


@given(answers, proofs, proofs, proofs)
def test_more_proof_never_lowers_a_verdict(
    answer: Answer, asked: set[str], seen: set[str], more: set[str]
) -> None:
    before, after = verdict(answer, asked, seen), verdict(answer, asked, seen | more)
    assert ORDER.index(after) >= ORDER.index(before)


@given(verdicts, st.integers(min_value=0))
def test_a_missing_proof_that_arrives_never_lowers_where_a_person_stands(
    found: list[Verdict], at: int
) -> None:
    better = list(found)
    if better[at % len(better)] is Verdict.PROOF_MISSING:
        better[at % len(better)] = Verdict.MET
    assert BEST.index(standing(better)) >= BEST.index(standing(found))


@given(answers, proofs, proofs)
def test_a_rule_is_met_only_by_a_yes_and_the_proof_that_it_asks_for(
    answer: Answer, asked: set[str], seen: set[str]
) -> None:
    met = verdict(answer, asked, seen) is Verdict.MET
    assert met == (answer is Answer.YES and (not asked or bool(asked & seen)))


@given(
    st.dates(date(1900, 1, 1), date(2030, 1, 1)),
    st.integers(0, 60),
    st.integers(0, 60),
    answers,
    proofs,
)
def test_a_suggestion_never_changes_what_a_human_says(
    born: date, low: int, more: int, answer: Answer, seen: set[str]
) -> None:
    rule = Rule("age", RuleKind.AGE, "Age.", ("id",), low=low, high=low + more)
    hint = suggest(rule, Facts(birth_date=born), DAY)
    assert hint in (Hint.LOOKS_MET, Hint.LOOKS_NOT_MET, Hint.UNKNOWN)
    # The verdict has no place for a suggestion: whatever it is, the answer and the proof decide alone.
    assert (verdict(answer, rule.evidence, seen) is Verdict.NOT_MET) == (answer is Answer.NO)


def test_the_last_day_before_a_birthday_still_counts_as_the_age_before() -> None:
    born = date(2007, 3, 3)
    rule = Rule("age", RuleKind.AGE, "18 to 26.", low=19, high=26)
    assert age_on(born, DAY) == 18
    assert suggest(rule, Facts(birth_date=born), DAY) is Hint.LOOKS_NOT_MET
    assert suggest(rule, Facts(birth_date=born), date(2026, 3, 3)) is Hint.LOOKS_MET


def test_a_place_is_suggested_from_the_commune_and_only_hinted_at_by_the_postcode() -> None:
    rule = Rule("place", RuleKind.TERRITORY, "Lives near.", places=("69",))
    commune = Rule("place", RuleKind.TERRITORY, "Lives in Villeurbanne.", places=("69266",))
    assert suggest(rule, Facts(commune_code="69389"), DAY) is Hint.LOOKS_MET
    assert suggest(rule, Facts(commune_code="13055"), DAY) is Hint.LOOKS_NOT_MET
    assert suggest(rule, Facts(postcode="69009"), DAY) is Hint.LOOKS_MET
    assert suggest(commune, Facts(postcode="69100"), DAY) is Hint.UNKNOWN
    assert suggest(rule, Facts(), DAY) is Hint.UNKNOWN


def test_a_language_is_suggested_from_its_level_and_never_from_silence() -> None:
    rule = Rule("french", RuleKind.LANGUAGE, "A2.", language="fr", level=2)
    assert suggest(rule, Facts(languages=(("fr", 2),)), DAY) is Hint.LOOKS_MET
    assert suggest(rule, Facts(languages=(("fr", 1),)), DAY) is Hint.LOOKS_NOT_MET
    assert suggest(rule, Facts(languages=(("en", 6),)), DAY) is Hint.UNKNOWN


def test_residence_gets_no_suggestion_and_is_marked_as_sensitive() -> None:
    rule = Rule("stay", RuleKind.RIGHT_TO_STAY, "Permit seen.")
    assert rule.sensitive
    assert suggest(rule, Facts(birth_date=date(2000, 1, 1), commune_code="69389"), DAY) is Hint.UNKNOWN


GOOD = {"code": "age", "kind": "age", "sentence": "18 to 30.", "low": 18, "high": 30, "evidence": ["ID"]}


def test_rules_survive_the_way_to_plain_data_and_back() -> None:
    rules = parse_rules([GOOD, {"code": "q", "kind": "question", "sentence": "Wants to?"}])
    assert parse_rules(plain_rules(rules)) == rules


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "star_sign"}, "unreadable"),
        ({"sentence": "  "}, "no_sentence"),
        ({"low": None, "high": None}, "no_ages"),
        ({"low": 30, "high": 18}, "ages"),
        ({"low": "many"}, "unreadable"),
        ({"code": "Not a code"}, "code"),
        ({"kind": "territory", "places": []}, "no_places"),
        ({"kind": "territory", "places": ["Lyon 9e"]}, "places"),
        ({"kind": "language", "language": "fr"}, "no_language"),
        ({"level": 9}, "level"),
        ({"evidence": ["x"] * 9}, "evidence"),
    ],
)
def test_a_rule_that_cannot_be_read_says_which_one_and_why(change: dict[str, object], code: str) -> None:
    with pytest.raises(RulesBroken) as broken:
        parse_rules([{"code": "first", "kind": "question", "sentence": "Fine."}, {**GOOD, **change}])
    assert (broken.value.number, broken.value.code) == (2, code)


def test_a_set_of_rules_has_one_to_twenty_rules_with_different_codes() -> None:
    for rows, code in (([], "no_rules"), ([GOOD] * 21, "too_many_rules"), ([GOOD, GOOD], "code_twice")):
        with pytest.raises(RulesBroken) as broken:
            parse_rules(rows)
        assert broken.value.code == code

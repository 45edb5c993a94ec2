"""What people type: other countries, landlines, impossible days. Friendly, and never a refusal by age."""

from typing import Any

import pytest

from tests.factories import applications as apply
from tests.factories.people import TODAY
from traboule.apps.applications.forms.applications import ESSENTIALS
from traboule.apps.applications.forms.questions import Questions, group_form
from traboule.apps.applications.forms.screening import ReferenceAskForm
from traboule.apps.people.enums import Side


def form_of(group: str, side: str = Side.MENTEE, **changes: list[str]) -> Any:
    answers = apply.answers(**{group: changes})
    return group_form(group, side=side, today=TODAY, answers=answers)


def wrong(form: Any) -> list[str]:
    return sorted(form.errors)


def test_the_twelve_essentials_come_first() -> None:
    asked = [name for group in ESSENTIALS for name in form_of(group).fields]
    needed = (
        *("first_name", "last_name", "birth_date", "phone", "email", "channel", "contact_language"),
        *("postcode", "language_1", "occupations", "no_plan", "slots", "programme"),
    )
    assert set(needed) <= set(asked)


@pytest.mark.parametrize("typed", ["20/03/2003", "20.03.2003", "20-03-2003", "20 03 2003", "2003-03-20"])
def test_a_birth_date_is_understood_in_every_common_writing(typed: str) -> None:
    form = form_of("who", birth_date=[typed])
    assert form.is_valid()
    assert form.cleaned_data["birth_date"].isoformat() == "2003-03-20"


@pytest.mark.parametrize("typed", ["31/02/2003", "20/03/2043", "20/03/1803", "tomorrow", "99/99/9999", ""])
def test_a_day_that_does_not_exist_is_an_error_beside_its_field(typed: str) -> None:
    assert wrong(form_of("who", birth_date=[typed])) == ["birth_date"]


@pytest.mark.parametrize(
    ("side", "born"), [("mentee", "01/01/1980"), ("mentee", "01/01/2012"), ("mentor", "01/01/1990")]
)
def test_an_unusual_age_is_a_warning_and_never_a_refusal(side: str, born: str) -> None:
    form = form_of("who", side, birth_date=[born])
    assert form.is_valid()
    assert len(form.warnings) == 1


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("06 39 98 12 34", "+33639981234"),
        ("639981234", "+33639981234"),
        ("0033 6 39 98 12 34", "+33639981234"),
        ("+33 (0)6 39 98 12 34", "+33639981234"),
        ("+32 470 12 34 56", "+32470123456"),
        ("+380 50 123 4567", "+380501234567"),
    ],
)
def test_a_phone_number_of_any_country_is_understood(typed: str, number: str) -> None:
    form = form_of("reach", phone=[typed])
    assert form.is_valid(), form.errors
    assert form.cleaned_data["phone"] == number


def test_a_landline_gets_no_sms_but_may_be_called() -> None:
    assert wrong(form_of("reach", phone=["04 72 10 30 30"])) == ["phone"]
    assert form_of("reach", phone=["04 72 10 30 30"], channel=["phone"]).is_valid()


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"phone": [""], "email": [""]}, ["phone"]),
        ({"phone": [""], "email": ["s@example.org"]}, ["phone"]),
        ({"channel": ["email"]}, ["email"]),
        ({"phone": ["12"]}, ["phone"]),
        ({"channel": ["pigeon"]}, ["channel"]),
        ({"channel": ["email"], "email": ["s@example.org"], "phone": [""]}, []),
    ],
)
def test_the_way_that_was_chosen_must_be_possible(changes: dict[str, list[str]], errors: list[str]) -> None:
    assert wrong(form_of("reach", **changes)) == errors


@pytest.mark.parametrize("typed", ["Tigrinya", "ti", "tigrigna", "ትግርኛ", "TIGRINYA"])
def test_a_language_is_found_under_many_names(typed: str) -> None:
    form = form_of("live", language_2=[typed], level_2=["6"])
    assert form.is_valid(), form.errors
    assert ("ti", 6) in form.cleaned_data["languages"]


def test_an_unknown_language_a_missing_level_and_an_unknown_place_are_said_beside_their_field() -> None:
    assert wrong(form_of("live", language_2=["Klingonish"])) == ["language_2"]
    assert wrong(form_of("live", language_2=["arabe"], level_2=[""])) == ["level_2"]
    assert wrong(form_of("live", postcode=["99999"])) == ["postcode"]
    assert form_of("live", postcode=["villeurbanne"]).is_valid()
    assert form_of("live", postcode=["1000"], country=["BE"]).is_valid()


def test_work_that_we_do_not_know_stays_as_it_was_said() -> None:
    form = form_of("work", occupations=["cuisinier, dompteur de licornes"])
    assert form.is_valid()
    assert len(form.cleaned_data["codes"]) == 1
    assert wrong(form_of("work", occupations=[""])) == ["occupations"]
    assert form_of("work", occupations=[""], no_plan=["on"]).is_valid()


def test_an_essential_group_that_nobody_saw_is_missing_before_sending() -> None:
    answers = apply.answers()
    del answers["agree"], answers["time"]
    questions = Questions(side=Side.MENTEE, today=TODAY, answers=answers)
    assert not questions.is_valid()
    assert questions.wrong_groups == ["time", "agree"]
    assert {"programme", "slots"} <= set(questions.errors)


def test_only_whoever_was_sent_is_asked_about_news_to_the_adviser() -> None:
    assert "referrer_news" not in form_of("agree").fields
    form = group_form("agree", side=Side.MENTEE, today=TODAY, source="referrer")
    assert "referrer_news" in form.fields


def test_a_number_and_a_postcode_without_a_country_are_those_of_the_branch() -> None:
    reach = {**apply.ANSWERS["reach"], "phone": ["0470 12 34 56"]}
    form = group_form("reach", side=Side.MENTEE, today=TODAY, country="BE", answers={"reach": reach})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["phone"] == "+32470123456"
    live = {**apply.ANSWERS["live"], "postcode": ["1000"], "country": [""]}
    place = group_form("live", side=Side.MENTEE, today=TODAY, country="BE", answers={"live": live})
    assert place.is_valid(), place.errors
    assert place.fields_for_person()["country"] == "BE"
    typed = {"referee": "Jeanne", "channel": "sms", "phone": "0470 12 34 56", "language": "fr"}
    asked = ReferenceAskForm(typed, country="BE")
    assert asked.is_valid(), asked.errors
    assert asked.cleaned_data["address"] == "+32470123456"

"""Bank numbers, kilometres and ceilings, checked by what must hold for every number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.expenses import (
    Asked,
    Ceiling,
    Rates,
    Used,
    cents_of_km,
    is_iban,
    judge,
    masked_iban,
    plain_iban,
)

# The examples of the registry of IBANs.
GOOD = (
    "FR14 2004 1010 0505 0001 3M02 606",
    "BE68 5390 0754 7034",
    "DE89370400440532013000",
    "LU28 0019 4006 4475 0000",
    "NL91 ABNA 0417 1643 00",
)
BELGIUM = Rates(km_rate=4269, km_year=2000, flat_day=4231, flat_year=169_251, flat_excludes_real=True)


@pytest.mark.parametrize("iban", GOOD)
def test_the_examples_of_the_registry_are_right(iban: str) -> None:
    assert is_iban(iban)
    assert is_iban(iban.lower())


@given(st.sampled_from(GOOD), st.data())
def test_one_wrong_digit_is_always_noticed(iban: str, data: st.DataObject) -> None:
    plain = plain_iban(iban)
    at = data.draw(st.sampled_from([n for n, sign in enumerate(plain) if sign.isdigit()]))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != plain[at]]))
    assert not is_iban(plain[:at] + digit + plain[at + 1 :])


@given(st.sampled_from(GOOD), st.integers(4, 14))
def test_two_neighbours_that_changed_places_are_noticed(iban: str, at: int) -> None:
    plain = plain_iban(iban)
    swapped = plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :]
    assert swapped == plain or not is_iban(swapped)


@given(st.text(max_size=40))
def test_no_text_breaks_the_check(text: str) -> None:
    assert is_iban(text) in (True, False)


@given(st.sampled_from(GOOD))
def test_the_mask_shows_the_last_four_signs_and_no_other_digit(iban: str) -> None:
    masked = masked_iban(plain_iban(iban))
    assert masked.endswith(plain_iban(iban)[-4:])
    assert sum(sign.isdigit() for sign in masked) <= 4


def test_a_french_iban_that_is_too_short_is_wrong_even_if_it_adds_up() -> None:
    assert not is_iban("FR1420041010050500013M0260")
    assert not is_iban("")


@given(st.integers(1, 20_000), st.integers(1, 50_000))
def test_kilometres_are_rounded_to_the_nearest_cent(km: int, rate: int) -> None:
    assert abs(cents_of_km(km, rate) * 100 - km * rate) <= 50


def test_ten_kilometres_at_a_published_rate() -> None:
    assert cents_of_km(10, 4269) == 427
    assert cents_of_km(100, 5290) == 5290


@given(st.integers(1, 5000), st.integers(0, 5000))
def test_kilometres_are_refused_exactly_above_the_ceiling(km: int, used: int) -> None:
    verdict = judge(Asked(0, km=km), Used(km_year=used), BELGIUM)
    assert (verdict.over == Ceiling.KM_YEAR) == (used + km > 2000)
    if not verdict.over:
        assert verdict.left == 2000 - used - km
        assert (verdict.near == Ceiling.KM_YEAR) == ((used + km) * 100 >= 2000 * 80)


@given(st.integers(1, 10_000), st.integers(0, 5_000), st.integers(0, 170_000))
def test_a_flat_sum_fits_under_the_day_and_under_the_year(cents: int, day: int, year: int) -> None:
    verdict = judge(Asked(cents, flat=True), Used(flat_day=day, flat_year=year), BELGIUM)
    assert (verdict.over is None) == (day + cents <= 4231 and year + cents <= 169_251)


def test_flat_and_proven_costs_exclude_each_other_but_not_kilometres() -> None:
    assert judge(Asked(100, flat=True), Used(real_year=1), BELGIUM).over == Ceiling.MIXES
    assert judge(Asked(100), Used(flat_year=1), BELGIUM).over == Ceiling.MIXES
    assert judge(Asked(0, km=3), Used(flat_year=1, real_year=1), BELGIUM).over is None


def test_without_a_published_rate_nothing_is_paid_flat_and_proven_costs_are() -> None:
    assert judge(Asked(100, flat=True), Used(), Rates()).over == Ceiling.NO_FLAT
    assert judge(Asked(100, km=3), Used(), Rates()).over == Ceiling.NO_RATE
    assert judge(Asked(999_999), Used(), Rates()).over is None

"""Pseudonyms: no two rows share one, only the key leads back, and nothing of the number shows."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.kernel.pseudonyms import HIGHEST, hide, seen

NUMBERS = st.integers(min_value=0, max_value=HIGHEST)
KEYS = st.binary(min_size=16, max_size=64)


@given(NUMBERS, KEYS)
def test_who_holds_the_key_reads_the_number_back(number: int, key: bytes) -> None:
    assert seen(hide(number, key), key) == number


@given(st.sets(NUMBERS, min_size=2, max_size=30), KEYS)
def test_no_two_rows_share_a_name(numbers: set[int], key: bytes) -> None:
    assert len({hide(number, key) for number in numbers}) == len(numbers)


@given(NUMBERS, KEYS, KEYS)
def test_another_key_neither_gives_the_same_name_nor_leads_back(
    number: int, one: bytes, other: bytes
) -> None:
    if one != other:
        assert hide(number, one) != hide(number, other)
        assert seen(hide(number, one), other) != number


def test_neighbours_differ_in_about_half_of_the_bits() -> None:
    """A permutation that shows its number would leave most bits of neighbours alike."""
    names = [int(hide(number, b"a key of some length"), 16) for number in range(2_000)]
    turned = [(one ^ other).bit_count() for one, other in pairwise(names)]
    assert 31 < sum(turned) / len(turned) < 33
    assert sorted(names) != names


@pytest.mark.parametrize("name", ["", "1", "g" * 16, "0" * 17, "٠" * 16, "0" * 15 + "\n", " " + "0" * 15])
def test_what_is_no_name_at_all_is_nobody(name: str) -> None:
    assert seen(name, b"key") is None


def test_an_invented_name_is_nobody() -> None:
    found = [seen(f"{number:016x}", b"a key of some length") for number in range(5_000)]
    assert found == [None] * 5_000


@pytest.mark.parametrize("number", [-1, HIGHEST + 1])
def test_what_is_no_id_of_a_row_gets_no_name(number: int) -> None:
    with pytest.raises(ValueError):
        hide(number, b"key")

"""Rate limits: the attacker is slowed, the victim is never locked out, and the table holds no address."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import people as make
from tests.factories.people import NOW
from traboule.core.limits import LIMITS, network_of, sweep, take
from traboule.core.links import ALPHABET, LENGTH, LinkUnknown, make_link, open_link
from traboule.core.models import LimitMark

pytestmark = pytest.mark.django_db
VICTIM = "selam@example.org"


def tries(number: int, *, address: str, target: str = VICTIM, now: datetime = NOW, kind: str = "code") -> int:
    """How many of `number` tries at the same moment go through."""
    return sum(take(kind=kind, address=address, target=target, now=now).allowed for _ in range(number))


def test_one_address_gets_six_codes_for_one_account_in_ten_minutes() -> None:
    assert tries(50, address="198.51.100.7") == 6
    assert tries(50, address="198.51.100.7", now=NOW + timedelta(minutes=10)) == 6


def test_waiting_as_long_as_was_said_is_enough() -> None:
    tries(6, address="198.51.100.7")
    refused = take(kind="code", address="198.51.100.7", target=VICTIM, now=NOW)
    assert not refused.allowed
    later = NOW + timedelta(seconds=refused.wait)
    assert take(kind="code", address="198.51.100.7", target=VICTIM, now=later).allowed


@pytest.mark.slow
@pytest.mark.any_database
def test_the_victim_enters_while_a_hundred_addresses_hammer_the_account() -> None:
    through = 0
    for second in range(0, 600, 6):
        now = NOW + timedelta(seconds=second)
        through += sum(tries(1, address=f"203.0.113.{n}", now=now) for n in range(100))
        if second % 300 == 0:
            mine = take(kind="code", address="192.0.2.1", target=VICTIM, now=now)
            assert (mine.allowed, mine.pressed) == (True, True)
    assert through < 1_000  # of 10,000: a few for each address
    mine = take(kind="code", address="192.0.2.1", target=VICTIM, now=NOW + timedelta(minutes=10))
    assert mine.allowed


@pytest.mark.any_database
def test_ten_thousand_guesses_from_a_hundred_addresses_never_meet_a_secret() -> None:
    secret = make_link(
        right="r", subject_type="t", subject_id=1, scope=None, now=NOW, ends_at=NOW + timedelta(days=30)
    )
    found = 0
    for n in range(10_000):
        guess = "".join(ALPHABET[(n * (k + 7) + k) % len(ALPHABET)] for k in range(LENGTH))
        try:
            found += open_link(secret=guess, now=NOW) is not None
        except LinkUnknown:
            continue
    assert found == 0
    assert open_link(secret=secret, now=NOW).right == "r"


def test_the_table_holds_neither_address_nor_mail() -> None:
    tries(3, address="198.51.100.7")
    rows = list(LimitMark.objects.values_list("key", flat=True))
    assert len(rows) == 3
    assert all(len(key) == 64 and "198.51" not in key and "selam" not in key for key in rows)


def test_what_is_over_is_cleared_away() -> None:
    tries(1, address="198.51.100.7")
    assert sweep(NOW) == 0
    assert sweep(NOW + timedelta(hours=1)) == 3


def test_one_line_of_ipv6_is_one_place_and_nonsense_is_one_place_too() -> None:
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:2") == "2001:db8::/64"
    assert network_of("2001:db8:0:1::1") != network_of("2001:db8::1")
    assert network_of("::ffff:192.0.2.1") == "192.0.2.1"
    assert network_of("nonsense") == ""


class EveryOrder(TestCase):
    @pytest.mark.any_database
    @given(st.lists(st.integers(0, 1_200), max_size=60))
    def test_no_window_ever_lets_more_than_twice_the_count_through(self, seconds: list[int]) -> None:
        LimitMark.objects.all().delete()
        moments = [NOW + timedelta(seconds=s) for s in sorted(seconds)]
        passed = [
            now for now in moments if take(kind="code", address="192.0.2.9", target=VICTIM, now=now).allowed
        ]
        pair = LIMITS["code"].pair
        for start in passed:
            window = [now for now in passed if start <= now < start + timedelta(seconds=pair.seconds)]
            assert len(window) <= 2 * pair.count


# --- at the door ------------------------------------------------------------------------------------------


def ask_for_code(client: Client, email: str, address: str) -> int:
    return client.post(reverse("account_login"), {"email": email}, REMOTE_ADDR=address).status_code


def test_a_stranger_who_asks_for_my_codes_does_not_keep_me_out() -> None:
    make.login(email=VICTIM)
    stranger = [ask_for_code(Client(), VICTIM, "203.0.113.9") for _ in range(9)]
    assert stranger[-1] == 429
    assert ask_for_code(Client(), VICTIM, "192.0.2.1") == 302


def test_the_answer_keeps_what_was_typed_and_says_when_to_come_back() -> None:
    for _ in range(6):
        ask_for_code(Client(), VICTIM, "203.0.113.9")
    answer = Client().post(
        reverse("account_login"),
        {"email": VICTIM},
        REMOTE_ADDR="203.0.113.9",
        headers={"accept-language": "en"},
    )
    page = answer.content.decode()
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 100
    assert f'<input type="hidden" name="email" value="{VICTIM}">' in page
    assert "Nothing that you typed is lost." in page
    assert page.count("csrfmiddlewaretoken") >= 1


def test_links_in_messages_are_limited_too() -> None:
    codes = [
        Client().post(reverse("door", args=["x" * 20]), REMOTE_ADDR="203.0.113.9").status_code
        for _ in range(61)
    ]
    assert set(codes[:60]) == {404}
    assert codes[60] == 429


def test_without_a_proxy_nobody_chooses_their_address(settings: object) -> None:
    for n in range(6):
        Client().post(
            reverse("account_login"),
            {"email": VICTIM},
            REMOTE_ADDR="203.0.113.9",
            HTTP_X_FORWARDED_FOR=f"1.1.1.{n}",
        )
    assert ask_for_code(Client(), VICTIM, "203.0.113.9") == 429

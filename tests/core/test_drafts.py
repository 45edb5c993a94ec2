"""Drafts: kept for their owner alone, back after a break, gone once sent."""

from datetime import timedelta

import pytest

from tests.factories.people import NOW
from traboule.core.drafts import DraftRefused, drop_draft, find_draft, keep_draft, sweep_ended
from traboule.core.models import Draft

pytestmark = pytest.mark.django_db
KEY = "note:person:12"


def keep(text: str, owner: str = "login:1", **more: object) -> Draft | None:
    return keep_draft(owner=owner, key=KEY, content={"text": [text]}, **{"now": NOW, **more})  # type: ignore[arg-type]  # a mapping of mixed values


def test_the_last_text_is_kept_for_its_owner_alone() -> None:
    keep("Called.")
    keep("Called twice.")
    found = find_draft(owner="login:1", key=KEY, now=NOW)
    assert found is not None
    assert found.content == {"text": ["Called twice."]}
    assert find_draft(owner="login:2", key=KEY, now=NOW) is None


def test_a_draft_is_gone_once_sent_and_a_late_save_does_not_bring_it_back() -> None:
    keep("Called.")
    drop_draft(owner="login:1", key=KEY, now=NOW + timedelta(seconds=9))
    assert keep("Called.", began=NOW) is None
    assert find_draft(owner="login:1", key=KEY, now=NOW) is None
    assert keep("Another one.", began=NOW + timedelta(seconds=20)) is not None


def test_a_draft_ends_after_two_weeks() -> None:
    keep("Called.")
    assert find_draft(owner="login:1", key=KEY, now=NOW + timedelta(days=14)) is None
    assert (sweep_ended(NOW + timedelta(days=13)), sweep_ended(NOW + timedelta(days=14))) == (0, 1)


def test_no_foreign_key_no_endless_text_no_hidden_field() -> None:
    with pytest.raises(DraftRefused):
        keep_draft(owner="login:1", key="../x", content={}, now=NOW)
    with pytest.raises(DraftRefused):
        keep("a" * 60_001)
    kept = keep_draft(
        owner="login:1", key=KEY, content={"csrfmiddlewaretoken": ["s"], "_draft": ["k"]}, now=NOW
    )
    assert kept is not None
    assert kept.content == {}

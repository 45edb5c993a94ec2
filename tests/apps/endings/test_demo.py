"""The demo shows endings with life in them: every turn a duo can take, and mentors who chose each way."""

from datetime import UTC, date, datetime

import pytest

from traboule.apps.duos.models import Duo
from traboule.apps.endings.enums import EndingStep
from traboule.apps.endings.models import Certificate, ClosingTalk, EndWord, Extension, MentorChoice, WellBeing
from traboule.apps.pairing.actions.demo import load_demo
from traboule.apps.people.models import Consent, MenteeProfile
from traboule.apps.steps.models import OpenStep
from traboule.core import audit
from traboule.core.actors import system
from traboule.kernel.generator import programme as make_invented
from traboule.reference import occupations, places

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_the_demo_holds_every_turn_of_a_duo() -> None:
    programme = make_invented(
        mentors=240, mentees=240, seed=7, as_of=date(2026, 3, 2), places=places.communes("FR"),
        occupations=occupations.codes(), sectors=occupations.sectors(),
    )  # fmt: skip
    loaded = load_demo(programme=programme, by=system("demo"), now=NOW)
    assert {"agreed", "asked"} <= set(Extension.everywhere.values_list("state", flat=True))
    reasons = set(Duo.everywhere.values_list("close_reason", flat=True))
    assert {"completed", "change_of_mentor", "no_time"} <= reasons
    assert EndWord.everywhere.exclude(said_at=None).values("side").distinct().count() == 2
    assert {"held", "planned", "dropped"} == set(ClosingTalk.everywhere.values_list("state", flat=True))
    assert {"again", "other_role", "stop"} <= set(MentorChoice.everywhere.values_list("onward", flat=True))
    assert Certificate.everywhere.filter(minutes__gt=600).exists()
    assert WellBeing.everywhere.filter(wants_talk=True).exists()
    assert Consent.everywhere.filter(purpose="alumni").exists()
    assert MenteeProfile.everywhere.exclude(comes_first_since=None).filter(state="pool").exists()
    assert OpenStep.everywhere.filter(kind=EndingStep.CLOSING_TALK).exists()
    for branch in loaded.branches.values():
        assert audit.check_chain(branch.pk) is None

"""Going on longer: two yeses move the end and what hangs on it; a no leaves it, and nobody learns whose."""

from datetime import timedelta

import pytest

from tests.factories import endings as app
from tests.factories import starting
from tests.factories import support as support_app
from tests.factories.people import NOW, TODAY
from tests.factories.support import LINK
from traboule.apps.duos.actions import WrongDates
from traboule.apps.duos.clauses import said_date, texts_of
from traboule.apps.duos.enums import AgreementState, CloseReason
from traboule.apps.duos.models import Agreement, Duo
from traboule.apps.endings.actions import extensions as actions
from traboule.apps.endings.actions.ending import end_duo
from traboule.apps.endings.actions.talks import plan_talk
from traboule.apps.endings.enums import ExtensionReason
from traboule.apps.endings.models import ClosingTalk, Extension
from traboule.apps.messages.models import Message
from traboule.apps.people.queries import actor_of
from traboule.apps.support.models import CheckIn
from traboule.core import exporting
from traboule.core.models import AuditEntry
from traboule.core.registry import ON_EXPORT
from traboule.kernel.endings import closing_talk_day
from traboule.kernel.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db
WEEKS = timedelta(weeks=6)


def ask(duo: Duo, later: timedelta = WEEKS) -> Extension:
    return actions.ask_extension(
        duo=duo,
        new_end=duo.ends_on + later,
        reason=ExtensionReason.CLOSE_TO_WORK,
        by=actor_of(duo.started_by),
        now=NOW,
    )


def say(row: Extension, side: str, yes: bool = True) -> Extension:
    return actions.answer_extension(extension=row, side=side, yes=yes, by=LINK, now=NOW)


def test_two_yeses_move_the_end_the_last_check_in_and_the_closing_talk() -> None:
    duo = app.duo()
    plan_talk(duo=duo, by=LINK, now=NOW)
    first = support_app.check_in(duo, month=3, due_on=duo.started_on + timedelta(days=90))
    last = support_app.check_in(duo, month=6, due_on=duo.ends_on)
    row = ask(duo)
    say(row, "mentee")
    duo.refresh_from_db()
    assert duo.ends_on == row.old_end  # one yes is no agreement
    say(row, "mentor")
    duo.refresh_from_db()
    assert duo.ends_on == row.new_end
    assert ClosingTalk.everywhere.get().due_on == closing_talk_day(row.new_end)
    assert CheckIn.everywhere.get(pk=last.pk).due_on == row.new_end
    assert CheckIn.everywhere.get(pk=first.pk).due_on == first.due_on
    assert Message.everywhere.filter(kind="extension.agreed").count() == 2
    assert AuditEntry.objects.filter(verb="duo.extended").count() == 1


def test_the_agreement_is_drafted_anew_with_the_new_end() -> None:
    duo = app.duo()
    old = starting.agreement(duo, actor_of(duo.started_by))
    assert old.state == AgreementState.SENT
    row = ask(duo)
    say(row, "mentee")
    say(row, "mentor")
    old.refresh_from_db()
    new = Agreement.everywhere.latest("version")
    assert (old.state, new.state, new.version) == (AgreementState.WITHDRAWN, AgreementState.DRAFTED, 2)
    assert new.drafted_by == row.asked_by
    assert said_date(row.new_end, "fr") in texts_of(new)["fr"][0][1]


def test_a_no_leaves_it_and_the_other_is_not_told_whose() -> None:
    duo = app.duo()
    row = say(ask(duo), "mentor", yes=False)
    duo.refresh_from_db()
    assert (row.state, duo.ends_on) == ("refused", row.old_end)
    said = Message.everywhere.filter(kind="extension.stays")
    assert {message.person_id for message in said} == {duo.mentee_id, duo.mentor_id}
    with pytest.raises(IllegalMove):
        say(row, "mentee")


def test_the_team_writes_both_answers_down() -> None:
    duo = app.duo()
    row, by = ask(duo), actor_of(duo.started_by)
    for side in ("mentee", "mentor"):
        actions.answer_extension(extension=row, side=side, yes=True, by=by, now=NOW)
    duo.refresh_from_db()
    assert duo.ends_on == row.new_end


@pytest.mark.parametrize("days", [0, -1, 183])
def test_a_new_end_is_later_and_not_half_a_year_away(days: int) -> None:
    with pytest.raises(WrongDates):
        ask(app.duo(), timedelta(days=days))


def test_one_question_at_a_time_and_it_can_be_taken_back() -> None:
    duo = app.duo()
    row = ask(duo)
    with pytest.raises(actions.AlreadyAsked):
        ask(duo)
    by = actor_of(duo.started_by)
    assert actions.withdraw_extension(extension=row, by=by, now=NOW).state == "withdrawn"
    ask(duo)


def test_the_end_of_the_duo_ends_the_question() -> None:
    duo = app.duo()
    row = ask(duo)
    end_duo(duo=duo, reason=CloseReason.MOVED, closed_on=TODAY, by=actor_of(duo.started_by), now=NOW)
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert not Message.everywhere.filter(kind="extension.stays").exists()


def test_a_copy_of_somebody_s_data_holds_their_own_answer_and_not_the_other_s() -> None:
    duo = app.duo()
    row = ask(duo)
    say(row, "mentor", yes=False)
    copies = {
        person.pk: [found for export in ON_EXPORT for found in export(person.pk).items()]
        for person in (duo.mentee, duo.mentor)
    }
    asked = "Go on together a little longer?"
    assert asked not in dict(copies[duo.mentee_id])
    mine = [list(line.values())[1] for line in dict(copies[duo.mentor_id])[asked]]
    assert mine == ["No, it stays as it is"]
    assert "endings.Extension" in exporting._withheld

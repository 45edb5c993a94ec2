"""Changes and endings in the demo: extended, changed, ended early and well; mentors who rest, start, stop."""

from datetime import date, datetime, timedelta
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import CloseReason, DuoState
from traboule.apps.duos.models import Duo
from traboule.apps.endings.actions.alumni import agree_to_be_asked
from traboule.apps.endings.actions.certificates import issue_certificates
from traboule.apps.endings.actions.choices import choose
from traboule.apps.endings.actions.ending import change_mentor, end_duo
from traboule.apps.endings.actions.extensions import answer_extension, ask_extension
from traboule.apps.endings.actions.talks import hold_talk
from traboule.apps.endings.actions.ticks import tick_endings
from traboule.apps.endings.actions.well_being import ask_well_being, say_well_being
from traboule.apps.endings.actions.words import say_word
from traboule.apps.endings.enums import ExtensionReason, Present, TalkState
from traboule.apps.endings.models import ClosingTalk, EndWord, MentorChoice
from traboule.apps.endings.own_enums import Onward
from traboule.apps.people.enums import MentorState
from traboule.apps.people.models import Login, Person
from traboule.apps.people.queries import actor_of
from traboule.core.actors import Actor, system
from traboule.core.days import local_day
from traboule.kernel.endings import closing_talk_day

DEMO = system("demo")
LEAST = 12  # a branch with fewer running duos is left as it is
LEARNED = "Quelqu’un de patient, et plutôt le matin. Le plan avance bien : il manque un premier stage."
TALKED = (
    "Elle a présenté son plan elle-même : CV prêt, deux entretiens, une promesse d’embauche.\n"
    "Le mentor se dit fier et un peu triste. Ils restent en contact, c’est leur choix."
)
WORDS = {
    "mentee": (["rhythm", "other_need"], "Je travaille le soir maintenant. Il a toujours été gentil."),
    "mentor": (["no_time"], "Ma fille a besoin de moi. Je n’étais plus assez là."),
}
CHOSEN = {
    MentorState.POOL: Onward.AGAIN,
    MentorState.PAUSED: Onward.REST,
    MentorState.LEFT: Onward.STOP,
}
PEOPLE = ("branch__organisation", "mentee", "mentor__mentor", "started_by", "coordinator")


def load_demo_endings(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Fill the endings of every branch, the same way each time; then let the clock do what is due."""
    for slug, branch in sorted(loaded.branches.items()):
        today = local_day(now, branch.timezone)
        rows = Duo.everywhere.filter(branch=branch).select_related(*PEOPLE)
        duos = list(rows.order_by("pk"))
        _talks(duos)
        ended = [duo for duo in duos if duo.state == DuoState.CLOSED]
        _choices(ended, today, now)
        _papers_and_alumni(ended, actor_of(loaded.coordinator(slug)), now)
        signs_in = set(Login.objects.filter(person__branch=branch).values_list("person_id", flat=True))
        running = [duo for duo in reversed(duos) if _is_free(duo, signs_in, today)]
        if len(running) >= LEAST:
            _stories(branch, running, loaded.coordinator(slug), today, now)
    tick_endings(now)


def _is_free(duo: Duo, signs_in: set[int], today: date) -> bool:
    """A duo in which nobody signs in: the places of those who do stay as the guide shows them."""
    known = signs_in & {duo.mentee_id, duo.mentor_id}
    return duo.state == DuoState.ACTIVE and not known and today - duo.started_on > timedelta(days=60)


def _talks(duos: list[Duo]) -> None:
    ClosingTalk.everywhere.bulk_create(_talk(duo) for duo in duos)


def _talk(duo: Duo) -> ClosingTalk:
    talk = ClosingTalk(duo=duo, due_on=closing_talk_day(duo.ends_on))
    if duo.close_reason == CloseReason.COMPLETED:
        talk.state, talk.held_on, talk.present = TalkState.HELD, duo.closed_on, Present.BOTH
    elif duo.state == DuoState.CLOSED:
        talk.state = TalkState.DROPPED
    return talk


def _choices(ended: list[Duo], today: date, now: datetime) -> None:
    """What mentors of the past chose, in line with where they stand; the last weeks are left to the clock."""
    rows = []
    for duo in ended:
        mentor, closed_on = getattr(duo.mentor, "mentor", None), duo.closed_on
        onward = CHOSEN.get(MentorState(mentor.state)) if mentor is not None else None
        if onward is None or closed_on is None or today - closed_on < timedelta(days=45):
            continue
        asked = now - (today - closed_on)
        row = MentorChoice(duo=duo, person=duo.mentor, asked_at=asked, onward=onward, chosen_at=asked)
        if onward == Onward.REST:
            row.ask_again_on = today + timedelta(days=(duo.pk * 17) % 120)
        if duo.pk % 3:
            row.useful, row.skills = 3 + duo.pk % 3, 3 + duo.pk % 2
            row.network = 2 + duo.pk % 4
        rows.append(row)
    MentorChoice.everywhere.bulk_create(rows)


def _papers_and_alumni(ended: list[Duo], by: Actor, now: datetime) -> None:
    latest = sorted(ended, key=lambda duo: (duo.closed_on or date.min, duo.pk))[-4:]
    for duo in latest:
        issue_certificates(duo=duo, by=by, now=now)
        agree_to_be_asked(person=duo.mentee, language=duo.mentee.contact_language, by=DEMO, now=now)
        if _stopped(duo.mentor):
            agree_to_be_asked(person=duo.mentor, language=duo.mentor.contact_language, by=DEMO, now=now)


def _stopped(mentor: Person) -> bool:
    profile = getattr(mentor, "mentor", None)
    return profile is not None and profile.state in (MentorState.LEFT, MentorState.PAUSED)


def _stories(branch: Branch, running: list[Duo], host: Login, today: date, now: datetime) -> None:
    """Six duos of the last weeks, each with another turn."""
    by = actor_of(host)
    longer, asked, early, changed, done, tired, stops = running[:7]
    for duo, sides in ((longer, ("mentee", "mentor")), (asked, ("mentee",))):
        row = ask_extension(
            duo=duo,
            new_end=duo.ends_on + timedelta(weeks=6),
            reason=ExtensionReason.CLOSE_TO_WORK,
            by=by,
            now=now,
        )
        for side in sides:
            answer_extension(extension=row, side=side, yes=True, by=DEMO, now=now)
    given: dict[str, Any] = {"closed_on": today - timedelta(days=1), "by": by, "now": now}
    end_duo(duo=early, reason=CloseReason.NO_TIME, wait_again=True, **given)
    for word in EndWord.everywhere.filter(duo=early):
        reasons, words = WORDS[word.side]
        say_word(word=word, reasons=reasons, words=words, by=DEMO, now=now)
    change_mentor(duo=changed, learned=LEARNED, **given)
    _well_done(done, by, today, now, Onward.OTHER_ROLE, {"useful": 5, "skills": 4, "network": 5})
    _well_done(stops, by, today, now, Onward.STOP, {"useful": 4})
    row_of_mentor = ask_well_being(duo=tired, month=2, by=DEMO, now=now - timedelta(days=2))
    say_well_being(
        row=row_of_mentor,
        load="heavy",
        hard_story=True,
        wants_talk=True,
        words="Son récit me suit le soir.",
        by=DEMO,
        now=now,
    )


def _well_done(
    duo: Duo, by: Actor, today: date, now: datetime, onward: Onward, brought: dict[str, int]
) -> None:
    """A talk with both, the end, the papers, and what the mentor chose."""
    talk = ClosingTalk.everywhere.get(duo=duo)
    said: dict[str, Any] = {"present": Present.BOTH, "words": TALKED, "today": today}
    hold_talk(talk=talk, held_on=today - timedelta(days=1), by=by, now=now, **said)
    end_duo(duo=duo, reason=CloseReason.COMPLETED, closed_on=today, by=by, now=now)
    choice = MentorChoice.everywhere.get(duo=duo)
    role = "witness" if onward == Onward.OTHER_ROLE else ""
    choose(choice=choice, onward=onward, role=role, brought=brought, by=DEMO, now=now)

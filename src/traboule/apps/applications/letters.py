"""The words of talks and decisions: short human letters. No code, no state, nothing that only the team says.

Every letter about a decision says what was decided, why, what one can do now and whom to call.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.enums_judging import Outcome, Reason
from traboule.apps.messages.kinds import Kind, register_kind
from traboule.apps.people.enums import Side

Words = Any  # a sentence, or one that is translated when it is read
_HELLO = _("Hello %(first_name)s,")
_SIGNED = _("%(host)s, for the team of %(branch)s")
_CALL = _("Questions? Call or write to %(host)s: %(reach)s. We answer.")
EXAMPLE = {
    "first_name": "Selam",
    "host": "Claire Vasseur",
    "branch": "Lyon",
    "reach": "claire@example.org",
    "link": "https://example.org/l/abc/",
    "until": "1 March",
    "when": "Tuesday 9 December, 10:00",
    "where": "12 rue de la Paix",
    "sentence": "",
}

# Why, in human words, and what one can do now. Each pair is one letter.
WHY: dict[str, tuple[Words, Words]] = {
    Reason.NO_PLACE: (
        _("Too many people wait at the moment. We do not want to promise what we cannot keep."),
        _("You do not have to do anything. We write to you again on that day."),
    ),
    Reason.NOT_FREE: (
        _("You told us that your weeks are full now. A duo needs two free hours a week."),
        _("Call us earlier if that changes. Otherwise we write to you on that day."),
    ),
    Reason.LANGUAGE: (
        _("A duo talks a lot. A little more French will make it easier for you both."),
        _("The town hall and many associations offer free courses. We help you to find one."),
    ),
    Reason.PAPERS: (
        _("One paper is still missing. Without it we cannot begin."),
        _("Send it or bring it when you have it. We help you if it is hard to get."),
    ),
    Reason.AGE: (
        _("The programme has limits of age, and yours lies outside. This is no judgement of you."),
        _("There are other offers for your age. We give you their names, if you like."),
    ),
    Reason.TERRITORY: (
        _("You live too far from our duos. Meetings every week would be hard to keep."),
        _("Tell us if you move. Perhaps another branch or another offer is nearer to you."),
    ),
    Reason.CONDITIONS: (
        _("Those who pay for the programme set conditions, and today they are not all met."),
        _("Conditions change, and so do lives. You may ask again at any time."),
    ),
    Reason.OTHER_HELP: (
        _("From what you told us, something else comes first right now. Others help better with that."),
        _("We give you names and phone numbers. Afterwards you are welcome here."),
    ),
    Reason.NOT_REACHED: (
        _("We tried to reach you several times and did not succeed."),
        _("If you still wish to join, one call is enough and we go on together."),
    ),
    Reason.ROLE: (
        _("After our talk we think that being a mentor is not the right place for you."),
        _("There are other ways to give your time here. We gladly tell you about them."),
    ),
    Reason.CHECKS: (
        _("For every mentor we make the same checks. They did not allow us to go on."),
        _("You may ask us what we hold about you, and say how you see it."),
    ),
}
_PUT_OFF = _("Thank you for your trust. We cannot begin yet. We put your request off until %(until)s.")
_NO = _("Thank you for your time and your trust. We cannot take you into the programme.")
_OTHERS = _(
    "Other doors are open: the job centre, the youth service, associations near you. Ask us for names."
)
_YES_MENTEE = _("Good news: you are in the programme. We now look for a mentor who fits you.")
_NEXT_MENTEE = _("It may take some weeks. We write to you regularly, also when there is nothing new.")
_YES_MENTOR = _("Good news: we would like to have you as a mentor. Thank you.")
_NEXT_MENTOR = _("The next step is the training. We write to you with the dates.")
_ANSWER_SMS = _("Hello %(first_name)s, here is our answer: %(link)s %(branch)s")

REASONS: dict[str, dict[str, tuple[Reason, ...]]] = {
    Outcome.DEFERRED: {
        Side.MENTEE: (Reason.NO_PLACE, Reason.NOT_FREE, Reason.LANGUAGE, Reason.PAPERS),
        Side.MENTOR: (Reason.NO_PLACE, Reason.NOT_FREE, Reason.PAPERS),
    },
    Outcome.REFUSED: {
        Side.MENTEE: (
            *(Reason.AGE, Reason.TERRITORY, Reason.CONDITIONS),
            *(Reason.OTHER_HELP, Reason.NOT_REACHED),
        ),
        Side.MENTOR: (Reason.AGE, Reason.TERRITORY, Reason.ROLE, Reason.CHECKS, Reason.NOT_REACHED),
    },
    Outcome.ACCEPTED: {Side.MENTEE: (), Side.MENTOR: ()},
}


def kind_of_decision(outcome: str, side: str, reason: str) -> str:
    """Return the kind of the letter about a decision."""
    return f"decision.{outcome}.{side if outcome == Outcome.ACCEPTED else reason}"


def _letter(*parts: Words) -> Any:
    """Put paragraphs together; a sentence of the coordinator's own stands before the call."""
    body = "\n\n".join(["{}"] * len(parts)) + "\n\n%(sentence)s{}\n\n{}"
    return format_lazy(body, *parts, _CALL, _SIGNED)


def _decision_kinds() -> Mapping[str, tuple[Words, Any]]:
    kinds: dict[str, tuple[Words, Any]] = {
        "decision.accepted.mentee": (_("You are in"), _letter(_HELLO, _YES_MENTEE, _NEXT_MENTEE)),
        "decision.accepted.mentor": (_("Welcome"), _letter(_HELLO, _YES_MENTOR, _NEXT_MENTOR)),
    }
    for reason, (why, now_what) in WHY.items():
        if any(reason in found for found in REASONS[Outcome.DEFERRED].values()):
            body = _letter(_HELLO, _PUT_OFF, why, now_what)
            kinds[f"decision.deferred.{reason}"] = (_("A little later"), body)
        if any(reason in found for found in REASONS[Outcome.REFUSED].values()):
            body = _letter(_HELLO, _NO, why, now_what, _OTHERS)
            kinds[f"decision.refused.{reason}"] = (_("Our answer"), body)
    return kinds


_TALKS: tuple[tuple[str, Words, Words, tuple[Words, ...], Words], ...] = (
    (
        "talk.planned",
        _("Talk planned"),
        _("Our talk on %(when)s"),
        (
            _("We would like to get to know you: %(when)s, with %(host)s."),
            "%(where)s",
            _("Does it not suit you? Ask for another date here: %(link)s"),
        ),
        _("Hello %(first_name)s, our talk: %(when)s. Another date? %(link)s %(branch)s"),
    ),
    (
        "talk.moved",
        _("Talk moved"),
        _("New date for our talk: %(when)s"),
        (
            _("Our talk has a new date: %(when)s, with %(host)s."),
            "%(where)s",
            _("Does it not suit you? Ask for another date here: %(link)s"),
        ),
        _("Hello %(first_name)s, new date for our talk: %(when)s. Another date? %(link)s %(branch)s"),
    ),
    (
        "talk.reminder",
        _("Reminder of a talk"),
        _("Our talk on %(when)s"),
        (
            _("A reminder: we meet on %(when)s, with %(host)s."),
            "%(where)s",
            _("Does it not suit you? Ask for another date here: %(link)s"),
        ),
        _("Hello %(first_name)s, our talk: %(when)s. Another date? %(link)s %(branch)s"),
    ),
    (
        "talk.slots",
        _("Talk: other dates to choose from"),
        _("Other dates for our talk"),
        (
            _("There are other dates for our talk. Choose one here: %(link)s"),
            _("Until then it is: %(when)s."),
        ),
        _(
            "Hello %(first_name)s, choose another date for our talk: %(link)s "
            "Until then: %(when)s. %(branch)s"
        ),
    ),
    (
        "talk.missed",
        _("Talk missed"),
        _("We missed each other"),
        (
            _("We missed each other today. That happens."),
            _("%(host)s will propose another date. You can also call us."),
        ),
        _("Hello %(first_name)s, we missed each other. %(host)s will propose another date. %(branch)s"),
    ),
    (
        "talk.cancelled",
        _("Talk cancelled"),
        _("Our talk will not take place"),
        (_("Our talk will not take place as planned."), _("We will propose another date.")),
        _("Hello %(first_name)s, our talk will not take place. We propose another date. %(branch)s"),
    ),
    (
        "talk.called_off",
        _("Talk called off, because of our answer"),
        _("Our talk on %(when)s will not take place"),
        (
            _("Our talk on %(when)s will not take place. You do not have to come."),
            _("Our answer to your request comes in a message of its own."),
        ),
        _("Hello %(first_name)s, our talk on %(when)s will not take place. %(branch)s"),
    ),
    (
        "talk.one_is_enough",
        _("Talk called off, because of a second request"),
        _("Our talk on %(when)s will not take place"),
        (
            _("You had asked us twice. One request is enough: we go on with it."),
            _("Our talk on %(when)s will not take place. You do not have to come."),
        ),
        _("Hello %(first_name)s, our talk on %(when)s will not take place. %(branch)s"),
    ),
    (
        "talk.notes_shared",
        _("Notes of a talk, to read"),
        _("What we wrote down"),
        (
            _("Thank you for the talk. Here you read what we wrote down: %(link)s"),
            _("Is something wrong? Tell us, and we correct it."),
        ),
        _("Hello %(first_name)s, here is what we wrote down: %(link)s %(branch)s"),
    ),
)


def register_kinds() -> None:
    """Add the kinds of message of talks and decisions."""
    for code, title, subject, parts, sms in _TALKS:
        body = format_lazy("\n\n".join(["{}"] * (len(parts) + 2)), _HELLO, *parts, _SIGNED)
        register_kind(Kind(code, title, subject, body, sms=sms, example=EXAMPLE))
    for code, (title, body) in _decision_kinds().items():
        subject = format_lazy("{} – {}", "%(branch)s", title)
        register_kind(Kind(code, title, subject, body, sms=_ANSWER_SMS, example=EXAMPLE))

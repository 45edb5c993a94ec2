"""The sentences of definitions, one for each question that a definition may ask."""

from collections.abc import Callable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.indicators import Among, Clock, Definition, Measure, What

WHO: Mapping[Among, str | Promise] = {
    Among.DUOS_STARTED: _("Of duos that started"),
    Among.DUOS_COMPLETED: _("Of duos that did not end early"),
    Among.DUOS_REACHABLE: _("Of duos that still answered"),
    Among.MENTORS: _("Of mentors"),
    Among.MENTEES: _("Of mentees"),
}
KINDS: Mapping[str, str | Promise] = {
    "job": _("a job"),
    "internship": _("an internship"),
    "training": _("a training"),
    "study": _("a place at school or university"),
    "language": _("a step in the language"),
    "volunteering": _("a place as a volunteer"),
    "own_business": _("an own business"),
}


def window(definition: Definition) -> str:
    """Return "within 12 months after the start of the duo"; without months just the day."""
    n, clock = definition.months, definition.clock
    if not n:
        return str(
            {
                Clock.DUO_START: gettext("on the day the duo starts"),
                Clock.DUO_END: gettext("on the day the duo ends"),
                Clock.INTAKE: gettext("on the day of intake"),
            }[clock]
        )
    if clock is Clock.DUO_START:
        said = ngettext(
            "within %(n)s month after the start of the duo",
            "within %(n)s months after the start of the duo",
            n,
        )
    elif clock is Clock.DUO_END:
        said = ngettext(
            "within %(n)s month after the end of the duo", "within %(n)s months after the end of the duo", n
        )
    else:
        said = ngettext("within %(n)s month after intake", "within %(n)s months after intake", n)
    return said % {"n": n}


def kinds_of(definition: Definition) -> str:
    """Return "a job, an internship or a training", with how long it must last at least."""
    known = [kind for kind in KINDS if kind in definition.kinds]
    said = either([str(KINDS.get(kind, kind)) for kind in (*known, *sorted({*definition.kinds} - {*known}))])
    if definition.min_months:
        lasting = ngettext(
            "%(kinds)s for %(n)s month or more", "%(kinds)s for %(n)s months or more", definition.min_months
        )
        return lasting % {"kinds": said, "n": definition.min_months}
    if definition.min_days and definition.what is What.OUTCOME:
        lasting = ngettext(
            "%(kinds)s for %(n)s day or more", "%(kinds)s for %(n)s days or more", definition.min_days
        )
        return lasting % {"kinds": said, "n": definition.min_days}
    return said


def either(words: Sequence[str]) -> str:
    """Return words as a choice: "a, b or c"."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(first)s or %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _of(definition: Definition, text: str, **more: object) -> str:
    """Fill a sentence: who is counted, the window, and what the sentence needs beside."""
    return text % {"who": WHO[definition.among], "window": window(definition), **more}


def _outcome(definition: Definition) -> str:
    kinds = kinds_of(definition)
    if definition.measure is Measure.COST:
        text = gettext("%(who)s, what was spent for each one whose mentee had %(kinds)s %(window)s.")
    else:
        text = gettext("%(who)s, the share whose mentee had %(kinds)s %(window)s.")
    return _of(definition, text, kinds=kinds)


def _days_worked(definition: Definition) -> str:
    if definition.measure is Measure.SHARE:
        text = ngettext(
            "%(who)s, the share whose mentee worked %(n)s day or more %(window)s.",
            "%(who)s, the share whose mentee worked %(n)s days or more %(window)s.",
            definition.min_days,
        )
        return _of(definition, text, n=definition.min_days)
    text = {
        Measure.MEAN: gettext("%(who)s, the mean of the days that the mentee worked %(window)s."),
        Measure.MEDIAN: gettext("%(who)s, the middle value of the days that the mentee worked %(window)s."),
    }.get(definition.measure, gettext("%(who)s, the sum of the days that mentees worked %(window)s."))
    return _of(definition, text)


def _lasts(definition: Definition) -> str:
    text = ngettext(
        "%(who)s, the share that lasted %(n)s month.",
        "%(who)s, the share that lasted %(n)s months.",
        definition.months,
    )
    return _of(definition, text, n=definition.months)


def _again(definition: Definition) -> str:
    text = ngettext(
        "Of mentors whose first duo ended, the share who began another within %(n)s month.",
        "Of mentors whose first duo ended, the share who began another within %(n)s months.",
        definition.months,
    )
    return text % {"n": definition.months}


def _trained(definition: Definition) -> str:
    return gettext("Of mentors with a duo, the share whose training was complete before the first one.")


def _answered(definition: Definition) -> str:
    text = ngettext(
        "%(who)s, the share that was reached %(n)s month after the end.",
        "%(who)s, the share that was reached %(n)s months after the end.",
        definition.months,
    )
    return _of(definition, text, n=definition.months)


def _matched(definition: Definition) -> str:
    return _of(definition, gettext("%(who)s, the share who began a duo %(window)s."))


def _wait(definition: Definition) -> str:
    return _of(definition, gettext("The days until half of the mentees began a duo, if they did %(window)s."))


def _hours(definition: Definition) -> str:
    text = {
        Measure.MEAN: gettext("%(who)s and have ended, the mean of the hours a week that the two met."),
        Measure.MEDIAN: gettext("%(who)s and have ended, the middle value of the hours a week together."),
    }.get(definition.measure, gettext("%(who)s and have ended, the sum of their hours a week."))
    return _of(definition, text)


def _rating(definition: Definition) -> str:
    is_middle, is_mentee = definition.measure is Measure.MEDIAN, "mentee" in definition.kinds
    if is_mentee and is_middle:
        said = gettext("How useful mentees found the meetings, from 1 to 5: the middle of the last answers.")
    elif is_mentee:
        said = gettext("How useful mentees found the meetings, from 1 to 5: the mean of the last answers.")
    elif is_middle:
        said = gettext("How useful mentors found the meetings, from 1 to 5: the middle of the last answers.")
    else:
        said = gettext("How useful mentors found the meetings, from 1 to 5: the mean of the last answers.")
    if definition.among is Among.DUOS_COMPLETED:
        return " ".join([said, gettext("Only of duos that did not end early.")])
    return said


def _spent(definition: Definition) -> str:
    text = {
        Measure.MEAN: gettext("%(who)s and have ended, the mean of what was spent on each."),
        Measure.MEDIAN: gettext("%(who)s and have ended, the middle value of what was spent on each."),
    }.get(definition.measure, gettext("%(who)s and have ended, the sum of what was spent."))
    return _of(definition, text)


SENTENCES: Mapping[What, Callable[[Definition], str]] = {
    What.OUTCOME: _outcome,
    What.DAYS_WORKED: _days_worked,
    What.LASTS: _lasts,
    What.AGAIN: _again,
    What.TRAINED: _trained,
    What.ANSWERED: _answered,
    What.MATCHED: _matched,
    What.WAIT: _wait,
    What.HOURS: _hours,
    What.RATING: _rating,
    What.SPENT: _spent,
}

"""Two records in words: why they may be one person, what differs, and why something is not possible."""

from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.actions.merging import CannotMerge, CannotUnmerge
from traboule.apps.people.enums import Channel, Gender
from traboule.apps.people.validators import slot_names
from traboule.kernel.likeness import Likeness, Reason, Verdict
from traboule.web.coordinator import people_words as words
from traboule.web.coordinator.wording import language
from traboule.web.mentee.group_words import say_groups
from traboule.web.templatetags.traboule import commune, say_day_of_life, say_km

FOR: dict[Reason, Promise] = {
    Reason.NAME_SAME: _("the same name"),
    Reason.NAME_ORDER: _("the same name in another order"),
    Reason.NAME_SPELLING: _("the same name, spelled otherwise"),
    Reason.NAME_LONGER: _("one name is part of the other"),
    Reason.BIRTH_SAME: _("the same birth date"),
    Reason.BIRTH_SWAPPED: _("day and month of birth are swapped"),
    Reason.BIRTH_PLACEHOLDER: _("both 1 January, which often means “not known”"),
    Reason.BIRTH_CLOSE: _("birth dates that differ in one number"),
    Reason.PHONE_SAME: _("the same phone number"),
    Reason.EMAIL_SAME: _("the same e-mail address"),
}
AGAINST: dict[Reason, Promise] = {
    Reason.NAME_PARTLY: _("only part of the name agrees"),
    Reason.NAME_OTHER: _("another name"),
    Reason.BIRTH_OTHER: _("another birth date"),
    Reason.PHONE_OTHER: _("another phone number"),
    Reason.EMAIL_OTHER: _("another e-mail address"),
}
VERDICTS: dict[Verdict, tuple[str, Promise]] = {
    Verdict.LIKELY: ("urgent", _("very likely the same person")),
    Verdict.POSSIBLE: ("waiting", _("perhaps the same person")),
    Verdict.NO: ("calm", _("hardly the same person")),
}
LABELS: dict[str, Promise] = {
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "birth_date": _("Birth date"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "channel": _("Write by"),
    "contact_language": _("Contact language"),
    "needs_help_reading": _("Needs help reading"),
    "place": _("Lives in"),
    "external_id": _("Id in your files"),
    "slots": _("Free times"),
    "max_km": _("Comes as far as"),
    "online": _("By video"),
    "interests": _("Likes"),
    "dislikes": _("Dislikes"),
    "gender": _("Gender"),
    "gender_wish": _("Wishes to meet"),
    "way_pace": _("Pace"),
    "way_directness": _("Directness"),
    "way_listening": _("Listening"),
    "way_structure": _("Structure"),
    "way_humour": _("Humour"),
    "mentor.capacity": _("Places"),
    "mentor.years_experience": _("Years of experience"),
    "mentor.generalist": _("Helps with any plan"),
    "mentor.strengths": _("Good at"),
    "mentor.occupations": _("Worked as"),
    "mentor.available_from": _("Available from"),
    "mentor.available_until": _("Available until"),
    "mentor.trained_on": _("Trained"),
    "mentor.can_wait_until": _("Can wait until"),
    "mentee.needs": _("Needs"),
    "mentee.occupations": _("Looks for"),
    "mentee.waiting_since": _("Waits since"),
    "mentee.can_wait_until": _("Can wait until"),
    "mentee.groups": _("Groups"),
}
REFUSALS: dict[str, Promise] = {
    "other_branch": _("These two belong to two branches."),
    "same_record": _("This is one record, not two."),
    "archived": _("The record that stays is in the archive. Bring it back first, or keep the other one."),
    "both_engaged": _("Both are in a duo, or a proposal waits for an answer. Close one first."),
    "clash": _("Both stand in one duo or one proposal, so they are two people."),
}


def reasons_for(likeness: Likeness) -> list[str]:
    """Return what speaks for one person."""
    return [str(FOR[reason]) for reason in likeness.reasons if reason in FOR]


def reasons_against(likeness: Likeness) -> list[str]:
    """Return what speaks for two people."""
    return [str(AGAINST[reason]) for reason in likeness.reasons if reason in AGAINST]


def verdict(likeness: Likeness) -> tuple[str, str]:
    """Return kind and words of the badge."""
    kind, said = VERDICTS[likeness.verdict]
    return kind, str(said)


def refusal(error: CannotMerge) -> str:
    """Say why two records cannot become one."""
    return str(REFUSALS.get(error.code, _("These two cannot be joined.")))


def not_separated(error: CannotUnmerge) -> str:
    """Say what changed since, so that somebody can look at it."""
    model: Any = apps.get_model(error.model)
    what = str(model._meta.verbose_name)
    try:
        field = str(model._meta.get_field(error.field).verbose_name) if error.field else ""
    except FieldDoesNotExist:
        field = error.field
    if field:
        return gettext("This was changed since: %(what)s, “%(field)s”. Set it back first.") % {
            "what": what,
            "field": field,
        }
    return gettext("This was taken away or replaced since: %(what)s. It cannot be put back.") % {"what": what}


def value(name: str, held: Any) -> str:
    """Put one value of a choice into words; "" where nothing is known."""
    plain = name.partition(".")[2] or name
    if plain == "place":
        postcode, _code, commune_name = held[:3]
        return " ".join(part for part in (postcode, commune(commune_name)) if part)
    if isinstance(held, bool):
        return gettext("yes") if held else gettext("no")
    if held in (None, "", [], {}):
        return ""
    by_name = {
        "channel": lambda: str(Channel(held).label),
        "contact_language": lambda: language(held),
        "slots": lambda: (
            ", ".join(slot_names(held)) and gettext("%(n)s half days") % {"n": len(slot_names(held))}
        ),
        "max_km": lambda: say_km(held),
        "gender": lambda: str(Gender(held).label),
        "gender_wish": lambda: str(Gender(held).label),
        "occupations": lambda: ", ".join(words.occupations(held)),
        "needs": lambda: ", ".join(words.needs(held)),
        "strengths": lambda: ", ".join(words.needs(held)),
        "groups": lambda: say_groups(held),
    }
    if plain in by_name:
        return by_name[plain]()
    if hasattr(held, "year"):
        return say_day_of_life(held)
    return ", ".join(held) if isinstance(held, list) else str(held)

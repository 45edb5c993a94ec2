"""One row of a file beside the person that the branch knows under the same id."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from phonenumber_field.phonenumber import PhoneNumber
from phonenumbers import NumberParseException, PhoneNumberType, is_possible_number, number_type

from traboule.apps.people.enums import Channel, Side
from traboule.apps.people.models import Person
from traboule.apps.people.queries._known import Known
from traboule.apps.people.validators import fold
from traboule.tables.people import WAY, MenteeRow, MentorRow, PersonRow

MOST_PLACES: Final = 50
_CHANNELS: Final = {
    "mail": Channel.EMAIL,
    "e-mail": Channel.EMAIL,
    "courriel": Channel.EMAIL,
    "texto": Channel.SMS,
    "telephone": Channel.PHONE,
    "tel": Channel.PHONE,
    "appel": Channel.PHONE,
    "courrier": Channel.LETTER,
    "lettre": Channel.LETTER,
    "conseiller": Channel.REFERRER,
    "adviser": Channel.REFERRER,
}


def _noop(text: str) -> str:
    """Mark a msgid for extraction; it is translated where the preview is shown."""
    return text


gettext_noop = _noop


@dataclass(slots=True)
class Draft:
    """What the row says, as fields of the models, and what differs from what is known."""

    row: PersonRow
    side: Side
    held: Person | None
    person: dict[str, Any] = field(default_factory=dict)
    profile: dict[str, Any] = field(default_factory=dict)
    languages: dict[str, int] | None = None
    avoid: frozenset[str] | None = None
    changed: list[str] = field(default_factory=list)
    problems: list[tuple[str, str, str, bool]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What to call the person in the preview."""
        return f"{self.row.first_name} {self.row.last_name}".strip()

    @property
    def status(self) -> str:
        """new, changed or unchanged."""
        if self.held is None:
            return "new"
        return "changed" if self.changed else "unchanged"

    def complain(self, column: str, value: str, text: str, *, warning: bool = False) -> None:
        """Note a problem of this row; ``text`` is a msgid."""
        self.problems.append((column, value, text, warning))


def draft_of(
    row: PersonRow,
    side: Side,
    known: Known,
    *,
    filled: frozenset[str],
    today: date,
    branch_names: set[str],
    twins: Mapping[tuple[str, str], str],
) -> Draft:
    """Return the draft of one row; ``filled``: its columns with a value; ``known``: who has which id."""
    held = known.held.get(row.id)
    draft = Draft(row=row, side=side, held=held)
    _person_fields(draft, filled)
    _profile_fields(draft, filled, today)
    if held is None or "languages" in filled:
        draft.languages = dict(row.languages)
    if "avoid" in filled:
        draft.avoid = frozenset(map(known.same, row.avoid))
    if row.branch and fold(row.branch) not in {fold(name) for name in branch_names}:
        draft.complain(
            "branch", row.branch, gettext_noop("this branch; people of another one are imported there")
        )
    if held is None:
        _look_for_twin(draft, twins)
    else:
        _compare(draft, held, known.names)
    return draft


def refuse_second_rows(drafts: Iterable[Draft]) -> None:
    """Complain where two ids of a file name one person, because their records were joined."""
    seen: set[int] = set()
    for draft in drafts:
        if draft.held is None:
            continue
        if draft.held.pk in seen:
            text = gettext_noop(
                "a person of their own; another row of this file is the same person, joined here"
            )
            draft.complain("id", draft.row.id, text)
        seen.add(draft.held.pk)


def _person_fields(draft: Draft, filled: frozenset[str]) -> None:
    row = draft.row
    simple = ("first_name", "last_name", "birth_date", "email", "online")
    wanted = draft.person
    # The id of a record that was merged away finds the kept one, which goes on under its own.
    wanted["external_id"] = row.id if draft.held is None else draft.held.external_id
    for name in simple:
        if _is_wanted(draft, filled, name):
            wanted[name] = getattr(row, name)
    if row.max_km is not None and _is_wanted(draft, filled, "max_km"):
        wanted["max_km"] = row.max_km
    for name in ("gender", "gender_wish"):
        if _is_wanted(draft, filled, name):
            wanted[name] = getattr(row, name) or ""
    for name in ("interests", "dislikes"):
        if _is_wanted(draft, filled, name):
            wanted[name] = sorted(getattr(row, name))
    wanted |= {
        f"way_{name}": value
        for name, value in zip(WAY, row.way, strict=True)
        if _is_wanted(draft, filled, name)
    }
    if _is_wanted(draft, filled, "availability"):
        wanted["slots"] = row.slots
    if row.contact_language:
        wanted["contact_language"] = row.contact_language
    if {"postcode", "commune", "country"} & filled:
        _place(draft)
    _reach(draft)


def _place(draft: Draft) -> None:
    row = draft.row
    draft.person |= {
        "country": row.country,
        "latitude": row.lat,
        "longitude": row.lon,
        "place_estimated": row.estimated,
        "commune_code": row.commune_code,
        "commune_name": row.commune_name,
    }
    if row.postcode:
        draft.person["postcode"] = row.postcode


def _reach(draft: Draft) -> None:
    """Phone and channel: a number that is none is an error, a channel is guessed from what is known."""
    row = draft.row
    if row.phone:
        number = clean_phone(row.phone, row.country)
        if number is None:
            draft.complain(
                "phone", row.phone, gettext_noop("a phone number, such as 06 12 34 56 78 or +32 470 12 34 56")
            )
        else:
            draft.person["phone"] = number
    if row.channel:
        word = fold(row.channel)
        channel = _CHANNELS.get(word) or (Channel(word) if word in Channel.values else None)
        if channel is None:
            draft.complain("channel", row.channel, gettext_noop("one of: email sms phone letter referrer"))
        else:
            draft.person["channel"] = channel.value
    elif draft.held is None and not row.email and row.phone:
        draft.person["channel"] = Channel.SMS.value


def clean_phone(text: str, country: str) -> str | None:
    """Return a phone number as +33612345678 (without a prefix one of ``country``), None if it is none.

    Length decides, not the list of prefixes in use: that list ages, and leaves out the numbers kept for
    fiction (06 39 98 in France), which the invented people have.
    """
    try:
        number = PhoneNumber.from_string(text, region=country)
    except NumberParseException:
        return None
    return str(number.as_e164) if is_possible_number(number) else None


def is_landline(number: str) -> bool:
    """Say whether a number in international form is surely that of a landline, which gets no SMS."""
    try:
        return number_type(PhoneNumber.from_string(number)) == PhoneNumberType.FIXED_LINE
    except NumberParseException:
        return False


def _profile_fields(draft: Draft, filled: frozenset[str], today: date) -> None:
    row = draft.row
    if _is_wanted(draft, filled, "occupations"):
        draft.profile["occupations"] = list(row.occupations)
    if isinstance(row, MentorRow):
        _mentor_fields(draft, row, filled, today)
    elif isinstance(row, MenteeRow):
        _mentee_fields(draft, row, filled, today)


def _mentor_fields(draft: Draft, row: MentorRow, filled: frozenset[str], today: date) -> None:
    plain = ("capacity", "years_experience", "generalist", "available_from", "available_until")
    for name in (*plain, "can_wait_until"):
        if _is_wanted(draft, filled, name):
            draft.profile[name] = getattr(row, name)
    if _is_wanted(draft, filled, "strengths"):
        draft.profile["strengths"] = sorted(row.strengths)
    if _is_wanted(draft, filled, "trained"):
        known = getattr(getattr(draft.held, "mentor", None), "trained_on", None)
        draft.profile["trained_on"] = (known or today) if row.trained else None
    if row.capacity > MOST_PLACES:
        draft.complain("capacity", str(row.capacity), gettext_noop("at most 50 places"))


def _mentee_fields(draft: Draft, row: MenteeRow, filled: frozenset[str], today: date) -> None:
    if _is_wanted(draft, filled, "needs"):
        draft.profile["needs"] = sorted(row.needs)
    for name in ("waiting_since", "can_wait_until"):
        if _is_wanted(draft, filled, name):
            draft.profile[name] = getattr(row, name)
    if row.groups:
        draft.profile["groups"] = dict(row.groups)
    if draft.held is None and draft.profile["waiting_since"] is None:
        draft.profile["waiting_since"] = min(today, row.can_wait_until or today)


def _is_wanted(draft: Draft, filled: frozenset[str], column: str) -> bool:
    """A new person takes the defaults of the contract; a known one only what the file says."""
    return draft.held is None or column in filled


def _look_for_twin(draft: Draft, twins: Mapping[tuple[str, str], str]) -> None:
    row = draft.row
    keys = [("email", row.email.lower()), (draft.name.lower(), str(row.birth_date))]
    if any(key in twins for key in keys):
        text = gettext_noop("somebody new; the same e-mail or the same name and birth date is here")
        draft.complain("id", row.id, text, warning=True)


def _compare(draft: Draft, held: Person, names: Mapping[int, str]) -> None:
    profile = getattr(held, draft.side.value, None)
    if profile is None:
        text = gettext_noop("an id of its own; somebody on the other side of the duos has this one")
        draft.complain("id", draft.row.id, text)
        return
    for row, fields in ((held, draft.person), (profile, draft.profile)):
        draft.changed += [name for name, value in fields.items() if getattr(row, name) != value]
    spoken = {language.code: language.level for language in held.languages.all()}
    if draft.languages is not None and draft.languages != spoken:
        draft.changed.append("languages")
    avoided = frozenset(names.get(avoid.other_id, "") for avoid in held.avoids.all())
    if draft.avoid is not None and draft.avoid != avoided:
        draft.changed.append("avoid")
    _check_dates(draft, profile)


def _check_dates(draft: Draft, profile: Any) -> None:
    first, last = (
        ("available_from", "available_until")
        if draft.side is Side.MENTOR
        else ("waiting_since", "can_wait_until")
    )
    begins = draft.profile.get(first, getattr(profile, first))
    ends = draft.profile.get(last, getattr(profile, last))
    if begins and ends and ends < begins:
        draft.complain(last, str(ends), gettext_noop("a date that does not lie before the first one"))

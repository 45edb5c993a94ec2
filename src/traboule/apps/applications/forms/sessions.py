"""Information sessions as staff type them, and bookings as anybody does."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.enums import Audience
from traboule.apps.applications.models import InfoSession
from traboule.apps.applications.queries.sessions import say_when
from traboule.apps.branches.models import Branch, Room
from traboule.apps.people.enums import Side
from traboule.apps.people.forms.persons import CONTACT_LANGUAGES, DateInput
from traboule.apps.people.queries._drafts import clean_phone
from traboule.reference import languages as known_languages

USUAL_MINUTES = 90


def _languages() -> list[tuple[str, str]]:
    locale = get_language() or "fr"
    return [(code, known_languages.name(code, locale)) for code in CONTACT_LANGUAGES]


class TimeInput(forms.TimeInput):
    """An hour that the browser's own clock fills."""

    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class InfoSessionForm(forms.Form):
    """A session by the clock on the wall of the branch; ``rooms`` are those in use."""

    day = forms.DateField(label=_("Day"), widget=DateInput(), input_formats=["%Y-%m-%d", "%d/%m/%Y"])
    hour = forms.TimeField(label=_("Starts at"), widget=TimeInput())
    minutes = forms.IntegerField(
        label=_("Length in minutes"), min_value=15, max_value=600, initial=USUAL_MINUTES
    )
    room = forms.ChoiceField(label=_("Room"), required=False)
    online_url = forms.URLField(
        label=_("Address to join online"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("Leave empty if people meet in a room."),
    )
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=1000)
    audience = forms.ChoiceField(label=_("For whom"), choices=Audience.choices)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=_languages, widget=forms.CheckboxSelectMultiple, required=False
    )
    hint = forms.CharField(
        label=_("Good to know"),
        max_length=300,
        required=False,
        help_text=_("Visitors read this. For example: children are welcome."),
    )
    is_open = forms.BooleanField(label=_("Shown to the public"), required=False, initial=True)

    def __init__(
        self, *args: Any, branch: Branch, rooms: Iterable[Room], now: datetime, is_new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now, self.is_new = ZoneInfo(branch.timezone), now, is_new
        self.rooms = {str(room.pk): room for room in rooms}
        field = self.fields["room"]
        if isinstance(field, forms.ChoiceField):
            none = [("", _("No room: online only"))]
            field.choices = none + [(key, f"{room} ({room.capacity})") for key, room in self.rooms.items()]

    def clean(self) -> dict[str, Any]:
        """A room or an address; an hour that exists; a room large enough."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not {"room", "online_url"} & set(self.errors) and not (found["room"] or found["online_url"]):
            self.add_error("room", _("Where? Choose a room, or write an address to join online."))
        room = self.rooms.get(found.get("room") or "")
        if room is not None and found.get("places", 0) > room.capacity and not found.get("online_url"):
            text = _("This room has %(seats)s seats only.")
            self.add_error("places", ValidationError(text, params={"seats": room.capacity}))
        if not {"day", "hour", "minutes"} & set(self.errors):
            self._clean_hours(found)
        return found

    def _clean_hours(self, found: dict[str, Any]) -> None:
        local = datetime.combine(found["day"], found["hour"], tzinfo=self.zone)
        starts_at = local.astimezone(UTC)
        if starts_at.astimezone(self.zone).replace(tzinfo=None) != local.replace(tzinfo=None):
            self.add_error("hour", _("The clocks change that night: this hour does not exist."))
        elif self.is_new and starts_at <= self.now:
            self.add_error("day", _("This day or hour is over."))
        found["starts_at"] = starts_at
        found["ends_at"] = starts_at + timedelta(minutes=found["minutes"])

    def cleaned_fields(self) -> dict[str, Any]:
        """Return what the actions take."""
        keys = ("online_url", "starts_at", "ends_at", "places", "audience", "languages", "hint", "is_open")
        said = self.cleaned_data
        return {**{key: said[key] for key in keys}, "room": self.rooms.get(said["room"])}


def initial_of(session: InfoSession, *, days_later: int = 0) -> dict[str, Any]:
    """Return what a form shows of a session; ``days_later`` for a copy on another day."""
    local = session.starts_at.astimezone(ZoneInfo(session.branch.timezone))
    day: date = local.date() + timedelta(days=days_later)
    hour: time = local.time().replace(tzinfo=None)
    minutes = int((session.ends_at - session.starts_at).total_seconds() // 60)
    same = ("online_url", "places", "audience", "languages", "hint", "is_open")
    return {
        "day": day,
        "hour": hour,
        "minutes": minutes,
        "room": str(session.room_id or ""),
        **{name: getattr(session, name) for name in same},
    }


class GuestForm(forms.Form):
    """Who books: a name, and a phone number or an e-mail address; the side if ``audience`` leaves it open."""

    first_name = forms.CharField(label=_("First name"), max_length=80)
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    side = forms.ChoiceField(
        label=_("You come as"),
        choices=[
            (Side.MENTEE.value, _("I look for a mentor")),
            (Side.MENTOR.value, _("I want to become a mentor")),
        ],
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=_("We write to you in"), choices=_languages)

    def __init__(self, *args: Any, audience: str, country: str, contact: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country, self.needs_contact = country, contact
        self.only_side = audience if audience in Side.values else ""
        if self.only_side:
            del self.fields["side"]

    def clean_phone(self) -> str:
        """A number of any country, as +33612345678; a landline is fine."""
        text = self.cleaned_data["phone"].strip()
        number = clean_phone(text, self.country) if text else ""
        if number is None:
            raise ValidationError(
                _("A phone number, such as 06 12 34 56 78 or +32 470 12 34 56."), code="phone"
            )
        return number

    def clean(self) -> dict[str, Any]:
        """One way to reach the person is needed."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        reached = found.get("phone") or found.get("email") or {"phone", "email"} & set(self.errors)
        if self.needs_contact and not reached:
            self.add_error("phone", _("A phone number or an e-mail address is enough. We need one of them."))
        return found

    def guest(self) -> dict[str, Any]:
        """Return what the actions take."""
        return {**self.cleaned_data, "side": self.only_side or self.cleaned_data["side"]}


class CancelSessionForm(forms.Form):
    """Why a session is called off; everybody who booked reads it."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        required=False,
        help_text=_("Everybody who booked reads this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MoveForm(forms.Form):
    """Another date; ``sessions`` are those with a free place."""

    session = forms.ChoiceField(label=_("New date"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, sessions: Iterable[InfoSession], timezone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sessions = {str(row.pk): row for row in sessions}
        field = self.fields["session"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(key, say_when(row.starts_at, timezone)) for key, row in self.sessions.items()]

    def chosen(self) -> InfoSession:
        """Return the session that was chosen."""
        return self.sessions[self.cleaned_data["session"]]

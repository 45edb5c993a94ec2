"""A sitting: what, when, where, by whom, for how many."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from traboule.apps.branches.models import Branch
from traboule.apps.branches.queries import rooms_of
from traboule.apps.people.forms.persons import DateInput
from traboule.apps.training.enums import SessionKind
from traboule.apps.training.models import Trainer, TrainingSession
from traboule.apps.training.queries.modules import modules_of


class TimeInput(forms.TimeInput):
    """An hour that the browser's own clock fills."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class SessionForm(forms.Form):
    """``what`` is a module of the branch, a refresher or an exchange."""

    what = forms.ChoiceField(label=_("What is it?"))
    title = forms.CharField(
        label=_("Its own title"),
        max_length=120,
        required=False,
        help_text=_("Empty: as the module is called."),
    )
    day = forms.DateField(label=_("Day"), widget=DateInput())
    begins = forms.TimeField(label=_("Begins at"), widget=TimeInput())
    ends = forms.TimeField(label=_("Ends at"), widget=TimeInput())
    room: Any = forms.ModelChoiceField(
        label=_("Room"), queryset=None, required=False, empty_label=_("Elsewhere")
    )
    place = forms.CharField(label=_("Place, if it is elsewhere"), max_length=160, required=False)
    led_by: Any = forms.ModelChoiceField(
        label=_("Trainer"), queryset=None, required=False, empty_label=_("Somebody else")
    )
    trainer = forms.CharField(label=_("Trainer, if it is somebody else"), max_length=120, required=False)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=200, initial=12)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="fr")

    def __init__(self, *args: Any, branch: Branch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._branch = branch
        self._modules = {f"module-{module.number}": module for module in modules_of(branch)}
        what, room = self.fields["what"], self.fields["room"]
        assert isinstance(what, forms.ChoiceField)  # noqa: S101 -- declared above; for the type checker
        assert isinstance(room, forms.ModelChoiceField)  # noqa: S101 -- declared above; for the type checker
        what.choices = [
            *((key, f"{module.number}. {module.said_title}") for key, module in self._modules.items()),
            (SessionKind.EXCHANGE.value, SessionKind.EXCHANGE.label),
            (SessionKind.REFRESHER.value, SessionKind.REFRESHER.label),
        ]
        room.queryset = rooms_of(branch)
        led_by = self.fields["led_by"]
        assert isinstance(led_by, forms.ModelChoiceField)  # noqa: S101 -- declared above; for the type checker
        led_by.queryset = Trainer.everywhere.filter(branch=branch).select_related("person")

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning, and somewhere it must be."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = found.get("begins"), found.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("The end comes after the beginning."))
        room = found.get("room")
        if not room and not found.get("place"):
            self.add_error("place", _("Where is it? Choose a room, or write a place."))
        if room and (found.get("seats") or 0) > room.capacity:
            said = _("This room has %(seats)s seats.") % {"seats": room.capacity}
            self.add_error("seats", said)
        return found

    def cleaned_fields(self) -> dict[str, Any]:
        """Return kind, module and the fields of ``actions.sessions.plan_session``."""
        found = self.cleaned_data
        module = self._modules.get(found["what"])
        return {
            "kind": SessionKind.MODULE if module else SessionKind(found["what"]),
            "module": module,
            "fields": self.session_fields(),
        }

    def session_fields(self) -> dict[str, Any]:
        """Return the fields of ``actions.sessions.plan_session`` and ``actions.changing.change_session``."""
        found, zone = self.cleaned_data, ZoneInfo(self._branch.timezone)
        return {
            "title": found["title"],
            "starts_at": datetime.combine(found["day"], found["begins"], tzinfo=zone),
            "ends_at": datetime.combine(found["day"], found["ends"], tzinfo=zone),
            "place": "" if found["room"] else found["place"],
            "trainer": "" if found["led_by"] else found["trainer"],
            **{name: found[name] for name in ("room", "led_by", "seats", "language")},
        }


class SessionChangeForm(SessionForm):
    """The same for a sitting that is planned; what it trains stays."""

    def __init__(self, *args: Any, session: TrainingSession, **kwargs: Any) -> None:
        zone = ZoneInfo(session.branch.timezone)
        starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
        names = ("title", "room", "place", "led_by", "trainer", "seats", "language")
        initial = {name: getattr(session, name) for name in names}
        initial |= {"day": starts.date(), "begins": starts.time(), "ends": ends.time()}
        super().__init__(*args, branch=session.branch, initial=initial, **kwargs)
        del self.fields["what"]

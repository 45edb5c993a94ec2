"""The gallery: every component in every state and in both directions. Also what the browser tests look at."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from traboule.web.components.figures import Place, Week, people_map, strip, waiting, week_grid
from traboule.web.components.squares import squares
from traboule.web.site import Section

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


class SpecimenForm(forms.Form):
    """One field of each kind."""

    first_name = forms.CharField(label=_("First name"), help_text=_("As the person wants to be called."))
    email = forms.EmailField(label=_("E-mail"), required=False)
    born = forms.DateField(label=_("Birth date"), widget=forms.DateInput(attrs={"type": "date"}))
    level = forms.ChoiceField(label=_("Level of French"), choices=[("", "—"), ("A1", "A1"), ("B1", "B1")])
    channel = forms.ChoiceField(
        label=_("How shall we write?"),
        choices=[("email", _("E-mail")), ("sms", _("Text message")), ("phone", _("Phone call"))],
        widget=forms.RadioSelect,
    )
    needs = forms.MultipleChoiceField(
        label=_("What for?"),
        choices=[("cv", _("CV")), ("network", _("Network")), ("language", _("Language"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    online = forms.BooleanField(label=_("Can also meet by video"), required=False)
    slots = forms.MultipleChoiceField(
        label=_("When are you free?"),
        choices=[(str(i), str(i)) for i in range(21)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of an option card."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class House:
    """A place where people meet, with a point or without."""

    full_address: str
    postcode: str = ""
    commune_name: str = ""
    latitude: float | None = None
    longitude: float | None = None
    place_estimated: bool = True


HOUSES = {
    "house": House(
        "25 avenue Rosa Parks, 69009 Lyon 9e", "69009", "Lyon 9e Arrondissement", 45.77255, 4.80326
    ),
    "nowhere": House("Place du Marché"),
}


@dataclass(frozen=True, slots=True)
class Module:
    """One half-day of a mentor."""

    number: int
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class Flash:
    """A message after an act, as `django.contrib.messages` gives it."""

    tags: str
    text: str

    def __str__(self) -> str:
        return self.text


REASONS = (
    Reason("for", "Même métier : achats"),
    Reason("for", "Mardi matin, toutes les deux"),
    Reason("for", "À 2 km"),
    Reason("against", "N’a pas encore accompagné"),
    Reason("unknown", "Rythme souhaité"),
)
LYON, VILLEURBANNE = Place("Lyon", 45.758, 4.835, 14, 9), Place("Villeurbanne", 45.767, 4.880, 6, 8)
PLACES = (
    LYON,
    VILLEURBANNE,
    Place("Vénissieux", 45.697, 4.886, 1, 5),
    Place("Écully", 45.774, 4.777, 3, 0),
    Place("Vaulx-en-Velin", 45.777, 4.918, 0, 4),
    Place("Givors", 45.590, 4.770, 1, 1, estimated=True),
)
SQUARES = tuple(
    Module(number, f"Module {number}", state)
    for number, state in enumerate(("present", "present", "missed", "planned", "open"), 1)
)
WEEKS: tuple[Week, ...] = ("held",) * 9 + ("missed", "missed") + ("paused",)


def _specimens() -> dict[str, Any]:
    typed = {"first_name": "", "email": "selam@", "born": "32/13/2001", "slots": ["0", "4"]}
    wrong = SpecimenForm({f"wrong-{name}": value for name, value in typed.items()}, prefix="wrong")
    return {
        "form": SpecimenForm(
            initial={"first_name": "Selam", "channel": "sms", "needs": ["cv"], "slots": ["3", "4"]}
        ),
        "wrong": wrong,
        "reasons": REASONS,
        "strip": strip(WEEKS, now=13),
        "strip_new": strip((), now=0),
        "squares": squares(SQUARES),
        "waiting": waiting([2, 3, 5, 9, 12, 14, 18, 23, 23, 29, 34, 41, 95]),
        "map": people_map(PLACES, [(LYON, VILLEURBANNE, 3.6)]),
        **HOUSES,
        "week": week_grid(0b000_000_100_010_001_011_100),
        "flashes": [
            Flash("info", "3 fiches sont encore incomplètes."),
            Flash("success", "La note est enregistrée."),
            Flash("warning", "Françoise est absente jusqu’au 15 décembre."),
            Flash("error", "Gérard n’a plus de place : Anne l’a prise à 10 h 02."),
        ],
        "page": Paginator(range(60), 20).page(2),
        "sections": [
            Section("#", "Aujourd’hui", here=True),
            Section("#", "Personnes", here=False),
            Section("#", "Table de rencontre", here=False),
        ],
    }


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component; `?dir=rtl` shows the whole page from right to left."""
    direction = "rtl" if request.GET.get("dir") == "rtl" else "ltr"
    return render(request, "gallery/gallery.html", {**_specimens(), "direction": direction})

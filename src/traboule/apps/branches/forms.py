"""Places and rooms as staff type them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from traboule.reference import places


class VenueForm(forms.Form):
    """A place. ``country`` is that of the branch: a postcode is looked up there."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As people of the quarter call it."))
    address = forms.CharField(label=_("Street and number"), max_length=200)
    postcode = forms.CharField(
        label=_("Postcode or commune"), max_length=80, help_text=_("For example 69009, or Villeurbanne")
    )
    access_notes = forms.CharField(
        label=_("How to get there"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stop, entrance, door bell. Visitors read this."),
    )
    step_free = forms.BooleanField(label=_("No steps on the way in"), required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, country: str = "FR", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = country
        self.commune_code = ""

    def clean_postcode(self) -> str:
        """A postcode that exists, or the name of a commune, which gives its postcode."""
        text = str(self.cleaned_data["postcode"]).strip()
        area = places.by_postcode(text, self.country)
        if area is not None:
            return area.postcode
        commune = places.find_commune(text, self.country)
        if commune is None or not commune.postcodes:
            raise ValidationError(_("We know no such place. Write a postcode or a commune."), code="unknown")
        self.commune_code = commune.code
        return commune.postcodes[0]

    def cleaned_fields(self) -> dict[str, Any]:
        """Return what the actions take."""
        return {**self.cleaned_data, "commune_code": self.commune_code}


class RoomForm(forms.Form):
    """A room of a place."""

    name = forms.CharField(label=_("Name"), max_length=80)
    capacity = forms.IntegerField(label=_("Seats"), min_value=1, max_value=1000)
    access_notes = forms.CharField(
        label=_("Where in the house"),
        max_length=200,
        required=False,
        help_text=_("For example: basement, no signal"),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

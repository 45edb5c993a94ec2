"""A file on its way in: which file, which column is what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.people.enums import Side
from traboule.apps.people.models import ImportRun
from traboule.apps.people.queries.files import columns_of
from traboule.core.file_fields import ReadFileField
from traboule.tables.people import GROUP_PREFIX
from traboule.tables.words import header_key

BIGGEST_MIB = 20

COLUMN_LABELS = {
    "id": _("Id"),
    "country": _("Country"),
    "postcode": _("Postcode"),
    "commune": _("Commune"),
    "languages": _("Languages"),
    "availability": _("Availability"),
    "occupations": _("Occupations"),
    "birth_date": _("Birth date"),
    "branch": _("Branch"),
    "max_km": _("Farthest way, km"),
    "online": _("Online"),
    "interests": _("Interests"),
    "dislikes": _("Dislikes"),
    "pace": _("Pace"),
    "directness": _("Directness"),
    "listening": _("Listening"),
    "structure": _("Structure"),
    "humour": _("Humour"),
    "gender": _("Gender"),
    "gender_wish": _("Wishes to meet"),
    "avoid": _("To avoid"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "contact_language": _("Contact language"),
    "channel": _("Channel"),
    "capacity": _("Places"),
    "years_experience": _("Years of experience"),
    "generalist": _("Generalist"),
    "strengths": _("Strengths"),
    "available_from": _("Available from"),
    "available_until": _("Available until"),
    "trained": _("Trained"),
    "needs": _("Needs"),
    "waiting_since": _("Waiting since"),
    "can_wait_until": _("Can wait until"),
}


class ImportFileForm(forms.Form):
    """The file and who is in it."""

    side = forms.ChoiceField(label=_("Who is in this file?"), choices=Side.choices, widget=forms.RadioSelect)
    file = ReadFileField(label=_("CSV or XLSX file"), most_mib=BIGGEST_MIB)


class MappingForm(forms.Form):
    """One choice per header of the staged file; ``mapping()`` is what ``actions.map_columns`` takes."""

    def __init__(self, *args: Any, run: ImportRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headers: list[str] = run.shape["header"]
        choices: list[tuple[str, Any]] = [("", _("Leave out"))]
        choices += [(name, COLUMN_LABELS[name]) for name in columns_of(run.side)]
        for number, written in enumerate(self.headers):
            own = list(choices)
            key = header_key(written)
            if run.side == Side.MENTEE and key.startswith(GROUP_PREFIX):
                own.append((key, written))
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=written, choices=own, required=False, initial=run.mapping.get(written, "")
            )

    def mapping(self) -> dict[str, str]:
        """Return the column chosen for each header as written."""
        return {written: self.cleaned_data[f"column_{number}"] for number, written in enumerate(self.headers)}

    def clean(self) -> dict[str, Any]:
        """A column is filled from one header only."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        seen: set[str] = set()
        for name, column in list(found.items()):
            if column and column in seen:
                self.add_error(name, _("This column is chosen twice."))
            seen.add(column)
        return found

"""What a director writes under a monthly look."""

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.apps.indicators.models.fairness import NOTE_LENGTH


class NoteForm(forms.Form):
    """What was seen, and what the branch does: both, or nothing is kept."""

    seen = forms.CharField(
        label=_("What we saw"),
        help_text=_("In your words. Name no person."),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    doing = forms.CharField(
        label=_("What we do"),
        help_text=_("One act and its month is enough. Nothing to do is an answer too: say why."),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

"""Forms on messages."""

from traboule.apps.messages.forms.messages import HowLongForm, MessageFilterForm, WordingForm

__all__ = ["HowLongForm", "MessageFilterForm", "WordingForm"]

"""Asking mentees after the end of their last duo: three taps, two reminders, one call."""
